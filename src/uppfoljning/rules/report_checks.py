"""Checks of one quick report against its plan and form; what is sound becomes an entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Any, NamedTuple

from uppfoljning.domain.entry import Entry
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Form, figure_of, parse_answer
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.plan import Commitment, Plan, Step
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, MOVED, NOTHING_HAPPENED, QuickReport, no_day
from uppfoljning.domain.schema import NOTHING
from uppfoljning.rules import finding_sink as refs
from uppfoljning.rules.finding_sink import FindingSink


class ReportContext(NamedTuple):
    """What a report belongs to, and what of it every report is checked against.

    `steps` are the moments by id, `parts` the fields that are a part of another field, `required` those that must be
    answered, `within` the fields of each pair of moments that a target counts the time between, `shares` those of each part and
    whole that a target divides.
    """

    plan: Plan
    commitment: Commitment
    form: Form | None
    steps: Mapping[str, Step]
    parts: tuple[tuple[str, str], ...]
    required: tuple[str, ...]
    within: tuple[tuple[str, str], ...]
    shares: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, plan: Plan, commitment: Commitment, form: Form | None) -> ReportContext:
        """The home of a commitment's reports."""
        fields = {} if form is None else form.fields
        return cls(
            plan,
            commitment,
            form,
            steps={step.id: step for step in commitment.steps},
            parts=tuple((name, field.part_of) for name, field in fields.items() if field.part_of),
            required=() if form is None else tuple(form.required),
            within=tuple(
                (target.counts.field, target.counts.other) for target in commitment.targets if target.counts.kind == "inom"
            ),
            shares=tuple(
                (target.counts.field, target.counts.other) for target in commitment.targets if target.counts.kind == "andel"
            ),
        )


def check_report(report: QuickReport, id: str, home: ReportContext, unread: AbstractSet[str], out: FindingSink) -> Entry | None:
    """The entry of a report, or None when its days cannot be told. Every problem is collected.

    `unread` are the keys with a fault that is already noted: what is missing only because of it is not noted too.
    """
    _check_names(report, home, out)
    if "läge" not in unread:
        _check_state(report, unread, out)
    span = _span(report, home, out) if unread.isdisjoint(("datum", "period", "läge")) else None
    facts = _facts(report, home, out)
    if report.steps:
        _check_steps(report, home.steps, out)
    if span is None:
        return None
    _check_handed_in(report, span, out)
    _check_clock(report, out)
    if home.parts:
        _check_parts(home.parts, facts, out)
    if home.form is not None:
        _check_content(report, home.form, home.required, facts, unread, out)
    if home.within:
        _check_within(home.within, facts, out)
    if home.shares:
        _check_shares(home.shares, home.parts, facts, out)
    at = () if out.record is None else (out.record,)
    return Entry(id, out.file, at, report, span, report.parties or home.commitment.parties, facts)


def _check_names(report: QuickReport, home: ReportContext, out: FindingSink) -> None:
    plan = home.plan
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
    for position, deviation in enumerate(report.deviations):
        if deviation.step and deviation.step not in home.steps:
            out.say(("avvikelser", position, "moment"), refs.unknown("R309", deviation.step, home.steps))


def _check_state(report: QuickReport, unread: AbstractSet[str], out: FindingSink) -> None:
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


def _span(report: QuickReport, home: ReportContext, out: FindingSink) -> Period | None:
    whole = home.commitment.span
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
        if out.say(("period",), refs.term(home.plan, report.period)):
            return None
        span = home.plan.terms[report.period]
    else:
        span = report.period
    if not whole.covers(span):
        remedy = f"åtagandet gäller {period_name(whole)}; en total ska ligga inom det"
        out.say(("period",), Problem("D407", "perioden ligger inte i åtagandets", remedy))
        return None
    return span


_LONGEST = 18 * 60
"""Minutes past which an occasion is more likely to have its end before its beginning; a night is at most half a day."""


def _check_clock(report: QuickReport, out: FindingSink) -> None:
    if report.start is None or report.end is None or report.period is not None:
        return
    lasted = (report.end - report.start) % (24 * 60)
    if lasted > _LONGEST:
        message = f"slut är före start, så tillfället varade {lasted // 60} timmar"
        out.say(("slut",), Problem("D410", message, "byt plats på start och slut, eller rätta ett av dem"))


def _check_handed_in(report: QuickReport, span: Period, out: FindingSink) -> None:
    if report.submitted is not None and report.state == CARRIED_OUT and report.submitted < span.last:
        when = "tillfället" if report.day is not None else "periodens slut"
        out.say(("inlämnad",), Problem("D408", f"rapporten är inlämnad före {when}", "rätta inlämnad, datum eller period"))


def _facts(report: QuickReport, home: ReportContext, out: FindingSink) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    form = home.form
    if form is None and home.commitment.form:
        return facts
    fields = NOTHING if form is None else form.fields
    total = report.period is not None
    for name, raw in report.facts.items():
        field = fields.get(name)
        if field is None:
            out.say(("uppgifter", name), refs.field(form, name), on_key=True)
        elif raw is not None and field.type:
            answer = parse_answer(field, raw, total=total)
            if isinstance(answer, Problem):
                out.say(("uppgifter", name), answer)
            else:
                facts[name] = answer
    return facts


def _check_shares(
    shares: Sequence[tuple[str, str]], parts: Sequence[tuple[str, str]], facts: Mapping[str, Any], out: FindingSink
) -> None:
    """A share of more than all; what the form itself calls a part is an error already."""
    for name, other in dict.fromkeys(shares):
        if name in facts and other in facts and (name, other) not in parts:
            part, whole = figure_of(facts[name]), figure_of(facts[other])
            if part is not None and whole is not None and not whole.certainty and part.value > whole.value:
                message = f"{name} är större än {other}, så andelen blir över 100 %"
                out.say(("uppgifter", name), Problem("T508", message, "rätta en av siffrorna"))


def _check_steps(report: QuickReport, known: Mapping[str, Step], out: FindingSink) -> None:
    for name, answer in report.steps.items():
        if name not in known:
            out.say(("moment", name), refs.unknown("R309", name, known), on_key=True)
        elif isinstance(answer, int) and report.period is None:
            problem = Problem("S117", "ett tillfälle svarar ja, nej eller ej aktuellt", "skriv ja om momentet gjordes")
            out.say(("moment", name), problem)


def _check_parts(parts: Sequence[tuple[str, str]], facts: Mapping[str, Any], out: FindingSink) -> None:
    for name, other in parts:
        if name in facts and other in facts:
            part, whole = figure_of(facts[name]), figure_of(facts[other])
            if part is not None and whole is not None and not whole.certainty and part.value > whole.value:
                remedy = f"{name} ingår i {other} och kan högst vara lika stort"
                out.say(("uppgifter", name), Problem("T502", f"{name} är större än {other}", remedy))


def _check_content(
    report: QuickReport, form: Form, required: Sequence[str], facts: Mapping[str, Any], unread: AbstractSet[str], out: FindingSink
) -> None:
    """What a carried-out occasion should hold: the required answers and the least crew."""
    if report.state != CARRIED_OUT or report.day is None:
        return
    missing = [name for name in required if name not in facts and name not in report.facts]
    if missing and "uppgifter" not in unread and report.facts.keys() <= form.fields.keys():
        for name in missing:
            question = form.fields[name].question
            remedy = f"svara på frågan: {question}" if question else f"lägg till {name}: under uppgifter:"
            out.say(("uppgifter", name), Problem("M701", f"{name} saknas", remedy))
    for name, least in form.least_crew.items():
        if report.functions.get(name, least) < least and not report.deviations:
            problem = Problem(
                "M704", f"färre än {least} {name}", "skriv varför under avvikelser: om det var så, annars rätta antalet"
            )
            out.say(("funktioner", name), problem)


def _check_within(within: Sequence[tuple[str, str]], facts: Mapping[str, Any], out: FindingSink) -> None:
    for first, last in within:
        begun, ended = facts.get(first), facts.get(last)
        if isinstance(begun, datetime) and isinstance(ended, datetime) and ended < begun:
            out.say(("uppgifter", last), Problem("D409", f"{last} är före {first}", "rätta en av tidpunkterna"))
