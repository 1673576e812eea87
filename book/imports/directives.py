"""What other tools execute when they make a book: includes of mdBook and Quarto, chunks of code of R Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import yaml

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


@dataclass(frozen=True, slots=True)
class Chunks:
    """A block in which fences of code that R Markdown or Quarto would run are plain code."""

    markdown: str
    """The block, without chunks whose code was not to be shown."""
    count: int = 0
    """How many chunks it had."""
    hidden: int = 0
    """How many were left out."""
    labels: tuple[str, ...] = ()
    """The labels of its first chunk, as references write them."""
    caption: str = ""
    """The caption of what its first chunk draws or prints."""
    alt: str = ""
    """The text alternative of that."""
    picture: str = ""
    """The address of the picture that its only chunk shows."""


def plain_chunks(written: str) -> Chunks:
    """A block with its chunks of code as plain code."""
    counts = [0, 0]
    first: dict[str, str] = {}

    def plain(match: re.Match[str]) -> str:
        counts[0] += 1
        options = _options(match)
        if counts[0] == 1:
            first.update(options)
        if _HIDDEN.search(" ".join(f"{name}: {value}" for name, value in options.items())):
            counts[1] += 1
            return ""
        code = "".join(line for line in match["code"].splitlines(keepends=True) if not _OPTION_LINE.match(line))
        return f"{match['indent']}{match['fence']}{match['engine']}\n{code}{match['end']}"

    whole = _CHUNK.fullmatch(written.strip())
    markdown = _CHUNK.sub(plain, written)
    label = first.get("label", "")
    labels = (label, f"fig:{label}", f"tab:{label}") if label else ()
    caption, alt = (next((first[name] for name in names if first.get(name)), "") for names in _CAPTIONS)
    shown = _SHOWS.fullmatch(re.sub(r"(?m)^\s*#.*\n?", "", whole["code"]).strip()) if whole else None
    return Chunks(markdown, counts[0], counts[1], labels, caption, alt, shown["path"] if shown else "")


_CAPTIONS = (("fig-cap", "fig.cap", "tbl-cap"), ("fig-alt", "fig.alt"))
_OPTION_LINE = re.compile(r"[ \t>]*#\|")
_SHOWS = re.compile(r"(?:knitr::)?include_graphics\(\s*(?:path\s*=\s*)?[\"'](?P<path>[^\"']+)[\"'](?:,[^()]*)?\)")
"""Code that shows a picture, and does nothing else."""
_ARGUMENT = re.compile(r"(?P<name>[\w.-]+)\s*=\s*(?P<value>\"(?:\\.|[^\"])*\"|'[^']*'|[^,]*)")


def _options(match: re.Match[str]) -> dict[str, str]:
    """The options of a chunk: in its head (`r label, echo=FALSE`), or below it (`#| echo: false`)."""
    head = match["options"].strip(" ,")
    named = re.match(r"(?P<label>[\w:.-]+)\s*(?:,|$)", head)
    found = {"label": named["label"]} if named else {}
    for one in _ARGUMENT.finditer(head):
        value = one["value"].strip()
        found[one["name"]] = value[1:-1] if value[:1] in "\"'" else value
    lines = [_OPTION_LINE.sub("", line) for line in match["code"].splitlines() if _OPTION_LINE.match(line)]
    try:
        below = yaml.safe_load("\n".join(lines)) if lines else {}
    except (yaml.YAMLError, ValueError):  # the latter of a date that no calendar has
        below = dict(re.findall(r"(?m)^\s*([\w.-]+)[ \t]*:[ \t]*(.*)$", "\n".join(lines)))
    if isinstance(below, dict):
        found |= {str(name): " ".join(str(value).split()) for name, value in below.items() if value is not None}
    return found
