"""The same facts for the peers: a journal with budget for hledger and ledger, and the promises as a table for engines that join.

A journal holds what `status` says of a repository, occasions held and conversations against what is promised and why some were
cancelled, and as tags what tells one occasion from another: when, where, handed in when and by whom.
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
    start: str
    end: str
    place: str
    handed_in: date
    talks: int | None
    reason: str = ""


def of_files(made: Iterable[Made]) -> Iterator[Fact]:
    for one in made:
        occasion = one.occasion
        spot = one.commitment, occasion.day, occasion.clock(0), occasion.clock(150), occasion.place, one.handed_in
        yield Fact(*spot, None, one.reason) if one.cancelled else Fact(*spot, one.talks)


def of_series(folder: Path) -> Iterator[Fact]:
    """The rows of every CSV file under `reports/`."""
    for path in sorted((folder / "reports").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter=";"):
                day, handed_in = map(date.fromisoformat, (row["datum"], row["inlämnad"]))
                yield Fact(row["åtagande"], day, row["start"], row["slut"], row["plats"], handed_in, int(row["uppgifter.samtal"]))


def write_journal(path: Path, peer: Peer, promised: Mapping[str, int], facts: Iterable[Fact]) -> None:
    """What is promised as a periodic transaction, every report as a transaction of its own."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(PERIODIC[peer] + "\n")
        file.writelines(f"    ({name}:tillfällen)  {times} tillfällen\n" for name, times in promised.items())
        file.writelines(map(transaction, facts))


def transaction(fact: Fact) -> str:
    name = fact.commitment
    tags = {"start": fact.start, "slut": fact.end, "plats": fact.place, "inlämnad": fact.handed_in, "rapportör": "värd"}
    head = f"\n{fact.day} {name}\n" + "".join(f"    ; {tag}: {value}\n" for tag, value in tags.items())
    if fact.talks is None:
        return f"{head}    ({name}:inställda:{fact.reason})  1 tillfällen\n"
    return f"{head}    ({name}:tillfällen)  1 tillfällen\n    ({name}:samtal)  {fact.talks} samtal\n"


def write_promises(path: Path, promised: Mapping[str, int]) -> None:
    lines = [f"{name};{times}" for name, times in promised.items()]
    path.write_text("\n".join(["åtagande;minst", *lines]) + "\n", encoding="utf-8", newline="\n")
