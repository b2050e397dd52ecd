"""Moments with zones, spans in one cell, and periods in words: read as what they are, or refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from uppfoljning.collect.table.values import SPAN, Moment, Unreadable, read_clock, read_moment, read_period, read_span


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2026/05/01 11:45:10 PM GMT+2", 1, "23:45"),
        ("2026/05/01 11:45:10 em CEST", 1, "23:45"),
        ("2026/05/01 8:05:10 fm CEST", 1, "08:05"),
        ("2026-05-01T22:40:10.123Z", 2, "00:40"),
        ("2026-05-01T22:40:10+00:00", 2, "00:40"),
        ("2026-05-01 22:40 UTC", 2, "00:40"),
        ("2026-05-01T20:30:00.000+02:00", 1, "20:30"),
        ("2026-05-01T20:30-03:00", 2, "01:30"),
        ("2026-05-01 20:30:00 -0500", 2, "03:30"),
        ("Fri May 01 2026 23:45:10 GMT+0200 (Central European Summer Time)", 1, "23:45"),
        ("2026-05-01T23:45[Europe/Stockholm]", 1, "23:45"),
        ("2026-05-01 20:30", 1, "20:30"),
    ],
)
def test_a_zone_in_the_cell_is_heeded(text: str, day: int, clock: str) -> None:
    minutes = int(clock[:2]) * 60 + int(clock[3:])
    assert read_moment(text) == Moment(date(2026, 5, day), minutes)


def test_a_moment_without_a_zone_is_in_the_one_its_program_writes() -> None:
    assert read_moment("2026-05-01T22:40:10", zone="utc") == Moment(date(2026, 5, 2), 40)
    assert read_moment("2026-12-31T23:40:10", zone="utc") == Moment(date(2027, 1, 1), 40)
    assert read_moment("2026-05-01T22:40:10+02:00", zone="utc") == Moment(date(2026, 5, 1), 22 * 60 + 40)
    assert read_moment("2026-05-01", zone="utc") == Moment(date(2026, 5, 1))


@pytest.mark.parametrize(
    "text", ["2026-05-01T20:30+25:00", "2026-05-01 20:30 XYZ", "2026-05-01T20:30:00+02:99", "2026-05-01 20:30 EST"]
)
def test_a_broken_or_unknown_zone_is_refused(text: str) -> None:
    found = read_moment(text)
    assert isinstance(found, Unreadable) and "tidszon" in found.reason


def test_an_hour_that_the_clock_skipped_is_refused() -> None:
    found = read_moment("2026-03-29 02:30")
    assert isinstance(found, Unreadable) and "ställdes fram" in found.reason
    assert read_moment("2026-03-29T00:30Z") == Moment(date(2026, 3, 29), 90)
    assert read_moment("2026-03-29T01:30Z") == Moment(date(2026, 3, 29), 210)


@pytest.mark.parametrize("text", ["20:30-23:30", "20.30–23.30", "20:30 till 23:30", "kl 20:30 - 23:30", "20:30 — 23:30"])
def test_two_clock_times_in_a_cell_are_a_span_and_never_a_zone(text: str) -> None:
    assert read_span(text) == ("20:30", "23:30")
    assert read_clock(text) == SPAN


def test_a_span_after_a_day_is_refused_and_a_minus_that_may_be_either_too() -> None:
    assert read_moment("2026-05-01 20:30-23:30") == SPAN
    found = read_moment("2026-05-01 20:30-02:00")
    assert isinstance(found, Unreadable) and "minustecknet" in found.reason


def test_a_clock_time_with_a_zone_but_no_day_is_only_swedish_time() -> None:
    assert read_clock("20:30:00.000+02:00") == 20 * 60 + 30
    assert isinstance(read_clock("20:30Z"), Unreadable)


@pytest.mark.parametrize(
    ("text", "period"),
    [("jan-25", "2025-01"), ("2026M03", "2026-03"), ("Q3 2025", "2025-K3"), ("v. 40 2025", "2025-W40"), ("mars 2026", "2026-03"),
     ("2025-v40", "2025-W40"), ("kvartal 3 2025", "2025-K3"), ("2025Q3", "2025-K3"), ("03/2026", "2026-03"),
     ("202603", "2026-03"),     ("tertial 1 2026", "2026-T1"), ("H1 2026", "2026-H1"),
     ("2:a kvartalet 2026", "2026-K2"), ("maj", ""), ("2026-13", "")],
)  # fmt: skip
def test_a_period_in_words_or_in_a_program_s_grammar_is_read(text: str, period: str) -> None:
    assert read_period(text) == period
