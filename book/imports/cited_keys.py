"""Finds citations of Pandoc's form in documents whose source is in none of the lists that came with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import PurePosixPath

from book.imports.decisions import Decision, Subject
from book.imports.document import Kind
from book.imports.markdown_code import CODE, FLAGS, is_code
from book.imports.structure import Part
from book.problem import BookError

_GROUP = re.compile(rf"{CODE}|(?<!\\)\[(?P<inner>[^\[\]]*@[^\[\]]*)\](?!\()", FLAGS)
_KEY = re.compile(r"(?<![\w.@\\])-?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>[^\W_](?:[\w]|[:.#$%&+?<>~/-](?=\w))*))")


def unlisted(
    parts: Iterable[Part], lists: Mapping[str, bytes], known: Iterable[str], path: str, decisions: list[Decision]
) -> list[str]:
    """The keys that chapters cite in brackets and that no list has, each once; a decision asks for each.

    Args:
        parts: The chapters.
        lists: The lists of sources by their names, whose suffix says how they are read.
        known: Further keys that there are.
        path: The document, for decisions about blocks that name no file.
        decisions: Where the questions go.
    """
    cited: dict[str, tuple[str, int, str]] = {}
    for key, at in _cited(parts):
        cited.setdefault(key, at)
    there = {*known, *_keys(lists)} if cited else set()
    missing = [key for key in cited if key not in there]
    for key in missing:
        file, line, text = cited[key]
        question = f"The document cites {key}, which none of its lists of sources has. What is it?"
        what = f"{key} stands in sources-missing.yaml with its key for a title"
        decisions.append(Decision(Subject.SOURCE, what, file or path, line, text, 0.5, question))
    return missing


def _cited(parts: Iterable[Part]) -> Iterator[tuple[str, tuple[str, int, str]]]:
    """The keys that chapters cite in brackets, each with its file, line and words."""
    for piece in (piece for part in parts for piece in part.pieces):
        block = piece.block
        if "@" not in block.markdown or is_code(block.markdown) or block.kind is Kind.HEADING:
            continue
        for group in _GROUP.finditer(block.markdown):
            for match in _KEY.finditer(group["inner"] or ""):
                yield match["braced"] or match["plain"], (block.file, block.line, block.text)


def _keys(lists: Mapping[str, bytes]) -> Iterator[str]:
    """The keys of the sources in some lists; none of one that cannot be read, which a check of the project tells of."""
    from book.problems.defects import told_as_problem
    from book.sources import SOURCES

    for name, data in lists.items():
        reader = SOURCES.get(PurePosixPath(name).suffix.lower())
        if reader is not None:
            with suppress(BookError), told_as_problem("read this list of sources", name):
                found = reader(data.decode("utf-8-sig", errors="replace"), name).value
                yield from (key for source in found for key in (source.id, *source.aliases))
