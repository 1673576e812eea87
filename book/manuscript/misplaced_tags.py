"""Tags of raw HTML that a parser of HTML drops or moves, found by comparing them with the tree that was made of them.

Such a parser never refuses anything: it moves a block out of a paragraph, drops the cell that stands in no table, and
lets bold type that does not end go on to the end of the chapter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from book.manuscript.draft import Draft
from book.manuscript.marks import NUMBER
from book.manuscript.xhtml import VOID
from book.problem import warning

_TAG = re.compile(r"""<(/?)([a-z][a-z0-9]*)((?:[^<>"']|"[^"]*"|'[^']*')*?)(/?)>""")
_MARK = re.compile(rf'{NUMBER}="(\d+)"')
_OPTIONAL = frozenset({"p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "rt", "rp"})
"""Elements whose end tags may be left out (HTML, 13.1.2.4)."""
_CLOSED_BY: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    **dict.fromkeys(("dd", "dt"), frozenset({"dd", "dt"})),
    **dict.fromkeys(("rp", "rt"), frozenset({"rp", "rt"})),
    **dict.fromkeys(("td", "th"), frozenset({"td", "th"})),
    "tr": frozenset({"td", "th", "tr"}),
    **dict.fromkeys(("tbody", "tfoot", "thead"), frozenset({"colgroup", "td", "th", "tr", "tbody", "tfoot", "thead"})),
    "p": frozenset({"p"}),
}
"""Elements that the beginning of another one ends."""
_OUTER = {"caption": "a table", "col": "a table", "colgroup": "a table", "tbody": "a table", "td": "a table"}
_OUTER |= {"tfoot": "a table", "th": "a table", "thead": "a table", "tr": "a table"}
"""What an element that a parser drops needs around it."""
_NO_TEXT = frozenset({"colgroup", "table", "tbody", "tfoot", "thead", "tr"})
"""Elements out of which a parser moves words."""
_HINT = "see what HTML allows there, or write it in Markdown"


def find(draft: Draft, html: str) -> None:
    """Report the tags of raw HTML that a parser of HTML drops or moves, and elements that do not end.

    Args:
        draft: The chapter, whose tree was made of `html`.
        html: What it was made of, in which raw tags have the numbers of their marks.
    """
    stands: dict[str, list[_Element]] = {}  # several where a parser repeats formatting behind a block
    for one in draft.root.iterfind(f".//*[@{NUMBER}]"):
        stands.setdefault(one.get(NUMBER, ""), []).append(one)
    left: list[_Element] = []
    for number, tag, parent, above in _written(draft, html):
        elements = stands.get(number, [])
        where = f"in <{parent}>" if parent else f"outside of {_OUTER.get(tag, 'its element')}"
        if not elements:
            _report(draft, number, f"<{tag}> cannot stand {where}: the tag is left out, its words stay")
        elif not _is_in(elements[0], parent, above):
            _report(draft, number, f"<{tag}> cannot stand {where}: it is set behind or before it")
            left += [*elements, *stands.get(above, ())]
    for element in reversed(left):
        _drop_empty(element)


def _drop_empty(element: _Element) -> None:
    """Remove an element out of which everything was moved, and the paragraph around it if that is empty then."""
    parent = element.getparent()
    if parent is None or len(element) or (element.text or "").strip() or element.get("id"):
        return
    element.drop_tree()  # type: ignore[attr-defined]
    if parent.tag == "p":
        _drop_empty(parent)


def _is_in(element: _Element, parent: str, above: str) -> bool:
    """Whether an element stands where it is written: in an element with a mark, or else in one of that name."""
    over = list(element.iterancestors())
    if above:
        return any(one.get(NUMBER) == above for one in over)
    return parent in ("", "div") or any(one.tag == parent for one in over[:2])


def _written(draft: Draft, html: str) -> Iterator[tuple[str, str, str, str]]:
    """The elements of raw HTML as they are written: mark, name, and the name and the mark of the element around it."""
    opened: list[tuple[str, str]] = []
    behind = 0
    for found in _TAG.finditer(html):
        closing, tag, inside, alone = found.groups()
        if opened and opened[-1][0] in _NO_TEXT and opened[-1][1] and html[behind : found.start()].strip():
            _report(draft, opened[-1][1], f"words directly in <{opened[-1][0]}>: they are set before the table")
        behind = found.end()
        if closing:
            depth = next((n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == tag), None)
            for name, number in opened[(len(opened) if depth is None else depth + 1) :]:
                _unclosed(draft, name, number)
            del opened[(len(opened) if depth is None else depth) :]
            continue
        mark = _MARK.search(inside)
        number = mark[1] if mark else ""
        raw = bool(mark) and draft.marks[int(number)].raw
        while opened and opened[-1][0] in _CLOSED_BY.get(tag, ()):
            opened.pop()
        if raw:
            parent, above = opened[-1] if opened else ("", "")
            yield number, tag, parent, above if above and draft.marks[int(above)].raw else ""
        if not alone and tag not in VOID:
            opened.append((tag, number if raw else ""))
    for name, number in opened:
        _unclosed(draft, name, number)


def _unclosed(draft: Draft, name: str, number: str) -> None:
    """Report an element that does not end where its surroundings do."""
    if number and name not in _OPTIONAL:
        _report(draft, number, f"the element <{name}> does not end before what is around it", f"end it: </{name}>")


def _report(draft: Draft, number: str, message: str, hint: str = _HINT) -> None:
    """Report an element by the number of its mark."""
    draft.problems.append(warning("raw-html", message, draft.span(draft.marks[int(number)]), hint))
