"""Who made a book, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from book.model.manuscript import Manuscript


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


def people(manuscript: Manuscript) -> tuple[Person, ...]:
    """Everybody who made a book, once for each role: authors, editors, then the contributors in their order."""
    settings = manuscript.settings
    roles = [(name, "aut") for name in settings.authors]
    roles += [(name, "edt") for name in settings.editors]
    roles += [(contributor.name, contributor.role) for contributor in settings.contributors]
    authored = any(role == "aut" for _, role in roles)
    leading = "aut" if authored else "edt"
    return tuple(Person(name, role, role == leading, _filed(manuscript, name)) for name, role in dict.fromkeys(roles))


def _filed(manuscript: Manuscript, name: str) -> str | None:
    """The name as libraries file it: as the settings say, or where a source list tells its parts."""
    for contributor in manuscript.settings.contributors:
        if contributor.name == name and contributor.sort:
            return contributor.sort
    for source in manuscript.sources.values():
        for author in source.authors:
            spellings = {str(author), f"{author.surname} {author.given}"}
            if author.given and not author.literal and name in spellings:
                return f"{author.surname}, {author.given}"
    return None
