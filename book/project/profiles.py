"""What an ICC profile says of itself (ICC.1:2010, 7.2 and 9.2), as Little CMS reads it."""

from __future__ import annotations

import re
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageCms import ImageCmsProfile

_CONDITIONS = {
    "iso coated v2": "FOGRA39",
    "pso coated v3": "FOGRA51",
    "pso uncoated iso12647": "FOGRA47",
    "gracol 2006": "CGATS TR 006",
    "web coated (swop) v2": "CGATS TR 001",
}
"""Registered conditions of profiles that do not name theirs, by a part of their description."""


def profile_fault(data: bytes) -> str | None:
    """Why a file cannot be used as the profile of a printing condition; None if it can.

    PDF/X-4 requires a CMYK output profile (ISO 15930-7) with a table to convert into it.
    """
    from PIL import ImageCms

    opened = _open(data)
    if opened is None:
        return "is not an ICC profile"
    profile = opened.profile
    if profile.device_class != "prtr":
        return "is not the profile of a printing condition"
    if profile.xcolor_space != "CMYK":
        return f"is a profile for {profile.xcolor_space.strip()}, not for CMYK"
    if not profile.is_intent_supported(ImageCms.Intent.PERCEPTUAL, ImageCms.Direction.OUTPUT):
        return "has no table to convert colours into inks"
    return None


def description(data: bytes) -> str:
    """The name of a profile, as it contains it; empty if it has none."""
    profile = _open(data)
    return (profile.profile.profile_description or "") if profile else ""


def condition(data: bytes) -> str | None:
    """The name of a profile's printing condition in the ICC's registry of characterisation data, if known.

    A profile may contain it (ICC.1:2010, 9.2.14); some well-known ones are recognised by their description.
    """
    profile = _open(data)
    registered = (profile.profile.target or "") if profile else ""
    if registered.startswith("ICCHDAT "):
        return registered.removeprefix("ICCHDAT ").strip()
    name = description(data)
    if found := re.search(r"FOGRA ?(\d\d)", name, re.IGNORECASE):
        return f"FOGRA{found[1]}"
    folded = re.sub(r"[\s_]+", " ", name).casefold()
    return next((known for part, known in _CONDITIONS.items() if part in folded), None)


def srgb_profile() -> bytes:
    """The profile of sRGB (IEC 61966-2-1), as the ICC publishes it; the layout engine's package holds it."""
    spec = find_spec("weasyprint")
    assert spec is not None, "the layout engine is a dependency"
    assert spec.origin is not None, "a package has a file"
    return (Path(spec.origin).parent / "pdf" / "sRGB2014.icc").read_bytes()


def _open(data: bytes) -> ImageCmsProfile | None:
    """A profile as Little CMS reads it; None where it is none."""
    from PIL import ImageCms

    try:
        return ImageCms.ImageCmsProfile(BytesIO(data))
    except OSError:
        return None
