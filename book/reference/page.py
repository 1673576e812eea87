"""The reference as a page of Markdown."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from importlib.resources import files
from typing import Any

import msgspec

from book.composition.sections import SECTIONS
from book.composition.styles import DEFAULT, DESIGN_FOLDER, LAYOUTS, measures
from book.indexes import INDEXES
from book.language.terms import terms
from book.manuscript.classes import MEANINGS as CLASSES
from book.model.manuscript import FrontMatter
from book.model.settings import Checks, Edition, Limits, Page, Settings
from book.problems.explain import codes, explanation
from book.project.designs import DESIGNS, SHEETS
from book.project.yaml_source import parse as parse_yaml
from book.reference.fields import Key, about, keys, meanings, toml_value
from book.sources.csl_meanings import MEANINGS
from book.sources.csl_words import NAMES, TYPES

MEASURES: Mapping[str, str] = {
    "page-width": "width of the trimmed page",
    "page-height": "height of the trimmed page",
    "margin-inner": "margin at the spine",
    "margin-outer": "margin at the fore-edge",
    "margin-top": "margin above the text",
    "margin-foot": "margin below the text",
    "text-size": "size of the text",
    "line": "distance of two lines of text; what stands between paragraphs is made of whole lines",
}
"""The tokens whose defaults come from the trim size."""
_TOKEN = re.compile(r"^\s+(?P<name>--[a-z-]+):\s*(?P<value>[^;]+);\s*/\*\s*(?P<meaning>.*?)\s*\*/", re.MULTILINE)
_GROUP = re.compile(r"^\s+/\*\s*(?P<group>[a-z][^*:]*?)(?:[:,].*)?\s*\*/\s*$", re.MULTILINE)
_EXPRESSION = re.compile(r"\{[{%].*?[}%]\}")
_CLASS = re.compile(r'class="([^"{}]+)"')
_SELECTOR = re.compile(r"\.(-?[a-zA-Z][\w-]*)(?=[^{}]*\{)")


def reference() -> str:
    """The whole reference: settings, front matter, sources, sections, classes, tokens, problems."""
    parts = (_book_toml(), _front_matter(), _sources(), _sections(), _classes(), _designs(), _tokens(), _problems())
    head = "# Reference\n\nMade by `book reference` from the definitions themselves."
    return "\n\n".join((head, *("\n".join(part).strip() for part in parts))) + "\n"


def examples() -> Mapping[str, Any]:
    """The example of each file, as data: `book.toml`, `chapter.yaml`, `sources.yaml`."""
    return {
        "book.toml": tomllib.loads(example("book.toml")),
        **{name: _yaml(name) for name in ("chapter.yaml", "sources.yaml")},
    }


def _yaml(name: str) -> Any:
    """An example in YAML, as data."""
    parsed = parse_yaml(example(name), name)
    assert parsed.value is not None, parsed.problems
    return parsed.value.data


def example(name: str) -> str:
    """The example of a file, as text."""
    return (files("book.reference") / "examples" / name).read_text(encoding="utf-8")


def _book_toml() -> Iterator[str]:
    """The settings."""
    data = examples()["book.toml"]
    editions = list(data["editions"].values())
    yield "## `book.toml`\n"
    yield f"The file of a project. An unknown key is an error.\n\n```toml\n{example('book.toml').strip()}\n```\n"
    yield from _table("[book]", Settings, [data["book"]], frozenset({"words"}))
    yield from _table("[editions.NAME]", Edition, editions, frozenset({"name"}))
    yield from _table("[checks]", Checks, [data["checks"]])
    yield from _table("[limits]", Limits, [data["limits"]])
    yield f"### `[words]`\n\n{meanings(Settings)['words']}\n"
    yield "| key | value | default, for English |\n|---|---|---|"
    for key, word in terms("en").items():
        yield f"| `{key}` | text | {_cell(word)} |"


def _front_matter() -> Iterator[str]:
    """The front matter of a chapter."""
    yield "## Front matter\n"
    yield "The YAML block at the top of a chapter. Keys of other tools are left alone; a misspelling of one of these is"
    yield f"an error.\n\n```yaml\n---\n{example('chapter.yaml').strip()}\n---\n```\n"
    yield from _rows(keys(FrontMatter), [examples()["chapter.yaml"]])


def _table(
    title: str, struct: type[msgspec.Struct], data: Sequence[Any], out: frozenset[str] = frozenset()
) -> Iterator[str]:
    """One table of `book.toml`, and the tables in it."""
    found = keys(struct, out)
    yield f"### `{title}`\n\n{about(struct)}\n"
    yield from _rows(found, data)
    for key in found:
        for inner in key.tables:
            parts = [part for one in data for part in _parts(one.get(key.name))]
            yield f"\n#### `{key.name}`\n\n{about(inner)}\n"
            yield from _rows(keys(inner), parts)
    yield ""


def _parts(value: Any) -> list[Any]:
    """The tables that are a value, or in it."""
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


def _rows(found: Iterable[Key], data: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The keys of a table, a row each."""
    yield "| key | value | default | example | meaning |\n|---|---|---|---|---|"
    for key in found:
        shown = next((toml_value(one[key.name]) for one in data if key.name in one), "")
        default = "must be given" if key.default is None else _code(key.default)
        yield f"| `{key.name}` | {_cell(key.value)} | {default} | {_code(shown)} | {_cell(key.meaning)} |"


def _sources() -> Iterator[str]:
    """The keys of a source."""
    (data,) = examples()["sources.yaml"]
    yield "## Sources\n"
    yield "A list of CSL items, in YAML, JSON, BibTeX, RIS or CSV. Other keys of CSL are kept and not shown.\n"
    yield f"```yaml\n{example('sources.yaml').strip()}\n```\n"
    yield "| key | example | meaning |\n|---|---|---|"
    for name, meaning in MEANINGS.items():
        yield f"| `{name}` | {_code(toml_value(data[name]))} | {_cell(meaning)} |"
    others = ", ".join(f"`{name}`" for name in NAMES if name not in MEANINGS)
    yield f"\nPeople in other roles, each a list of names: {others}.\n"
    yield f"Types: {', '.join(f'`{name}`' for name in TYPES)}."


def _sections() -> Iterator[str]:
    """The sections of an edition."""
    yield "## Sections\n\nWhat `sections` of an edition can name, in the order of an edition that names none.\n"
    yield "| name | holds |\n|---|---|"
    for name, kind in SECTIONS.items():
        yield f"| `{name}` | {_cell(kind.meaning or _index_meaning(name))} |"


def _index_meaning(name: str) -> str:
    """What an index is: the first line of its module."""
    assert name in INDEXES, f"the section {name} says what it holds"
    return (import_module(f"book.indexes.{name}").__doc__ or "").split("\n")[0]


def _classes() -> Iterator[str]:
    """The classes that authors write, and those that stylesheets can address."""
    yield "## Classes\n\nWritten in chapters:\n\n| class | written and meant |\n|---|---|"
    for name, meaning in CLASSES.items():
        yield f"| `{name}` | {_cell(meaning)} |"
    yield "\nAny other class is kept, for a stylesheet. Those that layouts and base stylesheets use, with the layouts"
    yield "that have them:\n\n| class | in |\n|---|---|"
    for name, layouts in sorted(classes().items()):
        yield f"| `{name}` | {', '.join(f'`{layout}`' for layout in layouts) or 'chapters'} |"


def classes() -> dict[str, list[str]]:
    """Every class that the layouts write or the base stylesheets address, with the layouts that write it."""
    found: dict[str, list[str]] = {}
    for path in sorted((*LAYOUTS.glob("*.css"), *DESIGN_FOLDER.glob("*/*.css"))):
        text = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        for name in _SELECTOR.findall(re.sub(r"\{[^{}]*\}", "{}", text)):
            found.setdefault(name, [])
    for path in sorted(LAYOUTS.glob("*.html")):
        for value in _CLASS.findall(_EXPRESSION.sub(" ", path.read_text(encoding="utf-8"))):
            for name in (name for name in value.split() if not name.endswith("-")):
                layouts = found.setdefault(name, [])
                if path.name not in layouts:
                    layouts.append(path.name)
    return found


def _designs() -> Iterator[str]:
    """The designs, and what a folder of one has."""
    yield "## Designs\n\nValues of `design`, in `[book]` or an edition:\n\n| design | looks |\n|---|---|"
    for name, looks in DESIGNS.items():
        yield f"| `{name}` | {_cell(looks)} |"
    yield "\nOr the path of a folder of the project with the sheets of a design of its own:\n"
    yield "| sheet | holds |\n|---|---|"
    for sheet, holds in SHEETS.items():
        yield f"| `{sheet}` | {_cell(holds)} |"
    yield ""


def _tokens() -> Iterator[str]:
    """The design tokens."""
    yield "## Tokens\n\nCustom properties that a stylesheet of an edition in pages can change:"
    yield "`:root { --indent: 1em; }`.\n\n| token | default | sets |\n|---|---|---|"
    for name in measures(Edition("pdf", page=Page())):
        yield f"| `--{name}` | from the trim size | {MEASURES[name]} |"
    for name, value, meaning in tokens():
        yield f"| `{name}` | {_code(value)} | {_cell(meaning)} |"


def tokens() -> Iterator[tuple[str, str, str]]:
    """Name, default and meaning of each token of the page and the cover, with the group that it stands in."""
    for path in (DESIGN_FOLDER / DEFAULT / "tokens.css", LAYOUTS / "cover.css"):
        text = path.read_text(encoding="utf-8")
        block = text[text.index(":root {", text.index("*/")) :].partition("\n}")[0]
        group = ""
        for line in block.split("\n"):
            heading, token = _GROUP.match(line), _TOKEN.match(line)
            if heading:
                group = f"{heading['group']}: "
            elif token:
                yield token["name"], token["value"], group + token["meaning"]


def _problems() -> Iterator[str]:
    """The codes of problems."""
    yield "## Problems\n\n`book explain CODE` prints one of these."
    for code in codes():
        found = explanation(code)
        yield f"\n### {code}\n\n{found.cause}\n\n{found.example}\n\n{found.mend}"


def _code(text: str) -> str:
    """Text as code in a cell; nothing for nothing."""
    return f"`{_cell(text)}`" if text else ""


def _cell(text: str) -> str:
    """Text in a cell of a table."""
    return text.replace("|", "\\|")
