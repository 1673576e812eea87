"""Pictures scaled down for e-readers, read back with Pillow."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

from book.epub.pictures import LONGEST, fit_picture

ORIENTATION = 0x0112
"""The EXIF tag that says how a camera was held."""


def picture(kind: str, mode: str, size: tuple[int, int], **options: Any) -> bytes:
    """A black picture."""
    image = Image.new(mode, size)
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def read(data: bytes) -> Image.Image:
    """A picture, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.JPEG", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")]
)
def test_a_large_picture_is_scaled_to_the_longest_side_in_its_own_format(name: str, kind: str) -> None:
    scaled = read(fit_picture(name, picture(kind, "RGB", (3000, 1500))))
    assert (scaled.format, scaled.size) == (kind, (LONGEST, LONGEST // 2))


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP")])
def test_a_small_picture_passes_byte_for_byte(name: str, kind: str) -> None:
    data = picture(kind, "RGB", (LONGEST, 10))
    assert fit_picture(name, data) == data


def test_a_drawing_passes_unread() -> None:
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    assert fit_picture("a.svg", drawing) == drawing


def test_a_moving_picture_keeps_moving() -> None:
    frames = [Image.new("L", (2100, 4), shade) for shade in (0, 255)]
    target = io.BytesIO()
    frames[0].save(target, "WEBP", save_all=True, append_images=frames[1:])
    assert fit_picture("a.webp", target.getvalue()) == target.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_can_be_scaled(mode: str) -> None:
    scaled = read(fit_picture("a.png", picture("PNG", mode, (2050, 4))))
    assert scaled.size[0] == LONGEST
    assert ("A" in scaled.mode) == ("A" in mode)


def test_equal_pictures_give_equal_bytes() -> None:
    data = picture("JPEG", "RGB", (2100, 40))
    assert fit_picture("a.jpg", data) == fit_picture("a.jpg", data)


def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    scaled = read(fit_picture("a.jpg", picture("JPEG", "RGB", (3000, 1000), exif=exif)))
    assert scaled.size[0] < scaled.size[1]
    assert not scaled.getexif()


def test_inks_become_screen_colours_whatever_the_size() -> None:
    assert read(fit_picture("a.jpg", picture("JPEG", "CMYK", (10, 10)))).mode == "RGB"


@pytest.mark.parametrize(
    "damage", [lambda _: b"no picture", lambda data: data[:60], lambda data: data[:45] + b"?" * 99]
)
def test_what_is_no_whole_picture_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(OSError, match=r"\w"):
        fit_picture("a.png", damage(picture("PNG", "RGB", (2100, 40))))


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.project.pictures.MOST_PIXELS", 1000)
    with pytest.raises(OSError, match="2100 × 40 pixels"):
        fit_picture("a.png", picture("PNG", "L", (2100, 40)))
