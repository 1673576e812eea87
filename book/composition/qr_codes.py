"""QR codes of addresses (ISO/IEC 18004), drawn as vectors."""

from __future__ import annotations

import io
from xml.sax.saxutils import quoteattr

from markupsafe import Markup


def qr_code(address: str, words: str) -> Markup:
    """A QR code as an `svg` element of the class `qr`.

    The paper around it is its quiet zone, so that it begins where the text does. Error correction is of level M, which
    bears 15 % of damage, or of a higher one that needs no more dots.

    Args:
        address: What it leads to.
        words: Its text alternative.
    """
    import segno

    code = segno.make(address, error="M", micro=False)
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", border=0, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, nl=False)
    start = f'<svg class="qr" role="img" aria-label={quoteattr(words)}'
    return Markup(drawn.getvalue().decode().replace("<svg", start, 1))  # noqa: S704 - numbers, and escaped words
