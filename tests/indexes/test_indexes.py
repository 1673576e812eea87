"""Indexes: what they hold, in which order, and how a book shows them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from lxml import etree

from book.build import build_book
from book.check import check_book
from book.composition.compose import compose
from book.composition.sections import SECTIONS
from book.indexes import INDEXES, USUAL, build_indexes
from book.model.editions import Volume
from book.model.indexes import Index, IndexEntry
from book.model.manuscript import Manuscript
from tests.conftest import MakeBook

SOURCES = """\
- {id: late, type: speech, title: Late, author: [{family: Jay, given: John}], issued: 2015-11-27/2015-11-28}
- {id: early, type: speech, title: Early, author: [{family: Madison, given: James}], issued: 2013-11-03}
- {id: year, type: speech, title: Some time, author: [{family: Madison, given: James}], issued: 2015?}
- {id: none, type: speech, title: Never said when, author: [{literal: The Assembly}]}
- {id: joint, type: speech, title: Together, author: [{family: Jay, given: John}, {family: Madison, given: James}], \
issued: 2015-06~}
"""
CHAPTERS = {
    "sources.yaml": SOURCES,
    "chapters/01-first.md": """\
---
title: First
---

One [@late], two [@early; @none], three [@late].
""",
    "chapters/02-second.md": """\
---
title: Second
---

Four [@year; @joint] and five [@early].
""",
}
TERMS = """\
---
title: First
---

The [poverty line]{.index} and a [Poverty line]{.index}, [lines]{.index term="poverty line" sub="rural"}.

[Lines]{.index term="poverty line" sub="by county" seealso="zeal; élan"}, [destitution]{.index see="Poverty Line"}.

[Élan]{.index} and [zeal]{.index}, [echo]{.index}, and in [1949]{.index}.
"""


def manuscript(root: Path) -> Manuscript:
    """The manuscript of a project without errors."""
    checked = check_book(root)
    assert [str(problem) for problem in checked.problems if problem.severity == "error"] == []
    assert checked.value is not None
    return checked.value


def shape(index: Index) -> list[tuple[str, list[str]]]:
    """The groups of an index, and the labels or ids in each."""
    return [(group.heading, [entry.label or entry.key for entry in group.entries]) for group in index.groups]


def find(index: Index, label: str) -> IndexEntry:
    """The entry of a label."""
    return next(entry for group in index.groups for entry in group.entries if entry.label == label)


def test_sources_stand_under_their_years_by_date_and_the_undated_last(make_book: MakeBook) -> None:
    index = INDEXES["chronological"](manuscript(make_book(CHAPTERS)))
    assert shape(index) == [
        ("2013", ["November 3, 2013"]),
        ("2015", ["2015?", "c. June 2015", "November 27–28, 2015"]),
        ("Undated", ["none"]),
    ]


def test_a_source_points_to_its_citations_in_the_order_of_the_book(make_book: MakeBook) -> None:
    book = manuscript(make_book(CHAPTERS))
    index = INDEXES["chronological"](book)
    assert [a.partition("#")[0] for a in find(index, "November 3, 2013").anchors] == ["first", "second"]
    assert [a.partition("#")[0] for a in find(index, "November 27–28, 2015").anchors] == ["first", "first"]
    everything = [anchor for group in index.groups for entry in group.entries for anchor in entry.anchors]
    assert sorted(everything) == sorted(citation.mention.anchor for citation in book.citations)


def test_terms_are_sorted_and_grouped_by_the_letters_of_the_language(make_book: MakeBook) -> None:
    files = {"chapters/01-first.md": TERMS, "book.toml": '[book]\ntitle = "B"\nlanguage = "en"\n'}
    index = INDEXES["subjects"](manuscript(make_book(files)))
    assert shape(index) == [
        ("", ["1949"]), ("D", ["destitution"]), ("E", ["echo", "Élan"]), ("P", ["poverty line"]), ("Z", ["zeal"]),
    ]  # fmt: skip


def test_a_term_has_its_places_its_subentries_and_its_references(make_book: MakeBook) -> None:
    index = INDEXES["subjects"](manuscript(make_book({"chapters/01-first.md": TERMS})))
    line, poor = find(index, "poverty line"), find(index, "destitution")
    assert len(line.anchors) == 2, "headings that differ in capitals are one entry"
    assert [(entry.label, len(entry.anchors)) for entry in line.entries] == [("by county", 1), ("rural", 1)]
    assert [reference.label for reference in line.see_also] == ["Élan", "zeal"]
    assert (poor.anchors, [reference.key for reference in poor.see]) == ((), [line.key])


def test_a_book_without_terms_has_no_subject_index(make_book: MakeBook) -> None:
    assert [index.name for index in build_indexes(manuscript(make_book()))] == ["chronological"]


def test_speakers_have_an_index_where_there_are_several_of_them(make_book: MakeBook) -> None:
    index = INDEXES["speakers"](manuscript(make_book(CHAPTERS)))
    (group,) = index.groups
    assert [(entry.label, [work.label for work in entry.entries]) for entry in group.entries] == [
        ("Jay, John", ["“Together,” c. June 2015", "“Late,” November 27–28, 2015"]),
        ("Madison, James", ["“Early,” November 3, 2013", "“Some time,” 2015?", "“Together,” c. June 2015"]),
        ("The Assembly", ["“Never said when,” undated"]),
    ]
    assert not INDEXES["speakers"](manuscript(make_book(CHAPTERS, **{"sources.yaml": SOURCES.replace(
        "[{family: Jay, given: John}", "[{family: Madison, given: James}").replace(
        "{literal: The Assembly}", "{family: Madison, given: James}").replace(
        ", {family: Madison, given: James}]", "]")}))).groups  # fmt: skip


def test_two_speakers_are_enough_for_an_index(make_book: MakeBook) -> None:
    two = SOURCES.replace("{literal: The Assembly}", "{family: Jay, given: John}")
    (group,) = INDEXES["speakers"](manuscript(make_book(CHAPTERS, **{"sources.yaml": two}))).groups
    assert [entry.label for entry in group.entries] == ["Jay, John", "Madison, James"]


def test_subentries_that_differ_in_capitals_are_one_with_a_capital(make_book: MakeBook) -> None:
    text = "---\ntitle: First\n---\n\n" + " ".join(
        f'[word]{{.index term="line" sub="{sub}"}}' for sub in ("rural", "Rural", "by county")
    )
    line = find(INDEXES["subjects"](manuscript(make_book({"chapters/01-first.md": text}))), "line")
    assert [(entry.label, len(entry.anchors)) for entry in line.entries] == [("by county", 1), ("Rural", 2)]


def test_ids_that_would_be_alike_are_told_apart_in_the_order_of_the_keys_whatever_their_dates(
    make_book: MakeBook,
) -> None:
    keys = ("a:1", "a/1", "a+1")
    for dates in ((2011, 2012, 2013), (2013, 2012, 2011), (2012, 2013, 2011)):
        sources = "".join(
            f'- {{id: "{key}", type: speech, title: T, issued: {date}}}\n'
            for key, date in zip(keys, dates, strict=True)
        )
        text = "---\ntitle: First\n---\n\n" + " ".join(f"[@{{{key}}}]" for key in keys)
        book = manuscript(make_book({"chapters/01-first.md": text, "sources.yaml": sources}))
        index = next(one for one in build_indexes(book) if one.name == "chronological")
        ids = {entry.key: entry.id for group in index.groups for entry in group.entries}
        assert [ids[key] for key in sorted(keys)] == ["chronological-a-1", "chronological-a-1-2", "chronological-a-1-3"]


def test_a_group_with_a_heading_has_an_id_that_begins_with_its_index(make_book: MakeBook) -> None:
    for index in build_indexes(manuscript(make_book(CHAPTERS))):
        ids = [group.id for group in index.groups if group.heading]
        assert len({*ids}) == len(ids)
        assert all(one.startswith(f"{index.name}-") for one in ids)
        assert not any(group.id for group in index.groups if not group.heading)
        if index.name == "chronological":
            assert ids[:2] == ["chronological-2013", "chronological-2015"]


def test_an_index_of_places_is_asked_for_by_name_and_leaves_its_name_to_a_chapter(make_book: MakeBook) -> None:
    toml = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\nsections = ["chapters", "places"]\n'
    sources = SOURCES.replace("issued: 2013", "event-place: York, issued: 2013")
    more = {"book.toml": toml, "sources.yaml": sources, "chapters/03-places.md": "# Places\n\n[@early].\n"}
    book = manuscript(make_book({**CHAPTERS, **more}))
    volume = Volume("print", book.project.editions[0], book, build_indexes(book))
    assert [section.slug for section in compose(volume)][-2:] == ["places", "index-of-places"]
    usual = manuscript(make_book(CHAPTERS))
    assert "places" not in [index.name for index in build_indexes(usual)]


def test_a_reference_behind_a_stop_has_no_second_one(make_book: MakeBook) -> None:
    words = "---\ntitle: T\n---\n\n[the firm]{.index term='Reed & Co.' see='Pike'} and [Pike]{.index}.\n"
    book = manuscript(make_book(CHAPTERS, **{"chapters/01-first.md": words}))
    volume = Volume("ebook", book.project.editions[1], book, build_indexes(book))
    (section,) = (section for section in compose(volume) if section.slug == "subjects")
    assert "Reed &amp; Co.</span> <span" in section.html


def test_the_ids_in_an_index_are_unique(make_book: MakeBook) -> None:
    words = TERMS + "\n[a b]{.index}, [a-b]{.index}, [zeal]{.index sub='x'}, [zeal x]{.index}\n"
    book = manuscript(make_book(CHAPTERS, **{"chapters/01-first.md": words}))
    for index in build_indexes(book):
        entries = [entry for group in index.groups for entry in group.entries]
        names = [entry.id for one in entries for entry in (one, *one.entries)]
        assert len(names) == len(set(names)), index.name


def test_a_new_index_needs_a_module_and_a_line_and_no_layout(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    def by_theme(book: Manuscript) -> Index:
        found = INDEXES["subjects"](book)
        return Index("themes", "Index of themes", found.groups)

    indexes = {**INDEXES, "themes": by_theme}
    for module in ("book.indexes", "book.composition.sections"):
        monkeypatch.setattr(f"{module}.INDEXES", indexes)
    kinds = {**SECTIONS, "themes": replace(SECTIONS["subjects"], optional=True)}
    monkeypatch.setattr("book.composition.sections.SECTIONS", kinds)
    settings = '[book]\ntitle = "T"\n[editions.e]\noutput = "epub"\nsections = ["chapters", "themes"]\n'
    book = manuscript(make_book({"chapters/01-first.md": TERMS, "book.toml": settings}))
    volume = Volume("e", book.project.editions[0], book, build_indexes(book))
    section = compose(volume)[-1]
    assert (section.slug, section.role, section.title) == ("index-of-themes", "index", "Index of themes")
    assert "poverty line" in section.html


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book whose indexes have something of everything, built."""
    root = tmp_path_factory.mktemp("indexes") / "project"
    (root / "chapters").mkdir(parents=True)
    (root / "book.toml").write_text('[book]\ntitle = "A Book"\n[editions.print]\noutput = "pdf"\n'
                                    '[editions.ebook]\noutput = "epub"\n', "utf-8")  # fmt: skip
    (root / "sources.yaml").write_text(SOURCES, "utf-8")
    more = "\n\nAnd [zeal]{.index} again: One [@late], two [@early; @none], three [@year; @joint]."
    (root / "chapters" / "01-first.md").write_text(TERMS + more, "utf-8")
    (root / "chapters" / "02-second.md").write_text("---\ntitle: Second\n---\n\n[Zeal]{.index} [@late].\n", "utf-8")
    build_book(root, jobs=1, output=root / "build")
    return root / "build"


def test_an_index_in_print_shows_pages_and_refers_on_to_entries(built: Path) -> None:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(built / "print.pdf"))
    text = [re.sub(r"\s+", " ", page) for page in pages]
    subjects = next(page for page in text if "Subject index" in page and "Contents" not in page)
    assert "zeal, 1, 3" in subjects, "two places on a page give one folio"
    assert "destitution. See poverty line" in subjects
    assert "poverty line, 1. See also Élan; zeal by county, 1 rural, 1" in subjects
    speakers = next(page for page in text if "Index of speakers" in page and "Contents" not in page)
    assert "Jay, John “Together,” c. June 2015: 1 “Late,” November 27–28, 2015: 1, 3 Madison, James" in speakers
    assert "continued" not in speakers, "a short list stands in one column"


def test_every_link_in_an_index_of_the_epub_leads_to_what_it_says(built: Path) -> None:
    with zipfile.ZipFile(built / "ebook.epub") as package:
        documents = {name.rpartition("/")[2]: etree.fromstring(package.read(name))
                     for name in package.namelist() if name.endswith(".xhtml")}  # fmt: skip
    ids = {name: {element.get("id") for element in root.iter()} for name, root in documents.items()}
    for name in ("chronological.xhtml", "speakers.xhtml", "subjects.xhtml"):
        links = documents[name].findall(".//{*}section//{*}a")
        assert links, name
        for link in links:
            file, _, fragment = link.get("href", "").partition("#")
            assert fragment in ids[file or name], link.get("href")
    see = documents["subjects.xhtml"].find(".//{*}span[@class='see']/{*}a")
    assert see is not None
    assert see.get("href") == "subjects.xhtml#subjects-poverty-line"


def test_an_index_that_no_edition_names_is_in_none_unless_it_is_usual(make_book: MakeBook) -> None:
    book = manuscript(make_book(CHAPTERS))
    assert {index.name for index in build_indexes(book)} <= USUAL < set(INDEXES)


CHINESE = """\
---
title: 一
---

[人民]{.index}、[贫困]{.index seealso=人民}、[AIDS]{.index}、
[阿Q]{.index}、[重庆]{.index sort=虫庆}。
"""


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ('language = "zh-Hans"', [("A", ["AIDS", "阿Q"]), ("C", ["重庆"]), ("P", ["贫困"]), ("R", ["人民"])]),
        (
            'language = "zh-Hans"\nindex-order = "strokes"',
            [("A", ["AIDS"]), ("2画", ["人民"]), ("6画", ["重庆"]), ("8画", ["贫困", "阿Q"])],
        ),
    ],
)
def test_terms_in_chinese_are_filed_by_pinyin_or_strokes(
    make_book: MakeBook, settings: str, expected: list[tuple[str, list[str]]]
) -> None:
    toml = f'[book]\ntitle = "书"\n{settings}\n\n[editions.epub]\noutput = "epub"\n'
    index = INDEXES["subjects"](manuscript(make_book({"book.toml": toml, "chapters/01-first.md": CHINESE})))
    assert shape(index) == expected


def test_terms_in_japanese_are_filed_by_their_readings(make_book: MakeBook) -> None:
    terms = "[貧困]{.index sort=ひんこん}、[貧困]{.index}、[コーヒー]{.index}、[脱却]{.index sort=だっきゃく}"
    chapter = f"---\ntitle: 一\n---\n\n{terms}。\n"
    toml = '[book]\ntitle = "本"\nlanguage = "ja"\n\n[editions.epub]\noutput = "epub"\n'
    index = INDEXES["subjects"](manuscript(make_book({"book.toml": toml, "chapters/01-first.md": chapter})))
    assert shape(index) == [("か", ["コーヒー"]), ("た", ["脱却"]), ("は", ["貧困"])]


def test_only_terms_in_another_language_than_the_book_say_theirs(make_book: MakeBook) -> None:
    toml = '[book]\ntitle = "B"\nlanguage = "en"\n'
    own, foreign = "[water]{.index}", "[Wasser]{.index lang=de}"
    checked = check_book(
        make_book({"book.toml": toml, "chapters/01-first.md": f"---\ntitle: First\n---\n\n{own} {foreign}\n"})
    )
    assert checked.value is not None
    entries = [entry for index in build_indexes(checked.value) for group in index.groups for entry in group.entries]
    assert {str(entry.label): entry.language for entry in entries} == {"water": None, "Wasser": "de"}


def test_places_are_sorted_as_the_language_sorts_their_names(make_book: MakeBook) -> None:
    toml = '[book]\ntitle = "B"\nlanguage = "de"\n[editions.print]\noutput = "pdf"\nsections = ["chapters", "places"]\n'
    names = ("Zug", "Ährenfeld", "berlin")
    sources = "".join(
        f"- {{id: s{number}, type: speech, title: T{number}, event-place: {name}}}\n"
        for number, name in enumerate(names)
    )
    body = "---\ntitle: First\n---\n\n" + " ".join(f"[@s{number}]" for number in range(3)) + "\n"
    checked = check_book(make_book({"book.toml": toml, "sources.yaml": sources, "chapters/01-first.md": body}))
    assert checked.value is not None
    (places,) = (index for index in build_indexes(checked.value) if index.name == "places")
    assert [str(entry.label) for group in places.groups for entry in group.entries] == ["Ährenfeld", "berlin", "Zug"]


@pytest.mark.parametrize(
    ("language", "titles"),
    [("fr", ["Eau", "Élan", "Zone"]), ("sv", ["Zon", "Ånger", "Äpple"]), ("es", ["Nube", "Ñandú", "Oda"])],
)
def test_sources_of_one_date_are_in_the_order_of_the_language(
    make_book: MakeBook, language: str, titles: list[str]
) -> None:
    sources = "".join(f"- {{id: s{number}, type: speech, title: {title}}}\n" for number, title in enumerate(titles))
    book = f'[book]\ntitle = "T"\nlanguage = "{language}"\n[editions.ebook]\noutput = "epub"\n'
    root = make_book({"book.toml": book, "sources.yaml": sources, "chapters/01-first.md": "# A\n\n[@s2] [@s1] [@s0]\n"})
    index = INDEXES["chronological"](manuscript(root))
    assert [entry.source.title for entry in index.groups[0].entries if entry.source] == titles


def test_a_decade_has_a_heading_of_its_own_behind_its_first_year(make_book: MakeBook) -> None:
    dates = {"a": "188X", "b": "1880-05-02", "c": "1880", "d": "1881", "e": "188X-12-25"}
    listed = "".join(f"- {{id: {key}, type: speech, title: T {key}, issued: {date}}}\n" for key, date in dates.items())
    cited = "; ".join(f"@{key}" for key in dates)
    checked = check_book(make_book({"sources.yaml": listed, "chapters/01-first.md": f"# One\n\nWords [{cited}].\n"}))
    assert checked.value is not None
    (index,) = (one for one in build_indexes(checked.value) if one.name == "chronological")
    found = {group.heading: [entry.key for entry in group.entries] for group in index.groups}
    assert found == {"1880": ["c", "b", "e"], "1880s": ["a"], "1881": ["d"]}
    assert list(found) == ["1880", "1880s", "1881"]
