"""Puts the pictures of documents into the project, and points the chapters at them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from book.imports.addresses import readdressed
from book.imports.decisions import Decision, Subject
from book.imports.document import Document
from book.imports.pieces import Piece, Reading
from book.imports.writing import picture_name


def place_pictures(
    documents: Iterable[Document], readings: Iterable[Reading], there: Mapping[str, bytes], decisions: list[Decision]
) -> dict[str, bytes]:
    """The pictures by their names in `chapters/images/`, with those that are there; addresses are changed to these.

    Two documents may give different pictures by one address.
    """
    found: dict[str, bytes] = dict(there)
    for document, reading in zip(documents, readings, strict=True):
        names: dict[str, str] = {}
        for address, data in document.pictures.items():
            same = next((name for name, known in found.items() if known == data), None)
            names[address] = same or picture_name(address, found)
            found[names[address]] = data
        for piece in reading.pieces if names else ():
            if "](" in piece.block.markdown:
                _place(piece, names, decisions)
    return found


def _place(piece: Piece, names: Mapping[str, str], decisions: list[Decision]) -> None:
    """Change the addresses of the pictures of a block; the places of citations in it move along."""
    addresses = {address: f"images/{name}" for address, name in names.items()}

    def placed(text: str) -> tuple[str, list[str]]:
        return _described(readdressed(text, addresses))

    at = piece.block
    written, asked = placed(at.markdown)
    what = "a picture is described by the name of its file"
    decisions += (Decision(Subject.PICTURE, what, at.file, at.line, at.text, 0.5, question) for question in asked)
    piece.marks += asked
    piece.cited = [(len(placed(at.markdown[:place])[0]), occasion) for place, occasion in piece.cited]
    piece.block = replace(at, markdown=written)


_BARE = re.compile(r"!\[\]\(images/(?P<name>[^)\s]+)(?P<title>[^)]*)\)(?P<braces>\{[^}]*\})?")


def _described(written: str) -> tuple[str, list[str]]:
    """A text whose pictures all say what they show, with a question for each whose file's name has to say it."""
    asked: list[str] = []

    def described(match: re.Match[str]) -> str:
        if match["braces"] and ("alt=" in match["braces"] or ".decorative" in match["braces"]):
            return match[0]
        words = re.sub(r"[-_]+", " ", Path(match["name"]).stem)
        asked.append(f"What does the picture {match['name']} show? Its description is the name of its file.")
        return f"![{words}](images/{match['name']}{match['title']}){match['braces'] or ''}"

    return _BARE.sub(described, written), asked
