"""Marks that open something and are never closed: `**` in running text, and the quotation marks of a paragraph.

Of quotations that go on over several paragraphs, each opens with a mark and only the last one closes; or the first one
opens and the last one closes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from book.manuscript.places import flat_text
from book.manuscript.tree import Tree
from book.problem import warning

_OPENING = re.compile(
    r"(?<![\w*~_=(,\[\ufffd])(\*\*|~~|__|==|(?<=[^\n])\*(?=[^\W\d_][^*_]*\Z)|_(?=[^\W\d_])(?![\w-]*\.\w)(?=[^*_]*\Z))(?=[^\s*~_=>])"
)
"""Where words begin to be set apart. A single sign counts where no other follows: they stand for other things too."""
_CALLED = {
    "**": "strong words", "__": "strong words", "*": "stressed words", "_": "stressed words", "~~": "struck-out words",
    "==": "marked words",
}  # fmt: skip
_APART = 12
"""Paragraphs up to which a quotation that opens in one may close in another."""


def rules(md: MarkdownIt) -> None:
    """Register the rule: what is left of such marks when all pairs have been found."""
    md.core.ruler.before("text_join", "unclosed_emphasis", _look)


def _look(state: StateCore) -> None:
    """Report marks of strong or deleted words that are printed, because none closes them."""
    tree: Tree | None = state.env.get("tree")
    if tree is None:
        return
    for block in state.tokens:
        if not block.children or not any(mark in block.content for mark in _CALLED):
            continue
        flat = flat_text(block)
        told: set[str] = set()
        for found in _OPENING.finditer(flat):
            sign = found[1]
            if sign in told:
                continue
            told.add(sign)
            message = f'"{sign}" begins {_CALLED[sign]} that end nowhere in this paragraph: the sign is printed'
            escaped = "".join(f"\\{one}" for one in sign)
            hint = f"end them with {sign}; if the sign is meant, write {escaped}"
            if sign in flat[found.end() :]:
                hint = f"{sign} ends them only right behind a letter, or behind a mark that a space follows"
            tree.report(warning("unclosed-emphasis", message, tree.places.near(block, flat, found.start()), hint))


@dataclass(slots=True)
class Unclosed:
    """Watches the quotation marks of a chapter's blocks, one after the other."""

    marks: tuple[str, str, str, str]
    tree: Tree | None
    _waiting: tuple[Token, str, int] | None = None
    _since: int = 0

    def see(self, block: Token, flat: str) -> None:
        """Take the text of the next block, in which every straight double mark is the one that it was set as."""
        opening, closing = self.marks[0].strip(), self.marks[1].strip()
        if self.tree is None or opening == closing:
            return
        left, lone = _balance(flat, opening, closing)
        self._since += 1
        if self._waiting and (lone or flat.lstrip().startswith(opening)):
            self._waiting = None
        if self._waiting and (left or self._since > _APART):
            self.end()
        if left:
            self._waiting, self._since = (block, flat, left[-1]), 0

    def end(self) -> None:
        """Report the mark that waits for one that closes it."""
        if self._waiting and self.tree is not None:
            block, flat, at = self._waiting
            message = "a quotation begins here and ends nowhere: a mark that closes it is missing"
            hint = "close it; where it goes on in the next paragraph, begin that with a mark too"
            place = self.tree.places.near(block, flat, at + 1)
            self.tree.report(warning("unclosed-quotation", message, place, hint))
        self._waiting = None


def _balance(flat: str, opening: str, closing: str) -> tuple[list[int], bool]:
    """Where the marks stand that are not closed, and whether one closes what was not opened."""
    left: list[int] = []
    lone = False
    if opening not in flat and closing not in flat:
        return left, lone
    for found in re.finditer(f"[{re.escape(opening + closing)}]", flat):
        at, sign = found.start(), found[0]
        if sign == opening and not (flat[at - 1 : at].isalnum() and at):
            left.append(at)
        elif sign == closing and left:
            left.pop()
        elif sign == closing:
            lone = lone or not flat[at - 1 : at].isnumeric()
    return left, lone
