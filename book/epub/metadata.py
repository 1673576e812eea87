"""Bibliographic metadata of the package document (EPUB 3.3, 5.5; MARC relators; Dublin Core)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from book.language.articles import filed_title
from book.model.manuscript import Manuscript
from book.model.settings import Edition, Settings
from book.project.identity import identifier, isbn, publication_date
from book.project.people import people, quoted

ISBN = "15"
"""ISBN-13 in ONIX code list 5."""


@dataclass(frozen=True, slots=True)
class Meta:
    """One metadata element of the package."""

    name: str
    """A Dublin Core element (`title`), or `meta`."""
    value: str
    """Its text."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Its attributes, such as `id`, or `property` and `refines` of a `meta`."""


def meta(prop: str, value: str, **attributes: str) -> Meta:
    """A `meta` element with a property from one of EPUB's vocabularies (`role`, `schema:accessMode`, …)."""
    return Meta("meta", value, {"property": prop, **attributes})


def bibliography(manuscript: Manuscript, edition: Edition) -> tuple[Meta, ...]:
    """Title, people, identifier, language, publisher, date, rights, description, subjects and series of an edition."""
    settings = manuscript.settings
    optional = {
        "publisher": settings.publisher,
        "date": publication_date(settings),
        "rights": settings.rights,
        "description": settings.description,
    }
    return (
        *_identifier(settings, edition),
        *_titles(settings),
        Meta("language", settings.language),
        *_people(manuscript),
        *(Meta(name, " ".join(value.split())) for name, value in optional.items() if value),
        *(Meta("subject", subject) for subject in settings.subjects),
        *_series(settings),
        *((meta("schema:bookEdition", settings.edition),) if settings.edition else ()),
    )


def page_break_source(settings: Settings, edition: Edition, printed: Edition) -> tuple[Meta, ...]:
    """Metadata that name the edition whose page breaks are marked (EPUB Accessibility 1.1, 3.5; DAISY, "Page source").

    `printed` is named by its identifier; if it has none of its own, it is described.
    """
    source = identifier(settings, printed)
    if source == identifier(settings, edition):
        page = f"{printed.page.width} × {printed.page.height}" if printed.page else ""
        facts = (settings.title, settings.edition, settings.publisher, settings.date, printed.name, page)
        source = ", ".join(fact for fact in facts if fact)
    return (
        Meta("source", source, {"id": "page-break-source"}),
        meta("source-of", "pagination", refines="#page-break-source"),
        meta("pageBreakSource", source),
    )


def _identifier(settings: Settings, edition: Edition) -> Iterator[Meta]:
    """The identifier, and its type if it is an ISBN."""
    urn = identifier(settings, edition)
    yield Meta("identifier", urn, {"id": "identifier"})
    if isbn(urn):
        yield meta("identifier-type", ISBN, refines="#identifier", scheme="onix:codelist5")


def _titles(settings: Settings) -> Iterator[Meta]:
    """The title, and the subtitle marked as such."""
    yield Meta("title", settings.title, {"id": "title"})
    yield meta("title-type", "main", refines="#title")
    if (filed := filed_title(settings.title, settings.language)) != settings.title:
        yield meta("file-as", filed, refines="#title")
    if settings.subtitle:
        yield Meta("title", settings.subtitle, {"id": "subtitle"})
        yield meta("title-type", "subtitle", refines="#subtitle")


def _people(manuscript: Manuscript) -> Iterator[Meta]:
    """Main authors and editors as creators, others as contributors, each with role and sort name.

    People who are quoted are contributors with the role `aqt` (MARC: author in quotations or text abstracts).
    """
    for number, person in enumerate((*people(manuscript), *quoted(manuscript)), 1):
        refines = f"#person-{number}"
        yield Meta("creator" if person.leading else "contributor", person.name, {"id": refines[1:]})
        yield meta("role", person.role, refines=refines, scheme="marc:relators")
        if person.sort:
            yield meta("file-as", person.sort, refines=refines)


def _series(settings: Settings) -> Iterator[Meta]:
    """The series, and the book's place in it: in EPUB's form (EPUB 3.3, D.3.1) and in calibre's."""
    if settings.series:
        yield meta("belongs-to-collection", settings.series.title, id="series")
        yield meta("collection-type", "series", refines="#series")
        if settings.series.number is not None:
            yield meta("group-position", str(settings.series.number), refines="#series")
        yield Meta("meta", "", {"name": "calibre:series", "content": settings.series.title})
        if settings.series.number is not None:
            yield Meta("meta", "", {"name": "calibre:series_index", "content": str(settings.series.number)})
