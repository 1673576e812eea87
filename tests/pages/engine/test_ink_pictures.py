"""Pictures in the inks of a printing press (CMYK), in whatever format, are printed in their colours."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from book.build import build_book
from tests.conftest import MakeBook


@pytest.mark.parametrize("kind", ["TIFF", "JPEG"])
@pytest.mark.parametrize(("inks", "seen"), [((255, 0, 0, 0), "cyan"), ((0, 0, 255, 0), "yellow")])
def test_a_picture_of_inks_is_printed_in_its_colour(
    make_book: MakeBook, tmp_path: Path, kind: str, inks: tuple[int, int, int, int], seen: str
) -> None:
    written = io.BytesIO()
    Image.new("CMYK", (64, 64), inks).save(written, kind)
    root = make_book(
        {
            "book.toml": '[book]\ntitle = "B"\n\n[editions.print]\noutput = "pdf"\nsections = ["chapters"]\n',
            "chapters/01-first.md": f"# First\n\n![A picture](one.{kind.lower()})\n",
            f"chapters/one.{kind.lower()}": written.getvalue(),
        }
    )
    build_book(root, output=tmp_path / "out", jobs=1, isolated=True)
    subprocess.run(["pdftoppm", "-r", "50", tmp_path / "out" / "print.pdf", tmp_path / "page"], check=True)
    wanted = {"cyan": (0, 174, 239), "yellow": (255, 242, 0)}[seen]
    near = 0
    for page in tmp_path.glob("page*.ppm"):
        with Image.open(page) as opened:
            pixels = opened.tobytes()
        for place in range(0, len(pixels), 3):
            near += all(abs(one - other) < 60 for one, other in zip(pixels[place : place + 3], wanted, strict=True))
    assert near > 400
