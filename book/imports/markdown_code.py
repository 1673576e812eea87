"""Code in Markdown, which an import leaves as it is written."""

from __future__ import annotations

import re
from collections.abc import Callable

CODE = (
    r"(?P<code>^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})"
    r".*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|(?<![`\\])(?P<ticks>`++)(?:(?!\n[ \t]*\n).)*?(?<!`)(?P=ticks)(?!`)"
    r"|<(?P<html>pre|code)\b[^<>]*>(?:(?!<(?P=html)\b).)*?</(?P=html)>)"
)
"""A fence of code, wherever it stands, code in running text, or an element of HTML that holds code.

For patterns with the flags `FLAGS`.
"""
FLAGS = re.MULTILINE | re.DOTALL
_CODE = re.compile(CODE, FLAGS)
_BLOCK = ("```", "~~~", "    ", "\t")


def is_code(block: str) -> bool:
    """Whether a block of Markdown is code: a fence, or set in."""
    return block.startswith(_BLOCK)


def outside_code(text: str, change: Callable[[str, int], str]) -> str:
    """A text whose parts outside code are changed.

    Args:
        text: Markdown.
        change: Takes a part, and where in the text it begins (in characters from 0), and gives it changed.
    """
    parts: list[str] = []
    done = 0
    for code in _CODE.finditer(text):
        parts += [change(text[done : code.start()], done), code[0]]
        done = code.end()
    return "".join([*parts, change(text[done:], done)])


def blank_code(text: str) -> str:
    """A text with spaces in place of code; every other character stays where it is."""
    return _CODE.sub(lambda code: " " * len(code[0]), text)
