"""Bare WeasyPrint: one document to one tagged PDF (`python -m benchmarks.bare DOCUMENT.json OUT.pdf`)."""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main(document: str, target: str) -> None:
    """Set the document that `benchmarks.document` wrote, as PDF/UA-1."""
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    given = json.loads(Path(document).read_text(encoding="utf-8"))
    fonts = FontConfiguration()
    sheets = [CSS(string=text, base_url=base, font_config=fonts) for base, text in given["stylesheets"]]
    html = HTML(string=given["html"], base_url=given["base"])
    html.write_pdf(target, stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1", pdf_version="1.7")


if __name__ == "__main__":
    main(*sys.argv[1:])
