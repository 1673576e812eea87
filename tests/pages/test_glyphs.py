"""Characters that no font has: one problem for each script, where the project first writes one of them."""

from __future__ import annotations

import pytest

from book.build import build_book
from book.check import check_all
from book.problem import BookError, Problem
from tests.conftest import MakeBook

PRINT = '[book]\ntitle = "A Small Book"\n[editions.print]\noutput = "pdf"\n'
OWN = "add a font that has it, in a stylesheet of the edition"


def missing(make_book: MakeBook, **files: str) -> list[Problem]:
    """What is wrong, which is the same before pages are set and when they have been."""
    root = make_book({"book.toml": PRINT, **files})
    with pytest.raises(BookError) as failure:
        build_book(root, jobs=1)
    built = [problem for problem in failure.value.problems if problem.code == "missing-glyph"]
    checked = [problem for problem in check_all(root).problems if problem.code == "missing-glyph"]
    assert sorted(map(str, checked)) == sorted(map(str, built))
    return sorted(checked, key=lambda problem: problem.at)


def places(problems: list[Problem]) -> list[tuple[str, str]]:
    """Where each problem is, and what it is about."""
    return [(str(problem.at), problem.message.removeprefix("no font of the book has ")) for problem in problems]


def test_the_characters_of_a_script_are_one_problem_where_the_first_of_them_stands(make_book: MakeBook) -> None:
    chapter = "---\ntitle: Words 𒀀\n---\n\nFirst [@talk-2013]\nthen 八, 洞［ and 八 again.\n\nAnd 十 and 𐎀.\n"
    assert places(missing(make_book, **{"chapters/01-first.md": chapter})) == [
        ("chapters/01-first.md:2:14", "the character 𒀀 (U+12000)"),
        (
            "chapters/01-first.md:6:6",
            "4 characters of the script Han: 八 (U+516B), 洞 (U+6D1E), ［ (U+FF3B), 十 (U+5341)",
        ),
        ("chapters/01-first.md:8:11", "the character 𐎀 (U+10380)"),
    ]


def test_many_characters_are_counted(make_book: MakeBook) -> None:
    chapter = f"# One\n\n{''.join(map(chr, range(0x4E00, 0x4E10)))} [@talk-2013]\n"
    (problem,) = missing(make_book, **{"chapters/01-first.md": chapter})
    assert "16 characters of the script Han: 一 (U+4E00), " in problem.message
    assert problem.message.endswith("丆 (U+4E06), 万 (U+4E07) and 8 more")


def test_a_character_of_a_source_is_reported_in_the_list_of_sources(make_book: MakeBook) -> None:
    sources = "- id: talk-2013\n  type: speech\n  title: A talk 𐎀\n  issued: 2013-11-03\n"
    found = places(missing(make_book, **{"sources.yaml": sources}))
    assert found == [("sources.yaml:3:17", "the character 𐎀 (U+10380)")]


def test_a_character_of_the_settings_is_reported_there(make_book: MakeBook) -> None:
    settings = PRINT.replace("A Small Book", "A Small 𒀀 Book")
    found = places(missing(make_book, **{"book.toml": settings}))
    assert found == [("book.toml:2:18", "the character 𒀀 (U+12000)")]


def test_a_character_that_is_spelt_as_an_entity_keeps_its_file(make_book: MakeBook) -> None:
    chapter = "---\ntitle: First\n---\n\nWords &#x5341; [@talk-2013].\n"
    found = places(missing(make_book, **{"chapters/01-first.md": chapter}))
    assert found == [("chapters/01-first.md", "the character 十 (U+5341)")]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("中", f"say what language it is, as in [words]{{lang=zh-Hans}}; or {OWN}"),  # the font is installed here
        ("ع", f"say what language it is, as in [words]{{lang=ar}}; or {OWN}"),
        ("한", "install its font: pip install pylopdf-fonts-ko, and say what language it is: [words]{lang=ko}"),
        ("[한]{lang=ko}", f"install its font: pip install pylopdf-fonts-ko; or {OWN}"),
        ("𐎀", OWN),
        ("ሀ", f"say what language it is, as in [words]{{lang=am}}; or {OWN}"),
        ("𒀀", OWN),
    ],
)
def test_the_hint_names_what_is_missing(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch, words: str, hint: str
) -> None:
    from importlib.util import find_spec

    def without_korean(name: str) -> object:
        return None if name == "pylopdf_fonts_ko" else find_spec(name)

    monkeypatch.setattr("book.language.faces.find_spec", without_korean)
    (problem,) = missing(make_book, **{"chapters/01-first.md": f"# One\n\nWords {words} [@talk-2013].\n"})
    assert problem.hint == hint


def test_what_can_be_drawn_is_not_missing(make_book: MakeBook) -> None:
    words = (
        "e\u0301 a\u0308 non\u2011breaking a\u00adb\u200bc\u200d\ufe0f\u2060 \u202f\u2009\u00a0 ½ → [中]{lang=zh} 文"
    )
    root = make_book({"book.toml": PRINT, "chapters/01-first.md": f"# One\n\n{words} [@talk-2013].\n"})
    assert check_all(root).problems == ()
    build_book(root, jobs=1)


def test_a_font_of_the_project_has_its_characters(make_book: MakeBook) -> None:
    from book.language.faces import FACES

    arabic = next(face.path for face in FACES if face.path is not None and "Amiri" in face.family)
    sheet = '@font-face { font-family: "Mine"; src: url("../fonts/mine.ttf"); }\nbody { font-family: "Mine", serif; }\n'
    files: dict[str, str | bytes | None] = {
        "book.toml": PRINT + 'styles = ["styles/own.css"]\n',
        "styles/own.css": sheet,
        "fonts/mine.ttf": arabic.read_bytes(),
        "chapters/01-first.md": "# One\n\nسلام [@talk-2013].\n",
    }
    root = make_book(files)
    assert [problem.code for problem in check_all(root).problems] == []
    build_book(root, jobs=1)


def test_an_ornament_of_a_stylesheet_is_looked_for_too(make_book: MakeBook) -> None:
    sheet = ':root { --ornament: "❦"; }\n'
    found = check_all(make_book({"book.toml": PRINT + 'styles = ["own.css"]\n', "own.css": sheet})).problems
    assert [(problem.code, str(problem.at)) for problem in found] == [("missing-glyph", "own.css:1:21")]


def test_an_e_book_without_print_edition_needs_no_font(make_book: MakeBook) -> None:
    settings = '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n'
    root = make_book({"book.toml": settings, "chapters/01-first.md": "# One\n\n中文 [@talk-2013].\n"})
    assert check_all(root).problems == ()
