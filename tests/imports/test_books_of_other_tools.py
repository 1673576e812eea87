"""Books of other tools: links between their files, files that they include, code that they run, lists of sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from book.check import check_book
from book.imports.importing import Imported, import_documents
from book.problem import Severity


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def chapters(imported: Imported) -> dict[str, str]:
    return {path: data.decode() for path, data in imported.files.items() if path.startswith("chapters/")}


def errors(imported: Imported, folder: Path) -> list[str]:
    for path, data in imported.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return [str(problem) for problem in check_book(folder).problems if problem.severity is Severity.ERROR]


def notices(imported: Imported) -> list[str]:
    return [one.what for one in imported.decisions if one.subject == "notice"]


SUMMARY = "[Start](README.md)\n\n- [The wall](sea/wall.md)\n- [The bill](sea/bill.md)\n- [Gone](gone.md)\n"


def test_links_of_an_mdbook_lead_to_the_chapters_that_its_files_became(tmp_path: Path) -> None:
    book = written(tmp_path / "in", {
        "src/SUMMARY.md": SUMMARY,
        "src/README.md": "# Start\n\n[The wall](sea/wall.md), [its end](sea/wall.html#the-end), [the bill], [no].\n\n"
        "[the bill]: ./sea/bill.md\n[no]: nowhere.md\n",
        "src/sea/wall.md": "# The wall\n\n[The start](../index.html) and [out](https://example.org).\n\n## The end\n",
        "src/sea/bill.md": "# The bill\n\n[Code](wall.md) but `[no](wall.md)`, [nowhere](../x.md), [top](#the-bill).\n",
    })  # fmt: skip
    imported = import_documents([book])
    found = chapters(imported)
    start = found["chapters/01-start.md"]
    assert "[The wall](02-the-wall.md), [its end](02-the-wall.md#the-end), [the bill], no." in start
    assert "[the bill]: 03-the-bill.md" in start
    assert "## The end {#the-end}" in found["chapters/02-the-wall.md"]
    assert "[The start](01-start.md) and [out](https://example.org)" in found["chapters/02-the-wall.md"]
    assert (
        "[Code](02-the-wall.md) but `[no](wall.md)`, nowhere, [top](03-the-bill.md)" in found["chapters/03-the-bill.md"]
    )
    said = " ".join(notices(imported))
    assert "nowhere.md leads to no chapter" in said
    assert "../x.md leads to no chapter" in said
    assert "gone.md, which the book's settings name, is not there" in said
    assert errors(imported, tmp_path / "out") == []


def test_files_are_included_as_mdbook_and_quarto_include_them(tmp_path: Path) -> None:
    book = written(tmp_path / "in", {
        "src/SUMMARY.md": "- [One](one.md)\n",
        "src/one.md": "# One\n\n{{#include part.md}}\n\n"
        "```rust\n{{#include code.rs:2:3}}\n{{#include code.rs:end}}\n```\n\n"
        "\\{{#include literal}}\n\n{{#include ../../../outside.md}}\n\n{{< include part.md >}}\n",
        "src/part.md": "## A part\n\nIts text.\n",
        "src/code.rs": "one\ntwo\nthree\n// ANCHOR: end\nfour\n// ANCHOR_END: end\nfive\n",
    })  # fmt: skip
    (tmp_path / "outside.md").write_text("secret")
    imported = import_documents([book])
    text = chapters(imported)["chapters/01-one.md"]
    assert text.count("## A part\n\nIts text.") == 2
    assert "```rust\ntwo\nthree\nfour\n```" in text
    assert "secret" not in text
    assert [one for one in imported.decisions if "outside.md" in one.what and one.line == 12]


def test_chunks_of_quarto_are_plain_code_and_a_person_is_asked_for_their_results(tmp_path: Path) -> None:
    book = written(tmp_path / "in", {
        "_quarto.yml": "book:\n  title: Numbers\n  chapters: [a.qmd, b.qmd]\nbibliography: [works.bib, lost.bib]\n",
        "a.qmd": "# First {#sec-first}\n\n```{r}\n#| label: hidden\n#| include: false\nsetup()\n```\n\n"
        "```{r}\n#| label: fig-x\nplot(1)\n```\n\nThere are `r n` of them. See @sec-second and [@reed2001].\n\n"
        "1.  A list.\n\n    ```{python}\n    print(1)\n    ```\n",
        "b.qmd": "# Second {#sec-second}\n\nAs @sec-first says.[^n]\n\n[^n]: <https://example.org>\n",
        "works.bib": "@book{reed2001, title={Water}, author={Reed, Ada}, year=2001}\n",
    })  # fmt: skip
    imported = import_documents([book])
    text = chapters(imported)["chapters/01-first.md"]
    assert "setup()" not in text
    assert "```r\nplot(1)\n```" in text
    assert "    ```python\n    print(1)\n    ```" in text
    assert "[Second](02-second.md)" in text
    assert text.count("<!-- TODO (a.qmd, line ") == 2
    assert "[First](01-first.md) says.[^n]" in chapters(imported)["chapters/02-second.md"]
    assert "[^n]: <https://example.org>" in chapters(imported)["chapters/02-second.md"]
    assert imported.files["works.bib"].startswith(b"@book{reed2001")
    assert 'sources = ["works.bib"]' in imported.files["book.toml"].decode()
    assert "lost.bib, which the book's settings name, is not there" in notices(imported)
    assert errors(imported, tmp_path / "out") == []


def test_a_note_keeps_its_paragraphs_and_a_link_its_address_in_each_chapter(tmp_path: Path) -> None:
    document = tmp_path / "two.md"
    document.write_text(
        "# One\n\nWords[^1] and [a place][p].\n\n# Two\n\n[A place][P] again.\n\n"
        "[^1]: First.\n\n    Second.\n\n[p]: https://example.org/x\n"
    )
    found = chapters(import_documents([document]))
    assert "[^1]: First.\n\n    Second." in found["chapters/01-one.md"]
    assert all("[p]: https://example.org/x" in text for text in found.values())


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ('<meta charset="iso-8859-1">', "cp1252"),
        ('<meta charset="iso-8859-1">', "utf-8-sig"),
        ("", "cp1252"),
        ('<meta charset="no-such">', "utf-8"),
        ("", "utf-16"),
    ],
)
def test_a_page_is_read_in_its_encoding(head: str, encoding: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(f"<html><head>{head}</head><body><p>Größe – naïve</p></body></html>".encode(encoding))
    (text,) = chapters(import_documents([page])).values()
    assert "Größe – naïve" in text


def test_headings_skip_no_level_titles_are_words_and_no_chapter_takes_the_name_of_another_part(tmp_path: Path) -> None:
    document = tmp_path / "a.html"
    document.write_text(
        "<h1>Colophon</h1><p>A.</p><h4>Deep</h4><p>B.</p><h2>Up</h2><p>C.</p><h1>A <a href='http://x.org'>link</a></h1>"
        "<p>2015. It was a year.</p><hr><p>D.</p>"
    )
    imported = import_documents([document])
    found = chapters(imported)
    assert "## Deep" in found["chapters/01-colophon.md"]
    assert "## Up" in found["chapters/01-colophon.md"]
    assert "title: A link" in found["chapters/02-a-link.md"]
    assert "2015\\. It was a year.\n\n* * *\n\nD." in found["chapters/02-a-link.md"]
    assert errors(imported, tmp_path / "out") == []


def test_readings_stay_beside_their_characters_and_control_characters_become_what_was_meant(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p><ruby>\u5c71\u8def<rp>(</rp><rt>\u3084\u307e\u307f\u3061</rt><rp>)</rp></ruby>. a&#x97;b</p>")
    (text,) = chapters(import_documents([page])).values()
    assert "<ruby>\u5c71\u8def<rt>\u3084\u307e\u307f\u3061</rt></ruby>. a\u2014b" in text


def test_notes_of_one_file_do_not_move_to_the_chapters_of_another(tmp_path: Path) -> None:
    book = written(tmp_path / "in", {
        "src/SUMMARY.md": "- [A](a.md)\n- [B](b.md)\n",
        "src/a.md": "# A\n\nWords.[^1]\n\n[^1]: Of A.\n",
        "src/b.md": "# B\n\nWords.[^1]\n\n[^1]: Of B.\n",
    })  # fmt: skip
    found = chapters(import_documents([book]))
    assert "Of A." in found["chapters/01-a.md"]
    assert "Of B." not in found["chapters/01-a.md"]
    assert "Of B." in found["chapters/02-b.md"]


def test_furniture_of_web_sites_is_left_out_and_what_stands_in_a_book_is_not(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<h1>T</h1><div class='social-share'>Share on X</div><p>Words of the text, more than the rest.</p>"
        "<aside class='sidebar'>Most read</aside><aside><p>A remark beside it.</p></aside>"
        "<div id='comments'>Great!</div>"
    )
    imported = import_documents([page])
    (text,) = chapters(imported).values()
    assert "A remark beside it." in text
    assert not [words for words in ("Share on X", "Most read", "Great!") if words in text]
    assert sum("left out <" in one for one in notices(imported)) == 3


PARTS_OF_MDBOOK = """\
# Summary

[One](one.md)

# The wall

- [Two](two.md)
- [Three](three.md)

## Debts

- [Four](four.md)
"""
PARTS_OF_QUARTO = """\
book:
  chapters:
    - src/one.md
    - part: The wall
      chapters: [src/two.md, src/three.md]
    - part: Debts
      chapters: [src/four.md]
"""


@pytest.mark.parametrize(("name", "listing"), [("src/SUMMARY.md", PARTS_OF_MDBOOK), ("_quarto.yml", PARTS_OF_QUARTO)])
def test_titles_of_parts_stand_in_the_report(name: str, listing: str, tmp_path: Path) -> None:
    (tmp_path / "src").mkdir()
    for word in ("one", "two", "three", "four"):
        (tmp_path / "src" / f"{word}.md").write_text(f"# {word}\n\nWords of {word}.\n")
    (tmp_path / name).write_text(listing)
    told = [(one.path, one.what) for one in import_documents([tmp_path]).decisions if "the part" in one.what]
    assert told == [
        ("src/two.md", 'the part "The wall" begins with this chapter; a book here has chapters only'),
        ("src/four.md", 'the part "Debts" begins with this chapter; a book here has chapters only'),
    ]


def test_a_caption_of_code_that_looks_like_a_date_is_a_caption(tmp_path: Path) -> None:
    text = "# T\n\n```{r}\n#| label: fig-a\n#| fig-cap: 2021-17-45\nplot(1)\n```\n\nSee @fig-a.\n"
    (tmp_path / "in.qmd").write_text(text)
    assert "[2021-17-45](" in import_documents([tmp_path / "in.qmd"]).files["chapters/01-t.md"].decode()


def test_pictures_of_a_vault_are_those_in_it_at_each_import(tmp_path: Path) -> None:
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "pictures").mkdir()
    (tmp_path / "others").mkdir()
    (tmp_path / "others" / "secret.png").write_bytes(b"secret")
    (vault / "pictures" / "secret.png").symlink_to(tmp_path / "others" / "secret.png")
    (vault / "note.md").write_text("# Note\n\nA text. ![[secret.png]] ![[lake.png]]\n")
    assert not [path for path in import_documents([vault]).files if path.endswith(".png")]
    (vault / "pictures" / "lake.png").write_bytes(b"lake")
    assert import_documents([vault]).files["chapters/images/lake.png"] == b"lake"
