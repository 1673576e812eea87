"""Reads documents of word processors (DOCX, ODT, RTF) with Pandoc, accepting all tracked changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import html as lxml_html

from book.imports import html
from book.imports.addresses import embedded_picture
from book.imports.document import Document
from book.project.pandoc import MissingPackageError, run_pandoc

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
    # Pictures are embedded, because those that are taken out may come from anywhere, the network included.
    options = ["--track-changes=all", "--embed-resources", "--standalone", "--wrap=none", "--mathml", "--to=html5"]
    try:
        page = run_pandoc([f"--from={_FORMATS[path.suffix.lower()]}", *options, str(path.absolute())])
    except MissingPackageError as failure:
        raise PandocMissingError("it needs Pandoc: pip install 'florilegium[import]'") from failure
    except ValueError as failure:
        raise ValueError(f"Pandoc cannot read it ({failure})") from failure
    root: Any = lxml_html.document_fromstring(page, parser=lxml_html.HTMLParser(huge_tree=True))
    pictures = dict(_take_pictures(root))
    document = html.read(_accepted(root), name, pictures.get, site=False)
    blocks = (replace(block, line=number) for number, block in enumerate(document.blocks, 1))
    return replace(document, blocks=tuple(blocks))


def _take_pictures(root: Any) -> Iterator[tuple[str, bytes]]:
    """Take embedded pictures out of a page: the name that each gets in it, and its content."""
    for image in root.iter("img"):
        embedded = embedded_picture(image.get("src") or "")
        if not image.get("alt") and image.get("aria-label"):  # where Pandoc puts it when it embeds a picture
            image.set("alt", image.get("aria-label"))
        if embedded is not None:
            image.set("src", embedded[0])
            yield embedded


def _accepted(root: Any) -> str:
    """The page with insertions kept and deletions left out."""
    for header in root.findall(".//header[@id='title-block-header']"):
        header.drop_tree()  # title, authors and date, which Pandoc writes into the head, too
    for span in reversed(list(root.iter("span"))):
        if "paragraph-deletion" in (span.get("class") or "").split():
            _join(span)
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


def _join(mark: Any) -> None:
    """Put a paragraph whose end is deleted, and the next one, together."""
    paragraph = next(mark.iterancestors("p"), None)
    following = paragraph.getnext() if paragraph is not None else None
    if following is None or following.tag != "p":
        return
    mark.tail = f"{mark.tail or ''} {following.text or ''}"
    mark.getparent().extend(list(following))
    following.text = None
    following.drop_tree()


def _as_comment(span: Any) -> None:
    """Turn a comment of the document into an element that the reader writes as a comment of the chapter."""
    words = " ".join(span.text_content().split())
    author = span.get("data-author")
    for child in list(span):
        child.drop_tree()
    span.text = ""
    span.set("data-comment", f"{author}: {words}" if author else words)
