"""Compares every quotation of a manuscript with the transcripts of its sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.model.manuscript import Manuscript
from book.model.verification import Finding, Quoted, Verdict, Verification
from book.problem import Checked, Problem
from book.project.files import read_bytes
from book.store.store import NO_STORE, Store, key_of
from book.store.versions import engine_version
from book.verify.asides import has_aside
from book.verify.compare import Match, match_exactly, match_nearly
from book.verify.passages import Passage, passages_of
from book.verify.problems import problems_of
from book.verify.quoted import quotations_of
from book.verify.texts import Text, Vocabulary
from book.verify.transcripts import find_transcripts, read_transcript
from book.verify.words import words_of

_DISTINCTIVE = 4
"""Minimum number of words of a passage that is recognised in a source that the citation does not name."""


def verify(manuscript: Manuscript, store: Store = NO_STORE) -> Checked[Verification]:
    """Compare all quotations of a manuscript with their sources.

    Args:
        manuscript: The manuscript, resolved.
        store: Where the findings are kept until a quotation, a transcript or a spelling changes.

    Returns:
        The findings. Problems: those of `find_transcripts` and `read_transcript`, and those that `problems_of` makes of
        the findings. A book without transcripts has a finding for each quotation, and no problem.
    """
    paths = find_transcripts(manuscript)
    spellings = _spellings(manuscript)
    quotations = tuple(quotations_of(manuscript))
    key = _key(manuscript, paths.value, quotations)
    verification: Verification | None = store.get("verification", key, Verification)
    problems: list[Problem] = []
    if verification is None:
        library = _Library(manuscript, paths.value)
        verification = Verification(tuple(map(library.find, quotations)))
        problems = library.problems
        if not problems:
            store.put("verification", key, verification)
    return Checked(verification, (*paths.problems, *problems, *problems_of(verification, spellings)))


def _spellings(manuscript: Manuscript) -> Mapping[str, str]:
    """The old spellings of a book, as `words_of` wants them."""
    return {old.casefold(): new for old, new in manuscript.settings.spellings.items()}


def _key(manuscript: Manuscript, paths: Mapping[str, str], quotations: Sequence[Quoted]) -> str:
    """The key in the store for the findings: a hash of all that they depend on."""
    digests = {path: _digest(manuscript.project.root, path) for path in sorted(set(paths.values()))}
    languages = [(key, manuscript.sources[key].language) for key in paths]
    settings = manuscript.settings
    parts = (quotations, digests, sorted(paths.items()), languages, settings.language, dict(settings.spellings))
    return key_of(engine_version(), *map(repr, parts))


def _digest(root: Path, path: str) -> str:
    """A hash of a file's content; empty if it cannot be read, which `read_transcript` reports."""
    try:
        return key_of(read_bytes(root, path))
    except OSError:
        return ""


class _Library:
    """The transcripts of a manuscript, each read lazily."""

    def __init__(self, manuscript: Manuscript, paths: Mapping[str, str]) -> None:
        self.problems: list[Problem] = []
        self._manuscript = manuscript
        self._spellings = _spellings(manuscript)
        self._paths = paths
        self._first_keys = {path: key for key, path in reversed(tuple(paths.items()))}
        self._vocabulary = Vocabulary()
        self._texts: dict[tuple[str, bool], Text | None] = {}

    def find(self, quoted: Quoted) -> Finding:
        """The finding for one quotation."""
        path = self._paths.get(quoted.key) if quoted.key else None
        asides = has_aside(quoted.text)
        text = self._text(path, asides=asides) if path else None
        passages = passages_of(quoted.text, self._spellings)
        if text is None or not passages:
            return Finding(quoted, Verdict.NO_TRANSCRIPT)
        match = match_exactly(passages, text, self._vocabulary, self._language(quoted.key))
        if match is None and (elsewhere := self._elsewhere(passages, text.path, asides=asides)):
            return elsewhere.finding(quoted)
        match = match or match_nearly(passages, text, self._vocabulary)
        return _Place(text, match).finding(quoted) if match else Finding(quoted, Verdict.NOT_FOUND, text.path)

    def _elsewhere(self, passages: tuple[Passage, ...], own: str, *, asides: bool) -> _Place | None:
        """The first other source whose transcript contains the passages word by word."""
        if sum(len(passage.words) for passage in passages) < _DISTINCTIVE:
            return None
        for path, key in self._first_keys.items():
            text = self._text(path, asides=asides) if path != own else None
            match = text and match_exactly(passages, text, self._vocabulary, self._language(key))
            if text and match and match.verdict is not Verdict.WRONGLY_ELIDED:
                return _Place(text, match, key)
        return None

    def _language(self, key: str | None) -> str:
        """The language of a source."""
        source = self._manuscript.sources.get(key) if key else None
        return (source.language if source else None) or self._manuscript.settings.language

    def _text(self, path: str, *, asides: bool) -> Text | None:
        """A transcript, ready to be searched; None where it cannot be read.

        Args:
            path: Its file.
            asides: As in `words_of`.
        """
        found = self._texts.get((path, asides))
        if found is None and (path, asides) not in self._texts:
            checked = read_transcript(self._manuscript.project.root, path)
            if (path, not asides) not in self._texts:
                self.problems += checked.problems
            if checked.value is not None:
                words = words_of(checked.value.text, self._spellings, asides=asides)
                found = Text(path, words, self._vocabulary.encode(words.forms), checked.value.pages)
            self._texts[path, asides] = found
        return found


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a quotation was found."""

    text: Text
    match: Match
    elsewhere: str | None = None

    def finding(self, quoted: Quoted) -> Finding:
        """What is said of the quotation."""
        match, text = self.match, self.text
        return Finding(
            quoted,
            Verdict.ELSEWHERE if self.elsewhere else match.verdict,
            text.path,
            text.words.written(match.begin, match.end),
            match.differences,
            self.elsewhere,
            text.page(match.begin),
            match.reason,
        )
