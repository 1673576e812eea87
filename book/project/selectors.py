"""How long it takes to find the elements that a rule of a stylesheet is for: it can be longer than anybody waits.

The layout engine, like browsers, tries for each element all ways in which what stands before a combinator may be found
above or before it: `g g g g rect` in elements 100 deep takes millions of steps for each `rect`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

MOST = 10**12
"""A number of steps beyond which no further ones are counted."""
_LONG = 50
"""Parts of a selector that are too many: they would be tried by functions within functions."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The measures of a tree of elements that the time of selectors depends on."""

    elements: int
    """How many there are."""
    depth: int
    """How deep they are nested."""
    siblings: int
    """The most children of one element."""

    @classmethod
    def of(cls, root: Any) -> Shape:
        """The measures of the tree below an element of lxml."""
        elements, deepest, siblings = 0, 1, 1
        waiting = [(root, 1)]
        while waiting:
            element, depth = waiting.pop()
            elements, deepest, siblings = elements + 1, max(deepest, depth), max(siblings, len(element))
            waiting += ((child, depth + 1) for child in element)
        return cls(elements, deepest, siblings)


def cost(prelude: Iterable[Any], shape: Shape) -> int:
    """The most steps that a rule for some selectors may take.

    Args:
        prelude: The selectors, as tokens of tinycss2.
        shape: The tree that they are looked for in.
    """
    return sum(min(shape.elements * _factor(selector, shape), MOST) for selector in _split(prelude))


def _split(tokens: Iterable[Any]) -> Iterator[list[Any]]:
    """The selectors between commas."""
    selector: list[Any] = []
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            yield selector
            selector = []
        else:
            selector.append(token)
    yield selector


def _factor(selector: list[Any], shape: Shape) -> int:
    """The most steps that a selector may take for one element."""
    factor, parts = 1, 0
    gap, mark = False, ""
    for token in selector:
        if token.type in ("whitespace", "comment"):
            gap = True
        elif token.type == "literal" and token.value in (">", "+", "~", "|"):
            mark = token.value
        else:
            if (mark or gap) and parts:
                factor *= {"~": shape.siblings, "": shape.depth}.get(mark, 1)
            if mark or gap or not parts:
                parts += 1
            gap, mark = False, ""
            if token.type == "function":
                factor *= _function(token, shape)
            elif token.type == "ident" and token.lower_value.endswith("of-type"):
                factor *= shape.siblings
    return MOST if parts > _LONG else min(factor, MOST)


def _function(token: Any, shape: Shape) -> int:
    """The most steps that a selector in brackets may take for one element."""
    if token.lower_name.startswith("nth-"):
        return shape.siblings
    inner = sum(_factor(selector, shape) for selector in _split(token.arguments))
    return inner * shape.elements if token.lower_name == "has" else inner
