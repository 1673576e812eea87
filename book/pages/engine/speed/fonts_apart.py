"""Leaves fonts out of a PDF whose pages get them later.

WeasyPrint 70.0 subsets and compresses each font of each document. If many documents become one PDF with one subset for
all, that is wasted: it took a tenth of the time of a short section.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SIGNATURE = 4
"""Length in bytes of a font file's signature, which is kept."""

_apart: ContextVar[bool] = ContextVar("fonts apart", default=False)


@contextmanager
def fonts_apart() -> Iterator[None]:
    """A context in which PDFs are written with font objects, but without font files."""
    token = _apart.set(True)
    try:
        yield
    finally:
        _apart.reset(token)


def mend() -> None:
    """Make it possible to leave out fonts in this process."""
    from weasyprint.pdf.fonts import Font

    Font.clean = _leave_out(Font.clean)


def _leave_out(clean: Any) -> Any:
    """Reduce a font's file to its signature; a font of pictures is kept, because it is needed to draw the page."""

    def clean_or_drop(font: Any, to_unicode: Any, hinting: Any) -> None:
        if not _apart.get() or font.bitmap or font.png or font.svg or font.colr:
            clean(font, to_unicode, hinting)
        else:
            font.file_content = font.file_content[:SIGNATURE]

    return clean_or_drop
