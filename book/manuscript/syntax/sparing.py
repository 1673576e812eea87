"""Inline patterns look through a text only if it has what they begin with.

Python-Markdown searches every paragraph for each of forty patterns, most of which begin with something optional, so
that the search is slow. Prose has few of the characters that they are about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension

NEEDED = {
    "backtick": "`", "escape": "\\", "escaped-quote": "\\", "autolink": "<", "automail": "<", "html": "<",
    "entity": "&", "footnote": "[^", "unknown-note": "[^", "citations": "[", "citation": "@", "image_link": "![",
    "image_reference": "![", "short_image_ref": "![", "reference": "[", "link": "[", "short_reference": "[",
    "innermost-span": "[", "span": "[", "linebreak": "\n", "smarty-ellipses": "...", "smarty-em-dashes": "---",
    "smarty-en-dashes": "--",
}  # fmt: skip
"""What a text must have for a pattern to match, by the pattern's name; of quotation marks the pattern itself tells."""

QUOTE = "smarty-quotes-"
"""How the names of patterns for quotation marks begin."""


@dataclass(frozen=True, slots=True)
class Sparing:
    """A regular expression that is used on texts with something in them."""

    expression: re.Pattern[str]
    needed: str

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        """Every match in a text from a place on, 0-based."""
        return self.expression.finditer(text, start) if self.needed in text else iter(())


class SparingExtension(Extension):
    """To be registered behind all others."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Replace the regular expressions of the patterns that are known."""
        smarty: Any = md.treeprocessors["smarty"]
        registries: tuple[Any, ...] = (md.inlinePatterns, smarty.inlinePatterns)
        for registry in registries:
            for name in registry._data:  # noqa: SLF001 - there is no public way to the names
                pattern = registry[name]
                needed = _quote(pattern.pattern) if name.startswith(QUOTE) else NEEDED.get(name)
                if needed:
                    pattern.compiled_re = Sparing(pattern.compiled_re, needed)


def _quote(pattern: str) -> str:
    """The quotation mark that a pattern is about: the first it mentions."""
    return next(character for character in pattern if character in "\"'")
