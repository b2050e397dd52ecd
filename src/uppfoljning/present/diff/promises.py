"""The words of what was done to the plan: its changes with their reasons, and the promises of less than before."""

from __future__ import annotations

from uppfoljning.domain.number import Number
from uppfoljning.domain.plan import Amendment
from uppfoljning.domain.plan_changes import WHOLE, named
from uppfoljning.domain.target import Target
from uppfoljning.domain.target_text import promise
from uppfoljning.followup.differences import CommitmentDiff, Explained, PlanDiff, TargetDiff
from uppfoljning.followup.row import Row
from uppfoljning.present.escape import one_line
from uppfoljning.present.status.beside import NO_REASON

LOWERED = ("sänkt mål", "borttaget måltal", "borttaget mål", "höjt tak", "senarelagt mål")
"""The moves of a target that a reviewer must see at once: less is promised than before."""


_SEVERAL = {
    "sänkt": "sänkta", "höjt": "höjda", "nytt": "nya", "borttaget": "borttagna", "senarelagt": "senarelagda",
    "tidigarelagt": "tidigarelagda",
}  # fmt: skip


def several(word: str) -> str:
    """A move of more than one target: `sänkta mål`."""
    how, _, what = word.partition(" ")
    return f"{_SEVERAL[how]} {what}"


def title(one: CommitmentDiff, target: TargetDiff | None = None) -> str:
    """A commitment's title; with several targets, also which one."""
    text = one.line.commitment.title
    if target is not None and len(one.targets) > 1 and target.target.id:
        text = f"{text}, {target.target.id}"
    return one_line(text)


def move(target: TargetDiff) -> str:
    """In two words what was done to a promise, or nothing."""
    if target.before is None or target.after is None:
        return "nytt mål" if target.before is None else "borttaget mål"
    old, new = target.before.target, target.after.target
    if old.testable != new.testable:
        return "nytt måltal" if new.testable else "borttaget måltal"
    if old.operator == new.operator == "klart" and old.due and new.due and old.due != new.due:
        return "senarelagt mål" if new.due > old.due else "tidigarelagt mål"
    if old.share != new.share or _family(old) != _family(new):
        return ""
    before, after = _size(target.before), _size(target.after)
    if before == after:
        return ""
    what = "tak" if new.operator == "högst" else "mål"
    return f"{'höjt' if after > before else 'sänkt'} {what}"


def _family(target: Target) -> str:
    """Operators whose figures can be set beside one another: those that ask for as much, and each of the others."""
    return target.operator if target.operator in ("högst", "klart") else "minst"


def _size(row: Row) -> tuple[Number, Number]:
    """How much a target asks for: in all, and where that is so many sub-periods in each of them."""
    return row.whole or 0, (row.target.value or 0) if row.target.each else 0


def changes(found: PlanDiff) -> list[Explained]:
    """The changes of the plan: dropped commitments first, then those of the plan itself, then by commitment."""
    everything = [*found.changes, *(one for diff in found.commitments for one in diff.changes)]
    return sorted(everything, key=lambda one: not is_dropped(one))


def is_dropped(one: Explained) -> bool:
    """Whether the change is that a commitment is no longer there."""
    return one.change.what == WHOLE and one.change.new is None


def what(one: Explained) -> str:
    """What was changed, as the plan calls it."""
    if one.change.what != WHOLE:
        return one_line(one.change.what)
    return "nytt åtagande" if one.change.old is None else "borttaget åtagande"


def from_to(one: Explained) -> str:
    """How it was and how it is."""
    before, after = one_line(one.change.before), one_line(one.change.after)
    if before and after:
        return f"{before} → {after}"
    return after if not before else f"{before} → utgår" if one.change.what != WHOLE else before


def reason(one: Explained) -> str:
    """Why, as the plan says it; that it does not, where it must."""
    if not one.amendments:
        return NO_REASON if one.change.substance else ""
    return one_line("; ".join(map(_entry, one.amendments)))


def _entry(entry: Amendment) -> str:
    text = ": ".join(part for part in (entry.reason, entry.why) if part)
    return f"{text} ({entry.decision})" if entry.decision else text


def lowered(found: PlanDiff) -> list[tuple[str, str, str]]:
    """The promises of less than before: what was done, of what and how, and why."""
    said = []
    for one in found.commitments:
        for target in one.targets if one.before and one.after else ():
            if (word := move(target)) in LOWERED:
                old = target.before and promise(target.before.target)
                new = promise(target.after.target) if target.after else "utgår"
                said.append((word, f"{title(one, target)}: {one_line(f'{old} → {new}')}", _why(found, one, target)))
    return said


def _why(found: PlanDiff, one: CommitmentDiff, target: TargetDiff) -> str:
    """The reason that stands for the target, else for the period that it is summed over."""
    name = named(target.target)
    candidates = [change for change in one.changes if change.change.what == name]
    candidates += [change for change in (*one.changes, *found.changes) if change.change.what == "period"]
    return next(map(reason, candidates), NO_REASON)
