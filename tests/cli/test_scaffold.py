from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from book.cli.new_files import write_new
from book.cli.scaffold import create


def test_a_project_is_written_and_its_files_are_named(tmp_path: Path) -> None:
    written = create(tmp_path / "a" / "book")
    assert list(written) == sorted(path for path in (tmp_path / "a" / "book").rglob("*") if path.is_file())
    assert {"book.toml", "sources.yaml", ".gitignore", "01-equality.md"} <= {path.name for path in written}
    assert (tmp_path / "a" / "book" / ".gitignore").read_text() == "build/\n"


def test_files_with_other_names_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    create(tmp_path)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_one_file_in_the_way_stops_everything(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "02-struggle.md").write_text("mine")
    with pytest.raises(FileExistsError, match=r"02-struggle\.md"):
        create(tmp_path)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["02-struggle.md"]
    assert (tmp_path / "chapters" / "02-struggle.md").read_text() == "mine"


def test_an_interruption_leaves_nothing_behind(tmp_path: Path) -> None:
    class Contents(dict[Path, bytes]):
        def items(self) -> Iterator[tuple[Path, bytes]]:  # type: ignore[override]
            yield tmp_path / "new" / "a.md", b"a"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_new(Contents(), tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_link_in_the_way_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "book.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(FileExistsError, match=r"book\.toml"):
        create(tmp_path)
    assert not (tmp_path / "elsewhere.toml").exists()


def test_a_link_that_leads_nowhere_is_no_folder_for_a_project(tmp_path: Path) -> None:
    (tmp_path / "new").symlink_to("nowhere")
    with pytest.raises(FileExistsError, match="new is a link that leads nowhere"):
        create(tmp_path / "new")
    assert not (tmp_path / "nowhere").exists()


def test_no_file_of_a_new_project_goes_through_a_link_to_another_folder(tmp_path: Path) -> None:
    outside, project = tmp_path / "outside", tmp_path / "book"
    outside.mkdir()
    project.mkdir()
    (project / "chapters").symlink_to(outside)
    with pytest.raises(OSError, match=r"a link leads to .*outside.*; nothing was written") as failure:
        create(project)
    assert failure.value.filename.startswith(str(project / "chapters"))
    assert [path.name for path in project.iterdir()] == ["chapters"]
    assert not list(outside.iterdir())
