"""Languages that are not written in Latin letters: their direction, and their fonts.

The base fonts contain Latin, Greek and Cyrillic. The fonts listed here come from packages that the extra
`florilegium[scripts]` installs (all under the SIL Open Font License). A project can also declare fonts of its own in a
stylesheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from book.model.manuscript import Manuscript

_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"})
"""Primary languages that are written from right to left, unless a script subtag says otherwise."""
_RIGHT_TO_LEFT_SCRIPTS = frozenset({"arab", "hebr", "syrc", "thaa"})
_LANG = re.compile(r'\blang="([^"]+)"')


@dataclass(frozen=True, slots=True)
class ScriptFace:
    """A font for languages that the base fonts do not cover."""

    family: str
    """CSS `font-family`."""
    package: str
    """The import name of the package that contains it."""
    file: str
    """The file in that package."""
    tags: tuple[str, ...]
    """The BCP 47 language ranges (RFC 4647, basic filtering) that it is for; the first matching face is used."""

    @property
    def path(self) -> Path | None:
        """The font's file; None if the package is not installed."""
        spec = find_spec(self.package)
        return Path(spec.origin).parent / self.file if spec and spec.origin else None


FACES: tuple[ScriptFace, ...] = (
    ScriptFace("Noto Serif TC", "pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf", ("zh-Hant", "zh-TW", "zh-HK")),
    ScriptFace("Noto Serif SC", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", ("zh", "lzh", "wuu", "yue")),
    ScriptFace("Noto Serif JP", "pylopdf_fonts_jp", "NotoSerifJP-Regular.otf", ("ja",)),
    ScriptFace("Noto Serif KR", "pylopdf_fonts_ko", "NotoSerifKR-Regular.otf", ("ko",)),
    ScriptFace("Amiri", "fontpkg_amiri", "files/Amiri-Regular.ttf", ("ar", "fa", "ur", "ps", "ckb", "sd", "ug")),
)
"""Faces by language, the most specific ranges first."""


def direction(language: str) -> str:
    """The direction in which a language (BCP 47) is written: `rtl` or `ltr`."""
    primary, *rest = language.lower().split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), None)
    return "rtl" if (script in _RIGHT_TO_LEFT_SCRIPTS if script else primary in _RIGHT_TO_LEFT) else "ltr"


def languages(manuscript: Manuscript) -> frozenset[str]:
    """Every language that a manuscript names: the book's, its chapters', its sources', those of marked words."""
    named = {manuscript.settings.language}
    for chapter in manuscript.chapters:
        named |= {chapter.front.language or "", *_LANG.findall(chapter.body)}
    named |= {citation.source.language or "" for citation in manuscript.citations}
    return frozenset(filter(None, named))


def faces(tags: Iterable[str]) -> tuple[ScriptFace, ...]:
    """The faces that some languages need, in the order of `FACES`, installed or not."""
    needed = {face for tag in tags if (face := _face(tag)) is not None}
    return tuple(face for face in FACES if face in needed)


def _face(language: str) -> ScriptFace | None:
    """The face for a language; None if the base fonts cover it."""
    return next((face for face in FACES if any(_within(language, tag) for tag in face.tags)), None)


def _within(language: str, wanted: str) -> bool:
    """Whether a language matches a range."""
    return f"{language}-".lower().startswith(f"{wanted}-".lower())


def script_rules(tags: Iterable[str]) -> str:
    """A stylesheet that sets text in some languages in their faces, if these are installed."""
    found = reversed(faces(tags))  # of two rules that apply alike, the later one counts: the more particular last
    return "".join(_rule(face, path) for face in found if (path := face.path) is not None)


def _rule(face: ScriptFace, path: Path) -> str:
    """The rules of one face. It has no italic, and a slanted form would be foreign to its script."""
    kind = "opentype" if path.suffix == ".otf" else "truetype"
    wanted = ", ".join(f":lang({tag})" for tag in face.tags)
    return (
        f'@font-face {{ font-family: "{face.family}"; src: url("{path.as_uri()}") format("{kind}"); }}\n'
        f'{wanted} {{ font-family: "{face.family}", var(--text-face, serif); font-style: normal; hyphens: manual; }}\n'
    )
