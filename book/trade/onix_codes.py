"""Codes of ONIX for Books (EDItEUR) for terms of other vocabularies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

ROLES: Mapping[str, str] = {
    "abr": "B04", "adp": "B05", "aft": "A19", "ann": "A20", "art": "A07", "aui": "A24", "aut": "A01", "bjd": "A36",
    "bkd": "A11", "cmm": "A21", "com": "C01", "cov": "A36", "ctb": "A32", "ctg": "A39", "cur": "C04", "cwt": "A21",
    "drm": "A35", "edc": "C01", "edt": "B01", "ill": "A12", "ive": "A44", "ivr": "A43", "nrt": "E07", "pht": "A13",
    "res": "A51", "spk": "E09", "trc": "B33", "trl": "B06", "wac": "A21", "wat": "A32", "win": "A24", "wpr": "A15",
    "wst": "A32",
}  # fmt: skip
"""List 17 by MARC relator; any other relator is `Z99` (other)."""

FEATURES: Mapping[tuple[str, str], Sequence[str]] = {
    ("schema:accessibilityFeature", "unlocked"): ("10",),
    ("schema:accessibilityFeature", "tableOfContents"): ("11",),
    ("schema:accessibilityFeature", "index"): ("12",),
    ("schema:accessibilityFeature", "readingOrder"): ("13",),
    ("schema:accessibilityFeature", "alternativeText"): ("14",),
    ("schema:accessibilityFeature", "longDescription"): ("15",),
    ("schema:accessibilityFeature", "MathML"): ("17",),
    ("schema:accessibilityFeature", "pageBreakMarkers"): ("19",),
    ("schema:accessibilityFeature", "structuralNavigation"): ("29",),
    ("schema:accessibilityFeature", "ARIA"): ("30",),
    ("schema:accessibilityFeature", "displayTransformability"): ("36",),
    ("schema:accessibilityFeature", "pageNavigation"): ("41",),
    ("schema:accessModeSufficient", "textual"): ("52",),
    ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"): ("04", "82", "85"),
}
"""List 196 by the accessibility metadata that an EPUB declares."""

DESCRIBED = {"schema:accessibilitySummary": "00", "a11y:certifiedBy": "90"}
"""List 196 by accessibility metadata whose value is text."""
