"""Pictures in finished editions: drawings are cleaned alike, and half a picture stops the build."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from PIL import Image

from book.build import build_book
from book.check import check_all
from book.problem import BookError

EDITIONS = '[book]\ntitle = "B"\n\n[editions.print]\noutput = "pdf"\n\n[editions.ebook]\noutput = "epub"\n'
CHAPTER = "# One\n\nWords.\n\n![A picture](images/{})\n"
ACTIVE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90" onload="alert(1)"><script>alert(2)</script>'
    '<rect width="60" height="60" fill="#123456"/><image href="/etc/passwd" width="9"/></svg>'
)


def _project(folder: Path, name: str, data: bytes, only: str | None = None) -> Path:
    root = folder / "project"
    (root / "chapters" / "images").mkdir(parents=True)
    head = EDITIONS.partition("\n\n")[0]
    settings = EDITIONS if only is None else f'{head}\n\n[editions.e]\noutput = "{only}"\n'
    (root / "book.toml").write_text(settings)
    (root / "chapters" / "01.md").write_text(CHAPTER.format(name))
    (root / "chapters" / "images" / name).write_bytes(data)
    return root


def test_a_drawing_is_cleaned_in_pdf_and_epub_and_what_was_left_out_is_told(tmp_path: Path) -> None:
    report = build_book(_project(tmp_path, "a.svg", ACTIVE.encode()), jobs=1, isolated=True)
    told = [problem for problem in report.problems if problem.code == "cleaned-drawing"]
    assert [(str(problem.at), problem.message.count(",")) for problem in told] == [("chapters/01.md:5:1", 2)]
    with ZipFile(tmp_path / "project" / "build" / "ebook.epub") as package:
        drawing = next(package.read(name) for name in package.namelist() if name.endswith(".svg"))
    assert b"#123456" in drawing
    assert b"alert" not in drawing
    assert b"passwd" not in drawing
    assert (tmp_path / "project" / "build" / "print.pdf").stat().st_size > 5000


@pytest.mark.parametrize("output", ["pdf", "epub"])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_half_a_picture_stops_the_build_with_its_name(tmp_path: Path, kind: str, output: str) -> None:
    target = BytesIO()
    Image.effect_noise((300, 200), 60).convert("RGB").save(target, kind)
    name = f"half.{kind.lower()}"
    root = _project(tmp_path, name, target.getvalue()[: target.tell() // 2], output)
    with pytest.raises(BookError) as failure:
        build_book(root, jobs=1, isolated=True)
    for problems in (failure.value.problems, check_all(root).problems):
        found = [problem for problem in problems if problem.code == "unreadable-image"]
        assert len(found) == 1
        message = f'the image "chapters/images/{name}" cannot be read: it ends before all of its pixels are there'
        assert found[0].message == message
    assert not (root / "build" / "e.pdf").exists()


def test_html_that_is_called_a_drawing_stops_the_build(tmp_path: Path) -> None:
    root = _project(tmp_path, "a.svg", b"<html><body>no drawing</body></html>")
    with pytest.raises(BookError, match=r'"chapters/images/a\.svg" cannot be read: it is HTML, not SVG'):
        build_book(root, jobs=1, isolated=True)
