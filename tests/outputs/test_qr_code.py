"""The QR code of a handout, read from the picture of its page."""

from __future__ import annotations

from pathlib import Path

import page as page_validation
import pytest
import zxingcpp

from book.build import build_book
from book.project.config import load_project
from tests.conftest import MakeBook
from tests.pdf_checks import faults
from tests.pdf_structure import Structure
from tests.readers import PdfReader, squeeze

SHEET = '[book]\ntitle = "Bread"\nlanguage = "de"\n[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\n'


@pytest.mark.parametrize(
    ("kind", "address", "read"),
    [
        ("full", "https://example.org/{slug}?a=1&b=2", "https://example.org/first?a=1&b=2"),
        ("one-page", "https://example.org/" + "x" * 250, "https://example.org/" + "x" * 250),
        ("full", "https://münchen.example/brot", "https://münchen.example/brot"),
    ],
)
def test_it_leads_to_the_address_also_in_a_grey_copy(
    make_book: MakeBook, tmp_path: Path, kind: str, address: str, read: str
) -> None:
    toml = f'{SHEET}handout = "{kind}"\naddress = "{address}"\n'
    build_book(make_book({"book.toml": toml}), output=tmp_path, jobs=1)
    path = tmp_path / "sheet/first.pdf"
    reader = PdfReader(path)
    picture = reader.document[0].render(scale=150 / 72, grayscale=True).to_pil()
    (code,) = zxingcpp.read_barcodes(picture)
    assert code.text == read
    assert squeeze(read) in squeeze("".join(reader.texts))
    structure = Structure(path)
    (figure,) = structure.find("Figure")
    assert str(figure.object.Alt) == f"QR-Code: {read}"
    assert faults(path) == []
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_without_an_address_there_is_none(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book({"book.toml": SHEET}), output=tmp_path, jobs=1)
    picture = PdfReader(tmp_path / "sheet/first.pdf").document[0].render(scale=150 / 72).to_pil()
    assert zxingcpp.read_barcodes(picture) == []


@pytest.mark.parametrize(
    "address", ["example.org", "javascript:alert(1)", "https://", "https://a b", "https://a/" + "x" * 300]
)
def test_what_is_no_address_on_the_web_is_an_error(make_book: MakeBook, address: str) -> None:
    (problem,) = load_project(make_book({"book.toml": f'{SHEET}address = "{address}"\n'})).problems
    assert (problem.code, problem.at.line) == ("invalid-value", 7)
    assert address in problem.message
