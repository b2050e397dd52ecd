"""Duties: the reports that are expected. They are enumerated one by one, never divided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from uppfoljning.domain.consolidation import first_touching
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import ONE_DAY, Period, after, sub_periods
from uppfoljning.followup.view import CommitmentAsOf

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


def duties_of(matter: CommitmentAsOf) -> list[Duty]:
    """Every duty of a commitment whose last day lies in the scope, in order of the day it is due."""
    commitment = matter.commitment
    if all(target.no_number == "vid behov" for target in commitment.targets):
        return []
    reporting = commitment.reporting
    rota = set(commitment.rota)
    expected = [_Expected(Period(day, day), "tillfälle") for day in commitment.rota]
    expected += [_Expected(day, "flyttat") for day in _moved_days(matter) if day.first not in rota]
    if reporting is not None and reporting.every:
        subs = sub_periods(reporting.every, commitment.span, matter.terms)
        paused = commitment.paused_days
        expected += [_Expected(sub.inside, "delperiod") for sub in subs if paused.outside(sub.inside)]
    elif not commitment.rota:
        expected += _readings(matter)
    inside = [one for one in expected if one.about.last in matter.scope]
    return sorted(_answered(matter, inside), key=lambda duty: (duty.due, duty.about))


def _moved_days(matter: CommitmentAsOf) -> list[Period]:
    """The single days that occasions were moved to; a move to a longer period has no day to wait for."""
    days = {entry.report.moved_to for entry in matter.ledger.entries if isinstance(entry.report.moved_to, Period)}
    return sorted(day for day in days if day.days == 1 and day.first in matter.commitment.span)


def _readings(matter: CommitmentAsOf) -> list[_Expected]:
    span, paused = matter.commitment.span, matter.commitment.paused_days
    expected = []
    before = span.first
    for day in sorted(matter.readings):
        window = Period(before, day).cut(span) if day >= before else None
        if window is not None and paused.outside(window):
            expected.append(_Expected(window, "avläsning", day))
        before = max(before, day + ONE_DAY)
    return expected or [_Expected(span, "slut")]


class _Expected(NamedTuple):
    """A report about some days that is asked for; it falls due some days after `due_from`, or after the last of them."""

    about: Period
    origin: Origin
    due_from: date | None = None


def _answered(matter: CommitmentAsOf, expected: Sequence[_Expected]) -> Iterator[Duty]:
    """The duties; each is answered by the report with a day in common that was handed in first."""
    first_submitted = matter.ledger.first_submitted
    reports = sorted(matter.ledger.entries, key=lambda entry: (first_submitted[entry.id], entry.id))
    answers = first_touching(reports, [one.about for one in expected])
    as_of = matter.view.as_of
    for one, answer in zip(expected, answers, strict=True):
        due = after(one.due_from or one.about.last, matter.commitment.grace)
        if answer is None:
            yield Duty(one.about, due, one.origin, None, None, "saknas" if due <= as_of else "väntar")
        else:
            answered = first_submitted[answer.id]
            yield Duty(one.about, due, one.origin, answer, answered, "i tid" if answered <= due else "sen")


def completeness(duties: list[Duty], as_of: date) -> Completeness:
    """How many of the duties that have fallen due were answered, and in time."""
    due = [duty for duty in duties if duty.due <= as_of]
    return Completeness(len(due), sum(duty.received for duty in due), sum(duty.state == "i tid" for duty in due))
