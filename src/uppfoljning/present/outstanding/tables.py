"""`saknas` as CSV for Excel in Swedish, and as Markdown: one row for each thing that is missing, late or soon due."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Commitment, Step
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Partly, Report
from uppfoljning.present.figures import days, plural
from uppfoljning.present.foot import Foot
from uppfoljning.present.outstanding.words import about, name, since, summary, until
from uppfoljning.present.status.tables import BYTE_ORDER_MARK, escaped
from uppfoljning.present.status.tables import cell_text as text

_CSV_HEAD = (
    "plan", "funktion", "funktionens titel", "part", "läge", "slag", "åtagande", "åtagandets titel", "moment", "momentets titel",
    "avser", "förfaller", "inkom", "dagar", "gjort", "tillfällen",
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


def _facts(one: Outstanding) -> Iterator[_Fact]:
    yield from (_report(item, "saknas", since(item)) for item in one.missing)
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


def outstanding_csv(overviews: list[Overview]) -> str:
    """`;`, CRLF and a byte order mark, as Swedish Excel wants it. No cell can become a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_CSV_HEAD)
    for overview in overviews:
        for one in overview.told:
            for fact in _facts(one):
                writer.writerow(text(cell) for cell in _csv_row(overview, one, fact))
    return BYTE_ORDER_MARK + out.getvalue()


def _csv_row(overview: Overview, one: Outstanding, fact: _Fact) -> Iterator[str]:
    duty, step, partly = fact.report and fact.report.duty, fact.step, fact.partly
    yield from (overview.plan.id, one.who.id, one.who.title, one.who.party)
    yield from (fact.state, "rapport" if duty else "moment")
    yield from (fact.commitment.id, fact.commitment.title)
    yield from (step.id, step.title) if step else ("", "")
    yield period_name(duty.about) if duty else ""
    yield str(fact.due or "")
    yield str((duty and duty.answered) or "")
    yield "" if fact.days is None else str(fact.days)
    yield from (str(partly.done), str(partly.occasions)) if partly else ("", "")


def outstanding_markdown(overviews: list[Overview], foot: Foot) -> str:
    """A heading and the answer for each plan, then a table where there is anything to tell."""
    parts = [] if overviews else ["Inga planer.\n"]
    for overview in overviews:
        view = overview.view
        when = f"Per {view.as_of}" if view.period is None else f"{days(view.period, year=True)}, per {view.as_of}"
        parts.append(f"## {escaped(overview.plan.title)}\n\n{when}. {summary([overview])}\n")
        if overview.told:
            parts.append(_markdown_table(overview))
    parts.append(f"{foot}\n")
    return "\n".join(parts)


def _markdown_table(overview: Overview) -> str:
    rows = ["| Ansvarig | Läge | Åtagande | Vad | När |\n|---|---|---|---|---|\n"]
    for one in overview.told:
        for fact in _facts(one):
            what = f"rapport för {about(fact.report)}" if fact.report else f"moment: {fact.step.title}" if fact.step else ""
            found = (name(one.who), fact.state, fact.commitment.title, what, fact.told)
            rows.append("| " + " | ".join(escaped(cell) for cell in found) + " |\n")
    return "".join(rows)
