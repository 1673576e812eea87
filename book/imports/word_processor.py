"""Reads documents of word processors (DOCX, ODT, RTF) with Pandoc, accepting all tracked changes."""

from __future__ import annotations

import logging
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from book.imports import html
from book.imports.document import Document

_FORMATS = {".docx": "docx", ".odt": "odt", ".rtf": "rtf"}
"""Pandoc's name of each suffix."""


class PandocMissingError(RuntimeError):
    """Pandoc is not there."""


def read(path: Path, name: str) -> Document:
    """A document of a word processor. Comments become comments in the chapter that begin with TODO.

    Raises:
        PandocMissingError: The package `pypandoc_binary` is not installed.
        ValueError: Pandoc cannot read the document.
    """
    try:
        import pypandoc
    except ImportError as failure:
        raise PandocMissingError("it needs Pandoc: pip install 'florilegium[import]'") from failure
    logging.getLogger("pypandoc").setLevel(logging.CRITICAL)  # it prints a traceback of what it only tries
    with tempfile.TemporaryDirectory(prefix="florilegium-") as folder:
        options = ["--track-changes=all", f"--extract-media={folder}", "--standalone", "--wrap=none", "--sandbox=false"]
        try:
            page = pypandoc.convert_file(str(path), "html5", format=_FORMATS[path.suffix.lower()], extra_args=options)
        except RuntimeError as failure:
            raise ValueError(f"Pandoc cannot read it ({str(failure).strip().splitlines()[-1]})") from failure
        document = html.read(_accepted(page), name, lambda address: _media(Path(folder), address), site=False)
        blocks = (replace(block, line=number) for number, block in enumerate(document.blocks, 1))
        return replace(document, blocks=tuple(blocks))


def _media(folder: Path, address: str) -> bytes | None:
    """A picture that Pandoc took out of the document; None for any other file."""
    path = Path(address).resolve()
    return path.read_bytes() if path.is_relative_to(folder.resolve()) and path.is_file() else None


def _accepted(page: str) -> str:
    """The page with insertions kept and deletions left out."""
    root: Any = lxml_html.document_fromstring(page)
    for header in root.findall(".//header[@id='title-block-header']"):
        header.drop_tree()  # title, authors and date, which Pandoc writes into the head, too
    for span in list(root.iter("span")):
        kind = (span.get("class") or "").split()
        if "deletion" in kind or "comment-end" in kind or "paragraph-insertion" in kind or "paragraph-deletion" in kind:
            span.drop_tree()
        elif "insertion" in kind:
            span.drop_tag()
        elif "comment-start" in kind:
            _as_comment(span)
    written: str = lxml_html.tostring(root, encoding="unicode")
    return written


def _as_comment(span: Any) -> None:
    """Turn a comment of the document into an element that the reader writes as a comment of the chapter."""
    words = " ".join(span.text_content().split())
    author = span.get("data-author")
    for child in list(span):
        child.drop_tree()
    span.text = ""
    span.set("data-comment", f"{author}: {words}" if author else words)
