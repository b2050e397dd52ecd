"""What is timed together: each suite makes its files and says what is run on them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from bench import commands as ask
from bench.commands import ENGINES, Asked
from bench.data import Change, Data, newest, spread
from bench.peers import Peer
from bench.timing import Command, Missing

Peers = dict[str, Peer]
MANY = 100_000


class Suite(NamedTuple):
    """So many rounds of some commands, fewer past `budget` seconds, each for `limit` at most; `peers` are the programs needed."""

    rounds: int
    limit: float
    budget: float
    peers: Sequence[str]
    commands: Callable[[Data, Peers], list[Asked]]


def _start(data: Data, peers: Peers) -> list[Asked]:
    return [
        Command("naken typer", "naken typer --help", ask.yardstick("bare_typer.py", "--help")),
        Command("hjälp", "uppfoljning --help", (*ask.PROGRAM, "--help"), cache=data.cache("start")),
    ]


def _small(data: Data, peers: Peers) -> list[Asked]:
    home, other, kept = data.repository(50), data.repository(51, git=True), data.cache("litet")
    in_git = Command("i git", "status, varmt, i ett git-förråd", ask.status(other), cache=kept, primings=ask.primings())
    python = Command("python", "python -c pass", (sys.executable, "-c", "pass"))
    return [python, ask.status_warm(home, kept), ask.status_anew(home, kept), ask.status_cold(home), in_git]


def _cold(data: Data, peers: Peers) -> list[Asked]:
    home = data.repository(MANY)
    look = ask.look(home)
    return [ask.hledger(data, home, peers["hledger"]), ask.ledger(data, home, peers["ledger"]), look, ask.status_cold(home)]


def _warm(data: Data, peers: Peers) -> list[Asked]:
    home, kept = data.repository(MANY), data.cache("varmt")
    floors = [ask.hledger(data, home, peers["hledger"]), ask.git_status(data, home), ask.look(home)]
    return [*floors, ask.status_warm(home, kept), ask.status_anew(home, kept), ask.check_warm(home, kept)]


def _changed(data: Data, peers: Peers) -> list[Asked]:
    home, kept = data.repository(MANY), data.cache("varmt")
    words, latest, anywhere = ask.status(home), Change(newest(home)), Change(spread(home))
    return [
        ask.look(home),
        Command("nyaste", "status, varmt, nyaste 1 % ändrade", words, cache=kept, primings=ask.primings(), before=latest),
        Command("utspridda", "status, varmt, 1 % utspridda ändrade", words, cache=kept, primings=ask.primings(), before=anywhere),
    ]


def _in_git(data: Data, peers: Peers) -> list[Asked]:
    home, kept = data.repository(MANY, git=True), data.cache("git")
    git = Command("git status", "git status --porcelain -uall", ("git", "-C", str(home), "status", "--porcelain", "-uall"))
    return [ask.look(home), git, ask.status_warm(home, kept), ask.status_anew(home, kept)]


def _rows(rows: int) -> Callable[[Data, Peers], list[Asked]]:
    def commands(data: Data, peers: Peers) -> list[Asked]:
        home = data.repository(0, rows)
        return [*(ask.sums(data, home, engine, peers) for engine in ENGINES), ask.status_cold(home)]

    return commands


def _some_rows(data: Data, peers: Peers) -> list[Asked]:
    home = data.repository(0, MANY)
    others = [ask.hledger(data, home, peers["hledger"]), ask.frictionless(data, home, peers["frictionless"])]
    return [*_rows(MANY)(data, peers), *others, ask.check_cold(home)]


def _check(data: Data, peers: Peers) -> list[Asked]:
    home = data.repository(1_000)
    return [ask.check_jsonschema(home, peers["check-jsonschema"]), ask.yamllint(home, peers["yamllint"]), ask.check_cold(home)]


def _national(data: Data, peers: Peers) -> list[Asked]:
    """Made by a module of its own, `bench/national.py`, with `commands(data, peers)`; keys: `delsummor` and `duckdb`."""
    if find_spec("bench.national") is None:
        reason = "bench/national.py finns inte"
        return [Missing("delsummor", "samla över delsummor", reason), Missing("duckdb", ENGINES["duckdb"], reason)]
    found: list[Asked] = import_module("bench.national").commands(data, peers)
    return found


def _files(files: int) -> Callable[[Data, Peers], list[Asked]]:
    def commands(data: Data, peers: Peers) -> list[Asked]:
        home, kept = data.repository(files), data.cache(f"{files}")
        others = [ask.hledger(data, home, peers["hledger"]), ask.ledger(data, home, peers["ledger"]), ask.look(home)]
        return [*others, ask.status_cold(home), ask.status_warm(home, kept), ask.status_anew(home, kept)]

    return commands


_JOURNALS = ("hledger", "ledger")
_ENGINES = ("duckdb", "polars", "pandas")

ALL: Mapping[str, Suite] = {
    "start": Suite(15, 30, 30, (), _start),
    "litet": Suite(15, 30, 40, (), _small),
    "yaml-kall": Suite(7, 60, 120, _JOURNALS, _cold),
    "yaml-varm": Suite(5, 60, 150, ("hledger",), _warm),
    "yaml-andrat": Suite(5, 60, 150, (), _changed),
    "yaml-git": Suite(5, 60, 90, (), _in_git),
    "csv-1m": Suite(5, 90, 150, _ENGINES, _rows(1_000_000)),
    "csv-10m": Suite(5, 150, 240, _ENGINES, _rows(10_000_000)),
    "csv-100k": Suite(5, 60, 120, ("hledger", "frictionless", *_ENGINES), _some_rows),
    "kontroll": Suite(5, 60, 60, ("check-jsonschema", "yamllint"), _check),
    "nationell": Suite(5, 120, 120, ("duckdb",), _national),
    "yaml-1k": Suite(5, 30, 40, _JOURNALS, _files(1_000)),
    "yaml-10k": Suite(5, 60, 90, _JOURNALS, _files(10_000)),
}
