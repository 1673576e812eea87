from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from book.standards.inks import Inks
from book.standards.separation import separate
from tests.colour_profile import colour_profile
from tests.preflight import picture

INKS = Inks(colour_profile(), 300)


def separated(content: bytes, **resources: Dictionary) -> tuple[Pdf, list[str]]:
    """A PDF of one page, separated, and the instructions on the page."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(100, 100))
    pdf.pages[0].obj.Contents = pdf.make_stream(content)
    pdf.pages[0].obj.Resources = pdf.make_indirect(Dictionary({f"/{name}": item for name, item in resources.items()}))
    separate(pdf, INKS)
    return pdf, pdf.pages[0].obj.Contents.read_bytes().decode().splitlines()


def as_ink(line: str) -> tuple[str, list[float]]:
    """The operator of an instruction, and its numbers, to as many places as matter."""
    *values, operator = line.split()
    return operator, rounded(float(value) for value in values)


def rounded(ink: Iterable[float]) -> list[float]:
    return [round(part, 3) for part in ink]


@pytest.mark.parametrize(
    ("content", "ink"),
    [
        (b"0 0 0 rg", [0, 0, 0, 1]),
        (b"0.25 g", [0, 0, 0, 0.75]),
        (b"1 0 0 rg", list(INKS.rgb(1, 0, 0))),
        (b"/DeviceRGB cs 1 0 0 scn", list(INKS.rgb(1, 0, 0))),
        (b"/DeviceCMYK cs 0.1 0.2 0.3 0.4 scn", [0.1, 0.2, 0.3, 0.4]),
        (b"1 1 1 1 k", list(INKS.limit_ink((1, 1, 1, 1)))),
        (b"/lab-d50 cs 50 40 30 scn", list(INKS.lab(50, 40, 30))),
    ],
)
def test_a_colour_is_set_in_inks(content: bytes, ink: list[float]) -> None:
    for written, operator in ((content, "k"), (_for_lines(content), "K")):
        _, lines = separated(written)
        assert [as_ink(line) for line in lines] == [(operator, rounded(ink))]


def _for_lines(content: bytes) -> bytes:
    """The operators that set the colour of lines, in place of those for areas."""
    words = content.split()
    colours = {b"rg", b"g", b"k", b"cs", b"scn"}
    return b" ".join(word.upper() if word in colours else word for word in words)


def test_the_space_of_colours_is_restored_with_the_graphics_state() -> None:
    _, lines = separated(b"/DeviceRGB cs q /DeviceGray cs 0 sc Q 1 1 1 sc")
    assert [as_ink(line) for line in lines if line.endswith("k")] == [("k", [0, 0, 0, 1]), ("k", [0, 0, 0, 0])]


def test_patterns_and_unknown_spaces_stay_as_they_are() -> None:
    _, lines = separated(b"/Pattern cs /p0 scn /Own cs 0.5 scn")
    assert " ".join(lines) == "/Pattern cs /p0 scn /Own cs 0.5 scn"


def test_marked_content_is_dropped_and_what_it_marks_stays() -> None:
    _, lines = separated(b"/P <</MCID 0>> BDC 0 0 10 10 re f EMC /Artifact BMC EMC")
    assert " ".join(lines) == "0 0 10 10 re f"


def test_a_page_of_nothing_has_a_stream_that_every_program_can_read() -> None:
    pdf, _ = separated(b"/Artifact BMC EMC")
    assert pdf.pages[0].obj.Contents.read_bytes() == b"\n"


def test_forms_are_separated_once_with_all_that_they_use() -> None:
    pdf = Pdf.new()
    inner = pdf.make_stream(b"1 0 0 rg", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    inner.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)
    outer = pdf.make_stream(b"/i Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1])
    outer.Resources = Dictionary(XObject=Dictionary(i=inner))
    for _ in range(2):
        pdf.add_blank_page(page_size=(10, 10))
        pdf.pages[-1].obj.Resources = Dictionary(XObject=Dictionary(o=outer))
    separate(pdf, INKS)
    assert as_ink(inner.read_bytes().decode()) == ("k", rounded(INKS.rgb(1, 0, 0)))
    assert Name.DeviceCMYK == inner.Group.CS


def test_a_gradient_runs_from_ink_to_ink() -> None:
    ends = [Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[1, 0, 0], C1=[0, 0, 0]) for _ in range(2)]
    function = Dictionary(FunctionType=3, Domain=[0, 1], Functions=ends, Bounds=[0.5], Encode=[0, 1, 0, 1])
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 1, 0], Function=function)
    mask = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceGray, Coords=[0, 0, 1, 0], Function=Dictionary(C0=[0], C1=[1])
    )
    pdf, _ = separated(b"/s sh", Shading=Dictionary(s=shading, m=mask))
    found = pdf.pages[0].obj.Resources.Shading
    assert found.s.ColorSpace == Name.DeviceCMYK
    assert [float(value) for value in found.s.Function.Functions[1].C0] == pytest.approx(list(INKS.rgb(1, 0, 0)))
    assert [int(value) for value in found.s.Function.Functions[1].C1] == [0, 0, 0, 1]
    assert found.m.ColorSpace == Name.DeviceGray


@pytest.mark.parametrize(("mode", "space"), [("RGB", "/DeviceCMYK"), ("grey", "/DeviceGray"), ("CMYK", "/DeviceCMYK")])
def test_a_photograph_is_printed_as_it_looks(mode: str, space: str) -> None:
    colour = (128, 128, 128) if mode == "grey" else (250, 250, 250, 250) if mode == "CMYK" else (200, 60, 40)
    buffer = BytesIO()
    Image.new("CMYK" if mode == "CMYK" else "RGB", (8, 8), colour).save(buffer, "JPEG", quality=100)
    pdf = Pdf.new()
    image = pdf.make_stream(
        buffer.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=8, Height=8, BitsPerComponent=8,
        ColorSpace=Name.DeviceCMYK if mode == "CMYK" else Name.DeviceRGB, Filter=Name.DCTDecode,
    )  # fmt: skip
    if mode == "CMYK":
        image.Decode = Array([1, 0] * 4)
    pdf.add_blank_page(page_size=(10, 10))
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(i=image))
    separate(pdf, INKS)
    assert str(image.ColorSpace) == space
    wanted = {
        "grey": 128,
        "CMYK": (171, 171, 171, 250),
        "RGB": tuple(255 * part for part in INKS.rgb(*(c / 255 for c in (200, 60, 40)))),
    }
    assert picture(image).getpixel((4, 4)) == pytest.approx(wanted[mode], abs=3)
    assert ("/Decode" in image) is (mode != "grey")
