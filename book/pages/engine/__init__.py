"""What is wrong or slow in the layout engine, mended: one fault a file, each with `mend()`.

For WeasyPrint 70.0 with Pango 1.50 (Debian 12). Each file says what it mends and what it uses that is private;
`tests/pages/engine/` shows each fault and its mend. A mend goes when a new version does without.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from book.pages.engine.faults import completeness, continued, drawings, image_names, line_breaks, links, long_notes
from book.pages.engine.speed import columns, fonts_apart, loading, margin_boxes, parsing
from book.pages.engine.typography import hyphenation, text_drawing, text_keeping, text_setup
from book.pages.tagging import add_structure

MENDS: Mapping[str, Callable[[], None]] = {
    "line_breaks": line_breaks.mend,
    "links": links.mend,
    "drawings": drawings.mend,
    "image_names": image_names.mend,
    "continued": continued.mend,
    "long_notes": long_notes.mend,
    "margin_boxes": margin_boxes.mend,
    "parsing": parsing.mend,
    "hyphenation": hyphenation.mend,
    "columns": columns.mend,
    "fonts_apart": fonts_apart.mend,
    "completeness": completeness.mend,
    "text_setup": text_setup.mend,
    "text_keeping": text_keeping.mend,
    "text_drawing": text_drawing.mend,
}
"""Every mend, in the order in which they are applied."""


@cache
def mend() -> None:
    """Load the engine into this process and mend it, once, and give it our own structure tree.

    Raises OSError where a system library is missing.
    """
    loading.load()
    from weasyprint import pdf

    for one in MENDS.values():
        one()
    pdf.add_tags = add_structure
