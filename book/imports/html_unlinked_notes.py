"""Links raised numbers of an HTML page with the numbered texts at its end, where the page itself does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from lxml import html as lxml_html

from book.imports.html_mends import HEAD_OF_NOTES

_NUMBER = re.compile(r"\s*[\[(]?\s*(?P<number>\d{1,3})\s*[\])]?\s*")
_NUMBERED = re.compile(r"\s*[\[(]?(?P<number>\d{1,3})[\])]?[.:)]?\s+\S")
"""The beginning of a paragraph that is the text of a note."""
_NOTES = ("p", "div")


def link_notes(main: Any) -> None:
    """Link the calls of notes and their texts that no links lead to.

    They belong together where numbers and texts, with those that are linked, are 1, 2, 3 and so on: a power or a unit
    (`m²`) is a raised number too.
    """
    order = {one: at for at, one in enumerate(main.iter())}
    texts = dict(_in_lists(main)) or dict(_paragraphs(main))
    calls: dict[int, Any] = {}
    linked: set[int] = set()
    for sup in main.iter("sup"):
        match = _NUMBER.fullmatch(sup.text_content())
        number = int(match["number"]) if match else 0
        if not match or _begins(sup):
            continue
        if sup.find(".//a") is not None or next(sup.iterancestors("a"), None) is not None:
            linked.add(number)
        elif number in texts and order[texts[number]] > order[sup]:
            calls.setdefault(number, sup)
    numbers = linked | calls.keys()
    if not calls or numbers != set(range(1, len(numbers) + 1)):
        return
    taken = {one.get("id") for one in main.iter()}
    for number, sup in calls.items():
        text = texts[number]
        name = text.get("id") or next(one for one in (f"note-{number}-{at}" for at in count()) if one not in taken)
        text.set("id", name)
        link = lxml_html.Element("a", {"href": f"#{name}"})
        link.text = str(number)
        for child in list(sup):
            sup.remove(child)
        sup.text = None
        sup.append(link)


def _begins(sup: Any) -> bool:
    """Whether a raised number stands at the beginning of a paragraph: it is that of a note."""
    parent = sup.getparent()
    return sup.getprevious() is None and not (parent.text or "").strip() and parent.tag in ("p", "li", "div", "td")


def _in_lists(main: Any) -> Iterator[tuple[int, Any]]:
    """The items of the numbered list below a heading that says that notes follow, by their numbers."""
    for numbered in main.iter("ol"):
        head = numbered.getprevious()
        while head is not None and head.tag == "hr":
            head = head.getprevious()
        if head is not None and HEAD_OF_NOTES.fullmatch(head.text_content().strip(" :\n\t")):
            start = numbered.get("start") or "1"
            yield from enumerate(numbered.iterchildren("li"), int(start) if start.isdigit() else 1)


def _paragraphs(main: Any) -> Iterator[tuple[int, Any]]:
    """The last paragraphs that stand one behind the other and begin with 1, 2, 3 and so on, by these numbers."""
    run: list[Any] = []
    for block in main.iter(*_NOTES):
        match = _NUMBERED.match(block.text_content())
        number = int(match["number"]) if match else 0
        if number == 1:
            run = [block]
        elif run and number == len(run) + 1 and block.getprevious() is run[-1]:
            run.append(block)
    yield from enumerate(run, 1)
