"""Leaves out of a project's stylesheets what an EPUB cannot contain, and says so (EPUB 3.3, 6.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import tinycss2

from book.problem import Problem, Span, warning

FORBIDDEN = frozenset({"direction", "unicode-bidi"})
"""Properties that the text itself has to declare (EPUB 3.3, 6.3.1.1: `dir`, `bdo`)."""
_GROUPS = frozenset({"media", "supports", "layer", "container"})
"""At-rules that contain rules."""
_DIRECTION = 'say it in the text, which stylesheets can be left out of: [words]{dir="rtl"}, or a language'
_SYNTAX = "reading systems that come upon it may drop the whole file; mend it"


def clean(tokens: Sequence[Any], path: str) -> tuple[str, tuple[Problem, ...]]:
    """A stylesheet without what an EPUB cannot contain, and a `stylesheet` warning for each thing left out.

    Args:
        tokens: Its component values (tinycss2).
        path: Its path, for messages.
    """
    problems: list[Problem] = []
    plain = [token for token in tokens if not (token.type == "literal" and token.value in ("<!--", "-->"))]
    rules = [*_rules(tinycss2.parse_stylesheet(plain), path, problems)]
    return str(tinycss2.serialize(rules)), tuple(problems)


def _rules(rules: Iterable[Any], path: str, problems: list[Problem]) -> Iterator[Any]:
    """The rules that stay, with the declarations that stay."""
    for rule in rules:
        stray = next((one for one in getattr(rule, "prelude", ()) if one.type == "error"), None)
        if rule.type == "error" or stray is not None:
            message = rule.message if stray is None else stray.message
            problems.append(_left_out(f"this is not CSS: {message}", path, stray or rule, _SYNTAX))
            continue
        if rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _GROUPS:
            inner = tinycss2.parse_rule_list(rule.content)
            rule.content = [*_rules(inner, path, problems)]
        elif rule.type == "qualified-rule" or (rule.type == "at-rule" and rule.content is not None):
            rule.content = _declarations(rule.content, path, problems)
        yield rule


def _declarations(content: Sequence[Any], path: str, problems: list[Problem]) -> Sequence[Any]:
    """The content of a rule, as it is if everything in it can stay."""
    parts = tinycss2.parse_blocks_contents(content)
    kept = [part for part in parts if not _is_wrong(part, path, problems)]
    if len(kept) == len(parts):
        return content
    text = "".join(f"{part.serialize()};" if part.type == "declaration" else part.serialize() for part in kept)
    return list(tinycss2.parse_component_value_list(text))


def _is_wrong(part: Any, path: str, problems: list[Problem]) -> bool:
    """Whether a part of a rule has to be left out; then that is a problem."""
    if part.type == "declaration" and part.lower_name in FORBIDDEN:
        problems.append(_left_out(f'"{part.name}" must not stand in the stylesheet of an EPUB', path, part, _DIRECTION))
    elif part.type == "declaration" and part.lower_name == "position" and _value(part) == "fixed":
        message = '"position: fixed" must not stand in the stylesheet of an EPUB'
        problems.append(_left_out(message, path, part, "reading systems have pages of their own; use `relative`"))
    elif part.type == "error":
        problems.append(_left_out(f"this is not CSS: {part.message}", path, part, _SYNTAX))
    elif part.type == "qualified-rule":
        problems.append(_left_out("a rule stands in another rule", path, part, "write it behind the other; " + _SYNTAX))
    else:
        return False
    return True


def _value(declaration: Any) -> str:
    """The value of a declaration, in lower case."""
    return str(tinycss2.serialize(declaration.value)).strip().lower()


def _left_out(message: str, path: str, node: Any, hint: str) -> Problem:
    """A warning about something that is left out."""
    return warning("stylesheet", f"{message}, and is left out", Span(path, node.source_line, node.source_column), hint)
