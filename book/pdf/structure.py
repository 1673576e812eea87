"""Joins the structure trees of fragments to that of a whole PDF (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from book.model.manuscript import anchor_of
from book.pages.roles import MAPPED
from book.pdf.pdf_in_parts import PdfInParts


@dataclass(frozen=True, slots=True)
class Branch:
    """The structure of one section, which is in that section's part of the file."""

    elements: tuple[int, ...]
    """The object numbers of its topmost elements, in reading order."""
    ids: Mapping[bytes, int]
    """The object numbers of elements with an identifier, by identifier."""
    keys: tuple[int, int]
    """The first and the last parent-tree key of its pages and annotations."""
    node: int
    """The object number of its node of the parent tree, which maps these keys to elements."""

    @property
    def roots(self) -> tuple[int, ...]:
        """The objects from which all others of the branch can be reached."""
        return (*self.elements, self.node)


def copy_structure(part: Pdf, fragment: Pdf, slug: str, language: str, document: int, first_key: int) -> Branch:
    """Copy a fragment's structure into a part that contains the fragment's pages and no others.

    Identifiers become anchors, which are unique in the book.

    Args:
        part: The part.
        fragment: The fragment's PDF.
        slug: The section's slug.
        language: The book's language, a BCP 47 tag; sections in another one get a `Lang` entry.
        document: The object number of the `Document` element that becomes the parent.
        first_key: The first parent-tree key to use.
    """
    copied = part.copy_foreign(fragment.Root.StructTreeRoot)
    own = str(copied.K[0].Lang)
    elements: list[int] = []
    for element in copied.K[0].K:
        element.P = part.get_object(document, 0)
        if own != language and "/Lang" not in element:
            element.Lang = String(own)
        elements.append(element.objgen[0])
    ids: dict[bytes, int] = {}
    names = copied.get("/IDTree", Dictionary(Names=Array())).Names
    for name, element in zip(names[::2], names[1::2], strict=True):
        element.ID = String(anchor_of(slug, str(name)))
        ids[bytes(element.ID)] = element.objgen[0]
    numbers = copied.ParentTree.Nums
    keys = _shift(numbers, part.pages, first_key)
    node = part.make_indirect(Dictionary(Limits=Array(keys), Nums=numbers))
    return Branch(tuple(elements), ids, keys, node.objgen[0])


def _shift(numbers: Object, pages: Iterable[Page], offset: int) -> tuple[int, int]:
    """Add `offset` to parent-tree keys, also where pages and annotations refer to them; the first and the last key."""
    keys = [int(key) + offset for key in numbers[::2]]
    for index, key in enumerate(keys):
        numbers[2 * index] = key
    for page in pages:
        page.obj.StructParents = int(page.obj.StructParents) + offset
        for annotation in page.obj.get("/Annots", ()):
            if "/StructParent" in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset
    return keys[0], keys[-1]


class StructureTree:
    """The structure tree of a PDF while it is written: one `Document` element that contains the sections in order."""

    def __init__(self, file: PdfInParts, language: str) -> None:
        """Start an empty tree for a file; `language` is the book's, a BCP 47 tag."""
        self._root = file.reserve()
        self.document = file.reserve()
        """The object number of the `Document` element, to which every part refers."""
        self._language = language
        self._branches: list[Branch] = []

    @property
    def next_key(self) -> int:
        """The first parent-tree key of the next branch."""
        return self._branches[-1].keys[1] + 1 if self._branches else 0

    @property
    def numbers(self) -> Iterator[int]:
        """The object numbers to which the last part refers."""
        yield from (self._root, self.document)
        for branch in self._branches:
            yield from branch.roots
            yield from branch.ids.values()

    def append(self, branch: Branch) -> None:
        """Add a section's structure."""
        self._branches.append(branch)

    def close(self, part: Pdf) -> tuple[Object, ...]:
        """Write the root and the `Document` element to the last part, and return them."""

        def objects(numbers: Iterable[int]) -> Array:
            return Array([part.get_object(number, 0) for number in numbers])

        root, document = part.get_object(self._root, 0), part.get_object(self.document, 0)
        document.update({"/Type": Name.StructElem, "/S": Name.Document, "/P": root})
        document.Lang = String(self._language)
        document.K = objects(number for branch in self._branches for number in branch.elements)
        root.Type = Name.StructTreeRoot
        root.K = Array([document])
        root.RoleMap = Dictionary({f"/{mapped}": Name(f"/{standard}") for mapped, standard in MAPPED.items()})
        root.ParentTree = part.make_indirect(Dictionary(Kids=objects(branch.node for branch in self._branches)))
        root.ParentTreeNextKey = self.next_key
        ids = {name: number for branch in self._branches for name, number in branch.ids.items()}
        if ids:
            names = [item for name in sorted(ids) for item in (String(name), part.get_object(ids[name], 0))]
            limits = Array([names[0], names[-2]])
            kid = part.make_indirect(Dictionary(Limits=limits, Names=Array(names)))
            root.IDTree = Dictionary(Kids=Array([kid]))
        part.Root.StructTreeRoot = root
        return root, document
