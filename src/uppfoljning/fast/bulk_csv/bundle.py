"""The plain rows of a table put together: for each kind of row one report that stands for all of them, with their sums."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Number, Quantity, exact
from uppfoljning.domain.report import as_tree
from uppfoljning.fast.bulk_csv.figures import figures_of
from uppfoljning.fast.bulk_csv.kinds import Column
from uppfoljning.fast.bulk_csv.regular import Regular, by_kind
from uppfoljning.fast.bulk_csv.table import CLEAN
from uppfoljning.fast.partial import Stretches
from uppfoljning.project.document import REPORTS
from uppfoljning.project.reports import Reports
from uppfoljning.rules.finding_sink import FindingSink

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
    """The view `k` is the rows that are left, each with `k0`, `k1` …: the numbers of its kind. The table `days_of` is the same by
    day, so many rows in one, with the sums of the figures as `s0`, `s1` …; the view `z` also tells in which stretch the day is.
    """

    def __init__(self, regular: Regular, stretches: Iterable[Stretches], blanks: Sequence[frozenset[int]]) -> None:
        self._regular = regular
        self._table = regular.table
        self._stretches = list(stretches)
        self._blanks = [sorted(some) for some in blanks]
        self._day = self._table.by_name[_DAY]
        self._submitted = self._table.by_name.get(_SUBMITTED)
        self._conditions = [
            target.condition
            for home in regular.homes.values()
            for target in home.commitment.targets
            if target.condition is not None
        ]
        self._counted = frozenset[str]().union(*(one.unique for one in self._stretches))
        kinds = [one for one in map(self._kind, self._table.columns) if one not in (None, "0")]
        self._names = ["f", "o", "stretch", *(f"k{number}" for number in range(len(kinds)))]
        chosen = "".join(f", {kind} AS k{number}" for number, kind in enumerate(kinds))
        self._table.duck.execute(f"CREATE VIEW k AS SELECT *{chosen}, {self._kind_of_day(self._day)} AS stretch FROM v")
        self._figures = {column: some for column in self._table.words if (some := figures_of(column, regular)) is not None}
        self._table.duck.execute(f"CREATE TABLE days_of AS {self._by_day()}")
        self._table.duck.execute(f"CREATE VIEW z AS SELECT *, {self._kind_of_day(self._day)} AS stretch FROM days_of")

    def bundles(self, reports: Reports) -> tuple[list[Bundle], list[tuple[int, int, date]]]:
        """Every kind of row, but for those whose rows have a finding: they are handed over. And their days, by file and
        commitment.
        """
        names, day = ", ".join(self._names), f"c{self._day.at}"
        sums = "".join(f", sum(s{number})" for number in range(len(self._figures)))
        found = self._table.rows(
            f"SELECT {names}, sum(n), min(r), min(first), greatest(max(last), max({day})){sums} FROM z GROUP BY {names}"
        )
        width = len(self._names)
        shown = self._shown([one[width + 1] for one in found])
        sound: dict[Key, Bundle] = {}
        faulty: list[Key] = []
        for one in found:
            key, (times, r, first, last, *added) = one[:width], one[width:]
            entry = self._one(key[0], r, shown[r], reports)
            if entry is None:
                faulty.append(key)
            else:
                sums_of = {
                    column.tail: exact(Fraction(int(some or 0), figures.scale))
                    for (column, figures), some in zip(self._figures.items(), added, strict=True)
                }
                sound[key] = Bundle(key[0], key[1], _together(entry, int(times), self._date(first), sums_of), self._date(last))
        self._hand(faulty)
        days_of = self._table.rows(f"SELECT DISTINCT {names}, {day} FROM z")
        every = {(key[0], key[1], code) for *key, code in days_of if tuple(key) in sound}
        return list(sound.values()), [(f, o, self._date(code)) for f, o, code in every]

    def _date(self, code: int) -> date:
        return date.fromisoformat(self._day.values[code])

    def _by_day(self) -> str:
        """The SQL for the rows by day and kind: what else is asked is asked of these, which are far fewer."""
        day = f"c{self._day.at}"
        handed_in = day
        if (column := self._submitted) is not None:
            cell = f"c{column.at}"
            handed_in = f"CASE WHEN {cell} = {self._table.code(column, '')} THEN {day} ELSE {cell} END"
        parts = ", ".join([*(name for name in self._names if name != "stretch"), day])
        sums = "".join(f", sum({figures.sql}) AS s{number}" for number, figures in enumerate(self._figures.values()))
        told = f"count(*) AS n, min(r) AS r, min({handed_in}) AS first, max({handed_in}) AS last{sums}"
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
        least = [home.form.least_crew for home in self._regular.homes.values() if home.form is not None]
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
        out = FindingSink(head.file, record)
        entry = reports._one(as_tree(row), f"{head.file.removeprefix(REPORTS).rpartition('.')[0]}#{record}", out)
        return None if out.findings else entry

    def _hand(self, keys: Sequence[Key]) -> None:
        if keys:
            listed = ", ".join(f"({', '.join(map(str, key))})" for key in keys)
            named = " AND ".join(f"k.{name} = m.{name}" for name in self._names)
            self._regular.hand(
                f"SELECT k.r FROM k JOIN (SELECT * FROM (VALUES {listed}) _({', '.join(self._names)})) m ON {named}"
            )


def _cell(column: Column, value: int) -> str | None:
    if column.kind == "text":
        return "x" if value == CLEAN else None
    return column.values[value].strip() or None


def _together(entry: Entry, times: int, first: date, sums: Mapping[str, Number]) -> Entry:
    """A report that stands for all rows of its kind."""
    if times == 1:
        return entry
    facts = {}
    for name, answer in entry.facts.items():
        figure = figure_of(answer)
        facts[name] = answer if figure is None else Quantity(sums[name], figure.certainty)
    return entry._replace(report=entry.report.but(submitted=first), facts=facts, times=times)
