"""How a plan came to say what it says: its wordings in order, what changed from one to the next, and the reason given for it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from uppfoljning.domain.amendment import says
from uppfoljning.domain.plan import Amendment, Commitment, Plan
from uppfoljning.domain.plan_changes import WHOLE, Change, changes_between
from uppfoljning.domain.schema import frozen


class Wording(NamedTuple):
    """A plan as one commit left it. `commit` is the full hash, empty for files that are not committed; `day` the author's."""

    plan: Plan
    commit: str = ""
    day: date | None = None
    subject: str = ""


class Gap(NamedTuple):
    """What cannot be seen of a plan's past, and so not be weighed.

    `commit` is that of a wording that cannot be read, empty where it is the history itself that ends or contradicts itself;
    `day` the author's. `message` and `remedy` are Swedish, without a full stop. `decided` says that it may be what was decided:
    then nothing can be compared with that. `edge` says that the history ends there in this clone, and a fuller one shows more.
    """

    message: str
    remedy: str
    decided: bool
    commit: str = ""
    day: date | None = None
    edge: bool = False


class Event(NamedTuple):
    """One change, with the wording that brought it, and the entry that gives its reason, in whichever wording that came."""

    wording: Wording
    change: Change
    amendment: Amendment | None = None
    logged: Wording | None = None

    @property
    def unexplained(self) -> bool:
        """Whether a promise was changed without a reason."""
        return self.change.substance and self.amendment is None


class Logged(NamedTuple):
    """An entry of `ändringar` with the commitment it stands on (empty: the plan) and the first wording that has it."""

    commitment: str
    amendment: Amendment
    first: int


class PlanHistory(NamedTuple):
    """What has happened to a plan since it was decided. The first wording is the decided one, the last is today's.

    `unseen` are entries whose change no wording shows: made before the plan came into the repository, or never made.
    `gaps` are what cannot be seen of it.
    """

    wordings: tuple[Wording, ...]
    events: tuple[Event, ...]
    unseen: tuple[Logged, ...]
    gaps: tuple[Gap, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether what was decided is not known: the first wording is only the oldest that can be read."""
        return any(gap.decided for gap in self.gaps)

    @property
    def decided(self) -> Wording:
        """The wording that was decided, or the oldest known."""
        return self.wordings[0]

    @property
    def original(self) -> Plan:
        """What was decided: the decided wording, with what was added later as it was then."""
        plan = self.decided.plan
        added: dict[str, Commitment] = {}
        known = {one.id for one in plan.commitments}
        for wording in self.wordings[1:]:
            for one in wording.plan.commitments:
                if one.id not in known:
                    added.setdefault(one.id, one)
        return plan.but(commitments=(*plan.commitments, *added.values())) if added else plan

    @property
    def unexplained(self) -> list[Event]:
        """The changes without a reason, of what today differs from what was decided: what was changed back needs none."""
        today = self.wordings[-1].plan
        net = {(change.commitment, change.what) for change in changes_between(self.original, today)}
        net |= {(one.id, WHOLE) for one in today.commitments} - {(one.id, WHOLE) for one in self.decided.plan.commitments}
        return [event for event in self.events if event.unexplained and (event.change.commitment, event.change.what) in net]


def history_of(wordings: Sequence[Wording], gaps: Sequence[Gap] = ()) -> PlanHistory:
    """What the wordings tell, oldest first; at least one."""
    events = [
        Event(wording, change)
        for earlier, wording in pairwise(wordings)
        for change in changes_between(earlier.plan, wording.plan)
    ]
    unseen = []
    by_thing: dict[tuple[str, str], list[int]] = {}
    for at, event in enumerate(events):
        for thing in _things(event.change):
            by_thing.setdefault(thing, []).append(at)
    for entry in _entries(wordings):
        about = by_thing.get((entry.commitment, entry.amendment.what), ())
        explained = [] if entry.first == 0 else _explained_by(entry, about, events, wordings)
        for at in explained:
            events[at] = events[at]._replace(amendment=entry.amendment, logged=wordings[entry.first])
        if not explained:
            unseen.append(entry)
    return PlanHistory(tuple(wordings), tuple(events), tuple(unseen), tuple(gaps))


def _entries(wordings: Sequence[Wording]) -> list[Logged]:
    """The entries that the last wording holds, in the order they came; those of a dropped commitment as it last stood."""
    last: dict[str, Plan] = {"": wordings[-1].plan}
    for wording in wordings:
        last.update((one.id, wording.plan) for one in wording.plan.commitments)
    found = []
    for commitment, plan in last.items():
        log = _log(plan, commitment)
        first: dict[Hashable, int] = {}
        for at, wording in enumerate(wordings if log else ()):
            for amendment in _log(wording.plan, commitment):
                first.setdefault(frozen(amendment), at)
        found += [Logged(commitment, amendment, first[frozen(amendment)]) for amendment in log]
    return sorted(found, key=lambda entry: (entry.first, entry.amendment.day))


def _log(plan: Plan, commitment: str) -> tuple[Amendment, ...]:
    """The entries of a commitment, or of the plan itself where none is named."""
    if not commitment:
        return plan.amendments
    found = plan.commitment(commitment)
    return () if found is None else found.amendments


def _explained_by(entry: Logged, about: Sequence[int], events: Sequence[Event], wordings: Sequence[Wording]) -> list[int]:
    """Which of the events about its thing an entry gives the reason for, by their positions.

    The one that ended in what the entry says, with those before it on the way from what it says that it was. An entry that does
    not say where it ended speaks of what had happened when it was written.
    """
    amendment = entry.amendment
    open_ = [at for at in about if events[at].amendment is None]
    if amendment.after:
        ends = [at for at in open_ if says(amendment.after, amendment.what, events[at].change.new)]
        if not ends:
            return []
        open_ = [at for at in open_ if at <= ends[0]]
    else:
        seen = [id(one) for one in wordings[: entry.first + 1]]
        open_ = [at for at in open_ if id(events[at].wording) in seen]
    if amendment.before:
        begins = [at for at in open_ if says(amendment.before, amendment.what, events[at].change.old)]
        return [at for at in open_ if begins and at >= begins[0]]
    return open_


def _things(change: Change) -> list[tuple[str, str]]:
    """What an entry about a change may stand on (empty: the plan) and say that it is about.

    `mål` is the only target there is, whatever its id.
    """
    things = [("", change.name)] if not change.commitment or change.new is None else []
    if change.commitment:
        things.append((change.commitment, change.what))
        if change.what.startswith("mål."):
            things.append((change.commitment, "mål"))
    return things


def reasons_for(change: Change, before: Plan, after: Plan) -> tuple[Amendment, ...]:
    """The entries about a change that the later of two wordings has and the earlier one lacks, by day."""
    return Reasons(before, after).of(change)


class Reasons:
    """The entries that the later of two wordings has and the earlier one lacks, by what they are about."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self.entries = logged_since(before, after)
        self._by_thing: dict[tuple[str, str], list[int]] = {}
        for at, (name, entry) in enumerate(self.entries):
            self._by_thing.setdefault((name, entry.what), []).append(at)

    def of(self, change: Change) -> tuple[Amendment, ...]:
        """Those about a change, by day."""
        on = "" if change.new is None else change.commitment
        found = sorted({at for thing in _things(change) if thing[0] == on for at in self._by_thing.get(thing, ())})
        return tuple(self.entries[at][1] for at in found)


def logged_since(before: Plan, after: Plan) -> list[tuple[str, Amendment]]:
    """The entries that only the later of two wordings has, by day, each with its commitment (empty: the plan itself)."""
    fresh = []
    for name in ("", *(one.id for one in after.commitments)):
        known = {frozen(entry) for entry in _log(before, name)}
        fresh += [(name, entry) for entry in _log(after, name) if frozen(entry) not in known]
    return sorted(fresh, key=lambda one: one[1].day)
