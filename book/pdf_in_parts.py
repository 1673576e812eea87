"""A PDF that is written part by part: what has been written is held as bytes, no longer as objects.

The PDF library keeps every object of a file until that is written, some 4 kB for each, and a book has fifteen
on a page. So each part is a PDF of the library by itself, whose objects get numbers that no other
part has; as soon as it is whole, they go into the file (ISO 32000-1, 7.5; object streams, 7.5.7;
cross-reference streams, 7.5.8), and the library forgets them.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from hashlib import md5
from io import BytesIO
from struct import Struct

from pikepdf import Name, Object, Pdf, Stream

CATALOGUE, PAGES = 1, 2
"""The numbers of the catalogue and of the root of the page tree, in every part."""

TOGETHER = 200
"""So many objects share an object stream."""

_HEAD = b"%%PDF-%s\n%%\xbf\xf7\xa2\xfe\n"
_REFERENCE = re.compile(rb"(?<![\w.])(\d+) 0 R\b")
_ROW = Struct(">BIH")
"""An entry of the cross-reference table: its kind, and two numbers that mean what the kind says (7.5.8.3)."""
_FREE = _ROW.pack(0, 0, 0xFFFF)
"""The entry of a number that no object has (7.5.4)."""


class PdfInParts:
    """A PDF while its parts are written, one after the other."""

    def __init__(self, version: str) -> None:
        """A file of a version of PDF, such as `1.7`, with nothing in it."""
        self._file = BytesIO()
        self._file.write(_HEAD % version.encode())
        self._last = PAGES
        self._first = 0
        self._rows = bytearray()
        self._together: list[tuple[int, bytes]] = []

    def reserve(self) -> int:
        """The number of an object that every part may refer to, and the last one defines."""
        self._last += 1
        return self._last

    def part(self, known: Iterable[int] = ()) -> Pdf:
        """The next part: its catalogue, an empty page tree, and an empty dictionary for every number in `known`.

        These stand for objects of other parts, so that those of this part can refer to them.
        """
        self._last += 1
        self._first = self._last + 1
        return Pdf.open(BytesIO(_blank({*known, self._last}, self._last)))

    def write(self, part: Pdf, roots: Iterable[Object]) -> None:
        """Write some objects of a part, and all of its objects that they lead to; the part is not to be used again.

        No others of its objects are written. (A string that reads like a reference may keep one more.)
        """
        self._last = part.make_indirect(Name.Last).objgen[0]
        own = range(self._first, self._last)
        waiting = [root.objgen[0] for root in roots]
        found: dict[int, tuple[Object, bytes]] = {}
        while waiting:
            number = waiting.pop()
            if number not in found:
                item = part.get_object(number, 0)
                content = _content(item)
                found[number] = item, content
                waiting += [other for one in _REFERENCE.findall(content) if (other := int(one)) in own]
        for number in sorted(found):
            self._put(number, *found[number])

    def close(self, part: Pdf, roots: Iterable[Object]) -> bytes:
        """Write the last part, which has the catalogue and the info dictionary; gives the whole file."""
        info = part.docinfo
        self.write(part, (part.Root, part.get_object(PAGES, 0), info, *roots))
        self._write_together()
        self._write_table(b"/Root %d 0 R /Info %d 0 R" % (CATALOGUE, info.objgen[0]))
        return self._file.getvalue()

    # --- objects --------------------------------------------------------------------------------

    def _put(self, number: int, item: Object, content: bytes) -> None:
        """Write a stream, or lay another object with those that are written next."""
        if isinstance(item, Stream):
            self._write_stream(number, content, item.read_raw_bytes())
            return
        self._together.append((number, content))
        if len(self._together) == TOGETHER:
            self._write_together()

    def _write_together(self) -> None:
        """Write the objects that lie together as one object stream."""
        if self._together:
            self._last += 1
            head, body = bytearray(), bytearray()
            for index, (number, content) in enumerate(self._together):
                self._enter(number, 2, self._last, index)
                head += b"%d %d " % (number, len(body))
                body += content + b"\n"
            data = zlib.compress(bytes(head + body))
            numbers = (len(self._together), len(head), len(data))
            content = b"<< /Type /ObjStm /N %d /First %d /Filter /FlateDecode /Length %d >>" % numbers
            self._write_stream(self._last, content, data)
            self._together.clear()

    def _write_stream(self, number: int, content: bytes, data: bytes) -> None:
        """Write the dictionary and the data of a stream.

        The line behind the data ends in two characters: if it were one, data that end in a carriage return would
        seem to be shorter, and validators count (ISO 19005-3, 6.1.6.1).
        """
        self._enter(number, 1, self._file.tell(), 0)
        self._file.write(b"%d 0 obj\n%s\nstream\n" % (number, content))
        self._file.write(data)
        self._file.write(b"\r\nendstream\nendobj\n")

    # --- the cross-reference table --------------------------------------------------------------

    def _enter(self, number: int, kind: int, place: int, index: int) -> None:
        """Note where an object is: its offset in the file (kind 1), or the stream that it lies in (kind 2)."""
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
        data = zlib.compress(b"".join(_differences(self._rows)))
        content = (
            b"<< /Type /XRef /Size %d %s /ID [<%s> <%s>] /W [1 4 2] /Filter /FlateDecode "
            b"/DecodeParms << /Predictor 12 /Columns %d >> /Length %d >>"
        ) % (number + 1, trailer, identifier, identifier, _ROW.size, len(data))
        self._write_stream(number, content, data)
        self._file.write(b"startxref\n%d\n%%%%EOF\n" % start)


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


def _differences(rows: bytearray) -> Iterator[bytes]:
    """Each row less the one above, which is shorter when it is compressed (PNG's filter `Up`; 7.4.4.4)."""
    above = bytearray(_ROW.size)
    for start in range(0, len(rows), _ROW.size):
        row = rows[start : start + _ROW.size]
        yield bytes([2, *((one - other) % 256 for one, other in zip(row, above, strict=True))])
        above = row


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
