"""Reads what Obsidian writes in its own way: links and embeds in double brackets, comments, ids of blocks."""

from __future__ import annotations

import re
from urllib.parse import quote

from book.imports.addresses import PICTURES
from book.imports.markdown_code import outside_code

_EMBED = re.compile(r"!\[\[(?P<target>[^\]\[|]+)(?:\|(?P<label>[^\]\[]*))?\]\]")
_LINK = re.compile(r"(?<!!)\[\[(?P<target>[^\]\[|#]*)(?:#(?P<place>[^\]\[|]*))?(?:\|(?P<label>[^\]\[]*))?\]\](?![(\[])")
"""A link; `[[1]](address)` is one of Markdown."""
_COMMENT = re.compile(r"%%(?!\s*$)(?:(?!%%).)*%%|^%%[ \t]*\n(?:(?!^%%).*\n)*?%%[ \t]*$", re.MULTILINE)
BLOCK_ID = re.compile(r"[ \t]+\^(?P<id>(?=[\d-]*[^\W\d])[\w-]{3,})[ \t]*$")
"""The id of a block, at its end; figures alone, and what is shorter, are a power of something."""


def plain_markdown(text: str) -> tuple[str, list[tuple[int, str]]]:
    """A text with Obsidian's links, embeds and comments as those of Markdown; code stays as it is.

    Returns:
        The text, with as many lines as before; and what cannot be kept, each with its line (0-based).
    """
    notices: list[tuple[int, str]] = []
    if "[[" not in text and "%%" not in text:
        return text, notices
    changed = outside_code(text, lambda part, begin: _converted(part, text.count("\n", 0, begin), notices))
    return changed, notices


def _converted(text: str, line: int, notices: list[tuple[int, str]]) -> str:
    """A piece of text that holds no code."""

    def comment(match: re.Match[str]) -> str:
        notices.append((line + text.count("\n", 0, match.start()), f"left out a comment: {match[0].strip('% ')[:100]}"))
        return "\n" * match[0].count("\n")

    def embed(match: re.Match[str]) -> str:
        target, _, _ = match["target"].partition("#")
        label = (match["label"] or "").strip()
        if target.strip().lower().endswith(PICTURES):
            return f"![{'' if re.fullmatch(r'[0-9x ]*', label) else label}](<{target.strip()}>)"
        told = f"the original shows {match['target'].strip()} here; a link to it stands in its place"
        notices.append((line + text.count("\n", 0, match.start()), told))
        return _link(target, match["target"].partition("#")[2], label)

    def link(match: re.Match[str]) -> str:
        return _link(match["target"], match["place"] or "", match["label"] or "")

    text = _COMMENT.sub(comment, text) if "%%" in text else text
    return _LINK.sub(link, _EMBED.sub(embed, text))


def _link(target: str, place: str, label: str) -> str:
    """A link to a note, or to a heading or a block in it."""
    target, place = target.strip(), place.strip()
    words = label.strip() or " > ".join(filter(None, [target.rpartition("/")[2], place.lstrip("^")]))
    file = f"{quote(target)}.md" if target and not re.search(r"\.\w{2,4}$", target) else quote(target)
    escaped = re.sub(r"([\[\]])", r"\\\1", words)
    return f"[{escaped}]({file}{'#' if place else ''}{quote(place.lstrip('^').rpartition('#')[2])})"
