"""Finds faults in the structure of a tagged PDF that validators miss.

Rules are those of ISO 32000-1 (14.7, 14.8) and of PDF/UA-1, as the Matterhorn Protocol 1.1 lists them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pikepdf import Dictionary, Name

from tests.pdf_structure import Element, Key, Structure, marked_contents

GROUPING = {"Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index"}
INLINE = {"Span", "Em", "Strong", "Quote", "Code", "Link", "Reference", "Note", "Lbl", "Figure"}
BLOCKS = {"P", "H1", "H2", "H3", "H4", "H5", "H6", "L", "Table", "Figure", "Note", *GROUPING}
KIDS: dict[str, set[str]] = {
    **dict.fromkeys(GROUPING, BLOCKS - {"Document", "TOCI"}),
    "TOC": {"TOCI", "TOC", "Caption"},
    "TOCI": {"Lbl", "Reference", "P", "TOC"},
    "L": {"LI", "Caption"},
    "LI": {"Lbl", "LBody"},
    "LBody": BLOCKS | INLINE,
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    **dict.fromkeys(("TH", "TD"), BLOCKS | INLINE),
    "Note": BLOCKS | INLINE,
    "Reference": {"Link", "Lbl", "Span"},
    "Figure": {"Caption", "Link", "Reference", "Span"},
    **dict.fromkeys(("P", "H1", "H2", "H3", "H4", "H5", "H6", "Lbl"), INLINE),
    **dict.fromkeys(("Span", "Em", "Strong", "Quote", "Code", "Link"), INLINE | {"P"}),
}
"""The types of elements that each type may contain."""


def faults(path: Path) -> list[str]:
    """The faults in the structure of a PDF; empty if there are none."""
    structure = Structure(path)
    checks = (_contents, _parent_tree, _annotations, _links, _nesting, _tables, _notes, _headings, _figures)
    return [f"{check.__name__[1:]}: {fault}" for check in checks for fault in check(structure)]


def _contents(structure: Structure) -> Iterator[str]:
    """Everything painted must be an artifact or in the tree (Matterhorn 01-003 to 01-005)."""
    held = {key for element in structure.find() for key in element.contents}
    for number, page in enumerate(structure.pdf.pages):
        for tag, content in set(marked_contents(page)):
            if tag != "Artifact" and (number, content) not in held:
                yield f"page {number}: content {content} ({tag or 'not marked'}) is neither in the tree nor an artifact"
        for name, form in page.obj.get("/Resources", Dictionary()).get("/XObject", Dictionary()).items():
            if form.get("/Subtype") == Name.Form and b"/MCID" in form.read_bytes():
                yield f"page {number}: the form {name} has numbered content of its own"


def _parent_tree(structure: Structure) -> Iterator[str]:
    """The parent tree must map every marked content to the element that contains it, and nothing else."""
    parents = structure.parents()
    expected = {key: element.object.objgen for element in structure.find() for key in element.contents}
    found: dict[Key, tuple[int, int]] = {}
    for number, page in enumerate(structure.pdf.pages):
        if "/StructParents" not in page.obj:
            continue
        entries = parents.pop(int(page.obj.StructParents))
        found |= {(number, at): entry.objgen for at, entry in enumerate(list[Any](entries)) if entry is not None}
    if found != expected:
        yield f"contents that it and the tree know differently: {sorted(found.items() ^ expected.items())[:5]}"
    if list(parents) != sorted(parents) or structure.root.ParentTreeNextKey <= max(parents, default=-1):
        yield "its keys are out of order"
    for element in structure.find():
        if element.parent is not None and element.object.P.objgen != element.parent.object.objgen:
            yield f"a {element.type} has another parent than the one that holds it"


def _annotations(structure: Structure) -> Iterator[str]:
    """Every annotation must be in the tree and have a description (Matterhorn 28-004, 28-011)."""
    parents = structure.parents()
    holders = {kid.objgen: element for element in structure.find() for kid in element.annotations}
    for number, page in enumerate(structure.pdf.pages):
        for annotation in page.obj.get("/Annots", ()):
            holder = holders.get(annotation.objgen)
            if holder is None or holder.type != "Link":
                yield f"page {number}: an annotation is in no Link element"
            elif parents.get(int(annotation.StructParent)) != holder.object:
                yield f"page {number}: an annotation has another parent than the one that holds it"
            if not str(annotation.get("/Contents", "")).strip() or str(annotation.Contents).startswith("book:"):
                yield f"page {number}: an annotation does not say what it is"


def _links(structure: Structure) -> Iterator[str]:
    """A link must be one element, with all its rectangles and with text."""
    for link in structure.find("Link"):
        if not link.annotations:
            yield f'the link "{structure.text(link)}" has no annotation'
        if not any(link.all_contents):
            yield f"the link to {link.annotations[0].get('/Dest')} holds nothing"
        if len({str(one.get("/Dest", one.get("/A"))) for one in link.annotations}) > 1:
            yield f'the link "{structure.text(link)}" has several targets'
        if any(outer.type == "Link" for outer in _above(link)):
            yield f'the link "{structure.text(link)}" lies in another one'


def _nesting(structure: Structure) -> Iterator[str]:
    """Elements must contain only what their type allows (Matterhorn 09-002 to 09-008, 02-001), and not be empty."""
    mapped = {str(name)[1:] for name in structure.root.get("/RoleMap", Dictionary()).keys()}  # noqa: SIM118
    for element in structure.find():
        if element.type not in KIDS or (element.type in ("Em", "Strong") and element.type not in mapped):
            yield f"{element.type} is no type of structure element that we write"
            continue
        for kid in element.elements:
            if kid.type not in KIDS[element.type]:
                yield f'{element.type} holds {kid.type} "{structure.text(kid)[:40]}"'
        if element.contents and element.type in GROUPING | {"L", "LI", "Table", "TR", "THead", "TBody", "TFoot"}:
            yield f"{element.type} holds text"
        if not element.kids and element.type not in ("TD", "TH"):
            yield f"{element.type} is empty"


def _tables(structure: Structure) -> Iterator[str]:
    """Every header cell must have a scope (Matterhorn 15-003), and all rows must be as wide as the table."""
    for head in structure.find("TH"):
        if head.object.get("/A", Dictionary()).get("/Scope") not in (Name.Column, Name.Row, Name.Both):
            yield f'the head "{structure.text(head)}" has no scope'
    for table in structure.find("Table"):
        widths = Counter[int]()
        for at, row in enumerate(table.find("TR")):
            for cell in row.elements:
                spans = cell.object.get("/A", Dictionary())
                for below in range(int(spans.get("/RowSpan", 1))):
                    widths[at + below] += int(spans.get("/ColSpan", 1))
        if len(set(widths.values())) > 1:
            yield f"the rows of a table have different widths: {dict(widths)}"


def _notes(structure: Structure) -> Iterator[str]:
    """Every note must have an identifier (Matterhorn 19-003, 19-004), and a link that calls it."""
    names = structure.root.get("/IDTree", Dictionary(Kids=[])).Kids
    pairs = [part for kid in names for part in kid.Names]
    known = {str(name): element.objgen for name, element in zip(pairs[::2], pairs[1::2], strict=True)}
    notes = {str(note.object.get("/ID", "")): note for note in structure.find("Note")}
    if known != {name: note.object.objgen for name, note in notes.items()}:
        yield "the tree of identifiers does not lead to the notes"
    if len(notes) != len(structure.find("Note")) or "" in notes:
        yield "a note has no identifier, or another one's"
    called = {
        str(annotation.Dest)
        for reference in structure.find("Reference")
        for link in reference.elements
        for annotation in link.annotations
        if "/Dest" in annotation
    }
    for name, note in notes.items():
        if name not in called:
            yield f'nothing calls the note "{structure.text(note)[:40]}"'
        if not note.elements or note.elements[0].type != "Lbl":
            yield f'the note "{structure.text(note)[:40]}" does not begin with its label'


def _headings(structure: Structure) -> Iterator[str]:
    """Headings must not skip a level downwards (Matterhorn 14-003)."""
    level = 0
    for heading in structure.find("H1", "H2", "H3", "H4", "H5", "H6"):
        found = int(heading.type[1])
        if found > level + 1:
            yield f'"{structure.text(heading)}" is of level {found}, after one of level {level}'
        level = found


def _figures(structure: Structure) -> Iterator[str]:
    """Figures must have a text alternative (Matterhorn 13-004) and be within their page."""
    for figure in structure.find("Figure"):
        if not str(figure.object.get("/Alt", "")).strip():
            yield "a figure has no text alternative"
        page = structure.pdf.pages[next(figure.all_contents)[0]]
        left, bottom, right, top = map(float, figure.object.A.BBox)
        _, _, width, height = map(float, page.mediabox)
        if not (0 <= left < right <= width and 0 <= bottom < top <= height):
            yield f"a figure lies outside its page: {left, bottom, right, top}"


def _above(element: Element) -> Iterator[Element]:
    """The ancestors of an element."""
    while element.parent is not None:
        element = element.parent
        yield element
