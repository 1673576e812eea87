"""A worker ends when the process that it works for has ended, in whatever way that was."""

from __future__ import annotations

import os
from multiprocessing import connection, parent_process, util
from threading import Thread


def end_with_parent() -> None:
    """Let this worker end as soon as its parent is gone.

    A worker waits for its next job on a pipe that its siblings hold open too, so it would not notice that a parent
    was killed, and would stay, with the fork server, and with the standard output of the parent.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_wait_and_end, args=(parent.sentinel,), name="parent", daemon=True).start()


def _wait_and_end(sentinel: int) -> None:
    """Wait until the parent has ended; then delete temporary files and end this process at once."""
    connection.wait([sentinel])
    util._run_finalizers(0)  # type: ignore[attr-defined]  # noqa: SLF001 - as at an orderly end, which cannot be had from here
    os._exit(1)
