"""A real anthology at scale: 85 chapters, 85 dated sources, 667 pages or so."""

from __future__ import annotations

import json
import re
from pathlib import Path

import outloud
import page as page_validation
from outloud.findings import Finding
from pikepdf import Dictionary, Pdf

from book.check import check_book
from tests.readers import PdfReader, begins_on, squeeze


def test_the_index_holds_all_sources_in_order_with_the_right_folios(built_federalist: Path, federalist: Path) -> None:
    record = json.loads((built_federalist / "index.json").read_text(encoding="utf-8"))
    assert len(record) == 85
    assert [source["earliest"] for source in record] == sorted(source["earliest"] for source in record)

    printed = PdfReader(built_federalist / "print.pdf")
    manuscript = check_book(federalist).value
    assert manuscript is not None
    titles = {source.id: source.title for source in manuscript.sources.values()}
    texts = [squeeze(text) for text in [*printed.texts, ""]]
    sheets = {label: number for number, label in enumerate(printed.labels)}
    wrong = []
    for source in record:
        number = squeeze(titles[source["id"]].partition(":")[0])  # "Federalist No. 10"
        for one in source["citations"]:
            sheet = sheets[one["folios"]["print"]]
            if not begins_on(number, texts[sheet], texts[sheet + 1]):
                wrong.append(one)
    assert wrong == []


def test_the_pdf_has_one_subset_of_each_face(built_federalist: Path) -> None:
    printed = PdfReader(built_federalist / "print.pdf")
    programs: dict[str, set[tuple[int, int]]] = {}
    for page in printed.pdf.pages:
        for font in page.obj.Resources.get("/Font", Dictionary()).values() if "/Resources" in page.obj else ():
            descriptor = font.DescendantFonts[0].FontDescriptor
            program = descriptor.get("/FontFile3", descriptor.get("/FontFile2"))
            assert program is not None
            programs.setdefault(str(font.BaseFont), set()).add(program.objgen)
    assert len(programs) >= 3
    assert {name: len(found) for name, found in programs.items() if len(found) > 1} == {}


def test_a_title_too_long_for_its_running_head_is_cut_between_words(built_federalist: Path) -> None:
    texts = "".join(squeeze(text) for text in PdfReader(built_federalist / "print.pdf").texts)
    assert "No.57.TheAllegedTendencyoftheNew" in texts
    cut = re.findall(r"No\.57\.(\w+)…", texts)
    assert cut
    assert all("TheAllegedTendencyoftheNewPlantoElevatetheFewattheExpenseoftheMany".startswith(head) for head in cut)


def _is_running_head(finding: Finding, heads: set[str]) -> bool:
    """Whether a line that counts as prose, since it has many small words, is a chapter's title above a page."""
    line = re.fullmatch(r"(?:\d+ )?(.+?)(?:…)?(?: \d+)?", finding.evidence or "")
    return finding.rule == "TAG-002" and line is not None and any(line[1] in head for head in heads)


def test_outloud_and_page_validation_find_no_error(built_federalist: Path) -> None:
    path = str(built_federalist / "print.pdf")
    errors = [one for one in outloud.check(path).findings if str(one.severity).endswith("error")]
    with Pdf.open(path) as pdf, pdf.open_outline() as outline:
        heads = {str(entry.title) for entry in outline.root}
    assert [one for one in errors if not _is_running_head(one, heads)] == []
    report = page_validation.validate_pdf(path, profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []
