"""An outcome goal through the gates: what is refused, which design is chosen, and every reservation that is made."""

from __future__ import annotations

from datetime import date
from math import inf

import pytest

from tests.analysis.series import drawn, found, goal_of, month, series_of, study
from uppfoljning.analysis import contrasts as comparison
from uppfoljning.analysis.effect import result as windows
from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import besides, study_of

FLAT = [10] * 48


def test_a_goal_without_a_start_or_a_series() -> None:
    assert study_of(series_of({"insats": FLAT}), goal_of(None)) == "E_INGEN_START"
    assert study_of(None, goal_of(36)) == "E_INGEN_SERIE"
    assert study_of(series_of({}), goal_of(36)) == "E_INGEN_SERIE"


def test_an_area_that_the_series_lacks() -> None:
    series = series_of({"insats": FLAT})
    assert study_of(series, goal_of(36, ())) == "E_OMRADE_SAKNAS"
    assert study_of(series, goal_of(36, comparison=("borta",))) == "E_OMRADE_SAKNAS"
    assert study_of(series, goal_of(36, buffer=("borta",))) == "E_OMRADE_SAKNAS"


@pytest.mark.parametrize(
    "more",
    [
        {"comparison": ("insats",)}, {"comparison": ("kommunen",)}, {"buffer": ("gatan",), "comparison": ("norra",)},
        {"areas": ("insats", "gatan")}, {"comparison": ("norra", "norra")},
    ],
)  # fmt: skip
def test_areas_that_overlap_are_refused(more: dict[str, tuple[str, ...]]) -> None:
    areas = dict.fromkeys(("insats", "kommunen", "gatan", "norra"), FLAT)
    series = series_of(areas, contains={"kommunen": ("insats", "norra"), "insats": ("gatan",)})
    assert study_of(series, goal_of(36, **more)) == "E_OVERLAPP"


def test_no_months_in_common() -> None:
    assert found({"insats": FLAT}, 48) == "E_INGA_MANADER"
    assert found({"insats": FLAT}, 0) == "E_INGA_MANADER"
    apart = {"insats": [5] * 12 + [None] * 24, "jämförelse": [None] * 12 + [5] * 24}
    assert found(apart, 6) == "E_INGA_MANADER"
    assert found({"insats": FLAT, "jämförelse": [None] * 36 + [5] * 12}, 36) == "E_INGA_MANADER"


def test_nothing_has_happened() -> None:
    assert found({"insats": [0] * 48}, 36) == "E_INGA_HANDELSER"
    assert found({"insats": [0] * 48, "jämförelse": FLAT}, 36) == "E_INGA_HANDELSER"
    assert found({"insats": FLAT, "jämförelse": [0] * 48}, 36) == "E_JAMFORELSE_NOLL"
    early = [5] * 6 + [0] * 42
    assert found({"insats": early}, 48 - 6) == "E_INGA_HANDELSER"


def test_other_seasons_cannot_be_compared() -> None:
    """Three winter months before and three spring months after: no earlier year has the same months."""
    assert found({"insats": [5] * 6}, 3) == "E_OLIKA_MANADER"
    middling = [5] * 15 + [None] + [5] * 15
    assert found({"insats": middling}, 24) == "E_OLIKA_MANADER"


def test_the_same_months_of_up_to_three_earlier_years() -> None:
    made = study({"insats": [10] * 60 + [5] * 6}, 60)
    assert (made.design, made.years, made.counts) == ("före och efter", 3, (180, 30, 18, 6))
    assert "W_OLIKA_MANADER" in made.warnings
    assert made.headline is not None and made.headline.ratio == pytest.approx(0.5)


def test_the_month_that_it_starts_in_is_left_out_unless_on_its_first_day() -> None:
    counts = [*([10] * 36), 99, *([10] * 11)]
    late = study({"insats": counts, "jämförelse": FLAT}, date(2023, 1, 16))
    first = study({"insats": counts, "jämförelse": FLAT}, date(2023, 1, 1))
    assert (late.counts.after, late.counts.months_after) == (110, 11)
    assert (first.counts.after, first.counts.months_after) == (209, 12)


def test_months_after_the_end_are_left_out() -> None:
    made = study({"insats": FLAT, "jämförelse": FLAT}, 24, end=date(2022, 6, 30))
    assert made.counts.months_after == 6


def test_the_wider_interval_is_the_headline() -> None:
    calm, wild = study({"insats": [10] * 12 + [6] * 12}, 12), study({"insats": [1, 19] * 6 + [1, 11] * 6}, 12)
    assert calm.exact is not None and calm.headline is not None and wild.headline is not None
    assert calm.headline.interval.low <= calm.exact.interval.low < calm.exact.interval.high <= calm.headline.interval.high * 1.001
    assert wild.headline.interval.high > calm.headline.interval.high and wild.headline.phi > 5


def test_two_months_cannot_tell_how_they_swing() -> None:
    made = study({"insats": [*([9] * 12), 4]}, 12)
    assert "W_OSPRIDNING_OKAND" in made.warnings and made.doubled is not None and made.doubled.phi == 2
    assert made.counts == (9, 4, 1, 1)


def test_a_peak_year_before_leads_to_all_earlier_years() -> None:
    made = study({"insats": [20] * 60 + [40] * 12 + [20] * 6}, 72)
    assert made.years == 6 and "W_TOPPAR" in made.warnings
    flat = study({"insats": [20] * 72 + [20] * 6}, 72)
    assert flat.years == 3 and "W_TOPPAR" not in flat.warnings
    against = study({"insats": [20] * 24 + [40] * 12 + [20] * 12, "jämförelse": [30] * 48}, 36)
    assert "W_TOPPAR" in against.warnings and against.counts.months_before == 36


def test_thirty_five_to_twenty_one_after_a_peak_is_hardly_a_fall() -> None:
    """A winter quarter of 35 against four years of about 24 each: 21 is 40 % below the peak and 12 % below them all."""
    quarters = [[8, 8, 8], [7, 7, 7], [7, 6, 7], [12, 12, 11], [7, 7, 7]]
    counts = [one for quarter in quarters for one in (*quarter, *([None] * 9))][:51]
    made = study({"insats": counts}, 48)
    assert made.years == 4 and "W_TOPPAR" in made.warnings
    assert made.headline is not None and made.headline.ratio == pytest.approx(21 / (100 / 4), abs=0.01)


def test_a_month_of_mass_reports_is_shown_with_and_without() -> None:
    counts = [*([5] * 30), 120, *([5] * 17)]
    made = study({"insats": counts}, 36, direction="minska")
    assert "W_MASSANMALAN" in made.warnings and made.mass == (month(30),)
    assert made.without_mass is not None and made.without_mass.ratio == pytest.approx(1)
    against = study({"insats": FLAT, "jämförelse": counts}, 36)
    assert against.mass == (month(30),) and against.without_mass is not None
    assert against.without_mass.ratio == pytest.approx(1)


def test_mass_months_that_leave_too_few_for_months_still_give_a_ratio() -> None:
    made = study({"insats": [5] * 6 + [5, 5, 5, 5, 5, 200], "jämförelse": [8] * 12}, 6)
    assert made.without_mass is not None and made.without_mass.ratio == pytest.approx(1, abs=0.01)


def test_a_long_series_leads_with_trend_and_season() -> None:
    made = study({"insats": drawn(5, (36, 30), (12, 15))}, 36)
    assert made.design == "lång serie" and made.counts.months_before == 36
    assert made.interrupted is not None and made.headline == made.interrupted.shown
    assert len(made.false_dates) == 3 and made.years == 0


def test_a_middling_series_has_the_model_beside_and_a_short_one_has_none() -> None:
    made = study({"insats": drawn(5, (20, 30), (8, 15))}, 20)
    assert made.design == "före och efter" and made.interrupted is not None
    assert study({"insats": drawn(5, (12, 30), (12, 15))}, 12).interrupted is None
    sparse = study({"insats": drawn(5, (36, 2), (12, 1))}, 36)
    assert sparse.interrupted is None and sparse.design == "före och efter"


def test_exposure_is_taken_into_the_long_series() -> None:
    made = study({"insats": drawn(5, (36, 30), (12, 15))}, 36, exposure={"insats": 1200})
    plain = study({"insats": drawn(5, (36, 30), (12, 15))}, 36)
    assert made.headline is not None and plain.headline is not None
    assert made.headline.ratio == pytest.approx(plain.headline.ratio)


def test_months_that_hang_together_in_a_long_series() -> None:
    wave = [20 + 12 * (at // 5 % 2) for at in range(60)]
    assert "W_AUTOKORRELATION" in study({"insats": wave}, 45).warnings


def test_mass_months_of_a_long_series_are_left_out_of_the_model() -> None:
    counts = drawn(5, (36, 30), (12, 30))
    counts[40] = 400
    made = study({"insats": counts}, 36)
    assert made.mass == (month(40),) and made.without_mass is not None and made.without_mass.interval.holds(1)


def test_against_a_comparison() -> None:
    made = study({"insats": drawn(11, (24, 30), (12, 15)), "jämförelse": drawn(12, (36, 40))}, 24)
    assert made.design == "jämförelse" and made.headline == made.relative and made.warnings == ()
    assert made.headline is not None and made.headline.interval.holds(0.5) and not made.headline.interval.holds(1)
    assert made.trend is not None and made.trend.interval.holds(made.trend.unbroken)
    assert made.events is not None and made.difference is not None and made.difference.local < 0
    assert [name for name, _ in made.sensitivity][:1] == ["HC0"]


def test_wide_dispersion_has_the_negative_binomial_beside() -> None:
    made = study({"insats": drawn(3, (24, 30), (12, 28), dispersion=6), "jämförelse": drawn(4, (36, 40), dispersion=6)}, 24)
    assert [name for name, _ in made.sensitivity] == ["HC0", "NB2"]


def test_few_events_are_told_by_the_exact_ratio() -> None:
    made = study({"insats": [1] * 12 + [0] * 11 + [1], "jämförelse": [2] * 24}, 12)
    assert made.exact_res is not None and made.headline is not None
    assert made.headline.interval == comparison.turned(made.exact_res.interval)
    assert "W_FA_HANDELSER" in made.warnings


@pytest.mark.parametrize("other", [[0] * 12 + [2] * 12, [2] * 12 + [0] * 12])
def test_a_comparison_without_events_on_one_side_bounds_from_one_end(other: list[int]) -> None:
    made = study({"insats": [3] * 24, "jämförelse": other}, 12)
    assert made.one_sided and made.headline is not None
    assert (made.headline.interval.low == 0) is not (made.headline.interval.high == inf)


def test_too_few_months_against_a_comparison() -> None:
    made = study({"insats": [9] * 9, "jämförelse": [12] * 9}, 5)
    assert "W_OSPRIDNING_OKAND" in made.warnings and made.doubled is not None and made.sensitivity == ()


def test_areas_that_already_part() -> None:
    made = study({"insats": [round(40 * 0.97**at) for at in range(36)], "jämförelse": [40] * 36}, 24)
    assert "W_FORTREND" in made.warnings


def test_a_drift_that_would_explain_half() -> None:
    treated = [round(20 * 0.992**at) for at in range(24)] + [15] * 12
    made = study({"insats": treated, "jämförelse": [20] * 36}, 24)
    assert made.trend is not None and made.headline is not None
    assert made.trend.unbroken < made.headline.ratio**0.5 and "W_FORTREND" in made.warnings


def test_a_small_comparison_and_unlike_levels() -> None:
    made = study({"insats": FLAT, "jämförelse": [4] * 48}, 36)
    assert {"W_LITEN_JAMFORELSE", "W_OLIKA_NIVA"} <= set(made.warnings)
    by_head = study({"insats": FLAT, "jämförelse": [4] * 48}, 36, exposure={"insats": 1000, "jämförelse": 400})
    assert "W_OLIKA_NIVA" not in by_head.warnings


def test_several_areas_have_a_rank_and_no_cluster() -> None:
    areas = {"insats": [20] * 24 + [8] * 12} | {f"jämförelse{at}": drawn(at, (36, 20)) for at in range(4)}
    made = study(areas, 24)
    assert made.design == "flera jämförelser" and made.placebo == (0.2, 0.2) and made.notes == ("E_FOR_FA_KLUSTER",)
    assert "W_ANDRA_OMRADEN" not in made.warnings


def test_another_area_that_changed_as_much() -> None:
    areas = {"insats": [20] * 24 + [12] * 12, "jämförelse1": [20] * 24 + [40] * 12, "jämförelse2": [20] * 36}
    assert "W_ANDRA_OMRADEN" in study(areas, 24).warnings


def test_twenty_areas_are_not_told_that_they_are_few() -> None:
    areas = {"insats": [20] * 24 + [8] * 12} | {f"jämförelse{at}": drawn(at, (36, 20)) for at in range(19)}
    assert study(areas, 24).notes == ()


def test_a_buffer() -> None:
    areas = {"insats": [20] * 24 + [10] * 12, "jämförelse": [20] * 36, "buffert": [10] * 24 + [14] * 12}
    made = study(areas, 24)
    assert made.with_buffer and made.difference is not None and made.difference.buffer == pytest.approx(4)
    assert made.quotient is not None and made.quotient.quotient == pytest.approx(-0.4)
    risen = study(areas | {"insats": [20] * 24 + [25] * 12}, 24)
    assert "E_WDQ_EJ_TOLKBAR" in risen.notes
    empty = study(areas | {"buffert": [0] * 36}, 24)
    assert empty.quotient is None and "E_WDQ_EJ_TOLKBAR" in empty.notes
    absent = study(areas | {"buffert": [10] * 20 + [None] * 16}, 24)
    assert not absent.with_buffer and absent.difference is not None


def test_flags_of_the_series() -> None:
    made = study(
        {"insats": FLAT[:40], "jämförelse": FLAT[:40]}, 36, depends_on_police=True, concurrent="Ny buss",
        preliminary_from=month(39),
    )  # fmt: skip
    assert made.warnings[-4:] == ("W_REGISTRERING", "W_SAMTIDIGT", "W_KORT_TID", "W_PRELIMINAR")
    assert "W_PRELIMINAR" not in study({"insats": FLAT[:40]}, 36, preliminary_from=month(40)).warnings


def test_a_missing_month_is_missing_and_not_zero() -> None:
    made = study({"insats": [10] * 20 + [None] + [10] * 27, "jämförelse": FLAT}, 36)
    assert made.laid.missing == [month(20)] and "W_SAKNADE_MANADER" in made.warnings
    assert made.counts.months_before == 35 and made.headline is not None and made.headline.ratio == pytest.approx(1)


def test_false_dates_that_find_as_much() -> None:
    jumps = [10] * 9 + [30] * 27 + [10] * 12
    assert "W_FALSKT_UTSLAG" in study({"insats": jumps, "jämförelse": [20] * 48}, 36).warnings


def test_too_few_before_for_anything_to_be_seen() -> None:
    made = study({"insats": [1, 0, 0, 1] * 3 + [0] * 12}, 12)
    assert made.counts.before == 6 and made.fewest_before == 6
    assert study({"insats": [0, 0, 0, 1] * 3 + [0] * 12}, 12).detectable is None
    assert study({"insats": [0] * 12 + [1] * 12}, 12).detectable is None


def test_what_could_be_found_shrinks_as_months_swing() -> None:
    calm, wild = study({"insats": [20] * 24}, 12), study({"insats": [1, 39] * 12}, 12)
    assert (wild.detectable or 0) < (calm.detectable or 0)


def test_other_outcomes_are_flagged_and_adjusted() -> None:
    fall = study({"insats": [20] * 24 + [8] * 12, "jämförelse": drawn(1, (36, 20))}, 24)
    flat = study({"insats": drawn(2, (36, 20)), "jämförelse": drawn(3, (36, 20))}, 24)
    first, refused, other = besides([fall, "E_INGEN_START", flat])
    assert refused == "E_INGEN_START" and isinstance(first, Study) and isinstance(other, Study)
    assert first.warnings[-1] == other.warnings[-1] == "W_FLERA_UTFALL" and first.family == 2
    assert first.headline is not None and first.p_adjusted == pytest.approx(2 * first.headline.p)
    assert besides([]) == []


def test_the_goal_may_be_a_rise() -> None:
    assert study({"insats": FLAT}, 36, direction="öka").rise and not study({"insats": FLAT}, 36).rise


def test_several_treated_areas_are_one() -> None:
    series = series_of({"insats": FLAT, "torget": [*FLAT[:-1], None], "norra": FLAT})
    made = study_of(series, goal_of(36, ("insats", "torget"), comparison=("norra",)))
    assert isinstance(made, Study) and made.counts == (720, 220, 36, 11)


def test_a_window_of_more_than_a_year_is_set_against_whole_years() -> None:
    laid = windows.lay_out(series_of({"insats": [10] * 66}), goal_of(48), month(48).first)
    pick = windows.same_months(laid, laid.known(laid.treated))
    assert pick is not None and pick.years == 2 and pick.before[0] == 0
    assert windows.calendar(laid, pick.before[:18]) == windows.calendar(laid, pick.after)
