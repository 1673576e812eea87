"""Explanations of problem codes: cause, example, remedy; one Markdown file for each code in `explanations/`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

ONLY_BUILT = frozenset(
    {
        "citation-on-no-page", "damaged-store", "engine-version", "furniture-overflow", "handout-overflow",
        "layout-engine", "long-file", "lost-text",
        "low-resolution", "small-print", "torn-words", "unsettled-pages",
    }
)  # fmt: skip
"""Codes that only a build finds, not `book check`, because they show on finished pages."""

_PARTS = re.compile(r"(.*?)\n\n(```.*?\n```)\n\n(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a code means, in Markdown."""

    code: str
    """The code."""
    cause: str
    """What is wrong, and why that matters."""
    example: str
    """What causes it: a fenced block."""
    mend: str
    """How to mend it."""


def codes() -> tuple[str, ...]:
    """Every code that is explained, in alphabetical order."""
    names = (path.name for path in (files("book.problems") / "explanations").iterdir())
    return tuple(sorted(name.removesuffix(".md") for name in names if name.endswith(".md")))


@cache
def explanation(code: str) -> Explanation:
    """The explanation of a code.

    Raises:
        KeyError: There is none.
    """
    file = files("book.problems") / "explanations" / f"{code}.md"
    if not re.fullmatch("[a-z0-9-]+", code) or not file.is_file():
        raise KeyError(code)
    parts = _PARTS.fullmatch(file.read_text(encoding="utf-8").strip())
    assert parts is not None, f"{code}.md has a cause, an example in a fence, and how to mend it"
    return Explanation(code, *parts.groups())
