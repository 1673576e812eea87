"""The identifier and the modification date of an edition."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime

from book.citing.names import joined
from book.dates.digits import in_digits
from book.model.settings import Edition, Project, Settings

_GIVEN_UP = re.compile(r"©|\bCC0\b|public domain|\(c\)", re.IGNORECASE)
FALLBACK = datetime(2000, 1, 1, tzinfo=UTC)
"""The modification date of a book without a date: an arbitrary one that does not depend on the clock."""


def identifier(settings: Settings, edition: Edition | None = None) -> str:
    """The identifier of the book, or of one edition, as a URN.

    It is the edition's own, else that of the settings, else a version 5 UUID (RFC 9562, 5.5) of title, subtitle and
    authors, which stays the same between builds and when the text changes.
    """
    if edition is not None and edition.identifier:
        return edition.identifier
    if settings.identifier:
        return settings.identifier
    name = "\n".join((settings.title, settings.subtitle or "", *settings.authors))
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def printed_number(urn: str) -> str:
    """An identifier as a copyright page has it: `ISBN 978-3-16-148410-0`; empty for a UUID, which is for machines.

    The parts of an ISBN are told by the ranges of the International ISBN Agency.
    """
    if urn.lower().startswith("urn:uuid:"):
        return ""
    if digits := isbn(urn):
        from stdnum.isbn import format as with_hyphens

        return f"ISBN {with_hyphens(digits)}"
    return re.sub(r"^urn:(?=doi:|issn:)", "", urn, flags=re.IGNORECASE)


def copyright_line(settings: Settings) -> str:
    """The line `© 2026 Ada Reed`; empty if nobody holds the copyright.

    Without the setting `copyright`, nobody holds it if `rights` has such a line itself, or says that the book is in the
    public domain (CC0).
    """
    holder = settings.copyright
    if holder is None:
        if _GIVEN_UP.search(settings.rights or ""):
            return ""
        holder = joined(settings.authors or settings.editors, settings.language)
    year = in_digits((publication_date(settings) or "")[:4], settings.language)
    if holder.startswith("©") or not holder.strip():
        return holder.strip()
    return " ".join(filter(None, ("©", "" if re.match(r"\d{4}", holder) else year, holder)))


def moment(project: Project) -> datetime:
    """The modification date of an edition, in UTC and whole seconds; never the clock's time.

    It is `SOURCE_DATE_EPOCH` (reproducible-builds.org, seconds since 1970), else the beginning of `modified` in the
    settings, else that of the publication date, else the first day of 2000.
    """
    return epoch_moment(project.epoch) or project_moment(project.settings) or FALLBACK


def epoch_moment(epoch: str) -> datetime | None:
    """The time that a value of `SOURCE_DATE_EPOCH` states; None if it is empty, or no number of seconds."""
    if epoch.isascii() and epoch.isdigit():
        try:
            return datetime.fromtimestamp(int(epoch), UTC)
        except (OverflowError, ValueError, OSError):
            pass
    return None


def project_moment(settings: Settings) -> datetime | None:
    """The beginning of `modified` in the settings, else that of the publication date; None without a date."""
    date = catalogue_date(settings.modified) or publication_date(settings)
    if date is None:
        return None
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    return datetime(year, month, day, tzinfo=UTC)


def publication_date(settings: Settings) -> str | None:
    """The publication date in the form of catalogues: `2019`, `2019-05` or `2019-05-21` (W3CDTF)."""
    return catalogue_date(settings.date)


def catalogue_date(edtf: str | None) -> str | None:
    """An EDTF date in the form of catalogues: `2019`, `2019-05` or `2019-05-21` (W3CDTF).

    It is the beginning of an interval, without qualifiers. None if there is no date, or its year does not have four
    digits.
    """
    found = re.match(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?![\dXu])", edtf or "")
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    try:
        datetime(year, month, day, tzinfo=UTC)
    except ValueError:  # a season (2019-21) or no date at all
        return found[1] if year else None
    return "-".join(part for part in found.groups() if part)


def check_identifier(urn: str) -> str | None:
    """How to correct an invalid identifier; None for a valid one.

    Valid is an absolute URI without spaces (RFC 3986, 4.3); an ISBN must have 13 digits and the right check digit (RFC
    3187, ISO 2108), and a UUID must be well-formed (RFC 9562).
    """
    if re.fullmatch(r"[\d\s-]{9,}[\dXx]", urn):
        return f'write "urn:isbn:{_thirteen(_plain(urn)) or urn}"'
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:\S+", urn):
        return 'write "urn:isbn:…", "urn:uuid:…" or another address that begins with a scheme'
    scheme, digits = urn.lower()[:9], _plain(urn[9:])
    if scheme == "urn:isbn:" and isbn(urn) != _thirteen(digits):
        return f'write "urn:isbn:{_thirteen(digits)}", if the other digits are right'
    if scheme == "urn:isbn:" and isbn(urn) is None:
        return "an ISBN has 13 digits and begins with 978 or 979"
    if scheme == "urn:uuid:" and not re.fullmatch(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", urn[9:].lower()):
        return "a UUID has 32 hexadecimal digits in five groups: 8-4-4-4-12"
    return None


def isbn(urn: str) -> str | None:
    """The 13 digits of an ISBN `urn:isbn:…`, without hyphens; None for other identifiers."""
    digits = _plain(urn[9:])
    return digits if urn.lower().startswith("urn:isbn:") and re.fullmatch(r"97[89]\d{10}", digits) else None


def _plain(number: str) -> str:
    """A number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", number)


def _thirteen(digits: str) -> str | None:
    """An ISBN of 10 or 13 digits as one of 13 with the right check digit (ISO 2108, annex C); else None."""
    found = re.fullmatch(r"(97[89]|)(\d{9})[\dXx]", digits)
    if found is None:
        return None
    first = (found[1] or "978") + found[2]
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(first))
    return first + str(-total % 10)
