"""Running heads and folios are artifacts that say where they stand, and nothing else of a page is painted unmarked."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from book.build import build_book
from book.pdf.furniture import mark_artifacts
from tests.conftest import MakeBook

PAINTING = {"Tj", "TJ", "'", '"', "S", "f", "F", "f*", "B", "Do", "sh"}


def form(pdf: Pdf, content: bytes) -> Stream:
    """A form as large as a page of 100 × 200 points."""
    made = Stream(pdf, content)
    made.BBox = Array([0, 0, 100, 200])
    made.Type, made.Subtype = Name.XObject, Name.Form
    return made


def marks(content: pikepdf.Object) -> list[tuple[str, str]]:
    """For everything that a form paints: the operator, and the subtype of the artifact around it."""
    found: list[tuple[str, str]] = []
    stack: list[str] = []
    for instruction in pikepdf.parse_content_stream(content):
        operands: Any = instruction.operands
        name = str(instruction.operator)
        if name in ("BDC", "BMC"):
            entries = operands[1] if len(operands) > 1 else Dictionary()
            assert (str(operands[0]), str(entries.get("/Type"))) == ("/Artifact", "/Pagination")
            stack.append(str(entries.get("/Subtype")))
        elif name == "EMC":
            stack.pop()
        elif name in PAINTING:
            found.append((name, stack[-1] if stack else "unmarked"))
    assert stack == []
    return found


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"BT 1 0 0 1 10 190 Tm <00> Tj ET", [("Tj", "/Header")]),
        (b"BT 1 0 0 1 10 10 Tm <00> Tj ET", [("Tj", "/Footer")]),
        (b"1 0 0 -1 0 200 cm q BT 1 0 0 -1 10 10 Tm <00> Tj ET Q", [("Tj", "/Header")]),
        (b"q 0.5 0 0 0.5 0 0 cm BT 1 0 0 1 10 380 Tm <00> Tj ET Q", [("Tj", "/Header")]),
        (b"0 190 100 5 re W n 0 5 100 1 re f", [("f", "/Footer")]),
        (b"q 10 0 0 10 5 180 cm /Im0 Do Q q 10 0 0 10 5 5 cm /Im0 Do Q", [("Do", "/Header"), ("Do", "/Footer")]),
        (b"0 150 m 100 150 l S BT 1 0 0 1 1 1 Tm [<00> 5 <00>] TJ ET", [("S", "/Header"), ("TJ", "/Footer")]),
        (b"q Q", []),
    ],
)
def test_what_is_painted_is_a_header_or_a_footer_by_its_place(content: bytes, expected: list[tuple[str, str]]) -> None:
    pdf = Pdf.new()
    made = form(pdf, content)
    before = [str(one.operator) for one in pikepdf.parse_content_stream(made)]
    made.write(mark_artifacts(made))
    assert marks(made) == expected
    after = [str(one.operator) for one in pikepdf.parse_content_stream(made)]
    assert [name for name in after if name not in ("BDC", "EMC")] == before


def test_the_furniture_of_a_book_is_marked_on_every_page(make_book: MakeBook, tmp_path: Path) -> None:
    settings = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'
    chapter = "# First\n\n" + "Words of a paragraph that goes on for some lines. " * 300
    build_book(make_book({"book.toml": settings, "chapters/01-first.md": chapter}), output=tmp_path, jobs=1)
    found: Counter[tuple[str, ...]] = Counter()
    with pikepdf.open(tmp_path / "print.pdf") as pdf:
        for page in pdf.pages:
            if "/XObject" in page.Resources and "/Furniture" in page.Resources.XObject:
                found[tuple(kind for _, kind in marks(page.Resources.XObject.Furniture))] += 1
    assert found[("/Header", "/Header")] >= 2  # a running head and a folio
    assert found[("/Footer",)] >= 1  # the folio of an opening page
    assert {kind for kinds in found for kind in kinds} == {"/Header", "/Footer"}
