"""Names in the package."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from book.project.names import document_address, document_name, image_name

paths = st.text(min_size=1, max_size=30).filter(lambda text: not text.startswith("/"))


def test_a_plain_path_stays_readable() -> None:
    assert image_name("chapters/images/terraces.jpg") == "chapters-images-terraces.jpg"


def test_what_is_lost_is_made_up_for_by_a_hash() -> None:
    assert re.fullmatch(r"images-caf-map-[0-9a-f]{8}\.png", image_name("images/Café map.PNG"))
    assert re.fullmatch(r"[0-9a-f]{8}\.png", image_name("图.png"))


def test_paths_that_look_alike_get_different_names() -> None:
    alike = ["a/b/c.png", "a-b/c.png", "a/b-c.png", "A/b/c.png", "a/b/c.PNG", "a b/c.png"]
    assert len({image_name(path) for path in alike}) == len(alike)


@given(paths)
def test_names_are_lower_case_ascii_without_spaces(path: str) -> None:
    assert re.fullmatch(r"[a-z0-9_][a-z0-9_-]*(\.[a-z0-9]+)?", image_name(path))


@given(st.lists(paths, unique=True, min_size=2))
def test_different_paths_have_different_names(several: list[str]) -> None:
    assert len({image_name(path) for path in several}) == len(several)


@pytest.mark.parametrize("slug", ["precision", "a.b", "Results_2"])
def test_a_plain_slug_is_the_name_of_its_document(slug: str) -> None:
    assert document_name(slug) == f"{slug}.xhtml"


@pytest.mark.parametrize(
    ("slug", "pattern"), [("第一章", r"section-[0-9a-f]{8}\.xhtml"), ("café", r"caf-[0-9a-f]{8}\.xhtml")]
)
def test_a_slug_that_is_not_ascii_gives_a_name_that_is(slug: str, pattern: str) -> None:
    assert re.fullmatch(pattern, document_name(slug))


def test_the_address_of_an_anchor_keeps_its_id() -> None:
    assert document_address("precision#audits") == "precision.xhtml#audits"
    assert document_address("precision") == "precision.xhtml"
