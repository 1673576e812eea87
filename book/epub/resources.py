"""The files of a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from book.epub.fonts import subset_fonts
from book.epub.pictures import LONGEST, LONGEST_COVER, fit_picture
from book.model.editions import Section
from book.model.manuscript import Manuscript
from book.problem import BookError, Problem, Span, error
from book.project.files import read_bytes
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
"""Core media types by suffix (EPUB 3.3, 3.2), which every reading system supports."""


UNREADABLE_HINT = "open it in a program for images, see whether it is whole, and save it again"
"""How to mend an image that cannot be read."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of a package."""

    name: str
    """Its path, relative to the package document, with forward slashes."""
    data: bytes | str
    """Its content; text is encoded in UTF-8 only when it is written, so that memory does not hold the book twice."""
    properties: tuple[str, ...] = ()
    """Its manifest properties (EPUB 3.3, D.6.2): `nav`, `svg`, `cover-image`, …"""

    @property
    def media_type(self) -> str:
        """Its media type, from its suffix.

        Raises:
            KeyError: That is not a core media type.
        """
        return MEDIA_TYPES[PurePosixPath(self.name).suffix]

    @property
    def id(self) -> str:
        """Its id in the manifest, which depends only on its name."""
        return f"item-{self.name.replace('/', '.')}"


def images(manuscript: Manuscript, sections: Iterable[Section], named: Iterable[str] = ()) -> tuple[Resource, ...]:
    """Read the images that the sections show or that are `named`, and the cover, each once, sorted by name.

    Images that are larger than an e-reader needs are scaled down.

    Raises:
        BookError: For each image that cannot be read (`missing-image`), is not of a core media type (`image-type`), or
            is not an image (`unreadable-image`).
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
    """Read an image, or say why it cannot go into the package."""
    name = image_name(path)
    wrong = unshown_image(manuscript, path)
    if wrong:
        return wrong
    try:
        data = read_bytes(manuscript.project.root, path)
    except OSError:
        return error("missing-image", f"no image {path}", _place(manuscript, path))
    try:
        data = fit_picture(name, data, LONGEST_COVER if is_cover else LONGEST)
    except OSError as failure:
        message = f'the image "{path}" cannot be read: {failure}'
        return error("unreadable-image", message, _place(manuscript, path), UNREADABLE_HINT)
    return Resource(f"images/{name}", data, ("cover-image",) if is_cover else ())


def unshown_image(manuscript: Manuscript, path: str) -> Problem | None:
    """An `image-type` for an image of a kind that e-readers do not show (EPUB 3.3, 3.2, core media types)."""
    if PurePosixPath(image_name(path)).suffix in MEDIA_TYPES:
        return None
    hint = "use JPEG, PNG, GIF, WebP or SVG"
    return error("image-type", f"e-readers do not show {path}", _place(manuscript, path), hint)


def _place(manuscript: Manuscript, path: str) -> Span:
    """Where the manuscript first shows an image; `book.toml` for the cover."""
    pictures = (picture for chapter in manuscript.chapters for picture in chapter.pictures)
    return next((picture.at for picture in pictures if picture.path == path), Span("book.toml"))


def stylesheets_and_fonts(
    stylesheets: Mapping[str, bytes], fonts: Mapping[str, bytes], texts: Iterable[str], store: Store = NO_STORE
) -> tuple[Resource, ...]:
    """The stylesheets in order, then the fonts that they use, reduced to the characters of the texts, sorted by name.

    Fonts that no stylesheet uses are left out (EPUBCheck: OPF-097). The store keeps the reduced fonts.
    """
    css = b"\n".join(stylesheets.values())
    used = {name: data for name, data in sorted(fonts.items()) if PurePosixPath(name).name.encode() in css}
    subsets = subset_fonts(used, [*texts, css.decode()], store) if used else {}
    return tuple(Resource(name, data) for name, data in (*stylesheets.items(), *subsets.items()))
