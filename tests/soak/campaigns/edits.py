"""A build after any edit gives what a build from nothing gives: the same files, byte for byte, or the same problems."""

from __future__ import annotations

import random
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from book.store.unchanged import QUIET_SECONDS
from tests.soak.projects import LARGER, SMALL, choose, copy_of, difference, outcome
from tests.soak.trial import Campaign, FoundError

EDITS = 3
"""How many times a project is changed in one trial."""

LAYOUTS = Path(__file__).resolve().parents[3] / "book" / "composition" / "layouts"
WORDS = ("water", "hill", "Ärger", "12", "“so”", "—", "*so*", "[@nowhere]", "and\n\nso", "\\", "fi", "x" * 30)
SETTINGS = (
    ("language", '"fr"'), ("language", '"en-GB"'), ("subtitle", '"About water"'), ("authors", '["A. B."]'),
    ("note", '"A note."'), ("publisher", '"Press"'), ("date", '"2020-02-03"'), ("bogus", "1"),
)  # fmt: skip
EDITIONS = (
    'output = "pdf"\nnotes = "end"\n', 'output = "pdf"\nsplit = "chapter"\n', 'output = "epub"\n',
    'output = "pdf"\npage = { width = "120mm", height = "180mm" }\n',
    'output = "pdf"\nsections = ["chapters", "chronological"]\n',
)  # fmt: skip
RULES = ("p { color: #123 }", ":root { --text-size: 9pt }", "h1 { break-after: page }", "p { nonsense: 1 }", "")


def run(chance: random.Random, folder: Path) -> None:
    """Change a project several times; build it after each, from what is there and from nothing."""
    name = chance.choice(SMALL if chance.random() < 0.8 else LARGER)
    root = copy_of(name, folder / "project")
    kept = folder / "kept"
    outcome(root, kept)
    for number in range(EDITS):
        before = folder / f"before-{number}"
        shutil.copytree(root, before)
        said = edit(chance, root, folder / "before-0")
        if chance.random() < 0.8:
            time.sleep(1.5 * QUIET_SECONDS)  # else it is too young to be remembered
        incremental = outcome(root, kept)
        fresh = outcome(root, folder / f"fresh-{number}")
        if found := difference(incremental, fresh):
            raise FoundError(f"{name}, after {said} (edit {number}; the project was {before}):\n{found}")
        if found := difference(outcome(root, kept), fresh):
            raise FoundError(f"{name}, built again after {said} (edit {number}):\n{found}")


def edit(chance: random.Random, root: Path, first: Path) -> str:
    """Change a project in some way that is possible; say how. `first` is how it was at the beginning."""
    while True:
        kind = chance.choice(KINDS)
        said = kind(chance, root, first)
        if said:
            return f"{kind.__name__.removeprefix('_')} ({said})"


def _chapters(root: Path) -> list[Path]:
    return sorted((root / "chapters").glob("*.md"))


def _replace(path: Path, start: int, end: int, new: str) -> str:
    """Put other text in place of part of a file."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text[:start] + new + text[end:], encoding="utf-8")
    return f"{path.name}: {text[start:end]!r} → {new!r}"


def _word(chance: random.Random, root: Path, _first: Path) -> str:
    """Another word in a chapter."""
    path = choose(chance, _chapters(root))
    text = path.read_text(encoding="utf-8") if path else ""
    body = text.find("\n---", 4) + 5
    words = [word for word in re.finditer(r"\w+", text) if word.start() > body]
    if not path or not words:
        return ""
    word = chance.choice(words)
    return _replace(path, word.start(), word.end(), chance.choice(WORDS))


def _paragraph(chance: random.Random, root: Path, _first: Path) -> str:
    """A paragraph taken out, written twice, or moved to another chapter."""
    path, other = choose(chance, _chapters(root)), choose(chance, _chapters(root))
    text = path.read_text(encoding="utf-8") if path else ""
    blocks = [(found.start(), found.end()) for found in re.finditer(r"[^\n](?:.|\n(?!\n))*\n*", text)][1:]
    if not path or not other or not blocks:
        return ""
    start, end = chance.choice(blocks)
    if chance.random() < 0.5:
        with other.open("a", encoding="utf-8") as file:
            file.write(f"\n\n{text[start:end]}")
        return f"of {path.name} again in {other.name}: {text[start:end]!r}"
    return _replace(path, start, end, "")


def _files_of_chapters(chance: random.Random, root: Path, _first: Path) -> str:
    """A chapter more or less, under another name, or two that change places."""
    path, other = choose(chance, _chapters(root)), choose(chance, _chapters(root))
    if not path or not other:
        return ""
    new = root / "chapters" / f"{chance.randrange(99):02}-{chance.choice(['new', 'neu', 'ново'])}.md"
    kind = chance.choice(["copy", "rename", "remove", "swap"])
    if kind == "copy":
        shutil.copy(path, new)
    elif kind == "rename":
        path.rename(new)
    elif kind == "remove":
        path.unlink()
    else:
        texts = path.read_bytes(), other.read_bytes()
        other.write_bytes(texts[0])
        path.write_bytes(texts[1])
    return f"{kind} {path.name}, {new.name} or {other.name}"


def _source(chance: random.Random, root: Path, _first: Path) -> str:
    """A date, or the line of a source, is another."""
    path = choose(chance, list(root.glob("sources.*")))
    text = path.read_text(encoding="utf-8") if path else ""
    dates = list(re.finditer(r"\d{4}-\d{2}", text))
    if not path or not dates:
        return ""
    if chance.random() < 0.5:
        found = chance.choice(dates)
        return _replace(
            path, found.start(), found.end(), f"{chance.randrange(1700, 2030)}-{chance.randrange(1, 13):02}"
        )
    lines = list(re.finditer(r".+\n", text))
    found = chance.choice(lines)
    return _replace(path, found.start(), found.end(), "" if chance.random() < 0.5 else found[0] * 2)


def _settings(chance: random.Random, root: Path, _first: Path) -> str:
    """A setting or an edition more, or a line less."""
    path = root / "book.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = list(re.finditer(r".*\n", text))
    if not lines:
        return ""
    kind = chance.random()
    if kind < 0.5:
        key, value = chance.choice(SETTINGS)
        at = text.find("[book]\n") + len("[book]\n")
        return _replace(path, at, at, f"{key} = {value}\n")
    if kind < 0.8:
        return _replace(
            path, len(text), len(text), f"\n[editions.more{chance.randrange(9)}]\n{chance.choice(EDITIONS)}"
        )
    line = chance.choice(lines)
    return _replace(path, line.start(), line.end(), "")


def _editions(chance: random.Random, root: Path, _first: Path) -> str:
    """An edition less, one under another name, or two whose tables change places."""
    path = root / "book.toml"
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    tables = list(re.finditer(r"(?m)^\[editions\.(\w+)\]\n(?:(?!\[).*\n?)*", text))
    if not tables:
        return ""
    one, other = chance.choice(tables), chance.choice(tables)
    kind = chance.choice(["remove", "rename", "swap"])
    if kind == "remove":
        return _replace(path, one.start(), one.end(), "")
    if kind == "rename":
        return _replace(path, one.start(1), one.end(1), f"other{chance.randrange(9)}")
    if one.start() < other.start():
        between = text[one.end() : other.start()]
        return _replace(path, one.start(), other.end(), f"{other[0]}\n{between}\n{one[0]}")
    return ""


def _list_of_sources(chance: random.Random, root: Path, _first: Path) -> str:
    """An entry more or less in a list of sources, under another id, two that change places, or no list at all."""
    path = choose(chance, list(root.glob("sources.y*ml")))
    text = path.read_text(encoding="utf-8") if path else ""
    entries = list(re.finditer(r"(?m)^- id: *(\S+)\n(?:(?!- ).*\n?)*", text))
    if not path or not entries:
        return ""
    one, other = chance.choice(entries), chance.choice(entries)
    kind = chance.choice(["add", "remove", "rename", "swap", "delete"])
    if kind == "add":
        return _replace(path, len(text), len(text), f"\n{one[0].replace(one[1], f'more-{chance.randrange(99)}', 1)}")
    if kind == "remove":
        return _replace(path, one.start(), one.end(), "")
    if kind == "rename":
        return _replace(path, one.start(1), one.end(1), f"{one[1]}-new")
    if kind == "delete" and chance.random() < 0.3:
        path.unlink()
        return f"without {path.name}"
    if one.start() < other.start():
        return _replace(path, one.start(), other.end(), f"{other[0]}{text[one.end() : other.start()]}{one[0]}")
    return ""


def _language(chance: random.Random, root: Path, _first: Path) -> str:
    """Another language of the book, or of a chapter."""
    tag = chance.choice(["de", "fr", "zh", "ar", "cs", "en-GB", "x-none"])
    path = choose(chance, [*_chapters(root), root / "book.toml"])
    text = path.read_text(encoding="utf-8") if path and path.exists() else ""
    start = "[book]\n" if path and path.suffix == ".toml" else "---\n"
    at = text.find(start)
    if not path or at < 0:
        return ""
    if found := re.search(r"(?m)^(?:language|lang)\s*[=:].*\n", text):
        text = text.replace(found[0], "", 1)
    at = text.find(start) + len(start)
    said = f'language = "{tag}"\n' if path.suffix == ".toml" else f"lang: {tag}\n"
    path.write_text(text[:at] + said + text[at:], encoding="utf-8")
    return f"{path.name} in {tag}"


def _layout(chance: random.Random, root: Path, _first: Path) -> str:
    """A layout or stylesheet of the project's own, changed, or gone."""
    own = choose(chance, list((root / "layouts").glob("*")))
    if own and chance.random() < 0.4:
        own.unlink()
        return f"without {own.name}"
    path = choose(chance, [*LAYOUTS.glob("*.html"), *LAYOUTS.glob("*.css")])
    assert path is not None
    target = root / "layouts" / path.name
    target.parent.mkdir(exist_ok=True)
    text = path.read_text(encoding="utf-8")
    more = chance.choice(RULES) if path.suffix == ".css" else chance.choice(["<p>More</p>", "", "{# nothing #}"])
    target.write_text(f"{text}\n{more}\n", encoding="utf-8")
    return f"{target.name} with {more!r}"


def _style(chance: random.Random, root: Path, _first: Path) -> str:
    """A rule more in a stylesheet of the project."""
    path = choose(chance, [*root.glob("styles/*.css"), *root.glob("*.css")])
    if not path:
        return ""
    end = len(path.read_text(encoding="utf-8"))
    return _replace(path, end, end, f"{chance.choice(RULES)}\n")


def _picture(chance: random.Random, root: Path, _first: Path) -> str:
    """Another picture under the same name, one more in a chapter, one under another name, or none."""
    from PIL import Image

    path = choose(
        chance, [path for kind in ("png", "jpg") for path in root.rglob(f"*.{kind}") if "build" not in path.parts]
    )
    chapter = choose(chance, _chapters(root))
    if chapter and chance.random() < 0.4:
        new = root / "images" / f"more-{chance.randrange(9)}.png"
        new.parent.mkdir(exist_ok=True)
        Image.new("RGB", (chance.randrange(300, 900), 400), "teal").save(new)
        with chapter.open("a", encoding="utf-8") as file:
            file.write(f"\n\n![A plain field](images/{new.name})\n")
        return f"{new.name} in {chapter.name}"
    if not path:
        return ""
    if chance.random() < 0.2:
        path.rename(path.with_stem(f"{path.stem}-new"))
        return f"{path.name} under another name"
    if chance.random() < 0.2:
        path.unlink()
        return f"without {path.name}"
    colour = tuple(chance.randrange(256) for _ in range(3))
    Image.new("RGB", (chance.randrange(300, 900), 400), colour).save(path)
    return f"{path.name} in {colour}"


def _undo(_chance: random.Random, root: Path, first: Path) -> str:
    """All as it was at first."""
    shutil.rmtree(root)
    shutil.copytree(first, root)
    return "all"


Edit = Callable[[random.Random, Path, Path], str]
STRUCTURAL: tuple[Edit, ...] = (
    _files_of_chapters, _editions, _list_of_sources, _language, _settings, _layout, _picture,
)  # fmt: skip
"""Edits that add, remove, rename or exchange parts of a book."""
KINDS: tuple[Edit, ...] = (_word, _word, _word, _word, _paragraph, _source, _style, *STRUCTURAL, _undo)

CAMPAIGN = Campaign("a build after an edit gives what a build from nothing gives", run, sample=(0,), seconds=180)
