"""What an ICC profile says of itself (ICC.1:2010, 7.2 and 9.2), read without a colour engine."""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

_CONDITIONS = {
    "iso coated v2": "FOGRA39",
    "pso coated v3": "FOGRA51",
    "pso uncoated iso12647": "FOGRA47",
    "gracol 2006": "CGATS TR 006",
    "web coated (swop) v2": "CGATS TR 001",
}
"""Registered conditions of profiles that do not name theirs, by a part of their description."""


def profile_fault(data: bytes) -> str | None:
    """Why a file cannot be used as the profile of a printing condition; None if it can.

    PDF/X-4 requires a CMYK output profile (ISO 15930-7) with a table to convert into it.
    """
    if len(data) < 132 or data[36:40] != b"acsp":
        return "is not an ICC profile"
    if data[12:16] != b"prtr":
        return "is not the profile of a printing condition"
    if data[16:20] != b"CMYK":
        return f"is a profile for {data[16:20].decode('ascii', 'replace').strip()}, not for CMYK"
    if b"B2A0" not in _tags(data):
        return "has no table to convert colours into inks"
    return None


def description(data: bytes) -> str:
    """The name of a profile, as it contains it; empty if it has none."""
    return _text(_tags(data).get(b"desc", b""))


def condition(data: bytes) -> str | None:
    """The name of a profile's printing condition in the ICC's registry of characterisation data, if known.

    A profile may contain it (ICC.1:2010, 9.2.14); some well-known ones are recognised by their description.
    """
    registered = _text(_tags(data).get(b"targ", b""))
    if registered.startswith("ICCHDAT "):
        return registered.removeprefix("ICCHDAT ").strip()
    name = description(data)
    if found := re.search(r"FOGRA ?(\d\d)", name, re.IGNORECASE):
        return f"FOGRA{found[1]}"
    folded = re.sub(r"[\s_]+", " ", name).casefold()
    return next((known for part, known in _CONDITIONS.items() if part in folded), None)


def srgb_profile() -> bytes:
    """The profile of sRGB (IEC 61966-2-1), as the ICC publishes it; the layout engine's package holds it."""
    spec = find_spec("weasyprint")
    assert spec is not None, "the layout engine is a dependency"
    assert spec.origin is not None, "a package has a file"
    return (Path(spec.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _tags(data: bytes) -> dict[bytes, bytes]:
    """The tags of a profile by their signatures."""
    found: dict[bytes, bytes] = {}
    for place in range(132, min(132 + 12 * int.from_bytes(data[128:132], "big"), len(data) - 11), 12):
        offset, size = (int.from_bytes(data[place + at : place + at + 4], "big") for at in (4, 8))
        found[data[place : place + 4]] = data[offset : offset + size]
    return found


def _text(tag: bytes) -> str:
    """The text of a tag of type `text`, `desc` (ICC.1:2001-04, 6.5.17) or `mluc` (its first language)."""
    if tag[:4] == b"text":
        return tag[8:].decode("ascii", "replace").rstrip("\0")
    if tag[:4] == b"desc":
        return tag[12 : 12 + int.from_bytes(tag[8:12], "big")].decode("ascii", "replace").rstrip("\0")
    if tag[:4] == b"mluc":
        size, offset = (int.from_bytes(tag[at : at + 4], "big") for at in (20, 24))
        return tag[offset : offset + size].decode("utf-16-be", "replace").rstrip("\0")
    return ""
