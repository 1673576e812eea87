from __future__ import annotations

from pathlib import Path

import pytest

from book.problem import Span
from book.project.text_file import is_inside, read_text


def test_a_byte_order_mark_and_foreign_line_ends_are_taken_away(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffOne\r\nTwo\rThree\n".encode())
    assert read_text(tmp_path, "a.md").value == "One\nTwo\nThree\n"


def test_the_first_byte_that_is_not_utf_8_is_placed(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("Zwölf\nCafé ".encode() + b"\xe9\n\xff")
    checked = read_text(tmp_path, "a.md")
    assert checked.value is None
    assert [(problem.code, problem.at) for problem in checked.problems] == [("not-utf-8", Span("a.md", 2, 6))]


def test_a_file_that_the_system_does_not_read_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    checked = read_text(tmp_path, "folder.md")
    assert checked.value is None
    assert [(problem.code, problem.at) for problem in checked.problems] == [("unreadable-file", Span("folder.md"))]


@pytest.mark.parametrize(
    ("path", "inside"),
    [("a.md", True), ("below/a.md", True), ("below/../a.md", True), ("../a.md", False), ("/etc/a.md", False)],
)
def test_a_path_is_inside_if_it_leads_nowhere_else(tmp_path: Path, path: str, inside: bool) -> None:
    assert is_inside(tmp_path, path) is inside


def test_a_link_that_leads_out_is_outside(tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "link").symlink_to(tmp_path)
    assert not is_inside(tmp_path / "project", "link/a.md")
