"""Checks that a picture can be decoded completely, and within reasonable bounds."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePosixPath
from threading import RLock
from typing import Any

FORMATS = ("BMP", "GIF", "JPEG", "JPEG2000", "PNG", "TIFF", "WEBP")
"""Raster formats that are read, by Pillow's names: those that are only pixels. (To read EPS, Pillow runs a program.)"""

MOST_PIXELS = 89_000_000
"""Largest number of pixels of a picture: 40 × 40 cm at 600 pixels per inch. (Pillow warns of more.)"""

_lock = RLock()


def is_drawing(path: str, data: bytes) -> bool:
    """Whether a file is to be read as SVG: by its name, or because its content is markup."""
    return PurePosixPath(path).suffix.lower() == ".svg" or data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def picture_fault(path: str, data: bytes) -> str | None:
    """Why a file is no picture that can be shown, as the end of a sentence; None if it is one.

    All pixels of a raster picture are decoded; SVG must be well-formed.

    Args:
        path: Its name, whose suffix tells whether it is a drawing.
        data: Its content.
    """
    if is_drawing(path, data):
        from book.project.drawings import DrawingError, clean_drawing

        try:
            clean_drawing(data)
        except DrawingError as failure:
            return str(failure)
        return None if PurePosixPath(path).suffix.lower() == ".svg" else "it is SVG or HTML under another name"
    return _raster_fault(data)


def _raster_fault(data: bytes) -> str | None:
    """Why a file is no raster picture whose pixels can all be decoded."""
    from PIL import Image, UnidentifiedImageError

    if not data:
        return "it is empty"
    try:
        with strictly_decoded(), Image.open(BytesIO(data), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                return f"it has {width} × {height} pixels, and at most {MOST_PIXELS // 1_000_000} million are read"
            picture.load()
    except UnidentifiedImageError:
        return f"it is of none of the kinds {', '.join(FORMATS)}"
    except (
        OSError,
        EOFError,
        SyntaxError,
        ValueError,
        OverflowError,
        MemoryError,
        Image.DecompressionBombError,
    ) as failure:
        said = str(failure)
        if "truncated" in said or "incomplete" in said or "not enough" in said or "premature" in said.lower():
            return "it ends before all of its pixels are there"
        return f"it cannot be decoded ({said or type(failure).__name__})"
    return None


@contextmanager
def strictly_decoded() -> Iterator[None]:
    """Have Pillow refuse pictures that end too early, and leave the limit of pixels to us; one thread at a time."""
    from PIL import Image, ImageFile

    module: Any = Image
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        lenient, most = ImageFile.LOAD_TRUNCATED_IMAGES, module.MAX_IMAGE_PIXELS
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # the layout engine sets it
        module.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES, module.MAX_IMAGE_PIXELS = lenient, most
