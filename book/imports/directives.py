"""What other tools execute when they make a book: includes of mdBook and Quarto, chunks of code of R Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

_INCLUDE = re.compile(
    r"(?<!\\)\{\{#(?:rustdoc_)?(?:include|playground)\s+(?P<mdbook>[^\s{}:]+)(?P<part>(?::[^\s{}]*)?)[^{}]*\}\}"
    r"|\{\{<\s*include\s+(?P<quarto>[^\s<>]+)\s*>\}\}"
)
_ESCAPED = re.compile(r"\\(\{\{#)")
_ANCHOR = re.compile(r"ANCHOR(?:_END)?:\s*[\w-]+")
_CHUNK = re.compile(
    r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})\{(?P<engine>\w+)(?P<options>[^}\n]*)\}[ \t]*\n"
    r"(?P<code>.*?)(?P<end>^[ \t>]*(?P=fence)[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_OPTION = re.compile(r"^[ \t>]*#\|[ \t]*([\w.-]+)[ \t]*:[ \t]*(.*)\n?", re.MULTILINE)
_HIDDEN = re.compile(r"\b(?:include|echo)\s*[=:]\s*F(?:ALSE)?\b|\b(?:include|echo):\s*false\b", re.IGNORECASE)


def with_includes(text: str, resolve: Callable[[str], bytes | None]) -> tuple[list[str], list[int]]:
    """The lines of a text with the files in it that it includes, and for each its line in the text, from 0.

    A directive whose file cannot be had stays as it is.

    Args:
        text: A file.
        resolve: The content of a file by its address, or None.
    """

    def included(match: re.Match[str]) -> str:
        data = resolve(match["mdbook"] or match["quarto"])
        if data is None:
            return match[0]
        inner = data.decode("utf-8", errors="replace").replace("\r\n", "\n").rstrip("\n")
        return _selected(inner, (match["part"] or "").lstrip(":"))

    lines: list[str] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n")):
        written = _ESCAPED.sub(r"\1", _INCLUDE.sub(included, line)) if "{{" in line else line
        added = written.split("\n")
        lines += added
        numbers += [number] * len(added)
    return lines, numbers


def left_include(line: str) -> bool:
    """Whether a line still asks for a file."""
    return "{{" in line and bool(_INCLUDE.search(line))


def _selected(text: str, part: str) -> str:
    """The lines of an included file that mdBook's directive asks for: `2:10`, `:10`, `2`, or an anchor."""
    lines = text.split("\n")
    if part and not re.fullmatch(r"\d*(?::\d*)?", part):
        begin = next((at for at, line in enumerate(lines) if re.search(rf"ANCHOR:\s*{re.escape(part)}\b", line)), -1)
        end = next(
            (at for at, line in enumerate(lines) if re.search(rf"ANCHOR_END:\s*{re.escape(part)}\b", line)), None
        )
        lines = lines[begin + 1 : end]
    elif part:
        first, colon, last = part.partition(":")
        lines = lines[max(0, int(first or 1) - 1) : int(last) if last else None if colon else int(first or 1)]
    return "\n".join(line for line in lines if not _ANCHOR.search(line))


def plain_chunks(written: str) -> tuple[str, int, int]:
    """A block in which fences of code that R Markdown or Quarto would run are plain code.

    Returns:
        The block, without chunks whose code was not to be shown; how many chunks it had, and how many were left out.
    """
    counts = [0, 0]

    def plain(match: re.Match[str]) -> str:
        counts[0] += 1
        rest = match["code"]
        options = f"{match['options']} " + " ".join(f"{name}: {value}" for name, value in _OPTION.findall(rest))
        if _HIDDEN.search(options):
            counts[1] += 1
            return ""
        code = _OPTION.sub("", rest)
        return f"{match['indent']}{match['fence']}{match['engine']}\n{code}{match['end']}"

    return _CHUNK.sub(plain, written), counts[0], counts[1]
