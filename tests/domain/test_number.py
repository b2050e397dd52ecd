from __future__ import annotations

import itertools
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import assert_refused
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import (
    Number,
    Quantity,
    exact,
    half_up,
    parse_count,
    parse_measure,
    parse_number,
    parse_quantity,
    parse_share,
    written,
)


def as_people_write(value: int, decimals: str, space: str, mark: str, minus: str) -> str:
    sign = minus if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", space) + (mark + decimals if decimals else "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("0", 0, id="zero"),
        pytest.param("12", 12, id="digits"),
        pytest.param("1 234", 1234, id="space"),
        pytest.param("1\u00a0234\u00a0567", 1234567, id="no-break space"),
        pytest.param("12\u202f345", 12345, id="narrow no-break space"),
        pytest.param("12\u2009345", 12345, id="thin space"),
        pytest.param("1 234,5", Fraction(2469, 2), id="decimal comma"),
        pytest.param("1234.5", Fraction(2469, 2), id="decimal point"),
        pytest.param("1 234.500", Fraction(2469, 2), id="spaces show that the point is a decimal one"),
        pytest.param("1,500", Fraction(3, 2), id="a comma is always a decimal one"),
        pytest.param("0.500", Fraction(1, 2), id="no thousands begin with zero"),
        pytest.param("1.5000", Fraction(3, 2), id="four decimals are no thousand"),
        pytest.param("4,0", 4, id="a whole number with decimals"),
        pytest.param("-3", -3, id="hyphen as minus"),
        pytest.param("−3,5", Fraction(-7, 2), id="minus sign"),
        pytest.param("-0", 0, id="minus zero"),
    ],
)
def test_a_number(text: str, value: Number) -> None:
    read = parse_number(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("", "S107", "inget tal", id="empty"),
        pytest.param("tjugo", "S107", "skriv siffror", id="words"),
        pytest.param("1e3", "S107", "inget tal", id="exponent"),
        pytest.param("nan", "S107", "inget tal", id="nan"),
        pytest.param("inf", "S107", "inget tal", id="inf"),
        pytest.param("1_000", "S107", "inget tal", id="underscore"),
        pytest.param("1 0000", "S107", "inget tal", id="four digits after a space"),
        pytest.param("12,", "S107", "inget tal", id="nothing after the comma"),
        pytest.param(",5", "S107", "inget tal", id="nothing before the comma"),
        pytest.param("+5", "S107", "inget tal", id="plus"),
        pytest.param("75 %", "S107", "inget tal", id="per cent"),
        pytest.param("٣", "S107", "inget tal", id="digits of another script"),
        pytest.param("²", "S107", "inget tal", id="superscript"),
        pytest.param("007", "S107", "skriv 7,", id="leading zeros"),
        pytest.param("00", "S107", "skriv 0,", id="only zeros"),
        pytest.param("-007,50", "S107", "skriv -7,50,", id="leading zeros keep sign and decimals"),
        pytest.param("0701234567", "S107", "börjar med en nolla", id="a telephone number"),
        pytest.param("9" * 41, "S107", "för långt", id="too long"),
        pytest.param("9" * 5000, "S107", "för långt", id="longer than Python turns into a number"),
        pytest.param(
            "1.500", "S108", "skriv 1 500 om punkten skiljer tusental, 1,500 om den är ett decimaltecken", id="ambiguous"
        ),
        pytest.param("-1.500", "S108", "skriv -1 500 om", id="ambiguous and negative"),
        pytest.param("1.500.000", "S108", "mellanslag, inte med punkt | skriv 1 500 000 |", id="two points"),
        pytest.param("1.500,5", "S108", "mellanslag, inte med punkt | skriv 1 500,5 |", id="point and comma"),
    ],
)
def test_no_number(text: str, code: str, says: str) -> None:
    assert_refused(parse_number(text), code, says)


def test_the_longest_number_that_is_read() -> None:
    assert parse_number("9" * 40) == int("9" * 40)


@given(
    st.integers(-(10**9), 10**9),
    st.text("0123456789", max_size=6),
    st.sampled_from([" ", "\u00a0", "\u202f", "\u2009", ""]),
    st.sampled_from([",", "."]),
    st.sampled_from(["-", "−"]),
)
def test_what_people_write_is_read_back(value: int, decimals: str, space: str, mark: str, minus: str) -> None:
    text = as_people_write(value, decimals, space, mark, minus)
    read = parse_number(text)
    if mark == "." and len(decimals) == 3 and 0 < abs(value) < 1000:
        assert_refused(read, "S108")
    else:
        assert read == Fraction(f"{value}.{decimals}" if decimals else value)


@given(st.integers(-(10**12), 10**12), st.integers(0, 6))
def test_a_written_number_is_read_back(digits: int, decimals: int) -> None:
    value = exact(Fraction(digits, 10**decimals))
    assert parse_number(written(value)) == value


@pytest.mark.parametrize(("value", "text"), [(7, "7"), (Fraction(15, 2), "7,5"), (Fraction(-1, 8), "-0,125")])
def test_a_number_is_written_with_a_decimal_comma(value: Number, text: str) -> None:
    assert written(value) == text


@given(st.sampled_from(["1.500", "12.345", "1.500.000", "1.234,5", "007", "-012,50", "00"]))
def test_every_proposed_number_can_be_read(text: str) -> None:
    problem = parse_number(text)
    assert isinstance(problem, Problem)
    first = problem.remedy.removeprefix("skriv ").split(" om ")[0].split(", eller")[0]
    assert not isinstance(parse_number(first), Problem)


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("4", 4), ("1 500", 1500), ("4,0", 4)])
def test_a_count(text: str, value: int) -> None:
    assert parse_count(text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("-1", "S109", id="just under zero"),
        pytest.param("4,5", "S109", id="half"),
        pytest.param("fyra", "S107", id="no number"),
        pytest.param("1.500", "S108", id="ambiguous"),
    ],
)
def test_no_count(text: str, code: str) -> None:
    assert_refused(parse_count(text), code)


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        pytest.param("190", Quantity(190), id="as it stands"),
        pytest.param("ca 190", Quantity(190, "ca"), id="ca"),
        pytest.param("ca. 190", Quantity(190, "ca"), id="ca with a full stop"),
        pytest.param("Cirka 1 900", Quantity(1900, "ca"), id="cirka"),
        pytest.param("minst 71", Quantity(71, "minst"), id="minst"),
        pytest.param("Minst\u00a071", Quantity(71, "minst"), id="no-break space"),
    ],
)
def test_a_quantity(text: str, quantity: Quantity) -> None:
    assert parse_quantity(text) == quantity
    assert parse_measure(text) == quantity


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("ca", "S107", id="no figure"),
        pytest.param("ca190", "S107", id="no space"),
        pytest.param("minst ca 4", "S107", id="two words"),
        pytest.param("minst 4,5", "S109", id="half"),
        pytest.param("ca 1.500", "S108", id="ambiguous"),
        pytest.param("högst 4", "S107", id="another word"),
    ],
)
def test_no_quantity(text: str, code: str) -> None:
    assert_refused(parse_quantity(text), code)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        pytest.param("drygt 60", "skriv minst 60", id="a good sixty"),
        pytest.param("Över 1 200", "skriv minst 1200", id="over"),
        pytest.param("mer än 60", "skriv minst 60", id="more than"),
        pytest.param("60+", "skriv minst 60", id="plus"),
        pytest.param("ett 50-tal", "skriv ca 50", id="some fifty"),
        pytest.param("50 tal", "skriv ca 50", id="some fifty without a dash"),
        pytest.param("drygt ett 50-tal", "skriv minst 50", id="a good fifty"),
        pytest.param("ett femtiotal", "skriv ca 50", id="some fifty in letters"),
        pytest.param("ett hundratal", "skriv ca 100", id="some hundred"),
        pytest.param("ett dussin", "skriv ca 12", id="a dozen"),
        pytest.param("knappt 60", "skriv ca 60", id="barely"),
        pytest.param("ungefär 60", "skriv ca 60", id="about"),
        pytest.param("10-15", "skriv minst 10, eller ca 13", id="a range"),
        pytest.param("10 – 15", "skriv minst 10, eller ca 13", id="a range with a dash"),
        pytest.param("mellan 10 och 20", "skriv minst 10, eller ca 15", id="between"),
    ],
)
def test_a_figure_said_loosely_is_told_how_with_ca_or_minst(text: str, advice: str) -> None:
    for parse in (parse_quantity, parse_measure):
        refused = parse(text)
        assert isinstance(refused, Problem)
        assert (refused.code, refused.remedy) == ("S107", advice)
        assert "ca och minst" in refused.note
        for figure in advice.removeprefix("skriv ").split(", eller "):
            assert isinstance(parse(figure), Quantity)


@pytest.mark.parametrize("text", ["15-10", "2026-03", "drygt", "en del", "drygt flera", "24 st", "ca drygt 60", "9" * 60])
def test_what_is_no_loose_figure_gets_no_loose_advice(text: str) -> None:
    refused = parse_quantity(text)
    assert isinstance(refused, Problem)
    assert "ca och minst" not in refused.note


def test_a_measure_may_have_decimals_and_be_negative() -> None:
    assert parse_measure("ca -4,5") == Quantity(Fraction(-9, 2), "ca")


@given(st.integers(0, 10**9), st.sampled_from(["", "ca", "minst"]))
def test_a_quantity_keeps_its_certainty(value: int, word: str) -> None:
    assert parse_quantity(f"{word} {value:,}".strip().replace(",", " ")) == Quantity(value, word)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "ratio"),
    [
        pytest.param("75 %", Fraction(3, 4), id="space"),
        pytest.param("75%", Fraction(3, 4), id="no space"),
        pytest.param("75\u00a0%", Fraction(3, 4), id="no-break space"),
        pytest.param("75\u2009%", Fraction(3, 4), id="thin space"),
        pytest.param("12,5 %", Fraction(1, 8), id="decimals"),
        pytest.param("100 %", Fraction(1), id="all"),
        pytest.param("0 %", Fraction(0), id="none"),
    ],
)
def test_a_share(text: str, ratio: Fraction) -> None:
    assert parse_share(text) == ratio


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        pytest.param("75", "S110", "andel i procent", id="no sign"),
        pytest.param("3/4", "S110", "skriv till exempel 75 %", id="fraction"),
        pytest.param("%", "S107", "inget tal", id="only the sign"),
        pytest.param("många %", "S107", "inget tal", id="words"),
    ],
)
def test_no_share(text: str, code: str, says: str) -> None:
    assert_refused(parse_share(text), code, says)


@pytest.mark.parametrize(
    ("value", "whole"),
    [(Fraction(5, 2), 3), (Fraction(249, 100), 2), (Fraction(251, 100), 3), (Fraction(-5, 2), -2), (Fraction(4), 4)],
)
def test_a_half_goes_up(value: Fraction, whole: int) -> None:
    assert half_up(value) == whole


@given(st.fractions())
def test_rounding_is_to_the_nearest(value: Fraction) -> None:
    assert -Fraction(1, 2) < half_up(value) - value <= Fraction(1, 2)


def test_exact_is_an_int_where_it_can_be() -> None:
    for value in itertools.chain(map(Fraction, range(-2, 3)), [Fraction(1, 3)]):
        assert exact(value) == value
        assert isinstance(exact(value), int) == (value.denominator == 1)


@pytest.mark.parametrize("text", ["NA", "NaN", "null", "N/A"])
def test_another_program_s_word_for_nothing_is_named(text: str) -> None:
    found = parse_number(text)
    assert isinstance(found, Problem) and found.remedy == "lämna det tomt" and text in found.note
