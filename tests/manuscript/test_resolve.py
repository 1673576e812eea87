from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from book.check import check_book
from book.manuscript.read import read_chapters
from book.manuscript.resolve import resolve
from book.model.manuscript import Manuscript
from book.model.settings import Project, Settings
from book.model.sources import Source
from book.problem import Checked, Severity, Span, error

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SETTINGS = Settings(title="A Small Book")
SOURCES = {key: Source(key, "speech", key.title(), Span("sources.yaml", 1)) for key in ("talk-2013", "forum-2015")}


def resolved(root: Path) -> Checked[Manuscript]:
    read = read_chapters(root, SETTINGS)
    assert not read.problems
    return resolve(Project(root, SETTINGS, ()), read.value, SOURCES)


def told(checked: Checked[Manuscript]) -> list[tuple[str, str, str | None]]:
    """Place, code and hint of each problem."""
    return [(str(problem.at), problem.code, problem.hint) for problem in checked.problems]


def test_a_citation_finds_its_source_and_keeps_the_order_of_the_book(make_book: MakeBook) -> None:
    root = make_book(
        {
            "chapters/01-first.md": "# One\n\nSee [@forum-2015, opening] and @talk-2013.\n",
            "chapters/02-second.md": "# Two\n\n> Words.\n>\n> — [@talk-2013]\n",
        }
    )
    checked = resolved(root)
    assert not checked.problems
    found = [(one.source.id, one.chapter.slug, one.mention.form) for one in checked.value.citations]
    assert found == [
        ("forum-2015", "first", "parenthetical"),
        ("talk-2013", "first", "narrative"),
        ("talk-2013", "second", "attribution"),
    ]


def test_a_source_is_found_by_every_key_that_it_has(make_book: MakeBook) -> None:
    url = "http://zotero.org/users/1/items/AB"
    source = replace(SOURCES["talk-2013"], aliases=(url,))
    root = make_book({"chapters/01-first.md": f"# One\n\nSee [@{{{url}}}], [@{url}] and @{{{url}}}, [@talk-2013].\n"})
    checked = resolve(Project(root, SETTINGS, ()), read_chapters(root, SETTINGS).value, {"talk-2013": source})
    assert not checked.problems
    assert [one.source.id for one in checked.value.citations] == ["talk-2013"] * 4


def test_what_is_wrong_with_a_source_is_a_note_unless_it_is_cited(make_book: MakeBook) -> None:
    wrong = {
        key: replace(source, problems=(error("invalid-date", "no date", source.at),)) for key, source in SOURCES.items()
    }
    root = make_book({"chapters/01-first.md": "# One\n\nSee [@forum-2015].\n"})
    checked = resolve(Project(root, SETTINGS, ()), read_chapters(root, SETTINGS).value, wrong)
    assert [problem.severity for problem in checked.problems] == [Severity.NOTE, Severity.ERROR]


def test_an_unknown_source_is_told_with_the_nearest_one(make_book: MakeBook) -> None:
    root = make_book({"chapters/01-first.md": "# One\n\nSee [@forum-2051] and [@zzz; @talk-2013].\n"})
    checked = resolved(root)
    assert told(checked) == [
        ("chapters/01-first.md:3:6", "unknown-source", 'did you mean "forum-2015"?'),
        (
            "chapters/01-first.md:3:24",
            "unknown-source",
            "add its item to a list that `sources` in book.toml names, or name there the list that it stands in",
        ),
    ]
    assert len(checked.value.citations) == 1


def test_a_reference_finds_a_chapter_a_heading_and_its_own_chapter(make_book: MakeBook) -> None:
    root = make_book(
        {
            "chapters/01-first.md": "# One\n\n[a](02-second.md) [b](02-second.md#part) [c](#here)\n\n## Here\n",
            "chapters/02-second.md": "# Two\n\n## Part\n",
        }
    )
    assert told(resolved(root)) == []


def test_a_reference_that_leads_nowhere_is_told(make_book: MakeBook) -> None:
    targets = ["02-second.md#prat", "02-secnd.md", "#gone", "data.csv", "javascript:x", "../book.toml"]
    text = "# One\n\n" + "\n".join(f"[text]({target})" for target in targets)
    root = make_book({"chapters/01-first.md": text, "chapters/02-second.md": "# Two\n\n## Part\n"})
    assert [(place.removeprefix("chapters/01-first.md:"), code) for place, code, _ in told(resolved(root))] == [
        ("3:1", "unknown-anchor"),
        ("4:1", "unknown-chapter"),
        ("5:1", "unknown-anchor"),
        ("6:1", "broken-link"),
        ("7:1", "broken-link"),
        ("8:1", "broken-link"),
    ]
    hints = [hint for _, _, hint in told(resolved(root))]
    assert hints[:3] == ['did you mean "part"?', 'did you mean "chapters/02-second.md"?', None]


def test_a_chapter_is_found_by_the_address_of_its_web_page_and_a_place_whatever_its_accents(
    make_book: MakeBook,
) -> None:
    targets = ("02-second.html", "02-second", "02-second/", "02-second.html#Le-café", "02-second#les-1789-mots")
    links = " ".join(f"[{number}]({target})" for number, target in enumerate(targets))
    second = "# Two\n\n## Le café\n\n## Les « 1789 » mots\n"
    checked = resolved(make_book({"chapters/01-first.md": f"# One\n\n{links}\n", "chapters/02-second.md": second}))
    assert told(checked) == []
    assert list(checked.value.targets.values()) == [
        "second",
        "second",
        "second",
        "second#le-cafe",
        "second#les-1789-mots",
    ]


def test_titles_of_cited_sources_have_the_marks_of_their_language(make_book: MakeBook) -> None:
    sources = (
        "- id: a\n  type: speech\n  title: It's 'so'\n- id: b\n  type: speech\n  title: Das \"Wort\"\n  language: de\n"
    )
    root = make_book({"sources.yaml": sources, "chapters/01-first.md": "---\ntitle: First\n---\n\n[@a] [@b]\n"})
    manuscript = check_book(root).value
    assert manuscript is not None
    assert [str(manuscript.sources[key].title) for key in "ab"] == ["It’s ‘so’", "Das „Wort“"]
