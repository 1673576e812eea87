"""Nothing outside the project is read, whatever links lead there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from book.build import build_book
from book.check import check_all
from book.problem import BookError, Problem, Severity
from book.project.files import OutsideError, read_bytes
from tests.conftest import MakeBook

SECRET = "Rosebud is the password"
EDITIONS = '[book]\ntitle = "B"\n\n[editions.print]\noutput = "pdf"\n'


def _moved_out(root: Path, name: str) -> Path:
    """Move a file or folder of a project outside, and put a link in its place."""
    outside = root.parent / "outside" / name
    outside.parent.mkdir(parents=True, exist_ok=True)
    (root / name).rename(outside)
    (root / name).symlink_to(outside)
    return outside


def test_a_link_is_followed_inside_and_refused_outside(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "below").mkdir(parents=True)
    (root / "below" / "a.txt").write_text("inside")
    (tmp_path / "b.txt").write_text(SECRET)
    (root / "a").symlink_to("below/a.txt")
    (root / "b").symlink_to("../b.txt")
    (root / "round").symlink_to("round")
    assert read_bytes(root, "a") == b"inside"
    with pytest.raises(OutsideError):
        read_bytes(root, "b")
    for name in ("../b.txt", tmp_path / "b.txt"):
        with pytest.raises(OutsideError):
            read_bytes(root, name)
    with pytest.raises(OSError, match=r"round|links"):
        read_bytes(root, "round")


def test_a_project_in_a_linked_folder_reads_its_own_files(make_book: MakeBook, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(make_book())
    assert check_all(tmp_path / "link").problems == ()


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("chapters/01-first.md", "chapters/01-first.md"),
        ("chapters", "chapters/01-first.md"),
        ("sources.yaml", "sources.yaml"),
        ("layouts", "layouts/colophon.html"),
        ("layouts/colophon.html", "layouts/colophon.html"),
        ("transcripts/talk-2013.txt", None),
        ("styles/print.css", "book.toml"),
        ("chapters/images/dot.svg", "chapters/01-first.md"),
    ],
)
def test_nothing_is_read_through_a_link_that_leads_out(make_book: MakeBook, name: str, place: str | None) -> None:
    chapter = "---\ntitle: First\n---\n\nWords [@talk-2013].\n\n![A dot](images/dot.svg)\n"
    files = {
        "book.toml": EDITIONS + 'styles = ["styles/print.css"]\n',
        "chapters/01-first.md": chapter,
        "layouts/colophon.html": f"<p>{SECRET}</p>",
        "transcripts/talk-2013.txt": SECRET,
        "styles/print.css": "p { color: black }",
        "chapters/images/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
    }
    root = make_book(files)
    _moved_out(root, name)
    found = [problem for problem in check_all(root).problems if problem.severity == "error"]
    if place is not None:
        assert ("outside-project", place) in {(problem.code, problem.at.path) for problem in found}
        with pytest.raises(BookError):
            build_book(root, jobs=1, isolated=True)
    assert not any(SECRET in str(problem) for problem in found)


def test_a_stylesheet_reads_no_font_or_picture_through_a_link_that_leads_out(make_book: MakeBook) -> None:
    files = {
        "book.toml": EDITIONS + 'styles = ["styles/print.css"]\n',
        "styles/print.css": "@import 'more.css'; body { background: url(dot.svg) }",
        "styles/more.css": "p { color: black }",
        "styles/dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>',
    }
    root = make_book(files)
    for name in ("styles/more.css", "styles/dot.svg"):
        _moved_out(root, name)
    said: list[Problem] = []
    try:
        said += build_book(root, jobs=1, isolated=True).problems
    except BookError as failure:
        said += failure.problems
    assert sum("outside the project" in problem.message or problem.code == "unreadable-image" for problem in said) >= 2


@pytest.mark.parametrize("target", ["01-first.md", "nowhere.md", "/dev/null", ""])
def test_what_has_the_name_of_a_chapter_and_is_no_file_is_an_error(make_book: MakeBook, target: str) -> None:
    root = make_book()
    odd = root / "chapters" / "02-second.md"
    if target:
        odd.symlink_to(target if target != "01-first.md" else odd.name)
    else:
        os.mkfifo(odd)
    found = {(one.code, str(one.at)) for one in check_all(root).problems if one.severity is Severity.ERROR}
    assert found & {("missing-chapter", "chapters/02-second.md")} == found != set()


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("layouts/colophon.html", "nowhere.html"),
        ("layouts/colophon.html", "."),
        ("layouts", "nowhere"),
        ("layouts", "/dev/null"),
        ("layouts", "book.toml"),
    ],
)
def test_a_layout_that_is_no_file_is_an_error(make_book: MakeBook, name: str, target: str) -> None:
    root = make_book({"book.toml": EDITIONS})
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).symlink_to(target)
    with pytest.raises(BookError) as caught:
        build_book(root)
    assert {(one.code, one.at.path) for one in caught.value.problems} == {("broken-layout", name)}


def test_a_folder_with_the_name_of_a_chapter_is_told(make_book: MakeBook) -> None:
    root = make_book({"chapters/02-second.md/image.txt": "x"})
    assert [(one.code, one.at.path) for one in check_all(root).problems if one.severity is Severity.WARNING] == [
        ("ignored-file", "chapters/02-second.md")
    ]


@pytest.mark.parametrize(
    ("name", "code"), [("a.css", "missing-stylesheet"), ("sources.yaml", ""), ("chapters/a.png", "missing-image")]
)
@pytest.mark.parametrize("target", ["/dev/zero", "pipe", "itself"])
def test_a_device_a_pipe_and_a_link_to_itself_end_nothing(
    make_book: MakeBook, name: str, code: str, target: str
) -> None:
    styled = EDITIONS + 'styles = ["a.css"]\n' if name == "a.css" else EDITIONS
    root = make_book({"book.toml": styled, "chapters/01-first.md": "---\ntitle: First\n---\n\n![A picture](a.png)\n"})
    (root / name).unlink(missing_ok=True)
    if target == "pipe":
        os.mkfifo(root / name)
    else:
        (root / name).symlink_to(target if target != "itself" else (root / name).name)
    with pytest.raises(BookError) as caught:
        build_book(root)
    assert {one.code for one in caught.value.problems} & {code, "outside-project", "missing-image"}
