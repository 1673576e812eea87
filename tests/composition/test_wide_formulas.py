"""Long formulas of an e-book are parted where a line may break."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.composition.wide_formulas import MATHML, parts_of
from book.manuscript.formulas import mathml
from book.pages.running_text import RunningText
from tests.conftest import MakeBook
from tests.outputs.test_epub import epubcheck_messages
from tests.readers import EpubReader

LONG = "+".join(f"x_{{{number}}}^2" for number in range(20))


def parts(tex: str) -> list[str]:
    """The parts of a formula as text."""
    return ["".join(map(str, part.itertext())) for part in parts_of(etree.fromstring(mathml(tex, display=True)))]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("a^2+b^2=c^2", ["a2+b2=c2"]),
        ("a+b+c+d+e+f=0", ["a", "+b", "+c", "+d", "+e", "+f", "=0"]),
        ("f(a+b+c+d+e)=g(a,b,c)", ["f(a+b+c+d+e)", "=g(a,b,c)"]),
        ("a,b,c,d,e,f,g,h", ["a,", "b,", "c,", "d,", "e,", "f,", "g,", "h"]),
        (r"\frac{a+b+c+d+e+f}{a+b+c+d+e+f}", ["a+b+c+d+e+fa+b+c+d+e+f"]),
    ],
)
def test_a_long_formula_is_parted_at_operators_outside_of_parentheses(tex: str, expected: list[str]) -> None:
    assert parts(tex) == expected


def test_a_part_that_begins_with_an_operator_is_spaced_as_within_the_whole() -> None:
    _, second, *_ = parts_of(etree.fromstring(mathml("a+b+c+d+e+f=0", display=True)))
    assert (second.get("displaystyle"), second.get("display")) == ("true", "inline")
    assert second[0][0].get("form") == "infix"


def test_an_e_book_with_a_long_formula_is_valid_and_counts_it_once(make_book: MakeBook, tmp_path: Path) -> None:
    text = f"# One\n\n$${LONG}$$\n\nWords ${LONG}$ behind.\n"
    files = {"chapters/01-first.md": text, "book.toml": '[book]\ntitle = "T"\n[editions.e]\noutput = "epub"\n'}
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    ebook = EpubReader(tmp_path / "out" / "e.epub")
    root = ebook.documents["EPUB/first.xhtml"]
    assert len(list(root.iter(f"{MATHML}math"))) == 40
    assert RunningText(root).text.count("\N{OBJECT REPLACEMENT CHARACTER}") == 2
    assert epubcheck_messages((tmp_path / "out" / "e.epub").read_bytes(), tmp_path) == []
