"""What runs, animates or refers elsewhere is left out of SVG drawings; the editor is told what."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.problem import Problem, Span, warning
from book.project.drawings import DrawingError, clean_drawing
from book.project.files import read_bytes
from book.project.references import referred
from book.project.text_file import read_text

_HINT = "put pictures and styles into the drawing itself, and save it as plain SVG"
_MOST_NAMED = 6


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A `cleaned-drawing` for each drawing of chapters, of the cover and of stylesheets that is not shown whole."""
    for path, at in _drawings(manuscript).items():
        try:
            left_out = clean_drawing(read_bytes(manuscript.project.root, path)).left_out
        except (OSError, DrawingError):
            continue  # it is missing, or no drawing: that is reported where it is needed
        if left_out:
            rest = len(left_out) - _MOST_NAMED
            named = ", ".join(left_out[:_MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")
            yield warning("cleaned-drawing", f'left out of the drawing "{path}": {named}', at, _HINT)


def _drawings(manuscript: Manuscript) -> dict[str, Span]:
    """The paths of all drawings that may be shown, with the place where each is first named."""
    found: dict[str, Span] = {}
    for picture in (picture for chapter in manuscript.chapters for picture in chapter.pictures):
        found.setdefault(picture.path, picture.at)
    if manuscript.settings.cover:
        found.setdefault(manuscript.settings.cover, Span("book.toml"))
    root = manuscript.project.root
    for style in dict.fromkeys(style for edition in manuscript.project.editions for style in edition.styles):
        for path in referred(read_text(root, style).value or "", (root / style).parent):
            if path.is_relative_to(root):
                found.setdefault(path.relative_to(root).as_posix(), Span(style))
    return {path: at for path, at in found.items() if path.lower().endswith(".svg")}
