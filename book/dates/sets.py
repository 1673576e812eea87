"""Sets of dates (EDTF, level 2): `[1667,1668]` one of them, `{1667,1668}` all of them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from book.dates.moments import Moment, read_moment

_PLAIN = re.compile(r"-?[0-9]{4}(?:-[0-9]{2}){0,2}")


@dataclass(frozen=True, slots=True)
class Element:
    """One date of a set, or a range of dates."""

    begin: Moment | None
    """The first; None for everything up to `end`."""
    end: Moment | None
    """The last; None for everything from `begin`."""


def is_set(text: str) -> bool:
    """Whether a text is written like a set, valid or not."""
    return text[:1] in ("[", "{") or text[-1:] in ("]", "}")


def read_set(text: str) -> tuple[Element, ...]:
    """Parse the elements of a set, in order.

    Raises:
        ValueError: It is not valid; the message is readable.
    """
    if text[:1] + text[-1:] not in ("[]", "{}"):
        raise ValueError(f'"{text}" is not a date in EDTF: a set is written [1667,1668] or {{1667,1668}}')
    if re.search(r"\s", text):
        raise ValueError(f'"{text}" is not a date in EDTF: it has a space in it')
    parts = text[1:-1].split(",")
    elements = tuple(_element(part, text) for part in parts)
    if any(element.begin is None for element in elements[1:]) or any(element.end is None for element in elements[:-1]):
        raise ValueError(f'"{text}" is not a date in EDTF: only the first and the last of a set can be open')
    if len(parts) == 1 and ".." not in parts[0]:
        raise ValueError(f'"{text}" is not a date in EDTF: one date is written without brackets')
    return elements


def _element(part: str, text: str) -> Element:
    """One element, as it is written between commas."""
    if ".." not in part:
        moment = read_moment(part)
        if "T" in part or part.startswith("Y"):
            raise ValueError(f'"{text}" is not a date in EDTF: a set holds years of four digits, months and days')
        return Element(moment, moment)
    begin, _, end = part.partition("..")
    if not (begin or end) or any(bound and not _PLAIN.fullmatch(bound) for bound in (begin, end)):
        raise ValueError(f'"{text}" is not a date in EDTF: two dots join plain dates')
    if begin and end and begin.lstrip("-").count("-") != end.lstrip("-").count("-"):
        raise ValueError(f'"{text}" is not a date in EDTF: two dots join two years, two months or two days')
    element = Element(read_moment(begin) if begin else None, read_moment(end) if end else None)
    if element.begin and element.end and element.begin.earliest > element.end.latest:
        raise ValueError(f'"{text}": "{part}" ends before it begins')
    return element
