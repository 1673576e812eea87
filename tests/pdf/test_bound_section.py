from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from book.build import build_book
from book.store.store import FOLDER
from tests.colour_profile import colour_profile

if TYPE_CHECKING:
    from tests.conftest import MakeBook

SETTINGS = '[book]\ntitle = "B"\n[editions.print]\noutput = "pdf"\n'
SHOP = SETTINGS + 'variant = "pdf/x-4"\nprinting = {{ profile = "p.icc", marks = {marks} }}\n'


def chapter(number: int, words: str = "Some words.", paragraphs: int = 3) -> str:
    return f"---\ntitle: Chapter {number}\n---\n\n" + f"{words}\n\n" * paragraphs


def several(make_book: MakeBook) -> Path:
    """A book of five chapters."""
    chapters = {f"chapters/0{number}.md": chapter(number) for number in range(1, 6)}
    return make_book({"book.toml": SETTINGS, "chapters/01-first.md": None, **chapters})


def kept(output: Path) -> set[Path]:
    """The bound sections in the store of an output folder."""
    return {path for path in (output / FOLDER / "sections").rglob("*") if path.is_file()}


def test_a_section_that_stays_as_it_is_is_bound_once(make_book: MakeBook, tmp_path: Path) -> None:
    root, output = several(make_book), tmp_path / "out"
    build_book(root, output=output, jobs=1)
    before = kept(output)
    (root / "chapters" / "03.md").write_text(chapter(3, "Same words."))
    build_book(root, output=output, jobs=1)
    assert len(before) > 6
    assert len(kept(output) - before) == 1


def test_a_section_that_grows_by_paragraphs_leaves_those_after_it_as_they_are(
    make_book: MakeBook, tmp_path: Path
) -> None:
    root, output = several(make_book), tmp_path / "out"
    build_book(root, output=output, jobs=1)
    before = kept(output)
    (root / "chapters" / "01.md").write_text(chapter(1, paragraphs=6))
    build_book(root, output=output, jobs=1)
    assert len(kept(output) - before) == 1


def test_a_damaged_section_is_bound_again_with_a_warning(make_book: MakeBook, tmp_path: Path) -> None:
    root, output = several(make_book), tmp_path / "out"
    build_book(root, output=output, jobs=2)
    for path in kept(output):
        path.write_bytes(path.read_bytes()[:-1])
    (root / "chapters" / "03.md").write_text(chapter(3, "Same words."))
    report = build_book(root, output=output, jobs=2)
    build_book(root, output=tmp_path / "fresh", jobs=2)
    places = [problem.at.path for problem in report.problems if problem.code == "damaged-store"]
    assert len(places) > 6
    assert all(place.startswith(".store/sections/") for place in places)
    assert (output / "print.pdf").read_bytes() == (tmp_path / "fresh" / "print.pdf").read_bytes()


def test_sections_are_bound_again_when_the_print_shop_asks_for_something_else(
    make_book: MakeBook, tmp_path: Path
) -> None:
    profile = colour_profile()
    root = make_book({"book.toml": SHOP.format(marks="true"), "p.icc": profile})
    output = tmp_path / "out"
    build_book(root, output=output, jobs=1)
    sheets = []
    for marks in ("true", "false"):
        (root / "book.toml").write_text(SHOP.format(marks=marks))
        build_book(root, output=output, jobs=1)
        build_book(root, output=tmp_path / marks, jobs=1)
        assert (output / "print.pdf").read_bytes() == (tmp_path / marks / "print.pdf").read_bytes()
        with pikepdf.open(output / "print.pdf") as pdf:
            sheets.append([float(value) for value in pdf.pages[0].mediabox])
    assert sheets[0] != sheets[1]


def test_editions_that_differ_in_their_variant_do_not_share_sections(make_book: MakeBook, tmp_path: Path) -> None:
    archive = '[editions.archive]\noutput = "pdf"\nvariant = "pdf/a-3u"\n'
    root = make_book({"book.toml": SETTINGS + archive})
    build_book(root, output=tmp_path / "both", jobs=1)
    build_book(root, ["archive"], output=tmp_path / "one", jobs=1)
    assert (tmp_path / "both" / "archive.pdf").read_bytes() == (tmp_path / "one" / "archive.pdf").read_bytes()
