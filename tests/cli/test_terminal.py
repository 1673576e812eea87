from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from book.build import Written
from book.cli.terminal import show_index, show_written
from book.model.indexes import Index, IndexEntry, IndexGroup
from book.model.sources import Source
from book.problem import Span


def test_a_long_title_is_printed_whole_where_no_terminal_limits_it(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source("one", "speech", "Very " * 60 + "long [title]", Span("sources.yaml", 1), place="Hunan")
    show_index(Index("chronological", "Index", (IndexGroup("2013", (IndexEntry("one", "2013", ("a#b",), source),)),)))
    head, line = capsys.readouterr().out.splitlines()
    assert head.split() == ["Date", "Source", "Title", "Place", "Cited"]
    assert source.title in line
    assert line.split()[-2:] == ["Hunan", "1"]


def test_an_undated_source_shows_its_groups_heading(capsys: pytest.CaptureFixture[str]) -> None:
    source = Source("one", "speech", "A talk", Span("sources.yaml", 1))
    show_index(Index("chronological", "Index", (IndexGroup("Undated", (IndexEntry("one", "", ("a#b",), source),)),)))
    assert capsys.readouterr().out.splitlines()[1].startswith("Undated  one")


def test_files_are_named_from_where_one_stands(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    show_written(
        [
            Written(Path.cwd() / "build" / "print.pdf", 412_300, 48),
            Written(Path.cwd() / "build" / "one.pdf", 1, 1),
            Written(tmp_path / "ebook.epub", 1000, None),
        ]
    )
    rows = [line.rstrip().split("  ") for line in capsys.readouterr().out.splitlines()]
    assert [[cell.strip() for cell in row if cell] for row in rows] == [
        ["build/print.pdf", "412.3 kB", "48 pages"],
        ["build/one.pdf", "1 byte", "1 page"],
        [str(tmp_path / "ebook.epub"), "1.0 kB"],
    ]


def test_bars_are_drawn_on_a_terminal_and_nowhere_else(project: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "book", "build", "print", "--jobs", "1", "--project", str(project)]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=environment) as process:
        os.close(theirs)
        drawn = b""
        try:
            while part := os.read(ours, 65536):
                drawn += part
        except OSError:
            pass  # Linux says so when the other side has closed
        assert process.stdout is not None
        printed = process.stdout.read().decode()
    os.close(ours)
    assert process.returncode == 0
    assert "print" in drawn.decode()
    assert "\x1b" in drawn.decode()
    assert "\x1b" not in printed
    assert re.match(r"\d+ files in ", printed.splitlines()[-1])
