"""Regular rows that are handed to the reader of rows: what it says of them depends on several cells, or on other rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.fast.bulk_csv.head import Refusal
from uppfoljning.fast.bulk_csv.regular import Regular
from uppfoljning.fast.bulk_csv.table import EMPTY, NUMBER
from uppfoljning.fast.bulk_csv.values import Owned
from uppfoljning.files.sql import quoted
from uppfoljning.project.document import REPORTS


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
            raise Refusal


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
