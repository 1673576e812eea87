"""Shows images with more than eight bits for each grey value, such as 16-bit scans.

WeasyPrint writes their values as if they were 8-bit RGB, so that the page shows stripes or nothing.
"""

from __future__ import annotations

from typing import Any

_DRAWN = frozenset({"1", "CMYK", "L", "LA", "P", "RGB", "RGBA"})
"""Modes of Pillow that the engine draws as they are."""


def mend() -> None:
    """Draw images of any depth in this process."""
    from weasyprint.images import RasterImage

    RasterImage.__init__ = _in_eight_bits(RasterImage.__init__)


def _in_eight_bits(create: Any) -> Any:
    """Reduce an image that the engine cannot draw before it is made."""

    def create_drawable(image: Any, pillow_image: Any, *rest: Any, **options: Any) -> None:
        create(image, pillow_image if pillow_image.mode in _DRAWN else _reduced(pillow_image), *rest, **options)

    return create_drawable


def _reduced(image: Any) -> Any:
    """An image in 8-bit grey, if it is grey, or RGB."""
    if image.mode.startswith("I"):  # 16 bits of grey, whatever Pillow keeps them in
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    return image.convert("L" if image.mode == "F" else "RGB")
