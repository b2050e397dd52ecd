"""Any passes at all get an answer in every face, and names that look like formulas are names."""

from __future__ import annotations

import json
import random

import pytest

from tests.analysis.passes import EXPECTED, FUNCTION, PLACE, STEP, WEEKDAY, Levels, passes
from tests.present.pieces import FOOT, written
from tests.present.test_parts import FORBIDDEN
from tests.projects import commitment, line, make, plan
from uppfoljning.analysis.occasions import Factor
from uppfoljning.analysis.parts import parts_of
from uppfoljning.domain.form import Field
from uppfoljning.present.document.model import grids
from uppfoljning.present.layout import width
from uppfoljning.present.views.parts import PartsAccount, _found, parts_part, parts_text

PROJECT = make(plan(commitment("{antal: löpande}")))
Row = tuple[int | bool | None, Levels]


def write(rows: list[Row], *factors: Factor, kind: str = "antal", hours: int | None = 2) -> str:
    """All that any face says of some passes."""
    fields = [("samtal", Field.make(type=kind))]
    ((found,),) = parts_of([(passes(rows, *factors, hours=hours), fields)])
    (of,) = PROJECT.plans.values()
    account = PartsAccount(of, line(PROJECT, "2026-06-01"), tuple(fields), (found,) if found.passes else ())
    part = parts_part([account])
    assert part is not None and all(len(row) == len(grid.columns) for grid in grids([part]) for row in grid.rows)
    json.loads(json.dumps(_found(account, found), allow_nan=False))
    text = written(parts_text([account], FOOT, 60))
    assert [one for one in text.splitlines() if width(one) > 60] == []
    said = " ".join(text.split())
    assert not FORBIDDEN.search(said)
    return said


def drawn(chance: random.Random, yes_no: bool) -> list[Row]:
    mean, rows = chance.choice([0, 0.3, 2, 8, 60]), list[Row]()
    for _ in range(chance.choice([0, 1, 2, 6, 12, 25, 40, 80])):
        day = chance.choice(["fre", "lör", "tis"])
        levels: dict[str, str | list[str]] = {"veckodag": day, "väntad veckodag": "ja" if day == "fre" else "nej"}
        if chance.random() < 0.9:
            levels["plats"] = chance.choice("abc")
        if chance.random() < 0.9:
            levels["funktion"] = chance.sample(["värd", "handläggare", "okänd"], chance.randint(1, 3))
        if chance.random() < 0.7:
            levels["moment samling"] = chance.choice(["ja", "nej"])
        more = mean * (4 if day == "fre" else 1)
        count: int | bool = (
            chance.random() < (0.9 if day == "fre" else 0.1) if yes_no else int(chance.expovariate(1 / more)) if more else 0
        )
        rows.append((None if chance.random() < 0.05 else count, levels))
    return rows


@pytest.mark.parametrize("kind", ["antal", "ja/nej"])
def test_any_passes_have_an_answer(kind: str) -> None:
    chance = random.Random(20261125)
    said = " ".join(
        write(
            drawn(chance, kind == "ja/nej"), EXPECTED, FUNCTION, WEEKDAY, PLACE, STEP, kind=kind, hours=chance.choice([None, 2])
        )
        for _ in range(15)
    )
    for part in (
        "Det planen väntade sig",
        "För litet underlag:",
        "Passen skilde sig också i",
        "Kan inte undersökas: alla pass hade",
    ):
        assert part in said, part


NASTY = ("=SUMMA(A1:A9)", "C(x)", "np.log(y) + I(a**2)", "~ 1 | 0", "__import__('os')", "[bold]x[/bold] <b>")


@pytest.mark.parametrize("name", NASTY)
def test_a_name_that_looks_like_a_formula_is_a_name(name: str) -> None:
    rows: list[Row] = [(9 if at % 2 else 3, {"plats": name if at % 2 else "torget", "fält q": name}) for at in range(40)]
    said = write(rows, PLACE, Factor("fält q", name))
    assert f"plats: {name}" in said or "plats: Torget" in said
    assert f"Kan inte undersökas: alla pass hade {name}: {name}." in said
