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
    "a misspelt class of the index": Slip({CHAPTER: f"# A{CITES}\n[well]{{.indx}}\n"}, f"{CHAPTER}:5:9",
                                          "unknown-class", '"index"'),
    "a misspelt place of a figure": Slip({CHAPTER: f"# A{CITES}\n![A well](a.png){{.fooot}}\n"}, f"{CHAPTER}:5:19",
                                         "unknown-class", '"foot"'),
    "a misspelt mark of a key quotation": Slip({CHAPTER: f"# A{CITES}\n> Words.\n>\n> — [@talk-2013]\n\n{{.kye}}\n"},
                                               f"{CHAPTER}:9:3", "unknown-class", '"key"'),
    "a misspelt division": Slip({CHAPTER: f"# A{CITES}\n::: warnign\nA\n:::\n"}, f"{CHAPTER}:5:5", "unknown-class",
                                '"warning"'),
    "a misspelt class in raw HTML": Slip({CHAPTER: f'# A{CITES}\n<div class="versse">A</div>\n'}, f"{CHAPTER}:5:13",
                                         "unknown-class", '"verse"'),
    "a misspelt mark of an altered quotation": Slip(
        {CHAPTER: f'# A{CITES}\n> Words.\n>\n> — [@talk-2013] {{.altred note="why"}}\n'}, f"{CHAPTER}:7:18",
        "foreign-markup", '"altered"'),
    "a misspelt attribute of a term": Slip({CHAPTER: f'# A{CITES}\n[well]{{.index trem="wells"}}\n'},
                                           f"{CHAPTER}:5:1", "raw-html", '"term"'),
    "an attribution without an at sign": Slip({CHAPTER: f"# A{CITES}\n> Words.\n>\n> — [talk-2013]\n"},
                                              f"{CHAPTER}:5:1", "missing-attribution", "> — [@talk-2013]"),
    "an attribution without brackets": Slip({CHAPTER: f"# A{CITES}\n> Words.\n>\n> — talk-2013, p. 3\n"},
                                            f"{CHAPTER}:5:1", "missing-attribution", "> — [@talk-2013]"),
    "an attribution in the last line of its quotation": Slip(
        {CHAPTER: f"# A{CITES}\n> Words.\n> — [@talk-2013]\n"}, f"{CHAPTER}:5:1", "missing-attribution",
        "a paragraph of its own: > — [@talk-2013]"),
    "an attribution as an item of a list": Slip(
        {CHAPTER: f"# A{CITES}\n> Words.\n>\n> - [@talk-2013]\n"}, f"{CHAPTER}:5:1", "missing-attribution",
        "> — [@talk-2013]"),
    "a link that does not end": Slip({CHAPTER: f"# A{CITES}\nSee [well](02-b.md and more.\n"}, f"{CHAPTER}:5:5",
                                     "foreign-markup", "end it"),
    "an entity that does not exist": Slip({CHAPTER: f"# A{CITES}\nTen&nbps;miles.\n"}, f"{CHAPTER}:5:4",
                                          "foreign-markup", "&nbsp;"),
    "code that does not end": Slip({CHAPTER: f"# A{CITES}\nThe `code goes on.\n"}, f"{CHAPTER}:5:5",
                                   "foreign-markup", "end it"),
    "a citation without an at sign": Slip({CHAPTER: f"# A{CITES}\nWords *of* [talk-2013, p. 3].\n"},
                                          f"{CHAPTER}:5:12", "unread-citation", "[@talk-2013]"),
    "a heading without a space": Slip({CHAPTER: f"# A{CITES}\n##The price\n"}, f"{CHAPTER}:5:1", "foreign-markup",
                                      "a space behind the #"),
    "a caption directly below a table": Slip({CHAPTER: f"# A{CITES}\n| a | b |\n|---|---|\n| 1 | 2 |\nTable: A\n"},
                                             f"{CHAPTER}:8:1", "missing-cells", "an empty line"),
    "a caption in another language": Slip({CHAPTER: f"# A{CITES}\n| a | b |\n|---|---|\n| 1 | 2 |\n\nTabelle: A\n"},
                                          f"{CHAPTER}:9:1", "unread-caption", "Table: …"),
    "a misspelt caption above a table": Slip({CHAPTER: f"# A{CITES}\nTabel: A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"},
                                             f"{CHAPTER}:5:1", "unread-caption", "Table: …"),
    "a row that is too short": Slip({CHAPTER: f"# A{CITES}\n| a | b |\n|---|---|\n| 1 |\n"}, f"{CHAPTER}:7:1",
                                    "missing-cells", "a bar for each cell"),
    "a misspelt language of words": Slip({CHAPTER: f"# A{CITES}\n[mot]{{lang=frensh}}\n"}, f"{CHAPTER}:5:12",
                                         "unknown-language", '"fr"'),
    "a misspelt language of a source": Slip(source("title: A", "language: Germann"), "sources.yaml:3:3",
                                            "unknown-language", '"de"'),
    "digits that nobody has": Slip({"book.toml": f'{BOOK}language = "ar-u-nu-arba"\n'}, "book.toml:3:1",
                                   "unknown-language", '"arab"'),
    "digits that are not known here": Slip({"book.toml": f'{BOOK}language = "zh-u-nu-hanidec"\n'}, "book.toml:3:1",
                                           "unknown-language", "-u-nu-"),
    "a misspelt month": Slip(source("title: A", "issued: 2 Febuary 1908"), "sources.yaml:3:3", "invalid-date",
                             'did you mean "2 February 1908"? Write 1908-02-02'),
    "a misspelt type of a source": Slip(source("title: A", "type: speach"), "sources.yaml:3:3", "invalid-value",
                                        '"speech"'),
    "a misspelt title of the book": Slip({"book.toml": '[book]\ntitel = "A"\n'}, "book.toml:2:1", "unknown-key",
                                         '"title"'),
    "a misspelt transcript": Slip(source("title: A", "transcirpt: a.txt"), "sources.yaml:3:3", "unknown-key",
                                  '"transcript"'),
    "a chapter with a heading alone": Slip({"chapters/02-b.md": "# B\n\n## C\n"}, "chapters/02-b.md:1",
                                           "empty-chapter", "write it"),
    "a chapter with a comment alone": Slip({"chapters/02-b.md": "# B\n\n<!-- later -->\n"}, "chapters/02-b.md:1",
                                           "empty-chapter", "write it"),
    "a chapter with a note alone": Slip({"chapters/02-b.md": "# B\n\n[^1]: A note.\n"}, "chapters/02-b.md:1",
                                        "empty-chapter", "write it"),
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
