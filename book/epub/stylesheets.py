"""Packs a project's stylesheets with everything that they refer to with `url()` and `@import`."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import tinycss2

from book.composition.styles import OWN_FOLDER
from book.epub.css import clean
from book.epub.resources import MEDIA_TYPES, Resource
from book.model.fragments import Stylesheet
from book.problem import Checked, Problem, Span, error
from book.project.files import is_file, read_bytes
from book.project.names import image_name
from book.project.text_file import is_inside, read_text

_IN_ADDRESSES = "!#$%&'()*+,-./:;=?@_~"
"""Characters of an address that stay as they are (RFC 3986, 2.2 and 2.3), with the sign of those that are coded."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The stylesheets of a package, with the files that they refer to."""

    linked: Mapping[str, bytes]
    """The stylesheets that every document links to, by file name in the package, in cascade order."""
    imported: Mapping[str, bytes]
    """Stylesheets that those import, by file name in the package."""
    fonts: Mapping[str, bytes]
    """Font files that the project's stylesheets refer to, by file name in the package."""
    images: tuple[str, ...]
    """Images that they refer to, relative to the project."""


def pack_stylesheets(sheets: Sequence[Stylesheet], root: Path) -> Checked[Styles]:
    """Name the stylesheets of an edition for a package, and rewrite the addresses in those of the project.

    Problems: `outside-project` for an address outside the project or on the network; `broken-url` for one without a
    file, or with a file that e-readers cannot use; `stylesheet` for what is left out.

    Args:
        sheets: The stylesheets, in cascade order.
        root: The project's folder.
    """
    packer = _Packer(root)
    linked = {}
    for number, sheet in enumerate(sheets):
        path = Path(sheet.path)
        if not path.is_absolute() or path.is_relative_to(OWN_FOLDER):
            linked[f"styles/{number}-{path.name}"] = sheet.text.encode()
        else:
            own = posixpath.normpath(path.relative_to(root).as_posix())
            linked[f"styles/{number}-{image_name(own)}"] = packer.rewrite(sheet.text, own).encode()
    styles = Styles(linked, packer.imported, packer.fonts, tuple(sorted(packer.images)))
    return Checked(styles, tuple(packer.problems))


def imported_resources(styles: Styles | None) -> tuple[Resource, ...]:
    """The imported stylesheets, and the fonts that the project's stylesheets use (not reduced), sorted by name."""
    files = {**styles.imported, **styles.fonts} if styles else {}
    return tuple(Resource(name, data) for name, data in sorted(files.items()))


@dataclass(slots=True)
class _Packer:
    """Collects the files that a project's stylesheets refer to."""

    root: Path
    imported: dict[str, bytes] = field(default_factory=dict)
    fonts: dict[str, bytes] = field(default_factory=dict)
    images: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def rewrite(self, text: str, path: str) -> str:
        """The stylesheet at `path` with addresses relative to the package's folder `styles/`."""
        tokens = tinycss2.parse_component_value_list(text)
        for token in _addresses(tokens):
            found = self.address(token.value, path, Span(path, token.source_line, token.source_column))
            if found is not None:
                token.representation = f'"{found}"' if token.type == "string" else f'url("{found}")'
        written, problems = clean(tokens, path)
        self.problems += problems
        return written

    def address(self, url: str, sheet: str, at: Span) -> str | None:
        """The new address for an address in stylesheet `sheet`; None to leave it unchanged, or if it is a problem."""
        if url[:5].lower() == "data:":
            written = quote(url, safe=_IN_ADDRESSES)
            return written if written != url else None
        parts = urlsplit(url)
        if not (parts.scheme or parts.netloc or parts.path):
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), unquote(parts.path)))
        if parts.scheme or parts.netloc or not is_inside(self.root, path):
            hint = "keep the file in the folder of book.toml"
            self.problems.append(error("outside-project", f'"{url}" lies outside the project', at, hint))
            return None
        if not is_file(self.root / path):
            hint = "addresses are relative to the stylesheet's folder"
            self.problems.append(error("broken-url", f'there is no file "{path}"', at, hint))
            return None
        name = self.pack(path, at)
        return f"../{name}#{parts.fragment}" if name and parts.fragment else name and f"../{name}"

    def pack(self, path: str, at: Span) -> str | None:
        """Add a file; return its name in the package, or None if e-readers cannot use it."""
        kind = MEDIA_TYPES.get(PurePosixPath(image_name(path)).suffix, "")
        if kind.startswith("font/"):
            name = f"fonts/{image_name(path)}"
            self.fonts[name] = read_bytes(self.root, path)
            return name
        if kind.startswith("image/"):
            self.images.add(path)
            return f"images/{image_name(path)}"
        if kind == "text/css":
            return self.sheet(path)
        hint = "use JPEG, PNG, GIF, WebP, SVG, OpenType, WOFF or CSS"
        self.problems.append(error("broken-url", f'e-readers cannot use "{path}"', at, hint))
        return None

    def sheet(self, path: str) -> str:
        """Add an imported stylesheet, once; return its name in the package."""
        name = f"styles/{image_name(path)}"
        if name not in self.imported:
            self.imported[name] = b""  # known while it is read: it may import itself in a circle
            text = read_text(self.root, path)
            self.problems += text.problems
            self.imported[name] = self.rewrite(text.value or "", path).encode()
        return name


def _addresses(tokens: Sequence[Any], *, expected: bool = False) -> Iterator[Any]:
    """The tokens that are addresses: `url(…)` and `url("…")` anywhere, and the string after `@import`.

    Args:
        tokens: The tokens of a stylesheet or block.
        expected: Whether a string among them is an address.
    """
    importing = False
    for token in tokens:
        if token.type == "url" or (token.type == "string" and (expected or importing)):
            yield token
        elif token.type == "function":
            yield from _addresses(token.arguments, expected=token.lower_name == "url")
        elif token.type.endswith(" block"):
            yield from _addresses(token.content)
        importing = (token.type == "at-keyword" and token.lower_value == "import") or (
            importing and token.type in ("whitespace", "comment")
        )
