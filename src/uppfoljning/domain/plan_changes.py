"""What differs between two wordings of a plan, thing by thing, and what of it changes the promises themselves."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from uppfoljning.domain.plan import Commitment, Plan, Step
from uppfoljning.domain.schema import frozen
from uppfoljning.domain.target import Target
from uppfoljning.domain.target_text import fine_print, promise, spoken

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
