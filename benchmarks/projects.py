"""Copies of projects to be measured: part of the corpus, all of it twice, with many more citations."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from benchmarks.measure import ROOT

CORPUS = ROOT.parent / "shared" / "corpus" / "federalist"
"""The Federalist: 85 chapters, 205,000 words. It is read, never written, and need not be there."""

PARTS = ("book.toml", "sources.*", "chapters", "styles", "layouts", "transcripts", "images")
"""What belongs to a project, besides what a build writes."""

STYLE = "styles/benchmark.css"
"""A stylesheet of the print edition that a case changes."""


def copy_project(source: Path, target: Path, chapters: int | None = None) -> Path:
    """Copy a project with its first `chapters` chapters, or all, and add `STYLE` to its print edition."""
    target.mkdir(parents=True)
    for pattern in PARTS:
        for path in source.glob(pattern):
            if path.is_dir():
                shutil.copytree(path, target / path.name)
            else:
                shutil.copy2(path, target)
    for path in chapter_files(target)[chapters:] if chapters else ():
        path.unlink()
    (target / STYLE).parent.mkdir(exist_ok=True)
    (target / STYLE).write_text("/* nothing yet */\n", encoding="utf-8")
    settings = target / "book.toml"
    settings.write_text(_with_style(settings.read_text(encoding="utf-8")), encoding="utf-8")
    return target


def _with_style(settings: str) -> str:
    """The text of a `book.toml` whose print edition has `STYLE` as its last stylesheet."""
    with_styles = r"(\[editions\.print\]\n(?:(?!\[).*\n)*?styles = \[[^\]]*)\]"
    if re.search(with_styles, settings):
        return re.sub(with_styles, rf'\1, "{STYLE}"]', settings)
    return settings.replace("[editions.print]\n", f'[editions.print]\nstyles = ["{STYLE}"]\n')


def copy_twice(source: Path, target: Path) -> Path:
    """A copy of a project with each chapter twice, the second ones after the first."""
    copy_project(source, target)
    first = chapter_files(target)
    for number, path in enumerate(first, len(first) + 1):
        shutil.copy2(path, path.with_name(f"{number:03}.md"))
    for number, path in enumerate(first, 1):
        path.rename(path.with_name(f"{number:03}.md"))
    return target


def drop_print(project: Path) -> Path:
    """Take the print edition out of a project, so that its EPUB is alone; the project."""
    settings = project / "book.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^\[editions\.print\]\n(?:(?!\[).*\n)*", "", text), encoding="utf-8")
    return project


def cite_often(project: Path, citations: int, sources: int) -> Path:
    """Add citations of invented sources, spread evenly over the sentences of all chapters; the project."""
    path = next(project.glob("sources.json"))
    items = json.loads(path.read_text(encoding="utf-8"))
    items += [speech(number) for number in range(sources)]
    path.write_text(json.dumps(items), encoding="utf-8")
    chapters = chapter_files(project)
    done = 0
    for number, chapter in enumerate(chapters, 1):
        share = range(done, citations * number // len(chapters))
        done = share.stop
        keys = [f"speech-{(7 * citation) % sources:03}" for citation in share]
        chapter.write_text(_with_citations(chapter.read_text(encoding="utf-8"), keys), encoding="utf-8")
    return project


def chapter_files(project: Path) -> list[Path]:
    """The chapters of a project, in order."""
    return sorted((project / "chapters").glob("*.md"))


def prose(text: str) -> list[str]:
    """The blocks of a chapter that are paragraphs of plain prose, the longer ones if there are any."""
    blocks = [block for block in text.split("\n\n")[1:] if re.match(r"[A-Za-z]", block) and "[^" not in block]
    return [block for block in blocks if len(block) > 200] or blocks


def speech(number: int) -> dict[str, str]:
    """An invented source: one of several a week, from 1790 on."""
    day = date(1790, 1, 1) + timedelta(days=3 * number)
    return {
        "id": f"speech-{number:03}",
        "type": "speech",
        "title": f"Remarks on the {number + 1}th question of the convention",
        "title-short": f"Remarks {number + 1}",
        "event-title": "Convention of the States",
        "event-place": "Philadelphia",
        "issued": day.isoformat(),
    }


def _with_citations(text: str, keys: Sequence[str]) -> str:
    """A chapter with citations before the full stops of its prose."""
    ends = [text.index(block) + found.start() for block in prose(text) for found in re.finditer(r"\.(?=\s|$)", block)]
    chosen = sorted((ends[index * len(ends) // len(keys)], key) for index, key in enumerate(keys)) if ends else []
    for place, key in reversed(chosen):
        text = f"{text[:place]} [@{key}]{text[place:]}"
    return text
