"""The allow-list of HTML elements, attributes and values in chapters (HTML, Living Standard); the rest is removed.

A chapter is text, not a program, and its look is decided by stylesheets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from book.manuscript.classes import KEYS
from book.problem import slip_of

LOOKS = "chapters are text: their looks belong in a stylesheet"
"""The hint where markup is left out."""
TAGS = frozenset({
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd",
    "del", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img",
    "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
})  # fmt: skip
"""Allowed elements."""
EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title", "translate"})
"""Attributes that are allowed on every element."""
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
    "p": frozenset({"note"}),
    "span": frozenset({"note"}),  # of an attribution; taken away when quotations are finished
    "time": frozenset({"datetime"}),
}
"""Further attributes by element."""
WITH_CONTENT = frozenset({
    "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "textarea", "title",
})  # fmt: skip
"""Elements that are removed together with their content."""

RESERVED = frozenset({"backlink", "citation", "citations", "footnote", "footnotes", "noteref", "xref"})
"""Classes with a meaning to the program, which authors cannot use."""


_DATETIME = re.compile(
    r"[0-9]{4,}|(?:[0-9]{4,}-)?[0-9]{2}-[0-9]{2}|[0-9]{4,}-(?:W?[0-9]{2})|[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?"
    r"|[0-9]{4,}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
)
"""A date or a time (HTML, 4.5.14); durations are left out."""


def is_datetime(text: str) -> bool:
    """Whether a text is a date or a time in figures, as `time` has it without the attribute `datetime`."""
    return _DATETIME.fullmatch(text.strip()) is not None


def _number(least: int, most: int) -> Callable[[str], bool]:
    """A check that a value is a whole number in a range."""
    return lambda value: bool(re.fullmatch(r"-?[0-9]{1,9}", value)) and least <= int(value) <= most


def _word(*words: str) -> Callable[[str], bool]:
    """A check that a value is one of some words."""
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
    "datetime": is_datetime,
    "cite": lambda value: bool(re.fullmatch(r"(?:https?://|urn:|doi:)[!#-;=?-~]+", value)),
    "align": _word("left", "right", "center", "justify"),
}
"""Checks of attribute values, by attribute; language tags are checked elsewhere."""


def cut(tag: str, attributes: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """The attributes that an element keeps, and a sentence and a hint about each that is removed."""
    kept: dict[str, str] = {}
    wrong: list[tuple[str, str]] = []
    known = EVERYWHERE | ATTRIBUTES.get(tag, frozenset())
    for name, value in attributes:
        check = _VALUES.get(name)
        if name not in known:
            meant = slip_of(name, (*sorted(known), *KEYS))
            wrong.append(
                (f'the attribute "{name}" of <{tag}> is left out', f'did you mean "{meant}"?' if meant else LOOKS)
            )
        elif check is not None and not check(value):
            message = f'"{_short(value)}" is no value of the attribute "{name}" of <{tag}>, which is left out'
            wrong.append((message, LOOKS))
        elif name == "class" and (reserved := [one for one in value.split() if one in RESERVED]):
            wrong += [(f'the class "{one}" is one of the program\'s own, and is left out', LOOKS) for one in reserved]
            if others := " ".join(one for one in value.split() if one not in RESERVED):
                kept[name] = others
        else:
            kept[name] = value
    return kept, wrong


def _short(value: str) -> str:
    """A value shortened for a message."""
    return value if len(value) <= 40 else f"{value[:39]}…"
