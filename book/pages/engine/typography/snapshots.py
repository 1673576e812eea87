"""What making pages changes in the layout engine, so that pages can be made again in another way.

For WeasyPrint 70.0. Private names used: the attributes of `LayoutContext`, and its `page_maker`.
"""

from __future__ import annotations

import copy
from typing import Any

_NOTES = ("footnotes", "reported_footnotes")


class Snapshot:
    """The state of a layout before a page is made."""

    def __init__(self, context: Any, index: int) -> None:
        """Keep the state before the page with an index, from 0."""
        self.index = index
        self._context = context
        self._lists = {name: list(getattr(context, name)) for name in _NOTES}
        self._notes = [(note, dict(note.__dict__)) for notes in self._lists.values() for note in notes]
        self._out_of_flow = dict(context.broken_out_of_flow)
        self._forced = context.forced_break
        self._rendered = list(context.rendered_notes or ())
        self._pages = [*context.page_maker[:index], _copied(context.page_maker[index])]

    def restore(self) -> None:
        """Undo what was changed since then."""
        context = self._context
        for name, some in self._lists.items():
            setattr(context, name, list(some))
        for note, known in self._notes:
            note.__dict__.clear()
            note.__dict__.update(known)
        context.broken_out_of_flow = dict(self._out_of_flow)
        context.forced_break = self._forced
        context.rendered_notes = list(self._rendered)
        context.page_maker[:] = [*self._pages[:-1], _copied(self._pages[-1])]
        for strings in (*context.string_set.values(), *context.running_elements.values()):
            for number in [number for number in strings if number > self.index]:
                del strings[number]


def _copied(entry: tuple[Any, ...]) -> tuple[Any, ...]:
    """An entry of the engine's list of pages, whose state of counters and of repetitions is changed in place."""
    resume_at, next_page, right_page, page_state, remake_state = entry
    return resume_at, next_page, right_page, copy.deepcopy(page_state), copy.deepcopy(remake_state)
