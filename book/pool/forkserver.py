"""The process that workers are forked from; it loads the layout engine while this one reads the book.

This module loads nothing of the rest, so that it can be called first of all.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.context
import os
from collections.abc import Iterator
from pathlib import Path

PARTS = ("book.toml", "sources.*", "chapters/*", "layouts/*", "styles/*")
"""Where an editor changes a project, as a rule."""

BUILDS = ".store/builds/*/*"
"""Where the output folder has what `unchanged` remembers of a build."""


def context() -> multiprocessing.context.BaseContext:
    """How processes are started: forked from one that has loaded the layout engine, where that can be."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    forking = multiprocessing.get_context("forkserver")
    forking.set_forkserver_preload(["book.pool.loaded"])
    return forking


def warm() -> None:
    """Begin to load the layout engine in the process that workers are forked from, if there is to be one."""
    if context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()


def processes(jobs: int | None) -> int:
    """How many processes to use where `jobs` are asked for: one for each core, if nothing is."""
    return jobs or os.cpu_count() or 1


def looks_changed(root: Path, output: Path) -> bool:
    """Whether a project seems to have been changed since its last build into a folder.

    The times of files tell it, which is a guess: good enough to begin with what will probably be needed.
    """
    changed = max(_times(root, PARTS), default=0.0)
    return changed > max(_times(output, (BUILDS,)), default=0.0)


def _times(folder: Path, patterns: tuple[str, ...]) -> Iterator[float]:
    """When files were last changed, in seconds since 1970."""
    for pattern in patterns:
        for path in folder.glob(pattern):
            try:
                yield path.stat().st_mtime
            except OSError:  # it has just been replaced, or leads nowhere
                continue
