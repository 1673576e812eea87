"""Failures of the layout engine's arithmetic are blamed on the stylesheet that has impossible measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.pages.measures import measures_blamed
from book.problem import BookError


def test_a_division_by_zero_is_blamed_on_the_last_stylesheet_of_the_project(tmp_path: Path) -> None:
    sheets = ["/elsewhere/base.css", str(tmp_path / "one.css"), str(tmp_path / "styles" / "two.css")]
    with (
        pytest.raises(BookError, match=r"styles/two\.css: error\[layout-engine\]: chapters/a\.md cannot be set"),
        measures_blamed("chapters/a.md", str(tmp_path), sheets),
    ):
        raise ZeroDivisionError("division by zero")


def test_a_failure_without_a_stylesheet_of_the_project_stays_a_defect_of_the_program(tmp_path: Path) -> None:
    with pytest.raises(OverflowError), measures_blamed("chapters/a.md", str(tmp_path), ["/elsewhere/base.css"]):
        raise OverflowError
