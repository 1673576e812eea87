"""Makes the boxes of a planned line from slices of its paragraph.

For WeasyPrint 70.0. Private names used: what `layout.inline` does to the boxes of a line, the box tree.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from book.pages.engine.typography.drawing import Line
from book.pages.engine.typography.glyphs import UNITS
from book.pages.engine.typography.inline_boxes import edges_of, stand_level, values_of_text
from book.pages.engine.typography.leading import take_line_height
from book.pages.engine.typography.line_slices import Slice, slice_of
from book.pages.engine.typography.paragraphs import Paragraph, Token
from book.pages.engine.typography.plans import Planned
from book.pages.engine.typography.properties import Manner
from book.pages.engine.typography.tracking import is_tracked, taken

TORN = 4
"""Maximum stretch of a line's spaces, as a multiple of their width; a line that needs more is left short."""


class _Open(NamedTuple):
    """An element of a line that is not closed yet; at first, the line itself."""

    token: Token | None
    """Where it opens."""
    started: bool
    """Whether it opens in this line."""
    left: float
    """Where its box begins, in px."""
    children: list[Any]
    """The boxes in it."""


class LineBuilder:
    """Makes the boxes of one line."""

    def __init__(self, paragraph: Paragraph, planned: Planned, manner: Manner, left: float) -> None:
        self._paragraph, self._planned, self._left = paragraph, planned, left
        self._manner = manner
        self._slices: dict[int, Slice] = {}
        self._placeholders: list[Any] = []
        self._scale, self._extra, self._track = 1.0, 0.0, 0.0
        self._boxes: list[Any] | None = []
        """All boxes of the line; None if some do not stand on its base line."""

    def line(self, context: Any, position_y: float, block: Any, absolutes: Any, fixed: Any) -> Any:
        """The line box, placed on the page."""
        linebox, planned = self._paragraph.box, self._planned
        self._context, self._block = context, block
        tokens, ancestors = self._tokens()
        offset = self._fill(tokens)
        self._absolutes, self._fixed = absolutes, fixed
        x = self._left + (planned.indent + offset) / UNITS
        line = linebox.copy()
        line.position_x, line.position_y = x, position_y
        line.children, line.width = self._children(tokens, ancestors, x)
        self._stand(line, position_y)
        for placeholder in self._placeholders:
            if "inline" in placeholder.style.specified["display"]:
                placeholder.translate(0, position_y - placeholder.position_y)
            else:
                placeholder.translate(
                    line.position_x - placeholder.position_x, position_y + line.height - placeholder.position_y
                )
        return line

    # --- what is in the line ---

    def _tokens(self) -> tuple[list[Token], list[Token]]:
        """The tokens of the line in order, and the elements that are open where it begins."""
        paragraph, planned = self._paragraph, self._planned
        tokens = paragraph.tokens
        at, ancestors = (0, []) if planned.first else self._first_token(planned.begin)
        found = []
        for token in tokens[at:]:
            if not planned.last and (
                token.start >= planned.next if token.kind != "close" else token.end > planned.next
            ):
                break
            found.append(token)
        return found, ancestors

    def _first_token(self, begin: int) -> tuple[int, list[Token]]:
        """The first token of a line that begins at a byte, and the elements that are open there."""
        paragraph = self._paragraph
        tokens = paragraph.tokens
        text = paragraph.token_at(begin)
        at = tokens.index(text)
        if text.start == begin:
            while at:
                before = tokens[at - 1]
                if before.kind == "text" or before.kind == "atom" or before.start != begin:
                    break
                at -= 1
        path = tokens[at].path
        ancestors = [paragraph.opens[path[:depth]] for depth in range(1, len(path))]
        if tokens[at].kind == "close":
            raise AssertionError("an element that closes where a line begins is empty, and opens there")
        return at, ancestors

    # --- how it is filled ---

    def _fill(self, tokens: list[Token]) -> int:
        """Cut the slices of the line and set the stretch of spaces and letters; return its shift in units."""
        planned, manner = self._planned, self._manner
        width = spaces = natural = 0
        for token in tokens:
            if token.kind != "text":
                width += token.width
            elif (part := slice_of(token, planned)) is not None:
                self._slices[id(token)] = part
                width += part.width
                spaces += part.spaces
                natural += part.natural
        room = planned.width - width
        align = manner.align_last if planned.last else manner.align
        if manner.wrap == "balance" and align == "justify":
            align = "start"
        if align == "justify" or room < 0:
            return self._justify(width, room, spaces, natural)
        return {"end": room, "center": room // 2}.get(align, 0)

    def _justify(self, width: int, room: int, spaces: int, natural: int) -> int:
        """Widen the spaces and letters of a line of this width, so that it takes up the room; how far it is moved."""
        planned, manner = self._planned, self._manner
        if planned.last and room >= 0:
            return -planned.hang_left
        room += planned.hang_left + planned.hang_right
        most = manner.expansion
        part = room if not spaces else room // 2
        scale = max(-most, min(most, part * 1000 // max(width, 1)))
        self._scale = 1 + scale / 1000
        room -= width * scale // 1000
        if spaces and room > TORN * natural:
            self._scale = 1.0  # beside an address on the web, as a rule
        elif spaces:
            self._track = self._tracking(room, natural, spaces)
            glyphs = sum(part.glyphs for part in self._slices.values())
            self._extra = (room - self._track * (glyphs - 1)) / spaces
        return -planned.hang_left

    def _tracking(self, room: int, natural: int, spaces: int) -> float:
        """The space between the letters of a line with some room left for its spaces, in units."""
        most = self._manner.tracking
        if room <= 0 or not most or not is_tracked(self._paragraph):
            return 0.0
        pairs = sum(part.glyphs for part in self._slices.values()) - 2 * spaces - 1
        em = round(self._paragraph.box.style["font_size"] * UNITS)
        return taken(room, natural, pairs * em * most // 1000) / max(pairs, 1)

    # --- boxes ---

    def _children(self, tokens: list[Token], ancestors: list[Token], x: float) -> tuple[list[Any], float]:
        """The boxes of the line, and their total width."""
        stack: list[_Open] = [_Open(None, True, x, [])]
        children = stack[0].children
        for token in ancestors:
            children = self._open(stack, token, False, x)
            if token.box.style["box_decoration_break"] == "clone":
                x += token.width / UNITS
        for token in tokens:
            if token.kind == "text":
                part = self._slices.get(id(token))
                if part is not None:
                    box = self._text(token, part, x)
                    x += box.width
                    children.append(box)
            elif token.kind == "open":
                children = self._open(stack, token, True, x)
                x += token.width / UNITS
            elif token.kind == "close":
                x += token.width / UNITS
                children = self._close(stack, x, ended=True)
            else:
                self._boxes = None
                box = self._atom(token, x) if token.kind == "atom" else self._placeholder(token.box, x)
                x += box.margin_width() if token.kind == "atom" else 0
                children.append(box)
        while len(stack) > 1:
            self._close(stack, x, ended=False)
        return stack[0].children, x - stack[0].left

    def _open(self, stack: list[_Open], token: Token, started: bool, x: float) -> list[Any]:
        """Open an element of the line; return the list for what is in it."""
        if not token.inline.level:  # type: ignore[union-attr]
            self._boxes = None
        stack.append(_Open(token, started, x, []))
        return stack[-1].children

    def _close(self, stack: list[_Open], right: float, *, ended: bool) -> list[Any]:
        """Add an inline element, or the part of one that is in this line; return the list for what follows it."""
        token, started, left, children = stack.pop()
        box = token.box.copy_with_children(children)  # type: ignore[union-attr]
        box.__dict__.update(token.inline.values)  # type: ignore[union-attr]
        edges = token.inline.edges  # type: ignore[union-attr]
        if not (started and ended):
            box.remove_decoration(start=not started, end=not ended)
            edges = edges_of(box)
        box.position_x, box.sliced = left, True
        box.width = right - left - edges
        if self._boxes is not None:
            self._boxes.append(box)
        stack[-1].children.append(box)
        return stack[-1].children

    def _text(self, token: Token, part: Slice, x: float) -> Any:
        """The box of a slice of text."""
        box = token.box.copy()
        shaped, first, end = part.pieces[0]
        if shaped is token.shaped and len(shaped.fonts) == 1:
            box.__dict__.update(token.values)
        else:
            box.__dict__.update(values_of_text(box, self._block, *shaped.metrics(first, end)))
        box.text = part.text
        box.position_x = x
        box.width = (part.width * self._scale + part.spaces * self._extra + part.glyphs * self._track) / UNITS
        extra = self._extra if part.spaces else 0.0
        box.pango_layout = Line(part.text, part.pieces, self._scale, extra, self._track, part.parted)
        if self._boxes is not None:
            self._boxes.append(box)
        return box

    def _atom(self, token: Token, x: float) -> Any:
        from weasyprint.layout.inline import atomic_box

        box = atomic_box(self._context, token.box, x, None, self._block, self._absolutes, self._fixed)
        box.position_x = x
        return box

    def _placeholder(self, box: Any, x: float) -> Any:
        """The placeholder in the line for a box that is placed elsewhere."""
        from weasyprint.layout.absolute import AbsolutePlaceholder

        box.position_x, box.position_y = x, 0
        placeholder = AbsolutePlaceholder(box)
        self._placeholders.append(placeholder)
        (self._absolutes if box.style["position"] == "absolute" else self._fixed).append(placeholder)
        return placeholder

    def _stand(self, line: Any, position_y: float) -> None:
        """Align the boxes of a line vertically."""
        from weasyprint.layout.inline import line_box_verticality

        take_line_height(line)
        if self._boxes is not None:
            stand_level(line, self._boxes, position_y, self._paragraph.kept.setdefault("extents", {}))
        else:
            bottom, top = line_box_verticality(line)
            line.baseline, line.height = -top, bottom - top
            line.position_y = top
            line.translate(0, position_y - top)
        line.margin_top = line.margin_bottom = 0
        line.position_y = position_y
