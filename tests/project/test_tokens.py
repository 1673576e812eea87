"""Values of design tokens, read from stylesheets."""

from __future__ import annotations

import pytest

from book.project.tokens import token_faults


@pytest.mark.parametrize(
    ("css", "faults"),
    [
        (":root { --title-size: inherit; --ink: Initial; --rule: unset !important }", 0),
        (":root { --title-size: 2 }", 1),
        (':root { --ornament: "; }"; --ink: #00q }', 1),
        (":root { --line: 14pt } p { --line: 14 }", 1),
    ],
)
def test_a_value_ends_with_its_declaration_and_may_be_one_that_every_property_has(css: str, faults: int) -> None:
    assert len(list(token_faults(css))) == faults
