"""Measures a command: wall time, processor time and memory of all the processes that it starts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
"""The folder of the repository: commands run here."""

_PR_SET_CHILD_SUBREAPER = 36
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in a unit of `ru_maxrss` (getrusage(2))."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command, or the median of several, took."""

    wall: float
    """Seconds until the command ended."""
    cpu: float
    """Seconds of processor time, user and system, of the whole tree of processes."""
    peak: int
    """Largest resident memory of any one process of the tree, in bytes."""


class CommandError(Exception):
    """A measured command failed; the message says what it printed."""


def adopt_orphans() -> None:
    """Make orphaned descendants children of this process (Linux), so that they are counted too."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def measure(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Cost:
    """The cost of a command, run from the repository's folder, with `environment` added to this process's own.

    All children of this process that end meanwhile are taken to belong to the command. Python may keep its byte
    code, as it does for everybody else: what is installed comes with it, and only our own would be compiled anew.
    Raises CommandError where it does not end with 0.
    """
    inherited = {**os.environ, **(environment or {})}
    with tempfile.TemporaryFile() as said:
        started = perf_counter()
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=ROOT,
            env={name: value for name, value in inherited.items() if name != "PYTHONDONTWRITEBYTECODE"},
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        wall, cpu, peak = 0.0, 0.0, 0
        while True:
            try:
                pid, status, usage = os.wait4(-1, 0)
            except ChildProcessError:
                break
            if pid == process.pid:
                wall = perf_counter() - started
                process.returncode = os.waitstatus_to_exitcode(status)
            cpu += usage.ru_utime + usage.ru_stime
            peak = max(peak, usage.ru_maxrss * _RSS_UNIT)
        if process.returncode != 0:
            said.seek(0)
            raise CommandError(f"{' '.join(map(str, command))}\n{said.read().decode(errors='replace')[-3000:]}")
    return Cost(wall, cpu, peak)


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of some costs, separately for each quantity."""
    return Cost(
        median(cost.wall for cost in costs),
        median(cost.cpu for cost in costs),
        int(median(cost.peak for cost in costs)),
    )
