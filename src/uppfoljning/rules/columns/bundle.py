"""The plain rows of a table put together: for each kind of row one report that stands for all of them, with their sums."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Number, Quantity
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
    """The view `k` is the rows that are left, each with `stretch`, `k0`, `k1` …: the numbers of its kind. The view `z` is the
    same by day, so many rows in one.
    """

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
        self._names = ["f", "o", "stretch", *(f"k{number}" for number in range(len(kinds)))]
        chosen = "".join(f", {kind} AS k{number}" for number, kind in enumerate(kinds))
        stretch = self._kind_of_day(self._day)
        self._table.duck.execute(f"CREATE VIEW k AS SELECT *{chosen}, {stretch} AS stretch FROM v")
        self._figures = self._all_figures()
        few = [*self._figures][:1] if len(self._figures) == 1 else []
        self._within = [column.name for column in few]
        self._table.duck.execute(f"CREATE TABLE days_of AS {self._by_day([f'c{column.at}' for column in few])}")
        self._table.duck.execute(f"CREATE VIEW z AS SELECT *, {stretch} AS stretch FROM days_of")

    def bundles(self, reports: Reports) -> tuple[list[Bundle], list[tuple[int, int, date]]]:
        """Every kind of row, but for those whose rows have a finding: they are handed over. And their days, by file and
        commitment.
        """
        names, day = ", ".join(self._names), f"c{self._day.at}"
        found = self._table.rows(
            f"SELECT {names}, sum(n), min(r), min(first), greatest(max(last), max({day})) FROM z GROUP BY {names}"
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
                sound[key] = entry, int(times), first, last
        self._hand(faulty)
        sums = self._sums(sound)
        days = {
            (key[0], key[1], one)
            for *key, one in self._table.rows(f"SELECT DISTINCT {names}, {day} FROM z")
            if tuple(key) in sound
        }
        return [
            Bundle(key[0], key[1], _together(entry, times, first, sums[key]), date.fromisoformat(last))
            for key, (entry, times, first, last) in sound.items()
        ], [(f, o, date.fromisoformat(one)) for f, o, one in days]

    def _by_day(self, more: Sequence[str]) -> str:
        """The SQL for the rows by day and kind: what else is asked is asked of these, which are far fewer."""
        day = f"c{self._day.at}"
        handed_in = day
        if (column := self._submitted) is not None:
            empty = self._table.literal(column, "")
            handed_in = f"CASE WHEN c{column.at} = {empty} THEN {day} ELSE c{column.at} END"
        parts = ", ".join([*(name for name in self._names if name != "stretch"), day, *more])
        told = f"count(*) AS n, min(r) AS r, min({handed_in}) AS first, max({handed_in}) AS last"
        return f"SELECT {parts}, {told} FROM k GROUP BY {parts}"

    def _kind(self, column: Column) -> str | None:
        """The SQL for the kinds of values of a column that must be told apart; None where it does not matter what it says."""
        head, tail = column.head, column.tail
        if column.name == _DAY:
            return None
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
        found = self._table.rows(f"SELECT r, {cells} FROM t WHERE r IN (SELECT r FROM chosen)")
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
            listed = ", ".join(f"({', '.join(map(str, key))})" for key in keys)
            named = " AND ".join(f"k.{name} = m.{name}" for name in self._names)
            self._regular.hand(
                f"SELECT k.r FROM k JOIN (SELECT * FROM (VALUES {listed}) _({', '.join(self._names)})) m ON {named}"
            )

    def _all_figures(self) -> dict[Column, dict[int, dict[str, Quantity]]]:
        """The columns with figures, and for each commitment what the words there mean."""
        found: dict[Column, dict[int, dict[str, Quantity]]] = {}
        for column in self._table.words:
            if column.head == "uppgifter":
                for one in self._regular.owned:
                    o = self._regular.numbers[one.home.plan.id, one.home.commitment.id]
                    for value, entry in one.means[column.name].items():
                        if (figure := figure_of(entry.facts.get(column.tail))) is not None:
                            found.setdefault(column, {}).setdefault(o, {})[value] = figure
        return found

    def _sums(self, sound: Iterable[Key]) -> dict[Key, dict[str, Number]]:
        """The sums of the figures of each kind, exact: every figure as many times as it stands there."""
        found: dict[Key, dict[str, Number]] = {key: {} for key in sound}
        names = ", ".join(self._names)
        for column, figures in self._figures.items():
            number, rows = ("sum(n)", "z") if column.name in self._within else ("count(*)", "k")
            for *parts, value, times in self._table.rows(
                f"SELECT {names}, c{column.at}, {number} FROM {rows} GROUP BY {names}, c{column.at}"
            ):
                sums = found.get(tuple(parts))
                figure = figures.get(parts[1], {}).get(value)
                if figure is not None and sums is not None:
                    sums[column.tail] = sums.get(column.tail, 0) + figure.value * int(times)
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
