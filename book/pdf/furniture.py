"""Marks what page furniture paints as artifacts: running heads as headers, what stands at the foot as footers.

ISO 32000-1, 14.8.2.2.2, table 330. Which is which follows from its place on the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Matrix, Name, Object, Operator, parse_content_stream, unparse_content_stream

_PAINTING = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh", "INLINE IMAGE", "EI"})
"""Operators that paint, besides those of texts, which are marked from `BT` to `ET` (ISO 32000-1, annex A)."""
_PATH = frozenset({"m", "l", "c", "v", "y", "h", "re", "W", "W*"})
"""Operators that make a path, between which and the one that paints it nothing may stand."""

Instruction = tuple[Any, Operator]


def mark_artifacts(form: Object) -> bytes:
    """The content of a form with everything that it paints marked as pagination artifacts.

    Args:
        form: Furniture of one page, untagged, as a form whose `BBox` is the page.
    """
    _, bottom, _, top = (float(value) for value in form.BBox)
    return bytes(unparse_content_stream(list(_marked(parse_content_stream(form), (bottom + top) / 2))))


def _marked(instructions: Any, middle: float) -> Iterator[Instruction]:
    """The instructions, with marks around each that paints; `middle` is the height that parts headers from footers."""
    held: list[Instruction] = []
    matrix, saved = Matrix(), list[Matrix]()
    place = Matrix()
    for instruction in instructions:
        operands, operator = instruction.operands, instruction.operator
        name = str(operator)
        if name == "q":
            saved.append(matrix)
        elif name == "Q":
            matrix = saved.pop() if saved else Matrix()
        elif name == "cm":
            matrix = Matrix(*operands) @ matrix
        if held or name == "BT" or name in _PATH:
            held.append((operands, operator))
            found = _place(name, operands, matrix)
            place = place if found is None else found
            inside = str(held[0][1]) == "BT"
            if name == "ET" or (not inside and name not in _PATH):
                yield from held if name == "n" else _artifact(held, place.f > middle)
                held = []
        elif name in _PAINTING:
            yield from _artifact([(operands, operator)], matrix.f > middle)
        else:
            yield operands, operator
    yield from held


def _place(name: str, operands: Any, matrix: Matrix) -> Matrix | None:
    """Where a text or a path begins, if an instruction says so."""
    if name == "Tm":
        return Matrix(*operands) @ matrix
    if name in ("m", "re"):
        return Matrix(1, 0, 0, 1, float(operands[0]), float(operands[1])) @ matrix
    return None


def _artifact(painting: list[Instruction], above: bool) -> Iterator[Instruction]:
    """Instructions that paint, marked as an artifact at the top or at the foot of the page."""
    subtype, edge = (Name.Header, Name.Top) if above else (Name.Footer, Name.Bottom)
    entries = Dictionary(Type=Name.Pagination, Subtype=subtype, Attached=Array([edge]))
    yield [Name.Artifact, entries], Operator("BDC")
    yield from painting
    yield [], Operator("EMC")
