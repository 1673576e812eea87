"""Fits pictures to e-readers: not larger than their screens, in colour spaces that they support."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import Any

from book.project.drawings import clean_drawing
from book.project.pictures import FORMATS, is_drawing, picture_fault, strictly_decoded

LONGEST = 2048
"""Maximum length of a picture's long side in pixels: more than e-readers' screens have."""

LONGEST_COVER = 2560
"""The same for the cover, in the size that shops ask for."""

RASTER = {".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""Formats that are scaled; not GIF, which may be animated, and SVG, which has no pixels."""

OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 6},
}
"""Pillow's options for writing each format."""


def fit_picture(name: str, data: bytes, longest: int = LONGEST) -> bytes:
    """Scale a picture so that its long side has at most `longest` px.

    A picture that is small enough is returned byte for byte, unless it is a CMYK JPEG, which e-readers do not display.
    Others are scaled (Lanczos), rotated upright (EXIF) and rewritten in the same format, without metadata except the
    colour profile. So is one whose name says another format than it has (EPUBCheck, OPF-029). A drawing is cleaned.

    Args:
        name: The file name, whose suffix tells the format.
        data: The file's content.
        longest: Maximum length of the long side, in pixels.

    Raises:
        OSError: It is not a picture, or not a whole one; the message says why, as the end of a sentence.
    """
    if fault := picture_fault(name, data):
        raise OSError(fault)
    if is_drawing(name, data):
        return clean_drawing(data).data
    kind = RASTER.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        return data
    try:
        with strictly_decoded():
            return _fit(data, kind, longest)
    except (SyntaxError, ValueError) as failure:  # what Pillow raises besides OSError
        raise OSError(str(failure)) from failure


def _fit(data: bytes, kind: str, longest: int) -> bytes:
    """Scale a picture of a format that is scaled."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        named_right = picture.format in (kind, "MPO" if kind == "JPEG" else kind)
        fits = max(picture.size) <= longest and picture.mode != "CMYK" and named_right
        if fits or (named_right and getattr(picture, "is_animated", False)):
            return data
        upright = ImageOps.exif_transpose(picture)
    upright = _scalable(upright)
    profile = upright.info.get("icc_profile")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    upright.save(target, kind, icc_profile=profile, exif=b"", **OPTIONS[kind])
    return target.getvalue()


def _scalable(picture: Any) -> Any:
    """The picture in a mode whose values can be averaged: greyscale or RGB, with or without alpha."""
    if picture.mode in ("L", "LA", "RGB", "RGBA"):
        return picture
    if picture.mode == "CMYK":
        converted = picture.convert("RGB")
        converted.info.pop("icc_profile", None)  # it describes inks
        return converted
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
