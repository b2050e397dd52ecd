"""Tables: a caption, headings of columns and of rows, figures to the right, in a frame of their own where they may be wide."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from uppfoljning.present.document.model import Cell, Column, Grid, for_readers
from uppfoljning.present.renderers.html.lights import mark
from uppfoljning.present.renderers.html.markup import NOTHING, Html, joined, tag
from uppfoljning.present.renderers.html.names import Names

_NARROW = 3
"""So many columns fit on the narrowest phone."""
_ID = "åtagande"
"""The column for programs that holds the id of the commitment that the column of the same name, for readers, calls by title."""
_BAR = 48


class Place(NamedTuple):
    """The heading that something stands under: its id and its words."""

    id: str
    heading: str


def table(grid: Grid, names: Names, under: Place, caption: str = "", *, bars: bool = True) -> Html:
    """What readers see of a table, under its own title unless `caption` says another; nothing when it is for programs alone.

    Where the title only repeats the heading, the eye is spared it. `bars` asks for a bar beside every share.
    """
    view = for_readers(grid)
    if not view.columns:
        return NOTHING
    title = names.numbered("tabell")
    head = tag("tr", *(tag("th", column.name, scope="col", class_=_class(column)) for column in view.columns))
    linked = _linked(grid, names)
    rows = (
        tag("tr", *(_cell(at, column, cell, to, bars) for at, (column, cell) in enumerate(zip(view.columns, row, strict=True))))
        for row, to in zip(view.rows, linked, strict=True)
    )
    drawn = tag(
        "table",
        tag("caption", caption or grid.title, id=title, class_="dold" if grid.title == under.heading else None),
        tag("thead", head),
        tag("tbody", joined(*rows)),
    )
    note = tag("p", grid.note, class_="not") if grid.note else NOTHING
    if len(view.columns) <= _NARROW:
        return joined(tag("div", drawn, class_="tabell"), note)
    return joined(tag("div", drawn, class_="tabell bred", role="region", tabindex=0, aria_labelledby=f"{title} {under.id}"), note)


def _class(column: Column) -> str | None:
    return None if column.kind == "text" else column.kind


def _linked(grid: Grid, names: Names) -> list[str]:
    """For each row the commitment's part on this page, where the table says which."""
    at = next((at for at, column in enumerate(grid.columns) if column.data and column.name == _ID), None)
    if at is None:
        return [""] * len(grid.rows)
    return [names.commitment(str(row[at].value)) for row in grid.rows]


def _cell(at: int, column: Column, cell: Cell, to: str, bars: bool) -> Html:
    inside = _inside(column, cell, bars)
    if to and column.name.casefold() == _ID:
        inside = tag("a", inside, href=f"#{to}")
    if at == 0:
        return tag("th", inside, scope="row", class_=_class(column))
    return tag("td", inside, class_=_class(column))


def _inside(column: Column, cell: Cell, bars: bool) -> str:
    if column.kind == "status" and cell.shown:
        return mark(cell.shown)
    if bars and column.kind == "andel" and isinstance(cell.value, (int, Fraction)):
        return Html(f"{tag('span', cell.shown)}{_bar(cell.value)}")
    return cell.shown


def _bar(share: Fraction | int) -> Html:
    """How far a share reaches; what is more than the whole fills it, and the figure beside says how much."""
    filled = round(_BAR * min(max(share, 0), 1))
    rect = tag("rect", width=filled, height=6, class_="fyllt") if filled else NOTHING
    return tag(
        "svg",
        tag("rect", width=_BAR, height=6, class_="spar"),
        rect,
        class_="matare",
        viewBox=f"0 0 {_BAR} 6",
        aria_hidden="true",
    )
