"""Marks after the inline markup has been read: handed to the block they stand in, then removed."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from book.manuscript.marks import find, strip

_PLACED = frozenset({"blockquote", "h1", "h2", "h3", "h4", "h5", "h6"})


class PlacesTreeprocessor(Treeprocessor):
    """Gives headings and block quotations a `data-at`, and removes all marks from texts and attributes."""

    def run(self, root: Element) -> None:
        """Change the tree in place."""
        for element in root.iter():
            if element.tag in _PLACED:
                first = _first(element)
                if first is not None:
                    element.set("data-at", first)
        for element in root.iter():
            if element.text:
                element.text = _without(element.text)
            if element.tail:
                element.tail = _without(element.tail)
            for name, value in element.items():
                element.set(name, strip(value))


class PlacesExtension(Extension):
    """Runs directly after the inline patterns (priority 20), before anything reads text or makes slugs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the tree processor."""
        md.treeprocessors.register(PlacesTreeprocessor(md), "places", 19.9)


def _first(element: Element) -> str | None:
    """The value of `data-at` for the first mark in an element, whether it was read or not."""
    for part in element.iter():
        if part is not element and (at := part.get("data-at")):
            return at
        if (at := find(part.text)) is not None:
            return at
        if part is not element and (at := find(part.tail)) is not None:
            return at
    return None


def _without(text: str) -> str:
    """A text without marks, that stays exempt from further processing if it was."""
    bare = strip(text)
    return text if bare == text else AtomicString(bare) if isinstance(text, AtomicString) else bare
