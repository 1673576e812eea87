"""Quotation marks: which ones a language uses, and those that stay straight because they are escaped."""

from __future__ import annotations

import re
from functools import cache
from html import escape, unescape
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.smarty import SmartyExtension
from markdown.inlinepatterns import InlineProcessor

from book.manuscript.marks import LITERAL_QUOTES
from book.model.sources import RichText

QUOTES = {
    "bg": "„“", "cs": "„“", "da": "»«", "de": "„“", "el": "«»", "es": "«»", "et": "„“", "fi": "””", "fr": "«»",
    "hr": "„“", "hu": "„”", "it": "«»", "lt": "„“", "lv": "„“", "nb": "«»", "nn": "«»", "no": "«»", "pl": "„”",
    "pt": "«»", "ro": "„”", "ru": "«»", "sk": "„“", "sl": "„“", "sr": "„“", "sv": "””", "uk": "«»",
}  # fmt: skip
"""Double quotation marks of languages that do not use English ones."""
_NARROW = "\N{NARROW NO-BREAK SPACE}"
_TAG = re.compile(r"<[^<>]*>")
_STANDS_FOR_TAG = "\ue000"


def substitutions(language: str) -> dict[str, str]:
    """What `smarty` puts for straight marks in a language (BCP 47); single ones are apostrophes nearly always."""
    main = language.lower().split("-")[0]
    marks = QUOTES.get(main, "“”")
    opening, closing = marks[0], marks[1]
    if main == "fr":
        opening, closing = opening + _NARROW, _NARROW + closing
    return {
        "left-double-quote": opening,
        "right-double-quote": closing,
        "left-single-quote": "‘",
        "right-single-quote": "’",
        "ellipsis": "…",
        "mdash": "—",
        "ndash": "–",
    }


class EscapedQuote(InlineProcessor):
    r"""`\"` and `\'`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802, ARG002
        """A character that no rule for quotation marks knows."""
        return LITERAL_QUOTES[m[1]], m.start(0), m.end(0)


class EscapedQuoteExtension(Extension):
    """Runs before Python-Markdown's own escapes (priority 180)."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Register the inline processor."""
        md.inlinePatterns.register(EscapedQuote(r"""\\(["'])"""), "escaped-quote", 185)


def smarten(text: str, language: str) -> str:
    """A text (a title, a question) with the quotation marks and dashes of the body; a `RichText` stays one."""
    if isinstance(text, RichText):
        words, tags = _TAG.split(text.html), _TAG.findall(text.html)
        smart = smarten(_STANDS_FOR_TAG.join(map(unescape, words)), language).split(_STANDS_FOR_TAG)
        html = "".join(escape(word, quote=False) + tag for word, tag in zip(smart, [*tags, ""], strict=True))
        return RichText("".join(smart), html)
    if not set("\"'-.") & set(text):
        return text
    root = ET.Element("div")
    paragraph = ET.SubElement(root, "p")
    paragraph.text = text
    _smarty(language).treeprocessors["smarty"].run(root)
    return _smarty(language).postprocessors["raw_html"].run(paragraph.text)


@cache
def _smarty(language: str) -> Markdown:
    """Python-Markdown with nothing but its typography, for a language."""
    return Markdown(extensions=[SmartyExtension(substitutions=substitutions(language))])
