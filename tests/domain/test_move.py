"""Days, periods and their names a number of whole months on."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.date_shift import Move, following, move_to, moved_day, moved_name, reworded
from uppfoljning.domain.period import Period, TermName, parse_period

TERMS = {
    "VT2026": Period(date(2026, 1, 8), date(2026, 6, 12)),
    "HT2026": Period(date(2026, 8, 17), date(2026, 12, 20)),
}


def span(text: str) -> Period:
    """`2026`, or two days with `..` between."""
    first, _, last = text.partition("..")
    if last:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    period = parse_period(text)
    assert isinstance(period, Period)
    return period


def move(old: str, new: str) -> Move:
    found = move_to(span(old), old if ".." not in old else "", span(new), {})
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("day", "by", "expected"),
    [
        ("2026-03-15", 12, "2027-03-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2027-02-28", 12, "2028-02-29"),
        ("2026-04-30", 4, "2026-08-31"),
        ("2026-01-30", 1, "2026-02-28"),
        ("2026-10-15", 4, "2027-02-15"),
        ("2026-03-15", -3, "2025-12-15"),
        ("9999-12-31", 12, "9999-12-31"),
        ("9999-03-01", 12, "9999-12-31"),
        ("2026-03-01", -12 * 2026, "0001-01-01"),
    ],
)
def test_a_day_moved(day: str, by: int, expected: str) -> None:
    assert str(moved_day(date.fromisoformat(day), by)) == expected


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 100))
def test_days_keep_their_order(one: date, other: date, by: int) -> None:
    earlier, later = sorted((one, other))
    assert moved_day(earlier, by) <= moved_day(later, by)


@pytest.mark.parametrize(
    ("name", "by", "expected"),
    [
        ("2026", 12, "2027"),
        ("2026", 36, "2029"),
        ("2026", 4, None),
        ("2026-H2", 6, "2027-H1"),
        ("2026-T3", 4, "2027-T1"),
        ("2026-K1", 12, "2027-K1"),
        ("2026-K1", 4, None),
        ("2026-02", 24, "2028-02"),
        ("2026-12", 1, "2027-01"),
        ("2026-W14", 12, "2027-W14"),
        ("2026-W53", 12, "2027-W52"),
        ("2026-W14", 4, None),
        ("2024-02-29", 12, "2025-02-28"),
        ("VT2026", 12, "VT2027"),
        ("VT2026", 6, "HT2026"),
        ("HT2026", 6, "VT2027"),
        ("HT2026", 4, None),
        ("våren", 12, None),
    ],
)
def test_a_name_moved(name: str, by: int, expected: str | None) -> None:
    assert moved_name(name, by) == expected


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("2026", "2027"),
        ("2026-T2", "2026-T3"),
        ("2026-K4", "2027-K1"),
        ("2024-03-01..2026-02-28", "2026-03-01..2028-02-29"),
        ("2017-01-01..2019-12-31", "2020-01-01..2022-12-31"),
        ("2026-03-15..2026-06-14", "2026-06-15..2026-09-14"),
        ("2026-01-09..2026-12-19", None),
        ("2026-W14", None),
        ("9999", None),
    ],
)
def test_the_next_period_is_as_long(old: str, expected: str | None) -> None:
    assert following(span(old), "" if ".." in old else old) == (None if expected is None else span(expected))


@pytest.mark.parametrize(("old", "expected"), [("VT2026", "HT2026"), ("HT2026", "VT2027")])
def test_the_next_term_is_the_other_one(old: str, expected: str) -> None:
    assert following(TERMS[old], old) == expected


@pytest.mark.parametrize(
    ("written", "new", "days", "by"),
    [
        ("VT2026", "HT2026", "2026-08-17..2026-12-20", 6),
        ("VT2026", "VT2027", "2027-01-08..2027-06-12", 12),
        ("2026-H1", "HT2026", "2026-08-17..2026-12-20", 7),
    ],
)
def test_a_move_to_a_term(written: str, new: str, days: str, by: int) -> None:
    old = TERMS.get(written) or span(written)
    assert move_to(old, written, TermName(new), TERMS) == Move(old, span(days), new, by)


@pytest.mark.parametrize("new", ["HT2026", "VT2027"])
def test_a_term_that_nobody_dates(new: str) -> None:
    assert move_to(TERMS["VT2026"], "VT2026", TermName("HT2027"), {}) is None
    assert move_to(span("2025"), "2025", TermName(new), {}) is None


def test_all_of_the_old_is_all_of_the_new_however_long() -> None:
    shorter = move("2026", "2027-H1")
    assert shorter.period(span("2026")) == span("2027-H1")
    assert shorter.period(span("2026-T1")) == span("2027-T1")
    assert (shorter.written, shorter.months, shorter.whole_years) == ("2027-H1", 12, True)


@pytest.mark.parametrize(
    ("old", "new", "text", "expected"),
    [
        ("2026", "2027", "Åtgärdsplan för Köping 2026, efter 2025 års plan", "Åtgärdsplan för Köping 2027, efter 2025 års plan"),
        ("2017-01-01..2019-12-31", "2020-01-01..2022-12-31", "Löften 2017–2019", "Löften 2020–2022"),
        ("2025-07-01..2026-06-30", "2026-07-01..2027-06-30", "Plan 2025/26", "Plan 2026/27"),
        ("2026-T2", "2026-T3", "Plan 2026-T2", "Plan 2026-T3"),
        ("2026-T3", "2027-T1", "Plan 2026-T3, år 2026", "Plan 2027-T1, år 2027"),
        ("2026", "2027", "KS 120265", "KS 120265"),
        ("2026", "2027", "Utan år", "Utan år"),
    ],
)
def test_the_words_of_a_period(old: str, new: str, text: str, expected: str) -> None:
    assert reworded(text, move(old, new).words("" if ".." in old else old)) == expected
