"""The font files that all editions use.

They come from packages, so that a book looks the same on every machine; the machine's own fonts are not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

SERIF, SANS = "Source Serif Pro", "Source Sans Pro"
"""The families that text, titles and labels are set in."""
CODE = "IBM Plex Mono"
"""The family that code is set in: monospaced."""
LARGE = "Atkinson Hyperlegible"
"""The family of large print, drawn for readers with low vision: letters that are not taken for one another."""
_WEIGHTS = {"Regular": 400, "Semibold": 600, "Bold": 700}


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face of a family."""

    family: str
    """CSS `font-family`."""
    style: str
    """CSS `font-style`: `normal` or `italic`."""
    weight: int
    """CSS `font-weight`: 100 to 900."""
    path: Path
    """The OpenType file."""

    def rule(self, url: str) -> str:
        """The `@font-face` rule that loads the face from `url`."""
        return (
            f'@font-face {{ font-family: "{self.family}"; font-style: {self.style}; '
            f'font-weight: {self.weight}; src: url("{url}") format("opentype"); }}\n'
        )


@cache
def font_files() -> tuple[FontFile, ...]:
    """Every face that the base stylesheets may use."""
    text = (*_family(SERIF, "SourceSerifPro"), *_family(SANS, "SourceSansPro"))
    return (*text, *_static_family(CODE, "IBMPlexMono"))


@cache
def large_print_files() -> tuple[FontFile, ...]:
    """The faces of large print, which only such editions use."""
    return _static_family(LARGE, "AtkinsonHyperlegible")


def _files_of(package: str) -> Path:
    """The folder of font files in a package.

    Raises:
        ModuleNotFoundError: The package is not installed.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"No module named {package!r}", name=package)
    return Path(spec.origin).parent / "files"


def _static_family(family: str, stem: str) -> tuple[FontFile, ...]:
    """The faces of a family in static fonts, for a variable one is set in its lightest weight."""
    folder = _files_of("fontpkg_" + family.lower().replace(" ", "_"))
    return tuple(
        FontFile(family, style, weight, folder / f"{stem}-{name}.ttf")
        for weight, style, name in (
            (400, "normal", "Regular"),
            (400, "italic", "Italic"),
            (700, "normal", "Bold"),
            (700, "italic", "BoldItalic"),
        )
    )


def _family(family: str, stem: str) -> tuple[FontFile, ...]:
    """The roman and italic faces of a family, from its package (SIL Open Font License)."""
    folder = _files_of("font_" + family.lower().replace(" ", "_"))
    return tuple(
        FontFile(family, style, weight, folder / f"{stem}-{_file_name(name, style)}.otf")
        for name, weight in _WEIGHTS.items()
        for style in ("normal", "italic")
    )


def _file_name(weight: str, style: str) -> str:
    """`Regular`, `It`, `Semibold`, `SemiboldIt`: the suffixes of Adobe's file names."""
    if style == "normal":
        return weight
    return "It" if weight == "Regular" else f"{weight}It"


@lru_cache(maxsize=64)
def characters_of(path: Path) -> frozenset[int]:
    """The code points for which a font has a glyph; none if it cannot be read, which is reported elsewhere."""
    if path.suffix.lower() in (".otf", ".ttf"):
        import uharfbuzz

        return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))).unicodes)
    from fontTools.ttLib import TTFont, TTLibError

    try:
        return frozenset(TTFont(path, fontNumber=0, lazy=True).getBestCmap() or ())
    except (OSError, TTLibError):
        return frozenset()


@lru_cache(maxsize=64)
def family_of(path: Path, index: int = 0) -> str:
    """The family that a font file says it belongs to (OpenType, `name`: 16, else 1); the file's name without one."""
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)), index)
    names = uharfbuzz.OTNameIdPredefined
    return face.get_name(names.TYPOGRAPHIC_FAMILY) or face.get_name(names.FONT_FAMILY) or path.stem


@lru_cache(maxsize=4096)
def text_width(text: str, family: str, style: str = "normal", weight: int = 400) -> float:
    """The width of a line of text in a face of a family, in em; a missing glyph counts as 1 em.

    A weight that the family does not have counts as the regular one.
    """
    font = _measure(family, style, weight)
    glyphs = [font.get_nominal_glyph(ord(character)) for character in text]
    per_em = font.face.upem
    return sum(font.get_glyph_h_advance(glyph) / per_em if glyph else 1.0 for glyph in glyphs)


@cache
def _measure(family: str, style: str, weight: int) -> Any:
    """A face of a family, for measuring."""
    import uharfbuzz

    known = (*font_files(), *large_print_files())
    found = {(font.style, font.weight): font.path for font in known if font.family == family}
    path = found.get((style, weight)) or found[style, 400]
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(path.read_bytes())))


def local_rules(*, large: bool = False) -> str:
    """`@font-face` rules that load each face from its file; with those of large print, if the text is `large`."""
    return "".join(font.rule(font.path.as_uri()) for font in (*font_files(), *(large_print_files() if large else ())))


def packaged(families: Sequence[str]) -> tuple[str, Mapping[str, bytes]]:
    """`@font-face` rules for a stylesheet in `styles/` of an EPUB package, and the font files by name in the package.

    Each family's rules follow its licence, which must accompany the fonts (OFL 1.1, 2).
    """
    rules: list[str] = []
    files: dict[str, bytes] = {}
    for family in families:
        faces = [font for font in font_files() if font.weight in (400, 700) and font.family == family]
        rules.append(f"/* {_licence(faces[0])} */\n\n")
        for font in faces:
            name = _package_name(font)
            rules.append(font.rule(f"../{name}"))
            files[name] = font.path.read_bytes()
    return "".join(rules), files


def _licence(font: FontFile) -> str:
    """The text of a font's licence, from its package."""
    beside, above = font.path.with_name("LICENSE.txt"), font.path.parents[1] / "LICENSE"
    return (beside if beside.exists() else above).read_text(encoding="utf-8").strip()


def _package_name(font: FontFile) -> str:
    """The file name of a face in a package: without the reserved name, because it is a subset (OFL 1.1, 3)."""
    kind = {CODE: "code", SANS: "sans"}.get(font.family, "serif")
    return f"fonts/{kind}-{font.weight}{'-italic' if font.style == 'italic' else ''}{font.path.suffix}"
