"""How the sections of a volume point to places: addresses, folios, locators of index entries, cross-references.

Anchors whose page facts a section shows are noted down, so that a later pass composes it again only if these change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from book.citing.titles import in_marks
from book.composition import locators
from book.composition.locators import Locator
from book.dates.digits import in_digits
from book.language.punctuation import punctuation
from book.language.terms import book_terms
from book.model.editions import Volume
from book.model.folios import Pagination
from book.model.indexes import IndexEntry
from book.project.outputs import Output, output_of

FACES = "@faces"
"""What a section that names the faces has among the anchors that it shows; an anchor begins with a slug."""


@dataclass(slots=True)
class Pointers:
    """Points to places of one volume, with the page facts known so far."""

    volume: Volume
    pagination: Pagination | None
    slugs: frozenset[str]
    """The slugs of all sections."""
    shown_anchors: set[str] = field(default_factory=set)
    """The anchors whose page facts the current section shows."""
    cited_numbers: Mapping[str, str] = field(default_factory=dict)
    """The number of the quotation in which each citation stands, if indexes point with these numbers."""

    def __post_init__(self) -> None:
        manuscript = self.volume.manuscript
        if self.volume.edition.locators == "quotations":
            quoted = ((one.mention.anchor, one.mention.quotation or "") for one in manuscript.citations)
            self.cited_numbers = {at: manuscript.numbers[name] for at, name in quoted if name in manuscript.numbers}

    @property
    def output(self) -> Output:
        """What sets the edition's output apart."""
        return output_of(self.volume.edition)

    @property
    def paged(self) -> bool:
        """Whether locators are folios."""
        return self.output.paged

    def href(self, anchor: str) -> str | None:
        """The address of an anchor; None if it is not in this volume, or the output has no links."""
        slug, address = anchor.partition("#")[0], self.output.address
        if address is None or slug not in self.slugs:
            return None
        return address(anchor)

    def folio(self, anchor: str) -> str:
        """The folio of an anchor as text, or a placeholder; the anchor is recorded as shown."""
        self.shown_anchors.add(anchor)
        found = self.pagination.folio(anchor) if self.pagination else None
        return self._written(str(found)) if found else locators.UNKNOWN

    def _written(self, number: str) -> str:
        """A number in the digits of the book's language."""
        return in_digits(number, self.volume.manuscript.settings.language)

    def locators(self, entry: IndexEntry) -> tuple[locators.Locator, ...]:
        """The locators of an index entry: pages, whose anchors are recorded as shown, then numbers of quotations."""
        numbered = {anchor: self.cited_numbers[anchor] for anchor in entry.anchors if anchor in self.cited_numbers}
        places = self._places([one for one in entry.anchors if one not in numbered])
        return (*places, *locators.by_number(numbered, self._written))

    def _places(self, anchors: Sequence[str]) -> tuple[Locator, ...]:
        """The locators of some anchors by pages or chapters."""
        self.shown_anchors.update(anchors)
        if not self.paged:
            chapters = {chapter.slug: chapter for chapter in self.volume.manuscript.chapters}
            if self.pagination is None:
                return locators.by_chapter(anchors, chapters, self._written)
            words = book_terms(self.volume.manuscript.settings)
            return locators.by_page(anchors, self.pagination, chapters, words, self._written)
        return locators.by_folio(anchors, self.pagination, self._written)

    def book_pages(self, entry: IndexEntry) -> str:
        """Where the printed book has what an index entry of a handout points to, in words; empty if that is unknown."""
        printed = self.volume.printed
        anchors = [anchor for anchor in entry.anchors if printed and printed.folio(anchor)]
        if not anchors:
            return ""
        comma = punctuation(self.volume.manuscript.settings.language).comma
        folios = comma.join(locator.text for locator in locators.by_folio(anchors, printed, self._written))
        return book_terms(self.volume.manuscript.settings)["in-the-book"].format(pages=folios)

    def refer(self, anchor: str, words: str) -> tuple[str | None, str]:
        """The address of a cross-reference's target, and a text such as ` (page 12)` if the page is known.

        Args:
            anchor: The target.
            words: What the reference says, which may be the title of the target's chapter.
        """
        address = self.href(anchor)
        left_out = self.volume.kind not in (None, "full") and anchor.partition("#")[2] not in ("", *self._own_ids())
        if address is None or left_out:
            return None, self._elsewhere(anchor, words)
        self.shown_anchors.add(anchor)
        if not self.paged and (self.pagination is None or self.pagination.folio(anchor) is None):
            return address, ""
        settings = self.volume.manuscript.settings
        marks, terms = punctuation(settings.language), book_terms(settings)
        return address, f"{marks.before}{terms['see-page'].format(page=self.folio(anchor))}{marks.after}"

    def _elsewhere(self, anchor: str, words: str) -> str:
        """Where the book has what a handout leaves out: the page, or the title of its chapter; neither may be known."""
        settings, printed = self.volume.manuscript.settings, self.volume.printed
        found = printed.folio(anchor) if printed else None
        title = self.volume.titles.get(anchor.partition("#")[0], "")
        if found:
            place = book_terms(settings)["in-the-book"].format(pages=self._written(str(found)))
        elif title and title.casefold() not in words.casefold():
            place = str(in_marks(title, settings.language))
        else:
            return ""
        marks = punctuation(settings.language)
        return f"{marks.before}{place}{marks.after}"

    def _own_ids(self) -> frozenset[str]:
        """The ids of a handout's chapter, as far as the handout shows it."""
        return self.volume.part.ids if self.volume.part else frozenset()
