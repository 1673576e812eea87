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


@pytest.mark.parametrize("name", ["build", "build/.store", "build/.staged"])
def test_nothing_is_written_through_a_link_that_came_with_the_project(tmp_path: Path, name: str) -> None:
    one, outside = _project(tmp_path / "one"), tmp_path / "outside"
    outside.mkdir()
    (one / name).parent.mkdir(exist_ok=True)
    (one / name).symlink_to(outside)
    with pytest.raises(BookError) as failure:
        claim(one / "build", one)
    assert failure.value.problems[0].code == "outside-project"
    assert str(outside) in failure.value.problems[0].message
    assert not list(outside.iterdir())


def test_a_folder_outside_may_be_named_by_a_link(tmp_path: Path) -> None:
    one, outside = _project(tmp_path / "one"), tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "link").symlink_to(outside)
    claim(tmp_path / "link", one)
    assert (outside / ".project").exists()


def test_a_folder_beside_the_project_may_be_named_from_inside_it(tmp_path: Path) -> None:
    one = _project(tmp_path / "one")
    claim(one / ".." / "out", one)
    assert (tmp_path / "out" / ".project").exists()
