"""Marks words in scripts other than the document's with their language, so that a font is found for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.imports.language import language_of

_SCRIPTS = {
    "\u4e00-\u9fff\u3400-\u4dbf\u3040-\u30ff\u3005-\u3007": ("zh", "ja"),
    "\uac00-\ud7af\u1100-\u11ff": ("ko",),
    "\u0600-\u06ff\u0750-\u077f": ("ar", "fa", "ur"),
    "\u0590-\u05ff": ("he", "yi"),
    "\u0900-\u097f": ("hi", "mr", "ne", "sa"),
    "\u0e00-\u0e7f": ("th",),
}
"""The letters of each script, and the languages whose documents are written in it."""
_GUESSED = {"\u0900-\u097f": "hi", "\u0e00-\u0e7f": "th"}
_MARKS = r"\s\u00b7\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\u060c\u061b\u061f"
"""What stands between words of one run."""
_KEPT = re.compile(
    r"(?P<fence>^[ \t>]*(?P<ticks>```+|~~~+).*?(?:^[ \t>]*(?P=ticks)[`~]*[ \t]*$|\Z))"
    r"|(?P<mark>`+)[^`]+?(?P=mark)(?!`)|<!--.*?-->|\]\([^)\n]*\)|\{[^{}\n]*\}|<[^<>\n]+>|\[\^[^\]\n]*\]|\[[^\[\]\n]*@[^\[\]\n]*\]"
    r"|\[[^\[\]\n]*\]\{[^{}\n]*lang=[^{}\n]*\}|^\[[^\]\n]+\]:.*$|\$\$?[^$\n]+\$\$?|^(?: {4}|\t).*$",
    re.MULTILINE | re.DOTALL,
)
"""What is no running text: code, comments, addresses, attributes, tags, calls of notes, citations, formulas."""


def with_languages(text: str, language: str) -> str:
    """A chapter's Markdown whose words in other scripts say their language: `[\u5341\u516b\u6d1e\u6751]{lang=zh-Hans}`.

    Args:
        text: The Markdown, without front matter.
        language: BCP 47 tag of the document's language.
    """
    scripts = [letters for letters, tags in _SCRIPTS.items() if language.partition("-")[0].lower() not in tags]
    runs = re.compile("|".join(f"[{one}](?:[{_MARKS}]*[{one}])*" for one in scripts))
    if not runs.search(text):
        return text
    parts: list[str] = []
    done = 0
    for kept in [*_KEPT.finditer(text), None]:
        parts.append(runs.sub(_marked, text[done : kept.start() if kept else len(text)]))
        if kept:
            parts.append(kept[0])
            done = kept.end()
    return "".join(parts)


def _marked(run: re.Match[str]) -> str:
    """A run of words with its language, line by line."""
    return "\n".join(f"[{line}]{{lang={_tag(line)}}}" if line.strip() else line for line in run[0].split("\n"))


def _tag(words: str) -> str:
    """The language of words in one script, as it is likeliest."""
    letters = next((one for one in _GUESSED if re.search(f"[{one}]", words)), None)
    return _GUESSED[letters] if letters else language_of(words)


def marked_words(text: str) -> Iterator[str]:
    """The words in a chapter that `with_languages` marked, with their language."""
    for match in re.finditer(r"\[([^\[\]\n]+)\]\{lang=([\w-]+)\}", text):
        yield f"{match[1]} ({match[2]})"
