"""Lays out one page of furniture of each kind, and sets the lines of the others in its place.

Pages of running heads and folios are alike but for their words. WeasyPrint 70.0 lays each out with all that belongs to
a page: three short texts took as long as a seventh of a page of text. Here pages whose boxes have the same styles are
copies of one that the engine has made; of each text with other words, one line is set, and stands where the engine
would put it. Where that is not certain (a line that would be cut, or broken, or is not in a box of its own), the engine
makes all pages.

What is private and used: `make_all_pages` of `layout`, the box tree, `iter_line_boxes`, `max_content_width`.
"""

from __future__ import annotations

from typing import Any

LEAST = 4
"""So many pages at least are made without the engine, or it makes all."""


class _UnlikeError(Exception):
    """A page is not like another one but for its words."""


def mend() -> None:
    """Make pages of furniture so in this process."""
    import weasyprint.layout

    weasyprint.layout.make_all_pages = _from_kinds(weasyprint.layout.make_all_pages)


def _from_kinds(make_all_pages: Any) -> Any:
    """Make the pages of a document of furniture; those of any other as before."""

    def make(context: Any, root_box: Any, html: Any, pages: list[Any]) -> Any:
        body = None if pages else _body(root_box)
        kinds = _kinds(body) if body is not None else []
        chosen = _in_turn(kinds)
        if body is None or len(kinds) - len(chosen) < LEAST:
            return make_all_pages(context, root_box, html, pages)
        one_of_each = root_box.copy_with_children([body.copy_with_children([body.children[at] for at in chosen])])
        made = list(make_all_pages(context, one_of_each, html, []))
        try:
            return _all_pages(context, body, kinds, chosen, made)
        except _UnlikeError:
            from weasyprint.layout import initialize_page_maker

            initialize_page_maker(context, root_box)
            return make_all_pages(context, root_box, html, pages)

    return make


def _body(root_box: Any) -> Any:
    """The body of a document of furniture; None of any other document."""
    body = root_box.children[0] if len(root_box.children) == 1 else None
    if body is None or body.element is None or "furniture" not in (body.element.get("class") or "").split():
        return None
    return body if all(_is_leaf(leaf) for leaf in body.children) else None


def _is_leaf(box: Any) -> bool:
    """Whether a box holds what is placed on it, and is a page."""
    style = box.style
    return bool(style["position"] == "relative" and style["break_after"] == "page" and style["float"] == "none")


def _kinds(body: Any) -> list[Any]:
    """What each leaf has but for its words; leaves of one kind are on the same side."""
    return [(number % 2, _shape(leaf)) for number, leaf in enumerate(body.children)]


def _shape(box: Any) -> tuple[Any, ...]:
    """What a box is, but for words: styles are shared, so that those of like boxes are the same."""
    replaced = id(getattr(box, "replacement", None))
    return type(box), id(box.style), replaced, *(_shape(child) for child in getattr(box, "children", ()))


def _in_turn(kinds: list[Any]) -> list[int]:
    """The leaves that the engine lays out: one of each kind, on right and left pages by turns as all leaves are."""
    firsts = {kind: number for number, kind in reversed(list(enumerate(kinds)))}
    sides = [sorted(number for number in firsts.values() if number % 2 == side) for side in (0, 1)]
    longer = max(map(len, sides), default=0)
    if not all(sides):
        return list(range(len(kinds)))
    filled = [(side * longer)[:longer] for side in sides]
    return [number for pair in zip(*filled, strict=True) for number in pair]


def _all_pages(context: Any, body: Any, kinds: list[Any], chosen: list[int], made: list[Any]) -> list[Any]:
    """The pages of all leaves, from those of the chosen ones.

    Raises:
        _UnlikeError: They cannot be had so.
    """
    if len(made) != len(chosen) or len({id(page.style) for page in made}) > len({number % 2 for number in chosen}):
        raise _UnlikeError
    models = {kinds[number]: (at, number) for at, number in reversed(list(enumerate(chosen)))}
    states = context.page_maker
    if any(state[-1]["pages_wanted"] or state[-1]["content_lookups"] for state in states):
        raise _UnlikeError  # it has numbers of pages
    pages, entries = [], states[:1]
    context.create_block_formatting_context()
    try:
        for number, kind in enumerate(kinds):
            at, model = models[kind]
            page = made[at].deepcopy()
            _reword(context, _leaf_of(page), body.children[number], body.children[model])
            pages.append(page)
            entries.append(_state(states[at + 1], at + 1, number + 1))
    finally:
        context.finish_block_formatting_context()
    context.page_maker = entries
    return pages


def _state(entry: tuple[Any, ...], before: int, after: int) -> tuple[Any, ...]:
    """An entry of the engine's list of pages, with the number of another page."""
    *others, (depth, counters, scopes, groups), remake = entry
    if counters.get("page") != [before]:
        raise _UnlikeError
    return (*others, (depth, {**counters, "page": [after]}, scopes, groups), remake)


def _leaf_of(page: Any) -> Any:
    """The leaf on a page.

    Raises:
        _UnlikeError: There is something else on it.
    """
    body = page.children[0].children[0]
    if len(page.children[0].children) != 1 or len(body.children) != 1:
        raise _UnlikeError
    return body.children[0]


def _reword(context: Any, laid: Any, leaf: Any, model: Any) -> None:
    """Give a copy of a leaf that has been laid out the words of another leaf of its kind."""
    _take_names(laid, leaf)
    if len(laid.children) != len(leaf.children):
        raise _UnlikeError
    for at, (block, new, old) in enumerate(zip(laid.children, leaf.children, model.children, strict=True)):
        set_, given = _texts(block), _texts(new)
        if [box.text for box in given] != [box.text for box in _texts(old)]:
            laid.children[at] = _with_line(context, laid, block, new, old)
        elif len(set_) == len(given):
            _take_names(block, new)
            for box, other in zip(set_, given, strict=True):
                box.element = other.element
        else:
            raise _UnlikeError


def _take_names(laid: Any, box: Any) -> None:
    """Let a box that has been laid out stand for the element of another one."""
    laid.element, laid.string_set, laid.bookmark_label = box.element, box.string_set, box.bookmark_label


def _texts(box: Any) -> list[Any]:
    """The boxes of texts in a box."""
    return [one for one in box.descendants(placeholders=True) if getattr(one, "text", "")]


def _with_line(context: Any, leaf: Any, block: Any, new: Any, old: Any) -> Any:
    """A block that has been laid out, with the line of another block.

    Args:
        context: The engine's.
        leaf: What the block is placed on.
        block: The block that has been laid out.
        new: The other block, before it is laid out.
        old: The block, before it was laid out.
    """
    from weasyprint.formatting_structure.boxes import LineBox
    from weasyprint.layout.inline import iter_line_boxes

    style = block.style
    if (
        style["position"] != "absolute" or style["transform"] or len(block.children) != 1
        or [type(child) for child in new.children] != [LineBox]
    ):  # fmt: skip
        raise _UnlikeError
    (before,) = block.children
    _take_names(block, new)
    block.width, block.position_x = _place(context, leaf, block, new, old)
    absolutes: list[Any] = []
    top, lists = before.position_y, (absolutes, absolutes)
    lines = iter_line_boxes(context, new.children[0], top, 0, None, block, *lists, None, None)
    line, resume_at = next(lines, (None, None))
    if line is None or resume_at is not None or absolutes:
        raise _UnlikeError
    if (line.height, line.baseline) != (before.height, before.baseline):
        raise _UnlikeError
    line.resume_at = None
    block.children = [line]
    return block


def _place(context: Any, leaf: Any, block: Any, new: Any, old: Any) -> tuple[float, float]:
    """The width of a block with other words, and where it begins."""
    left, right, width = (block.style[name] != "auto" for name in ("left", "right", "width"))
    needed = _needed(context, new)
    if width or (left and right):
        if needed > block.width:
            raise _UnlikeError
        return block.width, block.position_x
    begin, end = block.content_box_x(), block.content_box_x() + block.width
    room = leaf.padding_box_x() + leaf.padding_width() - begin if left else end - leaf.padding_box_x()
    if left == right or _needed(context, old) != block.width or needed < block.min_width:
        raise _UnlikeError
    if needed > min(room, block.max_width):
        raise _UnlikeError
    return needed, block.position_x if left else block.position_x + block.width - needed


def _needed(context: Any, block: Any) -> float:
    """How wide the content of a block is in one line, in px."""
    from weasyprint.layout.preferred import max_content_width

    if not hasattr(block, "needed"):
        block.needed = max_content_width(context, block, outer=False)
    return float(block.needed)
