"""The words for what is outstanding, the same in every face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from uppfoljning.domain.clock import WEEKDAYS
from uppfoljning.domain.period import Period
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Report, Responsible
from uppfoljning.present.figures import day, days, plural

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
    return f"{WEEKDAYS[value.weekday()]} {day(value)}" + (f" {value.year}" if value.year != near.year else "")


def spoken(period: Period, near: date) -> str:
    """A period as one writes it in a letter: `lör 2 maj`, `augusti`, `v. 37 2026`."""
    if period.days == 1:
        return spoken_day(period.first, near)
    return days(period, year=period.last.year != near.year)
