"""The time that an import takes grows with the document, whatever stands in it."""

from __future__ import annotations

from book.imports.dates_in_text import find_dates
from book.imports.vaults import plain_markdown
from tests.soak.watch import time_limit


def test_thousands_of_dates_in_one_text_are_found_in_seconds() -> None:
    with time_limit(15):
        text = "On Friday, 27 November 2015, it rained again, and on the next day too. " * 2000
        assert len(list(find_dates(text))) == 2000


def test_links_of_a_vault_that_do_not_end_are_read_in_seconds() -> None:
    with time_limit(5):
        for part in ("[[a", "![[a", "[[a#b", "[[a|b"):
            assert plain_markdown(part * 10_000) == (part * 10_000, [])
