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
    fault, kind = _decoded(data)
    if not fault and PurePosixPath(path).suffix.lower() == ".gif" and kind != "GIF":
        return f"it is {kind} under the name of a GIF"
    return fault


def raster_fault(data: bytes) -> str | None:
    """Why some bytes are no raster picture whose pixels can all be decoded, as the end of a sentence; or None."""
    return _decoded(data)[0]


def _decoded(data: bytes) -> tuple[str | None, str]:
    """Why some bytes are no raster picture whose pixels can all be decoded, and else which format it has."""
    fault, kind = _loaded(data)
    if not fault and kind in _ENDS and _ENDS[kind] not in data[-_TAIL:]:
        return "its end is missing, and with it perhaps some of its pixels", kind
    return fault, kind


_ENDS = {"JPEG": b"\xff\xd9", "MPO": b"\xff\xd9", "PNG": b"IEND"}
"""What ends a file of a format. A decoder takes what was lost before it for pixels, if zeros stand there."""
_TAIL = 1 << 20
"""Bytes at the end of a file in which its end is looked for: cameras and phones add data of their own."""


def _loaded(data: bytes) -> tuple[str | None, str]:
    """Decode a picture; as `_decoded`."""
    from PIL import Image, UnidentifiedImageError

    if not data:
        return "it is empty", ""
    try:
        with strictly_decoded(), Image.open(BytesIO(data), formats=FORMATS) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                message = f"it has {width} × {height} pixels, and at most {MOST_PIXELS // 1_000_000} million are read"
                return message, ""
            picture.load()
            return None, picture.format or ""
    except UnidentifiedImageError:
        return f"it is of none of the kinds {', '.join(FORMATS)}", ""
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
            return "it ends before all of its pixels are there", ""
        return f"it cannot be decoded ({said or type(failure).__name__})", ""


@contextmanager
def strictly_decoded() -> Iterator[None]:
    """Have Pillow refuse pictures that end too early, and leave the limit of pixels to us; one thread at a time."""
    from PIL import Image, ImageFile

    module: Any = Image
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what is wrong is reported, and what is odd in metadata does not matter
        lenient, most = ImageFile.LOAD_TRUNCATED_IMAGES, module.MAX_IMAGE_PIXELS
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # the layout engine sets it
        module.MAX_IMAGE_PIXELS = None
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES, module.MAX_IMAGE_PIXELS = lenient, most
