"""What is found in the sections of a book that matters to readers who see, hear or move differently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from book.model import Section
from book.package.markup import XHTML

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


def survey(sections: Iterable[Section], documents: Iterable[etree._Element], stylesheets: Iterable[bytes]) -> Features:
    """What the sections' documents and the stylesheets hold. `documents` are the parsed sections.

    The picture of a cover has its text alternative, but does not make a book one that has to be seen
    (Schema.org Accessibility Properties for Discoverability Vocabulary, `accessMode`).
    """
    known, roots = tuple(sections), tuple(documents)
    inside = [root for section, root in zip(known, roots, strict=True) if section.role != "cover"]
    return Features(
        pictures=any(True for root in inside for _ in _alternatives(root)),
        described=all(alternative for root in roots for alternative in _alternatives(root)),
        animated=any(path.lower().endswith(".gif") for section in known for path in section.images),
        headings=any(_has(root, "h1", "h2") for root in roots),
        notes=any(link.get("role") == "doc-noteref" for root in roots for link in root.iter(f"{{{XHTML}}}a")),
        index=any(section.role == "index" for section in known),
        math=any("mathml" in manifest_properties(root) for root in roots),
        adaptable=not any(_fixes_text(css) for css in stylesheets),
        pages=any(mark.get("role") == "doc-pagebreak" for root in roots for mark in root.iter(f"{{{XHTML}}}span")),
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
