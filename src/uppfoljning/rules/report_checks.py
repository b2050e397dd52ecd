"""Checks of one quick report against its plan and form; what is sound becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Form, figure_of, parse_answer
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, MOVED, NOTHING_HAPPENED, QuickReport, no_day
from uppfoljning.rules import references as refs
from uppfoljning.rules.collector import Collector


class Home(NamedTuple):
    """What a report belongs to."""

    plan: Plan
    commitment: Commitment
    form: Form | None


def check_report(report: QuickReport, id: str, home: Home, unread: AbstractSet[str], out: Collector) -> Entry | None:
    """The entry of a report, or None when its days cannot be told. Every problem is collected.

    `unread` are the keys with a fault that is already noted: what is missing only because of it is not noted too.
    """
    plan, commitment, form = home.plan, home.commitment, home.form
    _check_names(report, plan, commitment, out)
    if "läge" not in unread:
        _check_state(report, unread, out)
    span = _span(report, plan, commitment, out) if unread.isdisjoint(("datum", "period", "läge")) else None
    facts = _facts(report, commitment, form, out)
    _check_steps(report, commitment, out)
    if span is None:
        return None
    _check_handed_in(report, span, out)
    if form is not None:
        _check_parts(form, facts, out)
        _check_content(report, form, facts, unread, out)
    _check_within(commitment, facts, out)
    at = () if out.record is None else (out.record,)
    return Entry(id, out.file, at, report, span, report.parties or commitment.parties, facts)


def _check_names(report: QuickReport, plan: Plan, commitment: Commitment, out: Collector) -> None:
    for position, word in enumerate(report.parties):
        if word not in plan.parties:
            out.say(("parter", position), refs.party(plan, word))
    several = len(report.places) > 1
    for position, word in enumerate(report.places):
        if word not in plan.places:
            out.say(("plats", position) if several else ("plats",), refs.place(plan, word))
    for word in report.functions:
        if word not in plan.functions:
            out.say(("funktioner", word), refs.function(plan, word), on_key=True)
    if report.reporter:
        out.say(("rapportör",), refs.party_or_function(plan, report.reporter))
    for position, observation in enumerate(report.observations):
        if observation.responsible:
            out.say(("iakttagelser", position, "ansvarig"), refs.party_or_function(plan, observation.responsible))
    steps = [step.id for step in commitment.steps]
    for position, deviation in enumerate(report.deviations):
        if deviation.step and deviation.step not in steps:
            out.say(("avvikelser", position, "moment"), refs.unknown("R309", deviation.step, steps))


def _check_state(report: QuickReport, unread: AbstractSet[str], out: Collector) -> None:
    """What each `läge` asks for and rules out."""
    if report.state in (CANCELLED, MOVED) and "avvikelser" not in unread:
        if not report.deviations:
            remedy = "lägg till avvikelser: med vad, skäl och varför"
            out.say(("läge",), Problem("M711", f"{report.state} utan skäl", remedy))
        for position, deviation in enumerate(report.deviations):
            if not deviation.reason:
                problem = Problem("M711", f"{report.state} utan skäl", "lägg till skäl: med ett av de fasta orden")
                out.say(("avvikelser", position), problem)
    if report.state == MOVED and report.moved_to is None and "flyttad_till" not in unread:
        problem = Problem(
            "M712", "flyttad utan ny dag", "lägg till flyttad_till: med en dag eller period, eller skriv läge: inställd"
        )
        out.say(("läge",), problem)
    if report.state != MOVED and report.moved_to is not None:
        problem = Problem("M713", "flyttad_till hör till läge: flyttad", "lägg till läge: flyttad eller ta bort raden")
        out.say(("flyttad_till",), problem, on_key=True)
    if report.state == NOTHING_HAPPENED:
        for name, given in (("antal", report.count), ("uppgifter", report.facts), ("klart", report.done)):
            if given is not None and given != {}:
                problem = Problem("M714", "en nollrapport har inga siffror", f"ta bort {name}; läget säger redan att inget hände")
                out.say((name,), problem, on_key=True)
    if report.state == CARRIED_OUT and report.day is not None and report.count is not None:
        remedy = "ta bort antal, eller skriv period: i stället för datum: när rapporten gäller flera tillfällen"
        out.say(("antal",), Problem("M715", "ett datum är ett tillfälle", remedy), on_key=True)
    if report.done and report.state in (CANCELLED, MOVED):
        out.say(("klart",), Problem("M716", f"{report.state} kan inte vara klart", "ta bort klart"), on_key=True)


def _span(report: QuickReport, plan: Plan, commitment: Commitment, out: Collector) -> Period | None:
    whole = commitment.span
    if report.day is not None and report.period is not None:
        remedy = "behåll datum för ett tillfälle, period för totaler"
        out.say(("period",), Problem("M717", "rapporten har både datum och period", remedy), on_key=True)
        return None
    if report.day is not None:
        if report.state == NOTHING_HAPPENED:
            out.say(
                ("datum",), Problem("M718", "en nollrapport gäller en period", "skriv period: i stället för datum:"), on_key=True
            )
        if report.day not in whole:
            remedy = f"åtagandet gäller {period_name(whole)}; rätta dagen eller åtagandets period"
            out.say(("datum",), Problem("D406", "dagen ligger inte i åtagandets period", remedy))
            return None
        return Period(report.day, report.day)
    if report.period is None:
        out.say(("datum",), no_day(), on_key=True)
        return None
    if isinstance(report.period, str):
        if out.say(("period",), refs.term(plan, report.period)):
            return None
        span = plan.terms[report.period]
    else:
        span = report.period
    if not whole.covers(span):
        remedy = f"åtagandet gäller {period_name(whole)}; en total ska ligga inom det"
        out.say(("period",), Problem("D407", "perioden ligger inte i åtagandets", remedy))
        return None
    return span


def _check_handed_in(report: QuickReport, span: Period, out: Collector) -> None:
    if report.submitted is not None and report.state == CARRIED_OUT and report.submitted < span.last:
        when = "tillfället" if report.day is not None else "periodens slut"
        out.say(("inlämnad",), Problem("D408", f"rapporten är inlämnad före {when}", "rätta inlämnad, datum eller period"))


def _facts(report: QuickReport, commitment: Commitment, form: Form | None, out: Collector) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if form is None and commitment.form:
        return facts
    total = report.period is not None
    for name, raw in report.facts.items():
        if form is None or name not in form.fields:
            out.say(("uppgifter", name), refs.field(form, name), on_key=True)
        elif raw is not None and form.fields[name].type:
            answer = parse_answer(form.fields[name], raw, total=total)
            if isinstance(answer, Problem):
                out.say(("uppgifter", name), answer)
            else:
                facts[name] = answer
    return facts


def _check_steps(report: QuickReport, commitment: Commitment, out: Collector) -> None:
    if report.steps:
        known = [step.id for step in commitment.steps]
        for name, answer in report.steps.items():
            if name not in known:
                out.say(("moment", name), refs.unknown("R309", name, known), on_key=True)
            elif isinstance(answer, int) and report.period is None:
                problem = Problem("S117", "ett tillfälle svarar ja, nej eller ej aktuellt", "skriv ja om momentet gjordes")
                out.say(("moment", name), problem)


def _check_parts(form: Form, facts: Mapping[str, Any], out: Collector) -> None:
    for name, field in form.fields.items():
        if field.part_of and name in facts and field.part_of in facts:
            part, whole = figure_of(facts[name]), figure_of(facts[field.part_of])
            if part is not None and whole is not None and not whole.certainty and part.value > whole.value:
                problem = Problem(
                    "T502",
                    f"{name} är större än {field.part_of}",
                    f"{name} ingår i {field.part_of} och kan högst vara lika stort",
                )
                out.say(("uppgifter", name), problem)


def _check_content(report: QuickReport, form: Form, facts: Mapping[str, Any], unread: AbstractSet[str], out: Collector) -> None:
    """What a carried-out occasion should hold: the required answers and the least crew."""
    if report.state != CARRIED_OUT or report.day is None:
        return
    for name in form.required if "uppgifter" not in unread and report.facts.keys() <= form.fields.keys() else ():
        if name not in facts and name not in report.facts:
            question = form.fields[name].question
            remedy = f"svara på frågan: {question}" if question else f"lägg till {name}: under uppgifter:"
            out.say(("uppgifter", name), Problem("M701", f"{name} saknas", remedy))
    for name, least in form.least_crew.items():
        if report.functions.get(name, least) < least and not report.deviations:
            problem = Problem(
                "M704", f"färre än {least} {name}", "skriv varför under avvikelser: om det var så, annars rätta antalet"
            )
            out.say(("funktioner", name), problem)


def _check_within(commitment: Commitment, facts: Mapping[str, Any], out: Collector) -> None:
    for target in commitment.targets:
        if target.counts.kind == "inom":
            begun, ended = facts.get(target.counts.field), facts.get(target.counts.other)
            if isinstance(begun, datetime) and isinstance(ended, datetime) and ended < begun:
                problem = Problem("D409", f"{target.counts.other} är före {target.counts.field}", "rätta en av tidpunkterna")
                out.say(("uppgifter", target.counts.other), problem)
