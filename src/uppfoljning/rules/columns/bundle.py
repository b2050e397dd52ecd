"""The plain rows of a table put together: for each kind of row one report that stands for all of them, with their sums."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.report import nested
from uppfoljning.rules.collector import Collector
from uppfoljning.rules.columns.kinds import Column
from uppfoljning.rules.columns.regular import Regular, by_kind
from uppfoljning.rules.columns.table import CLEAN
from uppfoljning.rules.documents import REPORTS
from uppfoljning.rules.reports import Reports
from uppfoljning.rules.unit import Stretches

_DAY, _SUBMITTED = "datum", "inlämnad"
_LEVELS_OF_ONE = ("avvikelser", "iakttagelser")


Key: TypeAlias = tuple[int, ...]


class Bundle(NamedTuple):
    """The rows of one kind in a file: the report that stands for them, how many they are, and the last day any of them names."""

    f: int
    o: int
    entry: Entry
    last: date


class Bundling:
    """The view `k` is the rows that are left, each with `k0`, `k1` …: the numbers of its kind."""

    def __init__(self, regular: Regular, stretches: Sequence[Stretches], blanks: Sequence[frozenset[int]]) -> None:
        self._regular = regular
        self._table = regular.table
        self._stretches = stretches
        self._blanks = [sorted(some) for some in blanks]
        self._day = self._table.by_name[_DAY]
        self._submitted = self._table.by_name.get(_SUBMITTED)
        self._conditions = [
            target.condition for home in regular.homes for target in home.commitment.targets if target.condition is not None
        ]
        self._counted = frozenset[str]().union(*(one.unique for one in stretches))
        kinds = [one for one in map(self._kind, self._table.columns) if one not in (None, "0")]
        self._names = ["f", "o", *(f"k{number}" for number in range(len(kinds)))]
        chosen = "".join(f", {kind} AS k{number}" for number, kind in enumerate(kinds))
        self._table.duck.execute(f"CREATE VIEW k AS SELECT *{chosen} FROM v")

    def bundles(self, reports: Reports) -> list[Bundle]:
        """Every kind of row, but for those whose rows have a finding: they are handed over."""
        names = ", ".join(self._names)
        day = f"c{self._day.at}"
        handed_in = day
        if (column := self._submitted) is not None:
            empty = self._table.literal(column, "")
            handed_in = f"CASE WHEN c{column.at} = {empty} THEN {day} ELSE c{column.at} END"
        found = self._table.rows(
            f"SELECT {names}, count(*), min(r), min({handed_in}), greatest(max({handed_in}), max({day})) FROM k GROUP BY {names}"
        )
        width = len(self._names)
        shown = self._shown([one[width + 1] for one in found])
        sound: dict[Key, tuple[Entry, int, str, str]] = {}
        faulty: list[Key] = []
        for *parts, times, r, first, last in found:
            key = tuple(parts)
            entry = self._one(key[0], r, shown[r], reports)
            if entry is None:
                faulty.append(key)
            else:
                sound[key] = entry, times, first, last
        self._hand(faulty)
        sums = self._sums(sound)
        return [
            Bundle(key[0], key[1], _together(entry, times, first, sums.get(key, {})), date.fromisoformat(last))
            for key, (entry, times, first, last) in sound.items()
        ]

    def days(self) -> list[tuple[int, int, date]]:
        """The days of the rows, by file and commitment."""
        found = self._table.rows(f"SELECT f, o, c{self._day.at} FROM v GROUP BY ALL")
        return [(f, o, date.fromisoformat(day)) for f, o, day in found]

    def _kind(self, column: Column) -> str | None:
        """The SQL for the kinds of values of a column that must be told apart; None where it does not matter what it says."""
        head, tail = column.head, column.tail
        if column.name == _DAY:
            return self._kind_of_day(column)
        if column.kind == "text":
            return f"p{column.at}::INTEGER" if head in (*_LEVELS_OF_ONE, "uppgifter") else None
        if column.kind != "ord":
            return None
        if column.name == "läge":
            return self._regular.classed(column, lambda entry: entry.report.state)
        if head in _LEVELS_OF_ONE:
            # A row has one of each at most, and all its levels must be there or none.
            return by_kind(column, {value: value for value in self._used(column)})
        if column.name == "plats" and any(condition.places for condition in self._conditions):
            return self._regular.classed(column, lambda entry: frozenset(entry.report.places))
        if column.name == "start" and any(condition.window is not None for condition in self._conditions):
            return self._regular.classed(column, self._opened)
        if head == "funktioner" and self._minds_function(tail):
            return self._regular.classed(column, lambda entry: entry.report.functions.get(tail))
        if head == "uppgifter":
            return self._regular.classed(column, lambda entry: self._answer(entry, tail))
        return None

    def _kind_of_day(self, column: Column) -> str:
        weekdays = any(condition.weekdays for condition in self._conditions)
        kinds: dict[str, Hashable] = {}
        for value in self._used(column):
            day = date.fromisoformat(value)
            kinds[value] = (tuple(one.stretch(day) for one in self._stretches), day.weekday() if weekdays else 0)
        return by_kind(column, kinds)

    def _used(self, column: Column) -> list[str]:
        known = set().union(*(one.means[column.name].keys() for one in self._regular.owned))
        return [value for value in column.values if value in known]

    def _opened(self, entry: Entry) -> Hashable:
        start = entry.report.start
        windows = [condition.window for condition in self._conditions if condition.window is not None]
        return start is None or tuple(window.opened(start) for window in windows)

    def _minds_function(self, name: str) -> bool:
        least = [home.form.least_crew for home in self._regular.homes if home.form is not None]
        return any(name in some for some in [*least, *(condition.functions for condition in self._conditions)])

    def _answer(self, entry: Entry, field: str) -> Hashable:
        """Whether there is an answer, how sure it is, and what it says where that is asked."""
        written, answer = entry.report.facts.get(field), entry.facts.get(field)
        said = str(written).casefold() if any(field in condition.facts for condition in self._conditions) else ""
        counted = " ".join(str(answer).casefold().split()) if field in self._counted else ""
        figure = figure_of(answer)
        return written is None, field in entry.facts, figure.certainty if figure is not None else None, said, counted

    def _shown(self, rows: Sequence[int]) -> dict[int, dict[str, str | None]]:
        """Some rows as cells; a text that does not matter is any text."""
        if not rows:
            return {}
        columns = [column for column in self._table.columns if column.kind in ("ord", "text")]
        cells = ", ".join(f"c{column.at}" if column.kind == "ord" else f"p{column.at}" for column in columns)
        self._table.duck.execute("CREATE OR REPLACE TABLE chosen AS SELECT unnest(?::BIGINT[]) AS r", [list(rows)])
        found = self._table.rows(f"SELECT rowid, {cells} FROM t WHERE rowid IN (SELECT r FROM chosen)")
        return {
            r: {column.name: _cell(column, value) for column, value in zip(columns, values, strict=True)} for r, *values in found
        }

    def _one(self, f: int, r: int, row: Mapping[str, str | None], reports: Reports) -> Entry | None:
        """The report that a row is; None where anything is found in it."""
        head = self._table.heads[f]
        local = r - self._regular.first_rows[f][0]
        record = local + 1 - sum(blank < local for blank in self._blanks[f])
        out = Collector(head.file, record)
        entry = reports._one(nested(row), f"{head.file.removeprefix(REPORTS).rpartition('.')[0]}#{record}", out)
        return None if out.findings else entry

    def _hand(self, keys: Sequence[Key]) -> None:
        if keys:
            listed = ", ".join(f"({', '.join('NULL' if part is None else str(part) for part in key)})" for key in keys)
            named = " AND ".join(f"k.{name} IS NOT DISTINCT FROM m.{name}" for name in self._names)
            self._regular.hand(
                f"SELECT k.r FROM k JOIN (SELECT * FROM (VALUES {listed}) _({', '.join(self._names)})) m ON {named}"
            )

    def _sums(self, sound: Mapping[Key, tuple[Entry, int, str, str]]) -> dict[Key, dict[str, Any]]:
        """The sums of the figures of each kind, exact: every figure as many times as it stands there."""
        found: dict[Key, dict[str, Any]] = {key: {} for key in sound}
        fields = [column for column in self._table.words if column.head == "uppgifter"]
        for column in fields:
            meant: dict[int, Mapping[str, Entry]] = {}
            for one in self._regular.owned:
                o = self._regular.numbers[one.home.plan.id, one.home.commitment.id]
                meant[o] = {**meant.get(o, {}), **one.means[column.name]}
            figures = {
                o: {value: figure_of(entry.facts.get(column.tail)) for value, entry in means.items()}
                for o, means in meant.items()
            }
            if not any(figure is not None for some in figures.values() for figure in some.values()):
                continue
            names = ", ".join(self._names)
            query = f"SELECT {names}, c{column.at}, count(*) FROM k GROUP BY {names}, c{column.at}"
            for *parts, value, times in self._table.rows(query):
                key = tuple(parts)
                figure = figures[key[1]].get(value)
                if figure is not None and key in found:
                    found[key][column.tail] = found[key].get(column.tail, 0) + figure.value * times
        return found


def _cell(column: Column, value: Any) -> str | None:
    if column.kind == "text":
        return "x" if value == CLEAN else None
    return value.strip() or None


def _together(entry: Entry, times: int, first: str, sums: Mapping[str, Any]) -> Entry:
    """A report that stands for all rows of its kind."""
    if times == 1:
        return entry
    facts = {}
    for name, answer in entry.facts.items():
        figure = figure_of(answer)
        facts[name] = answer if figure is None else Quantity(sums[name], figure.certainty)
    return entry._replace(report=entry.report.but(submitted=date.fromisoformat(first)), facts=facts, times=times)
