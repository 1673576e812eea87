"""Patterns for inexact dates by language: `c. June 2015`, `2010s`, `until 2019`, `spring 2015`.

CLDR, the source of all other date formats, has none of these. `{}` stands for the date itself.
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
        "uncertain": "{}\u202f?",
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
        "uncertain": "{}？",
        "decade": "{}年代",
        "until": "截至{}",
        "from": "{}起",
        "21": "{}春季",
        "22": "{}夏季",
        "23": "{}秋季",
        "24": "{}冬季",
    },
    "nl": {
        "approximate": "ca. {}",
        "decade": "jaren {}",
        "until": "tot {}",
        "from": "vanaf {}",
        "21": "lente {}",
        "22": "zomer {}",
        "23": "herfst {}",
        "24": "winter {}",
    },
    "pt": {
        "approximate": "c. {}",
        "decade": "década de {}",
        "until": "até {}",
        "from": "desde {}",
        "21": "primavera de {}",
        "22": "verão de {}",
        "23": "outono de {}",
        "24": "inverno de {}",
    },
    "sv": {
        "approximate": "ca {}",
        "decade": "{}-talet",
        "from": "från {}",
        "21": "våren {}",
        "22": "sommaren {}",
        "23": "hösten {}",
        "24": "vintern {}",
    },
    "da": {
        "approximate": "ca. {}",
        "decade": "{}’erne",
        "until": "indtil {}",
        "from": "fra {}",
        "21": "foråret {}",
        "22": "sommeren {}",
        "23": "efteråret {}",
        "24": "vinteren {}",
    },
    "nb": {
        "approximate": "ca. {}",
        "decade": "{}-tallet",
        "until": "til {}",
        "from": "fra {}",
        "21": "våren {}",
        "22": "sommeren {}",
        "23": "høsten {}",
        "24": "vinteren {}",
    },
    "fi": {
        "approximate": "n. {}",
        "decade": "{}-luku",
        "21": "kevät {}",
        "22": "kesä {}",
        "23": "syksy {}",
        "24": "talvi {}",
    },
    "pl": {
        "approximate": "ok. {}",
        "decade": "lata {}",
        "until": "do {}",
        "from": "od {}",
        "21": "wiosna {}",
        "22": "lato {}",
        "23": "jesień {}",
        "24": "zima {}",
    },
    "cs": {
        "approximate": "kolem {}",
        "until": "do {}",
        "from": "od {}",
        "21": "jaro {}",
        "22": "léto {}",
        "23": "podzim {}",
        "24": "zima {}",
    },
    "ru": {
        "approximate": "ок. {}",
        "decade": "{}-е годы",
        "until": "до {}",
        "from": "с {}",
        "21": "весна {}",
        "22": "лето {}",
        "23": "осень {}",
        "24": "зима {}",
    },
    "uk": {
        "approximate": "бл. {}",
        "decade": "{}-ті роки",
        "until": "до {}",
        "from": "з {}",
        "21": "весна {}",
        "22": "літо {}",
        "23": "осінь {}",
        "24": "зима {}",
    },
    "tr": {
        "approximate": "y. {}",
        "21": "{} ilkbaharı",
        "22": "{} yazı",
        "23": "{} sonbaharı",
        "24": "{} kışı",
    },
    "ar": {
        "approximate": "حوالي {}",
        "until": "حتى {}",
        "from": "منذ {}",
        "21": "ربيع {}",
        "22": "صيف {}",
        "23": "خريف {}",
        "24": "شتاء {}",
    },
    "el": {
        "approximate": "περ. {}",
        "decade": "δεκαετία του {}",
        "21": "άνοιξη {}",
        "22": "καλοκαίρι {}",
        "23": "φθινόπωρο {}",
        "24": "χειμώνας {}",
    },
    "fa": {
        "approximate": "حدود {}",
        "decade": "دههٔ {}",
        "until": "تا {}",
        "from": "از {}",
        "21": "بهار {}",
        "22": "تابستان {}",
        "23": "پاییز {}",
        "24": "زمستان {}",
    },
    "hi": {
        "approximate": "लगभग {}",
        "decade": "{} का दशक",
        "until": "{} तक",
        "from": "{} से",
        "21": "वसंत {}",
        "22": "ग्रीष्म {}",
        "23": "शरद {}",
        "24": "शीत {}",
    },
    "he": {
        "approximate": "בערך {}",
        "decade": "שנות ה־{}",
        "until": "עד {}",
        "from": "מאז {}",
        "21": "אביב {}",
        "22": "קיץ {}",
        "23": "סתיו {}",
        "24": "חורף {}",
    },
    "ja": {
        "approximate": "{}頃",
        "uncertain": "{}？",
        "decade": "{}年代",
        "until": "{}まで",
        "from": "{}から",
        "21": "{}春",
        "22": "{}夏",
        "23": "{}秋",
        "24": "{}冬",
    },
    "ko": {
        "approximate": "{}경",
        "decade": "{}년대",
        "until": "{}까지",
        "from": "{}부터",
        "21": "{} 봄",
        "22": "{} 여름",
        "23": "{} 가을",
        "24": "{} 겨울",
    },
}
"""By primary language, then by what is to be said. `21` to `24` are EDTF's seasons. A month that follows `approximate`,
`until` or `from` stands in the case that its language gives to days (`ок. июня 1917`)."""

_TRADITIONAL: Mapping[str, str] = {"approximate": "約{}"}
"""What differs from `zh` in traditional characters."""
_TRADITIONAL_TAGS = frozenset({"hant", "tw", "hk", "mo"})

FIRST_OF_MONTH: Mapping[str, str] = {"fr": "1er", "it": "1º", "pt": "1º", "pt-PT": "1"}
"""How the first of a month is written, by BCP 47 tag, where it alone is an ordinal; CLDR has none of these."""

ERA_FIRST = frozenset({"en"})
"""Languages in which AD precedes the year (`AD 5`), unlike CLDR's pattern."""

NEUTRAL: Mapping[str, str] = {"approximate": "~{}", "uncertain": "{}?", "until": "–{}", "from": "{}–"}
"""Patterns for languages without a table, and for entries that a table leaves out (a preposition that needs a case)."""


def date_words(language: str) -> Mapping[str, str]:
    """The patterns for a BCP 47 tag.

    If `decade` or a season is missing, there is no neutral form; then months and years are named.
    """
    primary, *rest = language.lower().split("-")
    own = _TRADITIONAL if primary == "zh" and _TRADITIONAL_TAGS.intersection(rest) else {}
    return {**NEUTRAL, **DATE_WORDS.get({"no": "nb", "nn": "nb", "iw": "he"}.get(primary, primary), {}), **own}


def first_of_month(language: str) -> str:
    """How a BCP 47 tag's language writes the day in the first of a month."""
    found = (FIRST_OF_MONTH.get(tag) for tag in (language, language.split("-", maxsplit=1)[0].lower()))
    return next((text for text in found if text), "1")
