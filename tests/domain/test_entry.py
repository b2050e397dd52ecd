from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.entries import entry, period
from uppfoljning.domain.finding import Place
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.report import STATES


def test_an_occasion() -> None:
    one = entry("a", "2026-03-06", samtal=Quantity(23), lugnt=True, rutt="Ån")
    assert not one.total
    assert one.carried_out and not one.states_zero and not one.nothing_happened
    assert one.occasions == Quantity(1)
    assert one.figure("samtal") == Quantity(23)
    assert one.figure("lugnt") == Quantity(1)
    assert one.figure("rutt") is None
    assert one.figure("okänd") is None


@pytest.mark.parametrize("state", STATES[1:])
def test_what_did_not_take_place_is_nothing(state: str) -> None:
    one = entry("a", "2026-03-06", state=state, samtal=Quantity(23), count=4)
    assert one.states_zero and not one.carried_out
    assert one.occasions is None
    assert one.figure("samtal") is None
    assert one.nothing_happened == (state == "nollrapport")


@pytest.mark.parametrize(
    ("count", "facts", "occasions", "states"),
    [
        pytest.param(8, {}, Quantity(8), True, id="occasions"),
        pytest.param(None, {"samtal": Quantity(71, "minst")}, None, True, id="a sum"),
        pytest.param(None, {"rutt": "Ån"}, None, False, id="a text"),
        pytest.param(None, {}, None, False, id="nothing"),
    ],
)
def test_a_statement_of_totals(count: int | None, facts: dict[str, Any], occasions: Quantity | None, states: bool) -> None:
    one = entry("a", "2026-T1", count=count, **facts)
    assert one.total
    assert one.occasions == occasions
    assert one.states_figures == states


@pytest.mark.parametrize(
    ("when", "submitted", "day"),
    [
        ("2026-03-06", None, date(2026, 3, 6)),
        ("2026-T1", None, date(2026, 4, 30)),
        ("2026-03-06", "2026-03-09", date(2026, 3, 9)),
    ],
)
def test_when_it_was_handed_in(when: str, submitted: str | None, day: date) -> None:
    assert entry("a", when, submitted=submitted).submitted == day


def test_a_place_in_a_file_and_in_a_row() -> None:
    in_file = entry("a", "2026-03-06")
    assert in_file.place("avvikelser", 0, "skäl") == Place("reports/a.yaml", ("avvikelser", 0, "skäl"))
    assert in_file.place("moment", "samling", on_key=True) == Place("reports/a.yaml", ("moment", "samling"), on_key=True)
    in_row = in_file._replace(file="reports/r.csv", at=(4,))
    assert in_row.place("avvikelser", 0, "skäl") == Place("reports/r.csv", (4, "avvikelser.skäl"))
    assert in_row.place("datum", on_key=True) == Place("reports/r.csv", (4, "datum"), on_key=True)


def test_figures_stay_exact() -> None:
    assert entry("a", "2026-03-06", timmar=Quantity(Fraction(1, 3))).figure("timmar") == Quantity(Fraction(1, 3))
    assert entry("a", "2026-W14").span == period("2026-W14")
