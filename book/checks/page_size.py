"""Stylesheets must be such that pages can be set with them at all."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem
from book.project.outputs import output_of
from book.project.stylesheet_bounds import out_of_bounds


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `deep-nesting`, a `design-token` or a `page-size` for each stylesheet that is out of all bounds."""
    editions, root = manuscript.project.editions, manuscript.project.root
    on_screens: dict[str, bool] = {}
    for edition in editions:
        for style in edition.styles:
            on_screens[style] = on_screens.get(style, True) and output_of(edition).packaged
    found = (problem for style, only in on_screens.items() for problem in out_of_bounds(root, style, on_screens=only))
    yield from dict.fromkeys(found)
