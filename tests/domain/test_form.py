from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import TEXTS, assert_refused, codes
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.form import SUMMABLE, TYPES, Field, Form, figure_of, parse_answer
from uppfoljning.domain.number import Quantity
from uppfoljning.domain.schema import REFUSED, FieldProblem, read


def field(kind: str, **values: Any) -> Field:
    return Field.make(type=kind, **values)


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        ("antal", "23", Quantity(23)),
        ("antal", "ca 190", Quantity(190, "ca")),
        ("tal", "-4,5", Quantity(Fraction(-9, 2))),
        ("tal", "minst 3", Quantity(3, "minst")),
        ("andel", "75 %", Quantity(Fraction(3, 4))),
        ("text", "Ån och torget", "Ån och torget"),
        ("ja/nej", "ja", True),
        ("ja/nej", "nej", False),
        ("val", "lugnt", "lugnt"),
        ("datum", "2026-03-06", date(2026, 3, 6)),
        ("tid", "21:30", 1290),
        ("tid", "24:00", 1440),
        ("tidpunkt", "2026-03-06 21:30", datetime(2026, 3, 6, 21, 30)),
        ("längd", "3:45", Quantity(Fraction(15, 4))),
    ],
)
def test_an_answer_is_read_by_its_type(kind: str, text: str, answer: object) -> None:
    assert parse_answer(field(kind, choices=("lugnt", "stökigt")), text, total=False) == answer


@pytest.mark.parametrize(
    ("kind", "text", "code", "says"),
    [
        ("antal", "4,5", "S109", "helt tal"),
        ("antal", "några", "S107", "inget tal"),
        ("tal", "1.500", "S108", "två sätt"),
        ("andel", "0,75", "S110", "procent"),
        ("text", " ", "S115", "tom"),
        ("ja/nej", "kanske", "S117", "ja eller nej"),
        ("val", "lungt", "S123", "menade du lugnt?"),
        ("val", "annat", "S123", "annat är inget av svaren"),
        ("datum", "6/3", "S105", "inget datum"),
        ("tid", "25:00", "S104", "inget klockslag"),
        ("tidpunkt", "21:30", "S111", "ingen tidpunkt"),
        ("andel", "-5 %", "S110", "under noll"),
        ("längd", "länge", "S112", "ingen tidslängd"),
    ],
)
def test_an_answer_of_the_wrong_type(kind: str, text: str, code: str, says: str) -> None:
    assert_refused(parse_answer(field(kind, choices=("lugnt", "stökigt")), text, total=False), code, says)


@pytest.mark.parametrize("raw", [None, ["23"], {"a": "1"}])
@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_is_one_text(kind: str, raw: Tree) -> None:
    assert_refused(parse_answer(field(kind), raw, total=False), "S103", "ett enda värde")


@pytest.mark.parametrize("total", [True, False], ids=["total", "occasion"])
@pytest.mark.parametrize("kind", TYPES)
@given(text=TEXTS)
def test_any_answer_is_read_or_refused(kind: str, total: bool, text: str) -> None:
    answer = parse_answer(field(kind, choices=("a",), at_least=0, at_most=9), text, total=total)
    assert answer is not None
    if isinstance(answer, Problem):
        assert answer.code.startswith("S1")


@pytest.mark.parametrize(
    ("kind", "text", "allowed"),
    [
        pytest.param("antal", "2", False, id="under"),
        pytest.param("antal", "3", True, id="at the lowest"),
        pytest.param("antal", "8", True, id="inside"),
        pytest.param("tal", "7,5", True, id="at a limit with decimals"),
        pytest.param("längd", "8:00", True, id="at the highest"),
        pytest.param("längd", "8:01", False, id="a minute over"),
        pytest.param("antal", "ca 9", False, id="about, and over"),
    ],
)
def test_limits_hold_for_occasions(kind: str, text: str, allowed: bool) -> None:
    answer = parse_answer(field(kind, at_least=3, at_most=8), text, total=False)
    assert isinstance(answer, Quantity) == allowed
    if not allowed:
        assert_refused(answer, "S121", "kontrollera siffran")


def test_a_limit_is_written_as_people_do() -> None:
    assert_refused(parse_answer(field("tal", at_least=Fraction(15, 2)), "7", total=False), "S121", "lägre än 7,5")
    assert_refused(parse_answer(field("tal", at_most=4), "5", total=False), "S121", "högre än 4")


@given(st.integers(0, 99))
def test_limits_do_not_hold_for_totals(value: int) -> None:
    assert parse_answer(field("antal", at_least=40, at_most=60), str(value), total=True) == Quantity(value)


def test_in_totals_a_yes_is_a_count() -> None:
    assert parse_answer(field("ja/nej"), "12", total=True) == Quantity(12)
    assert_refused(parse_answer(field("ja/nej"), "ja", total=True), "S107")


@pytest.mark.parametrize(
    ("answer", "figure"),
    [
        (Quantity(4, "ca"), Quantity(4, "ca")),
        (True, Quantity(1)),
        (False, Quantity(0)),
        ("lugnt", None),
        (date(2026, 3, 6), None),
        (1290, None),
        (None, None),
    ],
)
def test_what_an_answer_adds_to_a_sum(answer: object, figure: Quantity | None) -> None:
    assert figure_of(answer) == figure


@pytest.mark.parametrize("kind", SUMMABLE)
def test_what_can_be_summed_has_a_figure(kind: str) -> None:
    text = {"ja/nej": "ja", "längd": "1:00"}.get(kind, "1")
    assert figure_of(parse_answer(field(kind), text, total=False)) == Quantity(1)


def test_the_form_of_the_format() -> None:
    out: list[FieldProblem] = []
    form = read(
        Form,
        {
            "snabbrapport": "nattvandring",
            "titel": "Nattvandring",
            "minst_funktioner": {"nattvandrare": "3"},
            "fält": {
                "samtal": {"fråga": "Hur många?", "typ": "antal", "krävs": "ja", "avser": "personer"},
                "hjälpta_hem": {"typ": "antal", "ingår_i": "samtal", "minst": "0", "högst": "99,5"},
                "stämning": {"typ": "val", "av": ["lugnt", "stökigt"]},
            },
        },
        (),
        out,
    )
    assert out == []
    assert isinstance(form, Form)
    assert form.required == ["samtal"]
    assert form.least_crew == {"nattvandrare": 3}
    assert form.fields["samtal"] == Field.make(question="Hur många?", type="antal", required=True, about="personer")
    assert form.fields["hjälpta_hem"] == Field.make(type="antal", part_of="samtal", at_least=0, at_most=Fraction(199, 2))
    assert form.fields["stämning"].choices == ("lugnt", "stökigt")


@pytest.mark.parametrize(
    ("extra", "path", "code", "says"),
    [
        pytest.param({"fält": {"a": {"typ": "siffra"}}}, ("fält", "a", "typ"), "S120", "antal", id="unknown type"),
        pytest.param({"fält": {"a": {}}}, ("fält", "a"), "S102", "nyckeln typ saknas", id="no type"),
        pytest.param({"fält": {"A a": {"typ": "text"}}}, ("fält", "A a"), "S116", "skriv a-a", id="no id"),
        pytest.param(
            {"fält": {"a": {"typ": "antal", "avser": "djur"}}}, ("fält", "a", "avser"), "S120", "personer", id="counts of what"
        ),
        pytest.param(
            {"fält": {"a": {"typ": "antal", "krävs": "alltid"}}}, ("fält", "a", "krävs"), "S117", "ja eller nej", id="required"
        ),
        pytest.param(
            {"fält": {"a": {"typ": "val", "av": "ja, nej"}}}, ("fält", "a", "av"), "S103", "lista", id="choices as a text"
        ),
        pytest.param({"minst_funktioner": {"a": "3–4"}}, ("minst_funktioner", "a"), "S107", "inget tal", id="crew as a range"),
        pytest.param({"falt": {}}, ("falt",), "S101", "menade du fält?", id="misspelt"),
    ],
)
def test_what_a_form_does_not_take(extra: dict[str, Tree], path: tuple[str, ...], code: str, says: str) -> None:
    out: list[FieldProblem] = []
    form = read(Form, {"snabbrapport": "f", "titel": "F", **extra}, (), out)
    assert form is not REFUSED
    assert codes(out) == [(path, code)]
    assert_refused(out[0][2], code, says)


@pytest.mark.parametrize(
    ("kind", "text", "says"),
    [
        ("antal", "2", "tillåter från 3 till 8"),
        ("antal", "9", "tillåter från 3 till 8"),
        ("andel", "2 %", "lägre än 3"),
        ("andel", "9 %", "högre än 8"),
    ],
)
def test_limits_name_what_is_allowed_and_those_of_a_share_are_in_percent(kind: str, text: str, says: str) -> None:
    found = parse_answer(field(kind, at_least=3, at_most=8), text, total=False)
    assert_refused(found, "S121", says)
    assert not isinstance(
        parse_answer(field(kind, at_least=3, at_most=8), text.replace("2", "3").replace("9", "8"), total=False), Problem
    )


@pytest.mark.parametrize(("text", "says"), [("ja", "hur många som svarade ja"), ("några", "inget tal")])
def test_in_totals_a_yes_is_counted(text: str, says: str) -> None:
    assert_refused(parse_answer(field("ja/nej"), text, total=True), "S107", says)
    assert parse_answer(field("ja/nej"), "c:a 12", total=True) == Quantity(12, "ca")


@given(st.one_of(TEXTS, st.from_regex(r"(ca |minst )?-?[0-9]{1,3}([ .,:][0-9]{1,3})?( ?%| tim| h| min)?", fullmatch=True)))
def test_a_text_is_the_same_figure_in_every_type(text: str) -> None:
    figures = {figure_of(parse_answer(field(kind), text, total=False)) for kind in TYPES if kind != "val"} - {None}
    assert len(figures) <= 1
