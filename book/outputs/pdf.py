"""The PDF: settled pages bound into one file."""

from __future__ import annotations

import ctypes
from contextlib import suppress

from book.bind import bind
from book.model import Artifact
from book.outputs import Context


def write(context: Context) -> tuple[Artifact, ...]:
    """One artifact, `<volume>.pdf`."""
    assert context.paged is not None, "a PDF is made from settled pages"
    data = bind(context.paged)
    _give_back_memory()
    return (Artifact(f"{context.volume.name}.pdf", "application/pdf", data, context.paged.pagination.pages),)


def _give_back_memory() -> None:
    """Return freed memory to the system, where the C library (glibc) would keep it for this thread alone.

    A bound book leaves 80 kB a page behind, to which that of the next volume would be added.
    """
    with suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
