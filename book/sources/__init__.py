"""Reads source lists; a new format is a module, and a line here for each of its suffixes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from book.model.manuscript import Chapter
from book.model.settings import Settings
from book.model.sources import Source
from book.problem import BookError, Checked, Problem, Span, error
from book.problems.defects import told_as_problem
from book.project.characters import without_unknown
from book.project.files import is_file
from book.project.text_file import is_inside, read_text
from book.sources import bibtex, csl_json, csl_yaml, csv_table, ris

Reader = Callable[[str, str], Checked[tuple[Source, ...]]]
"""A function of a list's text and path (relative to the project) that returns its sources with problems."""

SOURCES: Mapping[str, Reader] = {
    ".yaml": csl_yaml.read,
    ".yml": csl_yaml.read,
    ".json": csl_json.read,
    ".bib": bibtex.read,
    ".ris": ris.read,
    ".csv": csv_table.read,
}
"""The reader for each suffix."""
_PLAIN = (bibtex.read, ris.read, csv_table.read)
"""Readers of lists that have no escapes: what XML does not allow stands in the file itself."""


def read_sources(root: Path, settings: Settings) -> Checked[Mapping[str, Source]]:
    """Every source of the project in `root` by its id, in the order of the lists.

    Besides what the readers report: `not-utf-8`, `unreadable-file`, `invalid-value` (a suffix without a reader).
    What is wrong with one source is kept in it, also, across all lists, `duplicate-source` (the first of the two
    counts). A list that is named but is not there, or lies outside the project, is `config`'s to report,
    and left out here.
    """
    paths = list_paths(settings)
    problems: list[Problem] = []
    sources: dict[str, Source] = {}
    for path in dict.fromkeys(paths):
        if not is_file(root / path) or (settings.sources and not is_inside(root, path)):
            continue
        with _without_collection():
            checked = read_list(root, path)
        problems.extend(checked.problems)
        for source in checked.value:
            first = sources.setdefault(source.id, source)
            if first is not source and first.item != source.item:
                sources[source.id] = replace(first, problems=(*first.problems, _duplicate(source, first)))
    return Checked(sources, tuple(problems))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Leave Python's cyclic garbage collector off: it takes more than half the time in which a large list is read."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def list_paths(settings: Settings) -> tuple[str, ...]:
    """The paths of the lists, named in the settings or found, relative to the project."""
    return settings.sources or tuple(f"sources{suffix}" for suffix in SOURCES)


def missing_lists(
    root: Path, settings: Settings, chapters: Sequence[Chapter], sources: Checked[Mapping[str, Source]]
) -> Iterator[Problem]:
    """A `missing-sources` if chapters cite sources and there is no list."""
    cited = {mention.key for chapter in chapters for mention in chapter.mentions}
    there = [path for path in list_paths(settings) if is_file(root / path)]
    if not cited or sources.value or sources.problems or (settings.sources and len(there) < len(settings.sources)):
        return
    wrong = "the list is empty" if there else "there is no list of sources"
    message = f"the book cites {len(cited)} {'source' if len(cited) == 1 else 'sources'}, and {wrong}"
    yield error(
        "missing-sources", message, Span(there[0] if there else list_paths(settings)[0]), _other_list(root, cited)
    )


def _other_list(root: Path, cited: Collection[str]) -> str:
    """A hint: a file of the project that contains a cited id, or how to start a list."""
    places = (root, *(folder for folder in sorted(root.iterdir()) if folder.is_dir() and folder.name[0] not in "._"))
    for path in (path for place in places for path in sorted(place.iterdir())):
        name = path.relative_to(root).as_posix()
        text = read_text(root, name).value if path.suffix.lower() in SOURCES and is_inside(root, name) else None
        if text and any(key in text for key in cited):
            return f'name it in book.toml: sources = ["{name}"]'
    return "write a file sources.yaml with an item for each source: - {id: …, type: speech, title: …, issued: …}"


def read_list(root: Path, path: str) -> Checked[tuple[Source, ...]]:
    """The sources of one list."""
    reader = SOURCES.get(PurePosixPath(path).suffix.lower())
    if reader is None:
        hint = f"known are {', '.join(SOURCES)}"
        return Checked((), (error("invalid-value", "no reader for such a list of sources", Span(path), hint),))
    text = read_text(root, path)
    if text.value is None:
        return Checked((), text.problems)
    plain = without_unknown(text.value, path) if reader in _PLAIN else Checked(text.value)
    try:
        with told_as_problem("read this list of sources", path):
            read = reader(plain.value, path)
            return Checked(read.value, (*plain.problems, *read.problems))
    except BookError as failure:
        return Checked((), failure.problems)


def _duplicate(second: Source, first: Source) -> Problem:
    """The problem of an id that two sources have."""
    message = f'a second source has the id "{second.id}"'
    return error("duplicate-source", message, second.at, f"the first stands at {first.at}")
