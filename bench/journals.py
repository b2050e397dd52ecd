"""The same facts for the peers: a journal with budget for hledger and ledger, and the promises as a table for engines that join.

A journal says what `status` says of a repository: occasions held and conversations against what is promised, and why some were
cancelled.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal, NamedTuple

from bench.generate import Made

Peer = Literal["hledger", "ledger"]
PERIODIC: Mapping[Peer, str] = {"hledger": "~ yearly from 2026-01-01 to 2027-01-01", "ledger": "~ Yearly"}


class Fact(NamedTuple):
    """One report: conversations where it was carried out, otherwise the reason why not."""

    commitment: str
    day: date
    talks: int | None
    reason: str = ""


def of_files(made: Iterable[Made]) -> Iterator[Fact]:
    for one in made:
        yield Fact(one.commitment, one.occasion.day, None if one.cancelled else one.talks, one.reason if one.cancelled else "")


def of_series(folder: Path) -> Iterator[Fact]:
    """The rows of every CSV file under `reports/`."""
    for path in sorted((folder / "reports").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                yield Fact(row["åtagande"], date.fromisoformat(row["datum"]), int(row["uppgifter.samtal"]))


def write_journal(path: Path, peer: Peer, promised: Mapping[str, int], facts: Iterable[Fact]) -> None:
    """What is promised as a periodic transaction, every report as a transaction of its own."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(PERIODIC[peer] + "\n")
        file.writelines(f"    ({name}:tillfällen)  {times}\n" for name, times in promised.items())
        file.writelines(map(transaction, facts))


def transaction(fact: Fact) -> str:
    name = fact.commitment
    if fact.talks is None:
        return f"\n{fact.day} {name}\n    ({name}:inställda:{fact.reason})  1\n"
    return f"\n{fact.day} {name}\n    ({name}:tillfällen)  1\n    ({name}:samtal)  {fact.talks}\n"


def write_promises(path: Path, promised: Mapping[str, int]) -> None:
    lines = [f"{name};{times}" for name, times in promised.items()]
    path.write_text("\n".join(["åtagande;minst", *lines]) + "\n", encoding="utf-8", newline="\n")
