"""Finds the line of a chapter whose text is not on the pages, or cannot be read there."""

from __future__ import annotations

import re
from dataclasses import replace

from book.model.manuscript import Manuscript
from book.problem import Problem, Span
from book.project.text_file import read_text

_FOUND_ON_PAGES = frozenset({"lost-text", "torn-words"})
_QUOTED = re.compile(r'"(.+?)"(?: |$)')


def at_its_line(problem: Problem, manuscript: Manuscript) -> Problem:
    """A problem found on pages, at the line of its chapter where the words that it quotes begin; any other as it is.

    Markup may stand between the words. Words that the chapter does not have, such as those of a layout, have no line.
    """
    path = problem.at.path
    quoted = _QUOTED.search(problem.message)
    if problem.code not in _FOUND_ON_PAGES or quoted is None or path not in {one.path for one in manuscript.chapters}:
        return problem
    text = read_text(manuscript.project.root, path).value or ""
    words = [re.escape(word) for word in re.findall(r"\w+", quoted[1])]
    for length in range(len(words), 0, -1):
        if found := re.search(r"\b" + r"[\W_]+".join(words[:length]), text):
            return replace(problem, at=Span(path, text.count("\n", 0, found.start()) + 1))
    return problem
