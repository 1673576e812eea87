"""Replaces the font subsets of fragments with one subset for each face of the whole PDF.

Fragments keep the font's own glyph ids, so the content streams of all pages agree about glyphs, and only the font
objects have to be replaced (ISO 32000-1, 9.7 "Composite fonts").
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

from book.language.decomposition import letter_and_mark
from book.model.fragments import Face, Fragment
from book.pdf.pdf_in_parts import PdfInParts

_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Font tables that no PDF reader uses."""


ROS, NEAR = b"\x0c\x1e", 1024
"""The operator that begins the dictionary of a CID-keyed font, and how near the table's beginning it is, in bytes.

See Adobe Technical Note 5176, 9.
"""


@dataclass(frozen=True, slots=True)
class FaceUse:
    """What all fragments together use of a face."""

    face: Face
    """The face, as the first fragment has it."""
    widths: Mapping[int, float]
    """The advance width of every glyph used, in thousandths of an em."""
    texts: Mapping[int, str]
    """The characters of every glyph used."""


def combine_uses(faces: Iterable[Face]) -> dict[str, FaceUse]:
    """Combine what fragments use of each face, by face name; for a glyph, the first non-empty text counts."""
    found: dict[str, FaceUse] = {}
    for face in faces:
        known = found.get(face.name)
        widths = {**face.widths, **known.widths} if known else face.widths
        texts = face.texts if known is None else {**known.texts, **face.texts, **_with_text(known.texts)}
        found[face.name] = FaceUse(known.face if known else face, widths, texts)
    return found


def _with_text(texts: Mapping[int, str]) -> dict[int, str]:
    """The glyphs that represent characters; others are parts of a letter, such as the dots of some Arabic fonts."""
    return {glyph: text for glyph, text in texts.items() if text}


class Typefaces:
    """The font objects of a PDF while it is written: one for each face, to which every part may refer."""

    def __init__(self, file: PdfInParts, fragments: Sequence[Fragment]) -> None:
        """Reserve an object number for every face of the fragments."""
        self._fragments = fragments
        self._uses = combine_uses(face for fragment in fragments for face in fragment.faces)
        self._numbers = {name: file.reserve() for name in self._uses}

    @property
    def all_numbers(self) -> Iterable[int]:
        """The object numbers to which the last part refers."""
        return self._numbers.values()

    def numbers(self, fragments: Iterable[Fragment]) -> dict[str, int]:
        """The object numbers of the fonts that some fragments use, by face name."""
        return {face.name: self._numbers[face.name] for fragment in fragments for face in fragment.faces}

    def close(self, part: Pdf) -> Iterator[Object]:
        """Write the fonts to the last part, each modelled on that of the first fragment that uses it; yields them."""
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
                    target.update(_embedded(part, self._uses[name], part.copy_foreign(font)))
                    yield target


def use_shared_fonts(part: Pdf, numbers: Mapping[str, int]) -> None:
    """Replace the font objects of every page of a part with the shared ones that have these numbers."""
    for fonts in _font_dictionaries(part):
        for key, font in list(fonts.items()):
            fonts[key] = part.get_object(numbers[_name(font)], 0)


def _name(font: Object) -> str:
    """The face name of a font object."""
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


def _embedded(pdf: Pdf, use: FaceUse, pattern: Object) -> Dictionary:
    """The font dictionary of a face for `pdf`, modelled on `pattern`: a fragment's, already copied to `pdf`."""
    descendant = pattern.DescendantFonts[0]
    descriptor = Dictionary(dict(descendant.FontDescriptor.items()))
    program = subset(use.face.file, use.face.index, frozenset(use.texts))
    for key in ("/FontFile2", "/FontFile3"):
        if key in descriptor:
            extra = Dictionary(Subtype=Name.OpenType) if key == "/FontFile3" else Dictionary(Length1=len(program))
            descriptor[key] = pdf.make_indirect(Stream(pdf, program, extra))
    descriptor.FontBBox = Array([0, descriptor.Descent, max(use.widths.values(), default=0), descriptor.Ascent])
    descendant = Dictionary(dict(descendant.items()))
    descendant.FontDescriptor = pdf.make_indirect(descriptor)
    descendant.W = _width_array(use.widths)
    font = Dictionary(dict(pattern.items()))
    font.DescendantFonts = Array([pdf.make_indirect(descendant)])
    font.ToUnicode = pdf.make_indirect(Stream(pdf, _to_unicode(characters(use))))
    return font


def characters(use: FaceUse) -> Mapping[int, str]:
    """The characters that each glyph of a face represents.

    A glyph of several characters represents the plainest one: the glyph of a space may have been used first for a
    no-break space, and that of a hyphen at the end of a line. The glyph of an ellipsis always represents "…"; the
    engine may have recorded the words that it replaced. Of glyphs that are a letter and its marks, each represents its
    own; the engine records all characters for the last.
    """
    content = harfbuzz.Blob(Path(use.face.file).read_bytes())
    font = harfbuzz.Font(harfbuzz.Face(content, use.face.index))
    plain = {font.get_nominal_glyph(ord(character)): character for character in " -…"}
    for text in sorted(set(use.texts.values())):
        for part in _parts(text):
            glyph = font.get_nominal_glyph(ord(part))
            if use.texts.get(glyph) in ("", text):
                plain[glyph] = part
    return {**use.texts, **{glyph: character for glyph, character in plain.items() if glyph in use.texts}}


def _parts(text: str) -> Iterator[str]:
    """The letters and marks that a single character consists of."""
    while len(text) == 1 and (split := letter_and_mark(text)):
        yield from split
        text = split[0]


@lru_cache(maxsize=64)
def subset(file: str, index: int, glyphs: frozenset[int]) -> bytes:
    """A subset of the face `index` of a font file, in which glyphs keep their ids."""
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
    """Make the CIDs of a font equal to its glyph ids; they differ only in CID-keyed fonts (CJK).

    Pages refer to glyph ids, but with such a font a PDF refers to CIDs (ISO 32000-1, 9.7.4.2). So the font's charset is
    replaced by a single range (Adobe Technical Note 5176, 13, format 2), which is never longer than the original.
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
    """A table name as HarfBuzz represents it: four bytes, big-endian."""
    return int.from_bytes(name.encode(), "big")


def _width_array(widths: Mapping[int, float]) -> Array:
    """The `/W` array: runs of consecutive glyphs with their widths (ISO 32000-1, 9.7.4.3)."""
    runs: list[tuple[int, list[float]]] = []
    for glyph in sorted(widths):
        if runs and runs[-1][0] + len(runs[-1][1]) == glyph:
            runs[-1][1].append(widths[glyph])
        else:
            runs.append((glyph, [widths[glyph]]))
    return Array([part for first, run in runs for part in (first, Array(run))])


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    """The `/ToUnicode` CMap (ISO 32000-1, 9.10.3): glyphs in order, a hundred in each block.

    A glyph must not map to nothing, so a part of a letter maps to a joiner, which readers ignore.
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
