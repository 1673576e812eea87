"""Draws the page that shows each design: the opening of a chapter of the sample book and the page behind it."""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

from book import build_book
from book.composition.styles import DESIGN_FOLDER
from book.project.designs import DESIGNS

ROOT = Path(__file__).parent.parent
FILES = ("chapters", "sources.yaml", "transcripts", "book.toml")
"""What the sample book is made of, without its own stylesheets."""
SCALE = 1.25
"""Pixels per pt."""


def draw(design: str, folder: Path) -> Image.Image:
    """Two pages of the sample book in a design, side by side; `folder` is an empty one."""
    for name in FILES:
        source = ROOT / name
        shutil.copytree(source, folder / name) if source.is_dir() else shutil.copy(source, folder / name)
    settings = folder / "book.toml"
    text = re.sub(r"(?m)^styles = .*\n", "", settings.read_text("utf-8"))
    settings.write_text(text.replace("\nlanguage =", f'\ndesign = "{design}"\nlanguage =', 1), "utf-8")
    build_book(folder, ["print"])
    with pypdfium2.PdfDocument(folder / "build" / "print.pdf") as document:
        first = next(n for n, page in enumerate(document) if "first demand" in page.get_textpage().get_text_range())
        pages = [document[first + n].render(scale=SCALE, grayscale=True).to_pil() for n in (0, 1)]
    spread = Image.new("L", (sum(page.width for page in pages) + 4, pages[0].height), 180)
    spread.paste(pages[0], (0, 0))
    spread.paste(pages[1], (pages[0].width + 4, 0))
    return spread


if __name__ == "__main__":
    for name in DESIGNS:
        with tempfile.TemporaryDirectory() as empty:
            drawn = draw(name, Path(empty))
        drawn.quantize(16).save(DESIGN_FOLDER / name / "page.png", optimize=True)
        print(DESIGN_FOLDER / name / "page.png")
