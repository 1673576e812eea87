"""Finds characters that no font of the book has, without setting a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

from book.language.faces import faces
from book.language.fonts import characters_of, font_files
from book.language.scripts import languages, untagged
from book.model.editions import Volume
from book.model.manuscript import Manuscript
from book.pages.glyphs import located, missing_glyph
from book.problem import Problem, Span
from book.project.stylesheets import read_fonts

_LEFT_OUT = re.compile(r"<head\b.*?</head>|<style\b.*?</style>|<!--.*?-->|<[^>]*>", re.DOTALL)
"""Elements that are not printed."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Unicode categories of characters without a shape, or whose shape is composed of others."""


def missing_glyphs(volume: Volume, texts: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    """A `missing-glyph` for each character that the pages of a volume would lack.

    Args:
        volume: A volume in pages.
        texts: Its sections: the file to name in messages, and the composed XHTML.
    """
    fonts = read_fonts(volume.manuscript.project.root, volume.edition.styles)
    known = [*(font.path for font in font_files()), *_script_files(volume.manuscript), *fonts.files]
    covered = frozenset[int]().union(*(characters_of(path) for path in known if path.is_file()))
    written = [*((path, unescape(_LEFT_OUT.sub("", html))) for path, html in texts)]
    for path, text in written:
        for character in sorted(set(unicodedata.normalize("NFC", text))):
            if not _is_covered(character, covered):
                yield located(missing_glyph(character, Span(path)), volume.manuscript)
    for text, at in fonts.strings:
        for character in sorted(set(text)):
            if not _is_covered(character, covered):
                yield missing_glyph(character, at)


def _script_files(manuscript: Manuscript) -> Iterator[Path]:
    """The font files for the scripts of a manuscript that are installed."""
    needed = faces(languages(manuscript), untagged(manuscript))
    return (face.path for face in needed if face.path is not None)


def _is_covered(character: str, covered: frozenset[int]) -> bool:
    """Whether a font can draw a character, with its own glyph or by composition."""
    if ord(character) in covered or unicodedata.category(character) in _UNSEEN or _is_selector(character):
        return True
    parts = unicodedata.normalize("NFD", character)
    if parts != character:
        return all(ord(part) in covered for part in parts)
    return character == "\u2011" and 0x2010 in covered  # HarfBuzz draws a hyphen that does not break as another one


def _is_selector(character: str) -> bool:
    """Whether a character only selects a form of the one before it (Unicode 23.4)."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
