"""The standards that an edition with pages can conform to, by their names in `variant` in `book.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from book.model.settings import Edition

USUAL = "pdf/ua-1"
"""The variant of an edition that names none."""


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """Facts about a variant that are needed before its module is loaded."""

    module: str
    """Its module in `book/standards/`."""
    printing: bool = False
    """Whether it is for a print shop, and needs the table `printing`."""


VARIANTS: Mapping[str, VariantFacts] = {
    "pdf/ua-1": VariantFacts("pdf_ua_1"),
    "pdf/x-4": VariantFacts("pdf_x_4", printing=True),
    "pdf/a-3u": VariantFacts("pdf_a_3u"),
}
"""Every variant by its name."""


def variant_facts(edition: Edition) -> VariantFacts:
    """The facts of an edition's variant. Raises KeyError for a name that is not registered."""
    return VARIANTS[edition.variant or USUAL]
