"""Turns failures of the layout engine's arithmetic into a problem of the stylesheet that has impossible measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from book.problem import BookError, Span, error


@contextmanager
def measures_blamed(path: str, root: str, stylesheets: Sequence[str]) -> Iterator[None]:
    """Raise a BookError (`layout-engine`) in place of a failed division or overflow; without own stylesheets, nothing.

    Args:
        path: The file that is set in pages.
        root: The project's folder.
        stylesheets: The paths of the stylesheets; the last in the project is named.
    """
    try:
        yield
    except (ArithmeticError, RecursionError) as failure:
        own = [Path(sheet) for sheet in stylesheets if Path(sheet).is_relative_to(root)]
        if not own:
            raise
        message = f"{path} cannot be set in pages with this stylesheet: {type(failure).__name__}, {failure}"
        hint = "is a margin as large as the page, or a length 0 or enormous?"
        at = Span(own[-1].relative_to(root).as_posix())
        raise BookError([error("layout-engine", message, at, hint)]) from failure
