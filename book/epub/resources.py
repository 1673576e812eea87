"""The files of a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from book.epub.fonts import subset_fonts
from book.epub.pictures import LONGEST, LONGEST_COVER, fitted
from book.model.editions import Section
from book.model.manuscript import Manuscript
from book.problem import BookError, Problem, Span, error
from book.project.names import image_name
from book.store.store import NO_STORE, Store

MEDIA_TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".otf": "font/otf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xhtml": "application/xhtml+xml",
}
"""Core media types by suffix (EPUB 3.3, 3.2): what every reading system opens."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a package."""

    name: str
    """Its path, relative to the package document, with forward slashes."""
    data: bytes | str
    """Its content; a text is encoded in UTF-8 when it is written, so that a book is not held twice."""
    properties: tuple[str, ...] = ()
    """Its manifest properties (EPUB 3.3, D.6.2): `nav`, `svg`, `cover-image`, …"""

    @property
    def media_type(self) -> str:
        """Its media type, told by its suffix. Raises KeyError where that is not a core media type."""
        return MEDIA_TYPES[PurePosixPath(self.name).suffix]

    @property
    def id(self) -> str:
        """Its id in the manifest; it depends on the name alone."""
        return f"item-{self.name.replace('/', '.')}"


def images(manuscript: Manuscript, sections: Iterable[Section], named: Iterable[str] = ()) -> tuple[Resource, ...]:
    """Every picture that the sections show or that is `named`, and the cover's, once each, sorted by name.

    Files are read from the project's folder, and scaled down where they are larger than an e-reader
    needs. Raises BookError with a problem `missing-image` for each that cannot be read, `image-type`
    for each that is not of a core media type, and `unreadable-image` for each that is no picture.
    """
    cover = manuscript.settings.cover
    paths = {*(path for section in sections for path in section.images), *named, *filter(None, [cover])}
    checked = [_image(manuscript, path, path == cover) for path in sorted(paths)]
    problems = [one for one in checked if isinstance(one, Problem)]
    if problems:
        raise BookError(problems)
    found = (one for one in checked if isinstance(one, Resource))
    return tuple(sorted(found, key=lambda resource: resource.name))


def _image(manuscript: Manuscript, path: str, is_cover: bool) -> Resource | Problem:
    """A picture, or why it cannot go in."""
    name = image_name(path)
    if PurePosixPath(name).suffix not in MEDIA_TYPES:
        hint = "use JPEG, PNG, GIF, WebP or SVG"
        return error("image-type", f"e-readers do not show {path}", _place(manuscript, path), hint)
    try:
        data = (manuscript.project.root / Path(path)).read_bytes()
    except OSError:
        return error("missing-image", f"no image {path}", _place(manuscript, path))
    try:
        data = fitted(name, data, LONGEST_COVER if is_cover else LONGEST)
    except OSError:
        hint = "is it of the kind that its name says?"
        return error("unreadable-image", f'the image "{path}" cannot be read', _place(manuscript, path), hint)
    return Resource(f"images/{name}", data, ("cover-image",) if is_cover else ())


def _place(manuscript: Manuscript, path: str) -> Span:
    """Where the manuscript first shows a picture; `book.toml` for the cover."""
    pictures = (picture for chapter in manuscript.chapters for picture in chapter.pictures)
    return next((picture.at for picture in pictures if picture.path == path), Span("book.toml"))


def stylesheets_and_fonts(
    stylesheets: Mapping[str, bytes], fonts: Mapping[str, bytes], texts: Iterable[str], store: Store = NO_STORE
) -> tuple[Resource, ...]:
    """The stylesheets in their order, then the fonts that they name, cut down to the texts, sorted by name.

    A font that nothing names would only make the package larger (EPUBCheck: OPF-097). `store` keeps what is cut down.
    """
    css = b"\n".join(stylesheets.values())
    used = {name: data for name, data in sorted(fonts.items()) if PurePosixPath(name).name.encode() in css}
    subsets = subset_fonts(used, [*texts, css.decode()], store) if used else {}
    return tuple(Resource(name, data) for name, data in (*stylesheets.items(), *subsets.items()))
