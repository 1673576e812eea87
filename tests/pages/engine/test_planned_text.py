"""Whatever is in a paragraph: planned, it has the same words as in the engine's own lines, and no others.

Each document is set twice, in processes of their own: with all mends and `text-wrap: pretty`, and by the engine alone.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pytest

WORDS = "Of the first difficulties flowing from offices, an AVOWAL; Today Voyages were — “quoted” — efficient. "
ARABIC = "وكانت الكلمة الأولى في الكتاب هي السلام على من اتبع الهدى"
CHINESE = "改革开放以来,我们取得一切成绩和进步的根本原因,归结起来就是:开辟了道路。"
OTHERS = "слово 漢字 λόγος fi—ffl A.V. x̂́ e&#769;a in&shy;ter&shy;nal 12"
STYLES = (
    "font-kerning: none",
    "font-style: italic",
    "font-weight: 700",
    "font-variant-caps: small-caps",
    "font-size: 7pt",
    "font-size: 13.3pt; vertical-align: 2pt",
    "word-spacing: 1pt",
    "text-decoration: underline",
    "white-space: nowrap",
)
CASES: Mapping[str, str] = {
    "ragged": f"<p>{WORDS * 4}",
    "justified": f"<p class=j>{WORDS * 6}",
    "justified inline markup": f"<p class=j>{'One <em>two three</em> <b> four</b>five <i>six</i>. ' * 9}",
    "hyphenated": f"<p class=j style='hyphens: auto; width: 90pt'>{'Incomprehensibilities characteristically. ' * 6}",
    "soft hyphens": "<p class=j style='width: 70pt'>" + "incom&shy;prehen&shy;sible character&shy;istic " * 6,
    "spaces of all kinds": f"<p class=j>{'a&nbsp;b&thinsp;c&ensp;d &nbsp; e&#8203;f&#8201;g ' * 12}&nbsp;",
    "spaces kept": "<p class=j style='white-space: pre-wrap'>  a  b   c\n\nd  e " + WORDS,
    "lines kept": "<p style='white-space: pre-line'>a b\nc d\n e",
    "tabs": "<pre>a\tb\tc\nlonger\td\te</pre><pre style='tab-size: 20px'>a\tb</pre>",
    "letter spacing": f"<p class=j style='letter-spacing: 1pt'>{WORDS * 2}",
    "word spacing": f"<p class=j style='word-spacing: 3pt'>{WORDS * 2}",
    "decorated": f"<p class=j style='text-decoration: underline line-through overline'>{WORDS * 3}",
    "small capitals": f"<p class=j style='font-variant-caps: small-caps'>{WORDS * 2}",
    "features": f'<p style=\'font-feature-settings: "onum", "liga" 0\'>1234567890 {WORDS}',
    "first letter": f"<style>p::first-letter {{ float: left; font-size: 30pt }}</style><p class=j>{WORDS * 4}",
    "cut with an ellipsis": f"<p style='white-space: nowrap; overflow: hidden; text-overflow: ellipsis'>{WORDS * 4}",
    "cut after lines": f"<p style='max-lines: 2; block-ellipsis: auto; continue: discard'>{WORDS * 4}",
    "broken words": f"<p style='width: 20pt; overflow-wrap: anywhere'>{'Characteristically. ' * 3}",
    "broken anywhere": f"<p style='width: 50pt; word-break: break-all'>{WORDS}",
    "accents that are moved": "<p class=j>" + "x̂́ ỹ̈ o̸̧ ǭ́ plain words " * 20,
    "unknown characters": "<p class=j>" + "known ⛄ and 𐍈 unknown " * 10,
    "no visible characters": "<p>&#8203;&#8203;<p>&nbsp;<p>&#173;<p>a&#8288;b&#65279;c",
    "other faces in a line": f"<p class=j>{'Latin, кириллица, 漢字 and ελληνικά. ' * 10}",
    "Chinese": f"<p class=j lang=zh>{CHINESE * 4}",
    "Arabic": f"<p class=j lang=ar dir=rtl>{ARABIC * 4}",
    "both directions": f"<p class=j>{f'He said <span lang=ar dir=rtl>{ARABIC}</span>, 12 times. ' * 4}",
    "Latin in a paragraph from right to left": f"<p class=j dir=rtl>{WORDS * 3}",
    "glyphs as drawings": "<p class=j style='font-family: Drawn, \"Source Serif Pro\"'>" + "Many AA in A line, " * 12,
    "raised and turned": f"<p>x<sup>2</sup> y<sub>i</sub> <span style='display: inline-block; rotate: 9deg'>{WORDS}",
    "drawing": "<svg width=200 height=60><text x=5 y=20>Words, <tspan font-weight=bold>bold</tspan></text>"
    "<text x='5 20 40' y=40 letter-spacing=2>abcd</text></svg>",
    "on every page": f"<div style='position: fixed; bottom: 0' class=j>{WORDS}</div><p class=j>{WORDS * 60}",
    "table over pages": f"<table><thead><tr><th>{WORDS}<tbody>" + f"<tr><td class=j>{WORDS * 3}" * 12 + "</table>",
    "see through": f"<p class=j style='opacity: .5'>{WORDS * 3}",
    "sizes": f"<p class=j style='font-size: 8.37pt'>{WORDS * 3}<p style='font-size: 1px'>{WORDS}",
    "no size": f"<p style='font-size: 0'>{WORDS}<p>{WORDS}",
    "notes": f"<p class=j>{WORDS}<span style='float: footnote'>{WORDS * 3}</span>{WORDS * 3}",
    "kerned with spaces": "<p class=j>" + "A V T Y W P L “ ” ’ . , ; y v w f r — T. A, ‘L’ F " * 12,
    "separators": "<p class=j>a&#8232;b&#8233;c&#11;d&#12;e&#133;f "
    + WORDS
    + "<pre>a&#8232;b&#8233;c&#11;d&#12;e&#133;f",
    "not kerned": f"<p class=j style='font-kerning: none'>AVAT To {WORDS * 3}",
}
"""Documents, by what is unusual about them."""

PROGRAM = """
import json, logging, os, sys, warnings
from pathlib import Path

warnings.simplefilter("ignore")
from book.pages.stylesheets import no_system_fonts

os.environ["FONTCONFIG_FILE"] = no_system_fonts()

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from book.pages.engine import MENDS, TYPOGRAPHY
from book.language.fonts import local_rules
from book.language.faces import script_rules

logging.getLogger("weasyprint").addHandler(logging.StreamHandler())
state, folder, cases = sys.argv[1], Path(sys.argv[2]), json.load(sys.stdin)
for name, mend in MENDS.items():
    if state == "planned" or name not in TYPOGRAPHY:
        mend()
rules = local_rules() + script_rules(("ar", "zh")) + '''
@font-face { font-family: Drawn; src: url("%s") }
@page { size: 260pt 300pt; margin: 20pt }
html { font: 10pt/14pt "Source Serif Pro", "Noto Serif SC"; --hanging: 0; --expansion: 0 }
body, p { margin: 0 } .j { text-align: justify }
''' % (folder.parent / "drawn.ttf").as_uri()
if state == "planned":
    rules += "html { text-wrap: pretty }"
for name, body in cases.items():
    fonts = FontConfiguration()
    sheet = CSS(string=rules, font_config=fonts)
    html = HTML(string=f"<html lang=en><body>{body}")
    html.write_pdf(folder / f"{name}.pdf", stylesheets=[sheet], font_config=fonts, pdf_tags=True)
"""


def mixed(seed: int) -> str:
    """Paragraphs of words of several scripts, with inline elements and spaces wherever they may be.

    None is letter-spaced: PDFium leaves out a number before an empty string, with which the engine ends a face then.
    """
    chance = random.Random(seed)
    words = [*WORDS.split(), *ARABIC.split(), *OTHERS.split()]

    def run(depth: int) -> Iterator[str]:
        for _ in range(chance.randint(1, 12)):
            if depth and chance.random() < 0.2:
                yield f"<span style='{chance.choice(STYLES)}'>{''.join(run(depth - 1))}</span>"
            yield chance.choice(words) + chance.choice([" ", " ", " ", "&nbsp;", "", " <b> </b>"])

    return "".join(
        f"<p class=j style='hyphens: {chance.choice(['auto', 'manual'])}; width: {chance.randint(40, 220)}pt;"
        f" direction: {chance.choice(['ltr', 'ltr', 'rtl'])}'>{''.join(run(3))}"
        for _ in range(20)
    )


LEFT_TO_THE_ENGINE = (
    "spaces kept", "lines kept", "tabs", "Arabic", "both directions", "Latin in a paragraph from right to left",
    "unknown characters", "glyphs as drawings", "first letter", "cut with an ellipsis", "drawing",
)  # fmt: skip
"""Documents that nothing is planned in."""
ONE_LINE = {
    f"one line: {style}": f"<p style='{style}'>Of AVOWAL <em>of offices</em>, 12x̂ To fi"
    for style in (*STYLES, "letter-spacing: 1pt", "text-align: end", "text-align: center", "font-kerning: normal")
}
ALL = {**CASES, **{f"mixed {seed}": mixed(seed) for seed in range(4)}, **ONE_LINE}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The folders of the documents as the engine sets them, and planned."""
    folder = tmp_path_factory.mktemp("editions")
    draw_font(folder / "drawn.ttf")
    root = Path(__file__).resolve().parents[3]
    running = {}
    for state in ("plain", "planned"):
        (folder / state).mkdir()
        command = [sys.executable, "-c", PROGRAM, state, str(folder / state)]
        pipe = subprocess.PIPE
        running[state] = subprocess.Popen(command, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe, text=True)
    for state, process in running.items():
        said = process.communicate(json.dumps(ALL))
        assert process.returncode == 0, said
        (folder / f"{state}.txt").write_text(said[1])
    return {state: folder / state for state in running}


def draw_font(path: Path) -> None:
    """A font with an A that is a drawing (OpenType, `SVG `), and a space."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import newTable

    pen = TTGlyphPen(None)
    for move, *points in ((pen.moveTo, (0, 0)), (pen.lineTo, (500, 0)), (pen.lineTo, (250, 700))):
        move(*points)
    pen.closePath()
    names = [".notdef", "space", "A"]
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({32: "space", 65: "A"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "space": TTGlyphPen(None).glyph(), "A": pen.glyph()})
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Drawn", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg"><g id="glyph2"><rect y="-700" width="500" height="700"/></g></svg>'
    )
    font.font["SVG "] = newTable("SVG ")
    font.font["SVG "].docList = [(drawing, 2, 2)]
    font.save(path)


def characters(page: Any) -> list[tuple[str, tuple[float, ...]]]:
    """The characters that are seen on a page, and their boxes in pt."""
    text = page.get_textpage()
    every = ((text.get_text_range(index, 1), text.get_charbox(index)) for index in range(text.count_chars()))
    return [(character, box) for character, box in every if character.strip()]


def letters(path: Path) -> str:
    """What a document says, line ends and hyphens left out."""
    text = "".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(path))
    return re.sub("[\\s\xad\ufffe\ufffd\x02\u2010-]", "", text)


def shades(page: Any) -> Any:
    """How light each square pt of a page is, from 0 to 255."""
    pixels = page.render(scale=4, grayscale=True).to_numpy().astype(int)
    height, width = (side // 4 for side in pixels.shape[:2])
    return pixels.reshape(height, 4, width, 4).mean(axis=(1, 3))


@pytest.mark.parametrize("case", ALL)
def test_a_document_says_the_same(editions: Mapping[str, Path], case: str) -> None:
    plain, planned = (letters(folder / f"{case}.pdf") for folder in editions.values())
    if case in ("cut after lines", "cut with an ellipsis", "on every page", "table over pages"):
        assert set(planned) == set(plain)
    else:
        assert sorted(planned) == sorted(plain)
        assert planned == plain or any(mark in case for mark in ("mixed", "direction", "notes", "turned", "table"))


@pytest.mark.parametrize("case", [*LEFT_TO_THE_ENGINE, *ONE_LINE])
def test_a_line_looks_as_the_engine_sets_it(editions: Mapping[str, Path], case: str) -> None:
    plain, planned = (pdfium.PdfDocument(folder / f"{case}.pdf") for folder in editions.values())
    assert len(plain) == len(planned)
    for one, other in zip(plain, planned, strict=True):
        for (seen, box), (also, place) in zip(characters(one), characters(other), strict=True):
            assert seen == also
            assert box == pytest.approx(place, abs=0.2)
        assert abs(shades(one) - shades(other)).max() < 64


@pytest.mark.parametrize("case", ["justified", "justified inline markup", "kerned with spaces"])
def test_full_lines_reach_both_margins(editions: Mapping[str, Path], case: str) -> None:
    page = pdfium.PdfDocument(editions["planned"] / f"{case}.pdf")[0]
    lines: dict[float, list[float]] = {}
    for item in page.get_objects(filter=[1]):
        left, _, right, _ = item.get_bounds()
        lines.setdefault(round(item.get_matrix().get()[5]), []).extend((left, right))
    *full, _last = (lines[height] for height in sorted(lines, reverse=True))
    assert len(full) > 2
    assert all(min(line) == pytest.approx(20, abs=1) and max(line) == pytest.approx(240, abs=1) for line in full)


def test_unknown_characters_are_told_of(editions: Mapping[str, Path]) -> None:
    plain, planned = (folder.with_suffix(".txt").read_text() for folder in editions.values())
    assert planned == plain
    assert "U+26C4" in planned


@pytest.mark.parametrize("case", ["ragged", "justified", "notes"])
def test_plain_text_is_written_in_fewer_bytes(editions: Mapping[str, Path], case: str) -> None:
    plain, planned = (contents(folder / f"{case}.pdf") for folder in editions.values())
    assert planned < 0.8 * plain


def contents(path: Path) -> int:
    """How many bytes the contents of all pages of a PDF have."""
    with pikepdf.open(path) as pdf:
        return sum(len(page.Contents.read_bytes()) for page in pdf.pages)
