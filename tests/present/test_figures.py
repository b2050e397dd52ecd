"""Figures, shares and days as Swedish text."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import Number, parse_number, parse_share
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.present.figures import UNKNOWN, day, days, figure, from_to, heading, of_expected, percent, plural, ratio


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (None, 2, "–"),
        (0, 2, "0"),
        (999, 2, "999"),
        (1000, 2, "1 000"),
        (1234567, 2, "1 234 567"),
        (Fraction(12345, 10), 2, "1 234,5"),
        (Fraction(1, 3), 2, "0,33"),
        (Fraction(2, 3), 2, "0,67"),
        (Fraction(5, 1000), 2, "0,01"),
        (Fraction(4999, 1000000), 2, "0"),
        (Fraction(-5, 1000), 2, "−0,01"),
        (Fraction(-1, 1000), 2, "0"),
        (-1234, 2, "−1 234"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(49, 100), 0, "0"),
        (Fraction(3, 2), 0, "2"),
        (Fraction(285, 100), 1, "2,9"),
        (Fraction(9999, 10), 0, "1 000"),
        (Fraction(1, 10), 4, "0,1"),
    ],
)
def test_figure(value: Number | None, decimals: int, text: str) -> None:
    assert figure(value, decimals=decimals) == text


def test_figure_says_how_sure_it_is() -> None:
    assert (figure(190, "ca"), figure(71, "minst"), figure(None, "minst")) == ("ca 190", "minst 71", "–")


@given(st.integers(-(10**12), 10**12), st.integers(0, 99))
def test_a_figure_reads_back(whole: int, hundredths: int) -> None:
    value = Fraction(whole) + Fraction(hundredths, 100)
    assert parse_number(figure(value)) == value


@given(st.fractions(), st.integers(0, 4))
def test_no_figure_has_a_sign_that_a_terminal_or_ascii_would_lose(value: Fraction, decimals: int) -> None:
    text = figure(value, decimals=decimals)
    assert set(text) <= set("0123456789 ,−")
    assert abs(Fraction(text.replace(" ", "").replace(",", ".").replace("−", "-")) - value) <= Fraction(1, 2 * 10**decimals)


@pytest.mark.parametrize(
    ("value", "expected", "text"),
    [
        (None, Fraction(0), "0"),
        (12, Fraction(12), "12"),
        (12, Fraction(32, 3), "10,7"),
        (12, Fraction(64, 5), "12,8"),
        (0, Fraction(1, 3), "0,3"),
        (1, Fraction(1, 3), "0,333"),
        (None, Fraction(25, 2), "12,5"),
    ],
)
def test_what_is_expected_has_the_decimals_that_its_percentage_needs(value: Number | None, expected: Fraction, text: str) -> None:
    assert of_expected(value, expected) == text


@given(st.integers(1, 400), st.fractions(Fraction(1, 20), 400, max_denominator=400))
def test_a_fraction_and_its_percentage_agree(value: int, expected: Fraction) -> None:
    shown = parse_number(of_expected(value, expected))
    assert not isinstance(shown, Problem)
    said = percent(Fraction(value) / expected)
    percentage = parse_share(said)
    assert not isinstance(percentage, Problem)
    last = Fraction(1, 100 * 10 ** len(said.removesuffix(" %").partition(",")[2]))
    assert abs(Fraction(value) / Fraction(shown) - percentage) <= max(
        2 * last, percentage / 50 if percentage > 10 else Fraction(0)
    )


@given(st.fractions(0, 3, max_denominator=2000), st.sampled_from([Fraction(17, 20), Fraction(9, 10), Fraction(1)]))
def test_a_percentage_is_on_the_side_of_its_limit_that_the_figure_is(share: Fraction, limit: Fraction) -> None:
    shown = parse_share(percent(share, limit))
    assert not isinstance(shown, Problem)
    for edge in (limit, 1):
        assert (shown < edge, shown > edge) == (share < edge, share > edge)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "–"),
        (Fraction(0), "0 %"),
        (Fraction(3, 4), "75 %"),
        (Fraction(1, 200), "1 %"),
        (Fraction(845, 1000), "85 %"),
        (Fraction(994, 1000), "99 %"),
        (Fraction(995, 1000), "99,5 %"),
        (Fraction(999999, 1000000), "99,9999 %"),
        (Fraction(1), "100 %"),
        (Fraction(1004, 1000), "100,4 %"),
        (Fraction(1005, 1000), "101 %"),
        (Fraction(298, 100), "298 %"),
        (Fraction(12), "1 200 %"),
        (Fraction(-1, 3), "−33 %"),
    ],
)
def test_percent(share: Fraction | None, text: str) -> None:
    assert percent(share) == text


@given(st.fractions(min_value=0, max_value=3))
def test_a_hundred_percent_is_printed_exactly_when_it_is_reached(share: Fraction) -> None:
    assert (int(percent(share).removesuffix(" %")) >= 100) is (share >= 1)


def test_ratio() -> None:
    assert (ratio(Fraction(7, 8), (7, 8)), ratio(None, (0, 0))) == ("88 % (7 av 8)", UNKNOWN)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("2026", "2026", "2026"),
        ("2026-08", "augusti", "augusti 2026"),
        ("2026-W14", "v. 14 2026", "v. 14 2026"),
        ("2026-W53", "v. 53 2026", "v. 53 2026"),
        ("2026-T1", "2026-T1", "2026-T1"),
        ("2026-07-03", "3 jul", "2026-07-03"),
    ],
)
def test_days(text: str, short: str, long: str) -> None:
    period = parse_period(text)
    assert isinstance(period, Period)
    assert (days(period), days(period, year=True)) == (short, long)


def test_days_without_a_name() -> None:
    inside, across = Period(date(2026, 1, 9), date(2026, 4, 30)), Period(date(2025, 12, 9), date(2026, 1, 3))
    assert (days(inside), days(inside, year=True)) == ("9 jan–30 apr", "9 jan–30 apr 2026")
    assert days(across, year=True) == "9 dec 2025–3 jan 2026"


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("2026-03", "mar", "mar 2026"),
        ("2026-K1", "K1", "2026-K1"),
        ("2026-T3", "T3", "2026-T3"),
        ("2026-W14", "v. 14 2026", "v. 14 2026"),
        ("2026", "2026", "2026"),
        ("2026-03-06", "6 mar", "2026-03-06"),
    ],
)
def test_heading(text: str, short: str, long: str) -> None:
    period = parse_period(text)
    assert isinstance(period, Period)
    assert (heading(period), heading(period, year=True)) == (short, long)
    assert heading(Period(date(2026, 1, 9), date(2026, 1, 31))) == "9 jan–31 jan"


def test_from_to() -> None:
    assert from_to(Period(date(2018, 1, 1), date(2018, 4, 30))) == "1 jan–30 apr"
    assert from_to(Period(date(2018, 5, 2), date(2018, 5, 2))) == "2 maj"
    assert [day(date(2026, month, 1)).split()[1] for month in (1, 5, 10, 12)] == ["jan", "maj", "okt", "dec"]


def test_plural() -> None:
    assert [plural(number, "rapport", "rapporter") for number in (0, 1, 2, 1200)] == [
        "0 rapporter", "1 rapport", "2 rapporter", "1 200 rapporter",
    ]  # fmt: skip
