"""Lines of a text outside code, for rules that run before blocks are parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

MARGIN = r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*"
"""What may precede the content of a line: quotation and list markers."""
_COMMENT = re.compile(r"[ \t>]*<!--")
_CODE = re.compile(rf"({MARGIN})(`{{3,}}|~{{3,}})(.*)$")


_HOLDER = re.compile(r"[ >]{0,3}(?:[-*+]|\d{1,9}[.)]|\(?\w{1,9}[.)]|\[\^[^\]\s]+\]:|[:~])[ \t]")
"""The beginning of what holds the indented blocks behind it: an item of a list, a note, a definition."""


def outside_code(lines: Sequence[str], *, held: bool = False) -> Iterator[tuple[int, str]]:
    """Each line outside fenced and indented code, with its number (0-based).

    What is indented by four spaces in an item of a list, or in a note, may be either: it counts as code, unless `held`.
    """
    fence, comment, quoted, indented, blank, holder = "", False, False, False, True, False
    for number, line in enumerate(lines):
        if comment or (not fence and _COMMENT.match(line)):
            comment = "-->" not in line
            continue
        ticks = _CODE.match(line)
        if fence:
            ended = ticks is not None and ticks[2].startswith(fence) and not ticks[3].strip()
            left = quoted and not line.lstrip().startswith(">")
            fence = "" if ended or left else fence
            if not left:
                continue
            ticks = _CODE.match(line)
        if ticks and not (ticks[2][0] == "`" and "`" in ticks[3]):
            fence, quoted = ticks[2], ">" in ticks[1]
            continue
        holder = bool(_HOLDER.match(line)) or (holder and (not blank or line[:1] in ("", " ", "\t")))
        indented = line.startswith(("    ", "\t")) and (blank or indented) and not (held and holder)
        blank = not line.strip()
        if not indented:
            yield number, line
