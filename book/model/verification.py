"""Quotations compared with their sources: what was compared, and what was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from book.problem import Span


class Verdict(StrEnum):
    """What the comparison of a quotation with its source gives."""

    EXACT = "exact"
    """The source has these words in this order."""
    ELIDED = "elided"
    """All parts of the quotation stand in the source, in their order; what is left out is marked."""
    WRONGLY_ELIDED = "wrongly elided"
    """All parts stand in the source, but in another order, or a negation is left out between two of them."""
    ALTERED = "altered"
    """The source has a passage like it, with other words."""
    ELSEWHERE = "found in another source"
    """Its own source does not have the passage, the transcript of another does."""
    NOT_FOUND = "not found"
    """No transcript has the passage or one like it."""
    NO_TRANSCRIPT = "no transcript"
    """The source has no transcript to compare with."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a quotation and its source differ. Both sides are printed as they are written."""

    quoted: str
    """The words of the quotation; empty where it leaves some out."""
    original: str
    """The words of the source; empty where the quotation adds some."""
    before: str
    """The words before it, which both have."""
    after: str
    """The words behind it, which both have."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words of a source in the manuscript: a block quotation, or words in quotation marks beside a citation."""

    anchor: str
    """`chapter-slug#id` of the block quotation, or of the citation beside the quotation marks."""
    citation: str | None
    """Anchor of the citation that says where the words are from; None for a quotation without one."""
    key: str | None
    """Id of the source that is cited, or None."""
    locator: str | None
    """The citation's locator, as written."""
    text: str
    """The quoted words, without markup."""
    block: bool
    """It is a block quotation."""
    at: Span
    """Where it was written."""
    alteration: str | None = None
    """Why its words differ from the source, as its author declares; None where no difference is declared."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one quotation."""

    quoted: Quoted
    """The quotation."""
    verdict: Verdict
    """What the comparison gave."""
    transcript: str | None = None
    """The file it was found in or compared with, relative to the project's folder."""
    original: str = ""
    """The passage as the source has it, where there is one like it."""
    differences: tuple[Difference, ...] = ()
    """Where both differ, in the order of the text."""
    elsewhere: str | None = None
    """Id of the source whose transcript has the passage (`Verdict.ELSEWHERE`)."""
    page: str | None = None
    """The page of a transcript with pages (a PDF) on which the passage begins, by its label."""
    reason: str = ""
    """For `Verdict.WRONGLY_ELIDED`, what is wrong, in one sentence."""

    @property
    def compared(self) -> bool:
        """Whether there was a transcript to compare with."""
        return self.verdict is not Verdict.NO_TRANSCRIPT

    @property
    def agrees(self) -> bool:
        """Whether the quotation says what its source says."""
        return self.verdict in (Verdict.EXACT, Verdict.ELIDED)


@dataclass(frozen=True, slots=True)
class Verification:
    """The comparison of all quotations of a manuscript, in the order of the book."""

    findings: tuple[Finding, ...] = ()

    @property
    def verdicts(self) -> Mapping[str, str]:
        """For the anchor of each citation beside a quotation the verdict on it: of several, the worst."""
        ranks = {verdict: rank for rank, verdict in enumerate(Verdict)}
        worst: dict[str, Verdict] = {}
        for finding in self.findings:
            if (anchor := finding.quoted.citation) is not None:
                worst[anchor] = max(worst.get(anchor, finding.verdict), finding.verdict, key=lambda one: ranks[one])
        return {anchor: str(verdict) for anchor, verdict in worst.items()}

    @property
    def compared(self) -> Sequence[Finding]:
        """The findings for which there was a transcript."""
        return [finding for finding in self.findings if finding.compared]
