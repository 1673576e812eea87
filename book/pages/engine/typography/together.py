"""Keeps together on one line what belongs together: a number and its unit, parts of a date, an initial and its name.

It is recognised in the text as typed, whatever space is between; words are not changed, lines are only not broken
there. The rules are those of the Chicago Manual of Style (7.36, 14.18) and, for French, of the Imprimerie nationale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

ADDRESS = re.compile(
    r"(?:https?://|ftp://|mailto:|www\.|doi\.org/|(?<![\w.])10\.\d{4,9}/)[^\s<>«»“”]+|[\w.+-]+@[\w-]+\.[\w.-]+"
)
"""A web address, a DOI, a mail address."""

STRICTLY, GENTLY = 2, 1
"""How strictly things stay together: in "November 2015" and "November 27, 2015", the year moves to the next line rather
than leave a line with gaps."""

_REFERENCES = (
    r"p|pp|P|Pp|n|nn|no|nos|No|Nos|nr|Nr|n°|N°|nº|Nº|№|vol|vols|Vol|ch|chap|chaps|Ch|Chap|fig|figs|Fig|Figs|sec|Sec|"
    r"art|arts|Art|Abb|Bd|Kap|S|Anm|t|livr|cap|tab|Tab|pl|Pl|ed|l|ll|v|vv|f|ff|fol|bk|pt|app|App|c|ca|с|стр|гл|т|рис"
)
"""Abbreviations that a number follows, without the full stop."""
_WORDS = (
    r"[Pp]ages?|[Nn]otes?|[Cc]hapters?|[Ff]igures?|[Tt]ables?|[Vv]olumes?|[Nn]umbers?|[Ss]ections?|[Pp]arts?|[Pp]aragraphs?|"
    r"[Aa]rticles?|[Bb]ooks?|[Ll]ines?|[Aa]cts?|[Ss]cenes?|[Aa]ppendix|[Pp]lates?|[Qq]uestions?|[Vv]erses?|"
    r"Seite|Seiten|Kapitel|Abbildung|Tabelle|Band|Teil|Artikel|Abschnitt|Zeile|Anmerkung|"
    r"[Cc]hapitres?|[Tt]ableau|[Tt]ome|[Pp]artie|[Ll]ignes?|[Pp]áginas?|[Cc]apítulos?|[Ff]igura|[Pp]agin[ae]|[Cc]apitolo|"
    r"[Ss]iglos?|[Ss]ecolo|[Ss]éculo|[Aa]rtículos?|[Aa]rtigos?|[Aa]rticolo|[Hh]oofdstuk|[Bb]ladzijde|[Ss]trona|[Ss]trana|"
    r"страница|страницы|глава|рисунок|таблица|том"
)
"""Words that a number follows."""
_POINTING = r"[Ss]ee|on|at|from|to|siehe|auf|ab|voir|à|véase|vedi|zie|см"
"""Words that precede a page number."""
_UNITS = (
    r"%|‰|°|°C|°F|€|\$|£|¥|₽|km²|km2|km|m²|m³|m|cm|mm|ha|kg|g|mg|t|l|ml|hl|kWh|MWh|GWh|TWh|kW|MW|GW|W|V|Hz|kHz|MHz|"
    r"mph|km/h|m/s|kn|rpm|bar|hPa|Pa|kPa|MPa|kN|kJ|MJ|cal|kcal|mol|mA|kV|mV|Ω|lm|lx|dB|dpi|acres?|miles?|feet|foot|"
    r"inch|inches|yards?|yd|tons?|tonnes?|kilometres|metres|kilometers|meters|kilograms?|grams?|litres|liters|hectares?|degrees|"
    r"bn|tn|cm²|mm²|cm³|dm³|dl|µm|μm|nm|µg|Mt|kt|GHz|TB|PB|KB|ff?\.|sq\.|sqq?\.|Cent|Jahre[n]?|Jahrhundert|siècles?|"
    r"GB|MB|kB|pt|px|ft|mi|lb|oz|h|min|s|ms|mu|million|millions|billion|billions|trillion|thousand|hundred|dozen|"
    r"percent|per|yuan|euros?|dollars?|pounds?|RMB|USD|EUR|GBP|CNY|Uhr|Mio\.|Mrd\.|Millionen|Milliarden|Prozent|Euro|"
    r"milliers?|milliards?|francs?|a\.m\.|p\.m\.|am|pm|BC|AD|BCE|CE|v\. Chr\.|n\. Chr\."
)
"""What follows a number."""
_TITLES = r"Mr|Mrs|Ms|Dr|Prof|St|Sr|Sra|Rev|Gen|Col|Capt|Lt|Sen|Gov|Hon|Hr|Fr|Mme|Mlle|M|Me|Mgr|Sig"

_ANY = re.compile(
    rf"(?<![\w.])(?:{_REFERENCES})\.(\s)(?=\d|[IVXLC]+\b|[ivxlc]+\b|§)"  # p. 3
    r"|(?<![\w.])(?:[Nn]os?|[Nn][°ºr]|№|pp?|f)(\s)(?=\d)"
    rf"|(?<!\w)(?:{_WORDS})(\s)(?=[\dIVXLCivxlc]+\b)"  # page 25
    rf"|(?<!\w)(?:{_POINTING})(\s)(?=(?:page|pages|p\.|pp\.|Seite|Seiten|S\.|página|pagina)\s\d)"  # see page 25
    r"|(?<![\w’'])[A-ZÀ-ÞΑ-ΩА-Я]\.(\s)(?=[A-ZÀ-ÞΑ-ΩА-Я])"  # J. Jay
    rf"|(?<!\w)(?:{_TITLES})\.(\s)(?=[A-ZÀ-Þ])|(?<!\w)(?:Mrs?|Ms|Dr|St|Mme|Mlle)(\s)(?=[A-ZÀ-Þ])"
    rf"|(?<=\d)(\s)(?=(?:{_UNITS})(?!\w))"  # 12 km
    r"|(?<=\d per)(\s)(?=cent\b)"
    r"|(?<=\d)(\s)(?=[×·÷=±<>≤≥≈+−]\s?\d)|(?<=[×·÷=±<>≤≥≈−])(\s)(?=\d)"  # 3 × 4 = 12
    r"|(?<!\w)[A-ZÀ-Þ][a-zà-ÿ]{2,}(\s)(?=[IVX]{2,}(?![\w.’'-]))"  # Henry VIII
    r"|(?<=[IVX]e)(\s)(?=siècles?\b)|(?<=[IVX])(\s)(?=siècles?\b|век|wiek|в\.)"  # XXe siècle
    r"|(?<!\d)\d{1,3}(\s)(?=\d{3}(?!\d))"  # 12 000
    r"|(?<=\d{3})(\s)(?=\d{3}(?!\d))"
    r"|(?<=\d)([–-])(?=\d)"  # 27–28
    r"|(?<![\w])[§¶#$€£¥](\s)(?=\d)"
    r"|(?<=«)(\s)|(\s)(?=»)"
    r"|(?<=\S)(\s)(?=[–—]\s)"  # a dash between spaces begins no line
    r"|(\s)(?=(?:…|\.\s?\.\s?\.))|(?<=\.)(\s)(?=\.)"
    r"|(?<=\bet)(\s)(?=al\.)|(?<=\b[zZdu]\.)(\s)(?=[BhaÄ]\.)"
    r"|(?:^|(?<=\s))[–—](\s)(?=\S)(?<=^..)"  # a dash that begins a paragraph
)
"""Each alternative has one group: the space, or the dash, at which no line ends."""
_FRENCH = re.compile(r"(\s)(?=[:;!?%])")
_SLAVIC = re.compile(r"(?:(?<=\s)|^)[^\W\d_](\s)(?=\w)")
"""A word of one letter: a preposition or a conjunction."""
_DATE = re.compile(
    r"(?<![\w.])\d{1,2}(?:st|nd|rd|th|er|º|ª|\.)?(?:\s?[–-]\s?\d{1,2}\.?)?\s(?:de\s|of\s)?(?P<month>[^\W\d_]+)\b\.?,?"
    r"(?:\s(?:de\s)?\d{3,4}(?!\d))?"
)
"""27–28 November 2015, 27. November 2015, 27 de noviembre de 2015."""
_MONTH = re.compile(
    r"(?<!\w)(?P<month>[^\W\d_]{3,})\.?\s(?:de\s)?(?:\d{1,2}(?:[–-]\d{1,2})?,\s(?=\d{4}))?(?P<year>\d{1,4})(?!\d)"
)
"""November 2015; November 27, 2015; March 8."""
_SLAVIC_LANGUAGES = frozenset({"cs", "sk", "pl", "ru", "uk", "be", "bg", "sr", "hr", "sl"})


_NEAR = (
    (re.compile(r"\.\s"), 8, 8),
    (re.compile(r"\d[\s–-]"), 16, 28),
    (re.compile(r"\s\d"), 28, 16),
    (re.compile(r"[«§¶#$€£¥№–—]\s"), 4, 8),
    (re.compile(r"\s[:;!?»%‰°…–—.€$£¥₽]"), 4, 8),
    (re.compile(r"\s[IVXLC]+\b"), 16, 8),
    (re.compile(r"[IVX]e?\s(?:si|век|wiek|в\.)"), 4, 8),
    (re.compile(r"[MDS](?:rs?|s|t|me|lle)\s|\s(?:[BhaÄ]\.|al\.)"), 8, 12),
)
"""What may be part of what belongs together, and how many characters before and behind it may be so too."""


def together(text: str, language: str | None) -> dict[int, int]:
    """The characters of a text at which no line may begin, for each stays with what is before it; and how strictly."""
    found: dict[int, int] = {}
    main = (language or "").partition("-")[0].lower()
    for begin, end in _near(text):
        found.update((one.end(one.lastindex), STRICTLY) for one in _every(_ANY, text, begin, end) if one.lastindex)
        found.update(_dates(text, main, begin, end))
    if main == "fr":
        found.update((one.end(1), STRICTLY) for one in _FRENCH.finditer(text))
    elif main in _SLAVIC_LANGUAGES:
        found.update((one.end(1), STRICTLY) for one in _SLAVIC.finditer(text))
    return found


def korean_words(text: str) -> dict[int, int]:
    """The syllables of Korean words but for the first of each: in lines that are not justified, words stay whole.

    In justified lines a word may be broken between any two syllables, as in Korean books (W3C, Requirements for Hangul
    Text Layout and Typography).
    """
    return {one.end(): STRICTLY for one in _HANGUL.finditer(text)}


_HANGUL = re.compile("[\uac00-\ud7a3](?=[\uac00-\ud7a3])")
"""A syllable behind which another one follows."""


def _near(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text in which there may be what belongs together: all rules are tried only there."""
    spans = (
        (one.start() - before, one.end() + behind) for near, before, behind in _NEAR for one in near.finditer(text)
    )
    begin = end = 0
    for start, stop in sorted(spans):
        if start > end:
            if end:
                yield begin, end
            begin = text.rfind(" ", 0, start) + 1
        end = max(stop, end)
    if end:
        yield begin, end


def _every(pattern: re.Pattern[str], text: str, place: int, end: int) -> Iterator[re.Match[str]]:
    """All matches in a part of a text, including overlapping ones."""
    while (one := pattern.search(text, place, end)) is not None:
        yield one
        place = max(one.start() + 1, one.end() - 1)


def _dates(text: str, language: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The characters of dates in a part of a text, but for the first of each: a date is kept whole.

    A year behind a month alone, or behind a comma, is the part that may leave.
    """
    for one in _MONTH.finditer(text, begin, end):
        if one["month"].casefold() in months(language):
            yield from ((place, STRICTLY) for place in range(one.start() + 1, one.end() + 1))
            if len(one["year"]) > 2:
                yield one.start("year"), GENTLY
    for one in _DATE.finditer(text, begin, end):
        if one["month"].casefold() in months(language):
            yield from ((place, STRICTLY) for place in range(one.start() + 1, one.end() + 1))


@lru_cache(maxsize=32)
def months(language: str) -> frozenset[str]:
    """The names of the months in a language and in English, full and abbreviated, from CLDR; case-folded."""
    return _ENGLISH if language in ("", "en") else _ENGLISH | _names_of_months(language)


def _names_of_months(language: str) -> frozenset[str]:
    """The names of the months in a language, from CLDR; none if it does not know the language."""
    from babel import Locale, UnknownLocaleError

    found: set[str] = set()
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return frozenset()
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            found.update(str(month).casefold().rstrip(".") for month in locale.months[context][width].values())
    return frozenset(name for name in found if not name[:1].isdigit())


_ENGLISH = frozenset(
    (
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    )
)  # fmt: skip
"""What CLDR has for English. (Babel takes 13 ms to load, in each process that sets an English book.)"""
