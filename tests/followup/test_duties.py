"""Duties: which reports are expected, when they are due, and which report answers them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects import FORM, commitment, line, make, plan, read, rows
from uppfoljning.project.load import CheckedProject

FRIDAYS = "tillfällen: [2026-04-03, 2026-04-10, 2026-04-17]"
MOVED = """\
datum: 2026-04-03
läge: flyttad
flyttad_till: {to}
avvikelser:
  - vad: Sjuk
    skäl: resurser
"""
MONTHLY = "uppföljning: {rapporteras: månad, anstånd: 7}"


def states(project: CheckedProject, day: str, period: str = "") -> list[str]:
    return [duty.state for duty in line(project, day, period).duties]


def dues(project: CheckedProject, day: str = "2026-12-31") -> list[str]:
    return [duty.due.isoformat() for duty in line(project, day).duties]


def test_a_rota_gives_a_duty_for_each_date() -> None:
    project = make(
        plan(commitment("{minst: 3}", FRIDAYS)), rows("2026-04-03;2026-04-10\n2026-04-10;2026-04-18", "datum;inlämnad")
    )
    assert dues(project) == ["2026-04-10", "2026-04-17", "2026-04-24"]
    assert states(project, "2026-04-23") == ["i tid", "sen", "väntar"]
    assert states(project, "2026-04-24") == ["i tid", "sen", "saknas"]
    received = line(project, "2026-04-24").received
    assert (received.share, received.timeliness) == (Fraction(2, 3), Fraction(1, 3))


WHEN = st.dates(date(2026, 3, 1), date(2026, 5, 31)).map(lambda day: f"{day};") | st.sampled_from(
    [";2026-04", ";2026-W15", ";2026-K2"]
)
HANDED_IN = st.sampled_from(["", "2026-06-01", "2026-06-02", "2026-07-01"])


@given(st.lists(st.tuples(WHEN, HANDED_IN).map(";".join), max_size=8), st.sampled_from(["månad", "vecka", "dygn"]))
@settings(max_examples=60, deadline=None)
def test_the_answer_is_the_first_handed_in_of_all_that_touch_the_days(given_rows: list[str], every: str) -> None:
    reporting = f"uppföljning: {{rapporteras: {every}, anstånd: 7}}"
    text = rows("\n".join(given_rows), "datum;period;inlämnad") if given_rows else ""
    files = {"plans/prov-2026.yaml": plan(commitment("{minst: 3}", reporting)), "plans/snabbrapporter/prov.yaml": FORM}
    followed = line(read({**files, "reports/a.csv": text}), "2026-12-31")
    ledger = followed.matter.ledger
    for duty in followed.duties:
        touching = [entry for entry in ledger.entries if entry.span.overlaps(duty.about)]
        first = min(touching, key=lambda entry: (ledger.first_submitted[entry.id], entry.id), default=None)
        assert duty.answer is first


def test_nothing_due_is_no_ratio() -> None:
    received = line(make(plan(commitment("{minst: 3}", FRIDAYS))), "2026-04-09").received
    assert (received.share, received.timeliness) == (None, None)


def test_a_moved_day_is_a_new_duty_and_the_move_an_answer() -> None:
    reports = {"a": MOVED.format(to="2026-04-24")}
    project = make(plan(commitment("{minst: 3}", FRIDAYS)), reports=reports)
    assert states(project, "2026-05-01") == ["i tid", "saknas", "saknas", "saknas"]
    assert dues(project)[-1] == "2026-05-01"


@pytest.mark.parametrize("to", ["2027-01-05", "2026-06"])
def test_a_move_out_of_the_period_or_to_a_longer_one_is_no_duty(to: str) -> None:
    reports = {"a": MOVED.format(to=to)}
    assert len(dues(make(plan(commitment("{minst: 3}", FRIDAYS)), reports=reports))) == 3


def test_months_outside_pauses_each_give_a_duty() -> None:
    made = plan(
        commitment("{minst: 3}", MONTHLY, "pauser: [{från: 2026-02-01, till: 2026-02-28}, {från: 2026-03-01, till: 2026-03-30}]"),
        period="2026-T1",
    )
    project = make(made, rows("2026-01-31;2026-02-07\n2026-03-31;2026-04-08", "datum;inlämnad"))
    assert [(duty.about.first.month, duty.state) for duty in line(project, "2026-05-07").duties] == [
        (1, "i tid"),
        (3, "sen"),
        (4, "saknas"),
    ]


def test_a_cut_sub_period_is_due_after_its_own_end() -> None:
    assert dues(make(plan(commitment("{minst: 3}", MONTHLY), period="{från: 2026-01-20, till: 2026-02-10}"))) == [
        "2026-02-07",
        "2026-02-17",
    ]


def test_a_total_answers_every_sub_period_it_touches() -> None:
    reports = {"a": "period: {från: 2026-01-15, till: 2026-03-10}\nantal: 4\ninlämnad: 2026-03-11\n"}
    project = make(plan(commitment("{minst: 3}", MONTHLY), period="2026-T1"), reports=reports)
    assert states(project, "2026-05-31") == ["sen", "sen", "i tid", "saknas"]


def test_without_a_rhythm_the_readings_are_duties() -> None:
    made = plan(
        commitment("{minst: 3}", "period: {från: 2026-02-01, till: 2026-10-31}"),
        extra="avläsningar: [2026-04-30, 2026-08-31, 2026-12-31]",
    )
    project = make(made, rows("2026-05-01\n2026-02-03"))
    duties = line(project, "2027-01-31").duties
    assert [(duty.about.first.isoformat(), duty.about.last.isoformat(), duty.due.isoformat(), duty.state) for duty in duties] == [
        ("2026-02-01", "2026-04-30", "2026-05-07", "i tid"),
        ("2026-05-01", "2026-08-31", "2026-09-07", "i tid"),
        ("2026-09-01", "2026-10-31", "2027-01-07", "saknas"),
    ]


def test_a_reading_in_a_pause_asks_for_nothing() -> None:
    made = plan(
        commitment("{minst: 3}", "pauser: [{från: 2026-01-01, till: 2026-04-30}]"), extra="avläsningar: [2026-04-30, 2026-08-31]"
    )
    assert dues(make(made)) == ["2026-09-07"]


def test_a_reading_before_the_commitment_asks_for_nothing() -> None:
    made = plan(commitment("{minst: 3}", "period: 2026-H2"), extra="avläsningar: [2026-04-30, 2026-08-31]")
    assert dues(make(made)) == ["2026-09-07"]


def test_without_readings_one_duty_at_the_end() -> None:
    project = make(plan(commitment("{minst: 3}")), rows("2026-05-01"))
    (duty,) = line(project, "2026-06-01").duties
    assert (duty.origin, duty.due, duty.state) == ("slut", date(2027, 1, 7), "i tid")


def test_on_request_asks_for_no_report_unless_something_else_is_promised() -> None:
    assert dues(make(plan(commitment("{antal: vid behov}", MONTHLY)))) == []
    both = "[{id: ett, antal: vid behov}, {id: tva, minst: 1, räknar: samtal}]"
    assert len(dues(make(plan(commitment(both))))) == 1


def test_a_correction_keeps_the_first_day_of_handing_in() -> None:
    csv = rows("r1;2026-04-03;2026-04-04;", "id;datum;inlämnad;ersätter")
    reports = {"ratt": "datum: 2026-04-03\nersätter: serie#r1\ninlämnad: 2026-08-30\n"}
    project = make(plan(commitment("{minst: 3}", FRIDAYS)), csv, reports)
    (first, *_) = line(project, "2026-12-31").duties
    assert (first.state, first.answered) == ("i tid", date(2026, 4, 4))


def test_a_period_limits_the_duties() -> None:
    project = make(plan(commitment("{minst: 3}", MONTHLY)), rows("2026-01-05"))
    assert states(project, "2026-05-31", "2026-K1") == ["i tid", "saknas", "saknas"]
