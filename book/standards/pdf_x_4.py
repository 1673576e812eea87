"""PDF/X-4 (ISO 15930-7): for print shops.

All colours are in the four inks, black type in black ink alone; pages have bleed and crop marks. Links and the
structure tree are left out, because they have no use on paper.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from hashlib import blake2b
from itertools import product
from urllib.parse import unquote

import msgspec
from pikepdf import Array, Dictionary, Name, Page, Pdf, Stream, String

from book.model.editions import Section
from book.model.fragments import Stylesheet
from book.model.pages import PagedVolume
from book.model.settings import Edition, Printing
from book.problem import Problem, Span, warning
from book.project.files import read_bytes
from book.project.identity import identifier
from book.project.lengths import POINTS, points
from book.project.profiles import condition, description
from book.standards import Finisher, Variant
from book.standards.inks import Inks
from book.standards.separation import separate

MILLIMETRE = POINTS["mm"]
"""1 mm in pt."""
GAP = MILLIMETRE
"""Distance in pt from the bleed to a crop mark, and from a crop mark to the edge of the sheet."""
MARK_LENGTH = 5 * MILLIMETRE
"""Length of a crop mark in pt."""
WEIGHT = 0.25
"""Thickness of a crop mark in pt."""
RESOLUTION = 200
"""Minimum resolution of a printed image in pixels per inch; below it there is a warning."""
REGISTRY = "http://www.color.org"
"""The registry of printing conditions (ISO 15930-7)."""


def _printing(edition: Edition) -> Printing:
    """The edition's settings for the print shop."""
    assert edition.printing is not None, "it was asked for when the settings were read"
    return edition.printing


def _stylesheets(edition: Edition) -> tuple[Stylesheet, ...]:
    """A stylesheet that extends backgrounds into the bleed."""
    return (Stylesheet("bleed.css", f"@page {{ bleed: {points(_printing(edition).bleed):g}pt; marks: none; }}\n"),)


def _examine(paged: PagedVolume) -> Iterator[Problem]:
    """A warning `low-resolution` for each image that is printed too large for its pixels."""
    for section, fragment in zip(paged.sections, paged.fragments, strict=True):
        for address, resolution in fragment.resolutions.items():
            if resolution < RESOLUTION:
                path = unquote(address)
                message = f'the image "{path}" is printed at {resolution:.0f} pixels an inch'
                hint = f"{RESOLUTION} look sharp: take a file {RESOLUTION / resolution:.1f} times as wide and high"
                for place in _image_places(paged, section, path):
                    yield warning("low-resolution", message, place, hint)


def _image_places(paged: PagedVolume, section: Section, path: str) -> list[Span]:
    """The places in the manuscript where a section shows an image."""
    chapters = paged.volume.manuscript.chapters
    pictures = [picture for chapter in chapters if chapter.path == section.path for picture in chapter.pictures]
    return [picture.at for picture in pictures if picture.path == path] or [Span(section.path)]


# --- the last hand on the PDF -------------------------------------------------------------------


class _Finisher(Finisher):
    """Converts colours to inks, sets the page boxes, and declares the printing condition."""

    def __init__(self, paged: PagedVolume) -> None:
        super().__init__(paged)
        self._printing = _printing(paged.volume.edition)
        self._profile = read_bytes(paged.volume.manuscript.project.root, self._printing.profile)
        self._inks = Inks(self._profile, self._printing.ink_limit)

    @property
    def key(self) -> bytes:
        """The variant, the settings for the print shop, and the profile."""
        return b"\0".join((super().key, msgspec.json.encode(self._printing), self._profile))

    def finish_pages(self, part: Pdf) -> None:
        """Convert colours to inks, remove annotations and structure, and set the page boxes."""
        for page in part.pages:
            for key in ("/Annots", "/StructParents", "/Tabs"):  # no annotation may lie within the bleed (ISO 15930-7)
                if key in page.obj:
                    del page.obj[key]
        separate(part, self._inks)
        _set_page_boxes(part, points(self._printing.bleed), marks=self._printing.marks)

    def finish_file(self, part: Pdf) -> None:
        """Add the output intent and the metadata that the standard requires."""
        part.Root.OutputIntents = Array([_intent(part, self._profile, self._printing)])
        part.docinfo.Trapped = Name("/False")
        with part.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["pdf:Trapped"] = "False"
            xmp["xmp:MetadataDate"] = str(xmp["xmp:ModifyDate"])
            xmp["xmpMM:DocumentID"] = _document_id(self.paged)
            xmp["xmpMM:RenditionClass"] = "default"
            xmp["xmpMM:VersionID"] = "1"


def _set_page_boxes(pdf: Pdf, bleed: float, *, marks: bool) -> None:
    """Give each page its boxes (ISO 15930-7), and crop marks outside the bleed.

    A blank page, which has no trim box yet, gets that of the page before it.
    """
    trim: list[float] = []
    for page in pdf.pages:
        trim = [round(float(value), 4) for value in page.obj.get("/TrimBox", trim)]
        page.obj.TrimBox = Array(trim)
        page.obj.BleedBox = _enlarged(trim, bleed)
        page.obj.MediaBox = _enlarged(trim, bleed + 2 * GAP + MARK_LENGTH if marks else bleed)
        if "/CropBox" in page.obj:
            del page.obj.CropBox
        if marks:
            _draw_crop_marks(pdf, page, trim, bleed + GAP)


def _enlarged(box: list[float], distance: float) -> Array:
    """A box enlarged by `distance` on every side."""
    left, bottom, right, top = box
    sides = (left - distance, bottom - distance, right + distance, top + distance)
    return Array([round(side, 4) for side in sides])


def _draw_crop_marks(pdf: Pdf, page: Page, trim: list[float], distance: float) -> None:
    """Draw two lines at each corner, in the colour that prints in every ink (ISO 32000-1, 8.6.6.4).

    They are drawn first, because a page's own content leaves the coordinate system changed.
    """
    left, bottom, right, top = trim
    lines = []
    for (x, outwards), (y, upwards) in product(((left, -1), (right, 1)), ((bottom, -1), (top, 1))):
        start, end = distance, distance + MARK_LENGTH
        lines.append(f"{x + outwards * start:.4f} {y:.4f} m {x + outwards * end:.4f} {y:.4f} l S")
        lines.append(f"{x:.4f} {y + upwards * start:.4f} m {x:.4f} {y + upwards * end:.4f} l S")
    page.add_resource(_registration(pdf), Name.ColorSpace, Name.Registration)
    page.contents_add(f"q /Registration CS 1 SCN {WEIGHT} w {' '.join(lines)} Q\n".encode(), prepend=True)


def _registration(pdf: Pdf) -> Array:
    """The registration colour space of crop marks: all inks at once."""
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
    """An identifier for exactly these pages."""
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
