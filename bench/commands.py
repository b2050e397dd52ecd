"""How each program is asked for the same thing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path

from bench.data import Data
from bench.declared import ANEW, CHECK_COLD, CHECK_WARM, COLD, WARM
from bench.generate import PLAN
from bench.peers import Peer
from bench.timing import NEW_DAY, Command, Missing

PROGRAM = (sys.executable, "-m", "uppfoljning")
YARDSTICKS = Path(__file__).with_name("yardsticks")
SCHEMA = Path(__file__).resolve().parents[1] / "schema" / "snabbrapport.schema.json"
ENGINES = {
    "duckdb": "DuckDB",
    "duckdb-typat": "DuckDB, typade kolumner",
    "polars": "polars",
    "pandas": "pandas",
    "csv": "csv-modulen",
}
UNCACHED = "--utan-cache"
Asked = Command | Missing


@cache
def has_cache() -> bool:
    """Whether the program that is installed keeps anything between runs."""
    done = subprocess.run([*PROGRAM, "--help"], capture_output=True, text=True, encoding="utf-8", check=False)
    return UNCACHED in done.stdout


def primings() -> int:
    """What makes a run warm, where anything does: once to keep, and once to see that it was kept."""
    return 2 if has_cache() else 1


def yardstick(script: str, *words: str) -> tuple[str, ...]:
    return (sys.executable, str(YARDSTICKS / script), *words)


def status(home: Path, day: str = "2026-12-31") -> tuple[str, ...]:
    return (*PROGRAM, "-C", str(home), "status", "--plan", PLAN, "--vid", day)


def status_cold(home: Path) -> Command:
    return Command(COLD, "status, kallt", status(home), cold=True)


def status_warm(home: Path, kept: Path) -> Command:
    return Command(WARM, "status, varmt", status(home), cache=kept, primings=primings())


def status_anew(home: Path, kept: Path) -> Command:
    """Nothing has changed, but what is asked has not been asked before."""
    return Command(ANEW, "status, varmt, ny fråga", status(home, NEW_DAY), cache=kept, primings=primings())


def check_cold(home: Path) -> Command:
    return Command(CHECK_COLD, "validera, kallt", (*PROGRAM, "-C", str(home), "validera"), cold=True)


def check_warm(home: Path, kept: Path) -> Command:
    return Command(CHECK_WARM, "validera, varmt", (*PROGRAM, "-C", str(home), "validera"), cache=kept, primings=primings())


def look(home: Path) -> Command:
    return Command("scandir", "scandir + stat av alla filer", yardstick("look.py", str(home)))


def git_status(data: Data, home: Path) -> Command:
    words = ("git", f"--git-dir={data.git_folder(home)}", f"--work-tree={home}", "status", "--porcelain", "-uall")
    return Command("git status", "git status --porcelain -uall", words)


def hledger(data: Data, home: Path, peer: Peer) -> Asked:
    if peer.lacking:
        return Missing("hledger", "hledger", peer.lacking)
    words = (*peer.words, "-f", str(data.journal(home, "hledger")), "bal", "-M", "--budget")
    return Command("hledger", "hledger bal -M --budget", words)


def ledger(data: Data, home: Path, peer: Peer) -> Asked:
    if peer.lacking:
        return Missing("ledger", "ledger", peer.lacking)
    words = (*peer.words, "-f", str(data.journal(home, "ledger")), "bal", "--budget", "--now", "2026-12-31")
    return Command("ledger", "ledger bal --budget", words)


def sums(data: Data, home: Path, engine: str, peers: dict[str, Peer]) -> Asked:
    """The same rows summed by an engine that checks nothing."""
    if engine == "csv":
        python: tuple[str, ...] = (sys.executable,)
    else:
        peer = peers[engine.removesuffix("-typat")]
        if peer.lacking:
            return Missing(engine, ENGINES[engine], peer.lacking)
        python = peer.words
    words = (*python, str(YARDSTICKS / "sums.py"), engine, str(home), str(data.promises(home)))
    return Command(engine, ENGINES[engine], words)


def check_jsonschema(home: Path, peer: Peer) -> Asked:
    files = sorted(str(path) for path in (home / "reports").rglob("*.yaml"))
    return _peer(peer, "check-jsonschema", lambda: ("--schemafile", str(SCHEMA), *files))


def yamllint(home: Path, peer: Peer) -> Asked:
    return _peer(peer, "yamllint", lambda: ("-d", "relaxed", str(home / "reports")))


def frictionless(data: Data, home: Path, peer: Peer) -> Asked:
    return _peer(peer, "frictionless validate", lambda: ("validate", data.package(home).name), home)


def _peer(peer: Peer, title: str, words: Callable[[], tuple[str, ...]], folder: Path | None = None) -> Asked:
    if peer.lacking:
        return Missing(peer.name, title, peer.lacking)
    return Command(peer.name, title, (*peer.words, *words()), folder=folder)
