"""Makes text from files and from the system safe for a terminal."""

from __future__ import annotations

import re

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters (C0, DEL, C1): they begin the escape sequences of terminals
    "\u2028\u2029"  # separators that break a line
    "\u202a-\u202e\u2066-\u2069"  # embeddings, overrides and isolates (UAX #9): they reorder what stands beside them
    "\ud800-\udfff]"  # lone surrogates, with which Python stands in for bytes of file names that are not UTF-8
)


def printable(text: str) -> str:
    r"""Escape every character that a terminal could interpret: `\x1b`, `\u202e`.

    This includes line breaks: to print several lines, escape each of them.
    """
    return _UNSAFE.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    r"""Python's escape for a character: `\n`, `\x1b`, `\u202e`."""
    return repr(found[0])[1:-1] if found[0] > "\x7f" or found[0] in "\n\r\t" else f"\\x{ord(found[0]):02x}"
