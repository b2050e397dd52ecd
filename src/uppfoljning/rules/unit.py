"""What some files of reports amount to when they are read apart from the others, and whether they may be counted so."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from hashlib import md5
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Finding
from uppfoljning.domain.plan import Commitment, Plan

Owner: TypeAlias = tuple[str, str]
"""A plan and a commitment, by id."""

Compact: TypeAlias = "Callable[[Plan, Commitment, Sequence[Entry], frozenset[date]], Sequence[Entry]]"
"""Puts reports of a commitment that need not be told apart together; the days are those that occasions were moved to."""


class Unit(NamedTuple):
    """Some files of reports, read and checked together and apart from all others.

    `entries` are by commitment, reports alike put together. `days` are the days of single occasions, `moved_to` those that
    occasions were moved to, and `split` those that the reports were kept apart by. `totals` have statements of totals and `done`
    are called done. `settled` is the day from which everything is seen. `receipts` are check sums. `apart` is False where a
    report corrects one that is not here. `others` are files that hold no reports.
    """

    files: int
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...]
    rows_left_out: int
    entries: Mapping[Owner, tuple[Entry, ...]]
    days: Mapping[Owner, frozenset[date]]
    moved_to: Mapping[Owner, frozenset[date]]
    totals: frozenset[Owner]
    done: frozenset[Owner]
    settled: date
    receipts: frozenset[int]
    apart: bool
    split: Mapping[Owner, frozenset[date]]
    others: tuple[str, ...] = ()


def receipt_sum(receipt: str) -> int:
    """A check sum of a receipt: what differs is not the same, and what is the same must be looked at closer.

    DuckDB reckons the same one.
    """
    return int.from_bytes(md5(receipt.encode(), usedforsecurity=False).digest()[:8], "little")
