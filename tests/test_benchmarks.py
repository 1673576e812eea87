"""The benchmarks: one command on a small project, and what its report says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.cases import OURS, Result, grows_by_a_page, moves_a_break
from benchmarks.edits import change_date, change_word, insert_words
from benchmarks.made import LONG, MANY, dense, long_chapter, short_chapters
from benchmarks.measure import Cost
from benchmarks.projects import chapter_files, cite_often, copy_project, copy_twice, drop_print
from benchmarks.report import BARE, GOAL, as_table, bounds
from book.check import check_book

STARTER = Path("book") / "cli" / "starter"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> tuple[dict[str, Any], str]:
    """Both reports of a run on the project that `book new` starts with."""
    output = tmp_path_factory.mktemp("report")
    cases = ["--case", "cold", "--case", "nothing", "--case", "word"]
    places = ["--project", str(STARTER), "--output", str(output)]
    command = [sys.executable, "-m", "benchmarks", *places, "--repeat", "1", *cases]
    subprocess.run(command, cwd=sample, check=True, capture_output=True)
    table = (output / "bench.md").read_text(encoding="utf-8")
    return json.loads((output / "bench.json").read_text(encoding="utf-8")), table


@pytest.fixture
def starter(tmp_path: Path, sample: Path) -> Path:
    """A copy of the project that `book new` starts with."""
    return copy_project(sample / STARTER, tmp_path / "starter")


def test_every_case_is_measured_in_time_memory_and_size(report: tuple[dict[str, Any], str]) -> None:
    results = report[0]["results"]
    assert [(one["case"], one["tool"]) for one in results] == [
        ("cold", OURS),
        ("cold", BARE),
        ("nothing", OURS),
        ("word", OURS),
    ]
    for one in results:
        assert one["median"]["wall"] > 0
        assert one["median"]["cpu"] > 0
        assert one["median"]["peak"] > 10 * 2**20, "no interpreter is so small"
        assert one["size"] > 10_000


def test_processor_time_is_that_of_all_processes(report: tuple[dict[str, Any], str]) -> None:
    by_case = {(one["case"], one["tool"]): one["median"] for one in report[0]["results"]}
    assert by_case["cold", OURS]["cpu"] > 4 * by_case["nothing", OURS]["cpu"], "the workers' time is counted"


def test_the_table_has_a_row_for_each_result(report: tuple[dict[str, Any], str]) -> None:
    data, table = report
    rows = [line for line in table.splitlines() if line.startswith(("| cold", "| nothing", "| one word"))]
    assert len(rows) == len(data["results"])


def _result(case: str, tool: str, wall: float, project: str = GOAL, peak: int = 1) -> Result:
    return Result(case, project, tool, (Cost(wall, wall, peak),), 100)


def test_a_bound_is_met_or_missed_by_the_ratio_of_medians() -> None:
    results = [_result("cold", OURS, 6.0), _result("cold", BARE, 10.0), _result("word", OURS, 0.5)]
    found = {bound.claim: bound for bound in bounds(results)}
    assert not found["cold: wall time to B"].met
    assert found["cold: processor time to B"].met
    assert found["one word changed: wall time to B, cold"].value == pytest.approx(0.05)
    assert "**missed**" in as_table(results, 1)


def test_growth_is_judged_between_sizes_of_the_corpus() -> None:
    results = [
        _result("cold", OURS, 10, "Federalist 1–85", 130),
        _result("cold", OURS, 3, "Federalist 1–20", 100),
        _result("cold", OURS, 22, "Federalist twice", 131),
    ]
    assert [bound.met for bound in bounds(results)] == [True, False, True]


def test_growth_with_citations_is_judged_between_two_dense_books() -> None:
    costs = {125: 10.0, 250: 25.0}
    results = [_result("cold", OURS, cpu, f"{number} sources × 20 citations") for number, cpu in costs.items()]
    growth, each = bounds(results)
    assert growth.value == pytest.approx(1.32, abs=0.01)
    assert not growth.met
    assert each.value == pytest.approx(5.0)


def test_a_dense_book_cites_each_source_twenty_times(tmp_path: Path) -> None:
    project = dense(tmp_path / "dense", 10)
    text = "".join(path.read_text(encoding="utf-8") for path in chapter_files(project))
    assert [text.count(f"[@speech-{number:03}]") for number in range(10)] == [20] * 10
    checked = check_book(project)
    assert checked.value is not None
    assert len(checked.value.citations) == 200
    assert checked.problems == ()


def test_invented_books_are_as_long_as_they_are_said_to_be(tmp_path: Path) -> None:
    (chapter,) = chapter_files(long_chapter(tmp_path / "long"))
    assert len(chapter.read_text(encoding="utf-8").split()) == pytest.approx(LONG, rel=0.01)
    chapters = chapter_files(short_chapters(tmp_path / "short"))
    assert len(chapters) == MANY
    assert len({path.read_text(encoding="utf-8").split("\n", 1)[1] for path in chapters}) == MANY


def test_one_word_changed_leaves_all_others(starter: Path) -> None:
    before = [path.read_text(encoding="utf-8").split() for path in chapter_files(starter)]
    change_word(starter)
    after = [path.read_text(encoding="utf-8").split() for path in chapter_files(starter)]
    changed = [(a, b) for old, new in zip(before, after, strict=True) for a, b in zip(old, new, strict=True) if a != b]
    assert len(changed) == 1


def test_words_are_inserted_without_a_citation_of_their_own(starter: Path) -> None:
    path = chapter_files(starter)[0]
    before = path.read_text(encoding="utf-8")
    insert_words(path, 150)
    after = path.read_text(encoding="utf-8")
    assert len(after.split()) == len(before.split()) + 152
    assert after.count("@") == before.count("@")


def test_a_date_moves_by_a_day(starter: Path) -> None:
    before = (starter / "sources.yaml").read_text(encoding="utf-8")
    change_date(starter)
    after = (starter / "sources.yaml").read_text(encoding="utf-8")
    changed = [(a, b) for a, b in zip(before.split(), after.split(), strict=True) if a != b]
    assert len(changed) == 1


def test_a_project_without_its_print_edition_keeps_the_others(starter: Path) -> None:
    drop_print(starter)
    text = (starter / "book.toml").read_text(encoding="utf-8")
    assert "[editions.print]" not in text
    assert "print.css" not in text
    assert "[editions.ebook]" in text


def test_the_corpus_copied_twice_has_each_chapter_twice(federalist: Path, tmp_path: Path) -> None:
    files = chapter_files(copy_twice(federalist, tmp_path / "twice"))
    assert len(files) == 170
    assert files[0].read_bytes() == files[85].read_bytes()


def test_many_citations_are_spread_over_all_chapters_and_sources(federalist: Path, tmp_path: Path) -> None:
    project = cite_often(copy_project(federalist, tmp_path / "cited", 45), 2000, 500)
    counts = [path.read_text(encoding="utf-8").count("[@speech-") for path in chapter_files(project)]
    assert sum(counts) == 2000
    assert max(counts) - min(counts) <= 1
    text = "".join(path.read_text(encoding="utf-8") for path in chapter_files(project))
    assert all(f"[@speech-{number:03}]" in text for number in range(500))


def test_a_moved_break_and_a_grown_chapter_are_told_apart() -> None:
    before = ["one", "two", "three", "", "four"]
    assert moves_a_break(before, ["one", "twx", "thr", "", "four"])
    assert not moves_a_break(before, ["one", "twx", "three", "", "four"])
    assert not moves_a_break(before, ["one", "twx", "thr", "ee", "four"])
    assert grows_by_a_page(["1", "2", "3"], ["1", "2", "2a", "", "3"])
    assert not grows_by_a_page(["1", "", "3"], ["1", "1a", "3"]), "a blank page took it up: nothing after it moves"


def test_the_comparison_of_quotations_is_measured_in_a_book_that_is_invented() -> None:
    command = [sys.executable, "-m", "benchmarks.verify", "--quotations", "30", "--transcripts", "3", "--words", "400"]
    done = subprocess.run([*command, "--pdf", "2000"], capture_output=True, text=True, check=False)
    counts = dict(part.split(" ", 1)[::-1] for part in done.stdout.splitlines()[0].split(", "))
    assert sum(map(int, counts.values())) == 30
    assert {"exact", "altered"} <= set(counts)
    assert "not found" not in counts
    assert "s of processor time; at most 10 s" in done.stdout
