"""The reference and the schemas, made from the definitions and compared with what is kept."""

from __future__ import annotations

import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from book.cli.commands import main
from book.composition.styles import DEFAULT, DESIGN_FOLDER, LAYOUTS, measures
from book.model.manuscript import FrontMatter
from book.model.settings import Checks, Edition, Limits, Page, Settings
from book.problem import Span
from book.problems.explain import codes
from book.project.validate import decode
from book.reference.fields import keys, toml_value
from book.reference.page import MEASURES, classes, example, examples, reference, tokens
from book.reference.schema import NAMES_OF_FILES, schemas, shipped
from book.sources.csl_meanings import MEANINGS
from book.sources.csl_words import NAMES, OWN_KEYS, SHOWN


def test_the_page_in_the_documentation_is_the_one_that_is_made(request: pytest.FixtureRequest, sample: Path) -> None:
    page = sample / "docs" / "reference.md"
    if request.config.getoption("rewrite"):
        page.write_text(reference(), encoding="utf-8")
    assert page.read_text(encoding="utf-8") == reference(), "write it anew: pytest tests/reference --rewrite"


def test_the_schemas_in_the_package_are_those_that_are_made(request: pytest.FixtureRequest, sample: Path) -> None:
    if request.config.getoption("rewrite"):
        for name, text in schemas().items():
            (sample / "book" / "reference" / "schemas" / name).write_text(text, encoding="utf-8")
    made = {name: text.encode() for name, text in schemas().items()}
    assert shipped() == made, "write them anew: pytest tests/reference --rewrite"


def test_the_command_prints_the_page_or_writes_the_schemas(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["reference"]).stdout == reference()
    told = CliRunner().invoke(main, ["reference", "--schemas", str(tmp_path / "s")])
    assert told.stdout.split() == [str(tmp_path / "s" / name) for name in NAMES_OF_FILES]
    assert all((tmp_path / "s" / name).read_bytes() == data for name, data in shipped().items())


# --- nothing is missing --------------------------------------------------------------------------


def structs(*found: type[msgspec.Struct]) -> set[type[msgspec.Struct]]:
    """Structs, and those in their fields."""
    inner = [table for struct in found for key in keys(struct) for table in key.tables]
    return {*found, *(structs(*inner) if inner else ())}


def written(data: Any) -> set[str]:
    """Every key in an example, at any depth."""
    if isinstance(data, dict):
        return set(data).union(*map(written, data.values()))
    return set().union(*map(written, data)) if isinstance(data, list) else set()


def test_every_key_has_an_example_and_the_example_has_no_other() -> None:
    known = {key.name for struct in structs(Settings, Edition, Checks, Limits) for key in keys(struct)} - {""}
    data = examples()["book.toml"]
    assert known - {"name"} <= written(data)
    assert set(data) == {"book", "editions", "checks", "limits", "words"}
    assert set(examples()["chapter.yaml"]) == {key.name for key in keys(FrontMatter)}
    assert set(examples()["sources.yaml"][0]) == set(MEANINGS)


def test_the_examples_are_read_without_a_problem() -> None:
    data = examples()["book.toml"]
    at = lambda _path: Span("book.toml")  # noqa: E731
    assert decode(data["book"], Settings, at).problems == ()
    assert decode(data["checks"], Checks, at).problems == ()
    assert all(decode(table, Edition, at).problems == () for table in data["editions"].values())
    chapter = dict(examples()["chapter.yaml"])
    assert decode({**chapter, "author": [chapter["author"]]}, FrontMatter, at).problems == ()


def test_every_key_that_decides_what_is_shown_of_a_source_has_a_meaning() -> None:
    assert set(SHOWN) - set(NAMES) <= set(MEANINGS)
    assert set(OWN_KEYS) <= set(MEANINGS)


def test_every_token_of_the_page_and_the_cover_has_a_meaning() -> None:
    told = [name for name, _, meaning in tokens() if meaning]
    for path in (DESIGN_FOLDER / DEFAULT / "tokens.css", LAYOUTS / "cover.css"):
        text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        root = text[text.index(":root {") :].partition("}")[0]
        assert set(re.findall(r"(--[a-z-]+):", root)) <= set(told), f"write a comment behind the token in {path.name}"
    assert set(measures(Edition("pdf", page=Page()))) == set(MEASURES)


def test_every_class_of_layouts_and_stylesheets_is_listed() -> None:
    listed = classes()
    assert listed["chapter-head"] == ["chapter-head.html"]
    assert {"attribution", "verse", "index", "footnote"} <= set(listed)
    assert not {"css", "png", "html", "svg"} & set(listed)


def test_the_page_has_every_code_and_every_section() -> None:
    page = reference()
    assert [line[4:] for line in page.split("\n") if re.fullmatch(r"### [a-z0-9-]+", line)] == list(codes())
    from book.composition.sections import SECTIONS

    assert all(f"| `{name}` | " in page for name in SECTIONS)
    assert "|  |\n" not in page.partition("## Sections")[2].partition("## Classes")[0]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (300, "300"),
        ('a "b" \\', '"a \\"b\\" \\\\"'),
        (["a", "b"], '["a", "b"]'),
        ({"a-b": {"c d": 1}}, '{ a-b = { "c d" = 1 } }'),
        ({}, "{}"),
    ],
)
def test_values_are_written_as_toml_reads_them(value: object, text: str) -> None:
    assert toml_value(value) == text
    assert tomllib.loads(f"x = {text}")["x"] == value


# --- the schemas ---------------------------------------------------------------------------------


def errors(name: str, data: object) -> list[str]:
    """What a schema finds wrong."""
    schema = json.loads(shipped()[name])
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(data)]


def test_the_examples_keep_the_schemas(sample: Path) -> None:
    data = examples()
    assert errors("book.schema.json", data["book.toml"]) == []
    assert errors("chapter.schema.json", {**data["chapter.yaml"], "numbered": False, "author": ["R."]}) == []
    assert errors("sources.schema.json", data["sources.yaml"]) == []
    assert errors("book.schema.json", tomllib.loads((sample / "book.toml").read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[book]\ntitle = "T"\nlangauge = "en"', "langauge"),
        ('[book]\ntitle = "T"\nauthors = "R."', "array"),
        ("[book]\n", "title"),
        ('[book]\ntitle = "T"\n[editions.p]\noutput = "pfd"', "pfd"),
        ('[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\nsections = ["colofon"]', "colofon"),
        ('[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\nname = "p"', "name"),
        ('[book]\ntitle = "T"\n[editions.p]\noutput = "pdf"\nprinting = { profile = "p", ink-limit = 500 }', "500"),
        ('[book]\ntitle = "T"\n[checks]\nignore = ["uncited"]', "uncited"),
        ('[book]\ntitle = "T"\n[edition]\n', "edition"),
        ('[book]\ntitle = "T"\n[words]\ncontent = "C"', "content"),
    ],
)
def test_the_schema_of_the_settings_finds_what_a_check_finds(text: str, said: str) -> None:
    found = errors("book.schema.json", tomllib.loads(text))
    assert any(said in message for message in found), found


@pytest.mark.parametrize(
    ("item", "said"),
    [
        ({"id": "a", "title": "A", "typ": "speech"}, "typ"),
        ({"id": "a", "title": "A", "type": "speach"}, "speach"),
        ({"title": "A"}, "id"),
        ({"id": "a", "title": "A", "author": [{"familly": "B"}]}, "not valid"),
    ],
)
def test_the_schema_of_sources_finds_what_a_check_finds(item: object, said: str) -> None:
    assert any(said in message or "not valid" in message for message in errors("sources.schema.json", [item]))


def test_every_key_of_the_schemas_is_described() -> None:
    schema = json.loads(shipped()["book.schema.json"])
    for name, part in schema["$defs"].items():
        assert all(key.get("description") for key in part["properties"].values()), name


def test_the_files_of_a_new_project_name_their_schemas(tmp_path: Path) -> None:
    from book.cli.scaffold import create

    create(tmp_path)
    named = re.match(r"#:schema \./(\S+)\n", (tmp_path / "book.toml").read_text(encoding="utf-8"))
    assert named is not None
    assert (tmp_path / named[1]).read_bytes() == shipped()["book.schema.json"]
    sources = (tmp_path / "sources.yaml").read_text(encoding="utf-8")
    listed = re.match(r"# yaml-language-server: \$schema=(\S+)\n", sources)
    assert listed is not None
    assert (tmp_path / listed[1]).read_bytes() == shipped()["sources.schema.json"]
    assert errors("book.schema.json", tomllib.loads((tmp_path / "book.toml").read_text(encoding="utf-8"))) == []


def test_the_schemas_are_in_the_package() -> None:
    assert all((files("book.reference") / "schemas" / name).is_file() for name in NAMES_OF_FILES)
    assert example("book.toml").startswith("[book]\n")
