"""Marks words in scripts other than the document's with their language, so that a font is found for them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from book.imports.language import language_of
from book.imports.markdown_code import CODE, FLAGS

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
_KEPT = (
    rf"{CODE}|<!--.*?-->|!\[(?:[^\[\]\n]|\[[^\[\]\n]*\])*\]"
    r"|\]\([^)\n]*\)|\{[^{}\n]*\}|<[^<>\n]+>|\[\^[^\]\n]*\]|\[[^\[\]\n]*@[^\[\]\n]*\]"
    r"|\[[^\[\]\n]*\]\{[^{}\n]*lang=[^{}\n]*\}|^\[[^\]\n]+\]:[^\n]*$|\$\$?[^$\n]+\$\$?|^(?: {4}|\t)[^\n]*$"
)
"""What is no running text: code, comments, pictures, addresses, attributes, tags, calls of notes, formulas, …"""
_DEFINED = re.compile(r"^ {0,3}\[(?P<label>[^\]\n]+)\]:[ \t]*\S", re.MULTILINE)


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
    labels = "|".join(re.escape(match["label"]) for match in _DEFINED.finditer(text)) or r"(?!)"
    kept = re.compile(rf"{_KEPT}|(?<!\])\[(?P<shortcut>(?i:{labels}))\](?:\[\])?(?![\[(:{{])|\]\[[^\[\]\n]*\]", FLAGS)
    parts: list[str] = []
    done = 0
    for one in kept.finditer(text):
        parts.append(runs.sub(_marked, text[done : one.start()]))
        label = one["shortcut"]
        parts.append(f"[{runs.sub(_marked, label)}][{label}]" if label and runs.search(label) else one[0])
        done = one.end()
    return "".join([*parts, runs.sub(_marked, text[done:])])


def _marked(run: re.Match[str]) -> str:
    """A run of words with its language, line by line; indentation stays before it."""
    return _LINE.sub(lambda line: f"[{line[0]}]{{lang={_tag(line[0])}}}", run[0])


_LINE = re.compile(r"\S(?:[^\n]*\S)?")
"""What stands in a line."""


def _tag(words: str) -> str:
    """The language of words in one script, as it is likeliest."""
    letters = next((one for one in _GUESSED if re.search(f"[{one}]", words)), None)
    return _GUESSED[letters] if letters else language_of(words)


def marked_words(text: str) -> Iterator[str]:
    """The words in a chapter that `with_languages` marked, with their language."""
    for match in re.finditer(r"\[([^\[\]\n]+)\]\{lang=([\w-]+)\}", text):
        yield f"{match[1]} ({match[2]})"
