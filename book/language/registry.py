"""Checks that a language tag (BCP 47) is well-formed and made of registered subtags."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache

from book.dates.digits import SYSTEMS, asked_digits
from book.language.tags import WELL_FORMED, language_names, language_tag
from book.language.terms import TERMS
from book.problem import slip_of

_SURE = 0.75
"""Minimum similarity (`difflib`'s ratio) of a misspelt name of a language to the right one."""
_SHORT_NAME = 3
"""Length in letters up to which the name of a language is too short to be what a misspelt one means."""
_EXAMPLES = 'write a BCP 47 language tag, such as "en", "en-GB" or "zh-Hans"'


@lru_cache(maxsize=256)
def language_hint(tag: str) -> str | None:
    """How to correct an invalid language tag; None for a valid one.

    A tag is valid if it is well-formed (RFC 5646) and its language, script and region are registered: `english`, `xx`,
    `en_GB`, `en-UK` and `eng` are not. Digits that it asks for (`-u-nu-`) are those of a system that CLDR has.
    """
    if _is_registered(tag):
        return _digits_hint(tag)
    meant = language_tag(tag) or ""
    if not _is_registered(meant):
        meant = _spoken_in(tag) or ""
    meant = meant or near_language(tag) or ""
    return f'write "{meant}"' if meant else _EXAMPLES


@lru_cache(maxsize=256)
def near_language(text: str) -> str | None:
    """The tag of the language whose name a text is like: `enlish` → `en`, `Deutch` → `de`; None if there is none."""
    names = [name for name in language_names() if len(name) > _SHORT_NAME]
    found = get_close_matches(text.casefold().strip(), names, n=1, cutoff=_SURE)
    return language_names()[found[0]] if found else None


def _digits_hint(tag: str) -> str | None:
    """How to correct the digits that a tag asks for (`-u-nu-`); None if CLDR has them."""
    asked = asked_digits(tag)
    if asked is None or asked in SYSTEMS:
        return None
    near = slip_of(asked, SYSTEMS) or next(iter(get_close_matches(asked, SYSTEMS, n=1)), None)
    meant = f'did you mean "{near}"?' if near else "leave -u-nu- out, or write arab, arabext, beng, deva, latn, …"
    return f'CLDR has no digits "{asked}": {meant}'


def _is_registered(tag: str) -> bool:
    """Whether a tag is valid."""
    if _is_usual(tag):
        return True
    import langcodes

    return bool(WELL_FORMED.fullmatch(tag)) and langcodes.tag_is_valid(tag) and _is_shortest(tag)


def _is_usual(tag: str) -> bool:
    """Whether a tag is one of the usual valid ones, which takes no table of all subtags (40 ms to load).

    These are languages that have a table of terms, and those with a region where CLDR has a locale for both.
    """
    language, _, region = tag.partition("-")
    if tag in TERMS:
        return True
    if language not in TERMS or not re.fullmatch("[A-Z]{2}", region):
        return False
    from babel.localedata import exists

    return exists(f"{language}_{region}")


def _is_shortest(tag: str) -> bool:
    """Whether language and region are as registered: no three-letter code where there is one of two, and not UK."""
    import langcodes

    primary, *rest = tag.lower().split("-")
    if len(primary) == 3:
        short = langcodes.Language.get(langcodes.standardize_tag(primary))
        known = {short.to_alpha3(), short.to_alpha3(variant="B")} if len(short.language or "") == 2 else set()
        return primary not in known
    return "uk" not in rest  # ISO 3166-1 reserves it, and uses GB


def _spoken_in(tag: str) -> str | None:
    """The language of a country whose code a text is: `jp` → `ja`; or the tag with GB for UK."""
    if re.search("-uk$", tag, re.IGNORECASE):
        return f"{tag[:-2]}GB"
    if not re.fullmatch("[A-Za-z]{2}", tag):
        return None
    from babel.core import get_global

    likely = get_global("likely_subtags").get(f"und_{tag.upper()}")
    return str(likely).partition("_")[0] if likely else None
