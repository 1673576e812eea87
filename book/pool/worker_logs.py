"""Brings log records of worker processes to the loggers of the main process."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from multiprocessing.context import BaseContext
from threading import Thread
from typing import Any

PACKAGE = logging.getLogger("book")
"""The logger above those of all modules."""

PATIENCE = 1.0
"""Seconds to wait at the end for records that are still on their way; a killed worker may have sent half a record."""


def forward_logs(context: BaseContext, stack: ExitStack) -> Callable[[], None] | None:
    """Let workers send their log records to this process, if debug messages are logged here.

    Args:
        context: How the workers are started.
        stack: Ends the forwarding; to be closed after the workers have ended.

    Returns:
        A function that each worker calls when it starts; None if nobody reads the records.
    """
    if not PACKAGE.isEnabledFor(logging.DEBUG):
        return None
    queue = context.Queue()
    thread = Thread(target=_handle_records, args=(queue,), name="worker logs", daemon=True)
    thread.start()
    stack.callback(thread.join, PATIENCE)
    stack.callback(queue.put, None)
    return partial(_send_records, queue)


def _handle_records(queue: Any) -> None:
    """Pass each record to the logger that it names, until there is a None."""
    while (record := queue.get()) is not None:
        logging.getLogger(record.name).handle(record)


def _send_records(queue: Any) -> None:
    """In a worker: send all records of the package to the main process."""
    queue.cancel_join_thread()  # a worker must be able to end although nobody reads
    PACKAGE.handlers = [logging.handlers.QueueHandler(queue)]
    PACKAGE.setLevel(logging.DEBUG)
