"""Names a font by its face and its file, instead of by Pango's description.

WeasyPrint 70.0 names a font in a PDF by a hash of its description as Pango writes it. Newer releases of Pango (seen in
1.56.3) write font features into it, so one face had several names, and the same book gave another file on another
machine.
"""

from __future__ import annotations

import re
from hashlib import md5
from typing import Any

_FEATURES = re.compile(rb" ?#.*", re.DOTALL)
_DIRECTORY = 512
"""Bytes at the beginning of a font file that hold its directory of tables, with a checksum of each."""


def mend() -> None:
    """Name fonts by face and file in this process."""
    from weasyprint.pdf.fonts import Font

    Font.__init__ = _by_face(Font.__init__)


def _by_face(create: Any) -> Any:
    """Make a font's name from its file and from its description without features."""
    from weasyprint.text.ffi import ffi, pango

    def create_named(font: Any, pango_font: Any, description: Any, font_size: float) -> None:
        create(font, pango_font, description, font_size)
        described = ffi.string(pango.pango_font_description_to_string(description))
        face = _FEATURES.sub(b"", described) + font.file_content[:_DIRECTORY]
        font.hash = "".join(chr(65 + byte % 26) for byte in md5(face, usedforsecurity=False).digest()[:6])
        font.name = b"/" + font.hash.encode() + b"+" + font.name.partition(b"+")[2]

    return create_named
