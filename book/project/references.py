"""Finds the files that a document or a stylesheet refers to.

A result depends on the content of these files, not on their location. So that documents can be compared, or sent to
another machine, each reference is replaced by something that identifies the content.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from hashlib import blake2b, file_digest
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from book.project.files import is_file, open_regular, opened, resolved
from book.project.text_file import is_inside, read_text

NESTED = frozenset({".css", ".svg"})
"""Suffixes of files that can themselves refer to files."""

_REFERENCE = re.compile(
    r"""
    (?-i: [sShHdDuU@] )
    (?: (?<=\b[shd]) (?: (?<=s)rc | (?<=h)ref | (?<=d)ata ) \s*=\s* (?P<quote>["'])
        (?P<attribute>[^"'#][^"']*)  (?=(?P=quote))
    | (?<=\bu) rl\(\s* (?P<mark>["']?)  (?P<url>[^"')#\s][^"')]*?)  (?=\s*(?P=mark)\s*\))
    | (?<=@) import\s+ (?P<sign>["'])  (?P<sheet>[^"']+)  (?=(?P=sign))
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A reference, up to the end of its address. (Beginning with a character set makes the search fast.)"""


def replace_references(text: str, base: Path, replacement: Callable[[Path], str]) -> str:
    """Replace each address of an existing file in a document, stylesheet or drawing by `replacement(path)`.

    Addresses are relative to the folder `base`, or `file:` URLs. Other addresses are kept, so a missing file is
    identified by its address.
    """

    def replace(found: re.Match[str]) -> str:
        kind = next(name for name in ("attribute", "url", "sheet") if found[name] is not None)
        before = found[0][: found.start(kind) - found.start()]
        address = unescape(found[kind]) if kind == "attribute" else re.sub(r"\\(.)", r"\1", found[kind])
        path = _file(address, base)
        return before + (found[kind] if path is None else replacement(path))

    return _REFERENCE.sub(replace, text)


def referred(text: str, base: Path) -> list[Path]:
    """The existing files that a document, stylesheet or drawing refers to; addresses as in `replace_references`."""
    found: list[Path] = []

    def note(path: Path) -> str:
        found.append(path)
        return ""

    replace_references(text, base, note)
    return found


def sheets(root: Path, path: str) -> Iterator[tuple[str, str]]:
    """The stylesheet at `path`, relative to the project in `root`, and those that it imports: each path with its text.

    Left out are those that are missing, cannot be read or lie outside the project: that is reported where they are
    needed.
    """
    waiting, seen = [path], {path}
    while waiting:
        name = waiting.pop(0)
        text = read_text(root, name).value if is_inside(root, name) else None
        if text is None:
            continue
        yield name, text
        for file in referred(text, (root / name).parent):
            other = Path(os.path.normpath(file)).as_posix().removeprefix(f"{root.as_posix()}/")
            if other.endswith(".css") and other not in seen:
                seen.add(other)
                waiting.append(other)


def digest(path: Path, above: tuple[Path, ...] = ()) -> str:
    """A hash of a file and, recursively, of the files that it refers to: 32 hexadecimal digits.

    Args:
        path: The file.
        above: The files that led to this one; references back to them are not followed.
    """
    if path in above:
        return path.name
    opened(path)
    if path.suffix.lower() not in NESTED:
        status = path.stat()
        return _digest(path, status.st_mtime_ns, status.st_size)
    with open_regular(resolved(path)) as file:
        text = file.read().decode("utf-8", "surrogateescape")
    whole = replace_references(text, path.parent, lambda file: digest(file, (*above, path)))
    return blake2b(whole.encode("utf-8", errors="surrogateescape"), digest_size=16).hexdigest()


@lru_cache(maxsize=4096)
def _digest(path: Path, _time: int, _size: int) -> str:
    """The hash of a file's bytes, cached while the file stays the same."""
    with open_regular(resolved(path)) as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()


def _file(address: str, base: Path) -> Path | None:
    """The file at an address, if it exists on this machine."""
    try:
        parts = urlsplit(address)
        if parts.scheme not in ("", "file") or not parts.path:
            return None
        path = base / unquote(parts.path)
        return path if is_file(path) else None
    except (OSError, ValueError):
        return None
