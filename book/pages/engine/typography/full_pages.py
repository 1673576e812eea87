"""A page that ends a line short, for the sake of widows and orphans, is filled: so facing pages end alike.

One of its paragraphs is set a line shorter or longer, if that can be done and hardly be seen, and the page is made
again. Which one is told by what the change costs, reckoned as all breaks are.

For WeasyPrint 70.0. What is private and used: `make_page` of `layout.page`, and what of the `LayoutContext` a page
changes: notes, running elements, named strings and counters.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from book.pages.engine.typography.breaks import PLAIN
from book.pages.engine.typography.plans import Plan, Planned

DEAREST = 2_000_000
"""What a change may cost at most: about as much as one line with spaces half as wide again."""
FEWEST = 3
"""A paragraph with fewer lines on the page is left as it is."""
TRIES = 2
"""How many changes are tried for a page."""
Change = tuple[int, Plan, list[Planned]]
"""What it costs, the plan, and its new lines."""


def fill_pages() -> None:
    """Fill pages so in this process."""
    from weasyprint.layout import page

    page.make_page = _filled(page.make_page)


def _filled(make_page: Any) -> Any:
    """Make a page; if it ends a line short, once more with a line more or less above."""

    def make(context: Any, root_box: Any, page_type: Any, resume_at: Any, number: int, state: Any) -> Any:
        before = _Before(context, state, number)
        made = make_page(context, root_box, page_type, resume_at, number, state)
        if page_type.blank or made[1] is None or made[2]["break"] != "any" or not _ends_short(context, made[0]):
            return made
        for _, plan, lines in sorted(_changes(made[0]), key=lambda change: change[0])[:TRIES]:
            replaced = plan.use(lines)
            before.restore()
            again = make_page(context, root_box, page_type, resume_at, number, state)
            if again[1] is not None and not _ends_short(context, again[0]) and not _ends_parted(again[0]):
                return again
            plan.use(replaced)
            made = None
        if made is None:
            before.restore()
            made = make_page(context, root_box, page_type, resume_at, number, state)
        return made

    return make


class _Before:
    """What making a page changes, as it was before."""

    def __init__(self, context: Any, state: Any, number: int) -> None:
        self._context, self._state, self._number = context, state, number
        self._kept = copy.deepcopy(state)
        self._lists = {name: list(getattr(context, name)) for name in ("footnotes", "reported_footnotes")}
        self._notes = [(note, dict(note.__dict__)) for notes in self._lists.values() for note in notes]
        self._out_of_flow = dict(context.broken_out_of_flow)
        self._forced = context.forced_break

    def restore(self) -> None:
        """Let it be so again."""
        context = self._context
        for name, some in self._lists.items():
            setattr(context, name, list(some))
        for note, known in self._notes:
            note.__dict__.clear()
            note.__dict__.update(known)
        context.broken_out_of_flow = dict(self._out_of_flow)
        context.forced_break = self._forced
        for strings in context.string_set.values():
            strings.pop(self._number, None)
        for own, kept in zip(self._state, copy.deepcopy(self._kept), strict=True):
            own.clear()
            own.update(kept) if isinstance(own, dict) else own.extend(kept)


def _lines(page: Any) -> Iterator[Any]:
    """The lines of the text of a page, notes left out."""
    from weasyprint.formatting_structure.boxes import LineBox

    for box in page.children[0].descendants():
        if type(box) is LineBox:
            yield box


def _ends_short(context: Any, page: Any) -> bool:
    """Whether there is room for just one line more on a page."""
    *_, last = (None, *_lines(page))
    if last is None or not last.height or getattr(last, "planned", None) is None:
        return False
    room = context.page_bottom - (last.position_y + last.height)
    return bool(last.height - 0.5 < room < 2 * last.height - 0.5)


def _ends_parted(page: Any) -> bool:
    """Whether a page ends in the middle of a word."""
    *_, last = (None, *_lines(page))
    planned = getattr(last, "planned", None)
    return planned is not None and planned[1].kind != PLAIN and not planned[1].last


def _changes(page: Any) -> Iterator[Change]:
    """The changes by one line of the paragraphs of a page, as far as they can be made."""
    paragraphs: dict[int, list[tuple[Plan, Planned]]] = {}
    for line in _lines(page):
        if (planned := getattr(line, "planned", None)) is not None:
            paragraphs.setdefault(id(planned[0]), []).append(planned)
    for lines in paragraphs.values():
        plan, first = lines[0]
        if len(lines) >= FEWEST:
            for cost, changed in plan.vary(first.begin, first.indent).values():
                if cost <= DEAREST:
                    yield cost, plan, changed
