"""Classes that an author writes in chapters and that mean something; any other one is kept for a stylesheet."""

from __future__ import annotations

from collections.abc import Mapping

from book.problem import slip_of

MEANINGS: Mapping[str, str] = {
    "index": "`[words]{.index}`: a term of the subject index",
    "altered": '`— [@key]{.altered note="why"}`: the words differ from their source on purpose',
    "key": "`{.key}` on a line below a quotation: one of the most important ones",
    "mark": "`[words]{.mark}`: highlighted words",
    "underline": "`[words]{.underline}`: underlined words; `{.ins}` and `{.del}` are words put in and taken out",
    "smallcaps": "`[words]{.smallcaps}`: small capitals",
    "decorative": "`![](rule.png){.decorative}`: a picture that shows nothing, and is not read aloud",
    "description": "`::: description` behind a figure: a description of its picture, for those who cannot see it",
    "row-heads": "`{.row-heads}` behind a table or its caption: the first cell of each row is the heading of the row",
    "unnumbered": "`# Title {.unnumbered}`: a chapter without a number",
    "here": "`![Words](a.png){.here}`: a figure that does not float to where it leaves no hole",
    "foot": "`![Words](a.png){.foot}`: a figure that stands at the foot of its page in print, or of the next one",
    "verse": "`::: verse`: lines as they are written",
    "epigraph": "`::: epigraph`: words before a chapter's text",
    "dedication": "`::: dedication`: to whom something is dedicated",
    "note": "`::: note`: an aside; as do `tip`, `info`, `important`, `warning`, `caution`, `danger`, `sidebar`",
}
"""What each of them means."""
_ALSO = (
    "aside", "alert", "callout", "callout-caution", "callout-important", "callout-note", "callout-tip",
    "callout-warning", "caution", "danger", "del", "important", "info", "ins", "sidebar", "tip", "ul", "warning",
)  # fmt: skip
"""Others that mean the same as one of these."""
KEYS = ("alt", "fig-alt", "height", "note", "see", "seealso", "sort", "sub", "term", "width")
"""Attributes in braces that are ours, or read before they reach an element."""


def meant_class(name: str) -> str | None:
    """The class that a class is probably a misspelling of; None for one that is known, or an author's own."""
    return "index" if name == "idx" else slip_of(name, (*MEANINGS, *_ALSO))
