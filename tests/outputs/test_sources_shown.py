"""CSL's features of names, dates and titles, each read back in print, EPUB, handout and `index.json`."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.build import build_book
from tests.conftest import EDITIONS
from tests.readers import PdfReader, squeeze

BOOK = (
    """\
[book]
title = "A Small Book"
language = "en-GB"
sources = ["sources.json", "more.yaml"]

"""
    + EDITIONS
)


@dataclass(frozen=True)
class Feature:
    """A feature of CSL, and what a reader sees of it."""

    name: str
    item: dict[str, Any]
    words: tuple[str, ...]
    """What stands in every edition."""
    record: tuple[str, Any]
    """A key of `index.json`, and its value."""


def _name(name: str, person: dict[str, Any] | list[dict[str, Any]], words: str, **more: Any) -> Feature:
    people = person if isinstance(person, list) else [person]
    return Feature(name, {"author": people, **more}, (words,), ("title", f"Title of {name}"))


def _date(name: str, issued: object, words: str, edtf: str | None) -> Feature:
    return Feature(name, {"issued": issued}, (words,), ("date", edtf))


def _title(name: str, title: str, words: str, **more: Any) -> Feature:
    return Feature(name, {"title": title, **more}, (words,), ("title", words))


FEATURES = (
    _name("family and given", {"family": "Reed", "given": "Ada"}, "Ada Reed"),
    _name("literal", {"literal": "State Council"}, "State Council"),
    _name("single name", {"family": "", "given": "Plato"}, "Plato"),
    _name("non-dropping particle", {"family": "Beethoven", "given": "L.", "non-dropping-particle": "van"},
          "L. van Beethoven"),
    _name("dropping particle", {"family": "Humboldt", "given": "A.", "dropping-particle": "von"}, "A. von Humboldt"),
    _name("particle in the family name", {"family": "de Gaulle", "given": "Charles"}, "Charles de Gaulle"),
    _name("suffix", {"family": "Davis", "given": "Sammy", "suffix": "III"}, "Sammy Davis III"),
    _name("comma-suffix", {"family": "King", "given": "M. L.", "suffix": "Jr.", "comma-suffix": 1}, "M. L. King, Jr."),
    _name("static ordering", {"family": "Bartók", "given": "Béla", "static-ordering": True}, "Bartók Béla"),
    _name("several", [{"family": "Pike", "given": "Jo"}, {"family": "Holt", "given": "Al"}], "Jo Pike and Al Holt"),
    _name("speaker in an article", {"family": "Moss", "given": "Ed"}, "Eva Lind", type="article-newspaper",
          speaker=[{"family": "Lind", "given": "Eva"}], title="Title of speaker in an <i>article</i>"),
    _date("day", {"date-parts": [[1901, 5, 4]]}, "4 May 1901", "1901-05-04"),
    _date("month as text", {"date-parts": [["1902", "6"]]}, "June 1902", "1902-06"),
    _date("year", {"date-parts": [["1903", "", ""]]}, "Title of year", "1903"),
    _date("range", {"date-parts": [[1904, 5, 4], [1904, 5, 6]]}, "4–6 May 1904", "1904-05-04/1904-05-06"),
    _date("season", {"date-parts": [[1905]], "season": 3}, "autumn 1905", "1905-23"),
    _date("season by name", {"date-parts": [[1906]], "season": "Spring"}, "spring 1906", "1906-21"),
    _date("circa", {"date-parts": [[1907]], "circa": True}, "c. 1907", "1907~"),
    _date("before Christ", {"date-parts": [[-44, 3, 15]]}, "15 March 44 BC", "-0043-03-15"),
    _date("raw EDTF", {"raw": "190X"}, "1900s", "190X"),
    _date("raw in words", {"raw": "28 August 1963"}, "28 August 1963", "1963-08-28"),
    _date("literal", {"literal": "late in his life"}, "late in his life", "late in his life"),
    _date("literal with a year", {"literal": "Michaelmas term 1612"}, "Michaelmas term 1612", "Michaelmas term 1612"),
    _date("no date", {"date-parts": [[]]}, "Title of no date", None),
    _title("italic", "On <i>Hamlet</i>", "On Hamlet"),
    _title("superscript", "The 2<sup>nd</sup> speech", "The 2nd speech"),
    _title("subscript", "On H<sub>2</sub>O", "On H2O"),
    _title("small capitals", '<span style="font-variant: small-caps;">Nato</span> speech', "Nato speech"),
    _title("nocase", 'An <span class="nocase">iPod</span>', "An iPod"),
    _title("quotation marks", "\"Quoted 'inner' title\"", "“Quoted ‘inner’ title”"),
    _title("ampersand", "A & B < C", "A & B < C"),
    Feature("event and place", {"event-title": "Debate", "event-place": "Kelmouth"}, ("Debate", "Kelmouth"),
            ("event", "Debate")),
    Feature("container", {"container-title": "The <i>Herald</i>"}, ("The Herald",), ("container", "The Herald")),
)  # fmt: skip

YAML = """\
- {id: y1, type: speech, title: "Markdown *emphasis*, H~2~O, x^2^", issued: [{year: 2017, season: 3}]}
- {id: y2, type: speech, title: Listed circa, issued: [{year: 1850, circa: true}]}
- {id: y3, type: speech, title: Listed literal, issued: [{literal: 2014-05}]}
- {id: y4, type: speech, title: Listed range, issued: [{year: 2001, month: 5}, {year: 2001, month: 7}]}
"""
LISTED = {
    "y1": ("Markdown emphasis, H2O, x2", "autumn 2017"),
    "y2": ("Listed circa", "c. 1850"),
    "y3": ("Listed literal", "May 2014"),
    "y4": ("Listed range", "May–July 2001"),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("features")
    items = [
        {"id": f"f{place}", "type": "speech", "title": f"Title of {feature.name}", **feature.item}
        for place, feature in enumerate(FEATURES)
    ]
    keys = [*(item["id"] for item in items), *LISTED]
    (root / "chapters").mkdir()
    (root / "book.toml").write_text(BOOK, encoding="utf-8")
    (root / "sources.json").write_text(json.dumps(items), encoding="utf-8")
    (root / "more.yaml").write_text(YAML, encoding="utf-8")
    quoted = "".join(f"> Words of {key}.\n>\n> — [@{key}]\n\n" for key in keys)
    (root / "chapters/01-on.md").write_text(f"---\ntitle: On *Hamlet*\n---\n\nText.\n\n{quoted}", encoding="utf-8")
    build_book(root)
    return root / "build"


@pytest.fixture(scope="module")
def texts(built: Path) -> dict[str, str]:
    """The text of each edition, without white space."""
    with zipfile.ZipFile(built / "ebook.epub") as book:
        pages = [book.read(name) for name in book.namelist() if name.endswith(".xhtml")]
    epub = "".join(str(etree.fromstring(page).xpath("string()")) for page in pages)
    found = {name: "".join(PdfReader(built / name).texts) for name in ("print.pdf", "handout/on.pdf")}
    return {name: squeeze(text) for name, text in {**found, "ebook.epub": epub}.items()}


@pytest.fixture(scope="module")
def records(built: Path) -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in json.loads((built / "index.json").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("edition", ["print.pdf", "ebook.epub", "handout/on.pdf"])
@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_is_shown_in_every_edition(feature: Feature, edition: str, texts: dict[str, str]) -> None:
    for words in feature.words:
        assert squeeze(words) in texts[edition]
    assert "&lt;" not in texts[edition]
    assert "<i>" not in texts[edition]


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_is_in_the_record(feature: Feature, records: dict[str, dict[str, Any]]) -> None:
    key, value = feature.record
    assert records[f"f{FEATURES.index(feature)}"][key] == value


@pytest.mark.parametrize("edition", ["print.pdf", "ebook.epub", "handout/on.pdf"])
@pytest.mark.parametrize("key", LISTED)
def test_dates_in_lists_and_markdown_are_shown(key: str, edition: str, texts: dict[str, str]) -> None:
    assert all(squeeze(words) in texts[edition] for words in LISTED[key])


def test_markup_is_markup_in_the_ebook_and_only_where_it_can_be(built: Path) -> None:
    with zipfile.ZipFile(built / "ebook.epub") as book:
        names = [name for name in book.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        pages = {name: book.read(name).decode() for name in names}
    index = next(text for name, text in pages.items() if name.endswith("chronological.xhtml"))
    chapter = next(text for name, text in pages.items() if name.endswith("/on.xhtml"))
    assert "On <i>Hamlet</i>" in index
    assert "2<sup>nd</sup>" in index
    assert ">On <i>Hamlet</i></span></h1>" in chapter
    assert "<title>On Hamlet</title>" in chapter
    for name, text in pages.items():
        if "nav" in name or name.endswith((".opf", ".ncx")):
            assert "<i>" not in text


def test_markup_is_left_out_of_the_outline(built: Path) -> None:
    with PdfReader(built / "print.pdf").pdf.open_outline() as outline:
        assert "1 On Hamlet" in [item.title for item in outline.root]


def test_markup_is_kept_in_the_index_of_speakers_and_where_a_publication_is_named(built: Path) -> None:
    with zipfile.ZipFile(built / "ebook.epub") as book:
        pages = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
    speakers = next(text for name, text in pages.items() if name.endswith("speakers.xhtml"))
    assert (
        "quoted in Ed Moss, Title of speaker in an <i>article</i>"
        in pages[next(n for n in pages if n.endswith("/on.xhtml"))]
    )
    assert "<i>article</i>" in speakers
