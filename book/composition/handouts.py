"""What each kind of handout has of its chapter: the whole text, its quotations, or nothing but its questions."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from book.model.manuscript import Chapter, Manuscript, Quotation
from book.model.settings import HandoutKind
from book.project.outputs import has_handout

USUAL = 3
"""How many quotations a one-page handout has if none of its chapter is marked with `{.key}`."""


def part_for(manuscript: Manuscript, chapter: Chapter, kind: HandoutKind) -> Manuscript | None:
    """What a handout has of a chapter, with its citations; None if the chapter has nothing of the kind."""
    if not has_handout(chapter, kind):
        return None
    if kind == "full":
        kept = chapter
    elif kind == "questions":
        kept = _reduced(chapter, ())
    else:
        kept = _reduced(chapter, chapter.quotations if kind == "quotations" else key_quotations(chapter))
    own = (citation for citation in manuscript.citations if citation.chapter is chapter)
    shown = (one for one in own if kind == "full" or one.mention.anchor.partition("#")[2] in kept.ids)
    return replace(manuscript, chapters=(kept,), citations=tuple(replace(one, chapter=kept) for one in shown))


def key_quotations(chapter: Chapter) -> tuple[Quotation, ...]:
    """The quotations of a one-page handout: those marked with `{.key}`, else the first that are attributed."""
    marked = tuple(one for one in chapter.quotations if one.key)
    return marked or tuple(one for one in chapter.quotations if one.attributed)[:USUAL]


def _reduced(chapter: Chapter, quotations: tuple[Quotation, ...]) -> Chapter:
    """A chapter with nothing but some of its quotations, and the notes that they call."""
    root = etree.fromstring(f"<body>{chapter.body}</body>")
    elements = {element.get("id"): element for element in root.iter("div", "blockquote")}
    found = [elements[one.anchor.partition("#")[2]] for one in quotations]
    notes = _called(found, root.find("section[@data-notes]"))
    body = etree.Element("body")
    for element in found:
        element.tail = None
        body.append(element)
    if notes is not None:
        body.append(notes)
    ids = frozenset(str(element.get("id")) for element in body.iter() if element.get("id"))

    def shown(anchor: str) -> bool:
        return anchor.partition("#")[2] in ids

    return replace(
        chapter,
        body="".join(etree.tostring(child, encoding="unicode") for child in body),
        ids=ids,
        mentions=tuple(one for one in chapter.mentions if shown(one.anchor)),
        headings=(),
        pictures=tuple(one for one in chapter.pictures if any(one.path == i.get("src") for i in body.iter("img"))),
        references=tuple(one for one in chapter.references if shown(one.anchor)),
        terms=tuple(one for one in chapter.terms if shown(one.anchor)),
        quotations=quotations,
    )


def _called(elements: list[etree._Element], notes: etree._Element | None) -> etree._Element | None:
    """The section of notes with those only that some elements call, or that such notes call; None without any."""
    if notes is None:
        return None
    items = {item.get("id"): item for item in notes.iterfind("ol/li")}
    called: set[str] = set()
    waiting = list(elements)
    while waiting:
        addresses = {link.get("href", "").removeprefix("#") for link in waiting.pop().iter("a")}
        fresh = addresses & set(items) - called
        called |= fresh
        waiting += [items[name] for name in fresh]
    for name, item in items.items():
        if name not in called and (holder := item.getparent()) is not None:
            holder.remove(item)
    return notes if called else None
