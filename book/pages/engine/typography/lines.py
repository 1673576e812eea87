"""Makes lines from slices of a paragraph, by its plan, and returns them to the layout engine.

WeasyPrint 70.0 fills one line after the other in `get_next_linebox`. Here all lines of a paragraph are chosen before
the first is laid out. `resume_at`, notes, tags and page starts stay as in the engine, and no character is added except
the hyphens that it would add too. Paragraphs that cannot be planned are left to the engine, and counted.

Private names used: `get_next_linebox` of `layout.inline`, and attributes of its line boxes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from book.pages.engine.typography.glyphs import UNITS
from book.pages.engine.typography.line_boxes import LineBuilder
from book.pages.engine.typography.paragraphs import NotPlannedError, Paragraph, read_paragraph
from book.pages.engine.typography.plans import Plan, Planned, plan_of
from book.pages.engine.typography.properties import Manner, manner_within

counts: Counter[str] = Counter()
"""In this process: the number of planned lines, and of lines left to the engine, by reason."""


def plan_lines() -> None:
    """Plan the lines of paragraphs in this process."""
    from weasyprint.layout import inline

    inline.get_next_linebox = _next_line(inline.get_next_linebox)


def _next_line(get_next_linebox: Any) -> Any:
    """The next line of a plan; the engine's own for a paragraph that is not planned."""

    def next_line(
        context: Any, linebox: Any, position_y: float, bottom: float, skip_stack: Any, block: Any, *rest: Any
    ) -> Any:
        absolutes, fixed, first_letter, first_line = rest
        style = linebox.style
        if style["text_wrap_style"] in ("pretty", "balance"):
            if first_letter or first_line:
                linebox.left_to_engine = True
            try:
                paragraph = _paragraph(linebox, context, block, position_y)
                manner = manner_within(style, context.narrower_margin)
                found = _planned_line(paragraph, linebox, manner, skip_stack, block)
            except NotPlannedError:
                counts["engine"] += 1
            else:
                if found is None:
                    return None, None
                plan, planned = found
                builder = LineBuilder(paragraph, planned, manner, block.content_box_x())
                line = builder.line(context, position_y, block, absolutes, fixed)
                line.planned = plan, planned
                counts["planned"] += 1
                return line, None if planned.last else paragraph.resume_at(planned.next)
        return get_next_linebox(context, linebox, position_y, bottom, skip_stack, block, *rest)

    return next_line


def _paragraph(linebox: Any, context: Any, block: Any, position_y: float) -> Paragraph:
    """The content of a line box, read once.

    Raises:
        NotPlannedError: It has to be left to the engine.
    """
    style = linebox.style
    known = linebox.__dict__
    if (
        known.get("left_to_engine") or style["white_space"] not in ("normal", "nowrap") or style["direction"] != "ltr"
        or block.style["block_ellipsis"] != "none"
        or any(shape.position_y + shape.margin_height() > position_y for shape in context.excluded_shapes)
    ):  # fmt: skip
        raise NotPlannedError
    paragraph: Paragraph | None = known.get("paragraph")
    if paragraph is None or paragraph.children is not linebox.children or paragraph.box_width != block.width:
        try:
            fresh = read_paragraph(linebox, context, block)
        except NotPlannedError:
            linebox.left_to_engine = True
            raise
        if paragraph is not None and paragraph.text == fresh.text:
            fresh.kept = paragraph.kept
        paragraph = linebox.paragraph = fresh
        paragraph.box_width = block.width
    return paragraph


def _planned_line(
    paragraph: Paragraph, linebox: Any, manner: Manner, skip_stack: Any, block: Any
) -> tuple[Plan, Planned] | None:
    """The line of a paragraph's plan that begins at a place; None if nothing is left.

    Raises:
        NotPlannedError: It has to be left to the engine.
    """
    begin = paragraph.begin(skip_stack)
    if begin >= len(paragraph.data):
        if begin and paragraph.tokens[-1].kind == "text":
            return None
        raise NotPlannedError
    indent = 0
    if skip_stack is None:
        linebox.text_indent_here = linebox.text_indent  # the engine makes it 0 behind the first line
        indent = round(linebox.text_indent * UNITS)
    plan = plan_of(paragraph, manner, block.width)
    line = plan.line_at(begin, indent)
    if line is None:
        raise NotPlannedError
    return plan, line


def forget_paragraphs(pages: Iterable[Any]) -> None:
    """Let go of the paragraphs of pages that are finished, and so of the boxes that their lines were made of."""
    for page in pages:
        for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - there is no public way to the boxes
            paragraph = box.__dict__.pop("paragraph", None)
            if paragraph is not None:
                paragraph.forget()
                box.planned = True
