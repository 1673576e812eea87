"""The books that campaigns work on, and what a build makes of one."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from book.build import Report, build_book
from book.problem import BookError
from tests.conftest import MINIMAL

ROOT = Path(__file__).resolve().parent.parent.parent
PARTS = (
    "book.toml",
    "sources.*",
    "chapters",
    "styles",
    "layouts",
    "transcripts",
    "images",
    "*.css",
    "*.jpg",
    "*.png",
    "*.svg",
)
"""What belongs to a project, besides what a build writes."""

SMALL = ("minimal", "starter")
"""Projects that are built in a second or two."""
LARGER = (*SMALL, "torture", "design", "sample")

FEDERALIST = ROOT.parent / "shared" / "corpus" / "federalist"
"""The corpus of the benchmarks; it need not be there. Of its chapters, `PAPERS` are taken."""
PAPERS = 20

Outcome = Mapping[str, bytes]
"""What a build gives: the bytes of each file by its name, and its problems under the name `problems`."""


def copy_of(name: str, folder: Path) -> Path:
    """Copy a project into a folder, by its name in `LARGER`; return the folder."""
    if name == "minimal":
        for file, content in MINIMAL.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(content, encoding="utf-8")
        return folder
    if name == "federalist" and FEDERALIST.is_dir():
        return _papers(folder)
    places = {"starter": ROOT / "book" / "cli" / "starter", "sample": ROOT}
    source = places.get("sample" if name == "federalist" else name, ROOT / "tests" / "projects" / name)
    folder.mkdir(parents=True, exist_ok=True)
    for pattern in PARTS:
        for path in source.glob(pattern):
            if path.is_dir():
                shutil.copytree(path, folder / path.name, dirs_exist_ok=True)
            else:
                shutil.copy2(path, folder)
    return folder


def _papers(folder: Path) -> Path:
    """Copy the first papers of the Federalist into a folder; return the folder."""
    shutil.copytree(FEDERALIST, folder, dirs_exist_ok=True)
    for path in sorted((folder / "chapters").glob("*.md"))[PAPERS:]:
        path.unlink()
    return folder


def outcome(root: Path, output: Path, jobs: int | None = 1) -> Outcome:
    """Build a project; what comes of it, to be compared with what comes of another build."""
    try:
        report: Report | None = build_book(root, output=output, jobs=jobs)
        problems = report.problems if report else ()
    except BookError as failure:
        report, problems = None, failure.problems
    told = "\n".join(sorted(map(str, problems))).encode()
    files = (
        {file.path.relative_to(output).as_posix(): file.path.read_bytes() for file in report.written} if report else {}
    )
    return {**files, "problems": told}


def difference(one: Outcome, other: Outcome) -> str:
    """What is different between two outcomes, in words; empty if nothing is."""
    said = [f"only in the first: {name}" for name in sorted(one.keys() - other.keys())]
    said += [f"only in the second: {name}" for name in sorted(other.keys() - one.keys())]
    for name in sorted(one.keys() & other.keys()):
        if one[name] != other[name]:
            told = f":\n{one[name].decode()}\n-- and --\n{other[name].decode()}" if name == "problems" else ""
            said.append(f"{name} is not the same{told}")
    return "\n".join(said)


def choose(chance: random.Random, paths: list[Path]) -> Path | None:
    """One of some paths, whatever the order in which the file system lists them."""
    return chance.choice(sorted(paths)) if paths else None
