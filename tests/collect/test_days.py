"""Days and clock times as people say them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.collect.wizard.answers import as_clock, parse_day, said
from uppfoljning.domain.clock import parse_start
from uppfoljning.domain.finding import Problem

TODAY = date(2026, 3, 7)
"""A Saturday."""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("i dag", "2026-03-07"),
        ("idag", "2026-03-07"),
        ("Igår", "2026-03-06"),
        ("i förrgår", "2026-03-05"),
        ("i morgon", "2026-03-08"),
        ("fre", "2026-03-06"),
        ("fredag", "2026-03-06"),
        ("i fredags", "2026-03-06"),
        ("lör", "2026-03-07"),
        ("sön", "2026-03-01"),
        ("tis", "2026-03-03"),
        ("5/3", "2026-03-05"),
        ("8/3", "2025-03-08"),
        ("5 mars", "2026-03-05"),
        ("5 mar 2025", "2025-03-05"),
        ("5/3-2025", "2025-03-05"),
        ("29/2", "2024-02-29"),
        ("2026-03-06", "2026-03-06"),
        ("2027-01-01", "2027-01-01"),
    ],
)
def test_a_day_is_understood(text: str, day: str) -> None:
    assert parse_day(text, TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", "x", "32/1", "5/13", "30 februari", "fr", "2026-02-30", "mandag", "5 x", "99999/1"])
def test_what_is_no_day_is_refused_with_what_to_write(text: str) -> None:
    found = parse_day(text, TODAY)
    assert isinstance(found, Problem)
    assert found.remedy


@given(st.dates())
def test_the_ends_of_time_are_no_trap(today: date) -> None:
    for text in ("igår", "i morgon", "fre", "29/2", "31/12"):
        assert isinstance(parse_day(text, today), (date, Problem))
    assert said(today).split()[1] == str(today.day)


@given(st.dates(), st.sampled_from(("mån", "tis", "ons", "tor", "fre", "lör", "sön")))
def test_a_weekday_is_the_latest_that_has_been(today: date, word: str) -> None:
    day = parse_day(word, today)
    if isinstance(day, date):
        assert 0 <= (today - day).days <= 6
        assert said(day).startswith(word)


@pytest.mark.parametrize(
    ("text", "clock"),
    [("2030", "20:30"), ("20", "20:00"), ("kl 20.30", "20:30"), ("8:05", "08:05"), ("045", "00:45"), ("nio", "nio")],
)
def test_a_clock_time_may_be_written_short(text: str, clock: str) -> None:
    assert as_clock(text) == clock


@given(st.text(max_size=8))
def test_any_text_is_a_clock_time_or_refused(text: str) -> None:
    assert isinstance(parse_start(as_clock(text)), (int, Problem))
