"""Duties: the reports that are expected. They are enumerated one by one, never divided."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from uppfoljning.domain.by_day import Touching
from uppfoljning.domain.calendar import sub_periods
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import ONE_DAY, Period, after, without
from uppfoljning.followup.view import Matter

DutyState = Literal["väntar", "i tid", "sen", "saknas"]
Origin = Literal["tillfälle", "flyttat", "delperiod", "avläsning", "slut"]


class Duty(NamedTuple):
    """One expected report: the days it concerns, the day it is due, and the first report that answers it."""

    about: Period
    due: date
    origin: Origin
    answer: Entry | None
    answered: date | None
    state: DutyState

    @property
    def received(self) -> bool:
        """Whether a report has come, late or not."""
        return self.answer is not None


class Completeness(NamedTuple):
    """Due duties: how many, how many answered, how many in time. A ratio of nothing is None and prints as a dash."""

    due: int
    answered: int
    in_time: int

    @property
    def share(self) -> Fraction | None:
        """Completeness: answered of due."""
        return Fraction(self.answered, self.due) if self.due else None

    @property
    def timeliness(self) -> Fraction | None:
        """Timeliness: in time of due."""
        return Fraction(self.in_time, self.due) if self.due else None


def duties_of(matter: Matter) -> list[Duty]:
    """Every duty of a commitment whose last day lies in the scope, in order of the day it is due."""
    commitment = matter.commitment
    if all(target.no_number == "vid behov" for target in commitment.targets):
        return []
    reporting = commitment.reporting
    expect = _Expecting(matter)
    duties = [expect.duty(Period(day, day), "tillfälle") for day in commitment.rota]
    duties += [expect.duty(day, "flyttat") for day in _moved_days(matter) if day.first not in commitment.rota]
    if reporting is not None and reporting.every:
        subs = sub_periods(reporting.every, commitment.span, matter.terms)
        duties += [expect.duty(sub.inside, "delperiod") for sub in subs if without(sub.inside, commitment.paused)]
    elif not commitment.rota:
        duties += _readings(matter, expect)
    inside = (duty for duty in duties if duty.about.last in matter.scope)
    return sorted(inside, key=lambda duty: (duty.due, duty.about))


def _moved_days(matter: Matter) -> list[Period]:
    """The single days that occasions were moved to; a move to a longer period has no day to wait for."""
    days = {entry.report.moved_to for entry in matter.ledger.entries if isinstance(entry.report.moved_to, Period)}
    return sorted(day for day in days if day.days == 1 and day.first in matter.commitment.span)


def _readings(matter: Matter, expect: _Expecting) -> list[Duty]:
    span = matter.commitment.span
    duties = []
    before = span.first
    for day in sorted(matter.readings):
        window = Period(before, day).cut(span) if day >= before else None
        if window is not None and without(window, matter.commitment.paused):
            duties.append(expect.duty(window, "avläsning", due_from=day))
        before = max(before, day + ONE_DAY)
    return duties or [expect.duty(span, "slut")]


class _Expecting:
    """Makes the duties of a commitment."""

    def __init__(self, matter: Matter) -> None:
        self._matter = matter
        self._reports = Touching(matter.ledger.entries)

    def duty(self, about: Period, origin: Origin, due_from: date | None = None) -> Duty:
        """A duty to report about some days."""
        as_of = self._matter.view.as_of
        due = after(due_from or about.last, self._matter.commitment.grace)
        answer = self._answer(about)
        if answer is None:
            return Duty(about, due, origin, None, None, "saknas" if due <= as_of else "väntar")
        answered = self._matter.ledger.first_submitted[answer.id]
        return Duty(about, due, origin, answer, answered, "i tid" if answered <= due else "sen")

    def _answer(self, about: Period) -> Entry | None:
        """The report with a day in common that was handed in first."""
        first_submitted = self._matter.ledger.first_submitted
        return min(self._reports.find(about), key=lambda entry: (first_submitted[entry.id], entry.id), default=None)


def completeness(duties: list[Duty], as_of: date) -> Completeness:
    """How many of the duties that have fallen due were answered, and in time."""
    due = [duty for duty in duties if duty.due <= as_of]
    return Completeness(len(due), sum(duty.received for duty in due), sum(duty.state == "i tid" for duty in due))
