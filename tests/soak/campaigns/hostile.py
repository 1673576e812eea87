"""Of the inputs of `tests/hostile`, whole books are made: a valid PDF and a valid EPUB, or problems with places.

A trial takes one input of a project's files (settings, sources, stylesheets, layouts, names) and puts chapters of
others into its book, because EPUBCheck needs seconds to start. `python -m tests.soak.campaigns.hostile` takes every
input once.
"""

from __future__ import annotations

import random
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pikepdf

from book.build import build_book
from book.check import check_all
from book.problem import BookError, Problem, Severity
from book.problems.defects import take_defects
from tests.conftest import MINIMAL
from tests.hostile.inputs import CHAPTER, EDITIONS, Input, inputs
from tests.outputs.test_epub import epubcheck_messages
from tests.soak.trial import Campaign, FoundError

CHAPTERS = 6
"""Chapters of one trial."""
ATTEMPTS = 30
"""How often what a build refuses may be taken out until the rest has to pass."""
INPUTS = inputs()
ALONE = tuple(one for one in INPUTS if set(one.files) != {CHAPTER})
"""Inputs that are more than a chapter."""
TOGETHER = tuple(one for one in INPUTS if set(one.files) == {CHAPTER})


def run(chance: random.Random, folder: Path) -> None:
    """Make a book of one project and of chapters that chance chooses; if it is refused, a plain one of the chapters."""
    chapters = chance.sample(TOGETHER, CHAPTERS)
    if not try_inputs(chance.choice(ALONE), chapters, folder / "one"):
        try_inputs(Input("chapters", "plain", {}), chapters, folder / "plain")


def try_inputs(base: Input, chapters: Sequence[Input], folder: Path) -> bool:
    """Make a book of a project and the chapters of others, as far as they have no errors.

    Returns:
        Whether there were editions to be looked at; False if the project itself is refused.

    Raises:
        FoundError: A problem has no place, the program failed, or an edition is not valid.
    """
    root = folder / "project"
    _write(root, base)
    settings = root / "book.toml"
    if "book.toml" not in base.files:
        settings.write_text(MINIMAL["book.toml"] + EDITIONS, encoding="utf-8")
    if not _passes(root, base):
        return False
    for number, one in enumerate(chapters):
        own = folder / f"one-{number}"
        _write(own, one)
        (own / "book.toml").write_text(MINIMAL["book.toml"] + EDITIONS, encoding="utf-8")
        if _passes(own, one):
            text = (own / CHAPTER).read_bytes().replace(b"title: First", b"title: No. %d" % number, 1)
            (root / "chapters" / f"x{number:02}.md").write_bytes(text)
        shutil.rmtree(own)
    return _build(root, folder / "build", base)


def _write(root: Path, one: Input) -> None:
    """Write the project of an input."""
    for name, content in {**MINIMAL, **one.files}.items():
        if content is not None:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)


def _passes(root: Path, one: Input) -> bool:
    """Whether a project has no errors."""
    take_defects()
    problems = check_all(root).problems
    _look_at(problems, one)
    return all(problem.severity is not Severity.ERROR for problem in problems)


def _look_at(problems: Sequence[Problem], one: Input) -> None:
    """Raise FoundError for a failure of the program, and for a problem without a place or words."""
    if defects := take_defects():
        raise FoundError(f"{one.kind} {one.name}: {defects[0]!r}")
    for problem in problems:
        if not problem.at.path or not problem.message.strip():
            raise FoundError(f"{one.kind} {one.name}: a problem without a place: {problem!r}")


def _build(root: Path, output: Path, base: Input) -> bool:
    """Build a project, without chapters that only pages show to be wrong, and look at what comes out."""
    for _ in range(ATTEMPTS):
        try:
            written = build_book(root, output=output, jobs=1).written
        except BookError as failure:
            _look_at(failure.problems, base)
            wrong = {problem.at.path for problem in failure.problems if problem.severity is Severity.ERROR}
            added = [root / path for path in wrong if path.startswith("chapters/x") and (root / path).is_file()]
            if not added:
                return False
            for path in added:
                path.unlink()
        else:
            _look_at((), base)
            for one in written:
                _look_into(one.path, base)
            return True
    raise FoundError(f"{base.kind} {base.name}: after {ATTEMPTS} attempts the book is still refused")


def _look_into(path: Path, base: Input) -> None:
    """Raise FoundError if a file is not valid."""
    found: Sequence[str] = ()
    if path.suffix == ".pdf":
        with pikepdf.open(path) as pdf:
            found = [*map(str, pdf.check_pdf_syntax()), *([] if len(pdf.pages) else ["no pages"])]
    elif path.suffix == ".epub":
        with tempfile.TemporaryDirectory() as folder:
            found = [one for one in epubcheck_messages(path.read_bytes(), Path(folder)) if not one.startswith("USAGE")]
    if found:
        raise FoundError(f"{base.kind} {base.name}: {path.name}: " + "\n".join(found))


CAMPAIGN = Campaign(
    "whatever an input of tests/hostile makes of a book is valid, or is told with its place",
    run,
    sample=(0,),
    seconds=300,
)


def main() -> None:
    """Make a book of every input that is more than a chapter, and of all chapters; exit with 1 if one is wrong."""
    chapters = list(TOGETHER)
    made = wrong = 0
    plain = [Input("chapters", f"{start}", {}) for start in range(0, len(chapters), 60)]
    for number, base in enumerate((*plain, *ALONE)):
        with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
            some = chapters[60 * number : 60 * number + 60] if base in plain else []
            try:
                made += try_inputs(base, some, Path(folder))
            except Exception as failure:  # noqa: BLE001 - whatever escapes from the program is what is looked for
                wrong += 1
                sys.stdout.write(f"{base.kind} {base.name}: {failure!r}\n")
        if number % 50 == 49:
            sys.stdout.write(f"{number + 1}: {made} made, {wrong} wrong\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(INPUTS)} inputs in {len(plain) + len(ALONE)} books: {made} made, {wrong} wrong\n")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
