"""Each fault of the layout engine, as it comes and mended. Where a fault is gone, its mend can go."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from book.pages import engine
from book.pages.engine import FAULTS, SPEED

PROGRAM = r"""
import io, json, logging, os, sys, tempfile, warnings
from pathlib import Path

warnings.simplefilter("ignore")
from book.pages.stylesheets import no_system_fonts

os.environ["FONTCONFIG_FILE"] = no_system_fonts()

from book.pages.engine import FAULTS, apply

apply(without=FAULTS if sys.argv[1] == "as it comes" else ())

import pikepdf
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from book.language.fonts import local_rules
from book.pages.engine.faults.completeness import incomplete

logging.getLogger("weasyprint").addHandler(logging.NullHandler())
RULES = "html { font: 10pt/14pt 'Source Serif Pro' } body, p, h2 { margin: 0; font-size: 10pt }"


def render(body, page="size: 400pt 100pt; margin: 0", base=None):
    fonts = FontConfiguration()
    sheet = CSS(string=f"{local_rules()} @page {{ {page} }} {RULES}", font_config=fonts)
    html = HTML(string=f"<html lang='en'><body>{body}", base_url=base)
    return html, html.render(stylesheets=[sheet], font_config=fonts)


def lines(box):
    return ["".join(one.text for one in line.descendants() if hasattr(one, "text"))
            for line in box.descendants() if isinstance(line, LineBox)]


def operators(body, base=None):
    found = []
    def finish(document, pdf):
        for one in pdf.objects:
            stream = getattr(one, "stream", None)
            found.extend(b" ".join(part if isinstance(part, bytes) else part.data for part in stream).split()
                         if isinstance(stream, list) else [])
    render(body, base=base)[1].write_pdf(finisher=finish, uncompressed_pdf=True)
    return found


def line_breaks():
    # a line that a float stands beside is left to the engine
    body = ("<p style='width: 102.5pt'><span style='float: right'></span>"
            "One two three four five <em>emphasised</em> words.")
    return lines(render(body)[1].pages[0]._page_box)


def links():
    note = "<p>Called<span class='footnote' id='n' style='float: footnote' data-href='book:x#n'>The note.</span>"
    raised = "<p>Raised<a href='https://example.org/' style='line-height: 0'>1</a></p>"
    return {
        "calls": [link[1] for link in render(note)[1].pages[0].links],
        "heights": [link[2][3] - link[2][1] for link in render(raised)[1].pages[0].links],
    }


def drawings():
    body = "<svg width=200 height=40><text x=5 y=20 font-family='Source Serif Pro'>AV words</text></svg>"
    return sum(one in (b"Tj", b"TJ") for one in operators(body))


def font_languages():
    # the italic lacks a letter of the lists for some languages that the roman has
    body = "".join(f"<p><i>and <span lang='{one}'>word</span></i>" for one in ("cy", "ga", "af", "vi", "mi", "la"))
    faces = set()
    def finish(document, pdf):
        faces.update(one["BaseFont"].rpartition(b"+")[2].decode() for one in pdf.objects
                     if isinstance(one, dict) and one.get("Subtype") == "/Type0")
    render(body)[1].write_pdf(finisher=finish)
    return sorted(faces)


def font_names():
    # newer releases of Pango write features behind the name of a face, as these families have them
    from font_source_serif_pro import __file__ as package
    file = (Path(package).parent / "files" / "SourceSerifPro-Regular.otf").as_uri()
    families = ("Face", "Face #kern", "Face #lnum=1")
    faces = "".join(f"@font-face {{ font-family: '{one}'; src: url({file}) }}" for one in families)
    names = set()
    def finish(document, pdf):
        for one in pdf.objects:
            if isinstance(one, dict) and one.get("Subtype") == "/Type0":
                names.add(one["BaseFont"])
    fonts = FontConfiguration()
    sheet = CSS(string=faces, font_config=fonts)
    body = "".join(f"<p style=\"font-family: '{one}'\">Text" for one in families)
    HTML(string=body).render(stylesheets=[sheet], font_config=fonts).write_pdf(finisher=finish)
    return len(names)


def gradients():
    body = "<p style='height: 300px; background: repeating-linear-gradient(red 0, blue 0.01px)'>Words"
    return len(render(body)[1].write_pdf(uncompressed_pdf=True)) > 200_000


def image_names():
    names = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder:
            Image.new("RGB", (4, 4), (200, 0, 0)).save(Path(folder) / "one.png")
            found = operators("<img src='one.png' width=20 height=20>", Path(folder).as_uri() + "/")
            names.append([found[place - 1].decode() for place, one in enumerate(found) if one == b"Do"])
    return names[0] == names[1] != []


def deep_images():
    # a scan with 16 bits of grey
    def shade(document, pdf):
        for one in pdf.objects:
            extra = getattr(one, "extra", {})
            if extra.get("Subtype") == "/Image":
                found.append(str(extra["ColorSpace"]))
    with tempfile.TemporaryDirectory() as folder:
        found = []
        Image.new("I;16", (4, 4), 0x8080).save(Path(folder) / "one.png")
        render("<img src='one.png' width=20 height=20>", base=Path(folder).as_uri() + "/")[1].write_pdf(finisher=shade)
    return found


def rtl_drawings():
    # a drawing without a size of its own, inline in a block from right to left
    drawing = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 1'><path d='M0 0h9v1z'/></svg>"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "one.svg").write_text(drawing)
        try:
            page = render("<p style='direction: rtl'><img src='one.svg'>", base=Path(folder).as_uri() + "/")
        except AttributeError as failure:
            return str(failure).rpartition(" ")[2]
        (image,) = (box for box in page[1].pages[0]._page_box.descendants() if hasattr(box, "replacement"))
        return round(image.width)


def continued():
    body = "<section data-continued='2015 (continued)'><h2>2015</h2>" + "<p>Entry</p>" * 9 + "</section>"
    return [lines(page._page_box)[0] for page in render(body)[1].pages]


def long_notes():
    # a note of more lines than the page has room for below its call
    words = " ".join(f"The note says {number} and goes on." for number in range(12))
    body = "<p>Text" * 3 + f"<p>It is called<span style='float: footnote'>{words}</span>" + "<p>More" * 3
    pages = [lines(page._page_box) for page in render(body)[1].pages]
    (called,) = [number for number, page in enumerate(pages) if any("It is called" in line for line in page)]
    (begun,) = [number for number, page in enumerate(pages) if any("says 0" in line for line in page)]
    return begun - called


def completeness():
    # a table's head is left out where a row has no room beside it
    table = ("<table><thead><tr><th style='height: 80pt'>Head</thead><tbody><tr><td style='height: 60pt'>Cell</table>")
    html, document = render(table)
    return len(list(incomplete(document.pages, html.etree_element)))


def narrowest():
    # how many letters are laid out for each of a cell that may be broken anywhere
    from weasyprint.text import line_break
    laid, create_layout = [], line_break.create_layout
    line_break.create_layout = lambda text, *rest: (laid.append(len(text)), create_layout(text, *rest))[1]
    render(f"<table style='overflow-wrap: anywhere'><tr><td>{'a' * 800}</table>")
    line_break.create_layout = create_layout
    return sum(laid) > 200 * 800


def structure_tree():
    def roles(body):
        with pikepdf.open(io.BytesIO(render(body)[1].write_pdf(pdf_tags=True))) as pdf:
            found = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary)]
            return [str(one.S)[1:] for one in found if "/S" in one and "/P" in one]
    note = "<p>Called<span class='footnote' id='n' style='float: footnote' data-href='book:x#n'>The note.</span>"
    return {
        "paragraphs": roles("<p>" + "Words that fill the page. " * 40).count("P"),
        "note": sorted(set(roles(note)) & {"Note", "NonStruct"}),
    }


from weasyprint.text.ffi import pango

print(json.dumps({"pango": pango.pango_version(), **{name: globals()[name]() for name in FAULTS}}))
"""

EXPECTED: Mapping[str, tuple[object, object]] = {
    "line_breaks": (
        ["One", "two three four five", "emphasised words."],
        ["One two three four five", "emphasised words."],
    ),
    "links": ({"calls": [], "heights": [0]}, {"calls": ["book:x#n"], "heights": [pytest.approx(10 / 0.75)]}),
    "drawings": (7, 1),
    "font_languages": (["Source-Serif-Pro", "Source-Serif-Pro-Italic"], ["Source-Serif-Pro-Italic"]),
    "font_names": (3, 1),
    "gradients": (True, False),
    "image_names": (False, True),
    "deep_images": (["/DeviceRGB"], ["/DeviceGray"]),
    "rtl_drawings": ("'position_x'", 533),
    "continued": (["2015", "Entry"], ["2015", "2015 (continued)"]),
    "long_notes": (1, 0),
    "completeness": (0, 1),
    "narrowest": (True, False),
    "structure_tree": ({"paragraphs": 2, "note": ["NonStruct"]}, {"paragraphs": 1, "note": ["Note"]}),
}
"""For each fault, what the engine does by itself, and mended."""
GONE = {"line_breaks": 15603}
"""Faults of Pango, with the release (1.56.3 is 15603) that was seen without them."""


@pytest.fixture(scope="module")
def facts() -> Mapping[str, Mapping[str, Any]]:
    """What the engine does as it comes, and with its faults mended: each in a process of its own."""
    root = Path(__file__).resolve().parents[3]
    found = {}
    for state in ("as it comes", "mended"):
        command = [sys.executable, "-c", PROGRAM, state]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        found[state] = json.loads(done.stdout)
    return found


def test_every_fault_is_shown() -> None:
    assert set(EXPECTED) == set(FAULTS)


def test_upstream_is_told_of_every_mend_in_a_few_sentences_with_an_input_and_a_change() -> None:
    page = (Path(engine.__file__).parent / "UPSTREAM.md").read_text(encoding="utf-8")
    told = dict(zip(*[iter(re.split(r"^### `(\w+)`$", page, flags=re.MULTILINE)[1:])] * 2, strict=True))
    assert set(told) == {*FAULTS, *SPEED}
    for name, text in told.items():
        assert name == "continued" or re.search(r"^```\w+\n[^`]+```\n\nChange `", text, re.MULTILINE), name


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_there_and_its_mend_mends_it(facts: Mapping[str, Mapping[str, Any]], name: str) -> None:
    as_it_comes, mended = EXPECTED[name]
    gone = name in GONE and facts["mended"]["pango"] >= GONE[name]
    assert facts["as it comes"][name] == (mended if gone else as_it_comes), "the engine does without: the mend can go"
    assert facts["mended"][name] == mended
