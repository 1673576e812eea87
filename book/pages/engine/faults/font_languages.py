"""Chooses the face of a text by its family, slant and weight, whatever its language.

WeasyPrint 70.0 tells Fontconfig the language of a text when it asks for a face, and Fontconfig holds the language
dearer than slant and weight. Where the italic of a family lacks a letter that Fontconfig's list for a language has (the
Welsh ẁ, which hardly anybody writes), all text of that language was roman, also where italics were asked for. Which
family a language needs is for a stylesheet to say; letters that a face lacks come from the others all the same.
"""

from __future__ import annotations

from typing import Any

_RULE = b"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><match target="scan"><edit name="lang" mode="delete_all"/></match></fontconfig>"""
"""Takes the list of languages from each face that a document declares; what has none suits every language."""


def mend() -> None:
    """Choose faces without regard to languages in this process."""
    from weasyprint.text.fonts import FontConfiguration

    FontConfiguration.__init__ = _without_languages(FontConfiguration.__init__)


def _without_languages(create: Any) -> Any:
    """Have a configuration forget the languages of the faces that are added to it."""
    from weasyprint.text.ffi import fontconfig

    def create_without(fonts: Any) -> None:
        create(fonts)
        fontconfig.FcConfigParseAndLoadFromMemory(fonts._config, _RULE, True)  # noqa: SLF001 - WeasyPrint shows it nowhere

    return create_without
