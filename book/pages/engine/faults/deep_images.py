"""Shows images with more than eight bits for each grey value, such as 16-bit scans, and inks (CMYK) that are no JPEG.

WeasyPrint writes values of more bits as if they were 8-bit RGB, so that the page shows stripes or nothing. It keeps all
images as JPEG or PNG; a TIFF of inks is neither, and PNG has none.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

_DRAWN = frozenset({"1", "CMYK", "L", "LA", "P", "RGB", "RGBA"})
"""Modes of Pillow that the engine draws as they are."""


def mend() -> None:
    """Draw images of any depth in this process."""
    from weasyprint.images import RasterImage

    RasterImage.__init__ = _in_eight_bits(RasterImage.__init__)


def _in_eight_bits(create: Any) -> Any:
    """Reduce an image that the engine cannot draw before it is made."""

    def create_drawable(
        image: Any, pillow_image: Any, name: str, data: bytes, filename: Any = None, *rest: Any
    ) -> None:
        if pillow_image.mode not in _DRAWN:
            pillow_image = _reduced(pillow_image)
        elif pillow_image.mode == "CMYK" and pillow_image.format not in ("JPEG", "MPO"):
            pillow_image, filename = _as_jpeg(pillow_image), None
            data = pillow_image.fp.getvalue()
        create(image, pillow_image, name, data, filename, *rest)

    return create_drawable


def _reduced(image: Any) -> Any:
    """An image in 8-bit grey, if it is grey, or RGB."""
    if image.mode.startswith("I"):  # 16 bits of grey, whatever Pillow keeps them in
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    return image.convert("L" if image.mode == "F" else "RGB")


def _as_jpeg(image: Any) -> Any:
    """An image of inks as a JPEG with as little loss as there can be."""
    from PIL import Image

    written = BytesIO()
    image.save(written, format="JPEG", quality=100, subsampling=0)
    return Image.open(written)
