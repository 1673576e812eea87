"""Block quotations. One whose last paragraph opens with a dash and holds a citation has its attribution there.

`<div class="quotation" id="…"><blockquote>…</blockquote><p class="attribution">…</p></div>`
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from lxml import etree
from lxml.etree import _Element
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension

from book.manuscript.draft import Draft, parent_of, plain_text, take
from book.model.manuscript import Quotation

_CITED = ("parenthetical", "narrative")
ALTERED = "altered"
"""Class of the attribution of a quotation whose words differ from its source, on purpose: `{.altered note="why"}`."""
DASHES = ("—", "–", "―", "--")


class Quote(BlockQuoteProcessor):
    """Block quotations that end at a blank line, as on GitHub; Python-Markdown's go on behind it."""

    def lastChild(self, parent: Element) -> None:  # noqa: N802, ARG002
        """Nothing, so that no quotation before this one is found to be continued."""
        return


class QuotationExtension(Extension):
    """Takes the place of Python-Markdown's processor, with its priority."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the block processor."""
        md.parser.blockprocessors.register(Quote(md.parser), "quote", 20)


def transform(draft: Draft) -> None:
    """Set every quotation apart from its attribution, give it its id, and note it down."""
    for quote in list(draft.root.iter("blockquote")):
        attribution = _attribution(quote)
        if attribution is None and next(quote.iterancestors("blockquote"), None) is not None:
            continue  # what is quoted within a quotation needs no attribution of its own
        whole = quote if attribution is None else _wrap(quote, attribution)
        anchor = draft.name(whole, f"q-{draft.digest(whole)}")
        at = draft.places.quote(quote.get("data-at"))
        alteration = None if attribution is None else _alteration(attribution)
        draft.quotations.append(Quotation(anchor, _text(quote), attribution is not None, at, alteration))
    for paragraph in draft.root.iter("p"):
        take(paragraph, "note")  # it belongs to attributions, and is no attribute of HTML


def _attribution(quote: _Element) -> _Element | None:
    """The paragraph of a quotation that says where it is from, if there is one and words before it."""
    last = quote[-1] if len(quote) > 1 else None
    if last is None or last.tag != "p" or not (last.text or "").lstrip().startswith(DASHES):
        return None
    return last if _citations(last) else None


def _wrap(quote: _Element, attribution: _Element) -> _Element:
    """Put a division round a quotation, its attribution behind it."""
    division = etree.Element("div", {"class": "quotation"})
    if (given := take(quote, "id")) is not None:
        division.set("id", given)
    parent_of(quote).replace(quote, division)
    division.tail, quote.tail = quote.tail, None
    quote.remove(attribution)
    attribution.tail = None
    classes = [name for name in (attribution.get("class") or "").split() if name == ALTERED]
    attribution.set("class", " ".join(["attribution", *classes]))
    attribution.text = (attribution.text or "").lstrip().lstrip("—–―- ")
    division.extend([quote, attribution])
    for citation in _citations(attribution):
        citation.set("data-form", "attribution")
    for brackets in list(attribution.iter("span")):
        if brackets.get("class") == "citations":
            _unwrap(brackets)
    return division


def _alteration(attribution: _Element) -> str | None:
    """Why the quotation differs from its source, if its attribution is marked so; the mark is taken away."""
    classes = (attribution.get("class") or "").split()
    if ALTERED not in classes:
        return None
    attribution.set("class", " ".join(name for name in classes if name != ALTERED))
    return take(attribution, "note") or ""


def _unwrap(brackets: _Element) -> None:
    """Put the citations of a group in its place, semicolons between them."""
    for citation in brackets:
        citation.tail = "; " if citation.getnext() is not None else None
    brackets.drop_tag()  # type: ignore[attr-defined]


def _citations(element: _Element) -> list[_Element]:
    """The citations in an element."""
    return [span for span in element.iter("span") if span.get("data-form") in _CITED]


def _text(quote: _Element) -> str:
    """The quoted words, paragraphs parted by a line break."""
    blocks = (plain_text(block) for block in quote)
    return "\n".join(text for text in blocks if text)
