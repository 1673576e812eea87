"""Every word of a book can be read, on screens and at sizes of text that chance chooses, by day and by night."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from tests.reading_systems.screens import OPTIONS, PROJECTS, SYSTEMS, e_book, faults, visibility
from tests.soak.trial import Campaign, FoundError, NotMeasuredError

WIDTHS = (320, 360, 412, 600, 758, 820, 1024)
HEIGHTS = (480, 640, 800, 915, 1024, 1180)
SIZES = (80, 100, 120, 150, 175, 200, 250, 300)


def run(chance: random.Random, folder: Path) -> None:
    """Measure one book, which is built once for all trials, on one screen."""
    name = chance.choice([name for name, path in PROJECTS.items() if path.is_dir()])
    system, size = chance.choice(SYSTEMS), chance.choice(SIZES)
    screen = chance.choice(WIDTHS), chance.choice(HEIGHTS)
    night = ("--night",) if chance.random() < 0.25 else ()
    book = e_book(name, folder.parent / "e-books")
    try:
        found = faults(visibility(book, system, screen, size, *night, *OPTIONS.get(name, ())))
    except pytest.skip.Exception as missing:  # a machine without a browser
        raise NotMeasuredError(str(missing)) from missing
    if found:
        raise FoundError(f"{name}, {system}, {screen[0]} × {screen[1]}, {size} % {''.join(night)}: {json.dumps(found)}")


CAMPAIGN = Campaign(
    "every word of a book is on some page of the screen, and nothing lies over it or beside the page",
    run,
    sample=(),  # a fixed part of the matrix is in tests/reading_systems/test_visibility.py
    seconds=600,
)
