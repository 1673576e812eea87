"""Finds margins that leave no room for text, and margins that running heads and folios would not follow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
_MARGIN_BOXES = frozenset({
    "top-left-corner", "top-left", "top-center", "top-right", "top-right-corner",
    "bottom-left-corner", "bottom-left", "bottom-center", "bottom-right", "bottom-right-corner",
    "left-top", "left-middle", "left-bottom", "right-top", "right-middle", "right-bottom",
})  # fmt: skip
"""The boxes in the margins of a page (CSS Paged Media 3, 6)."""
_EMPTY = frozenset({"none", "normal", '""', "''"})
"""Values of `content` that print nothing."""
_FURNITURE = "write what stands there into layouts/furniture.html, and style .running-head and .folio"
_MARGIN = re.compile(r"--(?:margin|page)-[a-z]+\s*:")


def page_margin_rules(sheets: Sequence[Stylesheet], root: str) -> Iterator[Problem]:
    """An error for each margin or size that a stylesheet of the project gives to all pages in an `@page` rule.

    Running heads and folios are placed by the design tokens, so that they would be printed over the text. Margin boxes
    are an error on any page: a section is set without those before it, and running heads are pages of their own, so
    that such a box would count wrong and be printed twice.
    """
    import tinycss2

    for sheet in _own(sheets, root):
        for rule in _page_rules(tinycss2.parse_stylesheet(sheet.text, skip_comments=True, skip_whitespace=True)):
            for one in tinycss2.parse_blocks_contents(rule.content or []):
                if one.type == "error":
                    continue
                at = Span(_name(sheet, root), one.source_line, one.source_column)
                if one.type == "at-rule" and one.lower_at_keyword in _MARGIN_BOXES and _has_content(one):
                    message = f"@{one.lower_at_keyword} in @page would be printed twice, with numbers of its section"
                    yield error("page-margins", message, at, _FURNITURE)
                if one.type != "declaration" or _has_name(rule):
                    continue  # a page with a name is one that the project places itself
                if one.lower_name.startswith("margin"):
                    message = f"{one.name} in @page moves the text, but not its running heads and folios"
                    yield error("page-margins", message, at, _TOKENS)
                elif one.lower_name == "size":
                    message = "size in @page changes the paper, but not what is placed on it"
                    yield error("page-margins", message, at, _SIZE)


def _page_rules(rules: Iterable[Any]) -> Iterator[Any]:
    """The `@page` rules among some rules, those in `@media` and other conditions included."""
    import tinycss2

    for rule in rules:
        keyword = getattr(rule, "lower_at_keyword", "")
        if keyword == "page":
            yield rule
        elif keyword in ("media", "supports", "layer") and rule.content is not None:
            yield from _page_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))


def _has_content(rule: Any) -> bool:
    """Whether a margin box prints something."""
    import tinycss2

    declared = (one for one in tinycss2.parse_blocks_contents(rule.content or []) if one.type == "declaration")
    return any(
        one.lower_name == "content" and tinycss2.serialize(one.value).strip().lower() not in _EMPTY for one in declared
    )


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
