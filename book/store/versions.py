"""Versions that cached results depend on: this package, the libraries it uses, and the platform."""

from __future__ import annotations

import ctypes
import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

ENGINE = frozenset(
    {
        "cssselect2", "fonttools", "lxml", "markdown", "markdown-it-py", "mdit-py-plugins", "msgspec", "nh3", "pillow",
        "pydyf", "pyphen", "pyyaml",
        "tinycss2", "tinyhtml5", "weasyprint",
    }
)  # fmt: skip
"""Distributions that take part in reading a chapter or in setting it in pages; names are normalised."""

EXTRAS = ("scripts", "math", "csl")
"""The extras of this package whose distributions show in finished files."""

LIBRARIES = (
    ("pango_version", ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")),
    ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")),
    ("FcGetVersion", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
)
"""System libraries of the layout engine: the function that returns the version, and the file names by platform."""
_LIBRARY_NAMES = {"pango_version": "pango", "hb_version_string": "harfbuzz", "FcGetVersion": "fontconfig"}


_REQUIREMENT = re.compile(r"^Requires-Dist: ([\w.-]+)(?:.*extra *== *[\"'](\w+)[\"'])?", re.MULTILINE)
"""A line of a distribution's metadata: what it requires, and for which of its extras."""


@cache
def engine_version() -> str:
    """A hash of what a read chapter and a fragment depend on: this package's code and the engine's libraries."""
    found = [name for name in _distributions() if _normalised(name.rpartition("-")[0]) in ENGINE]
    return _hash(_code(), sys.version, sys.platform, *found, *_libraries())


def whole_version() -> str:
    """A hash of what a finished file depends on: the engine, all installed distributions, and `SOURCE_DATE_EPOCH`."""
    return _hash(engine_version(), *_distributions(), source_date() or "")


def source_date() -> str | None:
    """The value of `SOURCE_DATE_EPOCH`, the date of finished files in seconds since 1970; None if it is not set."""
    return os.environ.get("SOURCE_DATE_EPOCH") or None


def dependency_versions() -> dict[str, str]:
    """The version of each installed distribution that takes part in making a book, by normalised name, sorted.

    These are the requirements of this package, with those extras that finished files depend on, and the engine's.
    Tools of development are not among them, so that the result is the same wherever the same books are made.
    """
    versions = {_normalised(one.rpartition("-")[0]): one.rpartition("-")[2] for one in _distributions()}
    return {name: versions[name] for name in sorted({*_requirements(), *ENGINE} & versions.keys())}


def library_versions() -> dict[str, str]:
    """The version of each system library that sets text, by its name."""
    found = {}
    for line in _libraries():
        function, _, version = line.partition(" ")
        number = version.removeprefix("b'").removesuffix("'")
        if number.isdigit():  # 15603 is 1.56.3
            number = f"{int(number) // 10000}.{int(number) // 100 % 100}.{int(number) % 100}"
        found[_LIBRARY_NAMES[function]] = number
    return found


def _hash(*parts: str) -> str:
    """One hash of some texts."""
    return blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()


def _code() -> str:
    """A hash of the modules, layouts and stylesheets of this package."""
    digest = blake2b(digest_size=16)
    folder = Path(__file__).parent.parent
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = Path(parent, name)
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def _distributions() -> list[str]:
    """Name and version of every distribution on `sys.path`, sorted: `weasyprint-70.0`.

    They are read from folder names, because importing `importlib.metadata` takes longer than all of this.
    """
    found: set[str] = set()
    for folder in dict.fromkeys(sys.path):
        with suppress(OSError):
            names = (entry.name for entry in os.scandir(folder or "."))
            found |= {name.removesuffix(".dist-info") for name in names if name.endswith(".dist-info")}
    return sorted(found)


def _normalised(name: str) -> str:
    """The name of a distribution as it is compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _requirements() -> Iterator[str]:
    """The normalised names of the distributions that this package requires, with those of `EXTRAS`."""
    this = next((one for one in _distributions() if _normalised(one.rpartition("-")[0]) == "florilegium"), None)
    for folder in dict.fromkeys(sys.path) if this else ():
        with suppress(OSError):
            text = Path(folder or ".", f"{this}.dist-info", "METADATA").read_text(encoding="utf-8")
            for name, extra in _REQUIREMENT.findall(text.partition("\n\n")[0]):
                if not extra or extra in EXTRAS:
                    yield _normalised(name)
            return


def _libraries() -> Iterator[str]:
    """The versions of the system libraries that can be loaded; missing ones are left out."""
    for function, names in LIBRARIES:
        for name in names:
            with suppress(OSError):
                library = ctypes.CDLL(name)
                ask = getattr(library, function)
                if function.endswith("string"):
                    ask.restype = ctypes.c_char_p
                yield f"{function} {ask()}"
                break
