"""The subject index: marked words by heading and subheading, sorted by language, grouped by letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby

from book.language.collation import initial, sort_key
from book.language.terms import book_terms
from book.model.indexes import Index, IndexEntry, IndexGroup, SeeReference
from book.model.manuscript import Manuscript, Term


def build(manuscript: Manuscript) -> Index:
    """Build the index of every term that the chapters mark.

    Headings that differ only in case are merged. An entry that refers to another (`see`) has no anchors; references to
    an entry that does not exist are left out.
    """
    language = manuscript.settings.language
    marked = [term for chapter in manuscript.chapters for term in chapter.terms]
    headings = _grouped(marked)
    known = {term.heading.casefold() for term in marked if term.see is None}
    links = {key: SeeReference(key, _label(headings[key])) for key in headings if key in known}
    entries = [_entry(key, _label(headings[key]), headings[key], links, language) for key in headings]
    entries = sorted(filter(_leads_somewhere, entries), key=lambda entry: sort_key(entry.label, language))
    letters = groupby(entries, key=lambda entry: initial(entry.label, language))
    groups = tuple(IndexGroup(letter, tuple(found)) for letter, found in letters)
    return Index("subjects", book_terms(manuscript.settings)["subjects"], groups)


def _grouped(marked: Iterable[Term]) -> dict[str, list[Term]]:
    """Terms by heading, ignoring case."""
    found: dict[str, list[Term]] = defaultdict(list)
    for term in marked:
        found[term.heading.casefold()].append(term)
    return found


def _label(found: Iterable[Term]) -> str:
    """The spelling of a heading that authors wrote differently: the one with the fewest capitals."""
    return min((term.heading for term in found), key=lambda text: (sum(map(str.isupper, text)), text))


def _entry(key: str, label: str, found: list[Term], links: Mapping[str, SeeReference], language: str) -> IndexEntry:
    """A main entry, with its subentries."""
    places = [term for term in found if term.see is None]
    below: dict[str, list[Term]] = defaultdict(list)
    for term in places:
        if term.sub is not None:
            below[term.sub.casefold()].append(term)
    subentries = [
        IndexEntry(sub, min(term.sub or "" for term in terms), _anchors(terms)) for sub, terms in below.items()
    ]
    languages = {term.language for term in found}
    foreign = next(iter(languages)) if len(languages) == 1 else None
    return IndexEntry(
        key=key,
        label=label,
        anchors=_anchors(term for term in places if term.sub is None),
        entries=tuple(sorted(subentries, key=lambda entry: sort_key(entry.label, language))),
        language=foreign if foreign != language else None,
        see=() if places else _references([term.see for term in found if term.see], links, language),
        see_also=_references([other for term in found for other in term.see_also], links, language),
    )


def _anchors(found: Iterable[Term]) -> tuple[str, ...]:
    """The anchors of terms."""
    return tuple(term.anchor for term in found)


def _references(wanted: Iterable[str], links: Mapping[str, SeeReference], language: str) -> tuple[SeeReference, ...]:
    """References to other entries, each once, in the order of the index."""
    found = {links[heading.casefold()] for heading in wanted if heading.casefold() in links}
    return tuple(sorted(found, key=lambda link: sort_key(link.label, language)))


def _leads_somewhere(entry: IndexEntry) -> bool:
    """Whether an entry points to anything."""
    return bool(entry.anchors or entry.entries or entry.see or entry.see_also)
