"""Represents a paragraph as one text, with the boxes of its line box as tokens.

The layout engine has a tree of inline boxes. Here it is a list of tokens (a box opens, text, a box closes, something of
fixed width) and a text in which lines are byte ranges. What cannot be represented (right-to-left text, forced line
breaks, floats, leaders) is left to the engine.

For WeasyPrint 70.0. Private names used: the inline boxes, `resolve_percentages`, `atomic_box`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from book.pages.engine.typography.glyphs import UNITS, Shaped
from book.pages.engine.typography.inline_boxes import Inline, inline_of, values_of_text
from book.pages.engine.typography.shaping import KEPT, typeface_of

OBJECT = "\ufffc"
"""The character that represents a box without text."""
_LINE_BREAK, _CHAR_BREAK = 1, 4
"""Bits of `PangoLogAttr`: `is_line_break` and `is_char_break`."""
_WRAPPED = ("normal", "nowrap")
"""Values of `white-space` that collapse spaces and line ends."""


class NotPlannedError(Exception):
    """The lines of a paragraph have to be broken by the engine."""


@dataclass(slots=True, eq=False)
class Token:
    """A step in the walk through the boxes of a paragraph."""

    kind: str
    """`text`, `open`, `close`, `atom` (a box placed in the line as a whole) or `out` (outside the line)."""
    box: Any
    path: tuple[int, ...]
    """The indexes of children that lead to the box."""
    start: int
    """The byte of the paragraph's text at which the box begins."""
    end: int
    """The byte after the box; for an opening element, where its content begins."""
    place: int = 0
    """The position of the box in units, if the whole paragraph were on one line."""
    shaped: Shaped | None = None
    """The glyphs of a text."""
    width: int = 0
    """The width in units of an atom, or of an element's margin, border and padding on one side."""
    inline: Inline | None = None
    """What an opening element has by its style."""
    values: dict[str, Any] = field(default_factory=dict)
    """The used values of the box of a text."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """The content of a line box."""

    box: Any
    """The line box."""
    children: Any
    """Its children when this was read."""
    tokens: list[Token] = field(default_factory=list)
    text: str = ""
    data: bytes = b""
    texts: list[Token] = field(default_factory=list)
    """The tokens with text or a placeholder: texts and atoms."""
    starts: list[int] = field(default_factory=list)
    """Where they start."""
    recent: Token | None = None
    """The one of them that was asked for last."""
    opens: dict[tuple[int, ...], Token] = field(default_factory=dict)
    """The tokens that begin a box, by their path."""
    box_width: float = -1.0
    """The width of its block for which this was read."""
    kept: dict[Any, Any] = field(default_factory=dict)
    """Cached results for this text: breaks, plans."""

    def forget(self) -> None:
        """Let go of the boxes and of all results, when no more lines are needed."""
        if self.box is not None:
            self.box.__dict__.pop("paragraph", None)
        self.box = self.children = self.recent = None
        self.tokens, self.texts, self.opens, self.kept = [], [], {}, {}

    def token_at(self, byte: int) -> Token:
        """The text or atom that contains a byte of the text."""
        token = self.recent
        if token is None or not token.start <= byte < token.end:
            token = self.recent = self.texts[bisect_right(self.starts, byte) - 1]
        return token

    def offset(self, skip_stack: Any) -> int:
        """The byte of the text for the engine's `skip_stack`."""
        path: tuple[int, ...] = ()
        number: int
        while skip_stack is not None:
            ((number, skip_stack),) = skip_stack.items()
            token = self.opens.get(path)
            if token is not None and token.kind == "text":
                return token.start + number
            path = (*path, number)
        found = self.opens.get(path)
        return len(self.data) if found is None else found.start if path else 0

    def begin(self, skip_stack: Any) -> int:
        """The first byte from there on that is not a space, where a line begins."""
        begin = self.offset(skip_stack)
        while self.data[begin : begin + 1] == b" ":
            begin += 1
        return begin

    def resume_at(self, byte: int) -> Any:
        """The engine's form of a place in the text, given as a byte."""
        token = self.token_at(byte)
        stack: Any = {byte - token.start: None} if byte > token.start else None
        for number in reversed(token.path):
            stack = {number: stack}
        return stack


def read_paragraph(line_box: Any, context: Any, containing_block: Any) -> Paragraph:
    """Read the content of a line box.

    Raises:
        NotPlannedError: The engine has to break its lines.
    """
    paragraph = Paragraph(line_box, line_box.children)
    reader = _Reader(paragraph, context, containing_block)
    reader.read(line_box, ())
    paragraph.text = "".join(reader.words)
    paragraph.data = paragraph.text.encode()
    if not paragraph.texts:
        raise NotPlannedError
    paragraph.starts = [token.start for token in paragraph.texts]
    paragraph.opens[()] = Token("open", line_box, (), 0, 0)
    return paragraph


class _Reader:
    """Walks through the boxes of one paragraph."""

    def __init__(self, paragraph: Paragraph, context: Any, containing_block: Any) -> None:
        self._paragraph, self._context, self._block = paragraph, context, containing_block
        self._byte = self._place = 0
        self.words: list[str] = []

    def read(self, parent: Any, path: tuple[int, ...]) -> None:
        """Read the content of a box."""
        from weasyprint.formatting_structure import boxes

        for number, box in enumerate(parent.children):
            here = (*path, number)
            kind = type(box)
            if kind is boxes.TextBox:
                self._text(box, here)
            elif kind is boxes.InlineBox and (inline := inline_of(box, self._block)).in_flow:
                self._element(box, here, inline)
            elif not box.is_in_normal_flow():
                if not box.is_absolutely_positioned():
                    raise NotPlannedError
                self._add(Token("out", box, here, self._byte, self._byte, self._place))
            elif isinstance(box, (boxes.InlineBlockBox, boxes.InlineReplacedBox)) and not box.is_table_wrapper:
                self._atom(box, here)
            else:
                raise NotPlannedError

    def _add(self, token: Token) -> None:
        self._paragraph.tokens.append(token)
        if token.kind != "close":
            self._paragraph.opens[token.path] = token

    def _text(self, box: Any, path: tuple[int, ...]) -> None:
        style = box.style
        if not box.text or style["white_space"] not in _WRAPPED or not style["font_size"]:
            raise NotPlannedError
        shaped = getattr(box, "shaped", None)
        if shaped is None or shaped.text != box.text:
            shaped = typeface_of(style).shape(box.text)
            if len(box.text) >= KEPT:  # shorter ones are kept by the typeface
                box.shaped = shaped
        if shaped is None:
            raise NotPlannedError
        values = values_of_text(box, self._block, *shaped.metrics(0, len(shaped.glyphs.numbers)))
        end = self._byte + len(shaped.data)
        token = Token("text", box, path, self._byte, end, self._place, shaped, values=values)
        self._add(token)
        self._paragraph.texts.append(token)
        self.words.append(box.text)
        self._byte, self._place = end, self._place + shaped.width

    def _element(self, box: Any, path: tuple[int, ...], inline: Inline) -> None:
        if box.is_leader or inline.moved:
            raise NotPlannedError
        token = Token("open", box, path, self._byte, self._byte, self._place, width=inline.left, inline=inline)
        self._add(token)
        self._place += inline.left
        self.read(box, path)
        self._add(Token("close", box, path, token.start, self._byte, self._place, width=inline.right))
        self._place += inline.right

    def _atom(self, box: Any, path: tuple[int, ...]) -> None:
        from weasyprint.layout.inline import atomic_box
        from weasyprint.layout.percent import resolve_percentages

        resolve_percentages(box, self._block)
        tried: list[Any] = []
        laid = atomic_box(self._context, box, 0, None, self._block, tried, tried)
        if tried:
            raise NotPlannedError  # something in it is placed elsewhere
        end = self._byte + len(OBJECT.encode())
        token = Token("atom", box, path, self._byte, end, self._place, width=_units(laid.margin_width()))
        self._add(token)
        self._paragraph.texts.append(token)
        self.words.append(OBJECT)
        self._byte, self._place = end, self._place + token.width


def _units(length: float) -> int:
    """A length in px as Pango units."""
    return round(length * UNITS)


def line_breaks(paragraph: Paragraph, language: Any, first: int) -> list[int]:
    """The characters after the first before which UAX 14 allows a line to end."""
    if len(paragraph.tokens) == 1 and (shaped := paragraph.texts[0].shaped) and shaped.chances is not None:
        return [place for place in shaped.chances if place > first]
    attributes = _attributes(paragraph, language)
    return [place for place in range(first + 1, len(paragraph.text)) if attributes[place] & _LINE_BREAK]


def character_breaks(paragraph: Paragraph, language: Any) -> frozenset[int]:
    """The characters before which a word that is too long may be broken: where one that readers see begins (UAX 29)."""
    attributes = _attributes(paragraph, language)
    return frozenset(place for place in range(len(paragraph.text)) if attributes[place] & _CHAR_BREAK)


def _attributes(paragraph: Paragraph, language: Any) -> Sequence[int]:
    """What Pango knows of each character of a text, and of its end (`PangoLogAttr`)."""
    from weasyprint.text.ffi import ffi
    from weasyprint.text.line_break import get_log_attrs

    kept = get_log_attrs(paragraph.text, language)
    found: Sequence[int] = ffi.unpack(ffi.cast("unsigned int *", kept), len(paragraph.text) + 1)
    return found
