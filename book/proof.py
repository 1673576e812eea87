"""Checks the editions of a book as far as possible without setting pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from book.composition.compose import compose
from book.composition.styles import epub_stylesheets, print_stylesheets
from book.composition.volumes import volumes
from book.epub.resources import UNREADABLE_HINT, unshown_image
from book.epub.stylesheets import pack_stylesheets
from book.model.editions import Section, Volume
from book.model.manuscript import Manuscript
from book.model.settings import Edition
from book.pages.coverage import missing_glyphs
from book.pages.glyphs import by_script
from book.pages.stylesheets import stylesheet_problems
from book.pool.workers import workers
from book.problem import BookError, Problem, Span, error, note, stops
from book.project.files import read_bytes
from book.project.outputs import output_of
from book.project.pictures import picture_fault
from book.project.stylesheet_bounds import out_of_bounds
from book.project.text_file import is_inside


def proof(manuscript: Manuscript, found: Sequence[Problem]) -> tuple[Problem, ...]:
    """The problems of a manuscript's editions, besides those found already.

    Sections are composed unless an error prevents it; characters without a font are searched for in any case.
    """
    problems = [*_pictures(manuscript)]
    for edition in manuscript.project.editions:
        for volume in volumes(manuscript, edition):
            problems += _volume_problems(volume, compose_it=not stops(found))
        problems += _package_problems(manuscript, edition)
    problems += _style_problems(manuscript)
    return by_script(problems, manuscript)


def _volume_problems(volume: Volume, *, compose_it: bool) -> Iterator[Problem]:
    """The problems of a volume's sections, and the characters that its pages would lack."""
    sections: Sequence[Section] = ()
    try:
        sections = compose(volume) if compose_it else ()
    except BookError as failure:
        yield from failure.problems
    texts = [(section.path, section.html) for section in sections]
    texts = texts or [(chapter.path, chapter.body) for chapter in volume.manuscript.chapters]
    if output_of(volume.edition).paged:
        yield from missing_glyphs(volume, texts)


def _has_styles(manuscript: Manuscript, edition: Edition) -> bool:
    """Whether the stylesheets of an edition exist and can be read; other ones have been reported."""
    root = manuscript.project.root
    there = all(is_inside(root, path) and (root / path).is_file() for path in edition.styles)
    return there and not any(
        out_of_bounds(root, path, on_screens=output_of(edition).packaged) for path in edition.styles
    )


def _package_problems(manuscript: Manuscript, edition: Edition) -> Iterator[Problem]:
    """Problems that keep stylesheets and pictures out of a package."""
    if output_of(edition).packaged and _has_styles(manuscript, edition):
        try:
            sheets, _ = epub_stylesheets(manuscript, edition)
            yield from pack_stylesheets(sheets, manuscript.project.root).problems
        except BookError as failure:
            yield from failure.problems
        for path in dict.fromkeys(picture.path for chapter in manuscript.chapters for picture in chapter.pictures):
            wrong = unshown_image(manuscript, path)
            if wrong and (manuscript.project.root / path).is_file():
                yield wrong


def _pictures(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unreadable-image` for each file that exists but is not a picture, or not a whole one."""
    root = manuscript.project.root
    shown: dict[str, Span] = {}
    for picture in (picture for chapter in manuscript.chapters for picture in chapter.pictures):
        shown.setdefault(picture.path, picture.at)
    if manuscript.settings.cover:
        shown.setdefault(manuscript.settings.cover, Span("book.toml"))
    for path, at in shown.items():
        try:
            fault = picture_fault(path, read_bytes(root, path))
        except OSError:
            continue  # it is missing: that has been reported
        if fault:
            yield error("unreadable-image", f'the image "{path}" cannot be read: {fault}', at, UNREADABLE_HINT)


def _style_problems(manuscript: Manuscript) -> Iterator[Problem]:
    """The problems that the layout engine finds in the project's own stylesheets, in a process of its own."""
    editions = (one for one in manuscript.project.editions if one.styles and output_of(one).paged)
    styled = [edition for edition in editions if _has_styles(manuscript, edition)]
    if not styled:
        return
    root = str(manuscript.project.root)
    try:
        with workers(1, isolated=True) as others:
            sheets = [print_stylesheets(manuscript, edition) for edition in styled]
            waiting = [others.offload(stylesheet_problems, one, root) for one in sheets]
            found = [problem for wait in waiting for problem in wait()]
    except OSError as failure:
        message = f"the stylesheets were not checked, because the layout engine cannot be loaded: {failure}"
        found = [note("unchecked-stylesheets", message, Span("book.toml"))]
    except BookError as failure:  # a stylesheet cannot even be read
        found = list(failure.problems)
    yield from dict.fromkeys(found)
