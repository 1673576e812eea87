"""A book's furniture has words in the book's language."""

from __future__ import annotations

from collections.abc import Iterator

from book.language.registry import language_hint
from book.language.terms import TERMS, table_for
from book.model.manuscript import Manuscript
from book.problem import Problem, warning
from book.project.config import places


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning `missing-words` for a language without a table of terms, where the project does not give them all."""
    settings = manuscript.settings
    missing = sorted(set(TERMS["en"]) - set(settings.words))
    if table_for(settings.language) is None and missing and not language_hint(settings.language):
        message = f'headings and other words of the book are in English: there are none in "{settings.language}"'
        hint = f"give them in [words]: {', '.join(missing)}"
        yield warning("missing-words", message, places(manuscript.project)(("book", "language")), hint)
