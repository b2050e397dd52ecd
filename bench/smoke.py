"""The short measurement for CI: few, small and without other programs; fails only on a gross regression in a ratio."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from bench import commands as ask
from bench.commands import PROGRAM, yardstick
from bench.data import Data
from bench.generate import PLAN
from bench.timing import Command, Timing, measure, ratio

HOME = Path(__file__).resolve().parents[1]
EXAMPLE = ("--plan", "exempelkoping-2026", "--vid", "2026-08-31")
FACES = ("html", "xlsx", "docx")
LIMIT = 60


class Smoke(NamedTuple):
    """Ours against a yardstick: what the ratio usually is at most, and how far above that it is a gross regression."""

    title: str
    ours: Command
    yardstick: Command
    usual: float
    rounds: int
    slack: float = 2.0


def smokes(data: Data) -> list[Smoke]:
    home, few, rows = data.repository(1_000), data.repository(50), data.repository(0, 20_000)
    kept = data.cache("kort")
    python = Command("python", "python -c pass", (sys.executable, "-c", "pass"))
    bare = Command("naken", "naken typer", yardstick("bare_typer.py", "two"))
    helped = Command("naken", "naken typers --help", yardstick("bare_typer.py", "--help"))
    compose = Command("compose", "bara yaml.compose", yardstick("compose.py", str(home)))
    example = Command("vi", "status Exempelköping", (*PROGRAM, "-C", str(HOME), "status", *EXAMPLE), cold=True)
    check = Command("vi", "validera allt här", (*PROGRAM, "-C", str(HOME), "validera"), cold=True)
    table = Command("csv", "csv-modulen", yardstick("sums.py", "csv", str(rows), str(data.promises(rows))))
    whole = ask.status_cold(home)
    return [
        Smoke("--help / naken typers --help", Command("vi", "--help", (*PROGRAM, "--help")), helped, 1.0, 5),
        Smoke("status, 50 filer varmt / python -c pass", ask.status_warm(few, kept), python, 5.0, 5),
        Smoke("status Exempelköping / naken typer", example, bare, 3.0, 5),
        Smoke("validera allt här / naken typer", check, bare, 3.0, 5),
        Smoke("status, 1 000 filer kallt / bara yaml.compose", whole, compose, 3.0, 3),
        Smoke("status, 20 000 rader kallt / csv-modulen", ask.status_cold(rows), table, 15.0, 3),
        *exports(data.repository(960), data.folder),
    ]


def exports(home: Path, folder: Path) -> list[Smoke]:
    """Whole reports against `status` of the same files."""
    begin, end = (*PROGRAM, "-C", str(home), "exportera"), ("--plan", PLAN, "--vid", "2026-12-31", "--ut")
    written = {face: Command("vi", face, (*begin, face, *end, str(folder / f"ut.{face}")), cold=True) for face in FACES}
    return [
        Smoke(f"exportera {face}, 960 rapporter / status", command, ask.status_cold(home), 3.0, 3)
        for face, command in written.items()
    ]


def run(data: Data) -> int:
    """Measures and tells; how many ratios are gross regressions."""
    print(f"{'':48}  {'s':>8}  {'cpu s':>8}  {'MiB':>6}  kvot  mål")
    missed = 0
    for smoke in smokes(data):
        timings = measure((smoke.yardstick, smoke.ours), smoke.rounds, LIMIT)
        ours, other = timings[smoke.ours.key], timings[smoke.yardstick.key]
        found = ratio(ours.wall, other.wall)
        if found is None or ours.stopped or other.stopped or ours.fault or other.fault:
            print(f"{smoke.title:48}  gick inte att mäta: {ours.fault or other.fault or 'för långsamt'}", flush=True)
            missed += 1
            continue
        # A machine with others on it stretches the clock, not the work: it is gross where both say so.
        work = ratio(ours.cpu, other.cpu) or found
        gross = min(found, work) > smoke.usual * smoke.slack
        missed += gross
        mark = "  FÖR LÅNGSAMT" if gross else "  över målet" if found > smoke.usual else ""
        print(f"{smoke.title:48}  {row(ours)}  {found:4.2f}  {smoke.usual:.2f}{mark}")
        print(f"{'    måttstocken':48}  {row(other)}", flush=True)
    return missed


def row(timing: Timing) -> str:
    """The medians, and the largest memory of all runs, as columns."""
    return f"{timing.usual(timing.wall):8.3f}  {timing.usual(timing.cpu):8.3f}  {timing.mib:6.0f}"
