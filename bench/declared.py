"""What is to be reached: ratios to yardsticks that are timed in the same round, what each must be and what we aim at."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple


class Limit(NamedTuple):
    """Not to be passed; written as people say it, so that a table can say the same."""

    must: str
    aim: str

    @property
    def numbers(self) -> tuple[float, float]:
        return float(Fraction(self.must)), float(Fraction(self.aim))


class Target(NamedTuple):
    """`ours` and `yardstick` are keys of commands in the suite; a target measured in several ways stands as often."""

    name: str
    title: str
    suite: str
    ours: str
    yardstick: str
    ratio: Limit
    mib: Limit | None = None


SUITES: Mapping[str, str] = {
    "start": "Start",
    "litet": "50 rapporter",
    "yaml-kall": "100 000 YAML-filer, kallt",
    "yaml-varm": "100 000 YAML-filer, varmt",
    "yaml-andrat": "100 000 YAML-filer, 1 % ändrade",
    "yaml-git": "100 000 YAML-filer i ett git-förråd",
    "csv-1m": "1 000 000 rader CSV",
    "csv-10m": "10 000 000 rader CSV",
    "csv-100k": "100 000 rader CSV",
    "kontroll": "1 000 YAML-filer, bara kontroll",
    "nationell": "290 kommuner",
    "yaml-1k": "1 000 YAML-filer",
    "yaml-10k": "10 000 YAML-filer",
}
"""What is timed together, in the order of the measurement."""

COLD, WARM, ANEW = "status kallt", "status varmt", "status varmt, ny fråga"
CHECK_COLD, CHECK_WARM = "validera kallt", "validera varmt"

TARGETS = (
    Target("T1", "`--help` / naken typers `--help`", "start", "hjälp", "naken typer", Limit("1", "0.6")),
    Target("T2", "`status`, 50 filer, varmt / `python -c pass`", "litet", WARM, "python", Limit("8", "5.5")),
    Target("T2", "det samma, ny fråga", "litet", ANEW, "python", Limit("8", "5.5")),
    Target("T2", "det samma i ett git-förråd", "litet", "i git", "python", Limit("8", "5.5")),
    Target("T3", "`status`, 50 filer, kallt / varmt", "litet", COLD, WARM, Limit("3", "2")),
    Target("T4", "`status`, 100 000 YAML, kallt / hledger", "yaml-kall", COLD, "hledger", Limit("0.6", "0.25")),
    Target("T5", "det samma / ledger", "yaml-kall", COLD, "ledger", Limit("2", "0.75")),
    Target(
        "T6",
        "`status`, 100 000 YAML, varmt / scandir + stat",
        "yaml-varm",
        WARM,
        "scandir",
        Limit("0.8", "0.65"),
        Limit("64", "32"),
    ),
    Target("T6", "det samma, ny fråga", "yaml-varm", ANEW, "scandir", Limit("0.8", "0.65"), Limit("64", "32")),
    Target("T6", "det samma i ett git-förråd", "yaml-git", WARM, "scandir", Limit("0.8", "0.65"), Limit("64", "32")),
    Target("T7", "varmt, nyaste 1 % ändrade / scandir + stat", "yaml-andrat", "nyaste", "scandir", Limit("1.2", "0.9")),
    Target("T7", "varmt, 1 % utspridda ändrade", "yaml-andrat", "utspridda", "scandir", Limit("1.2", "0.9")),
    Target("T8", "`status`, 100 000 YAML, varmt / hledger", "yaml-varm", WARM, "hledger", Limit("1/25", "1/40")),
    Target("T8", "det samma, ny fråga", "yaml-varm", ANEW, "hledger", Limit("1/25", "1/40")),
    Target("T9", "`status`, 1 miljon rader, kallt / DuckDB", "csv-1m", COLD, "duckdb", Limit("2", "0.8")),
    Target(
        "T10", "`status`, 10 miljoner rader, kallt / DuckDB", "csv-10m", COLD, "duckdb", Limit("2", "0.95"), Limit("600", "400")
    ),
    Target("T11", "`status`, 100 000 rader, kallt / hledger", "csv-100k", COLD, "hledger", Limit("1/15", "1/30")),
    Target(
        "T12",
        "`validera`, 1 000 YAML, kallt / check-jsonschema",
        "kontroll",
        CHECK_COLD,
        "check-jsonschema",
        Limit("1/8", "1/20"),
    ),
    Target("T12", "det samma / yamllint", "kontroll", CHECK_COLD, "yamllint", Limit("1/10", "1/25")),
    Target(
        "T13", "`validera`, 100 000 rader, kallt / frictionless", "csv-100k", CHECK_COLD, "frictionless", Limit("1/4", "1/10")
    ),
    Target("T14", "`validera` varmt / `status` varmt, 100 000 YAML", "yaml-varm", CHECK_WARM, WARM, Limit("1.2", "1.05")),
    Target(
        "T15", "nationellt: 290 delsummor / DuckDB, 30 miljoner rader", "nationell", "delsummor", "duckdb", Limit("0.45", "0.35")
    ),
)

GROWTH: Mapping[str, Mapping[int, tuple[str, ...]]] = {
    "filer": {1_000: ("yaml-1k",), 10_000: ("yaml-10k",), 100_000: ("yaml-varm", "yaml-kall")},
    "rader": {100_000: ("csv-100k",), 1_000_000: ("csv-1m",), 10_000_000: ("csv-10m",)},
}
"""Which suites tell how time and memory grow; where two have the same command the last one tells."""


def suites_of(names: set[str]) -> list[str]:
    """The suites of those targets, in order; every suite where no target is named."""
    wanted = {target.suite for target in TARGETS if target.name in names}
    return [suite for suite in SUITES if suite in wanted or not names]
