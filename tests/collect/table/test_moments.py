"""Days and times as people write them: each is read as the one day it can be, or not at all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.collect.table.values import AMBIGUOUS, Moment, Unreadable, read_clock, read_moment
from uppfoljning.domain.mapping import DAY_FIRST, MONTH_FIRST

MONTHS = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
ENGLISH = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    "December",
)
FIRST_OF_MAY = date(2023, 5, 1)


@pytest.mark.parametrize(
    "text",
    [
        *("1/5-23", "1/5 2023", "1 maj 2023", "den 1 maj 2023", "den 1:a maj 2023", "måndag 1 maj 2023", "Mån 1 maj 2023"),
        *("2023-05-01", "2023-5-1", "2023/05/01", "2023.05.01", "20230501", "1.5.2023", "01.05.2023", "45047", "1-maj-23"),
        *("May 1, 2023", "1 May 2023", "Monday, May 1 2023", "1st May 2023", "２０２３-０５-０１", " 2023-05-01\u00a0"),
    ],
)
def test_a_day(text: str) -> None:
    assert read_moment(text) == Moment(FIRST_OF_MAY)


@pytest.mark.parametrize(
    "text",
    [
        *("2023-05-01T21:30", "2023-05-01 21:30:00", "2023-05-01 21.30", "2023-05-01, 21:30", "1 maj 2023 kl. 21.30"),
        *("1 maj 2023 klockan 21:30", "May 1, 2023 9:30 PM", "2023-05-01T21:30:00.000+02:00", "2023-05-01T19:30:00Z"),
        *("45047,895833", "45047.8958333", "20230501 21:30", "1.5.2023 9.30 pm"),
    ],
)
def test_a_day_with_a_time(text: str) -> None:
    assert read_moment(text) == Moment(FIRST_OF_MAY, 21 * 60 + 30)


def test_utc_is_told_as_the_clock_showed_here() -> None:
    assert read_moment("2023-05-01T22:30:00Z") == Moment(date(2023, 5, 2), 30)
    assert read_moment("2023-01-01T22:30:00Z") == Moment(date(2023, 1, 1), 23 * 60 + 30)
    assert read_moment("2023-03-26T00:59:00Z") == Moment(date(2023, 3, 26), 60 + 59)
    assert read_moment("2023-03-26T01:00:00Z") == Moment(date(2023, 3, 26), 3 * 60)
    assert read_moment("2023-10-29T01:00:00Z") == Moment(date(2023, 10, 29), 2 * 60)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("05/01/2023", "datumet kan läsas på två sätt"),
        ("5-1-2023", "datumet kan läsas på två sätt"),
        ("5/1/2023 9:05:00 PM", "datumet kan läsas på två sätt"),
        ("23-05-01", "året har två siffror"),
        ("1.5.23", "året har två siffror"),
        ("31/12/23", "året har två siffror"),
        ("5/5/23", "året har två siffror"),
        ("5 maj", "årtalet saknas"),
        ("1/5", "årtalet saknas"),
        ("2023-02-30", "datumet finns inte"),
        ("32 maj 2023", "datumet finns inte"),
        ("230501", "det går inte att läsa som ett datum"),
        ("igår", "det går inte att läsa som ett datum"),
        ("1/5.2023", "det går inte att läsa som ett datum"),
        ("5 maaj 2023", "det går inte att läsa som ett datum"),
        ("2023-05-01 25:00", "det går inte att läsa som ett klockslag"),
        ("2023-05-01 21:30xx", "det går inte att läsa som ett klockslag"),
        ("", "det går inte att läsa som ett datum"),
    ],
)
def test_what_is_no_day(text: str, why: str) -> None:
    found = read_moment(text)
    assert isinstance(found, Unreadable)
    assert found.reason.startswith(why)
    assert not text or text not in found.reason


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("05/01/2023", DAY_FIRST, date(2023, 1, 5)),
        ("05/01/2023", MONTH_FIRST, date(2023, 5, 1)),
        ("5-1-2023", DAY_FIRST, date(2023, 1, 5)),
        ("31/12/23", DAY_FIRST, date(2023, 12, 31)),
        ("13/05/2023", MONTH_FIRST, date(2023, 5, 13)),
        ("1/5-23", MONTH_FIRST, date(2023, 5, 1)),
        ("3/3/2023", "", date(2023, 3, 3)),
    ],
)
def test_the_order_settles_only_what_is_open(text: str, order: str, day: date) -> None:
    assert read_moment(text, order) == Moment(day)


def test_two_digits_with_hyphens_may_begin_with_the_year_whatever_the_order() -> None:
    assert isinstance(read_moment("23-05-01", DAY_FIRST), Unreadable)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(["", DAY_FIRST, MONTH_FIRST]))
def test_every_shape_gives_its_own_day_or_none(day: date, order: str) -> None:
    d, m, y, short = day.day, day.month, day.year, f"{day.year % 100:02}"
    swedish, english = MONTHS[m - 1], ENGLISH[m - 1]
    sure = [day.isoformat(), f"{d} {swedish} {y}", f"{english} {d}, {y}", f"{d}.{m}.{y}", f"{d}/{m} {y}", f"{y}/{m}/{d}"]
    sure += [f"{y}{m:02}{d:02}", f"{d} {swedish[:3]}. {y}", f"{day.isoformat()} 21:30"]
    assert {getattr(read_moment(text, order), "day", None) for text in sure} == {day}
    unsure = [f"{d:02}/{m:02}/{y}", f"{d}-{m}-{y}"]
    unsure += [f"{y % 100:02}-{m:02}-{d:02}", f"{short}{m:02}{d:02}"] if y >= 2000 else []
    for text in unsure:
        found = read_moment(text, order)
        assert isinstance(found, Unreadable) or found.day == day or (order == MONTH_FIRST and d <= 12)
    assert read_moment(f"{m:02}/{d:02}/{y}", MONTH_FIRST) == Moment(day)


@given(st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_the_number_of_a_day_in_a_spreadsheet(day: date) -> None:
    assert read_moment(str((day - date(1899, 12, 30)).days)) == Moment(day)
    assert day - timedelta((day - date(1899, 12, 30)).days) == date(1899, 12, 30)


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_reason(text: str) -> None:
    assert isinstance(read_moment(text), (Moment, Unreadable))
    assert isinstance(read_clock(text), (int, Unreadable))


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        *(("21.30", "21:30"), ("21:30", "21:30"), ("kl 21", "21:00"), ("kl. 21.30", "21:30"), ("klockan 9", "09:00")),
        *(
            ("2130", "21:30"),
            ("930", "09:30"),
            ("9:05 PM", "21:05"),
            ("9 pm", "21:00"),
            ("12 AM", "00:00"),
            ("12:30 p.m.", "12:30"),
        ),
        *(("21:30:00", "21:30"), ("21", "21:00"), ("0,8958333", "21:30"), ("0.5", None), ("2026-03-06 21:30", "21:30")),
        *(("21.3", None), ("21,5", None), ("25:00", None), ("21:61", None), ("20-23", None), ("13 PM", None), ("sent", None)),
        *(("24:00", None), ("45047,5", "12:00"), ("45047", None), ("00:00", "00:00")),
    ],
)
def test_a_clock_time(text: str, clock: str | None) -> None:
    found = read_clock(text)
    assert (None if isinstance(found, Unreadable) else f"{found // 60:02}:{found % 60:02}") == clock


def test_an_end_may_be_midnight() -> None:
    assert read_clock("24:00", end=True) == 24 * 60
    assert isinstance(read_clock("24:01", end=True), Unreadable)


def test_why_a_day_is_open_says_what_to_do() -> None:
    assert "datumordning" in AMBIGUOUS.reason
