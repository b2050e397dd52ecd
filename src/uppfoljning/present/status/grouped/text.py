"""`status --gruppera` as text: by party and place a block for each, by time one matrix for each plan."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.followup.grouping import BY_PERIOD, Group, Grouped
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.grouped.matrix import ROUNDED, matrix, rounded
from uppfoljning.present.status.grouped.words import notes, title
from uppfoljning.present.status.text import body, closing, head, nothing, summary
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain


def grouped_text(grouped: Grouped, foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """The answer for the whole first, then the groups, then what one must know to add them, then the foot."""
    if not grouped.tables:
        yield plain(nothing(grouped.selection))
        yield BLANK
    said = notes(grouped)
    if grouped.by in BY_PERIOD:
        yield from _by_time(grouped, room)
        said += [ROUNDED] if rounded(grouped) else []
    else:
        yield from _blocks(grouped, room)
    for note in said:
        yield from folded(note, room, style="quiet")
    if said:
        yield BLANK
    yield from closing(list(grouped.tables), foot, room)


def _by_time(grouped: Grouped, room: int | None) -> Iterator[TextLine]:
    for table in grouped.tables:
        yield from head(table.plan.title, table.view, room)
        yield from folded(summary(table), room)
        yield BLANK
        if table.lines:
            yield from matrix(grouped, table, room)
            yield BLANK


def _blocks(grouped: Grouped, room: int | None) -> Iterator[TextLine]:
    """A plan of its own stands at the top with the answer for all; of several plans each has its name in every block."""
    alone = len(grouped.tables) == 1
    if alone:
        (table,) = grouped.tables
        yield from head(table.plan.title, table.view, room)
        yield from folded(summary(table), room)
        yield BLANK
    for group in grouped.groups:
        yield from _block(grouped, group, alone, room)


def _block(grouped: Grouped, group: Group, alone: bool, room: int | None) -> Iterator[TextLine]:
    name = title(grouped, group)
    yield from folded(name[0].upper() + name[1:], room, style="title")
    for table in group.tables:
        if not alone:
            yield from head(table.plan.title, table.view, room)
        yield from folded(summary(table), room)
        yield BLANK
        yield from body(table, room, group.selection)
        yield BLANK
