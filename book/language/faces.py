"""Fonts for scripts that the base fonts do not contain, and which of them a book needs.

The base fonts contain Latin, Greek and Cyrillic. The fonts listed here come from packages that the extra
`florilegium[scripts]` installs (all under the SIL Open Font License). A project can also declare fonts of its own in a
stylesheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

from book.language.fonts import characters_of, font_files

_SIGNS = "Zsym"
"""The script code (ISO 15924) of faces of last resort: symbols, and what belongs to no script or to several."""
_NO_SCRIPT = frozenset({"Zyyy", "Zinh", "Zzzz"})
"""What Unicode says of characters that belong to several scripts, or to none."""
_WIDE = ("CJK", "FULLWIDTH", "HALFWIDTH", "IDEOGRAPHIC")
"""What the names of signs begin with that stand among Chinese characters, and belong to no script."""
_BEYOND = re.compile("[^\x00-\u024f\u0391-\u03a9\u03b1-\u03c9\u0400-\u045f\u2010-\u2026]")
"""Characters that the base fonts may lack: a quick test, so that most books need no look into fonts."""


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
    scripts: tuple[str, ...]
    """The scripts (ISO 15924) that it is for, where no language is named; `Zsym` for a face of last resort."""

    @property
    def path(self) -> Path | None:
        """The font's file; None if the package is not installed."""
        spec = find_spec(self.package)
        return Path(spec.origin).parent / self.file if spec and spec.origin else None

    @property
    def distribution(self) -> str:
        """The name by which `pip` installs it."""
        return self.package.replace("_", "-")


def _noto(name: str, script: str, *tags: str) -> ScriptFace:
    """A face of Noto Sans, from the package that has one for many scripts."""
    family = f"Noto Sans {name}".strip()
    return ScriptFace(family, "manimgx_fonts", f"{family.replace(' ', '')}[wght].ttf", tags, (script,))


FACES: tuple[ScriptFace, ...] = (
    ScriptFace("Noto Serif TC", "pylopdf_fonts_zh_tw", "NotoSerifTC-Regular.otf", ("zh-Hant", "zh-TW", "zh-HK"),
               ("Bopo",)),
    ScriptFace("Noto Serif SC", "pylopdf_fonts_zh_cn", "NotoSerifSC-Regular.otf", ("zh", "lzh", "wuu", "yue"),
               ("Hani",)),
    ScriptFace("Noto Serif JP", "pylopdf_fonts_jp", "NotoSerifJP-Regular.otf", ("ja",), ("Hira", "Kana")),
    ScriptFace("Noto Serif KR", "pylopdf_fonts_ko", "NotoSerifKR-Regular.otf", ("ko",), ("Hang",)),
    ScriptFace("Amiri", "fontpkg_amiri", "files/Amiri-Regular.ttf", ("ar", "fa", "ur", "ps", "ckb", "sd", "ug"),
               ("Arab",)),
    ScriptFace("Noto Serif Hebrew", "pylopdf_fonts_he", "NotoSerifHebrew-Variable.ttf", ("he", "iw", "yi"), ("Hebr",)),
    ScriptFace("Noto Serif Thai", "pylopdf_fonts_th", "NotoSerifThai-Variable.ttf", ("th",), ("Thai",)),
    ScriptFace("Noto Serif Devanagari", "pylopdf_fonts_hi", "NotoSerifDevanagari-Variable.ttf",
               ("hi", "mr", "ne", "sa"), ("Deva",)),
    _noto("Armenian", "Armn", "hy"),
    _noto("Bengali", "Beng", "bn", "as"),
    _noto("Ethiopic", "Ethi", "am", "ti"),
    _noto("Georgian", "Geor", "ka"),
    _noto("Gujarati", "Gujr", "gu"),
    _noto("Gurmukhi", "Guru", "pa"),
    _noto("Kannada", "Knda", "kn"),
    _noto("Khmer", "Khmr", "km"),
    _noto("Lao", "Laoo", "lo"),
    _noto("Malayalam", "Mlym", "ml"),
    _noto("Myanmar", "Mymr", "my"),
    _noto("Oriya", "Orya", "or"),
    _noto("Sinhala", "Sinh", "si"),
    _noto("Tamil", "Taml", "ta"),
    _noto("Telugu", "Telu", "te"),
    _noto("", _SIGNS),
    _noto("Symbols", _SIGNS),
    ScriptFace("STIX Two Math", "ziamath", "fonts/STIXTwoMath-Regular.ttf", (), (_SIGNS,)),
    ScriptFace("Noto Emoji", "manimgx_fonts", "NotoEmoji[wght].ttf", (), (_SIGNS,)),
)  # fmt: skip
"""Faces by language, the most specific ranges first; those of last resort stand at the end."""


def script_of(character: str) -> str:
    """The script of a character (ISO 15924); that of the signs among Chinese characters is theirs."""
    from fontTools.unicodedata import script

    if unicodedata.name(character, "").startswith(_WIDE):
        return "Hani"
    return str(script(character))


def is_sign(character: str) -> bool:
    """Whether a character belongs to no script, or to several, so that no language can be named for it."""
    return script_of(character) in _NO_SCRIPT


@lru_cache(maxsize=2048)
def beyond(text: str) -> frozenset[str]:
    """The characters of a text that the base fonts lack."""
    found = frozenset(_BEYOND.findall(text))
    return frozenset(one for one in found if ord(one) not in _base_characters()) if found else found


@lru_cache(maxsize=1)
def _base_characters() -> frozenset[int]:
    """The code points that the base fonts have."""
    return frozenset[int]().union(*(characters_of(font.path) for font in font_files()))


def faces(tags: Iterable[str], characters: Iterable[str] = ()) -> tuple[ScriptFace, ...]:
    """The faces that a text needs, in the order of `FACES`, installed or not.

    Args:
        tags: The languages (BCP 47) that it names.
        characters: Characters whose language it need not name, and that the base fonts lack.
    """
    needed = {face for tag in tags if (face := _face(tag)) is not None}
    for script in sorted({script_of(character) for character in characters}):
        needed |= _for_script(_SIGNS if script in _NO_SCRIPT else script, needed)
    return tuple(face for face in FACES if face in needed)


def face_for_script(script: str) -> ScriptFace | None:
    """The face for a script (ISO 15924) in text of unknown language, one to install first; None if there is none."""
    known = [face for face in FACES if (_SIGNS if script in _NO_SCRIPT else script) in face.scripts]
    return next((face for face in known if face.path is None), known[0] if known else None)


def _for_script(script: str, known: set[ScriptFace]) -> set[ScriptFace]:
    """The faces for a script; none for Chinese characters if one that has them is needed anyway."""
    if script == "Hani" and any(face.tags[0].startswith(("zh", "ja")) for face in known if face.tags):
        return set()
    return {face for face in FACES if script in face.scripts}


def _face(language: str) -> ScriptFace | None:
    """The face for a language; None if the base fonts cover it."""
    return next((face for face in FACES if any(_within(language, tag) for tag in face.tags)), None)


def _within(language: str, wanted: str) -> bool:
    """Whether a language matches a range."""
    return f"{language}-".lower().startswith(f"{wanted}-".lower())


def script_rules(tags: Iterable[str], characters: Iterable[str] = ()) -> str:
    """A stylesheet that sets text in some languages in their faces, if these are installed.

    Each face is also what the layout engine falls back to where the text's own face lacks a character.
    """
    found = reversed(faces(tags, characters))  # of two rules that apply alike, the later one counts
    return "".join(_rule(face, path) for face in found if (path := face.path) is not None)


_ON_DEVICES = ("zh", "ja", "ko", "lzh", "wuu", "yue")
"""Languages whose faces are too large for a book that is written in them; devices sold where they are read have one."""
_TEXTS = ("body", "h1", "h2", "h3", "h4", "h5", "h6", "p", "li", "figcaption", "table")
"""Elements for which a design of an e-book may name a face; code and formulas keep theirs."""

Packaged = tuple[str, dict[str, bytes], tuple[str, ...]]
"""Rules of a stylesheet, the font files that they refer to by name in a package, and the families."""


def packaged_faces(book: str, tags: Iterable[str]) -> Packaged:
    """What an EPUB needs to set text in some languages in their faces, as far as these are installed.

    Faces of Chinese, Japanese and Korean are left out of a book in one of these languages. Before each face stands its
    licence, which must accompany it (OFL 1.1, 2).

    Args:
        book: The language of the book (BCP 47).
        tags: The languages that it names.
    """
    own = any(_within(book, tag) for tag in _ON_DEVICES)
    needed = [face for face in faces(tags) if face.tags and not (own and face.tags[0].startswith(_ON_DEVICES))]
    rules: list[str] = []
    files: dict[str, bytes] = {}
    for face in reversed(needed):  # of two rules that apply alike, the later one counts
        if (path := face.path) is None:
            continue
        name = f"fonts/{face.family.lower().replace(' ', '-')}{path.suffix}"
        files[name] = path.read_bytes()
        kind = "opentype" if path.suffix == ".otf" else "truetype"
        parts = [f'[lang|="{tag}"]' for tag in face.tags]
        parts += [f"{element}:lang({tag})" for element in _TEXTS for tag in face.tags]
        wanted = ", ".join(parts)
        licence = metadata.distribution(face.distribution).read_text("licenses/LICENSE") or ""
        rules.append(
            f"/* {licence.strip()} */\n\n"
            f'@font-face {{ font-family: "{face.family}"; src: url("../{name}") format("{kind}"); }}\n'
            f'{wanted} {{ font-family: "{face.family}", "Source Serif Pro", serif; font-style: normal; }}\n'
        )
    return "".join(rules), files, tuple(face.family for face in needed if face.path)


def _rule(face: ScriptFace, path: Path) -> str:
    """The rules of one face. It has no italic, and a slanted form would be foreign to its script."""
    kind = "opentype" if path.suffix == ".otf" else "truetype"
    declared = f'@font-face {{ font-family: "{face.family}"; src: url("{path.as_uri()}") format("{kind}"); }}\n'
    wanted = ", ".join(f":lang({tag})" for tag in face.tags)
    text = f'font-family: "{face.family}", var(--text-face, serif); font-style: normal; hyphens: manual;'
    return f"{declared}{wanted} {{ {text} }}\n" if wanted else declared
