"""PDF/UA-1 (ISO 14289-1): accessible to readers of every ability; the default."""

from __future__ import annotations

from book.standards import Variant

VARIANT = Variant(version="1.7", metadata={"pdfuaid:part": "1"})
