"""Warnings that a project does not want to hear: of some codes everywhere, in some files, at some places.

`book.toml` names codes for the whole project (`[checks] ignore = ["uncited-source"]`) and for files, by a pattern of
paths (`[checks.files]`, `"chapters/0*.md" = ["missing-attribution"]`). A comment names them for a place:

- `<!-- book: ignore missing-attribution -->` in a chapter, on a line of its own: for the block of lines that follows;
  behind other text: for its line.
- `# book: ignore uncited-source` in YAML and TOML, and in a comment of CSS: for its line, or for the next one if it
  stands alone.
- `book: ignore-file …` in place of `book: ignore …`: for the whole file.

Errors cannot be ignored. What matches nothing is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from book.model.settings import Project
from book.problem import Problem, Severity, Span, nearest, note, warning
from book.problems.explain import ONLY_BUILT, codes
from book.project.config import places
from book.project.files import is_file
from book.project.text_file import is_inside, read_text

_COMMENT = re.compile(
    r"""
    (?: <!--\s* | /\*\s* | (?<!\S)\#\s* )
    book: \s* ignore (?P<file>-file)? (?P<codes> (?: [\s,]+ [a-z][a-z-]*[a-z] )+ )
    (?= \s*-->  | \s*\*/ | \s* $ )
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """A code that is ignored in some place."""

    code: str
    """The code."""
    at: Span
    """Where that is written."""
    pattern: str = "*"
    """The files, as a pattern of paths relative to the project's folder."""
    first: int = 1
    """The first line, 1-based."""
    last: int | None = None
    """The last line; None for the end of the file."""

    def covers(self, problem: Problem) -> bool:
        """Whether it applies to a problem."""
        line = problem.at.line or 1
        return (
            problem.code == self.code
            and problem.severity is not Severity.ERROR
            and fnmatchcase(problem.at.path, self.pattern)
            and self.first <= line
            and (self.last is None or line <= self.last)
        )


def heeded(
    problems: Iterable[Problem], project: Project, files: Iterable[str], *, complete: bool = False
) -> tuple[Problem, ...]:
    """The problems of a project without those that it does not want to hear.

    Args:
        problems: What was found.
        project: The project.
        files: The paths of its files in which comments are looked for.
        complete: Whether the problems are all that can be found without setting pages: what is ignored and not among
            them is a note (`unused-ignore`).
    """
    found = tuple(problems)
    ignores = [*_settings(project), *(one for path in dict.fromkeys(files) for one in _comments(project.root, path))]
    if not ignores:
        return found
    kept = tuple(one for one in found if not any(ignore.covers(one) for ignore in ignores))
    return (*kept, *_unused(ignores, found)) if complete else kept


def _settings(project: Project) -> Iterator[Ignore]:
    """The ignored codes in `book.toml`."""
    at = places(project)
    for number, code in enumerate(project.checks.ignore):
        yield Ignore(code, at(("checks", "ignore", number)))
    for pattern, listed in project.checks.files.items():
        for number, code in enumerate(listed):
            yield Ignore(code, at(("checks", "files", pattern, number)), pattern)


def _comments(root: Path, path: str) -> Iterator[Ignore]:
    """The ignored codes in comments of a file."""
    text = read_text(root, path).value if is_inside(root, path) and is_file(root / path) else None
    if text is None or "book:" not in text:
        return
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        for found in _COMMENT.finditer(line):
            alone = not line.replace(found[0], "").strip(" \t->*/")
            first, last = (1, None) if found["file"] else _reach(lines, number, path) if alone else (number, number)
            for code in re.findall(r"[a-z-]+", found["codes"]):
                at = Span(path, number, found.start() + 1)
                yield Ignore(code, at, _literal(path), first, last)


def _reach(lines: Sequence[str], number: int, path: str) -> tuple[int, int]:
    """The lines to which a comment on its own line applies: the next one; in a chapter, all up to an empty line."""
    first = next((n for n in range(number + 1, len(lines) + 1) if lines[n - 1].strip()), number)
    if not path.lower().endswith(".md"):
        return first, first
    return first, next((n - 1 for n in range(first, len(lines) + 1) if not lines[n - 1].strip()), len(lines))


def _literal(path: str) -> str:
    """A pattern that matches one path only."""
    return re.sub(r"([*?[])", r"[\1]", path)


def _unused(ignores: Iterable[Ignore], found: Sequence[Problem]) -> Iterator[Problem]:
    """An `unused-ignore` for each ignored code that matches nothing: a warning if there is no such code, or a note."""
    known = codes()
    for ignore in ignores:
        if ignore.code not in known:
            hint = nearest(ignore.code, known) or "`book explain` lists all"
            yield warning("unused-ignore", f'no problem has the code "{ignore.code}"', ignore.at, hint)
        elif ignore.code in ONLY_BUILT or any(ignore.covers(problem) for problem in found):
            continue
        elif any(problem.code == ignore.code and problem.severity is Severity.ERROR for problem in found):
            yield note("unused-ignore", f'"{ignore.code}" is an error here, which cannot be ignored', ignore.at)
        else:
            yield note("unused-ignore", f'there is no "{ignore.code}" to be ignored here', ignore.at, "remove it")
