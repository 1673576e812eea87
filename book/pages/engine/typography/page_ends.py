"""Keeps pages from ending in the middle of a word, if another line end is possible.

If the last line of a paragraph on a page ends with a hyphen, the lines of the paragraph on that page are planned again
without that break, and laid out again.

For WeasyPrint 70.0. Private names used: `_linebox_layout` of `layout.block`, and `unlayout_footnote`.
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

    block._linebox_layout = _whole_words(block._linebox_layout)  # noqa: SLF001


def _whole_words(linebox_layout: Any) -> Any:
    """Lay out the lines of a paragraph on a page so that the last of them ends with a word."""

    def layout(
        context: Any, box: Any, index: int, child: Any, new_children: list[Any], empty: Any, absolutes: Any, fixed: Any,
        *rest: Any,
    ) -> Any:  # fmt: skip
        _, _, _, skip_stack, *_ = rest
        kept = len(new_children), len(absolutes), len(fixed)
        avoided: list[tuple[Plan, Planned]] = []
        begin = indent = 0
        while True:
            found = linebox_layout(context, box, index, child, new_children, empty, absolutes, fixed, *rest)
            abort, stop, _, _, notes, _ = found
            if not avoided and (abort or not stop or len(new_children) == kept[0]):
                return found
            parted = None if abort or not stop else _parted(new_children[kept[0] :])
            if parted is None and not abort:
                return found
            if not avoided:
                begin = child.paragraph.begin(skip_stack)
                indent = round(child.text_indent_here * UNITS) if skip_stack is None else 0
            if parted is not None and len(avoided) < TRIES and parted[0].avoid(parted[1], begin, indent):
                avoided.append(parted)
            elif avoided:
                for plan, line in reversed(avoided):
                    plan.restore(line, begin, indent)
                avoided = []
                _undo(context, notes, new_children, absolutes, fixed, kept)
                return linebox_layout(context, box, index, child, new_children, empty, absolutes, fixed, *rest)
            else:
                return found
            _undo(context, notes, new_children, absolutes, fixed, kept)

    return layout


def _parted(lines: list[Any]) -> tuple[Plan, Planned] | None:
    """The plan of the last of some lines, if the line ends in the middle of a word."""
    planned: tuple[Plan, Planned] | None = getattr(lines[-1], "planned", None) if lines else None
    return planned if planned is not None and planned[1].kind != PLAIN and not planned[1].last else None


def _undo(context: Any, notes: Any, new_children: Any, absolutes: Any, fixed: Any, kept: tuple[int, int, int]) -> None:
    """Undo the effects of laying out some lines on the page."""
    for note in reversed(notes):
        context.unlayout_footnote(note)
    for some, length in zip((new_children, absolutes, fixed), kept, strict=True):
        del some[length:]
