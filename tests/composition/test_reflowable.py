"""What chapters have on a screen only: ids that last, languages for XML, tables in frames."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.composition.records import STEPS
from book.composition.reflowable import make_reflowable
from book.composition.styles import LAYOUTS
from tests.conftest import MakeBook
from tests.readers import EpubReader

EBOOK = '[book]\ntitle = "A Small Book"\n[editions.ebook]\noutput = "epub"\n'
DOT = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
CHAPTER = """\
---
title: First
---

The phrase dates from a visit [@talk-2013, opening], and [the list](#measures) gives its [terms]{.index}.

INSERTED## Measures

> Quoted words.[^first]
>
> — [@talk-2013]

A claim that needs a note.[^claim] The same words stand here twice.

- One of several things, with [a term]{.index} in it.
- Another.

![A dot](images/dot.svg "A caption")

| Head | Head |
|------|------|
| cell | [@talk-2013] |

The claim was made at @talk-2013 again.

> A quotation without a source.

[^first]: The first note, with [@talk-2013].
[^claim]: A note.
"""
INSERTED = """\
## Something new

A new paragraph, with [a new term]{.index}, a citation [@talk-2013], and a note.[^new]

> New words.
>
> — [@talk-2013]

[^new]: A new note.

"""


def body(inner: str) -> etree._Element:
    return etree.fromstring(f"<body>{inner}</body>")


def ids(book: Path, folder: Path) -> dict[str, tuple[str, str]]:
    """Every id of the first chapter and the index of the e-book, with the element's name and words.

    Left out are the numbers of notes, and the words of what holds the whole of the text.
    """
    build_book(book, output=folder)
    documents = EpubReader(folder / "ebook.epub").documents
    found = {}
    for name in ("first", "chronological", "subjects"):
        for element in documents[f"EPUB/{name}.xhtml"].iterfind(".//*[@id]"):
            for number in element.iterfind(".//*[@class='noteref']"):
                number.text = ""
            words = " ".join("".join(map(str, element.itertext())).split()).lstrip("0123456789. ")
            kind = etree.QName(element).localname
            outer = kind in {"section", "li"} or element.get("class") == "noteref"
            found[f"{name}#{element.get('id')}"] = (kind, "" if outer else words)
    return found


def test_a_paragraph_inserted_shifts_no_other_id(make_book: MakeBook, tmp_path: Path) -> None:
    files = {"book.toml": EBOOK, "chapters/images/dot.svg": DOT}
    before = ids(make_book(files | {"chapters/01-first.md": CHAPTER.replace("INSERTED", "")}), tmp_path / "before")
    after = ids(make_book(files | {"chapters/01-first.md": CHAPTER.replace("INSERTED", INSERTED)}), tmp_path / "after")
    assert {name: after.get(name) for name in before} == before
    new = {name.partition("#")[2].partition("-")[0] for name in after.keys() - before.keys()}
    assert new >= {"something", "p", "term", "cite", "q", "fn", "fnref"}
    kinds = {name.partition("#")[2].partition("-")[0] for name in before}
    assert kinds >= {"measures", "p", "term", "cite", "q", "fn", "fnref", "fig", "ref", "chronological", "subjects"}


def test_every_block_of_a_chapter_has_an_id(sample: Path, built_sample: Path) -> None:
    ebook = EpubReader(built_sample / "ebook.epub")
    for chapter in sorted((sample / "chapters").glob("*.md")):
        section = ebook.documents[f"EPUB/{chapter.stem[3:]}.xhtml"].find("{*}body/{*}section")
        assert section is not None
        blocks = [one for one in section if etree.QName(one).localname not in {"header", "section", "hr"}]
        assert [one for one in blocks if one.get("id") is None and one.find(".//*[@id]") is None] == []


def test_blocks_with_the_same_words_have_different_ids() -> None:
    root = body('<p>Again.</p><p>Again.</p><p id="p-own">Again.</p><p>Again.</p><hr/><p>Once.</p>')
    make_reflowable(root)
    names = [block.get("id") for block in root]
    assert names[0] is not None
    assert names[1:4] == [f"{names[0]}-2", "p-own", f"{names[0]}-3"]
    assert names[4] is None
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("words", ["of a chapter", "of another"])
def test_an_id_that_an_author_gave_is_not_given_again(words: str) -> None:
    first = body(f"<p>Words {words}.</p>")
    make_reflowable(first)
    taken = first[0].get("id")
    second = body(f'<h2 id="{taken}">A heading</h2><p>Words {words}.</p>')
    make_reflowable(second)
    assert second[1].get("id") == f"{taken}-2"


def test_citations_do_not_count_because_they_read_differently_in_another_edition() -> None:
    cited = body('<p>Words <span class="citation" id="cite-1"></span></p>')
    plain = body("<p>Words</p>")
    make_reflowable(cited)
    make_reflowable(plain)
    assert cited[0].get("id") == plain[0].get("id")


def test_a_language_is_said_for_html_and_for_xml() -> None:
    root = body('<p>The village <span lang="zh-Hans">十八洞村</span>.</p>')
    make_reflowable(root)
    assert etree.tostring(root[0][0], encoding="unicode").startswith('<span lang="zh-Hans" xml:lang="zh-Hans">')


def test_the_cells_of_a_wide_table_know_their_columns_for_narrow_screens() -> None:
    head = "".join(f"<th>C{number}</th>" for number in range(9))
    row = "".join(f"<td>{number}</td>" for number in range(9))
    root = body(f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table>")
    make_reflowable(root)
    (table,) = root.iter("table")
    assert table.get("class") == "fits-21 widest"
    assert [cell.get("data-label") for cell in root.iter("td")] == [f"C{number}" for number in range(9)]


def labels(root: etree._Element) -> list[str | None]:
    """The names of columns that the cells of a table know."""
    return [cell.get("data-label") for cell in root.iter("td")]


def test_cells_that_span_columns_and_rows_know_the_columns_that_they_are_in() -> None:
    head = '<thead><tr><th>Part</th><th colspan="2">North</th><th>Sum</th></tr></thead>'
    rows = '<tr><th rowspan="2">A</th><td>1</td><td>2</td><td>3</td></tr><tr><td colspan="2">4</td><td>5</td></tr>'
    root = body(f"<table>{head}<tbody>{rows}</tbody></table>")
    make_reflowable(root)
    assert labels(root) == ["North", "North", "Sum", "North", "Sum"]


def test_a_head_of_two_rows_gives_both_names() -> None:
    head = '<thead><tr><th colspan="2">North</th></tr><tr><th>men</th><th>women</th></tr></thead>'
    root = body(f"<table>{head}<tbody><tr><td>1</td><td>2</td></tr></tbody></table>")
    make_reflowable(root)
    assert labels(root) == ["North · men", "North · women"]


def test_the_width_that_a_table_needs_follows_from_its_words_and_has_a_rule() -> None:
    css = (LAYOUTS / "screens.css").read_text(encoding="utf-8")

    def needed(*cells: str) -> int:
        root = body(f"<table><tbody><tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr></tbody></table>")
        make_reflowable(root)
        (name,) = (one for one in next(root.iter("table")).get("class", "").split() if one.startswith("fits-"))
        assert css.count(f".{name} ") == 6
        return int(name.removeprefix("fits-"))

    narrow = needed("1990", "Albany")
    assert narrow == STEPS[0] < needed("1990", "Donaudampfschifffahrtsgesellschaft") < needed(*["of many"] * 40)
    assert needed("扶贫开发工作会议", "扶贫开发工作会议") == narrow


def test_a_table_of_few_columns_stays_as_it_is() -> None:
    root = body("<blockquote><table><tr><td>1</td></tr></table>after</blockquote>")
    make_reflowable(root)
    assert etree.tostring(root[0], encoding="unicode").endswith("><table><tr><td>1</td></tr></table>after</blockquote>")
