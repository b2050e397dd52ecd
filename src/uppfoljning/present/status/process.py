"""How the work was done, in the detailed view: what the plan documents, the hours, and the steps with whose they are."""

from __future__ import annotations

from collections.abc import Iterator

from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.followup.documentation import documentation
from uppfoljning.followup.hours import hours_of
from uppfoljning.followup.steps import StepCount, owners, steps_of
from uppfoljning.followup.table import Line
from uppfoljning.present.figures import figure, plural
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain


def chain(commitment: Commitment) -> str:
    """`Dokumentation: orsaker, val, mål finns · syfte, arbetssätt, uppföljning saknas`."""
    found = documentation(commitment)
    there = ", ".join(name for name, given in found.items() if given)
    missing = ", ".join(name for name, given in found.items() if not given)
    said = [f"{names} {verb}" for names, verb in ((there, "finns"), (missing, "saknas")) if names]
    return f"Dokumentation: {' · '.join(said)}"


def hours(line: Line) -> str:
    """`timmar: planering 12, genomförande 96,5, tillsammans 108,5 · angivet i 14 av 19 rapporter`, or nothing."""
    found = hours_of(line.matter)
    if found.total is None:
        return ""
    said = [f"{kind} {figure(number)}" for kind, number in found.kinds.items()]
    if len(said) > 1:
        said.append(f"tillsammans {figure(found.total)}")
    of = f"angivet i {figure(found.stated)} av {plural(found.reports, 'rapport', 'rapporter')}"
    return f"timmar: {', '.join(said)} · {of}"


def steps(plan: Plan, line: Line, room: int | None) -> Iterator[TextLine]:
    """Every step with whose it is; before them which were done at every occasion and which were not."""
    counts = steps_of(line.matter)
    if not counts:
        return
    yield BLANK
    yield plain("Moment", "title")
    for text in _summary(plan, line.commitment, counts):
        yield from folded(text, room, 2)
    for count in counts:
        yield from folded(f"{count.step.title}: {how_far(count)} · {_whose(plan, line.commitment, count)}", room, 2)


def _summary(plan: Plan, commitment: Commitment, counts: list[StepCount]) -> Iterator[str]:
    each = [count for count in counts if count.step.each_occasion and count.occasions]
    full = [count.step.title for count in each if count.done == count.occasions]
    short = [f"{count.step.title} ({_whose(plan, commitment, count)})" for count in each if count.done < count.occasions]
    if full:
        yield f"Vid varje tillfälle: {', '.join(full)}"
    if short:
        yield f"Inte vid varje tillfälle: {', '.join(short)}"


def _whose(plan: Plan, commitment: Commitment, count: StepCount) -> str:
    return ", ".join(map(plan.name_of, owners(commitment, count.step)))


def how_far(count: StepCount) -> str:
    """How far a step has come: `13 av 14 tillfällen`, `gjort senast 2026-01-20`."""
    if count.step.each_occasion:
        if not count.occasions:
            return "inga tillfällen ännu"
        return f"{figure(count.done)} av {plural(count.occasions, 'tillfälle', 'tillfällen')}"
    if count.done_on is not None:
        late = (count.done_on - count.due).days if count.due else 0
        return f"gjort senast {count.done_on}" + (f", {plural(late, 'dag', 'dagar')} sent" if late > 0 else "")
    return f"inte gjort, skulle vara klart {count.due}" if count.late else f"inte gjort ännu, senast {count.due}"
