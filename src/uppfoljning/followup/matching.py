"""Which reports of two moments are the same, and what became of those that are not: removed, corrected, late or new."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import after as days_after
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.report import QuickReport
from uppfoljning.domain.schema import frozen
from uppfoljning.followup.diff_snapshots import Side

Fate = Literal["samma", "rättad", "borttagen", "utelämnad", "utan löfte"]
Kind = Literal["rättelse", "sen", "ny"]

_ADDRESS = ("commitment", "plan", "row_id")
"""What of a report only says where it belongs; the rest is its content."""
_CONTENT = tuple(name for name, _ in QuickReport.KEYS.values() if name not in _ADDRESS)


class Reported(NamedTuple):
    """A report and the commitment it belongs to."""

    commitment: str
    entry: Entry


class Former(NamedTuple):
    """A report that the earlier side saw, what became of it, and what it is in the later side.

    `utelämnad`: its place holds something that cannot be read. `utan löfte`: that is because of the plan, which no longer has
    the commitment or its days.
    """

    was: Reported
    fate: Fate
    now: Reported | None = None


class Added(NamedTuple):
    """A report that the later side sees and the earlier one did not."""

    reported: Reported
    kind: Kind


class Matching(NamedTuple):
    """The reports of one plan in two moments."""

    former: tuple[Former, ...]
    added: tuple[Added, ...]


def match(before: Side, after: Side, plan: Plan) -> Matching:
    """Equal content is the same report, whatever its place; of the rest the same id is the same report, edited.

    `plan` is the later wording.
    """
    seen = [one for one in _reports(before, plan) if before.sees(one.entry)]
    there = _reports(after, plan)
    pairs = _same(seen, there)
    taken = {id(one.entry) for one in pairs.values()}
    by_id = {one.entry.id: one for one in there if id(one.entry) not in taken}
    former = []
    for one in seen:
        if (now := pairs.get(id(one.entry))) is not None:
            former.append(Former(one, "samma", now))
        elif (now := by_id.pop(one.entry.id, None)) is not None:
            former.append(Former(one, "rättad", now))
        else:
            former.append(Former(one, _lost(one, after, plan)))
    taken |= {id(one.now.entry) for one in former if one.now is not None}
    fresh = [one for one in there if id(one.entry) not in taken and after.sees(one.entry)]
    correcting = _correcting(former, fresh) | {id(one.entry) for one in fresh if before.has_lost(one.entry)}
    added = [Added(one, "rättelse" if id(one.entry) in correcting else _kind(one, before, after, plan)) for one in fresh]
    return Matching(tuple(former), tuple(added))


def _reports(side: Side, plan: Plan) -> list[Reported]:
    by_commitment = side.entries.get(plan.id, {})
    return [Reported(commitment, entry) for commitment, entries in by_commitment.items() for entry in entries]


def _same(seen: Sequence[Reported], there: Sequence[Reported]) -> dict[int, Reported]:
    """The later report of equal content, by the identity of the earlier; the one of the same id is preferred."""
    by_id = {one.entry.id: one for one in there}
    pairs: dict[int, Reported] = {}
    for one in seen:
        other = by_id.get(one.entry.id)
        if other is not None and _alike(one, other):
            pairs[id(one.entry)] = other
    taken = {id(one.entry) for one in pairs.values()}
    left: dict[Hashable, list[Reported]] = {}
    for one in there:
        if id(one.entry) not in taken:
            left.setdefault(_content(one), []).append(one)
    for group in left.values():
        group.reverse()
    for one in seen if left else ():
        if id(one.entry) not in pairs and (group := left.get(_content(one), [])):
            pairs[id(one.entry)] = group.pop()
    return pairs


def _content(one: Reported) -> Hashable:
    """What can be looked up and is equal for equal content, and only for that."""
    return one.commitment, *(frozen(getattr(one.entry.report, name)) for name in _CONTENT)


def _alike(one: Reported, other: Reported) -> bool:
    if one.commitment != other.commitment:
        return False
    return all(getattr(one.entry.report, name) == getattr(other.entry.report, name) for name in _CONTENT)


def _lost(one: Reported, after: Side, plan: Plan) -> Fate:
    """Whether a report that has no counterpart was removed, or could not be read, and then for want of its promise."""
    if not after.has_lost(one.entry):
        return "borttagen"
    home = plan.commitment(one.commitment)
    return "utelämnad" if home is not None and home.span.covers(one.entry.span) else "utan löfte"


def _correcting(former: Iterable[Former], fresh: Collection[Reported]) -> set[int]:
    """The identities of new reports that replace something known, or replace what does."""
    reused = {one.entry.id for one in fresh}
    known = {one.now.entry.id if one.now else one.was.entry.id for one in former if one.now or one.was.entry.id not in reused}
    corrections: dict[str, list[Entry]] = {}
    for one in fresh:
        for old in one.entry.report.replaces:
            corrections.setdefault(old, []).append(one.entry)
    found: set[int] = set()
    waiting = [old for old in corrections if old in known]
    while waiting:
        for entry in corrections.pop(waiting.pop(), ()):
            found.add(id(entry))
            waiting.append(entry.id)
    return found


def _kind(one: Reported, before: Side, after: Side, plan: Plan) -> Kind:
    """Late: about days that the earlier day had behind it; on one and the same day, handed in after its last day in time."""
    if before.view.as_of != after.view.as_of:
        return "sen" if one.entry.span.last <= before.view.as_of else "ny"
    home = plan.commitment(one.commitment)
    assert home is not None
    return "sen" if one.entry.submitted > days_after(one.entry.span.last, home.grace) else "ny"


def replaced_by(hidden: Iterable[Entry], entries: Mapping[str, Entry]) -> set[str]:
    """The ids of all that the given reports replace, directly or through others."""
    found: set[str] = set()
    waiting = list(hidden)
    while waiting:
        for old in waiting.pop().report.replaces:
            if old not in found:
                found.add(old)
                if old in entries:
                    waiting.append(entries[old])
    return found
