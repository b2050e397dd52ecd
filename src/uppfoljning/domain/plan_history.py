"""How a plan came to say what it says: its wordings in order, what changed from one to the next, and the reason given for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from uppfoljning.domain.amendment import says
from uppfoljning.domain.plan import Amendment, Commitment, Plan, Step
from uppfoljning.domain.schema import frozen
from uppfoljning.domain.target import Target, fine_print, promise, spoken

# What differs between two wordings of a plan, thing by thing, and what of it changes the promises themselves.


WHOLE = "åtagande"
"""What a change is about when a commitment is added or dropped as a whole."""

POINTER = "beslut.version"
"""What a change is about when another wording is said to be the decided one."""

_LONGEST_LIST = 8


class Change(NamedTuple):
    """One thing that differs between two wordings.

    `what` is as an `ändringar` entry names it: `mål`, `mål.<id>`, `period`, `parter`, `moment.<id>`, `åtagande`, or another key.
    `commitment` is empty for what stands on the plan itself. `old` and `new` are the commitment in each wording, where it is.
    `before` and `after` are texts, empty where there was or is nothing. `substance` says that a promise is another than before:
    then the plan must give a reason.
    """

    commitment: str
    what: str
    before: str
    after: str
    substance: bool
    old: Commitment | None = None
    new: Commitment | None = None

    @property
    def name(self) -> str:
        """What an entry on the plan itself calls it: a commitment that is no longer there can only be named from outside."""
        return f"{WHOLE}.{self.commitment}" if self.what == WHOLE and self.new is None else self.what


def changes_between(before: Plan, after: Plan) -> list[Change]:
    """Everything that differs, that of the plan first, then by commitment in the later order, then what was dropped."""
    found = list(_of_plan(before, after))
    earlier = {one.id: one for one in before.commitments}
    kept = {one.id for one in after.commitments}
    for new in after.commitments:
        old = earlier.get(new.id)
        if old is None:
            found.append(Change(new.id, WHOLE, "", _outline(new), True, None, new))
        else:
            found += _of_commitment(old, new, follows=old.span == before.span and new.span == after.span)
    found += [Change(old.id, WHOLE, _outline(old), "", True, old, None) for old in before.commitments if old.id not in kept]
    return found


def _outline(commitment: Commitment) -> str:
    return f"{commitment.title}: {', '.join(map(promise, commitment.targets))}"


def _of_plan(before: Plan, after: Plan) -> Iterator[Change]:
    old_version = before.decision.version if before.decision else ""
    new_version = after.decision.version if after.decision else ""
    if old_version != new_version:
        yield Change("", POINTER, old_version, new_version, False)
    for key, (name, _) in Plan.KEYS.items():
        if key not in ("plan", "åtaganden", "ändringar"):
            old, new = getattr(before, name), getattr(after, name)
            if key == "beslut":
                old, new = old and old.but(version=""), new and new.but(version="")
            if old != new and any(texts := _differing(old, new)):
                yield Change("", key, *texts, key == "period")


def _of_commitment(old: Commitment, new: Commitment, *, follows: bool) -> Iterator[Change]:
    """`follows`: both have the plan's own period, so that a change of it is the plan's and told there."""
    yield from _of_targets(old, new)
    if old.span != new.span and not follows:
        yield Change(new.id, "period", spoken(old.span), spoken(new.span), True, old, new)
    if set(old.parties) != set(new.parties):
        yield Change(new.id, "parter", spoken(old.parties), spoken(new.parties), True, old, new)
    yield from _of_steps(old, new)
    for key, (name, _) in Commitment.KEYS.items():
        if key not in ("id", "mål", "period", "parter", "moment", "ändringar"):
            before, after = getattr(old, name), getattr(new, name)
            if before != after and any(texts := _differing(before, after)):
                yield Change(new.id, key, *texts, False, old, new)


def _of_targets(old: Commitment, new: Commitment) -> Iterator[Change]:
    pairs = paired(old.targets, new.targets)
    taken = {id(one) for one in pairs.values()}
    for target in old.targets:
        if id(target) not in taken:
            yield Change(new.id, named(target), promise(target), "", True, old, new)
    for position, target in enumerate(new.targets):
        former = pairs.get(position)
        if former is None:
            yield Change(new.id, named(target), "", promise(target), True, old, new)
        elif (same := former._replace(id=target.id)) != target:
            substance = same._replace(unit=target.unit) != target
            yield Change(new.id, named(target), *_target_texts(former, target), substance, old, new)


def paired(old: Sequence[Target], new: Sequence[Target]) -> dict[int, Target]:
    """What each new target was before, by its position: the one of the same id, else the one that only got another."""
    by_id = {one.id: one for one in reversed(old)}
    if len(old) == len(new) == 1:
        return {0: old[0]}
    pairs = {position: by_id[one.id] for position, one in enumerate(new) if one.id in by_id}
    kept = {former.id for former in pairs.values()}
    free: dict[Hashable, list[int]] = {}
    for at in range(len(new) - 1, -1, -1):
        if at not in pairs:
            free.setdefault(frozen(new[at]._replace(id=None)), []).append(at)
    for former in old:
        if former.id not in kept and (alike := free.get(frozen(former._replace(id=None)))):
            pairs[alike.pop()] = former
    return pairs


def named(target: Target) -> str:
    """A target as an `ändringar` entry names it."""
    return "mål" if target.id is None else f"mål.{target.id}"


def _target_texts(old: Target, new: Target) -> tuple[str, str]:
    """Both promises, each with that of its fine print which differs."""
    prints = fine_print(old), fine_print(new)
    differing = [key for key in {**prints[0], **prints[1]} if prints[0].get(key) != prints[1].get(key)]

    def text(target: Target, said: Mapping[str, str]) -> str:
        return ", ".join([promise(target), *(f"{key} {said[key]}" for key in differing if key in said)])

    return text(old, prints[0]), text(new, prints[1])


def _of_steps(old: Commitment, new: Commitment) -> Iterator[Change]:
    earlier = {one.id: one for one in old.steps}
    kept = {one.id for one in new.steps}
    for step in new.steps:
        former = earlier.get(step.id)
        if former is None or (former.due, former.every) != (step.due, step.every):
            yield Change(new.id, f"moment.{step.id}", _step(former), _step(step), True, old, new)
        elif former != step:
            yield Change(new.id, f"moment.{step.id}", *_differing(former, step), False, old, new)
    for step in old.steps:
        if step.id not in kept:
            yield Change(new.id, f"moment.{step.id}", _step(step), "", True, old, new)


def _step(step: Step | None) -> str:
    if step is None:
        return ""
    when = f"senast {step.due}" if step.due else "varje tillfälle" if step.each_occasion else "en gång"
    return f"{step.title}, {when}"


def _differing(old: Any, new: Any) -> tuple[str, str]:
    """Both values as texts; of what has many parts only those that differ, so that one new date is seen among ninety."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        before = spoken({key: old[key] for key in old if key not in new or old[key] != new[key]})
        after = spoken({key: new[key] for key in new if key not in old or old[key] != new[key]})
    elif isinstance(old, tuple) and isinstance(new, tuple) and max(len(old), len(new)) > _LONGEST_LIST:
        olds, news = set(map(frozen, old)), set(map(frozen, new))
        before = spoken(tuple(item for item in old if frozen(item) not in news))
        after = spoken(tuple(item for item in new if frozen(item) not in olds))
    else:
        before, after = spoken(old), spoken(new)
    return ("", "") if before == after else (before, after)


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
