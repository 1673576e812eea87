"""Fixes problems in the project's files: replaces the characters of one value, and nothing else."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from book.problem import Problem
from book.project.text_file import is_inside

_KEY = r"""["']?[\w-]+["']?\s*[:=]\s*"""
"""A key of YAML, JSON or TOML, with the separator after it."""


def apply_fixes(root: Path, problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Fix what can be fixed in the files of the project in `root`; each file is replaced atomically.

    A value that is not found where it was read, because the file has changed or writes it with escapes, is not changed.

    Returns:
        The problems that were fixed.
    """
    by_file: dict[str, list[Problem]] = defaultdict(list)
    for problem in dict.fromkeys(problems):
        if problem.fix and problem.at.line and is_inside(root, problem.at.path):
            by_file[problem.at.path].append(problem)
    return tuple(problem for path, found in by_file.items() for problem in _fix_file(root / path, found))


def _fix_file(path: Path, problems: list[Problem]) -> list[Problem]:
    """Fix one file; return the problems that were fixed."""
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    places = [(place, problem) for problem in problems if (place := _place(text, problem))]
    for place, problem in sorted(places, key=lambda found: found[0], reverse=True):
        assert problem.fix is not None, "only those with a fix have a place"
        text = text[: place[0]] + problem.fix.new + text[place[1] :]
    if places:
        _replace(path, text.encode("utf-8", "surrogateescape"))
    return [problem for _, problem in places]


def _place(text: str, problem: Problem) -> tuple[int, int] | None:
    """Start and end of the characters that a problem is about in a file's text; None if they are not there."""
    assert problem.fix is not None, "the caller asks for those with a fix alone"
    lines = list(re.finditer(r"\r\n|\r|\n", text))
    line, column = problem.at.line or 1, problem.at.column or 1
    if line - 2 >= len(lines):
        return None
    begin = (lines[line - 2].end() if line > 1 else len(text) - len(text.removeprefix("\ufeff"))) + column - 1
    end = r"""(?=[ \t]*(?:["'},\]#\r\n]|\Z))"""
    value = re.compile(
        rf"""{_KEY}(?:[\[{{\s-]*{_KEY})?[\[{{\s-]*(?:["']|[|>][-+0-9]*)?\s*?({re.escape(problem.fix.old)}){end}"""
    )
    found = value.match(text, begin)
    return found.span(1) if found else None


def _replace(path: Path, content: bytes) -> None:
    """Replace a file atomically, keeping its permissions; symbolic links are followed."""
    path = path.resolve()
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        made = Path(file.name)
        try:
            file.write(content)
            file.close()
            shutil.copymode(path, made)
            made.replace(path)
        except OSError as failure:
            raise OSError(failure.errno, failure.strerror, str(path)) from failure
        finally:
            made.unlink(missing_ok=True)
