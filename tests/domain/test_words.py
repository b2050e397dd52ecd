from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import TEXTS, assert_refused
from uppfoljning.domain.clock import (
    parse_date,
    parse_end,
    parse_length,
    parse_moment,
    parse_start,
    parse_weekday,
    parse_window,
    parse_within,
)
from uppfoljning.domain.finding import Finding, Place, Problem
from uppfoljning.domain.number import parse_count, parse_measure, parse_number, parse_quantity, parse_share
from uppfoljning.domain.period import parse_period
from uppfoljning.domain.report import parse_hours, parse_reference, parse_step_answer
from uppfoljning.domain.scalars import (
    REASONS,
    one_of,
    parse_address,
    parse_field_id,
    parse_id,
    parse_reason,
    parse_scb_code,
    parse_text,
    parse_yes,
)
from uppfoljning.domain.schema import Parse

PARSERS: list[Parse] = [
    *(parse_number, parse_count, parse_quantity, parse_measure, parse_share, parse_hours),
    *(parse_date, parse_start, parse_end, parse_moment, parse_length, parse_within, parse_weekday, parse_window, parse_period),
    *(parse_text, parse_id, parse_field_id, parse_yes, parse_scb_code, parse_address, parse_reason),
    *(parse_reference, parse_step_answer),
]


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: getattr(parse, "__name__", "parse_reason"))
@given(text=TEXTS)
def test_every_text_is_read_or_refused_with_a_code_and_a_remedy(parse: Parse, text: str) -> None:
    read = parse(text)
    assert read is not None
    if isinstance(read, Problem):
        assert read.code.startswith("S1")
        assert read.message.strip()
        assert read.remedy.strip()


@pytest.mark.parametrize("text", ["Lugn kväll.", "  x", "nej", "0"])
def test_a_text_is_kept_as_it_stands(text: str) -> None:
    assert parse_text(text) == text


@pytest.mark.parametrize("text", ["", "   ", "\u00a0"])
def test_no_text(text: str) -> None:
    assert_refused(parse_text(text), "S115", "texten är tom", "ta bort raden")


@pytest.mark.parametrize("text", ["nattvandring", "est-lägesrapport", "åäö", "1", "2026-t1"])
def test_an_id(text: str) -> None:
    assert parse_id(text) == text
    assert parse_field_id(text) == text


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        pytest.param("Nattvandring", "skriv nattvandring", id="capital"),
        pytest.param("norra stan", "skriv norra-stan", id="space"),
        pytest.param("café/kväll", "skriv caf-kväll", id="other signs"),
        pytest.param("", "skriv till exempel nattvandring", id="empty"),
        pytest.param("!?", "skriv till exempel nattvandring", id="nothing left"),
        pytest.param("a\u030a", "skriv a", id="a letter that is not composed"),
    ],
)
def test_no_id(text: str, remedy: str) -> None:
    for parse in (parse_id, parse_field_id):
        problem = parse(text)
        assert_refused(problem, "S116", "namnet kan inte användas som id", "små bokstäver, siffror")
        assert isinstance(problem, Problem)
        assert problem.remedy == remedy


@given(st.text(max_size=60))
def test_every_proposed_id_is_an_id(text: str) -> None:
    problem = parse_id(text)
    if isinstance(problem, Problem):
        proposed = problem.remedy.removeprefix("skriv ").removeprefix("till exempel ")
        assert parse_id(proposed) == proposed


def test_a_proposed_id_is_not_a_whole_text() -> None:
    assert_refused(parse_id("Ö" * 200), "S116", f"skriv {'ö' * 40} ")


def test_only_a_field_may_have_an_underscore() -> None:
    assert parse_field_id("hjälpta_hem") == "hjälpta_hem"
    assert_refused(parse_id("hjälpta_hem"), "S116", "skriv hjälpta-hem")


@pytest.mark.parametrize(
    ("text", "answer"), [("ja", True), ("nej", False), ("Ja", True), ("NEJ", False), ("true", True), ("False", False)]
)
def test_yes_and_no(text: str, answer: bool) -> None:
    assert parse_yes(text) is answer


@pytest.mark.parametrize("text", ["", "no", "yes", "on", "1", "kanske", "ja tack"])
def test_neither_yes_nor_no(text: str) -> None:
    assert_refused(parse_yes(text), "S117", "ja eller nej")


def test_a_municipality_keeps_its_zero() -> None:
    assert parse_scb_code("0180") == "0180"


@pytest.mark.parametrize("text", ["180", "01800", "018O", "٠١٨٠", ""])
def test_no_municipality(text: str) -> None:
    assert_refused(parse_scb_code(text), "S118", "fyra siffror", '"0180"')


@pytest.mark.parametrize("text", ["https://example.org/plan?x=1", "http://example.org"])
def test_an_address(text: str) -> None:
    assert parse_address(text) == text


@pytest.mark.parametrize("text", ["example.org", "ftp://example.org", "https://", "https://a b", ""])
def test_no_address(text: str) -> None:
    assert_refused(parse_address(text), "S119", "ingen webbadress", "börja med https://")


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason(reason: str) -> None:
    assert parse_reason(reason) == reason


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("resurs", "menade du resurser?", id="misspelt"),
        pytest.param("Vader", "menade du väder?", id="without dots"),
        pytest.param("xyz", "välj bland: annat, efterfrågan", id="like nothing"),
    ],
)
def test_no_reason(text: str, says: str) -> None:
    assert_refused(parse_reason(text), "S120", f"{text} är inget av de ord", says)


def test_a_closed_list_is_of_its_own_words() -> None:
    parse = one_of(("öka", "minska"))
    assert parse("öka") == "öka"
    assert_refused(parse("oka"), "S120", "menade du öka?")
    assert_refused(parse("Minska"), "S120", "menade du minska?")


def test_a_finding_names_every_place_it_has() -> None:
    here, there = Place("a.yaml", ("datum",)), Place("b.yaml", (), on_key=True)
    problem = Problem("S105", "värdet är inget datum")
    assert Finding(here, problem).places == (here,)
    assert Finding(here, problem, there).places == (here, there)
