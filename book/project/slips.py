"""Keys that people write by mistake, and what to write instead."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec

from book.model.settings import Edition, Settings

_SLIPS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "abstract": (("description", 'write description = "…"'),),
    "author": (("authors", 'write authors = ["…"]'),),
    "bibliography": (("sources", 'write sources = ["…"]'),),
    "copyright": (("rights", 'write rights = "© 2026 …"'),),
    "css": (("styles", 'write styles = ["…"]'),),
    "dedication": (("authors", "write it in a chapter of its own that comes first, as ::: dedication … :::"),),
    "doi": (("identifier", 'write identifier = "urn:doi:…"'),),
    "editor": (("editors", 'write editors = ["…"]'),),
    "epigraph": (("authors", "write it as a chapter, in a file of chapters/ that comes first"),),
    "format": (("output", 'write output = "pdf" or output = "epub"'),),
    "illustrator": (("contributors", 'write contributors = [{ name = "…", role = "ill" }]'),),
    "isbn": (("identifier", 'write identifier = "urn:isbn:…", best in the table of each edition'),),
    "keywords": (("subjects", 'write subjects = ["…"]'),),
    "lang": (("language", 'write language = "…"'),),
    "license": (("rights", 'write rights = "…"'),),
    "locale": (("language", 'write language = "…"'),),
    "paper": (("page", 'write page = { width = "6in", height = "9in" }'),),
    "pubdate": (("date", 'write date = "2026"'),),
    "references": (("sources", 'write sources = ["…"]'),),
    "size": (("page", 'write page = { width = "6in", height = "9in" }'),),
    "style": (("styles", 'write styles = ["…"]'),),
    "stylesheet": (("styles", 'write styles = ["…"]'),),
    "tags": (("subjects", 'write subjects = ["…"]'),),
    "translator": (("contributors", 'write contributors = [{ name = "…", role = "trl" }]'),),
    "trim": (("page", 'write page = { width = "6in", height = "9in" }'),),
    "type": (("output", 'write output = "pdf" or output = "epub"'),),
    "volume": (("series", 'write series = { title = "…", number = 2 }'),),
    "year": (("date", 'write date = "2026"'),),
}
"""For each slip the keys by which its table is known, and what to write there."""


def slip_hint(key: str, value: object, known: Collection[str]) -> str | None:
    """What to write instead of a key, given the table's other keys; None if it is no usual mistake."""
    word = key.casefold().replace("_", "-")
    for target, hint in _SLIPS.get(word, ()):
        if target in known:
            return hint
    if "editions" in known and word in _keys(Settings) and not isinstance(value, Mapping):
        return "put it below the line [book]"
    if "authors" in known and word in _keys(Edition):
        return "put it in the table of an edition, such as [editions.print]"
    if "output" in known and word in _keys(Settings):
        return "put it in the table [book]"
    return None


def _keys(struct: type[msgspec.Struct]) -> tuple[str, ...]:
    """The keys of a table."""
    return struct.__struct_encode_fields__
