"""Finds the fonts of a project's stylesheets: faces that they declare, and families that they use."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2

from book.problem import Span
from book.project.files import is_file
from book.project.text_file import is_inside, read_text

GENERIC = frozenset(
    {
        "serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif",
        "ui-monospace", "ui-rounded", "math", "emoji", "fangsong", "inherit", "initial", "revert",
        "revert-layer", "unset",
    }
)  # fmt: skip
"""Generic families (CSS Fonts 4, 2.1.3), and keywords that any property accepts."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
"""The scheme of an address (RFC 3986, section 3.1)."""


@dataclass(frozen=True, slots=True)
class Family:
    """A font family that a stylesheet uses."""

    name: str
    """The family."""
    at: Span
    """Where it is used."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """The fonts of some stylesheets."""

    named: tuple[Family, ...] = ()
    """The families that they use, without generic ones."""
    declared: frozenset[str] = frozenset()
    """The families that their `@font-face` rules declare, in lower case."""
    files: tuple[Path, ...] = ()
    """The font files of these rules that are in the project."""
    strings: tuple[tuple[str, Span], ...] = ()
    """Texts that they print: values of `content`, and of custom properties that are not fonts."""


def read_fonts(root: Path, paths: Iterable[str]) -> Fonts:
    """Read the fonts of some stylesheets of the project in `root`, and of those that they import."""
    reader = _Reader(root)
    for path in paths:
        reader.read(path)
    return Fonts(tuple(reader.named), frozenset(reader.declared), tuple(reader.files), tuple(reader.strings))


class _Reader:
    """Reads stylesheets, each once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: set[str] = set()
        self._path = ""
        self.named: list[Family] = []
        self.declared: set[str] = set()
        self.files: list[Path] = []
        self.strings: list[tuple[str, Span]] = []

    def read(self, path: str) -> None:
        """Read a stylesheet, after those that it imports."""
        if path in self._seen or not is_inside(self._root, path) or not is_file(self._root / path):
            return
        self._seen.add(path)
        text = read_text(self._root, path).value or ""
        try:
            rules = tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True)
            for rule in rules:
                if rule.type == "at-rule" and rule.lower_at_keyword == "import":
                    self._import(rule.prelude, path)
            self._path = path
            self._rules(rules)
        except RecursionError:
            return  # nested deeper than anybody nests: what sets the pages says so

    def _import(self, prelude: Sequence[Any], path: str) -> None:
        """Read the stylesheet that an `@import` names."""
        for address in _addresses(prelude):
            self.read(_relative(address, path))
            break

    def _rules(self, rules: Iterable[Any]) -> None:
        """Read rules, and those nested in at-rules."""
        for rule in rules:
            if rule.type == "qualified-rule":
                self._declarations(rule.content)
            elif rule.type == "at-rule" and rule.content is not None:
                if rule.lower_at_keyword == "font-face":
                    self._face(rule.content)
                elif rule.lower_at_keyword in ("media", "supports", "layer", "container"):
                    self._rules(tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True))
                else:
                    self._declarations(rule.content)

    def _face(self, content: Sequence[Any]) -> None:
        """Read one `@font-face` rule."""
        for declaration in _declarations(content):
            if declaration.lower_name == "font-family":
                self.declared |= {name.casefold() for name, _ in _families(declaration.value)}
            elif declaration.lower_name == "src":
                places = (_relative(address, self._path) for address in _addresses(declaration.value))
                self.files += [self._root / place for place in places if is_inside(self._root, place)]

    def _declarations(self, content: Sequence[Any]) -> None:
        """Read the declarations of a rule, and the rules and margin boxes nested in it."""
        for declaration in _declarations(content):
            name = declaration.lower_name
            if name == "font-family" or (name.startswith("--") and name.endswith(("-face", "-font", "-family"))):
                families = _families(declaration.value)
            elif name == "font":
                families = [(token.value, token) for token in declaration.value if token.type == "string"]
            else:
                families = []
                if name == "content" or name.startswith("--"):
                    self.strings += [
                        (token.value, self._span(token)) for token in declaration.value if token.type == "string"
                    ]
            self.named += [
                Family(family, self._span(token)) for family, token in families if family.lower() not in GENERIC
            ]
        for rule in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
            if rule.type in ("qualified-rule", "at-rule") and rule.content is not None:
                self._declarations(rule.content)

    def _span(self, token: Any) -> Span:
        """The place of a token."""
        return Span(self._path, token.source_line, token.source_column)


def _declarations(content: Sequence[Any]) -> Iterator[Any]:
    """The declarations in a block."""
    found = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return (one for one in found if one.type == "declaration")


def _families(value: Sequence[Any]) -> list[tuple[str, Any]]:
    """The families in a list, each with its first token; functions such as `var()` are skipped."""
    found: list[tuple[str, Any]] = []
    words: list[Any] = []
    for token in [*value, None]:
        if token is None or (token.type == "literal" and token.value == ","):
            if words and all(word.type in ("ident", "string") for word in words):
                found.append((" ".join(word.value for word in words), words[0]))
            words = []
        elif token.type not in ("whitespace", "comment"):
            words.append(token)
    return found


def _addresses(tokens: Sequence[Any]) -> Iterator[str]:
    """The addresses of files in an `@import` or a `src`: those without a scheme, so neither `data:` nor `https:`."""
    for token in tokens:
        if token.type in ("url", "string"):
            found = [token.value]
        elif token.type == "function" and token.lower_name == "url":
            found = [one.value for one in token.arguments if one.type == "string"]
        else:
            continue
        yield from (address for address in found if not _SCHEME.match(address))


def _relative(address: str, path: str) -> str:
    """The file at an address in the stylesheet at `path`, relative to the project's folder."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(urlsplit(address).path)))
