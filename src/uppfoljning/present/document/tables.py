"""The tables of a paper as a workbook, a folder of files and a program want them: one of each kind, every value in its column."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.present.document.model import Cell, Column, Document, Grid, data, for_programs, grids, text

_PERCENT = " procent"
_NOTHING = Cell(None, "")


def tables_of(paper: Document) -> list[Grid]:
    """Every table that has something for programs. Those of one kind are put together: what tells them apart has columns."""
    families: dict[str, list[Grid]] = {}
    for grid in grids(paper.parts):
        families.setdefault(grid.family, []).append(grid)
    return [one for family in families.values() if (one := _together(family)).columns]


def plain_names(columns: Iterable[Column]) -> list[str]:
    """The columns' names where a share is written as a ratio: without `procent`, but where another column is called so."""
    names = [column.name for column in columns]
    short = [name.removesuffix(_PERCENT) for name in names]
    return [name if short.count(cut) > 1 else cut for name, cut in zip(names, short, strict=True)]


def _together(family: list[Grid]) -> Grid:
    views = [for_programs(grid) for grid in family]
    headed = list(dict.fromkeys(name for grid, view in zip(family, views, strict=True) if view.columns for name, _ in grid.of))
    own = list(dict.fromkeys(_named(column) for view in views for column in view.columns))
    rows: list[tuple[Cell, ...]] = []
    for grid, view in zip(family, views, strict=True):
        of = {name: text(value) for name, value in grid.of}
        head = tuple(of.get(name, _NOTHING) for name in headed)
        place = [own.index(_named(column)) for column in view.columns]
        if place == list(range(len(own))):
            rows += [(*head, *row) for row in view.rows]
        else:
            for row in view.rows:
                cells = [_NOTHING] * len(own)
                for at, cell in zip(place, row, strict=True):
                    cells[at] = cell
                rows.append((*head, *cells))
    first = family[0]
    title = first.title if len({grid.title for grid in family}) == 1 else first.family.capitalize()
    return Grid(first.family, title, (*map(data, headed), *own), tuple(rows), first.note)


def _named(column: Column) -> Column:
    """A column as programs know it: a small letter first, and a share told by its name."""
    name = column.name[:1].lower() + column.name[1:]
    if column.kind == "andel" and not name.endswith(_PERCENT):
        name += _PERCENT
    return data(name, column.kind)
