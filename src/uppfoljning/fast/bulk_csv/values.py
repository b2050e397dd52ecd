"""The values of the columns, each read once by the very functions that read a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, QuickReport, as_tree
from uppfoljning.domain.schema import Refused, read
from uppfoljning.fast.bulk_csv.head import Refusal
from uppfoljning.fast.bulk_csv.kinds import DATES, Column, is_plain_text
from uppfoljning.fast.bulk_csv.table import Table
from uppfoljning.project.reports import Reports
from uppfoljning.rules.finding_sink import FindingSink
from uppfoljning.rules.report_checks import Home

_OF_A_WHOLE_ROW = ("M", "S102", "T502", "D408")
"""How the codes begin of what concerns several cells of a row; that is looked at where rows are put together."""
_OF_NO_PLAN = ("start", "slut", "inlämnad", "timmar")
"""Keys whose values mean the same whatever the commitment is; where none has a fault they are read once."""
_MOST_READ = 60_000
"""As many values are read, or one for every fourth row; the reader of rows is better where there are more."""
_FEW = 8
_PLAIN_STATES = ("", CARRIED_OUT, CANCELLED)
PAIR = ("åtagande", "plan")
_Said: TypeAlias = dict[str, dict[str, Entry | None]]
"""By column and value what a row with only that value says; nothing where it has a fault."""


class Owned(NamedTuple):
    """Rows that name a plan and a commitment in the same words: where they belong, and what their values mean.

    `means` holds for each column what a row with only that value in it says; a value with a fault is in `faults` instead.
    """

    pair: tuple[str, str]
    home: Home
    means: Mapping[str, Mapping[str, Entry]]
    faults: tuple[tuple[Column, str], ...]


class Owners(NamedTuple):
    """Whose the regular rows are; `strays` tells that some are nobody's."""

    owned: tuple[Owned, ...]
    strays: bool


def owned(table: Table, reports: Reports) -> Owners:
    """What the values of the regular rows mean, by the words that name their commitment."""
    keys = [table.by_name.get(name) for name in PAIR]
    words = [column for column in table.words if column.name not in PAIR]
    pair = ", ".join(f"c{key.at}" if key is not None else "0" for key in keys)
    whole = f"FROM t WHERE NOT ({table.is_irregular()})"
    pairs = sorted(table.rows(f"SELECT DISTINCT {pair} {whole}"))
    homes: dict[tuple[int, ...], tuple[tuple[str, str], Home, _Said]] = {}
    standards: list[tuple[Home, _Said]] = []
    for codes in pairs:
        reference, plan = (key.values[code] if key is not None else "" for key, code in zip(keys, codes, strict=True))
        home = _home((reference, plan), reports)
        if home is not None:
            homes[codes] = (reference, plan), home, _read_for(home, standards)
    if len(standards) <= _FEW:
        # A value is looked at for every commitment, also where only another has it: that costs less than to keep them apart.
        found = [[code for (code,) in table.rows(f"SELECT DISTINCT c{column.at} {whole}")] for column in words]
        used = dict.fromkeys(homes, _spelled(words, found))
    else:
        lists = ", ".join(f"list(DISTINCT c{column.at})" for column in words)
        rows = table.rows(f"SELECT {pair}, {lists} {whole} GROUP BY ALL")
        used = {(first, second): _spelled(words, lists_of) for first, second, *lists_of in rows}
    apart = [at for at, column in enumerate(words) if column.head not in _OF_NO_PLAN]
    read_apart = {(id(said), id(used[codes])): sum(len(used[codes][at]) for at in apart) for codes, (_, _, said) in homes.items()}
    if sum(read_apart.values()) > max(_MOST_READ, table.number // 4):
        raise Refusal
    alike: dict[str, dict[str, Entry]] = {}
    owners = [_owned(*home, list(zip(words, used[codes], strict=True)), alike, reports) for codes, home in homes.items()]
    return Owners(tuple(owners), len(homes) < len(pairs))


def _spelled(words: Sequence[Column], lists: Sequence[Iterable[int]]) -> list[list[str]]:
    """The values that some codes stand for, column by column."""
    return [[column.values[code] for code in codes] for column, codes in zip(words, lists, strict=True)]


def _owned(
    pair: tuple[str, str],
    home: Home,
    read_before: _Said,
    used: Iterable[tuple[Column, list[str]]],
    alike: dict[str, dict[str, Entry]],
    reports: Reports,
) -> Owned:
    base = dict(zip(PAIR, pair, strict=True)) | {"datum": home.commitment.span.first.isoformat()}
    means = {}
    faults: list[tuple[Column, str]] = []
    for column, values in used:
        known = alike.get(column.name)
        if known is None or not known.keys() >= set(values):
            said = read_before.setdefault(column.name, {})
            new = [value for value in values if value not in said]
            said.update(dict.fromkeys(new))
            said.update(_read(base, column, new, reports))
            known = {value: entry for value in values if (entry := said[value]) is not None}
            if column.head in _OF_NO_PLAN and len(known) == len(values):
                alike[column.name] = known
        means[column.name] = known
        faults += ((column, value) for value in values if value not in known)
    return Owned(pair, home, means, tuple(faults))


def _read_for(home: Home, standards: list[tuple[Home, _Said]]) -> _Said:
    """What has been read for a commitment that differs in nothing but its id and title: a value means the same in both."""
    for other, said in standards:
        named = home.commitment.but(id=other.commitment.id, title=other.commitment.title)
        if home.plan is other.plan and home.form is other.form and named == other.commitment:
            return said
    standards.append((home, {}))
    return standards[-1][1]


def _home(pair: tuple[str, str], reports: Reports) -> Home | None:
    """Where rows with such words belong; None where they name no commitment, or in a way that needs a closer look."""
    if not all(value == value.strip() and is_plain_text(value) for value in pair):
        return None
    report = read(QuickReport, {name: word for name, word in zip(PAIR, pair, strict=True) if word}, (), [])
    if isinstance(report, Refused):
        return None
    out = FindingSink("", 1)
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
        out = FindingSink("", 1)
        row = {name: word or None for name, word in base.items()} | ({column.name: stripped} if stripped else {})
        if column.name == "datum" and not stripped:
            continue
        entry = reports._one(as_tree(row), "", out)
        if entry is not None and all(finding.problem.code.startswith(_OF_A_WHOLE_ROW) for finding in out.findings):
            yield value, entry
