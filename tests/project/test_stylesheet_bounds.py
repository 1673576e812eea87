"""Stylesheets with which no page can be set are found by `check`, with their place; none is a defect of the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.build import build_book
from book.check import check_all, check_book
from book.composition.styles import DESIGN_FOLDER, LAYOUTS, measures
from book.model.settings import Edition
from book.problem import BookError
from book.project.stylesheet_bounds import out_of_bounds
from book.project.tokens import TOKENS
from tests.conftest import MINIMAL, MakeBook

SETTINGS = """\
[book]
title = "B"
[editions.print]
output = "pdf"
styles = ["own.css"]
[editions.ebook]
output = "epub"
styles = ["own.css"]
"""


@pytest.mark.parametrize(
    ("css", "code", "line"),
    [
        ("p { color: red }\n" + "@media print {" * 1000 + "}" * 1000, "deep-nesting", 2),
        ("p { width:" + "(" * 3000 + ")" * 3000 + "}", "deep-nesting", 1),
        ("\n@page { size: 1000000cm 10cm }", "page-size", 2),
        ("@page x:first { margin: 0; size: 10cm 1e9mm }", "page-size", 1),
        ("@page { size: 0mm 10cm }", "page-size", 1),
        (":root {\n  --line: 1.5;\n  --text-size: 1.2rem }", "design-token", 2),
        (":root { --line: 0 }", "design-token", 1),
        (":root { --line: -14pt }", "design-token", 1),
        (":root { --text-size: 1pt }", "design-token", 1),
        (":root { --margin-top: 20 }", "design-token", 1),
    ],
)
def test_a_stylesheet_out_of_all_bounds_is_found_before_anything_is_made(
    make_book: MakeBook, css: str, code: str, line: int
) -> None:
    for files in ({"own.css": css}, {"own.css": '@import "other.css";', "other.css": css}):
        root = make_book({"book.toml": SETTINGS, **files})
        found = [problem for problem in check_all(root).problems if problem.severity == "error"]
        assert {problem.code for problem in found} == {code}
        assert {(problem.at.path, problem.at.line) for problem in found} == {(max(files, key=len), line)}
        with pytest.raises(BookError, match=code):
            build_book(root, jobs=1, isolated=True)


@pytest.mark.parametrize("css", ["@page { margin: 100cm }", "@page { size: 10cm; margin: 5cm }"])
def test_measures_that_the_engine_cannot_compute_with_blame_the_stylesheet(make_book: MakeBook, css: str) -> None:
    root = make_book({"book.toml": SETTINGS, "own.css": css})
    with pytest.raises(BookError) as failure:
        build_book(root, jobs=1, isolated=True)
    found = {(problem.code, problem.at.path) for problem in failure.value.problems if problem.severity == "error"}
    assert ("page-margins", "own.css") in found or ("layout-engine", "own.css") in found
    assert {code for code, _ in found} <= {"page-margins", "layout-engine"}


@pytest.mark.parametrize(
    "css",
    [
        'p { background: url("data:image/png;base64,' + "iVBORw0KGgo" * 20_000 + '") }',
        '@font-face { font-family: F; src: url("data:font/woff2;base64,' + "AAAA" * 30_000 + '") }',
        ":root { --x-pad: 200000; --counter-set: 200000; --x-line: 1; --margin-inner: 0; --line: calc(1 * 14pt) }",
    ],
)
def test_embedded_files_and_custom_properties_are_within_bounds(make_book: MakeBook, css: str) -> None:
    problems = check_all(make_book({"book.toml": SETTINGS, "own.css": css})).problems
    assert [problem for problem in problems if problem.severity == "error"] == []


def test_the_table_of_tokens_has_those_of_every_sheet_and_of_a_page() -> None:
    found = set(measures(Edition("pdf"))) | set(measures(Edition("pdf", split="chapter")))
    for sheet in (*DESIGN_FOLDER.glob("*/*.css"), *LAYOUTS.glob("*.css")):
        for root in re.findall(r":root \{(.*?)\}", sheet.read_text("utf-8"), re.DOTALL):
            found |= set(re.findall(r"--([\w-]+):", re.sub(r"/\*.*?\*/", "", root, flags=re.DOTALL)))
    assert set(TOKENS) == found


def test_the_tokens_of_all_designs_are_within_bounds() -> None:
    for sheet in (*DESIGN_FOLDER.glob("*/*.css"), *LAYOUTS.glob("*.css")):
        assert out_of_bounds(sheet.parent, sheet.name) == (), sheet


WRONG = {
    "running-head-size: 0": "too small",
    "note-size: 0": "not between 0.3 and 3",
    "note-size: 0.84em": "no number",
    "head-distance: -5pt": "negative",
    "head-distance: 0": "too small",
    "margin-top: 0": "too small",
    "quotation-indent: 50%": "not between 0% and 30%",
    "quotation-indent: -2em": "negative",
    "sink: 4": "a number: a length needs a unit",
    "title-size: 400em": "too large",
    "title-size: big": "no length",
    "text-align: justified": "none of justify, start, end, left, right, center",
    "title-weight: heavy": "no number",
    "title-weight: 4000": "not between 1 and 1000",
    "expansion: 40%": "not between 0% and 5%",
    "hanging: 1.0": "no percentage",
    "index-columns: 2.5": "no whole number",
    "index-columns: 0": "not between 1 and 8",
    "ink: blak": "no colour",
    "rule: 0.5pt": "no line",
    "ornament: ◆": "not in quotation marks",
    "text-face: 12pt": "no face",
    "running-head-style: roman": "none of normal, italic, oblique",
    "title-marks: none none": "none of inline, none",
    "indent:": "which is no value",
}


@pytest.mark.parametrize("declared", WRONG)
def test_a_token_of_another_kind_or_beyond_its_limits_is_an_error(make_book: MakeBook, declared: str) -> None:
    """At its line."""
    name = declared.partition(":")[0]
    css = f"/* --{declared} */\n:root {{\n  --{declared};\n}}"
    root = make_book({"book.toml": SETTINGS, "own.css": css})
    found = [one for one in check_all(root).problems if one.severity == "error"]
    assert [(one.code, str(one.at)) for one in found] == [("design-token", "own.css:3:3")]
    assert found[0].message.startswith(f"--{name} is ")
    assert found[0].message.endswith(WRONG[declared])
    assert f"--{name}: " in str(found[0].hint)


def test_an_e_book_has_the_tokens_of_its_cover_only(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(":root { --line: 1.5; --cover-ink: blak }")
    found = [one.message for one in out_of_bounds(tmp_path, "a.css", on_screens=True)]
    assert found == ["--cover-ink is blak, no colour"]


@pytest.mark.parametrize(
    "declared",
    [
        "note-size: .8", "hanging: 0", "rule: none", "note-rule: 0", "ornament: none", "indent: 0", "sink: 0",
        "title-size: 120%", "indent: 5%", "quotation-indent: 12mm", "ink: rgb(0, 0, 0)", "text-face: A, 'B C', serif",
        "head-distance: calc(-1 * var(--line))", "title-weight: bold", "text-align: START", "line: 14pt !important",
    ],
)  # fmt: skip
def test_values_of_tokens_that_are_right_are_no_problem(tmp_path: Path, declared: str) -> None:
    (tmp_path / "a.css").write_text(f":root {{ --{declared} }}")
    assert out_of_bounds(tmp_path, "a.css") == ()


def test_ordinary_stylesheets_are_within_bounds(tmp_path: Path) -> None:
    text = (
        '@page { size: 148mm 210mm } @page :left { size: 8.5in 200in } p::before { content: "((((" } /* [[[[ */'
        + " p{}" * 500
    )
    (tmp_path / "a.css").write_text(text)
    assert out_of_bounds(tmp_path, "a.css") == ()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('x]\noutput = "epub"', '"x.epub"]\noutput = "pdf"\nsplit = "chapter"'),
        ('Print]\noutput = "pdf"', 'print]\noutput = "pdf"'),
        ('x]\noutput = "epub"', '"index.json"]\noutput = "pdf"\nsplit = "chapter"'),
        ('x]\noutput = "epub"', f'{"y" * 300}]\noutput = "pdf"'),
    ],
)
def test_editions_that_cannot_be_written_are_found_by_check(make_book: MakeBook, first: str, second: str) -> None:
    root = make_book({"book.toml": f'[book]\ntitle = "B"\n[editions.{first}\n[editions.{second}\n'})
    found = [problem for problem in check_all(root).problems if problem.severity == "error"]
    assert [(problem.code, problem.at.line) for problem in found] == [("invalid-value", 5)]


def test_a_chapter_whose_name_is_not_utf_8_is_a_problem(make_book: MakeBook) -> None:
    root = make_book()
    try:
        (root / "chapters" / "02-\udcff.md").write_text("# Two\n\nWords.\n")
    except OSError:
        pytest.skip("NOT TESTED: this file system has no such names")
    assert [problem.code for problem in check_all(root).problems] == ["not-utf-8"]
    with pytest.raises(BookError, match="name of the file"):
        build_book(root, jobs=1, isolated=True)


@pytest.mark.parametrize(
    "sheet",
    [
        ":root { --a: " + "var(--b) " * 1000 + "; --b: " + "var(--c) " * 1000 + "; --c: x }\np { color: var(--a) }",
        ":root {" + "".join(f"--v{n}: var(--v{n + 1}) var(--v{n + 1});" for n in range(40)) + "--v40: x }",
        ":root { --a: " + "x" * 200_000 + " }",
        "p::before { content: '" + "x " * 100_000 + "' }",
    ],
)
def test_custom_properties_that_name_others_without_bounds_are_an_error(tmp_path: Path, sheet: str) -> None:
    (tmp_path / "a.css").write_text(sheet)
    assert {one.code for one in out_of_bounds(tmp_path, "a.css")} == {"deep-nesting"}


@pytest.mark.parametrize(
    "sheet", [":root { --a: var(--a); --b: var(--c); --c: var(--b) }", ":root { --a: 1pt; --b: var(--a) }"]
)
def test_custom_properties_in_a_circle_or_a_chain_are_not(tmp_path: Path, sheet: str) -> None:
    (tmp_path / "a.css").write_text(sheet)
    assert out_of_bounds(tmp_path, "a.css") == ()


def test_counters_that_would_write_an_endless_text_are_an_error_with_their_place(tmp_path: Path) -> None:
    sheet = (
        "@counter-style x { system: symbolic; symbols: 'x'; pad: 999999999 'x' }\np { counter-increment: x 99999999 }"
    )
    (tmp_path / "a.css").write_text(sheet)
    found = {(one.code, str(one.at)) for one in out_of_bounds(tmp_path, "a.css")}
    assert found == {("layout-engine", "a.css:1:57"), ("layout-engine", "a.css:2:26")}


@pytest.mark.parametrize(
    ("sheet", "column"),
    [
        (r'p::before { content: "\d800" }', 23),
        (r'@font-face { font-family: "\dfff"; src: url("a.ttf") }', 28),
        (r'p { string-set: x "\00D801A" }', 20),
        (r".\d800 { color: red }", 2),
        (r'p { background: url("\dc00 .png") }', 22),
    ],
)
def test_an_escape_that_is_half_a_surrogate_pair_is_an_error_with_its_place(
    make_book: MakeBook, sheet: str, column: int
) -> None:
    root = make_book({"book.toml": SETTINGS, "own.css": f"/* \\d800 */\n{sheet}\n"})
    with pytest.raises(BookError) as failure:
        build_book(root, jobs=1, isolated=True)
    found = [(one.code, str(one.at)) for one in failure.value.problems if one.code == "reserved-character"]
    assert found == [("reserved-character", f"own.css:2:{column}")]


def test_other_escapes_are_characters(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(r'p::before { content: "\\d800 \D7FF \e000 \1F600 \00d80 \"" }')
    assert out_of_bounds(tmp_path, "a.css") == ()


def test_grids_and_columns_that_could_not_be_set_in_time_are_an_error_with_their_place(tmp_path: Path) -> None:
    sheet = (
        "p { grid-template-columns: repeat(1000000, 1px); grid-row: a-2000 / span 99999 }\n"
        "p { columns: 3000px 4000; grid-area: 1 / -5000 }"
    )
    (tmp_path / "a.css").write_text(sheet)
    found = [(one.code, str(one.at)) for one in out_of_bounds(tmp_path, "a.css")]
    places = ("1:35", "1:74", "2:21", "2:42")
    assert found == [("layout-engine", f"a.css:{place}") for place in places]


def test_a_sheet_that_both_a_pdf_and_an_e_book_have_is_told_once_and_by_the_measure_of_pages(
    make_book: MakeBook,
) -> None:
    editions = "".join(
        f'[editions.{name}]\noutput = "{kind}"\nstyles = ["{sheet}.css"]\n'
        for name, kind, sheet in (("one", "epub", "a"), ("two", "pdf", "a"), ("three", "epub", "b"))
    )
    sheet = ":root { --note-size: 0.84em }"
    root = make_book({"book.toml": f"{MINIMAL['book.toml']}\n{editions}", "a.css": sheet, "b.css": sheet})
    told = [problem for problem in check_book(root).problems if problem.code == "design-token"]
    assert [str(problem.at) for problem in told] == ["a.css:1:9"]
