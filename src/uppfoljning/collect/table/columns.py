"""What each column of a table gives, settled from a mapping and the headings that are really there."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from uppfoljning.collect.table.headings import Table
from uppfoljning.collect.table.personal import is_about_a_person, looks_personal
from uppfoljning.collect.table.values import folded
from uppfoljning.domain.mapping import TableMapping, same_heading
from uppfoljning.domain.schema import NOTHING, nearest
from uppfoljning.files.grid import Fault


class Column(NamedTuple):
    """A column that gives something: its place in the table, its heading and the key of the report."""

    at: int
    heading: str
    target: str


class Columns(NamedTuple):
    """How the rows of a table are read.

    `commitment` is empty when a column gives it. `row_id` are the places of the columns that tell rows apart. `words` are what
    cells mean, by target and folded cell. `certainty` are the places of columns that say how sure a figure is. `only` are the
    values that a column must have, folded, by its place. `is_sheet`: a sheet of the program's own, whose rows name reports.
    """

    plan: str
    commitment: str
    origin: str
    given: tuple[Column, ...]
    row_id: tuple[int, ...] = ()
    fixed: Mapping[str, str] = NOTHING
    words: Mapping[str, Mapping[str, str]] = NOTHING
    widths: Mapping[str, int] = NOTHING
    order: str = ""
    decimals: str = ""
    certainty: Mapping[str, int] = NOTHING
    only: Mapping[int, frozenset[str]] = MappingProxyType({})
    is_sheet: bool = False
    notices: tuple[str, ...] = ()

    @property
    def targets(self) -> frozenset[str]:
        """Every key that a row says something about, also by an empty cell."""
        return frozenset((*(column.target for column in self.given), *self.fixed))

    def heading(self, target: str) -> str:
        """The heading of the column that gives a key; the key itself where no column does."""
        return next((column.heading for column in self.given if column.target == target), target)


def columns_of(mapping: TableMapping, table: Table) -> Columns | Fault:
    """The columns of a table as a mapping says; a heading that is not there is a fault, for its answers would be lost."""
    wanted = [*mapping.columns, *mapping.only, *mapping.certainty.values(), *mapping.row_id]
    for heading in wanted:
        if table.at(heading) is None:
            best = nearest(heading, table.headings)
            lead = f"har {heading} bytt namn till {best}? " if best else ""
            remedy = f"{lead}Ändra rubriken i mappningen så som den står i tabellen".lstrip()
            return Fault(f"kolumnen {heading} finns inte i tabellen", remedy[0].lower() + remedy[1:])
    row_id = tuple(_place(table, heading) for heading in mapping.row_id)
    for own in row_id:
        if looks_personal(table, own, _FEWEST):
            told = f"kolumnen {table.headings[own]} ser ut att peka ut personer"
            return Fault(told, "välj en annan kolumn som rad_id i mappningen")
    given, notices = [], []
    for heading, target in mapping.columns.items():
        at = table.at(heading)
        assert at is not None
        if looks_personal(table, at, _FEWEST):
            notices.append(f"kolumnen {heading} ser ut att peka ut personer och tas inte med")
        else:
            given.append(Column(at, heading, target))
    return Columns(
        plan=mapping.plan,
        commitment=mapping.commitment,
        origin=mapping.receipts_begin,
        given=tuple(given),
        row_id=row_id,
        fixed=mapping.fixed,
        words={key: {folded(cell): value for cell, value in words.items()} for key, words in mapping.words.items()},
        widths=mapping.widths,
        order=mapping.date_order,
        decimals=mapping.decimals,
        certainty={key: _place(table, one) for key, one in mapping.certainty.items()},
        only={_place(table, one): frozenset(map(folded, values)) for one, values in mapping.only.items()},
        notices=(*notices, *_left_out(mapping, table), *([] if row_id else [_NO_ID])),
    )


_FEWEST = 3
"""With fewer cells a column is not judged as a whole; each row is, by what it says."""
_NO_ID = "mappningen har inget rad_id, så raderna känns igen på sitt innehåll: en rad som ändras i tabellen blir en ny rapport"


def _place(table: Table, heading: str) -> int:
    at = table.at(heading)
    assert at is not None
    return at


def _left_out(mapping: TableMapping, table: Table) -> list[str]:
    """What is told of the columns that the mapping does not name."""
    named = (*mapping.columns, *mapping.skipped, *mapping.only, *mapping.certainty.values(), *mapping.row_id)
    known = set(map(same_heading, named))
    left = [heading for heading in table.headings if same_heading(heading) not in known]
    persons = [heading for heading in left if is_about_a_person(heading)]
    others = [heading for heading in left if not is_about_a_person(heading)]
    told = []
    if persons:
        told.append(f"tas aldrig med, för de pekar ut personer: {', '.join(persons)}")
    if others:
        told.append(f"står inte i mappningen och tas inte med: {', '.join(others)}")
    return told
