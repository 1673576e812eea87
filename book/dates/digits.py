"""Writes numbers in the digits of a language: `۱۲ مارس ۱۹۵۸` in Persian, `١٢` in the Arabic of Egypt.

Which digits a language has is CLDR's default numbering system. `-u-nu-` in a tag asks for others, as in BCP 47:
`ar-u-nu-arab`, `fa-u-nu-latn`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from book.dates.fields import find_locale

_ZEROS = {
    "arab": 0x660, "arabext": 0x6F0, "beng": 0x9E6, "deva": 0x966, "gujr": 0xAE6, "guru": 0xA66, "khmr": 0x17E0,
    "knda": 0xCE6, "laoo": 0xED0, "mlym": 0xD66, "mymr": 0x1040, "orya": 0xB66,
    "tamldec": 0xBE6, "telu": 0xC66, "thai": 0xE50, "tibt": 0xF20,
}  # fmt: skip
"""The code point of zero in each numbering system (CLDR, numberingSystems.xml); the other digits follow it.

Those that CSS has a counter style for (Counter Styles 3, 6.1), by which lists are numbered.
"""
_OWN = frozenset({
    "ar", "as", "az", "bgc", "bgn", "bho", "bn", "ckb", "dz", "fa", "ks", "lrc", "mni", "mr", "my", "mzn", "ne", "pa",
    "ps", "raj", "sa", "sat", "sd", "sdh", "ur", "uz",
})  # fmt: skip
"""Languages that write digits of these systems, in one script or region at least. For others CLDR is not read."""
_ASKED = re.compile(r"-u(?:-\w{2,8})*?-nu-(\w{3,8})", re.IGNORECASE)


_CLDR = """
    adlm ahom arab arabext armn armnlow bali beng bhks brah cakm cham cyrl deva diak ethi finance fullwide gara geor
    gong gonm grek greklow gujr gukh guru hanidays hanidec hans hansfin hant hantfin hebr hmng hmnp java jpan jpanfin
    jpanyear kali kawi khmr knda krai lana lanatham laoo latn lepc limb mathbold mathdbl mathmono mathsanb mathsans
    mlym modi mong mroo mtei mymr mymrepka mymrpao mymrshan mymrtlng nagm native newa nkoo olck onao orya osma outlined
    rohg roman romanlow saur segment shrd sind sinh sora sund sunu takr talu taml tamldec telu thai tibt tirh tnsa tols
    traditio vaii wara wcho
"""
SYSTEMS = tuple(_CLDR.split())
"""The numbering systems that a language tag may name (CLDR 46, bcp47/number.xml), known here or not."""


def asked_digits(language: str) -> str | None:
    """The numbering system that a language tag asks for (`-u-nu-`), in lower case; None if it asks for none."""
    asked = _ASKED.search(language)
    return asked[1].lower() if asked else None


def are_known(system: str) -> bool:
    """Whether numbers can be written in the digits of a numbering system."""
    return system == "latn" or system in _ZEROS


def in_digits(text: str | int, language: str) -> str:
    """A number or a text of the book's furniture, its digits as the language (a BCP 47 tag) writes them."""
    system = numbering(language)
    return str(text).translate(_table(system)) if system != "latn" else str(text)


@lru_cache(maxsize=64)
def numbering(language: str) -> str:
    """The numbering system of a language, one of those that are known here; `latn` for the digits 0 to 9."""
    if asked := asked_digits(language):
        return asked if asked in _ZEROS else "latn"
    if language.partition("-")[0].lower() not in _OWN:
        return "latn"
    locale = find_locale(language)
    system = str(locale.default_numbering_system) if locale else "latn"
    return system if system in _ZEROS else "latn"


@lru_cache(maxsize=8)
def _table(system: str) -> dict[int, int]:
    """The digits 0 to 9 and those of a numbering system in their place."""
    return {ord("0") + digit: _ZEROS[system] + digit for digit in range(10)}
