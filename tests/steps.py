"""Counts steps, that is lines of Python that run: alike on every machine, whatever else it does, unlike seconds."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FEW, MANY = 100, 200
"""The sizes of the two inputs of each kind."""


def steps(run: Callable[[], object]) -> int:
    """How many lines of Python run in a function and in all that it calls."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:  # noqa: ARG001
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        run()
    finally:
        sys.settrace(before)
    return count


def print_steps(runs: Mapping[str, Callable[[int], Callable[[], object]]]) -> None:
    """Print the steps of each kind of input for both sizes, for `steps_of`; what runs only once is not counted."""
    for kind in runs.values():
        kind(1)()
    sys.stdout.write(json.dumps({name: [steps(kind(size)) for size in (FEW, MANY)] for name, kind in runs.items()}))


def steps_of(module: str) -> dict[str, list[int]]:
    """What a module prints with `print_steps`, in a process of its own: one that has set pages hung once."""
    command = [sys.executable, "-W", "ignore", "-m", module]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=300)
    return json.loads(done.stdout)  # type: ignore[no-any-return]
