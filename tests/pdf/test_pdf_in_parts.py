from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import page
import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from book.pdf import pdf_in_parts as module
from book.pdf.pdf_in_parts import (
    NUMBER_ALIGNMENT,
    OBJECTS_PER_STREAM,
    PAGES,
    Part,
    PdfInParts,
    empty_part,
    serialise_part,
)


class InParts:
    """A file written part by part, for tests."""

    def __init__(self, version: str = "1.7") -> None:
        self.file = PdfInParts(version)

    def begin(self, known: Iterable[int] = ()) -> Pdf:
        return empty_part(self.file.first, known)

    def end(self, part: Pdf, roots: Iterable[Object]) -> None:
        self.file.append(serialise_part(part, self.file.first, roots))

    def close(self, part: Pdf, roots: Iterable[Object] = ()) -> bytes:
        info = part.docinfo
        roots = (part.Root, part.get_object(PAGES, 0), info, *roots)
        return self.file.close(serialise_part(part, self.file.first, roots), info.objgen[0])


def add_page(file: InParts, text: bytes, more: Dictionary | None = None) -> int:
    """Write a part with one page; return the page's object number."""
    part = file.begin()
    part.add_blank_page(page_size=(100, 100))
    one = part.pages[0].obj
    one.Contents = part.make_stream(text)
    one.More = more or Dictionary()
    number: int = one.objgen[0]
    file.end(part, [one])
    return number


def finish(file: InParts, pages: list[int]) -> bytes:
    """The file with these pages."""
    part = file.begin(pages)
    tree = part.get_object(PAGES, 0)
    tree.Count, tree.Kids = len(pages), Array([part.get_object(number, 0) for number in pages])
    part.docinfo.Title = String("In parts")
    return file.close(part)


def opened(content: bytes) -> Pdf:
    return Pdf.open(BytesIO(content))


def test_every_part_is_in_the_file_in_its_order(tmp_path: Path) -> None:
    file = InParts("1.6")
    content = finish(file, [add_page(file, b"%% page %d\n" % number) for number in range(3 * OBJECTS_PER_STREAM)])
    (tmp_path / "whole.pdf").write_bytes(content)
    done = subprocess.run(["qpdf", "--check", tmp_path / "whole.pdf"], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    with opened(content) as pdf:
        assert pdf.pdf_version == "1.6"
        assert pdf.docinfo.Title == "In parts"
        assert not pdf.get_warnings()
        texts = [one.Contents.read_bytes() for one in pdf.pages]
        assert texts == [b"%% page %d\n" % number for number in range(3 * OBJECTS_PER_STREAM)]
        assert pdf.trailer.ID[0] == pdf.trailer.ID[1]


def test_the_same_parts_give_the_same_bytes_and_others_another_identifier() -> None:
    def made(text: bytes) -> bytes:
        file = InParts()
        return finish(file, [add_page(file, text)])

    assert made(b"% one") == made(b"% one")
    with opened(made(b"% one")) as one, opened(made(b"% two")) as other:
        assert bytes(one.trailer.ID[0]) != bytes(other.trailer.ID[0])


def test_an_object_of_a_part_can_be_referred_to_by_those_behind_and_before() -> None:
    file = InParts()
    last = file.file.reserve()
    first = file.begin([last])
    shared = first.make_indirect(Dictionary(Said=String("in the first part"), Next=first.get_object(last, 0)))
    number = shared.objgen[0]
    file.end(first, [shared])
    second = file.begin([number, last])
    root = second.get_object(last, 0)
    root.Said = String("in the last part")
    second.Root.First = second.get_object(number, 0)
    second.Root.Last = root
    with opened(file.close(second, [root])) as pdf:
        assert pdf.Root.First.Said == "in the first part"
        assert pdf.Root.First.Next.Said == pdf.Root.Last.Said == "in the last part"


def test_what_nothing_leads_to_is_not_written() -> None:
    file = InParts()
    part = file.begin()
    part.make_indirect(Dictionary(Said=String("forgotten")))
    part.Root.Kept = part.make_indirect(Dictionary(Said=String("kept")))
    with opened(file.close(part)) as pdf:
        texts = [str(one.Said) for one in pdf.objects if isinstance(one, Dictionary) and "/Said" in one]
    assert texts == ["kept"]


def test_a_text_that_reads_like_a_reference_is_a_text() -> None:
    file = InParts()
    texts = ["1 0 R", "9 0 R", "400 0 R", "99999999999 0 R"]
    pages = [add_page(file, b"%", Dictionary(Said=String(text))) for text in texts]
    pages += [add_page(file, b"%") for _ in range(200)]
    with opened(finish(file, pages)) as pdf:
        assert [str(one.obj.More.Said) for one in pdf.pages[:4]] == texts
        assert all(one.obj.Type == Name.Page for one in pdf.pages)


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n", b" ", b"endstream", b"endstream\nendobj\n"])
def test_where_the_data_of_a_stream_end_is_plain_whatever_they_end_in(end: bytes, tmp_path: Path) -> None:
    file = InParts()
    part = file.begin()
    part.Root.Metadata = part.make_indirect(Stream(part, b"<x/>" + end, Dictionary(Type=Name.Metadata)))
    content = file.close(part)
    assert b"<x/>" + end + b"\r\nendstream" in content
    (tmp_path / "one.pdf").write_bytes(content)
    result = page.validate_pdf(str(tmp_path / "one.pdf"), profile=page.ValidationProfile.PDF_A_3U)
    assert not [failure for failure in result.failures if "LENGTH" in failure.rule_id]
    with opened(content) as pdf:
        assert pdf.Root.Metadata.read_bytes() == b"<x/>" + end
        assert "/Filter" not in pdf.Root.Metadata


def test_a_library_that_numbers_objects_otherwise_is_not_trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    part = empty_part(100_001)
    assert part.make_indirect(Dictionary()).objgen[0] == 100_001
    blank = module._blank
    monkeypatch.setattr(module, "_blank", lambda _others, _last: blank({50}, 50))
    with pytest.raises(RuntimeError, match="number"):
        empty_part(100_001)


def test_streams_are_compressed_once() -> None:
    photograph = b"\xff\xd8" + bytes(1000)
    file = InParts()
    part = file.begin()
    part.Root.Plain = part.make_stream(b"word " * 1000)
    part.Root.Photograph = part.make_indirect(Stream(part, photograph, Dictionary(Filter=Name.DCTDecode)))
    content = file.close(part)
    with opened(content) as pdf:
        assert pdf.Root.Plain.Filter == Name.FlateDecode
        assert pdf.Root.Plain.read_bytes() == b"word " * 1000
        assert pdf.Root.Photograph.Filter == Name.DCTDecode
        assert pdf.Root.Photograph.read_raw_bytes() == photograph
    assert len(content) < 3000


def test_the_cross_reference_table_counts_what_is_not_there_as_free() -> None:
    file = InParts()
    file.file.reserve()
    content = finish(file, [add_page(file, b"%")])
    start = int(re.findall(rb"startxref\n(\d+)\n", content)[0])
    assert content[start:].lstrip(b"0123456789").startswith(b" 0 obj\n<< /Type /XRef")
    with opened(content) as pdf:
        table = next(one for one in pdf.objects if isinstance(one, Stream) and one.get("/Type") == Name.XRef)
        rows = table.read_bytes()
        assert len(rows) == 7 * int(table.Size)
    kinds = rows[::7]
    assert kinds[0] == kinds[3] == 0
    assert rows[3 * 7 : 4 * 7] == b"\0\0\0\0\0\xff\xff"
    assert kinds[1] == kinds[2] == 2


values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**31), 2**31 - 1) | st.binary(max_size=40) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abc#/ ()é", min_size=1), inner, max_size=4),
    max_leaves=12,
)


def as_object(value: object) -> object:
    """A value as the library takes it."""
    if isinstance(value, dict):
        return Dictionary({f"/{key}": as_object(item) for key, item in value.items()})
    if isinstance(value, list):
        return Array([as_object(item) for item in value])
    return String(value) if isinstance(value, (str, bytes)) else value


@given(st.lists(st.lists(values, min_size=1, max_size=4), min_size=1, max_size=5))
def test_whatever_is_in_the_parts_is_in_the_file(parts: list[list[object]]) -> None:
    file = InParts()
    numbers: list[int] = []
    wanted: list[bytes] = []
    for content in parts:
        part = file.begin(numbers[-2:])
        made: list[Object] = [part.make_indirect(Array([as_object(item)])) for item in content]
        numbers += [one.objgen[0] for one in made]
        wanted += [one.unparse(resolved=True) for one in made]
        file.end(part, made)
    part = file.begin(numbers)
    part.Root.All = Array([part.get_object(number, 0) for number in numbers])
    with pikepdf.open(BytesIO(file.close(part))) as pdf:
        assert [one.unparse(resolved=True) for one in pdf.Root.All] == wanted


def test_a_part_that_grows_a_little_leaves_those_after_it_as_they_are() -> None:
    def second(size: int) -> Part:
        file = InParts()
        part = file.begin()
        made = [part.make_indirect(Array([number])) for number in range(size)]
        file.end(part, made)
        other = file.begin()
        return serialise_part(other, file.file.first, [other.make_indirect(Array([String("the same")]))])

    assert second(3) == second(NUMBER_ALIGNMENT // 2)
    assert second(3) != second(NUMBER_ALIGNMENT + 1)
