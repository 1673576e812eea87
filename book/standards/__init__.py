"""Variants of a PDF: the standards that it can conform to.

A variant is a module with `VARIANT`, which holds data and small functions that `bind` calls, and a line in
`project/variants.py`, whose key is the value of `variant` in `book.toml`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from book.model.fragments import Stylesheet
from book.model.pages import PagedVolume
from book.model.settings import Edition
from book.problem import Problem
from book.project.variants import USUAL, variant_facts

if TYPE_CHECKING:
    from pikepdf import Pdf


def _no_stylesheets(_edition: Edition) -> tuple[Stylesheet, ...]:
    """The stylesheets of a variant that adds none."""
    return ()


class Finisher:
    """Callbacks that change a PDF while it is written part by part; this base class changes nothing."""

    def __init__(self, paged: PagedVolume) -> None:
        """Create the callbacks for one volume."""
        self.paged = paged

    @property
    def key(self) -> bytes:
        """For a cache key: everything that `finish_pages` depends on besides the pages (the variant, its settings)."""
        return (self.paged.volume.edition.variant or USUAL).encode()

    def finish_pages(self, part: Pdf) -> None:
        """Change the pages of a part before they are written."""

    def finish_file(self, part: Pdf) -> None:
        """Change the catalogue and what it refers to, in the last part, which has no pages."""


def _no_problems(_paged: PagedVolume) -> Iterator[Problem]:
    """The problems of a variant that accepts any pages."""
    return iter(())


@dataclass(frozen=True, slots=True)
class Variant:
    """What distinguishes one standard from the others."""

    version: str
    """The PDF version that it is based on."""
    metadata: Mapping[str, str]
    """XMP properties of its own."""
    stylesheets: Callable[[Edition], tuple[Stylesheet, ...]] = field(default=_no_stylesheets)
    """Stylesheets that it adds to an edition's, last in the cascade."""
    on_screen: bool = True
    """Whether it is also read on screens, and so has links and a structure tree."""
    finisher: Callable[[PagedVolume], Finisher] = field(default=Finisher)
    """Its callbacks."""
    examine: Callable[[PagedVolume], Iterator[Problem]] = field(default=_no_problems)
    """Finds problems of finished pages for this variant."""


def variant_of(edition: Edition) -> Variant:
    """The variant of a PDF edition."""
    variant: Variant = import_module(f"{__name__}.{variant_facts(edition).module}").VARIANT
    return variant
