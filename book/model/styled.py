"""Citations and bibliography as a CSL style writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StyledCitation:
    """One citation, or several in one pair of brackets. All texts are XHTML."""

    text: str
    """What stands in the text; empty where all of it stands in a note."""
    note: str | None = None
    """The note that the style makes of it; None for one in the text, or in a note of the author's."""


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """One entry of a bibliography."""

    source: str
    """The id of its source."""
    html: str
    """Its words, XHTML."""


@dataclass(frozen=True, slots=True)
class StyledSources:
    """Everything that a style writes for a volume."""

    citations: Mapping[str, StyledCitation]
    """By the anchor of the (first) citation."""
    bibliography: tuple[BibliographyEntry, ...]
    """In the order of the style; empty for a style without one."""
