"""Whatever the files of a project contain, a run ends with whole editions or with problems: no exception, no hang."""

from __future__ import annotations

import zipfile
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from book.build import build_book
from book.check import check_all, check_book
from book.problem import BookError, Severity
from book.problems.defects import take_defects
from tests.conftest import MINIMAL
from tests.hostile.inputs import CHAPTER, EDITIONS, Input, inputs
from tests.soak.watch import time_limit

INPUTS = inputs()
ALONE = ("styles", "layouts", "settings")
"""Kinds whose faults only the editions show."""
SECONDS = 60
"""Processor time after which an input counts as one that hangs; a layout may take ten seconds before it is stopped."""


def write(root: Path, one: Input) -> None:
    """Write the project of an input."""
    for name, content in {**MINIMAL, **one.files}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def test_there_are_at_least_500_and_no_two_are_the_same() -> None:
    assert len(INPUTS) >= 500
    assert max(Counter((one.kind, repr(one.files)) for one in INPUTS).values()) == 1


@pytest.mark.parametrize("kind", sorted({one.kind for one in INPUTS}))
def test_an_input_gives_problems_with_places_or_none(kind: str, tmp_path: Path) -> None:
    wrong = []
    for number, one in enumerate(one for one in INPUTS if one.kind == kind):
        root = tmp_path / str(number)
        write(root, one)
        take_defects()
        with time_limit(SECONDS):
            problems = (check_all if kind in ALONE else check_book)(root).problems
        assert not take_defects(), one
        wrong += [(one.name, problem) for problem in problems if not problem.at.path or not problem.message.strip()]
    assert wrong == []


def test_what_has_no_errors_is_built_into_a_whole_pdf_and_a_whole_ebook(tmp_path: Path) -> None:
    root = tmp_path / "project"
    bodies = []
    for number, one in enumerate(one for one in INPUTS if one.kind in ("forged", "attributes")):
        if set(one.files) != {CHAPTER}:
            continue
        trial = tmp_path / str(number)
        write(trial, one)
        if all(problem.severity is not Severity.ERROR for problem in check_book(trial).problems):
            bodies.append((trial / CHAPTER).read_bytes())
    assert len(bodies) > 150
    write(root, Input("", "", {"book.toml": MINIMAL["book.toml"] + EDITIONS, CHAPTER: None}))
    for number, body in enumerate(bodies):
        (root / "chapters").mkdir(exist_ok=True)
        (root / "chapters" / f"{number:03}.md").write_bytes(body.replace(b"title: First", b"title: No. %d" % number))
    build_without_missing_glyphs(root, tmp_path / "out")
    with pikepdf.open(tmp_path / "out" / "print.pdf") as printed:
        assert len(printed.pages) > len(list((root / "chapters").iterdir())) > 150
    with zipfile.ZipFile(tmp_path / "out" / "ebook.epub") as book:
        for name in book.namelist():
            if name.endswith((".xhtml", ".opf", ".ncx")):
                tree = etree.fromstring(book.read(name))
                assert not tree.xpath("//*[local-name() = 'script']"), name
                assert not tree.xpath("//@*[starts-with(., 'javascript:')]"), name


def build_without_missing_glyphs(root: Path, output: Path) -> None:
    """Build a book; chapters with characters that no font has, which only pages show, are left out."""
    for _ in range(20):
        try:
            build_book(root, output=output, jobs=1)
        except BookError as failure:
            errors = [problem for problem in failure.problems if problem.severity is Severity.ERROR]
            assert {problem.code for problem in errors} == {"missing-glyph"}, errors
            for problem in errors:
                (root / problem.at.path).unlink(missing_ok=True)
        else:
            return
    raise AssertionError("there are always more")


@pytest.mark.parametrize(
    "one", [one for one in INPUTS if one.kind == "nested" and " 95" in one.name], ids=lambda one: one.name
)
def test_elements_inside_one_another_are_set_or_named_with_their_line(one: Input, tmp_path: Path) -> None:
    write(tmp_path, Input("", "", {**one.files, "book.toml": MINIMAL["book.toml"] + EDITIONS}))
    take_defects()
    try:
        assert build_book(tmp_path, jobs=1).written
    except BookError as failure:
        told = {
            (problem.code, bool(problem.at.line)) for problem in failure.problems if problem.severity is Severity.ERROR
        }
        assert told == {("lost-text", True)}  # lists run over the edge of the page
    assert not take_defects()
