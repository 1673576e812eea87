"""The subject index: marked words by heading and subheading, sorted by language, grouped by letter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from book.language.collation import index_language, initial, sort_key
from book.language.terms import book_terms
from book.model.indexes import Index, IndexEntry, IndexGroup, SeeReference
from book.model.manuscript import Manuscript, Term
from book.model.settings import Settings


def build(manuscript: Manuscript) -> Index:
    """Build the index of every term that the chapters mark.

    Headings that differ only in case are merged. An entry that refers to another (`see`) has no anchors; references to
    an entry that does not exist are left out.
    """
    language = index_language(manuscript.settings)
    marked = [term for chapter in manuscript.chapters for term in chapter.terms]
    headings = _grouped(marked)
    known = {term.heading.casefold() for term in marked if term.see is None}
    links = {key: SeeReference(key, _label(headings[key])) for key in headings if key in known}
    filed = {key: _filed(found) for key, found in headings.items()}
    keys = sorted(headings, key=lambda key: sort_key(filed[key], language))
    places = {key: place for place, key in enumerate(keys)}
    entries = [_entry(key, headings[key], links, places, manuscript.settings) for key in keys]
    letters = groupby(filter(_leads_somewhere, entries), key=lambda entry: initial(filed[entry.key], language))
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


def _filed(found: Sequence[Term]) -> str:
    """The text that a heading is sorted by: what authors say (`checks/term_order.py`), else the heading itself."""
    return min((term.sort for term in found if term.sort), default=_label(found))


def _entry(
    key: str, found: list[Term], links: Mapping[str, SeeReference], order: Mapping[str, int], settings: Settings
) -> IndexEntry:
    """A main entry, with its subentries; `order` has the place of every heading in the index."""
    language = index_language(settings)
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
        label=_label(found),
        anchors=_anchors(term for term in places if term.sub is None),
        entries=tuple(sorted(subentries, key=lambda entry: sort_key(entry.label, language))),
        language=foreign if foreign != settings.language else None,
        see=() if places else _references([term.see for term in found if term.see], links, order),
        see_also=_references([other for term in found for other in term.see_also], links, order),
    )


def _anchors(found: Iterable[Term]) -> tuple[str, ...]:
    """The anchors of terms."""
    return tuple(term.anchor for term in found)


def _references(
    wanted: Iterable[str], links: Mapping[str, SeeReference], order: Mapping[str, int]
) -> tuple[SeeReference, ...]:
    """References to other entries, each once, in the order of the index."""
    found = {heading.casefold() for heading in wanted} & set(links)
    return tuple(links[key] for key in sorted(found, key=order.__getitem__))


def _leads_somewhere(entry: IndexEntry) -> bool:
    """Whether an entry points to anything."""
    return bool(entry.anchors or entry.entries or entry.see or entry.see_also)
