"""Both roads from a file to an answer agree: with `fast/` on, cold and from what is kept, and with it off."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.fast.test_project_cache import World, world_of
from uppfoljning.cli.main import main
from uppfoljning.fast import incremental, output_cache
from uppfoljning.fast.doors import SWITCH

FACES = ("text", "json", "md", "csv")
LIMITS = ("", "--period 2026-T1", "--period 2026-04", "--part klubben", "--plats torget", "--gruppera månad", "--gruppera plats")


def question(chance: Random) -> list[str]:
    """A command line that reads the project, for any day, in any format and within any limits; often the one that is summed."""
    if chance.random() < 0.4:
        return ["status", "--vid", f"{chance.choice([2026, 2027, 2027])}-07-01"]
    day = ["--vid", f"{chance.choice([2026, 2027])}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"]
    face = ["--format", chance.choice(FACES)]
    match chance.choice(["status", "status", "status", "avvikelser", "saknas", "historik", "validera"]):
        case "status":
            limits = chance.choice(LIMITS).split()
            return ["status", *day, *limits, *face]
        case "validera":
            return ["validera", "--format", chance.choice(["text", "json"])]
        case command:
            return [command, *day, *face]


def said(argv: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    output_cache._SEEN.clear()  # a run is a process of its own, and has looked at nothing yet
    status = main(argv)
    return status, *capsys.readouterr()


def agree(world: World, chance: Random, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    argv = ["-C", str(world.root), *question(chance)]
    with patch.context() as here:
        here.setenv(SWITCH, "0")
        plain = said(argv, capsys)
    assert [said(argv, capsys), said(argv, capsys)] == [plain, plain], argv


def try_projects(seeds: range, folder: Path, patch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    for seed in seeds:
        with world_of(folder / str(seed), seed, patch) as world, patch.context() as here:
            here.setattr(incremental, "MANY", 1)
            here.setattr(incremental, "LARGE", 1)
            if seed % 2:
                here.setattr(incremental, "_LARGE_FILE", 1)
            chance = Random(seed)
            for _ in range(4):
                world.step()
                world.now += 10_000_000_000
                agree(world, chance, here, capsys)


def test_both_roads_say_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    try_projects(range(6), tmp_path, monkeypatch, capsys)


@pytest.mark.slow
@pytest.mark.parametrize("part", range(4))
def test_both_roads_say_the_same_of_many(
    part: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    try_projects(range(100 + part, 200, 4), tmp_path, monkeypatch, capsys)
