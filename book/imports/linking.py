"""Leads links between the documents to the chapters that they became."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from urllib.parse import unquote

from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Kind
from book.imports.pieces import Piece
from book.imports.structure import Part

_LINK = re.compile(
    r"(?P<code>(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<picture>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\])*+)\]"
    r"\(\s*<?(?P<address>(?:[^\s()<>]|\([^\s()<>]*\))++)>?(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|\\@ref\((?P<bookdown>[\w:-]+)\)|(?<![\w.@\\])@(?P<quarto>(?:sec|fig|tbl|eq|lst)-[\w-]*\w)",
    re.DOTALL,
)
"""Code, which is left as it is; a link or a picture; a reference of bookdown or Quarto."""
_DEFINITION = re.compile(r"\s*\[(?P<label>[^\]]+)\]:\s*<?(?P<address>[^\s<>]+)>?(?P<rest>.*)", re.DOTALL)
_ABROAD = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_SUFFIX = re.compile(r"\.(?:md|markdown|qmd|rmd|html?|xhtml|ipynb)$", re.IGNORECASE)
_INDEX = ("index", "README", "readme")
_CODE = ("```", "~~~", "    ", "\t")


@dataclass(slots=True)
class _Place:
    """Something that links can point to."""

    chapter: str
    """The name of the chapter's file."""
    words: str
    piece: Piece | None = None
    """The block, or None for the chapter itself, whose title has no id."""


@dataclass(slots=True)
class _Places:
    """All that links can point to."""

    files: dict[str, str] = field(default_factory=dict)
    """The chapter that a file begins in."""
    ids: dict[tuple[str, str], _Place] = field(default_factory=dict)
    """Places by their file and id, or by their file and heading as `_fold` gives it."""
    labels: dict[str, _Place] = field(default_factory=dict)
    """Places by their id alone, for references that name no file."""


def link_chapters(parts: Sequence[Part], names: Sequence[str]) -> list[Decision]:
    """Point every link at the chapter that holds its target; one that leads nowhere becomes words.

    Args:
        parts: The chapters; their links are changed.
        names: The name of each chapter's file.
    """
    linker = _Linker(_places(parts, names))
    for part, name in zip(parts, names, strict=True):
        for piece in part.pieces:
            if not piece.block.markdown.startswith(_CODE):
                linker.link(piece, name)
        part.pieces = [piece for piece in part.pieces if linker.define(piece, name, part)]
    return linker.decisions


def _places(parts: Sequence[Part], names: Sequence[str]) -> _Places:
    """Everything that links can point to."""
    found = _Places()
    for part, name in zip(parts, names, strict=True):
        whole = _Place(name, part.title)
        if part.file:
            found.files.setdefault(part.file, name)
            for one in (*part.ids, _fold(part.title)):
                found.ids.setdefault((part.file, one), whole)
                found.labels.setdefault(one, whole)
        for piece in part.pieces:
            block = piece.block
            found.files.setdefault(block.file, name)
            place = _Place(name, block.text, piece)
            for one in block.ids:
                found.ids.setdefault((block.file, one), place)
                found.labels.setdefault(one, place)
            if block.kind is Kind.HEADING:
                found.ids.setdefault((block.file, _fold(block.text)), place)
    return found


class _Linker:
    """Changes the links of one chapter after the other."""

    def __init__(self, places: _Places) -> None:
        self.decisions: list[Decision] = []
        self._places = places
        self._taken: dict[str, set[str]] = {}

    def link(self, piece: Piece, chapter: str) -> None:
        """Change the links of one block; the places of citations in it move along."""
        written, text, at = "", piece.block.markdown, 0
        moved: list[tuple[int, int]] = []
        for match in _LINK.finditer(text):
            new = self._replacement(match, piece.block, chapter)
            if new is not None:
                written += text[at : match.start()] + new
                at = match.end()
                moved.append((at, len(written) - at))
        if moved:
            piece.cited = [
                (place + next((by for end, by in reversed(moved) if end <= place), 0), occasion)
                for place, occasion in piece.cited
            ]
            piece.block = replace(piece.block, markdown=written + text[at:])

    def define(self, piece: Piece, chapter: str, part: Part) -> bool:
        """Change the address of a definition, `[label]: address`; False if it leads nowhere and its links are words."""
        match = _DEFINITION.match(piece.block.markdown) if piece.block.kind is Kind.DEFINITION else None
        if match is None or _ABROAD.match(match["address"]):
            return True
        found = self._target(match["address"], piece.block, chapter)
        if found is not None:
            written = f"[{match['label']}]: {found}{match['rest']}"
            piece.block = replace(piece.block, markdown=written)
            return True
        label = re.escape(match["label"])
        use = re.compile(rf"\[((?:[^\[\]\\]|\\.)*+)\]\[{label}\]|\[({label})\](?:\[\])?(?![\[(:])", re.IGNORECASE)
        for one in part.pieces:
            if not one.block.markdown.startswith(_CODE) and one.block.kind is not Kind.DEFINITION:
                one.block = replace(one.block, markdown=use.sub(lambda found: found[1] or found[2], one.block.markdown))
        return False

    def _replacement(self, match: re.Match[str], block: Block, chapter: str) -> str | None:
        """What stands in place of a link; None if it stays as it is."""
        if match["code"] or match["picture"]:
            return None
        if label := match["bookdown"] or match["quarto"]:
            place = self._places.labels.get(label)
            return None if place is None else f"[{place.words}]({self._address(place, label, chapter)})"
        address = match["address"]
        words = _LINK.sub(lambda one: self._replacement(one, block, chapter) or one[0], match["text"])
        if _ABROAD.match(address):
            return f"[{words}]({address}{match['title'] or ''})"
        found = self._target(address, block, chapter)
        return words if found is None else f"[{words}]({found}{match['title'] or ''})"

    def _target(self, address: str, block: Block, chapter: str) -> str | None:
        """Where an address leads in the book; None, with a notice, if that is nowhere."""
        file = _file(address, block.file, self._places)
        if file is None:
            self._notice(block, f"the link to {address[:100]} leads to no chapter: its words are kept")
            return None
        label = unquote(address.partition("#")[2])
        place = self._places.ids.get((file, label)) or self._places.ids.get((file, _fold(label)))
        if label and place is None:
            self._notice(block, f"there is no place {address[:100]}: the link leads to its chapter")
        place = place if label and place else _Place(self._places.files[file], "")
        return self._address(place, label, chapter)

    def _address(self, place: _Place, label: str, chapter: str) -> str:
        """Where a link to a place leads, seen from a chapter; the block at the place gets an id if it has none."""
        piece = place.piece
        if piece is None or not label or piece.quotation or piece.block.kind not in _TARGETS:
            return place.chapter
        if piece.anchor is None:
            taken = self._taken.setdefault(place.chapter, set())
            stem = re.sub(r"[^\w-]+", "-", label).strip("-") or "place"
            numbered = (f"{stem}-{number}" for number in count(2))
            piece.anchor = next(name for name in chain([stem], numbered) if name not in taken)
            taken.add(piece.anchor)
        return f"{'' if place.chapter == chapter else place.chapter}#{piece.anchor}"

    def _notice(self, block: Block, what: str) -> None:
        """Record a link that cannot be kept."""
        self.decisions.append(Decision(Subject.NOTICE, what, block.file, block.line, block.text))


_TARGETS = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.PICTURE})
"""What can have an id in a chapter."""


def _file(address: str, file: str, places: _Places) -> str | None:
    """The file of the original that an address means, seen from another file; None if it became no chapter."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path:
        return file if file in places.files else None
    base = posixpath.normpath(posixpath.join(posixpath.dirname(file), path.lstrip("/")))
    stem = _SUFFIX.sub("", base)
    folder, last = posixpath.split(stem)
    beside = [folder] if last in _INDEX else []
    inside = [posixpath.join(one, name) for one in (*beside, stem) for name in _INDEX]
    known = {_SUFFIX.sub("", one): one for one in reversed(places.files)}
    if base in places.files:
        return base
    return next((known[one] for one in (stem, *inside) if one in known), None)


def _fold(text: str) -> str:
    """A heading, or the id that a tool makes of it, in one form: letters and figures alone."""
    letters = unicodedata.normalize("NFKD", re.sub(r"\]\([^)]*\)|\\", "", text).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
