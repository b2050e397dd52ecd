"""Figures that once misled, each the first of its kind: what was shown is never undone by a later, true report."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.projects import FORM, commitment, line, make, plan, read, rows, table
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.followup.deviations import deviations_of
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject

MONTHLY = plan(commitment("{minst: 1, enhet: vandringar, varje: månad}"), period="2026-H1")
HEAD = "datum;period.från;period.till;antal;läge;avvikelser.vad;avvikelser.skäl;inlämnad"
THREE = ["2026-01-10;;;;;;;2026-01-11", "2026-02-10;;;;;;;2026-02-11", "2026-03-10;;;;;;;2026-03-11"]
QUARTER = ";2026-01-01;2026-03-31;3;;;;2026-04-05"
CANCELLED = "2026-01-17;;;;inställd;Regn;väder;2026-01-18"


def only(project: CheckedProject, day: str) -> Row:
    (row,) = line(project, day).rows
    return row


def monthly(*lines: str, day: str) -> Row:
    return only(make(MONTHLY, rows("\n".join(lines), HEAD)), day)


@pytest.mark.parametrize("more", [[], [QUARTER], [CANCELLED], [QUARTER, CANCELLED]])
@pytest.mark.parametrize(
    ("day", "value", "expected", "status"),
    [
        ("2026-04-10", 3, 3, Status.ON_PACE),
        ("2026-07-31", 3, 6, Status.PARTLY),
    ],
)
def test_neither_a_later_total_nor_a_cancelled_evening_undoes_a_month(
    more: list[str], day: str, value: int, expected: int, status: Status
) -> None:
    row = monthly(*THREE, *more, day=day)
    assert (row.outcome.value, row.expected, row.status) == (value, Fraction(expected), status)


@pytest.mark.parametrize(("day", "value", "expected"), [("2026-02-20", 1, 1), ("2026-03-20", 2, 2), ("2026-04-10", 2, 3)])
def test_two_running_totals_show_what_came_between_them(day: str, value: int, expected: int) -> None:
    row = monthly(";2026-01-01;2026-01-31;1;;;;2026-02-02", ";2026-01-01;2026-02-28;2;;;;2026-03-02", day=day)
    assert (row.outcome.value, row.expected) == (value, Fraction(expected))


@pytest.mark.parametrize(
    ("first", "second", "value"),
    [("1", "1", 1), ("minst 1", "2", 1), ("1", "ca 2", 1), ("1", "minst 2", 2)],
)
def test_a_difference_shows_only_what_is_certain(first: str, second: str, value: int) -> None:
    lines = [f";2026-01-01;2026-01-31;{first};;;;2026-02-02", f";2026-01-01;2026-02-28;{second};;;;2026-03-02"]
    assert monthly(*lines, day="2026-03-20").outcome.value == value


def test_a_total_that_begins_or_ends_within_a_sub_period_shows_nothing_of_the_next() -> None:
    row = monthly(";2026-01-01;2026-01-20;1;;;;2026-02-02", ";2026-01-01;2026-02-28;5;;;;2026-03-02", day="2026-03-20")
    assert [slot.value for slot in row.outcome.slots[:2]] == [1, None]


def test_a_zero_for_one_month_is_no_zero_for_the_year() -> None:
    reports = {"a": "period: 2026-01\nläge: nollrapport\ninlämnad: 2026-02-02\n"}
    row = only(make(plan(commitment("{minst: 1, varje: år}")), reports=reports), "2027-01-31")
    assert (row.outcome.value, row.status) == (None, Status.NO_DATA)
    every = {f"m{month}": f"period: 2026-{month:02}\nläge: nollrapport\ninlämnad: 2027-01-02\n" for month in range(1, 13)}
    row = only(make(plan(commitment("{minst: 1, varje: år}")), reports=every), "2027-01-31")
    assert (row.outcome.value, row.status) == (0, Status.NOT_REACHED)


TERMS = plan(commitment("{minst: 1, enhet: vandringar, varje: termin}"))


@pytest.mark.parametrize(("period", "value"), [("2026-T1", None), ("2026-T2", 1), ("2026-T3", 1), ("2026", 2)])
def test_a_term_counts_where_it_ends_with_all_its_occasions(period: str, value: Number | None) -> None:
    days = parse_period(period)
    assert isinstance(days, Period)
    project = make(TERMS, rows("2026-03-03\n2026-10-05"))
    table = follow_up(
        project.plans["prov-2026"], View(date(2027, 1, 31), days), forms=project.forms, entries=project.entries["prov-2026"]
    )
    assert table.lines[0].rows[0].outcome.value == value


def test_what_no_sub_period_counts_is_not_said_to_count() -> None:
    target = "{minst: 1, varje: [fre], villkor: {platser: [hamnen]}}"
    row = only(make(plan(commitment(target)), rows("2026-01-09;hamnen\n2026-01-10;\n2026-01-11;", "datum;plats")), "2027-01-31")
    assert (row.outcome.value, row.outcome.unshown) == (1, 0)


def test_reports_from_another_place_are_in_and_come_to_nought() -> None:
    elsewhere = rows("2026-03-01;parken\n2026-09-01;parken", "datum;plats")
    halves = "uppföljning: {rapporteras: halvår}"
    row = only(make(plan(commitment("{minst: 3, villkor: {platser: [hamnen]}}", halves)), elsewhere), "2027-01-31")
    assert (row.outcome.value, row.outcome.failed, row.status) == (0, 2, Status.NOT_REACHED)


@pytest.mark.parametrize("target", ["{minst: 3, villkor: {platser: [hamnen]}}", "{minst: 3, villkor: {veckodagar: [fre]}}"])
def test_a_total_wholly_outside_the_condition_does_not_count(target: str) -> None:
    """From Monday to Thursday, in the park."""
    reports = {"a": "period: {från: 2026-03-02, till: 2026-03-05}\nplats: parken\nantal: 4\ninlämnad: 2026-03-06\n"}
    assert only(make(plan(commitment(target)), reports=reports), "2027-01-31").outcome.value == 0


@pytest.mark.parametrize(("value", "status"), [(29, Status.REACHED), (30, Status.REACHED), (31, Status.EXCEEDED)])
def test_a_ceiling_for_each_tertial_is_judged_by_its_sum(value: int, status: Status) -> None:
    reports = {"a": f"period: 2026\nantal: {value}\ninlämnad: 2027-01-10\n"}
    row = only(make(plan(commitment("{högst: 10, per: tertial}")), reports=reports), "2027-01-31")
    assert (row.whole, row.status, row.fulfilment) == (30, status, Fraction(value, 30))


@pytest.mark.parametrize(
    ("target", "level", "status", "way"),
    [
        ("antal: 3", 7, Status.NOT_REACHED, 0),
        ("antal: 3", 4, Status.PARTLY, Fraction(3, 4)),
        ("antal: 3", 3, Status.REACHED, 1),
        ("minst: 3", 2, Status.REACHED, Fraction(5, 4)),
        ("högst: 3", 4, Status.PARTLY, Fraction(3, 4)),
    ],
)
def test_a_level_is_judged_by_the_way_from_where_it_began(target: str, level: int, status: Status, way: Number) -> None:
    text = f"{{{target}, räknar: läge, sätt: nivå, baslinje: {{värde: 7}}}}"
    row = only(make(plan(commitment(text)), rows(f"2026-12-30;{level}", "datum;uppgifter.läge")), "2027-01-31")
    assert (row.status, row.fulfilment, row.pace) == (status, Fraction(way), Fraction(way))


def test_a_level_that_falls_is_no_running_total() -> None:
    """Seven areas by March and five by June: the latest counts, and nothing is in conflict."""
    reports = {
        "a": "period: 2026-K1\nuppgifter: {läge: 7}\ninlämnad: 2026-04-02\n",
        "b": "period: 2026-H1\nuppgifter: {läge: 5}\ninlämnad: 2026-07-02\n",
    }
    row = only(make(plan(commitment("{minst: 4, räknar: läge, sätt: nivå}")), reports=reports), "2027-01-31")
    assert row.outcome.value == 5


def test_a_total_that_says_less_than_the_occasions_within_it_gives_way_to_them() -> None:
    singles = rows("2026-03-01;;\n2026-03-08;;\n2026-03-15;;\n;2026-03;2", "datum;period;antal")
    files = {"plans/prov-2026.yaml": plan(commitment("{minst: 9}")), "reports/a.csv": singles}
    assert only(read(files | {"plans/snabbrapporter/prov.yaml": FORM}), "2027-01-31").outcome.value == 3


JOINT = "datum;start;plats;parter;läge;avvikelser.vad;avvikelser.skäl;uppgifter.samtal;inlämnad"
BOTH = "[kommunen, polisen]"


def test_what_only_the_second_report_of_a_joint_occasion_tells_is_counted() -> None:
    told = rows("2026-02-06;21:00;torget;kommunen;;;;;2026-02-07\n2026-02-06;21:00;torget;polisen;;;;14;2026-02-09", JOINT)
    row = only(make(plan(commitment("{minst: 20, räknar: samtal}", parties=BOTH)), told), "2026-03-01")
    assert (row.outcome.value, row.outcome.certainty) == (14, "")
    assert [one.note for one in row.outcome.counted] == ["siffran står i serie#2"]


def test_a_cancelled_occasion_that_two_parties_tell_of_is_one() -> None:
    told = rows(
        "2026-02-06;21:00;torget;kommunen;inställd;Snö;väder;;2026-02-07\n"
        "2026-02-06;21:00;torget;polisen;inställd;Snö;väder;;2026-02-09",
        JOINT,
    )
    project = make(plan(commitment("{minst: 4}", parties=BOTH)), told)
    assert deviations_of(table(project, "2026-03-01")).total.cancelled == 1


@pytest.mark.parametrize(
    ("begun", "ended", "within"),
    [
        ("2026-03-06 12:00", "2026-03-07 12:00", 1),
        ("2026-03-28 12:00", "2026-03-29 13:00", 1),
        ("2026-03-28 12:00", "2026-03-29 13:01", 0),
        ("2026-10-24 12:00", "2026-10-25 11:00", 1),
        ("2026-10-24 12:00", "2026-10-25 11:01", 0),
    ],
)
def test_a_day_is_24_hours_also_when_the_clocks_change(begun: str, ended: str, within: int) -> None:
    target = "{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}"
    told = rows(f"2026-03-06;{begun};{ended}", "datum;uppgifter.anmäld;uppgifter.åtgärdad")
    assert only(make(plan(commitment(target)), told), "2026-12-31").outcome.value == within
