"""Keeps pages from ending in the middle of a word, if another line end is possible.

If the last line of a paragraph on a page ends with a hyphen, the lines of the paragraph on that page are planned again
without that break, and laid out again.

For WeasyPrint 70.0. Private names used: `block_container_layout` of `layout.block`, and `unlayout_footnote`.
"""

from __future__ import annotations

from typing import Any

from book.pages.engine.typography.breaks import PLAIN
from book.pages.engine.typography.glyphs import UNITS
from book.pages.engine.typography.plans import Plan, Planned

TRIES = 4
"""Maximum number of new plans of a paragraph at the end of a page."""


def keep_words_on_pages() -> None:
    """Apply this in the current process."""
    from weasyprint.layout import block

    block.block_container_layout = _whole_words(block.block_container_layout)


def _whole_words(block_container_layout: Any) -> Any:
    """Lay out a paragraph on a page so that the last of its lines there ends with a word."""
    from weasyprint.formatting_structure.boxes import LineBox

    def layout(
        context: Any, box: Any, bottom_space: Any, skip_stack: Any, page_is_empty: Any, absolute_boxes: Any,
        fixed_boxes: Any, adjoining_margins: Any, *rest: Any, **named: Any,
    ) -> Any:  # fmt: skip
        def lay_out() -> Any:
            return block_container_layout(
                context, box, bottom_space, skip_stack, page_is_empty, absolute_boxes, fixed_boxes, adjoining_margins,
                *rest, **named,
            )  # fmt: skip

        lines: Any = box.children[0] if len(box.children) == 1 else None
        if type(lines) is not LineBox:
            return lay_out()
        before = _State(context, box, absolute_boxes, fixed_boxes, adjoining_margins or [])
        avoided: list[tuple[Plan, Planned]] = []
        begin = indent = 0
        while True:
            found = lay_out()
            parted = None if found[0] is None or found[1] is None else _parted(found[0].children)
            if parted is None and (found[0] is not None or not avoided):
                return found
            if not avoided:
                inner = skip_stack and next(iter(skip_stack.values()))
                begin = lines.paragraph.begin(inner)
                indent = round(lines.text_indent_here * UNITS) if inner is None else 0
            if parted is not None and len(avoided) < TRIES and parted[0].avoid(parted[1], begin, indent):
                avoided.append(parted)
                before.restore()
            elif avoided:
                for plan, line in reversed(avoided):
                    plan.restore(line, begin, indent)
                before.restore()
                return lay_out()
            else:
                return found

    return layout


class _State:
    """What laying out a paragraph changes."""

    def __init__(self, context: Any, box: Any, *lists: list[Any]) -> None:
        self._context, self._box = context, box
        self._place = box.position_y, box.margin_top
        self._waiting = list(context.footnotes)
        self._lists = [(some, list(some)) for some in lists]

    def restore(self) -> None:
        """Undo it."""
        for note in reversed([note for note in self._waiting if note not in self._context.footnotes]):
            self._context.unlayout_footnote(note)
        for some, content in self._lists:
            some[:] = content
        self._box.position_y, self._box.margin_top = self._place


def _parted(lines: list[Any]) -> tuple[Plan, Planned] | None:
    """The plan of the last of some lines, if the line ends in the middle of a word."""
    planned: tuple[Plan, Planned] | None = getattr(lines[-1], "planned", None) if lines else None
    return planned if planned is not None and planned[1].kind != PLAIN and not planned[1].last else None
