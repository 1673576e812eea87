"""Finds the source that a line of text means, or makes a new one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, utils

from book.dates.edtf import parse
from book.dates.order import within
from book.imports.dating import dated
from book.imports.figure_order import day_first, figures_read
from book.imports.gathering import gather
from book.imports.occasions import Occasion, read_occasion
from book.imports.writing import write_sources
from book.model.settings import Settings
from book.model.sources import Source
from book.project.config import load_project
from book.project.yaml_source import parse as parse_yaml
from book.sources import read_sources

_LINE_BREAK = re.compile(r"\r\n?|\n")
_MEANT = 80
"""Minimum similarity in per cent of a line's words and a source's to be a match."""
_DATED = 55
"""The same if one date is the other, or a part of it."""
_SURELY = 95
"""The same if the line has a date, and the source has none."""
_SAME_DATE = 20
"""What the same date adds."""
_CLOSE = 5
"""Difference below which two sources fit a line equally well."""


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
    doubt: str | None = None
    """What is doubtful about its date, in a sentence without a full stop."""


def find_sources(root: Path, text: str) -> tuple[list[Source], str]:
    """The sources of the project in `root` that a line of text may mean, and the language of the book.

    They are the likeliest, and those that fit as well. Dates decide: a source of another day is none, one whose day,
    month or year is named needs fewer words in common.
    A key alone (`forum-2015`, `@forum-2015`) means its source.

    Raises:
        NotUnderstoodError: There is no project, or its settings cannot be read.
    """
    settings = _settings(root)
    sources, language = _sources(root, settings), settings.language
    bare = text.strip().strip("[]@ ")
    if named := [source for source in sources if bare in (source.id, *source.aliases)]:
        return named, language
    occasion = _read(text, language)
    scored = [(score, source) for source in sources if (score := _likeness(text, occasion, source))]
    best = max((score for score, _ in scored), default=0)
    scored.sort(key=lambda one: -one[0])
    return [source for score, source in scored if score > best - _CLOSE], language


def _likeness(text: str, occasion: Occasion | None, source: Source) -> float:
    """How well a line fits a source, in per cent; 0 if it does not."""
    names = " ".join(str(name) for name in source.authors)
    words = " ".join(filter(None, [names, str(source.title), str(source.event or ""), str(source.place or "")]))
    said = f"{occasion.speaker or ''} {occasion.title} {occasion.event or ''}" if occasion and occasion.date else text
    alike = max(
        fuzz.token_set_ratio(said, form, processor=utils.default_process)
        for form in (words, f"{names} {source.short_title or source.title}")
    )
    date = source.date.edtf if source.date and source.date.earliest else None
    if occasion is None or occasion.date is None:
        return alike if alike >= _MEANT else 0
    if date is None:
        return alike if alike >= _SURELY else 0
    if occasion.date == date:
        return alike + _SAME_DATE if alike >= _DATED else 0
    one, other = parse(occasion.date), parse(date)
    if not within(one, other) and not within(other, one):
        return 0
    return alike if alike >= _DATED else 0


def _read(text: str, language: str) -> Occasion | None:
    """The occasion that a line names; the language of the book says how figures are to be read."""
    with figures_read(day_first=day_first(text, language)):
        return read_occasion(text, 1) or _titled(text)


def new_source(root: Path, text: str) -> NewSource:
    """A line of text as a new source of the project in `root`.

    Raises:
        NotUnderstoodError: The line names neither a date nor an occasion, or there is no project.
    """
    settings = _settings(root)
    occasion = _read(text, settings.language)
    if occasion is None:
        raise NotUnderstoodError(f'"{text}" names no occasion: write it as "Speech at the Forum, 16 October 2015"')
    gathering = gather([occasion], "", taken=[source.id for source in _sources(root, settings)])
    return NewSource(gathering.sources[0].id, write_sources(gathering), occasion.doubt)


def _titled(text: str) -> Occasion | None:
    """A line that names no speaker and no meeting as the title of an occasion; None if it has no date."""
    from book.imports.dates_in_text import find_dates

    dates = find_dates(text)
    title = text
    for date in reversed(dates):
        title = title[: date.begin].rstrip(" ,;(") + title[date.end :]
    title = title.strip(' ,.;()[]"\u201c\u201d')
    if not title or not dates:
        return None
    return Occasion(dates[0].edtf, None, title, None, None, text, 1, 0.5, dated(text).doubt)


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
    text = path.read_bytes().decode() if path.is_file() else ""
    if text.strip() in ("", "[]"):
        text = ""
    line_break = found[0] if (found := _LINE_BREAK.search(text)) else "\n"
    separator = "" if not text or text.endswith(("\n", "\r")) else line_break
    longer = text + separator + source.written.replace("\n", line_break)
    if not _is_appended(text, longer, path.name):
        raise UnwritableError(f"{path.name} is not a list that begins each source with `- id:`; add the item by hand")
    from book.store.store import write_atomically

    write_atomically(path, longer.encode())
    return path


def _is_appended(text: str, longer: str, name: str) -> bool:
    """Whether a list in YAML holds what it held before, and one item behind that."""
    before, after = ((one.data if (one := parse_yaml(words, name).value) else None) for words in (text, longer))
    return isinstance(after, list) and len(after) > 0 and after[:-1] == (before or [])


def _settings(root: Path) -> Settings:
    """The settings of a project."""
    loaded = load_project(root)
    if loaded.value is None:
        raise NotUnderstoodError(str(loaded.problems[0]))
    return loaded.value.settings


def _sources(root: Path, settings: Settings) -> list[Source]:
    """The sources of a project."""
    return list(read_sources(root, settings).value.values())
