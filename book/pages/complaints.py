"""Turns what the layout engine logs into problems."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from book.pages.glyphs import missing_glyph
from book.problem import Problem, Span, error, warning

_DECLARED = re.compile(r"^Unknown empty rule <AtRule @charset .* at 1:1$", re.DOTALL)
"""A stylesheet that begins with its encoding, which is no rule (CSS Syntax, 3.2)."""


@contextmanager
def complaints(problem_of: Callable[[str], Problem]) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs meanwhile; `problem_of` makes a problem of each message."""
    found: list[Problem] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if not _DECLARED.search(message):
                found.append(problem_of(message))

    logger = logging.getLogger("weasyprint")
    handler = Collector(logging.WARNING)
    kept = logger.handlers[:], logger.propagate
    logger.handlers, logger.propagate = [handler], False
    try:
        yield found
    finally:
        logger.handlers, logger.propagate = kept


def stylesheet_problem(message: str, path: str, root: str) -> Problem:
    """The problem of a message about a stylesheet; `path` is the stylesheet's, `root` the project's folder."""
    sheet = Path(path)
    name = sheet.relative_to(root).as_posix() if sheet.is_relative_to(root) else sheet.name
    line = re.search(r" at (\d+):(\d+)(?:, .*)?$", message, re.DOTALL)
    span = Span(name, int(line[1]), int(line[2])) if line else Span(name)
    return warning("stylesheet", message.rstrip("."), span)


def document_problem(message: str, path: str, root: str) -> Problem:
    """The problem of a message about a document; `path` is the file to name, `root` the project's folder."""
    if glyph := re.search(r"unsupported by fonts: .* \(U\+([0-9A-F]+)\)", message, re.DOTALL):
        return missing_glyph(chr(int(glyph[1], 16)), Span(path))
    if image := re.search(r"Failed to load image at '(.*?)'(?:.*?ValueError: (.*))?", message, re.DOTALL):
        return unreadable_image(unquote(image[1]).removeprefix(f"file://{root}/"), path, image[2])
    if drawing := re.search(r"Failed to render SVG image (.*)", message):
        name = unquote(drawing[1]).removeprefix(f"file://{root}/")
        return unreadable_image(
            name, path, "it cannot be drawn: look for patterns of no size, and for what refers to itself"
        )
    return warning("layout-engine", message.rstrip("."), Span(path))


def unreadable_image(name: str, path: str, reason: str | None = None) -> Problem:
    """The problem of an image file that cannot be decoded; `path` is the file to name."""
    because = f": {reason}" if reason else ""
    return error("unreadable-image", f'the image "{name}" cannot be read{because}', Span(path))
