"""How languages write dates that are not exact: `c. June 2015`, `2010s`, `until 2019`, `spring 2015`.

CLDR, from which all other forms of dates are taken, has none of these. `{}` is the date itself.
"""

from __future__ import annotations

from collections.abc import Mapping

DATE_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "approximate": "c. {}",
        "decade": "{}s",
        "until": "until {}",
        "from": "from {}",
        "21": "spring {}",
        "22": "summer {}",
        "23": "autumn {}",
        "24": "winter {}",
    },
    "de": {
        "approximate": "um {}",
        "decade": "{}er-Jahre",
        "until": "bis {}",
        "from": "ab {}",
        "21": "Frühjahr {}",
        "22": "Sommer {}",
        "23": "Herbst {}",
        "24": "Winter {}",
    },
    "fr": {
        "approximate": "vers {}",
        "decade": "années {}",
        "21": "printemps {}",
        "22": "été {}",
        "23": "automne {}",
        "24": "hiver {}",
    },
    "es": {
        "approximate": "hacia {}",
        "decade": "década de {}",
        "until": "hasta {}",
        "from": "desde {}",
        "21": "primavera de {}",
        "22": "verano de {}",
        "23": "otoño de {}",
        "24": "invierno de {}",
    },
    "it": {
        "approximate": "circa {}",
        "decade": "anni {}",
        "21": "primavera {}",
        "22": "estate {}",
        "23": "autunno {}",
        "24": "inverno {}",
    },
    "zh": {
        "approximate": "约{}",
        "decade": "{}年代",
        "until": "截至{}",
        "from": "{}起",
        "21": "{}春季",
        "22": "{}夏季",
        "23": "{}秋季",
        "24": "{}冬季",
    },
}
"""By primary language, then by what is to be said. `21` to `24` are EDTF's seasons."""

NEUTRAL: Mapping[str, str] = {"approximate": "~{}", "until": "–{}", "from": "{}–"}
"""For a language without a table, and for what a table leaves out (a preposition that would need a case)."""


def date_words(language: str) -> Mapping[str, str]:
    """The patterns for a BCP 47 tag; where `decade` or a season is absent, there is no neutral form."""
    return {**NEUTRAL, **DATE_WORDS.get(language.split("-", maxsplit=1)[0].lower(), {})}
