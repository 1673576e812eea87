"""Setting a few lines of HTML in pages, without a book around them."""

from __future__ import annotations

from pathlib import Path

from book.language.fonts import local_rules
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.press import press

PAGE = """
@page { size: 300pt 200pt; margin: 20pt; }
html { font: 10pt/14pt "Source Serif Pro"; orphans: 1; widows: 1; }
body, p { margin: 0; }
"""
"""A page of ten lines, about 50 characters wide."""


def press_html(folder: Path, body: str, css: str = "", *, language: str = "en", tagged: bool = True) -> Fragment:
    """The fragment of a document with this body, in a project at `folder` whose stylesheet is `own.css`."""
    html = f'<html lang="{language}"><head><title>Title</title></head><body>{body}</body></html>'
    sheets = (Stylesheet(str(folder / "base.css"), local_rules() + PAGE), Stylesheet(str(folder / "own.css"), css))
    return press(Job("section", html, sheets, str(folder), str(folder / "faces"), "chapters/one.md", tagged))
