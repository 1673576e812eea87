"""What links and images have in common while a chapter is parsed: they know their place, and labels hold no marks.

Mixed into Python-Markdown's processors, in front of them.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from book.manuscript.marks import MARK, number, strip

Match = tuple[Element | str | None, int | None, int | None]
"""What a processor of Python-Markdown finds: an element, and where it begins and ends in the text."""


class Placed:
    """`[text](target "title")` or `![alt](file "caption")`: its place is in `data-at`, its target in `data-href`."""

    TARGET = "href"
    """The attribute with the target."""

    def handleMatch(self, m: re.Match[str], data: str) -> Match:  # noqa: N802
        """What the processor finds, or nothing."""
        found: Match = super().handleMatch(m, data)  # type: ignore[misc]
        element = found[0]
        if not isinstance(element, Element):
            return found
        at = number(m.string[m.start()])
        if at is not None:
            element.set("data-at", at)
        element.set("data-href", element.get(self.TARGET, ""))
        return self.finished(element), found[1], found[2]

    def finished(self, element: Element) -> Element:
        """What becomes of an element that was found."""
        return element


class Labelled(Placed):
    """`[text][label]`, likewise; no space between the two, as in CommonMark (and not in Python-Markdown)."""

    RE_LINK = re.compile(rf"{MARK}?\[([^\]]*)\]", re.DOTALL)

    def evalId(self, data: str, index: int, text: str) -> tuple[str | None, int, bool]:  # noqa: N802
        """The label, without marks."""
        label, end, handled = super().evalId(data, index, text)  # type: ignore[misc]
        return strip(label) if label else label, end, handled


class OwnLabel(Placed):
    """`[label]`, likewise."""

    def evalId(self, data: str, index: int, text: str) -> tuple[str, int, bool]:  # noqa: ARG002, N802
        """The label, without marks."""
        return strip(text).lower(), index, True
