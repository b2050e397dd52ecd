"""Ratios and their intervals: what they agree with, what they never do, and what they leave unanswered."""

from __future__ import annotations

from math import exp, inf, isfinite, log

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.analysis.series import drawn
from uppfoljning.analysis import before_after, displacement, interrupted, months
from uppfoljning.analysis import contrasts as comparison
from uppfoljning.analysis.before_after import CountWindow, Interval, log_ratio
from uppfoljning.analysis.contrasts import Four
from uppfoljning.analysis.months import Month

COUNT = st.integers(0, 400)
SOME = st.integers(1, 400)
LENGTH = st.integers(1, 60)
few = settings(max_examples=40)


@few
@given(COUNT, COUNT, LENGTH, LENGTH)
def test_the_central_p_agrees_with_the_interval(x0: int, x1: int, t0: int, t1: int) -> None:
    found = before_after.exact_ratio(CountWindow(x0, t0), CountWindow(x1, t1))
    if found is None:
        assert x0 == x1 == 0
        return
    assert found.interval.low <= found.ratio <= found.interval.high
    if abs(found.p_central - 0.05) > 1e-9:
        assert found.interval.holds(1) is (found.p_central > 0.05)


@few
@given(COUNT, COUNT, LENGTH, LENGTH)
def test_before_and_after_exchanged_turn_the_ratio_over(x0: int, x1: int, t0: int, t1: int) -> None:
    one, other = (
        before_after.exact_ratio(*pair)
        for pair in ((CountWindow(x0, t0), CountWindow(x1, t1)), (CountWindow(x1, t1), CountWindow(x0, t0)))
    )
    if one is None or other is None:
        return
    turned = comparison.turned(other.interval)
    assert one.interval.low == pytest.approx(turned.low) and one.interval.high == pytest.approx(turned.high)
    assert one.p_central == pytest.approx(other.p_central)


@given(LENGTH, LENGTH)
@few
def test_fewer_than_the_fewest_before_can_never_be_told_from_chance(t0: int, t1: int) -> None:
    least = before_after.fewest_before(t0, t1)

    def p_of_none(before: int) -> float:
        found = before_after.exact_ratio(CountWindow(before, t0), CountWindow(0, t1))
        return 1.0 if found is None else found.p_central

    assert p_of_none(least) <= 0.05 + 1e-12 < p_of_none(least - 1)


def test_six_before_is_the_least_with_equal_lengths() -> None:
    assert before_after.fewest_before(12, 12) == 6


def test_the_e_test_is_a_little_stronger_and_symmetric() -> None:
    one, other = CountWindow(10, 12), CountWindow(22, 12)
    exact = before_after.exact_ratio(one, other)
    assert exact is not None
    assert before_after.e_test(one, other) == pytest.approx(before_after.e_test(other, one))
    assert before_after.e_test(one, other) < exact.p_central


def test_months_that_differ_widen_and_months_that_are_alike_do_not_narrow() -> None:
    alike = before_after.monthly([10] * 12, [8] * 12).ratio
    unlike = before_after.monthly([1, 19] * 6, [1, 15] * 6).ratio
    assert alike is not None and unlike is not None
    assert alike.phi < 1 and alike.se == pytest.approx((1 / 120 + 1 / 96) ** 0.5)
    assert unlike.phi > 5 and unlike.ratio == pytest.approx(alike.ratio)
    assert unlike.se is not None and unlike.se == pytest.approx((unlike.phi * (1 / 120 + 1 / 96)) ** 0.5)


def test_season_is_taken_out_where_it_is_told() -> None:
    year = [2, 2, 2, 2, 20, 20, 20, 20, 2, 2, 2, 2]
    calendar = [*range(1, 13)] * 3
    plain = before_after.monthly(year * 2, year).ratio
    told = before_after.monthly(year * 2, year, calendar).ratio
    assert plain is not None and told is not None
    assert plain.phi > 5 and told.phi < 0.01 and plain.ratio == pytest.approx(told.ratio) == 1


def test_a_calendar_month_without_events_says_nothing_of_how_months_differ() -> None:
    year = [0, *([5] * 11)]
    found = before_after.monthly(year * 2, year, [*range(1, 13)] * 3)
    assert found.ratio is not None and found.ratio.df == 33 - 12
    assert found.residuals[0] == found.residuals[12] == 0


@pytest.mark.parametrize(("before", "after"), [([0, 0], [1, 2]), ([3, 4], [0, 0]), ([5], [4])])
def test_nothing_to_divide_by_or_to_tell_the_dispersion_from(before: list[int], after: list[int]) -> None:
    assert before_after.monthly(before, after).ratio is None


def test_residuals_show_the_month_that_stands_out() -> None:
    found = before_after.monthly([5, 6, 4, 80, 5, 6], [5, 4, 6])
    assert max(range(9), key=lambda at: found.residuals[at]) == 3 and found.residuals[3] > 10
    alone = before_after.monthly([5, 60, 5], [0, 0])
    assert alone.ratio is None and alone.residuals[1] > 6 and alone.residuals[3:] == (0, 0)


@few
@given(SOME, SOME, SOME, SOME)
def test_rirr_is_res_turned_over(a: int, b: int, c: int, d: int) -> None:
    one, other = comparison.relative_ratio(Four(a, b, c, d)), comparison.relative_ratio(Four(c, d, a, b))
    assert one is not None and other is not None
    assert one.ratio == pytest.approx(1 / other.ratio)
    assert one.interval.low == pytest.approx(1 / other.interval.high)
    assert one.p == pytest.approx(other.p)


@few
@given(SOME, SOME, SOME, SOME, st.integers(2, 9))
def test_only_the_ratios_count(a: int, b: int, c: int, d: int, times: int) -> None:
    one, other = comparison.relative_ratio(Four(a, b, c, d)), comparison.relative_ratio(Four(a * times, b * times, c, d))
    assert one is not None and other is not None and one.ratio == pytest.approx(other.ratio)
    assert (other.se or 0) < (one.se or 0)


@pytest.mark.parametrize("four", [Four(0, 1, 2, 3), Four(1, 0, 2, 3), Four(1, 2, 0, 3), Four(1, 2, 3, 0)])
def test_a_zero_count_has_no_ratio_on_the_log_scale_but_an_exact_one(four: Four) -> None:
    assert comparison.relative_ratio(four) is None
    found = comparison.exact_res(four)
    assert (found.interval.low == 0) is not (found.interval.high == inf)


def test_against_expected_is_what_the_ratio_says() -> None:
    four = Four(50, 30, 60, 55)
    found, ratio = comparison.against_expected(four), comparison.relative_ratio(four)
    assert ratio is not None and found.difference == pytest.approx(found.expected * (ratio.ratio - 1))
    assert comparison.percent_change(ratio.ratio) == pytest.approx(100 * found.difference / found.expected)
    empty = comparison.against_expected(Four(0, 3, 60, 55))
    assert empty.expected == 0 and isfinite(empty.interval.high)


def test_several_areas_are_pooled_and_ranked_with_a_floor() -> None:
    pooled = comparison.pooled([Four(50, 30, 60, 55), Four(50, 30, 40, 45)])
    assert pooled is not None and pooled.ratio == pytest.approx((30 / 50) / (100 / 100))
    changes = comparison.placebo_changes([(100, 40), (100, 100), (100, 95), (100, 105)])
    assert comparison.placebo_rank(changes) == (0.25, 0.25)
    assert comparison.placebo_rank([0.1, -0.5, 0.2, 0.05])[0] == 0.75


def rows(treated: list[int], other: list[int], start: int) -> list[Month]:
    return [Month(one, two, at >= start) for at, (one, two) in enumerate(zip(treated, other, strict=True))]


def test_the_ratio_of_months_is_that_of_the_totals() -> None:
    series = rows(drawn(1, (24, 8), (12, 5)), drawn(2, (36, 10)), 24)
    found = months.month_ratio(series)
    four = Four(
        *(
            sum(getattr(one, area) for one in series if one.after is late)
            for area in ("treated", "comparison")
            for late in (False, True)
        )
    )
    totals = comparison.relative_ratio(four)
    assert found is not None and totals is not None and found.ratio == pytest.approx(totals.ratio)
    assert (found.se or 0) / max(1, found.phi) ** 0.5 == pytest.approx(totals.se)


def test_a_shock_that_both_areas_feel_leaves_the_ratio_alone() -> None:
    treated, other = [10] * 24 + [8] * 12, [20] * 36
    calm = months.month_ratio(rows(treated, other, 24))
    shaken = [1 if at % 3 else 4 for at in range(36)]
    found = months.month_ratio(rows([one * by for one, by in zip(treated, shaken, strict=True)], [20 * by for by in shaken], 24))
    assert calm is not None and found is not None
    assert found.phi < 0.1 and found.ratio == pytest.approx(calm.ratio)


@pytest.mark.parametrize(("before", "after"), [(6, 5), (5, 6), (11, 0)])
def test_too_few_months(before: int, after: int) -> None:
    series = rows([4] * (before + after), [5] * (before + after), before)
    assert not months.enough_months(series) and months.month_ratio(series) is None


def test_months_in_which_nothing_happened_are_dropped() -> None:
    series = rows([4] * 6 + [0] * 6, [5] * 6 + [0] * 6, 6)
    assert not months.enough_months(series)


def test_a_drift_is_seen_and_told_over_a_distance() -> None:
    series = rows([round(40 * 0.97**at) for at in range(36)], [40] * 36, 36)
    found = months.pre_trend(series)
    assert found is not None and found.p < 0.001 and exp(found.slope) == pytest.approx(0.97, abs=0.005)
    ratio, interval = found.over(12)
    assert ratio == pytest.approx(0.97**12, rel=0.1) and interval.low < ratio < interval.high < 1
    spread = months.pre_trend(series, [2 * at for at in range(36)])
    assert spread is not None and spread.slope == pytest.approx(found.slope / 2)
    back, turned = found.over(-12)
    assert back == pytest.approx(1 / ratio) and turned.low == pytest.approx(1 / interval.high)


def test_no_drift_to_tell() -> None:
    assert months.pre_trend(rows([1, 2, 3], [1, 2, 3], 2)) is None
    assert months.pre_trend(rows([1, 2, 3, 4], [0, 0, 0, 1], 3)) is None


def test_blocks_are_counted_back_from_the_start_and_the_first_has_what_is_left() -> None:
    series = rows([10] * 27, [10] * 27, 20)
    found = months.event_study(series, 6)
    assert found is not None and found.p == pytest.approx(1, abs=0.01) and found.df[0] == 3
    assert [(one.first, one.last) for one in found.blocks] == [(0, 1), (2, 7), (8, 13), (20, 25), (26, 26)]
    assert all(abs(one.log_ratio) < 1e-6 and one.se > 0 for one in found.blocks)


def test_a_year_that_differs_is_seen_in_the_blocks() -> None:
    found = months.event_study(rows([10] * 12 + [40] * 12 + [10] * 24, [20] * 48, 36), 12)
    assert found is not None and found.p is not None and found.p < 0.01
    assert found.blocks[1].log_ratio == pytest.approx(log(4), abs=0.01)


@pytest.mark.parametrize(
    ("treated", "start"),
    [([5] * 10, 5), ([5] * 12, 12), ([0] * 6 + [5] * 12, 12)],
)
def test_no_blocks_to_compare(treated: list[int], start: int) -> None:
    assert months.event_study(rows(treated, [5] * len(treated), start), 6) is None


def test_false_starts_lie_before_the_true_one_and_find_nothing_in_a_quiet_series() -> None:
    series = rows([10] * 30 + [1] * 12, [10] * 42, 30)
    found = months.false_starts(series)
    assert len(found) == 3 and all(one.interval.holds(1) for one in found)
    assert months.false_starts(series[20:]) == []


def test_other_errors_have_the_same_ratio() -> None:
    series = rows(drawn(3, (24, 12), (12, 9), dispersion=4), drawn(4, (36, 14), dispersion=4), 24)
    found = months.month_ratio(series)
    assert found is not None and found.phi > 1.5
    others = months.robust_ratios(series)
    assert set(others) == {"HC0"}
    assert all(one.ratio == pytest.approx(found.ratio) for one in others.values())
    wide = months.negative_binomial(series)
    assert wide is not None and wide.ratio == pytest.approx(found.ratio, rel=0.2) and (wide.se or 0) > 0.1


def test_a_negative_binomial_that_finds_no_answer_is_none() -> None:
    assert months.negative_binomial(rows([3] * 12, [3] * 12, 6)) is None


def test_how_much_more_than_chance_a_part_differs() -> None:
    assert months.spread(rows([5] * 12, [5] * 12, 12)) == 1
    assert months.spread(rows([1, 9] * 6, [9, 1] * 6, 12)) > 5
    assert months.spread(rows([5] * 4, [5] * 4, 4)) == months.spread(rows([0] * 12, [5] * 12, 12)) == 1


def season(mean: float, length: int, start: int, ratio: float) -> list[int]:
    return [round((mean + 6 * ((at % 12) in (5, 6, 7))) * (ratio if at >= start else 1)) for at in range(length)]


def test_a_long_series_finds_a_change_on_top_of_season() -> None:
    counts = season(20, 60, 48, 0.7)
    steps = [int(at >= 48) for at in range(60)]
    found = interrupted.interrupted(counts, steps)
    assert found.shown.ratio == pytest.approx(0.7, abs=0.05) and not found.shown.interval.holds(1)
    assert sum(found.expected[48:]) == pytest.approx(sum(counts[48:]) / found.ratio.ratio)
    assert found.leading in ("modell", "HAC")


def test_a_doubled_population_is_no_change() -> None:
    counts = [20] * 36 + [40] * 12
    steps = [0] * 36 + [1] * 12
    found = interrupted.interrupted(counts, steps, exposure=[1000.0] * 36 + [2000.0] * 12)
    assert found.ratio.ratio == pytest.approx(1, abs=1e-6)


def test_months_that_hang_together_are_told_and_the_wider_error_shown() -> None:
    wave = [20 + 12 * (at // 5 % 2) for at in range(60)]
    found = interrupted.interrupted(wave, [int(at >= 45) for at in range(60)])
    assert found.correlated and found.robust is not None
    assert (found.shown.se or 0) == max(found.ratio.se or 0, found.robust.se or 0)


def test_false_dates_of_a_long_series() -> None:
    found = interrupted.false_dates(season(20, 36, 99, 1), 36)
    assert len(found) == 3 and all(one.interval.holds(1) for one in found)
    assert interrupted.false_dates([0] * 24, 24) == []
    assert len(interrupted.false_dates(season(20, 18, 99, 1), 18, [1.0] * 18)) >= 1


@few
@given(SOME, SOME, SOME, SOME)
def test_a_difference_without_change_in_either_is_nothing(a: int, c: int, t0: int, t1: int) -> None:
    found = displacement.displacement((a * t0, a * t1), (c * t0, c * t1), lengths=(t0, t1))
    assert found.local == pytest.approx(0) and found.total == found.local and found.interval == found.local_interval
    wide = displacement.displacement((a * t0, a * t1), (c * t0, c * t1), lengths=(t0, t1), phi=4)
    assert wide.se_total == pytest.approx(2 * found.se_total)


def test_a_difference_of_nothing_at_all() -> None:
    found = displacement.displacement((0, 0), (0, 0))
    assert (found.z, found.p) == (0, 1)


@pytest.mark.parametrize(
    ("buffer", "moved"),
    [((60, 40), "spread"), ((60, 70), "some"), ((60, 160), "more")],
)
def test_where_it_moved(buffer: tuple[int, int], moved: str) -> None:
    found = displacement.quotient((120, 80), buffer, (200, 200)).quotient
    assert found is not None
    assert {"spread": found > 0, "some": -1 <= found <= 0, "more": found < -1}[moved]


def test_what_is_found_grows_with_what_there_is_and_with_the_change() -> None:
    assert before_after.power_of(100, 0.5) > before_after.power_of(100, 0.7) > before_after.power_of(50, 0.7) > 0.05
    assert before_after.power_of(100, 1.0) < 0.05
    ratios = [before_after.smallest_found(count) for count in (24, 48, 100)]
    assert ratios == sorted(ratios, key=lambda one: one or 0)
    assert before_after.smallest_found(4) is None
    assert before_after.smallest_found_relative(5, 5) is None


def test_many_events_go_by_the_log_scale_and_agree_with_the_enumeration() -> None:
    below, above = (
        before_after.smallest_found(before_after.LARGEST_EXACT - 1),
        before_after.smallest_found(before_after.LARGEST_EXACT + 1),
    )
    assert below is not None and above is not None and below == pytest.approx(above, abs=0.003)
    assert (before_after.smallest_found(1_000_000) or 0) > 0.99


def test_dispersion_asks_for_more() -> None:
    assert (before_after.smallest_found_relative(200, 300, phi=2) or 0) < (before_after.smallest_found_relative(200, 300) or 0)
    assert before_after.smallest_difference(20, 20, phi=4) == pytest.approx(2 * before_after.smallest_difference(20, 20))


def test_a_ratio_without_error_has_no_doubt() -> None:
    assert log_ratio(1.0, 0.0).interval == Interval(1.0, 1.0) and log_ratio(1.0, 0.0).p == 1
