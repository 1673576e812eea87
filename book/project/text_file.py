"""Reads text files of the project."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from book.problem import Checked, Span, error
from book.project.files import OutsideError, read_bytes, resolved

_DECLARED = re.compile(rb"""(?:charset\s*=|encoding\s*=)\s*["']?\s*([A-Za-z0-9._:-]+)""", re.IGNORECASE)
_HEAD = 4096
"""Number of bytes in which a page declares its encoding."""


def read_text(root: Path, path: str) -> Checked[str | None]:
    r"""Read the file at `path`, relative to `root`, without byte order mark and with `\n` as line ends.

    Returns:
        The text; None with a problem `not-utf-8` at the first invalid byte, `outside-project` or `unreadable-file`.
    """
    if not path.isprintable() and any("\ud800" <= character <= "\udfff" for character in path):
        message, hint = "the name of the file is not UTF-8", "rename it: letters A to Z, figures and hyphens are safe"
        return Checked(None, (error("not-utf-8", message, Span(path), hint),))
    try:
        data = read_bytes(root, path)
    except OutsideError:
        message = "the file lies outside the project, where a link leads"
        return Checked(None, (error("outside-project", message, Span(path), "copy it into the project's folder"),))
    except OSError as failure:
        reason = failure.strerror or "the system refused"
        return Checked(None, (error("unreadable-file", f"the file cannot be read: {reason}", Span(path)),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = data[: failure.start].decode("utf-8")
        at = Span(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte 0x{data[failure.start]:02X} is not UTF-8"
        return Checked(None, (error("not-utf-8", message, at, "save the file in the encoding UTF-8"),))
    return Checked(text.replace("\r\n", "\n").replace("\r", "\n"))


def is_inside(root: Path, path: str) -> bool:
    """Whether `path` is relative and, after links are followed, inside the folder `root`."""
    try:
        return not Path(path).is_absolute() and resolved(root / path).is_relative_to(resolved(root))
    except OSError:  # a name that no file can have
        return False


def html_encoding(data: bytes) -> str:
    """The encoding of an HTML page: UTF-8, or where it is none, what it declares, or Windows' Western encoding.

    "iso-8859-1" is a label of windows-1252 (WHATWG, Encoding, 4.2).
    """
    for mark, name in ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if data.startswith(mark):
            return name
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    # Text that is no UTF-8 is hardly ever valid as such, so that wins over what the page says, but for 7-bit encodings.
    names = [name, "utf-8"] if name.startswith(("iso-2022", "utf-7", "hz")) else ["utf-8", name]
    for one in names:
        try:
            data.decode(one)
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
        return "cp1252" if one in ("iso-8859-1", "latin1", "latin-1") else one
    return "cp1252"
