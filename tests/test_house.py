"""Checks of the repository as a whole: its pages' claims, its modules' imports."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

HEAVY = {
    "babel",
    "ebooklib",
    "edtf",
    "fontTools",
    "jinja2",
    "lxml",
    "markdown",
    "markdown_it",
    "msgspec",
    "nh3",
    "pikepdf",
    "rich",
    "uharfbuzz",
    "weasyprint",
    "yaml",
}
"""Packages that cost tens of milliseconds to load."""

NOT_ALWAYS_THERE = {"pypandoc": "pypandoc-binary"}
"""The distributions of packages that `make test` does not install, by what is imported of them."""


def test_the_command_line_starts_without_loading_any_heavy_package() -> None:
    program = "import sys, book.cli.commands; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "click" in loaded
    assert not loaded & HEAVY


def test_the_architecture_page_has_every_room_in_the_order_of_the_floors(sample: Path) -> None:
    page = (sample / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ((?:\**`[a-z]+`\** ?)+)\| \S.* \|$", page, flags=re.MULTILINE)
    rooms = [room for row in rows for room in re.findall(r"`([a-z]+)`", row)]
    contracts = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [one["layers"] for one in contracts["contracts"] if one.get("containers") == ["book"]]
    floors = [set(re.split(r" [:|] ", layer)) for layer in layers]
    assert rooms
    assert [floor for floor in floors for _ in floor] == [
        next(floor for floor in floors if room in floor) for room in rooms
    ]
    inside = {
        path.stem for path in (sample / "book").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert sorted(rooms) == sorted(inside - {"__init__", "__main__"}), "each once"
    for named in re.findall(r"`([a-z]+/[a-z_/.]+)`", page):
        assert (sample / "book" / named).exists() or (sample / named).exists(), named


def test_the_list_of_modules_has_each_by_its_path_with_what_it_does(sample: Path) -> None:
    done = subprocess.run(
        [sys.executable, sample / "scripts" / "list-modules"], capture_output=True, text=True, check=True
    )
    listed = dict(line.split(maxsplit=1) for line in done.stdout.splitlines() if line)
    assert listed.keys() == {path.relative_to(sample).as_posix() for path in (sample / "book").rglob("*.py")}
    assert [path for path, purpose in listed.items() if not re.fullmatch(r"\S.*[.:]", purpose)] == []


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "THIRD_PARTY.md"])
def test_every_file_that_a_page_links_to_exists(sample: Path, name: str) -> None:
    page = (sample / name).read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```|`[^`\n]*`(?!\])", "", page, flags=re.DOTALL)
    links = re.findall(r"\]\((?![a-z]+:|#)([^)#\s]+)", prose)
    assert [link for link in links if not (sample / link).exists()] == []


def test_the_version_is_the_same_in_the_package_and_its_metadata(sample: Path) -> None:
    from book import __version__

    metadata = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))
    assert metadata["project"]["version"] == __version__


@pytest.mark.parametrize(
    ("folder", "extras"),
    [
        ("book", ("cluster", "csl", "import", "math", "scripts")),
        ("tests", ("test", "bench")),
        ("benchmarks", ("bench",)),
    ],
)
def test_everything_that_is_imported_is_required(sample: Path, folder: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    declared = {_normal(re.match(r"[\w.-]+", one)[0]) for one in required}  # type: ignore[index]
    own = {"book", "benchmarks", "tests"} | sys.stdlib_module_names
    distributions = packages_distributions()
    for path in _modules(sample / folder):
        for name in _imported(path) - own:
            known = {_normal(one) for one in distributions.get(name, [NOT_ALWAYS_THERE.get(name, name)])}
            assert known & declared, f"{path.relative_to(sample)} imports {name}, which pyproject.toml does not require"


def _modules(folder: Path) -> Iterator[Path]:
    """The modules below a folder, without those of other people."""
    return (path for path in sorted(folder.rglob("*.py")) if "node_modules" not in path.parts)


def _imported(path: Path) -> set[str]:
    """The first part of the name of everything that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add((node.module or "").partition(".")[0])
    return found


def _normal(name: str) -> str:
    """The name of a distribution as the package index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirement_has_a_pinned_version(sample: Path) -> None:
    project = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    pinned = {
        _normal(line.partition("==")[0])
        for line in (sample / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert {_normal(re.match(r"[\w.-]+", one)[0]) for one in required} <= pinned  # type: ignore[index]


def _locked(path: Path) -> dict[str, set[str]]:
    """The versions of each package of a lock file, by normalised name."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", path.read_text(encoding="utf-8"), flags=re.MULTILINE):
        found.setdefault(_normal(name), set()).add(version)
    return found


def _names(requirements: list[str]) -> set[str]:
    """The normalised names of the packages of some requirements."""
    return {_normal(re.match(r"[\w.-]+", one)[0]) for one in requirements}  # type: ignore[index]


LOCKS = {
    "requirements.lock": (),
    "requirements-test.lock": ("test", "dev"),
    "requirements-bench.lock": ("bench",),
}
"""The lock files, and the extras that each has besides what a build needs."""


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_has_all_that_is_required_in_the_pinned_versions_with_hashes(sample: Path, name: str) -> None:
    whole = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))
    project = whole["project"]
    required = [*project["dependencies"], *whole["build-system"]["requires"]]
    required += [one for extra in LOCKS[name] for one in project["optional-dependencies"][extra]]
    locked = _locked(sample / name)
    assert _names(required) <= locked.keys(), "run make lock"
    pinned = _locked(sample / "constraints.txt")
    assert {package: versions for package, versions in locked.items() if pinned.get(package) != versions} == {}
    text = (sample / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=\S)", text.partition("\n")[2])
    assert [one for one in packages if not re.search(r"\n    --hash=sha256:[0-9a-f]{64}", one)] == []
    assert "://" not in text, "it names no host"


def test_what_is_pinned_is_used(sample: Path) -> None:
    used = {package for name in LOCKS for package in _locked(sample / name)}
    extras = tomllib.loads((sample / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    used |= _names([one for extra in extras.values() for one in extra])
    assert _locked(sample / "constraints.txt").keys() <= used


def test_the_page_of_third_parties_is_what_their_metadata_say(sample: Path) -> None:
    script = sample / "scripts" / "third-party"
    done = subprocess.run([sys.executable, script, "--print"], capture_output=True, text=True, check=True)
    assert done.stdout == (sample / "THIRD_PARTY.md").read_text(encoding="utf-8"), "run make lock"
    assert "| font-source-serif-pro | OFL-1.1 |" in done.stdout
