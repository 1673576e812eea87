"""Finds the features of a book that matter for accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from book.epub.markup import XHTML
from book.model.editions import Section

SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
DECORATION = frozenset({"presentation", "none"})


@dataclass(frozen=True, slots=True)
class Features:
    """Features of the whole book, all found in its content."""

    pictures: bool
    """It has pictures that are not decoration."""
    described: bool
    """Every such picture has a text alternative."""
    animated: bool
    """It has pictures that may move (GIF)."""
    headings: bool
    """Its sections have headings."""
    ordered: bool
    """No heading is more than one level below the one before it in its document."""
    notes: bool
    """It has notes, linked with their calls."""
    index: bool
    """It has an index."""
    math: bool
    """It has formulas in MathML."""
    adaptable: bool
    """No stylesheet keeps the reader from choosing text size and colours."""
    pages: bool = False
    """It marks the page breaks of a print edition."""
    extended: bool = False
    """Some of its pictures have a long description."""


def parse(section: Section) -> etree._Element:
    """Parse a section's document.

    Raises:
        etree.XMLSyntaxError: It is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(section.html.encode(), parser)


def manifest_properties(document: etree._Element) -> tuple[str, ...]:
    """The manifest properties that a content document needs (EPUB 3.3, D.6.2), sorted."""
    namespaces = {"mathml": MATHML, "svg": SVG}
    return tuple(name for name, uri in namespaces.items() if next(document.iter(f"{{{uri}}}*"), None) is not None)


@dataclass(frozen=True, slots=True)
class SectionFeatures:
    """What one section's document contains."""

    properties: tuple[str, ...]
    """Its manifest properties."""
    alternatives: tuple[str, ...]
    """The text alternative of each picture that is not decoration; empty if it has none."""
    headings: bool
    ordered: bool
    notes: bool
    pages: bool
    extended: bool


def inspect_section(section: Section) -> SectionFeatures:
    """Find the features of one section.

    The tree is discarded afterwards: trees take much memory, so there is only one at a time.

    Raises:
        etree.XMLSyntaxError: The document is not well-formed.
    """
    root = parse(section)
    return SectionFeatures(
        properties=manifest_properties(root),
        alternatives=tuple(_alternatives(root)),
        headings=_has(root, "h1", "h2"),
        ordered=_in_order(root),
        notes=any(link.get("role") == "doc-noteref" for link in root.iter(f"{{{XHTML}}}a")),
        pages=any(mark.get("role") == "doc-pagebreak" for mark in root.iter(f"{{{XHTML}}}span")),
        extended=any(picture.get("aria-details") for picture in root.iter(f"{{{XHTML}}}img", f"{{{SVG}}}svg")),
    )


def book_features(
    sections: Iterable[Section], found: Iterable[SectionFeatures], stylesheets: Iterable[bytes]
) -> Features:
    """Combine the features of sections and stylesheets into those of the book.

    The cover's picture must have a text alternative too, but does not make the book one that has to be seen (Schema.org
    Accessibility Properties for Discoverability Vocabulary, `accessMode`).

    Args:
        sections: The sections.
        found: The features of each section, in the same order.
        stylesheets: The text of all stylesheets.
    """
    known, inside = tuple(sections), tuple(found)
    shown = [one for section, one in zip(known, inside, strict=True) if section.role != "cover"]
    return Features(
        pictures=any(one.alternatives for one in shown),
        described=all(alternative for one in inside for alternative in one.alternatives),
        animated=any(path.lower().endswith(".gif") for section in known for path in section.images),
        headings=any(one.headings for one in inside),
        ordered=all(one.ordered for one in inside),
        notes=any(one.notes for one in inside),
        index=any(section.role == "index" for section in known),
        math=any("mathml" in one.properties for one in inside),
        adaptable=not any(_fixes_text(css) for css in stylesheets),
        pages=any(one.pages for one in inside),
        extended=any(one.extended for one in inside),
    )


def _has(root: etree._Element, *names: str) -> bool:
    """Whether the tree contains an element with one of these names."""
    return next(root.iter(*(f"{{{XHTML}}}{name}" for name in names)), None) is not None


def _in_order(root: etree._Element) -> bool:
    """Whether no heading is more than one level below the one before it (WCAG 2.2, technique G141)."""
    headings = root.iter(*(f"{{{XHTML}}}h{level}" for level in range(1, 7)))
    levels = [int(str(heading.tag)[-1]) for heading in headings]
    return all(level <= above + 1 for above, level in pairwise(levels))


def _alternatives(root: etree._Element) -> Iterable[str]:
    """The text alternative of each picture that is not decoration; empty if it has none."""
    for element in root.iter(f"{{{XHTML}}}img", f"{{{SVG}}}svg"):
        if element.get("role") in DECORATION or element.get("aria-hidden") == "true":
            continue
        title = element.findtext(f"{{{SVG}}}title")
        text = element.get("alt") or element.get("aria-label") or element.get("aria-labelledby") or title or ""
        yield text.strip()


def _fixes_text(css: bytes) -> bool:
    """Whether a stylesheet has text sizes in absolute units, or declarations that override the reader's."""
    text = re.sub(r"/\*.*?\*/", "", css.decode(errors="replace"), flags=re.DOTALL)
    return bool(re.search(r"font(?:-size)?\s*:[^;}]*\d(?:px|pt|pc|mm|cm|in)\b|!important", text))
