"""Who made a book, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from book.citing.names import filed, full, spellings
from book.model.manuscript import Manuscript
from book.model.sources import Name


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who made the book, in one role."""

    name: str
    """The name as it is read."""
    role: str
    """A code of the MARC list of relators: `aut`, `edt`, `trl`, …"""
    leading: bool
    """The book goes by this name: an author, or an editor of a book that has no author."""
    sort: str | None = None
    """The name as it is filed; None where nobody said."""
    body: bool = False
    """It is an organisation, as far as can be told: a name in one piece (CSL `literal`) of several words."""


def people(manuscript: Manuscript) -> tuple[Person, ...]:
    """Everybody who made a book, once for each role: authors, editors, then the contributors in their order."""
    settings = manuscript.settings
    roles = [(name, "aut") for name in settings.authors]
    roles += [(name, "edt") for name in settings.editors]
    roles += [(contributor.name, contributor.role) for contributor in settings.contributors]
    authored = any(role == "aut" for _, role in roles)
    leading = "aut" if authored else "edt"
    return tuple(Person(name, role, role == leading, _filed(manuscript, name)) for name, role in dict.fromkeys(roles))


def quoted(manuscript: Manuscript) -> tuple[Person, ...]:
    """Everybody whose words the book quotes (MARC's `aqt`, "author in quotations or text abstracts").

    Those who made the book are left out. The order is that of the book.
    """
    known = {person.name for person in people(manuscript)}
    found = (
        Person(full(name), "aqt", leading=False, sort=_sorted(name), body=" " in name.literal and not name.dates)
        for name in manuscript.descriptions.speakers
    )
    return tuple(person for person in found if person.name not in known)


def sole_speaker(manuscript: Manuscript) -> str | None:
    """Whom the book quotes throughout, to be named once, unless its title, its people or its note name them already."""
    settings, shown = manuscript.settings, manuscript.descriptions
    if len(shown.speakers) != 1 or shown.named or settings.speakers == "never":
        return None
    (name,) = shown.speakers
    said = " ".join(filter(None, (settings.title, settings.subtitle, settings.note, *settings.authors)))
    return None if name.surname in said else full(name)


def _filed(manuscript: Manuscript, name: str) -> str | None:
    """The name as libraries file it: as the settings say, or where a source list tells its parts."""
    for contributor in manuscript.settings.contributors:
        if contributor.name == name and contributor.sort:
            return contributor.sort
    for source in manuscript.sources.values():
        for author in source.authors:
            if author.given and not author.literal and name in spellings(author):
                return filed(author)
    return None


def _sorted(name: Name) -> str | None:
    """A name as libraries file it; None if that is how it is read."""
    return filed(name) if filed(name) != full(name) else None
