"""Writes the parts of a source's description as an index shows them: titles in marks or italics, places as they are."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from book.citing.titles import TitleForm, encloses_commas, in_marks, title_form
from book.language.bidi import isolated, written_attributes
from book.model.descriptions import Description
from book.model.sources import RichText, Source


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title as it is set."""

    form: TitleForm
    """How: also a class of its element."""
    html: Markup
    """Its words, with their language and direction, in marks if its form asks for them."""
    has_comma: bool = False
    """Whether the comma behind it stands within its marks."""


def source_title(source: Source, shown: Description, *, comma: bool = False) -> SetTitle:
    """The title of a source; with a `comma` behind it, where the language has that within the marks.

    Where somebody else's publication quotes it, it is known by its occasion, which is no title.
    """
    around = shown.book_language
    form: TitleForm = title_form(source.type, around) if str(shown.title) == str(source.title) else "plain"
    within = comma and form == "quoted" and encloses_commas(around) and not str(shown.title).endswith(("?", "!"))
    return _set(shown.title, form, around, shown.language, behind="," if within else "")


def source_event(source: Source, shown: Description) -> SetTitle:
    """The occasion of a source, or the publication that contains it, which is a title too."""
    if source.event is None and source.container and str(shown.event) == str(source.container):
        form = title_form(source.type, shown.book_language, container=True)
        return _set(shown.event, form, shown.book_language, None, work=True)
    return _set(shown.event, "plain", shown.book_language, None)


def _set(
    title: str, form: TitleForm, around: str, language: str | None, *, work: bool = False, behind: str = ""
) -> SetTitle:
    """A title kept from reordering what stands beside it."""
    html = title.html if isinstance(title, RichText) else escape(title, quote=False)
    marked = f"<span{written_attributes(language, around)}>{html}</span>" if language else isolated(title, html, around)
    words = RichText(title, marked)
    shown = in_marks(words, around, work=work, behind=behind) if form == "quoted" else words
    return SetTitle(form, Markup(shown.html), bool(behind) and str(shown)[-2:-1] == behind)  # noqa: S704  (escaped)
