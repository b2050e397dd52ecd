"""CSV files with many rows, read in columns: the same as the reader of rows gives, row by row, with the rows put together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeAlias

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import SUMMABLE
from uppfoljning.domain.period import Period
from uppfoljning.fast.bulk_csv.bundle import Alike, Bundle, Bundling, owner_of
from uppfoljning.fast.bulk_csv.head import BulkRefusal, Handed, Head, head_of, read_handed
from uppfoljning.fast.bulk_csv.regular import Owned, Regular, owned
from uppfoljning.fast.bulk_csv.table import EMPTY, NUMBER, Engine, SqlTable, columns_of
from uppfoljning.fast.partial import Compact, Grains, Owner, Partial, Stretches, unit_of
from uppfoljning.files.sql import quoted
from uppfoljning.project.document import REPORTS
from uppfoljning.project.reports import Reports

# Regular rows that are handed to the reader of rows: what it says of them depends on several cells, or on other rows.


def hand_over(regular: Regular) -> None:
    """Hand over rows that came in before their day, with a part larger than its whole, or a receipt or an id seen before."""
    table = regular.table
    if (handed_in := table.by_name.get("inlämnad")) is not None:
        cell, day = f"c{handed_in.at}", f"c{table.by_name['datum'].at}"
        regular.hand(f"SELECT r FROM v WHERE {cell} < {day} AND {cell} <> {table.code(handed_in, '')}")
    for one in regular.owned:
        fields = one.home.form.fields if one.home.form is not None else {}
        for name, field in fields.items():
            if field.part_of:
                _hand_parts(regular, one, name, field.part_of)
    for column in table.columns:
        if column.kind == "kvitto":
            within = "f, " if column.name == "id" else ""
            number = f"count(*) OVER (PARTITION BY {within}h{column.at})"
            regular.hand(f"SELECT r FROM b WHERE h{column.at} IS NOT NULL QUALIFY {number} > 1")
    if (named := table.by_name.get("id")) is not None:
        # The number of a row without an id is its id, and may be what another row says.
        unnamed, numbered = (table.rows(f"SELECT 1 FROM t WHERE p{named.at} = {state} LIMIT 1") for state in (EMPTY, NUMBER))
        if unnamed and numbered:
            raise BulkRefusal


def _hand_parts(regular: Regular, one: Owned, less: str, more: str) -> None:
    table = regular.table
    part, whole = table.by_name.get(f"uppgifter.{less}"), table.by_name.get(f"uppgifter.{more}")
    if part is None or whole is None or part.kind != "ord" or whole.kind != "ord":
        return
    o = regular.numbers[one.home.plan.id, one.home.commitment.id]
    wrong = []
    for few, many in table.rows(f"SELECT DISTINCT c{part.at}, c{whole.at} FROM v WHERE o = {o}"):
        said = one.means[part.name].get(part.values[few]), one.means[whole.name].get(whole.values[many])
        stated, at_most = (entry and entry.figure(name) for entry, name in zip(said, (less, more), strict=True))
        if stated is not None and at_most is not None and stated.value > at_most.value:
            wrong.append(f"({few}, {many})")
    if wrong:
        pairs = f"(SELECT * FROM (VALUES {', '.join(wrong)}) _(few, many))"
        regular.hand(f"SELECT r FROM v JOIN {pairs} ON few = c{part.at} AND many = c{whole.at} WHERE o = {o}")


def hand_corrected(regular: Regular, entries: Iterable[Entry], blanks: Sequence[frozenset[int]]) -> None:
    """Hand over the rows that corrections point at, by id or by number."""
    wanted = {old for entry in entries for old in entry.report.replaces}
    named = regular.table.by_name.get("id")
    for f, head in enumerate(regular.table.heads if wanted else ()):
        path = head.file.removeprefix(REPORTS).rpartition(".")[0]
        first, _ = regular.first_rows[f]
        for word in sorted(old.rpartition("#")[2] for old in wanted if old.rpartition("#")[0] == path):
            if named is not None:
                regular.hand(f"SELECT r FROM b WHERE f = {f} AND h{named.at} = md5_number_upper({quoted(word)})")
            if word.isdecimal() and word.isascii() and len(word) < 12:
                row = int(word) - 1
                for blank in sorted(blanks[f]):
                    row += blank <= row
                regular.hand(f"SELECT r FROM b WHERE f = {f} AND r = {first + row}")


def receipts_of(regular: Regular, files: Iterable[int]) -> frozenset[int]:
    """The check sums of the receipts of the rows that are not read one by one."""
    column = regular.table.by_name.get("kvitto")
    if column is None:
        return frozenset()
    listed = ", ".join(map(str, files))
    return frozenset(
        number
        for (number,) in regular.table.rows(f"SELECT h{column.at} FROM v WHERE f IN ({listed}) AND h{column.at} IS NOT NULL")
    )


OccasionDays: TypeAlias = Mapping[Owner, frozenset[date]]


def read_columns(
    files: Sequence[str], root: Path, reports: Reports, grains: Grains, compact: Compact, moved: OccasionDays
) -> list[tuple[tuple[str, ...], Partial]]:
    """What files amount to, those with reports of the same commitment and day together; what is not named is for the reader
    of rows. `moved` are the days that occasions were moved to by reports in other files.
    """
    from importlib.util import find_spec

    if find_spec("duckdb") is None:
        return []
    engine = Engine()
    by_form: dict[tuple[tuple[str, ...], str], list[Head]] = {}
    for file in sorted(files):
        if (head := head_of(root, file, reports)) is not None:
            by_form.setdefault((head.columns, head.delimiter), []).append(head)
    found: list[tuple[tuple[str, ...], Partial]] = []
    for heads in by_form.values():
        while heads:
            try:
                found += _units(engine, heads, reports, grains, compact, moved)
                break
            except BulkRefusal as refusal:
                heads = [head for head in heads if refusal.files and head.file not in refusal.files]
            finally:
                engine.close()
    engine.close()
    return found


def _units(
    engine: Engine, heads: Sequence[Head], reports: Reports, grains: Grains, compact: Compact, moved: OccasionDays
) -> list[tuple[tuple[str, ...], Partial]]:
    columns = columns_of(heads[0].columns, heads[0].delimiter, (head.seen for head in heads), reports)
    if columns is None or not any(column.name == "datum" for column in columns):
        raise BulkRefusal
    return _Reading(SqlTable(engine, heads, columns), reports, compact, moved).units(grains)


class _Reading:
    """The reading of files with the same head."""

    def __init__(self, table: SqlTable, reports: Reports, compact: Compact, moved: OccasionDays) -> None:
        self._table, self._reports, self._compact, self._moved = table, reports, compact, moved
        self._regular = Regular(table, owned(table, reports))
        self._read_so_far: list[list[int]] = []
        self._handed: list[Handed] = []

    def units(self, grains: Grains) -> list[tuple[tuple[str, ...], Partial]]:
        """What the files amount to."""
        alike = Alike(self._regular)
        alike.hand()
        hand_over(self._regular)
        first = self._entries()
        self._refuse_sums(first)
        alike.hand_like(first)
        blanks = [one.blanks for one in self._handed]
        hand_corrected(self._regular, first, blanks)
        split = self._split(first)
        bundling = Bundling(self._regular, self._stretches(grains, split), blanks)
        bundles, days = bundling.bundles(self._reports)
        whole = _Whole(bundles, days, self._entries(), split)
        return [self._unit(part, whole) for part in _parts(self._regular, whole)]

    def _entries(self) -> list[Entry]:
        """The reports that are handed over by now, read one by one."""
        rows = self._regular.handed()
        if rows != self._read_so_far:
            self._read_so_far = rows
            every = zip(self._table.heads, rows, self._regular.first_rows, strict=True)
            self._handed = [read_handed(head, some, number, self._reports) for head, some, (_, number) in every]
        return [entry for one in self._handed for entry in one.read.entries]

    def _refuse_sums(self, entries: Iterable[Entry]) -> None:
        """Where one report says something about all others of its commitment, they must be there one by one."""
        for entry in entries:
            if (entry.total and entry.carried_out) or entry.report.done is not None:
                o = self._regular.numbers.get(owner_of(entry, self._regular))
                if o is not None:
                    raise BulkRefusal(*self._regular.files_of(o))

    def _split(self, entries: Iterable[Entry]) -> dict[int, frozenset[date]]:
        """The days that occasions were moved to, by commitment."""
        found = {o: self._moved.get(owner, frozenset()) for o, owner in self._regular.owners.items()}
        for entry in entries:
            to = entry.report.moved_to
            o = self._regular.numbers.get(owner_of(entry, self._regular))
            if o is not None and isinstance(to, Period) and to.days == 1:
                found[o] |= {to.first}
        return found

    def _stretches(self, grains: Grains, split: Mapping[int, frozenset[date]]) -> list[Stretches]:
        found = []
        for o, home in self._regular.homes.items():
            grain = grains(home.plan, home.commitment, split[o])
            figures = () if home.form is None else [name for name, one in home.form.fields.items() if one.type in SUMMABLE]
            # Each report must be seen by itself; so it must where different figures are counted, for they are added up here.
            if grain is None or not grain.unique.isdisjoint(figures):
                raise BulkRefusal(*self._regular.files_of(o))
            found.append(grain)
        return found

    def _unit(self, part: frozenset[int], whole: _Whole) -> tuple[tuple[str, ...], Partial]:
        owners = self._regular.owners
        reads = [self._handed[f].read for f in sorted(part)]
        unit = unit_of(reads, self._reports, self._compact, self._moved)
        entries, days, moved_to, split = dict(unit.entries), dict(unit.days), dict(unit.moved_to), dict(unit.split)
        settled = unit.settled
        for bundle in whole.bundles:
            if bundle.f in part:
                owner = owners[bundle.o]
                entries[owner] = (*entries.get(owner, ()), bundle.entry)
                settled = max(settled, bundle.last)
        for f, o, day in whole.days:
            if f in part:
                owner = owners[o]
                days[owner] = days.get(owner, frozenset()) | {day}
                moved_to.setdefault(owner, frozenset())
        split |= {owner: whole.split[o] for o, owner in owners.items() if owner in days}
        return tuple(read.file for read in reads), unit._replace(
            entries=entries,
            days=days,
            moved_to=moved_to,
            split=split,
            settled=settled,
            receipts=unit.receipts | receipts_of(self._regular, part),
        )


class _Whole(NamedTuple):
    """What was found in all the files: the rows put together, their days, the reports read one by one, and the days moved to."""

    bundles: list[Bundle]
    days: list[tuple[int, int, date]]
    entries: list[Entry]
    split: dict[int, frozenset[date]]


def _parts(regular: Regular, whole: _Whole) -> list[frozenset[int]]:
    """The files, by number, that have to do with each other: with a commitment and day, a receipt or a correction in common."""
    numbers = {head.file: f for f, head in enumerate(regular.table.heads)}
    owners = regular.owners
    shared: dict[Hashable, set[int]] = {}
    for f, o, day in whole.days:
        shared.setdefault((owners[o], day), set()).add(f)
    for entry in whole.entries:
        f = numbers[entry.file]
        report = entry.report
        for thing in ((owner_of(entry, regular), entry.span.first), report.receipt, entry.id, *report.replaces):
            if thing:
                shared.setdefault(thing, set()).add(f)
    parts = {f: frozenset({f}) for f in numbers.values()}
    for files in shared.values():
        if len(files) > 1:
            joined = frozenset[int]().union(*(parts[f] for f in files))
            parts |= dict.fromkeys(joined, joined)
    return sorted(set(parts.values()), key=min)
