"""PDF/A-3u (ISO 19005-3): for libraries and archives; contains the files that the book was made from.

It is tagged like PDF/UA-1 and declares conformance to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume
from book.project.config import FILE
from book.project.files import read_bytes
from book.project.identity import moment
from book.project.profiles import srgb_profile
from book.standards import Finisher, Variant
from book.standards.inks import to_srgb

_MEDIA_TYPES = {
    ".md": "text/markdown", ".toml": "application/toml", ".yaml": "application/yaml", ".yml": "application/yaml",
    ".json": "application/json", ".bib": "application/x-bibtex",
}  # fmt: skip
"""Media types of the attached source files, by suffix."""

_UA_SCHEMA = b"""\
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
"""Description of an XMP schema that PDF/A does not predefine (ISO 19005-3, 6.6.2.3)."""


class _Finisher(Finisher):
    """What PDF/A requires beyond other PDFs."""

    def finish_pages(self, part: Pdf) -> None:
        """Make annotations printable (ISO 19005-3, 6.3.2), images uninterpolated (6.2.8), and all colours sRGB."""
        for page in part.pages:
            for annotation in page.obj.get("/Annots", ()):
                annotation.F = 4
        for item in part.objects:
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
                item.Interpolate = False
                if item.get("/ColorSpace") == Name.DeviceCMYK:
                    _convert_to_srgb(item)

    def finish_file(self, part: Pdf) -> None:
        """Add the output intent, the attachments, and the description of XMP properties that PDF/A does not know."""
        profile = Stream(part, srgb_profile(), Dictionary(N=3))
        identifier = String("sRGB IEC61966-2.1")
        intent = Dictionary(
            Type=Name.OutputIntent, S=Name.GTS_PDFA1, OutputConditionIdentifier=identifier, Info=identifier,
            RegistryName=String("http://www.color.org"), DestOutputProfile=part.make_indirect(profile),
        )  # fmt: skip
        part.Root.OutputIntents = Array([part.make_indirect(intent)])
        _attach(part, self.paged)
        metadata = part.Root.Metadata
        metadata.write(metadata.read_bytes().replace(b"</rdf:RDF>", _UA_SCHEMA + b"</rdf:RDF>"))


def _convert_to_srgb(image: Stream) -> None:
    """Convert a CMYK photograph to sRGB, because there is only one output intent (ISO 19005-3, 6.2.4.3)."""
    picture = Image.open(BytesIO(image.read_raw_bytes()))
    target = BytesIO()
    to_srgb(picture).save(target, "JPEG", quality=95, subsampling=0, icc_profile=None)
    image.write(target.getvalue(), filter=Name.DCTDecode)
    image.ColorSpace = Name.DeviceRGB
    if "/Decode" in image:
        del image.Decode


def _attach(pdf: Pdf, paged: PagedVolume) -> None:
    """Attach the files that the book was made from (ISO 19005-3, annex E)."""
    manuscript = paged.volume.manuscript
    root = manuscript.project.root
    date = moment(manuscript.project).strftime("D:%Y%m%d%H%M%SZ")
    associated = Array()
    for name in dict.fromkeys(_source_files(manuscript)):
        attached = AttachedFileSpec(
            pdf, read_bytes(root, name), description=f"Source of this book: {name}", filename=name,
            mime_type=_MEDIA_TYPES.get(Path(name).suffix.lower(), "text/plain"),
            creation_date=date, mod_date=date, relationship=Name.Source,
        )  # fmt: skip
        pdf.attachments[name] = attached
        associated.append(attached.obj)
    pdf.Root.AF = associated


def _source_files(manuscript: Manuscript) -> Iterator[str]:
    """Settings, source lists and chapters, relative to the project."""
    yield FILE
    yield from sorted({*manuscript.settings.sources, *(source.at.path for source in manuscript.sources.values())})
    yield from (chapter.path for chapter in manuscript.chapters)


VARIANT = Variant(
    version="1.7",
    metadata={"pdfaid:part": "3", "pdfaid:conformance": "U", "pdfuaid:part": "1"},
    finisher=_Finisher,
)
