"""The program ended at random moments: no process is left, no half file, the next run is as ever. More in `bench/kills.py`."""

from __future__ import annotations

import signal
import sys
from random import Random

import pytest

from bench.generate import generate
from bench.kills import WAYS, Trial

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="ser efter i /proc vilka processer som finns")


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    place = tmp_path_factory.mktemp("avbrott") / "p"
    generate(place, 1100, 0, 8)
    return Trial(place, ("validera", "exportera csv --ut ut"))


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("command", ["validera", "exportera csv --ut ut"])
def test_an_end_at_any_moment_leaves_nothing(command: str, way: signal.Signals, trial: Trial) -> None:
    kill = trial.kill(command, way, Random(f"{command}{way}").random(), again=True)
    assert kill.left == []
