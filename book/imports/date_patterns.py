"""Patterns of dates in running text, in many languages: full dates, months, seasons, years, eras, decades, centuries.

The names of months and seasons are CLDR's and those of `book.dates.typed_words`. A new form is a pattern here with the
groups `year`, `month`, `day`, for an interval also `first_year`, `first_month`, `first_day`, or `season`, `bc`,
`decade`, `century`, `roman_century`, `reign` with `regnal`; `about` where it is approximate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from book.dates.fields import find_locale
from book.dates.typed_words import longest_first, season_names
from book.dates.words import DATE_WORDS

_SHORT = ("en", "de", "fr", "es", "it", "pt", "nl")
"""Languages whose abbreviations of months are known in running text; those of others are words of these."""
_NO_MONTH = frozenset({"set", "out", "ago", "mar", "gen", "dic"})
"""Abbreviations that are common words: a day has to stand beside them."""
_TO = (
    r"\s*(?:[-\u2010-\u2015/~\uff5e]|to|until|through|and|bis|und|au|et|al|y|a|e|tot|en|до|по|do)\s*"
    r"(?:zum\s+|zu\s+|the\s+)?"
)
_UNTIL = _TO.replace("and|", "").replace("und|", "").replace("et|", "").replace("|y|a|e|", "|a|")
"""The same between dates that both have a year: "and" joins two occasions there."""
_YEAR = r"(?P<year>1\d{3}|20\d\d|['\u2018\u2019]\d\d(?!\d|['\u2019]?s\b))"
_FULL_YEAR = r"(?P<{0}>1\d{{3}}|20\d\d)"
_DAY = r"(?P<{0}>(?:0?[1-9]|[12]\d|3[01]){1}|{2})"
_ORDINAL = r"(?:st|nd|rd|th|er|re|[.º\u00b0ª])?"
_OF = r"\s*(?:(?:day\s+)?(?:of\s+|de\s+|del\s+|di\s+|van\s+)|d['\u2019])?\s*"
_LEAD = (
    r"(?:(?:on|from|between|since|in|of|dated|am|vom|den|im|seit|zwischen|le|du|en|em|depuis|entre|el|del|desde|il|nel|dal|op|"
    r"på|в|от|с|dnia|dne)\s+(?:(?:the|dem|le|el|il|los|des|year|jahre?|jahr|l'année|año|dia)\s+)*)?"
)
SINCE = re.compile(r"^(?:since|seit|depuis|desde|dal)\b", re.IGNORECASE)
_VAGUE = (
    r"(?:(?:the\s+)?(?:early|late|mid|beginning\s+of|end\s+of)[\s-]+(?:in\s+)?|anfang\s+|mitte\s+|ende\s+|(?:au\s+)?début\s+(?:de\s+)?|"
    r"mi-|fin\s+(?:de\s+)?|(?:a\s+)?(?:principios|comienzos|mediados|finales|fines)\s+de\s+|inizio\s+|metà\s+|fine\s+|"
    r"inícios?\s+de\s+|meados\s+de\s+|(?:no\s+)?fi(?:m|nal|nais)\s+de\s+)"
)
"""Words that make a date vaguer, which EDTF cannot say."""
_ABOUT = (
    r"(?:c\.|ca\.?|cca\.?|circa|about|around|um|etwa|vers|environ|hacia|"
    r"alrededor\s+de|verso|por\s+volta\s+de|около)\s*"
)
_BC = (
    r"(?:b\.?\s?c\.?(?:\s?e\.?)?(?!\w)|v\.\s?chr\.|v\.\s?u\.\s?z\.|av(?:ant|\.)\s+j(?:ésus|\.)-?\s?c(?:hrist|\.)|a\.\s?c\.(?!\w)|"
    r"antes\s+de\s+cristo|avanti\s+cristo|до\s+н\.\s?э\.)"
)
_AD = r"(?:a\.?d\.?(?!\w)|c\.?\s?e\.?(?!\w)|n\.\s?chr\.|ap(?:rès|\.)\s+j(?:ésus|\.)-?\s?c(?:hrist|\.)|d\.\s?c\.(?!\w))"
ORDINALS = {
    word: number
    for number, words in enumerate(
        (
            "first premier primero primo primeiro ersten", "second zweiten", "third dritten", "fourth vierten",
            "fifth fünften", "sixth sechsten", "seventh siebten", "eighth achten", "ninth neunten", "tenth zehnten",
            "eleventh elften", "twelfth zwölften", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
            "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
            "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",
            "thirtieth", "thirty-first",
        ), 1,
    )
    for word in words.split()
}  # fmt: skip
"""Days of the month in words."""
ROMAN_MONTHS = dict(
    zip(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), range(1, 13), strict=True)
)
REIGNS = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018,
    "民国": 1911, "民國": 1911,
}  # fmt: skip
"""Eras of Japan and of the Republic of China: the year before their first."""
_HAN = r"(?:\d\d?|[一二三四五六七八九十]{1,3})"
HAN_SEASONS = {"春": 21, "夏": 22, "秋": 23, "冬": 24}


@cache
def months() -> dict[str, int]:
    """The numbers of months by name in lower case and without stops, of names that can stand in running text."""
    found: dict[str, int] = {}
    for tag in DATE_WORDS:
        locale = find_locale(tag)
        for forms in locale.months.values() if locale else ():
            for width in ("wide", "abbreviated") if tag in _SHORT else ("wide",):
                for number, name in forms[width].items():
                    if len(name) > 2 and not any(letter.isdigit() or "\u3000" < letter < "ꀀ" for letter in name):
                        found.setdefault(name.casefold().rstrip("."), int(number))
    found.update({"sept": 9, "jänner": 1, "febr": 2})
    return found


@cache
def full_months() -> frozenset[str]:
    """The names of months that are not shortened."""
    locales = filter(None, map(find_locale, DATE_WORDS))
    names = (name for one in locales for forms in one.months.values() for name in forms["wide"].values())
    return frozenset(name.casefold() for name in names if len(name) > 2)


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """The forms of dates, those with more parts first."""
    return tuple(re.compile(form, re.IGNORECASE) for form in (*_with_months(), *_with_signs(), *_without_months()))


def _with_months() -> Iterator[str]:
    """Dates with names of months, or in figures."""
    names = "|".join(map(re.escape, longest_first(months())))
    alone = "|".join(map(re.escape, longest_first(set(months()) - _NO_MONTH)))
    words = "|".join(word.replace("-", r"[-\s]") for word in longest_first(ORDINALS))

    def month(group: str, known: str = names) -> str:
        return rf"(?P<{group}>(?:{known})\b\.?)"

    def day(group: str) -> str:
        return _DAY.format(group, _ORDINAL, words)

    comma = r"\s*,?\s*(?:of\s+|de\s+|del\s+|do\s+|in\s+the\s+year\s+)?"
    the = r"(?:den\s+|el\s+|le\s+|il\s+)?"
    end = r"(?:\s+(?:год[ау]|року)\b|\s+[грr]\.)?"
    number = r"(?P<month>\d\d?)"
    first, year = _FULL_YEAR.format("first_year"), _FULL_YEAR.format("year")
    seasons = "|".join(map(re.escape, longest_first(one for one in season_names() if len(one) > 2)))
    season = rf"(?P<season>{seasons})"
    forms = (
        # November 27 to 28, 2015; November 30 \u2013 December 2, 2015; 30 November 2014 to 2 December 2015
        rf"{day('first_day')}{_OF}{month('first_month')}{comma}{first}{_UNTIL}{the}{day('day')}{_OF}{month('month')}{comma}{_YEAR}",
        rf"{month('first_month')}\s+{day('first_day')},?\s+{first}{_UNTIL}{month('month')}\s+{day('day')}{comma}{_YEAR}",
        rf"{month('first_month')}\s+{day('first_day')}{_TO}{month('month')}\s+{day('day')}{comma}{_YEAR}",
        rf"{month('month')}\s+{day('first_day')}{_TO}{day('day')}{comma}{_YEAR}",
        # 27\u201328 November 2015; 30 November bis 2. Dezember 2015; del 27 al 28 de noviembre de 2015
        rf"{day('first_day')}{_OF}{month('first_month')}{_TO}{the}{day('day')}{_OF}{month('month')}{comma}{_YEAR}",
        rf"{day('first_day')}{_TO}{the}{day('day')}{_OF}{month('month')}{comma}{_YEAR}",
        # November 27, 2015; November the 27th, 2015; 27 November 2015; 27. November 2015; 2015. november 27.
        rf"{month('month')}\s+(?:the\s+)?{day('day')}{comma}{_YEAR}",
        rf"{day('day')}{_OF}{month('month')}{comma}{_YEAR}",
        rf"{_FULL_YEAR.format('year')}\.?,?\s+{month('month')}\s+{day('day')}(?!\d)",
        # 2015-11-27, 2015/11/27, 27.11.2015, 11/27/2015, 27-11-2015, 27.XI.2015, 27.11.15
        rf"{year}(?P<year_first>[-/.]){number}(?P=year_first){_DAY.format('day', '', '(?!)')}(?!\d)",
        rf"{_DAY.format('day', '', '(?!)')}(?P<numeric>\.)\s?{number}\.\s?{_FULL_YEAR.format('year')}",
        rf"{number}(?P<numeric>[/-]){_DAY.format('day', '', '(?!)')}(?P=numeric){_FULL_YEAR.format('year')}",
        rf"{_DAY.format('day', '', '(?!)')}(?P<numeric>[/-]){number}(?P=numeric){_FULL_YEAR.format('year')}",
        rf"{_DAY.format('day', '', '(?!)')}[./-](?P<month>x?v?i{{1,3}}|i?[vx]|[vx])[./-]{_FULL_YEAR.format('year')}",
        r"(?P<day>[0-3]\d)(?P<numeric>\.)(?P<month>[01]\d)\.(?P<year>\d\d)(?![\d.])",
        # November 2015; noviembre de 2015; between May and June 2015
        rf"{month('first_month')}{_TO}{month('month')}{comma}{_FULL_YEAR.format('year')}",
        rf"(?<!\d\s)(?<!\d\.\s){month('month', alone)}{comma}{_FULL_YEAR.format('year')}",
        # spring 2015; im Frühjahr 2015; otoño de 2015; winter 1958/59
        rf"{season}{comma}(?P<year>1\d{{3}}|20\d\d|['\u2018\u2019]\d\d(?!\d))(?:\s?[/\u2013-]\s?\d{{2,4}})?",
    )
    for form in forms:
        yield rf"\b{_LEAD}{_VAGUE}?{form}\b{end}"


def _with_signs() -> Iterator[str]:
    """Chinese and Japanese dates: figures with signs."""
    digit = "[\u3007零\u25cb一二三四五六七八九]"
    reign = rf"(?P<reign>{'|'.join(REIGNS)})"
    year = rf"(?:(?P<year>1\d{{3}}|20\d\d|[一二]{digit}{{3}})|{reign}(?P<regnal>元|{_HAN}|\d{{1,3}}))\s?年"
    to = r"(?:至|到|から|[-\u2013\u2014\uff0d~\uff5e\u301c])"
    month, day = rf"(?P<month>{_HAN})\s?月", rf"(?P<day>{_HAN})\s?[日号號]"
    yield r"(?P<year>1\d{3}|20\d\d)\s?\ub144(?:\s?(?P<month>\d\d?)\s?\uc6d4(?:\s?(?P<day>\d\d?)\s?\uc77c)?)?"
    yield rf"{year}\s?(?P<first_month>{_HAN})月(?P<first_day>{_HAN})日?{to}{month}{day}"
    yield rf"{year}\s?{month}(?P<first_day>{_HAN})[日号號]?{to}{day}"
    yield rf"{year}\s?{month}\s?{day}"
    yield rf"{year}\s?{month}(?:[初底末]|[上中下]旬)?"
    yield rf"{year}\s?(?P<season>[春夏秋冬])(?:天|季|节|節)?"
    yield r"(?P<decade>1\d{2}|20\d)0年代"
    yield r"公元前(?P<bc>\d{1,4})年"
    yield r"(?P<century>\d{1,2})世[纪紀]"
    yield rf"(?P<about>约|約|大约)?{year}(?:[初底末中](?!国))?"


def _without_months() -> Iterator[str]:
    """Years alone, with words that make them dates; eras, decades, centuries."""
    year = _FULL_YEAR.format("year")
    yield rf"\b{_LEAD}{_ABOUT.replace('(?:c', '(?P<about>c', 1)}{year}\b(?!\s*[-\u2013/]\s*\d)"
    yield rf"\b{_LEAD}(?:{_ABOUT})?(?P<bc>\d{{1,4}})\s*{_BC}"
    yield rf"\b{_LEAD}(?:(?P<year>\d{{2,4}})\s*{_AD}|a\.?d\.?\s*(?P<year2>\d{{1,4}})\b)"
    yield r"\b(?:(?:in|during)\s+)?(?:the\s+)?(?P<decade>1\d\d|20\d)0['\u2019]?s\b"
    yield r"\b(?:in\s+den\s+)?(?P<decade>1\d\d|20\d)0er(?:[\s-]jahren?)?\b"
    words = r"(?:dans\s+)?(?:les\s+)?années|(?:en\s+)?(?:los\s+)?años|(?:la\s+|na\s+)?década\s+de|(?:negli\s+)?anni"
    yield rf"\b(?:{words})\s+(?P<decade>1\d\d|20\d)0\b"
    yield r"\b(?:in\s+the\s+)?(?P<century>\d{1,2})(?:st|nd|rd|th)[\s-]century\b(?!\s+b)"
    yield r"\b(?:im\s+)?(?P<century>\d{1,2})\.\s*jahrhunderts?\b(?!\s+v)"
    yield r"\b(?:au\s+)?(?P<roman_century>[xvi]{1,5})e\s+siècle\b(?!\s+av)"
    words = r"(?:en\s+)?(?:el\s+)?siglo|(?:no\s+)?século|(?:nel\s+)?secolo"
    yield rf"\b(?:{words})\s+(?P<roman_century>[xvi]{{1,5}})\b(?!\s+a)"
    before = (
        r"(?:in|since|im|seit|en|depuis|desde|nel|em|в)\s+"
        r"(?:the\s+year\s+|jahre?\s+|l'année\s+|el\s+año\s+|year\s+)?"
        rf"(?:{_VAGUE})?"
    )
    yield rf"\b(?:from|between|von|zwischen|entre|de|dal)\s+{_FULL_YEAR.format('first_year')}{_TO}{year}\b"
    yield rf"\b(?:{before}|{_VAGUE}){year}\b(?!\s*[-\u2013/]\s*\d)(?:\s+год[ау])?"
    yield rf"(?:(?<=[,\u060c]\s)|(?<=[(\[])){_FULL_YEAR.format('first_year')}\s?[-\u2013\u2014/]\s?{year}(?=\W*$|[)\]])"
    yield rf"(?:(?<=[,\u060c]\s)|(?<=[^\W\d]\s)){year}(?=\W*$)"
    yield rf"(?<=[(\[]){year}(?=\??[)\]])"
