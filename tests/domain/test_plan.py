from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domain.refusals import assert_refused, codes
from uppfoljning.domain.clock import Window
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.plan import DAYS_OF_GRACE, Commitment, Function, Pause, Plan, Reporting, Step, read_period
from uppfoljning.domain.schema import REFUSED, FieldProblem, read
from uppfoljning.domain.target import WITHOUT_NUMBER

HALF = Period(date(2026, 1, 1), date(2026, 6, 30))
COMMITMENT: dict[str, Tree] = {"id": "a", "titel": "Ett åtagande", "parter": ["polisen", "kommunen"]}
PLAN: dict[str, Tree] = {
    "plan": "p",
    "titel": "Planen",
    "period": "2026",
    "parter": {"polisen": "Polisen", "kommunen": "Kommunen"},
}


def plan_of(extra: dict[str, Tree]) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    return read(Plan, {**PLAN, **extra}, (), out), out


def commitment_of(extra: dict[str, Tree]) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    return read(Commitment, {**COMMITMENT, **extra}, (), out), out


def commitment(**values: Any) -> Commitment:
    return Commitment.make(**{"id": "a", "title": "A", "parties": ("polisen", "kommunen"), **values})


@pytest.mark.parametrize(
    ("tree", "period"),
    [
        pytest.param("2026-H1", HALF, id="a name"),
        pytest.param({"från": "2026-01-01", "till": "2026-06-30"}, HALF, id="first and last day"),
        pytest.param({"från": "2026-03-06", "till": "2026-03-06"}, Period(date(2026, 3, 6), date(2026, 3, 6)), id="one day"),
        pytest.param("VT2026", TermName("VT2026"), id="a term"),
    ],
)
def test_a_period(tree: Tree, period: Period | TermName) -> None:
    out: list[FieldProblem] = []
    assert read_period(tree, (), out) == period
    assert out == []


@pytest.mark.parametrize(
    ("tree", "path", "code", "says"),
    [
        pytest.param("mars", (), "S106", "ingen period", id="no period"),
        pytest.param({"från": "2026-03-02", "till": "2026-03-01"}, ("till",), "S106", "slutar innan den börjar", id="backwards"),
        pytest.param({"från": "2026-03-02"}, (), "S102", "nyckeln till saknas", id="no last day"),
        pytest.param({"från": "2026-02-30", "till": "2026-03-01"}, ("från",), "S105", "går från 01 till 28", id="no such day"),
        pytest.param(["2026-03-01", "2026-03-02"], (), "S103", "nycklar med värden", id="a list"),
    ],
)
def test_no_period(tree: Tree, path: tuple[str, ...], code: str, says: str) -> None:
    out: list[FieldProblem] = []
    assert read_period(tree, (), out) is REFUSED
    assert codes(out) == [(path, code)]
    assert_refused(out[0][2], code, says)


def test_the_plan_of_the_format() -> None:
    plan, out = plan_of(
        {
            "typ": "åtgärdsplan",
            "avläsningar": ["2026-04-30", "2026-08-31"],
            "kommun": "0180",
            "beslut": {"datum": "2025-12-10", "referens": "KS 2025/123", "version": "v1"},
            "källor": ["https://example.org/plan"],
            "funktioner": {"kommunpolis": {"titel": "Kommunpolis", "part": "polisen"}},
            "platser": {"centrum": "Centrum"},
            "orsaker": {"1": "Alkohol på krogar"},
            "terminer": {"VT2026": ["2026-01-08", "2026-06-12"]},
            "åtaganden": [COMMITMENT],
        }
    )
    assert out == []
    assert plan.kind == "åtgärdsplan"
    assert plan.readings == (date(2026, 4, 30), date(2026, 8, 31))
    assert plan.municipality == "0180"
    assert (plan.decision.day, plan.decision.reference, plan.decision.version) == (date(2025, 12, 10), "KS 2025/123", "v1")
    assert plan.sources == ("https://example.org/plan",)
    assert plan.functions == {"kommunpolis": Function(title="Kommunpolis", party="polisen")}
    assert (plan.places, plan.causes) == ({"centrum": "Centrum"}, {"1": "Alkohol på krogar"})
    assert plan.terms == {"VT2026": Period(date(2026, 1, 8), date(2026, 6, 12))}
    assert [one.id for one in plan.commitments] == ["a"]
    assert plan.span == Period(date(2026, 1, 1), date(2026, 12, 31))


def test_a_plan_needs_little() -> None:
    plan, out = plan_of({})
    assert out == []
    assert (plan.kind, plan.commitments, plan.decision, dict(plan.functions)) == ("annan", (), None, {})


def test_everyone_is_called_by_name() -> None:
    plan, _ = plan_of({"funktioner": {"kommunpolis": {"titel": "Kommunpolis", "part": "polisen"}}})
    assert [plan.name_of(who) for who in ("kommunpolis", "polisen", "okänd")] == ["Kommunpolis", "Polisen", "okänd"]


def test_a_term_has_no_days_before_the_plan_is_settled() -> None:
    plan, _ = plan_of({"period": "VT2026"})
    assert plan.period == "VT2026"
    with pytest.raises(AssertionError):
        _ = plan.span
    with pytest.raises(AssertionError):
        _ = commitment().span
    assert commitment(period=HALF).span == HALF


@pytest.mark.parametrize(
    ("extra", "path", "code", "says"),
    [
        pytest.param({"typ": "avtal"}, ("typ",), "S120", "avtal är inget av", id="kind"),
        pytest.param({"avläsningar": ["april"]}, ("avläsningar", 0), "S105", "inget datum", id="reading"),
        pytest.param({"kommun": "180"}, ("kommun",), "S118", "0180", id="municipality"),
        pytest.param({"beslut": {"referens": "KS 1"}}, ("beslut",), "S102", "datum", id="a decision without a day"),
        pytest.param({"källor": ["example.org"]}, ("källor", 0), "S119", "https://", id="source"),
        pytest.param({"parter": {"Polisen": "Polisen"}}, ("parter", "Polisen"), "S116", "skriv polisen", id="party"),
        pytest.param({"funktioner": {"a": {"titel": "A"}}}, ("funktioner", "a"), "S102", "part", id="a function without a party"),
        pytest.param(
            {"terminer": {"VT2026": ["2026-01-08"]}}, ("terminer", "VT2026"), "S106", "första och en sista dag", id="half a term"
        ),
        pytest.param(
            {"terminer": {"VT2026": ["2026-06-12", "2026-01-08"]}}, ("terminer", "VT2026"), "S106", "[2026-01-08", id="backwards"
        ),
        pytest.param({"terminer": {"VT2026": "våren"}}, ("terminer", "VT2026"), "S103", "lista", id="a term in words"),
        pytest.param({"åtaganden": {"a": {}}}, ("åtaganden",), "S103", "streck", id="commitments as a mapping"),
        pytest.param({"åtagande": []}, ("åtagande",), "S101", "menade du åtaganden?", id="misspelt"),
    ],
)
def test_what_a_plan_does_not_take(extra: dict[str, Tree], path: tuple[str | int, ...], code: str, says: str) -> None:
    plan, out = plan_of(extra)
    assert codes(out) == [(path, code)]
    assert_refused(out[0][2], code, says)
    assert isinstance(plan, Plan)


@pytest.mark.parametrize("name", ["plan", "titel", "period", "parter"])
def test_what_a_plan_must_have(name: str) -> None:
    out: list[FieldProblem] = []
    assert read(Plan, {key: value for key, value in PLAN.items() if key != name}, (), out) is REFUSED
    assert codes(out) == [((), "S102")]
    assert_refused(out[0][2], "S102", f"nyckeln {name} saknas")


def test_a_commitment_needs_little() -> None:
    found, out = commitment_of({})
    assert out == []
    assert found.targets == (WITHOUT_NUMBER,)
    assert (found.period, found.steps, found.grace) == (None, (), DAYS_OF_GRACE)


def test_the_commitment_of_the_format() -> None:
    found, out = commitment_of(
        {
            "ansvarig": "kommunpolis",
            "orsaker": ["1"],
            "val": "Därför",
            "syfte": "Det här",
            "arbetssätt": "Så här",
            "mål": {"minst": "24"},
            "period": "2026-H1",
            "pauser": [{"från": "2026-07-01", "till": "2026-07-31", "skäl": "resurser", "varför": "Semester"}],
            "moment": [
                {"id": "urval", "titel": "Välj", "ansvarig": "kommunpolis", "senast": "2026-01-31"},
                {"id": "protokoll", "titel": "Skriv", "varje": "tillfälle"},
            ],
            "snabbrapport": "krogtillsyn",
            "uppföljning": {"rapporteras": "månad", "anstånd": "0", "rapportör": "kommunpolis"},
            "förväntan": {"veckodagar": ["fre", "lör"], "tid": "20:00–02:00", "funktioner": ["kommunpolis"]},
            "effektmål": {
                "text": "Färre",
                "indikator": "i",
                "riktning": "minska",
                "insats": ["a"],
                "jämförelse": ["b"],
                "buffert": ["c"],
            },
            "tillfällen": ["2026-03-06"],
            "ändringar": [{"datum": "2026-05-04", "vad": "mål", "före": "minst 24", "efter": "minst 18", "skäl": "resurser"}],
        }
    )
    assert out == []
    assert (found.responsible, found.causes, found.form, found.rota) == (
        "kommunpolis",
        ("1",),
        "krogtillsyn",
        (date(2026, 3, 6),),
    )
    assert (found.choice, found.purpose, found.method) == ("Därför", "Det här", "Så här")
    assert found.span == HALF
    assert found.pauses == (Pause(first=date(2026, 7, 1), last=date(2026, 7, 31), reason="resurser", why="Semester"),)
    assert [step.each_occasion for step in found.steps] == [False, True]
    assert [step.id for step in found.one_off_steps] == ["urval"]
    assert found.steps[0].due == date(2026, 1, 31)
    assert (found.reporting.every, found.grace, found.reporter) == ("månad", 0, "kommunpolis")
    assert (found.expectation.weekdays, found.expectation.window) == ((4, 5), Window(1200, 120))
    assert (found.outcome_goal.direction, found.outcome_goal.treated, found.outcome_goal.buffer) == ("minska", ("a",), ("c",))
    assert (found.amendments[0].before, found.amendments[0].after) == ("minst 24", "minst 18")


@pytest.mark.parametrize(
    ("extra", "path", "code"),
    [
        pytest.param({"parter": "polisen"}, ("parter",), "S103", id="one party as a text"),
        pytest.param({"id": "A"}, ("id",), "S116", id="id"),
        pytest.param({"titel": "  "}, ("titel",), "S115", id="blank title"),
    ],
)
def test_a_commitment_that_is_refused_whole(extra: dict[str, Tree], path: tuple[str, ...], code: str) -> None:
    found, out = commitment_of(extra)
    assert found is REFUSED
    assert codes(out) == [(path, code)]


@pytest.mark.parametrize(
    ("extra", "path", "code"),
    [
        pytest.param({"mål": {"minst": "0"}}, ("mål", "minst"), "P205", id="target"),
        pytest.param({"period": "mars"}, ("period",), "S106", id="period"),
        pytest.param({"pauser": [{"från": "2026-07-01"}]}, ("pauser", 0), "S102", id="a pause without an end"),
        pytest.param(
            {"pauser": [{"från": "2026-07-01", "till": "2026-07-02", "skäl": "x"}]}, ("pauser", 0, "skäl"), "S120", id="reason"
        ),
        pytest.param(
            {"moment": [{"id": "a", "titel": "A", "varje": "vecka"}]}, ("moment", 0, "varje"), "S120", id="a step every week"
        ),
        pytest.param({"uppföljning": {"anstånd": "-1"}}, ("uppföljning", "anstånd"), "S109", id="negative grace"),
        pytest.param({"uppföljning": {"rapporteras": "ibland"}}, ("uppföljning", "rapporteras"), "S120", id="how often"),
        pytest.param({"förväntan": {"tid": "kväll"}}, ("förväntan", "tid"), "S114", id="expected hours"),
        pytest.param({"effektmål": {"riktning": "minska"}}, ("effektmål",), "S102", id="an outcome goal without a text"),
        pytest.param({"effektmål": {"text": "x", "riktning": "upp"}}, ("effektmål", "riktning"), "S120", id="direction"),
        pytest.param(
            {"ändringar": [{"datum": "2026-05-04", "vad": "mål"}]}, ("ändringar", 0), "S102", id="a change without a reason"
        ),
    ],
)
def test_a_commitment_is_kept_without_what_cannot_be_read(extra: dict[str, Tree], path: tuple[str | int, ...], code: str) -> None:
    found, out = commitment_of(extra)
    assert isinstance(found, Commitment)
    assert codes(out) == [(path, code)]


@pytest.mark.parametrize(
    ("values", "reporter"),
    [
        pytest.param({}, "polisen", id="the first party"),
        pytest.param({"responsible": "samordnare"}, "samordnare", id="the responsible"),
        pytest.param(
            {"responsible": "samordnare", "reporting": Reporting.make(every="månad")}, "samordnare", id="reporting says no one"
        ),
        pytest.param(
            {"responsible": "samordnare", "reporting": Reporting.make(reporter="fältare")},
            "fältare",
            id="the one who is to report",
        ),
    ],
)
def test_who_is_to_report(values: dict[str, Any], reporter: str) -> None:
    assert commitment(**values).reporter == reporter


def test_a_pause_that_ends_before_it_begins_is_no_pause() -> None:
    right = Pause(first=date(2026, 7, 1), last=date(2026, 7, 1))
    wrong = Pause(first=date(2026, 7, 2), last=date(2026, 7, 1))
    assert commitment(pauses=(wrong, right)).paused == [Period(date(2026, 7, 1), date(2026, 7, 1))]


def test_a_step_is_done_once_unless_it_says_otherwise() -> None:
    assert not Step.make(id="a", title="A").each_occasion
    assert Step.make(id="a", title="A", every="tillfälle").each_occasion
