"""Finds citations of Pandoc's form in documents whose source is in none of the lists that came with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from book.imports.decisions import Decision, Subject
from book.imports.document import Kind
from book.imports.markdown_code import CODE, FLAGS, is_code
from book.imports.structure import Part

_GROUP = re.compile(rf"{CODE}|(?<!\\)\[(?P<inner>[^\[\]]*@[^\[\]]*)\](?!\()", FLAGS)
_KEY = re.compile(r"(?<![\w.@\\])-?@(?:\{(?P<braced>[^{}\s]+)\}|(?P<plain>[^\W_](?:[\w]|[:.#$%&+?<>~/-](?=\w))*))")


def unlisted(
    parts: Iterable[Part], lists: Mapping[str, bytes], known: Sequence[str], path: str, decisions: list[Decision]
) -> list[str]:
    """The keys that chapters cite in brackets and that no list has, each once; a decision asks for each.

    Args:
        parts: The chapters.
        lists: The lists of sources by their names, whose suffix says how they are read.
        known: Further keys that there are.
        path: The document, for decisions about blocks that name no file.
        decisions: Where the questions go.
    """
    cited = dict(reversed(list(_cited(parts))))
    if not cited:
        return []
    there = {*known, *_keys(lists)}
    missing = [key for key in cited if key not in there]
    for key in reversed(missing):
        file, line, text = cited[key]
        question = f"The document cites {key}, which none of its lists of sources has. What is it?"
        what = f"{key} stands in sources-missing.yaml with its key for a title"
        decisions.append(Decision(Subject.SOURCE, what, file or path, line, text, 0.5, question))
    return list(reversed(missing))


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
    """The keys of the sources in some lists."""
    from book.sources import SOURCES

    for name, data in lists.items():
        reader = SOURCES.get(PurePosixPath(name).suffix.lower())
        if reader is not None:
            for source in reader(data.decode("utf-8", errors="replace"), name).value:
                yield from (source.id, *source.aliases)
