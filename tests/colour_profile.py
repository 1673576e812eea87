"""A small ICC profile for tests, made from nothing but formulas: an invented press with four inks.

Colours become inks as cyan = 1 - red and so on, and black is added where all three are, without taking
anything away: the darkest colour gets 400 per cent of ink, so a limit has something to do.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

NAME = "Invented press (FOGRA39)"
WHITE = (0.9642, 1.0, 0.8249)
"""D50, the white of the profile connection space (ICC.1:2001-04, A.1)."""


def colour_profile(name: str = NAME, *, space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """An output profile, ICC version 2, with tables of 8 bits in both directions."""
    to_lab = _table(4, 3, 5, _lab_of_inks)
    to_inks = _table(3, 4, 17, _inks_of_lab)
    tags = {
        b"desc": _description(name),
        b"cprt": b"text\0\0\0\0No rights reserved (CC0 1.0)\0",
        b"wtpt": b"XYZ \0\0\0\0" + b"".join(_fixed(value) for value in WHITE),
        **dict.fromkeys((b"A2B0", b"A2B1", b"A2B2"), to_lab),
        **dict.fromkeys((b"B2A0", b"B2A1", b"B2A2"), to_inks),
    }
    return _assembled(tags, space, kind)


def _assembled(tags: dict[bytes, bytes], space: bytes, kind: bytes) -> bytes:
    """Header, table of tags and tags, each distinct one once (6.1 and 6.2)."""
    data, places = b"", {}
    start = 128 + 4 + 12 * len(tags)
    for content in dict.fromkeys(tags.values()):
        places[content] = start + len(data)
        data += content + b"\0" * (-len(content) % 4)
    table = b"".join(name + places[tag].to_bytes(4, "big") + len(tag).to_bytes(4, "big") for name, tag in tags.items())
    header = bytearray(128)
    header[0:4] = (start + len(data)).to_bytes(4, "big")
    header[8:12] = b"\x02\x10\0\0"
    header[12:16], header[16:20], header[20:24] = kind, space, b"Lab "
    header[24:36] = b"".join(part.to_bytes(2, "big") for part in (2000, 1, 1, 0, 0, 0))
    header[36:40] = b"acsp"
    header[68:80] = b"".join(_fixed(value) for value in WHITE)
    return bytes(header) + len(tags).to_bytes(4, "big") + table + data


def _description(name: str) -> bytes:
    """A tag of type `desc` (6.5.17), or of type `mluc` (ICC.1:2010, 10.13) where the name is not in ASCII."""
    if not name.isascii():
        wide = name.encode("utf-16-be")
        record = b"deDE" + len(wide).to_bytes(4, "big") + (28).to_bytes(4, "big")
        return b"mluc\0\0\0\0" + b"".join(number.to_bytes(4, "big") for number in (1, 12)) + record + wide
    text = name.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + len(text).to_bytes(4, "big") + text + b"\0" * (4 + 4 + 2 + 1 + 67)


def _fixed(value: float) -> bytes:
    """A number of type s15Fixed16 (5.3.2)."""
    return round(value * 65536).to_bytes(4, "big", signed=True)


def _table(inputs: int, outputs: int, grid: int, convert: Callable[[Sequence[float]], Sequence[float]]) -> bytes:
    """A tag of type `mft1` (6.5.8): values from 0 to 1, the last input varies fastest."""
    identity = b"".join(_fixed(value) for value in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    curve = bytes(range(256))
    points = (tuple(place / (grid - 1) for place in places) for places in product(range(grid), repeat=inputs))
    values = bytes(min(max(round(value * 255), 0), 255) for point in points for value in convert(point))
    head = b"mft1\0\0\0\0" + bytes((inputs, outputs, grid, 0))
    return head + identity + curve * inputs + values + curve * outputs


def _lab_of_inks(inks: Sequence[float]) -> tuple[float, ...]:
    """CIELAB, each value from 0 to 1 (6.5.8), of inks that take light away one after another."""
    cyan, magenta, yellow, black = inks
    return _lab_of_rgb([(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)])


def _inks_of_lab(lab: Sequence[float]) -> tuple[float, ...]:
    """Inks without any undercolour removal."""
    red, green, blue = _rgb_of_lab(lab)
    return (1 - red, 1 - green, 1 - blue, 1 - max(red, green, blue))


_TO_XYZ = ((0.4361, 0.3851, 0.1431), (0.2225, 0.7169, 0.0606), (0.0139, 0.0971, 0.7142))
"""Linear sRGB to XYZ relative to D50."""
_TO_RGB = ((3.1339, -1.6169, -0.4906), (-0.9788, 1.9161, 0.0335), (0.0719, -0.2290, 1.4052))


def _lab_of_rgb(rgb: Sequence[float]) -> tuple[float, ...]:
    """CIELAB, each value from 0 to 1, of red, green and blue with a gamma of 2.2."""
    linear = [max(value, 0) ** 2.2 for value in rgb]
    x, y, z = (sum(map(float.__mul__, row, linear)) / white for row, white in zip(_TO_XYZ, WHITE, strict=True))
    fx, fy, fz = (value ** (1 / 3) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116 for value in (x, y, z))
    return ((116 * fy - 16) / 100, (500 * (fx - fy) + 128) / 255, (200 * (fy - fz) + 128) / 255)


def _rgb_of_lab(lab: Sequence[float]) -> tuple[float, ...]:
    """Red, green and blue with a gamma of 2.2, cut to 0 to 1."""
    lightness, a, b = lab[0] * 100, lab[1] * 255 - 128, lab[2] * 255 - 128
    middle = (lightness + 16) / 116
    cubes = [
        part**3 if part**3 > 216 / 24389 else (116 * part - 16) / (24389 / 27)
        for part in (middle + a / 500, middle, middle - b / 200)
    ]
    xyz = [cube * white for cube, white in zip(cubes, WHITE, strict=True)]
    return tuple(min(max(sum(map(float.__mul__, row, xyz)), 0), 1) ** (1 / 2.2) for row in _TO_RGB)
