"""A preflight of PDF/X-4 (ISO 15930-7): what a print shop's program would say of a file.

There is no free validator of PDF/X, so this reads the file back with pikepdf and looks at each thing
that the standard asks of the PDFs that we make.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, PdfImage, Stream
from PIL import Image, ImageMath

MILLIMETRE = 72 / 25.4
FORBIDDEN = {"rg", "RG", "g", "G", "ri", "BI", "PS"}
"""Operators: colours of other spaces, and what is obsolete."""


def preflight(path: Path, *, bleed: float = 3, ink_limit: int = 300) -> list[str]:
    """What is wrong with a PDF/X-4 in CMYK; `bleed` in mm, `ink_limit` in per cent."""
    with pikepdf.open(path) as pdf:
        return [
            *_document(pdf),
            *_intent(pdf),
            *_identification(pdf),
            *(fault for page in pdf.pages for fault in _page(page, bleed, ink_limit)),
        ]


def _document(pdf: Pdf) -> Iterator[str]:
    """The file as a whole."""
    if not "1.6" <= pdf.pdf_version <= "1.6":
        yield f"the version is {pdf.pdf_version}"
    if pdf.is_encrypted or "/ID" not in pdf.trailer:
        yield "it is encrypted, or has no ID"
    yield from (f"{key} in the catalogue" for key in ("/OpenAction", "/AA", "/AcroForm") if key in pdf.Root)
    for item in pdf.objects:
        descriptor = isinstance(item, Dictionary) and item.get("/Type") == Name.FontDescriptor
        if descriptor and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(item.keys()):
            yield f"the font {item.FontName} is not embedded"
        if isinstance(item, Dictionary) and "/S" in item and "/JS" in item:
            yield "a program in JavaScript"


def _intent(pdf: Pdf) -> Iterator[str]:
    """The one output intent."""
    intents = [intent for intent in pdf.Root.get("/OutputIntents", ()) if intent.S == Name.GTS_PDFX]
    if len(intents) != 1 or len(pdf.Root.OutputIntents) != 1:
        yield f"{len(intents)} output intents"
        return
    (intent,) = intents
    profile = intent.DestOutputProfile
    data = profile.read_bytes()
    if profile.N != 4 or data[12:20] != b"prtrCMYK" or data[36:40] != b"acsp":
        yield "the profile of the output intent is none for CMYK"
    identifier = str(intent.OutputConditionIdentifier)
    if not identifier or (identifier != "Custom" and str(intent.get("/RegistryName")) != "http://www.color.org"):
        yield f'the output condition "{identifier}" has no registry'
    if not str(intent.get("/Info", "")):
        yield "the output intent does not describe itself"


def _identification(pdf: Pdf) -> Iterator[str]:
    """Metadata: XMP and the information dictionary agree."""
    info = pdf.docinfo
    if info.get("/Trapped") != Name("/False"):
        yield "Trapped is not False"
    with pdf.open_metadata() as xmp:
        wanted = {
            "pdfxid:GTS_PDFXVersion": "PDF/X-4", "pdf:Trapped": "False",
            "xmpMM:VersionID": "1", "xmpMM:RenditionClass": "default", "dc:title": str(info["/Title"]),
        }  # fmt: skip
        yield from (f"{key} is {xmp.get(key)}" for key, value in wanted.items() if xmp.get(key) != value)
        if not str(xmp.get("xmpMM:DocumentID")).startswith("uuid:"):
            yield "no DocumentID"
        for key, date in (("/CreationDate", "xmp:CreateDate"), ("/ModDate", "xmp:ModifyDate")):
            digits = "".join(letter for letter in str(xmp.get(date)) if letter.isdigit())
            if str(info[key])[2:16] != digits:
                yield f"{key} and {date} differ"
        if "xmp:MetadataDate" not in xmp:
            yield "no MetadataDate"


def _page(page: Page, bleed: float, ink_limit: int) -> Iterator[str]:
    """One page: its boxes, annotations, and all that it draws."""
    boxes = [[float(value) for value in page.obj.get(key, ())] for key in ("/MediaBox", "/BleedBox", "/TrimBox")]
    if not all(boxes) or "/ArtBox" in page.obj:
        yield "a page box is missing, or one too many"
    else:
        media, bled, trim = boxes
        distances = {round(abs(one - other) / MILLIMETRE, 2) for one, other in zip(bled, trim, strict=True)}
        if distances != {bleed}:
            yield f"the bleed is {distances} mm"
        if not (media[0] <= bled[0] and media[1] <= bled[1] and bled[2] <= media[2] and bled[3] <= media[3]):
            yield "the bleed is outside the medium"
    if len(page.obj.get("/Annots", ())):
        yield "a page has annotations"
    yield from _drawing(page.obj, ink_limit)


def _drawing(holder: Object, ink_limit: int) -> Iterator[str]:
    """A page, form or pattern: operators, and what they name."""
    resources = holder.get("/Resources", Dictionary())
    spaces = resources.get("/ColorSpace", Dictionary())
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        if operator in FORBIDDEN:
            yield f"the operator {operator}"
        if operator in ("k", "K"):
            ink = [float(value) for value in instruction.operands]
            if 100 * sum(ink) > ink_limit or not all(0 <= part <= 1 for part in ink):
                yield f"the ink {ink}"
        if operator in ("cs", "CS") and str(instruction.operands[0]) != "/Pattern":
            yield from _space(spaces[str(instruction.operands[0])])
    if "/Group" in holder and holder.Group.get("/CS", Name.DeviceCMYK) != Name.DeviceCMYK:
        yield "a group is not blended in CMYK"
    for shading in resources.get("/Shading", Dictionary()).values():
        yield from _space(shading.ColorSpace)
        yield from _gradient(shading.Function, ink_limit)
    for state in resources.get("/ExtGState", Dictionary()).values():
        yield from (f"{key} in a graphics state" for key in ("/TR", "/TR2", "/HTP") if key in state)
    for item in (*resources.get("/XObject", Dictionary()).values(), *resources.get("/Pattern", Dictionary()).values()):
        yield from (
            _image(item, ink_limit)
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Image
            else _drawing(item, ink_limit)
        )


def _space(space: Object) -> Iterator[str]:
    """A colour space: CMYK, grey, or the one for marks."""
    if isinstance(space, Array) and space[0] == Name.Separation and space[2] == Name.DeviceCMYK:
        return
    if space not in (Name.DeviceCMYK, Name.DeviceGray):
        yield f"the colour space {space}"


def _gradient(function: Object, ink_limit: int) -> Iterator[str]:
    """The inks at the ends of a gradient."""
    for part in function.get("/Functions", ()):
        yield from _gradient(part, ink_limit)
    for key in ("/C0", "/C1"):
        values = [float(value) for value in function.get(key, ())]
        if len(values) not in (0, 1, 4) or 100 * sum(values) > ink_limit:
            yield f"a gradient of {values}"


def _image(image: Stream, ink_limit: int) -> Iterator[str]:
    """An image: its colour space, and the most ink that a pixel gets."""
    yield from _space(image.ColorSpace)
    if "/SMask" in image:
        yield from _space(image.SMask.ColorSpace)
    if image.ColorSpace == Name.DeviceCMYK:
        ink = most_ink(picture(image))
        if ink > ink_limit + 2:  # what JPEG loses
            yield f"an image with {ink:.0f} per cent of ink"


def picture(image: Stream) -> Image.Image:
    """An image as it is printed: in a JPEG with a marker of Adobe's, the Decode array undoes the inversion."""
    if image.get("/Filter") == Name.DCTDecode:
        return Image.open(BytesIO(image.read_raw_bytes()))
    return PdfImage(image).as_pil_image()


def most_ink(cmyk: Image.Image) -> float:
    """The most ink that a pixel of a CMYK picture gets, in per cent."""
    bands = dict(zip("cmyk", cmyk.split(), strict=True))
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **bands)
    return float(total.getextrema()[1]) / 2.55
