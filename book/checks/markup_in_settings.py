"""The texts of `book.toml` are words: title, note, rights and others are printed as they are written."""

from __future__ import annotations

from collections.abc import Iterator

from book.model.manuscript import Manuscript
from book.model.sources import RichText
from book.problem import Problem, warning
from book.project.config import places
from book.project.rich_text import from_markdown, unread

_TEXTS = ("title", "subtitle", "note", "copyright", "rights", "description", "edition", "publisher")
"""The keys of `[book]` whose texts are printed."""


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """A warning `markup-in-settings` for each printed text of `[book]` that has inline markup."""
    for key in _TEXTS:
        text = getattr(manuscript.settings, key) or ""
        kinds = [*(["emphasis or the like"] if isinstance(from_markdown(text), RichText) else []), *unread(text)]
        if kinds:
            message = f'{" and ".join(kinds)} in the "{key}" of the book is shown as it is written'
            hint = "these are words alone: delete the markup"
            yield warning("markup-in-settings", message, places(manuscript.project)(("book", key)), hint)
