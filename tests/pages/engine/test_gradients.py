"""Gradients that are repeated: without bounds, an average colour; as people repeat them, as the engine draws them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Pdf

from tests.pressed import press_html

ENDLESS = (
    "repeating-linear-gradient(red 0, blue 0.0001px)",
    "repeating-linear-gradient(45deg, red 0, lime 1e-9px, blue 1e-9px)",
    "repeating-linear-gradient(to top left, red, blue 0.0001%)",
    "repeating-linear-gradient(red 100000000px, blue 100000001px)",
    "repeating-linear-gradient(red 0, red 0, blue 0.001px)",
    "repeating-linear-gradient(red calc(100% - 0.0001px), blue 100%)",
    "repeating-radial-gradient(red 0, blue 0.0001px)",
    "repeating-radial-gradient(circle closest-side at 0.00001px 50%, red, blue)",
    "repeating-radial-gradient(circle 0.0001px, red, blue)",
    "repeating-radial-gradient(red 100000000px, blue 100000001px)",
)
REPEATED = (
    "repeating-linear-gradient(45deg, red 0, blue 10px)",
    "repeating-linear-gradient(red, lime 20%, blue 40%)",
    "repeating-linear-gradient(to right, red 5px, blue 8px)",
    "repeating-radial-gradient(red 0, blue 12px)",
    "repeating-radial-gradient(circle farthest-corner at 20px 30%, red, blue 25%)",
)


def size_of(folder: Path, css: str) -> tuple[int, int]:
    """The size of a page with such a background, and how many objects hold shadings."""
    fragment = press_html(folder, f"<p style='height: 90pt; background: {css}'>Words.")
    with Pdf.open(io.BytesIO(fragment.pdf)) as pdf:
        return len(fragment.pdf), sum(b"/ShadingType" in one.unparse(resolved=True) for one in pdf.objects)


@pytest.mark.parametrize("css", ENDLESS)
def test_a_gradient_without_bounds_is_one_colour(tmp_path: Path, css: str) -> None:
    size, shadings = size_of(tmp_path, css)
    assert size < 20_000
    assert shadings == 0


@pytest.mark.parametrize("css", REPEATED)
def test_a_gradient_that_is_seen_is_repeated(tmp_path: Path, css: str) -> None:
    _, shadings = size_of(tmp_path, css)
    assert shadings > 0


SVG = """<svg width="200" height="60"><defs>{gradient}</defs><rect width="200" height="60" fill="url(#g)"/></svg>"""


@pytest.mark.parametrize("spread", ["repeat", "reflect"])
@pytest.mark.parametrize(
    "gradient",
    [
        "<linearGradient id='g' x2='0.0000001' spreadMethod='{}'>{}</linearGradient>",
        "<linearGradient id='g' gradientUnits='userSpaceOnUse' x2='1e-7' spreadMethod='{}'>{}</linearGradient>",
        "<linearGradient id='g' gradientTransform='scale(1e-7)' spreadMethod='{}'>{}</linearGradient>",
        "<radialGradient id='g' r='0.0000001' spreadMethod='{}'>{}</radialGradient>",
        "<radialGradient id='g' fr='0.4999999' r='0.5' spreadMethod='{}'>{}</radialGradient>",
    ],
)
def test_a_gradient_of_a_drawing_has_bounds(tmp_path: Path, gradient: str, spread: str) -> None:
    stops = "<stop offset='0' stop-color='red'/><stop offset='1' stop-color='blue'/>"
    fragment = press_html(tmp_path, SVG.format(gradient=gradient.format(spread, stops)) + "<p>Words.")
    assert len(fragment.pdf) < 100_000
