"""Long chapters in several files of an e-book: no word is lost, every link, note and page is found, in order."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from book.build import build_book
from book.epub.long_files import split_long
from book.model.editions import Section
from tests.conftest import MakeBook
from tests.outputs.test_epub import epubcheck_messages
from tests.readers import XHTML, EpubReader

TYPE = "{http://www.idpf.org/2007/ops}type"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
WORDS = "Words upon words in a sentence that goes on so that a paragraph has some length and pages are filled. " * 12


def chapter(parts: int) -> str:
    """A chapter with sections and subsections, notes that call notes, references, terms and citations."""
    text = ["# Long\n\nOpening.[^open] See [the end](#last) and [elsewhere](02-other.md#there).\n\n[^open]: First.\n"]
    for n in range(parts):
        text += [
            f"## Part {n} {{#part-{n}}}\n\n### One\n\nBegin {n} [@talk-2013].[^n{n}]\n\n{WORDS}\n",
            f"[^n{n}]: Note {n}, which goes on.[^m{n}]\n\n[^m{n}]: A note to it, see [the first](#part-0).\n",
            f"### Two\n\n[poverty line]{{.index}}. {WORDS} Back to [part 1](#part-1), again.[^open]\n",
        ]
    return "\n".join([*text, "## The last {#last}\n\nEnd.\n"])


def files_of(largest: int) -> dict[str, str]:
    """A book whose first chapter is split above some kilobytes."""
    editions = '[editions.print]\noutput = "pdf"\n[editions.e]\noutput = "epub"\n'
    toml = f'[book]\ntitle = "T"\n{editions}largest-file = {largest}\n'
    other = "# Other\n\n## There\n\nSee [part 5](01-long.md#part-5), [the start](01-long.md). [poverty line]{.index}\n"
    long_two = "# Another\n\nIts slug is what a second file would be called.\n"
    return {
        "book.toml": toml, "chapters/01-long.md": chapter(8), "chapters/02-other.md": other,
        "chapters/03-long-2.md": long_two,
    }  # fmt: skip


@pytest.fixture(scope="module")
def ebooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same book with the chapter in one file, and in several."""
    made = []
    for largest in (0, 10):
        root = tmp_path_factory.mktemp("long")
        for name, content in files_of(largest).items():
            (root / name).parent.mkdir(exist_ok=True)
            (root / name).write_text(content, encoding="utf-8")
        (root / "sources.yaml").write_text("- {id: talk-2013, type: speech, title: A talk, issued: 2013-11-03}\n")
        report = build_book(root, output=root / "out", jobs=1)
        assert [one for one in report.problems if one.code == "long-file"] == []
        made.append(root / "out" / "e.epub")
    return made[0], made[1]


def parts(ebook: EpubReader) -> dict[str, etree._Element]:
    """The files of the long chapter, in order."""
    return {
        name: root for name, root in ebook.documents.items()
        if any(one.get("class", "").startswith("chapter") for one in root.iter(f"{XHTML}section"))
        and root.findtext(f"{XHTML}head/{XHTML}title", "").startswith("Long")
    }  # fmt: skip


def text_of(root: etree._Element, *, notes: bool) -> str:
    """The words of the notes of a file, or all others."""
    words = []
    for text in root.iterfind(f"{XHTML}body/{XHTML}section"):
        for block in text:
            if (block.get(TYPE) == "footnotes") == notes:
                words += "".join(map(str, block.itertext())).split()
    return " ".join(words)


def test_no_file_is_larger_than_asked_and_no_word_is_lost(ebooks: tuple[Path, Path]) -> None:
    whole, split = map(EpubReader, ebooks)
    assert len(parts(whole)) == 1
    assert len(parts(split)) > 2
    assert all(len(split.files[name]) < 11_000 for name in parts(split))
    for notes in (False, True):
        before = " ".join(text_of(root, notes=notes) for root in parts(whole).values())
        after = " ".join(filter(None, (text_of(root, notes=notes) for root in parts(split).values())))
        assert sorted(before.split()) == sorted(after.split()) != []
        assert notes or before == after  # a note of a note stands in its file, though its number is a later one


def test_every_link_leads_to_the_element_that_it_led_to(ebooks: tuple[Path, Path]) -> None:
    whole, split = map(EpubReader, ebooks)

    def targets(ebook: EpubReader) -> list[str]:
        found = []
        for name, root in ebook.documents.items():
            if name.endswith("nav.xhtml"):
                continue
            for link in root.iter(f"{XHTML}a"):
                target = ebook.target(name, link.get("href", ""))
                assert target is not None, (name, link.get("href"))
                text = "".join(map(str, link.itertext()))
                found.append(f"{text} → {target.get('id') or target.tag}")
        return sorted(found)

    assert targets(whole) == targets(split)


def test_a_note_is_in_the_file_that_calls_it_and_leads_back(ebooks: tuple[Path, Path]) -> None:
    for root in parts(EpubReader(ebooks[1])).values():
        ids = {element.get("id") for element in root.iter(etree.Element)}
        calls = [link for link in root.iter(f"{XHTML}a") if link.get("role") == "doc-noteref"]
        backs = [link for link in root.iter(f"{XHTML}a") if link.get("role") == "doc-backlink"]
        assert backs != []
        assert all(link.get("href", "")[1:] in ids for link in backs if "fnref-open" not in link.get("href", ""))
        first = [link for link in calls if link.get("href") != "#fn-open" and "#fn-open" not in link.get("href", "")]
        assert all(link.get("href", "")[1:] in ids for link in first)


def test_contents_pages_and_ncx_are_as_before_in_order_of_the_spine(ebooks: tuple[Path, Path]) -> None:
    whole, split = map(EpubReader, ebooks)

    def lines(ebook: EpubReader) -> list[tuple[str, str, str]]:
        nav = ebook.documents["EPUB/nav.xhtml"]
        links = [
            (str(part.get(TYPE)), "".join(map(str, link.itertext())), link.get("href", ""))
            for part in nav.iter(f"{XHTML}nav") for link in part.iter(f"{XHTML}a")
        ]  # fmt: skip
        assert all(ebook.target("EPUB/nav.xhtml", href) is not None for _, _, href in links)
        return links

    def strip(found: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        return [(kind, title, href.partition("#")[2]) for kind, title, href in found]

    assert strip(lines(whole)) == strip(lines(split))
    ncx = etree.fromstring(split.files["EPUB/toc.ncx"])
    for content in ncx.iter(f"{NCX}content"):
        assert split.target("EPUB/nav.xhtml", content.get("src", "")) is not None


def test_a_later_file_says_which_chapter_and_section_it_holds(ebooks: tuple[Path, Path]) -> None:
    _, *later = parts(EpubReader(ebooks[1])).values()
    for root in later:
        section = root.find(f"{XHTML}body/{XHTML}section")
        assert section is not None
        assert (section.get("aria-label"), section.get("id"), section.get("role")) == ("Long", None, None)
        heading = next(root.iter(f"{XHTML}h2", f"{XHTML}h3"))
        assert root.findtext(f"{XHTML}head/{XHTML}title") == f"Long: {heading.text}"


def test_epubcheck_has_nothing_to_say_and_two_builds_are_alike(ebooks: tuple[Path, Path], tmp_path: Path) -> None:
    data = ebooks[1].read_bytes()
    assert epubcheck_messages(data, tmp_path) == []
    again = build_book(ebooks[1].parents[1], ["e"], output=tmp_path / "again", jobs=2)
    assert again.written
    assert (tmp_path / "again" / "e.epub").read_bytes() == data


def test_a_long_chapter_without_headings_is_told_and_stays_whole(make_book: MakeBook, tmp_path: Path) -> None:
    files = {
        **files_of(3),
        "chapters/01-long.md": f"# Long\n\nSee [@talk-2013].\n\n{WORDS * 4}\n",
        "chapters/02-other.md": None,
    }
    report = build_book(make_book(files), output=tmp_path / "out", jobs=1)
    (told,) = [str(one) for one in report.problems if one.code == "long-file"]
    assert "note[long-file]: a file of this chapter has 6 kB in the e-book" in told
    assert len(parts(EpubReader(tmp_path / "out" / "e.epub"))) == 1


def test_nothing_is_touched_where_nothing_is_too_long() -> None:
    section = Section("a", "chapter", "A", "body", "<html/>")
    assert split_long([section], [], {"a"}, 250).value == ((section,), ())
    assert split_long([section], [], {"a"}, 0).value == ((section,), ())
