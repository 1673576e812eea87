"""Imports single documents and reads back what became of them."""

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
    return "\n".join(
        data.decode() for path, data in found.files.items() if path.startswith("chapters/") and path.endswith(".md")
    )


def sources(found: Imported) -> list[dict[str, object]]:
    """The sources, in order."""
    return yaml.safe_load(found.files["sources.yaml"]) or []


def dates(found: Imported) -> list[str]:
    """The dates of the sources, in order."""
    return [str(one.get("issued")) for one in sources(found)]
