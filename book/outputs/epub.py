"""The EPUB output: packs composed sections, a navigation document and metadata (EPUB 3.3)."""

from __future__ import annotations

import re

from book.epub.accessibility import accessibility
from book.epub.container import Package, pack
from book.epub.cover import cover_section, generated_cover
from book.epub.features import book_features, inspect_section
from book.epub.metadata import Meta, bibliography, page_break_source
from book.epub.navigation import ContentsPage, entries, file_name, navigation_document
from book.epub.resources import Resource, images, stylesheets_and_fonts
from book.epub.stylesheets import imported_resources
from book.language.direction import direction
from book.language.terms import book_terms
from book.model.editions import Artifact, Section
from book.outputs import Context
from book.project.identity import identifier, moment
from book.project.outputs import contents_depth

MEDIA_TYPE = "application/epub+zip"
_VERTICAL = re.compile(r"(?:html|body|:root)\s*\{[^}]*writing-mode\s*:\s*vertical-rl")


def write(context: Context) -> tuple[Artifact, ...]:
    """Write one artifact, `<volume>.epub`.

    Raises:
        BookError: A picture cannot go into the package (`missing-image`, `image-type`).
    """
    manuscript, settings = context.manuscript, context.manuscript.settings
    sections = _with_cover(context)
    content = tuple(section for section in sections if section.role != "toc")
    found = tuple(map(inspect_section, content))
    contents = entries(sections, manuscript, contents_depth(context.edition))
    page = _page(context)
    claims = accessibility(settings, book_features(content, found, context.stylesheets.values()))
    package = Package(
        title=settings.title,
        language=settings.language,
        identifier=identifier(settings, context.edition),
        right_to_left=direction(settings.language) == "rtl" or _is_vertical(context),
        modified=moment(manuscript.project),
        metadata=(
            *bibliography(manuscript, context.edition),
            *_page_source(context),
            *claims,
        ),
        resources=(
            Resource(page.name, navigation_document(page, contents, sections, context.marks), ("nav",)),
            *(
                Resource(file_name(section), section.html, one.properties)
                for section, one in zip(content, found, strict=True)
            ),
            *stylesheets_and_fonts(
                context.stylesheets, context.fonts, (section.html for section in sections), context.store
            ),
            *imported_resources(context.styles),
            *images(manuscript, content, context.styles.images if context.styles else ()),
            *generated_cover(context.cover),
        ),
        spine=tuple(page.name if section.role == "toc" else file_name(section) for section in sections),
        contents=contents,
        pages=tuple((mark.folio, mark.address(page.name)) for mark in context.marks),
    )
    declared = tuple((claim.attributes["property"], claim.value) for claim in claims)
    return (Artifact(f"{context.volume.name}.epub", MEDIA_TYPE, pack(package), accessibility=declared),)


def _is_vertical(context: Context) -> bool:
    """Whether lines run from top to bottom, the first one on the right, by a setting or by a stylesheet."""
    found = (_VERTICAL.search(css.decode()) for css in context.stylesheets.values())
    return context.edition.writing == "vertical" or any(found)


def _page_source(context: Context) -> tuple[Meta, ...]:
    """Metadata that name the print edition whose page breaks are marked; none if no page break is."""
    if context.printed is None or not context.marks:
        return ()
    return page_break_source(context.manuscript.settings, context.edition, context.printed)


def _with_cover(context: Context) -> tuple[Section, ...]:
    """The sections, with a cover section in front if there is a cover image and no section shows it."""
    if any(section.role == "cover" for section in context.sections):
        return context.sections
    if context.manuscript.settings.cover or context.cover:
        return (cover_section(context.manuscript), *context.sections)
    return context.sections


def _page(context: Context) -> ContentsPage:
    """The navigation document as a page, with the title of the contents section that it replaces."""
    settings = context.manuscript.settings
    words = book_terms(settings)
    titles = [section.title for section in context.sections if section.role == "toc"]
    return ContentsPage(
        name="nav.xhtml",
        title=titles[0] if titles else words["contents"],
        language=settings.language,
        stylesheets=tuple(context.stylesheets),
        edition=context.edition.name,
        terms=words,
    )
