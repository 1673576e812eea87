"""The record for the trade, read back and held against EDItEUR's schema of ONIX 3.0 with its code lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from book.model.editions import Artifact, Section, Volume
from book.model.folios import Folio, Pagination
from book.model.fragments import Fragment
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume, PageFurniture
from book.model.settings import Contributor, Edition, Page, Project, Series, Settings
from book.project.relators import relators
from book.trade.onix import NAMESPACE, Product, onix_record, sold_editions
from book.trade.onix_codes import DESCRIBED, FEATURES, ROLES

PRINT = Edition(output="pdf", name="print", page=Page("6in", "9in"))
EBOOK = Edition(output="epub", name="ebook")
HANDOUT = Edition(output="pdf", name="handout", split="chapter")
FULL = Settings(
    title="The Book & Its Readers",
    subtitle="An Anthology",
    language="zh-Hans",
    authors=("Ann Author",),
    contributors=(Contributor("Ann Author", "ill"), Contributor("T. Of", "trl", "Of, T.")),
    series=Series("Poets", 3),
    publisher="The Press",
    description="About it.",
    subjects=("Sea", "Ships"),
    date="2019-05",
    edition="Second edition",
    identifier="urn:isbn:978-0-306-40615-7",
)
CLAIMS = (
    *(claim for claim in FEATURES),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "Headings show the structure."),
    ("a11y:certifiedBy", "The Press"),
)


@cache
def schema() -> etree.XMLSchema:
    """EDItEUR's schema, code lists included."""
    spec = find_spec("onixcheck")
    assert spec is not None
    assert spec.origin is not None
    return etree.XMLSchema(
        etree.parse(Path(spec.origin).parent / "schema" / "xsd3.0" / "ONIX_BookProduct_3.0_reference.xsd")
    )


def paged(manuscript: Manuscript, edition: Edition) -> PagedVolume:
    """A volume of two roman and three arabic pages, of which the last is blank."""
    section = Section("s", "chapter", "S", "body", "<html/>")
    folios = [Folio(0, 1), Folio(0, 2), Folio(1, 1), Folio(1, 2), Folio(1, 3)]
    leaves = tuple(PageFurniture(sheet, folio, section, False, sheet == 4) for sheet, folio in enumerate(folios))
    furniture = Fragment("furniture", b"", 5, {}, ())
    return PagedVolume(
        Volume(edition.name, edition, manuscript, ()), (section,), (), leaves, (furniture,), Pagination({}, {}, 5)
    )


def record(settings: Settings = FULL, editions: tuple[Edition, ...] = (PRINT, EBOOK)) -> bytes | None:
    """The record of a book with these editions, or None where there is none."""
    manuscript = Manuscript(Project(Path(), settings, editions), (), {}, ())
    products = [
        Product(edition, Artifact("print.pdf", "application/pdf", b""), paged(manuscript, edition))
        if edition.output == "pdf"
        else Product(edition, Artifact("ebook.epub", "application/epub+zip", b"x" * 1234, accessibility=CLAIMS))
        for edition in sold_editions(editions)
    ]
    files = onix_record(manuscript, products)
    return files[0].data if files else None


def found(data: bytes | None, path: str, product: int = 0) -> list[str]:
    """The texts at a path below the product with that number; `a/b` stands for element names."""
    assert data is not None
    products = etree.fromstring(data).findall(f"{{{NAMESPACE}}}Product")
    steps = "/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/"))
    return [element.text or "" for element in products[product].iterfind(steps)]


BOOKS: Mapping[str, Callable[[], bytes | None]] = {
    "full": record,
    "bare": lambda: record(Settings(title="T", publisher="P")),
    "paper alone": lambda: record(editions=(PRINT,)),
    "e-book alone": lambda: record(editions=(EBOOK,)),
    "hardback, own identifiers": lambda: record(
        editions=(
            Edition(output="pdf", name="a", page=Page("140mm", "210mm"), binding="hardback"),
            Edition(output="pdf", name="b", identifier="urn:isbn:9781861972712"),
            Edition(output="epub", name="c", identifier="https://example.org/c"),
        )
    ),
    "exact day": lambda: record(Settings(title="T", publisher="P", date="2019-05-21", language="grc")),
}


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS.keys())
def test_the_record_is_valid(make: Callable[[], bytes | None]) -> None:
    data = make()
    assert data is not None
    schema().assertValid(etree.fromstring(data))


def test_the_schema_is_really_asked() -> None:
    data = record()
    assert data is not None
    assert not schema().validate(etree.fromstring(data.replace(b">BC<", b">XX<")))


def test_every_code_for_a_role_or_a_feature_is_in_the_code_lists() -> None:
    spec = find_spec("onixcheck")
    assert spec is not None
    assert spec.origin is not None
    lists = etree.parse(Path(spec.origin).parent / "schema" / "xsd3.0" / "ONIX_BookProduct_CodeLists.xsd")

    def codes(number: int) -> set[str]:
        path = f"//*[@name='List{number}']//*[local-name()='enumeration']/@value"
        return set(lists.xpath(path))  # type: ignore[arg-type]

    assert set(ROLES.values()) < codes(17)
    assert {code for several in FEATURES.values() for code in several} | set(DESCRIBED.values()) < codes(196)
    assert set(ROLES) < set(relators())


def test_paper_and_e_book_are_products_of_their_own_that_know_each_other() -> None:
    data = record()
    assert [found(data, "DescriptiveDetail/ProductForm", number) for number in (0, 1)] == [["BC"], ["ED"]]
    assert found(data, "DescriptiveDetail/ProductFormDetail", 1) == ["E101"]
    related = "RelatedMaterial/RelatedProduct/ProductRelationCode"
    assert [found(data, related, number) for number in (0, 1)] == [["27"], ["13"]]
    own, other = "ProductIdentifier/IDValue", "RelatedMaterial/RelatedProduct/ProductIdentifier/IDValue"
    assert found(data, own, 0) == found(data, other, 1)
    assert found(data, own, 1) == found(data, other, 0)


def test_the_books_isbn_is_that_of_the_paper_book_also_as_a_trade_number() -> None:
    data = record(editions=(EBOOK, PRINT))
    assert found(data, "ProductIdentifier/ProductIDType", 1) == ["03", "15"]
    assert found(data, "ProductIdentifier/IDValue", 1) == ["9780306406157"] * 2
    assert found(data, "ProductIdentifier/ProductIDType", 0) == ["01"]


def test_an_edition_with_an_isbn_of_its_own_has_that() -> None:
    own = Edition(output="epub", name="ebook", identifier="urn:isbn:9781861972712")
    assert found(record(editions=(PRINT, own)), "ProductIdentifier/IDValue", 1) == ["9781861972712"] * 2


def test_a_hardback_says_so_and_measures_its_pages_rather_than_its_boards() -> None:
    hardback = Edition(output="pdf", name="print", page=Page("6in", "9in"), binding="hardback")
    data = record(editions=(hardback,))
    assert found(data, "DescriptiveDetail/ProductForm") == ["BB"]
    assert found(data, "DescriptiveDetail/Measure/MeasureType") == ["04", "05"]
    assert found(data, "DescriptiveDetail/Measure/Measurement") == ["229", "152"]


def test_pages_are_counted_by_the_last_folio_and_altogether() -> None:
    data = record()
    assert found(data, "DescriptiveDetail/Extent/ExtentType") == ["00", "06"]
    assert found(data, "DescriptiveDetail/Extent/ExtentValue") == ["2", "5"]


def test_the_size_of_the_e_book_is_given_in_kilobytes() -> None:
    assert found(record(), "DescriptiveDetail/Extent/ExtentValue", 1) == ["2"]


def test_somebody_who_did_two_things_is_one_contributor() -> None:
    data = record()
    assert found(data, "DescriptiveDetail/Contributor/PersonName") == ["Ann Author", "T. Of"]
    assert found(data, "DescriptiveDetail/Contributor/ContributorRole") == ["A01", "A12", "B06"]
    assert found(data, "DescriptiveDetail/Contributor/PersonNameInverted") == ["Of, T."]


def test_language_and_script_are_those_of_the_book() -> None:
    data = record()
    assert found(data, "DescriptiveDetail/Language/LanguageCode") == ["chi"]
    assert found(data, "DescriptiveDetail/Language/ScriptCode") == ["Hans"]


def test_the_accessibility_of_the_e_book_is_what_its_file_declares() -> None:
    values = "DescriptiveDetail/ProductFormFeature/ProductFormFeatureValue"
    expected = sorted({code for several in FEATURES.values() for code in several} | {"00", "90"})
    assert found(record(), values, 1) == [*expected, "00"]
    assert found(record(), values, 0) == []


def test_the_date_sent_is_the_books_never_the_clocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    data = record()
    assert data is not None
    assert b"<SentDateTime>20190501T0000Z</SentDateTime>" in data
    assert record() == data


def test_there_is_no_record_without_a_publisher() -> None:
    assert record(Settings(title="T")) is None


def test_there_is_no_record_of_a_part_of_the_products() -> None:
    manuscript = Manuscript(Project(Path(), FULL, (PRINT, EBOOK)), (), {}, ())
    assert onix_record(manuscript, [Product(EBOOK, Artifact("e", "application/epub+zip", b""))]) == ()


@pytest.mark.parametrize(
    ("editions", "names"),
    [
        ((HANDOUT, PRINT, EBOOK), ["print", "ebook"]),
        ((PRINT, Edition(output="pdf", name="shop")), ["print"]),
        ((PRINT, Edition(output="pdf", name="large", identifier="urn:isbn:9781861972712")), ["print", "large"]),
    ],
)
def test_products_are_the_first_of_each_kind_and_those_with_an_identifier(editions: Any, names: list[str]) -> None:
    assert [edition.name for edition in sold_editions(editions)] == names
