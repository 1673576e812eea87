"""Checks of a whole manuscript, one rule in each module. They report problems and change nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from book.checks import (
    ambiguous_citation,
    cleaned_drawing,
    empty_chapter,
    empty_handout,
    long_slug,
    markup_in_settings,
    missing_alt,
    missing_attribution,
    missing_image,
    missing_style,
    missing_words,
    modification_date,
    page_size,
    skipped_heading,
    small_cover,
    term_order,
    todo_mark,
    too_large,
    uncited_source,
    unknown_class,
    unknown_face,
    unknown_language,
    unknown_term,
    unread_citation,
    unset_formula,
)
from book.model.manuscript import Manuscript
from book.problem import Problem

CHECKS: dict[str, Callable[[Manuscript], Iterator[Problem]]] = {
    "ambiguous-citation": ambiguous_citation.check,
    "cleaned-drawing": cleaned_drawing.check,
    "empty-chapter": empty_chapter.check,
    "empty-handout": empty_handout.check,
    "markup-in-settings": markup_in_settings.check,
    "missing-alt": missing_alt.check,
    "missing-attribution": missing_attribution.check,
    "missing-image": missing_image.check,
    "missing-style": missing_style.check,
    "missing-words": missing_words.check,
    "modification-date": modification_date.check,
    "long-slug": long_slug.check,
    "skipped-heading": skipped_heading.check,
    "small-cover": small_cover.check,
    "page-size": page_size.check,
    "term-order": term_order.check,
    "todo-mark": todo_mark.check,
    "too-large": too_large.check,
    "uncited-source": uncited_source.check,
    "unknown-class": unknown_class.check,
    "unknown-face": unknown_face.check,
    "unknown-language": unknown_language.check,
    "unknown-term": unknown_term.check,
    "unread-citation": unread_citation.check,
    "unset-formula": unset_formula.check,
}
"""The checks, by the code of the problem that they report."""


def run_checks(manuscript: Manuscript) -> tuple[Problem, ...]:
    """The problems that all checks find in a manuscript."""
    return tuple(problem for check in CHECKS.values() for problem in check(manuscript))
