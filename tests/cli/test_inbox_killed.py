"""An import that is killed at any moment leaves whole, sound reports and nothing else, and running it again completes it."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.cli.running import folder
from tests.collect.letters import PROJECT, REPORT, mail_text, quoted
from uppfoljning.cli.main import main
from uppfoljning.files import atomic_write
from uppfoljning.files.source import Folder
from uppfoljning.files.yaml_write import write_yaml
from uppfoljning.project.load import load_project

pytestmark = pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="namnlösa filer finns bara i Linux")

HAND_INS, KILLS = 300, 50
SEED = 20261125


def inbox(count: int) -> dict[str, str]:
    """Hand-ins of every kind, some of them twice and some corrected."""
    files = {}
    for number in range(count):
        day = f"2026-{number % 12 + 1:02}-{number % 27 + 1:02}"
        report = {**REPORT, "datum": day, "start": f"{number % 24:02}:{number % 60:02}", "inlämnad": "2026-12-31"}
        report["kvitto"] = f"bcdf-{number:04}"
        if number % 10 == 9:
            del report["kvitto"]
        files[f"{number:03}.yaml"] = write_yaml(report)
        if number % 7 == 0:
            files[f"{number:03} igen.txt"] = quoted(mail_text(report))
        if number % 11 == 0:
            files[f"{number:03} ändrad.yaml"] = write_yaml(
                {**report, "slut": "03:00", "kvitto": report.get("kvitto", "bcdf-9999")}
            )
    return files


def in_a_child(words: list[str], before: Callable[[], None] = lambda: None) -> int:
    """Start the program in a process of its own that need not be loaded anew, and give its number."""
    child = os.fork()
    if child == 0:
        status = 99
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 1)
            os.dup2(nowhere, 2)
            before()
            status = main(words)
        finally:
            os._exit(status)
    return child


def dies_at(step: str, moment: int) -> Callable[[], None]:
    """What makes a process kill itself as it is about to take a step of its writing for the n-th time."""

    def prepare() -> None:
        original = getattr(atomic_write._Unnamed, step)
        left = [moment]

        def stepping(*arguments: object) -> object:
            if not left[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return original(*arguments)

        setattr(atomic_write._Unnamed, step, stepping)

    return prepare


def everything(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def looked_at(root: Path, whole_result: Mapping[str, bytes]) -> int:
    """See that a project holds only whole and sound files; gives how many there are."""
    there = everything(root)
    assert there.items() <= whole_result.items()
    assert load_project(Folder(root)).errors == 0
    return len(there)


@pytest.mark.slow
def test_killed_at_fifty_moments(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    folder(tmp_path / "inkorg", inbox(24))
    folder(tmp_path / "stor", inbox(HAND_INS))
    sizes = set()
    for name, kills in (("inkorg", KILLS - 3), ("stor", 3)):
        undisturbed = Path(folder(tmp_path / f"{name}-ostörd", PROJECT))
        begun = time.perf_counter()
        assert os.waitstatus_to_exitcode(os.waitpid(in_a_child(words(undisturbed, tmp_path / name)), 0)[1]) == 0
        took = time.perf_counter() - begun
        result = everything(undisturbed)
        for number in range(kills):
            root = Path(folder(tmp_path / f"{name}-{number}", PROJECT))
            if number % 2:
                step = chance.choice(["keep", "name", "_link", "close"])
                child = in_a_child(words(root, tmp_path / name), dies_at(step, chance.randrange(len(result) - len(PROJECT))))
            else:
                child = in_a_child(words(root, tmp_path / name))
                time.sleep(chance.uniform(0, took))
                os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            sizes.add(looked_at(root, result))
            assert main(words(root, tmp_path / name)) == 0
            assert everything(root) == result
    assert len(sizes) > 10


def words(root: Path, source: Path) -> list[str]:
    return ["-C", str(root), "importera", str(source), "--ratta"]


def test_killed_as_a_program_of_its_own(tmp_path: Path) -> None:
    import subprocess

    folder(tmp_path / "inkorg", inbox(24))
    root = Path(folder(tmp_path / "projekt", PROJECT))
    command = [sys.executable, "-m", "uppfoljning", *words(root, tmp_path / "inkorg")]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as running:
        while not (root / "reports").exists() and running.poll() is None:
            time.sleep(0.001)
        running.kill()
    assert load_project(Folder(root)).errors == 0
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0
    assert len(everything(root)) == len(PROJECT) + 27
