"""The file of a fragment says what pydyf's own would, and is a sound PDF."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

import pikepdf
import pydyf
import pytest
from PIL import Image

from book.language.fonts import local_rules
from book.pages.engine import mend
from book.pages.engine.speed.fragment_file import write_fragment
from book.pages.engine.typography.faces import number_text


def picture() -> str:
    """A picture with transparent pixels, as an address."""
    written = BytesIO()
    Image.new("RGBA", (4, 4), (200, 10, 10, 90)).save(written, "PNG")
    return f"data:image/png;base64,{b64encode(written.getvalue()).decode()}"


BODY = f"""
<h1 id="top">Édité (and) \\ bound</h1>
<p style="background: linear-gradient(red, #0000ff40); opacity: 0.5">One <a href="https://example.org/ö(a)">two</a></p>
<p style="text-decoration: underline; color: device-cmyk(0 1 0.5 0.25)">three <a href="#top">four</a></p>
<img src="{picture()}" alt="a 'red' square"><svg width="9" height="9"><circle r="3.3" fill="blue"/></svg>
"""


def files(**options: Any) -> tuple[bytes, bytes]:
    """A document as pydyf writes it, and as this program does."""
    mend()
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()  # those of the system may be out of sight
    sheet = CSS(string=f"{local_rules()} html {{ font-family: 'Source Serif Pro' }}", font_config=fonts)
    document = HTML(string=BODY).render(stylesheets=[sheet], font_config=fonts)
    found: list[bytes] = []

    def write(_document: object, pdf: Any) -> None:
        written = BytesIO()
        write_fragment(pdf, written, "1.7")
        found.append(written.getvalue())

    return document.write_pdf(pdf_version="1.7", **options), document.write_pdf(finisher=write, **options) and found[0]


def contents(pdf: bytes) -> dict[int, tuple[bytes, bytes]]:
    """What is in a file, by the number of the object: the data of a stream, and the entries."""
    found: dict[int, tuple[bytes, bytes]] = {}
    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Stream) and item.get("/Type") not in ("/XRef", "/ObjStm"):
                del item.stream_dict["/Length"]
                found[item.objgen[0]] = item.read_raw_bytes(), item.stream_dict.unparse(resolved=True)
            elif isinstance(item, pikepdf.Dictionary):
                found[item.objgen[0]] = b"", item.unparse(resolved=True)
    return found


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("uncompressed", [True, False])
def test_both_files_hold_the_same(tagged: bool, uncompressed: bool) -> None:
    theirs, ours = (contents(pdf) for pdf in files(pdf_tags=tagged, uncompressed_pdf=uncompressed))
    assert len(theirs) > 10
    assert ours == theirs


def test_the_file_is_sound() -> None:
    _, ours = files(pdf_tags=True)
    with pikepdf.open(BytesIO(ours)) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.pages) == 1


@pytest.mark.parametrize(("value", "text"), [(1.0, "1"), (-0.25, "-0.25"), (1e-7, "0."), (123456.789, "123456.789")])
def test_numbers_are_written_as_by_pydyf(value: float, text: str) -> None:
    assert number_text(value) == text
    assert pydyf.Array([value]).data == f"[{text}]".encode()


def test_a_file_holds_more_objects_than_two_bytes_can_count() -> None:
    pdf = pydyf.PDF()
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "MediaBox": pydyf.Array([0, 0, 9, 9])}))
    for number in range(70_000):
        pdf.add_object(pydyf.Dictionary({"Number": number}))
    written = BytesIO()
    write_fragment(pdf, written, "1.7")
    with pikepdf.open(written) as document:
        numbers = [int(item.Number) for item in document.objects if "/Number" in item]
    assert numbers == list(range(70_000))
