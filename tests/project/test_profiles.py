from __future__ import annotations

import pytest

from book.project.profiles import condition, description, profile_fault, srgb_profile
from tests.colour_profile import colour_profile


@pytest.mark.parametrize(
    ("name", "registered"),
    [
        ("Coated FOGRA39 (ISO 12647-2:2004)", "FOGRA39"),
        ("PSO Uncoated v3 (FOGRA52)", "FOGRA52"),
        ("PSOuncoated_v3_FOGRA52", "FOGRA52"),
        ("ISO Coated v2 300% (ECI)", "FOGRA39"),
        ("U.S. Web Coated (SWOP) v2", "CGATS TR 001"),
        ("Coated GRACoL 2006 (ISO 12647-2:2004)", "CGATS TR 006"),
        ("Our own press", None),
    ],
)
def test_the_printing_condition_is_told_by_the_description(name: str, registered: str | None) -> None:
    assert description(colour_profile(name)) == name
    assert condition(colour_profile(name)) == registered


def test_a_profile_that_names_its_condition_is_believed() -> None:
    profile = colour_profile("Our own press")
    named = profile.replace(b"cprt", b"targ", 1).replace(
        b"No rights reserved (CC0 1.0)", b"ICCHDAT FOGRA51".ljust(28, b"\0")
    )
    assert condition(named) == "FOGRA51"


def test_the_description_is_read_in_version_4_too() -> None:
    assert description(srgb_profile()) == "sRGB2014"
    assert description(colour_profile("Prüfdruck")) == "Prüfdruck"


def test_what_is_no_profile_has_no_name_and_no_condition() -> None:
    assert description(b"no profile") == ""
    assert condition(b"no profile") is None


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"", "is not an ICC profile"),
        (b"\0" * 200, "is not an ICC profile"),
        (colour_profile()[:150], "is not an ICC profile"),
        (srgb_profile(), "is not the profile of a printing condition"),
        (colour_profile(space=b"GRAY"), "is a profile for GRAY, not for CMYK"),
        (colour_profile().replace(b"B2A0", b"none", 1), "has no table to convert colours into inks"),
        (colour_profile(), None),
    ],
)
def test_only_the_output_profile_of_a_press_will_do(data: bytes, fault: str | None) -> None:
    assert profile_fault(data) == fault
