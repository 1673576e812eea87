"""Finds what is out of all bounds in stylesheets: blocks nested without an end, pages too large for a PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from book.problem import Problem, Span, error
from book.project.lengths import POINTS, points
from book.project.references import sheets
from book.project.tokens import COVER, token_faults

DEEPEST = 64
"""How deep blocks, brackets and parentheses of a stylesheet may be nested."""
SMALLEST_PAGE, LARGEST_PAGE = 3, 14400
"""Limits of a page's width and height in pt; the maximum is that of PDF (ISO 32000-1, annex C)."""
LONGEST_VALUE = 100_000
"""Characters of a text in quotation marks, or of a custom property with those that it names."""
LARGEST_COUNTER = 100_000
"""Largest number in a rule that counts, or that fills counters up."""

LARGEST_GRID = 1000
"""Largest number of the lines of a grid, and of columns."""
_SURROGATES = range(0xD800, 0xE000)

_ESCAPE = re.compile(r"\\(?:(?P<code>[0-9a-f]{1,6})|.)", re.IGNORECASE | re.DOTALL)
_GRID = re.compile(
    r"(?<![\w-])(?:repeat\(\s*(?P<times>[0-9]+)"
    r"|(?:grid-(?:row|column|area)(?:-start|-end)?|column-count|columns)\s*:(?P<value>[^;{}]*))",
    re.IGNORECASE,
)
_CUSTOM = re.compile(r"(?P<name>--[\w-]+)\s*:(?P<value>[^;{}]*)")
_COUNTER = re.compile(r"(?<![\w-])(?:counter-(?:increment|reset|set)|pad)\s*:(?P<value>[^;{}]*)", re.IGNORECASE)
_VAR = re.compile(r"var\(\s*(--[\w-]+)")
_TOKEN = re.compile(r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\\.|[][(){}]""", re.DOTALL)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SIZE = re.compile(r"@page\b[^{}]*\{[^{}]*?\bsize\s*:\s*(?P<value>[^;{}]*)", re.IGNORECASE)
_LENGTH = re.compile(rf"(?<![\w.])[+-]?[0-9.]+(?:e[+-]?[0-9]+)?(?:{'|'.join(POINTS)})\b", re.IGNORECASE)


def out_of_bounds(root: Path, path: str, *, on_screens: bool = False) -> tuple[Problem, ...]:
    """The problems of the stylesheet at `path`, relative to the project in `root`, and of those that it imports.

    Problems: `deep-nesting`, `design-token`, `layout-engine`, `page-size`, `reserved-character`.
    """
    problems: list[Problem] = []
    for name, text in sheets(root, path):
        plain = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
        problems += (*_too_deep(text, name), *_pages(plain, name), *_too_long(plain, name))
        problems += (*_surrogates(plain, name), *_repeats(plain, name))
        problems += (*_counters(plain, name), *_tokens(plain, name, on_screens))
    return tuple(problems)


def _too_deep(text: str, path: str) -> Iterator[Problem]:
    """A `deep-nesting` where blocks are nested deeper than is read, or a text is longer."""
    depth = 0
    for token in _TOKEN.finditer(text):
        if len(token[0]) > LONGEST_VALUE and token[0][0] in "\"'" and not _is_data(token[0]):
            message = f"a text of {len(token[0])} characters is longer than {LONGEST_VALUE}"
            yield error("deep-nesting", message, _span(text, path, token.start()), "write it into a chapter")
            return
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth = max(depth - 1, 0)
        if depth > DEEPEST:
            message = f"blocks and parentheses are nested deeper than {DEEPEST}"
            yield error("deep-nesting", message, _span(text, path, token.start()), "is a closing bracket missing?")
            return


def _is_data(text: str) -> bool:
    """Whether a text in quotation marks is the address of an embedded file (RFC 2397), which may be of any length."""
    return text[1:6].lower() == "data:"


def _too_long(text: str, path: str) -> Iterator[Problem]:
    """A `deep-nesting` for a custom property that gets enormous, because those that it names name others in turn."""
    values: dict[str, tuple[int, str]] = {}
    for found in _CUSTOM.finditer(text):
        values[found["name"]] = (found.start(), found["value"])
    named = {name: (len(value), _VAR.findall(value)) for name, (_, value) in values.items()}
    lengths: dict[str, int] = {}
    for _ in range(DEEPEST):  # each round, what names those of the round before gets their lengths
        before = dict(lengths)
        for name, (own, others) in named.items():
            lengths[name] = min(own + sum(before.get(one, 0) for one in others), LONGEST_VALUE + 1)
        if lengths == before:
            break
    for name, length in lengths.items():
        if length > LONGEST_VALUE:
            message = f"the value of {name} has more than {LONGEST_VALUE} characters, with those that it names"
            yield error("deep-nesting", message, _span(text, path, values[name][0]), "write out what it stands for")
            return


def _repeats(text: str, path: str) -> Iterator[Problem]:
    """A `layout-engine` for each number that makes a grid, or columns, of more lines than can be set in time."""
    for found in _GRID.finditer(text):
        group = "times" if found["times"] else "value"
        for number in re.finditer(r"(?<![\w.#-])-?([0-9]+)(?![\w.%])", found[group]):
            if int(number[1][:10]) > LARGEST_GRID:
                at = _span(text, path, found.start(group) + number.start())
                message = (
                    f"a grid has at most {LARGEST_GRID} lines, columns are as many at most; here are {number[1][:20]}"
                )
                yield error("layout-engine", message, at, f"write at most {LARGEST_GRID}")


def _surrogates(text: str, path: str) -> Iterator[Problem]:
    """A `reserved-character` for each escape that stands for half a character (CSS Syntax, 4.3.7)."""
    for found in _ESCAPE.finditer(text):
        if found["code"] and int(found["code"], 16) in _SURROGATES:
            message = f"{found[0]} is half a surrogate pair, and no character"
            hint = "write the whole character, or its own code: \\1F600"
            yield error("reserved-character", message, _span(text, path, found.start()), hint)


def _counters(text: str, path: str) -> Iterator[Problem]:
    """A `layout-engine` for each number with which a counter would write an endless text."""
    for found in _COUNTER.finditer(text):
        for number in re.finditer(r"[0-9]+", found["value"]):
            if int(number[0][:10]) > LARGEST_COUNTER:
                at = _span(text, path, found.start("value") + number.start())
                message = f"a counter cannot go in steps of, or be filled up to, {number[0][:20]}"
                yield error("layout-engine", message, at, f"write at most {LARGEST_COUNTER}")


def _tokens(text: str, path: str, on_screens: bool) -> Iterator[Problem]:
    """A `design-token` for each design token whose value is of another kind, or beyond its limits."""
    for place, message, right in token_faults(text, COVER if on_screens else ""):
        yield error("design-token", message, _span(text, path, place), f"write for example {right}")


def _pages(text: str, path: str) -> Iterator[Problem]:
    """A `page-size` for each size of a page that a PDF cannot have."""
    for rule in _SIZE.finditer(text):
        for length in _LENGTH.finditer(rule["value"]):
            try:
                measure = points(length[0])
            except ValueError:
                continue  # not a length after all: the layout engine says so
            if not SMALLEST_PAGE <= measure <= LARGEST_PAGE:
                at = _span(text, path, rule.start("value") + length.start())
                message = f"a page cannot be {length[0]} wide or high"
                yield error(
                    "page-size", message, at, f"write a length from {SMALLEST_PAGE}pt to {LARGEST_PAGE}pt (200in)"
                )


def _span(text: str, path: str, position: int) -> Span:
    """The place of a character."""
    return Span(path, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))
