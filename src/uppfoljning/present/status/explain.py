"""`underlag` as text: how a figure came about, so that anyone can make it again."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.target import Target
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.explain import Explanation, explain
from uppfoljning.followup.outcome import Counted, LeftOut
from uppfoljning.followup.row import Row
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import days, figure, floored, percent, plural
from uppfoljning.present.layout import GAP, pad, width
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status import cells
from uppfoljning.present.status.text import head
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain


def explain_text(table: Table, line: Line, foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Every target of a commitment: its rule, what counts, what does not."""
    yield from head(line.commitment.title, table.view, room)
    yield from folded(table.plan.title, room, 0, "quiet")
    for row in line.rows:
        yield BLANK
        yield from _row(line, explain(line.matter, row), room)
    yield BLANK
    yield from folded(str(foot), room, 0, "quiet")


def _row(line: Line, explanation: Explanation, room: int | None) -> Iterator[TextLine]:
    row = explanation.row
    name = f"Mål {row.target.id}: " if row.target.id else "Mål: "
    yield from folded(name + promise(row.target), room, 0, "title")
    for text in _rules(line, row):
        yield from folded(text, room, 2)
    if explanation.between_terms:
        text = ", ".join(days(part) for part in explanation.between_terms)
        yield from folded(f"dagar mellan terminer räknas inte: {text}", room, 2)
    outcome = row.outcome
    number = len(outcome.counted)
    yield plain(f"Räknas ({plural(number, 'rapport', 'rapporter')})", "title")
    yield from _entries([(one.entry, _value(one, row.target)) for one in outcome.counted], room)
    if outcome.slots:
        yield from _slots(row, room)
    if outcome.left_out:
        yield plain(f"Räknas inte ({plural(len(outcome.left_out), 'rapport', 'rapporter')})", "title")
        yield from _entries([(one.entry, one.why) for one in sorted(outcome.left_out, key=_when)], room)


def _when(one: LeftOut) -> tuple[object, str]:
    return (one.entry.span, one.entry.id)


def _value(one: Counted, target: Target) -> str:
    value = _quantity(one.value)
    if target.counts.kind == "andel" and (of := one.entry.figure(target.counts.other)) is not None:
        value += f" av {_quantity(of)}"
    return f"{value} {one.note}".strip() if one.note else value


def _quantity(quantity: Quantity | None) -> str:
    return figure(quantity.value, quantity.certainty) if quantity is not None else ""


def _entries(rows: list[tuple[Entry, str]], room: int | None) -> Iterator[TextLine]:
    if not rows:
        yield plain("  inga")
        return
    when = [days(entry.span, year=True) if entry.total else entry.span.first.isoformat() for entry, _ in rows]
    size = max(width(text) for text in when)
    for (entry, said), text in zip(rows, when, strict=True):
        where = one_line(entry.file) + (f" rad {entry.sheet_row}" if entry.at else "")
        first = f"{pad(text, size)}{GAP}{one_line(said)}"
        if room is None or width(first) + len(GAP) + width(where) + 2 <= room:
            yield plain(f"  {first}{GAP}{where}")
        else:
            yield from [plain(f"  {first}")] if width(first) + 2 <= room else folded(first, room, 2)
            yield from folded(where, room, 4, "quiet")


def _slots(row: Row, room: int | None) -> Iterator[TextLine]:
    missed = [days(slot.sub.inside, year=True) for slot in row.outcome.slots if slot.closed and not slot.reached]
    waiting = sum(not slot.closed for slot in row.outcome.slots)
    if missed:
        yield from folded(f"nåddes inte: {', '.join(missed)}", room, 2)
    if waiting:
        yield from folded(f"{plural(waiting, 'delperiod', 'delperioder')} är ännu inte stängda och räknas inte", room, 2)
    if row.skipped_slots:
        skipped = ", ".join(days(sub.whole) for sub in row.skipped_slots)
        yield from folded(f"räknas inte, mindre än halva ligger inom åtagandet: {skipped}", room, 2)


def _rules(line: Line, row: Row) -> Iterator[str]:
    target, outcome = row.target, row.outcome
    yield _counting(target)
    if target.per and row.whole is not None:
        yield f"{figure(target.value)} per {target.per} över perioden blir {figure(row.whole)}, avrundat en gång"
    if target.condition is not None:
        unshown = f", {outcome.unshown} visar det inte men räknas" if outcome.unshown else ""
        yield f"bara det som uppfyller villkoret räknas; {outcome.failed} gör det inte{unshown}"
    if target.counts.kind in ("andel", "inom"):
        yield f"utfall: {figure(outcome.numerator)} / {figure(outcome.denominator)} = {percent(row.fulfilment)}"
    else:
        yield f"utfall: {figure(outcome.value, outcome.certainty)}"
    if row.expected is not None and target.operator != "klart":
        yield _expectation(line, row)
    if row.part is not None:
        yield f"alla siffror kommer från redovisade perioder; målet för dem är {figure(row.part)}"
    yield from _comparison(row)
    share = line.received
    if share.due:
        yield f"rapporter: {share.answered} av {share.due} förfallna har kommit, {share.in_time} i tid"
    yield f"status: {row.status}"


def _counting(target: Target) -> str:
    counts = target.counts
    match counts.kind:
        case "tillfällen":
            return "räknar genomförda tillfällen; inställda och flyttade räknas som 0"
        case "unika":
            return f"räknar hur många olika värden fältet {counts.field} har"
        case "andel":
            return f"summan av {counts.field} delas med summan av {counts.other}"
        case "inom":
            return f"andelen tillfällen där {counts.other} kommer högst {_limit(counts.limit)} efter {counts.field}"
        case _ if target.stock:
            return f"det senaste värdet i fältet {counts.field} gäller"
        case _:
            return f"summerar fältet {counts.field}"


def _limit(minutes: int) -> str:
    return plural(minutes // 60, "timme", "timmar") if minutes % 60 == 0 else plural(minutes, "minut", "minuter")


def _expectation(line: Line, row: Row) -> str:
    if row.target.each:
        return f"väntat hittills: {floored(row.expected)} delperioder är stängda av {figure(row.whole)}"
    how = "enligt fördelningen" if row.target.phasing is not None else "i proportion till dagarna"
    pauses = ", pauser oräknade" if line.commitment.pauses else ""
    exact, whole = figure(row.expected), floored(row.expected)
    if row.target.baseline is not None or exact == whole:
        return f"väntat hittills: {exact} ({how}{pauses})"
    barely = "" if "," in exact else "knappt "
    return f"väntat hittills: {barely}{exact} ({how}{pauses}), visas som {whole}"


def _comparison(row: Row) -> Iterator[str]:
    """How the percentage beside the bar came about."""
    target, outcome, share = row.target, row.outcome, cells.against_plan(row)
    if target.baseline is not None and row.fulfilment is not None:
        yield f"utgångsläge {figure(target.baseline.value)}; {percent(row.fulfilment)} av vägen till målet är gången"
    elif row.fulfilment is not None and target.counts.kind not in ("andel", "inom"):
        of = "de stängda delperioderna" if target.each else "målet för redovisad del" if row.part is not None else "målet"
        yield f"andel av {of}: {percent(row.fulfilment)}"
    if row.pace is not None and share == row.pace and share != row.fulfilment:
        yield f"mot planen: {figure(outcome.value)} / {figure(row.expected)} = {percent(share)}"
    elif share is not None and share != row.fulfilment:
        yield f"mot planen: {percent(share)} av vägen som var väntad hittills"
