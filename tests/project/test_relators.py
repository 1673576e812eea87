"""The MARC list of relators."""

from __future__ import annotations

import pytest

from book.project.relators import relator_hint, relators


def test_the_list_has_codes_of_three_letters_and_a_term_for_each() -> None:
    assert len(relators()) == 295
    assert all(len(code) == 3 and code.isalpha() and code.islower() and term for code, term in relators().items())
    assert relators()["trl"] == "translator"
    assert relators()["wpr"] == "writer of preface"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("translator", 'write "trl" for translator'),
        ("Ilustrator", 'write "ill" for illustrator'),
        ("TRL", 'write "trl" for translator'),
        ("xyzzy", 'codes are those of the MARC list of relators: "trl" for a translator'),
    ],
)
def test_a_word_in_place_of_a_code_gives_the_code_to_write(written: str, hint: str) -> None:
    assert relator_hint(written) == hint
