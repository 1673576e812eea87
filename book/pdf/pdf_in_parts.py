"""Writes a PDF part by part; a part that has been written is kept as bytes instead of objects.

pikepdf keeps every object of a file in memory until the file is saved: about 4 kB an object, fifteen objects a page. So
each part is a pikepdf document of its own, whose objects get numbers that no other part uses. When a part is complete,
its objects are serialised (ISO 32000-1, 7.5; object streams, 7.5.7; cross-reference streams, 7.5.8) and the document is
discarded. The bytes depend only on the part and its first number, so they can be cached.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO
from struct import Struct

from pikepdf import Dictionary, Name, Object, Pdf, Stream

CATALOGUE, PAGES = 1, 2
"""Object numbers of the catalogue and of the root of the page tree, the same in every part."""

OBJECTS_PER_STREAM = 200
"""Maximum number of objects in an object stream."""

NUMBER_ALIGNMENT = 64
"""Numbers of a part begin after a multiple of this, so that a part that grows a little does not renumber later ones."""

_HEAD = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n"
_REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R\b")
_ROW = Struct(">BIH")
"""A row of the cross-reference table: its type, and two fields whose meaning depends on the type (7.5.8.3)."""
_ENTRY = Struct(">IBIH")
"""A row after the object number that it is for."""
_FREE = _ROW.pack(0, 0, 0xFFFF)
"""The row of a number that no object uses (7.5.4)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Serialised objects of a file."""

    data: bytes
    """The objects, in sequence."""
    entries: bytes
    """An `_ENTRY` for each object, with offsets from the beginning of `data`."""


def empty_part(first: int, others: Iterable[int] = ()) -> Pdf:
    """A new part: a document with a catalogue, an empty page tree, and placeholders for objects of other parts.

    Args:
        first: The number of the part's first own object.
        others: Numbers of objects of other parts that this part refers to; an empty dictionary is put for each.

    Raises:
        RuntimeError: The PDF library takes the numbers for damage, and gives others.
    """
    part = Pdf.open(BytesIO(_blank({*others, first - 2}, first - 2)))
    if part.make_indirect(Dictionary()).objgen[0] != first - 1:
        raise RuntimeError("the PDF library does not number objects as this program relies on")
    return part


def serialise_part(part: Pdf, first: int, roots: Iterable[Object]) -> Part:
    """Serialise objects of a part, and all its own objects that can be reached from them.

    Other objects are left out; the document must not be used afterwards. (A string that looks like a reference may keep
    an object that is not needed.)

    Args:
        part: The document.
        first: The number of the part's first own object.
        roots: The objects to start from.
    """
    last = part.make_indirect(Name.Last).objgen[0]
    own = range(first, last)
    waiting = [root.objgen[0] for root in roots]
    found: dict[int, tuple[Object, bytes]] = {}
    while waiting:
        number = waiting.pop()
        if number not in found:
            item = part.get_object(number, 0)
            content = _content(item)
            found[number] = item, content
            waiting += [other for one in _REFERENCE.findall(content) if (other := int(one)) in own]
    return _as_bytes(found, last)


class PdfInParts:
    """A PDF file that is written part by part."""

    def __init__(self, version: str) -> None:
        """A file of a version of PDF, such as `1.7`, with nothing in it."""
        self._file = BytesIO()
        self._file.write(_HEAD % version.encode())
        self._last = PAGES
        self._rows = bytearray()

    @property
    def first(self) -> int:
        """The first object number of the next part."""
        return (self._last // NUMBER_ALIGNMENT + 1) * NUMBER_ALIGNMENT + 1

    def reserve(self) -> int:
        """Reserve an object number that every part may refer to and the last part defines."""
        self._last += 1
        return self._last

    def append(self, part: Part) -> None:
        """Write a part."""
        start = self._file.tell()
        self._file.write(part.data)
        for number, kind, place, index in _ENTRY.iter_unpack(part.entries):
            self._enter(number, kind, start + place if kind == 1 else place, index)

    def close(self, part: Part, info: int) -> bytes:
        """Write the last part, with the catalogue and the info dictionary (object `info`); return the whole file."""
        self.append(part)
        self._write_table(b"/Root %d 0 R /Info %d 0 R" % (CATALOGUE, info))
        return self._file.getvalue()

    def _enter(self, number: int, kind: int, place: int, index: int) -> None:
        """Record where an object is: at an offset in the file (type 1), or in an object stream (type 2)."""
        self._last = max(self._last, number)
        self._rows += _FREE * (number + 1 - len(self._rows) // _ROW.size)
        _ROW.pack_into(self._rows, number * _ROW.size, kind, place, index)

    def _write_table(self, trailer: bytes) -> None:
        """Write the cross-reference stream, whose dictionary is also the trailer, and its offset.

        The file's identifier is a hash of its content (14.4).
        """
        start, number = self._file.tell(), self._last + 1
        self._enter(number, 1, start, 0)
        with self._file.getbuffer() as written:
            identifier = md5(written, usedforsecurity=False).hexdigest().encode()
        data = zlib.compress(_differences(self._rows))
        dictionary = (
            b"<< /Type /XRef /Size %d %s /ID [<%s> <%s>] /W [1 4 2] /Filter /FlateDecode "
            b"/DecodeParms << /Predictor 12 /Columns %d >> /Length %d >>"
        ) % (number + 1, trailer, identifier, identifier, _ROW.size, len(data))
        self._file.write(_stream(number, dictionary, data))
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)


# --- objects ------------------------------------------------------------------------------------


def _content(item: Object) -> bytes:
    """An object as bytes; for a stream its dictionary only, after its data have been compressed.

    Metadata stay uncompressed, for programs that cannot read PDF.
    """
    if not isinstance(item, Stream):
        return item.unparse(resolved=True)
    entries = item.stream_dict
    if "/Filter" not in entries and entries.get("/Type") != Name.Metadata:
        item.write(zlib.compress(item.read_raw_bytes()), filter=Name.FlateDecode)
    entries.Length = len(item.read_raw_bytes())
    return entries.unparse(resolved=True)


def _as_bytes(found: Mapping[int, tuple[Object, bytes]], next_number: int) -> Part:
    """Serialise objects: streams as they are, others in object streams that are numbered from `next_number`."""
    streams: list[tuple[int, bytes]] = []
    plain: list[tuple[int, bytes]] = []
    for number in sorted(found):
        item, content = found[number]
        if isinstance(item, Stream):
            streams.append((number, _stream(number, content, item.read_raw_bytes())))
        else:
            plain.append((number, content))
    entries = bytearray()
    for number, start in enumerate(range(0, len(plain), OBJECTS_PER_STREAM), next_number):
        batch = plain[start : start + OBJECTS_PER_STREAM]
        entries += b"".join(_ENTRY.pack(inner, 2, number, index) for index, (inner, _) in enumerate(batch))
        streams.append((number, _object_stream(number, batch)))
    offset = 0
    for number, content in streams:
        entries += _ENTRY.pack(number, 1, offset, 0)
        offset += len(content)
    return Part(b"".join(content for _, content in streams), bytes(entries))


def _object_stream(number: int, objects: Iterable[tuple[int, bytes]]) -> bytes:
    """An object stream of objects, each given with its number (7.5.7)."""
    places, body = [], bytearray()
    for inner, content in objects:
        places.append(b"%d %d " % (inner, len(body)))
        body += content + b"\n"
    head = b"".join(places)
    data = zlib.compress(head + body)
    numbers = (len(places), len(head), len(data))
    return _stream(number, b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % numbers, data)


def _stream(number: int, dictionary: bytes, data: bytes) -> bytes:
    """A stream object as bytes.

    The end of line after the data has two characters. With one, data that end in a carriage return would seem to be one
    byte shorter to validators that count (ISO 19005-3, 6.1.6.1).
    """
    return b"".join((b"%d 0 obj\n%s\nstream\n" % (number, dictionary), data, b"\r\nendstream\nendobj\n"))


def _differences(rows: bytes | bytearray) -> bytes:
    """Each row minus the row above, which compresses better (PNG filter `Up`; 7.4.4.4)."""
    above = bytes(_ROW.size) + rows
    less = bytes([(one - other) & 0xFF for one, other in zip(rows, above, strict=False)])
    return b"".join(b"\2" + less[start : start + _ROW.size] for start in range(0, len(less), _ROW.size))


def _blank(known: set[int], last: int) -> bytes:
    """A PDF without pages, in which the next object gets the number after `last`.

    It is padded with spaces, because qpdf takes an object number of more than a third of the file's length in bytes for
    damage.
    """
    objects = dict.fromkeys(known, b"<<>>")
    objects |= {CATALOGUE: b"<< /Type /Catalog /Pages 2 0 R >>", PAGES: b"<< /Type /Pages /Kids [] /Count 0 >>"}
    file = bytearray(b"%PDF-1.7\n" + b" " * (3 * last + 3))
    table = bytearray(b"xref\n0 1\n0000000000 65535 f \n")
    for number in sorted(objects):
        table += b"%d 1\n%010d 00000 n \n" % (number, len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, objects[number])
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (last + 1, len(file))
    return bytes(file + table + trailer)
