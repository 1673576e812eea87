"""Words in other scripts: which way they run, which face they are set in, and how that shows in a PDF."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from book.build import build_book
from book.check import check_book
from book.language.direction import direction
from book.language.faces import FACES, faces, script_rules
from book.language.scripts import languages
from book.problem import BookError
from tests.conftest import MakeBook
from tests.outputs.test_epub import epubcheck_messages
from tests.readers import EpubReader

CHAPTER = """\
---
title: A village
---

It is called [十八洞村]{lang=zh-Hans}; in Arabic [التنمية المستدامة]{lang=ar}, in Russian [бедность]{lang=ru},
in Greek [φτώχεια]{lang=el} and *курсив*. See [@talk-2013].

> 一段引文。
>
> — [@talk-2013]
{: lang=zh-Hans}
"""
PRINT = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'


@pytest.mark.parametrize(
    ("tag", "way"),
    [("ar", "rtl"), ("fa-IR", "rtl"), ("he", "rtl"), ("fa-Latn", "ltr"), ("az-Arab", "rtl"), ("zh-Hans", "ltr"),
     ("en", "ltr"), ("fa-u-nu-latn", "rtl"), ("ar-EG-u-nu-latn", "rtl"), ("en-u-nu-hebr", "ltr"), ("fa-x-latn", "rtl")],
)  # fmt: skip
def test_a_language_runs_its_own_way(tag: str, way: str) -> None:
    assert direction(tag) == way


@pytest.mark.parametrize(
    ("tag", "family"),
    [("zh", "Noto Serif SC"), ("zh-Hans", "Noto Serif SC"), ("zh-CN", "Noto Serif SC"), ("zh-Hant-TW", "Noto Serif TC"),
     ("zh-HK", "Noto Serif TC"), ("ja", "Noto Serif JP"), ("ko-KR", "Noto Serif KR"), ("AR", "Amiri")],
)  # fmt: skip
def test_a_language_has_its_own_face(tag: str, family: str) -> None:
    assert [face.family for face in faces([tag])] == [family]


@pytest.mark.parametrize("tag", ["en", "ru", "el", "arn", "jav"])
def test_other_languages_keep_the_face_of_the_text(tag: str) -> None:
    assert faces([tag]) == ()
    assert script_rules([tag]) == ""


def test_the_rule_of_a_particular_language_comes_after_the_general_one() -> None:
    order = [face.family for face in faces(["zh-Hant", "zh"])]
    assert order == ["Noto Serif TC", "Noto Serif SC"]
    installed = [face for face in FACES if face.path and face.tags]
    rules = script_rules([face.tags[0] for face in installed])
    places = [rules.index(f'font-family: "{face.family}"') for face in installed]
    assert places == sorted(places, reverse=True)


def test_a_manuscript_knows_its_languages(make_book: MakeBook) -> None:
    book = check_book(make_book({"chapters/01-first.md": CHAPTER})).value
    assert book is not None
    assert languages(book) == {"en", "zh-Hans", "ar", "ru", "el"}


@pytest.fixture
def built(make_book: MakeBook) -> Path:
    """A book in four scripts, built."""
    source = "- id: talk-2013\n  type: speech\n  title: 与村民的谈话\n  language: zh-Hans\n  issued: 2013-11-03\n"
    root = make_book({"chapters/01-first.md": CHAPTER, "sources.yaml": source, "book.toml": PRINT})
    build_book(root, jobs=1, output=root / "build")
    return root / "build" / "print.pdf"


def test_tagged_words_are_set_in_a_face_of_their_script(built: Path) -> None:
    with pikepdf.open(built) as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.obj.Resources.get("/Font", {}).values()}
        spoken: set[str] = set()

        def walk(element: pikepdf.Object) -> None:
            if "/Lang" in element:
                spoken.add(str(element.Lang))
            kids: Any = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    walk(kid)

        walk(pdf.Root.StructTreeRoot.K[0])
    assert any("Noto-Serif-SC" in name for name in fonts)
    assert any("Amiri" in name for name in fonts)
    assert {"zh-Hans", "ar", "ru", "el"} <= spoken
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built))
    for words in ("十八洞村", "一段引文", "与村民的谈话", "бедность", "φτώχεια", "курсив"):
        assert words in text


def test_a_face_that_is_not_installed_is_a_problem_that_says_so(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.language.faces.find_spec", lambda _: None)
    with pytest.raises(BookError) as failure:
        build_book(make_book({"chapters/01-first.md": CHAPTER, "book.toml": PRINT}), jobs=1)
    assert {problem.code for problem in failure.value.problems} == {"missing-glyph"}
    hints = {problem.message.partition(" of the script ")[2][:3]: problem.hint for problem in failure.value.problems}
    own = "; or add a font that has it, in a stylesheet of the edition"
    assert hints == {
        "Han": f"install its font: pip install pylopdf-fonts-zh-cn{own}",
        "Ara": f"install its font: pip install fontpkg-amiri{own}",
    }


def test_a_book_in_japanese_without_its_face_has_one_problem_with_one_package(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("book.language.faces.find_spec", lambda _: None)
    toml = PRINT.replace("[book]", '[book]\nlanguage = "ja"', 1)
    files = {"chapters/01-first.md": "# パンのこと\n\n彼は「パン」を食べた。〔注〕\n", "book.toml": toml}
    with pytest.raises(BookError) as failure:
        build_book(make_book(files), jobs=1)
    (problem,) = (one for one in failure.value.problems if one.code == "missing-glyph")
    assert "characters of the scripts " in problem.message
    assert (problem.hint or "").startswith("install its font: pip install pylopdf-fonts-jp;")


ELSEWHERE = """\
- id: talk-2013
  type: speech
  title: {title}
  author: [{{family: Reed, given: Ada}}]
  issued: 2013-11-03
"""


@pytest.mark.parametrize("words", ["שלום", "สวัสดี", "नमस्ते", "გამარჯობა", "Բարեւ", "ℤ ⇒ ✓ ☂", "讲话", "كلمة"])
def test_a_title_in_any_script_is_set_where_its_font_is_installed(make_book: MakeBook, words: str) -> None:
    toml = PRINT.replace("A Small Book", words) + '[editions.ebook]\noutput = "epub"\n'
    root = make_book({"book.toml": toml, "sources.yaml": ELSEWHERE.format(title=words)})
    build_book(root, jobs=1, output=root / "build")
    with pypdfium2.PdfDocument(root / "build" / "print.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    expected = {character for character in words if character.isalpha()}
    assert expected <= set(text)


def test_a_sign_without_a_language_does_not_stop_a_book(make_book: MakeBook) -> None:
    root = make_book({"book.toml": PRINT, "chapters/01-first.md": "# One\n\nAll of ℤ [@talk-2013].\n"})
    assert check_book(root).problems == ()
    build_book(root, jobs=1, output=root / "build")
    with pypdfium2.PdfDocument(root / "build" / "print.pdf") as document:
        assert any("ℤ" in page.get_textpage().get_text_range() for page in document)


@pytest.mark.parametrize(
    ("settings", "edition", "expected"),
    [
        ("", "", {"amiri.ttf", "noto-sans-georgian.ttf", "noto-serif-sc.otf"}),
        ('language = "zh-Hans"', "", {"amiri.ttf", "noto-sans-georgian.ttf"}),
        ("", "embed-fonts = false", set()),
    ],
)
def test_an_e_book_carries_the_faces_of_other_scripts_reduced_to_its_words_with_their_licences(
    make_book: MakeBook, tmp_path: Path, settings: str, edition: str, expected: set[str]
) -> None:
    toml = f'[book]\ntitle = "T"\n{settings}\n[editions.e]\noutput = "epub"\n{edition}\n'
    text = "# One\n\n[პური]{lang=ka}, [四十]{lang=zh-Hans}, [خبز]{lang=ar} `code`\n"
    build_book(make_book({"chapters/01-first.md": text, "book.toml": toml}), output=tmp_path / "out", jobs=1)
    ebook = EpubReader(tmp_path / "out" / "e.epub")
    names = {name.rpartition("/")[2]: data for name, data in ebook.files.items() if "/fonts/" in name}
    assert {name for name in names if not name.startswith(("serif", "sans-", "code"))} == expected
    assert all(len(data) < 250_000 for data in names.values())
    css = "".join(data.decode() for name, data in ebook.files.items() if name.endswith("scripts.css"))
    assert bool(css) == bool(expected)
    assert css.count("SIL OPEN FONT LICENSE Version 1.1") >= len(expected)
    assert ("[lang|=" + '"ka"]' in css) == bool(expected)
    assert epubcheck_messages((tmp_path / "out" / "e.epub").read_bytes(), tmp_path) == []
