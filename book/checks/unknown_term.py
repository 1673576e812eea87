"""Every term that the subject index refers to must be in it."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, error, nearest

_HINT = "mark a place for it in a chapter, [words]{.index}, or refer to a term that has one"


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unknown-term` for each `see` and `seealso` whose target has no place in the index."""
    terms = [term for chapter in manuscript.chapters for term in chapter.terms]
    known = {term.heading.casefold(): term.heading for term in terms if term.see is None}
    only_refer = {term.heading.casefold() for term in terms} - set(known)
    for term in terms:
        for target in ([term.see] if term.see else []) + list(term.see_also):
            if target.casefold() in only_refer:
                message = f'the term "{target}" only refers on to another'
                yield error("unknown-term", message, term.at, "refer to that other one, or mark a place for it")
            elif target.casefold() not in known:
                message = f'no term "{target}" in the subject index'
                yield error("unknown-term", message, term.at, nearest(target, known.values()) or _HINT)
