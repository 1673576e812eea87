"""PDF/UA-1 (ISO 14289-1): the PDF that everybody can read, whether by eye, by ear or by finger."""

from __future__ import annotations

from book.standards import Variant

VARIANT = Variant(version="1.7", metadata={"pdfuaid:part": "1"})
