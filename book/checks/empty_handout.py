"""A chapter must have what the handouts of an edition are made of, or it gets none."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, note, warning
from book.project.outputs import has_handout, kinds

_HOLDS = {"questions": "questions", "quotations": "block quotations"}
"""The kinds of handouts that a chapter may have nothing for, and what they are made of."""
_HINT = 'write some (`questions` in the front matter, quotations with >), or give the edition the kind "full"'


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `empty-handout` for each chapter that an edition makes no handout of; a note if it makes another kind of it.

    Of introductions and the like, which are no numbered chapters, it is a note too.
    """
    for edition in manuscript.project.editions:
        for chapter in manuscript.chapters if edition.split else ():
            missing = [kind for kind in kinds(edition) if not has_handout(chapter, kind)]
            for kind in missing:
                message = f'the chapter has no {_HOLDS[kind]}: no handout "{kind}" of it is made for "{edition.name}"'
                at = Span(chapter.path, 1)
                if len(missing) == len(kinds(edition)) and chapter.front.role == "chapter":
                    yield warning("empty-handout", message, at, _HINT)
                else:
                    yield note("empty-handout", message, at, _HINT)
