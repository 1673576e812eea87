"""Finds the source that a line of text means, or makes a new one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from book.imports.gathering import gather
from book.imports.occasions import Occasion, read_occasion
from book.imports.writing import write_sources
from book.model.sources import Source
from book.project.config import load_project
from book.sources import read_sources

_MEANT = 80
"""Minimum similarity in per cent of a line's words and a source's to be a match."""
_DATED = 55
"""The same if both have the same date."""


class NotUnderstoodError(ValueError):
    """A line names no occasion; the message says what it lacks."""


class UnwritableError(ValueError):
    """A source cannot be added; the message says why."""


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source that is in no list yet."""

    id: str
    """The key to cite it by."""
    written: str
    """Its item in CSL-YAML."""


def find_source(root: Path, text: str) -> Source | None:
    """The source of the project in `root` that a line of text means, or None."""
    occasion = read_occasion(text, 1)
    best: tuple[float, Source | None] = (0, None)
    for source in _sources(root):
        names = " ".join(str(name) for name in source.authors)
        words = " ".join(filter(None, [names, str(source.title), str(source.event or ""), str(source.place or "")]))
        score = fuzz.token_set_ratio(text, words, processor=utils.default_process)
        date = source.date.edtf if source.date else None
        if occasion and occasion.date and date and occasion.date != date:
            continue
        needed = _DATED if occasion and occasion.date and occasion.date == date else _MEANT
        if score >= needed and score > best[0]:
            best = score, source
    return best[1]


def new_source(root: Path, text: str) -> NewSource:
    """A line of text as a new source of the project in `root`.

    Raises:
        NotUnderstoodError: The line names neither a date nor an occasion.
    """
    occasion = read_occasion(text, 1)
    if occasion is None:
        occasion = _titled(text)
    gathering = gather([occasion], "", [source.id for source in _sources(root)])
    return NewSource(gathering.sources[0].id, write_sources(gathering))


def _titled(text: str) -> Occasion:
    """A line that names no speaker and no meeting as the title of an occasion."""
    from book.imports.dates_in_text import find_dates

    dates = find_dates(text)
    title = text
    for date in reversed(dates):
        title = title[: date.begin].rstrip(" ,;(") + title[date.end :]
    if not title.strip(" ,.;") or not dates:
        raise NotUnderstoodError(f'"{text}" names no occasion: write it as "Speech at the Forum, 16 October 2015"')
    return Occasion(dates[0].edtf, None, title.strip(" ,.;"), None, None, text, 1, 0.5)


def add_source(root: Path, source: NewSource) -> Path:
    """Append a source to the project's first list in YAML, or to a new `sources.yaml`; returns the list's path.

    Raises:
        UnwritableError: The project's lists are in other formats, or the first one is not a sequence of items.
    """
    loaded = load_project(root)
    named = loaded.value.settings.sources if loaded.value else ()
    path = next(
        (root / name for name in (*named, "sources.yaml", "sources.yml") if name.endswith((".yaml", ".yml"))), None
    )
    if path is None or (named and path.name not in {Path(name).name for name in named}):
        raise UnwritableError(f"no list in YAML is named in book.toml; add the item to {', '.join(named)}")
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    if text.strip() in ("", "[]"):
        text = ""
    elif not any(line.startswith("- ") for line in text.splitlines()):
        raise UnwritableError(f"{path.name} is not a list that begins each source with `- id:`; add the item by hand")
    separator = "" if not text or text.endswith("\n") else "\n"
    from book.store.store import write_atomically

    write_atomically(path, (text + separator + source.written).encode())
    return path


def _sources(root: Path) -> list[Source]:
    """The sources of a project."""
    loaded = load_project(root)
    if loaded.value is None:
        raise NotUnderstoodError(str(loaded.problems[0]))
    return list(read_sources(root, loaded.value.settings).value.values())
