"""`status ÅTAGANDE` as text: one commitment in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.target import Target, promise
from uppfoljning.followup.counted_reports import LeftOut
from uppfoljning.followup.documentation import StepCount, documentation, hours_of, owners, steps_of
from uppfoljning.followup.outcome import Counted
from uppfoljning.followup.periods import Explanation, by_period, explain
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import NEARLY
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, percent, plural, ratio, slots
from uppfoljning.present.layout import GAP, LayoutColumn, laid, pad, width, widths
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain
from uppfoljning.present.views import status_cells
from uppfoljning.present.views import status_cells as cells
from uppfoljning.present.views.status import head, of_which, style_of

# How the work was done, in the detailed view: what the plan documents, the hours, and the steps with whose they are.


def chain(commitment: Commitment) -> str:
    """`Dokumentation: orsaker, val, mål finns · syfte, arbetssätt, uppföljning saknas`."""
    found = documentation(commitment)
    there = ", ".join(name for name, given in found.items() if given)
    missing = ", ".join(name for name, given in found.items() if not given)
    said = [f"{names} {verb}" for names, verb in ((there, "finns"), (missing, "saknas")) if names]
    return f"Dokumentation: {' · '.join(said)}"


def hours_said(line: CommitmentFollowUp) -> str:
    """`timmar: planering 12, genomförande 96,5, tillsammans 108,5 · angivet i 14 av 19 rapporter`, or nothing."""
    found = hours_of(line.matter)
    if found.total is None:
        return ""
    said = [f"{kind} {figure(number)}" for kind, number in found.kinds.items()]
    if len(said) > 1:
        said.append(f"tillsammans {figure(found.total)}")
    of = f"angivet i {figure(found.stated)} av {plural(found.reports, 'rapport', 'rapporter')}"
    return f"timmar: {', '.join(said)} · {of}"


def steps(plan: Plan, line: CommitmentFollowUp, room: int | None) -> Iterator[TextLine]:
    """Every step with whose it is; before them which were done at every occasion and which were not."""
    counts = steps_of(line.matter)
    if not counts:
        return
    yield BLANK
    yield plain("Moment", "title")
    for text in _summary(plan, line.commitment, counts):
        yield from folded(text, room, 2)
    for count in counts:
        yield from folded(f"{count.step.title}: {how_far(count)} · {_whose(plan, line.commitment, count)}", room, 2)


def _summary(plan: Plan, commitment: Commitment, counts: list[StepCount]) -> Iterator[str]:
    each = [count for count in counts if count.step.each_occasion and count.occasions]
    full = [count.step.title for count in each if count.done == count.occasions]
    short = [f"{count.step.title} ({_whose(plan, commitment, count)})" for count in each if count.done < count.occasions]
    if full:
        yield f"Vid varje tillfälle: {', '.join(full)}"
    if short:
        yield f"Inte vid varje tillfälle: {', '.join(short)}"


def _whose(plan: Plan, commitment: Commitment, count: StepCount) -> str:
    return ", ".join(map(plan.name_of, owners(commitment, count.step)))


def how_far(count: StepCount) -> str:
    """How far a step has come: `13 av 14 tillfällen`, `gjort senast 2026-01-20`."""
    if count.step.each_occasion:
        if not count.occasions:
            return "inga tillfällen ännu"
        return f"{figure(count.done)} av {plural(count.occasions, 'tillfälle', 'tillfällen')}"
    if count.done_on is not None:
        late = (count.done_on - count.due).days if count.due else 0
        return f"gjort senast {count.done_on}" + (f", {plural(late, 'dag', 'dagar')} sent" if late > 0 else "")
    return f"inte gjort, skulle vara klart {count.due}" if count.late else f"inte gjort ännu, senast {count.due}"


def detail_text(
    table: Table, line: CommitmentFollowUp, foot: Provenance, room: int | None, selection: Selection
) -> Iterator[TextLine]:
    """Targets, periods, steps, deviations, missing reports and forecast of one commitment."""
    commitment, plan = line.commitment, table.plan
    yield from head(commitment.title, table.view, room)
    parties = ", ".join(plan.parties.get(party, party) for party in commitment.parties)
    about = [plan.title, period_name(commitment.span), parties]
    if commitment.responsible:
        about.append(f"ansvarig: {plan.name_of(commitment.responsible)}")
    yield from folded(" · ".join(about), room, 0, "quiet")
    yield from folded(chain(commitment), room, 0, "quiet")
    for row in line.rows:
        yield BLANK
        yield from _target(table, line, row, room, selection)
        yield from _periods(line, row.target, room)
    for text in status_cells.came_and_went(line):
        yield from folded(text[0].upper() + text[1:], room)
    yield from _reports(line, room)
    yield from steps(plan, line, room)
    yield from _departures(line, room)
    if text := status_cells.verdict(line):
        yield BLANK
        motive = f". {line.verdict.motive}" if line.verdict is not None and line.verdict.motive else ""
        yield from folded(text[0].upper() + text[1:] + motive, room, 0)
    yield BLANK
    yield from folded(str(foot), room, 0, "quiet")


def _target(table: Table, line: CommitmentFollowUp, row: Row, room: int | None, selection: Selection) -> Iterator[TextLine]:
    name = f"Mål {row.target.id}: " if row.target.id else "Mål: "
    yield from folded(name + promise(row.target), room, 0, "title")
    said = [f"hittills {status_cells.so_far(row)}", f"hela målet {status_cells.whole(row)}"]
    if against := status_cells.against_plan_said(row):
        said.append(f"mot planen {against}")
    yield from folded(" · ".join(said), room, 2)
    yield from folded(status_cells.status(row.status), room, 2, style_of(row.status))
    if row.forecast is not None:
        text = f"prognos {figure(row.forecast, decimals=0)} {row.target.unit} vid samma takt"
        if row.needed_a_month is not None:
            text += f" · det behövs {figure(row.needed_a_month, decimals=1)} i månaden härifrån"
        yield from folded(text, room, 2)
    if line.former is not None:
        yield from folded(f"{table.since}: {status_cells.since(line, row)}", room, 2)
    besides = (of_which(line, row, selection), status_cells.decided(line, row), status_cells.status_before(line, row))
    for remark in (*besides, *status_cells.remarks(line, row)):
        if remark:
            yield from folded(remark, room, 2, "quiet")


def _periods(line: CommitmentFollowUp, target: Target, room: int | None) -> Iterator[TextLine]:
    if target.operator == "klart" or target.stock:
        return
    rows = by_period(line.matter, target)
    if len(rows) < 2:
        return
    columns = [
        LayoutColumn("Period", folds=True, least=10),
        LayoutColumn("Väntat", right=True),
        LayoutColumn("Utfall", right=True),
        LayoutColumn("Rapporter", right=True),
    ]
    body = [
        [
            days(row.period, year=True),
            UNKNOWN if row.expected is None else figure(row.expected, decimals=1),
            _outcome(row.outcome.value, row.outcome.certainty, target),
            f"{row.answered} av {row.due}" if row.due else UNKNOWN,
        ]
        for row in rows
    ]
    yield from _grid(columns, body, room)


def _outcome(value: object, certainty: object, target: Target) -> str:
    if value is None:
        return UNKNOWN
    return percent(value) if target.share else figure(value, certainty)  # type: ignore[arg-type]


def _grid(columns: Sequence[LayoutColumn], body: Sequence[Sequence[str]], room: int | None) -> Iterator[TextLine]:
    sizes = widths(columns, body, room - 2 if room else None)
    if sizes is None:
        for row in body:
            yield from folded(
                " · ".join(f"{column.name.lower()} {cell}" for column, cell in zip(columns, row, strict=True)), room, 2
            )
        return
    yield plain("  " + GAP.join(laid(columns, [column.name for column in columns], sizes)[0]), "quiet")
    for row in body:
        for parts in laid(columns, row, sizes):
            yield plain("  " + GAP.join(parts))


def _reports(line: CommitmentFollowUp, room: int | None) -> Iterator[TextLine]:
    received = line.received
    yield BLANK
    yield plain("Rapporter", "title")
    if not received.due:
        yield from folded("ingen rapport har förfallit ännu" if line.duties else "inga rapporter väntas", room, 2)
    else:
        said = [
            f"inkomna {ratio(received.share, (received.answered, received.due))}",
            f"i tid {ratio(received.timeliness, (received.in_time, received.due))}",
        ]
        if line.content is not None:
            said.append(f"med alla svar {percent(line.content)}")
        yield from folded(" · ".join(said), room, 2)
    for duty in line.missing:
        yield from folded(
            f"saknas: {days(duty.about, year=True)}, förföll {duty.due}, från {line.commitment.reporter}", room, 2, "bad"
        )
    for duty in line.late:
        assert duty.answer is not None
        state = "" if duty.answer.carried_out else f", {duty.answer.report.state}"
        text = f"sen: {days(duty.about, year=True)}, kom {duty.answered}, förföll {duty.due}{state}"
        yield from folded(text, room, 2, "warn")
    if joint := status_cells.joint(line):
        yield from folded(joint, room, 2, "quiet")
    if hours := hours_said(line):
        yield from folded(hours, room, 2)


def _departures(line: CommitmentFollowUp, room: int | None) -> Iterator[TextLine]:
    entries = [entry for entry in line.matter.entries if entry.report.deviations]
    if not entries:
        return
    yield BLANK
    yield plain("Det som inte blev som planerat", "title")
    for entry in entries:
        yield from _departure(entry, room)


def _departure(entry: Entry, room: int | None) -> Iterator[TextLine]:
    state = "ändrad" if entry.carried_out else entry.report.state
    when = days(entry.span, year=True)
    to = entry.report.moved_to
    moved = f" till {period_name(to)}" if to is not None else ""
    for deviation in entry.report.deviations:
        text = f"{when} {state}{moved}: {deviation.what}"
        if deviation.how:
            text += f". {deviation.how}"
        because = ": ".join(part for part in (deviation.reason, deviation.why) if part)
        yield from folded(text + (f" ({because})" if because else ""), room, 2)


# `underlag` as text: how a figure came about, so that anyone can make it again.


def explain_text(table: Table, line: CommitmentFollowUp, foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Every target of a commitment: its rule, what counts, what does not."""
    yield from head(line.commitment.title, table.view, room)
    yield from folded(table.plan.title, room, 0, "quiet")
    for row in line.rows:
        yield BLANK
        yield from _row(line, explain(line.matter, row), room)
    yield BLANK
    yield from folded(str(foot), room, 0, "quiet")


def _row(line: CommitmentFollowUp, explanation: Explanation, room: int | None) -> Iterator[TextLine]:
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
        one, many = slots(row.target)
        yield from folded(f"{plural(waiting, f'{one} är', f'{many} är')} inte slut och räknas inte än", room, 2)
    if row.skipped_slots:
        skipped = ", ".join(days(sub.whole) for sub in row.skipped_slots)
        yield from folded(f"räknas inte, mindre än halva ligger inom åtagandet: {skipped}", room, 2)


def _rules(line: CommitmentFollowUp, row: Row) -> Iterator[str]:
    target, outcome = row.target, row.outcome
    yield _counting(target)
    if target.per and row.whole is not None:
        yield f"{figure(target.value)} per {target.per} över perioden blir {figure(row.whole)}, avrundat en gång"
    if target.condition is not None:
        unshown = f", {outcome.unshown} visar det inte men räknas" if outcome.unshown else ""
        yield f"bara det som uppfyller villkoret räknas; {outcome.failed} gör det inte{unshown}"
    if target.counts.kind in ("andel", "inom"):
        ratio_of = percent(row.fulfilment, target.value or 0)
        yield f"utfall: {figure(outcome.numerator)} / {figure(outcome.denominator)} = {ratio_of}"
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


def _expectation(line: CommitmentFollowUp, row: Row) -> str:
    if row.target.each:
        many = slots(row.target)[row.whole != 1]
        return f"väntat hittills: {figure(row.expected)} av {figure(row.whole)} {many}, de som är slut eller redan nådda"
    how = "enligt fördelningen" if row.target.phasing is not None else "i proportion till dagarna"
    pauses = ", pauser oräknade" if line.commitment.pauses else ""
    return f"väntat hittills: {figure(row.expected)} ({how}{pauses})"


def _comparison(row: Row) -> Iterator[str]:
    """How the percentage beside the bar came about."""
    target, outcome, share = row.target, row.outcome, cells.against_plan(row)
    if target.baseline is not None and row.fulfilment is not None and not target.share:
        yield f"utgångsläge {figure(target.baseline.value)}; {percent(row.fulfilment, NEARLY)} av vägen till målet är gången"
    elif row.fulfilment is not None and target.counts.kind not in ("andel", "inom"):
        of = "delperioderna hittills" if target.each else "målet för redovisad del" if row.part is not None else "målet"
        yield f"andel av {of}: {percent(row.fulfilment, NEARLY)}"
    if row.pace is not None and share == row.pace and share != row.fulfilment:
        yield f"mot planen: {figure(outcome.value)} / {figure(row.expected)} = {percent(share, NEARLY)}"
    elif share is not None and share != row.fulfilment:
        yield f"mot planen: {percent(share, NEARLY)} av vägen som var väntad hittills"
