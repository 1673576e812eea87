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
from typing import Any

from book.pages.engine.typography.depths import NO_CHANGE, by_one_line, changes, facts_of, joined
from book.pages.engine.typography.floats import Floats
from book.pages.engine.typography.leading import strut_of
from book.pages.engine.typography.made_pages import ALIKE, AS_IT_IS, Made, Way, are_alike, parts_introduction, whole
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
MOST_FOR_INTRODUCTIONS = 12
"""The same once all is well but for an introduction that is parted from its quotation."""
MOST_SHORT = 3
"""By how many lines both pages of a spread may be short; beside a left page that is shorter, the right one is filled.

What left such a hole is set as a whole, as a figure with its caption: it may not fit on a shorter page either.
"""
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


class _Maker:
    """Makes the pages of one document."""

    def __init__(self, context: Any, root_box: Any, html: Any) -> None:
        self._context, self._root, self._html = context, root_box, html
        self._line = strut_of(root_box.style)[0] or 1.0
        self._floats = context.page_floats = Floats(root_box, self._line)
        self._memos: dict[Plan, Memo] = {}
        self._pages_made = self._least_short = 0

    def pages(self) -> Iterator[Made]:
        """All pages in order."""
        before: tuple[Snapshot, list[Made]] | None = None
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

    def _make(self, index: int, short: int = 0) -> Made:
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

    def _make_once(self, index: int, short: int) -> Made:
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
        parting = parts_introduction(self._root, resume_at, facts)
        return Made(index, page, facts, (full - facts.foot) / self._line, last, closing or not facts.foot, parting)

    def _again(self, start: Snapshot, way: Way) -> Made:
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

    def _spread(self, index: int) -> list[Made]:
        """The page with an index, and the page that faces it, if it is a left page."""
        self._memos, self._pages_made = {}, 0
        single = bool(self._context.page_maker[index][2])
        start = Snapshot(self._context, index)
        left = self._make(index)
        if single:
            return [self._single(start, left)]
        if left.closing or left.short > MOST_SHORT + ALIKE:
            return [left]
        made: Way | None = AS_IT_IS
        kept: Way | None = None
        for way in self._ways(left):
            if way is not made:
                left, made = self._again(start, way), None
                if left.closing or (whole(left.short) and not way.short and way is not AS_IT_IS):
                    continue
            pair = self._facing(left)
            made = None
            if are_alike(pair):
                if not any(page.parting for page in pair):
                    return pair
                kept = kept or way
            if self._pages_made > (MOST_PAGES if kept is None else MOST_FOR_INTRODUCTIONS):
                break
        if kept is not None:
            return self._facing(self._again(start, kept))
        left = self._again(start, AS_IT_IS)
        return [left, self._make(index + 1, whole(left.short))]

    def _single(self, start: Snapshot, page: Made) -> Made:
        """A page that faces none of its section, made again if that keeps an introduction with its quotation."""
        if not page.parting or page.closing:
            return page
        for way in self._with_introduction(page):
            again = self._again(start, way)
            if not again.parting and page.facts.text - again.facts.text <= (MOST_SHORT + ALIKE) * self._line:
                return again
        return self._again(start, AS_IT_IS)

    def _with_introduction(self, page: Made) -> Iterator[Way]:
        """The ways to keep an introduction with its quotation: room for the first lines of that, or less room."""
        for more in (-1, -2, -3, 1, 2):
            yield from (Way(change) for change in changes(page.facts, more, DEAREST)[:1])
        yield from (Way(short=less) for less in range(1, MOST_SHORT + 1))

    def _ways(self, left: Made) -> Iterator[Way]:
        """The ways to make a left page, in the order in which they are tried."""
        short = whole(left.short)
        if short > 0:
            yield from (Way(change) for change in changes(left.facts, short, DEAREST)[:TRIES])
        yield AS_IT_IS
        for change in by_one_line(left.facts, DEAREST, TRIES):
            yield Way(change)
        yield from (Way(short=less) for less in range(short + 1, MOST_SHORT))
        for change in by_one_line(left.facts, DEAREST_OF_ALL, TRIES):
            yield Way(change)
        yield Way(short=MOST_SHORT)

    def _facing(self, left: Made) -> list[Made]:
        """A left page, and the right one made to face it."""
        index, short = left.index + 1, whole(left.short)
        start = Snapshot(self._context, index)
        memos, self._memos = self._memos, {}
        right = self._make(index, short)
        pair = [left, right]
        if not are_alike(pair):
            missing = whole(right.short) - short
            filling = changes(right.facts, missing, DEAREST)[:TRIES] if missing > 0 else []
            for change in (*filling, *changes(right.facts, -1, DEAREST)[:TRIES]):
                pair = [left, self._again(start, Way(change, short))]
                if are_alike(pair) and not (pair[1].facts.parted and not right.facts.parted):
                    break
            else:
                pair = [left, right]
        if are_alike(pair) and pair[1].parting:
            for less in (-1, -2, -3):
                for change in changes(right.facts, less, DEAREST)[:1]:
                    again = [left, self._again(start, Way(change, short))]
                    if are_alike(again) and not again[1].parting:
                        self._memos = {**self._memos, **memos}
                        return again
            pair = [left, self._again(start, Way(short=short))]
        self._memos = {**self._memos, **memos}
        return pair

    # --- the last page ---

    def _end(self, before: tuple[Snapshot, list[Made]] | None, start: Snapshot, spread: list[Made]) -> Iterator[Made]:
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

    def _better_end(self, start: Snapshot, pages: Sequence[Made]) -> list[Made] | None:
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
