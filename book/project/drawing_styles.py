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
    if found.left_out or found.silent:
        found.text = tinycss2.serialize(rules.kept)
    return found


def is_inside(element: str, address: str) -> bool:
    """Whether an address leads to a place in the drawing, or is a picture that the drawing contains; links lead out."""
    if element == "a":
        return address.startswith("#") or bool(_ADDRESS.match(address))
    return address.startswith("#") or (element in ("image", "feImage") and bool(RASTER.match(address)))


def fetches(value: str) -> bool:
    """Whether a value in the language of CSS refers to something outside of the drawing."""
    return bool(_MAY_FETCH.search(value)) and any(_fetching(tinycss2.parse_component_value_list(value)))


def _fetching(tokens: list[Any]) -> Iterator[Any]:
    """The addresses among some tokens that lead out of the drawing."""
    for token in tokens:
        if token.type == "url":
            if not is_inside("image", token.value.strip()):
                yield token
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
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
            valid = [part for part in parts if part.type == "declaration"]
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
