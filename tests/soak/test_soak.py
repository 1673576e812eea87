"""A fixed sample of the trials that `make soak` makes, and whether a trial would notice a fault."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.soak.__main__ import main
from tests.soak.campaigns import CAMPAIGNS
from tests.soak.trial import Campaign, FoundError, NotMeasuredError, make_trial

SEED = 1


@pytest.mark.parametrize(
    ("name", "number"), [(name, number) for name, one in CAMPAIGNS.items() for number in one.sample]
)
def test_a_trial_finds_nothing(name: str, number: int, tmp_path: Path) -> None:
    fault = make_trial(name, CAMPAIGNS[name], SEED, number, tmp_path / "trial")
    assert fault is None, f"{fault.message}\n{fault.command}"


def test_a_trial_with_the_same_seed_is_the_same_trial(tmp_path: Path) -> None:
    drawn = []

    def draw(chance: random.Random, _folder: Path) -> None:
        drawn.append(chance.random())

    for seed, number in ((1, 0), (1, 0), (1, 1), (2, 0)):
        make_trial("draw", Campaign("", draw, (), 9), seed, number, tmp_path / "trial")
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) == 3


def test_a_fault_an_exception_and_a_hang_are_told_apart_and_keep_their_files(tmp_path: Path) -> None:
    def find(_chance: random.Random, folder: Path) -> None:
        (folder / "evidence").touch()
        raise FoundError("the page is missing")

    def fail(_chance: random.Random, _folder: Path) -> None:
        raise KeyError("nowhere")

    def hang(_chance: random.Random, _folder: Path) -> None:
        while time.monotonic():
            pass

    for run, words in ((find, "the page is missing"), (fail, "KeyError"), (hang, "not done after 1 s")):
        fault = make_trial("one", Campaign("", run, (), 1), 7, 3, tmp_path / run.__name__)
        assert fault is not None
        assert words in fault.message
        assert fault.command.endswith("--campaign one --seed 7 --trial 3")
    assert (tmp_path / "find" / "evidence").exists()


def test_a_build_that_differs_from_a_fresh_one_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("book.store.unchanged._digest", lambda _path: "the same")  # every input seems to be unchanged
    fault = make_trial("edits", CAMPAIGNS["edits"], SEED, 0, tmp_path / "trial")
    assert fault is not None
    assert "is not the same" in fault.message


def test_a_campaign_that_cannot_be_run_here_is_not_counted_as_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(_chance: object, _folder: Path) -> None:
        raise NotMeasuredError("there is no browser")

    monkeypatch.setitem(CAMPAIGNS, "screens", replace(CAMPAIGNS["screens"], run=run))
    told = CliRunner().invoke(main, ["--campaign", "screens", "--minutes", "1"])
    assert told.exit_code == 2
    assert "screens: NOT MEASURED: there is no browser" in told.output
    assert "trials" not in told.output
