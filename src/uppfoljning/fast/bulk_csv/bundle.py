"""The plain rows of a table put together: for each kind of row one report that stands for all of them, with their sums."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import figure_of
from uppfoljning.domain.number import Number, Quantity, exact
from uppfoljning.domain.report import as_tree
from uppfoljning.fast.bulk_csv.regular import Regular, by_kind
from uppfoljning.fast.bulk_csv.table import CLEAN, CsvColumn
from uppfoljning.fast.partial import Stretches
from uppfoljning.project.document import REPORTS
from uppfoljning.project.reports import Reports
from uppfoljning.rules.finding_sink import FindingSink

# The figures of a column as whole numbers that DuckDB adds up without rounding.


class Figures(NamedTuple):
    """The SQL for the figure that stands in a column, times a scale that makes all of them whole."""

    sql: str
    scale: int


def figures_of(column: CsvColumn, regular: Regular) -> Figures | None:
    """The figures of a column; None where there are none.

    A word is the same figure in every form that takes it for one. None is large: a row with many digits in a cell is looked at
    by itself, for they may be somebody's number.
    """
    found: dict[int, Fraction] = {}
    for one in regular.owned if column.head == "uppgifter" else ():
        for value, entry in one.means[column.name].items():
            if (figure := figure_of(entry.facts.get(column.tail))) is not None:
                found[regular.table.code(column, value)] = Fraction(figure.value)
    if not found:
        return None
    scale = lcm(*(figure.denominator for figure in found.values()))
    every = (str(found[code] * scale) if code in found else "NULL" for code in range(len(column.values)))
    return Figures(f"([{', '.join(every)}]::BIGINT[])[c{column.at}::INTEGER + 1]", scale)


_BUNDLE_DAY, _SUBMITTED = "datum", "inlämnad"
_LEVELS_OF_ONE = ("avvikelser", "iakttagelser")


GroupKey: TypeAlias = tuple[int, ...]


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
        self._day = self._table.by_name[_BUNDLE_DAY]
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
        sound: dict[GroupKey, Bundle] = {}
        faulty: list[GroupKey] = []
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

    def _kind(self, column: CsvColumn) -> str | None:
        """The SQL for the kinds of values of a column that must be told apart; None where it does not matter what it says."""
        head, tail = column.head, column.tail
        if column.name == _BUNDLE_DAY:
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

    def _kind_of_day(self, column: CsvColumn) -> str:
        weekdays = any(condition.weekdays for condition in self._conditions)
        kinds: dict[str, Hashable] = {}
        for value in self._used(column):
            day = date.fromisoformat(value)
            kinds[value] = (tuple(one.stretch(day) for one in self._stretches), day.weekday() if weekdays else 0)
        return by_kind(column, kinds)

    def _used(self, column: CsvColumn) -> list[str]:
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

    def _hand(self, keys: Sequence[GroupKey]) -> None:
        if keys:
            listed = ", ".join(f"({', '.join(map(str, key))})" for key in keys)
            named = " AND ".join(f"k.{name} = m.{name}" for name in self._names)
            self._regular.hand(
                f"SELECT k.r FROM k JOIN (SELECT * FROM (VALUES {listed}) _({', '.join(self._names)})) m ON {named}"
            )


def _cell(column: CsvColumn, value: int) -> str | None:
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


# Which rows may tell of the same occasion: those are handed to the reader of rows, where they are compared.


_MOST_BITS, _MOST_LOOKS = 1 << 27, 16
"""Bits that are held at once, and how many times rows are looked at, each time for other bits."""
_AT_ONCE = 2_000_000
"""Rows that are compared at once: what they have in common is held in memory."""
_MANY = 1000
_ALIKE_DAY, _START, _PLACE, _END, _PARTIES = "datum", "start", "plats", "slut", "parter"


class _Meanings(NamedTuple):
    """The numbers of what can be said in a column, the SQL for them, and those that are used; the same has the same number."""

    numbers: dict[Hashable, int]
    sql: str
    used: frozenset[int]


class Alike:
    """The view `w` is the regular rows, held or cancelled: the day `d`, the beginning `s` and the places `q`, as
    numbers, NULL where they are not stated.
    """

    def __init__(self, regular: Regular) -> None:
        self._regular = regular
        self._table = table = regular.table
        self._day = table.by_name[_ALIKE_DAY]
        self._start, self._place = table.by_name.get(_START), table.by_name.get(_PLACE)
        self._starts = self._meanings(self._start, lambda entry: entry.report.start)
        self._places = self._meanings(self._place, lambda entry: tuple(sorted(entry.report.places)) or None)
        table.duck.execute(
            f"CREATE VIEW w AS SELECT r, o, c{self._day.at} AS d, {self._starts.sql} AS s, "
            f"{self._places.sql} AS q, * EXCLUDE (r, o) FROM b ANTI JOIN faulty USING (r)"
        )

    def hand(self) -> None:
        """Hand over the rows that may tell of what another regular row tells of."""
        duck = self._table.duck
        ((number, unstated),) = self._table.rows("SELECT count(*), count(*) FILTER (s IS NULL OR q IS NULL) FROM w")
        if not number or (not unstated and self._all_differ(number)):
            return
        duck.execute("CREATE TABLE many AS SELECT o, d, s, q FROM w LIMIT 0")
        parts = number // _AT_ONCE + 1
        for part in range(parts):
            duck.execute(
                f"INSERT INTO many SELECT o, d, s, q FROM w WHERE d % {parts} = {part} GROUP BY o, d, s, q HAVING count(*) > 1"
            )
        same = "w.o = {0}.o AND w.d = {0}.d AND w.s IS NOT DISTINCT FROM {0}.s AND w.q IS NOT DISTINCT FROM {0}.q"
        query = f"SELECT w.* FROM w JOIN many ON {same.format('many')}"
        if self._table.rows(f"SELECT count(*) FROM ({query})")[0][0] > _MANY:
            duck.execute(f"CREATE TABLE likely AS {query}")
            self._hand_closer()
        else:
            self._regular.hand(query)
        if not unstated:
            return
        # What is not stated differs from nothing.
        duck.execute("CREATE TABLE bare AS SELECT DISTINCT o, d, s, q FROM w WHERE s IS NULL OR q IS NULL")
        duck.execute("CREATE TABLE g AS SELECT DISTINCT o, d, s, q FROM w SEMI JOIN bare USING (o, d)")
        pairs = f"g.o = e.o AND g.d = e.d AND {_may_be_same('g', 'e')} AND (g.s IS DISTINCT FROM e.s OR g.q IS DISTINCT FROM e.q)"
        some = f"SELECT g.*, e.s AS s2, e.q AS q2 FROM g JOIN bare e ON {pairs}"
        duck.execute(
            f"CREATE TABLE vague AS SELECT DISTINCT o, d, s, q FROM ({some}) UNION SELECT DISTINCT o, d, s2, q2 FROM ({some})"
        )
        self._regular.hand(f"SELECT w.r FROM w JOIN vague ON {same.format('vague')}")

    def hand_like(self, entries: Sequence[Entry]) -> None:
        """Hand over the rows that may tell of what some reports tell of that are read one by one."""
        rows = []
        for entry in entries:
            if not entry.total:
                day = self._table.code(self._day, entry.span.first.isoformat())
                o = self._regular.numbers.get(owner_of(entry, self._regular))
                if day >= 0 and o is not None:
                    start, places = entry.report.start, tuple(sorted(entry.report.places)) or None
                    s = "NULL" if start is None else self._starts.numbers.get(start, -1)
                    q = "NULL" if places is None else self._places.numbers.get(places, -1)
                    rows.append(f"({o}, {day}, {s}::INTEGER, {q}::INTEGER)")
        if not rows:
            return
        duck = self._table.duck
        duck.execute(f"CREATE OR REPLACE TABLE e AS SELECT DISTINCT * FROM (VALUES {', '.join(rows)}) _(o, d, s, q)")
        same = "w.o = e.o AND w.d = e.d"
        self._regular.hand(
            f"SELECT r FROM w JOIN e ON {same} AND w.s = e.s AND w.q = e.q "
            f"UNION SELECT r FROM w JOIN (SELECT * FROM e WHERE s IS NULL OR q IS NULL) e ON {same} AND {_may_be_same('w', 'e')} "
            f"UNION SELECT r FROM (SELECT * FROM w WHERE s IS NULL OR q IS NULL) w JOIN e ON {same} AND {_may_be_same('w', 'e')}"
        )

    def _all_differ(self, number: int) -> bool:
        """Whether no two rows have the same day, beginning and places: one bit for each that there may be tells it."""
        days = {self._table.code(self._day, value) for one in self._regular.owned for value in one.means[_ALIKE_DAY]}
        one, bits = "0::BIGINT", 1
        for cell, found in (("o", self._regular.owners), ("d", days), ("s", self._starts.used), ("q", self._places.used)):
            width = max(found) - min(found) + 1
            one, bits = f"({one} * {width} + {cell} - {min(found)})", bits * width
        if bits > _MOST_LOOKS * _MOST_BITS:
            return False
        different = 0
        for first in range(0, bits, _MOST_BITS):
            last = min(_MOST_BITS, bits - first) - 1
            within = f"FROM (SELECT {one} - {first} AS one FROM w) WHERE one BETWEEN 0 AND {last}"
            different += self._table.rows(f"SELECT bit_count(bitstring_agg(one, 0, {last})) {within}")[0][0] or 0
        return different == number

    def _hand_closer(self) -> None:
        """Of many rows with the same day, beginning and places, those that nothing else tells apart either.

        A second part that reports the same occasion is told apart by nothing.
        """
        parties = self._table.by_name.get(_PARTIES)
        if parties is not None:
            stated = f"c{parties.at} <> {self._table.code(parties, '')} AND s IS NOT NULL AND q IS NOT NULL"
            named = f"SELECT * FROM likely WHERE {stated}"
            self._regular.hand(f"SELECT r FROM ({named}) QUALIFY count(*) OVER (PARTITION BY o, d, s, q) > 1")
        more = [cell for column in self._table.columns if (cell := self._telling(column)) is not None]
        self._regular.hand(
            f"SELECT r FROM likely QUALIFY count(*) OVER (PARTITION BY {', '.join(['o', 'd', 's', 'q', *more])}) > 1"
        )

    def _telling(self, column: CsvColumn) -> str | None:
        """The cell of a column that every one of the rows has a value in, and where different words mean different things."""
        if column.kind != "ord" or not (column.name == _END or column.head == "uppgifter"):
            return None
        empty = self._table.code(column, "")
        if self._table.rows(f"SELECT 1 FROM likely WHERE c{column.at} = {empty} LIMIT 1"):
            return None
        for one in self._regular.owned:
            meant = [_said(entry, column) for value, entry in one.means[column.name].items() if value]
            if None in meant or len(set(map(repr, meant))) < len(meant):
                return None
        return f"c{column.at}"

    def _meanings(self, column: CsvColumn | None, said: Callable[[Entry], Hashable]) -> _Meanings:
        if column is None:
            return _Meanings({}, "NULL::INTEGER", frozenset())
        numbers: dict[Hashable, int] = {}
        listed: dict[int, int | None] = {}
        for one in self._regular.owned:
            for value, entry in one.means[column.name].items():
                code, meaning = self._table.code(column, value), said(entry)
                listed[code] = None if meaning is None else numbers.setdefault(meaning, code)
        used = frozenset(number for number in listed.values() if number is not None)
        if all(code == number for code, number in listed.items()):
            return _Meanings(numbers, f"c{column.at}::INTEGER", used)
        every = ", ".join("NULL" if (number := listed.get(code)) is None else str(number) for code in range(len(column.values)))
        return _Meanings(numbers, f"([{every}])[c{column.at}::INTEGER + 1]::INTEGER", used)


def owner_of(entry: Entry, regular: Regular) -> tuple[str, str]:
    """The plan and the commitment that a report is of."""
    plan, _, commitment = entry.report.commitment.rpartition("/")
    plan = plan or entry.report.plan
    if plan:
        return plan, commitment
    return next((owner for owner in regular.numbers if owner[1] == commitment), ("", commitment))


def _said(entry: Entry, column: CsvColumn) -> object:
    return entry.report.end if column.name == _END else entry.facts.get(column.tail)


def _may_be_same(one: str, other: str) -> str:
    return " AND ".join(f"({one}.{x} = {other}.{x} OR {one}.{x} IS NULL OR {other}.{x} IS NULL)" for x in "sq")
