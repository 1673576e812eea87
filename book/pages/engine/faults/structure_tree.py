"""Replaces the engine's PDF structure tree, which does not follow the document, by our own.

WeasyPrint 70.0 writes an element that crosses a page break as two elements, a note as an element without a role at the
end of its page, and page furniture as content. `tagging` writes the tree instead. Private name used: `pdf.add_tags`.
"""

from __future__ import annotations

from book.pages.tagging import add_structure


def mend() -> None:
    """Write our own structure tree in this process."""
    from weasyprint import pdf

    pdf.add_tags = add_structure
