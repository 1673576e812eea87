"""Links raised numbers of an HTML page with the numbered texts at its end, where the page itself does not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from lxml import html as lxml_html

from book.imports.html_mends import HEAD_OF_NOTES
from book.imports.html_page import is_furniture

_NUMBER = re.compile(r"\s*[\[(]?\s*(?P<number>\d{1,3})\s*[\])]?\s*")
_NUMBERED = re.compile(r"\s*[\[(]?(?P<number>\d{1,3})[\])]?[.:)]?\s+\S")
"""The beginning of a paragraph that is the text of a note."""
_NOTES = ("p", "div")


def link_notes(main: Any) -> None:
    """Link the calls of notes and their texts that no links lead to.

    They belong together where numbers and texts, with those that are linked, are 1, 2, 3 and so on: a power or a unit
    (`m²`) is a raised number too. Paragraphs are notes only if each of them is called: steps are numbered too.
    """
    order = {one: at for at, one in enumerate(main.iter())}
    listed = dict(_in_lists(main))
    texts = listed or dict(enumerate(_paragraphs(main), 1))
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
    if not calls or numbers != set(range(1, len(numbers) + 1)) or (not listed and not numbers >= texts.keys()):
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


def _paragraphs(main: Any) -> list[Any]:
    """The last paragraphs that stand one behind the other, begin with 1, 2, 3 and so on, and stand where notes do."""
    run: list[Any] = []
    for block in main.iter(*_NOTES):
        match = _NUMBERED.match(block.text_content())
        number = int(match["number"]) if match else 0
        if number == 1:
            run = [block]
        elif run and number == len(run) + 1 and block.getprevious() is run[-1]:
            run.append(block)
    return run if run and (_below_head(run[0], main) or _ends_page(run[-1], main)) else []


def _below_head(block: Any, main: Any) -> bool:
    """Whether a block stands below a rule or a line that says that notes follow."""
    while block.getprevious() is None and block is not main and not (block.getparent().text or "").strip():
        block = block.getparent()
    head = block.getprevious() if block is not main else None
    return head is not None and (head.tag == "hr" or bool(HEAD_OF_NOTES.fullmatch(head.text_content().strip(" :\n\t"))))


def _ends_page(block: Any, main: Any) -> bool:
    """Whether nothing stands behind a block but what a web site puts there."""
    while block is not main:
        behind = [block, *block.itersiblings()]
        if any((one.tail or "").strip() for one in behind):
            return False
        if any(one.text_content().strip() and not is_furniture(one) for one in behind[1:]):
            return False
        block = block.getparent()
    return True
