"""Rules that a whole manuscript should keep, one a file. Each says what is wrong; none of them changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from book.checks import (
    missing_alt,
    missing_attribution,
    missing_image,
    skipped_heading,
    small_cover,
    uncited_source,
    unknown_term,
)
from book.model.manuscript import Manuscript
from book.problem import Problem

CHECKS: dict[str, Callable[[Manuscript], Iterator[Problem]]] = {
    "missing-alt": missing_alt.check,
    "missing-attribution": missing_attribution.check,
    "missing-image": missing_image.check,
    "skipped-heading": skipped_heading.check,
    "small-cover": small_cover.check,
    "uncited-source": uncited_source.check,
    "unknown-term": unknown_term.check,
}
"""The rules, by the code of the problem that they find."""


def run_checks(manuscript: Manuscript) -> tuple[Problem, ...]:
    """What all rules find in a manuscript."""
    return tuple(problem for check in CHECKS.values() for problem in check(manuscript))
