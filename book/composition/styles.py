"""Collects the stylesheets of an edition: base stylesheets, the measures of its page, then the project's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from book.composition.running_heads import length_in_points, resolved, tokens_of
from book.language.faces import Packaged, packaged_faces, script_rules
from book.language.fonts import CODE, SANS, SERIF, local_rules, packaged
from book.language.scripts import languages, untagged
from book.model.fragments import Stylesheet
from book.model.manuscript import Manuscript
from book.model.settings import Edition, Page, Project
from book.problem import BookError
from book.project.designs import design_of, design_sheets, own_sheets
from book.project.lengths import POINTS, points
from book.project.stylesheets import read_fonts
from book.project.text_file import read_text

LAYOUTS = Path(__file__).parent / "layouts"
"""The folder of the layouts and base stylesheets."""
DESIGN_FOLDER = Path(__file__).parent / "designs"
"""The folder of the designs, each a folder of sheets."""
OWN_FOLDER = Path(__file__).parent
"""The folder of all sheets of this package."""
DEFAULT = "classic"
"""The design whose tokens are the defaults of every other."""

EMS = 29.4
"""Length of a line in ems: about 65 characters of the text face, whose average width is 0.45 em in English prose.

Bringhurst, *The Elements of Typographic Style*, 2.1.2, calls 66 ideal, and 45 to 75 satisfactory.
"""
LEADING = 1.34
"""Line height in ems: more than a narrow column needs, because the face has a large x-height."""


LARGE_SIZE, LARGE_LINE = 18.0, 24.0
"""Size of the text and distance of its lines in large print, in pt."""
_SANS_USED = re.compile(rf"(?<!-)font(?:-family)?\s*:[^;}}]*{SANS}")
"""A rule that sets something in the sans; the tokens of a cover are for its picture."""
STEPS_OF_ONE_PAGE = 12
"""By how many steps the lines of a one-page handout may stand closer together than usual."""


def print_stylesheets(manuscript: Manuscript, edition: Edition, step: int = 0) -> tuple[Stylesheet, ...]:
    """The stylesheets of a PDF edition, in cascade order.

    By `step`, the lines of a handout stand closer together than usual (`Fit.step`).
    """
    measured = Stylesheet(str(LAYOUTS / "measures.css"), _measures(edition, step))
    base = (
        Stylesheet(str(LAYOUTS / "fonts.css"), local_rules(large=edition.large_print)),
        measured,
        _design(DEFAULT, "tokens.css"),
        _base("book.css"),
        _base("print.css"),
        _base("indexes.css"),
        _base("print-indexes.css"),
        *_designed(manuscript, edition, measured if edition.split else None),
        *([_base("large-print.css")] if edition.large_print else []),
        *_scripts(manuscript),
    )
    own = _own(manuscript.project, edition)
    return (*base, *own, *(_closer(edition, own, step) if step else ()))


def _closer(edition: Edition, own: Sequence[Stylesheet], step: int) -> Iterator[Stylesheet]:
    """The sheet behind the project's own ones that moves the measures which these set by the steps of a handout.

    None gets smaller than that of the last step, unless the project has it so.
    """
    usual, wanted, smallest = (measures(edition, one) for one in (0, step, STEPS_OF_ONE_PAGE))
    tokens = {f"--{name}": f"{value}pt" for name, value in usual.items()} | (set_here := tokens_of(own))
    values = []
    for name in ("line", "text-size", "answer-line"):
        if f"--{name}" not in set_here:
            continue
        with suppress(ValueError):  # a length that cannot be reckoned here stays as it is
            length = length_in_points(resolved(tokens, f"--{name}"))
            moved = max(length + wanted[name] - usual[name], min(length, smallest[name]))
            values.append(f"--{name}: {moved:.5g}pt; ")
    if values:
        yield Stylesheet(str(LAYOUTS / "closer.css"), f":root {{ {''.join(values)}}}\n")


def epub_stylesheets(manuscript: Manuscript, edition: Edition) -> tuple[tuple[Stylesheet, ...], dict[str, bytes]]:
    """The stylesheets of an EPUB, and the font files that the base ones refer to, by file name in the package."""
    look, own = _designed(manuscript, edition), _own(manuscript.project, edition)
    rules, fonts = packaged(_packaged(manuscript, (*look, *own))) if edition.embed_fonts else ("", {})
    faces = (Stylesheet("fonts.css", rules),) if rules else ()
    scripts, others, _ = _foreign(manuscript, edition)
    base = (
        _base("book.css"),
        _base("epub.css"),
        _base("indexes.css"),
        *look,
        _base("upright.css"),
        _base("screens.css"),
    )
    upright = (_base("vertical.css"),) if edition.writing == "vertical" else ()
    foreign = (Stylesheet("scripts.css", scripts),) if scripts else ()
    return (*faces, *base, *foreign, *upright, *own), {**fonts, **others}


def epub_families(manuscript: Manuscript, edition: Edition) -> tuple[str, ...]:
    """The font families that an EPUB carries: those of this package, and those that the project declares."""
    sheets = (*_designed(manuscript, edition), *_own(manuscript.project, edition))
    base = _packaged(manuscript, sheets) if edition.embed_fonts else ()
    own = read_fonts(manuscript.project.root, edition.styles)
    used = (family.name for family in own.named if family.name.casefold() in own.declared)
    return tuple(dict.fromkeys((*base, *_foreign(manuscript, edition)[2], *used)))


def _foreign(manuscript: Manuscript, edition: Edition) -> Packaged:
    """The rules, files and families of the faces for other scripts that an EPUB carries; see `packaged_faces`."""
    if not edition.embed_fonts:
        return "", {}, ()
    return packaged_faces(manuscript.settings.language, sorted(languages(manuscript)))


def _packaged(manuscript: Manuscript, sheets: Sequence[Stylesheet]) -> tuple[str, ...]:
    """The families of this package that an EPUB needs: that of the text, and others if something is set in them.

    Args:
        manuscript: Its chapters may have code.
        sheets: The sheets of the design and of the project, which may use the sans.
    """
    sans = any(_SANS_USED.search(sheet.text) for sheet in sheets)
    code = any("<code" in chapter.body for chapter in manuscript.chapters)
    return (SERIF, *((SANS,) if sans else ()), *((CODE,) if code else ()))


def cover_stylesheets(manuscript: Manuscript, edition: Edition) -> tuple[Stylesheet, ...]:
    """The stylesheets of a cover made from the title, in cascade order."""
    fonts = Stylesheet(str(LAYOUTS / "fonts.css"), local_rules())
    look = _designed(manuscript, edition)
    return (fonts, _base("cover.css"), *look, *_scripts(manuscript), *_own(manuscript.project, edition))


def _scripts(manuscript: Manuscript) -> tuple[Stylesheet, ...]:
    """The stylesheet of the faces for other scripts that a manuscript needs; none if the base fonts cover it."""
    rules = script_rules(sorted(languages(manuscript)), sorted(untagged(manuscript)))
    return (Stylesheet(str(LAYOUTS / "scripts.css"), rules),) if rules else ()


def _designed(manuscript: Manuscript, edition: Edition, measured: Stylesheet | None = None) -> tuple[Stylesheet, ...]:
    """The sheets of the design of an edition, in cascade order.

    The measures of a handout come from its paper: they count again (`measured`) before the design's sheet for handouts.
    """
    settings = manuscript.settings
    design, names = design_of(settings, edition), design_sheets(edition)
    if edition.large_print:
        design = DEFAULT  # what readers with low vision need is added to it
    if (own := own_sheets(settings, edition)) and not edition.large_print:
        sheets = dict(zip(names, _read(manuscript.project, own), strict=True))
    else:
        sheets = {name: _design(design, name) for name in names}
        if design == DEFAULT:
            sheets.pop("tokens.css", None)  # they are the defaults, which every design has
    found = ((measured, sheet) if name == "handout.css" and measured else (sheet,) for name, sheet in sheets.items())
    return tuple(sheet for some in found for sheet in some)


@cache
def _design(name: str, sheet: str) -> Stylesheet:
    """A sheet of a design of this package."""
    path = DESIGN_FOLDER / name / sheet
    return Stylesheet(str(path), path.read_text(encoding="utf-8"))


@cache
def _base(name: str) -> Stylesheet:
    """A stylesheet of this package."""
    path = LAYOUTS / name
    return Stylesheet(str(path), path.read_text(encoding="utf-8"))


def _own(project: Project, edition: Edition) -> tuple[Stylesheet, ...]:
    """The project's stylesheets for an edition, without those of a design. Raises BookError if one cannot be read."""
    return _read(project, edition.styles[len(own_sheets(project.settings, edition)) :])


def _read(project: Project, paths: Sequence[str]) -> tuple[Stylesheet, ...]:
    """Stylesheets of the project. Raises BookError for one that cannot be read."""
    texts = {path: read_text(project.root, path) for path in paths}
    problems = [problem for text in texts.values() for problem in text.problems]
    if problems:
        raise BookError(problems)
    return tuple(Stylesheet(str(project.root / path), text.value or "") for path, text in texts.items())


def _measures(edition: Edition, step: int) -> str:
    """A stylesheet with the default measures of an edition's page as custom properties, and the page size."""
    found = measures(edition, step)
    values = "".join(f"--{name}: {value:.5g}pt; " for name, value in found.items())
    return f":root {{ {values}}}\n@page {{ size: {found['page-width']:g}pt {found['page-height']:g}pt; }}\n"


def measures(edition: Edition, step: int = 0) -> dict[str, float]:
    """The default measures of an edition's page in pt, by custom property name without dashes.

    On facing pages the margins grow from inner to top to outer to foot; a handout has a wide outer margin to write in.
    `step` is that of `print_stylesheets`.
    """
    page = edition.page or Page()
    width, height = points(page.width), points(page.height)
    if edition.large_print:
        return _large_measures(width, height, step)
    if edition.split:
        return _handout_measures(width, height, step)
    size = text_size(width)
    line = round(size * LEADING * 4) / 4
    measure = min(size * EMS, width * 0.76)
    inner = (width - measure) * 0.45
    top = height * 0.108
    lines = int((height - top - height * 0.112) / line)
    return {
        "page-width": width,
        "page-height": height,
        "margin-inner": inner,
        "margin-outer": width - measure - inner,
        "margin-top": top,
        "margin-foot": height - top - lines * line,
        "text-size": size,
        "line": line,
    }


def _handout_measures(width: float, height: float, step: int) -> dict[str, float]:
    """The measures of a handout's page: on A4, 11 pt on 14.5 pt, and 62 mm to write in.

    A step makes lines a quarter of a point closer; from the fifth step on, the text gets smaller by as much. With
    `STEPS_OF_ONE_PAGE` it is 9 pt on 11.5 pt.
    """
    usual = min(11.0, text_size(width) - 1)
    line = usual + 3.5 - 0.25 * step
    size = usual - 0.25 * max(0, step - 4)
    return {
        "page-width": width,
        "page-height": height,
        "margin-inner": width * 0.1,
        "margin-outer": width * 0.295,
        "margin-top": height * 0.08,
        "margin-foot": height * 0.072,
        "text-size": size,
        "line": line,
        "answer-line": (8 - 0.12 * max(0, step)) * POINTS["mm"],
    }


def _large_measures(width: float, height: float, step: int) -> dict[str, float]:
    """The measures of a page in large print: 18 pt on 24 pt, whatever the paper; on A4 about 50 characters in a line.

    18 pt is the least that the American Printing House for the Blind calls large print (UKAAF: 16 to 18 pt); lines 1.25
    to 1.5 times as far apart as the type is large. A step makes lines a quarter of a point closer, to 21 pt, and never
    the text smaller.
    """
    line = LARGE_LINE - 0.25 * min(step, STEPS_OF_ONE_PAGE)
    return {
        "page-width": width,
        "page-height": height,
        "margin-inner": width * 0.11,
        "margin-outer": width * 0.1,
        "margin-top": height * 0.065 + LARGE_LINE,
        "margin-foot": height * 0.055 + LARGE_LINE,
        "text-size": LARGE_SIZE,
        "line": line,
        "answer-line": (12 - 0.12 * max(0, step)) * POINTS["mm"],
    }


def text_size(width: float) -> float:
    """The text size in pt for a page width in pt, in steps of 0.25 pt: 10 pt at 5.5 in, 10.5 pt at 6 in."""
    return round(min(max(5.2 + width * 0.0122, 8.5), 12) * 4) / 4
