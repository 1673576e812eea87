"""Texts of `book.toml`, and names of sources, with the quotation marks, apostrophes and dashes of the chapters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec

from book.manuscript.syntax.typography import smarten
from book.model.settings import Settings
from book.model.sources import Name, Source
from book.project.identity import identifier

_ONE = ("title", "subtitle", "publisher", "edition", "copyright", "rights", "description", "note", "cover_alt")
_MANY = ("authors", "editors")
_NAME_PARTS = ("family", "given", "literal", "dropping_particle", "non_dropping_particle", "suffix")
_ADDRESS = re.compile(r"(\S+://\S+|\bwww\.\S+|\S+@\S+)")
"""An address, whose hyphens and apostrophes are its own."""


def with_typography(settings: Settings) -> Settings:
    """The settings with the texts that are printed as they are set; subjects, which catalogues compare, stay as typed.

    The identifier that is derived from title and authors is that of the texts as they were typed.
    """

    def smart(text: str) -> str:
        parts = _ADDRESS.split(text) if _ADDRESS.search(text) else [text]
        return "".join(part if place % 2 else smarten(part, settings.language) for place, part in enumerate(parts))

    found: dict[str, object] = {key: smart(text) for key in _ONE if (text := getattr(settings, key))}
    found |= {key: tuple(map(smart, getattr(settings, key))) for key in _MANY}
    if settings.series:
        found["series"] = msgspec.structs.replace(settings.series, title=smart(settings.series.title))
    found["contributors"] = tuple(
        msgspec.structs.replace(one, name=smart(one.name), sort=one.sort and smart(one.sort))
        for one in settings.contributors
    )
    return msgspec.structs.replace(settings, identifier=identifier(settings), **found)


def with_typographic_names(source: Source, language: str) -> Source:
    """A source with the apostrophes and quotation marks of its names as they are set: `Sean O’Brien`.

    They are those of the book's language, whatever that of the source: a person has one name in the whole book.
    """
    names = (*source.authors, *(name for _, people in source.roles for name in people))
    if not any(mark in part for name in names for part in _parts(name).values() for mark in "'\""):
        return source

    def set_name(name: Name) -> Name:
        typographic: dict[str, Any] = {key: smarten(part, language) for key, part in _parts(name).items()}
        return replace(name, **typographic)

    def smart(people: tuple[Name, ...]) -> tuple[Name, ...]:
        return tuple(map(set_name, people))

    return replace(
        source, authors=smart(source.authors), roles=tuple((role, smart(people)) for role, people in source.roles)
    )


def _parts(name: Name) -> dict[str, str]:
    """The parts of a name that are printed."""
    return {key: getattr(name, key) for key in _NAME_PARTS}
