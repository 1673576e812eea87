"""An output folder belongs to one project."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.problem import BookError
from book.store.owner import claim


def _project(folder: Path) -> Path:
    folder.mkdir()
    (folder / "book.toml").write_text("")
    return folder


def test_a_second_project_is_refused_with_both_names(tmp_path: Path) -> None:
    one, other = _project(tmp_path / "one"), _project(tmp_path / "other")
    claim(tmp_path / "out", one)
    claim(tmp_path / "out", one)
    with pytest.raises(BookError) as failure:
        claim(tmp_path / "out", other)
    problem = failure.value.problems[0]
    assert problem.code == "foreign-output"
    assert str(one) in problem.message
    assert str(other) in problem.message


def test_a_project_that_was_moved_keeps_its_folder(tmp_path: Path) -> None:
    one = _project(tmp_path / "one")
    claim(tmp_path / "out", one)
    claim(tmp_path / "out", one.rename(tmp_path / "moved"))
    other = _project(tmp_path / "other")
    with pytest.raises(BookError):
        claim(tmp_path / "out", other)


def test_a_folder_in_a_project_is_the_projects_own(tmp_path: Path) -> None:
    one = _project(tmp_path / "one")
    claim(one / "build", one)
    assert not (one / "build").exists()
