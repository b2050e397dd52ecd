"""The partial sums of a repository: what its follow-up adds up from, by month, without a word that anyone wrote freely."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.form import SUMMABLE, Form
from uppfoljning.domain.number import written
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import HOURS
from uppfoljning.domain.target import WITHOUT_NUMBER, Counts, Target
from uppfoljning.followup.counted_reports import gather, state_of
from uppfoljning.followup.documentation import StepCount, counted_for, owners, shares_of, steps_of
from uppfoljning.followup.row import Row as TargetRow
from uppfoljning.followup.row import adds_up
from uppfoljning.followup.table import CommitmentFollowUp, Occasion, departures_in, follow_up, occasions_in
from uppfoljning.followup.view import View
from uppfoljning.national.gathered import Row, Tally, ratio
from uppfoljning.national.schema import COMMITMENTS, FIGURES, MONTHS, REPORTING, TARGETS
from uppfoljning.project.load import CheckedProject
from uppfoljning.project.plans import BUILT_IN, built_in

_EDITION = re.compile(r"[0-9a-f]{8}")
PEOPLE = "personer"


class Partials(NamedTuple):
    """The rows of each table by its name, without what is the same in all.

    `too_large` are the commitments with a figure that no count can be, which is told as missing.
    """

    tables: Mapping[str, list[Row]]
    too_large: tuple[str, ...]


def partials_of(project: CheckedProject, plans: Iterable[Plan], as_of: date) -> Partials:
    """The partial sums of some plans as they stand on a day."""
    months, figures = Tally(MONTHS), Tally(FIGURES)
    commitments: list[Row] = []
    targets: list[Row] = []
    for plan in plans:
        entries = project.entries.get(plan.id, {})
        table = follow_up(plan, View(as_of), forms=project.forms, entries=entries, judgements=project.judgements)
        for line in table.lines:
            one = _Line(plan, line)
            one.add_months(one.months, figures)
            months.take(one.months)
            one.add_figures(figures)
            commitments.append(one.commitment_row(as_of))
            targets += map(one.target_row, line.rows)
    tables = {
        MONTHS.name: list(months.rows()),
        REPORTING.name: months.by_last_key("rapporter"),
        FIGURES.name: list(figures.rows()),
        COMMITMENTS.name: sorted(commitments, key=_by_ids),
        TARGETS.name: sorted(targets, key=_by_ids),
    }
    return Partials(tables, tuple(sorted(months.too_large | figures.too_large)))


def _by_ids(row: Row) -> tuple[str, ...]:
    return tuple(str(value) for value in row[:5])


def form_version(form: Form) -> str:
    """Eight signs that differ as soon as anything that a form asks does. Nobody can read from them what it asks."""
    fields = {
        name: [
            field.question, field.type, field.required, field.about, field.part_of, list(field.choices),
            *(None if limit is None else written(limit) for limit in (field.at_least, field.at_most)),
        ]
        for name, field in form.fields.items()
    }  # fmt: skip
    text = json.dumps([form.id, form.title, dict(form.least_crew), fields], ensure_ascii=False)
    return sha256(text.encode()).hexdigest()[:8]


def month_of(day: date) -> str:
    """A month as text: `2026-03`."""
    return day.isoformat()[:7]


def _month(entry: Entry) -> str:
    """The month that a report counts in: that of its day, or of the last day of its period."""
    return month_of(entry.span.last)


def _edition(entry: Entry) -> str:
    """The edition of the form; what does not look like one is only told to be another."""
    edition = entry.report.edition
    return edition if not edition or _EDITION.fullmatch(edition) else "annan"


def _joined(parties: Iterable[str]) -> str:
    return "+".join(sorted(set(parties)))


class _Line:
    """A commitment followed up, and the key that its rows begin with."""

    def __init__(self, plan: Plan, line: CommitmentFollowUp) -> None:
        self.plan, self.line, self.matter = plan, line, line.matter
        commitment, form = line.commitment, line.matter.form
        self.key = (plan.id, commitment.id, commitment.form, "" if form is None else form_version(form))
        self.months = Tally(MONTHS)
        self.occasions = occasions_in(self.matter)
        self.there = {
            one.entry.id: _joined(party for report in one.reports for party in report.parties) for one in self.occasions
        }

    def _part(self, entry: Entry) -> str:
        """Who was there: of a joint occasion all who reported it."""
        return self.there.get(entry.id) or _joined(entry.parties)

    def add_months(self, months: Tally, figures: Tally) -> None:
        """Reports, occasions, what became of them and why, and duties."""

        def key(entry: Entry, part: str) -> tuple[str, ...]:
            return (*self.key, _edition(entry), part, _month(entry))

        for entry in self.matter.entries:
            months.add(key(entry, _joined(entry.parties)), rapporter=1, nollrapporter=int(entry.nothing_happened))
        found = gather(self.matter, WITHOUT_NUMBER, state_of(WITHOUT_NUMBER))
        for entry in found.counting:
            if (number := entry.occasions) is not None:
                sure = number.certainty
                amounts = {"tillfallen": int(number.value), "ca": int(sure == "ca"), "minst": int(sure == "minst")}
                months.add(key(entry, self._part(entry)), **amounts)
        for entry in found.lacking:
            months.add(key(entry, self._part(entry)), saknas=1)
        groups: dict[tuple[str, ...], list[Occasion]] = {}
        for occasion in self.occasions:
            groups.setdefault(key(occasion.entry, self._part(occasion.entry)), []).append(occasion)
        for group, occasions in groups.items():
            became = departures_in(occasions)
            fates = {"som_planerat": became.as_planned, "andrade": became.changed}
            months.add(group, installda=became.cancelled, flyttade=became.moved, **fates)
            for reason, many in became.reasons:
                figures.add((*self.key, *group[-2:], "skäl", reason, False, 1), taljare=many, antal=many)
        self._add_duties(months)

    def _add_duties(self, months: Tally) -> None:
        reporter = self._party(self.line.commitment.reporter)
        for duty in self.line.duties:
            if duty.due <= self.matter.view.as_of:
                key = (*self.key, "", reporter, month_of(duty.due))
                months.add(key, plikter=1, besvarade=int(duty.received), i_tid=int(duty.state == "i tid"))

    def _party(self, who: str) -> str:
        """The party that a function belongs to; a party is its own."""
        return self.plan.functions[who].party if who in self.plan.functions else who

    def add_figures(self, figures: Tally) -> None:
        """The sums of answers, hours and steps."""
        form = self.matter.form
        levels = {target.counts.field for target in self.line.commitment.targets if target.stock}
        for name, field in form.fields.items() if form is not None else ():
            if field.type in SUMMABLE and name not in levels:
                self._add_answers(figures, name, people=field.about == PEOPLE)
        carried_out = [entry for entry in self.matter.entries if entry.carried_out]
        for kind in HOURS:
            for entry in counted_for(carried_out, kind):
                hours = Fraction(entry.report.hours[kind])
                key = (*self.key, _joined(entry.parties), _month(entry), "timmar", kind, False, hours.denominator)
                figures.add(key, taljare=hours.numerator, antal=1)
        for count in steps_of(self.matter):
            self._add_step(figures, count)

    def _add_answers(self, figures: Tally, name: str, *, people: bool) -> None:
        """The sum of one field, as a target that counts it would sum it."""
        target = WITHOUT_NUMBER._replace(counts=Counts("fält", name))
        state = state_of(target)
        found = gather(self.matter, target, state)

        def key(entry: Entry, denominator: int = 1) -> tuple[str | int, ...]:
            return (*self.key, self._part(entry), _month(entry), "uppgift", name, people, denominator)

        for entry in found.zeros:
            figures.add(key(entry))
        for entry in found.lacking:
            figures.add(key(entry), saknas=1)
        for entry in found.counting:
            if (quantity := state(entry)) is not None:
                value, sure = Fraction(quantity.value), quantity.certainty
                amounts = {"antal": 1, "ca": int(sure == "ca"), "minst": int(sure == "minst")}
                figures.add(key(entry, value.denominator), taljare=value.numerator, **amounts)

    def _add_step(self, figures: Tally, count: StepCount) -> None:
        """How often a step was done of how often it could be. One that is done once counts when done, or undone when due."""
        part = _joined(map(self._party, owners(self.line.commitment, count.step)))
        if count.step.each_occasion:
            for share in shares_of(self.matter, count.step):
                key = (*self.key, part, month_of(share.day), "moment", count.step.id, False, 1)
                figures.add(key, taljare=share.done, av=share.occasions, antal=1)
        elif (day := count.done_on or (count.due if count.late else None)) is not None:
            key = (*self.key, part, month_of(day), "engångsmoment", count.step.id, False, 1)
            figures.add(key, taljare=count.done, av=1, antal=1)

    def commitment_row(self, as_of: date) -> Row:
        """The commitment as it stands."""
        commitment, verdict = self.line.commitment, self.line.verdict
        targets, promised, expected, done = _promised(self.line.rows)
        return (
            *self.key,
            is_built_in(self.matter.form),
            self.plan.kind,
            _joined(commitment.parties),
            commitment.span.first,
            commitment.span.last,
            as_of > self.plan.span.last,
            self.line.testable,
            self.line.reached,
            self.line.status.value,
            targets,
            promised,
            expected.numerator,
            expected.denominator,
            done,
            *self.months.total(),
            self.months.latest("rapporter"),
            "" if verdict is None else verdict.carried_out,
            "" if verdict is None else verdict.result,
        )

    def target_row(self, row: TargetRow) -> Row:
        """One of its targets as it stands; what is too large to be carried over is told as unknown."""
        target, counts = row.target, row.target.counts
        return (
            *self.key,
            target.id or "",
            target.operator,
            counts.kind,
            counts.field,
            _counts_people(self.matter.form, target),
            can_be_added(target),
            target.testable,
            *(ratio(row.whole) or (None, None)),
            *(ratio(row.expected) or (None, None)),
            *(ratio(row.outcome.value) or (None, None)),
            row.outcome.certainty,
            row.status.value,
        )


def _promised(rows: Iterable[TargetRow]) -> tuple[int, int, Fraction, int]:
    """The targets whose occasions can be added to those of others: how many, promised, expected by now, carried out."""
    known = [
        (Fraction(row.whole), row.expected, Fraction(row.outcome.value))
        for row in rows
        if can_be_added(row.target) and row.target.counts.kind == "tillfällen"
        if row.whole is not None and row.expected is not None and row.outcome.value is not None
        if ratio(row.whole) and ratio(row.outcome.value)
    ]
    hoped = sum((one for _, one, _ in known), Fraction(0))
    if ratio(hoped) is None:
        return 0, 0, Fraction(0), 0
    return len(known), int(sum(one for one, _, _ in known)), hoped, int(sum(one for _, _, one in known))


def can_be_added(target: Target) -> bool:
    """Whether what a target promises and what came of it are numbers that can be added to those of others."""
    return target.testable and adds_up(target) and target.operator in ("minst", "antal")


def is_built_in(form: Form | None) -> bool:
    """Whether a form is the program's own, as it is."""
    return form is not None and form.id in BUILT_IN and form_version(form) == _own_version(form.id)


@cache
def _own_version(form: str) -> str:
    return form_version(built_in(form))


def _counts_people(form: Form | None, target: Target) -> bool:
    """Whether what a target counts is people."""
    fields = form.fields if form is not None else {}
    return any(name in fields and fields[name].about == PEOPLE for name in target.counts.fields)


def municipality_of(plan: Plan, project: CheckedProject, otherwise: str = "") -> str:
    """The code of the municipality that a plan is about: its own, else the only one that other plans say, else `otherwise`."""
    said = {one.municipality for one in project.plans.values() if one.municipality}
    return plan.municipality or (said.pop() if len(said) == 1 else otherwise)
