"""Ends the program at random moments, in three ways, and looks at what is left: no process, no half file, the next run as ever.

python bench/kills.py --files 20000 --rows 100000 --times 200 [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.generate import generate

WAYS = (signal.SIGKILL, signal.SIGTERM, signal.SIGINT)
PATIENCE = 1.0
"""Seconds after which nothing of the program may be left."""
COMMANDS = (
    "status",
    "validera",
    "exportera csv --ut ut",
    "exportera json --ut ut.json",
    "exportera partiella --kommun 0180 --ut ut",
)
_DAY = ("--vid", "2026-12-15")
_CACHE = Path(".git") / "uppfoljning"


class Kill(NamedTuple):
    """What a command that was ended left behind: nothing, if all is well. `moment` in seconds, `late` if it had ended before."""

    command: str
    way: str
    moment: float
    late: bool
    left: list[str]


class Trial:
    """A project with the commands as they go when nobody ends them. All that is written lies in the project's own folder."""

    def __init__(self, project: Path, commands: tuple[str, ...] = COMMANDS) -> None:
        (project / ".git").mkdir(exist_ok=True)
        self._project = project
        self._sound: dict[str, tuple[int, bytes, dict[str, bytes]]] = {}
        self._took: dict[str, float] = {}
        for command in commands:
            self._clean()
            begun = time.perf_counter()
            self._sound[command] = self._whole(command)
            if self._sound[command][0] not in (0, 1):
                raise RuntimeError(f"{command}: slutstatus {self._sound[command][0]} redan när ingen avbryter")
            self._took[command] = time.perf_counter() - begun
        self.commands = commands

    def kill(self, command: str, way: signal.Signals, share: float, *, again: bool) -> Kill:
        """Ends a command when a share of its usual time has gone, and looks around; `again` with a run to its end after it."""
        self._clean()
        moment = share * self._took[command]
        with subprocess.Popen(
            self._words(command),
            cwd=self._project,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        ) as running:
            time.sleep(moment)
            late = running.poll() is not None
            running.send_signal(way)
            until = time.perf_counter() + PATIENCE
            while (there := members(running.pid)) and time.perf_counter() < until:
                running.poll()
                time.sleep(0.01)
            for number in there:
                with suppress(ProcessLookupError):
                    os.kill(number, signal.SIGKILL)
            said = running.communicate()[1].decode()
        left = [f"{len(there)} processer kvar"] if there else []
        left += ["spår av felet"] if "Traceback" in said else []
        whole = self._sound[command][2]
        for name, content in self._written().items():
            if whole.get(name) != content:
                hidden = name.split("/")[-1].startswith(".uppfoljning-") or "/.uppfoljning-" in f"/{name}"
                # Only a kill may leave what is not finished, and only under a hidden name.
                left += [] if hidden and way is signal.SIGKILL else [f"halv eller okänd fil: {name}"]
        left += [f"tom mapp: {name}" for name in self._empty()] if way is not signal.SIGKILL else []
        if again and self._whole(command) != self._sound[command]:
            left.append("nästa körning blev en annan")
        return Kill(command, way.name, moment, late, left)

    def _words(self, command: str) -> list[str]:
        day = () if command == "validera" else _DAY
        return [sys.executable, "-m", "uppfoljning", *command.split(), *day]

    def _whole(self, command: str) -> tuple[int, bytes, dict[str, bytes]]:
        done = subprocess.run(self._words(command), cwd=self._project, capture_output=True, check=False)
        hidden = {name: content for name, content in self._written().items() if ".uppfoljning-" not in name}
        # What is written a second time is said to be there already.
        return done.returncode, b"" if "--ut" in command else done.stdout, hidden

    def _written(self) -> dict[str, bytes]:
        return {path.relative_to(self._project).as_posix(): path.read_bytes() for path in self._below() if path.is_file()}

    def _below(self) -> Iterator[Path]:
        for path in self._project.glob("*"):
            if path.name not in ("plans", "reports", ".git"):
                yield path
                yield from path.rglob("*")

    def _empty(self) -> list[str]:
        return [path.relative_to(self._project).as_posix() for path in self._below() if path.is_dir() and not any(path.iterdir())]

    def _clean(self) -> None:
        for path in [*self._below(), self._project / _CACHE]:
            if path.is_dir():
                shutil.rmtree(path)
            elif path.exists():
                path.unlink()


def members(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, _, own, *_ = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            except (OSError, ValueError):
                continue
            if int(own) == session and state not in ("Z", "X"):
                found.append(int(entry.name))
    return found


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=20_000)
    asked.add_argument("--rows", type=int, default=100_000)
    asked.add_argument("--times", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    words = asked.parse_args()
    # What this process ignores, as one in the background does, the ones that it starts would ignore too.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    chance = Random(words.seed)
    with tempfile.TemporaryDirectory() as folder:
        trials = []
        for name, files, rows in (("filer", words.files, 0), ("rader", 0, words.rows)):
            generate(Path(folder) / name, files, rows, 40)
            trials.append(Trial(Path(folder) / name))
        kills = []
        for number in range(words.times):
            trial = trials[number % 2]
            command, way = chance.choice(trial.commands), chance.choice(WAYS)
            kills.append(trial.kill(command, way, chance.random(), again=number % 5 == 0))
            if kills[-1].left:
                print(kills[-1], flush=True)
            if len(kills) % 20 == 0:
                print(f"{len(kills)} gånger, {sum(bool(one.left) for one in kills)} lämnade något efter sig", flush=True)
    bad = sum(bool(one.left) for one in kills)
    print(f"{len(kills)} gånger, {sum(one.late for one in kills)} efter slutet, {bad} lämnade något efter sig")
    print(dict(Counter(f"{one.way} {one.command.split(' --')[0]}" for one in kills)))
    sys.exit(int(bad > 0))


if __name__ == "__main__":
    main()
