"""Formulas in TeX as MathML."""

from __future__ import annotations

import pytest
from lxml import etree

pytest.importorskip("latex2mathml")
pytest.importorskip("ziamath")

from book.manuscript.formulas import FormulaError, drawing, mathml


def test_lines_that_are_aligned_are_a_table() -> None:
    written = etree.fromstring(mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", display=True))
    assert len(written.findall(".//{*}mtr")) == 2


@pytest.mark.parametrize("name", ["alignat", "eqnarray"])
def test_an_alignment_that_the_converter_does_not_know_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(FormulaError, match="aligned"):
        mathml(rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name}}}", display=True)


@pytest.mark.parametrize(
    ("begin", "end"),
    [
        (r"\frac{1}{", "}"),
        (r"\sqrt{", "}"),
        ("x^{", "}"),
        (r"\left(", r"\right)"),
        ("{", "}"),
        (r"\begin{matrix}", r"\end{matrix}"),
    ],
)
def test_what_stands_too_deep_in_one_another_is_refused_and_a_usual_depth_is_drawn(begin: str, end: str) -> None:
    """To draw a formula takes time that doubles with each level: sixty fractions would never end."""
    assert drawing(begin * 6 + "x" + end * 6, display=True).startswith("<svg")
    for write in (mathml, drawing):
        with pytest.raises(FormulaError, match="stand more than 10 deep in one another"):
            write(begin * 60 + "x" + end * 60, display=True)
