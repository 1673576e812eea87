"""What an editor changes between two builds, as functions that change a copy of a project."""

from __future__ import annotations

import re
from pathlib import Path

from benchmarks.projects import STYLE, chapter_files, prose


def change_word(project: Path) -> None:
    """One word of the middle chapter is spelt backwards, so that it stays about as long."""
    path = _middle(project)
    text = path.read_text(encoding="utf-8")
    paragraph = prose(text)[len(prose(text)) // 2]
    changed = re.sub(r"\b[a-z]{5,9}\b", lambda word: word[0][::-1], paragraph, count=1)
    path.write_text(text.replace(paragraph, changed, 1), encoding="utf-8")


def insert_words(path: Path, count: int) -> None:
    """A chapter gets so many words of its own text again near its beginning, in paragraphs of at most 120."""
    text = path.read_text(encoding="utf-8")
    paragraphs = prose(text)
    words = re.sub(r"[^\w\s,.;]", "", " ".join(paragraphs)).split()
    words = (words * (count // len(words) + 1))[:count]
    new = "\n\n".join(" ".join(["And", *words[start : start + 120]]) for start in range(0, count, 120))
    path.write_text(text.replace(paragraphs[0], f"{paragraphs[0]}\n\n{new}.", 1), encoding="utf-8")


def change_date(project: Path) -> None:
    """The date of the source in the middle of the list moves by a day."""
    path = next(project.glob("sources.*"))
    text = path.read_text(encoding="utf-8")
    dates = list(re.finditer(r"\d{4}-\d{2}-(0[1-9]|1\d)\b", text))
    found = dates[len(dates) // 2]
    day = f"{int(found[1]) + 1:02}"
    path.write_text(text[: found.start(1)] + day + text[found.end(1) :], encoding="utf-8")


def change_style(project: Path) -> None:
    """The print edition's own stylesheet gets another rule."""
    (project / STYLE).write_text("section.chapter { color: #111; }\n", encoding="utf-8")


def from_the_middle(project: Path) -> list[Path]:
    """The chapters of a project, those in the middle first."""
    files = chapter_files(project)
    return sorted(files, key=lambda path: abs(files.index(path) - len(files) // 2))


def _middle(project: Path) -> Path:
    """The chapter in the middle of a project that has prose."""
    return next(path for path in from_the_middle(project) if prose(path.read_text(encoding="utf-8")))
