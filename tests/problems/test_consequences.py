from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from book.cli.commands import main

if TYPE_CHECKING:
    from tests.conftest import MakeBook

CITING = "---\ntitle: First\n---\n\n" + "Said [@talk-2013] and [@other].\n\n" * 20


def check(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What `book check` says, a line each, without hints."""
    monkeypatch.chdir(root)
    result = CliRunner().invoke(main, ["check"])
    assert result.exit_code == 1
    return [line for line in result.stderr.splitlines() if not line.startswith("  hint: ")]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("sources.json", '[{"id": "talk-2013" "type": "speech"}]', "malformed-json"),
        ("sources.yaml", "- {id: talk-2013, title: [A}\n", "malformed-yaml"),
        ("sources.yaml", b"- {id: talk-2013, title: caf\xe9}\n", "not-utf-8"),
    ],
)
def test_a_list_that_cannot_be_read_is_told_first_and_its_citations_are_counted(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch, name: str, text: str | bytes, code: str
) -> None:
    root = make_book({"sources.yaml": None, name: text, "chapters/01-first.md": CITING})
    first, second, last = check(root, monkeypatch)
    assert first.startswith(f"{name}:1:")
    assert f"error[{code}]" in first
    assert second == (
        f"chapters/01-first.md:5:7: error[unknown-source]: 40 citations find no source, because {name} cannot be read"
    )
    assert last == "2 errors"


def test_a_list_that_is_not_there_is_told_though_nobody_named_it(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book({"sources.yaml": None, "chapters/01-first.md": CITING})
    first, second, _ = check(root, monkeypatch)
    assert first == "sources.yaml: error[missing-sources]: the book cites 2 sources, and there is no list of sources"
    assert second.endswith("40 citations find no source, because a list of sources is missing")


def test_a_list_of_another_name_is_found(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_book(
        {
            "sources.yaml": None,
            "library/My Zotero.json": '[{"id": "talk-2013"}]',
            "package.json": "{}",
            "chapters/01-first.md": CITING,
        }
    )
    monkeypatch.chdir(root)
    told = CliRunner().invoke(main, ["check"]).stderr
    assert 'hint: name it in book.toml: sources = ["library/My Zotero.json"]' in told


def test_an_empty_list_is_the_cause_of_whatever_it_lacks(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_book({"sources.yaml": "[]\n", "chapters/01-first.md": CITING})
    first, second, _ = check(root, monkeypatch)
    assert first == "sources.yaml: error[missing-sources]: the book cites 2 sources, and the list is empty"
    assert "40 citations find no source" in second


def test_a_book_that_cites_nothing_needs_no_list(make_book: MakeBook) -> None:
    root = make_book({"sources.yaml": None, "chapters/01-first.md": "# One\n\nText.\n"})
    assert CliRunner().invoke(main, ["check", "--strict", "-p", str(root)]).exit_code == 0


def test_sources_that_are_read_are_told_one_by_one(make_book: MakeBook, monkeypatch: pytest.MonkeyPatch) -> None:
    root = make_book({"chapters/01-first.md": CITING})
    assert len(check(root, monkeypatch)) == 21


def test_links_to_a_chapter_that_cannot_be_read_and_what_it_may_cite_are_counted(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book(
        {
            "chapters/01-first.md": "# One\n\n[a](02-second.md), [b](02-second.md#b), [c](03-third.md).\n",
            "chapters/02-second.md": b"# Two\n\nCaf\xe9 [@talk-2013].\n",
            "sources.yaml": "- {id: talk-2013, title: A, issued: 2013}\n- {id: b, title: B, issued: 2014}\n",
        }
    )
    first, links, other, sources, last = check(root, monkeypatch)
    assert first.startswith("chapters/02-second.md:3:4: error[not-utf-8]")
    assert links.endswith(
        "error[unknown-chapter]: 2 links find no chapter, because chapters/02-second.md cannot be read"
    )
    assert other.endswith('error[unknown-chapter]: no chapter "chapters/03-third.md"')
    assert sources.endswith("2 sources are cited nowhere else, and chapters/02-second.md cannot be read")
    assert last == "3 errors, 1 warning"


def test_a_single_citation_is_told_with_the_list_that_could_not_be_read(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = make_book(
        {"sources.yaml": "- id: ferry\n  title: At noon: a report\n", "chapters/01-first.md": "# A\n\n[@ferry]\n"}
    )
    first, second, _ = check(root, monkeypatch)
    assert "error[malformed-yaml]" in first
    assert second.endswith('no source "ferry", because sources.yaml cannot be read')


def test_what_is_wrong_in_a_list_is_told_before_the_citations_that_miss_it(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = "- {id: ferry, titel: A}\n- {id: pier, title: B}\n- {id: pier, title: C}\n"
    root = make_book({"sources.yaml": listed, "chapters/01-first.md": "# A\n\n[@quay; @ferry; @pier]\n"})
    *wrong, citation, _ = check(root, monkeypatch)
    assert [line.partition(":")[0] for line in wrong] == ["sources.yaml"] * len(wrong)
    assert len(wrong) >= 2
    assert citation.endswith('error[unknown-source]: no source "quay"')


def test_a_section_that_is_misspelt_is_told_without_what_its_list_lacks(
    make_book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = '[book]\ntitle = "T"\n[editions.print]\noutput = "pdf"\nsections = ["titlepage", "chapers"]\n'
    root = make_book({"book.toml": settings})
    only, last = check(root, monkeypatch)
    assert only.endswith('error[invalid-value]: no section "chapers"')
    assert last == "1 error"
