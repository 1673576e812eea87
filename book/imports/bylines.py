"""Reads the lines below an article's title that say who wrote it, and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from book.imports.dates_in_text import find_dates
from book.imports.decisions import Decision, Subject
from book.imports.document import Document, Kind
from book.imports.people import NAME, NO_NAME

_BY = re.compile(
    r"^(?:by|von|par|por|di|door|text|words|escrito por|écrit par|author|autore?|autor[ae]?|автор)\s*:?\s+"
    rf"(?P<names>(?-i:{NAME})(?:(?:,|\s+(?:and|und|et|y))\s+(?-i:{NAME}))*)(?P<rest>\s*[,|\u00b7\u2013\u2014-].{{0,60}})?$",
    re.IGNORECASE,
)
_AUTHOR_ZH = re.compile(r"\u4f5c\u8005[:\uff1a]\s*(?P<names>[\u4e00-\u9fff\u00b7]{2,8})")
_LINES = re.compile(
    r"(?:published|posted|updated|last (?:updated|modified)|first published)\b.{0,80}"
    r"|(?:ver\u00f6ffentlicht|aktualisiert|erschienen|stand)\b.{0,60}\d.{0,20}"
    r"|(?:publi\u00e9e?s?|mise? \u00e0 jour|publicad[oa]s?|actualizad[oa])\b.{0,60}\d.{0,20}"
    r"|(?:staff (?:writer|reporter)|(?:special |our )?correspondent|contributing (?:writer|editor))\.?"
    r"|(?:pubblicato|aggiornato|publicado|atualizado|gepubliceerd|опубликовано)\b.{0,60}\d.{0,20}"
    r"|(?:\d{4}[-/年]\d\d?[-/月]\d\d?日?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s*)?(?:来源|來源|作者|发布时间|日期|记者|编辑)[:\uff1a].{1,60}",
    re.IGNORECASE,
)
_LAST = 4
"""Number of blocks at the end in which lines about the author can stand."""
_FIRST = 10
"""Number of blocks at the beginning of a document in which these lines stand."""


def is_byline(text: str) -> bool:
    """Whether a line is about the author or the date of an article, as a whole."""
    bare = text.strip()
    return bool(_BY.match(bare)) or bool(_LINES.fullmatch(bare))


def take_bylines(document: Document) -> tuple[Document, list[Decision]]:
    """A document whose authors and date are those that the lines below its title name; these lines are left out."""
    kept, decisions = [], []
    authors, date = list(document.authors), document.date
    apart = (Kind.NOTE, Kind.DEFINITION, Kind.BREAK)
    ends = {id(one) for one in [block for block in document.blocks if block.kind not in apart][-_LAST:]}
    headed = False
    for position, block in enumerate(document.blocks):
        text = re.sub(r"^[*_]+(?=\S)|(?<=\S)[*_]+$", "", block.text.replace("\\", ""))
        last = id(block) in ends
        bare = text.strip("()\uff08\uff09[] ") if last else text
        stands = block.kind is Kind.BYLINE or (
            (position < _FIRST or last) and block.kind is Kind.PARAGRAPH and is_byline(bare)
        )
        stands = stands or (last and block.kind is Kind.PARAGRAPH and (headed or _about_author(text, authors)))
        headed = (headed and block.kind is not Kind.HEADING) or (last and bool(_ABOUT_HEAD.fullmatch(text)))
        if not document.site or not (stands or (headed and block.kind in (Kind.HEADING, Kind.PARAGRAPH))):
            kept.append(replace(block, kind=Kind.PARAGRAPH) if block.kind is Kind.BYLINE else block)
            if document.site and last and block.kind is Kind.PARAGRAPH and _in_italics(block.text):
                asked = "Does this line belong to the text, or does it say who the author is?"
                what = "kept a line in doubt"
                decisions.append(Decision(Subject.DROPPED, what, document.path, block.line, block.text, 0.5, asked))
            continue
        names = list(_names(text))
        authors += [name for name in names if not document.authors and name not in authors]
        dates = find_dates(text)
        date = date or (dates[0].edtf if dates else None)
        what = "left out: a line about the author or the date" + (f" (authors: {', '.join(names)})" if names else "")
        decisions.append(Decision(Subject.DROPPED, what, document.path, block.line, block.text, 0.9))
    return replace(document, blocks=tuple(kept), authors=tuple(authors), date=date), decisions


_BIO = (
    r"(?:writes|works|teaches|lives|lectures|researches|edits|lehrt|forscht|enseigne|travaille|insegna|lavora|enseña|"
    r"trabaja)"
)
_IS = re.compile(
    rf"\s*(?:{_BIO}\b)|\s*(?:,|\(|is|was|has|holds|studied|serves|grew|"
    r"ist|war|schreibt|arbeitet|lebt|est|était|vit|enseigne|es|fue|escribe|vive|è|scrive|é|escreve|是)\b"
)

_IN_ITALICS = re.compile(rf"([*_])(?P<name>{NAME})\s+(?:is\s+an?|{_BIO})\s.{{3,300}}[.!]\1", re.DOTALL)
"""A line in italics that says what somebody does."""
_ABOUT_WORDS = (
    r"(?:about the authors?|über (?:den autor|die autorin)|zur person|à propos de l[\u2019']auteure?|"
    r"sobre (?:el|la|o|a) autora?|sull[\u2019']autore|l[\u2019']autrice)"
)
_ABOUT = re.compile(rf"^{_ABOUT_WORDS}[*_]*\s*[:.\u2013\u2014-][*_]*\s*", re.IGNORECASE)
"""What stands before the name: `About the author:`."""
_ABOUT_HEAD = re.compile(rf"{_ABOUT_WORDS}\s*:?", re.IGNORECASE)
"""The head of a paragraph about the author."""


def _in_italics(text: str) -> bool:
    """Whether a paragraph is a line in italics that says what somebody with a full name does."""
    found = _IN_ITALICS.fullmatch(text.strip())
    return bool(found and " " in found["name"] and not NO_NAME.match(found["name"]))


def _about_author(text: str, authors: Iterable[str]) -> bool:
    """Whether a paragraph at the end says who an author is: after words that say so, or a known author's name."""
    if _ABOUT.match(text.strip("*_ ")):
        return True
    bare = _ABOUT.sub("", re.sub(r"^[*_]+|[*_]+$", "", text.strip()))
    return any(bare.startswith(name) and _IS.match(bare[len(name) :].lstrip("*_")) for name in authors)


def _names(text: str) -> Iterator[str]:
    """The authors that a line names."""
    for pattern in (_BY, _AUTHOR_ZH):
        if (match := pattern.search(text)) is not None:
            yield from re.split(r",\s+|\s+(?:and|und|et|y)\s+", match["names"])
