"""What a chapter may be made of: elements, attributes and their values (HTML, Living Standard). All else is left out.

A chapter is text, not a program, and the stylesheets decide how it looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

TAGS = frozenset({
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip
"""Elements that prose may be made of."""
EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "translate"})
"""Attributes that every element may have."""
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "a": frozenset({"href"}),
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "td": frozenset({"colspan", "rowspan", "headers", "align"}),
    "th": frozenset({"colspan", "rowspan", "headers", "scope", "abbr", "align"}),
    "p": frozenset({"note"}),  # of an attribution; taken away when quotations are finished
    "time": frozenset({"datetime"}),
}
"""Attributes that one element may have."""
WITH_CONTENT = frozenset({
    "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
"""Elements of which nothing is kept."""

RESERVED = frozenset({"backlink", "citation", "citations", "footnote", "footnotes", "noteref", "xref"})
"""Classes that say what an element is to the program; authors cannot give them."""


def _number(least: int, most: int) -> Callable[[str], bool]:
    """Whether a value is a whole number in a range."""
    return lambda value: bool(re.fullmatch(r"-?[0-9]{1,9}", value)) and least <= int(value) <= most


def _word(*words: str) -> Callable[[str], bool]:
    """Whether a value is one of some words."""
    return lambda value: value.lower() in words


_VALUES: Mapping[str, Callable[[str], bool]] = {
    "dir": _word("ltr", "rtl", "auto"),
    "translate": _word("yes", "no", ""),
    "colspan": _number(1, 1000),  # HTML, 4.9.11
    "rowspan": _number(0, 65534),
    "span": _number(1, 1000),
    "width": _number(0, 100_000),
    "height": _number(0, 100_000),
    "start": _number(-999_999_999, 999_999_999),
    "value": _number(-999_999_999, 999_999_999),
    "type": _word("1", "a", "i"),
    "scope": _word("row", "col", "rowgroup", "colgroup"),
    "align": _word("left", "right", "center", "justify"),
}
"""What the values of attributes may be, where that is not any text; of languages a check of the manuscript tells."""


def cut(tag: str, attributes: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    """The attributes that an element keeps, and what is wrong with the others, in one sentence each."""
    kept: dict[str, str] = {}
    wrong: list[str] = []
    known = EVERYWHERE | ATTRIBUTES.get(tag, frozenset())
    for name, value in attributes:
        check = _VALUES.get(name)
        if name not in known:
            wrong.append(f'the attribute "{name}" of <{tag}> is left out')
        elif check is not None and not check(value):
            wrong.append(f'"{_short(value)}" is no value of the attribute "{name}" of <{tag}>, which is left out')
        elif name == "class" and (reserved := [one for one in value.split() if one in RESERVED]):
            wrong += [f'the class "{one}" is one of the program\'s own, and is left out' for one in reserved]
            if others := " ".join(one for one in value.split() if one not in RESERVED):
                kept[name] = others
        else:
            kept[name] = value
    return kept, wrong


def _short(value: str) -> str:
    """A value as a message shows it."""
    return value if len(value) <= 40 else f"{value[:39]}…"
