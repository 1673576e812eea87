"""Subsets fonts for a package, and renames them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping

from book.store.store import NO_STORE, Store, key_of
from book.store.versions import whole_version

FEATURES = ("c2sc", "lnum", "onum", "pnum", "smcp", "sups", "tnum")
"""OpenType features that stylesheets use, besides those that are always on."""

ALWAYS_INCLUDED = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\u00a0\u00ad\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u2026"
)
"""Characters that a reading system may generate: list numbers, hyphens, an ellipsis."""

NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17)
"""Name table entries to keep: names, copyright, trademark and licence."""

RENAMED = {
    "Source Serif Pro": "Florilegium Serif", "SourceSerifPro": "FlorilegiumSerif",
    "Source Sans Pro": "Florilegium Sans", "SourceSansPro": "FlorilegiumSans",
    "IBM Plex Mono": "Florilegium Mono", "IBMPlexMono": "FlorilegiumMono",
}  # fmt: skip
"""A subset is a modified version, which must not use the reserved names "Source" and "Plex" (OFL 1.1, 3)."""


def subset_fonts(fonts: Mapping[str, bytes], texts: Iterable[str], store: Store = NO_STORE) -> dict[str, bytes]:
    """Reduce fonts to the characters of some texts, their capitals and `ALWAYS_INCLUDED`.

    Args:
        fonts: Font files by name.
        texts: The texts.
        store: Keeps the result, which is reused while the texts have the same characters.

    Returns:
        The reduced font files, by the same names.
    """
    written = set[str]().union(*texts)
    characters = written.union(ALWAYS_INCLUDED, *(text for one in written for text in (one.upper(), one.lower())))
    parts = (part for font in sorted(fonts.items()) for part in font)
    key = key_of(whole_version(), "".join(sorted(characters)), *parts)
    wanted = frozenset(map(ord, characters))

    def make() -> dict[str, bytes]:
        return {name: _rename(_subset(data, wanted)) for name, data in fonts.items()}

    return store.get_or_make("subsets", key, dict[str, bytes], make, label="fonts")


def _subset(data: bytes, characters: frozenset[int]) -> bytes:
    """A subset of a font file for these code points, with `FEATURES`."""
    import uharfbuzz as harfbuzz

    request = harfbuzz.SubsetInput()
    request.sets(harfbuzz.SubsetInputSets.UNICODE).update(characters)
    request.sets(harfbuzz.SubsetInputSets.NAME_ID).update(NAMES)
    request.sets(harfbuzz.SubsetInputSets.LAYOUT_FEATURE_TAG).update(
        int.from_bytes(feature.encode(), "big") for feature in FEATURES
    )
    face = harfbuzz.Face(harfbuzz.Blob(data))
    return bytes(harfbuzz.subset(face, request).blob.data)


def _rename(data: bytes) -> bytes:
    """Rename a font, in its name table and in its outlines (CFF)."""
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 6, 16}:
            record.string = _renamed(record.toUnicode())
    if "CFF " in font:
        outlines = font["CFF "].cff
        outlines.fontNames = [_renamed(name) for name in outlines.fontNames]
        top = outlines.topDictIndex[0]
        for key in ("FamilyName", "FullName"):
            if hasattr(top, key):
                setattr(top, key, _renamed(getattr(top, key)))
    target = io.BytesIO()
    font.save(target)
    return target.getvalue()


def _renamed(name: str) -> str:
    """A name in which the reserved part is replaced."""
    for old, new in RENAMED.items():
        name = name.replace(old, new)
    return name
