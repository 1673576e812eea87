"""Formulas in TeX as MathML."""

from __future__ import annotations

import pytest
from lxml import etree

pytest.importorskip("latex2mathml")
pytest.importorskip("ziamath")

from book.manuscript.formulas import FormulaError, mathml


def test_lines_that_are_aligned_are_a_table() -> None:
    written = etree.fromstring(mathml(r"\begin{aligned} a &= b \\ c &= d \end{aligned}", display=True))
    assert len(written.findall(".//{*}mtr")) == 2


@pytest.mark.parametrize("name", ["alignat", "eqnarray"])
def test_an_alignment_that_the_converter_does_not_know_is_refused_with_a_remedy(name: str) -> None:
    with pytest.raises(FormulaError, match="aligned"):
        mathml(rf"\begin{{{name}}} a &= b \\ c &= d \end{{{name}}}", display=True)
