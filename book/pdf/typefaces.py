"""One subset for each font face of a bound PDF, in place of one for each fragment.

Fragments keep the font's own glyph ids, so their pages agree about glyphs and only the font
objects have to be replaced (PDF 32000-1, 9.7 "Composite fonts").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import uharfbuzz as harfbuzz
from fontTools.ttLib.sfnt import SFNTReader, SFNTWriter
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from book.model.pages import Face, Fragment
from book.pdf.pdf_in_parts import PdfInParts

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that nothing in a PDF reads."""


ROS, NEAR = b"\x0c\x1e", 1024
"""The operator that the dictionary of a CID-keyed font begins with, and how far in (Adobe Technical Note 5176, 9)."""


@dataclass(frozen=True, slots=True)
class Union:
    """What all fragments together use of a face."""

    face: Face
    """The face, as the first fragment has it."""
    widths: Mapping[int, float]
    """Advance widths of every glyph used."""
    texts: Mapping[int, str]
    """The characters of every glyph used."""


def unite(faces: Iterable[Face]) -> dict[str, Union]:
    """The faces by name, each with everything that is used of it. Texts of the first fragment that has any win."""
    found: dict[str, Union] = {}
    for face in faces:
        known = found.get(face.name)
        widths = {**face.widths, **known.widths} if known else face.widths
        texts = face.texts if known is None else {**known.texts, **face.texts, **_spelt(known.texts)}
        found[face.name] = Union(known.face if known else face, widths, texts)
    return found


def _spelt(texts: Mapping[int, str]) -> dict[int, str]:
    """The glyphs that stand for characters; others are parts of a letter, as dots are in some Arabic faces."""
    return {glyph: text for glyph, text in texts.items() if text}


class Typefaces:
    """The font objects of a PDF while it is written: one for each face, which every part may refer to."""

    def __init__(self, file: PdfInParts, fragments: Sequence[Fragment]) -> None:
        """Those of all fragments of a file."""
        self._fragments = fragments
        self._unions = unite(face for fragment in fragments for face in fragment.faces)
        self._numbers = {name: file.reserve() for name in self._unions}

    @property
    def known(self) -> Iterable[int]:
        """The numbers that the last part has to know."""
        return self._numbers.values()

    def numbers(self, fragments: Iterable[Fragment]) -> dict[str, int]:
        """The numbers of the font objects that some fragments need, by the names of their faces."""
        return {face.name: self._numbers[face.name] for fragment in fragments for face in fragment.faces}

    def close(self, part: Pdf) -> Iterator[Object]:
        """Write down the fonts in the last part, each like the one in the first fragment that has it; gives them."""
        wanted = set(self._numbers)
        for fragment in self._fragments:
            if wanted.isdisjoint(face.name for face in fragment.faces):
                continue
            source = Pdf.open(BytesIO(fragment.pdf))
            for font in (font for fonts in _font_dictionaries(source) for font in fonts.values()):
                name = _name(font)
                if name in wanted:
                    wanted.remove(name)
                    target = part.get_object(self._numbers[name], 0)
                    target.update(_embedded(part, self._unions[name], part.copy_foreign(font)))
                    yield target


def share_fonts(part: Pdf, numbers: Mapping[str, int]) -> None:
    """Let every page of a part use the font objects with these numbers, in place of those that came with it."""
    for fonts in _font_dictionaries(part):
        for key, font in list(fonts.items()):
            fonts[key] = part.get_object(numbers[_name(font)], 0)


def _name(font: Object) -> str:
    """The name of a font object's face."""
    return str(font.BaseFont)[1:]


def _font_dictionaries(part: Pdf) -> Iterator[Object]:
    """The font resources of every page and of every form on it, each once."""
    seen: set[tuple[int, int]] = set()

    def new(item: Object) -> bool:
        known = item.is_indirect and item.objgen in seen
        seen.add(item.objgen)
        return not known

    def of(resources: Object) -> Iterator[Object]:
        if "/Font" in resources and new(resources.Font):
            yield resources.Font
        for kind in ("/XObject", "/Pattern"):
            for item in resources.get(kind, Dictionary()).values():
                if new(item) and "/Resources" in item:
                    yield from of(item.Resources)

    for page in part.pages:
        if "/Resources" in page.obj:
            yield from of(page.obj.Resources)


def _embedded(pdf: Pdf, union: Union, pattern: Object) -> Dictionary:
    """The font dictionary of a face for `pdf`. `pattern` is that of a fragment, already copied to `pdf`."""
    descendant = pattern.DescendantFonts[0]
    descriptor = Dictionary(dict(descendant.FontDescriptor.items()))
    program = subset(union.face.file, union.face.index, frozenset(union.texts))
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            extra = Dictionary(Subtype=Name.OpenType) if key == "/FontFile3" else Dictionary(Length1=len(program))
            descriptor[key] = pdf.make_indirect(Stream(pdf, program, extra))
    descriptor.FontBBox = Array([0, descriptor.Descent, max(union.widths.values(), default=0), descriptor.Ascent])
    descendant = Dictionary(dict(descendant.items()))
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    descendant.W = _width_array(union.widths)
    font = Dictionary(dict(pattern.items()))
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _to_unicode(characters(union))))
    return font


def characters(union: Union) -> Mapping[int, str]:
    """The characters that each glyph of a face stands for.

    An ellipsis is one, whatever words it was put in place of: the engine takes it for these words.
    """
    content = harfbuzz.Blob(Path(union.face.file).read_bytes())
    ellipsis = harfbuzz.Font(harfbuzz.Face(content, union.face.index)).get_nominal_glyph(ord("…"))
    return {**union.texts, ellipsis: "…"} if ellipsis in union.texts else union.texts


@lru_cache(maxsize=64)
def subset(file: str, index: int, glyphs: frozenset[int]) -> bytes:
    """The face `index` of a font file with these glyphs only, under their own ids."""
    request = harfbuzz.SubsetInput()
    request.sets(harfbuzz.SubsetInputSets.GLYPH_INDEX).update(glyphs)
    request.sets(harfbuzz.SubsetInputSets.DROP_TABLE_TAG).update(_tag(name) for name in _DROPPED)
    request.flags = (
        harfbuzz.SubsetFlags.RETAIN_GIDS
        | harfbuzz.SubsetFlags.DESUBROUTINIZE
        | harfbuzz.SubsetFlags.NO_HINTING
        | harfbuzz.SubsetFlags.PASSTHROUGH_UNRECOGNIZED
    )
    face = harfbuzz.Face(harfbuzz.Blob(Path(file).read_bytes()), index)
    return _number_by_glyph(bytes(harfbuzz.subset(face, request).blob.data))


def _number_by_glyph(program: bytes) -> bytes:
    """A font whose character identifiers are its glyph ids; only CID-keyed fonts (CJK) have others.

    Pages name glyphs by their ids, but in such a font a PDF names them by their CIDs (PDF 32000-1,
    9.7.4.2). So its charset is replaced by a single range (Adobe Technical Note 5176, 13, format 2),
    which is never longer than what was there.
    """
    tables = SFNTReader(BytesIO(program))
    if "CFF " not in tables or ROS not in tables["CFF "][:NEAR]:
        return program
    outlines = tables["CFF "]
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(BytesIO(outlines), None)
    if not hasattr(fonts[0], "ROS"):
        return program
    start, glyphs = fonts[0].rawDict["charset"], int.from_bytes(tables["maxp"][4:6], "big")
    charset = bytes([2, 0, 1]) + (glyphs - 2).to_bytes(2, "big")
    changed = {"CFF ": outlines[:start] + charset + outlines[start + len(charset) :]}
    target = BytesIO()
    writer = SFNTWriter(target, len(tables.keys()), tables.sfntVersion)
    for tag in tables.keys():  # noqa: SIM118 - it is no dictionary
        writer[tag] = changed.get(tag, tables[tag])
    writer.close()
    return target.getvalue()


def _tag(name: str) -> int:
    """A table's name as HarfBuzz counts it: four bytes, big-endian."""
    return int.from_bytes(name.encode(), "big")


def _width_array(widths: Mapping[int, float]) -> Array:
    """The `/W` array: runs of consecutive glyphs with their widths (PDF 32000-1, 9.7.4.3)."""
    runs: list[tuple[int, list[float]]] = []
    for glyph in sorted(widths):
        if runs and runs[-1][0] + len(runs[-1][1]) == glyph:
            runs[-1][1].append(widths[glyph])
        else:
            runs.append((glyph, [widths[glyph]]))
    return Array([part for first, run in runs for part in (first, Array(run))])


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The `/ToUnicode` CMap (PDF 32000-1, 9.10.3), glyphs in order, a hundred a block.

    A mapping to nothing is not allowed: a part of a letter stands for a joiner, which readers ignore.
    """
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def", "/CMapType 2 def",
        "1 begincodespacerange", "<0000> <ffff>", "endcodespacerange",
    ]  # fmt: skip
    spelt = ((glyph, text or "\N{ZERO WIDTH JOINER}") for glyph, text in sorted(texts.items()))
    entries = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in spelt]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines).encode()
