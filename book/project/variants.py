"""The standards that an edition in pages can keep, by the names that `variant` in `book.toml` can have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from book.model.settings import Edition

USUAL = "pdf/ua-1"
"""The variant of an edition that names none."""


@dataclass(frozen=True, slots=True)
class VariantFacts:
    """What is to be known of a variant before its module is loaded."""

    module: str
    """Its module in `book/standards/`."""
    printing: bool = False
    """It is made for a print shop: an edition says in `printing` what that asks for."""


VARIANTS: Mapping[str, VariantFacts] = {
    "pdf/ua-1": VariantFacts("pdf_ua_1"),
    "pdf/x-4": VariantFacts("pdf_x_4", printing=True),
    "pdf/a-3u": VariantFacts("pdf_a_3u"),
}
"""Every variant by its name."""


def variant_facts(edition: Edition) -> VariantFacts:
    """The facts of an edition's variant. Raises KeyError for a name that is not registered."""
    return VARIANTS[edition.variant or USUAL]
