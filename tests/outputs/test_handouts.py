"""Handouts, read back from their pages."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pymupdf
import pytest

from book.build import build_book
from book.check import check_book
from book.composition.styles import measures
from book.model.settings import Edition, Page
from book.problem import BookError
from book.project.config import load_project
from tests.conftest import MakeBook
from tests.lines import TypeReader
from tests.readers import EpubReader, PdfReader, squeeze

SOURCES = "- {id: a, type: speech, title: On Bread, author: [{family: Reed, given: Ada}], issued: 1908-03-02}\n"
QUOTED = "> Bread is dear.\n>\n> — [@a]\n\n"
TEXT = "Words that fill a line or two of the page, and say nothing but that they are here to be read. " * 4 + "\n\n"


def book(editions: str, *, chapter: str = "", head: str = "") -> dict[str, str]:
    """A project with an introduction and two chapters, whose last one is `chapter`."""
    quoted = f"{TEXT}{QUOTED}{TEXT}> Nobody said it.\n\n{TEXT}{QUOTED}"
    return {
        "book.toml": f'[book]\ntitle = "On Bread"\nauthors = ["A. Editor"]\n{head}{editions}',
        "sources.yaml": SOURCES,
        "chapters/00-opening.md": f"---\ntitle: Opening\nrole: introduction\n---\n\n{TEXT}{QUOTED}",
        "chapters/01-first.md": f"---\ntitle: First\n---\n\n{quoted}",
        "chapters/02-second.md": f"---\ntitle: Second\nquestions: [Why bread?]\n---\n\n{chapter or quoted}",
    }


PRINT = '[editions.print]\noutput = "pdf"\n'
HANDOUT = '[editions.handout]\noutput = "pdf"\nsplit = "chapter"\n'


def words(path: Path) -> str:
    """The text of a PDF, with single spaces."""
    return " ".join(" ".join(PdfReader(path).texts).split())


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose editions all show the numbers of quotations."""
    root = tmp_path_factory.mktemp("numbered")
    ebook = '[editions.ebook]\noutput = "epub"\nquotation-numbers = "attribution"\n'
    for name, text in book(f'{PRINT}quotation-numbers = "margin"\n{HANDOUT}{ebook}').items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_book(root, output=root / "build", jobs=1)
    return root


NUMBERS = ["A.1", "1.1", "1.2", "1.3", "2.1", "2.2", "2.3"]


def test_quotations_have_the_same_numbers_in_all_editions(numbered: Path) -> None:
    manuscript = check_book(numbered).value
    assert manuscript is not None
    assert list(manuscript.numbers.values()) == NUMBERS
    number = re.compile(r"\b(?:A|1|2)\.\d\b")
    assert number.findall(words(numbered / "build/print.pdf")) == NUMBERS
    handouts = [words(numbered / f"build/handout/{slug}.pdf") for slug in ("opening", "first", "second")]
    assert [found for text in handouts for found in number.findall(text)] == NUMBERS
    ebook = EpubReader(numbered / "build/ebook.epub")
    texts = ["".join(map(str, document.itertext())) for _, document in sorted(ebook.documents.items())]
    found = [one for text in texts for one in re.findall(r"\[((?:A|1|2)\.\d)\]", text)]
    assert sorted(found, key=NUMBERS.index) == NUMBERS


def test_indexes_can_point_with_the_numbers_of_quotations(make_book: MakeBook, tmp_path: Path) -> None:
    chapter = f"{TEXT}{QUOTED}As she said [@a].\n\n{QUOTED}"
    lines = 'quotation-numbers = "attribution"\nlocators = "quotations"\n'
    ebook = f'[editions.ebook]\noutput = "epub"\n{lines}'
    build_book(make_book(book(f"{PRINT}{lines}{HANDOUT}{lines}{ebook}", chapter=chapter)), output=tmp_path, jobs=1)
    printed = PdfReader(tmp_path / "print.pdf")
    said = next(label for label, text in zip(printed.labels, printed.texts, strict=True) if "As she said" in text)
    assert f": {said}, A.1, 1.1, 1.3, 2.1, 2.2" in words(tmp_path / "print.pdf")
    places = {match[0]: link.target for link in printed.links() if (match := re.match(r"[A12]\.\d", link.text.strip()))}
    assert sorted(places) == ["1.1", "1.3", "2.1", "2.2", "A.1"]
    for number, target in places.items():
        assert f"[{number}]" in printed.texts[printed.destinations[target]]
    assert ": 1, 2.1, 2.2" in words(tmp_path / "handout/second.pdf")
    documents = EpubReader(tmp_path / "ebook.epub").documents.values()
    texts = [" ".join("".join(map(str, one.itertext())).split()) for one in documents]
    assert any(f": {said}, A.1, 1.1, 1.3, 2.1, 2.2" in text for text in texts)


def test_a_handout_tells_the_pages_of_the_book_beside_its_own(numbered: Path) -> None:
    printed = PdfReader(numbered / "build/print.pdf")
    pages = [label for label, text in zip(printed.labels, printed.texts, strict=True) if "Bread is dear" in text]
    first, last = [label for label in pages if label in ("5", "6")]  # chapter 2 begins on page 5
    assert f"“On Bread”: 1; in the book: {first}–{last}" in words(numbered / "build/handout/second.pdf")


REFERRING = "See [the bakers](01-first.md#bakers), and [First](01-first.md). [Below](#here) is more."
"""References to another chapter, by words of its own and by its title, and to the chapter itself."""


@pytest.mark.parametrize("printed", [True, False])
def test_a_handout_says_where_the_book_has_what_it_refers_to(
    make_book: MakeBook, tmp_path: Path, printed: bool
) -> None:
    project = book(f"{PRINT if printed else ''}{HANDOUT}", chapter=f"{REFERRING}\n\n## Here\n\n{QUOTED}")
    project["chapters/01-first.md"] += f"\n{TEXT * 8}\n## Bakers {{#bakers}}\n\n{TEXT}"
    build_book(make_book(project), output=tmp_path, jobs=1)
    shown = words(tmp_path / "handout/second.pdf")
    assert "Below (see page 1) is more." in shown
    if not printed:
        assert "the bakers (“First”), and First. Below" in shown
        return
    reader = PdfReader(tmp_path / "print.pdf")
    pages = zip(reader.labels, reader.texts, strict=True)
    found = {line: label for label, text in pages if label.isdigit() for line in text.split("\r\n")}
    first, bakers = found["Chapter 1"], found["Bakers"]
    assert bakers != first
    assert f"the bakers (in the book: {bakers}), and First (in the book: {first}). Below" in shown


def test_a_handout_says_how_many_pages_it_has_in_the_language_of_the_book(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book(book(HANDOUT, chapter=TEXT * 14, head='language = "de"\n')), output=tmp_path, jobs=1)
    handout = PdfReader(tmp_path / "handout/second.pdf")
    count = len(handout.texts)
    assert count > 1
    for number, text in enumerate(handout.texts, start=1):
        assert f"Seite {number} von {count}" in " ".join(text.split())
    assert squeeze("On Bread Second") in squeeze(handout.texts[1])
    assert "Name" in handout.texts[0]
    assert "Datum" in handout.texts[0]


def test_a_handout_without_a_printed_book_names_no_pages_of_one(make_book: MakeBook, tmp_path: Path) -> None:
    build_book(make_book(book(HANDOUT)), output=tmp_path, jobs=1)
    assert "in the book" not in words(tmp_path / "handout/second.pdf")


@pytest.mark.parametrize("length", range(20, 34, 3))
@pytest.mark.parametrize("own", ["", ":root { --text-size: 11pt; --line: 15pt; }"])
def test_the_last_page_of_a_handout_is_not_nearly_empty(
    make_book: MakeBook, tmp_path: Path, length: int, own: str
) -> None:
    styles = 'styles = ["handout.css"]\n' if own else ""
    root = make_book(book(f"{HANDOUT}{styles}", chapter=TEXT * length) | ({"handout.css": own} if own else {}))
    build_book(root, output=tmp_path, jobs=1)
    last = PdfReader(tmp_path / "handout/second.pdf").texts[-1]
    assert last.count("\n") > 8, last


def test_handouts_of_the_sample_have_a_quarter_of_a_page_on_their_last_one(built_sample: Path) -> None:
    """From the top of the text area to the last base line, notes included."""
    found = measures(Edition("pdf", page=Page("210mm", "297mm"), split="chapter"))
    height = found["page-height"] - found["margin-top"] - found["margin-foot"]
    used = {}
    for path in sorted((built_sample / "handout").glob("*.pdf")):
        pages = TypeReader(path)
        lowest = min(line.baseline for line in pages.on_page(pages.pages - 1))
        used[path.stem] = (found["page-height"] - found["margin-top"] - lowest) / height
    assert len(used) > 5
    assert min(used.values()) > 0.25, used


def test_terms_of_the_index_are_as_large_as_the_text_around_them(make_book: MakeBook, tmp_path: Path) -> None:
    chapter = f"{TEXT}Then [remarkable words]{{.index}} stand in it, and {TEXT}"
    build_book(make_book(book(HANDOUT, chapter=chapter)), output=tmp_path, jobs=1)
    with pymupdf.open(tmp_path / "handout/second.pdf") as document:  # type: ignore[no-untyped-call]
        blocks = [block for page in document for block in page.get_text("dict")["blocks"]]
    spans = [span for block in blocks for line in block.get("lines", ()) for span in line["spans"]]
    (size,) = {round(span["size"]) for span in spans if "remarkable" in span["text"]}
    assert size == 11


def test_the_note_on_the_text_costs_no_sheet(make_book: MakeBook, tmp_path: Path) -> None:
    note = f'note = "{("What is said of the text here is long. " * 40).strip()}"\n'
    for length in (4, 10, 23):
        root = make_book(book(HANDOUT, chapter=TEXT * length, head=note))
        build_book(root, output=tmp_path, jobs=1)
        with_note = PdfReader(tmp_path / "handout/second.pdf")
        build_book(make_book(book(HANDOUT, chapter=TEXT * length)), output=tmp_path, jobs=1)
        without = PdfReader(tmp_path / "handout/second.pdf")
        assert (len(with_note.texts) + 1) // 2 == (len(without.texts) + 1) // 2
        assert length > 4 or "What is said of the text" in " ".join(with_note.texts)


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_the_paper_has_a_name(make_book: MakeBook, tmp_path: Path, paper: str, size: tuple[int, int]) -> None:
    build_book(make_book(book(f'{HANDOUT}paper = "{paper}"\n')), output=tmp_path, jobs=1)
    page = PdfReader(tmp_path / "handout/first.pdf").document[0]
    assert tuple(map(round, page.get_size())) == size


def test_a_handout_is_set_in_eleven_points_and_has_room_to_write_in() -> None:
    found = measures(Edition("pdf", page=Page("210mm", "297mm"), split="chapter"))
    assert (found["text-size"], found["line"]) == (11, 14.5)
    assert found["margin-outer"] > 60 * 72 / 25.4


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (f"{PRINT}answer-lines = 2\n", 'a PDF that is not split has no "answer-lines"'),
        (f'{HANDOUT}paper = "a4"\npage = {{ width = "5in" }}\n', "the page is given twice"),
        (f'{HANDOUT}handout = ["full", "full"]\n', '"full" stands in the list twice'),
        (f"{HANDOUT}handout = []\n", "the list of handouts is empty"),
        (f'{PRINT}locators = "quotations"\n', "numbers that the edition does not show"),
    ],
)
def test_settings_that_do_not_go_together_are_errors(make_book: MakeBook, lines: str, words: str) -> None:
    (problem,) = load_project(make_book(book(lines))).problems
    assert words in problem.message


LONG = "> " + "Bread is dear, and it will be dearer before the winter is over. " * 3 + "\n>\n> — [@a]\n\n"
KEYED = f"{TEXT}## A heading\n\n> It is told once.[^n]\n>\n> — [@a]\n{{.key}}\n\n{LONG * 4}{TEXT}"
KEYED += "[^n]: So in the paper.\n"
KINDS = '["full", "quotations", "questions", "one-page"]'


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with every kind of handout."""
    root = tmp_path_factory.mktemp("kinds")
    for name, text in book(f"{HANDOUT}handout = {KINDS}\n", chapter=KEYED).items():
        path = root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    build_book(root, output=root / "build", jobs=1)
    return root / "build" / "handout"


def test_each_kind_of_handout_stands_in_a_folder_of_its_own(kinds: Path) -> None:
    found = {path.relative_to(kinds).as_posix() for path in kinds.rglob("*.pdf")}
    slugs, of_all = ("opening", "first", "second"), ("full", "quotations", "one-page")
    every = {f"{kind}/{slug}.pdf" for kind in of_all for slug in slugs}
    every |= {f"{kind}/all.pdf" for kind in (*of_all, "questions")}
    assert found == every | {"questions/second.pdf"}, "only a chapter with questions has a handout of them"


def test_a_handout_of_quotations_has_all_of_them_with_number_and_attribution_and_no_other_text(kinds: Path) -> None:
    text = words(kinds / "quotations/second.pdf")
    assert re.findall(r"\b2\.\d\b", text) == ["2.1", "2.2", "2.3", "2.4", "2.5"]
    assert text.count("On Bread, March 2, 1908") == 5
    assert "So in the paper." in text
    assert "Words that fill" not in text
    assert "A heading" not in text
    assert "Why bread?" not in text


def test_a_handout_of_questions_has_no_quotation(kinds: Path) -> None:
    text = words(kinds / "questions/second.pdf")
    assert "Why bread?" in text
    assert "dear" not in text


def test_a_one_page_handout_has_the_marked_quotations_or_the_first_three(kinds: Path) -> None:
    marked, first = words(kinds / "one-page/second.pdf"), words(kinds / "one-page/first.pdf")
    assert re.findall(r"\b2\.\d\b", marked) == ["2.1"]
    assert "Why bread?" in marked
    assert re.findall(r"\b1\.\d\b", first) == ["1.1", "1.3"], "the second one is not attributed"
    for slug in ("opening", "first", "second"):
        assert len(PdfReader(kinds / f"one-page/{slug}.pdf").document) == 1


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_one_page_handout_gets_smaller_until_it_fits_on_its_page(
    make_book: MakeBook, tmp_path: Path, paper: str
) -> None:
    lines = f'{HANDOUT}handout = "one-page"\npaper = "{paper}"\nanswer-lines = 2\n'
    long = LONG.replace("[@a]", "[@a]\n{.key}")
    build_book(make_book(book(lines, chapter=long * 9)), output=tmp_path, jobs=1)
    assert len(PdfReader(tmp_path / "handout/second.pdf").document) == 1
    with pytest.raises(BookError) as failure:
        build_book(make_book(book(lines, chapter=long * 30)), output=tmp_path, jobs=1)
    (problem,) = [one for one in failure.value.problems if one.code == "handout-overflow"]
    assert problem.at.path == "chapters/02-second.md"
    assert "at 9 pt on 11.5 pt" in problem.message


def test_a_question_may_be_higher_than_a_page(make_book: MakeBook, tmp_path: Path) -> None:
    files = book(f"{HANDOUT}answer-lines = 40\n", chapter=QUOTED)
    files["chapters/02-second.md"] = f'---\ntitle: Second\nquestions: ["{TEXT.strip() * 10}", "Why?"]\n---\n\n{QUOTED}'
    build_book(make_book(files), output=tmp_path, only=["2"], jobs=1)
    text = words(tmp_path / "handout/second.pdf")
    assert text.count("to be read.") == 40
    assert "Why?" in text


def test_a_chapter_of_another_author_is_cited_and_listed_with_its_author(make_book: MakeBook) -> None:
    files = book(f'{PRINT}[editions.ebook]\noutput = "epub"\n{HANDOUT}')
    files["book.toml"] = files["book.toml"].replace(
        'authors = ["A. Editor"]', 'editors = ["Mair Vaughan", "Tom Pike"]\npublisher = "Quay & Co."'
    )
    files["chapters/01-first.md"] = files["chapters/01-first.md"].replace(
        "title: First", "title: First?\nauthor: [Ceri Lewis, Ann Hall]\nsummary: It begins."
    )
    root = make_book(files)
    build_book(root, output=root / "out", jobs=1)
    cited = words(root / "out" / "handout" / "first.pdf")
    assert "Ceri Lewis and Ann Hall: First? On Bread. Edited by Mair Vaughan and Tom Pike. Quay & Co." in cited
    assert "Quay & Co.." not in cited
    assert "cite this Second. On Bread. Edited by Mair" in words(root / "out" / "handout" / "second.pdf")
    with pikepdf.open(root / "out" / "handout" / "first.pdf") as handout:
        assert str(handout.docinfo["/Author"]) == "Ceri Lewis; Ann Hall"
    assert re.search(r"First\?\s+(\d+\s+)?Ceri Lewis and Ann Hall", words(root / "out" / "print.pdf"))
    toc = EpubReader(root / "out" / "ebook.epub").files["EPUB/nav.xhtml"].decode()
    assert 'First?</span> – <span class="author">Ceri Lewis and Ann Hall</span></a>' in toc
    assert "First? – Ceri Lewis and Ann Hall" in EpubReader(root / "out" / "ebook.epub").files["EPUB/toc.ncx"].decode()
