"""Classes that look like misspellings of those that mean something: nothing reads them, and nothing says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, warning
from book.project.designs import with_own_design
from book.project.references import sheets
from book.project.text_file import read_text

_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_WORD = re.compile(r"[A-Za-z_][\w-]*")


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unknown-class` for each class that is like one of ours, unless the project's sheets or layouts know it."""
    slips = [slip for chapter in manuscript.chapters for slip in chapter.slips]
    own = _own(manuscript) if slips else frozenset()
    for slip in slips:
        if slip.name not in own:
            message = f'the class "{slip.name}" means nothing, and no stylesheet has it'
            yield warning("unknown-class", message, slip.at, f'did you mean "{slip.meant}"?')


def _own(manuscript: Manuscript) -> frozenset[str]:
    """Every name in the project's stylesheets and layouts that may be a class: rather too many than too few."""
    root, found = manuscript.project.root, set[str]()
    editions = [with_own_design(manuscript.settings, edition) for edition in manuscript.project.editions]
    for style in dict.fromkeys(path for edition in editions for path in edition.styles):
        for _, text in sheets(root, style):
            found |= set(_CLASS.findall(text))
    for path in (root / "layouts").glob("*.html"):
        text = read_text(root, f"layouts/{path.name}").value or ""
        found |= {path.stem.removeprefix("division-"), *_WORD.findall(text)}
    return frozenset(found)
