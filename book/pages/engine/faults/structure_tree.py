"""The structure tree of a PDF is ours, because the layout engine's own tree does not follow the document.

WeasyPrint 70.0 writes an element that crosses a page break as two, a note as an element without a role at the end
of its page, and page furniture as content. `tagging` writes the tree instead. What is private and used: `pdf.add_tags`.
"""

from __future__ import annotations

from book.pages.tagging import add_structure


def mend() -> None:
    """Write our own structure tree in this process."""
    from weasyprint import pdf

    pdf.add_tags = add_structure
