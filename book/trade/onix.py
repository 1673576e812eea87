"""Writes the book's record for the trade: an ONIX for Books 3.0 message with a product for each edition that is sold.

Codes are from EDItEUR's code lists; comments name the list. Elements are in the order of the schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from book.language.languages import bibliographic_code
from book.model.editions import Artifact
from book.model.manuscript import Manuscript
from book.model.pages import PagedVolume
from book.model.settings import Edition, Settings
from book.project.identity import identifier, isbn, moment, publication_date
from book.project.lengths import POINTS, points
from book.project.outputs import output_of
from book.project.people import people, quoted
from book.trade.onix_codes import DESCRIBED, FEATURES, ROLES

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"


@dataclass(frozen=True, slots=True)
class Product:
    """An edition that is sold, with its finished file."""

    edition: Edition
    """The edition."""
    file: Artifact
    """Its file."""
    paged: PagedVolume | None = None
    """Its pages, if it has any."""

    @property
    def printed(self) -> bool:
        """Whether it is a printed book."""
        return output_of(self.edition).paged


def sold_editions(editions: Sequence[Edition]) -> tuple[Edition, ...]:
    """The editions that are products: the first of each output that is sold, and any with an identifier, unsplit."""
    found: list[Edition] = []
    for edition in editions:
        first = all(edition.output != other.output for other in found)
        if output_of(edition).product and edition.split is None and (first or edition.identifier):
            found.append(edition)
    return tuple(found)


def onix_record(manuscript: Manuscript, products: Sequence[Product]) -> tuple[Artifact, ...]:
    """The artifact `onix.xml`; none without a publisher, or if not all editions that are sold were built.

    Its date is the book's (`identity.moment`), never that of the clock.
    """
    settings = manuscript.settings
    if not settings.publisher or [product.edition for product in products] != list(
        sold_editions(manuscript.project.editions)
    ):
        return ()
    sent = moment(manuscript.project).strftime("%Y%m%dT%H%MZ")
    header = _element(
        "Header", _element("Sender", _text("SenderName", settings.publisher)), _text("SentDateTime", sent)
    )
    message = _element("ONIXMessage", header, *(_product(manuscript, product, products) for product in products))
    message.set("release", "3.0")
    etree.indent(message)
    data = etree.tostring(message, encoding="utf-8", xml_declaration=True) + b"\n"
    return (Artifact("onix.xml", "application/xml", data),)


def _product(manuscript: Manuscript, product: Product, products: Sequence[Product]) -> etree._Element:
    """One product; `products` are all products, including this one."""
    settings = manuscript.settings
    others = (other for other in products if other is not product)
    return _element(
        "Product",
        _text("RecordReference", f"{identifier(settings)}#{product.edition.name}"),
        _text("NotificationType", "03"),  # list 1: confirmed on publication
        _text("RecordSourceType", "01"),  # list 3: publisher
        *_identifiers("ProductIdentifier", settings, product, products),
        _element("DescriptiveDetail", *_descriptive(manuscript, product)),
        *_collateral(settings),
        _element("PublishingDetail", *_publishing(settings)),
        *_related(settings, product, others, products),
    )


def _identifiers(
    name: str, settings: Settings, product: Product, products: Sequence[Product]
) -> Iterator[etree._Element]:
    """The identifiers of a product (list 5): its ISBN, also as GTIN-13, else its URN, else the edition's name.

    The book's own identifier belongs to the first printed product, else to the first product.
    """
    principal = next((one for one in products if one.printed), products[0])
    own = product.edition.identifier or (identifier(settings) if product is principal else None)
    digits = isbn(own) if own else None
    if digits:
        pairs = [("03", digits), ("15", digits)]
    elif own and own.lower().startswith("urn:"):
        pairs = [("22", own)]
    else:
        yield _element(
            name,
            _text("ProductIDType", "01"),
            _text("IDTypeName", "Edition"),
            _text("IDValue", own or f"{identifier(settings)}#{product.edition.name}"),
        )
        return
    for kind, value in pairs:
        yield _element(name, _text("ProductIDType", kind), _text("IDValue", value))


def _descriptive(manuscript: Manuscript, product: Product) -> Iterator[etree._Element]:
    """Form, title, people, language, extent and subjects of a product."""
    settings = manuscript.settings
    yield _text("ProductComposition", "00")  # list 2: one item
    yield from _form(product)
    if settings.series:
        number = str(settings.series.number) if settings.series.number is not None else None
        title = _title_detail("02", settings.series.title, None, number)
        yield _element("Collection", _text("CollectionType", "10"), title)
    yield _title_detail("01", settings.title, settings.subtitle, None)
    yield from _contributors(manuscript)
    if settings.edition:
        yield _text("EditionStatement", settings.edition)
    yield _language(settings.language)
    yield from _extents(product)
    if settings.subjects:
        yield _element(
            "Subject",
            _text("SubjectSchemeIdentifier", "20"),  # list 27: keywords
            _text("SubjectHeadingText", "; ".join(settings.subjects)),
        )
    yield from _quoted(manuscript)


def _form(product: Product) -> Iterator[etree._Element]:
    """The form (lists 150 and 175): hardback or paperback with its size, or a downloadable EPUB with its features."""
    form, *details = output_of(product.edition).product
    if not product.printed:
        yield _text("ProductForm", form)
        yield from (_text("ProductFormDetail", detail) for detail in details)
        yield from _accessibility(product.file)
        yield _text("PrimaryContentType", "10")  # list 81: text
        yield _text("EpubTechnicalProtection", "00")  # list 144: none
        return
    hardback = product.edition.binding == "hardback"
    yield _text("ProductForm", "BB" if hardback else form)
    yield _text("PrimaryContentType", "10")
    if product.edition.page:  # list 48: a paperback is as large as its pages
        for kind, length in zip(("04", "05") if hardback else ("01", "02"), _trim(product.edition), strict=True):
            yield _element(
                "Measure", _text("MeasureType", kind), _text("Measurement", length), _text("MeasureUnitCode", "mm")
            )


def _trim(edition: Edition) -> tuple[str, str]:
    """Height and width of the page in whole millimetres."""
    assert edition.page is not None, "it was asked for"
    height, width = (f"{points(length) / POINTS['mm']:.0f}" for length in (edition.page.height, edition.page.width))
    return height, width


def _accessibility(file: Artifact) -> Iterator[etree._Element]:
    """The accessibility metadata that the file declares (list 79, 09 and 12), sorted by code."""
    codes = {code: "" for claim in file.accessibility for code in FEATURES.get(claim, ())}
    codes |= {DESCRIBED[kind]: words for kind, words in file.accessibility if kind in DESCRIBED}
    for code, words in sorted(codes.items()):
        described = (_text("ProductFormFeatureDescription", words),) if words else ()
        yield _element(
            "ProductFormFeature",
            _text("ProductFormFeatureType", "09"),
            _text("ProductFormFeatureValue", code),
            *described,
        )
    if ("schema:accessibilityHazard", "none") in file.accessibility:  # list 143: no known hazards
        yield _element(
            "ProductFormFeature", _text("ProductFormFeatureType", "12"), _text("ProductFormFeatureValue", "00")
        )


def _title_detail(level: str, title: str, subtitle: str | None, number: str | None) -> etree._Element:
    """The distinctive title (list 149) of a product (`level` 01) or of its series (02), with its number in that."""
    parts = [_text("TitleElementLevel", level)]
    parts += [_text("PartNumber", number)] if number else []
    parts += [_text("TitleText", title)]
    parts += [_text("Subtitle", subtitle)] if subtitle else []
    return _element("TitleDetail", _text("TitleType", "01"), _element("TitleElement", *parts))


def _contributors(manuscript: Manuscript) -> Iterator[etree._Element]:
    """Everybody who made the book, each once with all roles."""
    roles: dict[tuple[str, str | None], list[str]] = {}
    for person in people(manuscript):
        roles.setdefault((person.name, person.sort), []).append(ROLES.get(person.role, "Z99"))
    for number, ((name, sort), codes) in enumerate(roles.items(), 1):
        yield _element(
            "Contributor",
            _text("SequenceNumber", str(number)),
            *(_text("ContributorRole", code) for code in dict.fromkeys(codes)),
            _text("PersonName", name),
            *((_text("PersonNameInverted", sort),) if sort else ()),
        )
    if not roles:
        yield _element("NoContributor")


def _quoted(manuscript: Manuscript) -> Iterator[etree._Element]:
    """People who are quoted, as names that the book is about: list 17 has no contributor who is only quoted."""
    for person in quoted(manuscript):
        inverted = (_text("PersonNameInverted", person.sort),) if person.sort else ()
        name = _text("CorporateName" if person.body else "PersonName", person.name)
        yield _element("NameAsSubject", name, *inverted)


def _language(tag: str) -> etree._Element:
    """The language of the text (list 22, 01), with its script if the tag contains one."""
    script = next((part.title() for part in tag.split("-")[1:] if len(part) == 4 and part.isalpha()), None)
    parts = [_text("LanguageRole", "01"), _text("LanguageCode", bibliographic_code(tag))]
    parts += [_text("ScriptCode", script)] if script else []
    return _element("Language", *parts)


def _extents(product: Product) -> Iterator[etree._Element]:
    """List 23: highest arabic folio and total pages of a printed book; size of a file in kilobytes."""
    if product.paged is None:
        yield _extent("22", -(-len(product.file.data) // 1000), "18")
        return
    numbered = [leaf.folio.number for leaf in product.paged.leaves if leaf.folio.matter and not leaf.blank]
    if numbered:
        yield _extent("00", max(numbered), "03")
    yield _extent("06", product.paged.pagination.pages, "03")


def _extent(kind: str, value: int, unit: str) -> etree._Element:
    """One extent."""
    return _element("Extent", _text("ExtentType", kind), _text("ExtentValue", str(value)), _text("ExtentUnit", unit))


def _collateral(settings: Settings) -> Iterator[etree._Element]:
    """The description (list 153, 03), for unrestricted use."""
    if settings.description:
        text = _text("Text", " ".join(settings.description.split()))
        yield _element(
            "CollateralDetail",
            _element("TextContent", _text("TextType", "03"), _text("ContentAudience", "00"), text),
        )


def _publishing(settings: Settings) -> Iterator[etree._Element]:
    """Publisher and date of publication (lists 45, 64, 163)."""
    assert settings.publisher is not None, "there is no record without a publisher"
    yield _element("Publisher", _text("PublishingRole", "01"), _text("PublisherName", settings.publisher))
    yield _text("PublishingStatus", "04")  # active
    date = publication_date(settings)
    if date:
        written = _text("Date", date.replace("-", ""))
        written.set("dateformat", {4: "05", 7: "01", 10: "00"}[len(date)])
        yield _element("PublishingDate", _text("PublishingDateRole", "01"), written)


def _related(
    settings: Settings, product: Product, others: Iterator[Product], products: Sequence[Product]
) -> Iterator[etree._Element]:
    """The other products of the same book (list 51)."""
    codes = {(True, False): "27", (False, True): "13"}  # electronic version available as; based on print product
    related = [
        _element(
            "RelatedProduct",
            _text("ProductRelationCode", codes.get((product.printed, other.printed), "06")),
            *_identifiers("ProductIdentifier", settings, other, products),
        )
        for other in others
    ]
    if related:
        yield _element("RelatedMaterial", *related)


def _element(name: str, *children: etree._Element) -> etree._Element:
    """An element with this reference name."""
    # The stubs do not know that the default namespace has no prefix.
    made = etree.Element(f"{{{NAMESPACE}}}{name}", nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    made.extend(children)
    return made


def _text(name: str, value: str) -> etree._Element:
    """An element that contains text."""
    made = _element(name)
    made.text = value
    return made
