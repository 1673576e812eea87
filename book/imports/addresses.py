"""Addresses of pictures and links in documents."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from hashlib import sha256
from urllib.parse import unquote_to_bytes

PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tif", ".tiff")
"""Suffixes of pictures."""
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)
_DATA = re.compile(r"data:(?P<type>image/[\w.+-]+)[^,]*?(?P<base64>;base64)?,(?P<data>.*)", re.DOTALL | re.IGNORECASE)
_SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/svg+xml": ".svg",
    "image/tiff": ".tif",
    "image/x-emf": ".emf",
    "image/x-wmf": ".wmf",
}
"""The suffix of a picture by its media type, where it is not the name of the type."""


def is_absolute(address: str) -> bool:
    """Whether an address names no file beside the document: it has a scheme, or a server."""
    return bool(_ABSOLUTE.match(address))


def embedded_picture(address: str) -> tuple[str, bytes] | None:
    """A name and the content of a picture that an address holds (`data:image/png;base64,…`, RFC 2397), or None.

    Pictures have one name if they are the same.
    """
    match = _DATA.fullmatch(address)
    if match is None:
        return None
    kind, data = match["type"].lower(), unquote_to_bytes(match["data"])
    try:
        data = b64decode(data) if match["base64"] else data
    except ValueError:
        return None
    suffix = _SUFFIXES.get(kind, f".{kind.rpartition('/')[2]}")
    return f"picture-{sha256(data).hexdigest()[:8]}{suffix}", data


def written_address(address: str) -> str:
    """An address as it is written in Markdown: in angle brackets where it has white space or round brackets."""
    return f"<{address}>" if re.search(r"[\s()]", address) and not address.startswith("<") else address


def readdressed(markdown: str, addresses: Mapping[str, str]) -> str:
    """Markdown in which some addresses of pictures and links are replaced by others."""

    def named(match: re.Match[str]) -> str:
        address = addresses.get(match["angled"] or match["bare"])
        return match[0] if address is None else f"]({written_address(address)}"

    return _WRITTEN.sub(named, markdown)


_WRITTEN = re.compile(r"\]\(\s*(?:<(?P<angled>[^<>\n]+)>|(?P<bare>[^\s<>()]+(?:\([^()\s]*\)[^\s<>()]*)*))")
