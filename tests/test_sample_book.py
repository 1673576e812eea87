"""The sample book, read back: its index is right in every edition, and broken copies leave good editions untouched."""

from __future__ import annotations

import ctypes
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import page as page_validation
import pypdfium2.raw as pdfium
import pytest
from click.testing import CliRunner
from PIL import Image

from book.build import build_book
from book.check import check_book
from book.cli.commands import main
from book.model.manuscript import Citation, Manuscript
from book.problem import Severity
from tests.readers import XHTML, EpubReader, PdfLink, PdfReader, begins_on, squeeze


@pytest.fixture(scope="module")
def printed(built_sample: Path) -> PdfReader:
    return PdfReader(built_sample / "print.pdf")


@pytest.fixture(scope="module")
def ebook(built_sample: Path) -> EpubReader:
    return EpubReader(built_sample / "ebook.epub")


@pytest.fixture(scope="module")
def record(built_sample: Path) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads((built_sample / "index.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def manuscript(sample: Path) -> Manuscript:
    found = check_book(sample).value
    assert found is not None
    return found


def shown(citation: Citation) -> str:
    """How a citation begins on a page."""
    source = citation.source
    return source.title if citation.mention.form == "attribution" else source.short_title or source.title


def folios_of(locators: str) -> list[str]:
    """The folios of `3–5, 7`."""
    found: list[str] = []
    for part in re.split(r",\s*", locators.strip()):
        first, _, last = part.partition("–")
        found += [str(number) for number in range(int(first), int(last or first) + 1)]
    return found


def test_the_sample_book_has_no_problems(sample: Path) -> None:
    assert check_book(sample).problems == ()


def test_every_edition_and_the_index_are_written(built_sample: Path) -> None:
    files = {path.relative_to(built_sample).as_posix() for path in built_sample.rglob("*.*") if path.is_file()}
    assert {"print.pdf", "ebook.epub", "index.json"} <= files
    assert len([name for name in files if name.startswith("handout/")]) == 7, "six handouts, and all in one file"


def test_each_edition_has_a_stylesheet_of_its_own_and_none_is_unused(sample: Path, manuscript: Manuscript) -> None:
    named = {edition.name: edition.styles for edition in manuscript.project.editions}
    assert named == {name: (f"styles/{name}.css",) for name in ("print", "ebook", "handout")}
    assert {path.name for path in (sample / "styles").iterdir()} == {"print.css", "ebook.css", "handout.css"}


def type_of(printed: PdfReader, words: str) -> tuple[str, float]:
    """Font name and size in pt of the first character of words that are on a page of the PDF."""
    for page in printed.document:
        text = page.get_textpage()
        if found := text.search(words).get_next():
            name = ctypes.create_string_buffer(100)
            pdfium.FPDFText_GetFontInfo(text, found[0], name, 100, None)
            return name.value.decode(), round(pdfium.FPDFText_GetFontSize(text, found[0]), 2)
    raise AssertionError(f"not in the PDF: {words}")


def test_the_print_edition_sets_quotations_as_large_as_the_text_and_attributions_in_the_sans(
    printed: PdfReader,
) -> None:
    text, quotation = (
        type_of(printed, "Before it comes to the goal"),
        type_of(printed, "Poverty alleviation is the most"),
    )
    assert quotation == text
    assert "Serif" in text[0]
    attribution = type_of(printed, "Remarks quoted without an occasion")
    assert "Sans" in attribution[0]
    assert attribution[1] < text[1]


def test_the_cover_of_the_ebook_has_the_colour_of_its_stylesheet(ebook: EpubReader) -> None:
    cover = Image.open(io.BytesIO(ebook.files["EPUB/cover.jpg"]))
    assert cover.getpixel((20, 20)) == pytest.approx((0x6B, 0x2D, 0x1A), abs=3)


def test_a_handout_fits_on_two_sheets_printed_on_both_sides(built_sample: Path) -> None:
    handouts = sorted(path for path in (built_sample / "handout").glob("*.pdf") if path.stem != "all")
    assert len(handouts) == 6
    assert all(len(PdfReader(path).document) <= 4 for path in handouts)


def test_the_sources_are_cited_in_the_chapters_that_the_article_gives(record: list[dict[str, Any]]) -> None:
    cited = {source["id"]: sorted({one["chapter"] for one in source["citations"]}) for source in record}
    by_number = ["clear-goals", "political-leadership", "precision", "aspiration-and-education", "real-results"]
    expected = {
        "shibadong-2013": [3], "guizhou-2015": [3], "forum-2015": [3], "work-conference-2015": [2, 3, 4],
        "east-west-2016": [4], "sichuan-2017": [1], "deep-poverty-2017": [5], "apec-2017": [1],
        "fight-symposium-2018": [2], "chongqing-2019": [5], "gansu-undated": [5], "remarks-undated": [1, 2, 3, 4, 5],
    }  # fmt: skip
    assert cited == {key: sorted(by_number[number - 1] for number in numbers) for key, numbers in expected.items()}


def test_the_sources_stand_in_the_order_of_their_dates(record: list[dict[str, Any]]) -> None:
    dated = [source["earliest"] for source in record if source["date"]]
    assert len(dated) == 10
    assert dated == sorted(dated)
    assert [source["date"] for source in record[10:]] == [None, None]


def test_every_quotation_is_verbatim(sample: Path, manuscript: Manuscript) -> None:
    article = sample.parent / "shared" / "seed" / "article.txt"
    if not article.is_file():
        pytest.skip("the article is not here: ../shared/seed/article.txt")

    def plain(text: str) -> str:
        quotes = str.maketrans("“”‘’", "\"\"''")
        return " ".join(text.translate(quotes).split())

    words = plain(article.read_text(encoding="utf-8"))
    quotations = [quotation for chapter in manuscript.chapters for quotation in chapter.quotations]
    assert len(quotations) >= 15
    assert [one.text for one in quotations if plain(one.text) not in words] == []


def locators(printed: PdfReader) -> list[PdfLink]:
    """The locators of the printed chronological index, in order."""
    start = printed.destinations["chronological#chronological-shibadong-2013"]
    return [link for link in printed.links() if link.page >= start and "#cite-" in link.target]


def test_each_page_that_the_record_names_holds_the_citation(
    printed: PdfReader, record: list[dict[str, Any]], manuscript: Manuscript
) -> None:
    citations = {citation.mention.anchor: citation for citation in manuscript.citations}
    texts = [squeeze(text) for text in [*printed.texts, ""]]
    missing = []
    for source in record:
        for one in source["citations"]:
            sheet = printed.labels.index(one["folios"]["print"])
            if not begins_on(squeeze(shown(citations[one["anchor"]])), texts[sheet], texts[sheet + 1]):
                missing.append(one)
    assert missing == []


def test_the_printed_index_gives_every_folio_of_a_source_once_and_in_order(
    printed: PdfReader, record: list[dict[str, Any]], manuscript: Manuscript
) -> None:
    sources = {citation.mention.anchor: citation.source.id for citation in manuscript.citations}
    found: dict[str, list[str]] = {}
    for link in locators(printed):
        found.setdefault(sources[link.target], []).extend(folios_of(link.text))
    expected = {
        source["id"]: [str(folio) for folio in sorted({int(one["folios"]["print"]) for one in source["citations"]})]
        for source in record
    }
    assert found == expected


def test_each_locator_in_the_printed_index_leads_to_the_page_it_names(printed: PdfReader) -> None:
    wrong = [
        link
        for link in locators(printed)
        if printed.labels[printed.destinations[link.target]] != folios_of(link.text)[0]
    ]
    assert wrong == []


def test_the_index_never_cites_itself(printed: PdfReader, record: list[dict[str, Any]]) -> None:
    start = printed.destinations["chronological#chronological-shibadong-2013"]
    cited = {printed.labels.index(one["folios"]["print"]) for source in record for one in source["citations"]}
    assert max(cited) < start


def test_each_link_in_the_epub_index_leads_to_its_citation(ebook: EpubReader, manuscript: Manuscript) -> None:
    name = next(name for name in ebook.documents if name.endswith("/chronological.xhtml"))
    by_source: dict[str, list[str]] = {}
    for citation in manuscript.citations:
        by_source.setdefault(citation.source.id, []).append(citation.mention.anchor)
    for item in ebook.documents[name].iter(f"{XHTML}li"):
        key = str(item.get("id")).removeprefix("chronological-")
        links = [link for link in item.iter(f"{XHTML}a") if "locator" in str(link.get("class"))]
        targets = [ebook.target(name, str(link.get("href"))) for link in links]
        assert all(target is not None and "citation" in str(target.get("class")) for target in targets)
        ids = [str(target.get("id")) for target in targets if target is not None]
        assert sorted(ids) == sorted(anchor.partition("#")[2] for anchor in by_source[key])


def test_each_citation_in_the_epub_leads_to_its_entry(ebook: EpubReader) -> None:
    found = 0
    for name, root in ebook.documents.items():
        for link in root.iter(f"{XHTML}a"):
            if link.get("role") == "doc-biblioref":
                target = ebook.target(name, str(link.get("href")))
                assert target is not None
                found += 1
    assert found >= 30


def test_a_handout_lists_the_sources_of_its_own_chapter_only(
    built_sample: Path, record: list[dict[str, Any]], manuscript: Manuscript
) -> None:
    for chapter in manuscript.chapters:
        text = squeeze("".join(PdfReader(built_sample / "handout" / f"{chapter.slug}.pdf").texts))
        listing = re.sub("[“”‘’]", "", text.partition(squeeze("Sources cited"))[2])  # inner marks are set as such
        for source in record:
            cited = any(one["chapter"] == chapter.slug for one in source["citations"])
            title = re.sub("[“”‘’]", "", squeeze(source["title"]))
            assert (title in listing) == cited, (chapter.slug, source["id"])


@pytest.mark.parametrize("name", ["print.pdf", "handout/precision.pdf"])
def test_the_pdf_is_sound_and_conforms_to_pdf_ua(built_sample: Path, name: str) -> None:
    done = subprocess.run(["qpdf", "--check", built_sample / name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report = page_validation.validate_pdf(str(built_sample / name), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_a_second_build_in_one_process_gives_the_same_bytes(
    built_sample: Path, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH")  # the sample book has a date of its own, and was built without
    report = build_book(sample, output=tmp_path, jobs=1)
    different = [
        written.path.name
        for written in report.written
        if written.path.read_bytes() != (built_sample / written.path.relative_to(tmp_path)).read_bytes()
    ]
    assert different == []


EDITS = {
    "a word": ("chapters/02-political-leadership.md", " the article ", " the essay "),
    "a date": ("sources.yaml", "issued: 2013-11-03", "issued: 2013-11-05"),
    "a title": (
        "sources.yaml",
        "title: Talk with villagers",
        "title: A long talk" + " with the villagers of Shibadong" * 3,
    ),
    "pages more": (
        "chapters/01-clear-goals.md",
        "\n\n",
        "\n\n" + "A paragraph that was not there before. " * 160 + "\n\n",
    ),
    "a letter that is new": ("chapters/04-aspiration-and-education.md", " the ", " thé "),
    "pages less": ("chapters/01-clear-goals.md", "A paragraph that was not there before. " * 160, "Gone. "),
}
"""Edits in sequence: a file, a text in it, and its replacement."""


def test_what_is_built_after_a_change_is_what_is_built_from_nothing(sample: Path, tmp_path: Path) -> None:
    copy, again = tmp_path / "copy", tmp_path / "again"
    shutil.copytree(sample, copy, ignore=shutil.ignore_patterns(".*", "build", "tests", "book", "benchmarks"))
    build_book(copy, ["print", "ebook"], output=again, jobs=2)
    for name, (file, before, after) in EDITS.items():
        text = (copy / file).read_text("utf-8")
        assert before in text, name
        (copy / file).write_text(text.replace(before, after, 1), "utf-8")
        build_book(copy, ["print", "ebook"], output=again, jobs=2)
        fresh = tmp_path / name
        report = build_book(copy, ["print", "ebook"], output=fresh, jobs=2)
        for written in report.written:
            assert written.path.read_bytes() == (again / written.path.name).read_bytes(), (name, written.path.name)


_ERROR = re.compile(r"([^:]+):.*?: error\[(.*?)\]")


def test_a_broken_copy_reports_all_that_is_wrong_and_leaves_the_last_editions(sample: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sample, copy, ignore=shutil.ignore_patterns(".*", "build", "tests", "book", "benchmarks"))
    (copy / "build").mkdir()
    (copy / "build" / "print.pdf").write_bytes(b"the last good edition")
    precision = copy / "chapters" / "03-precision.md"
    precision.write_text(precision.read_text("utf-8").replace("[@guizhou-2015]", "[@guizou-2015]"), "utf-8")
    sources = copy / "sources.yaml"
    sources.write_text(sources.read_text("utf-8").replace("issued: 2017-06-23", "issued: 2017-06-33"), "utf-8")
    next((copy / "chapters" / "images").iterdir()).unlink()
    leadership = copy / "chapters" / "02-political-leadership.md"
    leadership.write_text(leadership.read_text("utf-8").replace("title: ", 'title: "', 1), "utf-8")

    done = CliRunner().invoke(main, ["build", "--project", str(copy)])

    assert done.exit_code == 1
    errors = {line for line in done.stderr.splitlines() if f": {Severity.ERROR}[" in line}
    places = {(one[1].removeprefix(f"{copy}/"), one[2]) for one in map(_ERROR.match, errors) if one}
    assert places >= {
        ("chapters/03-precision.md", "unknown-source"),
        ("sources.yaml", "invalid-date"),
        ("chapters/02-political-leadership.md", "malformed-yaml"),
    }
    assert any(code == "missing-image" for _, code in places)
    assert all(re.match(r"[^:]+:\d+", line) for line in errors)
    assert (copy / "build" / "print.pdf").read_bytes() == b"the last good edition"
    assert [path.name for path in (copy / "build").iterdir() if path.name != ".store"] == ["print.pdf"]
