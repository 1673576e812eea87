"""A chapter's tokens (markdown-it-py) made into the element tree that Python-Markdown goes on with."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.util import AtomicString
from markdown_it import MarkdownIt
from markdown_it.token import Token

from book.manuscript.allowed import cut
from book.manuscript.classes import meant_class
from book.manuscript.marks import NUMBER, Mark
from book.manuscript.places import Places
from book.model.manuscript import Bracketed, Slip
from book.problem import Problem, warning

_REACH = 200
"""Lines behind the beginning of a block in which its attributes are looked for."""
Handler = Callable[["Tree", Token], None]
"""Makes elements of one kind of token."""


class Tree:
    """The tree of a chapter while it is built, and what is known of its elements."""

    def __init__(self, places: Places, handlers: Mapping[str, Handler], frame: Markdown) -> None:
        self.places = places
        self.frame = frame
        self.root = Element("div")
        self.marks: list[Mark] = []
        self.problems: list[Problem] = []
        self.slips: list[Slip] = []
        """Classes that are probably misspellings of ours."""
        self.bracketed: list[Bracketed] = []
        """Words in brackets that may be keys of sources."""
        self.notes: list[Element] = []
        """The notes, in the order in which they were written."""
        self.words: Mapping[str, str] = {}
        """The words of the book's furniture in the language of the chapter."""
        self.block: Token | None = None
        """The inline token whose content is being read."""
        self._handlers = handlers
        self._open: list[Element] = [self.root]
        self._text: list[str] = []

    def add(self, tokens: Iterable[Token]) -> None:
        """Append what some tokens stand for."""
        for token in tokens:
            handler = self._handlers.get(token.type)
            if handler is not None:
                handler(self, token)
            elif token.nesting > 0:
                self.start(token.tag, token)
            elif token.nesting < 0:
                self.end()
            else:
                self.empty(token.tag)

    def start(self, tag: str, token: Token | None = None, attributes: Mapping[str, str] | None = None) -> Element:
        """Open an element at the end of the one that is open, with the attributes that an author gave to a token."""
        self._flush()
        element = SubElement(self._open[-1], tag, dict(attributes or {}))
        self._open.append(element)
        if token is not None and "attributes" in token.meta:
            self.attribute(element, token)
        return element

    def attribute(self, element: Element, token: Token) -> None:
        """Give an element the attributes that an author gave to a token, as far as they are allowed."""
        kept, wrong = cut(element.tag, token.meta["attributes"].items())
        spot = self.spot(token)
        for message, hint in wrong:
            self.report(warning("raw-html", message, self.places.span(*(spot or (None,))), hint))
        self.note_classes(kept, spot)
        for name, value in kept.items():
            both = name == "class" and element.get("class")
            element.set(name, f"{both} {value}" if both else value)
        if "id" in kept:
            self.mark(element, "", spot)

    def note_classes(self, attributes: Mapping[str, str], spot: tuple[int, int | None] | None) -> None:
        """Note down the classes of an element that are probably misspellings of ours."""
        for name in attributes.get("class", "").split():
            if meant := meant_class(name):
                self.slips.append(Slip(name, meant, self.places.span(*self._written(name, spot))))

    def _written(self, name: str, spot: tuple[int, int | None] | None) -> tuple[int | None, int | None]:
        """Where a class was written: at or behind the beginning of what it belongs to."""
        first = spot[0] if spot else 0
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        for number in range(first, min(first + _REACH, len(self.places.lines))):
            if found := pattern.search(
                self.places.lines[number], (spot[1] or 1) - 1 if spot and number == first else 0
            ):
                return number, found.start() + 1
        return spot or (None, None)

    def end(self) -> None:
        """Close the element that is open."""
        self._flush()
        self._open.pop()

    def empty(self, tag: str, token: Token | None = None, attributes: Mapping[str, str] | None = None) -> Element:
        """An element without content."""
        element = self.start(tag, token, attributes)
        self.end()
        return element

    def text(self, text: str) -> None:
        """Append text to the element that is open."""
        self._text.append(text)

    def literal(self, text: str) -> None:
        """Append text that nothing reads any further, as the whole content of the element that is open."""
        self._flush()
        self._open[-1].text = AtomicString(escape(text))

    def raw(self, html: str) -> None:
        """Append clean HTML, in which elements may begin that end elsewhere."""
        self._text.append(self.frame.htmlStash.store(html))

    def close(self) -> None:
        """End the tree; the notes follow in a section of their own."""
        self._flush()
        if self.notes:
            section = SubElement(self.root, "section")
            self.mark(section, "notes", None)
            SubElement(section, "ol").extend(self.notes)

    def divert(self, element: Element) -> None:
        """Have what follows go to an element that stands apart, until `end` is called."""
        self._flush()
        self._open.append(element)

    def mark(self, element: Element, kind: str, spot: tuple[int, int | None] | None, **values: str | None) -> None:
        """Note down what an element is and where it was written; an element has one mark."""
        given = {name: value for name, value in values.items() if value is not None}
        number = element.get(NUMBER)
        if number is not None:
            known = self.marks[int(number)]
            known.kind = kind or known.kind
            known.values |= given
            return
        line, column = spot or (None, None)
        element.set(NUMBER, str(len(self.marks)))
        self.marks.append(Mark(element.tag, kind, line, column, given))

    def spot(self, token: Token) -> tuple[int, int | None] | None:
        """Where a token was written; None where that is not known."""
        if self.block is not None and "at" in token.meta:
            return self.places.spot(self.block, token.meta["at"])
        if token.map:
            line = self.places.lines[token.map[0]] if token.map[0] < len(self.places.lines) else ""
            return token.map[0], len(line) - len(line.lstrip()) + 1
        return self.places.spot(self.block, 0) if self.block is not None else None

    def report(self, problem: Problem) -> None:
        """Note down what is wrong."""
        self.problems.append(problem)

    def _flush(self) -> None:
        """Put the text that has gathered where it belongs."""
        if not self._text:
            return
        text = "".join(map(escape, self._text))
        self._text.clear()
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + text
        else:
            parent.text = (parent.text or "") + text


def _inline(tree: Tree, token: Token) -> None:
    """Running text."""
    if "box" in token.meta:
        tree.start("span", attributes={"class": "task-box"})
        tree.text(token.meta["box"])
        tree.end()
        tree.text(" ")
    tree.block = token
    tree.add(token.children or ())
    tree.block = None


def _paragraph(tree: Tree, token: Token) -> None:
    """A paragraph; that of a tight list is no element."""
    if not token.hidden:
        tree.start("p", token)


def _paragraph_end(tree: Tree, token: Token) -> None:
    """The end of one."""
    if not token.hidden:
        tree.end()


def _quotation(tree: Tree, token: Token) -> None:
    """A block quotation."""
    line = tree.places.lines[token.map[0]] if token.map else ""
    spot = (token.map[0], line.find(">") + 1 or 1) if token.map else None
    tree.mark(tree.start("blockquote", token), "quotation", spot)


BASIC: Mapping[str, Handler] = {
    "inline": _inline,
    "text": lambda tree, token: tree.text(token.content),
    "text_special": lambda tree, token: tree.text(token.content),
    "softbreak": lambda tree, token: tree.text("\n"),  # noqa: ARG005
    "attributes": lambda tree, token: None,  # noqa: ARG005 - they were handed on
    "paragraph_open": _paragraph,
    "paragraph_close": _paragraph_end,
    "blockquote_open": _quotation,
}
"""What makes elements of the tokens that belong to no construct of ours."""


class TokenParser(BlockParser):
    """Takes the place of Python-Markdown's block parser: the text is read as CommonMark, by markdown-it-py."""

    def __init__(self, frame: Markdown, reader: MarkdownIt, handlers: Mapping[str, Handler]) -> None:
        super().__init__(frame)
        self.reader = reader
        self.handlers = handlers
        self.handles: Collection[str] = ()
        self.tree = Tree(Places("", []), handlers, frame)

    def begin(self, places: Places, words: Mapping[str, str], handles: Collection[str]) -> Tree:
        """Begin the tree of another document, of which Python-Markdown reads nothing if it is empty."""
        self.tree = Tree(places, self.handlers, self.md)
        self.tree.words = words
        self.handles = handles
        return self.tree

    def parseDocument(self, lines: list[str]) -> ElementTree:  # type: ignore[override]  # noqa: N802
        """The tree of a document; what is known of its elements stands in `tree`."""
        environment: dict[str, Any] = {"tree": self.tree, "handles": self.handles}
        self.tree.add(self.reader.parse("\n".join(lines), environment))
        self.tree.close()
        return ElementTree(self.tree.root)


def escape(text: str) -> str:
    """A text whose ampersands are its own; Python-Markdown's serialiser takes `&lt;` in a text for an entity."""
    return text.replace("&", "&amp;") if "&" in text else text
