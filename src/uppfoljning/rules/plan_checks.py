"""Checks of one plan: its references, its dates, and what its promises lack."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Protocol, TypeVar

from uppfoljning.domain.amendment import GONE, says, stated
from uppfoljning.domain.consolidation import rings
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.form import SUMMABLE, Form
from uppfoljning.domain.indicator import Indicator, first_overlapping
from uppfoljning.domain.number import written as number_written
from uppfoljning.domain.period import Period, TermName, days_of, parse_period, period_name, sub_period_count, sub_periods
from uppfoljning.domain.plan import Amendment, Commitment, OutcomeGoal, Plan
from uppfoljning.domain.plan_history import POINTER, WHOLE
from uppfoljning.domain.schema import sparing, suggestion
from uppfoljning.domain.target import UNSAID, WITHOUT_NUMBER, Target
from uppfoljning.files.text import ascii_name
from uppfoljning.rules import finding_sink as refs
from uppfoljning.rules.finding_sink import FindingSink

# Checks of the logged changes of a plan: each says what was changed, and the last word on a thing is what the plan now says.


_PARTS = ("mål", "moment")
"""What a commitment has several of, so that one of them can be gone from the plan and still be named in the log."""


def check_amendments(commitment: Commitment, at: TreePath, out: FindingSink) -> None:
    """Every logged change of a commitment whose log could be read whole."""
    amendments = commitment.amendments
    known = dict.fromkeys(_named(commitment))
    last = _last(amendments)
    for position, amendment in enumerate(amendments):
        here = (*at, "ändringar", position)
        if amendment.what not in known:
            if amendment.after != GONE or amendment.what.partition(".")[0] not in _PARTS:
                message = f"ändringen gäller {amendment.what}, som inte finns i åtagandet"
                out.say((*here, "vad"), Problem("R318", message, suggestion(amendment.what, known)))
        elif position == last[amendment.what] and not says(amendment.after, amendment.what, commitment):
            out.say((*here, "efter"), _other(amendment, stated(amendment.what, commitment)))


def check_plan_amendments(plan: Plan, out: FindingSink) -> None:
    """Every change logged on the plan itself: of its own keys, and of commitments that are no longer there."""
    kept = {one.id for one in plan.commitments}
    known = [*(name for name in Plan.KEYS if name not in ("plan", "åtaganden", "ändringar")), POINTER]
    last = _last(plan.amendments)
    for position, amendment in enumerate(plan.amendments):
        here: TreePath = ("ändringar", position)
        head, dot, name = amendment.what.partition(".")
        if head == WHOLE and dot:
            if name in kept:
                message = f"åtagandet {name} finns kvar i planen"
                remedy = "logga ändringen på åtagandet, eller ta bort det ur planen"
                out.say((*here, "vad"), Problem("R318", message, remedy))
        elif amendment.what not in known:
            message = f"ändringen gäller {amendment.what}, som inte står på planen"
            remedy = suggestion(amendment.what, [*known, f"{WHOLE}.<id>"])
            out.say((*here, "vad"), Problem("R318", message, remedy))
        elif amendment.what == "period" and position == last["period"] and _differs(amendment.after, plan.span):
            out.say((*here, "efter"), _other(amendment, period_name(plan.span)))


def _differs(after: str, span: Period) -> bool:
    return bool(after) and parse_period(after) != span


def _other(amendment: Amendment, now: str) -> Problem:
    message = f"ändringen slutar i {amendment.after}, men planen säger {now}"
    return Problem("P219", message, "rätta planen, eller logga även den senare ändringen med skäl")


def _named(commitment: Commitment) -> list[str]:
    """What an amendment can be about."""
    targets = ["mål"] if len(commitment.targets) == 1 else []
    targets += [f"mål.{target.id}" for target in commitment.targets if target.id is not None]
    steps = [f"moment.{step.id}" for step in commitment.steps]
    own = [name for name in Commitment.KEYS if name not in ("id", "mål", "moment", "ändringar")]
    return [*targets, *steps, WHOLE, *own]


def _last(amendments: Sequence[Amendment]) -> dict[str, int]:
    """The position of the latest entry about each thing."""
    by_day = sorted(range(len(amendments)), key=lambda position: amendments[position].day)
    return {amendments[position].what: position for position in by_day}


# Checks of targets against their commitment: fields that exist and can be summed, phasing that sums, terms that are dated.


_IN_A_YEAR = {"månad": 12, "kvartal": 4, "tertial": 3, "halvår": 2, "termin": 2, "år": 1}


ALWAYS = Period(date.min, date.max)
"""The days of what has none that can be told; nothing is said of what would depend on them."""


def check_targets(plan: Plan, commitment: Commitment, form: Form | None, at: TreePath, out: FindingSink, *, listed: bool) -> None:
    """Every target of a commitment; `listed` says that they are written as a list."""
    for position, target in enumerate(commitment.targets):
        here = (*at, "mål", position) if listed else (*at, "mål")
        _check_counts(target, form, here, out)
        _check_length(target, form, here, out)
        _check_condition(plan, target, form, here, out)
        if target.against:
            better = "högst" if target.falls else "minst"
            where = "under" if target.falls else "över"
            message = f"målet ligger {where} utgångsläget, men säger {target.operator}"
            problem = Problem("P221", message, f"skriv {better} om läget ska {'minska' if target.falls else 'öka'}")
            out.say((*here, target.operator), problem, on_key=True)
        if target.each and commitment.span != ALWAYS and not _has_sub_period(plan, commitment, target):
            problem = Problem(
                "P222", "målet har ingen delperiod i åtagandets tid", "välj en kortare delperiod, eller ta bort varje"
            )
            out.say((*here, "varje"), problem, on_key=True)
        if target.phasing is not None and commitment.span != ALWAYS:
            _check_phasing(plan, commitment, target, here, out)
        if "termin" in (target.per, target.every) and not plan.terms:
            remedy = "lägg till terminer: {VT2026: [2026-01-08, 2026-06-12]} i planen"
            out.say(here, Problem("R311", "planen säger inte när terminerna börjar och slutar", remedy))


def _has_sub_period(plan: Plan, commitment: Commitment, target: Target) -> bool:
    """Whether any sub-period that the target asks for lies in the commitment's days. That terms lack dates is said elsewhere."""
    span, paused = commitment.span, commitment.paused_days
    if target.weekdays:
        return any(day.weekday() in target.weekdays and paused.outside(Period(day, day)) for day in days_of(span))
    if target.every == "termin" and not plan.terms:
        return True
    subs = sub_periods(target.every, span, plan.terms)
    return any(2 * sub.share >= 1 and paused.outside(sub.inside) for sub in subs)


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
        elif counts.kind == "fält" and (kind == "andel" or target.share) and target.stock:
            _check_percentage(target, name, kind, here, out)
        elif counts.kind in ("fält", "andel") and kind not in SUMMABLE:
            remedy = "räkna ett fält av typen " + ", ".join(SUMMABLE)
            out.say(path, Problem("P215", f"fältet {name} har typen {kind} och går inte att summera", remedy))


def _check_percentage(target: Target, name: str, kind: str, here: TreePath, out: FindingSink) -> None:
    """A level in percent is one of a field of percentages, and the other way round."""
    if kind != "andel":
        problem = Problem("P215", f"fältet {name} har typen {kind}, men målet är i procent", "räkna ett fält av typen andel")
        out.say((*here, "räknar"), problem)
    elif not target.share and target.testable and target.value is not None:
        bound = "högst" if target.operator == "högst" else "minst"
        figure = number_written(target.value) if target.operator in ("minst", "högst", "antal") else "75"
        out.say((*here, target.operator), Problem("P206", "målet för en andel skrivs i procent", f"skriv {bound}: {figure} %"))


_HOURS = ("timmar", "timme", "tim", "h")
_SPOKEN = {"min": ("min", "minut", "minuter"), "s": ("s", "sek", "sekund", "sekunder")}


def _check_length(target: Target, form: Form | None, here: TreePath, out: FindingSink) -> None:
    """A target for a length of time says its unit, or a figure of hours would be read as one of something else."""
    if target.counts.kind != "fält" or form is None or not target.testable or target.operator == "klart":
        return
    asked = form.fields.get(target.counts.field)
    if asked is None or not asked.type:
        return
    if target.counts.an_hour and asked.type != "längd":
        message = f"målet är en tid, men fältet {target.counts.field} har typen {asked.type}"
        out.say((*here, "räknar"), Problem("P223", message, "räkna ett fält av typen längd"))
    elif asked.type == "längd" and not target.counts.an_hour and target.unit.casefold() not in _HOURS:
        out.say((*here, target.operator), Problem("P223", "målet för en tid saknar enhet", f"skriv {_with_unit(target)}"))


def _with_unit(target: Target) -> str:
    """The target as it is written with its unit, and without `enhet`."""
    unit = target.unit.casefold()
    word = next((short for short, said in _SPOKEN.items() if unit in said), "")
    ends = [number_written(one) for one in (target.value, target.ceiling) if one is not None]

    def said(unit: str) -> str:
        written = [f"{end} {unit}" for end in ends]
        return f"{target.operator}: " + (f"[{', '.join(written)}]" if len(written) > 1 else "".join(written))

    gone = "" if target.unit == UNSAID else " och ta bort enhet"
    return (said(word) if word else f"{said('min')} eller {said('tim')}") + gone


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
            "T501",
            f"fördelningen blir {number_written(total)}, målet är {number_written(target.value)}",
            "rätta fördelningen eller målet",
        )
        out.say(path, problem)


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


# Checks of a form: choices where they belong, and parts that are parts of a figure in the same form.


def check_form(form: Form, out: FindingSink) -> None:
    """Everything that can be checked in one form."""
    circles = _in_circles(form)
    for name, field in form.fields.items():
        here = ("fält", name)
        if field.type == "val" and not field.choices:
            out.say(here, Problem("P217", "ett val behöver svar att välja bland", "lägg till av: [ett, två]"), on_key=True)
        if field.type != "val" and field.choices:
            problem = Problem(
                "P217", f"svar att välja bland hör till typen val, inte {field.type}", "ändra typ till val eller ta bort av"
            )
            out.say((*here, "av"), problem, on_key=True)
        if not field.part_of:
            continue
        whole = form.fields.get(field.part_of)
        if whole is None:
            out.say((*here, "ingår_i"), refs.unknown("R308", field.part_of, form.fields))
        elif field.part_of == name or name in circles:
            out.say((*here, "ingår_i"), Problem("P218", f"fältet {name} ingår i sig självt", "peka på fältet som är helheten"))
        elif field.type not in SUMMABLE or whole.type not in SUMMABLE:
            out.say((*here, "ingår_i"), Problem("P218", "bara siffror kan ingå i varandra", "ta bort ingår_i"))


def _in_circles(form: Form) -> set[str]:
    """The fields that are, step by step, a part of themselves."""

    def whole(name: str) -> Iterator[str]:
        field = form.fields.get(name)
        if field is not None and field.part_of:
            yield field.part_of

    return {name for group in rings(form.fields, whole) if len(group) > 1 for name in group}
