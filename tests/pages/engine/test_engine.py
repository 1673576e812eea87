"""Each fault of the layout engine as it comes, and its mend. Where a fault is gone, its mend can go."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

PROGRAM = """
import json, os, sys, warnings

warnings.simplefilter("ignore")
from book.pages.press import _no_system_fonts

os.environ["FONTCONFIG_FILE"] = _no_system_fonts()

from weasyprint import CSS, HTML
from weasyprint.formatting_structure.boxes import LineBox
from weasyprint.text.fonts import FontConfiguration

from book.pages.engine import mend
from book.language.fonts import local_rules

if sys.argv[1] == "mended":
    mend()
fonts = FontConfiguration()
rules = "@page { size: 400pt 100pt; margin: 0 } html { font: 10pt/14pt 'Source Serif Pro' } body, p { margin: 0 }"
sheet = CSS(string=local_rules() + rules, font_config=fonts)


def render(body):
    return HTML(string=f"<html lang='en'><body>{body}").render(stylesheets=[sheet], font_config=fonts)


def lines(body):
    boxes = render(body).pages[0]._page_box.descendants()
    return ["".join(box.text for box in line.descendants() if hasattr(box, "text"))
            for line in boxes if isinstance(line, LineBox)]


def roles(body):
    found = []
    def finish(document, pdf):
        found.extend(one["S"][1:] for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem")
    render(body).write_pdf(pdf_tags=True, finisher=finish)
    return found


note = "<p>Called<span class='footnote' id='n' style='float: footnote' data-href='book:x#n'>The note.</span>"
print(json.dumps({
    "lines": lines("<p style='width: 102.5pt'>One two three four five <em>emphasised</em> words.</p>"),
    "calls": [link[1] for link in render(note).pages[0].links],
    "heights": [link[2][3] - link[2][1] for link in render(
        "<p>Raised<a href='https://example.org/' style='line-height: 0'>1</a></p>").pages[0].links],
    "paragraph": roles("<p>" + "Words that fill the page. " * 40 + "</p>").count("P"),
    "note": sorted(set(roles(note)) & {"Note", "NonStruct"}),
}))
"""


@pytest.fixture(scope="module")
def as_it_comes() -> Mapping[str, Any]:
    return facts("as it comes")


@pytest.fixture(scope="module")
def mended() -> Mapping[str, Any]:
    return facts("mended")


def facts(state: str) -> Mapping[str, Any]:
    """What the engine does, in a process of its own."""
    root = Path(__file__).resolve().parents[3]
    done = subprocess.run([sys.executable, "-c", PROGRAM, state], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def test_a_line_before_an_inline_element_is_as_full_as_others(
    as_it_comes: Mapping[str, Any], mended: Mapping[str, Any]
) -> None:
    assert as_it_comes["lines"] == ["One", "two three four five", "emphasised words."]
    assert mended["lines"] == ["One two three four five", "emphasised words."]


def test_the_call_of_a_note_is_a_link_to_it(as_it_comes: Mapping[str, Any], mended: Mapping[str, Any]) -> None:
    assert as_it_comes["calls"] == []
    assert mended["calls"] == ["book:x#n"]


def test_a_link_in_a_low_line_is_as_high_as_its_text(as_it_comes: Mapping[str, Any], mended: Mapping[str, Any]) -> None:
    assert as_it_comes["heights"] == [0]
    assert mended["heights"] == [pytest.approx(10 / 0.75)]


def test_the_engine_s_own_structure_tree_is_not_written(
    as_it_comes: Mapping[str, Any], mended: Mapping[str, Any]
) -> None:
    assert as_it_comes["paragraph"] > 1
    assert mended["paragraph"] == 1
    assert as_it_comes["note"] == ["NonStruct"]
    assert mended["note"] == ["Note"]
