"""Finds margins that leave no room for text, and margins that running heads and folios would not follow."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from book.model.fragments import Stylesheet
from book.problem import Problem, Span, error

_NARROWEST = 48.0
"""Width and height in CSS px (36 pt) under which no text can be set: a word or two in a line."""
_SLACK = 0.5
"""Tolerance in CSS px."""
_MM = 25.4 / 96
"""One CSS px in mm."""
_TOKENS = "set --margin-inner, --margin-outer, --margin-top and --margin-foot in :root"
_SIZE = 'set page = { width = "…", height = "…" } of the edition in book.toml'
_MARGIN = re.compile(r"--(?:margin|page)-[a-z]+\s*:")


def page_margin_rules(sheets: Sequence[Stylesheet], root: str) -> Iterator[Problem]:
    """An error for each margin or size that a stylesheet of the project gives to all pages in an `@page` rule.

    Running heads and folios are placed by the design tokens, so that they would be printed over the text.
    """
    import tinycss2

    for sheet in _own(sheets, root):
        for rule in tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True):
            if getattr(rule, "lower_at_keyword", "") != "page" or _has_name(rule):
                continue  # a page with a name is one that the project places itself
            for one in tinycss2.parse_blocks_contents(rule.content or []):
                if one.type != "declaration":
                    continue
                at = Span(_name(sheet, root), one.source_line, one.source_column)
                if one.lower_name.startswith("margin"):
                    message = f"{one.name} in @page moves the text, but not its running heads and folios"
                    yield error("page-margins", message, at, _TOKENS)
                elif one.lower_name == "size":
                    message = "size in @page changes the paper, but not what is placed on it"
                    yield error("page-margins", message, at, _SIZE)


def _has_name(rule: Any) -> bool:
    """Whether an `@page` rule is for pages with a name."""
    significant = [one for one in rule.prelude if one.type != "whitespace"]
    return bool(significant) and significant[0].type == "ident"


def no_room(pages: Sequence[Any], sheets: Sequence[Stylesheet], root: str) -> Iterator[Problem]:
    """An error if the margins of a page leave no room for text, at the last place that sets a measure of the page."""
    for page in pages:
        box = page._page_box  # noqa: SLF001 - there is no public way to the boxes
        least = min(box.margin_left, box.margin_right, box.margin_top, box.margin_bottom)
        if least < -_SLACK:
            message = f"a margin of the page is negative, {least * _MM:.0f} mm: text would lie off the paper"
            yield error("page-margins", message, _last_measure(sheets, root), f"take 0 or more: {_TOKENS}")
            return
        width, height = box.width, box.height + getattr(box, "shortened", 0)
        if min(width, height) < _NARROWEST:
            message = f"the margins leave no room for text: {width * _MM:.0f} × {height * _MM:.0f} mm"
            yield error("page-margins", message, _last_measure(sheets, root), f"take smaller ones: {_TOKENS}")
            return


def _last_measure(sheets: Sequence[Stylesheet], root: str) -> Span:
    """Where the project sets a measure of the page for the last time; `book.toml` if no stylesheet does."""
    for sheet in reversed(list(_own(sheets, root))):
        if places := list(_MARGIN.finditer(sheet.text)):
            start = places[-1].start()
            return Span(
                _name(sheet, root), sheet.text.count("\n", 0, start) + 1, start - sheet.text.rfind("\n", 0, start)
            )
    return Span("book.toml")


def _own(sheets: Sequence[Stylesheet], root: str) -> Iterator[Stylesheet]:
    """The stylesheets of the project itself."""
    layouts = Path(__file__).resolve().parents[1]
    for sheet in sheets:
        path = Path(sheet.path)
        if path.is_relative_to(root) and not path.is_relative_to(layouts):
            yield sheet


def _name(sheet: Stylesheet, root: str) -> str:
    """The path of a stylesheet of the project, relative to its folder."""
    return Path(sheet.path).relative_to(root).as_posix()
