"""How the work was done: the documentation chain, the hours, and whose the steps are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects import commitment, line, make, plan, rows
from uppfoljning.domain.number import Number
from uppfoljning.domain.report import HOURS
from uppfoljning.followup.documentation import Hours, documentation, hours_of, owners

BARE = "  - id: lov\n    titel: Löftet\n    parter: [kommunen]\n"
CHAIN = ["orsaker", "val", "syfte", "arbetssätt", "mål", "uppföljning"]


@pytest.mark.parametrize(
    ("more", "there"),
    [
        ("", []),
        ("    orsaker: [1]\n", ["orsaker"]),
        ("    val: Därför\n    syfte: Lugn\n", ["val", "syfte"]),
        ("    arbetssätt: Tillsammans\n", ["arbetssätt"]),
        ("    mål: {minst: 4}\n", ["mål"]),
        ("    mål: {antal: utan måltal}\n", ["mål"]),
        ("    uppföljning: {anstånd: 3}\n", ["uppföljning"]),
        ("    tillfällen: [2026-03-06]\n", ["uppföljning"]),
        ("    tillfällen: []\n", []),
    ],
)
def test_the_documentation_chain(more: str, there: list[str]) -> None:
    found = documentation(line(make(plan(BARE + more, extra="orsaker: {1: Mörkt}")), "2026-06-30").commitment)
    assert list(found) == CHAIN
    assert [name for name, given in found.items() if given] == there


# Hours


def hours(reports: dict[str, str], parties: str = "[kommunen, klubben]", period: str = "") -> Hours:
    return hours_of(line(make(plan(commitment("{minst: 6}", parties=parties)), reports=reports), "2026-12-31", period).matter)


def test_hours_are_summed_by_kind() -> None:
    found = hours(
        {
            "a": "datum: 2026-03-01\ntimmar:\n  planering: 1\n  genomförande: 4,25\n",
            "b": "datum: 2026-03-08\ntimmar:\n  genomförande: 0.1\n",
            "c": "datum: 2026-03-15\ntimmar:\n  genomförande: 0.2\n",
            "d": "datum: 2026-03-22\n",
        }
    )
    assert found == Hours({"planering": 1, "genomförande": Fraction("4.55")}, 3, 4)
    assert found.total == Fraction("5.55")


def test_hours_nobody_states_are_unknown_and_a_stated_nought_is_nought() -> None:
    assert hours({"a": "datum: 2026-03-01\n"}) == Hours({}, 0, 1)
    assert hours({"a": "datum: 2026-03-01\n"}).total is None
    assert hours({"a": "datum: 2026-03-01\ntimmar: {planering: 0}\n"}).total == 0


def test_only_what_was_carried_out_within_the_period() -> None:
    reports = {
        "a": "datum: 2026-03-01\ntimmar: {planering: 1}\n",
        "b": "datum: 2026-05-01\ntimmar: {planering: 2}\n",
        "c": "datum: 2026-03-08\nläge: inställd\ntimmar: {planering: 4}\navvikelser:\n  - {vad: Nej, skäl: väder}\n",
    }
    assert hours(reports) == Hours({"planering": 3}, 2, 2)
    assert hours(reports, period="2026-T1") == Hours({"planering": 1}, 1, 1)


def test_both_reports_of_a_joint_occasion_count() -> None:
    """The officers' three hours and the inspectors' four are seven hours of work on one occasion."""
    joint = "datum: 2026-05-07\nstart: 19:15\nplats: torget\n"
    reports = {
        "a": joint + "parter: [kommunen]\ntimmar: {genomförande: 4}\n",
        "b": joint + "parter: [klubben]\ntimmar: {genomförande: 3}\n",
    }
    found = line(make(plan(commitment("{minst: 6}", parties="[kommunen, klubben]")), reports=reports), "2026-12-31")
    assert found.rows[0].outcome.value == 1
    assert hours_of(found.matter) == Hours({"genomförande": 7}, 2, 2)


def test_a_correction_counts_once() -> None:
    reports = {
        "a": "datum: 2026-03-01\ntimmar: {planering: 10}\n",
        "b": "datum: 2026-03-01\ntimmar: {planering: 1}\nersätter: a\n",
    }
    assert hours(reports) == Hours({"planering": 1}, 1, 1)


def test_hours_in_totals() -> None:
    """A running total stands for the one before and the occasions in it, for the kinds that it states; periods apart add."""
    reports = {
        "a": "period: 2026-01\nantal: 2\ntimmar: {genomförande: 8}\ninlämnad: 2026-02-01\n",
        "b": "period: {från: 2026-01-01, till: 2026-02-28}\nantal: 5\ntimmar: {genomförande: 20}\ninlämnad: 2026-03-01\n",
        "c": "datum: 2026-02-02\ntimmar: {planering: 1, genomförande: 3}\n",
        "d": "datum: 2026-02-09\n",
        "e": "period: 2026-04\nantal: 1\ntimmar: {genomförande: 4}\ninlämnad: 2026-05-01\n",
        "f": "period: 2026-06\nantal: 1\ninlämnad: 2026-07-01\n",
    }
    assert hours(reports) == Hours({"planering": 1, "genomförande": 24}, 3, 4)


AMOUNTS = st.lists(st.tuples(st.sampled_from(HOURS), st.integers(0, 400)), max_size=8)


@settings(max_examples=50, deadline=None)
@given(AMOUNTS)
def test_hours_are_exact(stated: list[tuple[str, int]]) -> None:
    """Quarters of an hour, each in a report of its own, add up without a rounding."""
    reports = {
        f"r{at}": f"datum: 2026-03-{at + 1:02}\ntimmar:\n  {kind}: {number // 4},{number % 4 * 25:02}\n"
        for at, (kind, number) in enumerate(stated)
    }
    found = hours(reports)
    sums: dict[str, Number] = {kind: sum(Fraction(number, 4) for one, number in stated if one == kind) for kind, _ in stated}
    assert found == Hours(sums, len(stated), len(stated))
    assert found.total == (sum(sums.values()) if stated else None)


# Steps


@pytest.mark.parametrize(
    ("step", "more", "expected"),
    [
        ("ansvarig: värd", ("ansvarig: handläggare",), ("värd",)),
        ("varje: tillfälle", ("ansvarig: handläggare",), ("handläggare",)),
        ("varje: tillfälle", (), ("kommunen", "polisen")),
    ],
)
def test_whose_a_step_is(step: str, more: tuple[str, ...], expected: tuple[str, ...]) -> None:
    made = plan(commitment("{minst: 6}", *more, f"moment: [{{id: a, titel: A, {step}}}]", parties="[kommunen, polisen]"))
    found = line(make(made, rows("2026-03-01")), "2026-06-30").commitment
    assert owners(found, found.steps[0]) == expected
