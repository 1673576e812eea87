"""The words that go into a book are compared with those that come out: what is missing, doubled or foreign is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import MakeBook
from tests.soak.words import READER, as_project, compare, findings, foreign, letters, main, pandoc_texts

TEXTS = ["The river rose in the night and took the lower mill with it.", "Nobody was hurt."]
OUT = letters(" ".join(TEXTS))


def test_nothing_is_found_where_all_words_come_out_once() -> None:
    assert compare(TEXTS, OUT) == ([], [])


def test_words_that_do_not_come_out_are_missing() -> None:
    missing, doubled = compare(TEXTS, OUT.replace("lowermill", "lower"))
    assert doubled == []
    assert missing
    assert all("mill" in window for window in missing)


def test_a_sentence_that_comes_out_twice_is_doubled_unless_a_citation_names_it_again() -> None:
    missing, doubled = compare(TEXTS, OUT + letters(TEXTS[0]))
    assert missing == []
    assert "The river rose in the night" in doubled
    assert compare(TEXTS, OUT + letters(TEXTS[0]), letters(TEXTS[0])) == ([], [])


def test_pandoc_reads_notes_captions_and_code_apart_and_no_citations() -> None:
    texts = pandoc_texts('A [@k] b.[^1] `c d`\n\n![e](f.png "g")\n\n[^1]: h\n', READER)
    assert [letters(text) for text in texts if letters(text)] == ["a", "b", "h", "cd", "e", "g"]


@pytest.mark.parametrize("sign", ["{{ x }}", "::: note", "[[page]]", "![a](b.png)", "<div>", "\\begin{x}", "[^1]"])
def test_markup_that_comes_out_is_foreign(sign: str, make_book: MakeBook) -> None:
    from book.manuscript.read import read_chapters
    from book.model.settings import Settings

    (chapter,) = read_chapters(make_book(), Settings(title="T")).value
    assert foreign(f"Words {sign} words", chapter, ())


def test_a_book_with_every_construct_loses_and_doubles_no_word(tmp_path: Path) -> None:
    folder = Path(__file__).parent / "manuscript"
    found = findings(as_project(folder, tmp_path), tmp_path / "out", READER)
    assert [(one.edition, one.missing, one.doubled, one.foreign) for one in found] == [
        (edition, [], [], []) for _ in range(2) for edition in ("print", "EPUB")
    ]
    assert sum(one.words for one in found) > 400


def test_a_manuscript_that_cannot_be_built_ends_with_its_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("No title.\n", "utf-8")
    assert main([str(tmp_path)]) == 1
    assert "missing-title" in capsys.readouterr().out
