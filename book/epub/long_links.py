"""Leads links to the files of a split chapter in which their targets are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from lxml import etree

from book.epub.markup import XHTML
from book.model.editions import Section
from book.project.names import document_name

_LINK = re.compile(r'(?<=\shref=")([^"#]+)#([^"]+)(?=")')
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-details")
"""Attributes that name elements of the same document by their ids."""


def ids_of(root: etree._Element) -> Iterator[str]:
    """The ids in a tree."""
    return (str(element.get("id")) for element in root.iter(etree.Element) if element.get("id"))


def lead_on(root: etree._Element, chapter: str, slug: str, names: Mapping[tuple[str, str], str]) -> None:
    """Let the links within a chapter lead to the right one of its files, of which `root` is the one with a slug."""
    own, first = document_name(slug), document_name(chapter)
    here = set(ids_of(root))
    for link in root.iter(f"{{{XHTML}}}a"):
        file, mark, name = link.get("href", "").partition("#")
        if mark and file in {"", first}:
            home = names.get((first, name), first)
            link.set("href", f"#{name}" if home == own else f"{home}#{name}")
    for element in root.iter(etree.Element):
        for attribute in _REFERENCES:
            if (named := element.get(attribute)) and not here.issuperset(named.split()):
                del element.attrib[attribute]


def linked(section: Section, names: Mapping[tuple[str, str], str]) -> Section:
    """A section whose links lead to the files in which their targets are."""

    def address(found: re.Match[str]) -> str:
        return f"{names.get((found[1], found[2]), found[1])}#{found[2]}"

    return replace(section, html=_LINK.sub(address, section.html))
