"""Fonts can be left out of a PDF whose pages get them later.

WeasyPrint 70.0 subsets each font of each document twice, and compresses it. Where many documents become one PDF, which
has one subset for all of them, that is done for nothing: it took a tenth of the time of a short section.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SIGNATURE = 4
"""So many bytes of a font file tell its kind, and are left of it."""

_apart: ContextVar[bool] = ContextVar("fonts apart", default=False)


@contextmanager
def fonts_apart() -> Iterator[None]:
    """PDFs written in this context have font objects, but no font files in them."""
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
    """Leave nothing of a font's file but its signature; a font of pictures is needed to draw the page."""

    def clean_or_drop(font: Any, to_unicode: Any, hinting: Any) -> None:
        if not _apart.get() or font.bitmap or font.png or font.svg or font.colr:
            clean(font, to_unicode, hinting)
        else:
            font.file_content = font.file_content[:SIGNATURE]

    return clean_or_drop
