"""Ends a worker when its parent process has ended, for whatever reason."""

from __future__ import annotations

import os
from multiprocessing import connection, parent_process, util
from threading import Thread


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
