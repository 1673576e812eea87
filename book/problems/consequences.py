"""Merges problems that are only consequences of a file that could not be read into one that counts them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from book.problem import Problem, Severity

UNREAD = frozenset({"not-utf-8", "unreadable-file", "reserved-character", "missing-chapter", "missing-sources"})
"""Codes of a file that is missing or cannot be read, besides those that begin with `malformed-`."""


def count_consequences(
    problems: Iterable[Problem], lists: Collection[str], chapters: Collection[str]
) -> tuple[Problem, ...]:
    """Merge the problems that only follow from others: one problem of each kind, with their number.

    Args:
        problems: What was found.
        lists: The paths of the source lists.
        chapters: The paths of the chapters that could be read.

    Returns:
        The problems in the same order. If a list cannot be read, all `unknown-source` are merged; if a chapter cannot
        be read, all links to it, and all `uncited-source`. No chapter with an error is called empty: it has no text
        because of that.
    """
    found = tuple(dict.fromkeys(problems))
    wrong = {problem.at.path for problem in found if problem.severity is Severity.ERROR}
    found = tuple(one for one in found if one.code != "empty-chapter" or one.at.path not in wrong)
    unread = dict.fromkeys(problem.at.path for problem in found if _is_unread(problem))
    missing = any(problem.code == "missing-sources" for problem in found)
    broken = [path for path in unread if path in lists]
    if broken or missing:
        cause = "a list of sources is missing" if missing else f"{' and '.join(broken)} cannot be read"
        found = _merged(found, "unknown-source", "{} citations find no source", f", because {cause}")
    lost = [path for path in unread if path not in lists and path not in chapters and path.endswith(".md")]
    lost += [path for problem in found if problem.code == "missing-chapter" for path in _quoted(problem.message)]
    if lost:
        cause = f"{' and '.join(lost)} cannot be read"
        found = _merged(
            found, "unknown-chapter", "{} links find no chapter", f", because {cause}", lambda one: _names(one, lost)
        )
        found = _merged(found, "uncited-source", "{} sources are cited nowhere else", f", and {cause}")
    return found


def _is_unread(problem: Problem) -> bool:
    """Whether a problem means that a whole file was not read."""
    wrong = problem.code in UNREAD or problem.code.startswith("malformed-")
    return wrong and problem.severity is Severity.ERROR


def _merged(
    problems: Sequence[Problem], code: str, many: str, cause: str, which: Callable[[Problem], bool] = bool
) -> tuple[Problem, ...]:
    """The problems, with the selected ones of a code merged at the place of the first; a single one gets the cause."""
    meant = [problem for problem in problems if problem.code == code and which(problem)]
    if not meant:
        return tuple(problems)
    message = many.format(len(meant)) if len(meant) > 1 else meant[0].message
    one = replace(meant[0], message=message + cause, hint="mend that first, then check again")
    return tuple(_replaced(problems, frozenset(meant), one))


def _replaced(problems: Iterable[Problem], meant: Collection[Problem], one: Problem) -> Iterator[Problem]:
    """The problems, with `one` in place of the first selected problem, and without the other selected ones."""
    told = False
    for problem in problems:
        if problem not in meant:
            yield problem
        elif not told:
            told = True
            yield one


def _names(problem: Problem, paths: Iterable[str]) -> bool:
    """Whether a problem's message names one of some files."""
    return any(f'"{path}"' in problem.message for path in paths)


def _quoted(message: str) -> list[str]:
    """The texts in quotation marks in a message."""
    return message.split('"')[1::2]
