"""Cleans what a drawing says in CSS: what is no valid rule, imports, and addresses that lead out of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import tinycss2

RASTER = re.compile(r"data:image/(?:png|jpe?g|gif|webp)\s*[;,]", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_MAY_FETCH = re.compile(r"url|image|import|src|\\", re.IGNORECASE)
LARGEST_MEASURE = 1_000_000
"""Largest number in the size of a drawing or of its type; Pango knows no larger type."""
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LENGTH = re.compile(rf"(?:{_NUMBER.pattern})(?:[a-zA-Z]{{1,4}}|%)?|(?!inf|nan)[a-z-]{{4,}}")
_SIZES = re.compile(r"(?<![\w-])font(?:-size)?\s*:[^;{}]*", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(slots=True)
class CleanStyle:
    """A stylesheet in a drawing, without what it may not have."""

    text: str | None
    """Its new text; None if it stays as it is."""
    left_out: Counter[str] = field(default_factory=Counter)
    """What was left out, as written in the drawing."""
    silent: int = 0
    """Number of things left out that no program reads."""
    selectors: list[list[Any]] = field(default_factory=list)
    """What its rules are for, as tokens."""


def clean_style(text: str) -> CleanStyle:
    """A stylesheet without what is no valid rule, `@import`, and what fetches something.

    Raises:
        RecursionError: It is nested too deep.
    """
    found = CleanStyle(None)
    tokens = tinycss2.parse_component_value_list(text, skip_comments=True)
    kept = _without_imports(tokens)
    found.silent = int("/*" in _COMMENT.sub("", text))  # a comment without an end
    if len(kept) != len(tokens):
        found.left_out["@import"] += 1
    for token in _fetching(kept):
        found.left_out[f"url({shortened(token.value)})"] += 1
        token.value, token.representation = "#", '"#"' if token.type == "string" else "url(#)"
    rules = _valid_rules(tinycss2.parse_stylesheet(kept, skip_comments=True, skip_whitespace=True))
    if rules.wrong:
        found.left_out["CSS that is not valid"] += rules.wrong
    found.selectors = list(_selectors(rules.kept))
    if found.left_out or found.silent:
        found.text = tinycss2.serialize(rules.kept)
    return found


def _selectors(rules: Iterable[Any]) -> Iterator[list[Any]]:
    """What rules are for, those within `@media` too."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule.prelude
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            yield from _selectors(rule.content or ())


def is_readable(attribute: str, value: str) -> bool:
    """Whether an attribute is no measure, or one that programs can compute with (SVG 2, 7.2 and 8.2)."""
    if attribute == "viewBox":
        numbers = re.split(r"\s*,\s*|\s+", value.strip())
        return len(numbers) == 4 and all(_NUMBER.fullmatch(number) and _is_reasonable(number) for number in numbers)
    if attribute in ("width", "height", "font-size"):
        return bool(_LENGTH.fullmatch(value.strip())) and _is_reasonable(value)
    if attribute in ("font", "style"):
        return all(_is_reasonable(size[0]) for size in _SIZES.finditer(value))
    return True


def _is_reasonable(value: str) -> bool:
    """Whether no number in a text is larger than anybody draws."""
    return all(abs(float(number[0])) <= LARGEST_MEASURE for number in _NUMBER.finditer(value))


def is_inside(element: str, address: str) -> bool:
    """Whether an address leads to a place in the drawing, or is a picture that the drawing contains; links lead out."""
    if element == "a":
        return address.startswith("#") or bool(_ADDRESS.match(address))
    return address.startswith("#") or (element in ("image", "feImage") and bool(RASTER.match(address)))


def fetches(value: str) -> bool:
    """Whether a value in the language of CSS refers to something outside of the drawing."""
    if not _MAY_FETCH.search(value):
        return False
    tokens = tinycss2.parse_component_value_list(value)
    return any(_fetching(tokens)) or _is_indirect(tokens)


_FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"})
"""Functions of CSS that take an address, most of them as a text."""


def _is_indirect(tokens: list[Any], *, fetched: bool = False) -> bool:
    """Whether an address is named by what stands elsewhere: `image-set(var(--x) 1x)`."""
    for token in tokens:
        if token.type == "function":
            if fetched and token.lower_name in ("var", "env", "attr"):
                return True
            if _is_indirect(token.arguments, fetched=fetched or token.lower_name in _FETCHING):
                return True
        elif token.type.endswith(" block") and _is_indirect(token.content, fetched=fetched):
            return True
    return False


def _is_plain(declaration: Any) -> bool:
    """Whether a declaration has no address that stands elsewhere, and no size out of bounds."""
    return not _is_indirect(declaration.value) and is_readable("style", declaration.serialize())


def _fetching(tokens: list[Any]) -> Iterator[Any]:
    """The addresses among some tokens that lead out of the drawing."""
    for token in tokens:
        if token.type == "url":
            if not is_inside("image", token.value.strip()):
                yield token
        elif token.type == "function":
            if token.lower_name in _FETCHING:
                named = (one for one in token.arguments if one.type == "string")
                yield from (one for one in named if not is_inside("image", one.value))
            yield from _fetching([one for one in token.arguments if one.type != "string"])
        elif token.type.endswith(" block"):
            yield from _fetching(token.content)


class _Rules(NamedTuple):
    """Rules of a stylesheet that are valid, and the number of those that are not."""

    kept: list[Any]
    wrong: int


def _valid_rules(rules: Iterable[Any]) -> _Rules:
    """The rules of a stylesheet that can be read: EPUBCheck reports others as errors (CSS-008)."""
    kept: list[Any] = []
    wrong = 0
    for rule in rules:
        if rule.type == "qualified-rule":
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            valid = [part for part in parts if part.type == "declaration" and _is_plain(part)]
            wrong += len(parts) - len(valid)
            if not any(token.type not in ("whitespace", "comment") for token in rule.prelude):
                wrong += 1
                continue
            rule.content = [token for part in valid for token in _written(part)]
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports") and rule.content is not None:
            inner = _valid_rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
            rule.content, wrong = inner.kept, wrong + inner.wrong
        elif rule.type == "error" or rule.lower_at_keyword == "import":
            wrong += 1
            continue
        kept.append(rule)
    return _Rules(kept, wrong)


def _written(declaration: Any) -> Iterator[Any]:
    """A declaration as tokens, with its end."""
    yield from tinycss2.parse_component_value_list(f"{declaration.serialize()};")


def _without_imports(tokens: list[Any]) -> list[Any]:
    """The tokens of a stylesheet without its `@import` rules."""
    kept, inside = [], False
    for token in tokens:
        if token.type == "at-keyword" and token.lower_value == "import":
            inside = True
        elif not inside:
            kept.append(token)
        elif token.type == "literal" and token.value == ";":
            inside = False
    return kept


def shortened(value: str) -> str:
    """The beginning of a value, for messages."""
    value = " ".join(value.split())
    return value if len(value) <= 40 else f"{value[:39]}…"
