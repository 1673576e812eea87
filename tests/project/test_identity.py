"""Identifier and date of an edition."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from book.model.settings import Edition, Project, Settings
from book.project.identity import check_identifier, identifier, isbn, moment, publication_date


def test_an_identifier_in_the_settings_is_taken_as_it_is() -> None:
    assert identifier(Settings(title="T", identifier="urn:isbn:9780306406157")) == "urn:isbn:9780306406157"


def test_a_derived_identifier_depends_on_title_subtitle_and_authors() -> None:
    books = [
        Settings(title="T"),
        Settings(title="T", subtitle="S"),
        Settings(title="T", authors=("A",)),
        Settings(title="U"),
    ]
    assert len({identifier(book) for book in books}) == len(books)
    assert identifier(Settings(title="T")) == identifier(Settings(title="T", description="D"))


@pytest.mark.parametrize(
    ("edtf", "date"),
    [
        ("2019", "2019"),
        ("2019-05", "2019-05"),
        ("2019-05-21", "2019-05-21"),
        ("2019-05~", "2019-05"),
        ("2019?", "2019"),
        ("2019-05-21/2019-06", "2019-05-21"),
        ("2019-21", "2019"),
        ("201X", None),
        ("0000", None),
        (None, None),
    ],
)
def test_catalogues_get_the_plain_part_of_a_date(edtf: str | None, date: str | None) -> None:
    assert publication_date(Settings(title="T", date=edtf)) == date


def dated(date: str | None, epoch: str = "") -> Project:
    """A project with a date, read in an environment with a `SOURCE_DATE_EPOCH`."""
    return Project(Path(), Settings(title="T", date=date), (), epoch=epoch)


def test_source_date_epoch_comes_first() -> None:
    assert moment(dated("2019-05", "86400")) == datetime(1970, 1, 2, tzinfo=UTC)


@pytest.mark.parametrize("epoch", ["", "soon", "-5", "9" * 30])
def test_a_source_date_epoch_that_is_no_time_is_passed_over(epoch: str) -> None:
    assert moment(dated("2019-05", epoch)) == datetime(2019, 5, 1, tzinfo=UTC)


def test_a_book_without_date_has_a_fixed_one() -> None:
    assert moment(dated(None)) == datetime(2000, 1, 1, tzinfo=UTC)


def test_an_edition_may_have_an_identifier_of_its_own() -> None:
    book = Settings(title="T", identifier="urn:isbn:9780306406157")
    assert identifier(book, Edition(output="epub", identifier="urn:uuid:1")) == "urn:uuid:1"
    assert identifier(book, Edition(output="epub")) == "urn:isbn:9780306406157"


@pytest.mark.parametrize(
    ("urn", "digits"),
    [
        ("urn:isbn:9780306406157", "9780306406157"),
        ("URN:ISBN:978-0-306-40615-7", "9780306406157"),
        ("urn:uuid:cd91fab5-5cf3-4b23-af31-d0fed12ceaac", None),
    ],
)
def test_an_isbn_is_known_by_its_digits(urn: str, digits: str | None) -> None:
    assert check_identifier(urn) is None
    assert isbn(urn) == digits


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("9780306406157", "urn:isbn:9780306406157"),
        ("0-306-40615-2", "urn:isbn:9780306406157"),
        ("urn:isbn:0306406152", "urn:isbn:9780306406157"),
        ("urn:isbn:9780306406158", "urn:isbn:9780306406157"),
        ("urn:isbn:979", "13 digits"),
        ("urn:uuid:979", "8-4-4-4-12"),
        ("my book", "begins with a scheme"),
    ],
)
def test_an_identifier_that_is_none_gets_a_hint_at_the_right_one(written: str, hint: str) -> None:
    assert hint in (check_identifier(written) or "")
