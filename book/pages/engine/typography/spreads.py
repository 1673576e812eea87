"""Chooses pages two by two, so that facing pages end on the same line, and no section ends with a few lines on a page.

WeasyPrint 70.0 fills one page after the other. Here the two pages of a spread are compared when both are made. If one
is shorter, because two lines of a paragraph stay together, or a heading stays with its text, they are made again in
other ways, the least costly first: paragraphs a line longer or shorter, where that can hardly be seen; both pages a
line short. What a change costs is reckoned as all breaks are, in integers. Single pages are left as they are.

Private names used: `make_all_pages` of `layout`, `remake_page` and `block_level_layout` of `layout.page`, `page_maker`
of the `LayoutContext`, and what `snapshots` and `depths` use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from book.pages.engine.typography.depths import NO_CHANGE, Change, Facts, by_one_line, changes, facts_of, joined
from book.pages.engine.typography.floats import Floats
from book.pages.engine.typography.leading import strut_of
from book.pages.engine.typography.plans import Memo, Plan
from book.pages.engine.typography.snapshots import Snapshot

DEAREST = 2_000_000
"""Maximum cost of a change by one line: about as much as one line with spaces half as wide again."""
DEAREST_OF_ALL = 8_000_000
"""The same where nothing else makes two pages alike."""
TRIES = 2
"""How many changes of one kind are tried."""
MOST_PAGES = 24
"""How many pages are made at most for one spread."""
MOST_SHORT = 3
"""By how many lines both pages of a spread may be short; beside a left page that is shorter, the right one is filled.

What left such a hole is set as a whole, as a figure with its caption: it may not fit on a shorter page either.
"""
ALIKE = 0.04
"""The difference of two pages that is not seen, in lines."""
FEWEST_AT_END = 5
"""The least number of lines on the last page of a section, if it can be had."""

counts: Counter[str] = Counter()
"""In this process: the number of pages made, and of those made again."""


def choose_pages() -> None:
    """Choose pages so in this process."""
    import weasyprint.layout
    from weasyprint.layout import page

    weasyprint.layout.make_all_pages = _by_spreads(weasyprint.layout.make_all_pages)
    page.block_level_layout = _shortened(page.block_level_layout)


def _shortened(layout: Any) -> Any:
    """Make the text area of a page lower where that is wanted, before its text is laid out."""

    def lay_out(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if box.element_tag == "html" and (less := getattr(context, "page_shortened", 0)):
            context.page_shortened = 0
            notes = context.current_footnote_area
            notes.page.height -= less
            notes.page.margin_bottom += less
            notes.page.shortened = less
            notes.position_y -= less
            context.page_bottom -= less
        return layout(context, box, *rest, **named)

    return lay_out


def _by_spreads(make_all_pages: Any) -> Any:
    """Make all pages, by spreads; those that are made again because of counters, one by one."""

    def make(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Iterator[Any]:
        if pages:
            yield from make_all_pages(context, root_box, html, pages)
            return
        context.rendered_notes = []
        for made in _Maker(context, root_box, html).pages():
            yield made.page
        context.page_maker = context.page_maker[: made.index + 2]
        context.broken_out_of_flow.clear()
        context.reported_footnotes.clear()

    return make


@dataclass(frozen=True, slots=True)
class _Made:
    """A page that has been made."""

    index: int
    page: Any
    facts: Facts
    short: float
    """By how many lines its content ends above the foot of a full page."""
    last: bool
    """Whether nothing is left for another page."""
    closing: bool
    """Whether the next page does not continue its text."""


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to make a page."""

    change: Change = NO_CHANGE
    short: int = 0
    """By how many lines the page is to be shorter than a full one."""


class _Maker:
    """Makes the pages of one document."""

    def __init__(self, context: Any, root_box: Any, html: Any) -> None:
        self._context, self._root, self._html = context, root_box, html
        self._line = strut_of(root_box.style)[0] or 1.0
        self._floats = context.page_floats = Floats(root_box, self._line)
        self._memos: dict[Plan, Memo] = {}
        self._pages_made = self._least_short = 0

    def pages(self) -> Iterator[_Made]:
        """All pages in order."""
        before: tuple[Snapshot, list[_Made]] | None = None
        while True:
            index = len(before[1]) + before[0].index if before else 0
            start = Snapshot(self._context, index)
            spread = self._spread(index)
            if spread[-1].last:
                yield from self._end(before, start, spread)
                return
            if before:
                yield from before[1]
            before = start, spread

    # --- one page ---

    def _make(self, index: int, short: int = 0) -> _Made:
        """Make a page, so many lines shorter than a full one; again, if figures on it have to float."""
        floats, context = self._floats, self._context
        if not floats:
            return self._make_once(index, short)
        start = Snapshot(context, index)
        while True:
            floats.forget_from(index)
            made = self._make_once(index, short)
            if not floats.take(index, made.page, self._root, context.page_maker[index + 1][0], context):
                return made
            start.restore()

    def _make_once(self, index: int, short: int) -> _Made:
        """Make a page, so many lines shorter than a full one."""
        from weasyprint.layout.page import remake_page

        short = max(short, self._least_short)
        context = self._context
        context.page_maker[index][-1].update(content_changed=False, pages_wanted=False, anchors=[], content_lookups=[])
        context.page_shortened = short * self._line
        page, resume_at = remake_page(index, context, self._root, self._html)
        context.page_shortened = 0
        self._pages_made += 1
        counts["pages"] += 1
        facts = facts_of(page)
        for plan in facts.plans():
            self._memos.setdefault(plan, plan.memo())
        full = page.content_box_y() + page.height + short * self._line
        last = resume_at is None and not context.reported_footnotes
        closing = resume_at is None or context.page_maker[index + 1][1]["break"] != "any"
        return _Made(index, page, facts, (full - facts.foot) / self._line, last, closing or not facts.foot)

    def _again(self, start: Snapshot, way: _Way) -> _Made:
        """Make a page again in another way."""
        self._undo(start)
        way.change.apply()
        counts["again"] += 1
        return self._make(start.index, way.short)

    def _undo(self, start: Snapshot) -> None:
        """Go back to the state before a page."""
        start.restore()
        for plan, memo in self._memos.items():
            plan.recall(memo)

    # --- two pages ---

    def _spread(self, index: int) -> list[_Made]:
        """The page with an index, and the page that faces it, if it is a left page."""
        self._memos, self._pages_made = {}, 0
        single = bool(self._context.page_maker[index][2])
        start = None if single else Snapshot(self._context, index)
        left = self._make(index)
        if start is None or left.closing or left.short > MOST_SHORT + ALIKE:
            return [left]
        made: _Way | None = _AS_IT_IS
        for way in self._ways(left):
            if way is not made:
                left, made = self._again(start, way), None
                if left.closing or (_whole(left.short) and not way.short and way is not _AS_IT_IS):
                    continue
            pair = self._facing(left)
            made = None
            if _done(pair):
                return pair
            if self._pages_made > MOST_PAGES:
                break
        left = self._again(start, _AS_IT_IS)
        return [left, self._make(index + 1, _whole(left.short))]

    def _ways(self, left: _Made) -> Iterator[_Way]:
        """The ways to make a left page, in the order in which they are tried."""
        short = _whole(left.short)
        if short > 0:
            yield from (_Way(change) for change in changes(left.facts, short, DEAREST)[:TRIES])
        yield _AS_IT_IS
        for change in by_one_line(left.facts, DEAREST, TRIES):
            yield _Way(change)
        yield from (_Way(short=less) for less in range(short + 1, MOST_SHORT))
        for change in by_one_line(left.facts, DEAREST_OF_ALL, TRIES):
            yield _Way(change)
        yield _Way(short=MOST_SHORT)

    def _facing(self, left: _Made) -> list[_Made]:
        """A left page, and the right one made to face it."""
        index, short = left.index + 1, _whole(left.short)
        start = Snapshot(self._context, index)
        memos, self._memos = self._memos, {}
        right = self._make(index, short)
        pair = [left, right]
        if not _done(pair):
            missing = _whole(right.short) - short
            filling = changes(right.facts, missing, DEAREST)[:TRIES] if missing > 0 else []
            for change in (*filling, *changes(right.facts, -1, DEAREST)[:TRIES]):
                pair = [left, self._again(start, _Way(change, short))]
                if _done(pair) and not (pair[1].facts.parted and not right.facts.parted):
                    break
            else:
                pair = [left, right]
        self._memos = {**self._memos, **memos}
        return pair

    # --- the last page ---

    def _end(
        self, before: tuple[Snapshot, list[_Made]] | None, start: Snapshot, spread: list[_Made]
    ) -> Iterator[_Made]:
        """The last pages; those before the last one are made again if there are few lines on it."""
        pages = [*(before[1] if before else ()), *spread]
        if len(pages) > 1 and not pages[-2].closing and 0 < pages[-1].facts.lines < FEWEST_AT_END:
            done = Snapshot(self._context, len(self._context.page_maker) - 1)
            again = self._better_end(before[0] if before else start, pages)
            if again is None:
                done.restore()
            else:
                pages = again
        yield from pages

    def _better_end(self, start: Snapshot, pages: Sequence[_Made]) -> list[_Made] | None:
        """The last pages made so that there are not so few lines on the last one; None if that cannot be had."""
        facts = joined(made.facts for made in pages[:-1])
        few = pages[-1].facts.lines
        memos = {plan: plan.memo() for plan in joined(made.facts for made in pages).plans()}
        for change, short in (
            *((change, 0) for change in changes(facts, -few, DEAREST)[:TRIES]),
            *((change, 0) for change in changes(facts, FEWEST_AT_END - few, DEAREST)[:TRIES]),
            *((change, 0) for change in changes(pages[-2].facts, FEWEST_AT_END - few, DEAREST)[:TRIES]),
            *((NO_CHANGE, short) for short in range(1, MOST_SHORT + 1)),
        ):
            start.restore()
            for plan, memo in memos.items():
                plan.recall(memo)
            change.apply()
            self._least_short = short
            again = self._spread(start.index)
            while not again[-1].last and len(again) <= len(pages):
                again += self._spread(start.index + len(again))
            self._least_short = 0
            if again[-1].last and (len(again) < len(pages) or again[-1].facts.lines >= FEWEST_AT_END):
                return again
        return None


_AS_IT_IS = _Way()


def _whole(lines: float) -> int:
    """How many whole lines there is room for."""
    return max(int(lines + ALIKE), 0)


def _done(pair: Sequence[_Made]) -> bool:
    """Whether nothing is to be mended in two pages: they end alike, or need not or cannot do so."""
    left, right = pair
    apart = right.short - left.short
    return right.closing or abs(apart) <= ALIKE or abs(apart - round(apart)) > ALIKE
