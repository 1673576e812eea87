"""Tables: the alignment of their columns as classes (HTML has no attribute for it), heads with their scope."""

from __future__ import annotations

from book.manuscript.draft import Draft, take


def transform(draft: Draft) -> None:
    """Turn `align="right"` into `class="align-right"`, and let the heads of columns say that they are."""
    for cell in draft.root.iter("td", "th"):
        alignment = take(cell, "align")
        if alignment:
            cell.set("class", " ".join([*(cell.get("class") or "").split(), f"align-{alignment}"]))
    for row in draft.root.iter("thead"):
        for head in row.iter("th"):
            head.set("scope", head.get("scope") or "col")
