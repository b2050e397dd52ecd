from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.refusals import assert_refused
from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.period import Days, Period, TermName, months, parse_period, period_name, union_days, week, without

SPRING = date(2026, 2, 20)


def period(first: str, last: str) -> Period:
    days = parse_date(first), parse_date(last)
    assert isinstance(days[0], date)
    assert isinstance(days[1], date)
    return Period(days[0], days[1])


@st.composite
def some_days(draw: st.DrawFn) -> Period:
    first = SPRING + timedelta(days=draw(st.integers(0, 40)))
    return Period(first, first + timedelta(days=draw(st.integers(0, 20))))


def days(of: Period) -> set[date]:
    return {of.first + timedelta(days=n) for n in range((of.last - of.first).days + 1)}


def days_of_all(periods: list[Period]) -> set[date]:
    return set().union(*map(days, periods))


YEARS = st.integers(1, 9999)
NAMES = st.one_of(
    YEARS.map(lambda year: f"{year:04}"),
    st.builds("{:04}-H{}".format, YEARS, st.integers(1, 2)),
    st.builds("{:04}-T{}".format, YEARS, st.integers(1, 3)),
    st.builds("{:04}-K{}".format, YEARS, st.integers(1, 4)),
    st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12)),
    st.builds("{:04}-W{:02}".format, st.integers(1, 9998), st.integers(1, 52)),
    st.dates().map(date.isoformat),
)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        pytest.param("2026", "2026-01-01", "2026-12-31", id="year"),
        pytest.param("2026-H1", "2026-01-01", "2026-06-30", id="first half"),
        pytest.param("2026-H2", "2026-07-01", "2026-12-31", id="second half"),
        pytest.param("2026-T1", "2026-01-01", "2026-04-30", id="first tertial"),
        pytest.param("2026-T2", "2026-05-01", "2026-08-31", id="second tertial"),
        pytest.param("2026-T3", "2026-09-01", "2026-12-31", id="third tertial"),
        pytest.param("2026-K1", "2026-01-01", "2026-03-31", id="first quarter"),
        pytest.param("2026-K4", "2026-10-01", "2026-12-31", id="last quarter"),
        pytest.param("2026-03", "2026-03-01", "2026-03-31", id="month"),
        pytest.param("2024-02", "2024-02-01", "2024-02-29", id="leap month"),
        pytest.param("2026-W01", "2025-12-29", "2026-01-04", id="a week that begins the year before"),
        pytest.param("2026-W14", "2026-03-30", "2026-04-05", id="week"),
        pytest.param("2026-W53", "2026-12-28", "2027-01-03", id="week 53"),
        pytest.param("2026-03-06", "2026-03-06", "2026-03-06", id="day"),
        pytest.param("0001", "0001-01-01", "0001-12-31", id="the first year"),
        pytest.param("9999-T3", "9999-09-01", "9999-12-31", id="the last days"),
    ],
)
def test_a_period(text: str, first: str, last: str) -> None:
    assert parse_period(text) == period(first, last)


@given(NAMES)
def test_a_named_period_is_called_what_it_was_written_as(name: str) -> None:
    read = parse_period(name)
    assert isinstance(read, Period)
    assert period_name(read) == name


@pytest.mark.parametrize("name", ["VT2026", "HT2026"])
def test_a_term_keeps_its_name(name: str) -> None:
    assert parse_period(name) == name
    assert period_name(TermName(name)) == name


@pytest.mark.parametrize(
    ("first", "last"),
    [
        pytest.param("2026-03-02", "2026-04-30", id="from any day"),
        pytest.param("2026-02-01", "2026-04-30", id="three months that are no quarter"),
        pytest.param("2026-03-03", "2026-03-09", id="seven days from a Tuesday"),
        pytest.param("2026-03-02", "2026-03-07", id="six days from a Monday"),
        pytest.param("2026-01-01", "2027-12-31", id="two years"),
    ],
)
def test_other_periods_are_named_by_their_ends(first: str, last: str) -> None:
    assert period_name(period(first, last)) == f"{first}–{last}"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("", "skriv till exempel 2026, 2026-H1", id="empty"),
        pytest.param("mars 2026", "2026-03", id="month in words"),
        pytest.param("26", "ingen period", id="two digits"),
        pytest.param("0000", "åren börjar på 0001", id="year 0"),
        pytest.param("0000-K1", "åren börjar på 0001", id="quarter of year 0"),
        pytest.param("2026-H3", "H går från 1 till 2", id="third half"),
        pytest.param("2026-T4", "T går från 1 till 3", id="fourth tertial"),
        pytest.param("2026-K0", "ingen period", id="quarter 0"),
        pytest.param("2026-K5", "ingen period", id="fifth quarter"),
        pytest.param("2026-13", "månaderna går från 01 till 12", id="month 13"),
        pytest.param("2026-00", "månaderna går från 01 till 12", id="month 0"),
        pytest.param("2026-W00", "året 2026 har ingen vecka 00", id="week 0"),
        pytest.param("2026-W54", "året 2026 har ingen vecka 54", id="week 54"),
        pytest.param("2025-W53", "året 2025 har ingen vecka 53", id="a year of 52 weeks"),
        pytest.param("9999-W52", "året 9999 har ingen vecka 52", id="a week past the last day there is"),
        pytest.param("2026-02-30", "2026-02 går från 01 till 28", id="no such day"),
        pytest.param("2026Q1", "skriv 2026-K1 för kvartalet", id="English quarter"),
        pytest.param("2026-q4", "skriv 2026-K4 för kvartalet", id="English quarter in small letters"),
        pytest.param("2026-v9", "skriv 2026-W09 för veckan", id="Swedish week"),
        pytest.param("v. 14", "skriv året först, som 2026-W14", id="week without a year"),
        pytest.param("v99", "skriv till exempel 2026", id="no such week"),
        pytest.param("vt26", "skriv VT2026 för terminen", id="term by two digits"),
        pytest.param("vt2026", "skriv VT2026 för terminen", id="term in small letters"),
        pytest.param("HT 2026", "skriv HT2026 för terminen", id="term with a space"),
        pytest.param("VT26", "ingen period", id="term with two digits"),
        pytest.param("٢٠٢٦", "ingen period", id="digits of another script"),
    ],
)
def test_no_period(text: str, says: str) -> None:
    assert_refused(parse_period(text), "S106", says)


def test_the_note_of_a_day_is_kept_only_for_what_looks_like_a_day() -> None:
    problem = parse_period("2026-3-6")
    assert isinstance(problem, Problem)
    assert problem.note == ""


@given(st.integers(1, 9998))
def test_a_year_has_52_or_53_weeks_that_follow_each_other(year: int) -> None:
    weeks = [found for number in range(1, 54) if (found := week(year, number))]
    assert len(weeks) == (53 if date(year, 12, 28).isocalendar().week == 53 else 52)
    assert all(one.days == 7 and one.first.weekday() == 0 for one in weeks)
    assert all(later.first == earlier.last + timedelta(days=1) for earlier, later in pairwise(weeks))


@given(YEARS, st.integers(1, 12), st.integers(1, 12))
@example(9999, 12, 12)
def test_months_are_whole_and_stop_at_the_last_day_there_is(year: int, month: int, count: int) -> None:
    found = months(year, month, count)
    assert found.first == date(year, month, 1)
    if found.last < date.max:
        after = found.last + timedelta(days=1)
        assert after.day == 1
        assert (after.year - year) * 12 + after.month - month == count


@given(some_days(), some_days())
def test_periods_agree_with_their_days(one: Period, other: Period) -> None:
    common = days(one) & days(other)
    assert one.days == len(days(one))
    assert one.covers(other) == (days(other) <= days(one))
    assert one.overlaps(other) == bool(common)
    cut = one.cut(other)
    assert (days(cut) if cut else set()) == common
    assert (other.first in one) == (other.first in days(one))
    until = one.until(other.last)
    assert (days(until) if until else set()) == {day for day in days(one) if day <= other.last}


@pytest.mark.parametrize("day", ["2026-03-02", "2026-02-28", "2026-04-01"])
def test_a_period_holds_days_and_nothing_else(day: str) -> None:
    march = period("2026-03-01", "2026-03-31")
    read = parse_date(day)
    assert (read in march) == (day == "2026-03-02")
    assert day not in march


@given(st.lists(some_days(), max_size=6))
def test_a_union_has_the_same_days_once(periods: list[Period]) -> None:
    union = union_days(periods)
    assert days_of_all(union) == days_of_all(periods)
    assert all((later.first - earlier.last).days > 1 for earlier, later in pairwise(union))
    assert union_days(union) == union
    assert union_days(periods[::-1]) == union


def test_a_union_joins_days_that_meet_but_not_over_a_day_between() -> None:
    one, meets, apart = period("2026-03-01", "2026-03-05"), period("2026-03-06", "2026-03-08"), period("2026-03-10", "2026-03-10")
    assert union_days([apart, meets, one]) == [period("2026-03-01", "2026-03-08"), apart]


@given(some_days(), st.lists(some_days(), max_size=6))
def test_what_is_left_is_the_days_that_none_has_taken(whole: Period, taken: list[Period]) -> None:
    left = without(whole, taken)
    assert days_of_all(left) == days(whole) - days_of_all(taken)
    assert left == union_days(left)
    assert days_of_all(left).isdisjoint(days_of_all(taken))


def test_days_at_the_ends_of_time() -> None:
    ever = Period(date.min, date.max)
    late = Period(date(9999, 6, 1), date.max)
    early = Period(date.min, date(1, 6, 30))
    assert union_days([late, ever, early, late]) == [ever]
    assert without(ever, [early, late]) == [Period(date(1, 7, 1), date(9999, 5, 31))]
    assert without(late, [ever]) == []
    assert ever.days == date.max.toordinal()


@given(st.lists(some_days(), max_size=5), some_days())
def test_days_of_many_periods(periods: list[Period], asked: Period) -> None:
    every = Days(periods)
    inside = [day for day in sorted(days(asked)) if any(day in period for period in periods)]
    assert every.number(asked) == len(inside)
    assert [day for day in sorted(days(asked)) if day in every] == inside
    assert [day for part in every.outside(asked) for day in sorted(days(part))] == [
        day for day in sorted(days(asked)) if day not in inside
    ]


def test_days_from_the_first_there_is() -> None:
    first = Period(date.min, date(1, 1, 3))
    assert Days([first]).number(first) == 3 and Days([]).number(first) == 0
