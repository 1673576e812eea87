"""The pages of the paper book in the EPUB, compared with the finished PDF."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from lxml import etree

from book.build import build_book
from book.epub.markup import EPUB_TYPE
from book.epub.pages import PageMark, mark_pages
from book.model.editions import Section, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume, PageFurniture
from book.model.settings import Edition, Project, Settings
from book.store.store import Store
from tests.outputs.test_epub import epubcheck_messages
from tests.readers import EpubReader

if TYPE_CHECKING:
    from tests.conftest import MakeBook

NAMESPACES = {
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "svg": "http://www.w3.org/2000/svg",
}
FOLLOWING = (
    "following::text()[not(ancestor::svg:svg)] | following::h:span[@role='doc-pagebreak'] | following::svg:svg "
    "| following::h:img"
)
"""What stands behind a mark: texts, other marks and pictures."""
MARK = "descendant::h:span[@role='doc-pagebreak']"
WORDS = 8


# --- reading back -------------------------------------------------------------------------------


def letters(text: str) -> str:
    """The letters and digits of a text, in lower case: what neither setting nor generated content changes."""
    return "".join(character for character in text if character.isalnum()).casefold()


def find(root: etree._Element, path: str) -> list[etree._Element]:
    """The elements that an XPath finds."""
    found = root.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def texts(element: etree._Element, path: str) -> list[Any]:
    """The texts that an XPath finds; each knows its parent."""
    found = element.xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


@dataclass(frozen=True)
class Mark:
    """A mark in a document of the EPUB."""

    document: str
    element: etree._Element

    @property
    def label(self) -> str:
        return self.element.get("aria-label", "")

    @cached_property
    def following(self) -> list[str]:
        """The first words behind it, without notes: up to the next mark or picture."""
        words: list[str] = []
        for text in texts(self.element, FOLLOWING):
            if isinstance(text, etree._Element):
                if words or text.get("role") == "doc-pagebreak":
                    break
                continue
            if not text.getparent().xpath("ancestor-or-self::*[@class='footnotes']"):
                words += str(text).split()
            if len(words) > WORDS + 1:
                break
        return words[:WORDS]

    @cached_property
    def before_a_picture(self) -> bool:
        """Whether the page begins with a picture."""
        text = self.element.tail or ""
        following = self.element.getnext()
        return not text.strip() and following is not None and etree.QName(following).localname in ("img", "svg")

    @property
    def word_before(self) -> str:
        """The letters of the word that stands before it in its paragraph, or of what can be seen of it."""
        words = "".join(map(str, texts(self.element, "preceding::text()")[-4:])).split()
        return letters(words[-1]) if words else ""

    @property
    def heads(self) -> list[str]:
        """What a page may show above its text: a head of a table or index again, an item's number, a floating table."""
        around = list(self.element.iterancestors())
        heads = ["".join(texts(part, "descendant::text()")) for table in around for part in table.iterfind("{*}thead")]
        groups = ["".join(texts(part, "(h:h2|h:p[@class='entry'])[1]//text()")) for part in around]
        heads += [f"{group} (continued)" for group in groups if group]
        heads += ["".join(texts(table, "descendant::text()")) for table in find(self.element, "preceding::h:table[1]")]
        items = [part for part in around if etree.QName(part).localname == "li"]
        heads += [str(1 + len(list(item.itersiblings("{*}li", preceding=True)))) for item in items]
        return [letters(head) for head in heads]


class Printed:
    """A print edition without its page furniture."""

    def __init__(self, path: Path) -> None:
        data = BytesIO()
        with pikepdf.open(path) as pdf:
            self.labels = [page.label for page in pdf.pages]
            furnished = [page for page in pdf.pages if "/Furniture" in page.obj.Resources.get("/XObject", {})]
            assert furnished
            for page in furnished:
                del page.obj.Resources.XObject["/Furniture"]
            pdf.save(data)
        document = pypdfium2.PdfDocument(data.getvalue())
        self.texts = [letters(page.get_textpage().get_text_range()) for page in document]

    def page(self, label: str) -> str:
        """The letters on a page."""
        return self.texts[self.labels.index(label)]


def marks(ebook: EpubReader) -> list[Mark]:
    """Every mark of an EPUB that is in a document of the text."""
    return [
        Mark(name, mark)
        for name, root in ebook.documents.items()
        if not name.endswith("nav.xhtml")
        for mark in find(root, MARK)
    ]


def agrees(mark: Mark, page: str) -> bool:
    """Whether the first words behind a mark are the first on the page.

    The page may begin with the end of a hyphenated word, whose beginning stands before the mark, or with a
    picture, whose own words are not counted.
    """
    if mark.before_a_picture:
        return letters("".join(mark.following)) in page
    for head in ("", *mark.heads):
        if not page.startswith(head):
            continue
        at = page.find(letters("".join(mark.following)), len(head))
        rest = page[len(head) : at]
        if at >= 0 and (not rest or (mark.word_before.endswith(rest) and mark.word_before != rest)):
            return True
    return False


def disagreeing(folder: Path) -> tuple[list[Mark], int]:
    """The marks of a built book that do not agree with its PDF, and how many there are in all."""
    printed, found = Printed(folder / "print.pdf"), marks(EpubReader(folder / "ebook.epub"))
    return [mark for mark in found if not agrees(mark, printed.page(mark.label))], len(found)


def page_before(element: etree._Element) -> str | None:
    """The folio of the page that an element begins on: the last mark before it."""
    found = find(element, "preceding::h:span[@role='doc-pagebreak'][1]")
    return found[0].get("aria-label") if found else None


# --- the sample book and the Federalist ---------------------------------------------------------


@pytest.fixture(scope="module")
def ebook(built_sample: Path) -> EpubReader:
    return EpubReader(built_sample / "ebook.epub")


def test_every_page_of_the_sample_book_begins_at_its_mark(built_sample: Path) -> None:
    wrong, count = disagreeing(built_sample)
    assert [(mark.document, mark.label, mark.following) for mark in wrong] == []
    assert count > 25


def test_the_pages_of_a_long_book_begin_at_their_marks(built_federalist: Path) -> None:
    wrong, count = disagreeing(built_federalist)
    assert count > 600
    assert len(wrong) <= 0.005 * count, [(mark.document, mark.label, mark.following) for mark in wrong]


@pytest.mark.parametrize("book", ["built_sample", "built_federalist"])
def test_every_page_that_holds_text_of_the_chapters_or_indexes_has_a_mark(
    book: str, request: pytest.FixtureRequest
) -> None:
    folder = request.getfixturevalue(book)
    printed, found = Printed(folder / "print.pdf"), {mark.label for mark in marks(EpubReader(folder / "ebook.epub"))}
    missing = [label for label in printed.labels if label not in found and label.isdigit() and printed.page(label)]
    assert missing == []
    blank = [label for label, text in zip(printed.labels, printed.texts, strict=True) if not text]
    assert not found & set(blank)


def test_the_page_list_leads_to_each_mark_in_reading_order_roman_before_arabic(ebook: EpubReader) -> None:
    nav = ebook.documents["EPUB/nav.xhtml"]
    (listing,) = find(nav, "//h:nav[@epub:type='page-list']")
    assert listing.get("role") == "doc-pagelist"
    links = find(listing, "h:ol/h:li/h:a")
    for link in links:
        target = ebook.target("EPUB/nav.xhtml", link.get("href", ""))
        assert target is not None
        assert target.get(EPUB_TYPE) == "pagebreak"
        assert target.get("aria-label") == link.text
    labels = [str(link.text) for link in links]
    assert set(labels) == {mark.label for mark in marks(ebook)} | {m.get("aria-label") for m in find(nav, MARK)}
    arabic = [int(label) for label in labels if label.isdigit()]
    assert arabic == sorted(set(arabic))
    assert labels.index("1") == len(labels) - len(arabic) > 2


def test_the_contents_are_marked_in_the_navigation_document(ebook: EpubReader) -> None:
    nav = ebook.documents["EPUB/nav.xhtml"]
    (mark,) = find(nav, MARK)
    assert not mark.get("aria-label", "1").isdigit()
    assert mark.getnext() is find(nav, "//h:nav[@epub:type='toc']")[0]


def test_the_ncx_says_what_the_page_list_says(ebook: EpubReader) -> None:
    links = find(ebook.documents["EPUB/nav.xhtml"], "//h:nav[@epub:type='page-list']//h:a")
    ncx = etree.fromstring(ebook.files["EPUB/toc.ncx"])
    targets = find(ncx, "//ncx:pageList/ncx:pageTarget")
    assert [(t.findtext(".//{*}text"), t.find("{*}content").get("src")) for t in targets] == [  # type: ignore[union-attr]
        (link.text, link.get("href")) for link in links
    ]
    kinds = {(target.get("type"), (target.findtext(".//{*}text") or "").isdigit()) for target in targets}
    assert kinds == {("front", False), ("normal", True)}
    counts = {meta.get("name"): meta.get("content") for meta in find(ncx, "//ncx:head/ncx:meta")}
    assert counts["dtb:totalPageCount"] == str(len(links))
    assert counts["dtb:maxPageNumber"] == max((str(link.text) for link in links if str(link.text).isdigit()), key=int)


def test_no_mark_stands_in_a_link_a_heading_or_a_note(ebook: EpubReader) -> None:
    for mark in marks(ebook):
        names = {etree.QName(part).localname for part in mark.element.iterancestors()}
        assert not names & {"a", "h1", "h2", "h3", "h4", "h5", "h6", "aside"}


def test_the_index_shows_the_folios_of_the_pages_that_its_links_lead_to(ebook: EpubReader) -> None:
    name = "EPUB/chronological.xhtml"
    links = find(ebook.documents[name], "//h:a[contains(@class, 'locator')]")
    assert any("further" in link.get("class", "") for link in links)
    for link in links:
        target = ebook.target(name, link.get("href", ""))
        assert target is not None
        if not any(part.get("class") == "footnotes" for part in target.iterancestors()):
            found = re.match(r"page ([ivxlcdm]+|\d+)(?:, mention \d+)?$", link.get("aria-label") or "")
            assert found is not None
            assert "further" in link.get("class", "") or link[0].text == found[1]
            assert page_before(target) == found[1]


def test_every_citation_can_be_reached_from_the_index(ebook: EpubReader, built_sample: Path) -> None:
    record = json.loads((built_sample / "index.json").read_text(encoding="utf-8"))
    links = find(ebook.documents["EPUB/chronological.xhtml"], "//h:a[contains(@class, 'locator')]")
    reached = [link.get("href", "").replace(".xhtml#", "#") for link in links]
    assert sorted(reached) == sorted(one["anchor"] for source in record for one in source["citations"])


def test_cross_references_give_the_page_that_their_target_is_on(ebook: EpubReader) -> None:
    seen = 0
    for name, root in ebook.documents.items():
        for link in find(root, "//h:a[contains(@class, 'xref')]"):
            target = ebook.target(name, link.get("href", ""))
            found = re.match(r" \(see page (\w+)\)", link.tail or "")
            assert target is not None
            if found and "#" in link.get("href", ""):
                seen += 1
                assert page_before(target) == found[1]
    assert seen > 3


def test_the_package_names_the_print_edition_and_declares_its_page_breaks(ebook: EpubReader) -> None:
    package = ebook.files["EPUB/content.opf"].decode()
    source = re.findall(r'property="pageBreakSource">([^<]+)<', package)
    assert source == re.findall(r"<dc:source[^>]*>([^<]+)<", package)
    assert len(source) == 1
    assert "print" in source[0]
    features = re.findall(r'property="schema:accessibilityFeature">([^<]+)<', package)
    assert {"pageBreakMarkers", "pageNavigation", "printPageNumbers"} <= set(features)


def test_epubcheck_has_nothing_to_say_about_the_marks(built_sample: Path, tmp_path: Path) -> None:
    assert epubcheck_messages((built_sample / "ebook.epub").read_bytes(), tmp_path) == []


# --- which edition's pages ----------------------------------------------------------------------

BOOK = """\
[book]
title = "A Small Book"
[editions.print]
output = "pdf"
[editions.large]
output = "pdf"
identifier = "urn:isbn:9780306406157"
[editions.ebook]
output = "epub"
"""


def built(root: Path, output: Path, *editions: str) -> EpubReader:
    """The EPUB of a project, built alone or with others."""
    build_book(root, editions or ("ebook",), output=output, jobs=1)
    return EpubReader(output / "ebook.epub")


def test_an_ebook_built_alone_has_the_pages_all_the_same(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"book.toml": BOOK})
    assert marks(built(root, tmp_path / "alone"))
    names = sorted(path.name for path in (tmp_path / "alone").glob("[!.]*"))
    assert names == ["concordance.csv", "ebook.epub", "index.json", "manifest.json"]
    record = json.loads((tmp_path / "alone" / "index.json").read_text(encoding="utf-8"))
    assert all(one["folios"] == {"print": "1"} for source in record for one in source["citations"])
    built(root, tmp_path / "all", "ebook", "print")
    assert (tmp_path / "all" / "ebook.epub").read_bytes() == (tmp_path / "alone" / "ebook.epub").read_bytes()


def test_the_edition_that_the_settings_name_gives_its_pages_and_its_identifier(
    make_book: MakeBook, tmp_path: Path
) -> None:
    ebook = built(make_book({"book.toml": f'{BOOK}pages = "large"\n'}), tmp_path)
    assert marks(ebook)
    assert b'"pageBreakSource">urn:isbn:9780306406157<' in ebook.files["EPUB/content.opf"]


@pytest.mark.parametrize(
    "settings",
    [
        f'{BOOK}pages = "none"\n',
        '[book]\ntitle = "T"\n[editions.ebook]\noutput = "epub"\n',
        BOOK.replace('output = "pdf"', 'output = "pdf"\nsplit = "chapter"'),
    ],
)
def test_without_a_print_edition_there_are_no_pages_and_locators_name_the_chapter(
    make_book: MakeBook, tmp_path: Path, settings: str
) -> None:
    ebook = built(make_book({"book.toml": settings}), tmp_path)
    assert marks(ebook) == []
    assert b"page-list" not in ebook.files["EPUB/nav.xhtml"]
    assert b"pageList" not in ebook.files["EPUB/toc.ncx"]
    assert b"pageBreak" not in ebook.files["EPUB/content.opf"]
    links = find(ebook.documents["EPUB/chronological.xhtml"], "//h:a[@class='locator']")
    assert ["".join(map(str, link.itertext())) for link in links] == ["First,", "2"]


# --- marks in the tree --------------------------------------------------------------------------


def html(body: str) -> str:
    """A whole document."""
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>T</title></head><body>{body}</body></html>"
    )


def section(body: str, slug: str = "one") -> Section:
    return Section(slug, "chapter", "One", "body", html(body))


def paged(printed: Section, *starts: int) -> PagedVolume:
    """A print edition of one section, whose pages begin at these places."""
    edition = Edition(output="pdf", name="print")
    manuscript = Manuscript(Project(Path(), Settings(title="T"), (edition,)), (), {}, ())
    fragment = Fragment(printed.slug, b"", len(starts), {}, (), starts=starts)
    leaves = tuple(
        PageFurniture(sheet, Folio(1, sheet + 1), printed, opening=sheet == 0, blank=False)
        for sheet in range(len(starts))
    )
    volume = Volume("print", edition, manuscript, ())
    return PagedVolume(volume, (printed,), (fragment,), leaves, (), Pagination({}, {}, len(starts)))


def marked(body: str, *starts: int, paper: str | None = None) -> str:
    """A body with the pages of the print edition, each mark shown as `|folio|`, without attributes."""
    (found,), _ = mark_pages([section(body)], paged(section(paper or body), *starts))
    text = found.html.partition("<body>")[2].removesuffix("</body></html>")
    return re.sub(r'<span epub:type="pagebreak"[^>]* aria-label="(\w+)"></span>', r"|\1|", text)


@pytest.mark.parametrize(
    ("body", "place", "expected"),
    [
        ("<p>One two three</p>", 3, "<p>One |2|two three</p>"),
        ("<p>One</p> <p>two</p>", 3, "<p>One</p> <p>|2|two</p>"),
        ("<p>One <em>two</em> three</p>", 3, "<p>One |2|<em>two</em> three</p>"),
        ("<p>One <em>two three</em> four</p>", 6, "<p>One <em>two |2|three</em> four</p>"),
        ("<p>One</p><h2>Two</h2><p>three</p>", 3, "<p>One</p>|2|<h2>Two</h2><p>three</p>"),
        ("<p>One <em>two</em> three</p>", 6, "<p>One <em>two</em> |2|three</p>"),
        ("<p>One</p><figure><img alt=''/></figure>", 3, '<p>One</p><figure>|2|<img alt=""/></figure>'),
        ('<p>A<a class="noteref">1</a> b</p>', 1, '<p>A<a class="noteref">1</a> |2|b</p>'),
    ],
)
def test_a_mark_stands_at_the_very_word(body: str, place: int, expected: str) -> None:
    assert marked(body, 0, place) == expected.replace("<p>", "<p>|1|", 1)


def test_a_link_is_parted_round_a_mark_and_its_id_stays_with_the_first_part() -> None:
    body = '<p>See <a href="#x" id="r"><cite>one two</cite> three</a> four</p>'
    assert marked(body, 0, 6) == (
        '<p>|1|See <a href="#x" id="r"><cite>one </cite></a>|2|<a href="#x"><cite>two</cite> three</a> four</p>'
    )


def test_a_mark_at_the_beginning_of_a_link_stands_before_it() -> None:
    assert (
        marked('<p>See <a href="#x"><b>one</b> two</a></p>', 0, 3) == '<p>|1|See |2|<a href="#x"><b>one</b> two</a></p>'
    )


def test_pages_that_begin_at_the_same_place_are_marked_in_their_order() -> None:
    assert marked("<p>One two</p>", 0, 3, 3) == "<p>|1|One |2||3|two</p>"


def test_a_page_with_nothing_but_the_rest_of_a_note_is_marked_at_the_end() -> None:
    body = '<p>One</p><section class="footnotes"><aside class="footnote">A note.</aside></section>'
    assert marked(body, 0, 3).startswith("<p>|1|One|2|</p><section")


def test_words_that_only_one_edition_has_do_not_move_a_mark() -> None:
    paper = "<p>One two (see page 31) three four.</p><h2>2015 (continued)</h2><p>five</p>"
    body = "<p>One two (in a later chapter) three four.</p><p>five</p>"
    at = len("Onetwo(seepage31)threefour.")
    assert marked(body, 0, len("Onetwo(seepage31)three"), at, paper=paper) == (
        "<p>|1|One two (in a later chapter) three |2|four.</p><p>|3|five</p>"
    )


def test_an_id_that_the_chapter_has_already_is_not_taken_twice() -> None:
    (found,), (mark,) = mark_pages([section('<p id="page-1">One</p>')], paged(section("<p>One</p>"), 0))
    assert mark.id == "page-1-2"
    assert found.html.count('id="page-1"') == 1


def test_marked_sections_are_kept_until_a_page_begins_elsewhere(tmp_path: Path, monkeypatch: Any) -> None:
    one, store = section("<p>One two</p>"), Store(tmp_path)
    first = mark_pages([one], paged(one, 0, 3), store)
    elsewhere = mark_pages([one], paged(one, 0, 2), store)
    monkeypatch.setattr("book.epub.pages._mark", None)
    assert mark_pages([one], paged(one, 0, 3), store) == first
    assert mark_pages([one], paged(one, 0, 2), store) == elsewhere != first


def test_blank_pages_and_sections_that_only_paper_has_get_no_mark() -> None:
    printed = paged(section("<p>One</p>"), 0, 0)
    blank = replace(printed, leaves=(printed.leaves[0], replace(printed.leaves[1], blank=True)))
    blank = replace(blank, fragments=(replace(blank.fragments[0], starts=(0,)),))
    assert [mark.label for mark in mark_pages([section("<p>One</p>")], blank)[1]] == ["1"]
    other = section("<p>Other</p>", "other")
    assert mark_pages([other], printed) == ((other,), ())


def test_empty_elements_keep_their_end_tags_and_images_have_none() -> None:
    assert marked('<p>One<span id="a"></span><img alt="b"/><br/></p>', 0) == (
        '<p>|1|One<span id="a"></span><img alt="b"/><br/></p>'
    )


def test_a_marks_address_is_that_of_its_file() -> None:
    assert PageMark(Folio(0, 4), "one", "page-iv").address("nav.xhtml") == "one.xhtml#page-iv"
    assert PageMark(Folio(0, 5), "contents", "page-v", contents=True).address("nav.xhtml") == "nav.xhtml#page-v"
