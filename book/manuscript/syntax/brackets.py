"""Matches brackets in running text, and finds what makes them links and images.

All pairs of a text are found in one pass, as in CommonMark's appendix ("look for link or image"), so the time is linear
in the text. The rules for links, images, spans, citations and notes then look up their pairs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from markdown_it.common.utils import normalizeReference
from markdown_it.helpers import parseLinkDestination, parseLinkTitle
from markdown_it.rules_inline import StateInline, autolink, html_inline

from book.manuscript.syntax.attributes import BRACES, read

_STEP = re.compile(r"\\[!-/:-@\[-`{-~]|`+|<|!?\[|\]")
_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.){0,999})\]", re.DOTALL)
_SPACE = re.compile(r"[ \t\n]*")
_TICKS = re.compile(r"`+")


@dataclass(slots=True)
class Target:
    """The target of a link or an image."""

    href: str
    """The destination, without escapes and not yet percent-encoded."""
    title: str
    """The title; empty if there is none."""
    end: int
    """The offset after the whole construct."""
    title_at: tuple[int, int] | None = None
    """Start and end of the title's text, if it is inline."""


@dataclass(slots=True)
class Pair:
    """A pair of brackets."""

    begin: int
    """The offset of the opening bracket."""
    close: int
    """The offset of the closing bracket."""
    image: bool
    """Whether an exclamation mark precedes it."""
    target: Target | None
    """Its target; None if it is neither link nor image."""


@dataclass(slots=True)
class _Opening:
    """A bracket that has not been closed yet."""

    at: int
    image: bool
    active: bool = True


def pair(state: StateInline) -> Pair | None:
    """The pair that opens at the current offset (for an image, at its exclamation mark); None if it is not closed."""
    found: dict[int, Pair] | None = getattr(state, "brackets", None)
    if found is None:
        found = _Pairs(state).found
        state.brackets = found  # type: ignore[attr-defined]
    here = found.get(state.pos)
    return here if here is not None and here.close < state.posMax else None


class _Pairs:
    """Finds the pairs of a text."""

    def __init__(self, state: StateInline) -> None:
        self.state = state
        self.src = state.src
        self.found: dict[int, Pair] = {}
        self.runs: dict[int, list[int]] | None = None
        self.scan(0, len(self.src))

    def scan(self, pos: int, end: int) -> None:
        """Find the pairs in a part of the text."""
        opened: list[_Opening] = []
        while step := _STEP.search(self.src, pos, end):
            pos, kind = step.end(), step[0]
            if kind[0] == "\\":
                continue
            if kind[0] == "`":
                pos = self.behind_code(step) or pos
            elif kind == "<":
                pos = self.behind_tag(step.start()) or pos
            elif kind[-1] == "[":
                opened.append(_Opening(step.start(), image=len(kind) == 2))
            elif kind == "]" and opened:
                pos = self.close(opened, step.start())

    def close(self, opened: list[_Opening], close: int) -> int:
        """Match a closing bracket with the last open one; return where to continue."""
        opening = opened.pop()
        begin = opening.at + opening.image
        target = self.target(begin, close) if opening.active or opening.image else None
        whole = Pair(begin, close, opening.image, target)
        self.found[opening.at] = whole
        if opening.image:
            self.found[begin] = Pair(begin, close, False, target)
        if target is None:
            return close + 1
        if target.title_at:
            self.scan(*target.title_at)
        if not opening.image:
            for outer in reversed(opened):  # links hold no links
                if not outer.active:
                    break
                outer.active = False
        return target.end

    def target(self, begin: int, close: int) -> Target | None:
        """The target of a pair: `(file "title")`, `[label]`, or the definition of its own text as a label."""
        if self.src.startswith("^", begin + 1):
            return None
        if self.src.startswith("(", close + 1) and (written := _written(self.src, close + 2)):
            return written
        references = self.state.env.get("references", {})
        label = _LABEL.match(self.src, close + 1)
        words, end = self.src[begin + 1 : close], close + 1
        if label:
            words, end = label[1] or words, label.end()
        elif self.src.startswith("{", end) and (braces := BRACES.match(self.src, end)) and read(braces[1]):
            return None
        known = references.get(normalizeReference(words)) if 0 < len(words) < 1000 else None
        return Target(known["href"], known["title"], end) if known else None

    def behind_code(self, opening: re.Match[str]) -> int | None:
        """The offset after a code span that begins with a run of backticks."""
        if self.runs is None:
            self.runs = {}
            for run in _TICKS.finditer(self.src):
                self.runs.setdefault(len(run[0]), []).append(run.end())
        ends = self.runs.get(len(opening[0]), [])
        after = bisect_right(ends, opening.end())
        return ends[after] if after < len(ends) else None

    def behind_tag(self, begin: int) -> int | None:
        """The offset after a raw tag, or an address in angle brackets."""
        state, before = self.state, self.state.pos
        state.pos = begin
        found = autolink(state, True) or html_inline(state, True)
        end, state.pos = state.pos, before
        return end if found else None


def _written(src: str, pos: int) -> Target | None:
    """The target after an opening parenthesis."""
    end = len(src)
    pos = _skip(src, pos)
    destination = parseLinkDestination(src, pos, end)
    before = destination.pos if destination.ok else pos
    pos = _skip(src, before)
    title, title_at = "", None
    if pos > before:
        found = parseLinkTitle(src, pos, end)
        if found.ok:
            title, title_at = found.str, (pos + 1, found.pos - 1)
            pos = _skip(src, found.pos)
    return (
        Target(destination.str if destination.ok else "", title, pos + 1, title_at)
        if src.startswith(")", pos)
        else None
    )


def _skip(src: str, pos: int) -> int:
    """The first offset that is not white space."""
    found = _SPACE.match(src, pos)
    return found.end() if found else pos
