"""Whole projects: which transcript is read, what is compared, what is said and written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from lxml import html

from book.build import build_book
from book.check import check_book
from book.cli.commands import main
from book.model.verification import Finding, Verdict
from book.problem import Problem, Severity
from book.store.store import Store
from book.verify.pdf_pages import printed_labels, without_furniture
from book.verify.transcripts import read_transcript
from tests.readers import PdfReader

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SOURCES = """\
- id: harbour-1908
  type: speech
  title: Debate on the harbour
  issued: 1908-03-02
- id: lamps-1909
  type: speech
  title: Debate on the lamps
  issued: 1909-05-04
"""
HARBOUR = "We must pay the debt, and we will not repudiate it. The harbour belongs to those who use it.\n"
LAMPS = "The lamps were lit by hand until the winter of 1907, and nobody complained of it.\n"
QUOTATION = "> {}\n>\n> — [@{}]\n"


BOTH = "Both [@harbour-1908; @lamps-1909]."


def chapter(*blocks: str) -> str:
    return "---\ntitle: First\n---\n\n" + "\n\n".join(blocks) + "\n"


def project(make_book: MakeBook, *blocks: str, **files: str | bytes) -> Path:
    both = {"transcripts/harbour-1908.txt": HARBOUR, "transcripts/lamps-1909.txt": LAMPS}
    return make_book({"chapters/01-first.md": chapter(*blocks), "sources.yaml": SOURCES, **both, **files})


def findings(root: Path) -> tuple[Finding, ...]:
    checked = check_book(root)
    assert checked.value is not None
    return checked.value.verification.findings


def problems(root: Path) -> dict[str, Problem]:
    return {problem.code: problem for problem in check_book(root).problems}


def test_words_in_quotation_marks_are_compared_with_the_source_cited_in_their_sentence(make_book: MakeBook) -> None:
    root = project(
        make_book,
        'He held that "we must pay the debt" [@harbour-1908]. They were "lit by hand", as @lamps-1909 says.',
        "A 'scare quote' without a citation. And @harbour-1908 has it: “the harbour belongs to those who use it”.",
    )
    assert [(one.quoted.key, one.quoted.text, one.verdict) for one in findings(root)] == [
        ("harbour-1908", "we must pay the debt", Verdict.EXACT),
        ("lamps-1909", "lit by hand", Verdict.EXACT),
        ("harbour-1908", "the harbour belongs to those who use it", Verdict.EXACT),
    ]


def test_a_block_quotation_without_an_attribution_has_the_source_that_introduces_it(make_book: MakeBook) -> None:
    root = project(make_book, "He said [@harbour-1908]:", "> We must pay the debt.", "No source:", "> We must pay.")
    assert [(one.quoted.key, one.verdict) for one in findings(root)] == [
        ("harbour-1908", Verdict.EXACT),
        (None, Verdict.NO_TRANSCRIPT),
    ]


def test_the_transcript_that_an_item_names_comes_before_the_folder_and_the_one_of_the_book(make_book: MakeBook) -> None:
    root = project(
        make_book,
        QUOTATION.format("Named by the item.", "harbour-1908"),
        QUOTATION.format("The lamps were lit by hand", "lamps-1909"),
        QUOTATION.format("Found in the book of all.", "third"),
        **{
            "sources.yaml": SOURCES.replace("harbour\n", "harbour\n  transcript: own.md\n", 1)
            + "- id: third\n  title: T\n",
            "own.md": "*Named* by the [item](x.md).\n",
            "all.txt": "Found in the book of all.\n",
            "book.toml": '[book]\ntitle = "B"\ntranscript = "all.txt"\n',
        },
    )
    assert [(one.transcript, one.verdict) for one in findings(root)] == [
        ("own.md", Verdict.EXACT),
        ("transcripts/lamps-1909.txt", Verdict.EXACT),
        ("all.txt", Verdict.EXACT),
    ]


def test_a_declared_alteration_is_no_problem_and_one_without_need_is_told(make_book: MakeBook) -> None:
    marked = '> {}\n>\n> — [@harbour-1908]\n> {{.altered note="plural"}}\n'
    root = project(make_book, marked.format("We must pay the debts."))
    assert findings(root)[0].quoted.alteration == "plural"
    assert "altered-quotation" not in problems(root)
    root = project(make_book, marked.format("We must pay the debt."))
    assert problems(root)["unneeded-alteration"].severity is Severity.NOTE


@pytest.mark.parametrize(
    "mark", ['{.altered note="plural"}', ' {.altered note="plural"}', '\n> {.altered note="plural"}']
)
def test_an_alteration_is_declared_behind_the_citation_or_on_a_line_of_its_own(make_book: MakeBook, mark: str) -> None:
    root = project(make_book, f"> We must pay the debts.\n>\n> — [@harbour-1908]{mark}\n", BOTH)
    assert findings(root)[0].quoted.alteration == "plural"
    assert set(problems(root)) == set()


def test_words_of_the_project_in_old_spelling_are_the_same(make_book: MakeBook) -> None:
    settings = '[book]\ntitle = "B"\nspellings = { harbor = "harbour" }\n'
    root = project(
        make_book, QUOTATION.format("The harbor belongs to those", "harbour-1908"), **{"book.toml": settings}
    )
    assert findings(root)[0].verdict is Verdict.EXACT


def test_a_passage_quoted_twice_is_noted(make_book: MakeBook) -> None:
    quotation = QUOTATION.format("We must pay the debt, and we will not repudiate it.", "harbour-1908")
    root = project(make_book, quotation, "Again.", quotation)
    assert problems(root)["repeated-quotation"].severity is Severity.NOTE


def test_two_quotations_that_agree_with_their_source_do_not_differ(make_book: MakeBook) -> None:
    whole = QUOTATION.format("We must pay the debt, and we will not repudiate it.", "harbour-1908")
    longer = "We must pay the debt, and we will not repudiate it. The harbour […] those who use it."
    other = "We must pay the debt, and […] not repudiate it. The harbour belongs to those who use it."
    root = project(make_book, whole, QUOTATION.format(longer, "harbour-1908"), QUOTATION.format(other, "harbour-1908"))
    assert "differing-quotations" not in problems(root)


def test_a_declared_alteration_that_differs_from_another_quotation_is_a_note(make_book: MakeBook) -> None:
    whole = QUOTATION.format("We must pay the debt, and we will not repudiate it.", "harbour-1908")
    changed = QUOTATION.format("We must pay our debt, and we will not repudiate it.", "harbour-1908")
    assert problems(project(make_book, whole, changed))["differing-quotations"].severity is Severity.WARNING
    declared = changed.replace("]\n", ']{.altered note="our"}\n')
    assert problems(project(make_book, whole, declared))["differing-quotations"].severity is Severity.NOTE


def test_a_passage_quoted_in_old_and_new_spelling_is_the_same(make_book: MakeBook) -> None:
    settings = '[book]\ntitle = "B"\nspellings = { harbor = "harbour" }\n'
    old, new = (f"The {word} belongs to those who use it." for word in ("harbor", "harbour"))
    blocks = QUOTATION.format(old, "harbour-1908"), QUOTATION.format(new, "harbour-1908")
    told = problems(project(make_book, *blocks, **{"book.toml": settings}))
    assert "repeated-quotation" in told
    assert "differing-quotations" not in told


def test_words_in_quotation_marks_are_altered_in_square_brackets(make_book: MakeBook) -> None:
    root = project(make_book, 'She said: "we must pay the debts, and we will not repudiate it" [@harbour-1908].')
    assert "square brackets" in (problems(root)["altered-quotation"].hint or "")
    root = project(make_book, 'She said: "we must pay [our debt], and we will not repudiate it" [@harbour-1908].')
    assert findings(root)[0].verdict is Verdict.EXACT


NOTES_OF_MARKDOWN = (
    "---\ntitle: T\n---\n\nWe must pay the debt[^1], and we will[^b] not repudiate it.\n\n[^1]: A\n[^b]: B\n"
)
NOTES_OF_HTML = """\
<p>We must pay the debt<sup><a href="#n1">[1]</a></sup>, and we will<a role="doc-noteref" href="#n2">2</a>
not<a href="#n3"><sup>3</sup></a> repudiate it.</p>
"""


@pytest.mark.parametrize(("suffix", "data"), [("md", NOTES_OF_MARKDOWN), ("html", NOTES_OF_HTML)])
def test_calls_of_notes_are_no_words_of_a_transcript(make_book: MakeBook, suffix: str, data: str) -> None:
    root = make_book({f"transcripts/speech.{suffix}": data})
    transcript = read_transcript(root, f"transcripts/speech.{suffix}").value
    assert transcript is not None
    assert "We must pay the debt, and we will not repudiate it." in " ".join(transcript.text.split())


def test_without_colours_differences_are_marked_with_signs(make_book: MakeBook) -> None:
    root = project(make_book, QUOTATION.format("We must pay the debts, and we will not repudiate it.", "harbour-1908"))
    done = CliRunner().invoke(main, ["verify", "--project", str(root)])
    assert "We must pay the [-debts-] {+debt+}, and we will not" in done.stdout


def test_quotations_without_a_transcript_are_counted_in_one_note(make_book: MakeBook) -> None:
    blocks = [QUOTATION.format("We must pay the debt.", "harbour-1908"), *[QUOTATION.format("Words.", "x")] * 2]
    root = project(make_book, *blocks, **{"sources.yaml": SOURCES + "- id: x\n  title: X\n"})
    (told,) = [one for one in check_book(root).problems if one.code == "no-transcript"]
    assert told.message == "2 quotations could not be compared: no transcript of x"


def test_a_book_without_transcripts_is_not_bothered(make_book: MakeBook) -> None:
    root = make_book(
        {"chapters/01-first.md": chapter(QUOTATION.format("Words.", "harbour-1908")), "sources.yaml": SOURCES}
    )
    assert [one for one in check_book(root).problems if one.code != "uncited-source"] == []
    assert findings(root) == ()


def docx(*paragraphs: str) -> bytes:
    name = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r>{run}</w:r></w:p>" for run in paragraphs)
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{name}"><w:body>{body}</w:body></w:document>')
    return data.getvalue()


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        ("txt", HARBOUR),
        ("md", "# A speech\n\n**We must pay** the debt, and we will\nnot repudiate it.\n"),
        ("html", "<title>T</title><script>x</script><p>We must <i>pay</i> the debt,<p>and we will not repudiate it."),
        (
            "docx",
            docx("<w:t>We must pay the debt, and</w:t>", "<w:t>we will not</w:t><w:tab/><w:t>repudiate it.</w:t>"),
        ),
    ],
)
def test_transcripts_are_read_in_every_format(make_book: MakeBook, suffix: str, data: str | bytes) -> None:
    quotation = QUOTATION.format("We must pay the debt, and we will not repudiate it.", "speech")
    sources = "- id: speech\n  title: S\n"
    files = {"chapters/01-first.md": chapter(quotation), "sources.yaml": sources, f"transcripts/speech.{suffix}": data}
    assert findings(make_book(files))[0].verdict is Verdict.EXACT


def test_deleted_text_of_a_docx_document_is_not_read(make_book: MakeBook) -> None:
    data = docx("<w:t>We will </w:t><w:delText>not </w:delText><w:t>pay.</w:t>")
    root = make_book({"transcripts/speech.docx": data})
    transcript = read_transcript(root, "transcripts/speech.docx").value
    assert transcript is not None
    assert transcript.text.split() == ["We", "will", "pay."]


def test_a_page_that_a_citation_names_is_compared_with_the_one_in_the_pdf(make_book: MakeBook, tmp_path: Path) -> None:
    filler = "\n\n".join(["The gulls cried over the quay and nothing else was heard. " * 12] * 12)
    edition = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nsections = ["chapters"]\n'
    speech = {"book.toml": edition, "chapters/01-first.md": chapter(filler, HARBOUR), "sources.yaml": None}
    build_book(make_book(speech), output=tmp_path, jobs=1)
    data = (tmp_path / "print.pdf").read_bytes()
    texts = PdfReader(tmp_path / "print.pdf").texts
    page = next(number for number, text in enumerate(texts, 1) if "not repudiate" in text)
    quotation = "> We must pay the debt, and we will not repudiate it.\n>\n> — [@speech, p. {}]\n"
    for named, told in ((page, False), (page + 1, True)):
        files: dict[str, str | bytes | None] = {
            "book.toml": '[book]\ntitle = "B"\n',
            "chapters/01-first.md": chapter(quotation.format(named)),
            "sources.yaml": "- id: speech\n  title: S\n",
            "transcripts/speech.pdf": data,
        }
        root = make_book(files)
        assert findings(root)[0].verdict is Verdict.EXACT
        assert ("wrong-locator" in problems(root)) is told


def test_running_heads_and_folios_of_a_pdf_are_no_words_of_its_text(make_book: MakeBook, tmp_path: Path) -> None:
    words = " ".join(f"And the {number}th of them said that the harbour was not finished." for number in range(1, 400))
    edition = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nsections = ["chapters"]\n'
    long = make_book({"book.toml": edition, "chapters/01-first.md": chapter(words), "sources.yaml": None})
    build_book(long, output=tmp_path, jobs=1)
    root = make_book(
        {
            "book.toml": '[book]\ntitle = "B"\n',
            "chapters/01-first.md": chapter(f"> {words}\n>\n> \u2014 [@speech]\n"),
            "sources.yaml": "- id: speech\n  title: S\n",
            "transcripts/speech.pdf": (tmp_path / "print.pdf").read_bytes(),
        }
    )
    assert len(PdfReader(tmp_path / "print.pdf").texts) > 3
    assert findings(root)[0].verdict is Verdict.EXACT


def test_pages_are_named_by_the_numbers_that_are_printed_on_them() -> None:
    ends = ("wall", "bill", "tide", "town", "quay", "boat", "lamp", "debt", "rain", "salt", "flag")
    bodies = [f"One of them said\nthat nobody had seen the {end}." for end in ends]
    heads = ["PREFACE iii", "iv PREFACE", "PREFACE v", *(f"{number} THE HARBOUR" for number in range(1, 9))]
    texts, folios = without_furniture([f"{head}\n{body}" for head, body in zip(heads, bodies, strict=True)])
    labels = ["iii", "iv", "v", *map(str, range(1, 9))]
    assert folios == labels
    assert printed_labels(folios) == labels
    assert texts == bodies
    plain, none = without_furniture(["A line\nof verse\n" * 3, "Another\npage"])
    assert none == [None, None]
    assert printed_labels(none) is None
    assert plain[1] == "Another\npage"


def test_the_second_transcript_of_an_id_is_told_of_with_the_one_that_is_read(make_book: MakeBook) -> None:
    root = make_book({
        "chapters/01-first.md": chapter("> It is dry.\n>\n> — [@speech]\n"),
        "sources.yaml": "- id: speech\n  title: S\n",
        "transcripts/speech.txt": "It is dry.",
        "transcripts/speech.md": "It is dry.",
    })  # fmt: skip
    (told,) = [one for one in check_book(root).problems if one.code == "unused-transcript"]
    assert str(told.at) == "transcripts/speech.md"
    assert "transcripts/speech.txt is, which is named by the same id" in told.message


def test_a_year_that_ends_a_page_is_no_folio() -> None:
    pages = ["The bridge was begun in\n1851.\n1", "Nobody crossed it until\n1862.\n2", "Then came the\ncivil\n3"]
    assert without_furniture(pages) == (
        ["The bridge was begun in\n1851.", "Nobody crossed it until\n1862.", "Then came the\ncivil"], ["1", "2", "3"]
    )  # fmt: skip
    unnumbered = ["They met again in\n1870", "And for the last time in\n1884"]
    assert without_furniture(unnumbered) == (unnumbered, [None, None])
    assert without_furniture(["One page of words\n- 1 -"]) == (["One page of words"], ["1"])


FOREIGN = {
    "i": "It was a wet spring, and nobody had seen the end of it.",
    "ii": "Nobody had seen the tide. It came and went without them.",
    "iii": "They all said that the quay was not finished by Christ-",
    "iv": "mas, and it rained. That is all that they said of it.",
    "1": "We met on the quay. There were more of us than before.",
    "2": "They spoke of the american constitu-",
    "3": "tions at length. Nobody else had anything to say to that.",
    "4": "Then all went home. It had been a long day for the town.",
}
"""The pages of a book by the numbers that are printed at their feet."""


@cache
def foreign_pdf() -> bytes:
    """A PDF of another program, without page labels: only the numbers at the feet say which page is which.

    It is made in a process of its own, with the fonts of the system: a build leaves those of its book behind.
    """
    style = "@page{size:300pt 200pt;margin:30pt;@bottom-center{content:string(folio)}} div{break-after:page}"
    body = "".join(f"<div style=\"string-set:folio '{folio}'\">{words}</div>" for folio, words in FOREIGN.items())
    program = "import sys, weasyprint; sys.stdout.buffer.write(weasyprint.HTML(string=sys.stdin.read()).write_pdf())"
    page = f"<style>{style}</style>{body}".encode()
    own = {name: value for name, value in os.environ.items() if not name.startswith("FONTCONFIG")}
    return subprocess.run([sys.executable, "-c", program], input=page, env=own, capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("Nobody had seen the tide.", "ii"), ("the quay was not finished by Christmas, and it rained.", "iii"),
        ("They spoke of the american constitutions at length.", "2"), ("Then all went home.", "4"),
    ],
)  # fmt: skip
def test_roman_and_arabic_numbers_printed_in_a_foreign_pdf_name_its_pages(
    make_book: MakeBook, words: str, page: str
) -> None:
    for named, told in ((page, False), ("xcix", True)):
        root = make_book({
            "book.toml": '[book]\ntitle = "B"\n',
            "chapters/01-first.md": chapter(f"> {words}\n>\n> — [@speech, p. {named}]\n"),
            "sources.yaml": "- id: speech\n  title: S\n",
            "transcripts/speech.pdf": foreign_pdf(),
        })  # fmt: skip
        (finding,) = findings(root)
        assert (finding.verdict, finding.page) == (Verdict.EXACT, page)
        assert ("wrong-locator" in problems(root)) is told


def test_the_command_prints_a_table_and_writes_a_report(make_book: MakeBook) -> None:
    root = project(
        make_book,
        QUOTATION.format("We must pay the debts.", "harbour-1908"),
        QUOTATION.format("The lamps were lit by hand", "lamps-1909"),
    )
    done = CliRunner().invoke(main, ["verify", "--project", str(root)])
    assert done.exit_code == 1
    assert "1 exact, 1 altered" in done.stdout
    page = html.fromstring((root / "build" / "verification.html").read_bytes())
    first, second = page.iter("article")
    assert [one.text for one in first.iter("del")] == ["debts", "debts"]
    assert [one.text for one in first.iter("ins")] == ["debt", "debt"]
    assert [one.get("class") for one in second.iter("span")] == ["verdict exact"]


def test_the_verdict_stands_beside_each_citation_in_the_index_as_data(make_book: MakeBook, tmp_path: Path) -> None:
    root = project(
        make_book, QUOTATION.format("We must pay the debt.", "harbour-1908"), "Only named [@lamps-1909]."
    )  # fmt: skip
    build_book(root, output=tmp_path, jobs=1)
    data = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    records = data if isinstance(data, list) else data["sources"]
    assert [one["verdict"] for record in records for one in record["citations"]] == ["exact", None]


def test_the_colophon_says_how_many_were_compared_where_the_book_asks_for_it(
    make_book: MakeBook, tmp_path: Path
) -> None:
    settings = '[book]\ntitle = "B"\nstate-verification = true\n[editions.print]\noutput = "pdf"\n'
    blocks = [QUOTATION.format("We must pay the debt.", "harbour-1908"), QUOTATION.format("Words.", "x")]
    sources = SOURCES + "- id: x\n  title: X\n"
    root = project(make_book, *blocks, **{"book.toml": settings, "sources.yaml": sources})
    build_book(root, output=tmp_path, jobs=1)
    texts = [" ".join(text.split()) for text in PdfReader(tmp_path / "print.pdf").texts]
    assert any("1 of 2 quotations were compared with their sources." in text for text in texts)


def test_every_quotation_of_the_sample_book_is_exact(sample: Path) -> None:
    found = findings(sample)
    assert len(found) >= 20
    assert {finding.verdict for finding in found} == {Verdict.EXACT}


def test_findings_are_kept_in_the_store_until_a_transcript_changes(make_book: MakeBook, tmp_path: Path) -> None:
    root = project(make_book, QUOTATION.format("We must pay the debt.", "harbour-1908"))
    store = Store(tmp_path / "store")

    def verdicts() -> list[Verdict]:
        checked = check_book(root, store)
        assert checked.value is not None
        return [finding.verdict for finding in checked.value.verification.findings]

    assert verdicts() == verdicts() == [Verdict.EXACT]
    assert len(list((tmp_path / "store" / "verification").rglob("*"))) >= 1
    (root / "transcripts" / "harbour-1908.txt").write_text("We must pay the debts.\n", encoding="utf-8")
    assert verdicts() == [Verdict.ALTERED]
