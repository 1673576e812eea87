"""How well the lines and pages of a PDF are set, in figures: spaces, hyphens, rivers, depths of facing pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from benchmarks.figures import quantile, share
from benchmarks.printed_lines import Line, Print, letters

HYPHENS = "-\u2010\u00ad\u0002\ufffe"
LOOSE, VERY_LOOSE, TIGHT, UNLIKE = 1.5, 2.0, 0.8, 0.6
RIVER = 4
"""So many lines make a river, or a stack."""

Figures = dict[str, float]


def figures(made: Print) -> Figures:
    """All figures of a document."""
    return {**_spaces(made), **_hyphens(made), **_ends(made), **_pages(made)}


def _spaces(made: Print) -> Figures:
    """How even the spaces of justified lines are."""
    full = [line for line in made.flow if line.full and not line.ends and line.gaps]
    ratios = [line.ratio for line in full]
    unlike = sum(abs(a.ratio - b.ratio) > UNLIKE for a, b in pairwise(full))
    return {
        "justified lines": len(full),
        "word space, median": round(median(ratios), 2) if ratios else 0.0,
        "95th percentile": round(quantile(ratios, 0.95), 2),
        "widest": round(max(ratios, default=0.0), 2),
        "over 1.5 ×, %": share(sum(ratio > LOOSE for ratio in ratios), len(ratios)),
        "over 2 ×, %": share(sum(ratio > VERY_LOOSE for ratio in ratios), len(ratios)),
        "under 0.8 ×, %": share(sum(ratio < TIGHT for ratio in ratios), len(ratios)),
        "neighbours unlike, %": share(unlike, len(ratios)),
        "rivers in 1,000 lines": round(1000 * _rivers(made) / max(len(made.flow), 1), 2),
    }


def _rivers(made: Print) -> int:
    """Chains of wide spaces, each over the one below, through four lines or more."""
    found = 0
    alive: list[tuple[float, float, int]] = []
    for line in made.flow:
        if line.starts:
            alive = []
        grown = []
        for left, right in (gap for gap in line.gaps if gap[1] - gap[0] > 1.15 * made.space):
            above = [depth for a, b, depth in alive if min(right, b) - max(left, a) > 0.5 * min(right - left, b - a)]
            grown.append((left, right, max(above, default=0) + 1))
        found += sum(depth == RIVER for *_, depth in grown)
        alive = grown
    return found


def _hyphens(made: Print) -> Figures:
    """Where lines end in hyphens, and where they end or begin alike."""
    parted = [bool(re.search(rf"\w[{HYPHENS}]$", line.text)) for line in made.flow]
    runs, run = Counter[int](), 0
    for one in [*parted, False]:
        runs[run] += not one and run > 0
        run = run + 1 if one else 0
    last = {line.page: one for line, one in zip(made.flow, parted, strict=True)}
    over = [page for page, one in last.items() if one]
    return {
        "lines with a hyphen, %": share(sum(parted), len(parted)),
        "three hyphens in a row": sum(count for length, count in runs.items() if length >= 3),
        "hyphens over a page": len(over),
        "hyphens over a leaf": sum(page % 2 for page in over),
        "stacks": _stacks(made.flow, 0) + _stacks(made.flow, -1),
    }


def _stacks(lines: Sequence[Line], place: int) -> int:
    """How often three lines or more begin (0) or end (-1) with the same word."""
    found, length, before = 0, 0, None
    for line in lines:
        word = letters(line.text.split()[place]).casefold() if line.text else None
        length = length + 1 if word and word == before else 1
        found += length == 3
        before = word
    return found


def _ends(made: Print) -> Figures:
    """What is wrong with the first and last lines of paragraphs."""
    flow = made.flow
    ends = [place for place, line in enumerate(flow) if place and line.ends and not line.starts]
    parts = [place for place in ends if re.search(rf"\w[{HYPHENS}]$", flow[place - 1].text)]
    return {
        "paragraphs": len(ends),
        "end in part of a word": sum(" " not in flow[place].text for place in parts),
        "end in under four letters": sum(len(letters(flow[place].text)) < 4 for place in ends),
        "widows": sum(flow[place - 1].page != flow[place].page for place in ends),
        "orphans": sum(a.starts and not a.ends and a.page != b.page for a, b in pairwise(flow)),
    }


def _pages(made: Print) -> Figures:
    """Whether facing pages end alike, and lines stand on the grid."""
    depths = {number: max(_inside(made, lines), default=None) for number, lines in made.pages.items()}
    opening = {n for n, lines in made.pages.items() if any(line.size > 1.3 * made.body for line in lines)}
    closing = {n for n in depths if n + 1 not in depths or depths[n + 1] is None or n + 1 in opening}
    facing = [
        abs(a - b) / made.pitch
        for n in depths
        if n % 2 == 0 and n not in closing and n + 1 not in closing
        if (a := depths[n]) is not None and (b := depths.get(n + 1)) is not None
    ]
    phase = Counter(round(line.y % made.pitch / 0.25) for line in made.flow).most_common(1)[0][0] * 0.25
    text = [[line for line in lines if line.body] for lines in made.pages.values()]
    on_grid = [all(_off(line.y - phase, made.pitch) < 0.5 for line in lines) for lines in text if lines]
    return {
        "pages": len(made.pages),
        "facing pages": len(facing),
        "facing pages alike, %": share(sum(one < 0.04 for one in facing), len(facing)),
        "pages on the grid, %": share(sum(on_grid), len(on_grid)),
    }


def _inside(made: Print, lines: Sequence[Line]) -> list[float]:
    """Where the lines of a page stand that are no headings, heads or folios."""
    own = [line for line in lines if line.body or line.size < 1.3 * made.body]
    heights = [line.y for line in own if not re.fullmatch(r"[0-9ivxlc]+", line.text)]
    return [y for y in heights if made.top - 0.6 * made.pitch <= y <= made.bottom + 0.6]


def _off(y: float, pitch: float) -> float:
    """How far a place is from the nearest line of the grid."""
    return min(y % pitch, -y % pitch)
