"""Lists with letters, Roman numbers and parentheses (`a.`, `(iv)`, `B)`), and numbered examples (`(@)`), as in Pandoc.

A list of letters has at least two items that follow each other in their order: a single line that begins with an
initial is text. A capital letter with a full stop needs two spaces behind it ("A. Smith" is a name). Examples are
numbered through the chapter, and `(@label)` in the text stands for the number of the one with that label.

markdown-it's rule for lists parses them: it is shown the text with digits in the place of the letters, as wide as they.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.parser_block import RuleFuncBlockType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline

from book.manuscript.syntax.lines import MARGIN, outside_code

STYLES = {"lower-alpha": "a", "upper-alpha": "A", "lower-roman": "i", "upper-roman": "I"}
"""The kinds of numbers, by the name that CSS and our classes have for them, with HTML's `type`."""
_MARKER = re.compile(
    r"(?P<open>\(?)(?:(?P<letter>[A-Za-z])|(?P<roman>[ivxlcdm]{2,9}|[IVXLCDM]{2,9})|(?P<digits>[0-9]{1,8})"
    r"|@(?P<label>[\w-]*))(?P<close>[.)])(?P<space>[ \t]+)(?=\S)"
)
_EXAMPLE = re.compile(rf"{MARGIN}\(@(?P<label>[\w-]*)\)[ \t]+\S")
_REFERENCE = re.compile(r"@([\w-]+)\)")
_NUMBER = re.compile(r"[0-9]{1,9}[.)][ \t]")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_ROMAN = re.compile("m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_WIDEST = 9
"""Digits that a number in CommonMark can have."""
_NARROWEST = 2
"""Width of a marker of one digit."""


@dataclass(frozen=True, slots=True)
class _Item:
    """The marker of one item."""

    line: int
    found: re.Match[str]

    @property
    def mark(self) -> tuple[str, str, str]:
        """What items of one list have in common: the parentheses, and the kind of number."""
        kind = next(name for name in ("letter", "roman", "digits", "label") if self.found[name] is not None)
        number = self.found["letter"] or self.found["roman"] or ""
        return self.found["open"], self.found["close"], kind if kind in ("digits", "label") else _case(number)

    @property
    def number(self) -> str:
        """The number as it is written."""
        return self.found["letter"] or self.found["roman"] or self.found["digits"] or ""


def rules(md: MarkdownIt) -> None:
    """Register the rule before that for lists, which it calls, and the one for references to examples."""
    numbers = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == "list")
    md.core.ruler.before("block", "examples", _find_examples)
    md.block.ruler.before("list", "enumerated", _rule(numbers), {"alt": ["paragraph", "reference", "blockquote"]})
    md.inline.ruler.before("citations", "example", _reference)


def _find_examples(state: StateCore) -> None:
    """Number the examples of the chapter; a label that is the name of a source cites it."""
    if "(@" not in state.src:
        return
    names = state.env.get("handles", ())
    labels: dict[str, int] = {}
    lines: dict[int, int] = {}
    count = 0
    for line, text in outside_code(state.src.split("\n")):
        found = _EXAMPLE.match(text)
        if found and (not found["label"] or found["label"] in names):
            count += found["label"] not in labels
            lines[line] = labels.setdefault(found["label"], count) if found["label"] else count
    state.env["examples"] = labels
    state.env["example_lines"] = lines


def _rule(numbers: RuleFuncBlockType) -> RuleFuncBlockType:
    """The rule for such lists; `numbers` parses those of CommonMark."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        first = _item(state, start)
        if first is None or state.is_code_block(start):
            return False
        items, stop = _items(state, first, end)
        style, values = _read(state, items)
        if not values or (silent and state.parentType == "paragraph" and values[0] != 1):
            return False
        if silent:
            return True
        stop = items[len(values)].line if len(values) < len(items) else stop
        before, begins, count = state.src, list(state.bMarks), len(state.tokens)
        _write(state, items[: len(values)])
        done = numbers(state, start, stop, False)
        if not done or state.line <= items[len(values) - 1].line:  # pragma: no cover - it takes what is written for it
            state.src, state.bMarks, state.tokens[count:] = before, begins, []
            return False
        closing = {("(", ")"): "parens", ("", ")"): "paren"}.get(first.mark[:2], "")
        state.tokens[count].meta |= {"style": style, "closing": closing, "start": values[0]}
        return True

    return rule


def _item(state: StateBlock, line: int) -> _Item | None:
    """The marker that a line begins with; None if it has none, or one of CommonMark's own."""
    begin = state.bMarks[line] + state.tShift[line]
    if state.src[begin : begin + 1] not in _BEGINNINGS:
        return None
    found = _MARKER.match(state.src, begin, state.eMarks[line])
    if found is None or (found["open"] and found["close"] == "."):
        return None
    if found["label"] is not None:
        return _Item(line, found) if line in state.env.get("example_lines", {}) and found["open"] else None
    initial = found["letter"] and found["letter"].isupper() and found["close"] == "." and found["space"] == " "
    return None if initial or (found["digits"] and not found["open"]) else _Item(line, found)


_BEGINNINGS = frozenset("(abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _items(state: StateBlock, first: _Item, end: int) -> tuple[list[_Item], int]:
    """The items that stand at one indent, with what belongs to each between them, and the line where they end."""
    items, blank = [first], False
    indent = state.sCount[first.line]
    for line in range(first.line + 1, end):
        if state.isEmpty(line):
            blank = True
            continue
        item = _item(state, line) if state.sCount[line] == indent else None
        if item and item.mark == first.mark and _follows(items[-1], item):
            items.append(item)
        elif item or _ends(state, line, indent, blank=blank):
            return items, line
        blank = False
    return items, end


def _follows(before: _Item, item: _Item) -> bool:
    """Whether an item can be the one behind another."""
    one, two = before.number, item.number
    if not one or one.isdigit():
        return not one or int(two) == int(one) + 1
    return any(0 < read(one) == read(two) - 1 for read in (_alpha, _roman))


def _ends(state: StateBlock, line: int, indent: int, *, blank: bool) -> bool:
    """Whether a line that begins no item ends a list: it stands further out, or begins a list with plain numbers."""
    here = state.sCount[line]
    number = here == indent and _NUMBER.match(state.src, state.bMarks[line] + state.tShift[line])
    return here < indent or (blank and here < indent + 2) or bool(number)


def _read(state: StateBlock, items: list[_Item]) -> tuple[str, list[int]]:
    """The kind of number, and the numbers of the first items, as far as they follow each other; none: it is no list."""
    first, kind = items[0], items[0].mark[2]
    if kind == "label":
        return "decimal", [state.env["example_lines"][item.line] for item in items]
    if kind == "digits":
        return "decimal", [int(item.number) for item in items] if len(items) > 1 else []
    roman, alpha = [_roman(item.number) for item in items], [_alpha(item.number) for item in items]
    if _length(roman) > 1 and (roman[0] == 1 or len(first.number) > 1):
        return f"{kind}-roman", roman[: _length(roman)]
    return f"{kind}-alpha", alpha[: _length(alpha)] if _length(alpha) > 1 else []


def _length(values: list[int]) -> int:
    """How many numbers from the first on follow each other; none if the first is no number."""
    if not values or not values[0]:
        return 0
    return 1 + next((n for n, (one, two) in enumerate(pairwise(values)) if two != one + 1), len(values) - 1)


def _alpha(letters: str) -> int:
    """The number of a letter of the alphabet; 0 for several letters."""
    return ord(letters.lower()) - ord("a") + 1 if len(letters) == 1 else 0


def _roman(letters: str) -> int:
    """The value of a Roman number; 0 if it is none."""
    if not _ROMAN.fullmatch(letters.lower()):
        return 0
    values = [_VALUES[letter] for letter in letters.lower()]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _case(letters: str) -> str:
    """Whether letters are small or capital."""
    return "upper" if letters.isupper() else "lower"


def _write(state: StateBlock, items: list[_Item]) -> None:
    """Put a number in the place of each marker, as wide as it; a line with a wider marker begins that much later.

    What belongs to an example stands four spaces in, whatever its label (Pandoc User's Guide, "Numbered examples").
    """
    parts: list[str] = []
    done = 0
    for item in items:
        begin, end = state.bMarks[item.line], item.found.start("space")
        indent, width = state.src[begin : item.found.start()], end - item.found.start()
        shift = width - _NARROWEST if item.mark[2] == "label" else max(width - 1 - _WIDEST, 0)
        parts += [state.src[done:begin], " " * shift, indent, f"{1:0{width - 1 - shift}}."]
        done = end
        state.bMarks[item.line] += shift
    state.src = "".join([*parts, state.src[done:]])


def _reference(state: StateInline, silent: bool) -> bool:
    """Parse `@label` between parentheses, which stands for the number of that example."""
    labels: dict[str, int] = state.env.get("examples", {})
    if not labels or state.src[state.pos] != "@" or state.src[state.pos - 1 : state.pos] != "(":
        return False
    found = _REFERENCE.match(state.src, state.pos, state.posMax)
    if found is None or found[1] not in labels:
        return False
    if not silent:
        state.push("text", "", 0).content = str(labels[found[1]])
    state.pos = found.end(1)
    return True
