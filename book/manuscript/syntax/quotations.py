"""Block quotations. One whose last paragraph opens with a dash and holds a citation has its attribution there.

`<div class="quotation" id="…"><blockquote>…</blockquote><p class="attribution">…</p></div>`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.etree import _Element

from book.manuscript.draft import Draft, parent_of, plain_text, take
from book.manuscript.marks import Mark
from book.model.manuscript import Quotation
from book.problem import warning

ALTERED = "altered"
"""Class of the attribution of a quotation whose words differ from its source, on purpose: `{.altered note="why"}`."""
KEY = "key"
"""Class of a quotation that is one of the most important."""
DASHES = ("—", "–", "―", "--")


def transform(draft: Draft) -> None:
    """Separate each quotation from its attribution, give it its id, and add it to the draft."""
    for quote in list(draft.root.iter("blockquote")):
        attribution = _attribution(draft, quote)
        if attribution is None and next(quote.iterancestors("blockquote"), None) is not None:
            continue  # what is quoted within a quotation needs no attribution of its own
        if attribution is not None:
            _gather_marks(attribution)
        whole = quote if attribution is None else _wrap(draft, quote, attribution)
        anchor = draft.name(whole, f"q-{draft.digest(whole)}")
        _mark_introduction(whole)
        key = _take_key(quote, attribution)
        if key:
            whole.set("class", f"{whole.get('class', '')} key".strip())
        alteration = None if attribution is None else _alteration(attribution)
        attributed = attribution is not None
        draft.quotations.append(Quotation(anchor, _text(quote), attributed, draft.at(quote), alteration, key))
    _report_misplaced(draft)
    for paragraph in draft.root.iter("p", "span"):
        take(paragraph, "note")  # it belongs to attributions, and is no attribute of HTML


def _mark_introduction(quotation: _Element) -> None:
    """Mark the paragraph before a quotation that ends with a colon: it does not stay behind at the foot of a page."""
    before = quotation.getprevious()
    if before is not None and before.tag == "p" and plain_text(before).rstrip().endswith((":", "：")):
        before.set("class", f"{before.get('class', '')} introducing".strip())


_WRITTEN = re.compile(rf"\{{\s*\.{ALTERED}\b[^{{}}]*\}}")
"""The mark of an altered quotation that was not read as one."""


def _report_misplaced(draft: Draft) -> None:
    """Report marks of altered quotations that belong to no attribution; those that were read are removed."""
    lines = _lines_outside(draft.places.lines)
    for element in draft.root.iter("p", "span", "blockquote", "li"):
        marked = ALTERED in _classes(element)
        if marked:
            element.set("class", " ".join(name for name in _classes(element) if name != ALTERED))
            if not element.get("class"):
                del element.attrib["class"]
        texts = (element.text, *(child.tail for child in element))
        if marked or any(_WRITTEN.search(text or "") for text in texts):
            at = draft.places.span(next(lines, None), 1)
            draft.problems.append(warning("misplaced-alteration", _MISPLACED, at, _MARK_HINT))


def _lines_outside(lines: Sequence[str]) -> Iterator[int]:
    """The lines (0-based) with such a mark that neither are an attribution nor stand below one."""
    above = ""
    for number, line in enumerate(lines):
        words = line.lstrip("> \t")
        attribution = above if _WRITTEN.fullmatch(words.strip()) else words
        if _WRITTEN.search(words) and not (attribution.startswith(DASHES) and "@" in attribution):
            yield number
        above = words or above


_MISPLACED = "{.altered} marks nothing here: it belongs to the attribution of a quotation"
_MARK_HINT = 'write it behind the citation of the last paragraph: > — [@key] {.altered note="why"}'


_TRAILING = re.compile(
    rf"""\s*\{{\s*(?P<classes>(?:\.(?:{ALTERED}|{KEY})\s*)+)(?:note\s*=\s*["'“”„«»‘’](?P<note>[^"“”„«»]*)["'“”„«»‘’]\s*)?\}}\s*$"""
)
"""Marks of an attribution at the end of its line: `— [@key] {.altered note="why"}`."""


def _gather_marks(attribution: _Element) -> None:
    """Give an attribution the marks that stand in its line: as attributes of its citation, or in braces at its end."""
    for span in [one for one in attribution.iter("span") if {ALTERED, KEY} & set(_classes(one))]:
        _mark(attribution, [name for name in _classes(span) if name in (ALTERED, KEY)], take(span, "note"))
        rest = [name for name in _classes(span) if name not in (ALTERED, KEY)]
        span.attrib.pop("class")
        if rest:
            span.set("class", " ".join(rest))
        elif not span.attrib:
            span.drop_tag()  # type: ignore[attr-defined]
    last = attribution[-1] if len(attribution) else None
    text = attribution.text if last is None else last.tail
    if found := _TRAILING.search(text or ""):
        _mark(attribution, [name for name in found["classes"].split(".") if name.strip()], found["note"])
        if last is None:
            attribution.text = (text or "")[: found.start()]
        else:
            last.tail = (text or "")[: found.start()]


def _mark(attribution: _Element, classes: list[str], note: str | None) -> None:
    """Add classes, and a note, to an attribution."""
    attribution.set("class", " ".join([*_classes(attribution), *(name.strip() for name in classes)]))
    if note is not None:
        attribution.set("note", note)


def _take_key(quote: _Element, attribution: _Element | None) -> bool:
    """Whether a quotation, a paragraph of it or its only parent has the class `key`, which is removed."""
    marked = [one for one in (quote, attribution, *quote) if one is not None and KEY in _classes(one)]
    for one in marked:
        others = [name for name in _classes(one) if name != KEY]
        one.set("class", " ".join(others))
        if not others:
            del one.attrib["class"]
    around = quote.iterancestors("div", "aside")
    return bool(marked) or any(KEY in _classes(one) for one in around)


def _classes(element: _Element) -> list[str]:
    """The classes of an element."""
    return (element.get("class") or "").split()


def _attribution(draft: Draft, quote: _Element) -> _Element | None:
    """The paragraph with a quotation's attribution, if there is one after other text."""
    last = quote[-1] if len(quote) > 1 else None
    if last is None or last.tag != "p" or not (last.text or "").lstrip().startswith(DASHES):
        return None
    return last if _citations(draft, last) else None


def _wrap(draft: Draft, quote: _Element, attribution: _Element) -> _Element:
    """Wrap a quotation in a `div`, with its attribution after it."""
    division = etree.Element("div", {"class": "quotation"})
    if (given := take(quote, "id") or take(attribution, "id")) is not None:
        division.set("id", given)
    parent_of(quote).replace(quote, division)
    division.tail, quote.tail = quote.tail, None
    quote.remove(attribution)
    attribution.tail = None
    classes = [name for name in _classes(attribution) if name in (ALTERED, KEY)]
    attribution.set("class", " ".join(["attribution", *classes]))
    attribution.text = (attribution.text or "").lstrip().lstrip("—–―- ")
    division.extend([quote, attribution])
    for _, mark in _citations(draft, attribution):
        mark.values["form"] = "attribution"
    for brackets, _ in draft.marked("citations", inside=attribution):
        _unwrap(brackets)
    return division


def _alteration(attribution: _Element) -> str | None:
    """Why the quotation differs from its source, if its attribution is marked so; the mark is removed."""
    classes = _classes(attribution)
    if ALTERED not in classes:
        return None
    attribution.set("class", " ".join(name for name in classes if name != ALTERED))
    return take(attribution, "note") or ""


def _unwrap(brackets: _Element) -> None:
    """Replace a group by its citations, separated by semicolons."""
    for citation in brackets:
        citation.tail = "; " if citation.getnext() is not None else None
    brackets.drop_tag()  # type: ignore[attr-defined]


def _citations(draft: Draft, element: _Element) -> list[tuple[_Element, Mark]]:
    """The citations in an element."""
    return draft.marked("citation", inside=element)


def _text(quote: _Element) -> str:
    """The quoted text, with a line break between paragraphs."""
    blocks = (plain_text(block) for block in quote)
    return "\n".join(text for text in blocks if text)
