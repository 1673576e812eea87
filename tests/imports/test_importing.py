"""Imports of whole books, and what the commands write, keep and ask."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from click.testing import CliRunner, Result

from book.build import build_book
from book.check import check_book
from book.cli.commands import main
from book.imports.dates_in_text import find_dates
from book.imports.decisions import SURE
from book.imports.importing import import_documents
from book.imports.occasions import read_occasion
from book.imports.reading import ImportFailedError
from book.problem import Severity
from book.verify.verify import verify
from tests.readers import PdfReader

if TYPE_CHECKING:
    from tests.conftest import MakeBook

ARTICLE = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("From November 27 to 28, 2015, at", "2015-11-27/2015-11-28"),
        ("November 30 – December 2, 2015", "2015-11-30/2015-12-02"),
        ("on 2 March 1908", "1908-03-02"),
        ("2nd of March 1908", "1908-03-02"),
        ("am 16. Oktober 2015 in", "2015-10-16"),
        ("vom 27. bis 28. November 2015", "2015-11-27/2015-11-28"),
        ("vom 30. November bis zum 2. Dezember 2015", "2015-11-30/2015-12-02"),
        ("2.3.1908", "1908-03-02"),
        ("le 1er février 1908", "1908-02-01"),
        ("du 27 au 28 novembre 2015", "2015-11-27/2015-11-28"),
        ("el 16 de octubre de 2015", "2015-10-16"),
        ("2015年11月27日至28日", "2015-11-27/2015-11-28"),
        ("2015年11月", "2015-11"),
        ("in May 2015", "2015-05"),
        ("In 2015, when", "2015"),
        ("2015年十十月", "2015"),
        ("2015年三二十月五日", "2015"),
        ("二〇一五年十一月二十七日至二十八日", "2015-11-27/2015-11-28"),
        ("2004年11月3日－5日", "2004-11-03/2004-11-05"),
        ("3./4. März 1925", "1925-03-03/1925-03-04"),
        ("Debate, Kelmouth, 1908", "1908"),
        ("(1908)", "1908"),
        ("1908-03-02", "1908-03-02"),
        ("27th of November, 2015", "2015-11-27"),
        ("the twenty-seventh of January, 1932", "1932-01-27"),
        ("le premier mai 1890", "1890-05-01"),
        ("am Dienstag, dem 14. November 1922", "1922-11-14"),
        ("dimanche 9 juin 1907", "1907-06-09"),
        ("2015年11月27日（星期五）", "2015-11-27"),
        ("November 30, 2014 to January 2, 2015", "2014-11-30/2015-01-02"),
        ("dal 30 giugno al 1º luglio 1909", "1909-06-30/1909-07-01"),
        ("14 de março de 1911", "1911-03-14"),
        ("12 марта 1911 года", "1911-03-12"),
        ("27 listopada 2015 r.", "2015-11-27"),
        ("2015. november 27.", "2015-11-27"),
        ("١٢ أبريل ١٩٦١", "1961-04-12"),
        ("昭和43年10月1日", "1968-10-01"),
        ("民國104年11月27日", "2015-11-27"),
        ("27.XI.2015", "2015-11-27"),
        ("11/27/2015", "2015-11-27"),
        ("spring 2015", "2015-21"),
        ("im Frühjahr 1924", "1924-21"),
        ("2019年春", "2019-21"),
        ("winter 1958/59", "1958-24"),
        ("early 2016", "2016"),
        ("in early May 2016", "2016-05"),
        ("a principios de mayo de 2015", "2015-05"),
        ("c. 1750", "1750~"),
        ("um 1750", "1750~"),
        ("(1750?)", "1750?"),
        ("412 BCE", "-0411"),
        ("44 v. Chr.", "-0043"),
        ("AD 79", "0079"),
        ("in the 1930s", "193X"),
        ("1930年代", "193X"),
        ("the 18th century", "17XX"),
        ("au XVIIIe siècle", "17XX"),
        ("Speeches, 1750–1755", "1750/1755"),
    ],
)
def test_dates_are_found_in_running_text_of_many_languages(text: str, edtf: str) -> None:
    assert [date.edtf for date in find_dates(text)] == [edtf]


@pytest.mark.parametrize(
    "text",
    [
        "On July 2, the office",
        "the year 2000, all",
        "page 1908 of",
        "he set 2015 records",
        "1850-1855 was bad",
        "7 марта",
    ],
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert find_dates(text) == ()


@pytest.mark.parametrize(
    ("line", "date", "doubt"),
    [
        ("Debate on the harbour, September 3, on July 20, 2011", "2011-07-20", 'says "September 3" as well as'),
        ("Debate on the harbour, in September, July 20, 2011", "2011-07-20", 'says "September" as well as'),
        ("Debate on the harbour, Monday, 5 March 2017", "2017-03-05", "was a Sunday"),
        ("Rede auf dem Forum, Montag, den 5. März 2017", "2017-03-05", "was a Sunday"),
        ("Debate on the harbour, 31 November 1903", "1903-11", "there is no 1903-11-31"),
        ("Debate on the harbour, from 28 to 27 November 2015", "2015-11-27/2015-11-28", "ends before it begins"),
        ("Speech at the 2014 Harbour Conference, 3 May 2015", "2015-05-03", 'says "2014" as well as'),
        ("Debate on the harbour, 3 May 2015 and 4 June 2016", "2015-05-03", "names 2 dates"),
        ("Debate on the harbour, 4/5/1901", "1901-04-05", "read in two ways"),
        ("Debate on the harbour, Nov. 27, '15", "2015-11-27", "read in two ways"),
        ("Debate on the harbour, Sunday, 5 March 2017", "2017-03-05", None),
        ("Debate on the harbour, in May, 3 May 2015", "2015-05-03", None),
        ("Speech at the 2015 Harbour Conference, 3 May 2015", "2015-05-03", None),
        ("Речь на съезде, суббота, 12 марта 1911 года", "1911-03-12", None),
    ],
)
def test_dates_that_contradict_their_line_are_doubtful(line: str, date: str, doubt: str | None) -> None:
    occasion = read_occasion(f"\u2014 Jane Roe, {line}", 1)
    assert occasion is not None
    assert occasion.date == date
    if doubt is None:
        assert occasion.doubt is None
    else:
        assert doubt in (occasion.doubt or "")
        assert occasion.score < SURE


def test_an_occasion_after_the_publication_is_doubtful(tmp_path: Path) -> None:
    document = tmp_path / "in.md"
    document.write_text("---\ndate: 2015-06-01\n---\n\n> It stands.\n>\n> \u2014 Jane Roe, Debate, 3 May 2016\n")
    imported = import_documents([document])
    assert [one for one in imported.decisions if "later than the document itself" in (one.question or "")]


def test_a_date_that_can_be_read_in_two_ways_is_doubtful() -> None:
    occasion = read_occasion("— Jane Roe, Debate on the harbour, 3/4/1908", 1)
    assert occasion is not None
    assert occasion.date == "1908-03-04"
    assert occasion.doubt is not None
    assert occasion.score <= 0.5


@pytest.fixture(scope="module")
def article() -> Path:
    if not ARTICLE.is_file():
        pytest.skip(f"the article is not at {ARTICLE}")
    return ARTICLE


def test_the_article_of_the_sample_book_becomes_an_introduction_and_five_themes(article: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    done = run("import", article, "--into", root)
    assert done.exit_code == 0, done.output
    chapters = sorted(path.name for path in (root / "chapters").glob("*.md"))
    assert len(chapters) == 6
    assert chapters[0] == "00-introduction.md"
    sources = yaml.safe_load((root / "sources.yaml").read_text(encoding="utf-8"))
    dated = sorted(one["issued"] for one in sources if "issued" in one)
    assert dated == [
        "2013-11-03", "2015", "2015-10-16", "2015-11-27/2015-11-28", "2016-07-20", "2017-03-08", "2017-06-23",
        "2017-11-10", "2018-02-12", "2019-04-16",
    ]  # fmt: skip
    assert [one["title"] for one in sources if "issued" not in one] == [
        "Remarks at the deliberation of the Gansu delegation"
    ]
    decisions = json.loads((root / "import-report.json").read_text(encoding="utf-8"))
    dropped = [one["what"] for one in decisions if one["subject"] == "dropped"]
    assert (
        sorted(dropped)
        == ["left out: furniture of a web site"] * 3 + ["left out: the same words stand right before it"] * 5
    )
    paired = [one for one in decisions if "is its quotation" in one["what"]]
    assert len({one["line"] for one in paired}) == 9
    (without,) = [one for one in decisions if one["what"] == "an attribution without words"]
    assert "APEC" in without["evidence"]
    (contradictory,) = [one for one in paired if one["question"]]
    assert 'says "September" as well as 2016-07-20' in contradictory["question"]


def test_the_imported_article_builds_as_it_is_and_its_quotations_are_exact(article: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    assert run("import", article, "--into", root).exit_code == 0
    settings = (root / "book.toml").read_text(encoding="utf-8")
    (root / "article.txt").write_bytes(article.read_bytes())
    (root / "book.toml").write_text(settings.replace("[book]\n", '[book]\ntranscript = "article.txt"\n', 1))
    report = build_book(root, jobs=1)
    assert {written.path.suffix for written in report.written} >= {".pdf", ".epub", ".json"}
    manuscript = check_book(root).value
    assert manuscript is not None
    findings = verify(manuscript).value.findings
    assert len(findings) >= 9
    assert {str(finding.verdict) for finding in findings} == {"exact"}
    texts = " ".join(" ".join(text.split()) for text in PdfReader(root / "build" / "print.pdf").texts)
    assert "27–28 November 2015" in texts or "November 27 – 28, 2015" in texts or "November 27" in texts


def test_doubtful_places_are_repeated_by_check_until_a_person_has_decided(article: Path, tmp_path: Path) -> None:
    root = tmp_path / "book"
    assert run("import", article, "--into", root).exit_code == 0
    marks = [problem for problem in check_book(root).problems if problem.code == "todo-mark"]
    assert len(marks) >= 7
    assert {mark.severity for mark in marks} == {Severity.WARNING}
    first = marks[0]
    chapter = root / first.at.path
    lines = chapter.read_text(encoding="utf-8").split("\n")
    assert "TODO" in lines[(first.at.line or 0) - 1]
    chapter.write_text("\n".join(line for line in lines if "TODO" not in line), encoding="utf-8")
    assert not [one for one in check_book(root).problems if one.code == "todo-mark" and one.at.path == first.at.path]


def test_a_second_import_changes_nothing_and_shows_what_would_change(tmp_path: Path) -> None:
    document = tmp_path / "speech.txt"
    document.write_text("The wall.\n\nIt is not finished.\n\n— Jane Roe, Debate, Kelmouth, 2 March 1908\n")
    root = tmp_path / "book"
    assert run("import", document, "--into", root).exit_code == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    again = run("import", document, "--into", root)
    assert again.exit_code == 0
    assert "nothing to do" in again.output
    document.write_text("The wall.\n\nIt was not finished.\n\n— Jane Roe, Debate, Kelmouth, 2 March 1908\n")
    changed = run("import", document, "--into", root)
    assert changed.exit_code == 1
    assert "-> It is not finished." in changed.output
    assert "+> It was not finished." in changed.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_document_is_taken_into_a_book_as_its_next_chapter(make_book: MakeBook, tmp_path: Path) -> None:
    sources = "- id: debate-1908\n  title: Another debate\n"
    root = make_book(
        {"chapters/01-first.md": "---\ntitle: First\n---\n\nText [@debate-1908].\n", "sources.yaml": sources}
    )
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    document = tmp_path / "speech.txt"
    document.write_text("The wall.\n\nIt is not finished.\n\n— Jane Roe, Debate, Kelmouth, 2 March 1908\n")
    done = run("import", document, "--into", root)
    assert done.exit_code == 0, done.output
    assert [path.name for path in sorted((root / "chapters").iterdir())][-1].startswith("02-")
    (added,) = root.glob("sources-*.yaml")
    assert yaml.safe_load(added.read_text(encoding="utf-8"))[0]["id"] == "debate-1908-2"
    assert {path: path.read_bytes() for path in before} == before


def test_a_second_document_is_added_to_an_imported_book_and_refused_when_it_is_there(tmp_path: Path) -> None:
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text("The wall.\n\nIt is not finished.\n\n\u2014 Jane Roe, Debate, Kelmouth, 2 March 1908\n")
    two.write_text("The bill.\n\nIt is not paid.\n\n\u2014 Jane Roe, Debate, Kelmouth, 4 May 1909\n")
    root = tmp_path / "book"
    assert run("import", one, "--into", root).exit_code == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    added = run("import", two, "--into", root)
    assert added.exit_code == 0, added.output
    assert len(list((root / "chapters").glob("*.md"))) == 2
    assert {path: path.read_bytes() for path in before} == before
    again = run("import", two, "--into", root)
    assert again.exit_code == 1
    assert "in this book already" in again.output
    assert len(list((root / "chapters").glob("*.md"))) == 2


def test_an_mdbook_a_quarto_book_and_a_vault_are_read_in_their_order(tmp_path: Path) -> None:
    mdbook = tmp_path / "mdbook"
    (mdbook / "src").mkdir(parents=True)
    (mdbook / "book.toml").write_text('[book]\ntitle = "Water"\nauthors = ["Ida Marsh"]\n')
    (mdbook / "src" / "SUMMARY.md").write_text("# Summary\n\n- [The wall](wall.md)\n- [The bill](bill.md)\n")
    (mdbook / "src" / "wall.md").write_text("# The wall\n\nStone. ![a dot](dot.png)\n")
    (mdbook / "src" / "bill.md").write_text("# The bill\n\nPaper.\n\n# Again\n\nMore.\n")
    (mdbook / "src" / "dot.png").write_bytes(b"dot")
    (mdbook / "src" / "unlisted.md").write_text("# Unlisted\n")
    files = import_documents([mdbook]).files
    assert [path for path in files if path.endswith(".md") and "report" not in path] == [
        "chapters/01-the-wall.md",
        "chapters/02-the-bill.md",
    ]
    assert 'title = "Water"' in files["book.toml"].decode()
    assert files["chapters/images/dot.png"] == b"dot"
    assert "![a dot](images/dot.png)" in files["chapters/01-the-wall.md"].decode()
    assert "## Again" in files["chapters/02-the-bill.md"].decode()

    quarto = tmp_path / "quarto"
    quarto.mkdir()
    (quarto / "_quarto.yml").write_text(
        "lang: de\nbook:\n  title: Wasser\n  author: [{name: Ida Marsh}]\n  chapters:\n    - index.qmd\n"
        "    - part: Teil\n      chapters: [zwei.qmd]\n"
    )
    (quarto / "index.qmd").write_text("---\ntitle: Eins\n---\n\nText.\n")
    (quarto / "zwei.qmd").write_text("# Zwei\n\nText.\n")
    files = import_documents([quarto]).files
    assert [path for path in files if path.startswith("chapters/")] == ["chapters/01-eins.md", "chapters/02-zwei.md"]
    assert 'language = "de"' in files["book.toml"].decode()

    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (vault / "9 Nine.md").write_text("See [[10 Ten|the next]] and [[10 Ten]].\n")
    (vault / "10 Ten.md").write_text("Text.\n")
    files = import_documents([vault]).files
    chapters = [data.decode() for path, data in files.items() if path.startswith("chapters/")]
    assert "See [the next](02-ten.md) and [10 Ten](02-ten.md)." in chapters[0]
    assert "title: Ten" in chapters[1]


def test_an_epub_is_read_in_the_order_of_its_spine(sample: Path, tmp_path: Path) -> None:
    build_book(sample, ["ebook"], output=tmp_path / "out", jobs=1)
    imported = import_documents([tmp_path / "out" / "ebook.epub"])
    text = "".join(
        data.decode() for path, data in imported.files.items() if path.startswith("chapters/") and path.endswith(".md")
    )
    for words in ("Poverty is not an unchangeable fate.", "We cannot announce that a well-off society"):
        assert words in text
    assert any(path.startswith("chapters/images/") for path in imported.files)
    assert 'language = "en-GB"' in imported.files["book.toml"].decode()


def test_a_word_document_is_read_with_its_changes_accepted_and_its_comments_as_marks(tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    text = (
        '# The wall\n\nIt is [not]{.insertion author="A" date="2024-01-01T00:00:00Z"}'
        '[never]{.deletion author="A" date="2024-01-01T00:00:00Z"} finished'
        '[Is it?]{.comment-start id="1" author="Ida" date="2024-01-01T00:00:00Z"} now[]{.comment-end id="1"}.'
        "^[A note.]\n\n"
        "# The bill\n\n> It will be paid.\n>\n> — Edmund Vale, Harbour Commission, 14 June 1909\n"
    )
    path = tmp_path / "words.docx"
    pypandoc.convert_text(text, "docx", format="markdown", outputfile=str(path))
    imported = import_documents([path])
    first = imported.files["chapters/01-the-wall.md"].decode()
    assert "It is not finished" in first
    assert "never" not in first
    assert "<!-- TODO Ida: Is it? -->" in first
    assert "[^1]: A note." in first
    assert "* * *" not in first
    assert imported.quotations == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.epub", b"not an epub", "cannot be read as an EPUB"),
        ("a.xyz", b"?", 'no reader for ".xyz"'),
        ("a.docx", b"no document", "cannot read it"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_name(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    if name.endswith("docx"):
        pytest.importorskip("pypandoc")
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ImportFailedError, match=words):
        import_documents([tmp_path / name])
    done = run("import", tmp_path / name, "--into", tmp_path / "book")
    assert done.exit_code == 1
    assert not (tmp_path / "book").exists()


@pytest.mark.parametrize(
    "line",
    ["\\", "\\\\", "\u2014", "\u201c\u201d", "(", "*", ":", "[^1]:", "1.", "\u4e00\u3001", "- ", "`", "\u00a0"],
)
def test_lines_without_words_are_no_fault(line: str, tmp_path: Path) -> None:
    long = "The harbour was finished in the year in which the bridge was begun, and nobody asked for the reason. " * 2
    document = tmp_path / "in.txt"
    document.write_text(f"{long}\n\n{line}\n\n{long}\n\n{line}\n\n\u201c{long}\u201d\n{line}\n\n{line}\n")
    assert import_documents([document]).chapters


def test_nothing_outside_the_documents_folder_is_taken_for_a_picture(tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    deep = tmp_path / "a" / "b" / "c"
    deep.mkdir(parents=True)
    (deep / "in.html").write_text('<p>Words</p><img src="../../../secret.png"><img src="file:///etc/passwd">')
    assert b"secret" not in import_documents([deep / "in.html"]).files.values()


def test_cite_finds_the_source_that_is_meant_or_writes_a_new_one(make_book: MakeBook) -> None:
    sources = (
        "- id: forum-2015\n  type: speech\n  title: Keynote speech at the Development Forum\n  issued: 2015-10-16\n"
    )
    root = make_book({"sources.yaml": sources})
    found = run("cite", "-p", root, "Speech at the Forum, 16 October 2015")
    assert found.stdout.startswith("[@forum-2015]\nKeynote speech at the Development Forum, October 16, 2015 (")
    new = run("cite", "-p", root, "Jane Roe, Debate on the harbour, Kelmouth, 2 March 1908", "--add")
    assert new.exit_code == 0, new.output
    assert new.stdout.endswith("[@debate-harbour-1908]\n")
    text = (root / "sources.yaml").read_text(encoding="utf-8")
    assert text.startswith(sources)
    assert yaml.safe_load(text)[1] == {
        "id": "debate-harbour-1908",
        "type": "speech",
        "author": [{"family": "Roe", "given": "Jane"}],
        "title": "Debate on the harbour",
        "event-place": "Kelmouth",
        "issued": "1908-03-02",
    }
    assert run("cite", "-p", root, "Debate on the harbour, 2 March 1908").stdout.startswith("[@debate-harbour-1908]")
    assert run("cite", "-p", root, "???").exit_code == 1


ITEM = "- id: forum-2015\n  type: speech\n  title: Keynote speech\n  issued: 2015-10-16\n"


@pytest.mark.parametrize("end", ["...\n", "---\n", "other: x\n", "  - id: b\n"])
def test_cite_adds_nothing_to_a_list_that_would_be_broken_by_it(make_book: MakeBook, end: str) -> None:
    root = make_book({})
    (root / "sources.yaml").write_text((f"references:\n{ITEM}{end}" if end.startswith("o") else ITEM + end), "utf-8")
    before = (root / "sources.yaml").read_bytes()
    assert run("cite", "-p", root, "Jane Roe, Debate on the harbour, 2 March 1908", "--add").exit_code == 1
    assert (root / "sources.yaml").read_bytes() == before


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_cite_ends_its_lines_as_the_list_does(make_book: MakeBook, line_break: str) -> None:
    root = make_book({})
    (root / "sources.yaml").write_bytes(ITEM.rstrip().replace("\n", line_break).encode())
    assert run("cite", "-p", root, "Jane Roe, Debate on the harbour, 2 March 1908", "--add").exit_code == 0
    text = (root / "sources.yaml").read_bytes().decode()
    assert {*re.findall(r"\r\n?|\n", text)} == {line_break}
    assert [one["title"] for one in yaml.safe_load(text)] == ["Keynote speech", "Debate on the harbour"]


def test_cite_begins_a_list_that_has_only_a_comment(make_book: MakeBook) -> None:
    root = make_book({})
    (root / "sources.yaml").write_text("# speeches\n", "utf-8")
    assert run("cite", "-p", root, "Jane Roe, Debate on the harbour, 2 March 1908", "--add").exit_code == 0
    assert yaml.safe_load((root / "sources.yaml").read_text("utf-8"))[0]["title"] == "Debate on the harbour"


def test_nothing_in_an_epub_is_read_from_outside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<!DOCTYPE c [<!ENTITY x SYSTEM "file:///etc/passwd">]><container><rootfiles>'
            '<rootfile full-path="p.opf"/></rootfiles></container>',
        )
        archive.writestr(
            "p.opf",
            '<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]><package xmlns="http://www.idpf.org/2007/opf" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>T&x;</dc:title></metadata><manifest>'
            '<item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
        )
        archive.writestr("a.xhtml", "<html><body><p>Words.</p></body></html>")
    assert not any(b"root:" in data for data in import_documents([path]).files.values())


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Speech at the Forum, 16 October 2015", "Speech at the Forum"),
        ("Opening Address at the Harbour Congress, October 16, 2015", "Opening Address at the Harbour Congress"),
        ("Rede auf dem Forum, 16. Oktober 2015", "Rede auf dem Forum"),
        ("Discours au Forum, 16 octobre 2015", "Discours au Forum"),
        ("Discurso en el Foro, 16 de octubre de 2015", "Discurso en el Foro"),
    ],
)
def test_a_speech_is_no_speaker(line: str, title: str, make_book: MakeBook) -> None:
    new = run("cite", "-p", make_book({"sources.yaml": "[]\n"}), line)
    (item,) = yaml.safe_load(new.stdout.partition("[@")[0])
    assert "author" not in item
    assert item["title"] == title
    assert item["issued"] == "2015-10-16"


def test_notes_behind_a_rule_are_no_chapter(tmp_path: Path) -> None:
    document = tmp_path / "in.html"
    document.write_text(
        '<p>Some text<a id="r1" role="doc-noteref" href="#n1"><sup>1</sup></a> with a note.</p><hr>'
        '<section role="doc-endnotes"><hr><ol><li id="n1"><p>The note.</p></li></ol></section>'
    )
    imported = import_documents([document])
    (chapter,) = (data.decode() for path, data in imported.files.items() if path.startswith("chapters/"))
    assert "chapter of its own" not in chapter
    assert chapter.endswith("[^1]: The note.\n")
    assert not [one for one in imported.decisions if "behind a break" in one.what]


def test_a_second_import_into_a_book_shows_what_would_change(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"sources.yaml": "[]\n"})
    document = tmp_path / "second.txt"
    words = "The second theme\n\nMuch was said about wages in that year, and everybody came to the mill to hear it.\n"
    document.write_text(words)
    assert run("import", document, "--into", root).exit_code == 0
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    document.write_text(words.replace("Much", "Little"))
    again = run("import", document, "--into", root)
    assert again.exit_code == 1
    assert "-Much was said about wages" in again.output
    assert "+Little was said about wages" in again.output
    assert "in this book already" in again.output
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_lines_that_name_a_work_and_no_speaker_are_attributions_to_it(tmp_path: Path) -> None:
    document = tmp_path / "in.txt"
    lines = ("GENESIS.", "HOLLAND\u2019S PLINY.", "The Faerie Queen.", "GENESIS.")
    quoted = "\n\n".join(f"\u201cWords about whales, number {n}.\u201d\n\n\u2014{line}" for n, line in enumerate(lines))
    document.write_text(f"Extracts\n\n{quoted}\n")
    imported = import_documents([document])
    items = yaml.safe_load(imported.files["sources.yaml"])
    assert [(one["type"], one["title"], "author" in one) for one in items] == [
        ("document", "Genesis", False),
        ("document", "Holland\u2019s Pliny", False),
        ("document", "The Faerie Queen", False),
    ]
    assert imported.quotations == 4


def test_dialogue_with_dashes_is_no_attribution(tmp_path: Path) -> None:
    document = tmp_path / "in.txt"
    lines = "\n\n".join(f"\u2014 {word}." for word in ("Oui", "Partons", "Demain", "Jamais"))
    document.write_text(f"La barque\n\n\u00ab Le vent se l\u00e8ve. \u00bb\n\n{lines}\n")
    assert import_documents([document]).quotations == 0


def test_a_picture_without_words_that_is_not_there_is_asked_for_in_its_place(tmp_path: Path) -> None:
    document = tmp_path / "in.md"
    document.write_text("# Views\n\nBefore.\n\n![](plan.png)\n\nAfter.\n")
    imported = import_documents([document])
    chapter = imported.files["chapters/01-views.md"].decode()
    before, _, rest = chapter.partition("Before.")
    question, _, after = rest.partition("After.")
    assert before
    assert after
    assert question.strip() == "<!-- TODO (in.md, line 5): The picture plan.png is not there. Where is it? -->"
    assert "an empty paragraph" not in imported.files["import-report.md"].decode()


@pytest.mark.parametrize("label", ["About the author: ", "\u00dcber die Autorin \u2013 ", ""])
def test_a_line_that_says_who_the_author_is_is_left_out_at_the_end(tmp_path: Path, label: str) -> None:
    document = tmp_path / "in.txt"
    document.write_text(
        f"Ports\n\nBy Marta Ellwood\n\nWords of the text.\n\n{label}Marta Ellwood writes about ports.\n"
    )
    chapters = "".join(
        text.decode() for path, text in import_documents([document]).files.items() if "chapters/" in path
    )
    assert "Words of the text." in chapters
    assert "writes about ports" not in chapters


def test_brackets_behind_a_quotation_in_a_sentence_are_its_citation(tmp_path: Path) -> None:
    document = tmp_path / "in.txt"
    document.write_text(
        'Ports\n\n"The sea is a door of the town."\n\u2014 Ada Flint, speech at the Harbour Club, Hull, 4 June 1968\n\n'
        'She added that "the door stands open now" (Ada Flint, speech at the Harbour Club, Hull, 4 June 1968). He '
        'spoke of "a door that was open" (see the minutes of 1974), and Tom Reece asked "who has the key to it" '
        "(Tom Reece, speech at the Quay Society, Monday, 5 June 1973).\n"
    )
    imported = import_documents([document])
    chapter = next(text.decode() for path, text in imported.files.items() if path.startswith("chapters/"))
    first, second = (item["id"] for item in yaml.safe_load(imported.files["sources.yaml"]))
    assert f'"the door stands open now" [@{first}]. He spoke' in chapter
    assert '"a door that was open" (see the minutes of 1974), and' in chapter
    assert f'"who has the key to it" [@{second}].\n' in chapter
    assert 'It says "Monday", but 1973-06-05 was a Tuesday.' in chapter
    assert chapter.count(f"[@{first}]") == 2


def test_the_report_names_what_a_sentence_cites_though_it_names_no_occasion(tmp_path: Path) -> None:
    document = tmp_path / "in.txt"
    document.write_text('Ports\n\nOn 5 June 1973 Ada Flint said that "nobody has seen a pound of that money".\n')
    report = import_documents([document]).files["import-report.md"].decode()
    assert '"Remarks" is cited in the sentence that names it' in report
    assert '""' not in report


def test_a_page_of_nothing_but_a_comment_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "in.html").write_text("<!-- nothing -->")
    assert import_documents([tmp_path / "in.html"]).chapters == 0
    done = run("import", tmp_path / "in.html", "--into", tmp_path / "book")
    assert done.exit_code == 1
    assert "there is no text in in.html" in done.output
    assert not (tmp_path / "book").exists()


def test_lines_that_end_within_sentences_are_paragraphs_together_and_items_are_not(tmp_path: Path) -> None:
    text = """\
I. THE RIVER

"We have measured the river," said Tomas Holt on the evening of
January 30th, 1912, "and it has measured us."

II. THE BRIDGE

In the winter of 1907 the mayor, Jan van der Meer, told the town
that a bridge was wanted.

Short.

- one thing
- two things

Shorter.

As short.
"""
    source = tmp_path / "short.txt"
    source.write_text(text, encoding="utf-8")
    assert run("import", source, "--into", tmp_path / "book").exit_code == 0
    read = "\n".join(one.read_text("utf-8") for one in sorted((tmp_path / "book" / "chapters").glob("*.md")))
    assert "the evening of\nJanuary 30th" in read
    assert "told the town\nthat a bridge" in read
    assert "\n\n- one thing\n- two things\n\n" in read
