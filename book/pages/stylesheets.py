"""Parses the stylesheets of pages, and fetches what they and documents refer to: fonts and pictures, no other files.

These private names of WeasyPrint are used (70.0, pinned): `FontConfiguration._folder`.
"""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Mapping
from functools import cache, lru_cache, partial
from html import escape
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urlsplit
from weakref import ref

from book.language.faces import FACES
from book.language.fonts import font_files, large_print_files
from book.model.fragments import Stylesheet
from book.pages.complaints import complaints, stylesheet_problem
from book.pages.engine import mend
from book.pages.margins import page_margin_rules
from book.problem import Problem
from book.project.files import opened, resolved
from book.project.pictures import is_drawing, picture_fault
from book.store.private import private_folder
from book.store.store import write_atomically

if TYPE_CHECKING:
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration


class Styles(NamedTuple):
    """Parsed stylesheets."""

    fonts: FontConfiguration
    """The fonts that they declare."""
    counters: CounterStyle
    """The counter styles that they declare (`@counter-style`)."""
    sheets: tuple[CSS, ...]
    problems: tuple[Problem, ...]
    """What is wrong in them."""


@lru_cache(maxsize=8)
def parsed_stylesheets(sheets: tuple[Stylesheet, ...], root: str) -> Styles:
    """Parse stylesheets, once in a process."""
    os.environ["FONTCONFIG_FILE"] = no_system_fonts()
    from weasyprint import CSS
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="No fonts configured")
        fonts = FontConfiguration()
    parsed, counters, fetch, found = [], CounterStyle(), fetcher(root), list[Problem]()
    for sheet in sheets:
        with complaints(partial(stylesheet_problem, path=sheet.path, root=root)) as said:
            declared = {"font_config": fonts, "counter_style": counters}
            parsed.append(CSS(string=sheet.text, base_url=sheet.path, url_fetcher=fetch, **declared))
        found += said
    if copies := fonts._folder:  # noqa: SLF001
        Finalize(fonts, _remove_fonts, args=(ref(fonts), copies), exitpriority=0)
    return Styles(fonts, counters, tuple(parsed), tuple(found))


def _remove_fonts(fonts: ref[FontConfiguration], copies: Path) -> None:
    """Remove the fonts that the engine copied, and keep it from doing so when Python has unloaded what it needs."""
    shutil.rmtree(copies, ignore_errors=True)
    if (configuration := fonts()) is not None:
        configuration._folder = None  # noqa: SLF001


def stylesheet_problems(sheets: tuple[Stylesheet, ...], root: str) -> tuple[Problem, ...]:
    """What is wrong in stylesheets of pages, without setting one; the layout engine is loaded into this process."""
    mend()
    return (*parsed_stylesheets(sheets, root).problems, *page_margin_rules(sheets, root))


@lru_cache(maxsize=8)
def fetcher(root: str) -> Any:
    """A URL fetcher that reads files of the project, installed fonts and layouts, and nothing else; no network."""
    from weasyprint.urls import URLFetcher

    faces = (*font_files(), *large_print_files())
    fonts = {font.path.parent for font in faces} | {path.parent for face in FACES if (path := face.path)}
    allowed = (Path(root).resolve(), Path(__file__).resolve().parent.parent, *(folder.resolve() for folder in fonts))

    class ProjectFetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            if parts.scheme == "data":
                return super().fetch(url, headers)
            named = Path(unquote(parts.path))
            opened(named)
            path = resolved(named)
            if not any(path.is_relative_to(folder) for folder in allowed):
                raise ValueError("it lies outside the project")
            if not path.is_file():
                raise ValueError("it is no file")
            if path.suffix.lower() not in _NO_PICTURES:
                return _picture(path)
            return super().fetch(path.as_uri(), headers)  # what was resolved, not what a link leads to by now

    return ProjectFetcher(allowed_protocols=("file", "data"))


_NO_PICTURES = frozenset({".css", ".icc", ".otf", ".ttc", ".ttf", ".woff", ".woff2"})
"""Suffixes of files that stylesheets fetch and that are not pictures."""


def _picture(path: Path) -> Any:
    """The response with a picture: whole, and a drawing cleaned. It names no file, so that the file is read once.

    Raises:
        ValueError: It is not a picture that can be shown; the message says why.
    """
    from weasyprint.urls import URLFetcherResponse

    data = path.read_bytes()
    if fault := picture_fault(path.name, data):
        raise ValueError(fault)
    if is_drawing(path.name, data):
        from book.project.drawings import clean_drawing  # which loads lxml

        return URLFetcherResponse(path.name, clean_drawing(data).data, {"Content-Type": "image/svg+xml"})
    return URLFetcherResponse(path.name, data)


@cache
def no_system_fonts() -> str:
    """Write a fontconfig file that lists no font, because pages must not depend on the machine's; return its path."""
    folder = private_folder("fontconfig")
    path = folder / "fonts.conf"
    cache_folder = f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>"
    content = f'<?xml version="1.0"?>\n<fontconfig>{cache_folder}</fontconfig>\n'.encode()
    if not path.is_file() or path.read_bytes() != content:
        write_atomically(path, content)
    return str(path)
