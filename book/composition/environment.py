"""The Jinja environment of a project: its own layouts before those of this package."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemBytecodeCache, StrictUndefined, TemplateNotFound, pass_context
from jinja2.loaders import split_template_path
from jinja2.runtime import Context
from markupsafe import Markup, escape

from book.composition.locators import stay_together
from book.composition.sandbox import LayoutEnvironment
from book.composition.sizes import check_joined
from book.composition.source_titles import source_event, source_title
from book.composition.styles import LAYOUTS
from book.dates.digits import in_digits
from book.language.bidi import isolated, written_attributes
from book.language.punctuation import punctuation
from book.model.sources import RichText, join_rich
from book.problem import BookError, Span, error
from book.project.files import is_dir, is_file, is_odd, opened
from book.project.text_file import read_text

FOLDER = "layouts"
"""The folder of a project's own layouts."""


class LayoutLoader(BaseLoader):
    """Finds a layout in the project, else in this package.

    It is asked for each use of a layout, so that a process that stays sees changes, and a build knows all that it used.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:  # noqa: ARG002
        """The text of a layout, its path, and a function that says whether both are still the same.

        Raises TemplateNotFound where there is none, and BookError for one of the project's that cannot be read.
        """
        name = "/".join((FOLDER, *split_template_path(template)))
        own, ours = self._root / name, LAYOUTS.joinpath(*split_template_path(template))
        if is_file(own):
            text = read_text(self._root, name)
            if text.value is None:
                raise BookError(text.problems)
            state = _state(own)
            return text.value, str(own), lambda: _state(own) == state
        if is_odd(own) or is_dir(own):
            message = "it cannot be read: it is a link that leads nowhere, a folder or a device, not a file"
            raise BookError([error("broken-layout", message, Span(name), "put the layout there, or delete it")])
        if is_odd(self._root / FOLDER) or is_file(self._root / FOLDER):
            message = "it cannot be read: it is a link that leads nowhere, a file or a device, not a folder"
            raise BookError(
                [error("broken-layout", message, Span(FOLDER), "make it a folder of layouts, or delete it")]
            )
        if ours.is_file():
            return ours.read_text(encoding="utf-8"), str(ours), lambda: not is_file(own)
        raise TemplateNotFound(template)


def _state(path: Path) -> tuple[int, int] | None:
    """What changes when a file does: when it was last written (in nanoseconds since 1970), and its size in bytes.

    None where it is gone. It counts as read: what was read before is still used.
    """
    opened(path)
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=4)
def environment_of(root: Path) -> Environment:
    """The layouts of the project in the folder `root` (absolute), with their filters and functions."""
    environment = LayoutEnvironment(
        loader=LayoutLoader(root),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_bytecode(),
    )
    environment.filters["rich"] = rich
    environment.filters["join_rich"] = joined
    environment.filters["full_stop"] = full_stop
    environment.filters["isolated"] = isolated_in
    environment.filters["bound"] = bound
    environment.filters["in_digits"] = in_digits
    environment.filters["stay_together"] = stay_together
    environment.globals["source_event"] = source_event
    environment.globals["source_title"] = source_title
    environment.globals["in_language"] = in_language
    environment.globals["punctuation"] = punctuation
    return environment


def _bytecode() -> FileSystemBytecodeCache | None:
    """The cache of compiled layouts, in the layouts' folder; None if that is not writable."""
    folder = LAYOUTS / "__pycache__"
    try:
        folder.mkdir(exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder), "__held_%s.cache") if os.access(folder, os.W_OK) else None


@pass_context
def in_language(context: Context, tag: str | None, around: str | None = None) -> Markup:
    """The attributes of an element whose language (BCP 47) may not be that around it; nothing where it is not said."""
    return Markup(written_attributes(tag, around or context.get("language") or "en"))  # noqa: S704  (escaped)


def isolated_in(text: str, around: str) -> Markup:
    """Text for the content of an element in the language `around`, kept from reordering it; the filter `isolated`."""
    return Markup(isolated(text, str(rich(text)), around))  # noqa: S704  (escaped by `rich`)


def full_stop(text: str, language: str = "en") -> str:
    """What ends words as a sentence: a stop, unless they end with one (`1917 г.`) or with another mark (`1984?`)."""
    ended = text.rstrip("”’»\"')").endswith((".", "?", "!", "…", "。", "？", "！", "۔", "؟", "।", "։", "።"))
    return "" if ended else punctuation(language).stop


def joined(texts: Iterable[str], mark: str) -> str:
    """Texts with a mark between them, with their markup, unless they are too long together; the filter `join_rich`."""
    return join_rich(mark, check_joined(texts, mark))


def bound(mark: str) -> str:
    """A mark behind which no line ends: its space is one that does not break, or a word joiner follows it."""
    return f"{mark[:-1]}\N{NO-BREAK SPACE}" if mark.endswith(" ") else f"{mark}\N{WORD JOINER}"


def rich(text: str) -> Markup:
    """Text for the content of an element, with its markup if it has any; the layouts' filter `rich`."""
    return Markup(text.html) if isinstance(text, RichText) else escape(text)  # noqa: S704  (made when it was read)
