"""Pictures as an e-reader needs them: no larger than its screen, in colours that it knows."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import Any

LONGEST = 2048
"""Pixels on the long side of a picture: more than the screens of e-readers have."""

LONGEST_COVER = 2560
"""The same for the cover: what shops ask for."""

RASTER = {".jpeg": "JPEG", ".jpg": "JPEG", ".png": "PNG", ".webp": "WEBP"}
"""Formats that are scaled; GIF, which may move, and SVG, which has no pixels, are not."""

OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85, "method": 6},
}
"""How each format is written."""


def fitted(name: str, data: bytes, longest: int = LONGEST) -> bytes:
    """The picture in the file `name`, at most `longest` px on its long side.

    One that is small enough comes back byte for byte, unless it is a JPEG in CMYK, which e-readers do
    not show. Others are scaled (Lanczos), turned upright (EXIF) and written anew in the same format,
    without their metadata but for the colour profile. Raises OSError for what is not a picture.
    """
    kind = RASTER.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        return data
    from PIL import Image, ImageFile

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # the layout engine sets it
    try:
        return _fit(data, kind, longest)
    except (SyntaxError, ValueError, Image.DecompressionBombError) as failure:  # what Pillow raises besides OSError
        raise OSError(str(failure)) from failure
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient


def _fit(data: bytes, kind: str, longest: int) -> bytes:
    """The picture in `data`, of a format that is scaled."""
    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as picture:
        fits = max(picture.size) <= longest and picture.mode != "CMYK"
        if fits or getattr(picture, "is_animated", False):
            return data
        upright = ImageOps.exif_transpose(picture)
    upright = _scalable(upright)
    profile = upright.info.get("icc_profile")
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    target = io.BytesIO()
    upright.save(target, kind, icc_profile=profile, exif=b"", **OPTIONS[kind])
    return target.getvalue()


def _scalable(picture: Any) -> Any:
    """The picture in a mode whose values can be averaged: grey or RGB, with or without transparency."""
    if picture.mode in ("L", "LA", "RGB", "RGBA"):
        return picture
    if picture.mode == "CMYK":
        converted = picture.convert("RGB")
        converted.info.pop("icc_profile", None)  # it describes inks
        return converted
    if picture.mode in ("1", "I", "I;16", "F"):
        return picture.convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")
