"""A cover is as large as shops ask for."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning

WIDTH, HEIGHT = 1600, 2560
"""Pixels."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `small-cover` where the cover that the settings name has fewer pixels; drawings have none."""
    path = manuscript.settings.cover
    if path is None or path.lower().endswith(".svg"):
        return
    from PIL import Image

    try:
        with Image.open(manuscript.project.root / path) as picture:
            width, height = picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return  # it is missing, or no picture: that is told where it is needed
    if width < WIDTH or height < HEIGHT:
        message = f'the cover "{path}" has {width} × {height} pixels'
        yield warning("small-cover", message, Span("book.toml"), f"shops ask for at least {WIDTH} × {HEIGHT}")
