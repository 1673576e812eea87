"""Quotation marks by language."""

from __future__ import annotations

QUOTES = {
    "am": "«»‹›", "ar": "”“’‘", "be": "«»„“", "bg": "„“‚‘", "bs": "„”‘’", "ca": "«»“”", "cs": "„“‚‘", "da": "»«›‹",
    "de": "„“‚‘", "de-ch": "«»‹›", "de-li": "«»‹›", "el": "«»“”", "es": "«»“”", "et": "„“‚‘", "eu": "«»“”",
    "fa": "«»‹›", "fi": "””’’", "fr": "«»“”", "fr-ch": "«»‹›", "he": "””’’", "hr": "„“‚‘", "hu": "„”»«",
    "hy": "«»«»", "is": "„“‚‘", "it": "«»“”", "ja": "「」『』", "ka": "„“«»", "lb": "„“‚‘", "lt": "„“‚‘", "lv": "„“‚‘",
    "mk": "„“‚‘", "nb": "«»‘’", "nn": "«»‘’", "no": "«»‘’", "pl": "„”«»", "pt": "«»“”", "pt-br": "“”‘’",
    "ro": "„”«»", "ru": "«»„“", "sk": "„“‚‘", "sl": "„“‚‘", "sq": "«»“”", "sr": "„“‘’", "sv": "””’’", "uk": "«»„“",
    "ur": "”“’‘", "zh-hant": "「」『』", "zh-hk": "「」『』", "zh-mo": "「」『』", "zh-tw": "「」『』",
}  # fmt: skip
"""Quotation marks of languages that do not use English ones (CLDR, delimiters): outer, then inner."""
_ENGLISH = "“”‘’"
_NARROW = "\N{NARROW NO-BREAK SPACE}"


def quotes(language: str) -> tuple[str, str, str, str]:
    """The marks of a language (BCP 47): outer opening and closing, inner opening and closing."""
    tags = language.lower().replace("_", "-").split("-")
    known = (QUOTES.get("-".join(tags[:count])) for count in range(len(tags), 0, -1))
    one, two, three, four = tuple(next(filter(None, known), _ENGLISH))
    if tags[0] == "fr" and one == "«":
        return one + _NARROW, _NARROW + two, three, four
    return one, two, three, four
