from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import page
import pikepdf
import pytest
from pikepdf import Name
from PIL import Image

from book.build import build_book
from book.model.settings import Edition
from book.outputs import writer
from book.project.config import load_project
from book.project.outputs import OUTPUTS
from book.project.variants import VARIANTS
from book.standards import variant_of
from tests.colour_profile import colour_profile
from tests.conftest import build_once, shared_folder
from tests.preflight import picture, preflight
from tests.readers import PdfReader, squeeze

if TYPE_CHECKING:
    from tests.conftest import MakeBook

EDITIONS = """
[editions.shop]
output = "pdf"
variant = "pdf/x-4"
printing = { profile = "profiles/press.icc" }

[editions.library]
output = "pdf"
variant = "pdf/a-3u"
"""
COLOURED = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<defs>
<linearGradient id="g"><stop offset="0" stop-color="#000030"/><stop offset="0.4" stop-color="#f80"/>
<stop offset="1" stop-color="#080" stop-opacity="0.2"/></linearGradient>
<pattern id="p" width="10" height="10" patternUnits="userSpaceOnUse"><circle cx="5" cy="5" r="3" fill="#c00"/></pattern>
</defs>
<rect width="100" height="100" fill="url(#g)"/><rect x="100" width="100" height="100" fill="url(#p)" opacity="0.5"/>
<text x="20" y="50" fill="black">black</text>
</svg>
"""


def photograph() -> Image.Image:
    """A picture with every hue, and a corner that is nearly black."""
    wide, high = (
        Image.linear_gradient("L").resize((1200, 800)),
        Image.linear_gradient("L").rotate(90).resize((1200, 800)),
    )
    made = Image.merge("RGB", (wide, high, Image.radial_gradient("L").resize((1200, 800))))
    made.paste((6, 0, 20), (0, 0, 300, 300))
    return made


def showing_pictures(reader: PdfReader) -> list[int]:
    """The pages, 0-based, with the pictures made up here; not the list of them."""
    return [
        number
        for number, text in enumerate(reader.texts)
        if "Madeup" in squeeze(text) and reader.labels[number].isdigit()
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, sample: Path) -> Path:
    """The sample book with a photograph and a coloured figure, for a print shop and for a library."""
    root = tmp_path_factory.mktemp("variants") / "project"
    for folder in ("chapters", "transcripts"):
        shutil.copytree(sample / folder, root / folder)
    shutil.copy(sample / "sources.yaml", root)
    settings = (sample / "book.toml").read_text(encoding="utf-8").partition("[editions.")[0]
    (root / "book.toml").write_text(settings + EDITIONS, encoding="utf-8")
    (root / "profiles").mkdir()
    (root / "profiles/press.icc").write_bytes(colour_profile())
    photograph().save(root / "chapters/images/photograph.jpg", quality=90)
    photograph().resize((900, 600)).save(root / "chapters/images/drawing.png")
    (root / "chapters/images/coloured.svg").write_text(COLOURED, encoding="utf-8")
    with (root / "chapters/03-precision.md").open("a", encoding="utf-8") as chapter:
        for name in ("photograph.jpg", "drawing.png", "coloured.svg"):
            chapter.write(f'\n![A made-up picture](images/{name} "Made up")\n')
    return build_once(shared_folder(tmp_path_factory) / "variants", root)


# --- PDF/X-4 ------------------------------------------------------------------------------------


def test_a_pdf_x_4_passes_the_preflight(built: Path) -> None:
    assert preflight(built / "shop.pdf") == []
    assert subprocess.run(["qpdf", "--check", built / "shop.pdf"], check=False, capture_output=True).returncode == 0


def test_the_preflight_finds_what_is_wrong_with_a_pdf_for_the_screen(built: Path) -> None:
    faults = preflight(built / "library.pdf")
    wanted = {"0 output intents", "a page has annotations", "the operator rg", "Trapped is not False", "no DocumentID"}
    assert wanted <= set(faults)
    assert any("box" in fault for fault in faults)


def test_no_page_of_text_has_any_ink_but_black(built: Path) -> None:
    command = ["gs", "-q", "-dUseTrimBox", "-sDEVICE=inkcov", "-o", "-", str(built / "shop.pdf")]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    coverage = [[float(word) for word in line.split()[:4]] for line in said.splitlines() if "CMYK OK" in line]
    reader = PdfReader(built / "shop.pdf")
    coloured = set(showing_pictures(reader))
    assert "Error" not in said
    assert len(coverage) == len(reader.texts)
    assert {number for number, ink in enumerate(coverage) if any(ink[:3])} == coloured
    assert coloured
    assert sum(ink[3] > 0.01 for ink in coverage) > 20


def test_text_and_pictures_look_as_on_the_screen(built: Path) -> None:
    shop, library = PdfReader(built / "shop.pdf"), PdfReader(built / "library.pdf")
    assert [squeeze(text) for text in shop.texts] == [squeeze(text) for text in library.texts]
    number = showing_pictures(shop)[0]
    left, bottom, right, top = (float(value) for value in shop.pdf.pages[number].mediabox)
    crop = (
        -left,
        -bottom,
        right - float(shop.pdf.pages[number].trimbox[2]),
        top - float(shop.pdf.pages[number].trimbox[3]),
    )
    printed = shop.document[number].render(crop=crop).to_pil().convert("RGB").resize((60, 90))
    shown = library.document[number].render().to_pil().convert("RGB").resize((60, 90))
    pairs = zip(printed.tobytes(), shown.tobytes(), strict=True)
    assert sum(abs(one - other) for one, other in pairs) / (60 * 90 * 3) < 25


def test_photographs_stay_jpeg_and_drawings_stay_exact(built: Path) -> None:
    with pikepdf.open(built / "shop.pdf") as pdf:
        images = [
            item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == Name.Image
        ]
        filters = {(int(image.Width), str(image.Filter), str(image.ColorSpace)) for image in images}
        sizes = {picture(image).size for image in images}
    assert filters == {(1200, "/DCTDecode", "/DeviceCMYK"), (900, "/FlateDecode", "/DeviceCMYK")}
    assert sizes == {(1200, 800), (900, 600)}


def test_crop_marks_stand_outside_the_bleed_in_the_colour_of_all_inks(built: Path) -> None:
    with pikepdf.open(built / "shop.pdf") as pdf:
        for one in pdf.pages:
            marks = pikepdf.parse_content_stream(one)[:30]
            assert one.Resources.ColorSpace.Registration[1] == Name.All
            left, bottom, right, top = (float(value) for value in one.obj.BleedBox)
            ends = [[float(value) for value in mark.operands] for mark in marks if str(mark.operator) in "ml"]
            assert len(ends) == 16
            assert not any(left < x < right and bottom < y < top for x, y in ends)
            trim = [float(value) for value in one.obj.TrimBox]
            assert all(x in (trim[0], trim[2]) or y in (trim[1], trim[3]) for x, y in ends)


def test_the_condition_is_the_one_that_the_profile_names(built: Path) -> None:
    with pikepdf.open(built / "shop.pdf") as pdf:
        (intent,) = pdf.Root.OutputIntents
        assert str(intent.OutputConditionIdentifier) == "FOGRA39"
        assert str(intent.Info) == "Invented press (FOGRA39)"
        assert intent.DestOutputProfile.read_bytes() == colour_profile()


def test_there_is_neither_a_link_nor_a_structure_tree_but_folios_and_outline(built: Path) -> None:
    reader = PdfReader(built / "shop.pdf")
    assert list(reader.links()) == []
    assert "/StructTreeRoot" not in reader.pdf.Root
    assert "1" in reader.labels
    with reader.pdf.open_outline() as outline:
        assert len(outline.root) > 5


def shop(**printing: str) -> str:
    """A `book.toml` with an edition for a print shop."""
    values = ", ".join(
        f"{key.replace('_', '-')} = {value}" for key, value in {"profile": '"p.icc"', **printing}.items()
    )
    return f'[book]\ntitle = "B"\n[editions.shop]\noutput = "pdf"\nvariant = "pdf/x-4"\nprinting = {{ {values} }}\n'


def test_bleed_marks_ink_limit_and_condition_are_as_the_print_shop_says(make_book: MakeBook, tmp_path: Path) -> None:
    settings = shop(bleed='"5mm"', marks="false", ink_limit="240", condition='"FOGRA47"')
    style = "@page { background: #0a0020 } p { color: device-cmyk(1 1 1 1) }"
    root = make_book({"book.toml": settings + 'styles = ["dark.css"]\n', "p.icc": colour_profile(), "dark.css": style})
    build_book(root, output=tmp_path / "out", jobs=1)
    assert preflight(tmp_path / "out/shop.pdf", bleed=5, ink_limit=240) == []
    reader = PdfReader(tmp_path / "out/shop.pdf")
    first = reader.pdf.pages[0]
    assert str(reader.pdf.Root.OutputIntents[0].OutputConditionIdentifier) == "FOGRA47"
    assert list(first.mediabox) == list(first.obj.BleedBox)
    corner = reader.document[0].render(scale=1).to_pil().convert("L").getpixel((2, 2))
    assert isinstance(corner, int)
    assert corner < 128, "the background does not reach into the bleed"


def test_a_blank_page_has_the_boxes_and_marks_of_the_others(built: Path) -> None:
    reader = PdfReader(built / "shop.pdf")
    blank = [number for number, text in enumerate(reader.texts) if not squeeze(text)]
    assert blank
    boxes = {
        str([str(reader.pdf.pages[number].obj[key]) for key in ("/TrimBox", "/MediaBox")]) for number in (0, *blank)
    }
    assert len(boxes) == 1


def test_a_picture_with_too_few_pixels_is_a_warning_where_it_is_shown(make_book: MakeBook, tmp_path: Path) -> None:
    photograph().resize((300, 200)).save(tmp_path / "small.png")
    chapter = "---\ntitle: First\n---\n\nA talk [@talk-2013].\n\n![Hills](small.png)\n"
    files: Mapping[str, str | bytes] = {
        "book.toml": shop() + '[editions.screen]\noutput = "pdf"\n',
        "p.icc": colour_profile(),
        "chapters/01-first.md": chapter,
        "chapters/small.png": (tmp_path / "small.png").read_bytes(),
    }
    report = build_book(make_book(files), output=tmp_path / "out", jobs=1)
    (problem,) = report.problems
    assert problem.code == "low-resolution"
    assert (problem.at.path, problem.at.line) == ("chapters/01-first.md", 7)
    assert "96 pixels" in problem.message


@pytest.mark.parametrize(
    ("files", "code", "line"),
    [
        ({"book.toml": shop()}, "missing-profile", 6),
        ({"book.toml": shop(), "p.icc": b"not a profile" * 20}, "invalid-profile", 6),
        ({"book.toml": shop(), "p.icc": colour_profile(space=b"RGB ")}, "invalid-profile", 6),
        ({"book.toml": shop(), "p.icc": colour_profile(kind=b"mntr")}, "invalid-profile", 6),
        ({"book.toml": shop(profile='"../p.icc"')}, "outside-project", 6),
        ({"book.toml": shop().partition("printing")[0]}, "missing-profile", 5),
        ({"book.toml": shop().replace("pdf/x-4", "pdf/a-3u"), "p.icc": colour_profile()}, "invalid-value", 6),
        ({"book.toml": shop(bleed='"3"'), "p.icc": colour_profile()}, "invalid-value", 6),
        ({"book.toml": shop(bleed='"2in"'), "p.icc": colour_profile()}, "invalid-value", 6),
        ({"book.toml": shop(ink_limit="30"), "p.icc": colour_profile()}, "invalid-value", 6),
        ({"book.toml": shop(colour="1"), "p.icc": colour_profile()}, "unknown-key", 6),
    ],
)
def test_what_a_print_shop_cannot_use_is_reported_with_its_line(
    files: Mapping[str, str | bytes], code: str, line: int, make_book: MakeBook
) -> None:
    problems = load_project(make_book(files)).problems
    assert [(problem.code, problem.at.line) for problem in problems] == [(code, line)]


# --- PDF/A-3u -----------------------------------------------------------------------------------


def test_a_pdf_a_3u_is_valid_and_accessible(built: Path) -> None:
    for profile in (page.ValidationProfile.PDF_A_3U, page.ValidationProfile.PDF_UA_1):
        result = page.validate_pdf(str(built / "library.pdf"), profile=profile)
        assert [str(failure) for failure in result.failures] == []


def test_a_library_gets_the_files_that_the_book_was_made_from(built: Path, sample: Path) -> None:
    with pikepdf.open(built / "library.pdf") as pdf:
        names = set(pdf.attachments)
        associated = {str(item.UF) for item in pdf.Root.AF}
        relations = {str(item.AFRelationship) for item in pdf.Root.AF}
        content = pdf.attachments["sources.yaml"].get_file().read_bytes()
        kinds = {pdf.attachments[name].get_file().mime_type for name in names}
    assert {"book.toml", "sources.yaml", "chapters/01-clear-goals.md"} <= names
    assert associated == names
    assert relations == {"/Source"}
    assert content == (sample / "sources.yaml").read_bytes()
    assert kinds == {"text/markdown", "application/toml", "application/yaml"}


def test_a_photograph_in_cmyk_is_turned_into_srgb_for_a_library(make_book: MakeBook, tmp_path: Path) -> None:
    Image.new("CMYK", (400, 300), (0, 200, 200, 0)).save(tmp_path / "red.jpg", quality=95)
    files: Mapping[str, str | bytes] = {
        "book.toml": '[book]\ntitle = "B"\n[editions.e]\noutput = "pdf"\nvariant = "pdf/a-3u"\n',
        "chapters/01-first.md": "---\ntitle: First\n---\n\nA talk [@talk-2013].\n\n![Red](red.jpg)\n",
        "chapters/red.jpg": (tmp_path / "red.jpg").read_bytes(),
    }
    build_book(make_book(files), output=tmp_path / "out", jobs=1)
    result = page.validate_pdf(str(tmp_path / "out/e.pdf"), profile=page.ValidationProfile.PDF_A_3U)
    assert [str(failure) for failure in result.failures] == []
    with pikepdf.open(tmp_path / "out/e.pdf") as pdf:
        images = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == Name.Image]
        (shown,) = [picture(image).getpixel((200, 150)) for image in images if image.Width == 400]
    assert isinstance(shown, tuple)
    assert shown[0] > 240
    assert max(shown[1:]) < 90


def test_every_font_of_a_pdf_a_says_which_characters_it_shows(built: Path) -> None:
    with pikepdf.open(built / "library.pdf") as pdf:
        fonts = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") == Name.Type0
        ]
        assert fonts
        assert all("/ToUnicode" in font for font in fonts)


# --- all of them --------------------------------------------------------------------------------


def test_each_edition_is_the_same_whenever_and_wherever_it_is_built(
    make_book: MakeBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photograph().resize((900, 600)).save(tmp_path / "photograph.jpg", quality=90)
    photograph().resize((90, 60)).save(tmp_path / "drawing.png")
    names = ("photograph.jpg", "drawing.png", "coloured.svg")
    pictures = "".join(f'\n![A made-up picture](images/{name} "Made up")\n' for name in names)
    files: Mapping[str, str | bytes] = {
        "book.toml": f'[book]\ntitle = "B"\n{EDITIONS}[editions.screen]\noutput = "pdf"\n'
        '[editions.handout]\noutput = "pdf"\nsplit = "chapter"\n[editions.reader]\noutput = "epub"\n',
        "profiles/press.icc": colour_profile(),
        "chapters/01-first.md": f"---\ntitle: First\n---\n\nA talk [@talk-2013].\n{pictures}",
        "chapters/images/photograph.jpg": (tmp_path / "photograph.jpg").read_bytes(),
        "chapters/images/drawing.png": (tmp_path / "drawing.png").read_bytes(),
        "chapters/images/coloured.svg": COLOURED,
    }
    here = make_book(files)
    build_book(here, output=tmp_path / "one", jobs=1)
    monkeypatch.setattr("time.time", lambda: 2e9)
    there = here.rename(tmp_path / "another place")
    build_book(there, output=tmp_path / "two", jobs=1)
    made = [path.relative_to(tmp_path / "one") for path in sorted((tmp_path / "one").rglob("*.*"))]
    finished = [path for path in made if path.suffix in (".pdf", ".epub", ".zip")]
    assert len(finished) == 7
    for path in finished:
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes(), path


def test_an_edition_without_a_variant_is_a_pdf_ua_1(make_book: MakeBook, tmp_path: Path) -> None:
    head = '[book]\ntitle = "B"\n[editions.e]\noutput = "pdf"\n'
    made = set()
    for name, settings in (("absent", head), ("named", head + 'variant = "pdf/ua-1"\n')):
        build_book(make_book({"book.toml": settings}), output=tmp_path / name, jobs=1)
        made.add((tmp_path / name / "e.pdf").read_bytes())
    assert len(made) == 1
    with pikepdf.open(tmp_path / "absent/e.pdf") as pdf:
        assert pdf.pdf_version == "1.7"
        assert "/OutputIntents" not in pdf.Root


def test_every_variant_and_output_has_its_module() -> None:
    for name in VARIANTS:
        assert variant_of(Edition("pdf", variant=name)).version
    for name in OUTPUTS:
        assert callable(writer(name))
