"""Keeps a note on the page that calls it, and continues one that is too long on the next page.

WeasyPrint 70.0 never splits the box of a note: one that does not fit is moved to the next page, or overflows its own.
This mend lets such a note keep as many lines as fit (CSS `max-lines`), and lays out a copy of its box on the next page,
from where these lines end. Where a line high on a page has more notes than fit, the rest is carried over.

Private names used: the lists of notes of `LayoutContext` and its functions for them, `block_container_layout` of
`layout.block`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Any

FEWEST = 2
"""Minimum number of lines of a split note on either page."""
MOST = 0.7
"""Maximum share of a page's height that a note may fill, so that there is text above it."""
HIGH = 0.6
"""A line that ends in this upper part of the page stays there, though there is no room for its notes: they are carried
over to the next pages, because the page would be empty otherwise."""


@dataclass(slots=True)
class _State:
    """What is known of the notes of a layout."""

    laid: Any = None
    """The note that was put on the page last, if it was not moved there from another one."""
    checks: int = 0
    """How often it has been asked since then whether the page overflows."""
    lifted: tuple[Any, ...] = ()
    """Notes of lines above that the engine would move to the next page."""
    over: bool = False
    """Whether all of them are lifted, so that the next question is that of another line."""


def _state(context: Any) -> _State:
    found: _State | None = context.__dict__.get("long_notes")
    if found is None:
        found = context.long_notes = _State()
    return found


@cache
def mend() -> None:
    """Replace the engine's treatment of notes in this process; calling it twice does no harm."""
    from weasyprint.layout import LayoutContext, block

    LayoutContext.layout_footnote = _layout(LayoutContext.layout_footnote)
    LayoutContext.overflows_page = _overflows(LayoutContext.overflows_page)
    LayoutContext.report_footnote = _report(LayoutContext.report_footnote)
    LayoutContext.unlayout_footnote = _unlayout(LayoutContext.unlayout_footnote)
    block.block_container_layout = _resume(block.block_container_layout)


def _layout(original: Any) -> Any:
    """Put a note on the page, at most `MOST` of its height."""

    def layout_footnote(context: Any, note: Any) -> Any:
        from weasyprint.layout.inline import strut

        _put_back(context)
        _make_whole(context, note)
        waiting = context.reported_footnotes
        if getattr(note, "moved", False) and waiting:  # of a page before, and behind others that wait
            context.footnotes.remove(note)
            waiting.append(note)
            return False
        overflow = original(context, note)
        area = context.current_footnote_area
        excess = area.height - (1 if _is_text_over(context) else MOST) * area.page.height
        carried = getattr(note, "moved", False)
        high = not carried and _is_high(context)
        if excess > 0 or (high and context.line_end + strut(note.style.root_style)[0] > context.page_bottom):
            excess = excess if carried else max(excess, context.line_end - context.page_bottom)
            among_others = len(context.current_page_footnotes) > 1
            if not _split(context, note, excess) and among_others and (carried or high):
                _carry_over(context, note)
        state = _state(context)
        state.laid, state.checks = (None if getattr(note, "moved", False) else note), 0
        return overflow and area.max_height < inf  # without a maximum, it is rounding

    return layout_footnote


def _is_text_over(context: Any) -> bool:
    """Whether a page has nothing but notes of pages before it."""
    index = context.current_page - 1
    return index > 0 and context.page_maker[index][0] is None


def _overflows(original: Any) -> Any:
    """Count the checks since a note was laid out; the first is for the line that calls it.

    While notes of lines above are lifted, one by one, nothing fits: so the engine breaks before the line.
    """

    def overflows_page(context: Any, bottom_space: float, position_y: float) -> Any:
        state = _state(context)
        state.checks += 1
        if bottom_space > -inf:  # not in a note
            context.line_end = position_y + bottom_space
        if state.lifted and not state.over:
            state.over = not context.current_page_footnotes
            return True
        _put_back(context)
        return original(context, bottom_space, position_y)

    return overflows_page


def _report(original: Any) -> Any:
    """Keep as much of a note as fits where the line that is being set calls it; else move all of it.

    The engine also removes notes of lines above, to make space for one more line; `_put_back` restores them.
    """

    def report_footnote(context: Any, note: Any) -> None:
        if note in context.reported_footnotes:
            return
        state = _state(context)
        if getattr(note, "moved", False) and not state.checks:  # of a page before, at the beginning of this one
            original(context, note)
        elif state.laid is not note or state.checks > 1:
            context.current_page_footnotes.remove(note)
            state.lifted = (note, *state.lifted)
        elif not _shorten(context, note):
            _make_whole(context, note)
            if _is_high(context):
                _carry_over(context, note)
            else:
                note.moved = True
                original(context, note)

    return report_footnote


def _is_high(context: Any) -> bool:
    """Whether a line stands so high on its page that it stays there even if its notes do not."""
    page = context.current_footnote_area.page
    return bool(context.line_end - page.content_box_y() < HIGH * page.height)


def _carry_over(context: Any, note: Any) -> None:
    """Move a note to the next page, but not the line that calls it."""
    note.moved = True
    note.line_style, note.style = note.style, note.style.copy()
    note.style["footnote_policy"] = "auto"
    context.current_page_footnotes.remove(note)
    context.reported_footnotes.append(note)
    context._update_footnote_area()  # noqa: SLF001


def _shorten(context: Any, note: Any) -> bool:
    """Keep as much of the last note as fits below the line that calls it; whether that is possible."""
    others = [rest for rest in context.reported_footnotes if rest is not getattr(note, "note_rest", None)]
    excess = context.line_end - context.page_bottom
    return not others and ((excess <= 0 and bool(context.reported_footnotes)) or _split(context, note, excess))


def _put_back(context: Any) -> None:
    """Put notes of lines above back onto their page."""
    state = _state(context)
    if state.lifted:
        context.current_page_footnotes += state.lifted
        state.lifted, state.over = (), False


def _unlayout(original: Any) -> Any:
    """Remove a note from the page, and its rest from the next."""

    def unlayout_footnote(context: Any, note: Any) -> None:
        _put_back(context)
        _make_whole(context, note)
        note.moved = False
        original(context, note)

    return unlayout_footnote


def _resume(original: Any) -> Any:
    """Lay out the rest of a note from where its lines on the previous page end, and leave no note lifted."""

    def block_container_layout(
        context: Any, box: Any, bottom_space: float, skip_stack: Any, *rest: Any, **named: Any
    ) -> Any:
        if skip_stack is None:
            skip_stack = getattr(box, "note_begins", None)
        found = original(context, box, bottom_space, skip_stack, *rest, **named)
        _put_back(context)
        return found

    return block_container_layout


def _make_whole(context: Any, note: Any) -> None:
    """Undo the split of a note, and let it keep its line again."""
    if getattr(note, "line_style", None) is not None:
        note.style, note.line_style = note.line_style, None
    if getattr(note, "note_rest", None) is not None:
        if note.note_rest in context.reported_footnotes:
            context.reported_footnotes.remove(note.note_rest)
        note.style, note.note_rest = note.note_style, None


def _split(context: Any, note: Any, excess: float) -> bool:
    """Leave so much of a note for the next page that it gets shorter by `excess` (px); whether that is possible.

    If it is, there is space for one more line of text, because the call may be in a paragraph's first line. A note with
    a table is not split: `max-lines` does not reach into it.
    """
    if any(box.element_tag == "table" for box in note.descendants()):
        return False
    pristine = note.copy()
    pristine.style = whole = note.note_style if getattr(note, "note_rest", None) else note.style
    ends, _ = _set(context, pristine)
    shown = ends[: None if note.style["max_lines"] == "none" else note.style["max_lines"]]
    room = shown[-1] - max(excess, 0) + 0.01
    least = 1.25 * ends[0] if len(context.current_page_footnotes) > 1 and _is_high(context) else 0
    for spare in (1.25 * ends[0], least):
        lines = min(sum(end <= room - spare for end in ends), len(ends) - FEWEST)
        if lines >= FEWEST:
            break
    else:
        return False
    waiting = context.reported_footnotes
    place = waiting.index(note.note_rest) if getattr(note, "note_rest", None) in waiting else len(waiting)
    _make_whole(context, note)
    pristine.style = whole.copy()
    pristine.style["max_lines"] = lines
    _, begins = _set(context, pristine)
    pristine.style["continue"] = "discard"
    pristine.style["footnote_policy"] = "auto"  # the line that calls it stays
    note.note_rest, note.note_style, note.style = note.copy(), whole, pristine.style
    note.note_rest.note_begins, note.note_rest.moved = begins, True
    waiting.insert(place, note.note_rest)
    context._update_footnote_area()  # noqa: SLF001
    return True


def _set(context: Any, note: Any) -> tuple[list[float], Any]:
    """Where each line of a note ends, in px from its top; and where it would continue, if it has more lines."""
    from weasyprint.formatting_structure import build
    from weasyprint.layout import block

    area = context.current_footnote_area.deepcopy()
    area.children = [note.deepcopy()]
    area.height = "auto"
    area = build.create_anonymous_boxes(area)
    (whole,) = area.children
    area, *_ = block.block_level_layout(context, area, -inf, None, area.page)
    (box,) = area.children
    ends = [line.position_y + line.height - box.position_y for line in _lines(box)]
    return ends, _end(whole, box, getattr(note, "note_begins", None))


def _lines(box: Any) -> Iterator[Any]:
    """The lines in a box; not those in their inline blocks, such as the number of a note, nor what is placed beside."""
    from weasyprint.formatting_structure.boxes import LineBox, ParentBox

    for child in box.children:
        if isinstance(child, LineBox):
            yield child
        elif isinstance(child, ParentBox):  # not the stand-in of what has no place yet
            yield from _lines(child)


def _end(whole: Any, laid: Any, begins: Any) -> Any:
    """Where a box continues after its laid-out part, in the engine's form; None if it does not.

    `begins` is where that part begins, in the same form: nested indexes of children.
    """
    first, inner = next(iter(begins.items())) if begins else (0, None)
    last = laid.children[-1]
    if hasattr(last, "resume_at"):  # a line: all lines of a block come from one child
        return {first: last.resume_at} if last.resume_at is not None else None
    index = first + len(laid.children) - 1
    rest = _end(whole.children[index], last, inner if index == first else None)
    if rest is not None:
        return {index: rest}
    return {index + 1: None} if index + 1 < len(whole.children) else None
