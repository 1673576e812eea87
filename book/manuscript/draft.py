"""A chapter while it is parsed: the tree of its body, and what each construct has found in it."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import unquote

from lxml.etree import _Element

from book.manuscript.marks import NUMBER, Mark
from book.manuscript.places import Places
from book.model.manuscript import Bracketed, CrossReference, Formula, Heading, Mention, Picture, Quotation, Slip, Term
from book.problem import Problem, Span

BLOCKS = frozenset({
    "p", "li", "dd", "dt", "td", "th", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption",
    "blockquote", "div", "section", "aside", "figure", "pre",
})  # fmt: skip
"""Block elements, whose text gives the inline elements in them their ids."""
_START = (
    "A-Z_a-z\xc0-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff"
    "\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
"""Characters that an id can begin with (Extensible Markup Language 1.0, production 4, without the colon)."""
_UNFIT = re.compile(f"[^{_START}.0-9\xb7\u0300-\u036f\u203f\u2040-]+")
"""Characters that an id cannot contain (production 4a)."""
_BEGINNING = re.compile(f"[{_START}]")


@dataclass(slots=True)
class Draft:
    """A chapter while it is parsed."""

    root: _Element
    """The element that contains the body's blocks."""
    path: str
    """The file, relative to the project's folder."""
    slug: str
    """The chapter's name in addresses."""
    places: Places
    """Finds where things were written."""
    marks: list[Mark] = field(default_factory=list)
    """Further facts about elements, by the mark numbers that they carry."""
    title: str | None = None
    """The title in the front matter; without one, the text of the first heading."""
    title_markup: str | None = None
    """The same as XHTML, for a heading with markup."""
    language: str = "en"
    """Its language (BCP 47)."""
    title_level: int | None = None
    """The level of the heading that was taken for the title, 1 to 6."""
    unnumbered: bool = False
    """Whether that heading is marked as unnumbered."""
    mentions: list[Mention] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    references: list[CrossReference] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    formulas: list[Formula] = field(default_factory=list)
    heading_ids: dict[int, str] = field(default_factory=dict)
    """The ids of headings by their line in the body, 0-based."""
    heading_names: dict[str, int] = field(default_factory=dict)
    """How often each heading id was requested while it was taken."""
    problems: list[Problem] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    bracketed: list[Bracketed] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    """Every id in use."""
    _repeated: dict[str, int] = field(default_factory=dict)
    _digests: dict[_Element, str] = field(default_factory=dict)

    def mark(self, element: _Element) -> Mark | None:
        """The mark of an element; None if it has none."""
        number = element.get(NUMBER, "")
        known = self.marks[int(number)] if number.isascii() and number.isdigit() else None
        return known if known and known.tag in (element.tag, "") else None

    def kind(self, element: _Element) -> str:
        """The kind of an element; empty if unknown."""
        known = self.mark(element)
        return known.kind if known else ""

    def marked(self, *kinds: str, inside: _Element | None = None) -> list[tuple[_Element, Mark]]:
        """The elements of some kinds in document order, with their marks."""
        if inside is None and not any(mark.kind in kinds for mark in self.marks):
            return []  # as for most kinds in most chapters
        elements = (self.root if inside is None else inside).iterfind(f".//*[@{NUMBER}]")
        known = ((element, self.mark(element)) for element in elements)
        return [(element, mark) for element, mark in known if mark and mark.kind in kinds]

    def span(self, mark: Mark | None) -> Span:
        """Where something was written, as precisely as is known."""
        return self.places.span(mark.line, mark.column) if mark else self.places.span(None)

    def at(self, element: _Element) -> Span:
        """Where an element was written, as precisely as is known."""
        return self.span(self.mark(element))

    def words(self, element: _Element) -> str:
        """The text of an element as it is shown without markup: pictures by their alternatives, formulas as written."""
        return " ".join("".join(_texts(element, self._stand_in)).split())

    def holds_nothing(self, element: _Element) -> bool:
        """Whether an element has neither words nor anything else that is shown."""
        marked = any(one.kind for _, one in self.marked(*self._kinds(), inside=element))
        return not plain_text(element) and not marked and element.find(".//img") is None

    def _kinds(self) -> set[str]:
        """The kinds of all marks."""
        return {mark.kind for mark in self.marks if mark.kind}

    def _stand_in(self, element: _Element) -> str:
        """What is shown of an element that has no words, where only words can stand."""
        if element.tag == "img":
            return element.get("alt") or ""
        mark = self.mark(element) if element.get(NUMBER) else None
        return mark.values["tex"] if mark and mark.kind == "math" else ""

    def name(self, element: _Element, stem: str) -> str:
        """Give an element an id if it has none: the stem, with a number if that is taken; return its anchor."""
        given = element.get("id")
        if given is None:
            stem = given = xml_id(stem)
            while given in self.ids:
                self._repeated[stem] = count = self._repeated.get(stem, 1) + 1
                given = f"{stem}-{count}"
            element.set("id", given)
        self.ids.add(given)
        return f"{self.slug}#{given}"

    def digest(self, element: _Element) -> str:
        """Eight hexadecimal digits of a hash of the text of the block that contains an element.

        They change only when that text changes; note numbers are ignored.
        """
        for block in (element, *element.iterancestors()):
            # Attributions are alike, what they stand under is not; a cell may hold nothing but a citation.
            if block.tag in BLOCKS and block.get("class") != "attribution":
                digest = self._digests.get(block)
                if digest is None:
                    words = plain_text(block)
                    digest = hashlib.sha256(words.encode()).hexdigest()[:8] if words else ""
                    self._digests[block] = digest
                if digest:
                    return digest
        return "0" * 8


def free_id(stem: str, taken: Collection[str]) -> str:
    """An unused id: the stem, or the stem with the first free number from 2."""
    numbered = (f"{stem}-{number}" for number in count(2))
    return stem if stem not in taken else next(name for name in numbered if name not in taken)


def xml_id(text: str) -> str:
    """A text as an id that is valid in XML (NCName), URLs and our anchors: `1787 & after` → `id-1787-after`."""
    plain = _UNFIT.sub("-", text).strip("-")
    return plain if _BEGINNING.match(plain) else f"id-{plain}"


def beside(chapter: str, written: str) -> str:
    """A path relative to the project's folder, from an address relative to a chapter's own file."""
    decoded = unquote(written)
    path = decoded if decoded.isprintable() else "".join(one if one.isprintable() else "\ufffd" for one in written)
    return posixpath.normpath(posixpath.join(posixpath.dirname(chapter), path)) if path else ""


def take(element: _Element, name: str) -> str | None:
    """Remove an attribute and return its value; None if there was none."""
    value = element.get(name)
    if value is not None:
        del element.attrib[name]
    return value


def parent_of(element: _Element) -> _Element:
    """The parent of an element.

    Raises:
        ValueError: It is the root.
    """
    parent = element.getparent()
    if parent is None:
        raise ValueError(element.tag)
    return parent


def plain_text(element: _Element) -> str:
    """The text of an element, without markup and note calls, with white space collapsed."""
    return " ".join("".join(_texts(element)).split())


def _texts(element: _Element, stand_in: Callable[[_Element], str] = lambda element: "") -> Iterator[str]:  # noqa: ARG005
    """The pieces of text in an element, without note calls; `stand_in` gives one for what has none."""
    yield stand_in(element)
    if element.text:
        yield element.text
    for child in element:
        if child.get("data-note") is None:
            yield from _texts(child, stand_in)
        if child.tail:
            yield child.tail
