"""Pictures in finished editions: drawings are cleaned alike, and half a picture stops the build."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image

from book.build import build_book
from book.check import check_all
from book.epub.features import SVG as SVG_NAMESPACE
from book.problem import BookError
from tests.outputs.test_epub import epubcheck_messages
from tests.pdf_checks import faults
from tests.pdf_structure import Structure
from tests.readers import XHTML, EpubReader

SVG = f"{{{SVG_NAMESPACE}}}"

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


DESCRIBED = """\
# One

![A map of the province](images/a.svg "The province")

::: description
North of the river lie the old villages.
:::

Words behind it.
"""


def test_a_long_description_is_what_the_picture_refers_to_and_is_read_behind_it(tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="6" height="6"/></svg>'
    root = _project(tmp_path, "a.svg", drawing.encode())
    (root / "chapters" / "01.md").write_text(DESCRIBED)
    build_book(root, jobs=1)
    ebook = EpubReader(root / "build" / "ebook.epub")
    (image,) = (one for document in ebook.documents.values() for one in document.iter(f"{XHTML}img")
                if one.get("aria-details"))  # fmt: skip
    target = ebook.target("EPUB/01.xhtml", f"#{image.get('aria-details')}")
    assert target is not None
    assert " ".join("".join(map(str, target.itertext())).split()) == "North of the river lie the old villages."
    assert b">longDescription<" in ebook.files["EPUB/content.opf"]
    assert epubcheck_messages((root / "build" / "ebook.epub").read_bytes(), tmp_path) == []
    structure = Structure(root / "build" / "print.pdf")
    assert faults(root / "build" / "print.pdf") == []
    read = [(one.type, structure.text(one).strip()) for one in structure.find("Figure", "P")]
    place = next(number for number, (kind, _) in enumerate(read) if kind == "Figure")
    words = [text for _, text in read[place + 1 :]]
    assert words.index("North of the river lie the old villages.") < words.index("Words behind it.")


def test_the_drawing_of_a_timeline_is_described_by_its_list_of_times_or_in_words(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "chapters").mkdir(parents=True)
    sections = 'sections = ["titlepage", "contents", "chapters", "timeline"]\n'
    (root / "book.toml").write_text(EDITIONS.replace('"pdf"\n', f'"pdf"\n{sections}'))
    (root / "chapters" / "01.md").write_text("# One\n\n" + " ".join(f"[@s{n}]" for n in range(5)) + "\n")
    sources = (f'- {{id: s{n}, type: speech, title: "Speech {n}", issued: 201{n}-05-0{n + 1}}}\n' for n in range(5))
    (root / "sources.yaml").write_text("".join(sources))
    build_book(root, jobs=1)
    drawing = next(EpubReader(root / "build" / "ebook.epub").documents["EPUB/timeline.xhtml"].iter(f"{SVG}svg"))
    assert drawing.get("aria-details") == "drawing-times"
    times = drawing.getparent().find(f"{XHTML}ol[@id='drawing-times']")  # type: ignore[union-attr]
    assert times is not None
    assert len(times) == 5
    with pikepdf.open(root / "build" / "print.pdf") as pdf:
        alternatives = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert any("May 3, 2012: Speech 2." in alternative for alternative in alternatives)
