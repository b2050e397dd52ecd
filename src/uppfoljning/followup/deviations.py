"""What did not go as planned: changed, cancelled and moved occasions, steps not done, changes of the plan, open observations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Days, Period
from uppfoljning.domain.plan import Amendment, Step
from uppfoljning.domain.report import CANCELLED, MOVED, Deviation, Observation
from uppfoljning.followup.documentation import StepCount, steps_of
from uppfoljning.followup.table import CommitmentFollowUp, DeviationCounts, Table
from uppfoljning.followup.view import CommitmentAsOf

Kind = Literal["ändrad", "inställd", "flyttad", "nollrapport", "moment", "plan"]
KINDS: tuple[Kind, ...] = ("ändrad", "inställd", "flyttad", "nollrapport", "moment", "plan")
Fate = Literal["genomförd", "inställd", "flyttad", "väntas", "ingen rapport", "framgår inte", "gjort"]


class Sequel(NamedTuple):
    """What became of it: of an occasion on the days it was moved to, of a once-only step by its day.

    `framgår inte`: something took place in those days, without a word of whether it was this. `ingen rapport` of a step has no
    days: no report says that it is done.
    """

    fate: Fate
    days: Period | None


class Departure(NamedTuple):
    """One thing that did not go as planned. It stands in a report (`entry`) or in the plan: a due step, an amendment.

    A report with several deviations gives one for each; a step not done at an occasion has no deviation of its own.
    """

    kind: Kind
    matter: CommitmentAsOf
    when: Period
    entry: Entry | None = None
    deviation: Deviation | None = None
    step: StepCount | Step | None = None
    amendment: Amendment | None = None
    sequel: Sequel | None = None

    @property
    def reason(self) -> str:
        """The stated word for why, or nothing."""
        stated = self.amendment or self.deviation
        return stated.reason if stated is not None else ""

    @property
    def why(self) -> str:
        """The reason in words, or nothing."""
        stated = self.amendment or self.deviation
        return stated.why if stated is not None else ""

    @property
    def part(self) -> Step | None:
        """The step it is about."""
        return self.step.step if isinstance(self.step, StepCount) else self.step

    @property
    def file(self) -> str:
        """The file it stands in."""
        return f"plans/{self.matter.plan}.yaml" if self.entry is None else self.entry.file

    @property
    def row(self) -> int | None:
        """The row of a series it stands in."""
        return None if self.entry is None else self.entry.sheet_row


class ReasonCount(NamedTuple):
    """How many rows of the list have a reason (empty: none stated), and of which kinds."""

    reason: str
    number: int
    kinds: tuple[tuple[Kind, int], ...]


class OpenObservation(NamedTuple):
    """Something seen that is not done at the view's day."""

    matter: CommitmentAsOf
    entry: Entry
    observation: Observation

    @property
    def file(self) -> str:
        """The file it stands in."""
        return self.entry.file

    @property
    def row(self) -> int | None:
        """The row of a series it stands in."""
        return self.entry.sheet_row


class Deviations(NamedTuple):
    """A plan's departures in order of date, the occasions of each commitment, the reasons, and the observations by who acts."""

    table: Table
    occasions: tuple[tuple[CommitmentFollowUp, DeviationCounts], ...]
    departures: tuple[Departure, ...]
    reasons: tuple[ReasonCount, ...]
    observations: tuple[tuple[str, tuple[OpenObservation, ...]], ...]

    @property
    def total(self) -> DeviationCounts:
        """The occasions of all the commitments."""
        counts = [found for _, found in self.occasions]
        reasons = Counter({reason.reason: reason.number for reason in self.reasons})
        return DeviationCounts(
            sum(found.as_planned for found in counts),
            sum(found.changed for found in counts),
            sum(found.cancelled for found in counts),
            sum(found.moved for found in counts),
            tuple(reasons.items()),
        )

    @property
    def made_up(self) -> int:
        """How many moved reports have been carried out on their new day."""
        return len({one.entry.id for one in self.departures if one.entry and one.sequel and one.sequel.fate == "genomförd"})

    @property
    def in_totals(self) -> int:
        """How many reports of totals stand beside the occasions, uncounted."""
        return sum(totals_in(line.matter) for line, _ in self.occasions)

    @property
    def open(self) -> int:
        """How many observations are open."""
        return sum(len(found) for _, found in self.observations)


def totals_in(matter: CommitmentAsOf) -> int:
    """How many reports state totals without a deviation: their occasions are not told one by one."""
    return sum(entry.total and entry.carried_out and not entry.report.deviations for entry in matter.entries)


def deviations_of(table: Table) -> Deviations:
    """Everything of a plan that did not go as planned, at the table's view."""
    found = [(line, departures_of(line.matter)) for line in table.lines]
    everything = [one for _, departures in found for one in departures]
    occasions = tuple((line, _occasions(line, departures)) for line, departures in found)
    in_order = tuple(sorted(everything, key=lambda one: one.when))
    return Deviations(table, occasions, in_order, tuple(reasons_of(everything)), _by_who(table))


def departures_of(matter: CommitmentAsOf) -> list[Departure]:
    """What did not go as planned with one commitment, in order of date."""
    steps = {count.step.id: count for count in steps_of(matter)}
    found = [*_reported(matter, steps), *_amended(matter)]
    explained = {one.part.id for one in found if one.part is not None}
    found += [
        Departure("moment", matter, Period(count.due, count.due), step=count, sequel=_step_sequel(count))
        for count in steps.values()
        if count.due is not None and count.step.id not in explained and _overdue(matter, count, count.due)
    ]
    return sorted(found, key=lambda one: one.when)


def _reported(matter: CommitmentAsOf, steps: dict[str, StepCount]) -> Iterator[Departure]:
    """What the reports tell. A joint occasion appears once; what only the other party's report tells is not lost."""
    partners = matter.ledger.partners()
    sequels = _Sequels(matter)
    for entry in matter.entries:
        if entry.id in matter.ledger.joined:
            continue
        together = [entry, *partners.get(entry.id, ())]
        telling = next((one for one in together if one.report.deviations), entry)
        yield from _told(matter, telling, steps, sequels)
        if entry.carried_out and not entry.total:
            yield from _undone(matter, together, telling, steps)


def _told(matter: CommitmentAsOf, entry: Entry, steps: dict[str, StepCount], sequels: _Sequels) -> Iterator[Departure]:
    """One for each deviation of a report; a cancelled or moved one counts without any too."""
    report = entry.report
    state: dict[str, Kind] = {CANCELLED: "inställd", MOVED: "flyttad"}
    kind = "ändrad" if entry.carried_out else state.get(report.state, "nollrapport")
    sequel = sequels.of(entry)
    for deviation in report.deviations or ((None,) if kind in state.values() else ()):
        count = steps.get(deviation.step) if deviation is not None else None
        once = _step_sequel(count) if count is not None and count.due is not None else None
        yield Departure(kind, matter, entry.span, entry, deviation, count, sequel=sequel or once)


def _undone(matter: CommitmentAsOf, together: list[Entry], telling: Entry, steps: dict[str, StepCount]) -> Iterator[Departure]:
    """The steps of every occasion that were answered `nej` at one without a deviation of their own.

    Of a joint occasion the first that was handed in and answers is heard.
    """
    explained = {deviation.step for deviation in telling.report.deviations}
    heard = {name: one for one in reversed(together) for name in one.report.steps if name in steps}
    for name in sorted(heard, key=matter.commitment.step_places.__getitem__):
        step, one = steps[name].step, heard[name]
        if step.each_occasion and one.report.steps[name] == "nej" and name not in explained:
            yield Departure("moment", matter, one.span, one, step=step)


def _amended(matter: CommitmentAsOf) -> Iterator[Departure]:
    for amendment in matter.commitment.amendments:
        if amendment.day <= matter.view.as_of and _in_view(matter, amendment.day):
            yield Departure("plan", matter, Period(amendment.day, amendment.day), amendment=amendment)


def _in_view(matter: CommitmentAsOf, day: date) -> bool:
    """Whether the view's period has a day; a day before the commitment begins is not left out where all time is looked at."""
    return matter.view.period is None or day in matter.view.period


def _overdue(matter: CommitmentAsOf, count: StepCount, due: date) -> bool:
    """Whether a once-only step was not done when its last day had passed."""
    return _in_view(matter, due) and (count.late or (count.done_on is not None and count.done_on > due))


def _step_sequel(count: StepCount) -> Sequel:
    return Sequel("ingen rapport", None) if count.done_on is None else Sequel("gjort", Period(count.done_on, count.done_on))


class _Sequels:
    """What became of moved occasions. Only on a single day can the reports tell whether it was this that took place."""

    def __init__(self, matter: CommitmentAsOf) -> None:
        self._matter = matter
        self._singles: dict[date, list[Entry]] = {}
        held = [entry for entry in matter.ledger.entries if entry.carried_out]
        self._held = Days(entry.span for entry in held)
        self._held_singles = {entry.span.first for entry in held if not entry.total}
        for entry in matter.ledger.entries:
            # Of those of a day no more are needed than the first, and the one after where it is the moved one itself.
            if not entry.total and len(known := self._singles.setdefault(entry.span.first, [])) < 2:
                known.append(entry)

    def of(self, moved: Entry) -> Sequel | None:
        """What became of one."""
        stated = moved.report.moved_to
        days = self._matter.terms.get(stated) if isinstance(stated, str) else stated
        if days is None:
            return None
        if days.days == 1:
            if days.first in self._held_singles:
                return Sequel("genomförd", days)
            for one in self._singles.get(days.first, ()):
                if one.id != moved.id:
                    return Sequel("flyttad" if one.report.state == MOVED else "inställd", days)
        if self._held.number(days):
            return Sequel("framgår inte", days)
        return Sequel("väntas" if days.last >= self._matter.view.as_of else "ingen rapport", days)


def reasons_of(departures: list[Departure]) -> list[ReasonCount]:
    """The reasons, most first; every row of the list is counted once, those without a stated reason last among equals."""
    kinds: dict[str, Counter[Kind]] = {}
    for one in departures:
        kinds.setdefault(one.reason, Counter())[one.kind] += 1
    found = [
        ReasonCount(reason, counter.total(), tuple((kind, counter[kind]) for kind in KINDS if counter[kind]))
        for reason, counter in kinds.items()
    ]
    return sorted(found, key=lambda one: (-one.number, not one.reason, one.reason))


def _occasions(line: CommitmentFollowUp, departures: list[Departure]) -> DeviationCounts:
    """The line's own counts; an occasion whose deviation only the other party of a joint one tells is changed all the same."""
    counts = line.departures
    changed = len({one.entry.id for one in departures if one.kind == "ändrad" and one.entry is not None})
    reasons = {one.reason: one.number for one in reasons_of(departures) if one.reason}
    return counts._replace(
        changed=changed, as_planned=max(0, counts.as_planned + counts.changed - changed), reasons=tuple(reasons.items())
    )


def _by_who(table: Table) -> tuple[tuple[str, tuple[OpenObservation, ...]], ...]:
    """The open observations by the id of who is to act, in the plan's order, those without anyone last; each by date."""
    order = [*table.plan.functions, *table.plan.parties, ""]
    found: dict[str, list[OpenObservation]] = {}
    for line in table.lines:
        for one in open_observations(line.matter):
            found.setdefault(one.observation.responsible, []).append(one)
    return tuple((who, tuple(sorted(found[who], key=lambda one: one.entry.span))) for who in order if who in found)


def open_observations(matter: CommitmentAsOf) -> Iterator[OpenObservation]:
    """What was seen and is not done by the view's day. What both parties of a joint occasion tell alike is told once."""
    seen: set[tuple[str, str]] = set()
    for entry in matter.entries:
        occasion = matter.ledger.joined.get(entry.id, entry).id
        for observation in entry.report.observations:
            told = (occasion, " ".join(observation.text.casefold().split()))
            if told not in seen and (observation.done is None or observation.done > matter.view.as_of):
                yield OpenObservation(matter, entry, observation)
            seen.add(told)
