"""A level against the rest: rates, parts, shuffles, and what is held alike."""

from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uppfoljning.analysis import contrasts
from uppfoljning.analysis.contrasts import Pass

PASSES = st.lists(st.builds(Pass, st.integers(0, 40), st.integers(1, 8).map(float)), min_size=5, max_size=20)


def of(*counts: int, hours: float = 2.0) -> list[Pass]:
    return [Pass(count, hours) for count in counts]


@settings(max_examples=40)
@given(PASSES, PASSES)
def test_a_level_against_the_rest_is_the_rest_against_it_turned_over(level: list[Pass], rest: list[Pass]) -> None:
    one, other = contrasts.against_rest(level, rest), contrasts.against_rest(rest, level)
    assert (one is None) is (other is None)
    if one is not None and other is not None:
        assert one.ratio == pytest.approx(1 / other.ratio) and one.p == pytest.approx(other.p)
        assert one.interval.low <= one.ratio <= one.interval.high


def test_it_is_the_model_with_one_dummy() -> None:
    level, rest = of(3, 8, 5, 9, 4, hours=3), of(2, 1, 4, 2, 6, 3, hours=2)
    plain = contrasts.against_rest(level, rest)
    fitted = contrasts.adjusted([*level, *rest] * 2, [([1] * 5 + [0] * 6) * 2])
    assert plain is not None and fitted is not None and fitted.ratio == pytest.approx(plain.ratio)


@pytest.mark.parametrize(
    ("level", "rest", "tested"),
    [
        (of(*[5] * 5), of(*[5] * 5), True),
        (of(*[9] * 4), of(*[9] * 30), False),
        (of(*[9] * 30), of(*[9] * 4), False),
        (of(*[1] * 9), of(*[1] * 9), False),
        (of(*[0] * 5), of(*[9] * 60), True),
        (of(*[0] * 5), of(*[1] * 60), False),
    ],
)
def test_when_there_is_enough(level: list[Pass], rest: list[Pass], tested: bool) -> None:
    assert contrasts.enough(level, rest) is tested


def test_the_interval_of_a_rate() -> None:
    calm = contrasts.level_rate(of(5, 5, 5), 0.3, 10)
    wide = contrasts.level_rate(of(5, 5, 5), 4.0, 10)
    assert calm.low > wide.low and calm.high < wide.high
    none = contrasts.level_rate(of(0, 0), 1.0, 10)
    assert none.low == 0 and none.high == pytest.approx(3.6889 / 4, abs=1e-4)
    assert contrasts.level_rate(of(0, 0), 3.0, 10).high == pytest.approx(3 * 3.6889 / 4, abs=1e-3)


def test_dispersion_of_equal_passes_and_of_one() -> None:
    assert contrasts.dispersion([of(5, 5, 5), of(2, 2)]) == (0, 3)
    assert contrasts.dispersion([of(5)]) == (1.0, 0)
    assert contrasts.dispersion([of(0, 0), of(3, 3)])[0] == 0


def test_every_deal_is_tried_where_they_are_few() -> None:
    level, rest = of(9, 8, 9, 7, 9), of(1, 2, 1, 3, 2)
    counts = [one.events for one in (*level, *rest)]

    def size(chosen: tuple[int, ...]) -> float:
        y = sum(counts[at] for at in chosen) + 0.5
        return abs(log(y) - log(sum(counts) + 1 - y))

    deals = [size(chosen) for chosen in combinations(range(10), 5)]
    expected = sum(one >= size((0, 1, 2, 3, 4)) - 1e-12 for one in deals) / len(deals)
    assert contrasts.shuffled(level, rest) == pytest.approx(expected) == pytest.approx(2 / 252)


def test_many_deals_are_drawn_the_same_way_every_time() -> None:
    level, rest = of(*[6, 2] * 6), of(*[3, 4] * 7)
    assert contrasts.shuffled(level, rest) == contrasts.shuffled(level, rest)
    assert 1 / 10_000 <= contrasts.shuffled(of(*[9] * 12), of(*[1] * 14)) < 0.001


def test_labels_are_dealt_within_strata() -> None:
    """All that a level has more of comes of the weekend: within it there is nothing left."""
    level, rest = of(9, 9, 9, 9, 2), of(9, 2, 2, 2, 2)
    strata = [1, 1, 1, 1, 0, 1, 0, 0, 0, 0]
    assert contrasts.shuffled(level, rest) < 0.25
    assert contrasts.shuffled(level, rest, strata) == 1


def test_what_stands_out_of_nothing_is_seldom_anything() -> None:
    chance = np.random.default_rng(7)
    p = [contrasts.shuffled(of(*chance.poisson(5, 6)), of(*chance.poisson(5, 6))) for _ in range(60)]
    assert sum(one <= 0.05 for one in p) <= 8


def test_a_confounder_is_held_alike() -> None:
    rows = [(9, 1, 1)] * 12 + [(3, 1, 0)] * 4 + [(9, 0, 1)] * 4 + [(3, 0, 0)] * 12
    found = [Pass(count, 1.0) for count, _, _ in rows]
    level, weekend = [one for _, one, _ in rows], [one for _, _, one in rows]
    crude = contrasts.against_rest(found[:16], found[16:])
    alike = contrasts.adjusted(found, [level, weekend])
    assert crude is not None and crude.ratio > 1.5
    assert alike is not None and alike.ratio == pytest.approx(1)
    assert contrasts.rates_within(found, level, weekend) == pytest.approx(1)
    assert contrasts.rates_within(of(0, 0), [1, 0], [0, 0]) is None


def test_ten_passes_a_coefficient_and_factors_that_can_be_told_apart() -> None:
    found = of(*[5, 3] * 12)
    side = [1, 0] * 12
    assert contrasts.adjusted(found, [side, [0, 0, 1] * 8]) is None
    assert contrasts.adjusted(of(*[5, 3] * 15), [[1, 0] * 15, [1, 0] * 15]) is None
    twice = [1, 0, 0] * 10
    assert contrasts.adjusted(of(*[5, 3] * 15), [[1, 0] * 15, twice, twice]) is not None
    assert contrasts.adjusted(of(*[5, 0] * 15), [[1, 0] * 15]) is None


def test_perfect_separation_gives_no_ratio() -> None:
    """Nothing happens where the other factor is not, which no finite coefficient can say."""
    rows = [(4, 1, 1), (3, 0, 1), (0, 1, 0), (0, 0, 0)] * 10
    alike = contrasts.adjusted(
        [Pass(count, 1.0) for count, _, _ in rows], [[one for _, one, _ in rows], [one for _, _, one in rows]]
    )
    assert alike is None or alike.ratio == pytest.approx(4 / 3)


def test_parts() -> None:
    low, high = contrasts.newcombe((12, 20), (6, 20))
    assert low < 0.3 < high and contrasts.fisher((12, 20), (6, 20)) == pytest.approx(0.1105, abs=1e-3)
    assert contrasts.fisher((10, 20), (10, 20)) == 1
    assert contrasts.wilson(0, 20).low == 0


def test_how_far_factors_go_together() -> None:
    assert contrasts.cramers_v([0, 1] * 10, [0, 1] * 10) == pytest.approx(1)
    assert contrasts.cramers_v([0, 0, 1, 1] * 5, [0, 1, 0, 1] * 5) == pytest.approx(0)
    assert contrasts.cramers_v([0] * 10, [0, 1] * 5) == 0


def test_strata_turn_a_ratio() -> None:
    found = contrasts.mantel_haenszel([[[90, 10], [9, 1]], [[1, 9], [10, 90]]])
    assert found.ratio == pytest.approx(1) and found.crude > 5 and found.interval.holds(1)


@given(st.lists(st.floats(0.0001, 1), min_size=1, max_size=20))
@settings(max_examples=30)
def test_adjusting_never_lowers_a_p(p: list[float]) -> None:
    found = contrasts.benjamini_hochberg(p)
    assert all(one >= raw - 1e-12 for one, raw in zip(found, p, strict=True)) and max(found) <= 1
    assert contrasts.benjamini_hochberg([]) == []
