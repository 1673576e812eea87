"""Letters that a face has only in parts: Source Serif's italic has no ǎ, but an a and a caron, and one for capitals."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pypdfium2 as pdfium

from book.pdf.typefaces import characters, combine_uses
from tests.pressed import press_html

WORDS = "xiǎokāng, Ǎ, ế and ḿ"
PLANNED = "html { text-wrap: pretty }"


def test_they_are_set_in_that_face_and_read_as_they_are(tmp_path: Path) -> None:
    fragment = press_html(tmp_path, f"<p>A <i>{WORDS}</i>.", PLANNED)
    uses = combine_uses(fragment.faces)
    (roman,) = (use for name, use in uses.items() if name.endswith("Source-Serif-Pro"))
    (italic,) = (use for name, use in uses.items() if name.endswith("Italic"))
    assert set(characters(roman).values()) <= set("A .")
    assert {"a", "\u030c", "ê", "\u0301"} <= set(characters(italic).values())


def test_the_text_of_a_fragment_is_the_text_that_was_written(tmp_path: Path) -> None:
    fragment = press_html(tmp_path, f"<p>A <i>{WORDS}</i> and x̌, a <b>{WORDS}</b>.", PLANNED)
    text = pdfium.PdfDocument(fragment.pdf)[0].get_textpage().get_text_range()
    written = f"A {WORDS} and x̌, a {WORDS}."
    assert normalize("NFC", "".join(text.split())) == normalize("NFC", "".join(written.split()))  # a mark has no width
