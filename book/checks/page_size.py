"""Stylesheets must be such that pages can be set with them at all."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem
from book.project.stylesheet_bounds import out_of_bounds


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `deep-nesting` or a `page-size` for each stylesheet that is out of all bounds."""
    styles = dict.fromkeys(style for edition in manuscript.project.editions for style in edition.styles)
    found = (problem for style in styles for problem in out_of_bounds(manuscript.project.root, style))
    yield from dict.fromkeys(found)
