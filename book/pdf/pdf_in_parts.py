"""A PDF that is written part by part: what has been written is held as bytes, no longer as objects.

The PDF library keeps every object of a file until that is written, some 4 kB for each, and a book has fifteen
on a page. So each part is a PDF of the library by itself, whose objects get numbers that no other
part has; as soon as it is whole, they become bytes (ISO 32000-1, 7.5; object streams, 7.5.7;
cross-reference streams, 7.5.8), and the library forgets them. The bytes depend on the part and its first
number alone, so they can be kept for another build.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import md5
from io import BytesIO
from struct import Struct

from pikepdf import Name, Object, Pdf, Stream

CATALOGUE, PAGES = 1, 2
"""The numbers of the catalogue and of the root of the page tree, in every part."""

TOGETHER = 200
"""So many objects share an object stream."""

ROOM = 64
"""The numbers of each part begin behind a multiple of this: where one grows a little, those after it stay."""

_HEAD = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n"
_REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R\b")
_ROW = Struct(">BIH")
"""An entry of the cross-reference table: its kind, and two numbers that mean what the kind says (7.5.8.3)."""
_ENTRY = Struct(">IBIH")
"""The same, behind the number of the object."""
_FREE = _ROW.pack(0, 0, 0xFFFF)
"""The entry of a number that no object has (7.5.4)."""


@dataclass(frozen=True, slots=True)
class Part:
    """Objects as they stand in a file."""

    data: bytes
    """The objects, one after the other."""
    entries: bytes
    """Where each of them is (`_ENTRY`): offsets count from the beginning of the data."""


def blank(first: int, known: Iterable[int] = ()) -> Pdf:
    """A part to be: its catalogue, an empty page tree, and an empty dictionary for every number in `known`.

    These stand for objects of other parts, so that those of this part can refer to them. `first` is the number
    that its first own object gets.
    """
    return Pdf.open(BytesIO(_blank({*known, first - 1}, first - 1)))


def finished(part: Pdf, first: int, roots: Iterable[Object]) -> Part:
    """Some objects of a part that began with the number `first`, and all of its own that they lead to.

    Others are left out, and the part is not to be used again. (A string that reads like a reference may keep
    one more.)
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
    """A PDF while its parts are written, one after the other."""

    def __init__(self, version: str) -> None:
        """A file of a version of PDF, such as `1.7`, with nothing in it."""
        self._file = BytesIO()
        self._file.write(_HEAD % version.encode())
        self._last = PAGES
        self._rows = bytearray()

    @property
    def first(self) -> int:
        """The number that the next part begins with."""
        return (self._last // ROOM + 1) * ROOM + 1

    def reserve(self) -> int:
        """The number of an object that every part may refer to, and the last one defines."""
        self._last += 1
        return self._last

    def append(self, part: Part) -> None:
        """Write a part."""
        start = self._file.tell()
        self._file.write(part.data)
        for number, kind, place, index in _ENTRY.iter_unpack(part.entries):
            self._enter(number, kind, start + place if kind == 1 else place, index)

    def close(self, part: Part, info: int) -> bytes:
        """Write the last part, in which are the catalogue and, under the number `info`, the info dictionary.

        Gives the whole file.
        """
        self.append(part)
        self._write_table(b"/Root %d 0 R /Info %d 0 R" % (CATALOGUE, info))
        return self._file.getvalue()

    def _enter(self, number: int, kind: int, place: int, index: int) -> None:
        """Note where an object is: its offset in the file (kind 1), or the stream that it lies in (kind 2)."""
        self._last = max(self._last, number)
        self._rows += _FREE * (number + 1 - len(self._rows) // _ROW.size)
        _ROW.pack_into(self._rows, number * _ROW.size, kind, place, index)

    def _write_table(self, trailer: bytes) -> None:
        """Write the cross-reference stream, whose dictionary is the trailer, and where it begins.

        The file's identifier is a hash of what is in it (14.4).
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
    """An object as it is written; a stream without its data, which are compressed now.

    Metadata stay legible for programs that know no PDF.
    """
    if not isinstance(item, Stream):
        return item.unparse(resolved=True)
    entries = item.stream_dict
    if "/Filter" not in entries and entries.get("/Type") != Name.Metadata:
        item.write(zlib.compress(item.read_raw_bytes()), filter=Name.FlateDecode)
    entries.Length = len(item.read_raw_bytes())
    return entries.unparse(resolved=True)


def _as_bytes(found: Mapping[int, tuple[Object, bytes]], next_number: int) -> Part:
    """Objects by their numbers: streams as they are, others in object streams, numbered from `next_number` on."""
    streams: list[tuple[int, bytes]] = []
    plain: list[tuple[int, bytes]] = []
    for number in sorted(found):
        item, content = found[number]
        if isinstance(item, Stream):
            streams.append((number, _stream(number, content, item.read_raw_bytes())))
        else:
            plain.append((number, content))
    entries = bytearray()
    for number, start in enumerate(range(0, len(plain), TOGETHER), next_number):
        batch = plain[start : start + TOGETHER]
        entries += b"".join(_ENTRY.pack(inner, 2, number, index) for index, (inner, _) in enumerate(batch))
        streams.append((number, _object_stream(number, batch)))
    offset = 0
    for number, content in streams:
        entries += _ENTRY.pack(number, 1, offset, 0)
        offset += len(content)
    return Part(b"".join(content for _, content in streams), bytes(entries))


def _object_stream(number: int, objects: Iterable[tuple[int, bytes]]) -> bytes:
    """A stream of objects, which are given with their numbers (7.5.7)."""
    places, body = [], bytearray()
    for inner, content in objects:
        places.append(b"%d %d " % (inner, len(body)))
        body += content + b"\n"
    head = b"".join(places)
    data = zlib.compress(head + body)
    numbers = (len(places), len(head), len(data))
    return _stream(number, b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % numbers, data)


def _stream(number: int, dictionary: bytes, data: bytes) -> bytes:
    """A stream as an object.

    The line behind the data ends in two characters: if it were one, data that end in a carriage return would
    seem to be shorter, and validators count (ISO 19005-3, 6.1.6.1).
    """
    return b"".join((b"%d 0 obj\n%s\nstream\n" % (number, dictionary), data, b"\r\nendstream\nendobj\n"))


def _differences(rows: bytes | bytearray) -> bytes:
    """Each row less the one above, which is shorter when it is compressed (PNG's filter `Up`; 7.4.4.4)."""
    above = bytes(_ROW.size) + rows
    less = bytes([(one - other) & 0xFF for one, other in zip(rows, above, strict=False)])
    return b"".join(b"\2" + less[start : start + _ROW.size] for start in range(0, len(less), _ROW.size))


def _blank(known: set[int], last: int) -> bytes:
    """A PDF without pages, in which a next object gets the number after `last`.

    The space in front makes it so long that the library believes in a number so high: it takes
    one that is more than a third of the bytes for damage.
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
