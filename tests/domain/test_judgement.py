from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.domain.refusals import assert_refused, codes
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.judgement import CARRIED_OUT_WORDS, RESULT_WORDS, Judgement, Verdict
from uppfoljning.domain.period import Period, TermName
from uppfoljning.domain.schema import REFUSED, FieldProblem, read

JUDGEMENT: dict[str, Tree] = {"bedömning": "2026-T1", "plan": "p", "datum": "2026-05-12"}


def judgement_of(tree: dict[str, Tree]) -> tuple[Any, list[FieldProblem]]:
    out: list[FieldProblem] = []
    return read(Judgement, tree, (), out), out


def test_the_judgement_of_the_format() -> None:
    judgement, out = judgement_of(
        {
            **JUDGEMENT,
            "av": "styrgruppen",
            "åtaganden": {
                "krogtillsyn": {"genomförande": "delvis", "resultat": "går inte att bedöma", "motivering": "Två flyttade"},
                "nattvandring": {},
            },
        }
    )
    assert out == []
    assert judgement == Judgement.make(
        period=Period(date(2026, 1, 1), date(2026, 4, 30)),
        plan="p",
        day=date(2026, 5, 12),
        by="styrgruppen",
        verdicts={
            "krogtillsyn": Verdict(carried_out="delvis", result="går inte att bedöma", motive="Två flyttade"),
            "nattvandring": Verdict(),
        },
    )


def test_a_judgement_may_be_of_a_term() -> None:
    judgement, out = judgement_of({**JUDGEMENT, "bedömning": "VT2026"})
    assert out == []
    assert judgement.period == TermName("VT2026")
    assert dict(judgement.verdicts) == {}


@pytest.mark.parametrize("name", ["bedömning", "plan", "datum"])
def test_what_a_judgement_must_have(name: str) -> None:
    judgement, out = judgement_of({key: value for key, value in JUDGEMENT.items() if key != name})
    assert judgement is REFUSED
    assert_refused(out[0][2], "S102", f"nyckeln {name} saknas")


@pytest.mark.parametrize(
    ("verdict", "path", "code", "says"),
    [
        pytest.param("delvis", (), "S103", "nycklar", id="a word"),
        pytest.param(None, (), "S103", "nycklar", id="nothing"),
        pytest.param({"genomförande": "genomfort"}, ("genomförande",), "S120", "menade du genomfört?", id="misspelt"),
        pytest.param({"genomförande": "gott"}, ("genomförande",), "S120", "gott är inget av", id="a word for the result"),
        pytest.param({"resultat": "grönt"}, ("resultat",), "S120", "gott", id="a colour"),
        pytest.param({"motivering": ""}, ("motivering",), "S115", "tom", id="no motive"),
        pytest.param({"status": "delvis"}, ("status",), "S101", "genomförande", id="unknown"),
    ],
)
def test_no_verdict(verdict: Tree, path: tuple[str, ...], code: str, says: str) -> None:
    judgement, out = judgement_of({**JUDGEMENT, "åtaganden": {"a": verdict}})
    assert isinstance(judgement, Judgement)
    assert codes(out) == [(("åtaganden", "a", *path), code)]
    assert_refused(out[0][2], code, says)


def test_a_verdict_is_on_a_commitment_by_its_id() -> None:
    _, out = judgement_of({**JUDGEMENT, "åtaganden": {"A": {"genomförande": "delvis"}}})
    assert codes(out) == [(("åtaganden", "A"), "S116")]


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (Verdict(), ""),
        (Verdict(carried_out="delvis"), "delvis"),
        (Verdict(result="gott"), "resultat: gott"),
        (Verdict(carried_out="genomfört", result="visst", motive="Därför"), "genomfört, resultat: visst"),
    ],
)
def test_a_verdict_in_words(verdict: Verdict, text: str) -> None:
    assert str(verdict) == text


@pytest.mark.parametrize("carried_out", CARRIED_OUT_WORDS)
@pytest.mark.parametrize("result", RESULT_WORDS)
def test_every_pair_of_words_goes_together(carried_out: str, result: str) -> None:
    judgement, out = judgement_of({**JUDGEMENT, "åtaganden": {"a": {"genomförande": carried_out, "resultat": result}}})
    assert out == []
    assert judgement.verdicts["a"] == Verdict(carried_out=carried_out, result=result)
