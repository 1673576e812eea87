"""The cases that are measured, and the project folders in which they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from statistics import median

from benchmarks.edits import change_date, change_style, change_word, from_the_middle, insert_words
from benchmarks.measure import ROOT, Cost, measure
from benchmarks.peers import Peer, bare, pandoc_epub, pandoc_pdf
from benchmarks.projects import cite_often, drop_print, prose
from book.pages.engine import SLOWLY, SPEED

CITATIONS, SOURCES = 2000, 500
"""How much is added for the case `citations`."""
MANY = 600
"""How many citations are added for the cases `MENDED`: so many that the index fills columns on several pages."""
MENDED = ("mends", "mends-word")
"""The cases that show what each of the engine's mends for speed is worth."""

OURS = "florilegium"
TITLES: Mapping[str, str] = {
    "cold": "cold",
    "nothing": "nothing changed",
    "word": "one word changed",
    "paragraph": "a paragraph moves a page break",
    "page": "a chapter grows by a page",
    "date": "a source's date changed",
    "style": "the stylesheet changed",
    "citations": "cold, 2,000 citations more",
    "epub": "the EPUB alone, cold",
    "made": "cold",
    "mends": "the engine's mends for speed, cold",
    "mends-word": "the engine's mends for speed, one word changed",
}
"""The cases, as the table calls them."""
BOTH = ("print", "ebook")
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What one tool took for one case of one project, in each of several runs."""

    case: str
    project: str
    tool: str
    costs: tuple[Cost, ...]
    size: int
    """Bytes of what was written: the PDF where there is one, else the EPUB."""
    note: str = ""
    """What the reader of the table should know."""


@dataclass(slots=True)
class Bench:
    """One project in a folder of its own: `project/`, and build results beside it."""

    name: str
    folder: Path
    repeat: int
    say: Say
    results: list[Result] = field(default_factory=list)

    @property
    def project(self) -> Path:
        """The copy of the project that is built and changed."""
        return self.folder / "project"

    @property
    def output(self) -> Path:
        """Where it is built."""
        return self.folder / "build"

    def build(self, output: Path, editions: Sequence[str] = BOTH, environment: Mapping[str, str] | None = None) -> Cost:
        """The cost of a build."""
        folders: list[str | Path] = ["--project", self.project, "--output", output]
        return measure([sys.executable, "-m", "book", "build", *editions, "--quiet", *folders], environment)

    def cold(self, peers: Callable[[], Sequence[Peer]], case: str = "cold", editions: Sequence[str] = BOTH) -> None:
        """Measure builds without results of an earlier build, alternating with the peers; one result stays for later
        cases.
        """
        costs: dict[str, list[Cost]] = {OURS: []}
        others: Sequence[Peer] = ()
        for number in range(self.repeat):
            self.say(f"{self.name}: {case} {number + 1}/{self.repeat}")
            shutil.rmtree(self.output, ignore_errors=True)
            costs[OURS].append(self.build(self.output, editions))
            others = others or peers()
            for peer in others:
                peer.product.unlink(missing_ok=True)
                costs.setdefault(peer.name, []).append(measure(peer.command, peer.environment))
        self.note(case, OURS, costs[OURS], self.output / ("print.pdf" if "print" in editions else "ebook.epub"))
        for peer in others:
            self.note(case, peer.name, costs[peer.name], peer.product)

    def rebuild(self, case: str, edit: Callable[[], None], note: str = "") -> None:
        """Measure builds after a change, each from the same state."""
        kept, before = self.folder / "kept", self.folder / "before"
        shutil.copytree(self.output, kept)
        shutil.copytree(self.project, before)
        costs = []
        for number in range(self.repeat):
            self.say(f"{self.name}: {case} {number + 1}/{self.repeat}")
            edit()
            costs.append(self.build(self.output))
            self.note_last(case, costs, note)
            _restore(before, self.project)
            _restore(kept, self.output)
        shutil.rmtree(kept)
        shutil.rmtree(before)

    def nothing(self) -> None:
        """Measure builds after no change."""
        costs = []
        for number in range(self.repeat):
            self.say(f"{self.name}: nothing {number + 1}/{self.repeat}")
            costs.append(self.build(self.output))
            self.note_last("nothing", costs)

    def mends(self) -> None:
        """Build from nothing, and after a changed word, without each of the engine's mends for speed, in turns."""
        states = {"": "", **{name: f"without {name}" for name in SPEED}, "all": "without any of them"}
        for case in MENDED:
            costs: dict[str, list[Cost]] = {state: [] for state in states}
            for number, state in product(range(self.repeat), states):
                self.say(f"{self.name}: {TITLES[case]}, {states[state] or OURS} {number + 1}/{self.repeat}")
                costs[state].append(self._build_without(state, case))
            for state, tool in states.items():
                ratios = [one.cpu / other.cpu for one, other in zip(costs[state], costs[""], strict=True)]
                note = f"{median(ratios) - 1:+.1%} processor time" if state else ""
                self.note(case, tool or OURS, costs[state], self.output / "print.pdf", note)

    def _build_without(self, state: str, case: str) -> Cost:
        """Build for one of the cases `MENDED`, with the mends left out that a state names."""
        shutil.rmtree(self.output, ignore_errors=True)
        before = self.project.with_name("before")
        if case == "mends-word":
            self.build(self.output)
            shutil.copytree(self.project, before)
            change_word(self.project)
        cost = self.build(self.output, environment={SLOWLY: state})
        if before.exists():
            _restore(before, self.project)
            shutil.rmtree(before)
        return cost

    def note_last(self, case: str, costs: Sequence[Cost], note: str = "") -> None:
        """Note a build once it has been repeated often enough."""
        if len(costs) == self.repeat:
            self.note(case, OURS, costs, self.output / "print.pdf", note)

    def note(self, case: str, tool: str, costs: Sequence[Cost], product: Path, note: str = "") -> None:
        """Note what was measured."""
        self.results.append(Result(case, self.name, tool, tuple(costs), product.stat().st_size, note))

    def grown(
        self, fits: Callable[[Sequence[str], Sequence[str]], bool], sizes: Sequence[int]
    ) -> tuple[Path, int] | None:
        """A chapter and a number of words more that change the pages as `fits` wants them; None if there are none."""
        before = _texts(self.output / "print.pdf")
        trial = self.folder / "trial"
        shutil.copytree(self.output, trial)
        chapters = [path for path in from_the_middle(self.project) if prose(path.read_text(encoding="utf-8"))]
        try:
            for path, words in product(chapters[:8], sizes):
                self.say(f"{self.name}: trying {words} words more in {path.name}")
                text = path.read_bytes()
                insert_words(path, words)
                self.build(trial, ["print"])
                path.write_bytes(text)
                if fits(before, _texts(trial / "print.pdf")):
                    return path, words
        finally:
            shutil.rmtree(trial)
        return None


def moves_a_break(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether at least two pages differ, and there are neither more nor fewer pages with something on them."""
    changed = sum(old != new for old, new in zip(before, after, strict=False))
    return changed > 1 and len(before) == len(after) and _filled(before) == _filled(after)


def grows_by_a_page(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether there is one more page with something on it, and what follows it has moved to other page numbers."""
    return _filled(after) == _filled(before) + 1 and len(after) > len(before)


def _filled(pages: Sequence[str]) -> int:
    """The number of pages that are not blank."""
    return sum(map(bool, pages))


def _texts(path: Path) -> list[str]:
    """The texts of a PDF's pages. (Read in another process, so that this one stays small.)"""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.pages", path], cwd=ROOT, check=True, capture_output=True, text=True
    )
    texts: list[str] = json.loads(done.stdout)
    return texts


def _restore(source: Path, target: Path) -> None:
    """Restore a folder."""
    shutil.rmtree(target)
    shutil.copytree(source, target)


def run(bench: Bench, cases: Sequence[str]) -> None:
    """Measure the cases of one project; the cold build comes first, because the others start from it."""
    if "twice" in cases or "made" in cases:
        bench.cold(list)
        return
    if "mends" in cases:
        cite_often(bench.project, MANY, MANY // 4)
        bench.mends()
        return
    bench.cold(lambda: [*_one_document(bench), *(pandoc_pdf(bench.project, bench.folder) if "pandoc" in cases else ())])
    if "nothing" in cases:
        bench.nothing()
    edits = {"word": change_word, "date": change_date, "style": change_style}
    for case, edit in edits.items():
        if case in cases:
            bench.rebuild(case, lambda edit=edit: edit(bench.project))  # type: ignore[misc]
    if "paragraph" in cases:
        _insert(bench, "paragraph", bench.grown(moves_a_break, [60, 40, 90]))
    if "page" in cases:
        _insert(bench, "page", bench.grown(grows_by_a_page, [320, 280, 360]))
    if "citations" in cases:
        cite_often(bench.project, CITATIONS, SOURCES)
        bench.cold(lambda: _one_document(bench, "--targets"), "citations")
    if "epub" in cases:
        drop_print(bench.project)
        bench.cold(lambda: list(filter(None, [pandoc_epub(bench.project, bench.folder)])), "epub", ["ebook"])


def _insert(bench: Bench, case: str, found: tuple[Path, int] | None) -> None:
    """Measure what longer text costs, where a fitting place for it was found."""
    if found is None:
        bench.say(f"{bench.name}: no chapter fits the case {case}")
        return
    path, words = found
    bench.rebuild(case, lambda: insert_words(path, words), f"{words} words in {path.name}")


def _one_document(bench: Bench, *options: str) -> list[Peer]:
    """Bare WeasyPrint, given the whole book as it was just built."""
    document = bench.folder / "document.json"
    places = [str(bench.project), str(bench.output), str(document)]
    subprocess.run(
        [sys.executable, "-m", "benchmarks.document", *places, *options], cwd=ROOT, check=True, capture_output=True
    )
    return [bare(document, bench.folder / "bare.pdf")]
