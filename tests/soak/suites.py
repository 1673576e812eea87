"""Runs test suites of other projects through a book: CommonMark, cmark, YAML, the big list of naughty strings.

`scripts/fetch-suites` brings them; `python -m tests.soak.suites FOLDER` takes every text of them as a chapter, as the
title of a chapter, and as the title of a source, and those in YAML as a list of sources and as front matter too.
Whatever is not refused, with its place, is built into books, which EPUBCheck and a reader of PDF have to accept.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import pikepdf
import yaml

from benchmarks.commonmark import examples
from book.build import build_book
from book.check import check_all
from book.problem import BookError, Severity
from book.problems.defects import take_defects
from tests.conftest import MINIMAL
from tests.outputs.test_epub import epubcheck_messages
from tests.soak.watch import TooSlowError, time_limit

SECONDS = 60
"""Processor time after which a text counts as one that hangs."""
LONG = 20_000
"""Longer texts are chapters only, and are not built."""
CHAPTERS = 150
"""Chapters of one book that is built."""
EDITIONS = (
    '[book]\ntitle = "Suites"\n[limits]\ncharacters = 9000000\n[editions.print]\noutput = "pdf"\n'
    '[editions.ebook]\noutput = "epub"\npages = "none"\n'
)

Text = tuple[str, str]
"""A name and a text."""


def texts(folder: Path) -> Iterator[Text]:
    """All texts of the suites in a folder."""
    spec = (folder / "commonmark" / "spec.txt").read_text(encoding="utf-8")
    yield from ((f"commonmark {one.number}", one.text) for one in examples(spec))
    regression = (folder / "cmark" / "test" / "regression.txt").read_text(encoding="utf-8")
    yield from ((f"cmark {one.number}", one.text) for one in examples(f"# Regression\n\n{regression}"))
    yield from pathological((folder / "cmark" / "test" / "pathological_tests.py").read_text(encoding="utf-8"))
    for name, text in yaml_texts(folder / "yaml" / "src"):
        yield f"yaml {name}", text
    strings = json.loads((folder / "strings" / "blns.json").read_bytes())
    yield from ((f"string {number}", text) for number, text in enumerate(strings))


def pathological(source: str) -> Iterator[Text]:
    """The inputs of cmark's pathological tests: products and sums of texts, which are computed, not run."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Tuple):
                    yield f"cmark {key.value!s}", _computed(value.elts[0], {})


def _computed(node: ast.expr, names: Mapping[str, int]) -> Any:
    """The value of an expression of texts and numbers: constants, `+`, `*`, `str()`, and `"".join(map(lambda …))`."""
    match node:
        case ast.Constant(str() | int() as value):
            return value
        case ast.Name(name):
            return names[name]
        case ast.BinOp(left, ast.Add(), right):
            return _computed(left, names) + _computed(right, names)
        case ast.BinOp(left, ast.Mult(), right):
            return _computed(left, names) * _computed(right, names)
        case ast.Call(ast.Name("str"), [value]):
            return str(_computed(value, names))
        case ast.Call(ast.Attribute(_, "join"), [ast.Call(ast.Name("map"), [ast.Lambda(given, body), numbers])]):
            bounds = [_computed(one, names) for one in numbers.args]  # type: ignore[attr-defined]
            return "".join(_computed(body, {given.args[0].arg: number}) for number in range(*bounds))
    raise ValueError(f"not an expression of texts: {ast.unparse(node)}")


def yaml_texts(folder: Path) -> Iterator[Text]:
    """The texts of the YAML test suite, in which some characters are written visibly."""
    for path in sorted(folder.glob("*.yaml")):
        for number, one in enumerate(yaml.safe_load(path.read_bytes()), 1):
            if "yaml" in one:
                text = re.sub(r"—*»", "\t", one["yaml"].replace("␣", " ").replace("←", "\r").replace("⇔", "\ufeff"))
                yield f"{path.stem}.{number}", text.replace("∎\n", "").replace("↵", "")


def chapter(text: str) -> Mapping[str, str]:
    """A text as a chapter's."""
    return {"chapters/01-first.md": f"---\ntitle: First\n---\n\n{text}\n"}


def title(text: str) -> Mapping[str, str]:
    """A text as a chapter's title."""
    return {"chapters/01-first.md": f"---\ntitle: {json.dumps(text)}\nslug: first\n---\n\nWords.\n"}


def source(text: str) -> Mapping[str, str]:
    """A text as the title of a source, and as all else in it."""
    item = {"id": "talk-2013", "type": "speech", "title": text, "event-place": text, "author": [{"literal": text}]}
    return {
        "sources.json": json.dumps([item]),
        "book.toml": EDITIONS.replace("[limits]", 'sources = ["sources.json"]\n[limits]'),
    }


def sources(text: str) -> Mapping[str, str]:
    """A text as a list of sources."""
    return {"sources.yaml": text}


def front_matter(text: str) -> Mapping[str, str]:
    """A text as a chapter's front matter."""
    return {"chapters/01-first.md": f"---\n{text}\n---\n\nWords.\n"}


ROLES: Mapping[str, Callable[[str], Mapping[str, str]]] = {
    "chapter": chapter, "title": title, "source": source, "sources": sources, "front matter": front_matter,
}  # fmt: skip
"""What a text is taken as."""


def roles(name: str, text: str) -> Iterator[str]:
    """What one text is taken as."""
    yield "chapter"
    if len(text) < LONG:
        yield from ("title", "source")
        if name.startswith("yaml"):
            yield from ("sources", "front matter")


def write(root: Path, files: Mapping[str, str]) -> None:
    """Write a project."""
    for path, text in {**MINIMAL, "book.toml": EDITIONS, **files}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode("utf-8", "surrogatepass"))


def fault(files: Mapping[str, str], root: Path) -> tuple[str | None, bool]:
    """What is wrong with the program's answer to a project, if anything; and whether the project has errors."""
    write(root, files)
    take_defects()
    try:
        with time_limit(SECONDS):
            problems = check_all(root).problems
    except TooSlowError:
        return f"more than {SECONDS} s", True
    except Exception as failure:  # noqa: BLE001 - whatever escapes from the program is what is looked for
        return repr(failure), True
    if defects := take_defects():
        return repr(defects[0]), True
    bare = [problem for problem in problems if not problem.at.path or not problem.message.strip()]
    return repr(bare[0]) if bare else None, any(problem.severity is Severity.ERROR for problem in problems)


def build(all_files: Iterable[Mapping[str, str]], root: Path) -> Iterator[str]:
    """Build one book of many projects' chapters or sources; what is wrong with it."""
    whole: dict[str, str] = {"chapters/01-first.md": "---\ntitle: First\n---\n\nWords.\n"}
    items: list[Any] = []
    for number, files in enumerate(all_files):
        if "sources.json" in files:
            items.append({**json.loads(files["sources.json"])[0], "id": f"s{number}"})
        else:
            whole[f"chapters/{number:04}.md"] = files["chapters/01-first.md"].replace(
                "slug: first", f"slug: c{number}", 1
            )
    if items:
        whole["book.toml"] = source("")["book.toml"]
        whole["sources.json"] = json.dumps(items)
        whole["chapters/01-first.md"] = "---\ntitle: First\n---\n\n" + "\n\n".join(
            f"Words [@{one['id']}]." for one in items
        )
    write(root, whole)
    for _ in range(20):
        try:
            build_book(root, jobs=2)
        except BookError as failure:
            errors = [one for one in failure.problems if one.severity is Severity.ERROR]
            lacking = {int(one, 16) for error in errors for one in re.findall(r"U\+([0-9A-F]{4,})", error.message)}
            if items and lacking:  # no font of a book without extras has these characters
                items = json.loads(json.dumps(items, ensure_ascii=False).translate(dict.fromkeys(lacking, "?")))
                (root / "sources.json").write_text(json.dumps(items), encoding="utf-8")
                continue
            odd = [one for one in errors if one.code == "defect" or not _taken_out(root, one.at.path, one.code)]
            yield from (f"{one}" for one in odd)
            if odd:
                return
        else:
            break
    with pikepdf.open(root / "build" / "print.pdf") as pdf:
        yield from (f"print.pdf: {one}" for one in pdf.get_warnings())
    with tempfile.TemporaryDirectory() as folder:
        found = epubcheck_messages((root / "build" / "ebook.epub").read_bytes(), Path(folder))
    yield from (f"{one}" for one in found if not one.startswith("USAGE"))


def _taken_out(root: Path, path: str, code: str) -> bool:
    """Take a chapter, or the words of sources, out of a book, because they need what is not here: fonts, files."""
    if path.startswith("chapters/"):
        (root / path).unlink(missing_ok=True)
        return True
    if path.endswith(".json") and code == "missing-glyph":
        items = json.loads((root / path).read_bytes())
        (root / path).write_text(json.dumps([{**one, "title": "T", "event-place": "P", "author": []} for one in items]))
        return True
    return False


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="build/suites")
@click.option("--only", default="", help="Only texts whose name begins with this.")
def main(folder: Path, only: str) -> None:
    """Take every text as everything; exit with 1 if one ends in a failure, or a book is not valid."""
    wrong = 0
    good: dict[str, list[Mapping[str, str]]] = {role: [] for role in ROLES}
    count, refused = 0, 0
    place = Path(tempfile.mkdtemp(prefix="suites-"))
    for name, text in texts(folder):
        for role in roles(name, text) if name.startswith(only) else ():
            count += 1
            files = ROLES[role](text)
            found, has_errors = fault(files, place / "one")
            shutil.rmtree(place / "one")
            refused += has_errors
            if found:
                wrong += 1
                click.echo(f"{name} as {role}: {found}")
            elif not has_errors and len(text) < LONG and role in ("chapter", "title", "source"):
                good[role].append(files)
    click.echo(f"{count} trials, {refused} of them refused with problems, {wrong} wrong")
    for role, projects in good.items():
        for number, some in enumerate(_batched(projects)):
            for one in build(some, place / f"{role}-{number}"):
                wrong += 1
                click.echo(f"book of {role}s {number}: {one}")
        click.echo(f"{len(projects)} built as {role}s")
    shutil.rmtree(place)
    sys.exit(bool(wrong))


def _batched(projects: list[Mapping[str, str]]) -> Iterator[list[Mapping[str, str]]]:
    """Lists of at most `CHAPTERS` projects."""
    for start in range(0, len(projects), CHAPTERS):
        yield projects[start : start + CHAPTERS]


if __name__ == "__main__":
    main()
