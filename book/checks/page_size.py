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
    on_screens = {edition.name: output_of(edition).packaged for edition in editions}
    styles = dict.fromkeys((style, on_screens[edition.name]) for edition in editions for style in edition.styles)
    found = (problem for style, screens in styles for problem in out_of_bounds(root, style, on_screens=screens))
    yield from dict.fromkeys(found)
