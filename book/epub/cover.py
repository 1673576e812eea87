"""The cover: a page that shows one image."""

from __future__ import annotations

from book.epub.markup import EPUB_TYPE, document, element, language
from book.epub.resources import Resource
from book.model.editions import Section
from book.model.manuscript import Manuscript
from book.project.names import image_name
from book.project.people import people

STYLE = "body { margin: 0; text-align: center; } img { max-width: 100%; max-height: 100vh; }"

GENERATED_COVER = "cover.jpg"
"""File name of a generated cover in the package; the project's images are in a folder."""


def generated_cover(picture: bytes) -> tuple[Resource, ...]:
    """The file of a generated cover; nothing if there is none."""
    return (Resource(GENERATED_COVER, picture, ("cover-image",)),) if picture else ()


def cover_section(manuscript: Manuscript) -> Section:
    """A section that shows the cover image: the one in the settings, else the generated one.

    Its text alternative is the one in the settings, else the text of a generated cover.
    """
    settings = manuscript.settings
    source = f"images/{image_name(settings.cover)}" if settings.cover else GENERATED_COVER
    alternative = settings.cover_alt or _words(manuscript)
    picture = element("img", {"src": source, "alt": alternative, "role": "doc-cover"})
    head = element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("title", {}, settings.title),
        element("style", {}, STYLE),
    )
    html = element(
        "html", language(settings.language), head, element("body", {EPUB_TYPE: "cover", "id": "cover"}, picture)
    )
    images = (settings.cover,) if settings.cover else ()
    return Section("cover", "cover", settings.title, "front", document(html).decode(), images=images)


def _words(manuscript: Manuscript) -> str:
    """Title, subtitle, names and publisher as one text."""
    settings = manuscript.settings
    names = ", ".join(dict.fromkeys(person.name for person in people(manuscript) if person.leading))
    return ". ".join(filter(None, (settings.title, settings.subtitle, names, settings.publisher)))
