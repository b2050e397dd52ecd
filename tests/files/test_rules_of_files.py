"""The catalogue: every code that is emitted has a rule, and every example gives its code or does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import uppfoljning.files
from uppfoljning.files.csv import read_csv
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.rules.catalogue.files import RULES

REPORT = {"åtagande": "nattvandring", "plan": "exempel-2026", "datum": "2026-03-06"}


def codes(example: str, where: str) -> set[str]:
    if where == "csv":
        return {finding.problem.code for finding in read_csv("reports/x.csv", example.encode())[1]}
    lines = [f"{key}: {value}" for key, value in REPORT.items()]
    return {finding.problem.code for finding in read_yaml("reports/x.yaml", "\n".join([*lines, example, ""]).encode())[1]}


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.where != "projekt"], ids=lambda rule: rule.code)
def test_examples_show_the_rule(rule: object) -> None:
    (found,) = [one for one in RULES if one is rule]
    assert codes(found.wrong, found.where) == {found.code}
    assert codes(found.right, found.where) == set()


def test_codes_are_in_order_and_given_once() -> None:
    given = [rule.code for rule in RULES]
    assert given == sorted(given, key=lambda code: ("FYC".index(code[0]), code))
    assert len(set(given)) == len(given)


def test_every_code_in_the_room_has_a_rule_and_every_rule_is_used() -> None:
    room = Path(uppfoljning.files.__file__).parent
    used = {code for path in room.glob("*.py") for code in re.findall(r"[\"<]([FYC]\d{3})[\">]", path.read_text("utf-8"))}
    assert used == {rule.code for rule in RULES}
