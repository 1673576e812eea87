"""Renders layouts in a sandbox; failures of a project's layout become problems with their line."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from lxml import etree

from book.composition.environment import FOLDER, environment_of
from book.composition.sandbox import bounded
from book.composition.sizes import LONGEST
from book.problem import BookError, Problem, Span, error


def render(root: Path, *layouts: str, **names: Any) -> str:
    """Render the first of some layouts of the project in `root` that exists.

    Raises:
        BookError: The layout fails.
    """
    with _reported(root, layouts[0]):
        return _bounded(environment_of(root).select_template(layouts).generate(**names))


def call_macro(root: Path, layout: str, macro: str, *values: object) -> str:
    """Call a macro of a layout of the project in `root`.

    Raises:
        BookError: The layout fails.
    """
    environment = environment_of(root)
    with _reported(root, layout):
        try:
            return _bounded([str(getattr(environment.get_template(layout).module, macro)(*values))])
        except Exception:  # noqa: BLE001 - raised again, with the lines of the layout
            environment.handle_exception()


def check_well_formed(root: Path, layout: str, document: str) -> None:
    """Check that a document made with a project's layouts is well-formed XHTML, which an EPUB needs.

    Raises:
        BookError: It is not.
    """
    if (root / FOLDER).is_dir():
        try:
            root_element = etree.fromstring(document.encode())
        except etree.XMLSyntaxError as failure:
            line = document.split("\n")[(failure.lineno or 1) - 1].strip()[:80]
            message = f"what it gives is not well-formed XHTML: {failure.msg}"
            hint = f"near: {line}; every element needs its end tag, and & is written &amp;"
            raise BookError([error("broken-layout", message, Span(f"{FOLDER}/{layout}"), hint)]) from failure
        if etree.QName(root_element).localname != "html" or not root_element.xpath("boolean(*[local-name() = 'body'])"):
            message = f"what it gives is no document, but a single <{etree.QName(root_element).localname}>"
            hint = 'begin with {% extends "document.html" %}, and write what is yours into {% block content %}'
            raise BookError([error("broken-layout", message, Span(f"{FOLDER}/{layout}"), hint)])


@contextmanager
def _reported(root: Path, layout: str) -> Iterator[None]:
    """Turn failures in a project's layout into a BookError; failures in our own stay as they are."""
    try:
        with bounded():
            yield
    except BookError:
        raise
    except Exception as failure:
        problem = _problem(root, layout, failure)
        if problem is None:
            raise
        raise BookError([problem]) from failure


def _bounded(pieces: Iterable[str]) -> str:
    """The text that a layout yields, up to the maximum length."""
    written, length = [], 0
    for piece in pieces:
        written.append(piece)
        length += len(piece)
        if length > LONGEST:
            raise SecurityError(f"it gives more than {LONGEST} characters")
    return "".join(written)


def _problem(root: Path, layout: str, failure: Exception) -> Problem | None:
    """The problem of a layout that failed, with its line: Jinja adds the layout's own lines to the traceback.

    None where one of this package's layouts fails with something else than an error of Jinja: that is a defect.
    """
    name, line = getattr(failure, "name", None) or layout, getattr(failure, "lineno", None)
    own = isinstance(failure, TemplateError)
    for frame, number in traceback.walk_tb(failure.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.suffix == ".html":
            own = own or path.is_relative_to(root)
            if not isinstance(failure, TemplateSyntaxError):
                name, line = path.name, number
    return error("broken-layout", _message(failure), Span(f"{FOLDER}/{name}", line)) if own else None


def _message(failure: Exception) -> str:
    """The message of a failure, for the author of a layout."""
    if isinstance(failure, RecursionError):
        return "it includes or calls itself without an end"
    if isinstance(failure, TemplateError):
        return failure.message or str(failure)
    return f"{type(failure).__name__}: {failure}"
