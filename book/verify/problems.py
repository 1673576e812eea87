"""Turns the findings of verification into problems."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from book.model.verification import Difference, Finding, Verdict, Verification
from book.problem import Problem, error, note, warning
from book.verify.compare import only_punctuation
from book.verify.repetitions import repetitions

_SHORT = 4
"""Number of words in quotation marks below which they may not be a quotation of the source."""
_SHOWN = 3
"""Maximum number of differences in a message."""
_PAGES = re.compile(r"^(?:pp?|S|s|pag|pp|página|págs?|стр?|с|第)\.?\s*(\w+)(?:\s*[-–—]\s*(\w+))?\s*(?:页|頁|ページ)?$")
"""A locator that names a page, or the first and the last of some."""


def problems_of(verification: Verification, spellings: Mapping[str, str] | None = None) -> Iterator[Problem]:
    """The problems of some findings, in the order of the book; those of repeated quotations last.

    Args:
        verification: The findings.
        spellings: As in `words_of`, for passages that are quoted more than once.
    """
    for finding in verification.findings:
        yield from _of_finding(finding)
    yield from _without_transcript(verification)
    for first, second, same in repetitions(verification.findings, spellings):
        where = f"the same passage is quoted at {first.quoted.at}"
        if same:
            yield note("repeated-quotation", where, second.quoted.at)
        elif first.quoted.alteration is not None or second.quoted.alteration is not None:
            yield note("differing-quotations", f"{where}, with other words, as is declared", second.quoted.at)
        else:
            hint = "make both the same, or leave one out"
            yield warning("differing-quotations", f"{where}, with other words", second.quoted.at, hint)


def _of_finding(finding: Finding) -> Iterator[Problem]:
    """The problems of one finding."""
    quoted, at = finding.quoted, finding.quoted.at
    if finding.agrees:
        if quoted.alteration is not None:
            yield note("unneeded-alteration", "the quotation is marked as altered, but agrees with its source", at)
        if finding.page is not None:
            yield from _page(finding)
    elif quoted.alteration is not None:
        return
    elif finding.verdict is Verdict.ALTERED:
        yield _altered(finding)
    elif finding.verdict is Verdict.WRONGLY_ELIDED:
        yield warning("misleading-elision", f'"{_brief(quoted.text)}": {finding.reason}', at, _compare(finding))
    elif finding.verdict is Verdict.ELSEWHERE:
        message = (
            f'"{_brief(quoted.text)}" is not in the transcript of "{quoted.key}", but in that of "{finding.elsewhere}"'
        )
        yield warning("misattributed-quotation", message, at, f"cite [@{finding.elsewhere}], or look at both again")
    elif finding.verdict is Verdict.NOT_FOUND:
        message = f'"{_brief(quoted.text)}" is not in {finding.transcript}, nor anything like it'
        yield warning("quotation-not-found", message, at, "look at the citation, or complete the transcript")


def _altered(finding: Finding) -> Problem:
    """The problem of a quotation whose words differ from its source."""
    shown = "; ".join(map(_described, finding.differences[:_SHOWN]))
    more = len(finding.differences) - _SHOWN
    message = f"the quotation differs from {finding.transcript}: {shown}{f'; and {more} more' if more > 0 else ''}"
    if only_punctuation(finding.differences):
        return warning("altered-punctuation", message, finding.quoted.at, "mend the punctuation inside the quotation")
    hint = 'mend the words, or mark the attribution with {.altered note="why"}'
    if not finding.quoted.block:
        hint = "mend the words, or put what you changed in square brackets"
    if not finding.quoted.block and len(finding.quoted.text.split()) < _SHORT:
        return warning("altered-quotation", message, finding.quoted.at, hint)
    return error("altered-quotation", message, finding.quoted.at, hint)


def _described(difference: Difference) -> str:
    """A difference in words."""
    if not difference.quoted:
        after = f' after "{difference.before}"' if difference.before else ""
        return f'"{_brief(difference.original)}" is left out{after}'
    if not difference.original:
        return f'"{_brief(difference.quoted)}" is not in the source'
    return f'"{_brief(difference.quoted)}" for "{_brief(difference.original)}"'


def _compare(finding: Finding) -> str:
    """A hint that shows the source's own words."""
    return f'the source: "{_brief(finding.original, 200)}"'


def _page(finding: Finding) -> Iterator[Problem]:
    """The problem of a locator that names a page other than the one where the passage begins."""
    match = _PAGES.match(finding.quoted.locator or "")
    if match is None or finding.page is None or _names(match[1], match[2] or match[1], finding.page):
        return
    message = f'the passage begins on page {finding.page} of {finding.transcript}, not on "{finding.quoted.locator}"'
    yield warning("wrong-locator", message, finding.quoted.at, f"write [@{finding.quoted.key}, p. {finding.page}]")


def _names(first: str, last: str, page: str) -> bool:
    """Whether a page is between `first` and `last`; labels that are no numbers must be equal."""
    if first.isdigit() and last.isdigit() and page.isdigit():
        return int(first) <= int(page) <= int(last)
    return page in (first, last)


def _without_transcript(verification: Verification) -> Iterator[Problem]:
    """A note that says how many quotations could not be compared, where others were."""
    missing = [finding for finding in verification.findings if not finding.compared and finding.quoted.key]
    if missing and len(missing) < len(verification.findings):
        keys = sorted({finding.quoted.key or "" for finding in missing})
        count = f"{len(missing)} quotation{'s' if len(missing) > 1 else ''} could not be compared: no transcript of "
        yield note("no-transcript", count + ", ".join(keys), missing[0].quoted.at)


def _brief(text: str, length: int = 60) -> str:
    """The beginning of a text, for a message."""
    return text if len(text) <= length else text[:length].rsplit(" ", 1)[0] + " …"
