"""The rows of a table that have no fault, and which of them are nevertheless handed to the reader of rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.fast.bulk_csv.head import Refusal
from uppfoljning.fast.bulk_csv.kinds import Column
from uppfoljning.fast.bulk_csv.table import Table
from uppfoljning.fast.bulk_csv.values import PAIR, Owned, Owners
from uppfoljning.rules.report_checks import Home

Owner = tuple[str, str]
_MOST_HANDED = 0.25
_ALWAYS = 1000


class Regular:
    """The view `b` is the table with its row as `r` and its commitment as `o`; `v` is the same without the rows in `handed`.

    At first those are the rows in `faulty`: what cannot be understood from the words in their cells. `o` means something only
    in the other rows.
    """

    def __init__(self, table: Table, owners: Owners) -> None:
        if not owners.owned:
            raise Refusal
        self.table = table
        self.owned = owners.owned
        self.homes: dict[int, Home] = {}
        self.numbers: dict[Owner, int] = {}
        self._keys = [key for name in PAIR if (key := table.by_name.get(name)) is not None]
        numbers = []
        for one in owners.owned:
            name = one.home.plan.id, one.home.commitment.id
            number = self.numbers.setdefault(name, self._number_of(one))
            self.homes.setdefault(number, one.home)
            numbers.append(number)
        self.owners = {number: owner for owner, number in self.numbers.items()}
        self.first_rows = table.first_rows()
        self._view(numbers)
        faulty = self._is_faulty(numbers, owners.strays)
        table.duck.execute(f"CREATE TABLE faulty AS SELECT r FROM b WHERE {faulty}")
        table.duck.execute("CREATE TABLE handed AS SELECT r FROM faulty")
        table.duck.execute("CREATE VIEW v AS SELECT b.* FROM b ANTI JOIN handed USING (r)")
        self.check_handed()

    def hand(self, query: str) -> bool:
        """Hand over the rows that a query gives; whether there are any."""
        before = self._handed()
        self.table.duck.execute(f"INSERT INTO handed SELECT DISTINCT r FROM ({query}) WHERE r NOT IN (SELECT r FROM handed)")
        if self._handed() == before:
            return False
        self.check_handed()
        return True

    def check_handed(self) -> None:
        """Where too many rows of a file must be read one by one, all of them are."""
        number = self._handed()
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

    def _handed(self) -> int:
        return int(self.table.rows("SELECT count(*) FROM handed")[0][0])

    def _number_of(self, one: Owned) -> int:
        """The number of the words that name a commitment: that of the first words that name it is its own."""
        number = 0
        for key in self._keys:
            number = number * len(key.values) + self.table.code(key, one.pair[PAIR.index(key.name)])
        return number

    def _view(self, numbers: Sequence[int]) -> None:
        number = "0::INTEGER"
        for key in self._keys:
            number = f"{number} * {len(key.values)} + c{key.at}"
        named = [self._number_of(one) for one in self.owned]
        if named == list(numbers):
            self.table.duck.execute(f"CREATE VIEW b AS SELECT *, {number} AS o FROM t")
            return
        pairs = ", ".join(map(str, zip(named, numbers, strict=True)))
        self.table.duck.execute(f"CREATE TABLE owners AS SELECT * FROM (VALUES {pairs}) _(named, o)")
        self.table.duck.execute(f"CREATE VIEW b AS SELECT t.*, o FROM t LEFT JOIN owners ON named = {number}")

    def _is_faulty(self, numbers: Sequence[int], strays: bool) -> str:
        faults: dict[tuple[int, str], set[str]] = {}
        for one, number in zip(self.owned, numbers, strict=True):
            for column, value in one.faults:
                faults.setdefault((number, f"c{column.at}"), set()).add(str(self.table.code(column, value)))
        unsound = [f"(o = {number} AND {cell} IN ({', '.join(sorted(some))}))" for (number, cell), some in faults.items()]
        if strays:
            unsound.append(f"o IS NULL OR o NOT IN ({', '.join(map(str, self.owners))})")
        return " OR ".join([self.table.is_irregular(), *unsound])


def by_kind(column: Column, kinds: Mapping[str, Hashable]) -> str:
    """The SQL for the number of a value's kind; NULL where it has none."""
    numbers: dict[Hashable, int] = {}
    for kind in kinds.values():
        numbers.setdefault(kind, len(numbers))
    if len(numbers) <= 1:
        return "0"
    if len(numbers) == len(kinds):
        return f"c{column.at}::INTEGER"
    listed = ", ".join(str(numbers[kinds[value]]) if value in kinds else "NULL" for value in column.values)
    return f"([{listed}])[c{column.at}::INTEGER + 1]::INTEGER"
