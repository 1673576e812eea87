"""The people who made a book, and whom it quotes."""

from __future__ import annotations

from dataclasses import dataclass

from book.citing.names import filed, full, spellings
from book.model.manuscript import Manuscript
from book.model.sources import Name


@dataclass(frozen=True, slots=True)
class Person:
    """A person in one role."""

    name: str
    """The name in reading order."""
    role: str
    """A code of the MARC list of relators: `aut`, `edt`, `trl`, …"""
    leading: bool
    """Whether the book is catalogued under this name: an author, or an editor of a book without authors."""
    sort: str | None = None
    """The name in filing order; None if unknown."""
    body: bool = False
    """Whether it is probably an organisation: a name in one piece (CSL `literal`) of several words."""


def people(manuscript: Manuscript) -> tuple[Person, ...]:
    """The people who made a book, once for each role: authors, editors, then contributors in their order."""
    settings = manuscript.settings
    roles = [(name, "aut") for name in settings.authors]
    roles += [(name, "edt") for name in settings.editors]
    roles += [(contributor.name, contributor.role) for contributor in settings.contributors]
    authored = any(role == "aut" for _, role in roles)
    leading = "aut" if authored else "edt"
    return tuple(Person(name, role, role == leading, _filed(manuscript, name)) for name, role in dict.fromkeys(roles))


def quoted(manuscript: Manuscript) -> tuple[Person, ...]:
    """The people whose words the book quotes (MARC's `aqt`, "author in quotations or text abstracts"), in book order.

    Those who made the book are left out.
    """
    known = {person.name for person in people(manuscript)}
    found = (
        Person(full(name), "aqt", leading=False, sort=_sorted(name), body=" " in name.literal and not name.dates)
        for name in manuscript.descriptions.speakers
    )
    return tuple(person for person in found if person.name not in known)


def sole_speaker(manuscript: Manuscript) -> str | None:
    """The only person whom the book quotes, to be named once; None if title, people or note name them already."""
    settings, shown = manuscript.settings, manuscript.descriptions
    if len(shown.speakers) != 1 or shown.named or settings.speakers == "never":
        return None
    (name,) = shown.speakers
    said = " ".join(filter(None, (settings.title, settings.subtitle, settings.note, *settings.authors)))
    return None if name.surname in said else full(name)


def _filed(manuscript: Manuscript, name: str) -> str | None:
    """The filing form of a name: from the settings, or from its parts in a source list."""
    for contributor in manuscript.settings.contributors:
        if contributor.name == name and contributor.sort:
            return contributor.sort
    for source in manuscript.sources.values():
        for author in source.authors:
            if author.given and not author.literal and name in spellings(author):
                return filed(author)
    return None


def _sorted(name: Name) -> str | None:
    """The filing form of a name; None if it is the same as the reading form."""
    return filed(name) if filed(name) != full(name) else None
