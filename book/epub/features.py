"""What is found in the sections of a book that matters to readers who see, hear or move differently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from book.epub.markup import XHTML
from book.model.editions import Section

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
DECORATION = frozenset({"presentation", "none"})


@dataclass(frozen=True, slots=True)
class Features:
    """Facts about the whole book, each found in it."""

    pictures: bool
    """It shows pictures that mean something."""
    described: bool
    """Every such picture has a text alternative."""
    animated: bool
    """A picture may move (GIF)."""
    headings: bool
    """Its sections have headings."""
    notes: bool
    """It has notes that are linked with their calls."""
    index: bool
    """It has an index."""
    math: bool
    """It has formulas, in MathML."""
    adaptable: bool
    """No stylesheet stands in the way of the reader's own size and colours."""
    pages: bool = False
    """The page breaks of a print edition are marked in it."""


def parse(section: Section) -> etree._Element:
    """The root element of a section's document. Raises etree.XMLSyntaxError where that is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(section.html.encode(), parser)


def manifest_properties(document: etree._Element) -> tuple[str, ...]:
    """The manifest properties that a content document needs (EPUB 3.3, D.6.2), sorted."""
    namespaces = {"mathml": MATHML, "svg": SVG}
    return tuple(name for name, uri in namespaces.items() if next(document.iter(f"{{{uri}}}*"), None) is not None)


@dataclass(frozen=True, slots=True)
class Found:
    """What one section's document holds."""

    properties: tuple[str, ...]
    """Its manifest properties."""
    alternatives: tuple[str, ...]
    """The text alternative of each picture that is not mere decoration; empty where it has none."""
    headings: bool
    notes: bool
    pages: bool


def look_into(section: Section) -> Found:
    """What a section's document holds. Raises etree.XMLSyntaxError where that is not well-formed.

    Trees take much memory: that of a section is gone before the next one is read.
    """
    root = parse(section)
    return Found(
        properties=manifest_properties(root),
        alternatives=tuple(_alternatives(root)),
        headings=_has(root, "h1", "h2"),
        notes=any(link.get("role") == "doc-noteref" for link in root.iter(f"{{{XHTML}}}a")),
        pages=any(mark.get("role") == "doc-pagebreak" for mark in root.iter(f"{{{XHTML}}}span")),
    )


def survey(sections: Iterable[Section], found: Iterable[Found], stylesheets: Iterable[bytes]) -> Features:
    """What the sections and the stylesheets hold. `found` is what was found in the sections' documents.

    The picture of a cover has its text alternative, but does not make a book one that has to be seen
    (Schema.org Accessibility Properties for Discoverability Vocabulary, `accessMode`).
    """
    known, inside = tuple(sections), tuple(found)
    shown = [one for section, one in zip(known, inside, strict=True) if section.role != "cover"]
    return Features(
        pictures=any(one.alternatives for one in shown),
        described=all(alternative for one in inside for alternative in one.alternatives),
        animated=any(path.lower().endswith(".gif") for section in known for path in section.images),
        headings=any(one.headings for one in inside),
        notes=any(one.notes for one in inside),
        index=any(section.role == "index" for section in known),
        math=any("mathml" in one.properties for one in inside),
        adaptable=not any(_fixes_text(css) for css in stylesheets),
        pages=any(one.pages for one in inside),
    )


def _has(root: etree._Element, *names: str) -> bool:
    """Whether there is an element of one of these names."""
    return next(root.iter(*(f"{{{XHTML}}}{name}" for name in names)), None) is not None


def _alternatives(root: etree._Element) -> Iterable[str]:
    """The text alternative of each picture that is not mere decoration; empty where it has none."""
    for element in root.iter(f"{{{XHTML}}}img", f"{{{SVG}}}svg"):
        if element.get("role") in DECORATION or element.get("aria-hidden") == "true":
            continue
        title = element.findtext(f"{{{SVG}}}title")
        text = element.get("alt") or element.get("aria-label") or element.get("aria-labelledby") or title or ""
        yield text.strip()


def _fixes_text(css: bytes) -> bool:
    """Whether a stylesheet sets text in absolute sizes, or its body in a colour of its own choice."""
    text = re.sub(r"/\*.*?\*/", "", css.decode(errors="replace"), flags=re.DOTALL)
    return bool(re.search(r"font(?:-size)?\s*:[^;}]*\d(?:px|pt|pc|mm|cm|in)\b|!important", text))
