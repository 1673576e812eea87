"""Raw HTML that stands where HTML does not allow it (Living Standard, "Content model"): mended, and reported.

E-readers refuse an item outside of a list or a block inside of running text. What stands so is given the parent that it
lacks, or a plainer name; no word is taken out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.etree import _Element

from book.manuscript.allowed import is_datetime
from book.manuscript.draft import Draft, parent_of, plain_text, take
from book.manuscript.marks import NUMBER
from book.problem import Span, warning

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SECTIONS = frozenset({"aside", "section"})
_FLOW = frozenset({
    "aside", "blockquote", "div", "dl", "figure", "hr", "ol", "p", "pre", "section", "table", "ul", *_HEADINGS,
})  # fmt: skip
"""Elements that stand among blocks only."""
_PHRASING_ONLY = frozenset({
    "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "kbd", "mark", "p", "pre", "q", "rt", "ruby", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", *_HEADINGS,
})  # fmt: skip
"""Elements that hold running text only."""
_PHRASING = (_PHRASING_ONLY - _FLOW) | {"a", "br", "del", "img", "ins", "rp", "wbr"}
"""Elements of running text."""
_PARENTS: Mapping[str, tuple[frozenset[str], str]] = {
    "li": (frozenset({"ol", "ul"}), "ul"),
    "dd": (frozenset({"dl"}), "dl"),
    "dt": (frozenset({"dl"}), "dl"),
    "figcaption": (frozenset({"figure"}), ""),
    "rt": (frozenset({"ruby"}), ""),
    "rp": (frozenset({"ruby"}), ""),
}
"""The parents that an element must have, and the one that it is given; empty: it becomes plain instead."""
_PARTS = ("caption", "colgroup", "thead", "tbody", "tfoot")
"""The parts of a table, in their order (a parser puts rows into bodies)."""
_HINT = "see what HTML allows there, or write it in Markdown"


def mend(draft: Draft) -> None:
    """Give what stands where it must not the parent that it lacks, or a plainer name, and report it."""
    for step in (_parents, _lists, _terms, _tables, _figures, _rubies, _headings, _blocks, _inline, _attributes):
        step(draft)


def _say(draft: Draft, element: _Element, message: str) -> None:
    """Report an element, at its own place or that of the nearest one around it that has a place."""
    near = next((one for one in (element, *element.iterancestors()) if one.get(NUMBER)), None)
    near = element.find(f".//*[@{NUMBER}]") if near is None else near
    at = Span(draft.path) if near is None else draft.span(draft.marks[int(near.get(NUMBER, ""))])
    draft.problems.append(warning("raw-html", message, at, _HINT))


def _rename(element: _Element, tag: str) -> None:
    """Give an element a plainer name, and only the attributes that every element can have."""
    element.tag = tag
    for name in list(element.attrib):
        if str(name) not in ("id", "class", "lang", "dir", "title", NUMBER):
            del element.attrib[name]


def _parents(draft: Draft) -> None:
    """Items, terms and captions that stand outside of what they belong to."""
    for element in list(draft.root.iter(*_PARENTS)):
        needed, given = _PARENTS[str(element.tag)]
        parent = parent_of(element)
        outer = parent.getparent()
        if parent.tag in needed or (given == "dl" and parent.tag == "div" and outer is not None and outer.tag == "dl"):
            continue
        if given:
            _say(draft, element, f"<{element.tag}> stands outside of a list: one is made for it")
            _wrap_run(element, given)
        else:
            name = "span" if element.tag in ("rt", "rp") else "div"
            _say(draft, element, f"<{element.tag}> stands outside of <{min(needed)}>: it is set as plain text")
            _rename(element, name)


def _wrap_run(first: _Element, tag: str) -> _Element:
    """A new list around an element and those that follow it directly, as far as they belong into such a list."""
    whole = etree.Element(tag)
    first.addprevious(whole)
    run = [first]
    while (after := run[-1].getnext()) is not None and not (run[-1].tail or "").strip():
        if _PARENTS.get(str(after.tag), (None, None))[1] != tag:
            break
        run.append(after)
    tail, run[-1].tail = run[-1].tail, None
    whole.extend(run)
    whole.tail = tail
    return whole


def _lists(draft: Draft) -> None:
    """Whatever stands in a list but in no item goes into the item before it, or into one of its own."""
    for items in list(draft.root.iter("ol", "ul")):
        strange = [one for one in items if one.tag != "li"]
        words = [one for one in ([items.text], *([one.tail] for one in items)) if (one[0] or "").strip()]
        if not strange and not words:
            continue
        _say(draft, items, f"<{items.tag}> holds more than items: the rest is put into items")
        item: _Element | None = None
        text, items.text = items.text, None
        if (text or "").strip():
            item = etree.Element("li")
            item.text = text
            items.insert(0, item)
        for child in list(items):
            if child is item:
                continue
            tail, child.tail = child.tail, None
            if child.tag == "li":
                item = child
            elif item is None:
                item = etree.Element("li")
                child.addprevious(item)
                item.append(child)
            else:
                item.append(child)
            if (tail or "").strip():
                _append_text(item, tail or "")


def _append_text(element: _Element, text: str) -> None:
    """Add a text at the end of an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _terms(draft: Draft) -> None:
    """Lists of definitions in which a term or a definition has no counterpart become divisions."""
    for terms in list(draft.root.iter("dl")):
        groups = [terms, *(one for one in terms if one.tag == "div")]
        kinds = [one.tag for one in terms]
        parted = "div" in kinds
        good = all(_is_paired([str(one.tag) for one in group if one.tag != "div"]) for group in groups)
        plain = set(kinds) <= ({"div"} if parted else {"dd", "dt"})
        text = any((one or "").strip() for one in (terms.text, *(one.tail for one in terms)))
        if good and plain and not text:
            continue
        _say(draft, terms, "<dl> is no list of terms, each with its definitions: it is set as plain blocks")
        for one in [*terms.iter("dt", "dd")]:
            if one.iterancestors("dl").__next__() is terms:
                _rename(one, "div")
        _rename(terms, "div")


def _is_paired(kinds: Sequence[str]) -> bool:
    """Whether terms and definitions follow each other: one term or more, then one definition or more."""
    return (
        re.fullmatch("(?:(?:t)+(?:d)+)*", "".join({"dt": "t", "dd": "d"}.get(kind, "x") for kind in kinds)) is not None
    )


def _tables(draft: Draft) -> None:
    """The parts of a table in their order; further heads and feet become bodies, further captions paragraphs."""
    for table in draft.root.iter("table"):
        parts = [str(one.tag) for one in table]
        extra = [
            one for n, one in enumerate(table) if one.tag in ("caption", "thead", "tfoot") and one.tag in parts[:n]
        ]
        for one in extra:
            _say(
                draft,
                one,
                f"a table has one <{one.tag}>: this one is set as {'text' if one.tag == 'caption' else 'rows'}",
            )
            if one.tag == "caption":
                one.tail = None
                table.addprevious(one)
                _rename(one, "div")
            else:
                one.tag = "tbody"
        table[:] = sorted(table, key=lambda one: _PARTS.index(str(one.tag)) if one.tag in _PARTS else len(_PARTS))
    for caption in list(draft.root.iter("caption")):
        for table in list(caption.iter("table")):
            _say(draft, table, "a table cannot stand in the caption of another: it is set behind it")
            parent_of(caption).addnext(table)
    for cell in draft.root.iter("th", "dt"):
        for one in [*cell.iter(*_HEADINGS, *_SECTIONS)]:
            _say(draft, one, f"<{one.tag}> cannot stand in <{cell.tag}>: it is set as a block")
            _rename(one, "div")


def _figures(draft: Draft) -> None:
    """A figure has one caption, at its beginning or its end."""
    for figure in draft.root.iter("figure"):
        captions = figure.findall("figcaption")
        for one in captions[1:]:
            _say(draft, one, "a figure has one <figcaption>: this one is set as text")
            _rename(one, "div")
        if (
            captions
            and figure[0] is not captions[0]
            and (figure[-1] is not captions[0] or (captions[0].tail or "").strip())
        ):
            first = captions[0]
            tail, first.tail = first.tail, None
            if (tail or "").strip():
                before = first.getprevious()
                _append_text(figure if before is None else before, tail or "")
            figure.append(first)


def _rubies(draft: Draft) -> None:
    """A ruby is words and their annotation, once or several times."""
    for ruby in list(draft.root.iter("ruby")):
        kinds = "".join("t" if one.tag == "rt" else "p" if one.tag == "rp" else "w" for one in ruby)
        last = ruby[-1] if len(ruby) else ruby
        words = (ruby.text or "").strip() or kinds[:1] == "w"
        if words and re.fullmatch("(?:w*(?:t+|pt+p))+", kinds) and not (last.tail or "").strip():
            continue
        _say(draft, ruby, "<ruby> is not words with their annotation <rt>: it is set as plain text")
        for one in [ruby, *ruby.iter("rt", "rp")]:
            _rename(one, "span")


def _headings(draft: Draft) -> None:
    """What stands in a heading is words of it."""
    for heading in list(draft.root.iter(*_HEADINGS)):
        for one in [one for one in heading.iterdescendants(etree.Element) if one.tag not in _PHRASING]:
            _say(draft, one, f"<{one.tag}> cannot stand in <{heading.tag}>: it is set as words of the heading")
            one.tail = f" {one.tail or ''}"
            _rename(one, "span")


def _blocks(draft: Draft) -> None:
    """Blocks inside running text: the element around them is opened, so that they are blocks."""
    queue = list(draft.root.iter(*_FLOW))
    for wrong in queue:
        while (around := _phrase_around(wrong)) is not None:
            _open(draft, wrong, around)
            queue += [around] if around.tag == "div" else []


def _open(draft: Draft, wrong: _Element, around: _Element) -> None:
    """Open the element around a block."""
    _say(draft, wrong, f"<{wrong.tag}> cannot stand in <{around.tag}>: <{around.tag}> is left out, its words stay")
    if around.tag in ("p", "pre", "span"):
        _rename(around, "div")
    else:
        around.drop_tag()  # type: ignore[attr-defined]


def _phrase_around(element: _Element) -> _Element | None:
    """The nearest element around a block if it holds running text only; `a`, `del`, `ins` hold what is around them."""
    for one in element.iterancestors():
        if one.tag not in ("a", "del", "ins"):
            return one if one.tag in _PHRASING_ONLY else None
    return None


def _inline(draft: Draft) -> None:
    """Inline elements that lack an attribute that they need, or stand inside their own kind."""
    for element in [*draft.root.iter("bdo", "time", "dfn", "a")]:
        tag = str(element.tag)
        if tag == "bdo" and element.get("dir") not in ("ltr", "rtl"):
            _say(draft, element, "<bdo> says no direction: it is set as plain text")
        elif tag == "time" and element.get("datetime") is None and not is_datetime(plain_text(element)):
            _say(draft, element, "<time> holds no date in figures, and has none in `datetime`: it is set as plain text")
        elif tag in ("dfn", "a") and next(element.iterancestors(tag), None) is not None:
            _say(draft, element, f"<{tag}> cannot stand in <{tag}>: it is set as plain text")
        else:
            continue
        _rename(element, "span")


def _attributes(draft: Draft) -> None:
    """Attributes whose counterparts are missing, and pictures without a file."""
    for item in draft.root.iter("li"):
        if parent_of(item).tag == "ul" and take(item, "value"):
            _say(draft, item, 'an item of <ul> has no number: the attribute "value" is left out')
    ids = {one.get("id") for one in draft.root.iterfind(".//*[@id]")}
    for cell in draft.root.iter("td", "th"):
        if not set((cell.get("headers") or "").split()) <= ids:
            take(cell, "headers")
            _say(draft, cell, 'the attribute "headers" names an id that is not there, and is left out')
    for items in draft.root.iter("ol"):
        if items.get("reversed") is not None:
            items.set("reversed", "reversed")
    for image in [*draft.root.iter("img")]:
        if draft.kind(image) != "image":
            _say(draft, image, "<img> names no file: it is left out")
            image.drop_tree()  # type: ignore[attr-defined]
