"""Checks of one plan: its references, its dates, and what its promises lack."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol, TypeVar

from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.form import Form
from uppfoljning.domain.indicator import Indicator, first_overlapping
from uppfoljning.domain.period import Period, TermName, period_name
from uppfoljning.domain.plan import Commitment, OutcomeGoal, Plan
from uppfoljning.domain.schema import sparing, suggestion
from uppfoljning.domain.target import WITHOUT_NUMBER
from uppfoljning.files.characters import ascii_name
from uppfoljning.rules import references as refs
from uppfoljning.rules.amendment_checks import check_amendments, check_plan_amendments
from uppfoljning.rules.finding_sink import FindingSink
from uppfoljning.rules.target_checks import ALWAYS, check_targets

Known = Callable[[Plan, str], Problem | None]


def settle_plan(plan: Plan, tree: Mapping[str, Tree], out: FindingSink) -> Plan:
    """The plan with every commitment's days settled: its own, else the plan's. Commitments whose days are unknown are dropped."""
    whole = _settle(plan, plan.period, ("period",), out) or ALWAYS
    commitments = []
    for position, _, commitment in _aligned(tree.get("åtaganden"), plan.commitments):
        own = commitment.period
        span = whole if own is None else _settle(plan, own, ("åtaganden", position, "period"), out)
        if span is not None:
            commitments.append(commitment.but(period=span))
    return plan.but(period=whole, commitments=tuple(commitments))


def _settle(plan: Plan, period: Period | TermName, path: TreePath, out: FindingSink) -> Period | None:
    if isinstance(period, Period):
        return period
    out.say(path, refs.term(plan, period))
    return plan.terms.get(period)


@sparing
def check_plan(
    plan: Plan,
    tree: Mapping[str, Tree],
    forms: Mapping[str, Form],
    known_forms: Sequence[str],
    indicators: Described,
    out: FindingSink,
) -> None:
    """Everything that can be checked in a settled plan; `tree` is what it was read from, for places."""
    for name, function in plan.functions.items():
        out.say(("funktioner", name, "part"), refs.party(plan, function.party))
        if name in plan.parties:
            problem = Problem("R312", f"{name} är både part och funktion", "ge rollen ett eget id")
            out.say(("funktioner", name), problem, on_key=True)
    seen: dict[str, int] = {}
    known = set(known_forms)
    for position, written, commitment in _aligned(tree.get("åtaganden"), plan.commitments):
        at: TreePath = ("åtaganden", position)
        if commitment.id in seen:
            problem = Problem("R313", f"åtagandet {commitment.id} finns redan i planen", "ge varje åtagande ett eget id")
            out.say((*at, "id"), problem, also=out.place(("åtaganden", seen[commitment.id], "id")))
        seen.setdefault(commitment.id, position)
        if commitment.form and known.isdisjoint((commitment.form, ascii_name(commitment.form))):
            out.say((*at, "snabbrapport"), refs.unknown("R310", commitment.form, known_forms))
        _check_commitment(plan, commitment, written, forms.get(commitment.form), at, out)
        if commitment.outcome_goal is not None:
            check_goal(commitment.outcome_goal, indicators, (*at, "effektmål"), out)
    changes = tree.get("ändringar")
    if isinstance(changes, list) and len(changes) == len(plan.amendments):
        check_plan_amendments(plan, out)


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


def _aligned(tree: Tree | None, read: Sequence[N]) -> list[tuple[int, dict[str, Tree], N]]:
    """What was read from a list, each with its position and mapping there; what could not be read has left a gap."""
    found: list[tuple[int, dict[str, Tree], N]] = []
    for position, item in enumerate(tree if isinstance(tree, list) else ()):
        if len(found) < len(read) and isinstance(item, dict) and item.get("id") == read[len(found)].id:
            found.append((position, item, read[len(found)]))
    return found


def _check_commitment(
    plan: Plan, commitment: Commitment, tree: dict[str, Tree], form: Form | None, at: TreePath, out: FindingSink
) -> None:
    _all(plan, refs.party, commitment.parties, (*at, "parter"), tree.get("parter"), out)
    if tree.get("parter") == []:
        out.say((*at, "parter"), Problem("S102", "åtagandet har ingen part", "skriv minst en part, som parter: [kommunen]"))
    if commitment.responsible:
        out.say((*at, "ansvarig"), refs.party_or_function(plan, commitment.responsible))
    _all(plan, refs.cause, commitment.causes, (*at, "orsaker"), tree.get("orsaker"), out)
    if commitment.reporting is not None and commitment.reporting.reporter:
        out.say((*at, "uppföljning", "rapportör"), refs.party_or_function(plan, commitment.reporting.reporter))
    if commitment.expectation is not None:
        functions = _under(tree, "förväntan", "funktioner")
        _all(plan, refs.function, commitment.expectation.functions, (*at, "förväntan", "funktioner"), functions, out)
    if (goal := commitment.outcome_goal) is not None:
        for name, places in (("insats", goal.treated), ("jämförelse", goal.comparison), ("buffert", goal.buffer)):
            _all(plan, refs.place, places, (*at, "effektmål", name), _under(tree, "effektmål", name), out)
        if not goal.indicator:
            remedy = "lägg till indikator: när det finns en serie som mäter förändringen"
            out.say((*at, "effektmål"), Problem("M705", "effektmålet har ingen serie att mätas med", remedy), on_key=True)
    _check_steps(plan, commitment, tree, at, out)
    _check_days(plan, commitment, tree, at, out)
    targets = tree.get("mål")
    whole = targets is None or _whole(targets, commitment)
    if whole and not (form is None and commitment.form):
        check_targets(plan, commitment, form, at, out, listed=isinstance(targets, list))
    changes = tree.get("ändringar")
    if whole and isinstance(changes, list) and len(changes) == len(commitment.amendments):
        check_amendments(commitment, at, out)
    _check_documentation(plan, commitment, at, out, whole=whole)


def _whole(tree: Tree, commitment: Commitment) -> bool:
    """Whether all targets could be read, so that their positions are those of the file."""
    return commitment.targets[0] is not WITHOUT_NUMBER and (not isinstance(tree, list) or len(tree) == len(commitment.targets))


def _all(plan: Plan, known: Known, words: Sequence[str], path: TreePath, tree: Tree | None, out: FindingSink) -> None:
    if isinstance(tree, list) and len(tree) == len(words):
        for position, word in enumerate(words):
            out.say((*path, position), known(plan, word))


def _under(tree: Mapping[str, Tree], *names: str) -> Tree | None:
    found: Tree | None = dict(tree)
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found


def _check_steps(plan: Plan, commitment: Commitment, tree: dict[str, Tree], at: TreePath, out: FindingSink) -> None:
    seen: set[str] = set()
    for position, _, step in _aligned(tree.get("moment"), commitment.steps):
        here = (*at, "moment", position)
        if step.id in seen:
            out.say((*here, "id"), Problem("R313", f"momentet {step.id} finns redan", "ge varje moment ett eget id"))
        seen.add(step.id)
        if step.responsible:
            out.say((*here, "ansvarig"), refs.party_or_function(plan, step.responsible))
        if step.each_occasion and step.due is not None:
            problem = Problem("P214", "ett moment vid varje tillfälle har ingen sista dag", "ta bort senast eller varje")
            out.say((*here, "senast"), problem, on_key=True)


def _check_days(plan: Plan, commitment: Commitment, tree: dict[str, Tree], at: TreePath, out: FindingSink) -> None:
    span = commitment.span
    if not plan.span.covers(span):
        problem = Problem("D401", "åtagandets period ligger inte i planens", f"planen gäller {period_name(plan.span)}")
        out.say((*at, "period"), problem)
    pauses = tree.get("pauser")
    for position, pause in enumerate(
        commitment.pauses if isinstance(pauses, list) and len(pauses) == len(commitment.pauses) else ()
    ):
        here = (*at, "pauser", position)
        if pause.last < pause.first:
            out.say((*here, "till"), Problem("S106", "pausen slutar innan den börjar", "byt plats på från och till"))
        elif not span.covers(Period(pause.first, pause.last)):
            problem = Problem("D402", "pausen ligger inte i åtagandets period", f"åtagandet gäller {period_name(span)}")
            out.say((*here, "från" if pause.first not in span else "till"), problem)
    rota = tree.get("tillfällen")
    for position, day in enumerate(commitment.rota):
        if day not in span and isinstance(rota, list) and len(rota) == len(commitment.rota):
            problem = Problem(
                "D403", "det planerade tillfället ligger inte i åtagandets period", f"åtagandet gäller {period_name(span)}"
            )
            out.say((*at, "tillfällen", position), problem)
    for target_position, target in enumerate(commitment.targets):
        if target.due is not None and target.due not in span:
            path = (*at, "mål", target_position, "klart") if isinstance(tree.get("mål"), list) else (*at, "mål", "klart")
            problem = Problem("D404", "dagen ligger inte i åtagandets period", f"åtagandet gäller {period_name(span)}")
            out.say(path, problem)


def _check_documentation(plan: Plan, commitment: Commitment, at: TreePath, out: FindingSink, *, whole: bool) -> None:
    chain = (
        ("orsaker", commitment.causes),
        ("val", commitment.choice),
        ("syfte", commitment.purpose),
        ("arbetssätt", commitment.method),
    )
    missing = [name for name, given in chain if not given]
    if plan.kind == "åtgärdsplan" and missing:
        remedy = "skriv några ord om varje; utan det går det inte att se vad i arbetet som gav resultat"
        out.say((*at, "id"), Problem("M702", f"åtagandet saknar dokumentation: {', '.join(missing)}", remedy))
    if whole and all(not target.testable for target in commitment.targets):
        remedy = "låt det vara så om inget tal är lovat; det räknas inte med i andelen som når målet"
        out.say((*at, "mål"), Problem("M703", "åtagandet har inget mål med tal", remedy), on_key=True)


class Described(Protocol):
    """What is known of the outcome series of a project."""

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The series that are described, by id."""

    @property
    def lost(self) -> AbstractSet[str]:
        """The ids of those whose description could not be read."""


def check_goal(goal: OutcomeGoal, indicators: Described, at: TreePath, out: FindingSink) -> None:
    """An outcome goal against the series it points at. Areas that lie within each other cannot be compared."""
    if goal.indicator and goal.indicator not in indicators.indicators and goal.indicator not in indicators.lost:
        known = indicators.indicators
        near = suggestion(goal.indicator, known) if known else ""
        remedy = near or f"beskriv den i plans/indikatorer/{goal.indicator}.yaml"
        out.say((*at, "indikator"), Problem("R321", f"serien {goal.indicator} finns inte", remedy))
    indicator = indicators.indicators.get(goal.indicator)
    contains: Mapping[str, tuple[str, ...]] = indicator.contains if indicator else {}
    overlapping = first_overlapping(contains, (*goal.treated, *goal.buffer))
    for position, area in enumerate(goal.comparison):
        if (same := overlapping(area)) is not None:
            why = f"{area} är också insats eller buffert" if same == area else f"{area} överlappar {same}"
            remedy = "välj ett område utanför, eller en serie för resten av kommunen där insatsområdet är borträknat"
            out.say((*at, "jämförelse", position), Problem("P220", why, remedy))
