"""The package's accessibility metadata (EPUB Accessibility 1.1; schema.org's accessibility terms)."""

from __future__ import annotations

from collections.abc import Iterator

from book.epub.features import Features
from book.epub.markup import XML_LANG
from book.epub.metadata import Meta, meta
from book.model.settings import Settings

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""The conformance statement, in the wording that EPUB Accessibility 1.1, 4.2 requires."""


def accessibility(settings: Settings, features: Features) -> tuple[Meta, ...]:
    """The accessibility metadata of a book with these features; only what was found is declared.

    Conformance is declared only if the checks of this very book hold (text alternatives, order of headings, text that
    can be enlarged) and the settings name who certifies it, which EPUB Accessibility 1.1, 4.2 requires.
    """
    return (
        *(meta("schema:accessMode", mode) for mode in _modes(features)),
        *(meta("schema:accessModeSufficient", modes) for modes in _sufficient(features)),
        *(meta("schema:accessibilityFeature", name) for name in _declared(features)),
        meta("schema:accessibilityHazard", "unknown" if features.animated else "none"),
        meta("schema:accessibilitySummary", _summary(features), **{XML_LANG: "en"}),
        *_conformance(settings, features),
    )


def _modes(features: Features) -> tuple[str, ...]:
    """The senses that the content addresses (`accessMode`)."""
    return ("textual", "visual") if features.pictures else ("textual",)


def _sufficient(features: Features) -> Iterator[str]:
    """The sets of senses each of which is enough to read everything (`accessModeSufficient`)."""
    if features.described:
        yield "textual"
    if features.pictures:
        yield "textual,visual"


def _declared(features: Features) -> Iterator[str]:
    """The accessibility features in schema.org's terms, sorted."""
    found = {
        "MathML": features.math,
        "alternativeText": features.pictures and features.described,
        "displayTransformability": features.adaptable,
        "index": features.index,
        "longDescription": features.extended,
        "pageBreakMarkers": features.pages,
        "pageNavigation": features.pages,
        "printPageNumbers": features.pages,  # the older name of the two, which most libraries still look for
        "readingOrder": True,
        "structuralNavigation": features.headings,
        "tableOfContents": True,
        "unlocked": True,
    }
    return (name for name, present in sorted(found.items()) if present)


def _summary(features: Features) -> str:
    """The same as English sentences, for people."""
    sentences = ["The text is in reading order, with a table of contents and landmarks."]
    if features.headings:
        sentences.append(
            "Headings show the structure." if features.ordered else "Headings show the structure; levels are skipped."
        )
    if features.notes:
        sentences.append("Notes are linked with the places that call them.")
    if features.index:
        sentences.append("The entries of the index are linked with the passages they point to.")
    if features.pages:
        sentences.append("The pages of the print edition are marked and listed.")
    if features.pictures:
        described = "Every picture has" if features.described else "Not every picture has"
        sentences.append(f"{described} a text alternative.")
    if features.extended:
        sentences.append("Pictures that need one have a long description, which they refer to.")
    if not features.adaptable:
        sentences.append("The size of some text is fixed.")
    return " ".join(sentences)


def _conformance(settings: Settings, features: Features) -> Iterator[Meta]:
    """The conformance statement, and the name of who makes it."""
    if settings.certified_by and features.described and features.ordered and features.adaptable:
        yield meta("dcterms:conformsTo", CONFORMANCE, id="conformance", **{XML_LANG: "en"})
        yield meta("a11y:certifiedBy", settings.certified_by, refines="#conformance")
