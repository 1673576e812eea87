"""Finds the targets of cross-references, also if they are written as in other tools.

A chapter is found by its file name, or by the same name with `.html` or without a suffix; a place in it by its id,
ignoring accents, case and punctuation, which other tools treat differently in ids of headings.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from book.model.manuscript import Chapter, CrossReference
from book.problem import Problem, error, nearest

_PUNCTUATION = re.compile(r"[\W_]+")
_GENERATED = re.compile(r"^(?:id-)?[0-9-]+(?=[^\W\d_])")
_SUFFIXES = ("/index.html", "/index.md", "/README.md", ".html", ".htm", ".xhtml", ".markdown", ".qmd", ".Rmd", "/")


@dataclass(frozen=True, slots=True)
class Targets:
    """The places of a book that references can point to."""

    chapters: Mapping[str, Chapter]
    """The chapters by their files."""
    _folded: dict[str, dict[str, str]] = field(default_factory=dict)
    """For a chapter's file, its ids as they are compared, with the ids themselves."""

    def chapter(self, path: str) -> Chapter | None:
        """The chapter that a path means."""
        bare = next((path.removesuffix(suffix) for suffix in _SUFFIXES if path.endswith(suffix)), path)
        folder, name = posixpath.split(bare)
        inside = (posixpath.join(folder, name, other) for other in ("index.md", "README.md"))
        others = (path, f"{bare}.md", posixpath.join("chapters", f"{bare}.md"), *inside)
        found = next((self.chapters[one] for one in others if one in self.chapters), None)
        if found is None and posixpath.basename(path) == "index.html":  # mdBook's page of its first chapter
            return next(iter(self.chapters.values()), None)
        return found

    def fragment(self, chapter: Chapter, name: str) -> str | None:
        """The id in a chapter that a fragment means; None if none is similar."""
        if name in chapter.ids:
            return name
        if chapter.path not in self._folded:
            self._folded[chapter.path] = {_fold(one): one for one in sorted(chapter.ids, reverse=True)}
        return self._folded[chapter.path].get(_fold(name))

    def anchor(self, reference: CrossReference) -> str | None:
        """The anchor that a reference points to; None if it is broken."""
        chapter = self.chapter(reference.path)
        if chapter is None:
            return None
        found = self.fragment(chapter, reference.fragment) if reference.fragment else None
        return f"{chapter.slug}#{found}" if found else None if reference.fragment else chapter.slug


def targets_of(chapters: Sequence[Chapter]) -> Targets:
    """The places in some chapters."""
    return Targets({chapter.path: chapter for chapter in chapters})


def broken_references(targets: Targets) -> Iterator[Problem]:
    """Links that lead nowhere: `unknown-chapter`, `unknown-anchor`, `broken-link`."""
    for chapter in targets.chapters.values():
        for reference in chapter.references:
            if (problem := _broken(reference, targets)) is not None:
                yield problem


def _broken(reference: CrossReference, targets: Targets) -> Problem | None:
    """What is wrong with the target of a cross-reference."""
    path, fragment = reference.path, reference.fragment
    chapter = targets.chapter(path)
    if chapter is None and path.endswith(".md"):
        return error("unknown-chapter", f'no chapter "{path}"', reference.at, nearest(path, targets.chapters))
    if chapter is None:
        message = f'"{path}" is neither a chapter nor an address on the web'
        return error("broken-link", message, reference.at, "link to a chapter's .md file, or to https://…")
    if fragment is not None and targets.fragment(chapter, fragment) is None:
        hint = nearest(fragment, chapter.ids)
        return error("unknown-anchor", f'no place "{fragment}" in {path}', reference.at, hint)
    return None


def _fold(name: str) -> str:
    """An id in the form for comparison: without accents, case, punctuation, and numbers that some tools omit."""
    letters = (one for one in unicodedata.normalize("NFKD", name) if not unicodedata.combining(one))
    plain = _PUNCTUATION.sub("-", "".join(letters).casefold()).strip("-")
    return _GENERATED.sub("", plain)
