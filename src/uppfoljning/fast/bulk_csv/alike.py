"""Which rows may tell of the same occasion: those are handed to the reader of rows, where they are compared."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.report import CARRIED_OUT
from uppfoljning.fast.bulk_csv.kinds import Column
from uppfoljning.fast.bulk_csv.regular import Regular
from uppfoljning.fast.bulk_csv.table import Table

_MOST_BITS, _MOST_LOOKS = 1 << 27, 16
"""Bits that are held at once, and how many times rows are looked at, each time for other bits."""
_AT_ONCE = 2_000_000
"""Rows that are compared at once: what they have in common is held in memory."""
_MANY = 1000
_DAY, _START, _PLACE, _END, _PARTIES = "datum", "start", "plats", "slut", "parter"


class _Meanings(NamedTuple):
    """The numbers of what can be said in a column, the SQL for them, and those that are used; the same has the same number."""

    numbers: dict[Hashable, int]
    sql: str
    used: frozenset[int]


class Alike:
    """The view `w` is the regular rows of what was carried out: the day `d`, the beginning `s` and the places `q`, as numbers,
    NULL where they are not stated.
    """

    def __init__(self, regular: Regular) -> None:
        self._regular = regular
        self._table = table = regular.table
        self._day = table.by_name[_DAY]
        self._start, self._place = table.by_name.get(_START), table.by_name.get(_PLACE)
        self._starts = self._meanings(self._start, lambda entry: entry.report.start)
        self._places = self._meanings(self._place, lambda entry: tuple(sorted(entry.report.places)) or None)
        state = table.by_name.get("läge")
        carried = "TRUE" if state is None else _is_carried(table, state)
        table.duck.execute(
            f"CREATE VIEW w AS SELECT r, o, c{self._day.at} AS d, {self._starts.sql} AS s, "
            f"{self._places.sql} AS q, * EXCLUDE (r, o) FROM b ANTI JOIN faulty USING (r) WHERE {carried}"
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
            if entry.carried_out and not entry.total:
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
        days = {self._table.code(self._day, value) for one in self._regular.owned for value in one.means[_DAY]}
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

    def _telling(self, column: Column) -> str | None:
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

    def _meanings(self, column: Column | None, said: Callable[[Entry], Hashable]) -> _Meanings:
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


def _said(entry: Entry, column: Column) -> object:
    return entry.report.end if column.name == _END else entry.facts.get(column.tail)


def _is_carried(table: Table, state: Column) -> str:
    codes = [str(code) for code, value in enumerate(state.values) if value.strip() in ("", CARRIED_OUT)]
    return f"c{state.at} IN ({', '.join(codes)})" if codes else "FALSE"


def _may_be_same(one: str, other: str) -> str:
    return " AND ".join(f"({one}.{x} = {other}.{x} OR {one}.{x} IS NULL OR {other}.{x} IS NULL)" for x in "sq")
