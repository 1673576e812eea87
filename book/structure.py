"""The structure tree of a whole PDF (ISO 32000-1, 14.7), joined from those of its fragments."""

from __future__ import annotations

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from book.model import anchor_of
from book.roles import MAPPED


class StructureTree:
    """The structure tree of a PDF while it grows: one `Document` element that holds the sections in order."""

    def __init__(self, pdf: Pdf, language: str) -> None:
        """An empty tree for `pdf`; `language` is the book's, a BCP 47 tag."""
        self._pdf = pdf
        self._language = language
        self._root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._root.RoleMap = Dictionary({f"/{mapped}": Name(f"/{standard}") for mapped, standard in MAPPED.items()})
        document = Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root, Lang=String(language))
        self._document = pdf.make_indirect(document)
        self._root.K = Array([self._document])
        self._sections: list[Object] = []
        self._parents: list[Object | int] = []
        self._ids: dict[bytes, Object] = {}
        self._next_key = 0
        pdf.Root.StructTreeRoot = self._root

    def append(self, fragment: Pdf, slug: str, pages: Iterable[Page]) -> None:
        """Hang a fragment's structure into the tree; `pages` are the copies of its pages.

        They have been copied before, so that what the structure says of pages points to the copies.
        Identifiers become anchors, which are unique in the book.
        """
        copied = self._pdf.copy_foreign(fragment.Root.StructTreeRoot)
        language = str(copied.K[0].Lang)
        for element in copied.K[0].K:
            element.P = self._document
            if language != self._language and "/Lang" not in element:
                element.Lang = String(language)
            self._sections.append(element)
        names = copied.get("/IDTree", Dictionary(Names=Array())).Names
        for name, element in zip(names[::2], names[1::2], strict=True):
            element.ID = String(anchor_of(slug, str(name)))
            self._ids[bytes(element.ID)] = element
        self._number(copied.ParentTree.Nums, pages)

    def _number(self, numbers: Object, pages: Iterable[Page]) -> None:
        """Continue the numbers by which pages and annotations find their elements."""
        offset = self._next_key
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            self._parents += [int(key) + offset, value]
            self._next_key = max(self._next_key, int(key) + offset + 1)
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + offset
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + offset

    def close(self) -> None:
        """Write down what the sections have in common, once all are there."""
        self._document.K = Array(self._sections)
        self._root.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._parents)))
        self._root.ParentTreeNextKey = self._next_key
        if self._ids:
            names = [part for name in sorted(self._ids) for part in (String(name), self._ids[name])]
            limits = Array([names[0], names[-2]])
            kid = self._pdf.make_indirect(Dictionary(Limits=limits, Names=Array(names)))
            self._root.IDTree = Dictionary(Kids=Array([kid]))
