"""The time that reading takes grows with the text, whatever stands in it: steps are counted, not seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from book.manuscript.syntax import parse

KINDS: dict[str, Callable[[int], str]] = {
    "one long line": lambda n: "word " * n,
    "one long paragraph": lambda n: "words of a line\n" * n,
    "brackets that open": lambda n: "[" * n,
    "brackets in brackets": lambda n: "[" * n + "]" * n,
    "targets that do not end": lambda n: "[a](" * n,
    "links behind tabs": lambda n: "x\t[a](b.md)" * n,
    "dashes": lambda n: "--a" * n,
    "quotation marks": lambda n: "\"a 'b " * n + "a' " * n,
    "ids given twice": lambda n: "# A {#a}\n\n" * n,
    "headings alike": lambda n: "# A\n\n" * n,
    "citations": lambda n: "word [@k] @l " * n,
    "tags that do not end": lambda n: '<b a="x ' * n + "<" * n,
    "comments that do not end": lambda n: "a <!-- b\n\n" * n,
    "emphasis that does not end": lambda n: "*a **b _c __d ~e ^f ~~g " * n,
    "backticks of many lengths": lambda n: "".join("`" * (i % 40 + 1) + "a " for i in range(n)),
    "formulas that do not end": lambda n: "$a " * n + "\n\n" + "$$ a\n" * n,
    "braces": lambda n: "{.a " * n + "[a]{.b} " * n,
    "notes": lambda n: (
        "".join(f"a[^{i}] b^[c] " for i in range(n)) + "\n\n" + "".join(f"[^{i}]: b\n" for i in range(n))
    ),
    "images": lambda n: '![a](b.png "c") ' * n,
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|a|b|\n" * n,
    "columns": lambda n: "|a" * n + "|\n" + "|-" * n + "|\n" + "|a" * n + "|\n",
    "divisions": lambda n: "::: a\nb\n:::\n\n" * n,
    "quotations": lambda n: "> a\n>\n> — [@b]\n\n" * n,
    "lists": lambda n: "- a\n" * n + "\nterm\n: b\n\n" * n,
    "lists with letters": lambda n: "a. b\n\na. b\nb. c\n\n(i) a\n" * n + "\n\n" + "x\ny. a\n" * n,
    "examples": lambda n: "(@a) b (@a)\n\n" * n + "(@) c\n" * n,
    "marked words": lambda n: "==a " * n + "\n\n" + "==a== " * n,
    "drawn tables": lambda n: (
        ("+---+---+\n| a | b |\n" * n + "+---+---+\n\n") + "a   b\n--- ---\nc   d\n\n" * n + "--- ---\na   b\n\n" * n
    ),
    "a drawn table with many rows": lambda n: "-------\na  b\n-- ----\n" + "c  d\n\n" * n + "-------\n",
    "verse": lambda n: "a\\\n" * n + "\n" + "| a\n" * n,
    "addresses": lambda n: "https://a.org/b a@b.org www.c.org " * n,
    "markup of other tools": lambda n: "{{ a }} [[b]] " * n,
    "raw HTML": lambda n: "<div>\na\n</div>\n\n" * n,
    "definitions": lambda n: (
        "".join(f"[a{i}]: b.md\n" for i in range(n)) + "\n" + "".join(f"[a{i}] " for i in range(n))
    ),
}


def steps(text: str) -> int:
    """How many lines of Python run while a text is read."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG001
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        parse(text, "chapters/a.md", "a", title="A chapter")
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def counts() -> dict[str, list[int]]:
    """The steps of each kind for a text and for one twice as long, counted in a process that has done nothing else."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "tests.manuscript.test_growth"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_about_twice_the_steps(counts: dict[str, list[int]], kind: str) -> None:
    once, twice = counts[kind]
    assert twice < 2.2 * once


def test_a_paragraph_of_650_kilobytes_is_read_in_seconds() -> None:
    draft = parse(("words of prose, " * 9 + "[@k] ") * 4400, "chapters/a.md", "a")
    assert len(draft.mentions) == 4400


if __name__ == "__main__":
    steps("warm up, so that nothing is counted that is done once")
    sys.stdout.write(json.dumps({kind: [steps(text(100)), steps(text(200))] for kind, text in KINDS.items()}))
