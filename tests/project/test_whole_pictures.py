"""Pictures are decoded whole, or refused with a reason."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from book.epub.pictures import fit_picture
from book.project.pictures import picture_fault


def _picture(kind: str) -> bytes:
    target = BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF"])
def test_half_a_picture_is_refused_and_a_whole_one_is_not(kind: str) -> None:
    data = _picture(kind)
    assert picture_fault("a.x", data) is None
    for share in (0.2, 0.5, 0.95):
        assert picture_fault("a.x", data[: int(len(data) * share)]), (kind, share)


def test_a_picture_of_too_many_pixels_is_refused_with_their_number() -> None:
    target = BytesIO()
    Image.new("1", (30_000, 20_000)).save(target, "PNG")
    assert target.tell() < 200_000
    assert picture_fault("a.png", target.getvalue()) == "it has 30000 × 20000 pixels, and at most 89 million are read"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is empty"),
        (b"plain words", "it is of none of the kinds"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n", "it is of none of the kinds"),
        (b"<html><body>x</body></html>", "it is HTML"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "another name"),
    ],
)
def test_what_is_no_picture_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert why in (picture_fault("a.png", data) or "")


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_whose_end_was_lost_is_refused_even_if_zeros_stand_for_its_pixels(kind: str) -> None:
    data = _picture(kind)
    assert picture_fault("a.x", data[: len(data) // 2] + bytes(len(data) // 2))
    assert picture_fault("a.x", data[:-10])
    assert picture_fault("a.x", data + b"what a camera adds" * 100) is None


def test_a_gif_is_one_and_pictures_under_other_wrong_names_are_written_anew_for_e_readers() -> None:
    assert picture_fault("a.gif", _picture("WEBP")) == "it is WEBP under the name of a GIF"
    for kind, suffix, other in (("JPEG", "png", "PNG"), ("PNG", "jpg", "JPEG"), ("PNG", "webp", "WEBP")):
        with Image.open(BytesIO(fit_picture(f"a.{suffix}", _picture(kind)))) as picture:
            assert picture.format == other
