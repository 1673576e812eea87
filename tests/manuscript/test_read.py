from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from book.check import check_book
from book.manuscript.front_matter import default_slugs
from book.manuscript.read import read_chapters
from book.manuscript.syntax.typography import smarten
from book.model.manuscript import Chapter
from book.model.settings import Settings
from book.model.sources import RichText
from book.problem import Checked, Severity
from book.store.store import Store

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SETTINGS = Settings(title="A Small Book")


def read(root: Path, *chapters: str) -> Checked[tuple[Chapter, ...]]:
    return read_chapters(root, Settings(title="A Small Book", chapters=chapters))


def told(checked: Checked[tuple[Chapter, ...]]) -> list[str]:
    """Place and code of each problem."""
    return [f"{problem.at} {problem.code}" for problem in checked.problems]


def test_chapters_are_sorted_by_name_and_numbered(make_book: MakeBook) -> None:
    root = make_book(
        {
            "chapters/00-introduction.md": "---\ntitle: Before\nrole: introduction\n---\n\nText.\n",
            "chapters/02-second.md": "# Second\n\nText.\n",
            "chapters/notes.txt": "no chapter",
        }
    )
    chapters = read(root).value
    assert [(chapter.slug, chapter.number, chapter.title) for chapter in chapters] == [
        ("introduction", None, "Before"),
        ("first", 1, "First"),
        ("second", 2, "Second"),
    ]
    assert chapters[2].body == "<p>Text.</p>"


def test_the_settings_can_name_the_chapters_and_their_order(make_book: MakeBook) -> None:
    root = make_book({"text/b.md": "# B", "text/a.md": "# A"})
    checked = read(root, "text/b.md", "./text/a.md")
    assert [chapter.path for chapter in checked.value] == ["text/b.md", "text/a.md"]
    assert told(checked) == ["chapters/01-first.md ignored-file"]


def test_front_matter_is_understood(make_book: MakeBook) -> None:
    front = "title: One\nsubtitle: Two\nsummary: Three.\nquestions:\n  - Four?\n  - Five?\nslug: six\nlanguage: zh-Hans"
    chapter = read(make_book({"chapters/01-first.md": f"---\n{front}\n---\nText.\n"})).value[0]
    assert (chapter.slug, chapter.front.subtitle, chapter.front.summary) == ("six", "Two", "Three.")
    assert (chapter.front.questions, chapter.front.language) == (("Four?", "Five?"), "zh-Hans")


def test_a_heading_that_repeats_the_title_is_left_out_and_another_stays(make_book: MakeBook) -> None:
    root = make_book(
        {
            "chapters/01-first.md": "---\ntitle: \"It's one\"\n---\n\n# It's one\n\nText.\n",
            "chapters/02-second.md": "---\ntitle: Two\n---\n\n# Part\n\n## Half\n",
        }
    )
    first, second = read(root).value
    assert (first.title, first.body) == ("It’s one", "<p>Text.</p>")
    assert [(heading.level, heading.text) for heading in second.headings] == [(2, "Part"), (3, "Half")]


def test_places_count_the_front_matter(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "---\ntitle: One\nsummary: Two\n---\n\nSee [@a].\n"})
    assert str(read(root).value[0].mentions[0].at) == "chapters/01-first.md:6:6"


def test_line_ends_and_a_byte_order_mark_do_not_matter(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": b"\xef\xbb\xbf---\r\ntitle: One\r\n---\r\n\r\nA [@a].\r\n\r\nB.\r\n"})
    checked = read(root)
    assert not checked.problems
    assert str(checked.value[0].mentions[0].at) == "chapters/01-first.md:5:4"


def test_every_problem_of_every_file_is_told_at_once(make_book: MakeBook) -> None:
    root = make_book(
        {
            "book.toml": '[book]\nchapters = [\n  "chapters/1.md",\n]\n',
            "chapters/1.md": "---\ntitel: One\nquestions: no\nrole: hero\n---\n\nText [^1].\n",
            "chapters/2.md": b"# Two\n\nCaf\xe9\n",
            "chapters/3.md": "---\ntitle: [\n---\n",
            "chapters/4.md": "No title.\n",
            "chapters/5.md": "---\ntitle: Five\n\nText.\n",
            "chapters/6.md": "# Six\n\nA \u0002 and \ufffe.\n",
            "chapters/7.md": "---\ntitle: Seven\nslug: ../../etc\n---\n",
            "chapters/8.md": "---\n- list\n---\n",
        }
    )
    names = [f"chapters/{number}.md" for number in range(1, 10)]
    assert sorted(told(read(root, *names, "../away.md"))) == sorted(
        [
            "book.toml outside-project",
            "book.toml missing-chapter",
            "chapters/01-first.md ignored-file",
            "chapters/1.md:1 missing-title",
            "chapters/1.md:2:1 unknown-key",
            "chapters/1.md:3:1 invalid-value",
            "chapters/1.md:4:1 invalid-value",
            "chapters/1.md:7:6 unknown-note",
            "chapters/2.md:3:4 not-utf-8",
            "chapters/3.md:3:1 malformed-yaml",
            "chapters/4.md:1 missing-title",
            "chapters/5.md:1:1 malformed-yaml",
            "chapters/6.md:3:3 reserved-character",
            "chapters/6.md:3:9 reserved-character",
            "chapters/7.md:3:1 invalid-value",
            "chapters/8.md:2:1 malformed-yaml",
        ]
    )


def test_a_missing_chapter_is_told_where_the_settings_name_it(make_book: MakeBook) -> None:
    root = make_book({"book.toml": '[book]\ntitle = "T"\nchapters = ["chapters/01-fist.md"]\n'})
    problem = read(root, "chapters/01-fist.md").problems[0]
    assert str(problem.at) == "book.toml:3:14"
    assert problem.hint == 'did you mean "chapters/01-first.md"?'


def test_a_project_without_chapters_is_empty(make_book: MakeBook) -> None:
    assert told(read(make_book({"chapters/01-first.md": None}))) == ["chapters empty-project"]


def test_two_chapters_with_one_slug_are_told_with_both_names(make_book: MakeBook) -> None:
    checked = read(make_book({"chapters/02-First.md": "# Second"}))
    assert told(checked) == ["chapters/02-First.md:1 duplicate-slug"]
    assert "chapters/01-first.md" in checked.problems[0].message


def test_chapters_of_one_name_in_several_folders_are_told_apart_by_their_folders(make_book: MakeBook) -> None:
    paths = ["chapters/intro.md", "chapters/east/01-intro.md", "chapters/far west/intro.md", "chapters/x/other.md"]
    listed = ", ".join(f'"{path}"' for path in paths)
    files = {path: f"# {path}\n\nText." for path in paths}
    root = make_book({"book.toml": f'[book]\ntitle = "T"\nchapters = [{listed}]\n', **files})
    checked = read(root, *paths)
    assert told(checked) == ["chapters/01-first.md ignored-file"]
    assert [chapter.slug for chapter in checked.value] == ["intro", "east-intro", "far-west-intro", "other"]


def test_the_pages_of_folders_of_one_name_are_told_apart_by_the_folders_above() -> None:
    paths = ["chapters/a/notes/README.md", "chapters/b/notes/index.md", "chapters/b/end.md"]
    assert list(default_slugs(paths).values()) == ["a-notes", "b-notes", "end"]


@pytest.mark.parametrize("text", ["", "\n\n", "---\ntitle: T\n---", "---\ntitle: T\n---\n"])
def test_a_chapter_may_be_empty(make_book: MakeBook, text: str) -> None:
    chapter = read(make_book({"chapters/01-first.md": text})).value[0]
    assert chapter.body == ""


def test_the_sample_book_reads_without_errors(sample: Path) -> None:
    checked = read_chapters(sample, SETTINGS)
    assert not checked.problems
    for chapter in checked.value:
        root = etree.fromstring(f"<body>{chapter.body}</body>")
        for mention in chapter.mentions:
            element = root.find(f".//span[@id='{mention.anchor.partition('#')[2]}']")
            assert element is not None
            assert element.get("data-key") == mention.key


def test_a_mention_is_written_where_it_says(sample: Path) -> None:
    count = 0
    for chapter in read_chapters(sample, SETTINGS).value:
        lines = (sample / chapter.path).read_text("utf-8").split("\n")
        for mention in chapter.mentions:
            assert mention.at.line is not None
            assert mention.at.column is not None
            assert lines[mention.at.line - 1][mention.at.column - 1 :].startswith(f"@{mention.key}")
            count += 1
    assert count > 20


def test_titles_and_questions_get_the_quotation_marks_of_the_body(make_book: MakeBook) -> None:
    front = 'title: The people\'s "six"\nsummary: One -- two...\nquestions: ["What\'s *this*?"]'
    root = make_book({"chapters/01-first.md": f"---\n{front}\n---\n\nText.\n"})
    (chapter,) = read_chapters(root, Settings(title="T")).value
    assert chapter.title == "The people’s “six”"
    assert chapter.front.summary == "One – two…"
    assert chapter.front.questions == ("What’s this?",)
    assert chapter.rich(chapter.front.questions[0]) == RichText("What’s this?", "What’s <i>this</i>?")


def test_texts_of_the_front_matter_keep_their_markup_beside_their_words(make_book: MakeBook) -> None:
    front = "title: 'On *Hamlet* & \"*Lear*\"'\nsubtitle: A **bold** one\nquestions: [Who is *he*?, Why?]"
    (chapter,) = read_chapters(make_book({"chapters/01-first.md": f"---\n{front}\n---\n\nText.\n"}), SETTINGS).value
    assert type(chapter.front.title) is str
    assert chapter.front.title == chapter.title == "On Hamlet & “Lear”"
    assert chapter.markup == {
        "On Hamlet & “Lear”": "On <i>Hamlet</i> &amp; “<i>Lear</i>”",
        "A bold one": "A <b>bold</b> one",
        "Who is he?": "Who is <i>he</i>?",
    }


def test_the_heading_that_is_the_title_keeps_its_markup(make_book: MakeBook) -> None:
    (chapter,) = read_chapters(make_book({"chapters/01-first.md": "# On *Hamlet* \\*\n\nWords.\n"}), SETTINGS).value
    assert (chapter.title, chapter.markup) == ("On Hamlet *", {"On Hamlet *": "On <i>Hamlet</i> *"})


def test_a_title_with_markup_is_the_same_from_the_store(make_book: MakeBook, tmp_path: Path) -> None:
    root = make_book({"chapters/01-first.md": "# On *Hamlet*\n\nWords.\n"})
    store = Store(tmp_path / "store")
    first, second = (read_chapters(root, SETTINGS, store).value[0].title for _ in range(2))
    assert isinstance(first, RichText)
    assert isinstance(second, RichText)
    assert first == second


def test_chapters_are_in_natural_order_and_drafts_and_descriptions_are_left_out(make_book: MakeBook) -> None:
    names = ("10-ten", "9-nine", "_draft", ".hidden", "._9-nine", "README")
    checked = read(make_book({f"chapters/{name}.md": "# Words" for name in names}))
    assert [chapter.path for chapter in checked.value] == [
        "chapters/01-first.md",
        "chapters/9-nine.md",
        "chapters/10-ten.md",
    ]
    assert told(checked) == ["chapters/README.md ignored-file", "chapters/_draft.md ignored-file"]
    assert {problem.severity for problem in checked.problems} == {Severity.NOTE}


def test_files_that_may_be_taken_for_chapters_are_named_once_with_what_to_do(make_book: MakeBook) -> None:
    files = {
        "02.MD": "# Two",
        "03.markdown": "# Three",
        "04.docx": "x",
        "05.txt": "x",
        "old.md~": "x",
        "part/1.md": "x",
    }
    checked = read(make_book({f"chapters/{name}": text for name, text in files.items()}))
    assert len(checked.value) == 1
    hints = {problem.at.path.removeprefix("chapters/"): problem.hint for problem in checked.problems}
    assert hints == {
        "02.MD": 'name it "02.md"',
        "03.markdown": 'name it "03.md"',
        "04.docx": "turn it into a chapter: book import chapters/04.docx",
        "05.txt": 'name it "05.md"',
        "old.md~": None,
        "part": 'list the chapters in their order: [book] chapters = ["chapters/part/….md"]',
    }


def test_keys_of_other_tools_are_mapped_or_noted_once_and_misspelt_ones_are_errors(make_book: MakeBook) -> None:
    front = "---\ntitle: T\nauthors: [{name: Ann Reed}, Bo]\nlang: de\ndate: 2020\ntags: a, b\nlayout: page\n"
    checked = read(make_book({"chapters/01-first.md": f"{front}---\n", "chapters/02.md": f"{front}sumary: S\n---\n"}))
    first = checked.value[0].front
    assert (first.author, first.language, first.date, first.tags) == (("Ann Reed", "Bo"), "de", "2020", ("a", "b"))
    assert told(checked) == ["chapters/01-first.md:7:1 ignored-key", "chapters/02.md:8:1 unknown-key"]


@pytest.mark.parametrize(
    ("text", "title", "levels"),
    [
        ("## Two\n\nWords.\n\n## Three\n\n### Four", "Two", [2, 3]),
        ("### Two\n\n#### Three", "Two", [2]),
        ("Words.\n\n# Two\n\n## Three", "Two", [2]),
    ],
)
def test_the_title_is_the_first_heading_of_whatever_level(
    make_book: MakeBook, text: str, title: str, levels: list[int]
) -> None:
    (chapter,) = read(make_book({"chapters/01-first.md": text})).value
    assert chapter.title == title
    assert [heading.level for heading in chapter.headings] == levels
    assert f">{title}<" not in chapter.body


def test_a_chapter_can_have_no_number(make_book: MakeBook) -> None:
    texts = {"01-first": "# One {.unnumbered}", "02": "---\ntitle: Two\nnumbered: false\n---\n", "03": "# Three"}
    checked = read(make_book({f"chapters/{name}.md": text for name, text in texts.items()}))
    assert [chapter.number for chapter in checked.value] == [None, None, 1]


def test_an_image_may_be_named_from_the_project_folder(make_book: MakeBook) -> None:
    text = "# One\n\n![a](images/a.svg) ![b](images/b.svg) ![c](/images/a.svg)"
    files = {
        "chapters/01-first.md": text,
        "images/a.svg": "<svg/>",
        "images/b.svg": "",
        "chapters/images/b.svg": "<svg/>",
    }
    (chapter,) = read(make_book(files)).value
    assert [picture.path for picture in chapter.pictures] == ["images/a.svg", "chapters/images/b.svg", "images/a.svg"]
    assert chapter.body.count('src="images/a.svg"') == 2


def test_a_name_behind_an_at_sign_cites_only_what_is_or_nearly_is_a_source(make_book: MakeBook) -> None:
    text = "# The @property decorator\n\nAs @talk-2013 and @talk-2031 say, write to @ann; see @fig-one. @ann [@zzz]."
    root = make_book({"chapters/01-first.md": text})
    checked = read_chapters(root, SETTINGS, names={"talk-2013"})
    (chapter,) = checked.value
    assert [mention.key for mention in chapter.mentions] == ["talk-2013", "talk-2031", "zzz"]
    assert chapter.title == "The @property decorator"
    assert "write to @ann; see @fig-one. @ann <" in chapter.body
    assert told(checked) == [f"chapters/01-first.md:{at} no-citation" for at in ("1:7", "3:44", "3:54")]


def test_without_any_source_running_text_cites_only_in_a_book_that_cites_in_brackets(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\nAs @ann says."})
    assert not read_chapters(root, SETTINGS, names=set()).value[0].mentions
    root = make_book({"chapters/01-first.md": "# One\n\nAs @ann says [@ann]."})
    assert len(read_chapters(root, SETTINGS, names=set()).value[0].mentions) == 2


def test_captions_can_be_read_as_pandoc_reads_them(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\n![A *hill*^[Note.]](hill.svg)\n"})
    (chapter,) = read_chapters(root, Settings(title="T", captions="brackets")).value
    assert "<figcaption>A <em>hill</em><a " in chapter.body
    assert 'alt="A hill"' in chapter.body


def test_front_matter_may_stand_behind_empty_lines(make_book: MakeBook) -> None:
    checked = read(make_book({"chapters/01-first.md": "\n\n---\ntitle: First\nsumary: x\n---\n\nWords.\n"}))
    assert checked.value[0].front.title == "First"
    assert told(checked) == ["chapters/01-first.md:5:1 unknown-key"]


def test_a_rule_behind_empty_lines_is_no_front_matter(make_book: MakeBook) -> None:
    checked = read(make_book({"chapters/01-first.md": "\n---\n\n# First\n\nWords.\n"}))
    assert checked.value[0].front.title == "First"
    assert "<hr" in checked.value[0].body


def test_the_list_of_chapters_of_mdbook_is_no_chapter(make_book: MakeBook) -> None:
    summary = "# Summary\n\n- [First](01-first.md)\n"
    checked = read(make_book({"chapters/SUMMARY.md": summary, "chapters/~$x.docx": "x"}))
    assert [chapter.path for chapter in checked.value] == ["chapters/01-first.md"]
    severities = {problem.at.path: str(problem.severity) for problem in checked.problems}
    assert severities == {"chapters/SUMMARY.md": "warning", "chapters/~$x.docx": "note"}


@pytest.mark.parametrize("title", [" ", "\t", "\u00a0", "\u200b", "\u00ad", "<b></b>", "[](x)"])
def test_a_title_of_which_nothing_can_be_seen_is_none(make_book: MakeBook, title: str) -> None:
    root = make_book({"chapters/01-first.md": f"---\ntitle: {json.dumps(title)}\n---\n\nWords.\n"})
    assert "missing-title" in {problem.code for problem in check_book(root).problems}


def test_markup_that_texts_of_the_front_matter_cannot_hold_is_told_at_its_line(make_book: MakeBook) -> None:
    text = """\
---
title: "One [@talk-2013] (a@b.org) [sic]"
summary: Costs $5 and $6. See [it](b.md).
questions: ["Why *so*?", "Is $x^2$ right?[^1]"]
---
Text.
"""
    found = read(make_book({"chapters/a.md": text}), "chapters/a.md").problems
    assert [(one.at.line, one.message) for one in found if one.code == "markup-in-title"] == [
        (2, 'a citation in the "title" of a chapter is shown as it is written'),
        (3, 'a link in the "summary" of a chapter is left out'),
        (4, 'a note in the "questions" of a chapter is shown as it is written'),
        (4, 'a formula in the "questions" of a chapter is shown as it is written'),
    ]


@pytest.mark.parametrize(
    ("language", "text", "shown"),
    [
        ("es", '«algo "dentro"» y "fuera"', "«algo “dentro”» y «fuera»"),
        ("en-US", '“He said "no" twice,” "she" said', "“He said ‘no’ twice,” “she” said"),
        ("de", '„Er sagte "nein".“', "„Er sagte ‚nein‘.“"),
        ("es", '«abierto "dentro"', "«abierto «dentro»"),
    ],
)
def test_marks_in_a_quotation_whose_own_are_written_are_those_of_a_quotation_within(
    language: str, text: str, shown: str
) -> None:
    assert smarten(text, language) == shown
