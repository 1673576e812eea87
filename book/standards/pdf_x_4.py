"""PDF/X-4 (ISO 15930-7): the PDF that a print shop takes.

Everything is in the four inks, black type in black ink alone; the pages have a bleed and crop marks.
There are no links and no structure tree, which mean nothing on paper.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from hashlib import blake2b
from itertools import product
from urllib.parse import unquote

import msgspec
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String

from book.composition.styles import points
from book.model.editions import Section, Stylesheet
from book.model.pages import PagedVolume
from book.model.settings import Edition, Printing
from book.problem import Problem, Span, warning
from book.project.identity import identifier
from book.project.profiles import condition, description
from book.standards import Finisher, Variant
from book.standards.inks import Inks
from book.standards.separation import separate

MILLIMETRE = 72 / 25.4
"""In pt."""
GAP = MILLIMETRE
"""From the bleed to a crop mark, and from a crop mark to the edge of the sheet, in pt."""
MARK = 5 * MILLIMETRE
"""Length of a crop mark in pt."""
WEIGHT = 0.25
"""Thickness of a crop mark in pt."""
RESOLUTION = 200
"""An image printed with fewer pixels an inch looks coarse."""
REGISTRY = "http://www.color.org"
"""Where the names of printing conditions are registered (ISO 15930-7)."""


def _printing(edition: Edition) -> Printing:
    """What the print shop asks for."""
    assert edition.printing is not None, "it was asked for when the settings were read"
    return edition.printing


def _stylesheets(edition: Edition) -> tuple[Stylesheet, ...]:
    """Let backgrounds reach into the bleed."""
    return (Stylesheet("bleed.css", f"@page {{ bleed: {points(_printing(edition).bleed):g}pt; marks: none; }}\n"),)


def _examine(paged: PagedVolume) -> Iterator[Problem]:
    """A `low-resolution` for each image that is printed too large for its pixels."""
    for section, fragment in zip(paged.sections, paged.fragments, strict=True):
        for address, resolution in fragment.resolutions.items():
            if resolution < RESOLUTION:
                path = unquote(address)
                message = f'the image "{path}" is printed at {resolution:.0f} pixels an inch'
                hint = f"{RESOLUTION} look sharp: take a file {RESOLUTION / resolution:.1f} times as wide and high"
                for place in _places(paged, section, path):
                    yield warning("low-resolution", message, place, hint)


def _places(paged: PagedVolume, section: Section, path: str) -> list[Span]:
    """Where a section shows an image."""
    chapters = paged.volume.manuscript.chapters
    pictures = [picture for chapter in chapters if chapter.path == section.path for picture in chapter.pictures]
    return [picture.at for picture in pictures if picture.path == path] or [Span(section.path)]


# --- the last hand on the PDF -------------------------------------------------------------------


class _Finisher(Finisher):
    """Turns colours into inks, lays out the sheets, and says for what condition they are made."""

    def __init__(self, paged: PagedVolume) -> None:
        super().__init__(paged)
        self._printing = _printing(paged.volume.edition)
        self._profile = (paged.volume.manuscript.project.root / self._printing.profile).read_bytes()
        self._inks = Inks(self._profile, self._printing.ink_limit)

    @property
    def key(self) -> bytes:
        """The variant, what the print shop asks for, and the profile."""
        return b"\0".join((super().key, msgspec.json.encode(self._printing), self._profile))

    def finish_pages(self, part: Pdf) -> None:
        """Turn colours into inks, and lay out the sheets, with nothing on them that is no ink."""
        for page in part.pages:
            for key in ("/Annots", "/StructParents", "/Tabs"):  # no annotation may lie within the bleed (ISO 15930-7)
                if key in page.obj:
                    del page.obj[key]
        separate(part, self._inks)
        _lay_out_sheets(part, points(self._printing.bleed), marks=self._printing.marks)

    def finish_file(self, part: Pdf) -> None:
        """Name the printing condition, and say what the standard wants said of the file."""
        part.Root.OutputIntents = Array([_intent(part, self._profile, self._printing)])
        part.docinfo.Trapped = Name("/False")
        with part.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["pdf:Trapped"] = "False"
            xmp["xmp:MetadataDate"] = str(xmp["xmp:ModifyDate"])
            xmp["xmpMM:DocumentID"] = _document_id(self.paged)
            xmp["xmpMM:RenditionClass"] = "default"
            xmp["xmpMM:VersionID"] = "1"


def _lay_out_sheets(pdf: Pdf, bleed: float, *, marks: bool) -> None:
    """Give each page its boxes (ISO 15930-7), and crop marks outside the bleed.

    A blank page, which has no boxes yet, is like the one before it.
    """
    trim: list[float] = []
    for page in pdf.pages:
        trim = [round(float(value), 4) for value in page.obj.get("/TrimBox", trim)]
        page.obj.TrimBox = Array(trim)
        page.obj.BleedBox = _around(trim, bleed)
        page.obj.MediaBox = _around(trim, bleed + 2 * GAP + MARK if marks else bleed)
        if "/CropBox" in page.obj:
            del page.obj.CropBox
        if marks:
            _mark(pdf, page, trim, bleed + GAP)


def _around(box: list[float], distance: float) -> Array:
    """A box that is larger on every side."""
    left, bottom, right, top = box
    sides = (left - distance, bottom - distance, right + distance, top + distance)
    return Array([round(side, 4) for side in sides])


def _mark(pdf: Pdf, page: Page, trim: list[float], distance: float) -> None:
    """Draw two lines at each corner, in the colour that prints in every ink (ISO 32000-1, 8.6.6.4).

    They go first, because a page's own content leaves its coordinates changed.
    """
    left, bottom, right, top = trim
    lines = []
    for (x, outwards), (y, upwards) in product(((left, -1), (right, 1)), ((bottom, -1), (top, 1))):
        start, end = distance, distance + MARK
        lines.append(f"{x + outwards * start:.4f} {y:.4f} m {x + outwards * end:.4f} {y:.4f} l S")
        lines.append(f"{x:.4f} {y + upwards * start:.4f} m {x:.4f} {y + upwards * end:.4f} l S")
    page.add_resource(_registration(pdf), Name.ColorSpace, Name.Registration)
    page.contents_add(f"q /Registration CS 1 SCN {WEIGHT} w {' '.join(lines)} Q\n".encode(), prepend=True)


def _registration(pdf: Pdf) -> Array:
    """The colour space of marks: all inks at once."""
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, pdf.make_indirect(tint)])


def _intent(pdf: Pdf, profile: bytes, printing: Printing) -> Dictionary:
    """The output intent (ISO 15930-7)."""
    name = printing.condition or condition(profile)
    intent = Dictionary(
        Type=Name.OutputIntent, S=Name.GTS_PDFX, OutputConditionIdentifier=String(name or "Custom"),
        Info=String(description(profile) or name or printing.profile),
        DestOutputProfile=pdf.make_indirect(Stream(pdf, profile, Dictionary(N=4))),
    )  # fmt: skip
    if name:
        intent.RegistryName = String(REGISTRY)
    return intent


def _document_id(paged: PagedVolume) -> str:
    """A name for exactly these pages."""
    digest = blake2b(digest_size=16)
    for fragment in (*paged.fragments, *paged.furniture):
        digest.update(fragment.pdf)
    name = f"{identifier(paged.volume.manuscript.settings, paged.volume.edition)} {digest.hexdigest()}"
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}"


VARIANT = Variant(
    version="1.6",
    metadata={"pdfxid:GTS_PDFXVersion": "PDF/X-4"},
    stylesheets=_stylesheets,
    on_screen=False,
    finisher=_Finisher,
    examine=_examine,
)
