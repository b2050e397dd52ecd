"""Which parts of a plan's file are written anew when it is carried over to a later period; all else stays as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from uppfoljning.domain.date_shift import Move, reworded
from uppfoljning.domain.finding import Tree, TreePath
from uppfoljning.domain.number import Number, exact, written
from uppfoljning.domain.period import Period, parse_period, period_name
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.target import Target
from uppfoljning.files.yaml_edit import Add, Edit, Note, Put, Swap
from uppfoljning.followup.carry_over import Carried

_AFTER_ROTA = ("moment", "snabbrapport", "uppföljning", "förväntan", "effektmål")
"""The keys that planned dates are written above, the first that there is; else above `parter`, which always is."""


def written_period(tree: Mapping[str, Tree]) -> str:
    """A plan's period as its file names it, or "" when it is written as two days."""
    period = tree["period"]
    return period if isinstance(period, str) else ""


def next_id(plan: str, written: str, move: Move) -> str:
    """The plan's id with the years and the period's name exchanged; where it has none, the new period is added."""
    words = {old.lower(): new.lower() for old, new in move.words(written).items() if "/" not in old + new}
    changed = reworded(plan, words)
    return changed if changed != plan else f"{plan}-{(move.written or f'{move.new.first}-{move.new.last}').lower()}"


def succession(tree: Mapping[str, Tree], plan: Plan, move: Move, id: str, carried: Sequence[Carried]) -> Iterator[Edit]:
    """Every change of the file that `tree` is and `plan` was read from. `carried` is what its commitments leave, in order."""
    yield Put(("plan",), id)
    if (title := reworded(plan.title, move.words(written_period(tree)))) != plan.title:
        yield Put(("titel",), title)
    yield from _period(("period",), tree["period"], move.new, move.written)
    yield from (Put(("avläsningar", at), str(move.day(day))) for at, day in enumerate(plan.readings))
    if "beslut" in tree:
        yield Swap(("beslut",), notes=("beslut: fyll i datum och referens när planen är beslutad",))
    if plan.sources:
        yield Note(("källor",), (f"källor: kontrollera, de hör till {plan.id}",))
    if plan.terms:
        yield from _terms(plan, move)
    for at, (commitment, left) in enumerate(zip(plan.commitments, carried, strict=True)):
        yield from _Commitment(("åtaganden", at), _item(tree["åtaganden"], at), plan, commitment, move).changes(left)


def _item(tree: Tree, at: int) -> dict[str, Tree]:
    assert isinstance(tree, list)
    item = tree[at]
    assert isinstance(item, dict)
    return item


def _period(path: TreePath, tree: Tree, new: Period, name: str | None) -> Iterator[Edit]:
    """A period in the form it has, as far as that can say the new one; `name` is None or "" when only two days can."""
    if isinstance(tree, dict) and (not name or isinstance(parse_period(name), Period)):
        yield from _ends(path, new)
    elif isinstance(tree, str) and name:
        yield Put(path, name)
    else:
        yield Swap(path, f"{path[-1]}: {name or f'{{från: {new.first}, till: {new.last}}}'}")


def _ends(path: TreePath, period: Period) -> Iterator[Edit]:
    yield Put((*path, "från"), str(period.first))
    yield Put((*path, "till"), str(period.last))


def _terms(plan: Plan, move: Move) -> Iterator[Edit]:
    """Terms come again in later years, on other days; where the plan already dates a term of the new period they stay."""
    if not move.whole_years or any(days.overlaps(move.new) for days in plan.terms.values()):
        yield Note(("terminer",), ("terminer: kontrollera att de som ligger i planens nya period är med",))
        return
    yield Note(("terminer",), (f"terminer: kontrollera dagarna, de är flyttade från {plan.id}",))
    for term, days in plan.terms.items():
        yield Put(("terminer", term), move.name(term) or term, on_key=True)
        yield Put(("terminer", term, 0), str(move.day(days.first)))
        yield Put(("terminer", term, 1), str(move.day(days.last)))


class _Commitment:
    """One commitment at its place in the file, on its way to its new days."""

    def __init__(self, at: TreePath, tree: dict[str, Tree], plan: Plan, commitment: Commitment, move: Move) -> None:
        self.at = at
        self.tree = tree
        self.plan = plan
        self.commitment = commitment
        self.move = move
        own = tree.get("period")
        name = move.name(own) if isinstance(own, str) else None
        moved = plan.terms.get(name or "", move.period(commitment.span))
        self.span = moved.cut(move.new) or moved

    def changes(self, left: Carried) -> Iterator[Edit]:
        """Everything in it that is written anew."""
        if (period := self.tree.get("period")) is not None:
            yield from _period((*self.at, "period"), period, self.span, self._name(period))
        levels = {level.target.id: (level.value, level.day) for level in left.levels}
        for at, target in enumerate(self.commitment.targets if self.tree.get("mål") is not None else ()):
            listed = isinstance(self.tree["mål"], list)
            yield from self._target((*self.at, "mål", at) if listed else (*self.at, "mål"), target, levels.get(target.id))
        yield from self._pauses()
        yield from self._steps({step.id for step in left.undone})
        yield from self._rota(sorted({moved.day for moved in left.moved if moved.day is not None and moved.day in self.span}))
        goal = self.commitment.outcome_goal
        if goal is not None and goal.end is not None and goal.end < self.move.new.first:
            notes = (f"slut: {goal.end} är borttaget; skriv dit det igen om arbetet inte fortsätter",)
            yield Swap((*self.at, "effektmål", "slut"), notes=notes)
        if "ändringar" in self.tree:
            yield Swap((*self.at, "ändringar"))

    def _name(self, period: Tree) -> str | None:
        """What its own period is called a move later, unless the new plan cuts it short."""
        name = self.move.name(period) if isinstance(period, str) else None
        days = parse_period(name) if name else None
        return name if isinstance(days, str) or days == self.span else None

    def _day(self, day: date) -> str:
        """A day moved; one of the commitment's own days stays inside it, also where months or periods differ in length."""
        moved = self.move.day(day)
        return str(min(max(moved, self.span.first), self.span.last) if day in self.commitment.span else moved)

    def _target(self, path: TreePath, target: Target, level: tuple[Number, date] | None) -> Iterator[Edit]:
        if target.due is not None:
            yield Put((*path, "klart"), self._day(target.due))
        for period, _ in target.phasing.by_period if target.phasing is not None else ():
            name = period if isinstance(period, str) else period_name(period)
            if later := self.move.name(name):
                yield Put((*path, "fördelning", name), later, on_key=True)
        if level is not None and target.baseline is not None:
            value, day = level
            said = _as_promised(target, value)
            yield Put((*path, "baslinje", "värde"), f'"{said}"' if "," in said else said)
            if target.baseline.day is not None:
                yield Put((*path, "baslinje", "datum"), str(day))
            else:
                yield Add((*path, "baslinje", "värde"), f"datum: {day}")

    def _pauses(self) -> Iterator[Edit]:
        if self.commitment.pauses:
            yield Note((*self.at, "pauser"), (f"pauser: kontrollera dagarna, de är flyttade från {self.plan.id}",))
        for at, pause in enumerate(self.commitment.pauses):
            yield Put((*self.at, "pauser", at, "från"), self._day(pause.first))
            yield Put((*self.at, "pauser", at, "till"), self._day(pause.last))

    def _steps(self, undone: set[str]) -> Iterator[Edit]:
        for at, step in enumerate(self.commitment.steps):
            if step.id in undone:
                yield Note((*self.at, "moment", at), (f"{step.id}: inte gjort {period_name(self.move.old)}",))
            if step.due is not None:
                yield Put((*self.at, "moment", at, "senast"), self._day(step.due))

    def _rota(self, days: Sequence[date]) -> Iterator[Edit]:
        """Planned dates fall on other weekdays in the new period; only what was moved there is known."""
        old = bool(self.commitment.rota)
        entry = f"tillfällen: [{', '.join(map(str, days))}]" if days else ""
        if old and not days:
            yield Swap((*self.at, "tillfällen"), notes=("tillfällen: fyll i den nya periodens dagar",))
        elif days:
            note = f"tillfällen: flyttade hit från {self.plan.id}; fyll på med den nya periodens dagar"
            reporting = self.commitment.reporting
            if not old and not (reporting is not None and reporting.every):
                note += ". Med raden väntas en rapport för varje dag i den, i stället för en vid varje avläsning"
            if "tillfällen" in self.tree:
                yield Swap((*self.at, "tillfällen"), entry, (note,))
            else:
                below = (*self.at, next((name for name in _AFTER_ROTA if name in self.tree), "parter"))
                yield Note(below, (note,))
                yield Add(below, entry)


def _as_promised(target: Target, level: Number) -> str:
    """A level as it is written beside its target: in percent, as a length of time in its largest whole unit, or bare."""
    if target.share:
        return f"{written(exact(Fraction(level) * 100))} %"
    if not target.counts.an_hour:
        return written(level)
    seconds = exact(Fraction(level) * 3600 / target.counts.an_hour)
    size, unit = next((size, unit) for size, unit in ((3600, "tim"), (60, "min"), (1, "s")) if unit == "s" or not seconds % size)
    return f"{written(exact(Fraction(seconds) / size))} {unit}"
