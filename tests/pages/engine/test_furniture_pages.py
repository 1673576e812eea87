"""Pages of furniture that are made from like ones: what stands on them is what the engine sets on each by itself."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pikepdf import Pdf

import book.composition
from book.language.fonts import local_rules
from book.model.fragments import Fragment, Job, Stylesheet
from book.pages.engine.typography import spreads
from book.pages.press import press

TOKENS = """
@page { size: 300pt 200pt; margin: 20pt }
:root { --page-width: 300pt; --page-height: 200pt; --margin-top: 40pt; --margin-foot: 40pt; --margin-outer: 30pt;
  --margin-inner: 30pt; --text-width: 240pt; --line: 14pt; --head-distance: 20pt; --folio-room: 3em;
  --running-head-face: "Source Serif Pro", "Noto Sans Arabic", "Noto Serif SC"; --running-head-size: 9pt;
  --running-head-style: italic; --text-face: "Source Serif Pro"; --text-size: 10pt; --ink: black }
"""
SHEET = Path(book.composition.__file__).parent / "layouts" / "print.css"
RULES = [
    line for line in SHEET.read_text(encoding="utf-8").splitlines() if line.startswith((".leaf", ".recto", ".verso"))
]


def leaf(number: int, head: str, kind: str = "") -> str:
    """A leaf with its running head, if it has one, and its folio."""
    head = f'<p class="running-head">{head}</p>' if head else ""
    side = "verso" if number % 2 else "recto"
    return f'<div class="leaf {side} {kind}">{head}<p class="folio">{number + 1}</p></div>'


def set_leaves(folder: Path, leaves: str, css: str = "", language: str = "en") -> Fragment:
    """The fragment of a document of furniture."""
    direction = ' dir="rtl"' if language == "ar" else ""
    html = f'<html lang="{language}"{direction}><head><title>T</title></head><body class="furniture">{leaves}'
    own = "\n".join(["body { margin: 0; page: furniture } @page furniture { margin: 0 }", *RULES, css])
    sheets = tuple(
        Stylesheet(str(folder / name), text) for name, text in (("a.css", local_rules() + TOKENS), ("b.css", own))
    )
    return press(
        Job("furniture", html, sheets, str(folder), str(folder / "faces"), "layouts/furniture.html", tagged=False)
    )


def drawn(fragment: Fragment) -> tuple[list[bytes], object]:
    """What is drawn on each page, and what is told of them."""
    with Pdf.open(io.BytesIO(fragment.pdf)) as pdf:
        return [page.Contents.read_bytes() for page in pdf.pages], fragment.problems


HEADS = ("The Federalist", "A Head of Some Length", "W", "An <em>Odyssey</em> and <span class='sc'>more</span>", "1787")


@pytest.mark.parametrize(
    ("heads", "css", "language"),
    [
        (HEADS, "", "en"),
        (HEADS, ".sc { font-variant-caps: small-caps; letter-spacing: 0.1em }", "en"),
        (HEADS, ".running-head { text-decoration: underline line-through; color: red }", "en"),
        (HEADS, ".leaf .folio { left: 30pt; right: 30pt; text-align: center; border: 1pt solid; padding: 2pt }", "en"),
        (HEADS, ".running-head { text-transform: uppercase; background: #eee }", "en"),
        (("الفصل الأول", "مقدمة", "كتاب", "الحرية", "ب"), "", "ar"),
        (("第一章", "论语", "孙子兵法", "道", "诗经"), "", "zh"),
        (("First " * 30, "Second", "Third " * 40, "Fourth", "Fifth"), "", "en"),  # cut at their ends
        (HEADS, ".leaf p { position: static }", "en"),
        (HEADS, ".leaf p { max-width: 20pt; white-space: normal }", "en"),
        (HEADS, ".leaf::after { content: counter(page); position: absolute; top: 100pt }", "en"),
        (HEADS, ".leaf { counter-increment: leaf } .leaf::after { content: counter(leaf) }", "en"),
        (HEADS, "@page :left { margin-left: 7pt !important }", "en"),
        (HEADS, "@page { @top-center { content: counter(page) } }", "en"),
    ],
)  # fmt: skip
def test_each_page_is_as_if_all_were_laid_out(
    tmp_path: Path, heads: tuple[str, ...], css: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leaves = [leaf(number, heads[number // 2 % 5], "opening" if number % 7 == 0 else "") for number in range(25)]
    leaves[13] = leaf(13, "")
    like = drawn(set_leaves(tmp_path, "".join(leaves), css, language))
    monkeypatch.setattr("book.pages.engine.speed.furniture_pages.LEAST", 1_000)
    assert like == drawn(set_leaves(tmp_path, "".join(leaves), css, language))
    assert len(like[0]) == 25


def test_few_pages_are_laid_out(tmp_path: Path) -> None:
    before = spreads.counts["pages"]
    leaves = "".join(leaf(number, HEADS[number % 3]) for number in range(40))
    assert set_leaves(tmp_path, leaves).pages == 40
    assert spreads.counts["pages"] - before == 2
