"""Checks an edition of `book.toml`, beyond the types of its values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from book.model.settings import Edition, Page
from book.project.files import is_file, read_bytes
from book.project.identity import check_identifier
from book.project.lengths import POINTS, is_length
from book.project.outputs import HANDOUT, OUTPUTS, kinds, means_nothing, number_place, output_of, shows_book_pages
from book.project.profiles import profile_fault
from book.project.text_file import is_inside
from book.project.validate import Fault, suggestion
from book.project.variants import VARIANTS, variant_facts

SMALLEST, LARGEST = 72, 14400
"""Limits of a page's width and height in pt; the maximum is that of PDF (ISO 32000-1, annex C)."""
LONGEST_NAME = 100
"""Characters of an edition's name, which is that of a file or a folder."""
LONGEST_ADDRESS = 300
"""Characters of the address that a QR code on a handout leads to."""
WIDEST_BLEED = 10 * POINTS["mm"]
"""Maximum bleed in pt."""


def check_edition(edition: Edition, written: Collection[str], root: Path) -> Iterator[Fault]:
    """The faults of an edition, with paths relative to its table; `written` are the keys of that table."""
    if not re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", edition.name):
        message = f'"{edition.name}" cannot be the name of a file everywhere'
        yield Fault("invalid-value", message, (), "use letters A to Z, figures, hyphens")
    if len(edition.name) > LONGEST_NAME:
        message = f"the name has {len(edition.name)} characters, and is that of a file"
        yield Fault("invalid-value", message, (), f"write at most {LONGEST_NAME}")
    yield from _check_meaning(edition)
    if output_of(edition).paged:
        yield from _check_printing(edition, written, root)
    if edition.identifier is not None:
        yield from identifier_fault(edition.identifier, "identifier")
    for key in ("width", "height"):
        length = getattr(edition.page or Page(), key)
        if not is_length(length, SMALLEST, LARGEST):
            hint = "write 6in, 210mm, 15.5cm, 432pt or 576px"
            yield Fault("invalid-value", f'"{length}" is not a page\'s {key}', ("page", key), hint)
    for number, path in enumerate(edition.styles):
        yield from file_fault(root, path, "missing-stylesheet", ("styles", number))


def check_kind(edition: Edition) -> Iterator[Fault]:
    """A fault if an edition names an unknown output or variant."""
    if edition.output not in OUTPUTS:
        hint = suggestion(edition.output, list(OUTPUTS))
        yield Fault("invalid-value", f'no output "{edition.output}"', ("output",), hint)
    if edition.variant is not None and edition.variant not in VARIANTS:
        hint = suggestion(edition.variant, list(VARIANTS))
        yield Fault("invalid-value", f'no variant "{edition.variant}"', ("variant",), hint)


def _check_meaning(edition: Edition) -> Iterator[Fault]:
    """Faults of keys that are ignored for this kind of edition."""
    output = output_of(edition)
    usual = Edition(edition.output)
    for name, key in zip(edition.__struct_fields__, edition.__struct_encode_fields__, strict=True):
        if means_nothing(output, key) and getattr(edition, name) != getattr(usual, name):
            yield Fault("invalid-value", f'{output.called} has no "{key}"', (key,), "remove the line")
        elif output.paged and not edition.split and key in HANDOUT and getattr(edition, name) != getattr(usual, name):
            hint = 'remove the line, or add split = "chapter"'
            yield Fault("invalid-value", f'{output.called} that is not split has no "{key}"', (key,), hint)
    if edition.address is not None and (wrong := _unfit_address(edition.address)):
        hint = "write an address of at most 300 characters as browsers show it: https://example.org/{slug}"
        yield Fault("invalid-value", f'"{edition.address}" {wrong}', ("address",), hint)
    if edition.locators == "quotations" and number_place(edition) == "none":
        hint = 'add quotation-numbers = "margin", or "attribution"'
        yield Fault(
            "invalid-value", "indexes cannot point with numbers that the edition does not show", ("locators",), hint
        )
    if edition.paragraph_numbers and edition.split and "full" not in kinds(edition):
        hint = 'remove the line, or add the kind "full"'
        message = "handouts without the text of their chapters have no paragraphs to number"
        yield Fault("invalid-value", message, ("paragraph-numbers",), hint)
    if edition.paper and edition.page:
        hint = 'remove one of the lines: paper = "a4" is page = { width = "210mm", height = "297mm" }'
        yield Fault("invalid-value", 'the page is given twice, by "page" and by "paper"', ("paper",), hint)
    twice = [kind for kind, number in Counter(kinds(edition)).items() if number > 1]
    if twice or edition.handout == ():
        message = f'"{twice[0]}" stands in the list twice' if twice else "the list of handouts is empty"
        yield Fault("invalid-value", message, ("handout",), 'write handout = "full", or ["full", "one-page"]')
    if edition.notes == "end" and edition.split:
        hint = "remove the line: a handout has its notes on the page"
        yield Fault("invalid-value", "only a whole PDF has endnotes", ("notes",), hint)


def _unfit_address(address: str) -> str | None:
    """What is wrong with an address of handouts, in words; None if nothing is.

    A QR code of 20 mm with more than about 300 characters has dots that a copy no longer shows.
    """
    whole = address.replace("{slug}", "chapter")
    parts = urlsplit(whole) if re.fullmatch(r"[!-z|~\u00a1-\U0010fffd]+", whole) else None
    if parts is None or parts.scheme not in ("http", "https") or not parts.hostname:
        return "is no address on the web"
    return "is too long for a QR code on paper" if len(whole) > LONGEST_ADDRESS else None


def check_borrowed_pages(edition: Edition, editions: Sequence[Edition], broken: Collection[str]) -> Iterator[Fault]:
    """Faults of the edition that another takes its page numbers from; `broken` are names that do not exist."""
    if not shows_book_pages(edition) or edition.pages in (None, "none"):
        return
    printed = [other.name for other in editions if output_of(other).paged and other.split is None]
    if edition.pages not in {*printed, *broken}:
        hint = suggestion(edition.pages or "", [*printed, "none"])
        yield Fault("invalid-value", f'no edition "{edition.pages}" that is one PDF', ("pages",), hint)


def check_written_path(edition: Edition, editions: Sequence[Edition]) -> Iterator[Fault]:
    """A fault if an edition is written where an earlier one is, or where the records of the book are."""
    own = _written_path(edition)
    if own in ("concordance.csv", "index.json", "onix.xml", "manifest.json"):
        yield Fault(
            "invalid-value", f'"{own}" is the name of a record of the book', (), "give the edition another name"
        )
    for other in editions[: editions.index(edition)]:
        if _written_path(other) == own:
            message = f'this edition is written to "{own}", and so is "{other.name}"'
            yield Fault("invalid-value", message, (), "give one of them another name")


def _written_path(edition: Edition) -> str:
    """The file or folder of an edition in the output folder, in lower case: some file systems know no other."""
    return (edition.name if edition.split else f"{edition.name}.{edition.output}").lower()


def _check_printing(edition: Edition, written: Collection[str], root: Path) -> Iterator[Fault]:
    """Faults of the settings for a print shop."""
    printing = edition.printing
    if not variant_facts(edition).printing:
        if printing:
            name = next(name for name, facts in VARIANTS.items() if facts.printing)
            hint = f'remove the line, or add variant = "{name}"'
            yield Fault("invalid-value", f'only a "{name}" has "printing"', ("printing",), hint)
    elif printing is None:
        if "printing" not in written:  # else what is wrong with it has been said
            hint = 'write printing = { profile = "profiles/….icc" }; the print shop says which, and has the file'
            message = f"a {(edition.variant or '').upper()} needs the colour profile of the printing condition"
            yield Fault("missing-profile", message, ("variant",), hint)
    else:
        path = ("printing", "profile")
        faults = list(file_fault(root, printing.profile, "missing-profile", path))
        wrong = None if faults else profile_fault(read_bytes(root, printing.profile))
        if wrong:
            hint = "ask the print shop for the CMYK output profile of the printing condition"
            faults.append(Fault("invalid-profile", f'"{printing.profile}" {wrong}', path, hint))
        yield from faults
        if not is_length(printing.bleed, 0, WIDEST_BLEED):
            message = f'"{printing.bleed}" is not a bleed'
            yield Fault("invalid-value", message, ("printing", "bleed"), "write 3mm; it is at most 10mm")


def identifier_fault(identifier: str, key: str) -> Iterator[Fault]:
    """A fault if the identifier under a key is not valid."""
    hint = check_identifier(identifier)
    if hint is not None:
        yield Fault("invalid-identifier", f'"{identifier}" does not identify a book', (key,), hint)


def file_fault(root: Path, name: str, missing: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    """A fault if a file that a setting names is not in the project; `missing` is the code if it does not exist."""
    if not is_inside(root, name):
        yield outside_fault(name, path)
    elif not is_file(root / name):
        yield Fault(missing, f'no file "{name}"', path, "paths are relative to the folder of book.toml")


def outside_fault(name: str, path: tuple[str | int, ...]) -> Fault:
    """The fault of a file outside the project."""
    hint = "keep it in the folder of book.toml, and write its path relative to that"
    return Fault("outside-project", f'"{name}" lies outside the project', path, hint)
