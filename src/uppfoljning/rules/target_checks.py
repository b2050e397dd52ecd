"""Checks of targets against their commitment: fields that exist and can be summed, phasing that sums, terms that are dated."""

from __future__ import annotations

from datetime import date

from uppfoljning.domain.calendar import sub_period_count
from uppfoljning.domain.finding import Problem, TreePath
from uppfoljning.domain.form import SUMMABLE, Form
from uppfoljning.domain.number import written
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.target import Target
from uppfoljning.rules import references as refs
from uppfoljning.rules.finding_sink import FindingSink

_IN_A_YEAR = {"månad": 12, "kvartal": 4, "tertial": 3, "halvår": 2, "termin": 2, "år": 1}


ALWAYS = Period(date.min, date.max)
"""The days of what has none that can be told; nothing is said of what would depend on them."""


def check_targets(plan: Plan, commitment: Commitment, form: Form | None, at: TreePath, out: FindingSink, *, listed: bool) -> None:
    """Every target of a commitment; `listed` says that they are written as a list."""
    for position, target in enumerate(commitment.targets):
        here = (*at, "mål", position) if listed else (*at, "mål")
        _check_counts(target, form, here, out)
        _check_condition(plan, target, form, here, out)
        if target.phasing is not None and commitment.span != ALWAYS:
            _check_phasing(plan, commitment, target, here, out)
        if "termin" in (target.per, target.every) and not plan.terms:
            remedy = "lägg till terminer: {VT2026: [2026-01-08, 2026-06-12]} i planen"
            out.say(here, Problem("R311", "planen säger inte när terminerna börjar och slutar", remedy))


def _check_counts(target: Target, form: Form | None, here: TreePath, out: FindingSink) -> None:
    counts = target.counts
    paths: dict[str, tuple[TreePath, ...]] = {
        "fält": ((*here, "räknar"),),
        "unika": ((*here, "räknar", "unika"),),
        "andel": ((*here, "räknar", "täljare"), (*here, "räknar", "nämnare")),
        "inom": ((*here, "räknar", "av", 0), (*here, "räknar", "av", 1)),
        "tillfällen": (),
    }
    for name, path in zip(counts.fields, paths[counts.kind], strict=False):
        if out.say(path, refs.field(form, name)) or form is None:
            continue
        kind = form.fields[name].type
        if not kind:
            continue
        if counts.kind == "inom" and kind != "tidpunkt":
            out.say(path, Problem("P215", f"fältet {name} är ingen tidpunkt", "ändra fältets typ till tidpunkt i blanketten"))
        elif counts.kind in ("fält", "andel") and kind not in SUMMABLE:
            remedy = "räkna ett fält av typen " + ", ".join(SUMMABLE)
            out.say(path, Problem("P215", f"fältet {name} har typen {kind} och går inte att summera", remedy))


def _check_condition(plan: Plan, target: Target, form: Form | None, here: TreePath, out: FindingSink) -> None:
    condition = target.condition
    if condition is None:
        return
    for position, place in enumerate(condition.places):
        out.say((*here, "villkor", "platser", position), refs.place(plan, place))
    for name in condition.functions:
        out.say((*here, "villkor", "funktioner", name), refs.function(plan, name), on_key=True)
    for name in condition.facts:
        out.say((*here, "villkor", "uppgifter", name), refs.field(form, name), on_key=True)


def _check_phasing(plan: Plan, commitment: Commitment, target: Target, here: TreePath, out: FindingSink) -> None:
    phasing = target.phasing
    assert phasing is not None and target.value is not None
    path = (*here, "fördelning")
    if not phasing.kind:
        for name, _ in phasing.by_period:
            days = plan.terms.get(name) if isinstance(name, str) else name
            if isinstance(name, str) and out.say(path, refs.term(plan, name)):
                continue
            if isinstance(days, Period) and not commitment.span.overlaps(days):
                problem = Problem("D405", "en period i fördelningen ligger utanför åtagandet", "rätta eller ta bort den")
                out.say(path, problem)
        total = phasing.total
    else:
        wanted = _IN_A_YEAR[phasing.kind]
        if len(phasing.shares) != wanted:
            problem = Problem(
                "P216", f"fördelningen ska ha {wanted} tal, ett för varje {phasing.kind}", "skriv 0 där inget väntas"
            )
            out.say((*path, phasing.kind), problem)
            return
        years = sub_period_count("år", commitment.span, plan.terms)
        total = phasing.total * (years.numerator if years.denominator == 1 and not target.per else 1)
    if total != target.value:
        problem = Problem(
            "T501", f"fördelningen blir {written(total)}, målet är {written(target.value)}", "rätta fördelningen eller målet"
        )
        out.say(path, problem)
