"""Titles of sources as a language distinguishes them in a list: in quotation marks, in italics, or as they are.

After the Chicago Manual of Style (17th edition, 8.161 to 8.192 and 14.217): titles of speeches, articles and other
parts stand in quotation marks, those of books, periodicals and other whole works in italics; laws have neither.
Chinese has marks for titles (GB/T 15834, 4.15), Japanese and Korean have brackets; they, Arabic and Hebrew have no
italics.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Literal

from book.language.punctuation import punctuation
from book.language.quotation_marks import quotes
from book.model.sources import RichText, join_rich

TitleForm = Literal["quoted", "work", "plain"]
"""How a title is set: in quotation marks, in italics, as it is."""

WORKS = frozenset({
    "book", "classic", "collection", "dataset", "graphic", "hearing", "map", "motion_picture", "musical_score",
    "pamphlet", "periodical", "report", "software", "standard",
})  # fmt: skip
"""CSL types of whole works; every other type is a part of something, or a speech."""
LAWS = frozenset({"bill", "legislation", "regulation", "treaty", "patent"})
"""CSL types whose titles have neither quotation marks nor italics."""
_MARKS: Mapping[str, tuple[str, str]] = {
    "ja": ("「」", "『』"),
    "ko": ("「」", "『』"),
    "yue": ("《》", "《》"),
    "zh": ("《》", "《》"),
    "zh-hant": ("〈〉", "《》"),
    "zh-hk": ("〈〉", "《》"),
    "zh-tw": ("〈〉", "《》"),
}
"""Marks for titles by language: of speeches and other parts, of works."""
_INNER = {"《": "〈", "》": "〉", "「": "『", "」": "』"}
"""What becomes of a mark for titles in a title that has the same marks around it."""
_WITHOUT_ITALICS = frozenset({"ar", "ckb", "fa", "he", "ja", "ko", "ps", "sd", "ug", "ur", "yi", "yue", "zh"})


def title_form(kind: str, language: str, *, container: bool = False) -> TitleForm:
    """How the title of a source of a CSL type is set in text of a language (BCP 47).

    A `container` is the publication in which the source was printed: a work, whatever the source is.
    """
    if kind in LAWS and not container:
        return "plain"
    if container or kind in WORKS:
        return "quoted" if _primary(language) in _WITHOUT_ITALICS else "work"
    return "quoted"


def encloses_commas(language: str) -> bool:
    """Whether a comma behind a title stands within its marks, as in American English (Chicago, 6.9)."""
    tags = language.lower().split("-")
    return tags[0] == "en" and not {"gb", "au", "ie", "in", "nz", "za"} & set(tags[1:])


def in_marks(title: str, language: str, *, work: bool = False, behind: str = "") -> RichText:
    """A title in the quotation marks of a language; marks of the same kind in it become inner ones.

    The marks are elements of the class `title-mark`, so that a stylesheet can do without them.

    Args:
        title: The title.
        language: The language around it (BCP 47).
        work: Whether it is the title of a whole work, in a language that distinguishes both by marks.
        behind: A comma that stands within the marks.
    """
    opening, closing, inner = _marks(language, work=work)
    if title.startswith(opening) and title.endswith(closing):
        return title if isinstance(title, RichText) else RichText(title, escape(title, quote=False))
    table = str.maketrans(dict(inner))
    html = (title.html if isinstance(title, RichText) else escape(title, quote=False)).translate(table) + behind
    marked = f'<span class="title-mark">{opening}</span>{html}<span class="title-mark">{closing}</span>'
    return RichText(f"{opening}{title.translate(table)}{behind}{closing}", marked)


def as_listed(title: str, kind: str, language: str, *, container: bool = False, comma: bool = False) -> RichText:
    """A title as a list has it: in marks, or as an element of the class `source-title work`, which is in italics.

    Args:
        title: The title.
        kind: The CSL type of the source.
        language: The language around it (BCP 47).
        container: Whether it is the title of the publication in which the source was printed.
        comma: Whether a comma follows, which stands within the marks where the language has it there.
    """
    behind = "," if comma and encloses_commas(language) and not title.endswith(("?", "!")) else ""
    form = title_form(kind, language, container=container)
    html = title.html if isinstance(title, RichText) else escape(title, quote=False)
    if form == "quoted":
        return in_marks(title, language, work=container or kind in WORKS, behind=behind)
    return RichText(title, f'<span class="source-title work">{html}</span>' if form == "work" else html)


def join_listed(parts: Iterable[str], language: str) -> str:
    """The parts of a description in a list, with commas between them, but for those that stand within marks."""
    comma, within = punctuation(language).comma, f",{_marks(language, work=False)[1]}"
    found = ""
    for part in parts:
        if part:
            found = join_rich(" " if found.endswith(within) else comma, (found, part)) if found else part
    return found


def _marks(language: str, *, work: bool) -> tuple[str, str, Mapping[str, str]]:
    """The opening and closing mark, and what becomes of marks in the title."""
    tags = language.lower().split("-")
    found = next((_MARKS[tag] for count in (2, 1) if (tag := "-".join(tags[:count])) in _MARKS), None)
    if found is not None:
        opening, closing = found[work][0], found[work][1]
        return opening, closing, {mark: _INNER[mark] for mark in (opening, closing) if mark in _INNER}
    opening, closing, inner_opening, inner_closing = quotes(language)
    outer = {opening.strip(): inner_opening, closing.strip(): inner_closing}
    return opening, closing, {mark: inner for mark, inner in outer.items() if len(mark) == 1}


def _primary(language: str) -> str:
    """The primary language of a BCP 47 tag."""
    return language.lower().split("-")[0]
