"""Standard output that says of a failure that it is its own: an error of the system names no file for it."""

from __future__ import annotations

import io
import os
import sys

STANDARD_OUTPUT = "standard output"
"""What stands in place of a file's name."""


class _NamedFile(io.FileIO):
    """A file that names itself in what it raises."""

    def write(self, data: object, /) -> int:
        """Write some bytes."""
        try:
            return super().write(data)  # type: ignore[arg-type]
        except OSError as failure:
            failure.filename = STANDARD_OUTPUT
            raise


def name_standard_output() -> None:
    """Have failures of standard output named, where it is a file of the operating system as POSIX has them."""
    before = sys.stdout
    try:
        number = before.fileno() if os.name == "posix" and isinstance(before, io.TextIOWrapper) else None
    except (OSError, ValueError):
        return
    if number is not None and isinstance(before, io.TextIOWrapper):
        before.flush()
        file = io.BufferedWriter(_NamedFile(number, "w", closefd=False))
        sys.stdout = io.TextIOWrapper(
            file,
            before.encoding,
            before.errors,
            line_buffering=before.line_buffering,
            write_through=before.write_through,
        )
