"""The cover image should be as large as shops ask for."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning
from book.project.files import inside

WIDTH, HEIGHT = 1600, 2560
"""Minimum size in pixels."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `small-cover` if the cover image in the settings has fewer pixels; SVG is accepted."""
    path = manuscript.settings.cover
    if path is None or path.lower().endswith(".svg"):
        return
    from PIL import Image

    try:
        with Image.open(inside(manuscript.project.root, path)) as picture:
            width, height = picture.size
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return  # it is missing, or no picture: that is told where it is needed
    if width < WIDTH or height < HEIGHT:
        message = f'the cover "{path}" has {width} × {height} pixels'
        yield warning("small-cover", message, Span("book.toml"), f"shops ask for at least {WIDTH} × {HEIGHT}")
