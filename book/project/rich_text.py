"""Markup in one line of text, such as a title: CSL's tags and, in YAML, Pandoc's Markdown too.

CSL 1.0.2, "Rich text markup within fields": `<i> <b> <sup> <sub>`, small capitals, `<span class="nocase">`. Pandoc
User's Guide, "Specifying bibliographic data": `*…*`, `^…^`, `~…~`, `[…]{.nocase}`.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape

from book.model.sources import RichText

_TAGS = {"i": "i", "em": "i", "b": "b", "strong": "b", "sup": "sup", "sub": "sub", "sc": "span", "code": "code"}
"""What an element becomes. A `span` is judged by its attributes; other elements are dropped, but not their text."""
SMALL_CAPS = "smallcaps"
"""The class of words in small capitals."""
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)(?:\s[^<>]*)?/?>")
_SMALL = re.compile(r"small-?caps|\bsc\b", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGNS = re.compile(r"[\\*_`^~\[]")
_HIDDEN = 0xE100
"""Private use characters that stand for escaped characters while Markdown is parsed."""
_MARKDOWN = (
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), r"<b>\1\2</b>"),
    (re.compile(r"\*(?=\S)(.+?)(?<=\S)\*|(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), r"<i>\1\2</i>"),
    (re.compile(r"\^(\S+?)\^"), r"<sup>\1</sup>"),
    (re.compile(r"(?<!~)~([^\s~]+)~(?!~)"), r"<sub>\1</sub>"),
    (re.compile(r"\[([^\[\]]*)\]\{[^{}]*small-?caps[^{}]*\}"), r"<sc>\1</sc>"),
    (re.compile(r"\[([^\[\]]*)\](?:\{[^{}]*\}|\([^()\s]*\))"), r"\1"),
)


def from_csl(text: str) -> str:
    """Parse a text with CSL's tags: a `RichText` if it has markup, else a plain string."""
    if "<" not in text:
        return text
    reader = _Reader(text)
    plain, html = "".join(reader.plain), "".join(reader.html)
    return RichText(plain, html) if html != escape(plain, quote=False) else plain


def from_markdown(text: str) -> str:
    """Parse a text with inline Markdown or CSL's tags: a `RichText` if it has markup, else a plain string."""
    if not set("\\*_`^~[<") & set(text):
        return text
    hidden = _ESCAPED.sub(lambda found: chr(_HIDDEN + ord(found[1])), text)
    for pattern, tagged in _MARKDOWN:
        hidden = pattern.sub(tagged, hidden)
    read = from_csl(hidden)
    plain = _shown(read)
    return RichText(plain, _shown(read.html, escaped=True)) if isinstance(read, RichText) else plain


_UNREAD = (
    ("a citation", re.compile(r"\[(?=(?:[^\[\]@]|(?<=\w)@|@(?![\w{]))*+@)[^\[\]]*+\](?!\()")),
    ("a note", re.compile(r"\[\^[^\[\]\s]+\]|\^\[[^\[\]]+\]")),
    ("a picture", re.compile(r"!\[[^\[\]]*\]\([^()]*\)")),
    ("a link", re.compile(r"(?<!!)\[[^\[\]]+\]\([^()\s]+\)")),
    ("a formula", re.compile(r"(?<![\w$])\$(?! )(?=[^$\\^_=+]*+[\\^_=+])[^$]*+(?<! )\$(?![\w$])")),
)
"""Markup of chapters that a line of text cannot hold: what it is, and how it is written; searched in linear time."""


def unread(text: str) -> list[str]:
    """What in a text with inline Markdown is markup that `from_markdown` does not read, or leaves out: `a citation`."""
    if not set("[$") & set(text):
        return []
    shown = re.sub(r"`[^`]*`", "", _ESCAPED.sub("", text))
    return [what for what, pattern in _UNREAD if pattern.search(shown)]


def to_csl(text: str) -> str:
    """A text in CSL-JSON's form, which `from_csl` can parse."""
    if not isinstance(text, RichText):
        return text
    small = text.html.replace(f'<span class="{SMALL_CAPS}">', '<span style="font-variant: small-caps;">')
    return unescape(small)


def as_markdown(text: str) -> str:
    """A text with CSL's tags and escaped Markdown characters, which `from_markdown` can parse."""
    return _SIGNS.sub(r"\\\g<0>", text) if from_markdown(text) != from_csl(text) else text


def dropped_tags(text: str) -> list[str]:
    """The names of tags that `from_csl` drops: those that CSL does not have, or that are not closed."""
    count = Counter("/" * found[0].startswith("</") + found[1].lower() for found in _TAG.finditer(text))
    names = {name.removeprefix("/") for name in count}
    known = {*_TAGS, "span"}
    return sorted(name for name in names if (count[name] != count[f"/{name}"] if name in known else count[f"/{name}"]))


def _shown(text: str, *, escaped: bool = False) -> str:
    """A text with its escaped characters restored."""

    def character(found: re.Match[str]) -> str:
        shown = chr(ord(found[0]) - _HIDDEN)
        return escape(shown, quote=False) if escaped else shown

    return re.sub(f"[{chr(_HIDDEN + 0x21)}-{chr(_HIDDEN + 0x7E)}]", character, text)


class _Reader:
    """Parses a text with tags; elements that are closed in the wrong order are corrected."""

    def __init__(self, text: str) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._count: Counter[str] = Counter()
        ends: dict[str, int] = {}
        lower, place = text.lower(), 0
        for found in _TAG.finditer(text):
            name, closing = found[1].lower(), found[0].startswith("</")
            if name not in ends:
                ends[name] = lower.rfind(f"</{name}>")
            paired = self._count[name] > 0 if closing else ends[name] > found.start()
            if paired or name in _TAGS or name == "span":
                self._say(text[place : found.start()])
                place = found.end()
            if paired:
                self._close(name) if closing else self._begin(name, found[0])
        self._say(text[place:])
        while self._open:
            self._close(self._open[-1][0])

    def _say(self, words: str) -> None:
        """Words between tags."""
        self.plain.append(words)
        self.html.append(escape(words, quote=False))

    def _begin(self, name: str, tag: str) -> None:
        """An opening tag."""
        small = name == "sc" or (name == "span" and _SMALL.search(tag))
        element = "span" if small else "" if name == "span" else _TAGS.get(name, "")
        self._open.append((name, element))
        self._count[name] += 1
        if element:
            self.html.append(f'<span class="{SMALL_CAPS}">' if small else f"<{element}>")

    def _close(self, name: str) -> None:
        """A closing tag; elements that are still open inside it are closed first."""
        while True:
            inner, element = self._open.pop()
            self._count[inner] -= 1
            if element:
                self.html.append(f"</{element}>")
            if inner == name:
                return
