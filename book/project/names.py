"""File names in an EPUB package, derived from those in the project."""

from __future__ import annotations

import hashlib
import re


def image_name(path: str) -> str:
    """The file name of an image in the EPUB's folder `images/`.

    It is lower-case ASCII without spaces (EPUB 3.3, 4.2.3 "File paths and file names"), unique for each path, and
    depends only on the path: `chapters/images/terraces.jpg` becomes `chapters-images-terraces.jpg`. If a path cannot be
    written like this without loss, eight hexadecimal digits of its hash are added.

    Args:
        path: The image, relative to the project's folder, with forward slashes.
    """
    stem, dot, suffix = path.rpartition(".")
    if not dot or "/" in suffix:
        stem, suffix = path, ""
    plain = re.sub(r"[^a-z0-9_]+", "-", stem.lower()).strip("-")
    ending = re.sub(r"[^a-z0-9]+", "", suffix.lower())
    if not plain or f"{plain.replace('-', '/')}.{ending}" != path:
        digest = hashlib.sha256(path.encode()).hexdigest()[:8]
        plain = f"{plain}-{digest}".lstrip("-")
    return f"{plain}.{ending}" if ending else plain


def document_name(slug: str) -> str:
    """The file name of a section in an EPUB: `precision.xhtml`.

    If the slug is not plain ASCII, the name is made from eight hexadecimal digits of its hash (EPUB 3.3, 4.2.3;
    EPUBCheck, PKG-012). Names are unique for each slug, and depend only on the slug.
    """
    if slug.isascii():
        return f"{slug}.xhtml"
    plain = re.sub(r"[^A-Za-z0-9_.]+", "-", slug).strip("-.")
    digest = hashlib.sha256(slug.encode()).hexdigest()[:8]
    return f"{plain}-{digest}.xhtml" if plain else f"section-{digest}.xhtml"


def document_address(anchor: str) -> str:
    """The address of an anchor in an EPUB, relative to the package's folder: `precision.xhtml#audits`."""
    slug, mark, name = anchor.partition("#")
    return f"{document_name(slug)}{mark}{name}"
