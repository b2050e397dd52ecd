"""Times whole processes side by side: wall and processor seconds and memory, every command once in each round."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from math import inf
from pathlib import Path
from statistics import median
from typing import Any

from bench import memory

NEW_DAY = "{ny dag}"
"""In a command: a day that is another in every run, so that the question is new."""
FIRST_DAY = date(2026, 12, 1)
HINDERING = ("PYTHONDONTWRITEBYTECODE", "UPPFOLJNING_FELSOK", "COLUMNS")
MIB = 1024 if sys.platform != "darwin" else 1024**2
CACHE = "XDG_CACHE_HOME"


@dataclass(frozen=True)
class Command:
    """What is timed. `cold` gives every run an empty cache, otherwise `cache` is kept between runs; `before` is run untimed."""

    key: str
    title: str
    words: Sequence[str]
    cache: Path | None = None
    cold: bool = False
    primings: int = 1
    before: Callable[[], None] | None = None
    folder: Path | None = None


@dataclass(frozen=True)
class Missing:
    """What cannot be timed here, and why."""

    key: str
    title: str
    reason: str


@dataclass
class Timing:
    """What a command took, run by run, and the largest memory in MiB of all runs; `fault` says why there is no more."""

    title: str
    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    mib: float = 0.0
    stopped: bool = False
    fault: str = ""

    def usual(self, what: Sequence[float]) -> float:
        """The median of `wall` or `cpu`, 0 before any run."""
        return median(what) if what else 0.0

    def plain(self) -> dict[str, Any]:
        """As it is kept in a file of figures."""
        found: dict[str, Any] = {"titel": self.title}
        if self.wall:
            found["s"] = [round(seconds, 4) for seconds in self.wall]
            found["cpu"] = [round(seconds, 4) for seconds in self.cpu]
            found["mib"] = round(self.mib, 1)
        if self.stopped:
            found["avbruten"] = True
        if self.fault:
            found["saknas"] = self.fault
        return found


@dataclass(frozen=True)
class Run:
    """One process from start to end."""

    wall: float
    cpu: float
    mib: float
    status: int | None
    said: str


def run_once(words: Sequence[str], limit: float, environment: Mapping[str, str], folder: Path | None, watch: bool) -> Run:
    """Runs a command to its end or to the limit; then all it started is ended with it, and the status is None."""
    with tempfile.TemporaryFile() as errors:
        begun = time.perf_counter()
        process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=errors, env=environment, cwd=folder, start_new_session=os.name == "posix"
        )
        look = memory.Watch(process.pid) if watch and memory.tells() else None
        if look:
            look.start()
        try:
            in_time, cpu, mib = _wait(process, begun + limit)
        except BaseException:
            _end(process.pid)
            raise
        wall = time.perf_counter() - begun
        # What the system tells of a small process is what this one held when it started it, and nothing of its own.
        mib = mib if mib > memory.own() else 0.0
        mib = max(mib, look.stop()) if look else mib
        errors.seek(0)
        said = errors.read(2000).decode(errors="replace")
    return Run(wall, cpu, mib, process.returncode if in_time else None, said)


def _wait(process: subprocess.Popen[bytes], until: float) -> tuple[bool, float, float]:
    """Whether it ended in time, and its processor seconds and memory with those of its children, where the system tells."""
    if not hasattr(os, "wait4"):
        try:
            process.wait(until - time.perf_counter())
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False, 0.0, 0.0
        return True, 0.0, 0.0
    alarm = _Alarm(process.pid, until)
    alarm.start()
    _, code, usage = os.wait4(process.pid, 0)
    alarm.cancel()
    process.returncode = os.waitstatus_to_exitcode(code)
    return not alarm.rang, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / MIB


class _Alarm:
    """Ends a process and all it started when the time is up; a thread that waits, so that the wait itself can block."""

    def __init__(self, pid: int, until: float) -> None:
        from threading import Timer

        self.rang = False
        self._pid = pid
        self._timer = Timer(max(until - time.perf_counter(), 0), self._ring)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def cancel(self) -> None:
        self._timer.cancel()

    def _ring(self) -> None:
        self.rang = _end(self._pid)


def _end(pid: int) -> bool:
    """Ends a process and all it started; whether it was there to end."""
    try:
        if hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
        else:
            os.kill(pid, signal.SIGTERM)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def measure(commands: Sequence[Command | Missing], rounds: int, limit: float, budget: float = inf) -> dict[str, Timing]:
    """Primes every command, then runs each once a round; one that fails or passes the limit is not run again.

    Past `budget` seconds no round but the first begins.
    """
    over = time.perf_counter() + budget
    timings = {one.key: Timing(one.title, fault=one.reason if isinstance(one, Missing) else "") for one in commands}
    days = count()
    alive = [one for one in commands if isinstance(one, Command)]
    for one in alive:
        for _ in range(one.primings):
            if _usable(timings[one.key]):
                # What the first run holds is no measure of the later ones, where it kept something for them.
                timings[one.key].mib = 0.0
                _add(timings[one.key], _go(one, limit, next(days), watch=True), counted=False)
    for number in range(rounds):
        if number and time.perf_counter() > over:
            break
        for one in alive:
            if _usable(timings[one.key]):
                _add(timings[one.key], _go(one, limit, next(days), watch=not one.primings), counted=True)
    return timings


def _usable(timing: Timing) -> bool:
    return not timing.fault and not timing.stopped


def _go(command: Command, limit: float, day: int, watch: bool) -> Run:
    if command.before:
        command.before()
    words = [word.replace(NEW_DAY, str(FIRST_DAY + timedelta(days=day))) for word in command.words]
    if not command.cold:
        return run_once(words, limit, environment(command.cache), command.folder, watch)
    with tempfile.TemporaryDirectory(prefix="cache-") as empty:
        return run_once(words, limit, environment(Path(empty)), command.folder, watch)


def _add(timing: Timing, run: Run, counted: bool) -> None:
    """A status other than 0 and 1 means that the work was not done, so its time would mean nothing."""
    if run.status is not None and run.status not in (0, 1):
        # What it said may name places of this machine, so it is told now and not kept.
        print(f"{timing.title}: {run.said.strip()}", file=sys.stderr)
        timing.fault = f"slutade med {run.status}"
        return
    timing.mib = max(timing.mib, run.mib)
    if counted or run.status is None:
        timing.wall.append(run.wall)
        timing.cpu.append(run.cpu)
    timing.stopped = run.status is None


def environment(cache: Path | None) -> dict[str, str]:
    """The environment without what would change the work that is measured."""
    found = {name: value for name, value in os.environ.items() if name not in HINDERING}
    if os.name == "posix":
        found["LC_ALL"] = "C.UTF-8"  # hledger reads no other letters than the locale's
    if cache:
        found[CACHE] = str(cache)
    return found


def ratio(ours: Sequence[float], yardstick: Sequence[float]) -> float | None:
    """The median of the ratios of the runs that stood beside each other."""
    pairs = [mine / other for mine, other in zip(ours, yardstick, strict=False)]
    return median(pairs) if pairs else None
