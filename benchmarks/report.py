"""Reports the measurements as a table for people (Markdown) and as data (JSON)."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from math import log2
from typing import Any

from benchmarks.cases import OURS, TITLES, Result
from benchmarks.made import DENSE, DENSEST, EACH
from benchmarks.measure import Cost, middle

BARE = "WeasyPrint, one document"
GOAL = "Federalist 1–45"
"""The project whose bounds are stated."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound, and the measured value."""

    claim: str
    value: float
    """A ratio, as measured."""
    bound: float
    """Its maximum."""

    @property
    def met(self) -> bool:
        """Whether the value is within it."""
        return self.value <= self.bound


def bounds(results: Sequence[Result]) -> list[Bound]:
    """The bounds that these results can be held against."""
    return [bound for bound in (*_against_peers(results), *_sizes(results), *_dense(results)) if bound is not None]


def _against_peers(results: Sequence[Result]) -> Iterator[Bound | None]:
    """Ours to what it is compared with, for the project whose bounds are stated."""
    cold = _find(results, "cold", GOAL, BARE)
    yield _ratio("cold: wall time to B", _find(results, "cold"), cold, 0.40, "wall")
    yield _ratio("cold: processor time to B", _find(results, "cold"), cold, 0.75, "cpu")
    limits = {"nothing": 0.03, "word": 0.07, "paragraph": 0.08, "page": 0.25, "date": 0.10}
    for case, limit in limits.items():
        yield _ratio(f"{TITLES[case]}: wall time to B, cold", _find(results, case), cold, limit, "wall")
    many = _find(results, "citations", GOAL, BARE)
    yield _ratio("2,000 citations more: wall time to B", _find(results, "citations"), many, 0.65, "wall")
    pandoc = _find(results, "epub", GOAL, "Pandoc, EPUB")
    yield _ratio("the EPUB alone: wall time to Pandoc's", _find(results, "epub"), pandoc, 0.5, "wall")
    ours = _find(results, "cold")
    if ours and cold:
        yield Bound("size of the PDF to B's", ours.size / cold.size, 1.15)


def _sizes(results: Sequence[Result]) -> Iterator[Bound | None]:
    """How time and memory grow with the book."""
    small, whole, double = (
        _find(results, "cold", project) for project in ("Federalist 1–20", "Federalist 1–85", "Federalist twice")
    )
    yield _ratio("85 chapters to 20: memory of the largest process", whole, small, 1.3, "peak")
    yield _ratio("170 chapters to 85: wall time", double, whole, 2.1, "wall")
    yield _ratio("170 chapters to 85: memory of the largest process", double, whole, 1.1, "peak")


def _dense(results: Sequence[Result]) -> Iterator[Bound | None]:
    """How processor time grows with the citations of a book, and how much of it one of them takes, with its text."""
    small, large = (_find(results, "cold", f"{number} sources × {EACH} citations") for number in DENSE)
    if small and large:
        before, after = middle(small.costs).cpu, middle(large.costs).cpu
        yield Bound("dense in citations: exponent of processor time", log2(after / before), 1.05)
        yield Bound("dense in citations: ms of processor time for a citation", 1000 * after / (DENSE[1] * EACH), 2.5)
    if densest := _find(results, "cold", f"{DENSEST} sources × {EACH} citations"):
        cost = middle(densest.costs)
        yield Bound(f"{DENSEST} sources × {EACH} citations: seconds", cost.wall, 60)
        yield Bound(f"{DENSEST} sources × {EACH} citations: GB of the largest process", cost.peak / 2**30, 1)


def _ratio(claim: str, ours: Result | None, other: Result | None, limit: float, what: str) -> Bound | None:
    """The ratio of two medians; None where one of them was not measured."""
    if ours is None or other is None:
        return None
    return Bound(claim, getattr(middle(ours.costs), what) / getattr(middle(other.costs), what), limit)


def _find(results: Sequence[Result], case: str, project: str = GOAL, tool: str = OURS) -> Result | None:
    """The result of a case, if it was measured."""
    found = (one for one in results if (one.case, one.project, one.tool) == (case, project, tool))
    return next(found, None)


def machine() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "system": platform.platform(),
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "python": platform.python_version(),
        **{name: _version(name) for name in ("florilegium", "weasyprint", "pypandoc_binary", "typst")},
    }


def _processor() -> str:
    """The name of the processor, as far as it can be learnt."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:  # noqa: PTH123
            names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
            return next(names, platform.machine())
    except OSError:
        return platform.processor() or platform.machine()


def _version(name: str) -> str:
    """The version of an installed package."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def as_data(results: Sequence[Result], repeat: int) -> dict[str, Any]:
    """Everything, for programs: each run, the medians, and the bounds."""
    return {
        "machine": machine(),
        "repeat": repeat,
        "results": [
            {**asdict(result), "median": asdict(middle(result.costs)), "to_b": _to_bare(results, result)}
            for result in results
        ],
        "bounds": [{**asdict(bound), "met": bound.met} for bound in bounds(results)],
    }


PREFACE = """# Benchmarks

Medians of {repeat}, one after the other on one machine. A build makes the print PDF and the EPUB. B is bare
WeasyPrint: the same composed HTML and stylesheets in one document, as PDF/UA-1, without an EPUB; ratios are to
the median of its runs for the same text. Processor time is that of all processes, user and system; memory that
of the largest process; size that of the PDF, or of the EPUB where there is no PDF.
"""


def as_table(results: Sequence[Result], repeat: int) -> str:
    """Everything, for people."""
    lines = [PREFACE.format(repeat="one run" if repeat == 1 else f"{repeat} runs")]
    lines += [f"- {name}: {value}" for name, value in machine().items()]
    for project in dict.fromkeys(result.project for result in results):
        lines += ["", f"## {project}", "", *_rows([one for one in results if one.project == project], results)]
    if stated := bounds(results):
        lines += ["", f"## Bounds ({GOAL}, if nothing else is said)", ""]
        lines += ["| what | measured | at most | |", "|---|--:|--:|---|"]
        lines += [
            f"| {one.claim} | {one.value:.3f} | {one.bound:g} | {'met' if one.met else '**missed**'} |"
            for one in stated
        ]
    return "\n".join(lines) + "\n"


def _rows(own: Sequence[Result], results: Sequence[Result]) -> Iterator[str]:
    """The table of one project."""
    yield "| case | tool | wall s | × B | processor s | × B | memory MiB | size KiB | |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|---|"
    for result in own:
        cost, ratio = middle(result.costs), _to_bare(results, result)
        wall, cpu = (f"{ratio[what]:.3f}" if ratio else "" for what in ("wall", "cpu"))
        cells = (
            TITLES[result.case], result.tool, _spread(result.costs), wall, f"{cost.cpu:.2f}", cpu,
            f"{cost.peak / 2**20:.0f}", f"{result.size / 1024:.0f}", result.note,
        )  # fmt: skip
        yield f"| {' | '.join(cells)} |"


def _spread(costs: Sequence[Cost]) -> str:
    """The median of the wall times, and how far they lie apart."""
    walls = sorted(cost.wall for cost in costs)
    found = f"{middle(costs).wall:.2f}"
    return found if len(walls) == 1 else f"{found} ({walls[0]:.2f}–{walls[-1]:.2f})"


def _to_bare(results: Sequence[Result], result: Result) -> dict[str, float] | None:
    """The ratio of wall and processor time to bare WeasyPrint's for the same text; None where that was not measured."""
    case = result.case if result.case == "citations" else "cold"
    bare = _find(results, case, result.project, BARE)
    if bare is None or result.case == "epub":
        return None
    cost, other = middle(result.costs), middle(bare.costs)
    return {"wall": cost.wall / other.wall, "cpu": cost.cpu / other.cpu}
