"""The structure tree of a whole PDF (ISO 32000-1, 14.7), joined from those of its fragments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from book.model import anchor_of
from book.pdf_in_parts import PdfInParts
from book.roles import MAPPED


class StructureTree:
    """The structure tree of a PDF while it grows: one `Document` element that holds the sections in order."""

    def __init__(self, file: PdfInParts, language: str) -> None:
        """An empty tree for a file; `language` is the book's, a BCP 47 tag."""
        self._root = file.reserve()
        self.document = file.reserve()
        """The number of the `Document` element, which every part has to know."""
        self._language = language
        self._sections: list[int] = []
        self._numbers: list[tuple[int, int, int]] = []
        self._ids: dict[bytes, int] = {}
        self._next_key = 0

    @property
    def known(self) -> Iterator[int]:
        """The numbers that the last part has to know."""
        yield from (self._root, self.document)
        yield from self._sections
        yield from self._ids.values()
        yield from (number for _, _, number in self._numbers)

    def append(self, part: Pdf, fragment: Pdf, slug: str, pages: Iterable[Page]) -> Iterator[Object]:
        """Hang a fragment's structure into the tree; `pages` are the copies of its pages. Gives what `part` has of it.

        They have been copied before, so that what the structure says of pages points to the copies.
        Identifiers become anchors, which are unique in the book.
        """
        copied = part.copy_foreign(fragment.Root.StructTreeRoot)
        language = str(copied.K[0].Lang)
        for element in copied.K[0].K:
            element.P = part.get_object(self.document, 0)
            if language != self._language and "/Lang" not in element:
                element.Lang = String(language)
            self._sections.append(element.objgen[0])
            yield element
        names = copied.get("/IDTree", Dictionary(Names=Array())).Names
        for name, element in zip(names[::2], names[1::2], strict=True):
            element.ID = String(anchor_of(slug, str(name)))
            self._ids[bytes(element.ID)] = element.objgen[0]
        yield self._number(part, copied.ParentTree.Nums, pages)

    def _number(self, part: Pdf, numbers: Object, pages: Iterable[Page]) -> Object:
        """Continue the numbers by which pages and annotations find their elements; gives the node that tells them."""
        offset = self._next_key
        keys = [int(key) + offset for key in numbers[::2]]
        for index, key in enumerate(keys):
            numbers[2 * index] = key
        for page in pages:
            page.obj.StructParents = int(page.obj.StructParents) + offset
            for annotation in page.obj.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + offset
        node = part.make_indirect(Dictionary(Limits=Array([keys[0], keys[-1]]), Nums=numbers))
        self._next_key = keys[-1] + 1
        self._numbers.append((keys[0], keys[-1], node.objgen[0]))
        return node

    def close(self, part: Pdf) -> tuple[Object, ...]:
        """Write down, in the last part, what the sections have in common; gives that."""

        def known(numbers: Iterable[int]) -> Array:
            return Array([part.get_object(number, 0) for number in numbers])

        root, document = part.get_object(self._root, 0), part.get_object(self.document, 0)
        document.update({"/Type": Name.StructElem, "/S": Name.Document, "/P": root})
        document.Lang = String(self._language)
        document.K = known(self._sections)
        root.Type = Name.StructTreeRoot
        root.K = Array([document])
        root.RoleMap = Dictionary({f"/{mapped}": Name(f"/{standard}") for mapped, standard in MAPPED.items()})
        root.ParentTree = part.make_indirect(Dictionary(Kids=known(number for _, _, number in self._numbers)))
        root.ParentTreeNextKey = self._next_key
        if self._ids:
            names = [item for name in sorted(self._ids) for item in (String(name), part.get_object(self._ids[name], 0))]
            limits = Array([names[0], names[-2]])
            kid = part.make_indirect(Dictionary(Limits=limits, Names=Array(names)))
            root.IDTree = Dictionary(Kids=Array([kid]))
        part.Root.StructTreeRoot = root
        return root, document
