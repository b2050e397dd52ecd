"""The rows of a table that have no fault, and which of them are nevertheless handed to the reader of rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, QuickReport, as_tree
from uppfoljning.domain.schema import Refused, read
from uppfoljning.fast.bulk_csv.head import BulkRefusal
from uppfoljning.fast.bulk_csv.table import DATES, CsvColumn, SqlTable, is_plain_text
from uppfoljning.project.reports import Reports
from uppfoljning.rules.finding_sink import FindingSink
from uppfoljning.rules.report_checks import ReportContext

# The values of the columns, each read once by the very functions that read a row.


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
    home: ReportContext
    means: Mapping[str, Mapping[str, Entry]]
    faults: tuple[tuple[CsvColumn, str], ...]


class Owners(NamedTuple):
    """Whose the regular rows are; `strays` tells that some are nobody's."""

    owned: tuple[Owned, ...]
    strays: bool


def owned(table: SqlTable, reports: Reports) -> Owners:
    """What the values of the regular rows mean, by the words that name their commitment."""
    keys = [table.by_name.get(name) for name in PAIR]
    words = [column for column in table.words if column.name not in PAIR]
    pair = ", ".join(f"c{key.at}" if key is not None else "0" for key in keys)
    whole = f"FROM t WHERE NOT ({table.is_irregular()})"
    pairs = sorted(table.rows(f"SELECT DISTINCT {pair} {whole}"))
    homes: dict[tuple[int, ...], tuple[tuple[str, str], ReportContext, _Said]] = {}
    standards: list[tuple[ReportContext, _Said]] = []
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
        raise BulkRefusal
    alike: dict[str, dict[str, Entry]] = {}
    owners = [_owned(*home, list(zip(words, used[codes], strict=True)), alike, reports) for codes, home in homes.items()]
    return Owners(tuple(owners), len(homes) < len(pairs))


def _spelled(words: Sequence[CsvColumn], lists: Sequence[Iterable[int]]) -> list[list[str]]:
    """The values that some codes stand for, column by column."""
    return [[column.values[code] for code in codes] for column, codes in zip(words, lists, strict=True)]


def _owned(
    pair: tuple[str, str],
    home: ReportContext,
    read_before: _Said,
    used: Iterable[tuple[CsvColumn, list[str]]],
    alike: dict[str, dict[str, Entry]],
    reports: Reports,
) -> Owned:
    base = dict(zip(PAIR, pair, strict=True)) | {"datum": home.commitment.span.first.isoformat()}
    means = {}
    faults: list[tuple[CsvColumn, str]] = []
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


def _read_for(home: ReportContext, standards: list[tuple[ReportContext, _Said]]) -> _Said:
    """What has been read for a commitment that differs in nothing but its id and title: a value means the same in both."""
    for other, said in standards:
        named = home.commitment.but(id=other.commitment.id, title=other.commitment.title)
        if home.plan is other.plan and home.form is other.form and named == other.commitment:
            return said
    standards.append((home, {}))
    return standards[-1][1]


def _home(pair: tuple[str, str], reports: Reports) -> ReportContext | None:
    """Where rows with such words belong; None where they name no commitment, or in a way that needs a closer look."""
    if not all(value == value.strip() and is_plain_text(value) for value in pair):
        return None
    report = read(QuickReport, {name: word for name, word in zip(PAIR, pair, strict=True) if word}, (), [])
    if isinstance(report, Refused):
        return None
    out = FindingSink("", 1)
    home = reports._home(report, out)
    return None if out.findings else home


def _read(base: Mapping[str, str], column: CsvColumn, values: list[str], reports: Reports) -> Iterator[tuple[str, Entry]]:
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


Owner = tuple[str, str]
_MOST_HANDED = 0.25
_ALWAYS = 1000


class Regular:
    """The view `b` is the table with its row as `r` and its commitment as `o`; `v` is the same without the rows in `handed`.

    At first those are the rows in `faulty`: what cannot be understood from the words in their cells. `o` means something only
    in the other rows.
    """

    def __init__(self, table: SqlTable, owners: Owners) -> None:
        if not owners.owned:
            raise BulkRefusal
        self.table = table
        self.owned = owners.owned
        self.homes: dict[int, ReportContext] = {}
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
                raise BulkRefusal(self.table.heads[f].file)

    def handed(self) -> list[list[int]]:
        """The rows that are handed over, by file, counted from its first."""
        rows = [r for (r,) in self.table.rows("SELECT DISTINCT r FROM handed ORDER BY r")]
        found = []
        for first, number in self.first_rows:
            found.append([r - first for r in rows[bisect_left(rows, first) : bisect_left(rows, first + number)]])
        return found

    def classed(self, column: CsvColumn, kind: Callable[[Entry], Hashable]) -> str:
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


def by_kind(column: CsvColumn, kinds: Mapping[str, Hashable]) -> str:
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
