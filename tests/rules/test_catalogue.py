"""The catalogue says something about every finding, and its own examples are what they claim to be."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import get_args

import pytest

import uppfoljning
from tests.rules.project_pieces import codes, files_with, project
from uppfoljning.rules.catalogue import level_of, rule_of, rules
from uppfoljning.rules.rule import Level, Rule, Where

SOURCE = Path(uppfoljning.__file__).parent
CODE = re.compile(r"[A-Z]\d{3}")
RUN = [rule for rule in rules().values() if rule.where != "projekt"]
ALL = list(rules().values())
SUBJECTS = ("files", "shape", "targets", "references", "dates", "sums", "content", "names", "privacy", "history", "mappings")
SHOWS_PERSONAL = "I101"


def emitted() -> set[str]:
    """Every code that stands as a text in the program outside the catalogue, and those that name a group of a pattern."""
    found: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        if "catalogue" not in path.parts:
            text = path.read_text("utf-8")
            texts = (
                node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            found |= {text for text in texts if CODE.fullmatch(text)} | set(re.findall(r"\(\?P<([A-Z]\d{3})>", text))
    return found


def id_of(rule: Rule) -> str:
    return rule.code


def test_every_finding_has_a_rule_and_every_rule_a_finding() -> None:
    assert emitted() == rules().keys()


def test_a_code_is_given_once() -> None:
    modules = [__import__(f"uppfoljning.rules.catalogue.{name}", fromlist=["RULES"]) for name in SUBJECTS]
    given = [rule.code for module in modules for rule in module.RULES]
    assert sorted(given) == list(rules())


@pytest.mark.parametrize("rule", ALL, ids=id_of)
def test_a_rule_is_whole(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code)
    assert rule.level in get_args(Level)
    assert rule.where in get_args(Where)
    assert all(text.strip() for text in (rule.name, rule.why, rule.wrong, rule.right))
    assert rule.wrong != rule.right


@pytest.mark.parametrize("rule", ALL, ids=id_of)
def test_a_rule_speaks_to_the_reader(rule: Rule) -> None:
    assert not rule.name[0].isupper() or rule.name.startswith(("CSV-", "YAML-"))
    assert not rule.name.endswith(".")
    assert rule.why[0].isupper() or not rule.why[0].isalpha() or rule.why.split()[0].rstrip(":") in rule.wrong + rule.right
    assert rule.why.endswith(".")
    assert not re.search(r"\b(the|and|must|is|vänligen|ni måste|användaren)\b", f"{rule.name} {rule.why}")
    sentences = re.findall(r"[.!?](?:\s|$)", rule.why)
    assert len(sentences) <= (5 if rule.code == SHOWS_PERSONAL else 3)


@pytest.mark.parametrize("rule", RUN, ids=id_of)
def test_wrong_gives_the_finding(rule: Rule) -> None:
    assert rule.code in codes(project(files_with(rule.where, rule.wrong)))


@pytest.mark.parametrize("rule", RUN, ids=id_of)
def test_right_does_not(rule: Rule) -> None:
    found = codes(project(files_with(rule.where, rule.right)))
    assert rule.code not in found
    assert [code for code in found if level_of(code) == "fel"] == []


@pytest.mark.parametrize(
    ("code", "level"),
    [("Q601", "varning"), ("Q602", "varning"), ("M703", "notis"), ("N105", "notis"), ("F004", "notis"), ("S101", "fel")],
)
def test_levels(code: str, level: Level) -> None:
    assert level_of(code) == level


@pytest.mark.parametrize(("code", "found"), [("S104", "S104"), (" s104 ", "S104"), ("s999", None), ("", None)])
def test_a_rule_is_found_in_any_case(code: str, found: str | None) -> None:
    rule = rule_of(code)
    assert (rule and rule.code) == found
