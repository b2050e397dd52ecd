"""Whether any command takes more than its share where a file has very many of something: no time may grow as a square.

    python bench/growth.py                            every kind with `validera`, and the other commands; 1 when one is missed
    python bench/growth.py --slag rättelser           only kinds with this in their name
    python bench/growth.py --kommando historik,diff   only these commands
    python bench/growth.py --snabb                    four doublings of fewer, once each

Every kind is doubled four times. Counted is what the processor did in whole processes, the least of several runs, less what the
command takes where there is next to nothing. Missed is what grows more than 2,6 times a doubling; and a kind within one file
that `validera` takes more than five times as long for as to check one of it and read that file with the program's own readers.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from bench.commands import PROGRAM, UNCACHED, yardstick  # noqa: E402 - found beside this file, however it is run
from bench.data import GIT  # noqa: E402
from bench.growth_kinds import KINDS  # noqa: E402
from bench.growth_projects import Files, Kind  # noqa: E402
from bench.run import compile_packages  # noqa: E402
from bench.timing import environment, run_once  # noqa: E402

MOST = 10_000
DOUBLINGS = 4
GROWTH = 2.6
"""As many times as long a doubling may take, on an average of the four."""
PLAIN = 5.0
"""As many times the plain reading of the same files."""
FLOOR = 0.02
"""Seconds: what is less is as likely the machine's doing."""
LIMIT = 60.0
LAST_DAY = ("--vid", "2054-12-31")
CHECK = "validera"
OUT = "{ut}"
COMMANDS: dict[str, tuple[str, ...]] = {
    CHECK: (CHECK, "--format", "json"),
    "validera --sedan": (CHECK, "--sedan", "HEAD~1", "--format", "kort"),
    "status": ("status", *LAST_DAY),
    "status a": ("status", "a", *LAST_DAY),
    "avvikelser": ("avvikelser", *LAST_DAY),
    "saknas": ("saknas", *LAST_DAY),
    "underlag": ("underlag", "p/a", *LAST_DAY),
    "historik": ("historik",),
    "diff": ("diff", "HEAD~1"),
    "intyg": ("intyg", "--plan", "p", "--part", "kommunen", *LAST_DAY),
    "exportera json": ("exportera", "json", "--plan", "p", *LAST_DAY, "--ut", f"{OUT}.json"),
    "exportera html": ("exportera", "html", "--plan", "p", *LAST_DAY, "--ut", f"{OUT}.html"),
    "ark": ("ark", "p/a"),
}
"""Two commits lie in the repository: the file with two of the kind, and as it is."""


class Repository:
    """A project with so many of a kind, in a folder of its own with two commits."""

    def __init__(self, folder: Path, kind: Kind, number: int) -> None:
        self.folder = folder / f"{number}"
        self.folder.mkdir()
        self._git("init", "-q")
        for files in (kind.files(2), kind.files(number)):
            _write(self.folder, files)
            self._git("add", ".")
            self._git("commit", "-q", "--allow-empty", "-m", "Mät")

    def _git(self, *words: str) -> None:
        subprocess.run([*GIT, *words], cwd=self.folder, check=True, capture_output=True)

    def seconds(self, words: Sequence[str], runs: int) -> float:
        """The least that the processor did for a command, in seconds."""
        given = [word.replace(OUT, str(self.folder / "ut")) for word in words]
        return least([*PROGRAM, "-C", str(self.folder), UNCACHED, *given], runs)

    def plain(self, small: Repository, runs: int) -> float:
        """As long as it takes to check a small one and then read the files of this one, and no more."""
        return least(yardstick("plain.py", str(small.folder), str(self.folder)), runs)


def _write(folder: Path, files: Files) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def least(words: Sequence[str], runs: int) -> float:
    """The least of some runs; one that is stopped at the limit took as long as that, however many there were to be."""
    found = LIMIT
    for _ in range(runs):
        run = run_once(words, LIMIT, environment(None), None, watch=False)
        if run.status is None:
            return LIMIT
        if run.status not in (0, 1):
            raise RuntimeError(run.said)
        found = min(found, run.cpu)
    return found


def growth(few: float, many: float, doublings: int = DOUBLINGS) -> float:
    """How many times as long a doubling takes, on an average; what is too short to be told is taken for the shortest that is."""
    return float((max(many, FLOOR) / max(few, FLOOR)) ** (1 / doublings))


def measured(kind: Kind, commands: dict[str, tuple[str, ...]], most: int, runs: int, folder: Path) -> Iterator[tuple[str, bool]]:
    """A line for each command, and whether it is missed."""
    sizes = [most >> DOUBLINGS - step for step in range(DOUBLINGS + 1)]
    nearly_none = Repository(folder, kind, 1)
    repositories = [Repository(folder, kind, size) for size in sizes]
    for name, words in commands.items():
        base = nearly_none.seconds(words, runs)
        whole = [repository.seconds(words, runs) for repository in repositories]
        own = [seconds - base for seconds in whole]
        times = growth(own[0], own[-1])
        missed = times > GROWTH
        said = f"{kind.name:36} {name:18} {' '.join(f'{seconds:6.2f}' for seconds in own)}  × {times:.2f}"
        if name == CHECK:
            plain = repositories[-1].plain(nearly_none, runs)
            # Where each of many files has a finding, each is read again to be shown: that is theirs together, and no file's own.
            missed = missed or (kind.one_file and whole[-1] > PLAIN * plain)
            said += f"  {whole[-1] / plain:.1f} av läsningen"
        yield said + ("  MISSAT" if missed else ""), missed


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--slag", default="", metavar="ORD", help="only kinds with this in their name")
    parser.add_argument("--kommando", default="", metavar="A,B", help=f"only these commands: {', '.join(COMMANDS)}")
    parser.add_argument("--snabb", action="store_true", help="fewer of each, once")
    asked = parser.parse_args(words)
    wanted = {name.strip() for name in asked.kommando.split(",") if name.strip()} or set(COMMANDS)
    if unknown := wanted - COMMANDS.keys():
        parser.error(f"finns inte: {', '.join(sorted(unknown))}")
    commands = {name: given for name, given in COMMANDS.items() if name in wanted}
    compile_packages()
    missed = 0
    most, runs = (MOST >> 2, 1) if asked.snabb else (MOST, 3)
    for kind in (one for one in KINDS if asked.slag in one.name):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            for said, wrong in measured(kind, commands, most, runs, Path(folder)):
                print(said, flush=True)
                missed += wrong
    print(f"{missed} missade" if missed else "Inget växer mer än det får.")
    return min(missed, 1)


if __name__ == "__main__":
    sys.exit(main())
