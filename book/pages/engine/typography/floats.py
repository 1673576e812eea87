"""Page floats: a figure or a table that does not fit on a page goes to a later one, and the text goes on.

WeasyPrint 70.0 has no page floats: a figure that does not fit begins the next page, and leaves a hole. Here it is taken
out of the flow, and set above the text of the next page, a second one below that text; or on a page of its own if there
is no room for text. A figure of the class `foot` stands at the foot of the page of its place in the text, if there is
room, else of the next. A float never goes past a heading, so it stays in its section; nor before another figure, nor
before its place in the text, so it comes behind its first reference. In the flow an empty box stands for it, at its
place in the order of reading.
The class `here` keeps a figure where it is, and so does a description behind it.

Private names used: the box tree, the attributes of `LayoutContext`, `block_level_layout` of `layout.page`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from math import ceil
from typing import Any

from book.pages.engine.typography.floating import (
    Float,
    find_floats,
    flow_of,
    is_barrier,
    is_heading,
    next_float,
    room_below,
)

HOLE = 3
"""Least height of a hole that is filled, in lines."""
FEWEST = 5
"""Least height for text below a float, in lines; with less, the float has a page of its own."""
_NEARLY = 0.01
"""A difference that is not seen, in lines."""
_END: dict[int, None] = {0: None}
"""Where a document goes on whose text is over, but not its floats."""


class Floats:
    """The floats of one document."""

    def __init__(self, root: Any, line: float) -> None:
        """Find what can float below a root box; `line` is the height of a line in px."""
        self._line = line
        self._all = list(find_floats(root, ()))
        self._over: int | None = None
        self._containing: Any = None

    def __bool__(self) -> bool:
        """Whether there is anything that can float."""
        return bool(self._all)

    def forget_from(self, index: int) -> None:
        """Forget what is known of a page and of those behind it, which are going to be made again."""
        for one in self._all:
            if one.seen is not None and one.seen >= index:
                one.seen = None
            if one.placed is not None and one.placed >= index:
                one.placed, one.at_foot = None, False
        if self._over is not None and self._over >= index:
            self._over = None

    # --- after a page has been made ---

    def take(self, index: int, page: Any, root: Any, resume_at: Any, context: Any) -> bool:
        """Take figures out of the flow that leave a hole below a page, or put them back that would leave their section.

        Returns:
            Whether the page has to be made again.
        """
        for box in flow_of(page.children[0]):
            stands_for: Float | None = getattr(box, "floats", None)
            if stands_for is not None:
                if not stands_for.kept:
                    stands_for.seen = index
                continue
            late = [one for one in self._all if one.waiting]
            feet = [one for one in self._all if one.at_foot and one.placed == index and one.seen is not None]
            if (late or feet or self._is_for_foot(box)) and self._leave(box, context):
                return True
            if _settle(late, index, box.element) or (is_heading(box) and _hold_back(feet, index, box.element)):
                return True
        if self._take_to_foot(index):
            return True
        following = None if resume_at is None else next_float(root, resume_at)
        return (
            following is not None
            and self._has_text_behind(following)
            and (following.foot or room_below(page) >= HOLE * self._line)
            and self._leave(following.box, context)
        )

    def _is_for_foot(self, box: Any) -> bool:
        """Whether a block in the flow is to stand at the foot of a page."""
        one: Float | None = getattr(box, "floating", None)
        return one is not None and one.foot

    def _take_to_foot(self, index: int) -> bool:
        """Let floats stand at the foot of a page whose place is on it, or no longer; whether it is to be made again."""
        feet = [one for one in self._all if one.foot_of == index]
        if any(one.seen != index for one in feet):  # there is no room for all of them below their places
            feet[-1].foot_of, feet[-1].refused = None, index
            return True
        waiting = (one for one in self._all if one.waiting)
        new = list(takewhile(lambda one: one.foot and one.seen == index != one.refused, waiting))
        for one in new:
            one.foot_of = index
        return bool(new)

    def _leave(self, box: Any, context: Any) -> bool:
        """Take a block out of the flow if it can float."""
        one: Float | None = getattr(box, "floating", None)
        if one is None or one.kept or not self._has_room(one, context):
            return False
        one.leave()
        return True

    def _has_text_behind(self, one: Float) -> bool:
        """Whether there is text behind a figure that can be set before it."""
        behind = (box for box in one.siblings()[one.index() + 1 :] if box.is_in_normal_flow())
        after = next((box for box in behind if getattr(box, "floating", None) is None), None)
        return after is not None and not is_barrier(after)

    def _has_room(self, one: Float, context: Any) -> bool:
        """Whether a figure has room on a page of its own; if not, it stays in the flow."""
        notes = list(context.current_page_footnotes)
        context.create_block_formatting_context()
        laid, whole = self._lay_out_one(context, one, 0, containing=self._containing, absolute=[])
        _undo_notes(context, notes)
        context.finish_block_formatting_context()
        one.kept = not whole or laid.border_height() > self._containing.height + _NEARLY
        return not one.kept

    # --- while a page is made ---

    def lay_out(self, layout: Any, context: Any, box: Any, resume_at: Any, containing: Any, rest: Sequence[Any]) -> Any:
        """Lay out the root box of a page below the floats of that page."""
        index = context.current_page - 1
        self._containing = containing
        over = self._over is not None and self._over < index
        waiting = [one for one in self._all if one.seen is not None and one.seen < index and one.placed is None]
        lay_out = partial(self._lay_out_one, context, containing=containing, absolute=rest[1], layout=layout)
        found, feet, top = self._set_waiting(waiting, context, box.position_y, lay_out, over=over)
        in_order = all(one.placed is not None for one in waiting)
        for one in [one for one in self._all if one.foot_of == index]:
            in_order = in_order and self._set_at_foot(one, context, top, feet, lay_out)
            if not in_order:
                one.foot_of, one.refused = None, index
        go_on = {"break": "any", "page": context.page_maker[index][1]["page"]}
        below = sum(map(self._height, feet))
        if over or (found and not feet and context.page_bottom - top < (FEWEST - _NEARLY) * self._line):
            result = layout(context, _emptied(box), 0, resume_at, containing, *rest)
            left = any(one.waiting for one in self._all)
            result = result[0], resume_at if left or not over else None, go_on, *result[3:]
        else:
            box.position_y = top
            result = layout(context, box, below, resume_at, containing, *rest)
            if result[0] is not None and result[1] is None and any(self._left(result[0])):
                self._over = index
                result = result[0], dict(_END), go_on, *result[3:]
        root = result[0]
        if root is not None and (found or feet):
            bottom = context.page_bottom
            for laid in reversed(feet):
                laid.translate(dy=bottom - laid.border_box_y() - laid.border_height())
                bottom -= self._height(laid)
            root.children = [*found, *root.children, *feet]
        return result

    def _set_waiting(
        self, waiting: Sequence[Float], context: Any, top: float, lay_out: Any, *, over: bool
    ) -> tuple[list[Any], list[Any], float]:
        """Set floats above the text of a page from a height on, and below it; and where they leave room for text."""
        found: list[Any] = []
        feet: list[Any] = []
        for one in waiting:
            below = not one.at_top and (one.foot or (found and not feet))
            if below and not over and self._set_at_foot(one, context, top, feet, lay_out):
                continue
            if feet:
                break
            notes = list(context.current_page_footnotes)
            laid, whole = lay_out(one, top)
            if found and (not whole or laid.border_box_y() + laid.border_height() > context.page_bottom + _NEARLY):
                _undo_notes(context, notes)
                break
            one.placed = context.current_page - 1
            found.append(laid)
            top += self._height(laid)
        return found, feet, top

    def _set_at_foot(self, one: Float, context: Any, top: float, feet: list[Any], lay_out: Any) -> bool:
        """Set a float at the foot of a page, below others, if that leaves room for text; whether it does."""
        notes = list(context.current_page_footnotes)
        laid, whole = lay_out(one, top)
        room = context.page_bottom - top - sum(map(self._height, feet))
        if not whole or room - self._height(laid) < (FEWEST - _NEARLY) * self._line:
            _undo_notes(context, notes)
            return False
        one.placed, one.at_foot, laid.at_foot = context.current_page - 1, True, True
        feet.append(laid)
        return True

    def _height(self, laid: Any) -> float:
        """The height of a float and the space above or below it: a number of lines, in px."""
        return float(ceil((laid.border_height() / self._line) + 1 - _NEARLY) * self._line)

    def _left(self, root: Any) -> Iterator[Float]:
        """The floats that are still to be set when the text is over."""
        for box in flow_of(root):
            one = getattr(box, "floats", None)
            if one is not None and not one.kept and one.placed is None:
                yield one
        yield from (one for one in self._all if one.waiting)

    def _lay_out_one(
        self, context: Any, one: Float, top: float, *, containing: Any, absolute: list[Any], layout: Any = None
    ) -> tuple[Any, bool]:
        """Lay out a float at a height of a page; its box, and whether all of it is there."""
        from weasyprint.layout.block import block_level_layout

        tree = one.box
        skip: Any = None
        for parent in reversed(one.ancestors):
            tree, skip = parent.copy_with_children([tree]), {0: skip}
        tree.position_y = top
        root, resume_at, *_ = (layout or block_level_layout)(
            context, tree, float("-inf"), skip, containing, True, absolute, absolute, []
        )
        laid = root
        for _ in one.ancestors:
            if laid is None or not laid.children:
                return None, False
            laid = laid.children[-1]
        laid.translate(dy=top - laid.border_box_y())
        laid.floated = True
        return laid, resume_at is None


def _settle(late: Sequence[Float], index: int, element: Any) -> bool:
    """Put figures back before an element that they would go past, if they belong to its page; whether any was."""
    found = [one for one in late if one.seen == index]
    for one in found:
        one.settle(element)
    return bool(found)


def _hold_back(feet: Sequence[Float], index: int, heading: Any) -> bool:
    """Keep figures at the foot of a page from standing below a heading behind their places; whether any would have."""
    for one in feet:
        if one.seen == index:
            one.settle(heading)
        else:
            one.at_top = True
    return bool(feet)


def add_page_floats() -> None:
    """Set floats above the text of pages, in this process."""
    from weasyprint.layout import page

    page.block_level_layout = _below_floats(page.block_level_layout)


def _below_floats(layout: Any) -> Any:
    """Lay out the root box of a page below its floats."""

    def lay_out(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        floats = getattr(context, "page_floats", None)
        if not floats or box.element_tag != "html" or not box.children:
            return layout(context, box, *rest, **named)
        _, resume_at, containing, *others = rest
        return floats.lay_out(layout, context, box, resume_at, containing, others)

    return lay_out


def _emptied(root: Any) -> Any:
    """A root box for a page without text."""
    empty = root.copy_with_children([])
    empty.force_fragmentation = True
    return empty


def _undo_notes(context: Any, before: Sequence[Any]) -> None:
    """Take notes from a page that a figure has brought onto it."""
    for note in [note for note in context.current_page_footnotes if note not in before]:
        context.unlayout_footnote(note)
