"""The commonest slips of people who begin: each is told where it is, with a hint that mends it."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from book.check import check_book
from tests.conftest import MINIMAL, MakeBook

BOOK = MINIMAL["book.toml"]
CHAPTER = "chapters/01-first.md"
CITES = "\n\nWords [@talk-2013].\n"
PRINT = '\n[editions.print]\noutput = "pdf"\n'


class Slip(NamedTuple):
    """One slip: the files that it is in, and what is said of it."""

    files: dict[str, str | None]
    place: str
    code: str
    hint: str


def front(*lines: str) -> dict[str, str | None]:
    """A chapter with some lines of front matter."""
    return {CHAPTER: "\n".join(["---", *lines, "---"]) + CITES}


def source(*lines: str) -> dict[str, str | None]:
    """A list with one item."""
    return {"sources.yaml": "\n  ".join(["- id: talk-2013", *lines]) + "\n"}


SLIPS = {
    "a colon in a summary": Slip(front("title: A", "summary: Wells: a list"), f"{CHAPTER}:3:15", "malformed-yaml",
                                 'summary: "Wells: a list"'),
    "a colon in the title of a source": Slip(source("title: Wells: a list"), "sources.yaml:2:15", "malformed-yaml",
                                             'title: "Wells: a list"'),
    "a number sign in a subtitle": Slip(front("title: A", "subtitle: Talk # 7"), f"{CHAPTER}:3:16", "yaml-comment",
                                        'subtitle: "Talk # 7"'),
    "a number sign in a source": Slip(source("title: Report # 12"), "sources.yaml:2:17", "yaml-comment",
                                      'title: "Report # 12"'),
    "an at sign before a title": Slip(front("title: @home"), f"{CHAPTER}:2:8", "malformed-yaml", 'title: "@home"'),
    "front matter with equals signs": Slip(front('title = "A"'), f"{CHAPTER}:2:1", "malformed-yaml", "title: …"),
    "a year in a source": Slip(source("title: A", "year: 1908"), "sources.yaml:3:3", "unknown-key", '"issued"'),
    "Date with a capital": Slip(source("title: A", "Date: 1908"), "sources.yaml:3:3", "unknown-key", '"issued"'),
    "a list that is missing": Slip({"book.toml": f'{BOOK}sources = ["list.yaml"]\n'}, "book.toml:3:12",
                                   "missing-sources", "relative to the folder"),
    "a list that is empty": Slip({"sources.yaml": "\n"}, "sources.yaml", "missing-sources", "- {id:"),
    "a list that is a table": Slip({"sources.yaml": "talk-2013:\n  title: A\n"}, "sources.yaml:1:1", "invalid-value",
                                   "- id"),
    "a language as its own name": Slip({"book.toml": f'{BOOK}language = "français"\n'}, "book.toml:3:1",
                                       "unknown-language", '"fr"'),
    "a language with an underscore": Slip({"book.toml": f'{BOOK}language = "pt_BR"\n'}, "book.toml:3:1",
                                          "unknown-language", '"pt-BR"'),
    "an unknown face among others": Slip(
        {"book.toml": f'{BOOK}{PRINT}styles = ["a.css"]\n', "a.css": 'p { font-family: serif, "Sauce Serif Pro" }'},
        "a.css:1:25", "unknown-face", '"Source Serif Pro"'),
    "notes at the end without their section": Slip(
        {"book.toml": f'{BOOK}{PRINT}notes = "end"\nsections = ["titlepage", "chapters"]\n'},
        "book.toml:7:1", "unusable-sections", 'add "notes"'),
    "a handout without sections": Slip(
        {"book.toml": f'{BOOK}\n[editions.handout]\noutput = "pdf"\nsplit = "chapter"\nsections = []\n'},
        "book.toml:7:1", "unusable-sections", '"chapters"'),
    "a chapter in plain text": Slip({"chapters/02-more.TXT": "Words.\n"}, "chapters/02-more.TXT", "ignored-file",
                                    '"02-more.md"'),
    "a chapter of a word processor": Slip({"chapters/02-more.odt": "x"}, "chapters/02-more.odt", "ignored-file",
                                          "book import chapters/02-more.odt"),
    "chapters in a folder": Slip({"chapters/east/01-a.md": "# A\n"}, "chapters/east", "ignored-file", "chapters/east/"),
    "a misspelt class of the index": Slip({CHAPTER: f"# A{CITES}\n[well]{{.indx}}\n"}, f"{CHAPTER}:5:1",
                                          "no-index-term", "{.index}"),
    "a term of the index in marked words": Slip({CHAPTER: f'# A{CITES}\n[well]{{.mark term="wells"}}\n'},
                                                f"{CHAPTER}:5:1", "no-index-term", "{.index}"),
    "an index term with the braces before": Slip({CHAPTER: f"# A{CITES}\n{{.index}}[well]\n"}, f"{CHAPTER}:5:1",
                                                 "foreign-markup", "[words]{.class}"),
    "a picture without a file": Slip({CHAPTER: f"# A{CITES}\n![well]()\n"}, f"{CHAPTER}:5:1", "missing-image",
                                     "between the parentheses"),
    "unquoted text in the settings": Slip({"book.toml": "[book]\ntitle = Wells\n"}, "book.toml:2:9", "malformed-toml",
                                          'title = "Wells"'),
    "curly quotation marks in the settings": Slip({"book.toml": "[book]\ntitle = “Wells”\n"}, "book.toml:2:9",
                                                  "malformed-toml", 'title = "Wells"'),
}  # fmt: skip


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told_where_it_is_with_a_hint_that_mends_it(name: str, make_book: MakeBook) -> None:
    slip = SLIPS[name]
    found = [problem for problem in check_book(make_book(slip.files)).problems if problem.code == slip.code]
    assert [str(problem.at) for problem in found] == [slip.place]
    assert slip.hint in (found[0].hint or "")
