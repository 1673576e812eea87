from __future__ import annotations

import logging
import re
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from book.cli.commands import main


def log_of(root: Path, *words: str) -> list[str]:
    """The log records that a build prints, without their times."""
    result = CliRunner().invoke(main, ["build", "--project", str(root), *words])
    assert result.exit_code == 0, result.output
    return [line.partition(" s  ")[2] for line in result.stderr.splitlines() if re.match(r" *\d+\.\d\d s  ", line)]


def has(lines: list[str], pattern: str) -> bool:
    return any(re.fullmatch(pattern, line) for line in lines)


@pytest.fixture(scope="module")
def logs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The logs of three builds of the starter project: the first, one after a changed word, one after no change."""
    root = tmp_path_factory.mktemp("logs") / "book"
    assert CliRunner().invoke(main, ["new", str(root)]).exit_code == 0
    time.sleep(0.1)  # a build that begins at once would not be recorded: a file might be changed again unseen
    first = log_of(root, "-vv", "--jobs", "2")
    chapter = root / "chapters" / "01-equality.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("seven", "eleven"), encoding="utf-8")
    time.sleep(0.1)
    return {"first": first, "changed": log_of(root, "-vv", "--jobs", "2"), "same": log_of(root, "-vv")}


def test_the_log_says_why_the_last_build_is_not_reused(logs: dict[str, list[str]]) -> None:
    assert has(logs["first"], r"store\.unchanged: last build: not reused, because no such build is recorded.*")
    assert has(logs["changed"], r"store\.unchanged: .* because chapters/01-equality\.md is not as it was")
    assert logs["same"] == ["store.unchanged: last build: nothing changed since"]


def test_the_log_says_what_is_taken_from_the_store_and_why_not(logs: dict[str, list[str]]) -> None:
    assert has(logs["first"], r"pool\.fragments: print: titlepage: pressed, because there is no earlier one")
    assert has(logs["changed"], r"pool\.fragments: print: titlepage: from the store")
    assert has(logs["changed"], r"pool\.fragments: print: equality: pressed, because of new html")
    assert has(logs["changed"], r"store\.store: chapters/chapters/02-struggle\.md: from the store")
    assert has(logs["changed"], r"store\.store: chapters/chapters/01-equality\.md: not in the store, made")


def test_the_log_has_every_pass_of_a_pagination_and_its_end(logs: dict[str, list[str]]) -> None:
    passes = [line for line in logs["first"] if re.match(r"pages\.paginate: print: pass \d sets ", line)]
    settled = next(line for line in logs["first"] if line.startswith("pages.paginate: print: ") and "settled" in line)
    assert settled.endswith(f"settled after {len(passes)} passes")
    assert len(passes) >= 2


def test_the_log_has_the_times_of_stages_and_records_of_worker_processes(logs: dict[str, list[str]]) -> None:
    assert has(logs["first"], r"build: read and checked: 0 problems")
    assert has(logs["first"], r"pages\.press: titlepage: 1 pages laid out in \d+\.\d\d s, drawn in \d+\.\d\d s")
    assert has(logs["first"], r"make: print: 1 files made after \d+\.\d\d s")


def test_files_with_the_same_bytes_are_said_not_to_be_written(logs: dict[str, list[str]]) -> None:
    assert has(logs["first"], r"build: to be written: .*/handout/struggle\.pdf")
    assert has(logs["changed"], r"build: not written, because .*/handout/struggle\.pdf")


def test_one_v_prints_no_log_and_no_command_leaves_logging_changed(project: Path) -> None:
    before = (logging.getLogger("book").level, list(logging.getLogger("book").handlers))
    assert log_of(project, "-v", "--jobs", "1") == []
    assert log_of(project, "-vv", "--jobs", "1") != []
    assert (logging.getLogger("book").level, logging.getLogger("book").handlers) == before
