from __future__ import annotations

import pytest

from book.project.lengths import POINTS, is_length, points


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        ("6in", 432),
        ("6IN", 432),
        ("25.4mm", 72),
        ("2.54Cm", 72),
        ("101.6q", 72),
        ("101.6Q", 72),
        ("10pt", 10),
        ("1pc", 12),
        ("4PX", 3),
        (".5in", 36),
        ("+5e1pt", 50),
        ("-1in", -72),
    ],
)
def test_a_length_of_css_is_read_in_points(length: str, expected: float) -> None:
    assert points(length) == pytest.approx(expected)


@pytest.mark.parametrize("length", ["6", "6em", "50%", "wide", "6 in", "6.in", "1e999", "in", "٦in", "6in\n", ""])
def test_a_length_without_an_absolute_unit_is_refused(length: str) -> None:
    with pytest.raises(ValueError, match="absolute unit"):
        points(length)


@pytest.mark.parametrize("unit", POINTS)
def test_every_unit_is_known_wherever_a_length_is_asked_for(unit: str) -> None:
    assert is_length(f"{432 / POINTS[unit]:.4f}{unit}", 431, 433)
    assert is_length(f"{432 / POINTS[unit]:.4f}{unit.upper()}", 431, 433)


def test_a_length_beyond_all_numbers_is_within_no_limits() -> None:
    assert not is_length("1e999in", 0, 14400)
