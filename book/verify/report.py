"""Writes the comparison of quotations with their sources as an HTML page for the editor."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.builder import E

from book.model.manuscript import Manuscript
from book.model.verification import Difference, Finding, Verdict, Verification
from book.verify.words import space_between

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .2rem 1rem .2rem 0; vertical-align: top; }
article { border-top: 1px solid #999; padding: .5rem 0; } h2 { font-size: 1rem; margin: .5rem 0; }
.verdict { font-weight: bold; } .exact, .elided { color: #1d5c2e; } .no-transcript { color: #555; }
.altered, .wrongly-elided, .found-in-another-source, .not-found { color: #9b1c1c; }
blockquote { margin: .3rem 0 .3rem 1rem; } del { color: #9b1c1c; } ins { color: #1d5c2e; }
"""
_ORDER = (
    Verdict.ALTERED, Verdict.WRONGLY_ELIDED, Verdict.ELSEWHERE, Verdict.NOT_FOUND, Verdict.NO_TRANSCRIPT,
    Verdict.ELIDED, Verdict.EXACT,
)  # fmt: skip
"""The verdicts in the order of the report: those that need action first."""


def report(verification: Verification, manuscript: Manuscript) -> bytes:
    """The report as a whole HTML document in UTF-8. It refers to no other file."""
    settings = manuscript.settings
    title = f"Quotations in {settings.title}"
    counts = Counter(finding.verdict for finding in verification.findings)
    rows = (E.tr(E.th(str(verdict), scope="row"), E.td(str(counts[verdict]))) for verdict in _ORDER if counts[verdict])
    ordered = sorted(verification.findings, key=lambda finding: _ORDER.index(finding.verdict))
    page = E.html(
        E.head(E.meta(charset="utf-8"), E.title(title), E.style(_STYLE)),
        E.body(
            E.h1(title),
            E.p(
                f"{len(verification.compared)} of {len(verification.findings)} quotations were compared with a source."
            ),
            E.table(*rows),
            *map(_article, ordered),
        ),
        lang="en",
    )
    body: bytes = etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=True)
    return body


def _article(finding: Finding) -> etree._Element:
    """The section for one quotation."""
    quoted = finding.quoted
    place = f"{quoted.at}" + (f", citing {quoted.key}" if quoted.key else ", without a citation")
    parts: list[etree._Element] = [
        E.h2(E.span(str(finding.verdict), **{"class": f"verdict {_css_class(finding.verdict)}"}), f" — {place}"),
        E.blockquote(*_marked(quoted.text, [one.quoted for one in finding.differences], "del")),
    ]
    originals = [one.original for one in finding.differences]
    if originals:
        parts += [E.p("The source:"), E.blockquote(*_marked(finding.original, originals, "ins"))]
        parts += [E.ul(*(E.li(*_change(one)) for one in finding.differences))]
    elif finding.original and not finding.agrees:
        parts += [E.p("The source:"), E.blockquote(finding.original)]
    parts += [E.p(text) for text in _remarks(finding)]
    article: etree._Element = E.article(*parts)
    return article


def _css_class(verdict: Verdict) -> str:
    """The class of a verdict in the stylesheet."""
    return str(verdict).replace(" ", "-")


def _marked(text: str, words: Sequence[str], tag: str) -> Iterator[str | etree._Element]:
    """A text in which some words, given in their order, are marked with an element."""
    text, position = " ".join(text.split()), 0
    for word in filter(None, words):
        found = text.find(word, position)
        if found >= 0:
            yield text[position:found]
            yield E(tag, word)
            position = found + len(word)
    yield text[position:]


def _change(difference: Difference) -> Iterator[str | etree._Element]:
    """A difference with its context: what the quotation has struck out, then what the source has."""
    last = ""
    for part, tag in (("before", None), ("quoted", "del"), ("original", "ins"), ("after", None)):
        text = str(getattr(difference, part))
        if text:
            yield space_between(last, text)
            yield E(tag, text) if tag else text
            last = text


def _remarks(finding: Finding) -> Iterator[str]:
    """Further remarks on a quotation."""
    if finding.elsewhere:
        yield f"The passage stands in the transcript of {finding.elsewhere}: {finding.transcript}."
    elif finding.transcript:
        yield f"Compared with {finding.transcript}" + (f", page {finding.page}." if finding.page else ".")
    if finding.reason:
        yield f"{finding.reason[:1].upper()}{finding.reason[1:]}."
    if finding.quoted.alteration is not None:
        yield f"The alteration is declared: {finding.quoted.alteration or 'without a note'}."
