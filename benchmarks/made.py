"""Invented projects for shapes of books that no corpus here has: dense in citations, one long chapter, many short ones.

The prose is put together from common words by a generator with a fixed seed, so that each run measures the same text.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from benchmarks.projects import speech

EACH = 20
"""How often each source is cited in a dense book."""
DENSE = (125, 250)
"""Numbers of sources in the two dense books; the larger is twice the smaller, so that their ratio shows the growth."""
DENSEST = 2000
"""Sources of a book of 3,300 pages, the chronological index of which has 40,000 links."""
LONG = 54_000
"""Words of a chapter of about 185 pages of 6 × 9 in."""
MANY, SHORT = 500, 450
"""How many chapters of about two pages, and the words of each."""

_SETTINGS = """[book]
title = "{title}"
language = "en"
{sources}
[editions.print]
output = "pdf"
page = {{ width = "6in", height = "9in" }}

[editions.ebook]
output = "epub"
"""
_WORDS = """
the of and to a in that is was for as with be by on not he his but at are this have from or had an they which one people
union states power government country public interest constitution national common safety laws present council members
between foreign commerce necessary different authority confederacy experience propositions
"""
_SENTENCE = 15
_PARAGRAPH = 8


def dense(target: Path, sources: int) -> Path:
    """A book with so many sources, each cited `EACH` times, a citation in each sentence, 80 in a chapter."""
    words = _sentences(1)
    chapters: dict[str, str] = {}
    total = sources * EACH
    for first in range(0, total, 80):
        cited = [f"{next(words)} [@speech-{7 * place % sources:03}]." for place in range(first, min(first + 80, total))]
        chapters[f"Chapter {len(chapters) + 1}"] = _paragraphs(cited)
    items = json.dumps([speech(number) for number in range(sources)])
    return _write(target, "Dense in citations", chapters, items)


def long_chapter(target: Path) -> Path:
    """A book of one chapter of `LONG` words."""
    return _write(target, "One long chapter", {"All of it": _prose(2, LONG)})


def short_chapters(target: Path) -> Path:
    """A book of `MANY` chapters of `SHORT` words each."""
    return _write(target, "Many short chapters", {f"Part {n + 1}": _prose(n, SHORT) for n in range(MANY)})


def _write(target: Path, title: str, chapters: Mapping[str, str], sources: str | None = None) -> Path:
    """Write a project; its folder."""
    (target / "chapters").mkdir(parents=True)
    named = 'sources = ["sources.json"]\n' if sources else ""
    (target / "book.toml").write_text(_SETTINGS.format(title=title, sources=named), encoding="utf-8")
    if sources:
        (target / "sources.json").write_text(sources, encoding="utf-8")
    for number, (heading, text) in enumerate(chapters.items(), 1):
        (target / "chapters" / f"{number:03}.md").write_text(f"# {heading}\n\n{text}\n", encoding="utf-8")
    return target


def _prose(seed: int, words: int) -> str:
    """So many words in paragraphs."""
    sentences = _sentences(seed)
    return _paragraphs([f"{next(sentences)}." for _ in range(words // _SENTENCE)])


def _paragraphs(sentences: list[str]) -> str:
    """Sentences in paragraphs."""
    return "\n\n".join(" ".join(sentences[at : at + _PARAGRAPH]) for at in range(0, len(sentences), _PARAGRAPH))


def _sentences(seed: int) -> Iterator[str]:
    """Sentences without their full stops, without an end."""
    words, random = _WORDS.split(), Random(seed)
    while True:
        yield " ".join(random.choices(words, k=_SENTENCE)).capitalize()
