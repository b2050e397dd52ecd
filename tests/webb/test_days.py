"""The days and sub-periods that the form proposes are those that the program knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.webb import made
from tests.webb.pages import Phone
from uppfoljning.domain.period import Period, parse_period

pytestmark = pytest.mark.slow

YEAR = {"first": "2026-01-01", "last": "2026-12-31"}
TERMS = {"VT2026": {"first": "2026-01-08", "last": "2026-06-12"}, "HT2026": {"first": "2026-08-17", "last": "2026-12-20"}}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made.make(tmp_path_factory.mktemp("dagar"), "nattvandring")


def days() -> Iterator[date]:
    """Days over three years, with a week of 53 among them."""
    return (date(2025, 12, 20) + timedelta(days=step) for step in range(0, 1100, 5))


@pytest.mark.parametrize("every", ["dygn", "vecka", "månad", "kvartal", "tertial", "halvår", "år"])
def test_a_sub_period_is_what_its_name_says(every: str, file: Path, phone: Phone) -> None:
    page = phone.open(file)
    asked = [day.isoformat() for day in days()]
    found = page.evaluate("([every, days]) => days.map(day => Days.part(every, day))", [every, asked])
    for day, one in zip(days(), found, strict=True):
        period = parse_period(one["name"])
        assert isinstance(period, Period)
        assert period == Period(date.fromisoformat(one["first"]), date.fromisoformat(one["last"]))
        assert day in period


@pytest.mark.parametrize(
    ("every", "day", "span", "proposed"),
    [
        ("månad", "2026-03-06", YEAR, ["2026-02", "2026-03"]),
        ("månad", "2026-03-20", YEAR, ["2026-03", "2026-02"]),
        ("månad", "2026-01-05", YEAR, ["2026-01"]),
        ("", "2026-03-20", YEAR, ["2026-03", "2026-02"]),
        ("vecka", "2026-03-09", YEAR, ["2026-W10", "2026-W11"]),
        ("vecka", "2026-03-13", YEAR, ["2026-W11", "2026-W10"]),
        ("dygn", "2026-03-06", YEAR, ["2026-03-06", "2026-03-05"]),
        ("tertial", "2026-05-03", YEAR, ["2026-T1", "2026-T2"]),
        ("år", "2026-05-03", {"first": "2026-02-10", "last": "2026-12-31"}, ["2026-T2"]),
        ("termin", "2026-09-01", YEAR, ["HT2026", "VT2026"]),
        ("termin", "2026-02-01", YEAR, ["VT2026"]),
        ("månad", "2027-06-01", YEAR, []),
    ],
)
def test_the_likeliest_is_proposed_first(
    every: str, day: str, span: dict[str, str], proposed: list[str], file: Path, phone: Phone
) -> None:
    sheet: dict[str, Any] = {**span, "terms": TERMS}
    found = phone.open(file).evaluate("asked => Days.proposed(...asked).map(one => one.name)", [every, day, sheet])
    assert found == proposed
