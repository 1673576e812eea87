"""Ace by DAISY finds no violation of EPUB Accessibility 1.1 in what is built."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from book.build import build_book
from tests.browser import package, program, run
from tests.conftest import MakeBook

pytestmark = pytest.mark.browser


def violations(book: Path, folder: Path) -> list[str]:
    """What Ace says of a package, a line for each place; empty for one without violations.

    `folder` is where it writes its report, and must not exist.
    """
    ace = package("@daisy/ace-cli") / "bin" / "ace.js"
    options = ["--silent", "--outdir", str(folder), str(book)]
    command = [program("Node.js"), str(ace), *options]
    environment = {**os.environ, "PUPPETEER_EXECUTABLE_PATH": program("Chromium")}
    run(command, seconds=120, environment=environment)
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    found = list(_failed(report))
    assert bool(found) == (report["earl:result"]["earl:outcome"] != "pass"), (
        "the report says how it came to its verdict"
    )
    return found


def _failed(report: dict[str, Any]) -> Iterator[str]:
    """The failed assertions of a report, each with its file, its rule and what broke it."""
    for document in report["assertions"]:
        for assertion in document.get("assertions", ()):
            file, rule = document["earl:testSubject"]["url"], assertion["earl:test"]["dct:title"]
            yield f"{file}: {rule}: {assertion['earl:result']['dct:description']}"


@pytest.mark.parametrize("name", ["built_sample", "built_torture", "built_federalist"])
def test_a_book_has_no_violation(request: pytest.FixtureRequest, tmp_path: Path, name: str) -> None:
    folder: Path = request.getfixturevalue(name)
    assert violations(folder / "ebook.epub", tmp_path / "report") == []


def test_a_violation_is_found(make_book: MakeBook, tmp_path: Path) -> None:
    layout = (
        '{% extends "document.html" %}{% block content %}<h1></h1><p><a href="titlepage.xhtml"></a></p>{% endblock %}'
    )
    edition = '[book]\ntitle = "A Small Book"\n[editions.ebook]\noutput = "epub"\n'
    build_book(make_book({"book.toml": edition, "layouts/colophon.html": layout}), output=tmp_path / "out")
    found = violations(tmp_path / "out" / "ebook.epub", tmp_path / "report")
    assert [line for line in found if "colophon.xhtml" in line and "link" in line]
