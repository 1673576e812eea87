"""What an import keeps as it was: pictures, code, formulas, links, sections, and the sentences around a quotation."""

from __future__ import annotations

from pathlib import Path

import yaml

from book.imports.importing import Imported, import_documents


def imported(tmp_path: Path, name: str, text: str) -> Imported:
    """What an import of one document makes."""
    source = tmp_path / name
    source.write_text(text, encoding="utf-8")
    return import_documents([source])


def chapter(found: Imported) -> str:
    """The text of all chapters."""
    return "\n".join(data.decode() for path, data in found.files.items() if path.endswith(".md") and "/" in path)


def sources(found: Imported) -> list[dict[str, object]]:
    """The sources, in order."""
    return yaml.safe_load(found.files["sources.yaml"]) or []


def test_two_documents_show_their_own_pictures_by_one_name(tmp_path: Path) -> None:
    paths = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.png").write_bytes(b"\x89PNG " + name.encode())
        paths.append(tmp_path / name / f"{name}.md")
        paths[-1].write_text(f"# {name}\n\nText of the first paragraph.\n\n![The plan](plan.png)\n")
    files = import_documents(paths).files
    assert files["chapters/images/plan.png"].endswith(b"one")
    assert files["chapters/images/plan-2.png"].endswith(b"two")
    assert "![The plan](images/plan.png)" in files["chapters/01-one.md"].decode()
    assert "![The plan](images/plan-2.png)" in files["chapters/02-two.md"].decode()


def test_a_citation_stands_behind_its_sentence_though_a_picture_before_it_got_another_name(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "the-old-harbour.png").write_bytes(b"\x89PNG")
    text = (
        "# Harbour\n\nSee ![](figures/the-old-harbour.png) here. On 3 May 1901 Ada Flint told the Harbour Congress: "
        '"We shall not build a wall here again." Nobody answered.\n'
    )
    assert 'a wall here again." [@' in chapter(imported(tmp_path, "in.md", text))


def test_a_sentence_ends_behind_the_closing_marks_of_every_language(tmp_path: Path) -> None:
    for name, said, after in (
        ("de.md", "Am 4. Juni 1954 sagte Anna Kern im Landtag: „Wir werden hier nie wieder bauen.“", "Alle gingen."),
        ("de2.md", "Am 4. Juni 1954 sagte Anna Kern im Landtag: »Wir werden hier nie wieder bauen.«", "Alle gingen."),
        ("fr.md", "Le 4 juin 1954, Anne Martin a dit au Sénat : « Nous ne bâtirons plus ici. »", "Tous partirent."),
    ):
        found = imported(tmp_path, name, f"# Title\n\n{said} {after}\n")
        (source,) = sources(found)
        assert after.split()[0] not in str(source["title"])
        assert f"] {after}" in chapter(found)
