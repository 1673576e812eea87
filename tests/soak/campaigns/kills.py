"""A build that is stopped at any moment leaves whole editions and no process, and the next one is right to the byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.soak.projects import ROOT, Outcome, copy_of, difference, outcome
from tests.soak.trial import Campaign, FoundError
from tests.soak.watch import processes_left

SIGNALS = (signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
PROJECTS = ("minimal", "minimal", "starter", "design", "sample", "federalist")
START = 0.8
"""Seconds that a command takes longer than a build in this process."""
PATIENCE = 40.0
"""Seconds in which every process must have ended after the one that was stopped."""
EXITS = {signal.SIGKILL: {-9}, signal.SIGTERM: {143, -15}, signal.SIGINT: {130, -2}}
"""What a command ends with, unless it was done before; a negative number is that of a signal that it did not catch."""


@cache
def expected(name: str, changed: bool) -> tuple[Outcome, float]:
    """What a build of a project gives, and how long it takes from nothing, in this process (s)."""
    with TemporaryDirectory() as folder:
        root = copy_of(name, Path(folder) / "project")
        if changed:
            change(root)
        started = time.monotonic()
        found = outcome(root, Path(folder) / "fresh")
        return found, time.monotonic() - started


def run(chance: random.Random, folder: Path) -> None:
    """Stop a build of a project, with or without an earlier edition, at some moment; look at what is left."""
    name, how, warm = chance.choice(PROJECTS), chance.choice(SIGNALS), chance.random() < 0.5
    root, output = copy_of(name, folder / "project"), folder / "build"
    states = [expected(name, changed=False)[0]] if warm else []
    if warm:
        outcome(root, output)
        change(root)
    states.append(expected(name, warm)[0])
    moment = chance.uniform(0, START + 1.2 * expected(name, warm)[1])
    said = f"{name}, {'warm' if warm else 'cold'}, {how.name} after {moment:.3f} s"
    with TemporaryDirectory(prefix="kill-") as temporary:
        stop(root, output, how, moment, said, Path(temporary))
        look_at(root, output, states, said, Path(temporary))


def look_at(root: Path, output: Path, states: list[Outcome], said: str, temporary: Path) -> None:
    """Look at the editions that are there, and at what the next build makes of it all."""
    for path in output.rglob("*"):
        file = path.relative_to(output).as_posix()
        known = [state[file] for state in states if file in state]
        if path.is_file() and known and path.read_bytes() not in known:
            raise FoundError(f"{said}: {file} is not whole")
    done = subprocess.run(
        build(root, output), cwd=ROOT, env=own(temporary), capture_output=True, text=True, check=False
    )
    if done.returncode != ("error" in done.stderr):
        raise FoundError(f"{said}: the next build ended with {done.returncode} and said\n{done.stderr}")
    if files := sorted(path.name for path in temporary.iterdir()):
        raise FoundError(f"{said}: temporary files are left after the next build: {files}")
    if files := sorted(str(path) for path in output.rglob("*") if path.name.startswith((".staged", ".florilegium-"))):
        raise FoundError(f"{said}: files that were to be renamed are left after the next build: {files}")
    if found := difference(outcome(root, output), states[-1]):
        raise FoundError(f"{said}: the next build is not right:\n{found}")


def build(root: Path, output: Path) -> list[str]:
    """The command that builds a project."""
    command = [sys.executable, "-m", "book", "build", "--jobs", "2"]
    return [*command, "--project", str(root), "--output", str(output)]


def own(temporary: Path) -> dict[str, str]:
    """An environment in which temporary files come into a folder of their own."""
    return {**os.environ, "TMPDIR": str(temporary)}


def stop(root: Path, output: Path, how: signal.Signals, moment: float, said: str, temporary: Path) -> None:
    """Begin a build, stop it, and look at how it ended and what it left running."""
    with subprocess.Popen(
        build(root, output),
        cwd=ROOT,
        env=own(temporary),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        time.sleep(moment)
        process.send_signal(how)
        try:
            told = process.communicate(timeout=PATIENCE)[0].decode()
        except subprocess.TimeoutExpired:
            process.kill()
            raise FoundError(f"{said}: its standard output is still open after {PATIENCE:g} s") from None
    if process.returncode not in EXITS[how] | {0} or "Traceback" in told:
        raise FoundError(f"{said}: it ended with {process.returncode} and said\n{told}")
    if left := processes_left(f"TMPDIR={temporary}", PATIENCE):
        raise FoundError(f"{said}: processes are left: {left}")
    if how != signal.SIGKILL and (files := leftovers(temporary)):
        raise FoundError(f"{said}: temporary files are left: {files}")


def leftovers(temporary: Path) -> list[str]:
    """The temporary files that are left, but for what is kept on purpose from one build to the next."""
    return sorted(path.name for path in temporary.iterdir())


def change(root: Path) -> None:
    """Change a project in a way that shows in every edition."""
    path = min((root / "chapters").glob("*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\n\nAnother paragraph.\n", encoding="utf-8")


CAMPAIGN = Campaign(
    "a build that is stopped leaves whole editions and no process, and the next one is right",
    run,
    sample=(10, 17),
    seconds=120,
)
