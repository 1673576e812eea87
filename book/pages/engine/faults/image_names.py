"""Names an image by its content instead of its file's address.

WeasyPrint names an image on a page by a hash of its address, which contains the project's folder, so the same book in
another folder gave another file.
"""

from __future__ import annotations

from hashlib import md5
from typing import Any


def mend() -> None:
    """Name images by their content in this process."""
    from weasyprint.images import RasterImage

    RasterImage.__init__ = _by_content(RasterImage.__init__)


def _by_content(create: Any) -> Any:
    """Make an image's name from its content and orientation."""

    def create_named(
        image: Any, pillow_image: Any, _id: str, data: bytes, filename: Any = None, cache: Any = None,
        orientation: Any = "none", *options: Any,
    ) -> None:  # fmt: skip
        name = md5(repr(orientation).encode() + data, usedforsecurity=False).hexdigest()
        create(image, pillow_image, name, data, filename, cache, orientation, *options)

    return create_named
