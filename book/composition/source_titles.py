"""Writes the parts of a source's description as an index shows them: titles in marks or italics, places as they are."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from book.citing.titles import TitleForm, in_marks, title_form
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


def source_title(source: Source, shown: Description) -> SetTitle:
    """The title of a source.

    Where somebody else's publication quotes it, it is known by its occasion, which is no title.
    """
    around = shown.book_language
    form: TitleForm = title_form(source.type, around) if str(shown.title) == str(source.title) else "plain"
    return _set(shown.title, form, around, shown.language)


def source_event(source: Source, shown: Description) -> SetTitle:
    """The occasion of a source, or the publication that contains it, which is a title too."""
    if source.event is None and source.container and str(shown.event) == str(source.container):
        form = title_form(source.type, shown.book_language, container=True)
        return _set(shown.event, form, shown.book_language, None, work=True)
    return _set(shown.event, "plain", shown.book_language, None)


def _set(title: str, form: TitleForm, around: str, language: str | None, *, work: bool = False) -> SetTitle:
    """A title kept from reordering what stands beside it."""
    html = title.html if isinstance(title, RichText) else escape(title, quote=False)
    marked = f"<span{written_attributes(language, around)}>{html}</span>" if language else isolated(title, html, around)
    words = RichText(title, marked)
    return SetTitle(form, Markup((in_marks(words, around, work=work) if form == "quoted" else words).html))  # noqa: S704
