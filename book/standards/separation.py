"""Converts everything on the pages of a PDF to inks: operators, images, gradients, blending spaces.

It supports what the layout engine writes: sRGB, greyscale, CMYK and CIELAB colours; gradients with exponential and
stitching functions; JPEG and deflated images.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import cast

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf, PdfImage, Stream
from PIL import Image

from book.standards.inks import Ink, Inks

QUALITY = 95
"""JPEG quality of photographs that are rewritten, of 100."""

_SPACES = {"/DeviceRGB": "rgb", "/DeviceGray": "grey", "/DeviceCMYK": "cmyk", "/lab-d50": "lab", "/lab-d65": "lab"}
"""Names of colour spaces in content streams; the last two are the engine's own: CIELAB relative to its white."""

_SETTERS = {"rg": "rgb", "RG": "rgb", "g": "grey", "G": "grey", "k": "cmyk", "K": "cmyk"}
"""Operators that set a colour in a fixed space; upper case is for strokes (ISO 32000-1, 8.6.8)."""

_MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})
"""Marked-content operators, which are useless without a structure tree."""


def separate(pdf: Pdf, inks: Inks) -> None:
    """Convert all colours and images on the pages of a PDF to inks, and remove its marked content."""
    separation = _Separation(pdf, inks)
    for page in pdf.pages:
        page.obj.Contents = pdf.make_stream(separation.content(page.obj) or b"\n")  # an empty stream troubles some
        separation.resources(page.obj.get("/Resources", Dictionary()))
        separation.group(page.obj)


class _Separation:
    """State shared by the pages of one PDF: the inks, and the objects that have been converted."""

    def __init__(self, pdf: Pdf, inks: Inks) -> None:
        self._pdf = pdf
        self._inks = inks
        self._done: set[tuple[int, int]] = set()

    def content(self, holder: Object) -> bytes:
        """The content stream of a page, form or pattern, converted."""
        instructions = cast("list[ContentStreamInstruction]", pikepdf.parse_content_stream(holder))  # no inline images
        return pikepdf.unparse_content_stream(list(self._converted(instructions)))

    def resources(self, resources: Object) -> None:
        """Convert all resources of a page, form or pattern."""
        if self._seen(resources):
            return
        for item in (
            *resources.get("/XObject", Dictionary()).values(),
            *resources.get("/Pattern", Dictionary()).values(),
        ):
            self._item(item)
        for shading in resources.get("/Shading", Dictionary()).values():
            self._shading(shading)
        for state in resources.get("/ExtGState", Dictionary()).values():
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and "/G" in mask:
                self._item(mask.G)
        spaces = resources.get("/ColorSpace", Dictionary())
        for name in _SPACES:
            if name in spaces:
                del spaces[name]

    def group(self, holder: Object) -> None:
        """Blend transparency in inks (ISO 15930-7; ISO 32000-1, 11.6.6)."""
        if "/Group" in holder and "/CS" in holder.Group:
            holder.Group.CS = Name.DeviceCMYK

    def _seen(self, item: Object) -> bool:
        """Whether this indirect object was passed here before."""
        if not item.is_indirect:
            return False
        seen = item.objgen in self._done
        self._done.add(item.objgen)
        return seen

    def _item(self, item: Object) -> None:
        """Convert a form, an image or a pattern."""
        if self._seen(item):
            return
        if item.get("/Subtype") == Name.Image:
            self._image(item)
        elif "/Shading" in item:
            self._shading(item.Shading)
        else:
            item.write(self.content(item))
            self.resources(item.get("/Resources", Dictionary()))
            self.group(item)

    # --- operators ------------------------------------------------------------------------------

    def _converted(self, instructions: Iterable[ContentStreamInstruction]) -> Iterator[ContentStreamInstruction]:
        """The instructions of a stream, with their colours converted."""
        spaces = {"sc": "", "SC": ""}
        stack: list[dict[str, str]] = []
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator in _MARKS:
                continue
            if operator == "q":
                stack.append(dict(spaces))
            elif operator == "Q" and stack:
                spaces = stack.pop()
            if operator in ("cs", "CS"):
                spaces["sc" if operator == "cs" else "SC"] = space = _SPACES.get(str(instruction.operands[0]), "")
                if space:
                    continue
            space = _SETTERS.get(operator) or spaces.get(operator.rstrip("nN"), "")
            yield self._set(instruction, space, stroke=operator.isupper()) if space else instruction

    def _set(self, instruction: ContentStreamInstruction, space: str, *, stroke: bool) -> ContentStreamInstruction:
        """The instruction that sets a colour, converted."""
        ink = self._ink(space, [float(value) for value in instruction.operands])
        return ContentStreamInstruction([*ink], Operator("K" if stroke else "k"))

    def _ink(self, space: str, values: list[float]) -> Ink:
        """A colour converted to inks."""
        convert: dict[str, Callable[..., Ink]] = {
            "rgb": self._inks.rgb,
            "grey": lambda grey: (0.0, 0.0, 0.0, round(1 - grey, 4)),
            "cmyk": lambda *ink: self._inks.limit_ink(ink),
            "lab": self._inks.lab,
        }
        return convert[space](*values)

    # --- gradients ------------------------------------------------------------------------------

    def _shading(self, shading: Object) -> None:
        """Convert a gradient between RGB colours; a grey one is a mask, or prints in black."""
        if self._seen(shading) or shading.get("/ColorSpace") != Name.DeviceRGB:
            return
        shading.ColorSpace = Name.DeviceCMYK
        self._function(shading.Function)

    def _function(self, function: Object) -> None:
        """Convert the end colours of a gradient's parts (ISO 32000-1, 7.10.3 and 7.10.4)."""
        for part in function.get("/Functions", ()):
            self._function(part)
        for key in ("/C0", "/C1"):
            if key in function and len(function[key]) == 3:
                function[key] = Array(list(self._inks.rgb(*(float(value) for value in function[key]))))

    # --- images ---------------------------------------------------------------------------------

    def _image(self, image: Object) -> None:
        """Convert an image; a greyscale one is unchanged, because it prints in black ink."""
        if not isinstance(image, Stream) or image.get("/ColorSpace") not in (Name.DeviceRGB, Name.DeviceCMYK):
            return
        photograph = image.get("/Filter") == Name.DCTDecode
        before = Image.open(BytesIO(image.read_raw_bytes())) if photograph else PdfImage(image).as_pil_image()
        after = self._inks.picture(before)
        if after is before:
            return
        image.ColorSpace = Name.DeviceGray if after.mode == "L" else Name.DeviceCMYK
        for key in ("/Decode", "/DecodeParms"):
            if key in image:
                del image[key]
        if not photograph:
            image.write(after.tobytes())
            return
        target = BytesIO()
        after.save(target, "JPEG", quality=QUALITY, subsampling=0, icc_profile=None)
        image.write(target.getvalue(), filter=Name.DCTDecode)
        if after.mode == "CMYK":
            image.Decode = Array([1, 0] * 4)  # Pillow writes CMYK inverted, as Adobe's programs do
