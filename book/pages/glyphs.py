"""Characters that no font has: what to say of them, and where the project writes them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from book.language.faces import ScriptFace, face_for_script, faces, script_of
from book.language.scripts import languages, untagged
from book.problem import Problem, Span, error
from book.project.text_file import read_text

if TYPE_CHECKING:
    from book.model.manuscript import Manuscript

_LANGUAGES = {"Hani": "zh-Hans"}
"""The language to name as an example for a script, where it is not the first of its face's."""
_NO_SCRIPT = ("Zyyy", "Zinh", "Zzzz")
"""What Unicode says of characters that belong to several scripts, or to none."""
_CODE_POINT = re.compile(r"\(U\+([0-9A-F]+)\)$")
_OWN = "add a font that has it, in a stylesheet of the edition"
_LISTED = 8
"""So many characters are spelt out in a message."""


def missing_glyph(character: str, at: Span) -> Problem:
    """The problem of a character that no font of the book has; what to do is said when all of them are known."""
    return error("missing-glyph", f"no font of the book has the character {_named(character)}", at)


def located(problem: Problem, manuscript: Manuscript) -> Problem:
    """A `missing-glyph` at the first place where the project writes the character, any other problem as it is.

    That place is looked for in the file that the problem names, then in the lists of the cited sources,
    `book.toml` and the chapters. A character that none of them spells out keeps its file.
    """
    character = _character(problem)
    if character is None:
        return problem
    places = (_place(manuscript.project.root, path, character) for path in _files(problem.at.path, manuscript))
    at = next((place for place in places if place is not None), problem.at)
    return replace(problem, at=at)


def by_script(problems: Iterable[Problem], manuscript: Manuscript) -> tuple[Problem, ...]:
    """Problems of which those of characters that no font has are one for each script, at the place of the first.

    Scripts for which the same package has to be installed, because a language of the book needs it, are told together.
    """
    found = tuple(dict.fromkeys(problems))
    lacking = [one for one in found if _character(one)]
    if not lacking:
        return found
    wanted = [face for face in faces(languages(manuscript), untagged(manuscript)) if face.tags and face.path is None]
    groups: dict[ScriptFace | str, dict[str, Problem]] = {}
    for problem in sorted(lacking, key=lambda one: (one.at.path, one.at.line or 0, one.at.column or 0)):
        character = _character(problem) or ""
        of = next((face for face in wanted if _belongs(character, face)), script_of(character))
        groups.setdefault(of, {}).setdefault(character, problem)
    missing = (_together(of, characters, manuscript) for of, characters in groups.items())
    return (*(problem for problem in found if problem not in lacking), *missing)


def _belongs(character: str, face: ScriptFace) -> bool:
    """Whether a face that a language of the book needs has a character: of its script, or of those set among it."""
    script = script_of(character)
    wide = face.tags[0].startswith(("zh", "ja", "ko"))
    return script in face.scripts or (wide and (script == "Hani" or unicodedata.east_asian_width(character) in "FW"))


def _together(of: ScriptFace | str, missing: Mapping[str, Problem], manuscript: Manuscript) -> Problem:
    """The problem of all characters of a script, or of a face that is not installed, that no font has."""
    first, number = next(iter(missing.values())), len(missing)
    hint = (
        _hint(of, manuscript) if isinstance(of, str) else f"install its font: pip install {of.distribution}; or {_OWN}"
    )
    if number == 1:
        return replace(first, hint=hint)
    from fontTools.unicodedata import script_name

    scripts = dict.fromkeys(script_of(character) for character in missing)
    names = [str(script_name(script)) for script in scripts if script not in _NO_SCRIPT]
    listed = ", ".join(map(_named, list(missing)[:_LISTED]))
    more = f" and {number - _LISTED} more" if number > _LISTED else ""
    script_s = f" of the script{'s' * (len(names) > 1)} {', '.join(names)}" if names else ""
    return replace(first, message=f"no font of the book has {number} characters{script_s}: {listed}{more}", hint=hint)


def _hint(script: str, manuscript: Manuscript) -> str:
    """How to get a font for a script."""
    face = face_for_script(script)
    if face is None:
        return _OWN
    needed = not face.tags or face in faces(languages(manuscript), untagged(manuscript))
    marked = f"[words]{{lang={_LANGUAGES.get(script) or next(iter(face.tags), 'und')}}}"
    if face.path is not None:
        return _OWN if needed else f"say what language it is, as in {marked}; or {_OWN}"
    install = f"install its font: pip install {face.distribution}"
    return f"{install}; or {_OWN}" if needed else f"{install}, and say what language it is: {marked}"


def _named(character: str) -> str:
    """`中 (U+4E2D)`."""
    return f"{character} (U+{ord(character):04X})"


def _character(problem: Problem) -> str | None:
    """The character that a `missing-glyph` is about; None for any other problem, and for one of several."""
    found = _CODE_POINT.search(problem.message) if problem.code == "missing-glyph" else None
    return chr(int(found[1], 16)) if found and "the character " in problem.message else None


def _files(path: str, manuscript: Manuscript) -> Iterator[str]:
    """Where a character may be written, in the order of likelihood, each file once."""
    cited = [citation.source.at.path for citation in manuscript.citations]
    chapters = [chapter.path for chapter in manuscript.chapters]
    yield from dict.fromkeys([path, *cited, "book.toml", *chapters])


def _place(root: Path, path: str, character: str) -> Span | None:
    """The first place of a character in a file of the project, if it is there."""
    text = read_text(root, path).value
    if text is None:
        return None
    index = text.find(character)
    if index < 0:
        return None
    return Span(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
