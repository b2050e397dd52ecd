"""`avvikelser` as text: the answer first, then each commitment, the list, the reasons, what is open. Cards on a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.domain.plan import Plan
from uppfoljning.followup.deviations import Departure, Deviations, OpenObservation
from uppfoljning.followup.selection import Selection
from uppfoljning.present.deviations import cells
from uppfoljning.present.figures import UNKNOWN, plural
from uppfoljning.present.layout import GAP, Column, laid, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.text import head, nothing
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

WIDEST_IN_A_PIPE = 160
"""How wide the list is laid where a line may be of any width: what a page of text in landscape holds."""

_STYLES = {"inställd": "bad", "moment": "warn", "flyttad": "warn"}


def deviations_text(found: list[Deviations], foot: Provenance, room: int | None, selection: Selection) -> Iterator[TextLine]:
    """The deviations of each plan, then one foot for all."""
    if not found:
        yield from folded(nothing(selection), room)
        yield BLANK
    for one in found:
        yield from _plan(one, room, selection)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _plan(found: Deviations, room: int | None, selection: Selection) -> Iterator[TextLine]:
    yield from head(found.table.plan.title, found.table.view, room)
    yield from folded(cells.answer(found), room)
    if text := cells.limited(selection):
        yield from folded(text, room, style="quiet")
    if found.occasions:
        yield BLANK
        yield from _commitments(found, room)
    if found.departures:
        yield BLANK
        yield from folded("Det som inte blev som planerat, i datumordning", room, style="title")
        yield from _list(found, room)
        yield BLANK
        yield from folded(f"Skäl, för {plural(len(found.departures), 'rad', 'rader')} ovan", room, style="title")
        yield from _reasons(found, room)
    if found.observations:
        yield BLANK
        yield from _observations(found, room)


def _commitments(found: Deviations, room: int | None) -> Iterator[TextLine]:
    columns = [Column("Åtagande", folds=True, least=18), *(Column(name, right=True) for name in cells.OCCASION_COLUMNS)]
    body = [[line.commitment.title, *cells.occasion_cells(counts)] for line, counts in found.occasions]
    sizes = widths(columns, body, room)
    if sizes is not None:
        yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for (line, counts), row in zip(found.occasions, body, strict=True):
        if sizes is not None:
            yield from (plain(GAP.join(parts)) for parts in laid(columns, row, sizes))
        else:
            yield from folded(row[0], room, style="title")
            named = zip(cells.OCCASION_COLUMNS, row[1:], strict=True)
            yield from folded(" · ".join(f"{name.lower()} {figure}" for name, figure in named), room, 2)
        if said := cells.occasion_remarks(found, line, counts):
            yield from folded(" · ".join(said), room, 4, "quiet")


def _list(found: Deviations, room: int | None) -> Iterator[TextLine]:
    plan = found.table.plan
    columns = [
        Column("När"),
        Column("Åtagande", folds=True, least=20),
        Column("Vad", folds=True, least=20),
        Column("Hur", folds=True, least=20),
        Column("Varför", folds=True, least=20),
        Column("Åtgärd", folds=True, least=18),
    ]
    body = [_row(one, plan) for one in found.departures]
    sizes = widths(columns, body, room or WIDEST_IN_A_PIPE)
    if sizes is None:
        for one, row in zip(found.departures, body, strict=True):
            yield from _card(one, row, room)
        return
    yield plain(GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "title")
    for one, row in zip(found.departures, body, strict=True):
        yield from (plain(GAP.join(parts)) for parts in laid(columns, row, sizes))
        yield from folded(cells.where(one), room, 4, "quiet")


def _row(one: Departure, plan: Plan) -> list[str]:
    text = cells.described(one, plan)
    return [cells.when(one), cells.title(one), text, cells.how(one), cells.why(one), cells.remedy(one)]


def _card(one: Departure, row: Sequence[str], room: int | None) -> Iterator[TextLine]:
    """One departure, one thing a line; what nobody has stated is left out, but never that there is no reason."""
    when, title, what, how, why, remedy = row
    yield from folded(f"{when} · {title}", room, style="title")
    yield from folded(what, room, 2, _STYLES.get(one.kind, ""))
    for name, text in (("hur", how), ("varför", why), ("åtgärd", remedy)):
        if text != UNKNOWN:
            yield from folded(f"{name}: {text}", room, 2)
    yield from folded(cells.where(one), room, 2, "quiet")


def _reasons(found: Deviations, room: int | None) -> Iterator[TextLine]:
    columns = [Column("Skäl"), Column("Antal", right=True), Column("Varav", folds=True, least=20)]
    body = [[cells.reason(one), str(one.number), cells.kinds(one)] for one in found.reasons]
    sizes = widths(columns, body, room - 2 if room else None)
    for row in body:
        if sizes is None:
            yield from folded(f"{row[0]}: {row[1]}, varav {row[2]}", room, 2)
        else:
            yield from (plain("  " + GAP.join(parts)) for parts in laid(columns, row, sizes))


def _observations(found: Deviations, room: int | None) -> Iterator[TextLine]:
    plan = found.table.plan
    yield from folded(f"Öppna iakttagelser efter vem som ska göra något ({found.open})", room, style="title")
    for who, observations in found.observations:
        yield from folded(f"{cells.who(who, plan)} ({len(observations)})", room, 2, "title")
        for one in observations:
            yield from _observation(one, plan, room)


def _observation(one: OpenObservation, plan: Plan, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{one.entry.span.first} {cells.place(one, plan)}: {one.observation.text}", room, 4)
    said = [f"åtgärd: {cells.action(one)}", f"polisen underrättad: {cells.told_police(one)}", cells.where(one)]
    yield from folded(" · ".join(said), room, 6, "quiet")
