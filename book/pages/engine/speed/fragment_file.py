"""Writes the PDF of a fragment, which only this program reads, in half the time that pydyf takes.

pydyf asks each value for its type several times, and compresses everything as much as zlib can. Here only the contents
of pages are compressed so, because they go into the book as they are; what is in dictionaries is read again when the
section is bound. The file has a cross-reference stream and one object stream (ISO 32000-1, 7.5.7 and 7.5.8).

No private name of pydyf is used: its objects are read through `stream`, `extra` and `compress`, and those of
other classes give their own bytes.
"""

from __future__ import annotations

import zlib
from functools import partial
from itertools import accumulate
from struct import Struct
from typing import Any

import pydyf

from book.pages.pdf_values import value_bytes

QUICKLY = 1
"""The level of zlib for what is read once."""
_ROW = Struct(">BII")
"""A row of the cross-reference table: its type, and two fields (7.5.8.3)."""
_FREE = _ROW.pack(0, 0, 0xFFFF)


_ways: set[str] = set()
"""`own`, if fragments are written by this program in this process."""


def mend() -> None:
    """Write the PDF of fragments here, in this process."""
    _ways.add("own")


def finish(pdf: Any) -> None:
    """Let this program write a document that the engine has drawn."""
    if "own" in _ways:
        pdf.write = partial(write_fragment, pdf)


def write_fragment(pdf: Any, output: Any, version: str, *_: object) -> None:
    """Write a document to a file; for the arguments see `pydyf.PDF.write`."""
    pdf.add_object(pdf.info)
    parts = [f"%PDF-{version}\n".encode(), b"%\xf0\x9f\x96\xa4\n"]
    place = sum(map(len, parts))
    rows, inner = [_FREE] * len(pdf.objects), []
    for item in pdf.objects:
        if item.free == "f":
            continue
        if item.compressible:
            inner.append(item)
            continue
        rows[item.number] = _ROW.pack(1, place, 0)
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (item.number, value_bytes(item)))
        place += len(parts[-1])
    holder = len(rows)
    for index, item in enumerate(inner):
        rows[item.number] = _ROW.pack(2, holder, index)
    rows += [_ROW.pack(1, place, 0)]
    parts.append(_object_stream(holder, inner))
    place += len(parts[-1])
    rows += [_ROW.pack(1, place, 0)]
    extra = {
        "Type": "/XRef",
        "W": pydyf.Array([1, 4, 4]),
        "Size": len(rows),
        "Root": pdf.catalog.reference,
        "Info": pdf.info.reference,
    }
    parts.append(_stream(holder + 1, b"".join(rows), extra))
    parts.append(b"startxref\n%d\n%%%%EOF\n" % place)
    output.write(b"".join(parts))


def _object_stream(number: int, objects: list[Any]) -> bytes:
    """An object stream."""
    contents = [value_bytes(item) + b"\n" for item in objects]
    places = accumulate(map(len, contents), initial=0)
    head = b" ".join([b"%d %d" % (item.number, place) for item, place in zip(objects, places, strict=False)]) + b"\n"
    extra = {"Type": "/ObjStm", "N": len(objects), "First": len(head)}
    return _stream(number, head + b"".join(contents), extra)


def _stream(number: int, content: bytes, extra: dict[str, Any]) -> bytes:
    """A stream object."""
    data = zlib.compress(content, QUICKLY)
    entries = value_bytes(pydyf.Dictionary({**extra, "Filter": "/FlateDecode", "Length": len(data)}))
    return b"%d 0 obj\n%s\nstream\n%s\nendstream\nendobj\n" % (number, entries, data)
