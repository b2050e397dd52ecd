"""How a target has come along month by month, and when its occasions took place."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.projects import commitment, line, make, plan, rows
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import period_name
from uppfoljning.followup.occasion_heatmap import rhythm_of
from uppfoljning.followup.periods import progress_of

Told = list[tuple[str, Number | None, Number | None]]


def told(
    target: str, csv: str = "", day: str = "2026-03-31", period: str = "2026-K2", reports: dict[str, str] | None = None
) -> Told:
    """Month, what was reached and what was planned."""
    one = line(make(plan(commitment(target), period=period), csv, reports), day)
    return [(period_name(point.month)[5:], point.reached, point.planned) for point in progress_of(one.matter, one.rows[0])]


@pytest.mark.parametrize(
    ("target", "csv", "columns", "expected"),
    [
        pytest.param("{minst: 9}", "2026-04-02\n2026-04-20\n2026-06-01", "datum",
                     [("04", 2, Fraction(270, 91)), ("05", 2, Fraction(549, 91)), ("06", 3, 9)], id="occasions"),
        pytest.param("{minst: 9}", "", "datum", [("04", None, Fraction(270, 91)),
                     ("05", None, Fraction(549, 91)), ("06", None, 9)], id="no reports"),
        pytest.param("{antal: löpande, räknar: samtal, enhet: samtal}", "2026-04-02;4\n2026-05-20;3", "datum;uppgifter.samtal",
                     [("04", 4, None), ("05", 7, None), ("06", 7, None)], id="a field without a number"),
        pytest.param("{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}", "2026-05-02;1;4\n2026-06-02;3;4",
                     "datum;uppgifter.nådda;uppgifter.kontaktade",
                     [("04", None, Fraction(3, 4)), ("05", Fraction(1, 4), Fraction(3, 4)),
                      ("06", Fraction(1, 2), Fraction(3, 4))],
                     id="a share"),
        pytest.param("{alla: 4, räknar: {unika: butik}}", "2026-05-02;A\n2026-05-03;a\n2026-06-02;B", "datum;uppgifter.butik",
                     [("04", None, Fraction(120, 91)), ("05", 1, Fraction(244, 91)), ("06", 2, 4)], id="distinct"),
        pytest.param("{minst: 8, sätt: nivå, räknar: läge}", "2026-04-02;5\n2026-06-02;7", "datum;uppgifter.läge",
                     [("04", 5, None), ("05", 5, None), ("06", 7, None)], id="a stock"),
        pytest.param("{minst: 1, varje: månad}", "2026-04-02\n2026-06-02", "datum", [("04", 1, 1), ("05", 1, 2), ("06", 2, 3)],
                     id="each month"),
        pytest.param("{minst: 90 %, räknar: {inom: 24 timmar, av: [anmäld, åtgärdad]}}",
                     "2026-04-02;2026-04-02 10:00;2026-04-02 12:00\n2026-05-02;2026-05-02 10:00;2026-05-09 10:00",
                     "datum;uppgifter.anmäld;uppgifter.åtgärdad",
                     [("04", 1, Fraction(9, 10)), ("05", Fraction(1, 2), Fraction(9, 10)),
                      ("06", Fraction(1, 2), Fraction(9, 10))],
                     id="within"),
    ],
)  # fmt: skip
def test_every_kind_of_target(target: str, csv: str, columns: str, expected: Told) -> None:
    assert told(target, rows(csv, columns) if csv else "", "2026-12-31") == expected


def test_what_is_to_come_is_planned_and_not_reached() -> None:
    assert told("{minst: 3, fördelning: {2026-04: 1, 2026-05: 2}}", rows("2026-04-02"), "2026-04-30") == [
        ("04", 1, 1),
        ("05", None, 3),
        ("06", None, 3),
    ]


def test_sub_periods_that_wait_for_reports_are_not_planned_yet() -> None:
    found = told("{minst: 1, varje: vecka}", rows("2026-04-02"), "2026-04-30")
    assert [planned for _, _, planned in found] == [3, 9, 13]


def test_a_one_off_is_done_in_its_month() -> None:
    found = told(
        "{klart: 2026-05-31}", reports={"a": "datum: 2026-05-02\n", "b": "datum: 2026-06-20\nklart: ja\n"}, day="2026-12-31"
    )
    assert found == [("04", None, 0), ("05", 0, 1), ("06", 1, 1)]


def test_a_zero_report_is_nothing_reached() -> None:
    found = told("{minst: 3}", reports={"a": "period: 2026-04\nläge: nollrapport\n"}, day="2026-12-31")
    assert [reached for _, reached, _ in found] == [0, 0, 0]


DAYS = st.dates(min_value=date(2026, 4, 1), max_value=date(2026, 6, 30))


@given(st.lists(DAYS, min_size=1, max_size=8))
def test_the_last_point_is_the_outcome(days: list[date]) -> None:
    csv = rows("\n".join(f"{day};{at}" for at, day in enumerate(days)), "datum;uppgifter.samtal")
    one = line(make(plan(commitment("{minst: 9, räknar: samtal}"), period="2026-K2"), csv), "2026-12-31")
    points = progress_of(one.matter, one.rows[0])
    assert points[-1].reached == one.rows[0].outcome.value
    assert points[-1].planned == one.rows[0].whole
    reached = [point.reached for point in points if point.reached is not None]
    assert reached == sorted(reached)


def test_occasions_by_weekday_and_hour() -> None:
    csv = rows("2026-04-03;20:30\n2026-04-03;21:00\n2026-04-04;\n2026-04-05;00:30", "datum;start")
    found = rhythm_of(line(make(plan(commitment("{minst: 9}")), csv), "2026-12-31").matter)
    assert found.number == 4
    assert found.occasions == {(4, 18): 1, (4, 21): 1, (5, None): 1, (6, 0): 1}


def test_what_did_not_take_place_and_totals_have_no_hours() -> None:
    reports = {
        "a": "datum: 2026-04-03\nläge: inställd\navvikelser:\n  - {vad: Storm, skäl: väder}\n",
        "b": "period: 2026-05\nantal: 4\n",
    }
    assert rhythm_of(line(make(plan(commitment("{minst: 9}")), reports=reports), "2026-12-31").matter).number == 0


def test_a_joint_occasion_is_one() -> None:
    project = make(
        plan(commitment("{minst: 9}", parties="[kommunen, polisen]")),
        reports={name: f"datum: 2026-04-03\nparter: [{name}]\nplats: torget\nstart: 20:00\n" for name in ("kommunen", "polisen")},
    )
    assert rhythm_of(line(project, "2026-12-31").matter).number == 1
