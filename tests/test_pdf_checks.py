"""The checks of a PDF's structure find the faults that they are for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.pdf_checks import faults
from tests.pdf_structure import Structure


def unmark(structure: Structure, _: Any) -> None:
    structure.pdf.pages[0].contents_add(b"0 0 10 10 re f ", prepend=True)


def shift(structure: Structure, _: Any) -> None:
    numbers = structure.root.ParentTree.Kids[0].Nums
    numbers[1] = Array(list(numbers[1])[1:])


def forget_annotation(_: Structure, link: Any) -> None:
    link.K = Array([kid for kid in link.K if isinstance(kid, int)])


def unsay(_: Structure, link: Any) -> None:
    del link.K[0].Obj["/Contents"]


def unscope(_: Structure, head: Any) -> None:
    del head.A["/Scope"]


def widen(_: Structure, head: Any) -> None:
    head.A.ColSpan = 7


def rename(_: Structure, note: Any) -> None:
    note.ID = String("another")


def skip(_: Structure, heading: Any) -> None:
    heading.S = Name.H5


def nest(_: Structure, paragraph: Any) -> None:
    paragraph.S = Name.TR


def empty(structure: Structure, paragraph: Any) -> None:
    paragraph.K.append(structure.pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Span, P=paragraph)))


@pytest.mark.parametrize(
    ("type_", "harm", "check"),
    [
        ("P", unmark, "contents"),
        ("P", shift, "parent_tree"),
        ("Link", forget_annotation, "annotations"),
        ("Link", forget_annotation, "links"),
        ("Link", unsay, "annotations"),
        ("TH", unscope, "tables"),
        ("TH", widen, "tables"),
        ("Note", rename, "notes"),
        ("H2", skip, "headings"),
        ("P", nest, "nesting"),
        ("P", empty, "nesting"),
    ],
)
def test_a_harm_is_found(
    built_torture: Path, tmp_path: Path, type_: str, harm: Callable[[Structure, pikepdf.Object], None], check: str
) -> None:
    structure = Structure(built_torture / "handout" / "footnotes.pdf")
    harm(structure, structure.find(type_)[0].object)
    structure.pdf.save(tmp_path / "harmed.pdf")
    assert check in {fault.partition(":")[0] for fault in faults(tmp_path / "harmed.pdf")}
