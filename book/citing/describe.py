"""Describes sources in words; what must be the same for all of them is decided over the whole manuscript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from book.citing.names import as_in_source, full, joined, merged, same_people, short_names, shortened
from book.citing.titles import as_listed, join_listed
from book.dates.formatting import display, needs_eras
from book.language.terms import book_terms
from book.model.descriptions import Description, Descriptions
from book.model.settings import Settings
from book.model.sources import Name, Source, join_rich

ROLES = ("speaker", "author", "guest", "performer", "narrator")
"""CSL's name variables in which a speaker is looked for, the first that a source has. `speaker` is ours: who is quoted
in a publication by somebody else. The `author` of an interview is who answers in it (CSL 1.0.2, appendix IV)."""
SPOKEN = frozenset({"speech", "interview", "hearing", "broadcast", "performance", "event", "personal_communication"})
"""CSL types of sources that are a speech or the like themselves, not a publication that reports one."""


def speakers_of(source: Source) -> tuple[Name, ...]:
    """The people whose words a source is cited for; empty if it names nobody."""
    return next((names for role in ROLES if (names := source.people(role))), ())


def describe_sources(cited: Sequence[Source], settings: Settings) -> Descriptions:
    """The descriptions of the cited sources of a whole manuscript, in the order of the book.

    Speakers are named if the book says `speakers = "always"`, or by default if more than one is quoted.
    """
    people = same_people(name for source in cited for name in speakers_of(source))
    speakers = merged((name for source in cited for name in speakers_of(source)), people)
    named = settings.speakers == "always" or (settings.speakers == "auto" and len(speakers) > 1)
    eras = needs_eras(source.date for source in cited)
    describer = _Describer(settings, people, short_names(speakers), named, eras)
    return Descriptions({source.id: describer.describe(source) for source in cited}, speakers, named, eras)


def describe(source: Source, descriptions: Descriptions, settings: Settings) -> Description:
    """The description of one source, cited or not."""
    if source.id in descriptions.sources:
        return descriptions.sources[source.id]
    people = same_people([*descriptions.speakers, *speakers_of(source)])
    short = short_names(merged((*descriptions.speakers, *speakers_of(source)), people))
    return _Describer(settings, people, short, descriptions.named, descriptions.eras).describe(source)


@dataclass(frozen=True, slots=True)
class _Describer:
    """Describes sources in the language of a book, with its words."""

    settings: Settings
    people: Mapping[Name, Name]
    short: Mapping[Name, str]
    named: bool
    eras: bool

    @property
    def language(self) -> str:
        """The book's language."""
        return self.settings.language

    @property
    def words(self) -> Mapping[str, str]:
        """The book's words."""
        return book_terms(self.settings)

    def describe(self, source: Source) -> Description:
        """One source in words."""
        own = speakers_of(source)
        names = merged(own, self.people)
        quoted = _is_quoted(source)
        title = source.event or "" if quoted else source.title
        date = display(source.date, self.language, eras=self.eras) if source.date else ""
        occasion = source.event if quoted or source.people("container-author") else source.occasion
        read = [full(as_in_source(name, own, self.people)) for name in names] if self.named or quoted else []
        speaker = joined(read, self.language) if read else ""
        return Description(
            names=names,
            speaker=speaker,
            short_speaker=self.shortened(names) if speaker else "",
            title=title,
            short_title=title if quoted else source.short_title or source.title,
            event=_unsaid(occasion, title),
            place=_unsaid(source.place, title),
            date=date,
            when=date or self.words["undated"],
            quoted_in=self.quoting(source, quoted=quoted, brief=False),
            short_quoted_in=self.quoting(source, quoted=quoted, brief=True) if quoted else "",
            listed_quoted_in=self.quoting(source, quoted=quoted, brief=False, listed=True),
            language=source.language,
            book_language=self.language,
        )

    def shortened(self, names: Sequence[Name]) -> str:
        """Names of people for running text."""
        written = [self.short.get(name, full(name)) for name in names]
        return shortened(written, self.language, self.words["and-others"]) if written else ""

    def quoting(self, source: Source, *, quoted: bool, brief: bool, listed: bool = False) -> str:
        """The publication that quotes a source, or that it was taken from; empty if it is the source itself.

        It is written in full, `brief` for running text, or `listed` as in a list, where titles are told apart.
        """
        authors = source.authors if quoted else source.people("container-author")
        if not quoted and not (authors and source.container):
            return ""
        short = short_names(tuple(dict.fromkeys(authors)))
        title = (source.short_title or source.title if brief else source.title) if quoted else ""
        container = "" if brief or source.container in (None, title) else source.container or ""
        written = [short[name] if brief else full(name) for name in authors]
        if listed:
            title = title and as_listed(title, source.type, self.language, comma=bool(container))
            container = container and as_listed(container, source.type, self.language, container=True)
        publication = join_listed((joined(written, self.language), title, container), self.language)
        before, _, after = self.words["quoted-in"].partition("{publication}")
        return join_rich("", (before, publication, after))


def _is_quoted(source: Source) -> bool:
    """Whether a source is a publication in which somebody else quotes its speaker."""
    speakers = source.people("speaker")
    if not speakers or speakers == source.authors:
        return False
    return bool(source.authors) or source.type not in SPOKEN


def _unsaid(part: str | None, title: str) -> str:
    """A part of a source's description; empty if its title contains it already."""
    return part if part and part.casefold() not in title.casefold() else ""
