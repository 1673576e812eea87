"""Starts the fork server: the process that workers are forked from, with the layout engine already loaded.

This module imports nothing from the package, so that the fork server can start before our own modules are loaded.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from types import ModuleType

EDITED_FILES = ("book.toml", "sources.*", "chapters/*", "layouts/*", "styles/*")
"""Glob patterns of the files that an editor usually changes, relative to the project."""

BUILD_RECORDS = ".store/builds/*/*"
"""Glob pattern of the records of finished builds (see `book.store.unchanged`), relative to the output folder."""


PRELOADED = ("book.pool.loaded", "book.pdf.loaded", "book.outputs.pdf")
"""The modules that the fork server imports before the first worker is forked: to set pages, then to bind them.

The fork server is ready sooner than the first section, so that a worker never waits for what it imports.
"""

LONGEST_SOCKET = 104
"""Bytes that the path of a socket must stay below: 104 on macOS and BSD, 108 on Linux (unix(4), unix(7))."""


def start_method_context() -> multiprocessing.context.BaseContext:
    """How worker processes start: from a fork server that has loaded the engine, or by spawning if there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods() or not _socket_fits():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(list(PRELOADED))
    return forking


def _socket_fits() -> bool:
    """Whether the path of the fork server's socket, in the folder for temporary files, is as short as it must be."""
    return len(os.fsencode(tempfile.gettempdir())) + len("/pymp-12345678/listener-12345678") < LONGEST_SOCKET


def start_forkserver() -> None:
    """Start the fork server in the background, if this platform has one; it loads the layout engine meanwhile."""
    if start_method_context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        with clean_start():
            ensure_running()


SAFE_PATH = "PYTHONSAFEPATH"
"""The environment variable that keeps Python from importing from the current folder (`python -P`)."""
_starting = Lock()


@contextmanager
def clean_start() -> Iterator[None]:
    """Let Python processes that are started meanwhile import neither from the current folder nor the caller's script.

    `multiprocessing` starts them with `python -c`, which would import a `random.py` of the folder that a book is built
    in. It would also run the script again that called this package, which without `if __name__ == "__main__"` begins
    the same work in each worker; no worker needs it. Ctrl-C, which a terminal sends to all processes, is for this one
    alone: the others end with it, also while they begin. Afterwards this process is as it was.
    """
    with _starting:
        before, script = os.environ.get(SAFE_PATH), sys.modules["__main__"]
        os.environ[SAFE_PATH] = "1"
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            with _interrupts_blocked():
                yield
        finally:
            sys.modules["__main__"] = script
            if before is None:
                del os.environ[SAFE_PATH]
            else:
                os.environ[SAFE_PATH] = before


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block SIGINT in this thread meanwhile; processes that it starts inherit that and keep it blocked (signal(7)).

    The resource tracker of `multiprocessing` is started first, because starting it unblocks SIGINT in this thread.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def process_count(jobs: int | None) -> int:
    """Number of processes to use: `jobs`, or one for each core if that is None."""
    return jobs or os.cpu_count() or 1


def probably_changed(root: Path, output: Path) -> bool:
    """Whether a project seems to have changed since its last build into `output`.

    This is a guess from modification times: good enough to decide whether to start the fork server early.
    """
    changed = max(_modification_times(root, EDITED_FILES), default=0.0)
    return changed > max(_modification_times(output, (BUILD_RECORDS,)), default=0.0)


def _modification_times(folder: Path, patterns: tuple[str, ...]) -> Iterator[float]:
    """Modification times of the files that match, in seconds since 1970."""
    for pattern in patterns:
        for path in folder.glob(pattern):
            try:
                yield path.stat().st_mtime
            except OSError:  # it has just been replaced, or leads nowhere
                continue
