from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.refusals import assert_refused, codes
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.number import Number, Quantity
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.report import (
    HOURS,
    STATES,
    Deviation,
    Observation,
    QuickReport,
    as_tree,
    parse_hours,
    parse_reference,
    parse_step_answer,
)
from uppfoljning.domain.schema import REFUSED, FieldProblem, read

REPORT: dict[str, Tree] = {"åtagande": "nattvandring"}


def report_of(extra: dict[str, Tree]) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    return read(QuickReport, {**REPORT, **extra}, (), out), out


@pytest.mark.parametrize("text", ["nattvandring", "exempelkoping-2026/nattvandring"])
def test_a_reference(text: str) -> None:
    assert parse_reference(text) == text


@pytest.mark.parametrize("text", ["", "/", "a/", "/a", "a/b/c", "Nattvandring", "plan/Natt vandring", "Plan/a"])
def test_no_reference(text: str) -> None:
    assert_refused(parse_reference(text), "S116", "namnet kan inte användas som id")


@pytest.mark.parametrize(
    ("text", "answer"), [("ja", "ja"), ("Nej", "nej"), ("EJ AKTUELLT", "ej aktuellt"), ("18", 18), ("0", 0), ("1 200", 1200)]
)
def test_the_answer_for_a_step(text: str, answer: str | int) -> None:
    assert parse_step_answer(text) == answer


@pytest.mark.parametrize("text", ["", "delvis", "true", "-1", "4,5", "ca 4"])
def test_no_answer_for_a_step(text: str) -> None:
    assert_refused(parse_step_answer(text), "S117", "ja, nej eller ej aktuellt", "för en period ett antal")


@pytest.mark.parametrize(("text", "hours"), [("0", 0), ("1", 1), ("4.25", Fraction(17, 4)), ("4,25", Fraction(17, 4))])
def test_hours(text: str, hours: Number) -> None:
    assert parse_hours(text) == hours


@pytest.mark.parametrize(("text", "code"), [("-1", "S109"), ("-0,5", "S109"), ("en timme", "S107"), ("1.500", "S108")])
def test_no_hours(text: str, code: str) -> None:
    assert_refused(parse_hours(text), code)


def test_the_report_of_the_format() -> None:
    report, out = report_of(
        {
            "plan": "exempelkoping-2026",
            "datum": "2026-03-06",
            "start": "20:30",
            "slut": "00:45",
            "parter": ["nattvandrarna"],
            "plats": "centrum",
            "funktioner": {"nattvandrare": "6", "fältare": "1"},
            "uppgifter": {"samtal": "23"},
            "moment": {"samling": "ja", "återkoppling": "nej"},
            "avvikelser": [
                {"moment": "återkoppling", "vad": "Ingen", "hur": "Ringde", "skäl": "resurser", "varför": "Hann inte"},
            ],
            "iakttagelser": [
                {
                    "text": "Trasig belysning",
                    "rapporterad_till_polisen": "nej",
                    "åtgärd": "Felanmäld",
                    "ansvarig": "fältare",
                    "klart": "2026-03-20",
                },
            ],
            "timmar": {"planering": "1", "genomförande": "4.25"},
            "text": "Lugn kväll.",
            "inlämnad": "2026-03-07",
            "rapportör": "nattvandrare",
        }
    )
    assert out == []
    assert report == QuickReport.make(
        commitment="nattvandring",
        plan="exempelkoping-2026",
        day=date(2026, 3, 6),
        start=1230,
        end=45,
        parties=("nattvandrarna",),
        places=("centrum",),
        functions={"nattvandrare": 6, "fältare": 1},
        facts={"samtal": "23"},
        steps={"samling": "ja", "återkoppling": "nej"},
        deviations=(Deviation.make(step="återkoppling", what="Ingen", how="Ringde", reason="resurser", why="Hann inte"),),
        observations=(
            Observation.make(
                text="Trasig belysning", told_police=False, action="Felanmäld", responsible="fältare", done=date(2026, 3, 20)
            ),
        ),
        hours={"planering": 1, "genomförande": Fraction(17, 4)},
        text="Lugn kväll.",
        submitted=date(2026, 3, 7),
        reporter="nattvandrare",
    )


def test_a_report_of_totals() -> None:
    report, out = report_of({"period": "2026-T1", "antal": "ca 190", "moment": {"samling": "18"}, "ersätter": ["a", "b/c#d"]})
    assert out == []
    assert report.period == Period(date(2026, 1, 1), date(2026, 4, 30))
    assert report.count == Quantity(190, "ca")
    assert report.steps == {"samling": 18}
    assert report.replaces == ("a", "b/c#d")


def test_a_moved_occasion() -> None:
    report, out = report_of({"läge": "flyttad", "flyttad_till": "HT2026"})
    assert out == []
    assert (report.state, report.moved_to) == ("flyttad", TermName("HT2026"))


def test_a_report_needs_little() -> None:
    report, out = report_of({})
    assert out == []
    assert (report.state, report.day, report.period, report.count, report.done) == ("genomförd", None, None, None, None)
    assert (dict(report.facts), report.deviations, report.replaces) == ({}, (), ())


@pytest.mark.parametrize("state", STATES)
def test_every_state(state: str) -> None:
    assert report_of({"läge": state})[0].state == state


@pytest.mark.parametrize(
    ("extra", "path", "code", "says"),
    [
        pytest.param({"datum": "6 mars"}, ("datum",), "S105", "inget datum", id="day"),
        pytest.param({"start": "24:00"}, ("start",), "S104", "bara som sluttid", id="begins at 24:00"),
        pytest.param({"slut": "24:30"}, ("slut",), "S104", "timmarna", id="ends after 24:00"),
        pytest.param({"parter": "polisen"}, ("parter",), "S103", "lista", id="party as a text"),
        pytest.param({"plats": {"a": "b"}}, ("plats",), "S103", "lista", id="place as a mapping"),
        pytest.param({"funktioner": {"a": "många"}}, ("funktioner", "a"), "S107", "inget tal", id="crew in words"),
        pytest.param({"uppgifter": ["23"]}, ("uppgifter",), "S103", "nycklar", id="answers as a list"),
        pytest.param({"moment": {"a": "delvis"}}, ("moment", "a"), "S117", "ej aktuellt", id="half a step"),
        pytest.param(
            {"avvikelser": [{"skäl": "väder"}]}, ("avvikelser", 0), "S102", "nyckeln vad saknas", id="a deviation from what"
        ),
        pytest.param(
            {"avvikelser": [{"vad": "x", "skäl": "regn"}]}, ("avvikelser", 0, "skäl"), "S120", "regn är inget av", id="reason"
        ),
        pytest.param(
            {"iakttagelser": [{"åtgärd": "x"}]}, ("iakttagelser", 0), "S102", "nyckeln text", id="an observation of what"
        ),
        pytest.param(
            {"timmar": {"genomforande": "1"}}, ("timmar", "genomforande"), "S120", "menade du genomförande?", id="hours of what"
        ),
        pytest.param({"timmar": {"planering": "-1"}}, ("timmar", "planering"), "S109", "under noll", id="negative hours"),
        pytest.param({"läge": "installd"}, ("läge",), "S120", "menade du inställd?", id="state"),
        pytest.param({"antal": "4,5"}, ("antal",), "S109", "helt tal", id="half an occasion"),
        pytest.param({"klart": "2026-06-30"}, ("klart",), "S117", "ja eller nej", id="done by a day"),
        pytest.param(
            {"period": {"från": "2026-02-01", "till": "2026-01-01"}}, ("period", "till"), "S106", "innan", id="period backwards"
        ),
        pytest.param({"flyttad_till": "senare"}, ("flyttad_till",), "S106", "ingen period", id="moved to no day"),
        pytest.param({"datun": "2026-03-06"}, ("datun",), "S101", "menade du datum?", id="misspelt"),
    ],
)
def test_what_a_report_does_not_take(extra: dict[str, Tree], path: tuple[str | int, ...], code: str, says: str) -> None:
    report, out = report_of(extra)
    assert isinstance(report, QuickReport)
    assert codes(out) == [(path, code)]
    assert_refused(out[0][2], code, says)


def test_a_report_belongs_to_a_commitment() -> None:
    out: list[FieldProblem] = []
    assert read(QuickReport, {"datum": "2026-03-06"}, (), out) is REFUSED
    assert codes(out) == [((), "S102")]
    assert_refused(out[0][2], "S102", "nyckeln åtagande saknas")


# CSV rows


@pytest.mark.parametrize(
    ("row", "tree"),
    [
        pytest.param({"åtagande": "a", "datum": None}, {"åtagande": "a"}, id="empty cells are left out"),
        pytest.param(
            {"uppgifter.samtal": "23", "uppgifter.rutt": "Ån", "moment.samling": "ja"},
            {"uppgifter": {"samtal": "23", "rutt": "Ån"}, "moment": {"samling": "ja"}},
            id="dots make levels",
        ),
        pytest.param(
            {"avvikelser.vad": "Inget", "avvikelser.skäl": "väder", "iakttagelser.text": "Lampa"},
            {"avvikelser": [{"vad": "Inget", "skäl": "väder"}], "iakttagelser": [{"text": "Lampa"}]},
            id="the only entry of a list",
        ),
        pytest.param({"avvikelser.vad": None, "avvikelser.skäl": None}, {}, id="no entry when all are empty"),
        pytest.param({"parter": "a, b,c"}, {"parter": ["a", "b", "c"]}, id="a list with commas"),
        pytest.param({"parter": "a"}, {"parter": ["a"]}, id="a list of one party"),
        pytest.param({"plats": "a", "ersätter": "x"}, {"plats": "a", "ersätter": "x"}, id="one place"),
        pytest.param({"plats": "a,b", "ersätter": "x, y"}, {"plats": ["a", "b"], "ersätter": ["x", "y"]}, id="two places"),
        pytest.param({"text": "Kallt, mörkt"}, {"text": "Kallt, mörkt"}, id="a comma in a text is a comma"),
        pytest.param({"uppgifter.a.b": "1"}, {"uppgifter": {"a.b": "1"}}, id="only the first dot counts"),
    ],
)
def test_a_row_says_what_a_file_says(row: dict[str, str | None], tree: Tree) -> None:
    assert as_tree(row) == tree


CELLS = st.none() | st.sampled_from(["a", "1", "ja", "2026-03-06"])
COLUMNS = ["åtagande", "datum", "plats", "text", *(f"timmar.{hours}" for hours in HOURS), "moment.samling", "avvikelser.vad"]


@given(st.dictionaries(st.sampled_from(COLUMNS), CELLS))
def test_every_filled_cell_is_in_the_tree_once(row: dict[str, str | None]) -> None:
    def leaves(tree: Tree) -> list[str]:
        if isinstance(tree, str):
            return [tree]
        assert tree is not None
        return [leaf for below in (tree.values() if isinstance(tree, dict) else tree) for leaf in leaves(below)]

    assert sorted(leaves(as_tree(row))) == sorted(cell for cell in row.values() if cell is not None)


def test_a_row_is_read_as_a_file_is() -> None:
    row = {
        "åtagande": "nattvandring",
        "parter": "nattvandrarna",
        "plats": "centrum, norra",
        "timmar.planering": "1,5",
        "id": "r1",
    }
    out: list[FieldProblem] = []
    report = read(QuickReport, as_tree(row), (), out)
    assert out == []
    assert report == QuickReport.make(
        commitment="nattvandring",
        parties=("nattvandrarna",),
        places=("centrum", "norra"),
        hours={"planering": Fraction(3, 2)},
        row_id="r1",
    )
