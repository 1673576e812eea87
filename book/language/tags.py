"""Finds the language tag (BCP 47) that people mean: `en_US`, `fre`, `English (UK)`, `français`."""

from __future__ import annotations

import re
from functools import lru_cache

WELL_FORMED = re.compile(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(?:-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?",
    re.IGNORECASE,
)
"""A well-formed language tag (RFC 5646, section 2.1), except irregular and private ones."""
_QUALIFIED = re.compile(r"(.+?)\s*[(,]\s*([^(),]+)\)?")
_USUAL = {"cantonese": "yue", "castilian": "es", "farsi": "fa", "flemish": "nl-BE", "mandarin": "zh"}
"""Codes of languages by names that CLDR has not, or only in other words."""
_PRIMARY = 3
"""Maximum length of a primary subtag that is a code (ISO 639); longer ones are names."""


def main_subtags(tag: str) -> list[str]:
    """The subtags of a tag in lower case, without extensions and private ones, which begin with a single letter."""
    subtags = tag.lower().split("-")
    return subtags[: next((place for place, one in enumerate(subtags) if len(one) == 1), len(subtags))]


@lru_cache(maxsize=1024)
def language_tag(text: str) -> str | None:
    """The BCP 47 tag that a text means: a tag, an ISO 639 code, or a language's name in English or in itself.

    A territory may follow a name: `English (UK)`. None if it means no language, or more than one.
    """
    tag = text.strip().replace("_", "-").strip("-")
    if WELL_FORMED.fullmatch(tag) and len(tag.split("-")[0]) <= _PRIMARY:
        return _canonical(tag)
    code = language_names().get(text.strip().casefold())
    qualified = _QUALIFIED.fullmatch(text.strip())
    if code is None and qualified:
        code, territory = language_names().get(qualified[1].casefold()), _territory(qualified[2].strip())
        code = f"{code.removesuffix(f'-{territory}')}-{territory}" if code and territory else None
    return code


def _canonical(tag: str) -> str:
    """A tag with the shortest code for its language, in the usual case (RFC 5646, 2.1.1): `eng-gb` → `en-GB`."""
    from babel.core import get_global

    first, *rest = tag.split("-")
    language = get_global("language_aliases").get(first.lower(), first.lower())
    written = [language.replace("_", "-")]
    for place, subtag in enumerate(rest):
        after_single = any(len(one) == 1 for one in rest[:place])
        if len(subtag) == 4 and subtag.isalpha() and not after_single:
            written.append(subtag.title())
        else:
            written.append(subtag.upper() if len(subtag) == 2 and not after_single else subtag.lower())
    return "-".join(written)


@lru_cache(maxsize=1)
def language_names() -> dict[str, str]:
    """The codes of languages by their names in themselves and in English (CLDR, or usual ones), in lower case."""
    from babel import Locale
    from babel.localedata import locale_identifiers

    codes = [code for code in locale_identifiers() if code.isalpha()]
    own = ((code, Locale(code).languages.get(code)) for code in codes)
    english = ((code.replace("_", "-"), name) for code, name in Locale("en").languages.items())
    return {str(name).casefold(): code for code, name in (*own, *english) if name} | _USUAL


def _territory(name: str) -> str | None:
    """The code of a territory, by its code or its English name."""
    from babel import Locale
    from babel.core import get_global

    territories = Locale("en").territories
    alias = get_global("territory_aliases").get(name.upper())
    if alias or name.upper() in territories:
        return str(alias[0] if alias else name.upper())
    return next((code for code, known in territories.items() if str(known).casefold() == name.casefold()), None)
