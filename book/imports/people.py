"""Names of people in running text, with the titles and offices before them."""

from __future__ import annotations

import re

_CAPITALISED = r"[A-Z\u00c0-\u00de][\w'\u2019.\-]*?"
_PARTICLE = r"(?:van|von|der|den|de|del|della|di|da|du|la|le|el|al|bin|ibn|zu|zur|ten|ter|dos|das|y)"
NAME = rf"{_CAPITALISED}(?:\s+(?:{_PARTICLE}\s+)*{_CAPITALISED}){{0,4}}"
"""A name in Latin letters."""
_OFFICES = r"""
mayor(?:ess)? council(?:or|man|woman|member) councillor senator(?:in)? congress(?:man|woman)
(?:vice[-\s])?president (?:prime\s|foreign\s|deputy\s)?minister governor secretary chancellor king queen
prince(?:ss)? duke duchess count(?:ess)? lord lady sir dame prof(?:essor)? dr hon(?:ou?rable)? rev(?:erend)? fr father
sister brother (?:arch)?bishop cardinal pope rabbi imam sheikh capt(?:ain)? col(?:onel)? gen(?:eral)? lt
lieutenant sgt sergeant major admiral mr mrs ms miss judge justice comrade rep sen gov amb(?:assador)?
chair(?:man|woman|person)? speaker st saint herr frau fräulein pfarrer(?:in)?
\w*(?:minister|kanzler|präsident|meister|kämmerer|direktor|r[aä]t|vorsitzender?|abgeordneter?|sprecher|sekretär|richter|graf|fürst|kaiser|könig)(?:in)?
m mm mme mlle monsieur madame maître préfet présidente? ministre maire députée? sénateur sénatrice
général abbé comtesse comte señora? sra? don doña ministr[oa] president[ea] alcald(?:e|esa) diputad[oa]
senadora? gobernadora? doctora? padre obispo rey reina ingenier[oa]
"""
_OFFICE = rf"(?:{'|'.join(_OFFICES.split())})\.?"
_TWO_WORDS = rf"(?=(?-i:{_CAPITALISED}\s+(?:{_PARTICLE}\s+)*[A-Z\u00c0-\u00de]))"
_TITLES = re.compile(
    rf"^(?:(?:the|le|la|l['\u2019]|el|der|die|das|los|las)\s+)?(?:{_OFFICE}\s+)+{_TWO_WORDS}", re.IGNORECASE
)
_INSIDE = re.compile(
    rf"\b(?P<by>by|of|von|vom|de|du|del|par|por)\s+(?:(?:the|la|le|el|der|dem)\s+|l['\u2019]\s?)?(?:{_OFFICE}\s+)+"
    rf"{_TWO_WORDS}",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    rf"^(?P<name>(?-i:{NAME})),\s+(?:(?:then|now|former|at\sthe\stime)\s+)?(?:(?:the|a|an|la|le|el|der|die)\s+)?"
    rf"(?!(?:st|saint|king|queen|m(?!\.p)|fr|don)\b)(?:{_OFFICE}|deputy|m\.?p\.?|member|leader|head|spokes\w+|director)"
    r"(?!\w)(?!['\u2019]s)[^,]*(?=,|$)",
    re.IGNORECASE,
)
_BY = {"du": "de", "del": "de", "vom": "von"}


def without_offices(text: str) -> str:
    """A line about a person without titles and offices: `Mayor Arthur Pell, budget speech` as `Arthur Pell, …`.

    Offices behind a name (`Jane Roe, Minister of Justice, …`) are left out too.
    """
    rest = _TITLES.sub("", text)
    rest = _INSIDE.sub(lambda one: f"{_BY.get(one['by'].lower(), one['by'])} ", rest)
    match = _DESCRIBED.match(rest)
    if match is not None and " " in match["name"]:
        rest = match["name"] + rest[match.end() :]
    return rest


def same_person(one: str, other: str) -> bool:
    """Whether two names may be of one person.

    They are alike, in either order (`Jinping Xi`), or one of them is how the other ends (`Roe`, `Jane Roe`).
    """
    short, long = sorted((_plain(one).split(), _plain(other).split()), key=len)
    return bool(short) and (long[-len(short) :] == short or sorted(short) == sorted(long))


def _plain(name: str) -> str:
    """A name as it is compared."""
    import unicodedata

    letters = unicodedata.normalize("NFKD", without_offices(name).casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", kept))
