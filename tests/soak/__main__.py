"""The command: `python -m tests.soak`, or `make soak MINUTES=30`."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Collection, Iterator, Sequence
from itertools import count, cycle
from pathlib import Path

import click

from tests.soak.campaigns import CAMPAIGNS
from tests.soak.projects import ROOT
from tests.soak.trial import Fault, NotMeasuredError, make_trial


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--minutes", default=30.0, show_default=True, help="How long to go on.")
@click.option("--campaign", "names", multiple=True, type=click.Choice(list(CAMPAIGNS)), help="Only this one.")
@click.option("--seed", type=int, help="What chance begins with; chosen and printed if not given.")
@click.option("--trial", type=int, help="Make only the trial of this number, and keep its folder.")
@click.option(
    "--faults",
    default=ROOT / "build" / "soak",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where the folders of trials that found a fault are kept.",
)
def main(minutes: float, names: tuple[str, ...], seed: int | None, trial: int | None, faults: Path) -> None:
    """Make trials of all campaigns in turn until the time is up.

    The exit code is 1 if any found a fault, and 2 if one could not be made on this machine.
    """
    chosen = names or tuple(CAMPAIGNS)
    seed = random.SystemRandom().randrange(10**6) if seed is None else seed
    click.echo(f"seed {seed}: {', '.join(chosen)}")
    made: dict[str, int] = dict.fromkeys(chosen, 0)
    found: list[Fault] = []
    lacking: dict[str, str] = {}
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        for name, number in _trials(chosen, minutes, trial, lacking):
            place = Path(folder) / f"{name}-{seed}-{number}"
            try:
                fault = make_trial(name, CAMPAIGNS[name], seed, number, place)
            except NotMeasuredError as missing:
                lacking[name] = str(missing)
                continue
            made[name] += 1
            if fault is not None:
                found.append(fault)
                faults.mkdir(parents=True, exist_ok=True)
                place.rename(faults / place.name)
                click.echo(f"\n{name}: {fault.message}\n  again: {fault.command}\n  files: {faults / place.name}")
    for name in chosen:
        if name in lacking:
            click.echo(f"{name}: NOT MEASURED: {lacking[name]}")
            continue
        count_of_faults = sum(one.campaign == name for one in found)
        click.echo(f"{name}: {made[name]} trials, {count_of_faults} faults ({CAMPAIGNS[name].purpose})")
    sys.exit(1 if found else 2 if lacking else 0)


def _trials(
    names: Sequence[str], minutes: float, only: int | None, lacking: Collection[str]
) -> Iterator[tuple[str, int]]:
    """The campaigns in turn, but for those that are `lacking`, each as long as the others, with numbers of trials."""
    if only is not None:
        yield from ((name, only) for name in names)
        return
    end = time.monotonic() + 60 * minutes
    numbers = {name: count() for name in names}
    for name in cycle(names):
        turn = time.monotonic() + 10
        while name not in lacking and time.monotonic() < min(turn, end):
            yield name, next(numbers[name])
        if time.monotonic() >= end or set(names) <= set(lacking):
            return


if __name__ == "__main__":
    main()
