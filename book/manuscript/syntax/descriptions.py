"""Long descriptions of pictures: `::: description` … `:::` behind a figure.

Its text alternative says in a line what a picture is; the description says what a map or a chart shows. It is text like
any other, which everybody reads, and the picture refers to it (WAI-ARIA 1.2, `aria-details`; DAISY, "Extended
descriptions").
"""

from __future__ import annotations

from lxml.etree import _Element

from book.manuscript.draft import Draft
from book.problem import warning

DESCRIPTION = "description"
"""The class of a division that describes the figure before it."""


def transform(draft: Draft) -> None:
    """Let the pictures of figures refer to the descriptions behind them."""
    for division, _ in draft.marked("division"):
        if DESCRIPTION not in (division.get("class") or "").split():
            continue
        figure, image = _described(division)
        if figure is None or image is None:
            message = "this description follows no figure with a picture that it could describe"
            hint = "put it right behind the figure, which stands on a line of its own and has a text alternative"
            draft.problems.append(warning("misplaced-description", message, draft.at(division), hint))
            continue
        draft.name(division, f"description-{figure.get('id')}")
        division.set("role", "note")
        image.set("aria-details", division.get("id") or "")


def _described(division: _Element) -> tuple[_Element | None, _Element | None]:
    """The figure right before a division, and its picture; None for a picture that is decoration."""
    figure = next(division.itersiblings(preceding=True), None)
    if figure is None or figure.tag != "figure" or (figure.tail or "").strip():
        return None, None
    image = next((one for one in figure.iter("img") if one.get("role") != "presentation"), None)
    return figure, image
