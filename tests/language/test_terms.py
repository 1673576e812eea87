"""The words of a book, by language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from book.build import build_book
from book.language.terms import TERMS, book_terms, terms
from book.model.settings import Settings
from book.project.config import load_project
from tests.conftest import MakeBook
from tests.readers import XHTML, EpubReader, PdfReader

FOLDER = Path(__file__).parent.parent.parent / "book" / "language" / "terms"


def gaps(text: str) -> list[str]:
    """What is filled in: `{page}`."""
    return sorted(re.findall(r"\{\w+\}", text))


@pytest.mark.parametrize("language", TERMS)
def test_every_language_has_the_same_terms_with_the_same_gaps(language: str) -> None:
    english, words = TERMS["en"], TERMS[language]
    assert set(words) == set(english)
    assert all(text.strip() == text != "" for text in words.values())
    words = {key: word.replace("{heading}", "") if key in ("see", "see-also") else word for key, word in words.items()}
    assert [key for key in words if gaps(words[key]) != gaps(english[key])] == []


@pytest.mark.parametrize("language", TERMS)
def test_a_table_is_in_the_order_of_its_keys_so_that_languages_can_be_compared(language: str) -> None:
    assert list(TERMS[language]) == sorted(TERMS[language])


def test_every_table_in_the_folder_is_in_the_registry_under_its_name() -> None:
    assert {path.stem for path in FOLDER.glob("[a-z]*.py")} == {tag.replace("-", "_").lower() for tag in TERMS}


def test_a_book_gets_the_terms_of_its_primary_language_or_english_ones() -> None:
    assert book_terms(Settings(title="T", language="de-CH-1996"))["page-number"] == "Seite {page}"
    assert terms("DE")["page-number"] == "Seite {page}"
    assert terms("tlh") == TERMS["en"]


def test_every_term_that_code_or_a_layout_names_is_in_the_tables(sample: Path) -> None:
    book = sample / "book"
    texts = [path.read_text("utf-8") for path in (*book.rglob("*.py"), *book.rglob("*.html"))]
    term = re.compile(r"\b(?:book_)?terms(?:\([\w.]+\))?\[[\"']([\w-]+)[\"']\]")
    named = {key for text in texts for key in term.findall(text)}
    assert len(named) > 20
    assert named - set(TERMS["en"]) == set()


@pytest.mark.parametrize(
    ("language", "contents"),
    [
        ("zh", "目录"),
        ("zh-CN", "目录"),
        ("zh-TW", "目錄"),
        ("zh-Hant-HK", "目錄"),
        ("no", "Innhold"),
        ("pt-BR", "Sumário"),
    ],
)
def test_a_language_finds_its_table_by_script_and_region(language: str, contents: str) -> None:
    assert terms(language)["contents"] == contents


def test_a_project_sets_words_of_its_own(make_book: MakeBook, tmp_path: Path) -> None:
    toml = '[book]\ntitle = "B"\nlanguage = "eu"\n[words]\ncontents = "Aurkibidea"\n'
    toml += 'chapter-number = "{number}. kapitulua"\n'
    files = {
        "book.toml": toml + '[editions.print]\noutput = "pdf"\n',
        "chapters/01-first.md": "---\ntitle: Lehena\n---\n\nHitzak.\n",
    }
    build_book(make_book(files), output=tmp_path, jobs=1)
    text = " ".join(PdfReader(tmp_path / "print.pdf").texts)
    assert "Aurkibidea" in text
    assert "1. kapitulua" in " ".join(text.split()).lower()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('contets = "X"', 'unknown key "contets"'),
        ('see-page = "siehe"', 'the word "see-page" is a text with {page}'),
        ("contents = 1", 'the word "contents" is a text'),
    ],
)
def test_a_word_that_does_not_fit_is_refused(make_book: MakeBook, line: str, words: str) -> None:
    problems = load_project(make_book({"book.toml": f'[book]\ntitle = "B"\n[words]\n{line}\n'})).problems
    assert [str(problem.at) for problem in problems] == ["book.toml:4:1"]
    assert words in problems[0].message


@pytest.mark.parametrize(
    ("language", "own", "expected"),
    [
        ("en", "", "one, 1. See also three|two. See three"),
        ("ja", "", "one、1。threeをも見よ|two。threeを見よ"),
        ("ko", "", "one, 1. three도 참조|two. three 참조"),
        ("hi", "", "one, 1। three भी देखें|two। three देखें"),
        ("zh-Hans", "", "one，1。另见three|two。见three"),
        (
            "eu",
            '\n[words]\nsee = "ik. {heading}"\nsee-also = "ik. {heading} ere"',
            "one, 1. ik. three ere|two. ik. three",
        ),
    ],
)
def test_a_reference_stands_where_the_language_has_it(
    make_book: MakeBook, tmp_path: Path, language: str, own: str, expected: str
) -> None:
    toml = f'[book]\ntitle = "T"\nlanguage = "{language}"\n[editions.e]\noutput = "epub"\npages = "none"\n{own}\n'
    chapter = '# 1\n\n[one]{.index seealso="three"} [two]{.index see="three"} [three]{.index}\n'
    build_book(make_book({"book.toml": toml, "chapters/01-first.md": chapter}), output=tmp_path / "out", jobs=1)
    index = EpubReader(tmp_path / "out" / "e.epub").documents["EPUB/subjects.xhtml"]
    lines = ["".join(map(str, item.itertext())).replace("\N{NO-BREAK SPACE}", " ") for item in index.iter(f"{XHTML}li")]
    wanted = [line.replace("\N{WORD JOINER}", "") for line in lines if not line.startswith("three")]
    assert "|".join(wanted) == expected
