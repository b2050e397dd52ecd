"""The states between two moments: the earlier one, then one kind of change after the other, until it is the later one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Form, parse_answer
from uppfoljning.domain.period import Terms
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.followup.diff_snapshots import Side
from uppfoljning.followup.duties import completeness, duties_of
from uppfoljning.followup.matching import Added, Former, Kind, Matching, replaced_by
from uppfoljning.followup.row import Row, row_of
from uppfoljning.followup.view import View, matter_of

STEPS = ("borttagna rapporter", "ändrad plan", "rättelser", "sena rapporter", "nytt arbete")
"""What leads from each state to the next."""


class State(NamedTuple):
    """One commitment in one state; None where its plan does not have it."""

    plan: str
    commitment: Commitment | None
    form: Form | None
    terms: Terms
    readings: tuple[date, ...]
    view: View
    entries: tuple[Entry, ...]

    def rows(self) -> tuple[Row, ...]:
        """The ordinary follow-up of each target; nothing where there is no commitment, or none of its days is looked at."""
        if self.commitment is None:
            return ()
        matter = matter_of(
            self.plan,
            self.commitment,
            form=self.form,
            terms=self.terms,
            readings=self.readings,
            entries=self.entries,
            view=self.view,
        )
        if matter is None:
            return ()
        duties = duties_of(matter)
        received = completeness(duties, self.view.as_of)
        return tuple(row_of(matter, target, duties, received) for target in self.commitment.targets)


@dataclass(frozen=True)
class PlanTransition:
    """How one plan goes from one moment to the other: both wordings and what became of the reports."""

    before: Side
    after: Side
    old: Plan
    new: Plan
    matching: Matching

    @cached_property
    def _by_commitment(self) -> Mapping[str, Matching]:
        former: dict[str, list[Former]] = {}
        added: dict[str, list[Added]] = {}
        for was in self.matching.former:
            for name in {was.was.commitment, *([was.now.commitment] if was.now is not None else [])}:
                former.setdefault(name, []).append(was)
        for new in self.matching.added:
            added.setdefault(new.reported.commitment, []).append(new)
        return {name: Matching(tuple(former.get(name, ())), tuple(added.get(name, ()))) for name in {**former, **added}}

    def about(self, commitment: str) -> Matching:
        """What became of the reports that have been or are now of a commitment."""
        return self._by_commitment.get(commitment, Matching((), ()))

    def states(self, commitment: str) -> list[State]:
        """The six states of one commitment, the ends included. Only those in between take a report before its day."""
        old, new = _state(self.before, self.old, commitment), _state(self.after, self.new, commitment)
        meanwhile = new._replace(view=self.before.view)
        about = self.about(commitment)
        mine = [one for one in about.former if one.was.commitment == commitment]
        kept = [one for one in mine if one.fate not in ("borttagen", "utelämnad")]
        promised = [one for one in kept if one.fate != "utan löfte" and new.commitment is not None]
        retold = {id(one): _under(one.was.entry, old, new) for one in promised}
        corrected = [entry for one in about.former for entry in self._now(one, commitment, retold)]
        corrected += self._added(commitment, "rättelse")
        late = self._added(commitment, "sen")
        if gone := self._replaced_ahead:
            corrected = [entry for entry in corrected if entry.id not in gone]
            late = [entry for entry in late if entry.id not in gone]
        there = self.after.entries.get(self.new.id, {}).get(commitment, ())
        return [
            old._replace(entries=tuple(one.was.entry for one in mine)),
            old._replace(entries=tuple(one.was.entry for one in kept)),
            meanwhile._replace(entries=tuple(retold.values())),
            meanwhile._replace(entries=tuple(corrected)),
            meanwhile._replace(entries=(*corrected, *late)),
            new._replace(entries=tuple(entry for entry in there if self.after.sees(entry))),
        ]

    def _now(self, one: Former, commitment: str, retold: Mapping[int, Entry]) -> Iterator[Entry]:
        """What a report of the earlier side is in the later one; the very same value where nothing but its place is new."""
        if one.now is None or one.now.commitment != commitment:
            return
        entry = one.now.entry
        if one.fate == "samma":
            same = retold.get(id(one))
            yield entry if same is None or same.id != entry.id else same
        elif self.after.sees(entry):
            yield self._early(entry)

    def _added(self, commitment: str, kind: Kind) -> list[Entry]:
        return [self._early(one.reported.entry) for one in self.about(commitment).added if one.kind == kind]

    def _early(self, entry: Entry) -> Entry:
        """A report as the earlier day would have seen it, had it been handed in by then."""
        day = self.before.view.as_of
        if entry.submitted <= day or entry.span.last > day:
            return entry
        return entry._replace(report=entry.report.but(submitted=day))

    @cached_property
    def _replaced_ahead(self) -> set[str]:
        """The ids of reports corrected to days after the earlier one: there neither they nor their corrections are seen."""
        corrections = [one.now.entry for one in self.matching.former if one.fate == "rättad" and one.now is not None]
        corrections += [one.reported.entry for one in self.matching.added if one.kind == "rättelse"]
        ahead = [one for one in corrections if one.span.last > self.before.view.as_of and self.after.sees(one)]
        found: set[str] = set()
        for entries in self.after.entries.get(self.new.id, {}).values() if ahead else ():
            # A report corrects only those of its own commitment.
            own = {entry.id: entry for entry in entries}
            found |= replaced_by([one for one in ahead if one.id in own], own) & own.keys()
        return found


def _state(side: Side, plan: Plan, id: str) -> State:
    commitment = plan.commitment(id)
    form = side.forms.get(commitment.form) if commitment is not None else None
    return State(plan.id, commitment, form, plan.terms, plan.readings, side.view, ())


def _under(entry: Entry, old: State, new: State) -> Entry:
    """A report read again under the later wording of its plan and form."""
    before, after = old.commitment, new.commitment
    assert before is not None and after is not None
    if (before.parties, old.form, old.terms) == (after.parties, new.form, new.terms):
        return entry
    report = entry.report
    span = new.terms.get(report.period, entry.span) if isinstance(report.period, str) else entry.span
    fields = new.form.fields if new.form is not None else {}
    asked = {name: raw for name, raw in report.facts.items() if name in fields and fields[name].type}
    answers = {name: parse_answer(fields[name], raw, total=entry.total) for name, raw in asked.items()}
    facts = {name: answer for name, answer in answers.items() if not isinstance(answer, Problem)}
    return entry._replace(span=span, parties=report.parties or after.parties, facts=facts)
