"""Which documents a project was made of: their places, their contents, and the chapters that they became."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from book.imports.reading import SUFFIXES

_RECORD = "documents"
"""The subject of the report's entry that lists the imported documents and their chapters."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a report says about the documents of its import."""

    report: Path
    """The report."""
    places: frozenset[str]
    """Their places, relative to the project's folder; only their names in reports of older versions."""
    contents: frozenset[str]
    """SHA-256 of each; empty in reports of older versions."""
    chapters: tuple[str, ...]
    """The names of the files of their chapters."""

    def has(self, document: Path) -> bool:
        """Whether a document was imported: its place is listed, whatever the file holds now, or its contents are."""
        if not self.contents:
            inside = document.is_dir() and any((document / name).is_file() for name in self.places)
            return document.name in self.places or inside
        return _place(document, self.report.parent) in self.places or _digest(document) in self.contents


def with_record(report: bytes, documents: Sequence[Path], folder: Path, chapters: Sequence[str]) -> bytes:
    """A report as data that says which documents it is about.

    Args:
        report: The decisions, as `report.as_json` writes them.
        documents: Files and folders.
        folder: The project's folder.
        chapters: The names of the files of their chapters.
    """
    imported = [{"path": _place(one, folder), "sha256": _digest(one)} for one in documents]
    record = {"subject": _RECORD, "what": "imported", "documents": imported, "chapters": list(chapters)}
    return (json.dumps([record, *json.loads(report)], ensure_ascii=False, indent=2) + "\n").encode()


def read_record(report: Path) -> Recorded | None:
    """What a report says about its documents; None if it cannot be read."""
    try:
        entries = json.loads(report.read_text(encoding="utf-8"))
        record = next((one for one in entries if one["subject"] == _RECORD), None)
        if record is None:
            return Recorded(report, frozenset(str(one["path"]) for one in entries), frozenset(), ())
        imported = record["documents"]
        places, contents = (frozenset(str(one[name]) for one in imported) for name in ("path", "sha256"))
        return Recorded(report, places, contents, tuple(map(str, record["chapters"])))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _place(document: Path, folder: Path) -> str:
    """Where a document is, seen from a folder, with forward slashes."""
    try:
        return Path(os.path.relpath(document.resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive of Windows
        return document.resolve().as_posix()


def _digest(document: Path) -> str:
    """SHA-256 of a file, or of the names and contents of a folder's documents."""
    digest = sha256()
    inside = sorted(path for path in document.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    for path in inside if document.is_dir() else [document]:
        digest.update(path.relative_to(document).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
