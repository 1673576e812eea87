"""Composes one section of a volume: the variables and functions that a layout is given, and the finished chapters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from markupsafe import Markup

from book.citing.describe import describe
from book.citing.names import joined
from book.composition.bibliography import list_sources
from book.composition.pointers import FACES, Pointers
from book.composition.prose import Endnote, Writer, captions, endnotes, finish
from book.composition.qr_codes import qr_code
from book.composition.rendering import call_macro, check_well_formed, render
from book.composition.sections import Plan, draw_timeline, plan_sections
from book.composition.styles import epub_families
from book.dates.edtf import parse
from book.dates.formatting import display
from book.language.punctuation import punctuation
from book.language.terms import book_terms
from book.manuscript.draft import free_id, xml_id
from book.model.descriptions import Description
from book.model.editions import Section, Volume
from book.model.manuscript import Chapter, Citation, Mention, anchor_of
from book.model.outline import OutlineEntry, nested
from book.model.sources import Source
from book.problems.defects import told_as_problem
from book.project.files import is_file
from book.project.identity import copyright_line, identifier, printed_number
from book.project.outputs import contents_depth, note_place, number_place
from book.project.people import sole_speaker


@dataclass(slots=True)
class Composer:
    """Composes the sections of one volume with the page facts known so far."""

    volume: Volume
    linked: tuple[str, ...] = ()
    """Addresses of stylesheets that each document links to."""
    plans: tuple[Plan, ...] = ()
    pointers: Pointers = field(init=False)
    """They have the page facts; all else that is kept here does not depend on these."""
    entries: Mapping[str, str] | None = None
    """The anchor of each source's entry in the chronological index, by the source's id; None before it is asked for."""
    cited: dict[tuple[object, ...], str] = field(default_factory=dict)
    """The texts of citations, by all that they depend on."""
    citations: dict[int, dict[str, Citation]] | None = None
    """The citations of each chapter object, by their anchors; None before they are asked for."""

    def __post_init__(self) -> None:
        self.plans = tuple(plan_sections(self.volume))
        self.pointers = Pointers(self.volume, None, frozenset(plan.slug for plan in self.plans))

    def section(self, plan: Plan) -> Section:
        """Compose one section; a failure of the program becomes a problem of its file."""
        with told_as_problem("compose this section", _path(plan)):
            return self._section(plan)

    def _section(self, plan: Plan) -> Section:
        """Compose one section."""
        self.pointers.shown_anchors = set()
        body = Markup(self.body(plan.chapter)) if plan.chapter else None  # noqa: S704  (cut to an allow-list when read)
        layouts = (f"{plan.name}.html", *(("index.html",) if plan.role == "index" else ()))
        html = self.render(*layouts, **self.names(plan), body=body)
        check_well_formed(self.volume.manuscript.project.root, layouts[0], html)
        chapter = plan.chapter
        return Section(
            slug=plan.slug,
            role=plan.role,
            title=plan.title,
            matter=plan.matter,
            html=html,
            shown_anchors=frozenset(self.pointers.shown_anchors),
            headings=plan.headings,
            images=tuple(dict.fromkeys(picture.path for picture in chapter.pictures)) if chapter else (),
            path=_path(plan),
            start=plan.start,
            on_verso=self.on_verso(plan),
            number=plan.number,
            short_title=chapter.rich(chapter.front.short_title or "") or None if chapter else None,
        )

    def names(self, plan: Plan) -> dict[str, Any]:
        """The variables of a layout."""
        settings = self.volume.manuscript.settings
        language = plan.chapter.front.language if plan.chapter else None
        section_id, title_id = _frame_ids(plan)
        return {
            "book": settings, "volume": self.volume, "terms": book_terms(settings),
            "language": language or settings.language, "identifier": identifier(settings, self.volume.edition),
            "number": printed_number(identifier(settings, self.volume.edition)), "copyright": copyright_line(settings),
            "date": display(parse(settings.date), settings.language) if settings.date else None,
            "linked": self.linked, "title": plan.title, "slug": plan.slug, "role": plan.role, "matter": plan.matter,
            "on_verso": self.pointers.paged and self.on_verso(plan),
            "authors_of": self.volume.manuscript.own_authors,
            "chapter": plan.chapter, "index": plan.index, "paged": self.pointers.paged,
            "listed": [other for other in self.plans if other.listed],
            "below": partial(_below, contents_depth(self.volume.edition)),
            "bibliography": partial(list_sources, self.volume),
            "figures": self.figures, "endnotes": self.endnotes,
            "href": self.pointers.href, "folio": self.pointers.folio,
            "quotations": self.volume.manuscript.verification, "describe": self.describe,
            "locators": self.pointers.locators, "book_pages": self.pointers.book_pages, "fit": self.volume.fit,
            "timeline": partial(draw_timeline, self.volume),
            "faces": self.faces, "joined": partial(joined, language=settings.language),
            "section_id": section_id, "title_id": title_id,
            "sole_speaker": sole_speaker(self.volume.manuscript), "qr_code": qr_code,
            "address": (self.volume.edition.address or "").replace("{slug}", plan.slug),
        }  # fmt: skip

    def on_verso(self, plan: Plan) -> bool:
        """Whether a section begins on a verso, as far as is known."""
        pagination = self.pointers.pagination
        if plan.start == "any" and self.pointers.paged and self.volume.part is None and pagination is not None:
            return pagination.sheets.get(plan.slug, 0) % 2 == 1
        return plan.start == "verso"

    def render(self, *layouts: str, **names: Any) -> str:
        """Render the first of some layouts that exists.

        Raises:
            BookError: The layout fails.
        """
        return render(self.volume.manuscript.project.root, *layouts, **names)

    def faces(self) -> tuple[str, ...]:
        """The families of the fonts that the edition is set in, or carries; none if it has no fonts of its own."""
        if not self.pointers.paged:
            return epub_families(self.volume.manuscript, self.volume.edition) if self.pointers.output.packaged else ()
        self.pointers.shown_anchors.add(FACES)
        return self.pointers.pagination.faces if self.pointers.pagination else ()

    def body(self, chapter: Chapter) -> str:
        """The body of a chapter, finished for this edition."""
        citations, targets, writer = self._writing(chapter)
        return finish(chapter, citations, targets, writer)

    def figures(self) -> Iterator[tuple[str, str]]:
        """Anchor and caption of every figure."""
        return (found for chapter in self.volume.manuscript.chapters for found in captions(chapter))

    def endnotes(self) -> Iterator[tuple[Chapter, tuple[Endnote, ...]]]:
        """The chapters that have notes, each with its notes, for a section of endnotes."""
        for chapter in self.volume.manuscript.chapters:
            citations, targets, writer = self._writing(chapter)
            if found := endnotes(chapter, citations, targets, writer):
                yield chapter, found

    def _writing(self, chapter: Chapter) -> tuple[Mapping[str, Citation], Mapping[str, str], Writer]:
        """What a chapter's body is finished with: its citations, the targets of references, the edition's rules."""
        manuscript = self.volume.manuscript
        citations = self.citations_in(chapter)
        writer = Writer(
            output=self.pointers.output,
            notes=note_place(self.volume.edition),
            cite=self.cite,
            speakers=lambda citation: manuscript.descriptions.sources[citation.source.id].names,
            refer=self.pointers.refer,
            terms=book_terms(manuscript.settings),
            lay=partial(self.lay, chapter),
            styled=self.volume.styled.citations if self.volume.styled else {},
            entry=lambda citation: self.index_entry(citation.source),
            language=chapter.front.language or manuscript.settings.language,
            numbers=manuscript.numbers if number_place(self.volume.edition) != "none" else {},
            in_margin=number_place(self.volume.edition) == "margin",
            paragraphs=self.volume.edition.paragraph_numbers and self.volume.kind == "full",
            marks=punctuation(manuscript.settings.language),
            book_language=manuscript.settings.language if chapter.front.language else "",
        )
        return citations, manuscript.targets, writer

    def citations_in(self, chapter: Chapter) -> Mapping[str, Citation]:
        """The citations in a chapter, by their anchors."""
        if self.citations is None:
            self.citations = {}
            for one in self.volume.manuscript.citations:
                self.citations.setdefault(id(one.chapter), {})[one.mention.anchor] = one
        return self.citations.get(id(chapter), {})

    def lay(self, chapter: Chapter, classes: tuple[str, ...], name: str, content: str) -> str | None:
        """What the project's layout for one of the classes of a division makes of it; None without such a layout.

        It is `layouts/division-note.html` for the class `note`, and is given `content`, `classes`, `id`, and what
        every layout is given of book, edition and chapter.
        """
        root = self.volume.manuscript.project.root
        layouts = (f"division-{one}.html" for one in classes if re.fullmatch(r"[\w-]+", one))
        layout = next((one for one in layouts if is_file(root / "layouts" / one)), None)
        if layout is None:
            return None
        settings = self.volume.manuscript.settings
        return self.render(
            layout, content=Markup(content), classes=classes, id=name, chapter=chapter, book=settings,  # noqa: S704
            volume=self.volume, terms=book_terms(settings), paged=self.pointers.paged,
        )  # fmt: skip

    def cite(self, citation: Citation) -> str:
        """The text of a citation; like ones are rendered once."""
        mention, source = citation.mention, citation.source
        key = (source.id, mention.form, mention.locator, mention.suppressed)
        if key not in self.cited:
            self.cited[key] = self._cite(mention, source)
        return self.cited[key]

    def _cite(self, mention: Mention, source: Source) -> str:
        """Render the layout `citation.html`."""
        shown = self.describe(source)
        if mention.suppressed:
            shown = replace(shown, speaker="", short_speaker="")
        root, entry = self.volume.manuscript.project.root, self.index_entry(source)
        return call_macro(root, "citation.html", mention.form, shown, mention.locator, entry)

    def describe(self, source: Source) -> Description:
        """A source in words."""
        manuscript = self.volume.manuscript
        return describe(source, manuscript.descriptions, manuscript.settings)

    def index_entry(self, source: Source) -> str | None:
        """The address of a source's entry in the chronological index; None if the volume has no such index."""
        if self.entries is None:
            self.entries = dict(_source_entries(self.plans))
        anchor = self.entries.get(source.id)
        return self.pointers.href(anchor) if anchor else None


def _below(deepest: int, plan: Plan) -> tuple[OutlineEntry, ...]:
    """What the contents list below a section: the headings of a chapter."""
    return nested(plan.headings, deepest) if plan.chapter else ()


def _path(plan: Plan) -> str:
    """The file that messages about a section name."""
    return plan.chapter.path if plan.chapter else f"layouts/{plan.name}.html"


def _frame_ids(plan: Plan) -> tuple[str, str]:
    """The ids of a section and of its title: the slug, and that with `-title`, unless something in it has them."""
    taken = {*(plan.chapter.ids if plan.chapter else ()), *(plan.index.ids if plan.index else ())}
    whole = free_id(xml_id(plan.slug), taken)
    return whole, free_id(f"{whole}-title", taken)


def _source_entries(plans: Iterable[Plan]) -> Iterator[tuple[str, str]]:
    """For each source in a chronological index, its id and the anchor of its entry."""
    for plan in plans:
        if plan.index and plan.index.name == "chronological":
            for entry in (entry for group in plan.index.groups for entry in group.entries):
                yield entry.key, anchor_of(plan.slug, entry.id)
