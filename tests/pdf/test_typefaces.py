from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from book.language.faces import FACES
from book.language.fonts import font_files
from book.model.fragments import Face
from book.pdf.typefaces import characters, combine_uses, subset
from tests.pressed import press_html

LATIN = str(font_files()[0].path)
CID_KEYED = [face.path for face in FACES if face.path and face.path.suffix == ".otf"]


def outline(font: TTFont, glyph: int) -> Sequence[object]:
    from fontTools.pens.recordingPen import RecordingPen

    pen = RecordingPen()
    font.getGlyphSet()[font.getGlyphOrder()[glyph]].draw(pen)
    return pen.value  # type: ignore[no-any-return]


def test_the_fonts_of_all_fragments_are_united_by_name() -> None:
    found = combine_uses(
        [
            Face("A", "a", 0, {1: 500}, {1: "x"}),
            Face("B", "b", 0, {}, {}),
            Face("A", "a2", 0, {2: 600}, {1: "y", 2: "z"}),
        ]
    )
    assert list(found) == ["A", "B"]
    assert found["A"].face.file == "a"
    assert found["A"].widths == {1: 500, 2: 600}
    assert found["A"].texts == {1: "x", 2: "z"}


def test_a_glyph_without_a_text_takes_that_of_another_fragment() -> None:
    found = combine_uses([Face("A", "a", 0, {}, {1: "", 2: ""}), Face("A", "a", 0, {}, {1: "x"})])
    assert found["A"].texts == {1: "x", 2: ""}


def test_an_ellipsis_does_not_stand_for_the_words_that_it_leaves_out(tmp_path: Path) -> None:
    cut = "overflow: hidden; text-overflow: ellipsis; white-space: nowrap; width: 100pt"
    fragment = press_html(tmp_path, f"<p style='{cut}'>Words that are cut where the line is full</p>")
    (use,) = combine_uses(fragment.faces).values()
    assert max(map(len, use.texts.values())) > 10, "else the engine has mended this"
    assert max(map(len, characters(use).values())) == 1
    assert "…" in characters(use).values()


def test_every_glyph_is_mapped_to_some_character(built_torture: Path) -> None:
    pdf = pikepdf.open(built_torture / "print.pdf")
    maps = [
        font.ToUnicode.read_bytes()
        for font in pdf.objects
        if isinstance(font, pikepdf.Dictionary) and "/ToUnicode" in font
    ]
    assert len(maps) > 5
    assert any(b"<200d>" in one for one in maps), "a glyph that is part of a letter"
    assert not any(b"<>" in one for one in maps)


def test_a_subset_keeps_the_glyphs_it_is_asked_for_under_their_own_ids() -> None:
    whole = TTFont(LATIN)
    glyph = whole.getGlyphID(whole.getBestCmap()[ord("g")])
    small = subset(LATIN, 0, frozenset({glyph}))
    assert len(small) < Path(LATIN).stat().st_size / 5
    assert outline(TTFont(BytesIO(small)), glyph) == outline(whole, glyph)


@pytest.mark.parametrize("path", CID_KEYED, ids=lambda path: path.stem)
def test_a_font_with_character_identifiers_of_its_own_is_numbered_by_glyph(path: Path) -> None:
    whole = TTFont(path)
    glyph = whole.getGlyphID(whole.getBestCmap()[ord("村")])
    assert whole["CFF "].cff[0].charset[glyph] != f"cid{glyph:05}", "else there is nothing to show"
    small = TTFont(BytesIO(subset(str(path), 0, frozenset({glyph}))))
    assert small["CFF "].cff[0].charset[glyph] == f"cid{glyph:05}"
    assert outline(small, glyph) == outline(whole, glyph)
