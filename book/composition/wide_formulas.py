"""Lets long formulas of an e-book break into lines at their operators, because reading systems break none.

A formula is parted into several `math` elements at the operators that are not within parentheses; a reading system
breaks lines between them. Short formulas stay whole.
"""

from __future__ import annotations

import copy

from lxml import etree

MATHML = "{http://www.w3.org/1998/Math/MathML}"
FURTHER = "formula-part"
"""The class of the parts after the first, which are not counted in the running text (`pages/running_text.py`)."""
LONGEST = 10
"""Symbols of a formula that stays whole."""
_OPERATORS = frozenset("+−-±∓=<>≤≥≈≠≡≅∼∝→←↔⇒⇐⇔∈∉⊂⊆⊃⊇∪∩∧∨×⋅·∗÷⊕⊗,;")
_BEHIND = frozenset(",;")
"""Operators behind which a line ends; before all others, a line begins."""
_OPENING, _CLOSING = frozenset("([{⟨⌊⌈"), frozenset(")]}⟩⌋⌉")


def parts_of(formula: etree._Element) -> list[etree._Element]:
    """A formula in MathML as one or more `math` elements, in order."""
    row = formula[0] if len(formula) == 1 and formula[0].tag == f"{MATHML}mrow" else formula
    if sum(not len(one) for one in formula.iter(etree.Element)) <= LONGEST:
        return [formula]
    pieces: list[list[etree._Element]] = [[]]
    depth = 0
    for one in row:
        sign = (one.text or "").strip() if one.tag == f"{MATHML}mo" else ""
        depth += (sign in _OPENING) - (sign in _CLOSING) if sign else 0
        divides = depth == 0 and sign in _OPERATORS
        if divides and sign not in _BEHIND and pieces[-1]:
            pieces.append([])
        pieces[-1].append(one)
        if divides and sign in _BEHIND:
            pieces.append([])
    full = [piece for piece in pieces if piece]
    if len(full) == 1:
        return [formula]
    parts = [_part(formula, piece) for piece in full]
    for part in parts[1:]:
        part.set("class", FURTHER)
    return parts


def _part(formula: etree._Element, piece: list[etree._Element]) -> etree._Element:
    """A part of a formula as a formula in a line, set as large as the whole."""
    made = etree.Element(formula.tag, nsmap={None: MATHML[1:-1]})  # type: ignore[dict-item]
    made.set("display", "inline")
    made.set("alttext", "".join("".join(map(str, one.itertext())) for one in piece))
    if formula.get("display") == "block":
        made.set("displaystyle", "true")
    row = etree.SubElement(made, f"{MATHML}mrow")
    row.extend([copy.deepcopy(one) for one in piece])
    for one in row:
        one.tail = None
    if row[0].tag == f"{MATHML}mo" and len(row) > 1:
        row[0].set("form", "infix")  # it would be a sign if nothing stood before it
    return made
