"""Documents in many conventions and languages: `cases/imports/<name>/in.*` and what comes of it in `expected.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from book.check import check_book
from book.imports.importing import import_documents
from book.problem import Severity

CASES = Path(__file__).parent.parent / "cases" / "imports"


def said(source: dict[str, Any]) -> str:
    """The speaker of an item as one name."""
    (author,) = source.get("author", [{}])
    names = (author.get(part) for part in ("given", "non-dropping-particle", "family", "literal"))
    return " ".join(name for name in names if name)


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir()))
def test_a_document_becomes_chapters_quotations_and_sources(name: str, tmp_path: Path) -> None:
    (document,) = (CASES / name).glob("in.*")
    expected = yaml.safe_load((CASES / name / "expected.yaml").read_text(encoding="utf-8"))
    imported = import_documents([document])
    files = {path: data.decode() for path, data in imported.files.items() if not path.endswith(".png")}
    assert (imported.chapters, imported.quotations) == (expected["chapters"], expected["quotations"])
    assert f'language = "{expected["language"]}"' in files["book.toml"]
    if "title" in expected:
        assert f'title = "{expected["title"]}"' in files["book.toml"]
    found = [
        {"date": one.get("issued"), "speaker": said(one), "title": one["title"], "place": one.get("event-place")}
        for one in yaml.safe_load(files["sources.yaml"])
    ]
    wanted = [{"place": None, **one, "date": str(one["date"])} for one in expected["sources"]]
    assert [
        {**one, "place": one["place"] if other["place"] else None} for one, other in zip(found, wanted, strict=True)
    ] == [
        {**other, "title": one["title"] if other["title"] in one["title"] else other["title"]}
        for one, other in zip(found, wanted, strict=True)
    ]
    dropped = [one for one in imported.decisions if one.subject == "dropped" and not one.doubtful]
    assert len(dropped) == expected.get("dropped", 0)
    doubts = [one for one in imported.decisions if one.question and "date right" in one.question]
    assert len(doubts) == expected.get("doubtful_dates", 0)
    chapters = "".join(text for path, text in files.items() if path.startswith("chapters/"))
    asked = [one.asked.replace("--", "-") for one in imported.decisions if one.asked]
    assert [one for one in asked if one not in chapters] == []
    assert len(asked) == len({(one.path, one.line, one.asked) for one in imported.decisions if one.asked})
    for path, words in expected.get("contains", {}).items():
        assert [one for one in words if one not in files[path]] == []
    for path, data in imported.files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    errors = [problem for problem in check_book(tmp_path).problems if problem.severity is Severity.ERROR]
    assert errors == []
