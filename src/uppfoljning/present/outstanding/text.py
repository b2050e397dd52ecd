"""`saknas` as text: the answer first, then each function with what rests on it. Each row can stand alone when read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Partly, Report
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.outstanding.words import about, counted, listed, name, since, summary, until
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.status.text import head
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

SHOWN = 12
"""How many days or late reports a row names before it only counts the rest."""


def outstanding_text(overviews: list[Overview], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """What is outstanding in each plan, then one foot for all."""
    if not overviews:
        yield plain("Inga planer.")
        yield BLANK
    for overview in overviews:
        yield from head(overview.plan.title, overview.view, room)
        yield from folded(summary([overview]), room)
        for one in overview.told:
            yield BLANK
            yield from _function(one, room)
        yield BLANK
    asked = sum(one.asked for overview in overviews for one in overview.functions)
    if asked:
        to_do = f"Att göra nu: påminn {plural(asked, 'funktion', 'funktioner')} (uppfoljning saknas --paminnelse skriver mejlen)"
        yield from folded(to_do, room)
    yield from folded(str(foot), room, style="quiet")


def _function(one: Outstanding, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{one_line(name(one.who))}: {counted(one)}", room, style="title")
    for report in one.missing:
        yield from _row(f"○ saknas: {_report(report)}, {since(report)}", room, "open")
    for step in one.undone:
        yield from _row(f"■ inte gjort: {_step(step)}, {since(step)}", room, "bad")
    for text in _late(one.late):
        yield from _row(f"▲ kom sent: {text}", room, "warn")
    for partly in one.partly:
        yield from _row(f"▲ inte varje gång: {_partly(partly)}", room, "warn")
    for item in one.soon:
        yield from _row(f"· förfaller snart: {_report(item) if isinstance(item, Report) else _step(item)}, {until(item)}", room)


def _row(text: str, room: int | None, style: str = "") -> Iterator[TextLine]:
    """What goes on below stands further in, so that a row is told from the next."""
    for at, part in enumerate(fold(text, (room or ANY_WIDTH) - 4)):
        yield plain((" " * 4 if at else " " * 2) + part, style)


def _report(report: Report) -> str:
    return f"{report.commitment.title}, rapport för {about(report)}"


def _step(item: Once | Partly) -> str:
    return f"{item.commitment.title}, moment {item.step.title}"


def _late(late: Sequence[Report]) -> Iterator[str]:
    """One row for each commitment: when the reports came matters less than what is still missing."""
    for commitment in dict.fromkeys(report.commitment.id for report in late):
        reports = [report for report in late if report.commitment.id == commitment]
        told = [f"{about(report)} ({plural(report.days, 'dag', 'dagar')})" for report in reports]
        yield f"{reports[0].commitment.title}, rapport för {_some(told)}"


def _partly(partly: Partly) -> str:
    said = [f"{_step(partly)}, redovisat som gjort vid {partly.done} av {plural(partly.occasions, 'tillfälle', 'tillfällen')}"]
    for word, dates in (("inte gjort", partly.undone), ("inget svar i rapporten för", partly.unanswered)):
        if dates:
            said.append(f"{word} {_some(_days(dates))}")
    return " · ".join(said)


def _days(dates: Sequence[date]) -> list[str]:
    return [str(one) for one in dates]


def _some(words: list[str]) -> str:
    if len(words) <= SHOWN:
        return listed(words)
    return f"{', '.join(words[:SHOWN])} och {len(words) - SHOWN} till"
