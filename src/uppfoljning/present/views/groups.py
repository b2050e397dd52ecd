"""The formats of `status --gruppera`, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.group_caveats import Apart, apart
from uppfoljning.followup.grouping import BY_PERIOD, Group, Grouped, across, of_plan
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document, Part, beside, data, stacked
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.document.tables import small_paper
from uppfoljning.present.escape import json_text
from uppfoljning.present.figures import days, figure, heading, plural
from uppfoljning.present.layout import ANY_WIDTH, GAP, LayoutColumn, laid, packed, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.renderers.markdown import escaped
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status import body, closing, head, nothing, of_which, status_grid, style_of, summary
from uppfoljning.present.views.status_document import commitment, content, markdown_parts, number, status_parts

# The words of a grouped follow-up, the same in every face: what a group is called, and why groups need not add up.


NOWHERE = "utan angiven plats"
NOBODY = "utan ansvarig"
_SUBS = {
    "månad": ("ingen månad", "flera månader och är inte med i någon", "den månad"),
    "kvartal": ("inget kvartal", "flera kvartal och är inte med i något", "det kvartal"),
    "tertial": ("inget tertial", "flera tertial och är inte med i något", "det tertial"),
    "halvår": ("inget halvår", "flera halvår och är inte med i något", "det halvår"),
    "termin": ("ingen termin", "flera terminer, eller mellan terminerna, och är inte med i någon", "den termin"),
    "år": ("inget år", "flera år och är inte med i något", "det år"),
}


def title(grouped: Grouped, group: Group) -> str:
    """`Lokalpolisområde Exempelköping (polisen)`, `januari 2026`; by the id alone where plans name it differently."""
    if group.period is not None:
        said = days(group.period, year=True)
        return f"{group.name}, {said}" if grouped.by == "termin" and group.name != period_name(group.period) else said
    if not group.name:
        return NOBODY if grouped.by == "ansvarig" else NOWHERE
    names = {_names(grouped, table.plan)[group.name] for table in group.tables}
    return f"{names.pop()} ({group.name})" if len(names) == 1 else group.name


def _names(grouped: Grouped, plan: Plan) -> Mapping[str, str]:
    if grouped.by == "ansvarig":
        return {**plan.parties, **{name: function.title for name, function in plan.functions.items()}}
    return plan.parties if grouped.by == "part" else plan.places


def notes(grouped: Grouped) -> list[str]:
    """What the reader must know to add the groups, or not to."""
    return list(_notes(grouped, apart(grouped)))


def _notes(grouped: Grouped, found: Apart) -> Iterator[str]:
    if found.shared and grouped.by == "part":
        yield (
            "Ett gemensamt åtagande står under var och en av sina parter, med hela sin siffra, och ett gemensamt tillfälle räknas"
            " en gång för var och en. Parternas siffror ska därför inte läggas ihop."
        )
    elif found.shared:
        yield (
            "Ett åtagande står under varje plats där det har något, med hela sin siffra, och ett tillfälle på flera platser"
            " räknas en gång för var och en. Platsernas siffror ska därför inte läggas ihop."
        )
    if found.placeless is not None and found.placeless.value:
        number, certainty = found.placeless.value, found.placeless.certainty
        yield f"{NOWHERE.capitalize()}: {figure(number, certainty)} {'tillfälle' if number == 1 else 'tillfällen'}."
    if grouped.by in BY_PERIOD:
        yield from _of_time(grouped, found)


def _of_time(grouped: Grouped, found: Apart) -> Iterator[str]:
    none, several, that = _SUBS[grouped.by]
    if grouped.tables and not grouped.groups:
        yield f"{none.capitalize()} har börjat än."
    if found.crossing:
        yield f"{plural(len(found.crossing), 'rapport', 'rapporter')} gäller tid i {several}, bara i helheten."
    if found.every:
        subs = " och ".join(found.every)
        yield f"Mål för varje {subs}: delperioden räknas i {that} där den slutar, med alla sina tillfällen."
    if found.recounted:
        yield "Andelar, nivåer och antal olika läggs inte ihop, utan räknas om för hela tiden."


# `status --gruppera … --format json`: the contract of `status` with the groups beside the whole.


def grouped_json(grouped: Grouped, foot: Provenance, view: View) -> str:
    """`åtaganden` is the whole as without groups; each of `grupper` holds objects of the same kind.

    `grupp` is the id of a party, place or function, the sub-period as it is written, or null for what belongs to none.
    """
    found = apart(grouped)
    about = {
        "efter": grouped.by,
        "tillfällen_utan_plats": None if found.placeless is None else number(found.placeless.value),
        "rapporter_i_flera_delperioder": len(found.crossing) if grouped.by in BY_PERIOD else None,
    }
    groups = [_group(grouped, group) for group in grouped.groups]
    whole = content(list(grouped.tables), foot, view, grouped.selection)
    return json_text({**whole, "gruppering": about, "grupper": groups})


def _group(grouped: Grouped, group: Group) -> dict[str, Any]:
    return {
        "grupp": group.name or None,
        "titel": title(grouped, group),
        "åtaganden": [commitment(table, line, group.selection) for table in group.tables for line in table.lines],
    }


# `status --gruppera` as a small paper: a part for each group.


_NOTES = "att-tanka-pa"


def grouped_paper(grouped: Grouped, foot: Provenance, view: View) -> Document:
    """The follow-up in groups, and what the reader must know to add them, or not to."""
    parts = []
    for at, group in enumerate(grouped.groups, 1):
        name = title(grouped, group)
        tables = [
            part._replace(id=f"grupp-{at}-{part.id}")
            for part in status_parts(group.tables, group.selection, (("grupp", group.name or NOWHERE),))
        ]
        parts.append(Part(f"grupp-{at}", f"{name[0].upper()}{name[1:]}", parts=tuple(tables)))
    if said := notes(grouped):
        parts.append(Part(_NOTES, "Att tänka på", tuple(said)))
    paper = small_paper(f"Uppföljning per {grouped.by}", view, foot, ())
    answer = f"{plural(len(grouped.groups), 'grupp', 'grupper')}." if grouped.tables else nothing(grouped.selection)
    return paper._replace(parts=tuple(parts), answer=answer)


# `status --gruppera` as CSV, with the group in a first column, and as Markdown, with a heading for each.


def grouped_csv(grouped: Grouped) -> str:
    """The columns of the whole follow-up after the group's id, or its sub-period as it is written."""
    whole = status_grid([], Selection())
    parts = [(group.name or NOWHERE, status_grid(group.tables, group.selection)) for group in grouped.groups]
    named = [beside(data("grupp"), (model_text(name) for _ in grid.rows), grid) for name, grid in parts]
    return csv_text(stacked(beside(data("grupp"), (), whole), *named))


def grouped_markdown(grouped: Grouped, foot: Provenance) -> str:
    """A heading for each group, and below it one for each plan."""
    parts = [] if grouped.tables else [f"{nothing(grouped.selection)}\n"]
    for group in grouped.groups:
        name = title(grouped, group)
        parts.append(f"## {escaped(name[0].upper() + name[1:])}\n")
        for table in group.tables:
            parts += markdown_parts(table, group.selection, "###")
    parts += [f"{escaped(note)}\n" for note in notes(grouped)]
    return "\n".join([*parts, f"{foot}\n"])


# Targets against sub-periods: a row for each target, a column for each month, quarter or tertial, the whole last.


def matrix(grouped: Grouped, table: Table, room: int | None) -> Iterator[TextLine]:
    """The figures of one plan; where the columns do not fit, each target with its sub-periods in folded lines."""
    names = headings(grouped, [group for group, _ in of_plan(grouped, table)])
    columns = [
        LayoutColumn("Åtagande", folds=True, least=22),
        *(LayoutColumn(name, right=True) for name in names),
        LayoutColumn("Hittills", right=True),
        LayoutColumn("Status", folds=True, least=17),
    ]
    shown = list(across(grouped, table))
    body = [
        [cells.title(line, row), *map(_cell, parts), cells.so_far(row), cells.status(row.status)] for line, row, parts in shown
    ]
    sizes = widths(columns, body, room)
    if sizes is None:
        for (line, row, _), found in zip(shown, body, strict=True):
            yield from _card(line, row, names, found, room or ANY_WIDTH, grouped.selection)
        return
    yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for (line, row, _), found in zip(shown, body, strict=True):
        for parts in laid(columns, found, sizes):
            yield ((GAP.join(parts[:-1]) + GAP, ""), (parts[-1], style_of(row.status)))
        if said := of_which(line, row, grouped.selection):
            yield from folded(said, room, 4, "quiet")


def headings(grouped: Grouped, groups: Sequence[Group]) -> list[str]:
    """The names of the columns, with their years where there is more than one; a term has the plan's own name for it."""
    if grouped.by == "termin":
        return [group.name for group in groups]
    found = [group.period for group in groups if group.period is not None]
    several = len({day.year for period in found for day in period}) > 1
    return [heading(period, several) for period in found]


def _cell(row: Row | None) -> str:
    """Empty where the commitment has no day; a dash where nothing is known."""
    return "" if row is None else cells.so_far(row)


def _card(
    line: CommitmentFollowUp, row: Row, names: Sequence[str], found: list[str], room: int, selection: Selection
) -> Iterator[TextLine]:
    title, *parts, so_far, status = found
    yield from folded(title, room, style="title")
    # After a name that ends in a digit the figure would look like a part of it: `T1 572`.
    called = (f"{name}:" if name[-1].isdigit() else name for name in names)
    named = [f"{name} {part}" for name, part in zip(called, parts, strict=True) if part]
    for text in packed(named, room - 2):
        yield plain(f"  {text}")
    yield from folded(f"hittills {so_far}", room, 2)
    yield from folded(status, room, 2, style_of(row.status))
    if said := of_which(line, row, selection):
        yield from folded(said, room, 2, "quiet")


# `status --gruppera` as text: by party and place a block for each, by time one matrix for each plan.


def grouped_text(grouped: Grouped, foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """The answer for the whole first, then the groups, then what one must know to add them, then the foot."""
    if not grouped.tables:
        yield plain(nothing(grouped.selection))
        yield BLANK
    said = notes(grouped)
    if grouped.by in BY_PERIOD:
        yield from _by_time(grouped, room)
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


Writer = Callable[[Grouped, Provenance, View, Screen], None]


def _text(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:

    screen.show(grouped_text(grouped, foot, screen.width))


def _json(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(grouped_json(grouped, foot, view))


def _csv(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(grouped_csv(grouped))


def _markdown(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(grouped_markdown(grouped, foot))


def _paper(face: str) -> Writer:
    def write(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, grouped_paper(grouped, foot, view)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
