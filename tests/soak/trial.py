"""What a campaign is, and how one of its trials is made."""

from __future__ import annotations

import random
import shutil
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.soak.watch import TooSlowError, time_limit


class FoundError(AssertionError):
    """A trial found a fault; the message says what is wrong."""


class NotMeasuredError(Exception):
    """A trial cannot be made on this machine; the message says what it lacks."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """Trials of one kind."""

    purpose: str
    """The property that holds in every trial, in one sentence."""
    run: Callable[[random.Random, Path], None]
    """One trial, decided by nothing but the generator, in a folder of its own.

    It raises FoundError, or anything else, for a fault; NotMeasuredError where the machine lacks what it needs.
    """
    sample: tuple[int, ...]
    """The numbers of the trials that `make test` makes: a few that are quick and unlike one another."""
    seconds: int
    """The processor time after which a trial counts as hanging."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a trial found."""

    campaign: str
    """The campaign's name."""
    seed: int
    """The seed of the run."""
    number: int
    """The trial's number in the run, from 0."""
    message: str
    """What is wrong, with a traceback where the fault is an exception."""

    @property
    def command(self) -> str:
        """How this very trial is made again."""
        return f"python -m tests.soak --campaign {self.campaign} --seed {self.seed} --trial {self.number}"


def make_trial(name: str, campaign: Campaign, seed: int, number: int, folder: Path) -> Fault | None:
    """Make one trial in a folder, which is deleted afterwards unless the trial finds a fault.

    Args:
        name: The campaign's name.
        campaign: The campaign.
        seed: The seed of the run. With the name and the number, it decides everything that is left to chance.
        number: The number of the trial in the run.
        folder: The trial's own folder, which must not be there yet.

    Raises:
        NotMeasuredError: The machine lacks what the trial needs; nothing is known.
    """
    chance = random.Random(f"{name} {seed} {number}")
    folder.mkdir(parents=True)
    try:
        with time_limit(campaign.seconds):
            campaign.run(chance, folder)
    except NotMeasuredError:
        raise
    except FoundError as found:
        return Fault(name, seed, number, str(found))
    except TooSlowError:
        return Fault(name, seed, number, f"not done after {campaign.seconds} s\n{traceback.format_exc()}")
    except Exception:  # noqa: BLE001 - whatever escapes from the program is what the trial is for
        return Fault(name, seed, number, traceback.format_exc())
    shutil.rmtree(folder)
    return None
