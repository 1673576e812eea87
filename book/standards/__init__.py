"""Variants of a PDF: the standards that it can keep.

A variant is one module with `VARIANT`, data and small functions that bind merges into what all PDFs
have in common, and one line here; the key is what `variant = "…"` in `book.toml` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from book.model.editions import Stylesheet
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.problem import Problem

if TYPE_CHECKING:
    from pikepdf import Pdf


def _no_stylesheets(_edition: Edition) -> tuple[Stylesheet, ...]:
    """Of a variant that looks like any PDF."""
    return ()


class Finisher:
    """The last hand on a PDF that is written part by part; this one, of a variant like any PDF, changes nothing."""

    def __init__(self, paged: PagedVolume) -> None:
        """For one volume."""
        self.paged = paged

    @property
    def key(self) -> bytes:
        """All that `finish_pages` depends on besides the pages: the variant, and what its edition says of it."""
        return (self.paged.volume.edition.variant or DEFAULT).encode()

    def finish_pages(self, part: Pdf) -> None:
        """Change the pages of a part before they are written."""

    def finish_file(self, part: Pdf) -> None:
        """Change the catalogue and what it leads to, in the last part, which has no pages."""


def _no_problems(_paged: PagedVolume) -> Iterator[Problem]:
    """Of a variant that any pages will do for."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Variant:
    """What sets a standard apart from the others."""

    version: str
    """The version of PDF it stands on."""
    metadata: Mapping[str, str]
    """Its own XMP properties."""
    stylesheets: Callable[[Edition], tuple[Stylesheet, ...]] = field(default=_no_stylesheets)
    """What it adds to the stylesheets of an edition, last in the cascade."""
    on_screen: bool = True
    """Whether it is also read on a screen: has links, and a structure tree."""
    finisher: Callable[[PagedVolume], Finisher] = field(default=Finisher)
    """What it does to a PDF while that is written."""
    examine: Callable[[PagedVolume], Iterator[Problem]] = field(default=_no_problems)
    """What is wrong with pages for this variant."""


DEFAULT = "pdf/ua-1"
"""The variant of an edition that names none."""

VARIANTS: Mapping[str, str] = {
    "pdf/ua-1": "book.standards.pdf_ua_1",
    "pdf/x-4": "book.standards.pdf_x_4",
    "pdf/a-3u": "book.standards.pdf_a_3u",
}
"""The module of every variant; it is imported when an edition asks for it."""


def variant_of(edition: Edition) -> Variant:
    """The variant of a PDF edition."""
    variant: Variant = import_module(VARIANTS[edition.variant or DEFAULT]).VARIANT
    return variant
