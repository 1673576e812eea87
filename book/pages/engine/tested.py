"""The versions of the layout engine's packages that the mends were tested with.

The mends replace private functions, so another version may set wrong pages without any error. It is refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from book.problem import BookError, Problem, Span, error

TESTED: Mapping[str, str] = {
    "weasyprint": "70.0",
    "pydyf": "0.13.0",
    "pyphen": "0.18.1",
    "tinyhtml5": "2.1.0",
}
"""The packages whose private names the mends use, with the version that each was tested with.

`pyproject.toml` requires the same versions.
"""


def check_versions() -> None:
    """Compare what is installed with what the mends were tested with.

    Raises:
        BookError: For every package with another version, or with none, an `engine-version`.
    """
    if found := tuple(_untested()):
        raise BookError(found)


def _untested() -> Iterator[Problem]:
    """An `engine-version` for each package that is not installed in its tested version."""
    for name, tested in TESTED.items():
        installed = version(name) or "not installed"
        if installed != tested:
            message = f"the mends of the layout engine were tested with {name} {tested}; installed is {installed}"
            yield error("engine-version", message, Span(name), f'pip install "{name}=={tested}"')


def version(name: str) -> str | None:
    """The version of an installed package; None if it is not there.

    It is in the name of a folder. `importlib.metadata`, which each process that sets pages would have to load (12 ms),
    is asked only for packages that are installed otherwise.
    """
    for folder in sys.path:
        for found in Path(folder).glob(f"{name}-*.dist-info"):
            return found.stem.removeprefix(f"{name}-")
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
