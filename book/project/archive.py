"""Writes zip files whose bytes depend on nothing but their content."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The modification time of every file in the archive: the earliest that the zip format can represent."""

COMPRESSED = frozenset({".gif", ".jpeg", ".jpg", ".png", ".webp", ".woff", ".woff2"})
"""Suffixes of files that are compressed already, and are stored as they are."""


class Archive:
    """A zip file without times, owners or systems, written in memory."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._zip = zipfile.ZipFile(self._buffer, "w")

    def writestr(self, name: str, data: str | bytes, compress_type: int = zipfile.ZIP_DEFLATED) -> None:
        """Add a file."""
        info = zipfile.ZipInfo(name, EPOCH)
        info.compress_type = zipfile.ZIP_STORED if PurePosixPath(name).suffix in COMPRESSED else compress_type
        info.create_system = 3
        info.external_attr = 0o644 << 16
        self._zip.writestr(info, data)

    def close(self) -> bytes:
        """Finish the archive and return its bytes."""
        self._zip.close()
        return self._buffer.getvalue()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip file of some files, in the order of their paths."""
    archive = Archive()
    for name in sorted(files):
        archive.writestr(name, files[name])
    return archive.close()
