"""A project's stylesheets for a package: what they name with `url()` and `@import` goes along."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2

from book.composition.styles import LAYOUTS
from book.epub.resources import MEDIA_TYPES, Resource
from book.model.editions import Stylesheet
from book.problem import Checked, Problem, Span, error
from book.project.names import image_name
from book.project.text_file import is_inside, read_text


@dataclass(frozen=True, slots=True)
class Styles:
    """The stylesheets of a package and what they need."""

    linked: Mapping[str, bytes]
    """The stylesheets that every document links to, by their names in the package, in the order of the cascade."""
    imported: Mapping[str, bytes]
    """Stylesheets that those import."""
    fonts: Mapping[str, bytes]
    """Font files that the project's stylesheets name, by their names in the package."""
    images: tuple[str, ...]
    """Pictures that they name, relative to the project's folder."""
    files: frozenset[Path] = frozenset()
    """Every file that they name, absolute."""


def pack_stylesheets(sheets: Sequence[Stylesheet], root: Path) -> Checked[Styles]:
    """The stylesheets of an edition under names for a package; those of the project with their addresses rewritten.

    `root` is the project's folder. Problems: `outside-project` for an address that leads out of it or
    onto the network, `broken-url` for one where there is no file, or none that an e-reader can use.
    """
    packer = _Packer(root)
    linked = {}
    for number, sheet in enumerate(sheets):
        path = Path(sheet.path)
        if not path.is_absolute() or path.is_relative_to(LAYOUTS):
            linked[f"styles/{number}-{path.name}"] = sheet.text.encode()
        else:
            own = posixpath.normpath(path.relative_to(root).as_posix())
            linked[f"styles/{number}-{image_name(own)}"] = packer.rewrite(sheet.text, own).encode()
    styles = Styles(linked, packer.imported, packer.fonts, tuple(sorted(packer.images)), frozenset(packer.files))
    return Checked(styles, tuple(packer.problems))


def companions(styles: Styles | None) -> tuple[Resource, ...]:
    """What the project's stylesheets import, and the fonts that they name, whole, sorted by name."""
    files = {**styles.imported, **styles.fonts} if styles else {}
    return tuple(Resource(name, data) for name, data in sorted(files.items()))


@dataclass(slots=True)
class _Packer:
    """Collects what a project's stylesheets name."""

    root: Path
    imported: dict[str, bytes] = field(default_factory=dict)
    fonts: dict[str, bytes] = field(default_factory=dict)
    images: set[str] = field(default_factory=set)
    files: set[Path] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def rewrite(self, text: str, path: str) -> str:
        """The stylesheet at `path` with the addresses that hold in the package's folder `styles/`."""
        tokens = tinycss2.parse_component_value_list(text)
        for token in _addresses(tokens):
            found = self.address(token.value, path, Span(path, token.source_line, token.source_column))
            if found is not None:
                token.representation = f'"{found}"' if token.type == "string" else f'url("{found}")'
        return str(tinycss2.serialize(tokens))

    def address(self, url: str, sheet: str, at: Span) -> str | None:
        """The new address of what the stylesheet `sheet` names at a place; None where it stays, or is a problem."""
        parts = urlsplit(url)
        if parts.scheme == "data" or not (parts.scheme or parts.netloc or parts.path):
            return None
        path = posixpath.normpath(posixpath.join(posixpath.dirname(sheet), unquote(parts.path)))
        if parts.scheme or parts.netloc or not is_inside(self.root, path):
            hint = "keep the file in the folder of book.toml"
            self.problems.append(error("outside-project", f'"{url}" lies outside the project', at, hint))
            return None
        self.files.add(self.root / path)
        if not (self.root / path).is_file():
            hint = "addresses are relative to the stylesheet's folder"
            self.problems.append(error("broken-url", f'there is no file "{path}"', at, hint))
            return None
        name = self.pack(path, at)
        return f"../{name}#{parts.fragment}" if name and parts.fragment else name and f"../{name}"

    def pack(self, path: str, at: Span) -> str | None:
        """Take a file along; its name in the package, or None for one of no use there."""
        kind = MEDIA_TYPES.get(PurePosixPath(image_name(path)).suffix, "")
        if kind.startswith("font/"):
            name = f"fonts/{image_name(path)}"
            self.fonts[name] = (self.root / path).read_bytes()
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
        """Take an imported stylesheet along, once; its name in the package."""
        name = f"styles/{image_name(path)}"
        if name not in self.imported:
            self.imported[name] = b""  # known while it is read: it may import itself in a circle
            text = read_text(self.root, path)
            self.problems += text.problems
            self.imported[name] = self.rewrite(text.value or "", path).encode()
        return name


def _addresses(tokens: Sequence[Any], *, expected: bool = False) -> Iterator[Any]:
    """The tokens that are addresses: `url(…)` and `url("…")` anywhere, and the string behind `@import`.

    `expected` says that a string is one.
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
