"""The structure tree of a section in pages (ISO 32000-1, 14.7 and 14.8; PDF/UA-1, 7).

The layout engine numbers every text and every image of a page (marked content). This module assigns each to the
structure element of the HTML element that it comes from, whatever page it is on: an element that crosses a page break
stays one element, and the order of the tree is the order of the document.

These private names of WeasyPrint are used (70.0, pinned): `Page._page_box`; of boxes, `element`, `element_tag`,
`children`, `link_annotation`, `is_header`, `is_footer`; `_box` of a placeholder; `_tags` of a page's stream.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import pydyf

from book.pages.pdf_values import finish_stream
from book.pages.roles import Roles, numbering
from book.pages.structure_elements import Content, Node, container_for
from book.pages.structure_writer import StructureWriter

PX = 0.75
"""One CSS px in pt."""
HYPHEN = "\u2010"
"""The hyphen that the engine adds where it divides a word, unless a stylesheet names another."""


def add_structure(pdf: Any, document: Any, _version: object, streams: Sequence[Any]) -> None:
    """Give a paginated document its structure tree; replaces WeasyPrint's `add_tags`.

    Drawn content that belongs to no element becomes an artifact.
    """
    pages = [page._page_box for page in document.pages]  # noqa: SLF001
    tree = _Tree(next(box.element for box in pages[0].children if box.element_tag == "html"))
    for page, (box, stream) in enumerate(zip(pages, streams, strict=True)):
        tree.read(page, box, stream)
        finish_stream(stream)
    StructureWriter(pdf, len(pages)).write(tree.document)


class _Tree:
    """Builds the structure tree, page by page."""

    def __init__(self, root: Any) -> None:
        self.document = Node("Document", properties={"Lang": pydyf.String(root.get("lang") or "")})
        self._roles = Roles(root)
        self._nodes: dict[Any, Node | None] = {None: None, root: self.document}  # None: mere decoration
        self._calls: dict[Any, Node] = {}
        self._repeated: set[Any] = set()
        self._capitals: dict[int, str] = {}
        self._page = 0
        self._height = 0.0
        self._tags: dict[Any, Any] = {}

    def read(self, page: int, box: Any, stream: Any) -> None:
        """Add the content of a page to the tree."""
        self._page, self._height, self._tags = page, box.margin_height(), dict(stream._tags)  # noqa: SLF001
        self._walk(box)
        stream._tags.clear()  # noqa: SLF001
        _say_capitals(stream, self._capitals)
        self._capitals.clear()
        _mark_as_artifacts(stream, {tag["mcid"] for tag in self._tags.values()})

    def _walk(self, box: Any, *, read: bool = True) -> None:
        """Add a box and its descendants; with `read` false, only their links.

        Tags that remain in `_tags` afterwards belong to decoration.
        """
        box = getattr(box, "_box", box)
        read = read and not hasattr(box, "at_keyword") and not self._is_repeated(box)
        if read and hasattr(box, "floats"):
            self._element(box.element)  # which is read here, wherever it is set
        if box.link_annotation and (node := self._node(box)):
            link = node if node.type == "Link" else node.last("Link") or node.add("Link", implied=True)
            link.kids.append(Content(self._page, annotation=box.link_annotation))
        if read and box.element_tag in ("td", "th") and (node := self._node(box)):
            self._describe_cell(node, box)
        if read and box in self._tags and (node := self._node(box)):
            self._add_content(node, box)
        for child in box.children:
            self._walk(child, read=read)

    def _add_content(self, node: Node, box: Any) -> None:
        """Add a text or an image to the structure element of its HTML element."""
        number = self._tags.pop(box)["mcid"]
        content = Content(self._page, number=number)
        if not hasattr(box, "text"):
            self._describe_image(node, box)
            node.kids.append(content)
        else:
            container = container_for(node, None)
            container.kids.append(content)
            if box.style["font_variant_caps"] != "normal":
                mark = box.style["hyphenate_character"]
                parted = mark == HYPHEN and box.text.endswith(mark)
                self._capitals[number] = f"{box.text.removesuffix(mark)}\u00ad" if parted else box.text
            if box.style["text_transform"] != "none" and (written := self._roles.written(box.element)):
                container.properties.setdefault("ActualText", pydyf.String(written))

    def _is_repeated(self, box: Any) -> bool:
        """Whether a box is a repeated table head or foot; only the first occurrence is read."""
        if not (getattr(box, "is_header", False) or getattr(box, "is_footer", False)):
            return False
        if box.element in self._repeated:
            return True
        self._repeated.add(box.element)
        return False

    # --- elements ---

    def _node(self, box: Any) -> Node | None:
        """The structure element for the content of a box; None for decoration."""
        _, _, part = str(box.element_tag).partition("::")
        if part == "footnote-call":
            return self._note_reference(box.element)
        node = self._element(box.element)
        if node is None or part not in ("marker", "footnote-marker"):
            return node
        if part == "marker" and node.parent is not None:
            attributes = {"O": "/List", "ListNumbering": f"/{numbering(box.style['list_style_type'])}"}
            node.parent.properties.setdefault("A", pydyf.Dictionary(attributes))
        return node.last("Lbl") or node.add("Lbl", implied=True)

    def _element(self, element: Any) -> Node | None:
        """The structure element of an HTML element, or of its nearest ancestor that has one; None for decoration."""
        if element not in self._nodes:
            hidden = self._roles.hidden(element)
            node = None if hidden else self._element(self._roles.parents[element])
            for type_ in self._roles.types(element) if node is not None else ():
                node = container_for(node, type_).add(type_)  # type: ignore[arg-type]
                node.properties = {k: pydyf.String(v) for k, v in self._roles.properties(element).items()}
            self._nodes[element] = node
        return self._nodes[element]

    def _note_reference(self, note: Any) -> Node | None:
        """The link in a note's call; the note itself is added after the call, or after the heading that contains it."""
        holder = self._element(self._roles.parents[note])
        if holder is None or note in self._calls:
            return self._calls.get(note)
        self._calls[note] = container_for(holder, "Reference").add("Reference").add("Link")
        self._element(note)
        return self._calls[note]

    def _describe_cell(self, node: Node, box: Any) -> None:
        """Record what a table cell spans, and what a header cell is the header of."""
        attributes = pydyf.Dictionary({"O": "/Table"})
        if box.element_tag == "th":
            attributes["Scope"] = f"/{self._roles.scope(box.element)}"
        spans = {"ColSpan": box.colspan, "RowSpan": box.rowspan}
        attributes.update({name: count for name, count in spans.items() if count != 1})
        if len(attributes) > 1:
            node.properties.setdefault("A", attributes)  # not again from the boxes in it

    def _describe_image(self, node: Node, box: Any) -> None:
        """Record where an image is (14.8.5.4.3), and log a warning if it has no text alternative."""
        left, top = box.content_box_x(), box.content_box_y()
        corners = (left, self._height - top - box.height, left + box.width, self._height - top)
        while node.type != "Figure" and node.parent is not None:
            node = node.parent
        place = pydyf.Array([round(corner * PX, 2) for corner in corners])
        node.properties.setdefault("A", pydyf.Dictionary({"O": "/Layout", "BBox": place}))
        if "Alt" not in node.properties:
            address = box.element.get("src") or "drawing"
            logging.getLogger("weasyprint").warning('the image "%s" has no text alternative', address)


def _say_capitals(stream: Any, texts: dict[int, str]) -> None:
    """Say what was written in marked-content sequences with small capitals, one glyph of which is for `A` and `a`.

    Args:
        stream: The content of a page.
        texts: The texts by the numbers of their sequences.
    """
    for operand in stream.stream if texts else ():
        if isinstance(operand, pydyf.Dictionary) and (text := texts.get(operand.get("MCID"))):
            operand["ActualText"] = pydyf.String(text)


def _mark_as_artifacts(stream: Any, numbers: set[int]) -> None:
    """Turn the marked-content sequences with these numbers into artifacts."""
    operators = stream.stream
    for index in range(len(operators) - 1 if numbers else 0, 0, -1):
        operand = operators[index]
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in numbers:
            operators[index - 1 : index + 2] = ["/Artifact", b"BMC"]
