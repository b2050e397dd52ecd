"""20 000 answers of every type: the script and the program think the same of each, and each comes back from the written file."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from tests.collect.offline.node import run
from tests.collect.offline.strings import CHOICES, answer
from tests.collect.offline.walks import walks
from uppfoljning.collect.sheet import Sheet, as_plain, sheet_of
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import TYPES, Field, parse_answer
from uppfoljning.domain.number import Number, parse_number
from uppfoljning.files.yaml_load import read_yaml
from uppfoljning.files.yaml_write import tidy, write_yaml

EACH = 20_000
IN_A_REPORT = 400
_LEAST: dict[str, Number] = {"tal": Fraction(-1, 2), "längd": Fraction(1, 4)}
_MOST: dict[str, Number] = {"antal": 1000, "tal": Fraction(2001, 4), "andel": 100, "längd": Fraction(125, 10)}


def field_of(kind: str) -> Field:
    choices = CHOICES if kind == "val" else ()
    return Field.make(type=kind, choices=choices, at_least=_LEAST.get(kind), at_most=_MOST.get(kind))


def sheet_with(fields: dict[str, Field]) -> dict[str, Any]:
    plan = walks().plans["prov-2026"]
    bare: Sheet = sheet_of(plan, plan.commitments[0], None)
    return as_plain(bare._replace(fields=fields))


@pytest.mark.slow
@pytest.mark.parametrize("kind", TYPES)
def test_the_same_verdict_and_the_same_value_back(kind: str) -> None:
    chance = random.Random(kind)
    field = field_of(kind)
    texts = [answer(kind, chance) for _ in range(EACH)]
    expected = [code(field, text) for text in texts]
    kept = [tidy(text) for text in texts]
    # A sound answer is written as one of its type, anything else as free text.
    sound = [code(field, text) is None for text in kept]
    fields = {f"a{at}": field for at in range(IN_A_REPORT)} | {f"t{at}": Field.make(type="text") for at in range(IN_A_REPORT)}
    sheet = sheet_with(fields)
    begins = range(0, EACH, IN_A_REPORT)
    names = [[f"{'a' if sound[start + at] else 't'}{at}" for at in range(IN_A_REPORT)] for start in begins]
    states = [{"facts": dict(zip(row, texts[start:], strict=False))} for start, row in zip(begins, names, strict=True)]
    verdicts, tidied, yamls = run(
        ("problem", [sheet["fields"][0]], [[text] for text in texts]),
        ("tidy", [], [[text] for text in texts]),
        ("yaml", [sheet], [[state] for state in states]),
    )
    assert differing(texts, verdicts, expected) == []
    assert differing(texts, tidied, kept) == []
    assert sum(sound) > EACH * 0.05 and len(set(expected)) > 1
    for start, row, yaml in zip(begins, names, yamls, strict=True):
        given = dict(zip(row, kept[start:], strict=False))
        facts = {name: given[name] for name in fields if given.get(name)}
        tree = {"åtagande": sheet["commitment"], "plan": "prov-2026", "uppgifter": facts}
        assert yaml == write_yaml(tree)
        assert read_yaml("reports/a.yaml", yaml.encode()) == (tree, [])


def code(field: Field, text: str) -> str | None:
    read = parse_answer(field, text, total=False)
    return read.code if isinstance(read, Problem) else None


def differing(texts: list[str], given: list[Any], expected: list[Any]) -> list[tuple[str, Any, Any]]:
    rows = zip(texts, given, expected, strict=True)
    return [(ascii(text), one, other) for text, one, other in rows if one != other][:5]


@pytest.mark.parametrize("kind", ["antal", "tal", "andel", "längd"])
def test_limits_are_exact(kind: str) -> None:
    """Figures closer to a limit than a machine's own numbers can tell."""
    limits = ["0,1", "0,3", "12345678901234567,5", "7,0000000000000000001", "0"]
    tails = ["", "0", "00000000000000000001", "9"]
    near = [limit + ("," if tail and "," not in limit else "") + tail for limit in limits for tail in tails]
    unit = {"andel": " %", "längd": " tim"}.get(kind, "")
    cases = []
    expected = []
    for limit in limits:
        number = parse_number(limit)
        assert not isinstance(number, Problem)
        for side in ("at_least", "at_most"):
            field = Field.make(type=kind, **{side: number})
            plain = {"type": kind, "at_least": None, "at_most": None, side: limit}
            cases += [[plain, text + unit] for text in near]
            expected += [code(field, text + unit) for text in near]
    (given,) = run(("problem", [], cases))
    assert given == expected
    assert {"S121", None} <= set(expected)


@pytest.mark.parametrize(
    ("call", "pairs"),
    [
        (
            "clock",
            {
                "20:30": "20:30", "20.30": "20:30", "2030": "20:30", "830": "08:30", "8": "08:00", "kl 21": "21:00",
                "kl. 9.05": "09:05", " 24:00 ": "24:00", "2460": "2460", "sent": "sent", "": "", "25:00": "25:00",
            },
        ),
        (
            "day",
            {
                "2026-03-06": "2026-03-06", "2026-3-6": "2026-03-06", "20260306": "2026-03-06", "6/3 2026": "2026-03-06",
                "6/3-26": "2026-03-06", "6 mars 2026": "2026-03-06", "6 maj 2026": "2026-05-06", "30/2 2026": "30/2 2026",
                "6 hej 2026": "6 hej 2026", "i går": "i går", "": "", "6/3": "6/3", "2026-02-30": "2026-02-30",
            },
        ),
    ],
)  # fmt: skip
def test_what_is_easily_understood_is_written_as_it_should_be(call: str, pairs: dict[str, str]) -> None:
    (given,) = run((call, [], [[text] for text in pairs]))
    assert dict(zip(pairs, given, strict=True)) == pairs


@pytest.mark.parametrize(
    ("kind", "pairs"),
    [
        ("antal", {" 4 ": "4", "ca 4": "ca 4", "fyra": "fyra", "": ""}),
        ("andel", {"75": "75 %", "7,5": "7,5 %", "75%": "75%", "101": "101", "sju": "sju"}),
        ("ja/nej", {"j": "ja", "N": "nej", "Ja": "Ja", "kanske": "kanske"}),
        ("val", {"FAST": "fast", "fast": "fast", "fas": "fas"}),
        ("datum", {"6/3 2026": "2026-03-06", "snart": "snart"}),
        ("tid", {"0115": "01:15", "sen": "sen"}),
        (
            "tidpunkt",
            {"6/3 2026 kl 2130": "2026-03-06 21:30", "2026-03-06, 9.05": "2026-03-06 09:05", "2026-03-06": "2026-03-06"},
        ),
        ("text", {"  Lugnt. \r\n": "Lugnt."}),
    ],
)
def test_a_sound_answer_stays_and_one_nearly_so_is_mended(kind: str, pairs: dict[str, str]) -> None:
    (field,) = sheet_with({"x": field_of(kind)})["fields"]
    (given,) = run(("normal", [field], [[text] for text in pairs]))
    assert dict(zip(pairs, given, strict=True)) == pairs


def test_the_same_words_where_they_are_fixed() -> None:
    cases = {
        "antal": ["", "007", "1.500", "1.500.000", "4,5", "1001", "9" * 41], "tal": ["-3", "x"], "andel": ["7", "-1 %", "101 %"],
        "text": [" "], "ja/nej": ["x"], "datum": ["x", "2026-13-01", "2026-02-30", "0000-01-01"], "tid": ["x", "24:01"],
        "tidpunkt": ["x", "x y", "2026-03-06 24:00"], "längd": ["x", "13 h"],
    }  # fmt: skip
    for kind, texts in cases.items():
        (plain,) = sheet_with({"x": field_of(kind)})["fields"]
        (given,) = run(("fault", [plain], [[text] for text in texts]))
        for text, fault in zip(texts, given, strict=True):
            problem = parse_answer(field_of(kind), text, total=False)
            assert fault == {"code": problem.code, "message": problem.message, "remedy": problem.remedy}, (kind, text)
