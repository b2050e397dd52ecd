from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from uppfoljning.domain.period import (
    SUB_PERIODS,
    Period,
    days_of,
    months,
    parse_period,
    period_name,
    sub_period_count,
    sub_periods,
    week,
)

DAY = timedelta(days=1)
CALENDAR = [kind for kind in SUB_PERIODS if kind != "termin"]
TERMS = {
    "VT2026": Period(date(2026, 1, 8), date(2026, 6, 12)),
    "HT2026": Period(date(2026, 8, 17), date(2026, 12, 20)),
    "VT2027": Period(date(2027, 1, 11), date(2027, 6, 11)),
}


@st.composite
def spans(draw: st.DrawFn) -> Period:
    first = draw(st.dates())
    return Period(first, min(date.max - first, timedelta(days=draw(st.integers(0, 900)))) + first)


def written(text: str) -> Period:
    period = parse_period(text)
    assert isinstance(period, Period)
    return period


@given(spans(), st.sampled_from(CALENDAR))
@example(Period(date.max, date.max), "vecka")
@example(Period(date.min, date.min), "vecka")
@example(Period(date(9999, 12, 1), date.max), "vecka")
@example(Period(date(9998, 1, 1), date.max), "halvår")
@example(Period(date.min, date(2, 1, 1)), "tertial")
@example(Period(date(1, 6, 1), date(1, 12, 31)), "månad")
def test_sub_periods_divide_every_period(period: Period, kind: str) -> None:
    subs = sub_periods(kind, period, {})
    assert subs[0].inside.first == period.first
    assert subs[-1].inside.last == period.last
    assert all(later.inside.first == earlier.inside.last + DAY for earlier, later in pairwise(subs))
    assert all(sub.whole.cut(period) == sub.inside for sub in subs)
    assert all(sub.share == Fraction(sub.inside.days, sub.whole.days) and 0 < sub.share <= 1 for sub in subs)


@given(spans(), st.sampled_from(CALENDAR))
@example(Period(date.min, date.max), "år")
def test_the_count_is_the_sum_of_the_shares_but_for_whole_years(period: Period, kind: str) -> None:
    count = sub_period_count(kind, period, {})
    shares = sum((sub.share for sub in sub_periods(kind, period, {})), Fraction(0))
    if kind == "år" and count.denominator == 1:
        assert abs(shares - count) < Fraction(1, 300)
    else:
        assert count == shares


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("månad", ["2026-02", "2026-03", "2026-04", "2026-05"]),
        ("kvartal", ["2026-K1", "2026-K2"]),
        ("tertial", ["2026-T1", "2026-T2"]),
        ("halvår", ["2026-H1"]),
        ("år", ["2026"]),
        ("vecka", ["2026-W09", "2026-W10"]),
        ("dygn", ["2026-02-28", "2026-03-01", "2026-03-02"]),
    ],
)
def test_sub_periods_are_those_of_the_calendar(kind: str, names: list[str]) -> None:
    last = {"vecka": date(2026, 3, 8), "dygn": date(2026, 3, 2)}.get(kind, date(2026, 5, 1))
    found = sub_periods(kind, Period(date(2026, 2, 28), last), {})
    assert [period_name(sub.whole) for sub in found] == names


def test_a_sub_period_is_cut_at_the_edges() -> None:
    first, last = sub_periods("vecka", Period(date(2026, 3, 4), date(2026, 3, 9)), {})
    assert first.whole == written("2026-W10")
    assert first.inside == Period(date(2026, 3, 4), date(2026, 3, 8))
    assert first.share == Fraction(5, 7)
    assert last.share == Fraction(1, 7)


@pytest.mark.parametrize("year", [2015, 2020, 2025, 2026, 2032], ids=str)
def test_the_weeks_of_an_iso_year(year: int) -> None:
    first, last = week(year, 1), week(year, 53) or week(year, 52)
    assert first and last
    count = sub_period_count("vecka", Period(first.first, last.last), {})
    assert count == (52 if year == 2025 else 53)


def test_three_a_week_over_730_days() -> None:
    period = Period(date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=729))
    assert 3 * sub_period_count("vecka", period, {}) == Fraction(3 * 730, 7)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        pytest.param("2024-03-01", "2028-02-29", 4, id="March to the leap day"),
        pytest.param("2024-03-01", "2028-02-28", 4, id="March to 28 February of a leap year"),
        pytest.param("2025-03-01", "2029-02-28", 4, id="March to February over a leap year"),
        pytest.param("2023-03-01", "2024-02-28", 1, id="a year to 28 February of a leap year"),
        pytest.param("2024-02-29", "2025-02-28", 1, id="a year from a leap day"),
        pytest.param("2024-02-29", "2028-02-28", 4, id="from leap day to leap day"),
        pytest.param("2026-01-01", "2026-12-31", 1, id="a calendar year"),
        pytest.param("2026-07-01", "2028-06-30", 2, id="July to June"),
        pytest.param("2026-12-31", "2027-12-30", 1, id="from the last day"),
        pytest.param("9999-01-01", "9999-12-31", 1, id="the last year there is"),
        pytest.param("0001-01-01", "0001-12-31", 1, id="the first year there is"),
    ],
)
def test_whole_years(first: str, last: str, years: int) -> None:
    assert sub_period_count("år", Period(written(first).first, written(last).last), {}) == years


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        pytest.param(
            "2024-02-29", "2028-02-29", Fraction(307, 366) + 3 + Fraction(60, 366), id="a day more than from leap day to leap day"
        ),
        pytest.param("2026-03-01", "2027-02-27", Fraction(306, 365) + Fraction(58, 365), id="a day short"),
        pytest.param("2026-03-02", "2027-03-02", Fraction(305, 365) + Fraction(61, 365), id="a day more"),
        pytest.param("2026-01-01", "2026-06-30", Fraction(181, 365), id="half a year"),
    ],
)
def test_other_periods_are_years_by_their_days(first: str, last: str, count: Fraction) -> None:
    assert sub_period_count("år", Period(written(first).first, written(last).last), {}) == count


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)).filter(lambda day: (day.month, day.day) != (2, 29)), st.integers(1, 9))
def test_years_from_any_day_are_whole(first: date, years: int) -> None:
    assert sub_period_count("år", Period(first, first.replace(year=first.year + years) - DAY), {}) == years


@given(spans(), st.sampled_from(["månad", "kvartal", "tertial", "halvår"]))
def test_a_whole_year_has_as_many_as_the_calendar(period: Period, kind: str) -> None:
    year = months(period.first.year, 1, 12)
    assert sub_period_count(kind, year, {}) == {"månad": 12, "kvartal": 4, "tertial": 3, "halvår": 2}[kind]


@given(st.dates(date(2025, 12, 1), date(2027, 7, 1)), st.integers(0, 400))
def test_terms_have_their_own_days_and_the_days_between_belong_to_none(first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length))
    subs = sub_periods("termin", period, TERMS)
    inside = [day for sub in subs for day in days_of(sub.inside)]
    assert inside == [day for day in days_of(period) if any(day in term for term in TERMS.values())]
    assert sub_period_count("termin", period, TERMS) == sum((sub.share for sub in subs), Fraction(0))


def test_terms_come_in_order_and_only_those_that_are_dated() -> None:
    backwards = dict(reversed(TERMS.items()))
    assert [sub.whole for sub in sub_periods("termin", written("2026"), backwards)] == [TERMS["VT2026"], TERMS["HT2026"]]
    assert sub_periods("termin", written("2026"), {}) == []
    assert sub_period_count("termin", written("2026"), {}) == 0


@given(spans())
def test_the_days_of_a_period(period: Period) -> None:
    days = days_of(period)
    assert days[0] == period.first
    assert days[-1] == period.last
    assert len(days) == len(set(days)) == period.days
    assert days == sorted(days)
