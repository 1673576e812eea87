"""The texts of `book.toml` that are printed, with the quotation marks, apostrophes and dashes of the chapters."""

from __future__ import annotations

import re

import msgspec

from book.manuscript.syntax.typography import smarten
from book.model.settings import Settings
from book.project.identity import identifier

_ONE = ("title", "subtitle", "publisher", "edition", "copyright", "rights", "description", "note", "cover_alt")
_MANY = ("authors", "editors")
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
