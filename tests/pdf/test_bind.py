from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from book.build import build_book
from tests.readers import PdfReader, squeeze

if TYPE_CHECKING:
    from tests.conftest import MakeBook


@pytest.fixture(scope="module")
def printed(built_sample: Path) -> PdfReader:
    return PdfReader(built_sample / "print.pdf")


def test_page_labels_are_the_folios(printed: PdfReader) -> None:
    first = printed.labels.index("1")
    assert first % 2 == 0
    assert printed.labels[:4] == ["i", "ii", "iii", "iv"]
    assert printed.labels[first:] == [str(number) for number in range(1, len(printed.labels) - first + 1)]


def test_a_link_keeps_the_zoom_of_the_reader_and_a_section_is_shown_from_its_left_edge(project: Path) -> None:
    build_book(project, ["print"], jobs=1)
    printed = PdfReader(project / "build" / "print.pdf")
    names = list(printed.pdf.Root.Names.Dests.Names)
    found = dict(zip(map(str, names[::2]), names[1::2], strict=True))
    assert {(str(one[1]), float(one[4])) for one in found.values()} == {("/XYZ", 0.0)}  # ISO 32000-1, 12.3.2.2
    sections = [one for name, one in found.items() if "#" not in name]
    assert sections
    assert {float(one[2]) for one in sections} == {0.0}


def test_every_link_inside_the_book_has_a_destination(printed: PdfReader) -> None:
    links = [link for link in printed.links() if ":" not in link.target]
    assert len(links) > 50
    assert {link.target for link in links} - set(printed.destinations) == set()


def test_the_outline_has_every_chapter_and_the_headings_in_it(printed: PdfReader) -> None:
    with printed.pdf.open_outline() as outline:
        titles = {str(item.title): [str(child.title) for child in item.children] for item in outline.root}
    assert "Chronological index" in titles
    assert len(titles["3 Precision"]) >= 3


def test_the_catalogue_and_the_metadata_describe_the_book(printed: PdfReader) -> None:
    root = printed.pdf.Root
    assert str(root.Lang) == "en-GB"
    assert bool(root.MarkInfo.Marked)
    assert bool(root.ViewerPreferences.DisplayDocTitle)
    with printed.pdf.open_metadata() as xmp:
        assert xmp["dc:title"] == "Poverty Alleviation in Five Themes"
        assert xmp["pdfuaid:part"] == "1"
        assert xmp["dc:language"] == {"en-GB"}


def test_the_page_furniture_is_an_artifact(printed: PdfReader) -> None:
    page = printed.pdf.pages[printed.labels.index("2")]
    contents = page.Contents
    first = contents[0] if isinstance(contents, pikepdf.Array) else contents
    assert first.read_bytes() == b"q /Furniture Do Q\n"
    assert page.Resources.XObject.Furniture.read_bytes().count(b"/Artifact") == 2  # running head and folio


def test_a_blank_verso_is_blank(printed: PdfReader) -> None:
    blank = [number for number, text in enumerate(printed.texts) if not squeeze(text)]
    assert blank
    assert all(number % 2 == 1 for number in blank)


def test_metadata_with_several_subjects_is_the_same_in_every_process(make_book: MakeBook, tmp_path: Path) -> None:
    import os
    import subprocess
    import sys

    subjects = [f"subject {number}" for number in range(12)]
    root = make_book({"book.toml": f'[book]\ntitle = "B"\nsubjects = {subjects}\n[editions.print]\noutput = "pdf"\n'})
    results = set()
    for seed in ("1", "2"):
        output = tmp_path / seed
        command = [
            sys.executable,
            "-m",
            "book",
            "build",
            "--project",
            str(root),
            "--output",
            str(output),
            "--jobs",
            "1",
        ]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        results.add((output / "print.pdf").read_bytes())
    assert len(results) == 1


def test_the_date_in_the_file_is_source_date_epoch(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    build_book(project, ["print"], output=tmp_path, jobs=1)
    with pikepdf.open(tmp_path / "print.pdf") as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20231114221320+00'00"


def test_text_can_be_found_and_copied_with_its_ligatures_and_accents(make_book: MakeBook, tmp_path: Path) -> None:
    words = "An office affair of naïve Žižek, 2015–2016: “official”."
    text = f"---\ntitle: Words\n---\n\n{words} [@talk-2013]\n"
    build_book(make_book({"chapters/01-first.md": text}), ["print"], output=tmp_path, jobs=1)
    document = pypdfium2.PdfDocument(tmp_path / "print.pdf")
    assert squeeze(words) in squeeze("".join(page.get_textpage().get_text_range() for page in document))
