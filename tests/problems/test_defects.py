from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from book.build import build_book
from book.check import check_all
from book.problem import BookError
from book.problems.defects import told_as_problem

if TYPE_CHECKING:
    from tests.conftest import MakeBook


def fail(*_: object, **__: object) -> None:
    raise LookupError("words of the book")


def told(root: object, monkeypatch: pytest.MonkeyPatch, place: str) -> list[tuple[str, str, str]]:
    """What a build says when a function of the program fails."""
    monkeypatch.setattr(place, fail)
    with pytest.raises(BookError) as failure:
        build_book(root, jobs=1)  # type: ignore[arg-type]
    found = [problem for problem in failure.value.problems if problem.code == "defect"]
    return [(problem.code, problem.at.path, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("place", "path", "doing"),
    [
        ("book.manuscript.read._read", "chapters/01-first.md", "read this chapter"),
        ("book.sources.csl_yaml.csl.read_items", "sources.yaml", "read this list of sources"),
        ("book.composition.composer.finish", "chapters/01-first.md", "compose this section"),
        ("book.pool.workers.timed_press", "chapters/01-first.md", "set this section in pages"),
        ("book.outputs.writer", "book.toml", "make the edition print"),
    ],
)
def test_a_failure_is_told_as_a_problem_of_the_file_that_was_worked_on(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch, place: str, path: str, doing: str
) -> None:
    root = make_book({"book.toml": '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\nsections = ["chapters"]\n'})
    found = told(root, monkeypatch, place)
    assert ("defect", path, f"the program could not {doing}: LookupError") in found
    assert "words of the book" not in str(found)


def test_one_chapter_that_fails_keeps_no_other_from_being_read(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    from book.manuscript import read

    real = read._read

    def fail_for_one(text: Any, *rest: Any) -> object:
        if "01" in text.path:
            fail()
        return real(text, *rest)

    monkeypatch.setattr(read, "_read", fail_for_one)
    root = make_book({"chapters/02-second.md": "# Second\n\nSaid [@nobody].\n"})
    codes = [(problem.code, problem.at.path) for problem in check_all(root).problems]
    assert ("defect", "chapters/01-first.md") in codes
    assert ("unknown-source", "chapters/02-second.md") in codes


@pytest.mark.parametrize("kind", [OSError, MemoryError, KeyboardInterrupt])
def test_what_is_no_defect_goes_on_as_it_is(kind: type[BaseException]) -> None:
    with pytest.raises(kind), told_as_problem("do this", "book.toml"):
        raise kind
