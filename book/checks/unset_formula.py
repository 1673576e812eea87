"""Every formula must be set as such: as MathML in an EPUB, as a drawing in print."""

from __future__ import annotations

from collections.abc import Iterator

from book.manuscript.formulas import EXTRA, FormulaError, available, drawing, mathml
from book.model.manuscript import Manuscript
from book.problem import Problem, error, warning


def check(manuscript: Manuscript) -> Iterator[Problem]:
    """An `unset-formula` for each formula that is shown as its source, an `invalid-formula` for one in no known TeX."""
    for chapter in manuscript.chapters:
        for formula in chapter.formulas:
            if not available():
                message = f'the formula "{formula.tex[:60]}" is shown as its source'
                yield warning(
                    "unset-formula", message, formula.at, f"formulas are set by an extra: pip install {EXTRA}"
                )
                continue
            try:
                mathml(formula.tex, display=False)
                drawing(formula.tex, display=False)
            except FormulaError as failure:
                message = f'the formula "{formula.tex[:60]}" cannot be read: {failure}'
                yield error("invalid-formula", message, formula.at, "write it in the TeX of LaTeX's mathematics")
