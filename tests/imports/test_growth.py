"""The time that an import takes grows with the document, whatever stands in it."""

from __future__ import annotations

from pathlib import Path

from book.imports import html
from book.imports.attributions import with_whole_quotations
from book.imports.dates_in_text import find_dates
from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Kind
from book.imports.gathering import Gathered, gather
from book.imports.html_mends import without_heads_of_notes
from book.imports.importing import import_documents
from book.imports.marking import mark_doubts
from book.imports.occasions import Occasion, parts_of
from book.imports.pieces import Piece
from book.imports.plain_lists import find_lists
from book.imports.sentence_ends import sentences
from book.imports.structure import Part
from book.imports.vaults import plain_markdown
from book.verify.quoted import quoted_spans
from tests.soak.watch import time_limit


def test_thousands_of_dates_in_one_text_are_found_in_seconds() -> None:
    with time_limit(15):
        text = "On Friday, 27 November 2015, it rained again, and on the next day too. " * 2000
        assert len(list(find_dates(text))) == 2000


def test_links_of_a_vault_that_do_not_end_are_read_in_seconds() -> None:
    with time_limit(5):
        for part in ("[[a", "![[a", "[[a#b", "[[a|b"):
            assert plain_markdown(part * 10_000) == (part * 10_000, [])


def _occasion(number: int) -> Occasion:
    date = f"{1800 + number % 200}-{1 + number % 12:02}-{1 + number % 28:02}"
    return Occasion(
        date, f"Ada Flint{number % 50}", f"Speech {number}", f"Harbour Congress {number}", None, "", number, 0.9
    )


def test_thousands_of_occasions_are_compared_with_a_thousand_sources_in_seconds() -> None:
    occasions = [_occasion(number) for number in range(2000)]
    known = [Gathered(_occasion(number), [_occasion(number)], f"k{number}", known=True) for number in range(3000, 4000)]
    with time_limit(25):
        assert len(gather(occasions, "in.md", known).new) > 1000


def test_paragraphs_that_open_quotations_or_begin_as_items_are_read_in_seconds() -> None:
    with time_limit(10):
        for words in ("“Nobody came to the lake", "- To the lake, said he.", "• On 3 May 1901 it rained"):
            blocks = [Block(Kind.PARAGRAPH, words, line) for line in range(10_000)]
            assert with_whole_quotations(blocks) == blocks
            assert find_lists(blocks) == blocks


def test_a_paragraph_of_thousands_of_sentences_or_open_quotations_is_read_in_seconds() -> None:
    with time_limit(10):
        assert len(list(sentences("The lake is dry. " * 20_000))) == 20_000
        assert list(quoted_spans("He said “so it is. " * 20_000)) == []


def test_a_chinese_sentence_of_thousands_of_clauses_is_read() -> None:
    with time_limit(10):
        found = parts_of("他说，" * 5000, frozenset())
    assert found is None


def test_a_paragraph_with_thousands_of_links_that_lead_nowhere_makes_a_report_of_its_own_size(tmp_path: Path) -> None:
    document = tmp_path / "in.md"
    document.write_text("# T\n\n" + "Some words and [a link](gone.md) to nowhere. " * 3000)
    with time_limit(20):
        report = import_documents([document]).files["import-report.json"]
    assert len(report) < 10_000_000


def test_a_sentence_of_thousands_of_verbs_of_saying_is_read_in_seconds(tmp_path: Path) -> None:
    document = tmp_path / "in.md"
    for words in ("told the ", "said Ada ", "Ada Flint, ", "of the town and "):
        text = f"On 3 May 1901 Ada Flint {words * 4000}“We shall not build a wall here.”"
        document.write_text(f"# T\n\n“We shall.”\n\n— Ada Flint, speech at the House, 3 May 1900\n\n{text}\n")
        with time_limit(15):
            assert import_documents([document]).quotations == 1


def test_hundreds_of_headings_in_capitals_are_read_in_seconds(tmp_path: Path) -> None:
    document = tmp_path / "in.txt"
    words = "Nobody came to the lake of Ada Flint, and nobody asked why it was dry. " * 12
    letters = [chr(ord("A") + number // 26 % 26) + chr(ord("A") + number % 26) for number in range(600)]
    document.write_text("".join(f"THE LAKE OF FLINT {sign}\n\n{words}\n\n" for sign in letters))
    with time_limit(15):
        found = import_documents([document])
    assert found.chapters > 500


def test_thousands_of_missing_pictures_in_one_paragraph_are_told_in_seconds() -> None:
    with time_limit(10):
        found = html.read(f"<p>{'<img src=x.png>' * 20_000}</p>", "in.html")
    assert len(found.notices) == 20_000


def test_thousands_of_notes_behind_one_another_or_below_headings_are_read_in_seconds() -> None:
    notes = [Block(Kind.NOTE, "[^a]: Words.", line) for line in range(30_000)]
    headings = [Block(Kind.HEADING if line % 2 else Kind.NOTE, "Words", line, 2) for line in range(30_000)]
    with time_limit(10):
        assert without_heads_of_notes(notes, []) == notes
        assert len(without_heads_of_notes(headings, [])) == 15_001


def test_thousands_of_decisions_are_marked_in_seconds() -> None:
    pieces = [Piece(Block(Kind.PARAGRAPH, f"Words {line}.", line, file="in.md")) for line in range(20_000)]
    same = [Decision(Subject.DATE, "a date is", "in.md", line, "", 0.5) for line in range(0, 20_000, 2)]
    each = [Decision(Subject.DATE, f"date {line} is", "in.md", line, "", 0.5) for line in range(0, 20_000, 2)]
    with time_limit(10):
        mark_doubts([Part("T", pieces, 0)], [*same, *each])
    assert [len(piece.marks) for piece in pieces] == [2, 0] * 10_000
    assert pieces[2].lines == {"Date 2 is. Is this right?": 2, "A date is. Is this right?": 2}
