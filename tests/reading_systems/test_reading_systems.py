"""The sample e-book in two reading systems and in the bare browser: what is on the screen, link by link."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.browser import HERE, package, program, run
from tests.conftest import shared_folder
from tests.readers import XHTML, EpubReader

pytestmark = pytest.mark.browser

SYSTEMS = ("foliate", "epubjs")
TYPE = "{http://www.idpf.org/2007/ops}type"
OPF = "{http://www.idpf.org/2007/opf}"


def observe(book: Path, folder: Path, *what: str) -> dict[str, Any]:
    """What `observe.mjs` tells of a book; once for all test processes. Pictures of the screens stay in `folder`."""
    told = folder / "told.json"
    with FileLock(folder.with_suffix(".lock")):
        if not told.exists():
            chromium, node = program("Chromium"), program("Node.js")
            package("puppeteer-core")
            (folder / "pictures").mkdir(parents=True, exist_ok=True)
            with zipfile.ZipFile(book) as archive:
                archive.extractall(folder / "book")
            folders = [str(folder / "book"), str(folder / "pictures")]
            command = [node, str(HERE / "observe.mjs"), chromium, str(book), *folders, *what]
            told.write_text(run(command, seconds=150), encoding="utf-8")
    content: dict[str, Any] = json.loads(told.read_text(encoding="utf-8"))
    return content


LEFT = "TypeError: Failed to execute 'getComputedStyle' on 'Window': parameter 1 is not of type 'Element'."
"""What foliate-js now and then says of itself: it asks for the style of the body of a file that was left meanwhile."""


@pytest.fixture(scope="session")
def screens(tmp_path_factory: pytest.TempPathFactory, built_sample: Path) -> dict[str, Any]:
    book, folder = built_sample / "ebook.epub", shared_folder(tmp_path_factory)
    told = observe(book, folder / "sample-on-screens", *SYSTEMS, "bare")
    if any(told[system]["errors"] == [LEFT] for system in SYSTEMS):  # read once more: a fault of the book comes again
        told = observe(book, folder / "sample-on-screens-again", *SYSTEMS, "bare")
    return told


@pytest.fixture
def read(screens: dict[str, Any], system: str) -> dict[str, Any]:
    """What one reading system tells."""
    told: dict[str, Any] = screens[system]
    return told


@pytest.fixture(scope="module")
def ebook(built_sample: Path) -> EpubReader:
    return EpubReader(built_sample / "ebook.epub")


def lines(ebook: EpubReader, kind: str) -> list[dict[str, str]]:
    """The links of one of the navigation document's lists, in order."""
    (found,) = (part for part in ebook.documents["EPUB/nav.xhtml"].iter(f"{XHTML}nav") if part.get(TYPE) == kind)
    return [
        {"title": "".join(map(str, link.itertext())), "href": link.get("href", "")} for link in found.iter(f"{XHTML}a")
    ]


def spine(ebook: EpubReader) -> list[str]:
    """The files of the spine, in order."""
    from lxml import etree

    package_document = etree.fromstring(ebook.files["EPUB/content.opf"])
    names = {item.get("id"): item.get("href", "") for item in package_document.iter(f"{OPF}item")}
    return [names[item.get("idref")] for item in package_document.iter(f"{OPF}itemref")]


def missed(sights: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The links whose target was not on the screen, in the right file, after they were followed."""
    return [one for one in sights if one["path"] != one["href"].partition("#")[0] or not one["visible"]]


@pytest.mark.parametrize("system", SYSTEMS)
def test_nothing_goes_wrong_while_the_book_is_read(read: dict[str, Any]) -> None:
    assert read["errors"] == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_spine_contents_and_landmarks_are_understood(read: dict[str, Any], ebook: EpubReader) -> None:
    assert read["spine"] == spine(ebook)
    assert read["contents"] == lines(ebook, "toc")
    assert [one["href"] for one in read["landmarks"]] == [one["href"] for one in lines(ebook, "landmarks")]
    assert len(read["contents"]) > len(read["spine"]) > 0


def test_another_engine_sees_the_same_contents(built_sample: Path, ebook: EpubReader) -> None:
    command = [program("MuPDF"), "run", str(HERE / "outline.js"), str(built_sample / "ebook.epub")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert [{**one, "href": one["href"].removeprefix("EPUB/")} for one in told["contents"]] == lines(ebook, "toc")
    assert told["pages"] > len(spine(ebook))


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("kind", ["contents", "landmarks"])
def test_every_line_of_the_navigation_lands_on_its_target(read: dict[str, Any], kind: str) -> None:
    assert missed(read[f"{kind}Sights"]) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_page_of_the_paper_book_is_found(read: dict[str, Any], ebook: EpubReader) -> None:
    listed = lines(ebook, "page-list")
    assert [one["href"] for one in read["pages"]] == [one["href"] for one in listed]
    assert len(read["pagesSights"]) == len(listed) > 0
    assert missed(read["pagesSights"]) == []


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_link_of_the_indexes_lands_on_its_passage(read: dict[str, Any], ebook: EpubReader) -> None:
    links = [link for root in ebook.documents.values() for link in root.iter(f"{XHTML}a")]
    expected = sorted(link.get("href", "") for link in links if "locator" in link.get("class", "").split())
    assert sorted(one["href"] for one in read["indexSights"]) == expected != []
    assert missed(read["indexSights"]) == []


@pytest.mark.parametrize("system", ["foliate"])
def test_a_note_pops_up_and_need_not_stand_in_the_text(read: dict[str, Any], ebook: EpubReader) -> None:
    assert read["notes"] != []
    for note in read["notes"]:
        first = next(part for part in ebook.documents[f"EPUB/{note['file']}"].iter() if part.get(TYPE) == "footnote")
        assert note["text"].split() == "".join(map(str, first.itertext())).split()
        assert (note["type"], note["hidden"], note["visible"]) == ("footnote", True, True)


@pytest.mark.parametrize("system", ["epubjs"])
def test_without_pop_ups_a_note_is_gone_to_and_come_back_from(read: dict[str, Any]) -> None:
    assert read["notes"] != []
    for note in read["notes"]:
        assert missed([note["there"], note["back"]]) == []
        assert "#fn-" in note["there"]["href"]
        assert "#fnref-" in note["back"]["href"]


@pytest.fixture(scope="session", params=["sample", "torture"])
def files(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, screens: dict[str, Any]
) -> list[dict[str, Any]]:
    """What the bare browser tells of the files of a book, each at several widths."""
    if request.param == "sample":
        told = screens
    else:
        book: Path = request.getfixturevalue("built_torture") / "ebook.epub"
        told = observe(book, shared_folder(tmp_path_factory) / "torture-on-screens", "bare")
    assert told["bare"]["errors"] == []
    found: list[dict[str, Any]] = told["bare"]["files"]
    assert {one["width"] for one in found} == {300, 600, 1200}
    return found


def test_no_file_is_wider_than_the_screen(files: list[dict[str, Any]]) -> None:
    assert [one for one in files if one["across"] > one["width"]] == []


def test_all_words_take_the_readers_colours(files: list[dict[str, Any]]) -> None:
    assert [one for one in files if one["coloured"]] == []


def test_text_grows_with_the_readers_size(files: list[dict[str, Any]]) -> None:
    assert [one for one in files if one["fixed"]] == []
