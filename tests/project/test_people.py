"""Who made a book, and as what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from book.model.manuscript import Manuscript
from book.model.settings import Contributor, Project, Settings
from book.model.sources import Name, Source
from book.problem import Span
from book.project.people import people


def made_by(**settings: Any) -> list[tuple[str, str, bool, str | None]]:
    """Name, role, whether leading and sort name of everybody, in a book that cites a speech of Xi Jinping."""
    author = Name("Xi", "Jinping")
    source = Source("talk", "speech", "Talk", Span("sources.yaml"), authors=(author, Name(literal="The Party")))
    project = Project(Path(), Settings(title="T", **settings), ())
    manuscript = Manuscript(project, (), {"talk": source}, ())
    return [(person.name, person.role, person.leading, person.sort) for person in people(manuscript)]


def test_a_book_goes_by_its_authors() -> None:
    assert made_by(authors=("A",), editors=("E",)) == [("A", "aut", True, None), ("E", "edt", False, None)]


def test_a_book_without_author_goes_by_its_editors() -> None:
    assert made_by(editors=("E",)) == [("E", "edt", True, None)]


def test_an_author_among_the_contributors_is_an_author() -> None:
    found = made_by(editors=("E",), contributors=(Contributor("A", "aut", "A, the"),))
    assert found == [("E", "edt", False, None), ("A", "aut", True, "A, the")]


def test_a_contributor_who_is_an_author_already_only_gives_the_sort_name() -> None:
    assert made_by(authors=("A B",), contributors=(Contributor("A B", "aut", "B, A"),)) == [
        ("A B", "aut", True, "B, A")
    ]


def test_one_person_in_two_roles_is_named_in_both() -> None:
    found = made_by(authors=("A B",), contributors=(Contributor("A B", "trl", "B, A"),))
    assert found == [("A B", "aut", True, "B, A"), ("A B", "trl", False, "B, A")]


def test_a_name_in_the_source_lists_is_filed_as_these_tell_its_parts() -> None:
    assert [sort for *_, sort in made_by(authors=("Xi Jinping", "Jinping Xi", "The Party"))] == [
        "Xi, Jinping",
        "Xi, Jinping",
        None,
    ]
