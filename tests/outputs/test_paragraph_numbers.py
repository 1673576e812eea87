"""Numbers of paragraphs in handouts, and on which side numbers and furniture stand, read back from the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import page as page_validation
import pypdfium2
import pytest

from book.build import build_book
from book.composition.styles import measures
from book.model.settings import Edition, Page
from book.project.config import load_project
from tests.conftest import MakeBook
from tests.pdf_checks import faults
from tests.pdf_structure import Structure
from tests.readers import PdfReader

SOURCES = "- {id: a, type: speech, title: On Bread, author: [{family: Reed, given: Ada}], issued: 1908-03-02}\n"
HANDOUT = '[editions.sheet]\noutput = "pdf"\nsplit = "chapter"\n'
NUMBERED = f"{HANDOUT}paragraph-numbers = true\n"
TEXTS = {
    "en": "words that fill several lines of the page, and say nothing but that they are here to be read",
    "ar": "كلام يملأ عدة أسطر من الصفحة ولا يقول شيئا سوى أنه هنا ليقرأ",
}
LETTERS = {"en": "ABCDEFGHIJKLMNOPQRSTUVWX", "ar": "ابتثجحخدذرزسشصضطظعغفقكلم"}
FIRST = {language: [letter * 2 for letter in letters] for language, letters in LETTERS.items()}
"""The first word of each numbered paragraph."""
COUNT = 24


def chapter(language: str) -> str:
    """A chapter of several pages with `COUNT` paragraphs of running text, and others that have no number."""
    words = f" {TEXTS[language]}." * 6
    texts = [f"{first}{words}" for first in FIRST[language]]
    texts[2] += "[^n]"
    other = [
        f"> {TEXTS[language]}.\n>\n> — [@a]\n",
        f"- {TEXTS[language]}\n\n  {TEXTS[language]}\n",
        f"::: note\n{TEXTS[language]}\n:::\n",
        f"## {TEXTS[language]}\n",
    ]
    between = {3: other[0], 8: other[1], 13: other[2], 18: other[3]}
    parts = [part for number, text in enumerate(texts) for part in (between.get(number, ""), f"{text}\n") if part]
    return "---\ntitle: T\n---\n\n" + "\n".join(parts) + f"\n[^n]: {TEXTS[language]}\n\n    {TEXTS[language]}\n"


def book(language: str, editions: str) -> dict[str, str]:
    """A project with one chapter."""
    toml = f'[book]\ntitle = "Book"\nlanguage = "{language}"\n{editions}'
    return {"book.toml": toml, "sources.yaml": SOURCES, "chapters/01-first.md": chapter(language)}


def margins(path: Path) -> Iterator[tuple[pypdfium2.PdfTextPage, float, float, float]]:
    """The text of each page, where its text area begins and ends from left to right, and the page's width, in pt."""
    found = measures(Edition("pdf", page=Page("210mm", "297mm"), split="chapter"))
    for number, page in enumerate(PdfReader(path).document):
        right_to_left = "sheet-ar" in str(path)
        inner_left = (number % 2 == 0) is not right_to_left
        left = found["margin-inner" if inner_left else "margin-outer"]
        right = found["margin-outer" if inner_left else "margin-inner"]
        yield page.get_textpage(), left, page.get_width() - right, page.get_width()


def margin_numbers(path: Path, language: str) -> Iterator[tuple[str, str]]:
    """Each number in the margin where lines begin, with the line of text beside it."""
    for text, left, right, width in margins(path):
        boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
        aside = [
            (letter, box)
            for letter, box in boxes
            if letter.isdigit() and (box[2] < left if language == "en" else box[0] > right)
        ]
        lines: dict[int, list[tuple[float, str]]] = {}
        for letter, box in aside:
            lines.setdefault(round(box[1]), []).append((box[0], letter))
        for bottom, letters in sorted(lines.items(), reverse=True):
            line = text.get_text_bounded(left - 1, bottom, right + 1, bottom + 6)
            yield "".join(letter for _, letter in sorted(letters)), " ".join(line.split())
        assert 0 < left < right < width


@pytest.fixture(scope="module", params=["en", "ar"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """A language, and a handout in it with numbers and without."""
    language = str(request.param)
    paths = []
    for name, lines in (("with", NUMBERED), ("without", HANDOUT)):
        root = tmp_path_factory.mktemp(f"sheet-{language}-{name}")
        for path, content in book(language, lines).items():
            (root / path).parent.mkdir(exist_ok=True)
            (root / path).write_text(content, encoding="utf-8")
        build_book(root, output=root / "build", jobs=1)
        paths.append(root / "build/sheet/first.pdf")
    return language, paths[0], paths[1]


def test_each_paragraph_has_its_number_in_the_margin_beside_its_first_line(built: tuple[str, Path, Path]) -> None:
    language, path, _ = built
    found = list(margin_numbers(path, language))
    assert [number for number, _ in found] == [str(number) for number in range(1, COUNT + 1)]
    assert [line.split()[0] for _, line in found] == FIRST[language]


def test_numbers_of_paragraphs_change_no_line_and_no_page(built: tuple[str, Path, Path]) -> None:
    _, numbered, plain = built
    pages = [
        [text.get_text_bounded(left=left - 1, right=right + 1) for text, left, right, _ in margins(path)]
        for path in (numbered, plain)
    ]
    assert len(pages[0]) > 2
    assert pages[0] == pages[1]


def test_numbers_of_paragraphs_are_read_before_them(built: tuple[str, Path, Path]) -> None:
    language, path, plain = built
    structure = Structure(path)
    labelled = [one for one in structure.find("P") if one.elements and one.elements[0].type == "Lbl"]
    assert [structure.text(one.elements[0]).strip() for one in labelled] == [str(n) for n in range(1, COUNT + 1)]
    assert all(one.kids[0] is one.elements[0] for one in labelled)
    if language == "en":
        texts = [structure.text(one).split()[:4] for one in labelled]
        assert texts == [[str(n), first, "words", "that"] for n, first in enumerate(FIRST[language], start=1)]
    assert len(structure.find("Lbl")) - len(Structure(plain).find("Lbl")) == COUNT


def test_handouts_with_numbers_of_paragraphs_conform_to_pdf_ua(built: tuple[str, Path, Path]) -> None:
    _, path, _ = built
    assert faults(path) == []
    report = page_validation.validate_pdf(str(path), profile=page_validation.ValidationProfile.PDF_UA_1)
    assert report.failures == []


def test_heads_begin_and_folios_end_where_lines_do(built: tuple[str, Path, Path]) -> None:
    language, path, _ = built
    for number, (text, left, right, _) in enumerate(margins(path)):
        height = 842
        foot = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_charbox(n)[3] < 0.072 * height]
        assert foot, number
        end = max(box[2] for box in foot) - right if language == "en" else min(box[0] for box in foot) - left
        assert abs(end) < 2
        if number:
            head = [text.get_charbox(n) for n in range(text.count_chars()) if text.get_charbox(n)[1] > 0.93 * height]
            start = min(box[0] for box in head) - left if language == "en" else max(box[2] for box in head) - right
            assert abs(start) < 2


def test_the_number_of_a_quotation_stands_where_its_lines_begin(built: tuple[str, Path, Path]) -> None:
    language, path, _ = built
    found = []
    for text, left, right, _ in margins(path):
        for number in range(text.count_chars() - 2):
            if text.get_text_range(number, 3) == "1.1":
                box = text.get_charbox(number)
                found.append(box[0] - left if language == "en" else right - box[2])
    (distance,) = found
    assert -20 < distance < 20


def test_large_print_has_numbers_as_large_as_the_text(make_book: MakeBook, tmp_path: Path) -> None:
    lines = f"{NUMBERED}large-print = true\n"
    build_book(make_book(book("en", lines)), output=tmp_path, jobs=1)
    found = measures(Edition("pdf", page=Page("210mm", "297mm"), split="chapter", large_print=True))
    document = PdfReader(tmp_path / "sheet/first.pdf").document
    numbers = []
    for index, page in enumerate(document):
        left = found["margin-inner" if index % 2 == 0 else "margin-outer"]
        text = page.get_textpage()
        boxes = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(text.count_chars())]
        numbers += [(letter, box) for letter, box in boxes if letter.isdigit() and box[2] < left]
    assert len(numbers) == 9 + 2 * (COUNT - 9)
    assert all(box[0] > 10 for _, box in numbers)
    assert min(box[3] - box[1] for _, box in numbers) > 10  # lining figures of 18 pt


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ('[editions.p]\noutput = "pdf"\nparagraph-numbers = true\n', 'that is not split has no "paragraph-numbers"'),
        ('[editions.p]\noutput = "epub"\nparagraph-numbers = true\n', 'an EPUB has no "paragraph-numbers"'),
        (f'{NUMBERED}handout = "one-page"\n', "no paragraphs to number"),
    ],
)
def test_an_edition_without_paragraphs_to_number_is_told(make_book: MakeBook, lines: str, words: str) -> None:
    (problem,) = load_project(make_book(book("en", lines))).problems
    assert words in problem.message
