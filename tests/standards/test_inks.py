from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from book.project.profiles import srgb_profile
from book.standards.inks import Inks, to_srgb
from tests.colour_profile import colour_profile
from tests.preflight import most_ink

PART = st.floats(0, 1)
PRESS = colour_profile()
HALF, FULL = Inks(PRESS, 220), Inks(PRESS, 400)


@given(PART)
def test_grey_is_printed_in_black_alone(level: float) -> None:
    assert FULL.rgb(level, level, level) == (0, 0, 0, round(1 - level, 4))


@given(PART, PART, PART)
def test_no_colour_gets_more_ink_than_the_limit(red: float, green: float, blue: float) -> None:
    assert sum(HALF.rgb(red, green, blue)) <= 2.2001


@given(PART, PART, PART, PART)
def test_a_limit_takes_nothing_from_the_black(cyan: float, magenta: float, yellow: float, black: float) -> None:
    ink = HALF.limit_ink((cyan, magenta, yellow, black))
    assert ink[3] == black
    assert all(after <= before for after, before in zip(ink, (cyan, magenta, yellow), strict=False))


@pytest.mark.parametrize(("colour", "strong"), [((1, 0, 0), {1, 2}), ((0, 1, 0), {0, 2}), ((0, 0, 1), {0, 1})])
def test_colours_become_the_inks_that_make_them(colour: tuple[float, float, float], strong: set[int]) -> None:
    assert {number for number, part in enumerate(FULL.rgb(*colour)) if part > 0.8} == strong


def test_cielab_is_converted_too() -> None:
    red = FULL.lab(54.3, 80.8, 69.9)
    assert red == pytest.approx(FULL.rgb(1, 0, 0), abs=0.06)


def test_a_picture_is_kept_within_the_limit_and_otherwise_as_it_was() -> None:
    picture = Image.merge("RGB", (Image.linear_gradient("L"), Image.radial_gradient("L"), Image.new("L", (256, 256))))
    free, limit_ink = FULL.picture(picture), HALF.picture(picture)
    assert most_ink(free) > 300
    assert most_ink(limit_ink) < 220.01
    light = [number for number, ink in enumerate(zip(*[iter(free.tobytes())] * 4, strict=True)) if sum(ink) < 500]
    assert light
    assert all(free.tobytes()[4 * n : 4 * n + 4] == limit_ink.tobytes()[4 * n : 4 * n + 4] for n in light)


def test_a_picture_without_colour_is_printed_in_black() -> None:
    grey = Image.linear_gradient("L")
    assert FULL.picture(Image.merge("RGB", (grey, grey, grey))).mode == "L"
    assert FULL.picture(grey).tobytes() == grey.tobytes()
    assert FULL.picture(grey.convert("1")).mode == "L"


def test_a_picture_in_cmyk_keeps_its_inks() -> None:
    picture = Image.new("CMYK", (2, 2), (10, 20, 30, 40))
    assert FULL.picture(picture) is picture


@pytest.mark.parametrize("embedded", [b"nonsense", PRESS])
def test_a_picture_with_a_useless_profile_is_read_as_srgb(embedded: bytes) -> None:
    plain = Image.new("RGB", (2, 2), (200, 100, 50))
    tagged = plain.copy()
    tagged.info["icc_profile"] = embedded
    assert FULL.picture(tagged).tobytes() == FULL.picture(plain).tobytes()


def test_a_picture_is_read_with_its_own_profile() -> None:
    tagged = Image.new("RGB", (2, 2), (200, 100, 50))
    tagged.info["icc_profile"] = _swapped()
    assert FULL.picture(tagged).tobytes() != FULL.picture(Image.new("RGB", (2, 2), (200, 100, 50))).tobytes()


def test_a_picture_in_cmyk_is_shown_on_a_screen_by_its_profile() -> None:
    picture = Image.new("CMYK", (1, 1), (0, 255, 255, 0))
    assert to_srgb(picture).mode == "RGB"
    picture.info["icc_profile"] = PRESS
    red, green, blue = to_srgb(picture).tobytes()
    assert red > 200
    assert green < 60
    assert blue < 60


def _swapped() -> bytes:
    """sRGB with red and blue exchanged."""
    return srgb_profile().replace(b"rXYZ", b"none", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"none", b"bXYZ", 1)
