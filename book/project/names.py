"""Names of files inside a package, made from names of files in a project."""

from __future__ import annotations

import hashlib
import re


def image_name(path: str) -> str:
    """The file name that an image of the project has in an EPUB's folder `images/`.

    `path` is relative to the project's folder, with forward slashes. The result is lower-case ASCII
    without spaces (EPUB 3.3, 4.2.3 "File paths and file names"), different for different paths, and
    depends on the path alone: `chapters/images/terraces.jpg` becomes `chapters-images-terraces.jpg`.
    A path that cannot be spelt that way without loss gets eight hexadecimal digits of its hash.
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
    """The file name that a section has in an EPUB: `precision.xhtml`.

    A slug that is not plain ASCII is told by eight hexadecimal digits of its hash (EPUB 3.3, 4.2.3;
    EPUBCheck, PKG-012): different slugs have different names, and each depends on the slug alone.
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
