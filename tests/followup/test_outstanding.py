"""What is outstanding: whom it rests on, what counts as missing, late and soon due, and to the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.projects import commitment, make, plan, rows, table
from uppfoljning.followup.documentation import steps_of
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Report, outstanding, party_of, responsible
from uppfoljning.project.load import CheckedProject

FRIDAYS = "tillfällen: [2026-04-03, 2026-04-10, 2026-04-17]"
BY_HOST = "uppföljning: {rapportör: värd}"
ONCE = "moment: [{id: bjud, titel: Bjud in, ansvarig: handläggare, senast: 2026-04-10}]"
EACH = "moment: [{id: samling, titel: Samling, ansvarig: värd, varje: tillfälle}]"


def seen(project: CheckedProject, day: str, period: str = "", party: str = "", function: str = "") -> Overview:
    return outstanding(table(project, day, period), party=party, function=function)


def of(overview: Overview, who: str) -> Outstanding:
    return next(one for one in overview.functions if one.who.id == who)


def ahead(one: Outstanding, *, soon: bool = False) -> list[tuple[str, str, int]]:
    items = one.soon if soon else one.ahead
    return [(item.step.id if isinstance(item, Once) else "rapport", item.due.isoformat(), item.days) for item in items]


# Reports


@pytest.mark.parametrize(
    ("day", "missing", "waiting"),
    [("2026-04-09", [], [1, 8, 15]), ("2026-04-10", [0], [7, 14]), ("2026-04-11", [1], [6, 13]), ("2026-04-24", [14, 7, 0], [])],
)
def test_a_report_is_missing_from_its_due_day_on(day: str, missing: list[int], waiting: list[int]) -> None:
    one = of(seen(make(plan(commitment("{minst: 3}", FRIDAYS, BY_HOST))), day), "värd")
    assert [report.days for report in one.missing] == missing
    assert [item.days for item in one.ahead] == waiting
    assert one.lacking == len(missing)


@pytest.mark.parametrize(("handed_in", "late"), [("2026-04-10", []), ("2026-04-11", [1]), ("2026-05-10", [30])])
def test_a_report_is_late_from_the_day_after_it_was_due(handed_in: str, late: list[int]) -> None:
    project = make(plan(commitment("{minst: 3}", FRIDAYS, BY_HOST)), rows(f"2026-04-03;{handed_in}", "datum;inlämnad"))
    one = of(seen(project, "2026-05-31"), "värd")
    assert [report.days for report in one.late] == late
    assert [report.due.day for report in one.missing] == [17, 24]


def test_a_late_report_is_missing_until_the_day_it_comes() -> None:
    project = make(
        plan(commitment("{minst: 1}", "tillfällen: [2026-04-03]", BY_HOST)), rows("2026-04-03;2026-04-20", "datum;inlämnad")
    )
    before, after = (of(seen(project, day), "värd") for day in ("2026-04-19", "2026-04-20"))
    assert (len(before.missing), len(before.late)) == (1, 0)
    assert (len(after.missing), len(after.late)) == (0, 1)


@pytest.mark.parametrize(("day", "soon"), [("2026-03-26", 0), ("2026-03-27", 1), ("2026-04-02", 1), ("2026-04-03", 2)])
def test_soon_is_within_fourteen_days(day: str, soon: int) -> None:
    one = of(seen(make(plan(commitment("{minst: 3}", FRIDAYS, BY_HOST))), day), "värd")
    assert len(one.soon) == soon
    assert len(one.ahead) == 3


def test_in_time_there_is_nothing_to_tell() -> None:
    project = make(
        plan(commitment("{minst: 1}", "tillfällen: [2026-04-03]", BY_HOST)), rows("2026-04-03;2026-04-04", "datum;inlämnad")
    )
    overview = seen(project, "2026-12-31")
    assert [one.who.id for one in overview.functions] == ["värd"]
    assert overview.told == []
    assert overview.commitments == 1


def test_what_is_far_ahead_is_known_but_not_told() -> None:
    overview = seen(make(plan(commitment("{minst: 3}", FRIDAYS, BY_HOST))), "2026-01-01")
    assert [len(one.ahead) for one in overview.functions] == [3]
    assert overview.told == []


# Steps done once


@pytest.mark.parametrize(
    ("day", "undone", "left"),
    [("2026-04-09", [], [1]), ("2026-04-10", [], [0]), ("2026-04-11", [1], []), ("2026-04-30", [20], [])],
)
def test_a_step_is_undone_from_the_day_after_its_last(day: str, undone: list[int], left: list[int]) -> None:
    one = of(seen(make(plan(commitment("{minst: 3}", ONCE))), day), "handläggare")
    assert [step.days for step in one.undone] == undone
    assert [item.days for item in one.ahead] == left
    assert one.lacking == len(undone)


@pytest.mark.parametrize(("day", "soon"), [("2026-03-26", []), ("2026-03-27", [("bjud", "2026-04-10", 14)])])
def test_a_step_is_soon_due_within_fourteen_days(day: str, soon: list[tuple[str, str, int]]) -> None:
    assert ahead(of(seen(make(plan(commitment("{minst: 3}", ONCE))), day), "handläggare"), soon=True) == soon


def test_a_step_that_is_done_is_not_missing() -> None:
    project = make(plan(commitment("{minst: 3}", ONCE)), rows("2026-05-03;ja", "datum;moment.bjud"))
    assert of(seen(project, "2026-05-02"), "handläggare").lacking == 1
    assert of(seen(project, "2026-05-03"), "handläggare").lacking == 0


def test_a_step_without_a_day_is_due_at_the_end() -> None:
    made = plan(commitment("{minst: 3}", "moment: [{id: bjud, titel: Bjud in}]", "ansvarig: värd"))
    assert ("bjud", "2026-12-31", 30) in ahead(of(seen(make(made), "2026-12-01"), "värd"))


@pytest.mark.parametrize(("period", "undone"), [("", 1), ("2026-04", 1), ("2026-04-10", 1), ("2026-03", 0), ("2026-05", 0)])
def test_a_period_limits_the_steps_to_those_due_in_it(period: str, undone: int) -> None:
    overview = seen(make(plan(commitment("{minst: 3}", ONCE))), "2026-12-01", period)
    assert sum(len(one.undone) for one in overview.functions) == undone


def test_a_period_without_the_plan_has_no_commitments() -> None:
    assert seen(make(plan(commitment("{minst: 3}", ONCE))), "2026-12-01", "2027").commitments == 0


# Steps of every occasion


def test_a_step_of_every_occasion_tells_when_it_was_not_done() -> None:
    csv = rows("2026-04-03;ja\n2026-04-10;nej\n2026-04-11;\n2026-04-12;ej aktuellt", "datum;moment.samling")
    (partly,) = of(seen(make(plan(commitment("{minst: 3}", EACH)), csv), "2026-05-01"), "värd").partly
    assert (partly.done, partly.occasions) == (1, 3)
    assert (partly.undone, partly.unanswered) == ((date(2026, 4, 10),), (date(2026, 4, 11),))


def test_a_step_done_every_time_is_not_told() -> None:
    csv = rows("2026-04-03;ja\n2026-04-12;ej aktuellt", "datum;moment.samling")
    assert of(seen(make(plan(commitment("{minst: 3}", EACH)), csv), "2026-05-01"), "värd").partly == ()


def test_a_cancelled_occasion_asks_for_no_step() -> None:
    csv = rows("2026-04-03;inställd;Regn;väder", "datum;läge;avvikelser.vad;avvikelser.skäl")
    assert of(seen(make(plan(commitment("{minst: 3}", EACH)), csv), "2026-05-01"), "värd").partly == ()


def test_a_count_of_steps_has_no_days() -> None:
    reports = {"a": "period: 2026-04\nantal: 5\nmoment: {samling: 3}\ninlämnad: 2026-05-01\n"}
    (partly,) = of(seen(make(plan(commitment("{minst: 3}", EACH)), reports=reports), "2026-05-01"), "värd").partly
    assert (partly.done, partly.occasions, partly.undone, partly.unanswered) == (3, 5, (), ())


def test_either_party_of_a_joint_occasion_may_answer() -> None:
    columns = "datum;start;plats;parter;moment.samling;inlämnad"
    csv = rows(
        """\
        2026-04-03;20:00;torget;polisen;;2026-04-04
        2026-04-03;20:00;torget;kommunen;ja;2026-04-05
        2026-04-10;20:00;torget;polisen;;2026-04-11
        2026-04-10;20:00;torget;kommunen;nej;2026-04-12
        2026-04-17;20:00;torget;polisen;;2026-04-18
        2026-04-17;20:00;torget;kommunen;;2026-04-19
        """,
        columns,
    )
    made = plan(commitment("{minst: 3}", EACH, parties="[kommunen, polisen]"))
    (partly,) = of(seen(make(made, csv), "2026-05-01"), "värd").partly
    assert (partly.undone, partly.unanswered) == ((date(2026, 4, 10),), (date(2026, 4, 17),))


def test_the_days_add_up_to_what_the_steps_say() -> None:
    """Where every occasion has a report of its own, the open days are those that `steps_of` left out."""
    csv = rows(
        "\n".join(f"2026-04-{day:02};{'ja' if day % 3 else 'nej' if day % 2 else ''}" for day in range(1, 29)),
        "datum;moment.samling",
    )
    found = table(make(plan(commitment("{minst: 3}", EACH)), csv), "2026-05-01")
    (count,) = steps_of(found.lines[0].matter)
    (partly,) = of(outstanding(found), "värd").partly
    assert len(partly.undone) + len(partly.unanswered) == count.occasions - count.done == 9


@pytest.mark.parametrize(("answers", "asked"), [("2026-04-03;nej", False), ("2026-04-03;", True)])
def test_only_what_is_not_answered_is_asked_for(answers: str, asked: bool) -> None:
    one = of(seen(make(plan(commitment("{minst: 3}", EACH)), rows(answers, "datum;moment.samling")), "2026-05-01"), "värd")
    assert (one.asked, one.told, one.lacking) == (asked, True, 0)


# Whom it rests on


def test_a_step_rests_on_its_own_function_else_on_that_of_the_commitment_else_on_the_first_party() -> None:
    steps = "moment: [{id: en, titel: En, ansvarig: värd, senast: 2026-02-01}, {id: tva, titel: Två, senast: 2026-02-01}]"
    led = commitment("{minst: 1}", steps, "ansvarig: handläggare", id="ledd")
    bare = commitment("{minst: 1}", steps, parties="[polisen, kommunen]", id="utan")
    overview = seen(make(plan(led, bare)), "2026-03-01")
    assert {one.who.id: [(step.commitment.id, step.step.id) for step in one.undone] for one in overview.functions} == {
        "värd": [("ledd", "en"), ("utan", "en")],
        "handläggare": [("ledd", "tva")],
        "polisen": [("utan", "tva")],
    }


def test_a_report_rests_on_its_reporter() -> None:
    made = plan(commitment("{minst: 1}", BY_HOST, "ansvarig: handläggare", id="a"), commitment("{minst: 1}", id="b"))
    overview = seen(make(made), "2027-06-01")
    assert {one.who.id: [report.commitment.id for report in one.missing] for one in overview.functions} == {
        "värd": ["a"],
        "kommunen": ["b"],
    }


def test_a_function_is_named_with_its_party_and_a_party_stands_for_itself() -> None:
    project = make(plan(commitment("{minst: 1}", BY_HOST, id="a"), commitment("{minst: 1}", id="b")))
    overview = seen(project, "2026-06-01")
    assert of(overview, "värd").who == ("värd", "Värd", "klubben", "Klubben")
    assert of(overview, "kommunen").who == ("kommunen", "Kommunen", "kommunen", "Kommunen")
    assert (party_of(overview.plan, "värd"), party_of(overview.plan, "kommunen")) == ("klubben", "kommunen")
    assert responsible(overview.plan) == {"värd", "handläggare", "kommunen"}


def test_most_missing_first_then_in_the_order_of_the_plan() -> None:
    two = commitment("{minst: 1}", "tillfällen: [2026-02-01, 2026-02-02]", "ansvarig: handläggare", id="tva")
    one = commitment("{minst: 1}", "tillfällen: [2026-02-01]", "ansvarig: polisen", parties="[polisen]", id="en")
    alike = commitment("{minst: 1}", "tillfällen: [2026-02-01]", BY_HOST, id="lika")
    overview = seen(make(plan(one, alike, two)), "2026-06-01")
    assert [(found.who.id, found.lacking) for found in overview.functions] == [("handläggare", 2), ("värd", 1), ("polisen", 1)]


def test_of_those_that_lack_as_much_the_late_come_first() -> None:
    csv = rows("2026-02-01;2026-03-01", "datum;inlämnad")
    made = plan(
        commitment("{minst: 1}", "tillfällen: [2026-12-20]", BY_HOST, id="annat"),
        commitment("{minst: 1}", "tillfällen: [2026-02-01]", "ansvarig: handläggare"),
    )
    assert [one.who.id for one in seen(make(made, csv), "2026-06-01").functions] == ["handläggare", "värd"]


@pytest.mark.parametrize(
    ("party", "function", "left"),
    [
        ("", "", {"värd", "kommunen"}),
        ("klubben", "", {"värd"}),
        ("kommunen", "", {"kommunen"}),
        ("", "värd", {"värd"}),
        ("polisen", "", set()),
    ],
)
def test_limited_to_a_party_or_a_function(party: str, function: str, left: set[str]) -> None:
    project = make(plan(commitment("{minst: 1}", BY_HOST, id="a"), commitment("{minst: 1}", id="b")))
    assert {one.who.id for one in seen(project, "2027-06-01", party=party, function=function).functions} == left


def test_what_lies_ahead_is_in_order_of_its_day() -> None:
    made = plan(commitment("{minst: 3}", FRIDAYS, "ansvarig: handläggare", ONCE))
    found = of(seen(make(made), "2026-04-05"), "handläggare").ahead
    assert [item.due.isoformat() for item in found] == ["2026-04-10", "2026-04-10", "2026-04-17", "2026-04-24"]
    assert [isinstance(item, Report) for item in found] == [True, False, True, True]
