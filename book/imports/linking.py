"""Leads links between the documents to the chapters that they became."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, count
from urllib.parse import unquote

from book.imports.addresses import is_absolute
from book.imports.decisions import Decision, Subject
from book.imports.document import Block, Kind
from book.imports.markdown_code import CODE, FLAGS, is_code
from book.imports.pieces import Piece
from book.imports.plain_text import escape_words
from book.imports.structure import Part

_LINK = re.compile(
    rf"{CODE}"
    r"|(?P<picture>!?)\[(?P<text>(?:[^\[\]\\]|\\.|\[(?:[^\[\]\\]|\\.)*+\])*+)\]"
    r"\(\s*<?(?P<address>(?:[^\s()<>]|\([^\s()<>]*\))++)>?(?P<title>\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
    r"|\\@ref\((?P<bookdown>[\w:-]+)\)|\[-?@(?P<bracketed>(?:sec|fig|tbl|eq|lst|thm)-[\w-]*\w)\]"
    r"|(?<![\w.@\\])@(?P<quarto>(?:sec|fig|tbl|eq|lst|thm)-[\w-]*\w)",
    FLAGS,
)
"""Code, which is left as it is; a link or a picture; a reference of bookdown or Quarto."""
_DEFINITION = re.compile(r"\s*\[(?P<label>[^\]]+)\]:\s*<?(?P<address>[^\s<>]+)>?(?P<rest>.*)", re.DOTALL)
_WEB = re.compile(r"(?:https?|ftps?|mailto(?=:[^?]+@)|tel|doi|urn):|//", re.IGNORECASE)
_LOST = "The original refers to {label} here, which was not imported. What is meant?"
_KINDS = {
    "fig": "figure", "tbl": "table", "tab": "table", "eq": "equation", "lst": "listing", "thm": "theorem",
    "lem": "lemma",
}  # fmt: skip
"""What a reference says to something without words of its own, by the prefix of its label."""
_MOST = 80
"""Maximum length in characters of the words of a reference."""
_EVIDENCE = 2000
"""Maximum length in characters of what is quoted of a block about one of its links."""
_SUFFIX = re.compile(r"\.(?:md|markdown|qmd|rmd|html?|xhtml|ipynb)$", re.IGNORECASE)
_INDEX = ("index", "README", "readme")


@dataclass(slots=True)
class _Place:
    """Something that links can point to."""

    chapter: str
    """The name of the chapter's file."""
    words: str
    piece: Piece | None = None
    """The block, or None for the chapter itself, whose title has no id."""


@dataclass
class _Places:
    """All that links can point to."""

    files: dict[str, str] = field(default_factory=dict)
    """The chapter that a file begins in."""
    ids: dict[tuple[str, str], _Place] = field(default_factory=dict)
    """Places by their file and id, or by their file and heading as `_fold` gives it."""
    labels: dict[str, _Place] = field(default_factory=dict)
    """Places by their id alone, for references that name no file."""
    holders: dict[int, Piece] = field(default_factory=dict)
    """By the identity of a block that can have no id: the nearest one before it in its chapter that can."""

    @cached_property
    def stems(self) -> dict[str, str]:
        """The files by their names without suffix."""
        return {_SUFFIX.sub("", one): one for one in reversed(self.files)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The files by the last part of their names, where only one has it: notes of a vault are linked so."""
        counts = Counter(posixpath.basename(stem).casefold() for stem in self.stems)
        stems = ((posixpath.basename(stem).casefold(), file) for stem, file in self.stems.items())
        return {name: file for name, file in stems if counts[name] == 1}


def link_chapters(parts: Sequence[Part], names: Sequence[str]) -> list[Decision]:
    """Point every link at the chapter that holds its target; one that leads nowhere becomes words.

    Args:
        parts: The chapters; their links are changed.
        names: The name of each chapter's file.
    """
    linker = _Linker(_places(parts, names))
    for part, name in zip(parts, names, strict=True):
        for piece in part.pieces:
            if not is_code(piece.block.markdown):
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
        holder: Piece | None = None
        for piece in part.pieces:
            block = piece.block
            found.files.setdefault(block.file, name)
            place = _Place(name, block.caption or _words(block), piece)
            if _can_have_id(piece):
                holder = piece
            elif holder is not None:
                found.holders[id(piece)] = holder
            for one in block.ids:
                found.ids.setdefault((block.file, one), place)
                found.labels.setdefault(one, place)
            if block.kind is Kind.HEADING:
                found.ids.setdefault((block.file, _fold(block.text)), place)
                found.labels.setdefault(_fold(block.text), place)
    return found


def _words(block: Block) -> str:
    """What a reference to a block says: the words of a heading, the caption of a picture; nothing for others."""
    if block.kind is Kind.HEADING:
        return block.text
    shown = re.match(r"!\[((?:[^\[\]\\]|\\.)*)\]", block.markdown) if block.kind is Kind.PICTURE else None
    return shown[1] if shown else ""


class _Linker:
    """Changes the links of one chapter after the other."""

    def __init__(self, places: _Places) -> None:
        self.decisions: list[Decision] = []
        self._places = places
        self._taken: dict[str, set[str]] = {}
        self._asked: list[str] = []
        """Questions about the block whose links are being changed."""

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
        piece.marks += dict.fromkeys(self._asked)
        self._asked.clear()
        if moved:
            piece.cited = [
                (place + next((by for end, by in reversed(moved) if end <= place), 0), occasion)
                for place, occasion in piece.cited
            ]
            piece.block = replace(piece.block, markdown=written + text[at:])

    def define(self, piece: Piece, chapter: str, part: Part) -> bool:
        """Change the address of a definition, `[label]: address`; False if it leads nowhere and its links are words."""
        match = _DEFINITION.match(piece.block.markdown) if piece.block.kind is Kind.DEFINITION else None
        if match is None or is_absolute(match["address"]):
            return True
        found = self._target(match["address"], piece.block, chapter)
        if found is not None:
            written = f"[{match['label']}]: {found}{match['rest']}"
            piece.block = replace(piece.block, markdown=written)
            return True
        label = re.escape(match["label"])
        use = re.compile(rf"\[((?:[^\[\]\\]|\\.)*+)\]\[{label}\]|\[({label})\](?:\[\])?(?![\[(:])", re.IGNORECASE)
        for one in part.pieces:
            if not is_code(one.block.markdown) and one.block.kind is not Kind.DEFINITION:
                one.block = replace(one.block, markdown=use.sub(lambda found: found[1] or found[2], one.block.markdown))
        return False

    def _replacement(self, match: re.Match[str], block: Block, chapter: str) -> str | None:
        """What stands in place of a link; None if it stays as it is."""
        if match["code"] or match["picture"]:
            return None
        if label := match["bookdown"] or match["quarto"] or match["bracketed"]:
            before = match.string[: match.start()].rstrip().lower()
            return self._reference(label, block, chapter, before)
        address = match["address"]
        words = _LINK.sub(lambda one: self._replacement(one, block, chapter) or one[0], match["text"])
        if is_absolute(address):
            if _WEB.match(address):
                whole = f"https:{address}" if address.startswith("//") else address
                return f"[{words}]({whole}{match['title'] or ''})"
            self._notice(block, f"the link to {address[:100]} leads into a program: its words are kept")
            return words
        found = self._target(address, block, chapter)
        return words if found is None else f"[{words}]({found}{match['title'] or ''})"

    def _reference(self, label: str, block: Block, chapter: str, before: str) -> str:
        """A reference of Quarto or bookdown as a link that says what it leads to; words where that is not there.

        `before` is the text before it in small letters: `Equation @eq-sum` says what it is already.
        """
        bare = label.partition(":")[2] or label
        place = self._places.labels.get(label) or self._places.labels.get(_fold(bare))
        if place is None:
            self._notice(block, f"the reference {label} leads to nothing that was imported", _LOST.format(label=label))
            return escape_words(bare)
        kind = _KINDS.get(re.split("[-:]", label, maxsplit=1)[0], "")
        words = _shortened(place.words) or ("" if before.endswith(kind) else kind) or escape_words(bare)
        return f"[{words}]({self._address(place, label, chapter)})"

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
        if piece is not None and not _can_have_id(piece):
            piece = self._places.holders.get(id(piece))
        if piece is None or not label:
            return place.chapter
        if piece.anchor is None:
            taken = self._taken.setdefault(place.chapter, set())
            stem = re.sub(r"[^\w-]+", "-", label).strip("-") or "place"
            numbered = (f"{stem}-{number}" for number in count(2))
            piece.anchor = next(name for name in chain([stem], numbered) if name not in taken)
            taken.add(piece.anchor)
        return f"{'' if place.chapter == chapter else place.chapter}#{piece.anchor}"

    def _notice(self, block: Block, what: str, question: str | None = None) -> None:
        """Record a link that cannot be kept, with a question that is asked in the chapter."""
        score = 0.5 if question else 1.0
        words = " ".join(block.markdown[:_EVIDENCE].split())
        self.decisions.append(Decision(Subject.NOTICE, what, block.file, block.line, words, score, question))
        if question:
            self._asked.append(question)


_TARGETS = frozenset({Kind.HEADING, Kind.PARAGRAPH, Kind.PICTURE})
"""What can have an id in a chapter."""


def _can_have_id(piece: Piece) -> bool:
    """Whether a block can have an id in a chapter: a heading, text that is no quotation, a picture."""
    return piece.block.kind in _TARGETS and not piece.quotation and bool(piece.block.markdown)


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
    if base in places.files:
        return base
    found = next((places.stems[one] for one in (stem, *inside) if one in places.stems), None)
    rooted = _SUFFIX.sub("", posixpath.normpath(path.lstrip("/")))
    return found or places.stems.get(rooted) or (None if "/" in path else places.names.get(last.casefold()))


def _shortened(words: str) -> str:
    """The words of a reference: the first of a caption, with no markup in them that could end early."""
    plain = re.sub(r"\[((?:[^\[\]\\]|\\.)*)\]\([^)]*\)|\[\^[^\]]*\]", r"\1", words).strip()
    if len(plain) > _MOST:
        plain = re.sub(r"[*_`$]", "", plain)
        plain = re.split(r"(?<=\w)[.;:]\s", plain, maxsplit=1)[0]
        plain = plain if len(plain) <= _MOST else plain[:_MOST].rsplit(" ", 1)[0] + " \u2026"
    return plain.rstrip(".")


def _fold(text: str) -> str:
    """A heading, or the id that a tool makes of it, in one form: letters and figures alone."""
    letters = unicodedata.normalize("NFKD", re.sub(r"\]\([^)]*\)|\\", "", text).casefold())
    return "".join(letter for letter in letters if letter.isalnum())
