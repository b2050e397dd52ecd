"""Times the program as whole processes, in ratio to yardsticks timed in the same run. Seconds are a machine's; ratios compare.

    python bench/run.py            the full measurement; exit status 1 when a target is missed
    python bench/run.py --snabb    a smoke test for CI: small and few, fails only beyond twice a target

Run it with the Python that has uppfoljning installed. Every run of a comparison is interleaved with its yardstick's.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from statistics import median

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from bench.generate import PLAN, generate  # noqa: E402 - found beside this file, however it is run

EXAMPLE = "exempelkoping-2026"
COMPILED = ("uppfoljning", "typer", "yaml", "xlsxwriter", "docx")

BARE = '''import typer
app = typer.Typer()

@app.command()
def one(name: str = "a") -> None:
    """One."""

@app.command()
def two() -> None:
    """Two."""

app()
'''

COMPOSE = """import os, sys, yaml
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".yaml"):
            with open(os.path.join(folder, name), "rb") as file:
                yaml.compose(file.read(), Loader=yaml.CBaseLoader)
"""


@dataclass
class Timing:
    """What a command took, run by run: wall and processor seconds, and the largest memory in MiB where the system tells."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    def row(self) -> str:
        """The medians, and the largest memory of all runs, as columns."""
        cpu = f"{median(self.cpu):8.3f}" if self.cpu else f"{'-':>8}"
        memory = f"{max(self.memory):6.0f}" if self.memory else f"{'-':>6}"
        return f"{median(self.wall):8.3f}  {cpu}  {memory}"


@dataclass(frozen=True)
class Comparison:
    """Ours against a yardstick; `target` is the ratio not to pass, `quick` how far beyond it the smoke test lets it go."""

    title: str
    ours: Sequence[str]
    yardstick: Sequence[str]
    target: float
    runs: int
    quick: float = 2.0


def run_once(command: Sequence[str], timing: Timing | None = None) -> None:
    """Runs a command to its end; a status other than 0 and 1 stops the measurement, as its time would mean nothing."""
    begun = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment()) as process:
        assert process.stderr
        said = process.stderr.read()
        if hasattr(os, "wait4"):
            _, code, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(code)
            if timing:
                timing.cpu.append(usage.ru_utime + usage.ru_stime)
                timing.memory.append(usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2))
        else:
            process.wait()
    if timing:
        timing.wall.append(time.perf_counter() - begun)
    if process.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} slutade med {process.returncode}: {said.decode(errors='replace')}")


def environment() -> dict[str, str]:
    """The environment without what would change the work that is measured."""
    hindering = ("PYTHONDONTWRITEBYTECODE", "UPPFOLJNING_FELSOK", "COLUMNS")
    return {name: value for name, value in os.environ.items() if name not in hindering}


def measure(comparison: Comparison) -> tuple[Timing, Timing, float]:
    """Both timings and the median of the ratios of neighbouring runs."""
    ours, yardstick = Timing(), Timing()
    for _ in range(2):
        run_once(comparison.ours)
        run_once(comparison.yardstick)
    for _ in range(comparison.runs):
        run_once(comparison.yardstick, yardstick)
        run_once(comparison.ours, ours)
    return ours, yardstick, median(mine / other for mine, other in zip(ours.wall, yardstick.wall, strict=True))


def comparisons(folder: Path, quick: bool) -> list[Comparison]:
    """Prepares files in `folder` and names what is to be compared."""
    bare, compose = folder / "bare.py", folder / "compose.py"
    bare.write_text(BARE, encoding="utf-8")
    compose.write_text(COMPOSE, encoding="utf-8")
    files = 1_000 if quick else 10_000
    generate(folder / "generated", files=files, rows=0, commitments=40)
    ours = [sys.executable, "-m", "uppfoljning"]
    example = ["--plan", EXAMPLE, "--vid", "2026-08-31"]
    many = [*ours, "-C", str(folder / "generated"), "status", "--plan", PLAN, "--vid", "2026-12-31"]
    two = [sys.executable, str(bare), "two"]
    reports, promises = (1_000, 15) if quick else (20_000, 300)
    generate(folder / "report", files=reports, rows=0, commitments=promises)
    whole = [*ours, "-C", str(folder / "report")]
    same = ["--plan", PLAN, "--vid", "2026-12-31"]
    exports = [
        Comparison(
            f"exportera {face}, {reports} rapporter / status",
            [*whole, "exportera", face, *same, "--ut", str(folder / f"report.{face}")],
            [*whole, "status", *same],
            3.0,
            runs=3,
        )
        for face in ("html", "xlsx", "docx")
    ]
    runs = 5 if quick else 15
    return [
        Comparison("--help / naken typers --help", [*ours, "--help"], [sys.executable, str(bare), "--help"], 1.0, runs),
        Comparison("status Exempelköping / naken typer", [*ours, "-C", str(HOME), "status", *example], two, 3.0, runs),
        Comparison("validera allt här / naken typer", [*ours, "-C", str(HOME), "validera"], two, 3.0, runs),
        Comparison(
            f"status, {files} filer kallt / bara yaml.compose",
            many,
            [sys.executable, str(compose), str(folder / "generated")],
            2.0,
            runs=3 if quick else 7,
        ),
        *exports,
    ]


def compile_packages() -> None:
    """Uncompiled imports are three times slower; then every ratio would be worthless."""
    for package in COMPILED:
        spec = find_spec(package)
        if spec and spec.submodule_search_locations:
            compileall.compile_dir(spec.submodule_search_locations[0], quiet=2)


def describe_machine() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in ("typer", "pyyaml", "uppfoljning"))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} kärnor, Python {platform.python_version()}"
    return f"{date.today()} · {machine} · {versions}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snabb", action="store_true", help="few and small; fails only beyond twice a target")
    quick = parser.parse_args().snabb
    compile_packages()
    print(describe_machine())
    print(f"{'':48}  {'s':>8}  {'cpu s':>8}  {'MiB':>6}  kvot  mål")
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        for comparison in comparisons(Path(folder), quick):
            ours, yardstick, ratio = measure(comparison)
            limit = comparison.target * (comparison.quick if quick else 1)
            missed += ratio > limit
            mark = "" if ratio <= comparison.target else "  över målet" if ratio <= limit else "  FÖR LÅNGSAMT"
            print(f"{comparison.title:48}  {ours.row()}  {ratio:4.2f}  {comparison.target:.2f}{mark}")
            print(f"{'    måttstocken':48}  {yardstick.row()}", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
