"""The cases that the program and the offline form's script must both answer as `vectors.json` says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.collect.offline.node import run
from tests.collect.offline.walks import SOURCE, sheet, state, walks
from uppfoljning.collect.naming import receipt_of
from uppfoljning.collect.precheck import validate
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Field, parse_answer
from uppfoljning.domain.number import parse_number
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml
from uppfoljning.rules.privacy import check_privacy

VECTORS: dict[str, list[dict[str, Any]]] = json.loads((Path(__file__).parent / "vectors.json").read_text("utf-8"))


def column(kind: str, *names: str) -> list[list[Any]]:
    return [[case[name] for name in names] for case in VECTORS[kind]]


def told(call: str, cases: list[list[Any]], *shared: Any) -> list[Any]:
    (answers,) = run((call, list(shared), cases))
    return answers


def code(field: Mapping[str, Any], text: str) -> str | None:
    limits = {name: parse_number(field[name]) for name in ("at_least", "at_most") if name in field}
    answer = parse_answer(Field.make(type=field["type"], choices=tuple(field.get("choices", ())), **limits), text, total=False)
    return answer.code if isinstance(answer, Problem) else None


def test_every_type_has_good_and_bad_answers() -> None:
    kinds = {(case["field"]["type"], case["code"] is None) for case in VECTORS["answers"]}
    assert len(kinds) == 20


def test_answers() -> None:
    expected = [case["code"] for case in VECTORS["answers"]]
    assert [code(*case) for case in column("answers", "field", "text")] == expected
    whole: dict[str, Any] = {"at_least": None, "at_most": None, "choices": []}
    assert told("problem", [[whole | case["field"], case["text"]] for case in VECTORS["answers"]]) == expected


def test_texts_with_and_without_personal_data() -> None:
    expected = [case["codes"] for case in VECTORS["texts"]]
    texts = column("texts", "text")
    assert [[finding.problem.code for finding in check_privacy("x.yaml", text)] for (text,) in texts] == expected
    assert [[one[0] for one in found] for found in told("find", texts)] == expected


def test_tidy() -> None:
    expected = [case["kept"] for case in VECTORS["tidy"]]
    assert [tidy(text) for (text,) in column("tidy", "text")] == expected
    assert told("tidy", column("tidy", "text")) == expected


def test_values() -> None:
    expected = [f"text: {case['written']}\n" for case in VECTORS["values"]]
    trees = [{"text": case["text"]} for case in VECTORS["values"]]
    assert [write_yaml(tree) for tree in trees] == expected
    assert told("write", [[tree] for tree in trees]) == expected
    assert [read_yaml("reports/a.yaml", text.encode()) for text in expected] == [(tree, []) for tree in trees]


def test_periods() -> None:
    expected = [(case["first"], case["last"]) for case in VECTORS["periods"]]

    def days(text: str) -> tuple[str | None, str | None]:
        period = parse_period(text)
        return (str(period.first), str(period.last)) if isinstance(period, Period) else (None, None)

    assert [days(text) for (text,) in column("periods", "text")] == expected
    assert [
        tuple(found or (None, None)) for found in told("period", [[*case, {}] for case in column("periods", "text")])
    ] == expected


def test_every_week_of_a_century_begins_on_the_same_day() -> None:
    weeks = [(year, week) for year in range(1990, 2091) for week in range(1, 54)]
    expected = []
    for year, week in weeks:
        found = parse_period(f"{year}-W{week:02}")
        expected.append([str(found.first), str(found.last)] if isinstance(found, Period) else None)
    assert expected[0] == [str(date(1990, 1, 1)), str(date(1990, 1, 7))]
    assert told("period", [[f"{year}-W{week:02}", {}] for year, week in weeks]) == expected


def test_receipts() -> None:
    expected = [case["receipt"] for case in VECTORS["receipts"]]
    assert [receipt_of(int(case["chance"], 16)) for case in VECTORS["receipts"]] == expected
    assert told("receipt", [[list(bytes.fromhex(case["chance"]))] for case in VECTORS["receipts"]]) == expected


@pytest.fixture(scope="module")
def reports() -> list[tuple[str, list[dict[str, str]], str]]:
    cases = [[sheet(case["sheet"]), state(case["sheet"], **{"edition": "", **case["changes"]})] for case in VECTORS["reports"]]
    # The sheet's edition differs as soon as the form does, and is no part of what these cases are about.
    for case in cases:
        case[0] = case[0] | {"edition": ""}
    return list(zip(*run(("yaml", [], cases), ("problems", [], cases), ("fileName", [], cases)), strict=True))


def test_whole_reports(reports: list[tuple[str, list[dict[str, str]], str]]) -> None:
    for case, (yaml, problems, name) in zip(VECTORS["reports"], reports, strict=True):
        assert yaml == case["yaml"], case["name"]
        assert [[one["where"], one["level"]] for one in problems] == case["problems"], case["name"]
        verdict = validate(SOURCE, walks(), {f"reports/{name}": yaml})
        refused = sorted(finding.problem.code for findings in verdict.refused.values() for finding in findings)
        assert refused == case["refused"], case["name"]
        tree, findings = read_yaml(name, yaml.encode())
        assert isinstance(tree, dict) and findings == [] and write_yaml(tree) == yaml
