"""Checks that a picture can be decoded completely."""

from __future__ import annotations

from pathlib import Path


def is_readable(path: Path) -> bool:
    """Whether a file is a picture: its pixels can be decoded, or it is well-formed SVG."""
    return _is_drawing(path) if path.suffix.lower() == ".svg" else _is_raster(path)


def _is_drawing(path: Path) -> bool:
    """Whether a file is an XML document with the root `svg`; files that it refers to are not read."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.parse(path, parser).getroot()
    except (OSError, etree.XMLSyntaxError):
        return False
    return bool(etree.QName(root).localname == "svg")


def _is_raster(path: Path) -> bool:
    """Whether all pixels of a file can be decoded."""
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # the layout engine sets it
    try:
        with Image.open(path) as picture:
            picture.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return False
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return True
