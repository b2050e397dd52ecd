"""Any series at all gets an answer that every face can write: a line of words, a table, a chart, and JSON that is JSON."""

from __future__ import annotations

import io
import json
import random
from fractions import Fraction

import pytest

from tests.analysis.series import Counts, drawn, found, goal_of, series_of, study
from tests.present.pieces import FOOT, project, written
from tests.present.test_effect import FORBIDDEN
from uppfoljning.analysis.effect.result import Study
from uppfoljning.followup.documentation import Dose
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Chart, grids
from uppfoljning.present.layout import width
from uppfoljning.present.terminal import Screen
from uppfoljning.present.views.effect import AHEAD, effect_json, effect_part, effect_text
from uppfoljning.present.views.effect_plan import EffectAccount


def account(areas: dict[str, Counts], start: int, exposure: dict[str, int] | None = None) -> EffectAccount:
    (plan,) = project().plans.values()
    comparison = tuple(area for area in areas if area.startswith("jämförelse"))
    buffer = tuple(area for area in areas if area == "buffert")
    goal = goal_of(start, comparison=comparison, buffer=buffer)
    outcome = found(areas, start, exposure=exposure)
    return EffectAccount(plan, plan.commitments[0], goal, series_of(areas, exposure), outcome, Dose(Fraction(1), Fraction(1, 2)))


def write(one: EffectAccount) -> str:
    """All that any face says of it."""
    text = written(effect_text([one], FOOT, 60))
    assert [line for line in text.splitlines() if width(line) > 60] == []
    part = effect_part([one])
    assert part is not None and all(len(row) == len(grid.columns) for grid in grids([part]) for row in grid.rows)
    content = effect_json([one], FOOT, View(FOOT.as_of))
    json.loads(content, parse_constant=lambda word: pytest.fail(f"{word} is not JSON"))
    out = io.StringIO()
    AHEAD["text"]([one], FOOT, View(FOOT.as_of), Screen(out, 60))
    assert [line for line in out.getvalue().splitlines() if width(line) > 60] == []
    said = " ".join(text.split())
    assert not FORBIDDEN.search(said)
    return said


@pytest.mark.parametrize(
    ("areas", "said"),
    [
        ({"insats": [0] * 12 + [3] * 12}, "obegränsat fler"),
        ({"insats": [3] * 12 + [0] * 12}, "100 % färre"),
        ({"insats": [0] * 12 + [3] * 12, "jämförelse": [0] * 12 + [3] * 12}, "går inte att uppskatta"),
        ({"insats": [3] * 12 + [0] * 12, "jämförelse": [3] * 12 + [0] * 12}, "Ingen slutsats går att dra."),
        ({"insats": [0] * 11 + [4] + [4] * 12, "jämförelse": [5] * 24}, "Månaderna före är för få"),
        ({"insats": [3] * 24, "jämförelse": [2] * 12 + [0] * 12}, "går bara att begränsa åt ett håll: minst"),
        ({"insats": [3] * 24, "jämförelse": [0] * 12 + [2] * 12}, "går bara att begränsa åt ett håll: minst"),
        ({"insats": [1] * 12 + [0] * 9 + [1] * 3, "jämförelse": [1] + [0] * 23}, "håll: högst"),
    ],
)
def test_what_can_hardly_be_told_is_said_so(areas: dict[str, Counts], said: str) -> None:
    assert said in write(account(areas, 12))


def test_a_drift_beyond_any_number_is_still_a_number() -> None:
    """Two months that are all one area's and then the other's: no drift is steep enough, and none can be told."""
    made = study({"insats": [0] * 11 + [4] + [4] * 12, "jämförelse": [5] * 11 + [0] + [5] * 12}, 12)
    assert made.trend is None


def test_any_series_has_an_answer() -> None:
    chance = random.Random(20261125)
    answers = set()
    for _ in range(40):
        length, mean = chance.choice([2, 5, 13, 24, 30, 40, 60]), chance.choice([0, 0.05, 0.3, 1, 3, 20, 500])
        names = ["insats", *chance.sample(["jämförelse1", "jämförelse2", "buffert"], chance.randint(0, 3))]
        areas: dict[str, Counts] = {name: some(chance, length, mean) for name in names}
        exposure = dict.fromkeys(names, 1000) if chance.random() < 0.3 else None
        one = account(areas, chance.randint(0, length), exposure)
        write(one)
        answers.add(one.outcome.design if isinstance(one.outcome, Study) else one.outcome)
    assert answers >= {"före och efter", "jämförelse", "flera jämförelser", "E_INGA_MANADER", "E_INGA_HANDELSER"}


def some(chance: random.Random, length: int, mean: float) -> Counts:
    mean *= chance.choice([0, 0.2, 1, 1, 3])
    missing, empty = chance.choice([0, 0, 0.05]), chance.choice([0, 0.3, 0.8])

    def one() -> int | None:
        if chance.random() < missing:
            return None
        return 0 if not mean or chance.random() < empty else int(chance.expovariate(1 / mean))

    return [one() for _ in range(length)]


def test_every_month_of_the_series_is_in_the_chart() -> None:
    areas: dict[str, Counts] = {"insats": [5, None, *drawn(1, (34, 5))], "jämförelse": [9] * 36}
    part = effect_part([account(areas, 24)])
    assert part is not None
    (chart,) = [block for block in part.parts[0].blocks if isinstance(block, Chart)]
    assert chart.kind == "serie" and chart.alt.startswith(f"{chart.title}: Förändring")
    assert [column.name for column in chart.grid.columns] == ["Månad", "Insatsområdet", "Jämförelsen", "Väntat", "Läge"]
    assert [row[-1].shown for row in chart.grid.rows] == ["före"] * 24 + ["efter"] * 12
    assert chart.grid.rows[1][1].value is None and chart.grid.rows[0][0].shown == "jan 2020"


def test_what_a_long_series_led_to_expect_is_in_the_chart() -> None:
    part = effect_part([account({"insats": [30, None, *drawn(5, (34, 30), (12, 15))]}, 36)])
    assert part is not None
    (chart,) = [block for block in part.parts[0].blocks if isinstance(block, Chart)]
    assert [column.name for column in chart.grid.columns][2] == "Väntat"
    assert chart.grid.rows[1][2].value is None and chart.grid.rows[0][2].value is not None


def measures(areas: dict[str, Counts], start: int) -> dict[str, tuple[str, str]]:
    """Each measure with its value and what is favourable."""
    part = effect_part([account(areas, start)])
    assert part is not None
    (grid,) = [block for block in part.parts[0].blocks if not isinstance(block, Chart)]
    return {row[0].shown: (row[1].shown, row[5].shown) for row in grid.rows}


def test_every_measure_says_which_way_is_favourable() -> None:
    table = measures({"insats": [20] * 24 + [10] * 12, "jämförelse": [20] * 36, "buffert": [10] * 24 + [14] * 12}, 24)
    assert table["RIRR"] == ("0,5", "under 1") and table["RES"] == ("2", "över 1")
    assert table["WDD per månad"] == ("−10", "under 0") and table["WDD per månad, med bufferten"] == ("−6", "under 0")
    assert table["WDQ"] == ("−0,4", "över −1") and table["TNE"][1] == "över 0"
    assert {"Känslighet, HC0", "Påhittad start 1"} <= table.keys()
    wave = measures({"insats": [20 + 12 * (at // 5 % 2) for at in range(60)]}, 45)
    assert {"Lång serie, modellens fel", "Lång serie, HAC"} <= wave.keys()
    assert "Med dubbelt så stora svängningar" in measures({"insats": [9] * 9, "jämförelse": [12] * 9}, 5)
    assert "Utan månader med massanmälan" in measures({"insats": [*([5] * 30), 120, *([5] * 17)], "jämförelse": [9] * 48}, 36)
    assert measures({"insats": [3] * 24, "jämförelse": [2] * 12 + [0] * 12}, 12)["Skattning"][0] == "obegränsat"
