"""`saknas` as a table, as CSV for Excel in Swedish, and as Markdown: one row for each thing that is missing, late or soon due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.clock import WEEKDAYS
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan import Commitment, Step
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Partly, Report, Responsible, runs
from uppfoljning.present.document.model import Cell, Grid, data, day, number, reading, text
from uppfoljning.present.figures import day as figures_day
from uppfoljning.present.figures import days, plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.csv import csv_text
from uppfoljning.present.renderers.markdown import escaped, markdown_table

# The words for what is outstanding, the same in every face.


NOTHING = "Inget saknas"


def listed(words: Sequence[str]) -> str:
    """`v. 27, v. 28 och v. 37`."""
    return " och ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def lacking(reports: int, steps: int) -> str:
    """`5 rapporter och 2 moment`."""
    parts = [plural(reports, "rapport", "rapporter")] if reports else []
    return listed([*parts, plural(steps, "moment", "moment")] if steps else parts)


def summary(overviews: Iterable[Overview]) -> str:
    """The answer in one sentence: how much is missing and from how many, and what came late or was done only in part."""
    overviews = list(overviews)
    if not any(overview.commitments for overview in overviews):
        return "Inga åtaganden."
    functions = [one for overview in overviews for one in overview.functions]
    reports, steps = sum(len(one.missing) for one in functions), sum(len(one.undone) for one in functions)
    late, partly = sum(len(one.late) for one in functions), sum(len(one.partly) for one in functions)
    said = [NOTHING]
    if reports or steps:
        count = sum(one.lacking > 0 for one in functions)
        said = [f"{lacking(reports, steps)} saknas från {plural(count, 'funktion', 'funktioner')}"]
    if late:
        said.append(plural(late, "rapport kom sent", "rapporter kom sent"))
    if partly:
        said.append(
            plural(partly, "moment är inte redovisat som gjort varje gång", "moment är inte redovisade som gjorda varje gång")
        )
    return "; ".join(said) + "."


def name(who: Responsible) -> str:
    """A function by title and id, with its party: `Kvällsansvarig (kvällsansvarig), Föreningen Nattvandrarna`."""
    title = f"{who.title} ({who.id})"
    return title if who.party == who.id else f"{title}, {who.party_title}"


def counted(one: Outstanding) -> str:
    """What a function is to be asked for: `2 rapporter och 1 moment saknas`."""
    return f"{lacking(len(one.missing), len(one.undone))} saknas" if one.lacking else "inget saknas"


def since(item: Report | Once) -> str:
    """How long ago something fell due: `förföll 2026-09-07, 82 dagar sedan`; on the day itself it is not late yet."""
    if not item.days:
        return f"senast i dag, {item.due}"
    return f"förföll {item.due}, {plural(item.days, 'dag', 'dagar')} sedan"


def since_first(run: Sequence[Report]) -> str:
    """How long ago the first of a run of days fell due."""
    return since(run[0]) if len(run) == 1 else f"den första {since(run[0])}"


def about_run(run: Sequence[Report]) -> str:
    """What some reports in a row are for: `2026-05-01 till 2026-05-30 (9 dagar)`."""
    first, last = run[0], run[-1]
    return about(first) if first is last else f"{about(first)} till {about(last)} ({len(run)} dagar)"


def until(item: Report | Once) -> str:
    """How long there is left: `senast 2026-12-07, om 15 dagar`."""
    if not item.days:
        return f"senast i dag, {item.due}"
    return f"senast {item.due}, om {plural(item.days, 'dag', 'dagar')}"


def about(report: Report) -> str:
    """What a report is for, with its year: `2026-11-20`, `augusti 2026`, `v. 37 2026`."""
    return days(report.duty.about, year=True)


def spoken_day(value: date, near: date) -> str:
    """A day as one writes it in a letter: `lör 2 maj`; with its year when that is another than the letter's."""
    return f"{WEEKDAYS[value.weekday()]} {figures_day(value)}" + (f" {value.year}" if value.year != near.year else "")


def spoken(period: Period, near: date) -> str:
    """A period as one writes it in a letter: `lör 2 maj`, `augusti`, `v. 37 2026`."""
    if period.days == 1:
        return spoken_day(period.first, near)
    return days(period, year=period.last.year != near.year)


_COLUMNS = (
    *map(reading, ("Ansvarig", "Läge", "Åtagande", "Vad", "När")),
    data("plan"), data("funktion"), data("funktionens titel"), data("part"), data("läge"), data("slag"), data("åtagande"),
    data("åtagandets titel"), data("moment"), data("momentets titel"), data("avser"), data("förfaller", "datum"),
    data("inkom", "datum"), data("dagar", "tal"), data("gjort", "tal"), data("tillfällen", "tal"),
)  # fmt: skip


class _Fact(NamedTuple):
    """One thing of a function. `days` is how late it is or was, or how long is left; `told` says when in words."""

    state: str
    commitment: Commitment
    told: str
    report: Report | None = None
    step: Step | None = None
    due: date | None = None
    days: int | None = None
    partly: Partly | None = None
    run: Sequence[Report] = ()


def _facts(one: Outstanding, *, together: bool) -> Iterator[_Fact]:
    parts = runs(one.missing) if together else [(item,) for item in one.missing]
    yield from (_report(run[0], "saknas", since_first(run))._replace(run=run) for run in parts)
    yield from (_once(item, "inte gjort", since(item)) for item in one.undone)
    for item in one.late:
        yield _report(item, "kom sent", f"kom {item.duty.answered}, {plural(item.days, 'dag', 'dagar')} efter {item.due}")
    for step in one.partly:
        told = f"{step.done} av {plural(step.occasions, 'tillfälle', 'tillfällen')}"
        yield _Fact("inte varje gång", step.commitment, told, step=step.step, partly=step)
    for soon in one.soon:
        make = _report(soon, "snart", until(soon)) if isinstance(soon, Report) else _once(soon, "snart", until(soon))
        yield make


def _report(item: Report, state: str, told: str) -> _Fact:
    return _Fact(state, item.commitment, told, report=item, due=item.due, days=item.days)


def _once(item: Once, state: str, told: str) -> _Fact:
    return _Fact(state, item.commitment, told, step=item.step, due=item.due, days=item.days)


def outstanding_grid(overviews: Iterable[Overview], *, together: bool = False) -> Grid:
    """A row for each thing that is missing, late or soon due in some plans.

    `together` is for those who read: days in a row without a report have one row, and its data are those of the first.
    """
    rows = tuple(
        (*_read(one, fact), *_data(overview, one, fact))
        for overview in overviews
        for one in overview.told
        for fact in _facts(one, together=together)
    )
    return Grid("saknas", "Det som saknas, kom sent eller snart ska vara klart", _COLUMNS, rows)


def _read(one: Outstanding, fact: _Fact) -> Iterator[Cell]:
    report = fact.report
    what = f"rapport för {about_run(fact.run or (report,))}" if report else f"moment: {fact.step.title}" if fact.step else ""
    return map(text, (name(one.who), fact.state, fact.commitment.title, what, fact.told))


def _data(overview: Overview, one: Outstanding, fact: _Fact) -> Iterator[Cell]:
    duty, step, partly = fact.report and fact.report.duty, fact.step, fact.partly
    yield from map(text, (overview.plan.id, one.who.id, one.who.title, one.who.party))
    yield from map(text, (fact.state, "rapport" if duty else "moment"))
    yield from map(text, (fact.commitment.id, fact.commitment.title))
    yield from map(text, (step.id, step.title) if step else ("", ""))
    yield text(period_name(duty.about) if duty else "")
    yield day(fact.due)
    yield day(duty.answered if duty else None)
    yield number(fact.days)
    yield from map(number, (partly.done, partly.occasions) if partly else (None, None))


def outstanding_csv(overviews: list[Overview]) -> str:
    """One row for each thing."""
    return csv_text(outstanding_grid(overviews))


def outstanding_markdown(overviews: list[Overview], foot: Provenance) -> str:
    """A heading and the answer for each plan, then a table where there is anything to tell."""
    parts = [] if overviews else ["Inga planer.\n"]
    for overview in overviews:
        view = overview.view
        when = f"Per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
        parts.append(f"## {escaped(overview.plan.title)}\n\n{when}. {summary([overview])}\n")
        if overview.told:
            parts.append(markdown_table(outstanding_grid([overview], together=True)))
    parts.append(f"{foot}\n")
    return "\n".join(parts)
