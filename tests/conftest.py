"""Fixtures: small projects to read and build, and the sample book."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

settings.register_profile("any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any-machine")  # a busy or slow machine is not a fault of what is tested

MINIMAL: Mapping[str, str] = {
    "book.toml": '[book]\ntitle = "A Small Book"\n',
    "sources.yaml": """\
- id: talk-2013
  type: speech
  title: A talk with villagers
  title-short: Talk
  event-title: Visit to a village
  event-place: Hunan
  issued: 2013-11-03
""",
    "chapters/01-first.md": """\
---
title: First
---

The phrase dates from a visit [@talk-2013, opening].

> Quoted words.
>
> — [@talk-2013]
""",
}
"""The files of a project without problems: one chapter, one source, cited twice."""
EDITIONS = """\
[editions.print]
output = "pdf"

[editions.ebook]
output = "epub"

[editions.handout]
output = "pdf"
split = "chapter"
"""
"""The settings of one edition of each kind."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite`, which writes the expected results again."""
    parser.addoption("--rewrite", action="store_true", help="write expected outputs anew, to be reviewed with git diff")


def pytest_sessionfinish() -> None:
    """Remove the fonts that the layout engine copied: it would, but only when Python has unloaded what does it."""
    loaded = sys.modules.get("weasyprint.text.fonts")
    for one in gc.get_objects() if loaded else ():
        if type(one).__name__ == "FontConfiguration" and one._folder:
            shutil.rmtree(one._folder, ignore_errors=True)
            one._folder = None


@pytest.fixture(autouse=True)
def _dated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Date the books of tests as one without a date is dated; else each of them would have a note about that."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "946684800")


class MakeBook(Protocol):
    """A function that writes a project."""

    def __call__(self, files: Mapping[str, str | bytes | None] | None = None, /, **more: str | bytes | None) -> Path:
        """Write the minimal project with some files replaced, added or (None) left out; return its folder."""


@pytest.fixture
def make_book(tmp_path: Path) -> MakeBook:
    """A function that writes a project into the test's own folder, and returns that folder."""

    def make(files: Mapping[str, str | bytes | None] | None = None, /, **more: str | bytes | None) -> Path:
        root = tmp_path / "project"
        for name, content in {**MINIMAL, **(files or {}), **more}.items():
            path = root / name
            path.unlink(missing_ok=True)
            if content is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.encode() if isinstance(content, str) else content)
        return root

    return make


@pytest.fixture
def project(make_book: MakeBook) -> Path:
    """The folder of a minimal project without problems."""
    return make_book()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The folder of the sample book: the root of the repository."""
    return Path(__file__).resolve().parent.parent


def build_once(folder: Path, project: Path) -> Path:
    """Build all editions of a project into `folder`, once for all test processes; return the folder."""
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            from book.build import build_book

            build_book(project, output=folder.with_suffix(".new"))
            folder.with_suffix(".new").rename(folder)
    return folder


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of one test run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The folder with every edition of the sample book."""
    return build_once(shared_folder(tmp_path_factory) / "sample", sample)


@pytest.fixture(scope="session")
def built_torture(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The folder with every edition of the torture book, a small book with everything that is hard to set."""
    return build_once(shared_folder(tmp_path_factory) / "torture", sample / "tests" / "projects" / "torture")


@pytest.fixture(scope="session")
def federalist(sample: Path) -> Path:
    """The folder of the corpus: 85 chapters, 205,000 words. Tests are skipped only if it does not exist."""
    folder = sample.parent / "shared" / "corpus" / "federalist"
    if not folder.is_dir():
        pytest.skip("the corpus is not here: ../shared/corpus/federalist")
    return folder


@pytest.fixture(scope="session")
def built_federalist(tmp_path_factory: pytest.TempPathFactory, federalist: Path) -> Path:
    """The folder with every edition of the corpus."""
    return build_once(shared_folder(tmp_path_factory) / "federalist", federalist)
