from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from book.language.fonts import font_files
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.press import press
from book.pool import fragments
from book.pool.fragments import CachingPress
from book.project.files import recording
from book.store.store import Store

PIXEL = """<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="{}"/></svg>"""


class Counted:
    """A press that counts the jobs that it gets."""

    def __init__(self) -> None:
        self.slugs: list[str] = []

    def __call__(self, jobs: Sequence[Job], /) -> Iterator[Fragment]:
        for job in jobs:
            self.slugs.append(job.slug)
            yield press(job)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    (root / "styles").mkdir(parents=True)
    (root / "dot.svg").write_text(PIXEL.format(8))
    (root / "styles" / "print.css").write_text('@import "colours.css"; @page { size: 300pt 400pt }')
    (root / "styles" / "colours.css").write_text("p { color: #111 }")
    return root


def job(root: Path, store: Store, slug: str = "first", text: str = "Some words.") -> Job:
    html = f'<html lang="en"><head><title>T</title></head><body><p>{text} <img alt="" src="dot.svg"/></p></body></html>'
    path = root / "styles" / "print.css"
    face = font_files()[0]
    fonts = Stylesheet("/fonts.css", f'{face.rule(face.path.as_uri())} html {{ font-family: "{face.family}" }}')
    sheets = (fonts, Stylesheet(str(path), path.read_text()))
    return Job(slug, html, sheets, str(root), str(store.faces), "chapters/first.md")


def set_by(store: Store, *jobs: Job) -> tuple[list[Fragment], list[str]]:
    """The fragments of some jobs, and the slugs of those that were not in the store."""
    counted = Counted()
    return list(CachingPress(counted, store)(jobs)), counted.slugs


def test_a_section_is_set_once(root: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    first, pressed = set_by(store, job(root, store))
    again, pressed_again = set_by(Store(store.folder), job(root, store))
    assert (pressed, pressed_again) == (["first"], [])
    assert again == first


def test_only_what_is_missing_is_set_and_the_order_is_that_of_the_jobs(root: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    jobs = [job(root, store, slug, f"The text of {slug}.") for slug in ("one", "two", "three")]
    set_by(store, jobs[1])
    found, pressed = set_by(store, *jobs)
    assert [fragment.slug for fragment in found] == ["one", "two", "three"]
    assert pressed == ["one", "three"]


def test_neither_the_name_of_a_section_nor_the_folder_of_the_project_matters(root: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    set_by(store, job(root, store))
    moved = tmp_path / "moved"
    shutil.copytree(root, moved)
    (fragment,), pressed = set_by(store, job(moved, store, slug="of-another-edition"))
    assert pressed == []
    assert fragment.slug == "of-another-edition"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("dot.svg", PIXEL.format(4)),
        ("styles/print.css", "@page { size: 200pt 300pt }"),
        ("styles/colours.css", "p { color: #222 }"),
        ("dot.svg", None),
    ],
)
def test_a_section_is_set_again_when_a_file_it_depends_on_changes(
    root: Path, tmp_path: Path, name: str, content: str | None
) -> None:
    store = Store(tmp_path / "store")
    set_by(store, job(root, store))
    (root / name).unlink()
    if content is not None:
        (root / name).write_text(content)
    _, pressed = set_by(store, job(root, store))
    assert pressed == ["first"]


def test_a_file_that_no_section_refers_to_changes_nothing(root: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    set_by(store, job(root, store))
    (root / "styles" / "other.css").write_text("p { color: red }")
    assert set_by(store, job(root, store))[1] == []


@pytest.mark.parametrize("change", [{"tagged": False}, {"path": "chapters/other.md"}, {"html": "<p>Other words.</p>"}])
def test_a_section_is_set_again_when_its_job_changes(root: Path, tmp_path: Path, change: dict[str, object]) -> None:
    store = Store(tmp_path / "store")
    one = job(root, store)
    set_by(store, one)
    assert set_by(store, replace(one, **change))[1] == ["first"]  # type: ignore[arg-type]


def test_a_section_is_set_again_by_another_engine(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path / "store")
    set_by(store, job(root, store))
    monkeypatch.setattr(fragments, "engine_version", lambda: "another")
    assert set_by(store, job(root, store))[1] == ["first"]


@pytest.mark.parametrize("kind", ["fragments", "faces"])
def test_a_damaged_entry_is_set_again_with_a_warning(root: Path, tmp_path: Path, kind: str) -> None:
    store = Store(tmp_path / "store")
    before, _ = set_by(store, job(root, store))
    (damaged,) = (path for path in (store.folder / kind).rglob("*") if path.is_file())
    content = damaged.read_bytes()
    damaged.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    fresh = Store(store.folder)
    after, pressed = set_by(fresh, job(root, store))
    assert pressed == ["first"]
    assert [problem.code for problem in fresh.damaged] == ["damaged-store"]
    assert after == before
    assert set_by(Store(store.folder), job(root, store))[1] == []


@pytest.mark.parametrize("known", [False, True])
def test_every_file_that_a_section_refers_to_is_reported(root: Path, tmp_path: Path, known: bool) -> None:
    store = Store(tmp_path / "store")
    if known:
        set_by(store, job(root, store))
    with recording(root) as reads:
        set_by(store, job(root, store))
    assert reads.opened == {"dot.svg", "styles/colours.css"}
