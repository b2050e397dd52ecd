from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import assert_refused
from uppfoljning.domain.clock import (
    MINUTES_A_DAY,
    WEEKDAYS,
    Window,
    parse_date,
    parse_end,
    parse_length,
    parse_moment,
    parse_start,
    parse_weekday,
    parse_window,
    parse_within,
)
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import Number

MINUTES = st.integers(0, MINUTES_A_DAY - 1)


@given(st.dates())
def test_every_day_is_read(day: date) -> None:
    assert parse_date(day.isoformat()) == day


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("2026-3-6", "månad och dag skrivs med två siffror", id="no leading zeros"),
        pytest.param("6/3 2026", "skriv år, månad och dag som 2026-03-06", id="day first"),
        pytest.param("2026-03", "inget datum", id="month"),
        pytest.param("20260306", "inget datum", id="no hyphens"),
        pytest.param("", "inget datum", id="empty"),
        pytest.param("٢٠٢٦-٠٣-٠٦", "inget datum", id="digits of another script"),
        pytest.param("2026-13-01", "månaderna går från 01 till 12", id="month 13"),
        pytest.param("2026-00-01", "månaderna går från 01 till 12", id="month 0"),
        pytest.param("0000-01-01", "åren börjar på 0001", id="year 0"),
        pytest.param("2026-02-29", "2026-02 går från 01 till 28", id="no leap year"),
        pytest.param("2024-02-30", "2024-02 går från 01 till 29", id="leap year"),
        pytest.param("2026-04-31", "2026-04 går från 01 till 30", id="day 31 of 30"),
        pytest.param("2026-03-00", "2026-03 går från 01 till 31", id="day 0"),
        pytest.param("9999-12-32", "9999-12 går från 01 till 31", id="past the last day there is"),
        pytest.param("0001-02-30", "0001-02 går från 01 till 28", id="the first year"),
        pytest.param("0026-02-30", "0026-02 går från 01 till 28", id="an early year keeps its zeros"),
    ],
)
def test_no_day(text: str, says: str) -> None:
    assert_refused(parse_date(text), "S105", says)


def test_the_note_is_only_for_what_looks_like_a_date() -> None:
    problem = parse_date("i mars")
    assert isinstance(problem, Problem)
    assert problem.note == ""


@given(MINUTES, st.sampled_from([":", "."]))
def test_every_clock_time_is_read(minutes: int, mark: str) -> None:
    text = f"{minutes // 60:02}{mark}{minutes % 60:02}"
    assert parse_start(text) == parse_end(text) == minutes


def test_an_hour_may_have_one_digit() -> None:
    assert parse_start("9:30") == 9 * 60 + 30


def test_midnight_as_an_end() -> None:
    assert parse_end("24:00") == MINUTES_A_DAY
    assert_refused(parse_start("24:00"), "S104", "24:00 går bara som sluttid", "skriv 00:00")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("kvart över nio", "skriv till exempel 02:15", id="words"),
        pytest.param("21", "inget klockslag", id="hour alone"),
        pytest.param("2130", "inget klockslag", id="no colon"),
        pytest.param("1350", "inget klockslag", id="minutes as YAML 1.1 has them"),
        pytest.param("22:30:15", "inget klockslag", id="seconds"),
        pytest.param("22:60", "minuterna går från 00 till 59", id="minute 60"),
        pytest.param("24:01", "timmarna går från 00 till 23", id="just past midnight"),
        pytest.param("25:00", "timmarna går från 00 till 23", id="hour 25"),
        pytest.param("", "inget klockslag", id="empty"),
        pytest.param("٢١:٣٠", "inget klockslag", id="digits of another script"),
    ],
)
def test_no_clock_time(text: str, says: str) -> None:
    assert_refused(parse_start(text), "S104", says)
    assert_refused(parse_end(text), "S104", says)


@pytest.mark.parametrize("text", ["2026-03-06 21:30", "2026-03-06T21:30", "2026-03-06  21.30"])
def test_a_moment(text: str) -> None:
    assert parse_moment(text) == datetime(2026, 3, 6, 21, 30)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("2026-03-06", "S111", "skriv dag och klockslag", id="day alone"),
        pytest.param("21:30", "S111", "ingen tidpunkt", id="clock alone"),
        pytest.param("", "S111", "ingen tidpunkt", id="empty"),
        pytest.param("2026-02-30 21:30", "S105", "datumet finns inte", id="no such day"),
        pytest.param("2026-03-06 21:75", "S104", "minuterna", id="no such minute"),
        pytest.param("2026-03-06 24:00", "S104", "24:00 går bara som sluttid", id="midnight as an end"),
    ],
)
def test_no_moment(text: str, code: str, says: str) -> None:
    assert_refused(parse_moment(text), code, says)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        pytest.param("3:45", Fraction(15, 4), id="hours and minutes"),
        pytest.param("2 tim 30 min", Fraction(5, 2), id="in words"),
        pytest.param("2tim30min", Fraction(5, 2), id="without spaces"),
        pytest.param("45 min", Fraction(3, 4), id="minutes"),
        pytest.param("45 minuter", Fraction(3, 4), id="minutes in full"),
        pytest.param("90 min", Fraction(3, 2), id="more than an hour of minutes"),
        pytest.param("1,5 tim", Fraction(3, 2), id="decimal hours"),
        pytest.param("2 timmar", 2, id="hours in full"),
        pytest.param("1 timme", 1, id="one hour"),
        pytest.param("1 h", 1, id="h"),
        pytest.param("2 tim. 30 min.", Fraction(5, 2), id="full stops"),
        pytest.param("0 min", 0, id="nothing"),
        pytest.param("7 min 30 s", Fraction(1, 8), id="minutes and seconds"),
        pytest.param("45 sekunder", Fraction(1, 80), id="seconds in full"),
        pytest.param("2,46 min", Fraction(41, 1000), id="decimal minutes"),
        pytest.param("1 tim 4 s", Fraction(901, 900), id="hours and seconds"),
        pytest.param("0:07:30", Fraction(1, 8), id="hours, minutes and seconds by the clock"),
    ],
)
def test_a_length(text: str, hours: Number) -> None:
    read = parse_length(text)
    assert read == hours
    assert type(read) is type(hours)


@given(st.integers(0, 99), st.integers(0, 59))
def test_every_way_to_write_a_length_is_the_same(hours: int, minutes: int) -> None:
    assert parse_length(f"{hours}:{minutes:02}") == parse_length(f"{hours} tim {minutes} min") == hours + Fraction(minutes, 60)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("", "S112", "ingen tidslängd", id="empty"),
        pytest.param("45", "S112", "skriv till exempel 3:45, 45 min, 2 tim 30 min eller 7 min 30 s", id="no unit"),
        pytest.param("3:60", "S112", "ingen tidslängd", id="minute 60"),
        pytest.param("3.45", "S112", "ingen tidslängd", id="point could be decimal"),
        pytest.param("-2 tim", "S112", "ingen tidslängd", id="negative"),
        pytest.param("−2 tim", "S112", "ingen tidslängd", id="negative with a minus sign"),
        pytest.param("hela kvällen", "S112", "ingen tidslängd", id="words"),
        pytest.param("några tim", "S107", "inget tal", id="no figure"),
        pytest.param("1.500 tim", "S108", "två sätt", id="ambiguous"),
        pytest.param("9" * 5000 + " min", "S112", "ingen tidslängd", id="longer than Python turns into a number"),
    ],
)
def test_no_length(text: str, code: str, says: str) -> None:
    assert_refused(parse_length(text), code, says)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("24 timmar", 24 * 60),
        ("1 timme", 60),
        ("24tim", 24 * 60),
        ("90 min", 90),
        ("1 minut", 1),
        ("15 minuter", 15),
        ("3 dygn", 3 * MINUTES_A_DAY),
        ("1 dag", MINUTES_A_DAY),
        ("2 dagar", 2 * MINUTES_A_DAY),
        ("1 vecka", 7 * MINUTES_A_DAY),
        ("2 veckor", 14 * MINUTES_A_DAY),
        ("1,5 tim.", 90),
    ],
)
def test_a_limit(text: str, minutes: int) -> None:
    assert parse_within(text) == minutes


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("24", "skriv till exempel 24 timmar eller 3 dygn", id="no unit"),
        pytest.param("en vecka", "ingen tidsgräns", id="a number in words"),
        pytest.param("0 timmar", "ingen tidsgräns", id="nothing"),
        pytest.param("-1 dygn", "ingen tidsgräns", id="negative"),
        pytest.param("1 månad", "ingen tidsgräns", id="a unit of no fixed length"),
        pytest.param("1,5 minuter", "hela minuter", id="half a minute"),
    ],
)
def test_no_limit(text: str, says: str) -> None:
    assert_refused(parse_within(text), "S112", says)


def test_weekdays_begin_on_monday() -> None:
    assert [parse_weekday(day) for day in WEEKDAYS] == list(range(7))
    assert date(2026, 3, 2).weekday() == parse_weekday("mån")


@pytest.mark.parametrize(
    ("text", "says"),
    [("fredag", "skriv fre"), ("Fre", "skriv fre"), ("fri", "mån, tis, ons, tor, fre, lör, sön"), ("", "mån, tis")],
)
def test_no_weekday(text: str, says: str) -> None:
    assert_refused(parse_weekday(text), "S113", says)


@pytest.mark.parametrize(
    ("text", "window"),
    [
        pytest.param("20:00–02:00", Window(1200, 120), id="en dash"),
        pytest.param("20:00-02:00", Window(1200, 120), id="hyphen"),
        pytest.param("20.00 — 02.00", Window(1200, 120), id="em dash with spaces"),
        pytest.param("08:00–16:30", Window(480, 990), id="within the day"),
        pytest.param("00:00–24:00", Window(0, 1440), id="the whole day"),
    ],
)
def test_hours_of_the_day(text: str, window: Window) -> None:
    assert parse_window(text) == window


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("20:00", "S114", "skriv från och till", id="one end"),
        pytest.param("20:00–22:00–02:00", "S114", "skriv från och till", id="three ends"),
        pytest.param("kvällstid", "S114", "ingen tid på dygnet", id="words"),
        pytest.param("20:75–02:00", "S104", "minuterna", id="no such beginning"),
        pytest.param("20:00–26:00", "S104", "timmarna", id="no such end"),
        pytest.param("24:00–02:00", "S104", "24:00 går bara som sluttid", id="24:00 as a beginning"),
    ],
)
def test_no_hours_of_the_day(text: str, code: str, says: str) -> None:
    assert_refused(parse_window(text), code, says)


@pytest.mark.parametrize(
    ("window", "minutes", "opened"),
    [
        pytest.param("20:00–02:00", "19:59", None, id="just before"),
        pytest.param("20:00–02:00", "20:00", 0, id="at the beginning"),
        pytest.param("20:00–02:00", "23:59", 0, id="before midnight"),
        pytest.param("20:00–02:00", "00:00", 1, id="at midnight"),
        pytest.param("20:00–02:00", "02:00", 1, id="at the end"),
        pytest.param("20:00–02:00", "02:01", None, id="just after"),
        pytest.param("08:00–16:00", "07:59", None, id="a day's, just before"),
        pytest.param("08:00–16:00", "08:00", 0, id="a day's, at the beginning"),
        pytest.param("08:00–16:00", "16:00", 0, id="a day's, at the end"),
        pytest.param("08:00–16:00", "16:01", None, id="a day's, just after"),
        pytest.param("20:00–24:00", "00:00", 1, id="24:00 is the same end as 00:00"),
        pytest.param("20:00–00:00", "00:00", 1, id="00:00 as an end"),
        pytest.param("20:00–24:00", "00:01", None, id="just after 24:00"),
        pytest.param("00:00–24:00", "00:00", 0, id="the whole day"),
    ],
)
def test_when_a_window_opened(window: str, minutes: str, opened: int | None) -> None:
    hours, start = parse_window(window), parse_start(minutes)
    assert isinstance(hours, Window)
    assert isinstance(start, int)
    assert hours.opened(start) == opened


@given(MINUTES, st.integers(0, MINUTES_A_DAY), MINUTES)
def test_a_window_is_the_hours_from_its_beginning_to_its_end(start: int, end: int, minutes: int) -> None:
    window = Window(start, end)
    open_minutes = range(start, (end if end >= start else end + MINUTES_A_DAY) + 1)
    days = [days for days in (0, 1) if minutes + days * MINUTES_A_DAY in open_minutes]
    assert window.opened(minutes) == (days[0] if days else None)
    assert window.passes_midnight == (end < start)


@pytest.mark.parametrize(("text", "minutes"), [("14:05:00", 845), ("14:05:00.000", 845), ("24:00:00", 1440), ("00:00:00", 0)])
def test_seconds_that_are_zero_say_nothing_new(text: str, minutes: int) -> None:
    assert parse_end(text) == minutes


@pytest.mark.parametrize("text", ["2026-01-07 16:40:00", "2026-01-07T16:40", "2026-01-07T16:40:00"])
def test_a_moment_that_another_program_wrote_back_is_read(text: str) -> None:
    assert parse_moment(text) == datetime(2026, 1, 7, 16, 40)


def test_seconds_that_are_not_zero_and_two_clock_times_are_refused() -> None:
    assert isinstance(parse_end("14:05:07"), Problem)
    found = parse_end("20:30-23:30")
    assert isinstance(found, Problem) and "två klockslag" in found.note
