"""The cover: a page that shows one picture."""

from __future__ import annotations

from book.epub.markup import EPUB_TYPE, document, element, language
from book.epub.resources import Resource
from book.model.editions import Section
from book.model.manuscript import Manuscript
from book.project.names import image_name
from book.project.people import people

STYLE = "body { margin: 0; text-align: center; } img { max-width: 100%; max-height: 100vh; }"

MADE = "cover.jpg"
"""The name in the package of a cover that was made; pictures of the project lie in a folder."""


def made_cover(picture: bytes) -> tuple[Resource, ...]:
    """The file of a cover that was made, if one was."""
    return (Resource(MADE, picture, ("cover-image",)),) if picture else ()


def cover_section(manuscript: Manuscript) -> Section:
    """A section that shows the cover: the picture that the settings name, else the one that was made.

    Its text alternative is the one in the settings, else the words that are on a cover.
    """
    settings = manuscript.settings
    source = f"images/{image_name(settings.cover)}" if settings.cover else MADE
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
    """Title, subtitle, names and publisher."""
    settings = manuscript.settings
    names = ", ".join(dict.fromkeys(person.name for person in people(manuscript) if person.leading))
    return ". ".join(filter(None, (settings.title, settings.subtitle, names, settings.publisher)))
