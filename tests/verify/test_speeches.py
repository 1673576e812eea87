"""Verdicts on quotations chosen by hand, in a whole book with several transcripts."""

from __future__ import annotations

from pathlib import Path

from tests.verify.measure import of_a_book, of_kinds, table

KNOWN = {"all men were created equal, and dedicated to the proposition that"}
"""Half of its words stand in another order: it is called not found, though the source has something like it."""


def test_quotations_in_a_book_get_the_verdicts_that_they_deserve(tmp_path: Path) -> None:
    outcomes = list(of_a_book(tmp_path))
    assert {one[0] for one in outcomes if one[1] is not one[2]} == KNOWN, table(outcomes)


def test_quotations_of_further_kinds_get_the_verdicts_that_they_deserve(tmp_path: Path) -> None:
    outcomes = list(of_kinds(tmp_path))
    assert [one for one in outcomes if one[1] is not one[2]] == [], table(outcomes)


def test_a_transcript_in_html_is_read_in_its_encoding(tmp_path: Path) -> None:
    from book.verify.transcripts import read_transcript

    for name, encoding, head in (("a", "utf-8", ""), ("b", "cp1252", ""), ("c", "utf-8", "<meta charset='latin1'>")):
        page = f"<html><head>{head}</head><body><p>Größe – naïve</p></body></html>"
        (tmp_path / f"{name}.html").write_bytes(page.encode(encoding))
        transcript = read_transcript(tmp_path, f"{name}.html").value
        assert transcript is not None
        assert transcript.text.strip() == "Größe – naïve"
