"""The designs that come with the toolkit, and the sheets that a folder of a project's own design has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from book.model.settings import Edition, Settings
from book.project.editions import file_fault, outside_fault
from book.project.files import is_dir
from book.project.outputs import output_of
from book.project.text_file import is_inside
from book.project.validate import Fault, suggestion

DESIGNS: Mapping[str, str] = {
    "classic": "One serif with italics and small capitals, justified.",
    "modern": "Titles in a sans, text with a ragged right edge, more air.",
}
"""The designs of this package by name, with what they look like; each is a folder of `book/composition/designs/`."""
SHEETS: Mapping[str, str] = {
    "tokens.css": "The tokens of pages that are not as in `classic`.",
    "print.css": "Rules for pages, of books and handouts.",
    "epub.css": "Rules for e-books, and the tokens of the cover that is made from the title.",
    "handout.css": "Rules for handouts, whose measures come from their paper and can be changed here.",
}
"""The sheets of a design, with what they hold."""


def design_of(settings: Settings, edition: Edition) -> str:
    """The design of an edition: the name of one of `DESIGNS`, or the path of a folder of the project."""
    return edition.design or settings.design


def design_sheets(edition: Edition) -> tuple[str, ...]:
    """The sheets of a design that an edition uses, in cascade order; none for an output without stylesheets."""
    output = output_of(edition)
    if output.packaged:
        return ("epub.css",)
    if not output.paged:
        return ()
    return ("tokens.css", "print.css", *(("handout.css",) if edition.split else ()))


def own_sheets(settings: Settings, edition: Edition) -> tuple[str, ...]:
    """The paths of these sheets in a design of the project, relative to it; none for a design of this package."""
    design = design_of(settings, edition)
    return () if design in DESIGNS else tuple(f"{design.rstrip('/')}/{sheet}" for sheet in design_sheets(edition))


def with_own_design(settings: Settings, edition: Edition) -> Edition:
    """An edition whose first stylesheets are those of a design of the project, so that they are read as its own."""
    return msgspec.structs.replace(edition, styles=(*own_sheets(settings, edition), *edition.styles))


def design_fault(root: Path, design: str) -> Iterator[Fault]:
    """What is wrong with the value of a key `design`: no such design, or a folder that lacks one of its sheets."""
    if design in DESIGNS:
        return
    if not is_inside(root, design):
        yield outside_fault(design, ("design",))
    elif not is_dir(root / design):
        hint = suggestion(design, list(DESIGNS)) or f"write one of {', '.join(DESIGNS)}, or the path of a folder"
        yield Fault("missing-design", f'no design "{design}", nor a folder of that name', ("design",), hint)
    else:
        for sheet in SHEETS:
            for fault in file_fault(root, f"{design.rstrip('/')}/{sheet}", "missing-design", ("design",)):
                hint = f"a design is a folder with {', '.join(SHEETS)}; a sheet that changes nothing can be empty"
                yield replace(fault, message=f'the design "{design}" has no {sheet}', hint=hint)
