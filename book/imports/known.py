"""What a project that exists has already: sources, chapters, pictures; and what has to change in its settings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from book.imports.gathering import NOWHERE, Gathered
from book.imports.occasions import Occasion
from book.imports.reading import ImportFailedError
from book.model.sources import Source
from book.project.toml_source import place


@dataclass(frozen=True, slots=True)
class Existing:
    """A project that documents are added to."""

    root: Path
    sources: tuple[Gathered, ...]
    """Its sources, which imported chapters cite where they mean one of them."""
    chapters: tuple[str, ...]
    """The names of its chapters' files."""
    pictures: Mapping[str, bytes]
    """The pictures in `chapters/images/`, by their names."""
    files: tuple[str, ...]
    """The names of all other files in its folder."""
    lists: tuple[str, ...] = ()
    """Its lists of sources, named in its settings or found by their names."""
    keys: frozenset[str] = frozenset()
    """All keys by which its sources are cited."""
    language: str = "en"
    """BCP 47 tag of its language."""

    @property
    def next_number(self) -> int:
        """The number of its next chapter."""
        numbers = [int(match[0]) for name in self.chapters if (match := re.match(r"\d+", name))]
        return max(numbers, default=0) + 1


def read_existing(root: Path) -> Existing:
    """The project in a folder.

    Raises:
        ImportFailedError: Its settings cannot be read.
    """
    from book.project.config import load_project
    from book.sources import list_paths, read_sources

    loaded = load_project(root)
    if loaded.value is None:
        raise ImportFailedError(f"{root}: {loaded.problems[0]}")
    read = read_sources(root, loaded.value.settings).value.values()
    keys = frozenset(key for source in read for key in (source.id, *source.aliases))
    sources = tuple(map(_gathered, {source.id: source for source in read}.values()))
    images = root / "chapters" / "images"
    pictures = {path.name: path.read_bytes() for path in sorted(images.glob("*")) if path.is_file()}
    chapters = tuple(sorted(path.name for path in (root / "chapters").glob("*.md")))
    lists = tuple(name for name in list_paths(loaded.value.settings) if (root / name).is_file())
    settings = loaded.value.settings
    files = tuple(path.name for path in sorted(root.iterdir()))
    return Existing(root, sources, chapters, pictures, files, lists, keys, settings.language)


def _gathered(source: Source) -> Gathered:
    """A source of the project as one that was gathered."""
    people = source.people("speaker") or source.authors
    event = str(source.event) if source.event else None
    date = source.date.edtf if source.date and source.date.earliest else None
    speaker = str(people[0]) if people else None
    place = str(source.place) if source.place else None
    occasion = Occasion(date, speaker, str(source.title), event, place, str(source.at), NOWHERE, 1.0)
    short = str(source.short_title) if source.short_title else None
    also = [Occasion(date, speaker, short, short, place, str(source.at), NOWHERE, 0.9)] if short else []
    return Gathered(occasion, [occasion, *also], source.id, known=True)


@dataclass(frozen=True, slots=True)
class SettingsChange:
    """What has to change in the `book.toml` of a project."""

    old: str
    """Its text."""
    new: str
    """The text that it has to have; the same if nothing has to change."""
    by_hand: str = ""
    """What a person has to change, where a program cannot."""


def settings_of(there: Existing, lists: Sequence[str], chapters: Sequence[str], *, written: bool) -> SettingsChange:
    """What has to change in a project's settings so that lists of sources and chapters belong to the book.

    Args:
        there: The project.
        lists: The names of the new lists.
        chapters: The names of the files of the new chapters.
        written: They were written before: what has been deleted since is left out.
    """
    text = (there.root / "book.toml").read_bytes().decode("utf-8")
    bare = text.removeprefix("\ufeff")
    table = tomllib.loads(bare)["book"]
    wanted = [
        name
        for name in lists
        if name not in table.get("sources", ()) and (not written or (there.root / name).is_file())
    ]
    named = [path for name in chapters if (path := f"chapters/{name}") not in table.get("chapters", ())]
    named = [path for path in named if not written or path.removeprefix("chapters/") in there.chapters]
    found = [] if "sources" in table or not wanted else [name for name in there.lists if name not in wanted]
    try:
        return SettingsChange(text, text.removesuffix(bare) + with_lists(bare, [*found, *wanted], named))
    except ValueError as failure:
        return SettingsChange(text, text, str(failure))


def with_lists(settings: str, lists: Sequence[str], chapters: Sequence[str]) -> str:
    """The text of a `book.toml` that names further lists of sources, and further chapters if it names its chapters.

    Every other line stays as it is. A project that names no lists has those that are found by their names
    (`sources.yaml`, …): these are named too, for a list that is named replaces them.

    Args:
        settings: The text of the file, well-formed.
        lists: The lists of sources to add; the first ones may be those that were found until now.
        chapters: The paths of the chapters to add.

    Raises:
        ValueError: The place for them cannot be found; the message says what to write.
    """
    table = tomllib.loads(settings)["book"]
    wanted = {"sources": [*table.get("sources", ()), *lists]}
    if isinstance(table.get("chapters"), list):
        wanted["chapters"] = [*table["chapters"], *chapters]
    for key, values in wanted.items():
        if values != table.get(key, []):
            named = len(table.get(key, ()))
            settings = _with_values(settings, key, values[named:], last=named - 1)
    try:
        written = tomllib.loads(settings)["book"]
    except tomllib.TOMLDecodeError:
        written = None
    if written != {**table, **{key: values for key, values in wanted.items() if values}}:
        raise ValueError("write in [book]: " + "; ".join(f"{key} = {values}" for key, values in wanted.items()))
    return settings


def _with_values(settings: str, key: str, values: Sequence[str], *, last: int) -> str:
    """The settings with values behind the item `last` (from 0) of a list in `[book]`; -1: of an empty list, or none."""
    from book.imports.writing import toml_text

    added = ", ".join(map(toml_text, values))
    if last >= 0:
        span = place(settings, "book.toml", ("book", key, last))
        lines = settings.split("\n")
        begin = sum(len(line) + 1 for line in lines[: (span.line or 1) - 1]) + (span.column or 1) - 1
        item = _TEXT.match(settings, begin)
        return f"{settings[: item.end()]}, {added}{settings[item.end() :]}" if item else settings
    if empty := re.search(rf"^[ \t]*{key}[ \t]*=[ \t]*\[", settings, re.MULTILINE):
        return f"{settings[: empty.end()]}{added}{settings[empty.end() :]}"
    head = re.search(r"^[ \t]*\[book\][^\n]*?(?P<end>\r?\n)", settings, re.MULTILINE)
    return f"{settings[: head.end()]}{key} = [{added}]{head['end']}{settings[head.end() :]}" if head else settings


_TEXT = re.compile(r"\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'", re.DOTALL)
"""A text of TOML."""
