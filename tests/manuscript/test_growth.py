"""The time that reading takes grows with the text, whatever stands in it: steps are counted, not seconds."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from book.manuscript.syntax import parse
from tests.steps import print_steps, steps_of

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


@pytest.fixture(scope="module")
def counts() -> dict[str, list[int]]:
    """The steps of each kind for a text and for one twice as long."""
    return steps_of("tests.manuscript.test_growth")


@pytest.mark.parametrize("kind", KINDS)
def test_twice_the_text_takes_about_twice_the_steps(counts: dict[str, list[int]], kind: str) -> None:
    once, twice = counts[kind]
    assert twice < 2.2 * once


def test_a_paragraph_of_650_kilobytes_is_read_in_seconds() -> None:
    draft = parse(("words of prose, " * 9 + "[@k] ") * 4400, "chapters/a.md", "a")
    assert len(draft.mentions) == 4400


def _reading(text: str) -> Callable[[], object]:
    """A function that reads a text."""
    return lambda: parse(text, "chapters/a.md", "a", title="A chapter")


if __name__ == "__main__":
    print_steps({kind: lambda size, text=text: _reading(text(size)) for kind, text in KINDS.items()})  # type: ignore[misc]
