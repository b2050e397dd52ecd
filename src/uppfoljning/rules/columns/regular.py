"""The rows of a table that have no fault, and which of them are nevertheless handed to the reader of rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.rules.columns.head import Refusal
from uppfoljning.rules.columns.kinds import Column
from uppfoljning.rules.columns.table import Table
from uppfoljning.rules.columns.values import PAIR, Owned
from uppfoljning.rules.report_checks import Home

Owner = tuple[str, str]
_MOST_HANDED = 0.25
_ALWAYS = 1000


class Regular:
    """The view `b` is the table with its row as `r` and its commitment as `o`; `v` is the same without the rows in `handed`.

    At first those are the rows in `faulty`: what cannot be understood from the words in their cells.
    """

    def __init__(self, table: Table, owners: Sequence[Owned]) -> None:
        if not owners:
            raise Refusal
        self.table = table
        self.owned = list(owners)
        self.homes: list[Home] = []
        by_name: dict[Owner, int] = {}
        numbers = []
        for one in owners:
            name = one.home.plan.id, one.home.commitment.id
            if name not in by_name:
                by_name[name] = len(self.homes)
                self.homes.append(one.home)
            numbers.append(by_name[name])
        self.numbers = by_name
        self.first_rows = table.first_rows()
        self._view(numbers)
        table.duck.execute(f"CREATE TABLE faulty AS SELECT r FROM b WHERE {self._is_faulty(numbers)}")
        table.duck.execute("CREATE TABLE handed AS SELECT r FROM faulty")
        table.duck.execute("CREATE VIEW v AS SELECT b.* FROM b ANTI JOIN handed USING (r)")
        self.check_handed()

    def hand(self, query: str) -> bool:
        """Hand over the rows that a query gives; whether there are any."""
        before = self._number()
        self.table.duck.execute(f"INSERT INTO handed SELECT DISTINCT r FROM ({query}) WHERE r NOT IN (SELECT r FROM handed)")
        if self._number() == before:
            return False
        self.check_handed()
        return True

    def check_handed(self) -> None:
        """Where too many rows of a file must be read one by one, all of them are."""
        number = self._number()
        if number <= _ALWAYS:
            return
        for f, (first, rows) in enumerate(self.first_rows):
            if not rows:
                continue
            query = f"SELECT count(*) FROM handed WHERE r BETWEEN {first} AND {first + rows - 1}"
            if self.table.rows(query)[0][0] > max(_ALWAYS, rows * _MOST_HANDED):
                raise Refusal(self.table.heads[f].file)

    def handed(self) -> list[list[int]]:
        """The rows that are handed over, by file, counted from its first."""
        rows = [r for (r,) in self.table.rows("SELECT DISTINCT r FROM handed ORDER BY r")]
        found = []
        for first, number in self.first_rows:
            found.append([r - first for r in rows[bisect_left(rows, first) : bisect_left(rows, first + number)]])
        return found

    def classed(self, column: Column, kind: Callable[[Entry], Hashable]) -> str:
        """The SQL for which kind of value stands in a column, where a function tells the kind from what the value means."""
        kinds: dict[str, Hashable] = {}
        for value in column.values:
            means = [one.means[column.name].get(value) for one in self.owned]
            if any(entry is not None for entry in means):
                kinds[value] = tuple(None if entry is None else (kind(entry),) for entry in means)
        return by_kind(column, kinds)

    def files_of(self, o: int) -> list[str]:
        """The files with a row of a commitment."""
        return [self.table.heads[f].file for (f,) in self.table.rows(f"SELECT DISTINCT f FROM b WHERE o = {o}")]

    def _number(self) -> int:
        return int(self.table.rows("SELECT count(*) FROM handed")[0][0])

    def _view(self, numbers: Sequence[int]) -> None:
        keys = [self.table.by_name.get(name) for name in PAIR]
        given = [(place, key) for place, key in enumerate(keys) if key is not None]
        if len(self.owned) == 1:
            same = [f"c{key.at} = {self.table.literal(key, self.owned[0].pair[place])}" for place, key in given]
            self.table.duck.execute(
                f"CREATE VIEW b AS SELECT t.rowid AS r, t.*, CASE WHEN {' AND '.join(same)} THEN 0 END AS o FROM t"
            )
            return
        rows = (
            f"({', '.join(self.table.literal(key, one.pair[place]) for place, key in given)}, {number})"
            for one, number in zip(self.owned, numbers, strict=True)
        )
        names = ", ".join(f"k{place}" for place, _ in given)
        joined = " AND ".join(f"k{place} = c{key.at}" for place, key in given)
        self.table.duck.execute(f"CREATE TABLE owners AS SELECT * FROM (VALUES {', '.join(rows)}) _({names}, o)")
        self.table.duck.execute(f"CREATE VIEW b AS SELECT t.rowid AS r, t.*, o FROM t LEFT JOIN owners ON {joined}")

    def _is_faulty(self, numbers: Sequence[int]) -> str:
        faults: dict[tuple[int, str], set[str]] = {}
        for one, number in zip(self.owned, numbers, strict=True):
            for column, value in one.faults:
                faults.setdefault((number, f"c{column.at}"), set()).add(self.table.literal(column, value))
        unsound = [f"(o = {number} AND {cell} IN ({', '.join(sorted(some))}))" for (number, cell), some in faults.items()]
        return " OR ".join([self.table.is_irregular(), "o IS NULL", *unsound])


def by_kind(column: Column, kinds: Mapping[str, Hashable]) -> str:
    """The SQL for the number of a value's kind; NULL where it has none."""
    numbers: dict[Hashable, int] = {}
    for kind in kinds.values():
        numbers.setdefault(kind, len(numbers))
    if len(numbers) <= 1:
        return "0"
    if len(numbers) == len(kinds):
        return f"enum_code(c{column.at})::INTEGER"
    listed = ", ".join(str(numbers[kinds[value]]) if value in kinds else "NULL" for value in column.values)
    return f"([{listed}])[enum_code(c{column.at})::INTEGER + 1]::INTEGER"
