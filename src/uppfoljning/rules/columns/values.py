"""The values of the columns, each read once by the very functions that read a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, QuickReport, nested
from uppfoljning.domain.shape import Refused, read
from uppfoljning.rules.collector import Collector
from uppfoljning.rules.columns.head import Refusal
from uppfoljning.rules.columns.kinds import DATES, Column, is_plain_text
from uppfoljning.rules.columns.table import Table
from uppfoljning.rules.report_checks import Home
from uppfoljning.rules.reports import Reports

_OF_A_WHOLE_ROW = ("M", "S102", "T502", "D408")
"""How the codes begin of what concerns several cells of a row; that is looked at where rows are put together."""
_MOST_READ = 60_000
"""As many values are read; the reader of rows is better where there are more."""
_PLAIN_STATES = ("", CARRIED_OUT, CANCELLED)
PAIR = ("åtagande", "plan")


class Owned(NamedTuple):
    """Rows that name a plan and a commitment in the same words: where they belong, and what their values mean.

    `means` holds for each column what a row with only that value in it says; a value with a fault is in `faults` instead.
    """

    pair: tuple[str, str]
    home: Home
    means: Mapping[str, Mapping[str, Entry]]
    faults: tuple[tuple[Column, str], ...]


def owned(table: Table, reports: Reports) -> list[Owned]:
    """What the values of the regular rows mean, by the words that name their commitment."""
    keys = [table.by_name.get(name) for name in PAIR]
    words = [column for column in table.words if column.name not in PAIR]
    pair = [f"c{key.at}" if key is not None else "''" for key in keys]
    lists = [f"list(DISTINCT c{column.at})" for column in words]
    grouped = f"GROUP BY {', '.join(pair)}" if any(keys) else ""
    found = table.rows(f"SELECT {', '.join([*pair, *lists])} FROM t WHERE NOT ({table.is_irregular()}) {grouped}")
    if sum(len(values or ()) for _, _, *lists_of in found for values in lists_of) > _MOST_READ:
        raise Refusal
    owners = []
    for reference, plan, *lists_of in found:
        home = _home((reference or "", plan or ""), reports)
        if home is None or lists_of[:1] == [None]:
            continue
        base = dict(zip(PAIR, (reference, plan), strict=True)) | {"datum": home.commitment.span.first.isoformat()}
        means = {}
        faults: list[tuple[Column, str]] = []
        for column, values in zip(words, lists_of, strict=True):
            means[column.name] = known = dict(_read(base, column, values or (), reports))
            faults += ((column, value) for value in values or () if value not in known)
        owners.append(Owned((reference, plan), home, means, tuple(faults)))
    return owners


def _home(pair: tuple[str, str], reports: Reports) -> Home | None:
    """Where rows with such words belong; None where they name no commitment, or in a way that needs a closer look."""
    if not all(value == value.strip() and is_plain_text(value) for value in pair):
        return None
    report = read(QuickReport, {name: word for name, word in zip(PAIR, pair, strict=True) if word}, (), [])
    if isinstance(report, Refused):
        return None
    out = Collector("", 1)
    home = reports._home(report, out)
    return None if out.findings else home


def _read(base: Mapping[str, str], column: Column, values: list[str], reports: Reports) -> Iterator[tuple[str, Entry]]:
    """What each value means that has no fault of its own."""
    for value in values:
        stripped = value.strip()
        if not is_plain_text(value) or (value and not stripped) or (column.name in DATES and stripped != value):
            continue
        if column.name == "läge" and stripped not in _PLAIN_STATES:
            continue
        out = Collector("", 1)
        row = {name: word or None for name, word in base.items()} | ({column.name: stripped} if stripped else {})
        if column.name == "datum" and not stripped:
            continue
        entry = reports._one(nested(row), "", out)
        if entry is not None and all(finding.problem.code.startswith(_OF_A_WHOLE_ROW) for finding in out.findings):
            yield value, entry
