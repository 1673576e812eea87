"""Reads single files of a zip archive that may be damaged: documents of word processors, e-books."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, struct.error, UnicodeDecodeError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What `zipfile` raises for a file that is damaged, encrypted, or compressed in a way that it does not know."""


class DamagedMemberError(ValueError):
    """A file of an archive that cannot be unpacked; the message says why."""


def read_member(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    """A file of an archive.

    Args:
        archive: The archive, open for reading.
        name: The file's path in it.
        largest: Its maximum size when unpacked, in bytes.

    Raises:
        KeyError: The archive has no such file.
        DamagedMemberError: The file cannot be unpacked, or is larger.
    """
    if archive.getinfo(name).file_size > largest:
        raise DamagedMemberError("it is too large")
    try:
        return archive.read(name)
    except _DAMAGED as failure:
        raise DamagedMemberError(str(failure) or "it ends too early") from failure
