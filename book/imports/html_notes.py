"""Finds the notes of an HTML page: their calls, and their texts, which stand in lists, paragraphs, asides or tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html as lxml_html

from book.imports.html_unlinked_notes import link_notes

_MARKED = re.compile(r"noteref|footnote-?_?ref|fnref|sdfootnoteanc", re.IGNORECASE)
"""What is said of a link that is the call of a note alone, in its role, class or id, or its parent's class."""
_REFERENCE = re.compile(r"reference", re.IGNORECASE)
"""The same of one that is a call if its words are a number or a sign."""
_SIGN = re.compile(
    r"[\[(]?\s*(?P<kind>(?:foot|end)?note|nb|fn|n\.)?\s*(?P<sign>\d{1,3}|[ivxlc]{1,6}|[a-z]|[*\u2020\u2021\u00a7\u00b6]{1,4}|"
    r"[\u00b9\u00b2\u00b3\u2070-\u2079]{1,3})\s*[\])]?",
    re.IGNORECASE,
)
"""The words of a call."""
_NAMED = re.compile(r"note|ftn|edn|(?:^|[^a-z])(?:fn|en|n)(?=[\W_\d])", re.IGNORECASE)
"""The id of a note or of its call: `fn1`, `n1`, `_ftn1`, `cite_note-1`."""
_INLINE = frozenset({"a", "span", "sup", "sub", "b", "strong", "i", "em", "small", "cite", "u", "font"})
_NO_TEXT = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "figure", "img", "table", "main", "article", "body", "html"})
"""What is no text of a note."""
_LISTED = frozenset({"li", "dd", "tr"})
"""Texts of notes that are parts of a list or a table."""
_LISTS = frozenset({"ol", "ul", "dl", "table"})
_ARROWS = "\u21a9\u21b5\u2191\u2934\u2bb0\u21d1\u25b2^\ufe0e\ufe0f"
_BACK = re.compile(
    rf"[\s\[(]*(?:[{re.escape(_ARROWS)}]+|(?:go |jump )?(?:back|up)(?: to .*)?|return(?: to .*)?|"
    r"zurück|retour|volver|torna su)[\s\])]*",
    re.IGNORECASE,
)
"""The words of a link from a note back to its call."""


@dataclass(slots=True)
class _Note:
    """A note while its page is prepared."""

    label: str
    sign: str
    """What its first call says: `1`, `*`."""
    holder: Any
    """The element that is its text."""
    calls: set[str] = field(default_factory=set)
    """The ids of its calls."""


def mark_notes(main: Any, prefix: str = "") -> None:
    """Give calls of notes and their texts labels that belong together, and begin with a prefix.

    Calls get `data-note`; texts get `data-note-text`, lose their number and the link back to the call, and become
    elements of their own where they were parts of a list. Texts that stand outside the main part are brought in.
    """
    _divide_paragraphs(main)
    link_notes(main)
    order = {one: at for at, one in enumerate(main.getroottree().getroot().iter())}
    targets = {name: one for one in reversed(order) for name in _names(one)}
    notes: dict[Any, _Note] = {}
    for link in list(main.iter("a")):
        target = targets.get(link.get("href", "").removeprefix("#")) if link.get("href", "").startswith("#") else None
        if target is None:
            continue
        words = _SIGN.fullmatch(" ".join(link.text_content().split()))
        marks = " ".join(filter(None, _marks(link)))
        sure = bool(_MARKED.search(marks) or (words and _REFERENCE.search(marks)))
        holder = notes[target].holder if target in notes else _holder(target, link)
        if not sure and not (words and order[target] > order[link] and _is_note(link, words, target, holder)):
            continue
        if holder is None:
            link.set("data-note", f"{prefix}{(words['sign'] if words else '') or '*'}")
            continue
        note = notes.setdefault(target, _Note(f"{prefix}{len(notes) + 1}", words["sign"] if words else "", holder))
        note.calls |= {name for one in (link, *_inline_parents(link), *link.iter()) for name in _names(one)}
        link.set("data-note", note.label)
    _without_brackets(main)
    for note in notes.values():
        _prepare(note)
    for note in notes.values():
        _take_out(note, main)


def _divide_paragraphs(main: Any) -> None:
    """Make paragraphs of the lines of a paragraph of which each begins with a place that a link leads to."""
    called = {link.get("href", "")[1:] for link in main.iter("a") if link.get("href", "").startswith("#")}
    for block in list(main.iter("p", "div")):
        starts = [one for one in block if one.tag in _INLINE and not called.isdisjoint(_names(one))]
        breaks = [one.getprevious() for one in starts[1:]]
        if not breaks or any(one is None or one.tag != "br" or (one.tail or "").strip() for one in breaks):
            continue
        for start, line_break in reversed([*zip(starts[1:], breaks, strict=True)]):
            line = lxml_html.Element("p")
            line.sourceline = start.sourceline
            line.extend([start, *start.itersiblings()])
            block.addnext(line)
            line_break.drop_tree()


def _names(element: Any) -> Iterator[str]:
    """The ids of an element."""
    if isinstance(element.tag, str):
        if name := element.get("id"):
            yield name
        if element.tag == "a" and (name := element.get("name")):
            yield name


def _marks(link: Any) -> Iterator[str | None]:
    """What is said of a link."""
    yield from (link.get("role"), link.get("class"), link.get("id"), link.get("epub:type"))
    yield link.getparent().get("class")


def _inline_parents(element: Any) -> Iterator[Any]:
    """The elements of running text that hold an element, from the inside."""
    for one in element.iterancestors():
        if one.tag not in _INLINE:
            return
        yield one


def _is_note(link: Any, words: re.Match[str], target: Any, holder: Any) -> bool:
    """Whether a link that says a number leads to the text of a note."""
    if holder is None:
        return False
    names = [*_names(target), *_names(link), *(name for one in _inline_parents(link) for name in _names(one))]
    named = any(map(_NAMED.search, names))
    around = (link, *_inline_parents(link), *link.iterdescendants())
    raised = any(one.tag == "sup" or "super" in (one.get("style") or "") for one in around)
    squared = words[0].startswith("[") or (_before(link).endswith("[") and (link.tail or "").startswith("]"))
    symbol = not words["sign"].isalnum()
    if not raised and not squared and not symbol and (words["kind"] or not named):
        return False
    own = {*names} - {*_names(target)}
    back = any(one.get("href", "").removeprefix("#") in own for one in holder.iter("a") if one is not link)
    begins = re.match(rf"\W*{re.escape(words['sign'])}(?!\w)", holder.text_content())
    return bool(back or begins or named or holder.tag == "li")


def _before(element: Any) -> str:
    """The text that stands before an element in its parent."""
    previous = element.getprevious()
    return ((previous.tail if previous is not None else element.getparent().text) or "").rstrip()


def _holder(target: Any, link: Any) -> Any:
    """The element that is the text of a note, by the element that its call leads to; None if there is none."""
    one = target
    while one.tag in _INLINE and one.getparent() is not None and one.getparent().tag in {*_INLINE, "p", "li", "td"}:
        one = one.getparent()
    if one.tag in _INLINE and one.getparent() is not None and one.getparent().tag in ("dt", "dd", "div", "aside"):
        one = one.getparent()
    if one.tag == "dt" or not one.text_content().strip():
        one = one.getnext() if one.getnext() is not None and not (one.tail or "").strip() else one
    if one.tag in ("td", "th"):
        one = one.getparent()
    parent = one.getparent()
    if one.tag == "p" and parent is not None and parent.find("p") is one and _holds_one(parent):
        one = parent
    inside = any(inner.tag in _NO_TEXT or inner is link for inner in one.iter())
    return None if inside or not one.text_content().strip() else one


def _holds_one(element: Any) -> bool:
    """Whether an element of several paragraphs is one note."""
    style = re.sub(r"\s", "", element.get("style") or "")
    alone = element.tag in ("li", "dd", "aside") or style == "mso-element:footnote" or style == "mso-element:endnote"
    return alone or (element.tag == "div" and any(map(_NAMED.search, _names(element))) and len(element) == 1)


def _without_brackets(main: Any) -> None:
    """Take away the brackets that stand around a call, outside its link."""
    for link in main.iter("a"):
        if not link.get("data-note") or not (link.tail or "").startswith((")", "]")):
            continue
        opening = {")": "(", "]": "["}[link.tail[0]]
        previous, parent = link.getprevious(), link.getparent()
        before = (previous.tail if previous is not None else parent.text) or ""
        if not before.endswith(opening) or (opening == "(" and not _raised(link)):
            continue
        link.tail = link.tail[1:]
        if previous is not None:
            previous.tail = before[:-1].rstrip()
        else:
            parent.text = before[:-1].rstrip()


def _raised(link: Any) -> bool:
    """Whether a link stands in a superscript."""
    return any(one.tag == "sup" for one in _inline_parents(link))


def _prepare(note: _Note) -> None:
    """Take a note's own number and its links back away from its text."""
    sign = note.sign
    for back in list(note.holder.iter("a")):
        href = back.get("href", "")
        words = " ".join(back.text_content().split())
        called = href.startswith("#") and href[1:] in note.calls
        if back.get("data-note") or not href.startswith("#") or not (called or _BACK.fullmatch(words)):
            continue
        sign = "" if sign and sign in words else sign
        back.drop_tree()
    bare = "" if note.holder.tag == "li" else rf"|{re.escape(sign)}(?=[\s\u00a0]|$)"
    own = rf"{re.escape(sign)}[.:)]|[\[(]\s*{re.escape(sign)}\s*[\])]{bare}" if sign else r"\[\s*\]|\(\s*\)"
    if sign and note.holder.find(".//sup") is not None and note.holder.find(".//sup").text == sign:
        own += rf"|{re.escape(sign)}"
    _strip_start(
        note.holder, re.compile(rf"[\s{re.escape(_ARROWS)}]*(?:{own})?[.:)]?(?!\.)[\s\u00a0,{re.escape(_ARROWS)}]*")
    )
    _strip_end(note.holder, re.compile(rf"(?:\[\s*\]|\(\s*\)|[\s{re.escape(_ARROWS)}])+$"))


def _texts(element: Any) -> Iterator[tuple[Any, str]]:
    """The places of an element's text in order: an element, and `text` or `tail`."""
    yield element, "text"
    for child in element:
        yield from _texts(child)
        yield child, "tail"


def _strip_start(element: Any, pattern: re.Pattern[str]) -> None:
    """Take away what a pattern matches at the beginning of a text, wherever its characters stand."""
    places = list(_texts(element))
    match = pattern.match("".join(getattr(one, name) or "" for one, name in places))
    left = match.end() if match else 0
    for one, name in places:
        value = getattr(one, name) or ""
        if left <= 0:
            return
        setattr(one, name, value[left:])
        left -= len(value)


def _strip_end(element: Any, pattern: re.Pattern[str]) -> None:
    """Take away what a pattern matches at the end of a text."""
    for one, name in reversed(list(_texts(element))):
        value = pattern.sub("", getattr(one, name) or "")
        setattr(one, name, value)
        if value:
            return


def _take_out(note: _Note, main: Any) -> None:
    """Make the text of a note an element of its own: out of its list, and in the main part of the page."""
    holder = note.holder
    holder.set("data-note-text", note.label)
    lists = [one for one in holder.iterancestors() if one.tag in _LISTS] if holder.tag in _LISTED else []
    if holder.tag in _LISTED:
        for cell in list(holder.iterchildren("td", "th")):
            cell.drop_tag()
        holder.tag = "div"
    outside = next((one for one in holder.iterancestors() if one is main), None) is None
    if not lists and not outside:
        return
    parent, term = holder.getparent(), holder.getprevious()
    if term is not None and term.tag == "dt":
        term.drop_tree()
    if (holder.tail or "").strip():
        rest = lxml_html.Element("span")
        rest.text = holder.tail
        holder.addnext(rest)
    holder.tail = None
    if outside:
        main.append(holder)
    else:
        lists[-1].addprevious(holder)
    while parent is not None and parent is not main and not len(parent) and not (parent.text or "").strip():
        above = parent.getparent()
        parent.drop_tree()
        parent = above
