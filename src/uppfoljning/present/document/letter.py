"""The month's letter in plain Swedish: what was done, how it stands, what did not come off and why, what is coming."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period, after, months
from uppfoljning.followup.deviations import Departure
from uppfoljning.followup.documentation import steps_of
from uppfoljning.followup.party import Done, done_in, together
from uppfoljning.followup.table import CommitmentFollowUp, Table
from uppfoljning.present.document.model import Document, Part
from uppfoljning.present.document.plain_language import fell, occasions, quoted, standing, times
from uppfoljning.present.document.report import ReportInput
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import day, days, figure, plural
from uppfoljning.present.views.outstanding_cells import listed
from uppfoljning.present.views.status_cells import is_told, is_told_inside

MOST_NAMED = 6
"""How many commitments a sentence names before it counts the rest: a letter is read on the way to something else."""


def letter_of(whole: ReportInput, month: Period) -> Document:
    """The letter about a month of the plan. What people wrote about why stands apart, and goes when it is made public."""
    table = whole.table
    done = [done_in(line, month) for line in table.lines]
    inside, outside = (tuple(_standing(table, may_tell)) for may_tell in (is_told_inside, is_told))
    parts = (
        Part("gjort", "Det här gjordes", tuple(_done(done, month))),
        Part("laget", "Så går det", inside, public=outside),
        Part("inte-av", "Det som inte blev av", tuple(_fallen(done, month)), free=tuple(_why(whole, month))),
        Part("pa-gang", "På gång", tuple(_coming(table, month))),
        Part("tack", "Tack", tuple(_thanks(table, month))),
    )
    title = f"Månadsbrev för {days(month, year=True)}: {one_line(table.plan.title)}"
    return Document(
        title, f"per {table.view.as_of}", _answer(done, month), parts, (str(whole.foot),), table.view.as_of, whole.command
    )


def _standing(table: Table, may_tell: Callable[[CommitmentFollowUp], bool]) -> Iterator[str]:
    yield f"Så här ser det ut per {table.view.as_of}."
    yield from standing(table.lines, may_tell) or [_NO_NUMBERS]


_NO_NUMBERS = "Inget åtagande i planen har måltal, så det finns inget att jämföra med."


def _answer(done: Sequence[Done], month: Period) -> str:
    held = [one.held for one in done if one.held.number]
    within = f"I {days(month)}"
    if not held:
        return f"{within} är inget tillfälle rapporterat som genomfört."
    of = f"{len(held)} av planens {len(done)} åtaganden" if len(done) > 1 else "planens åtagande"
    return f"{within} genomfördes {occasions(together(held))} inom {of}."


def _done(done: Sequence[Done], month: Period) -> Iterator[str]:
    some = sorted((one for one in done if one.held.number), key=lambda one: -(one.held.number or 0))
    named = [f"{quoted(one.line)} {times(one.held)}" for one in some[:MOST_NAMED]]
    if rest := len(some) - len(named):
        named.append(plural(rest, "åtagande till", "åtaganden till"))
    yield f"{listed(named)}." if named else f"Rapporterna nämner inget genomfört tillfälle i {days(month)}."


def _fallen(done: Sequence[Done], month: Period) -> Iterator[str]:
    if said := fell([one.cancelled for one in done], [one.moved for one in done]):
        yield said
        touched = [quoted(one.line) for one in done if one.cancelled.number or one.moved.number]
        yield f"Det gällde {_named(touched)}."
    else:
        yield f"Inget tillfälle är rapporterat som inställt eller flyttat i {days(month)}."


def _why(whole: ReportInput, month: Period) -> Iterator[str]:
    """What people wrote of why an occasion was cancelled or moved."""
    seen = [one for one in whole.deviations.departures if one.kind in ("inställd", "flyttad") and month.covers(one.when)]
    yield from (_in_words(one) for one in seen[:MOST_NAMED] if one.why)


def _in_words(one: Departure) -> str:
    return one_line(f"{one.matter.commitment.title}, {day(one.when.first)}: {one.why}")


def _coming(table: Table, month: Period) -> Iterator[str]:
    """What is planned in the month after, and the next time the steering group is informed."""
    start = after(month.last, 1)
    coming = months(start.year, start.month, 1)
    done = [one for one in (done_in(line, coming) for line in table.lines) if one.planned]
    within = days(coming)
    if done:
        number = sum(one.planned for one in done)
        planned = plural(number, "dag planerad", "dagar planerade")
        yield f"I {within} är {planned}: {_named([f'{quoted(one.line)} ({figure(one.planned)})' for one in done])}."
    steps = [count for line in table.lines for count in steps_of(line.matter) if count.due and count.done_on is None]
    due = [one_line(f"”{count.step.title}”") for count in steps if count.due in coming]
    if due:
        yield f"I {within} ska det här vara klart: {_named(due)}."
    if not done and not due:
        yield f"Planen har inga bestämda dagar i {within}."
    if reading := next((one for one in sorted(table.plan.readings) if one > month.last), None):
        yield f"Nästa avläsning är {_date(reading, month.last)}."


def _date(value: date, near: date) -> str:
    """A day with its month written out, and its year where it is another."""
    return f"{value.day} {days(months(value.year, value.month, 1), year=value.year != near.year)}"


def _thanks(table: Table, month: Period) -> Iterator[str]:
    about = [entry for line in table.lines for entry in line.matter.entries if _concerns(entry, month)]
    missing = sum(duty.about.overlaps(month) for line in table.lines for duty in line.missing)
    if about:
        yield f"Tack för {plural(len(about), 'rapport', 'rapporter')} om {days(month)}. Det är de som ligger bakom siffrorna."
    if missing:
        verb = "rapport saknas" if missing == 1 else "rapporter saknas"
        yield f"{figure(missing)} {verb} än för {days(month)}. De går att lämna in i efterhand."
    if not about and not missing:
        yield f"Ingen rapport gäller {days(month)}, och ingen väntades. Tack för att ni läser."


def _concerns(entry: Entry, month: Period) -> bool:
    return entry.span.overlaps(month)


def _named(words: Sequence[str]) -> str:
    rest = len(words) - MOST_NAMED
    return listed([*words[:MOST_NAMED], *([f"{rest} till"] if rest > 0 else [])])
