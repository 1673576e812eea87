"""Every font that a stylesheet uses should be available; a missing one would be replaced silently."""

from __future__ import annotations

from collections.abc import Iterator

from book.language.faces import FACES
from book.language.fonts import font_files
from book.model.manuscript import Manuscript
from book.problem import Problem, nearest, warning
from book.project.outputs import output_of
from book.project.stylesheets import read_fonts


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unknown-face` for each family that no font of an edition has.

    E-readers have fonts of their own, so in an edition for them only names similar to the book's fonts are reported.
    """
    ours = dict.fromkeys([*(font.family for font in font_files()), *(face.family for face in FACES)])
    known = {family.casefold() for family in ours}
    for edition in manuscript.project.editions:
        fonts = read_fonts(manuscript.project.root, edition.styles)
        for family in fonts.named:
            if family.name.casefold() in known | fonts.declared:
                continue
            near = nearest(family.name, ours)
            if near or output_of(edition).paged:
                hint = (
                    near
                    or "declare it with @font-face and a font file in the project: the machine's fonts are not used"
                )
                yield warning("unknown-face", f'no font of the book is called "{family.name}"', family.at, hint)
