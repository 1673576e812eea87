"""Ends a worker when its parent process has ended, for whatever reason."""

from __future__ import annotations

import os
import pickle
import sys
from multiprocessing import connection, parent_process, spawn, util
from threading import Thread
from types import TracebackType


def end_with_parent() -> None:
    """Start a thread that ends this worker as soon as its parent process is gone.

    A worker waits for its next job on a pipe that its siblings hold open too. It would not notice that its parent was
    killed, and would stay, together with the fork server and the parent's standard output.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent.sentinel,), name="parent", daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    """Wait until the parent has ended; then delete temporary files and end this process at once."""
    connection.wait([sentinel])
    util._run_finalizers(0)  # type: ignore[attr-defined]  # noqa: SLF001 - as at an orderly end, which cannot be had from here
    os._exit(1)


def silence_orphaned_starts() -> None:
    """Print no traceback in processes forked from this one if they fail while `multiprocessing` starts them.

    That happens if the parent ends first: semaphores and the pickled call, which a starting process reads, are gone.
    A parent that lives sees that the process has ended. Other failures are printed as before.
    """
    before = sys.excepthook

    def said(kind: type[BaseException], failure: BaseException, trace: TracebackType | None) -> None:
        beginning, frames = False, trace
        while frames is not None:
            beginning |= frames.tb_frame.f_code.co_filename == spawn.__file__
            frames = frames.tb_next
        if not (beginning and issubclass(kind, OSError | EOFError | pickle.UnpicklingError)):
            before(kind, failure, trace)

    sys.excepthook = said
