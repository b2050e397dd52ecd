"""Claims that were not safe: what looks like the work of a measure, and is a peak, another area, or many tries."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest

from tests.analysis.passes import FUNCTION, WEEKDAY, Levels, passes
from tests.analysis.series import drawn, goal_of, month, series_of, study
from uppfoljning.analysis.before_after import ALPHA, CountWindow, e_test
from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import of_dose, of_the_plan, study_of
from uppfoljning.analysis.interrupted import interrupted
from uppfoljning.analysis.months import Month, following
from uppfoljning.analysis.occasions import QUARTER, Factor
from uppfoljning.analysis.parts import Contrast, parts_of
from uppfoljning.domain.form import Field
from uppfoljning.present.views.effect_words import conclusion, estimate, reservations, span
from uppfoljning.present.views.parts import leads

CONTRIBUTED, LARGER = "kan ha bidragit", "större än vad slumpen brukar ge"
LEVEL = [20] * 48


def test_one_year_before_cannot_tell_a_peak_from_a_level() -> None:
    """Twenty a month the only year before, fourteen after; nobody can see that fourteen was what it used to be."""
    short = study({"insats": [20] * 12 + [12] * 12, "jämförelse": [20] * 24}, 12)
    assert "W_TOPP_OKAND" in short.warnings and "från en topp" in conclusion(short)
    alone = study({"insats": [20] * 12 + [12] * 12}, 12)
    assert "W_TOPP_OKAND" in alone.warnings and LARGER not in conclusion(alone)
    long = study({"insats": [20] * 36 + [12] * 12, "jämförelse": LEVEL}, 36)
    assert "W_TOPP_OKAND" not in long.warnings and CONTRIBUTED in conclusion(long)


@pytest.mark.parametrize(
    ("chosen_for", "said"),
    [
        ("", "Skriv i planens effektmål varför det valdes"),
        ("nivå", "länge legat på samma nivå"),
        ("topp", "nyss var ovanligt illa ute"),
        ("annat", "inte valdes för sina siffror"),
    ],
)
def test_what_the_plan_says_of_the_choice_is_said_and_silences_nothing(chosen_for: str, said: str) -> None:
    series = series_of({"insats": [20] * 12 + [12] * 12, "jämförelse": [20] * 24})
    found = study_of(series, goal_of(12, comparison=("jämförelse",)).but(chosen_for=chosen_for))
    assert isinstance(found, Study) and "W_TOPP_OKAND" in found.warnings and CONTRIBUTED not in conclusion(found)
    assert [line for line in reservations(found) if said in line]


@pytest.mark.parametrize(("own", "other", "word"), [(21, 31, "ökade"), (20, 12, "minskade")])
def test_what_the_comparison_did_is_not_what_the_area_did(own: int, other: int, word: str) -> None:
    found = study({"insats": [20] * 36 + [own] * 12, "jämförelse": [20] * 36 + [other] * 12}, 36)
    assert "W_EGEN_NIVA" in found.warnings
    assert CONTRIBUTED not in conclusion(found) and conclusion(found).startswith("Skillnaden kan lika gärna bero på")


def test_an_area_that_fell_while_the_other_rose_has_fallen() -> None:
    found = study({"insats": [20] * 36 + [10] * 12, "jämförelse": [20] * 36 + [24] * 12}, 36)
    assert "W_EGEN_NIVA" not in found.warnings and CONTRIBUTED in conclusion(found)


@pytest.mark.parametrize("areas", [{}, {"jämförelse": [20] * 42}])
def test_months_that_are_not_fully_counted_carry_no_claim(areas: dict[str, list[int]]) -> None:
    fell = {"insats": [20] * 36 + [10] * 6} | areas
    assert "färdigräknade" in conclusion(study(fell, 36, preliminary_from=month(36)))
    assert "färdigräknade" not in conclusion(study(fell, 36))


def test_a_fall_that_stands_without_the_unfinished_months_is_said() -> None:
    found = study({"insats": [20] * 36 + [10] * 12, "jämförelse": LEVEL}, 36, preliminary_from=month(45))
    assert "W_PRELIMINAR" in found.warnings and CONTRIBUTED in conclusion(found)


def test_a_better_comparison_says_no_less() -> None:
    """Half as many against the rest of the municipality, ten times as large."""
    for other in ([16] * 48, [160] * 48):
        assert CONTRIBUTED in conclusion(study({"insats": [16] * 36 + [8] * 12, "jämförelse": other}, 36))


def test_a_dozen_goals_are_reckoned_with() -> None:
    one = study({"insats": drawn(2, (36, 20), (12, 14)), "jämförelse": drawn(3, (48, 20))}, 36)
    level = [study({"insats": drawn(at, (48, 20)), "jämförelse": drawn(at + 99, (48, 20))}, 36) for at in range(11)]
    alone, *_ = of_the_plan([one])
    among, *_ = of_the_plan([one, *level])
    assert isinstance(alone, Study) and isinstance(among, Study)
    assert (alone.p_adjusted, among.family) == (None, 12) and "W_FLERA_MAL" in among.warnings
    assert among.headline is not None and among.p_adjusted is not None and among.p_adjusted > among.headline.p


@pytest.mark.parametrize(("done", "received", "said"), [(Fraction(3, 10), None, True), (None, Fraction(0), True), (1, 1, False)])
def test_what_was_hardly_done_is_not_what_worked(done: Fraction | None, received: Fraction | None, said: bool) -> None:
    found = of_dose(study({"insats": [20] * 36 + [8] * 12, "jämförelse": LEVEL}, 36), done, received)
    assert isinstance(found, Study)
    assert ("W_DOS" in found.warnings) is said and (CONTRIBUTED in conclusion(found)) is not said


def test_a_step_just_before_the_start_is_tried_as_a_false_date() -> None:
    found = study({"insats": [20] * 30 + [11] * 18, "jämförelse": LEVEL}, 36)
    assert "W_FALSKT_UTSLAG" in found.warnings and CONTRIBUTED not in conclusion(found)


def test_a_large_series_that_swings_has_no_month_of_mass_reports() -> None:
    swings = [400 + 60 * ((at * 7) % 5 - 2) for at in range(48)]
    assert study({"insats": swings, "jämförelse": swings[::-1]}, 36).mass == ()
    assert study({"insats": [*swings[:40], 4000, *swings[41:]], "jämförelse": swings[::-1]}, 36).mass == (month(40),)


def test_the_e_test_keeps_its_ties() -> None:
    assert e_test(CountWindow(1, 12), CountWindow(3, 12)) == pytest.approx(0.444, abs=5e-4)
    assert e_test(CountWindow(3, 12), CountWindow(1, 12)) == pytest.approx(e_test(CountWindow(1, 12), CountWindow(3, 12)))


@pytest.mark.parametrize("areas", [{"jämförelse": [20] * 47}, {"jämförelse": [20] * 47, "jämförelse2": [20] * 48}])
def test_a_last_month_that_a_comparison_lacks_is_not_compared_and_silences_nothing(areas: dict[str, list[int]]) -> None:
    found = study({"insats": [20] * 36 + [10] * 12} | areas, 36, preliminary_from=month(47))
    assert "W_PRELIMINAR" not in found.warnings and CONTRIBUTED in conclusion(found)
    both = study({"insats": [20] * 36 + [10] * 11, "jämförelse": [20] * 48}, 36, preliminary_from=month(47))
    assert "W_PRELIMINAR" not in both.warnings and CONTRIBUTED in conclusion(both)


def test_a_year_and_a_month_after_is_no_less_than_a_year() -> None:
    """Three years before are three, however long one waits."""
    for after in (12, 13, 20, 30):
        found = study({"insats": [20] * 36 + [10] * after, "jämförelse": [20] * (36 + after)}, 36)
        assert "W_TOPP_OKAND" not in found.warnings and CONTRIBUTED in conclusion(found)


def test_too_short_or_broken_a_time_before_cannot_tell_a_peak_either() -> None:
    short = study({"insats": [20] * 9 + [8] * 12, "jämförelse": [20] * 21}, 9)
    assert "W_TOPP_OKAND" in short.warnings and CONTRIBUTED not in conclusion(short)
    broken = study({"insats": [*([12] * 23), None, *([20] * 12), *([12] * 12)], "jämförelse": [20] * 48}, 36)
    assert "W_TOPPAR" in broken.warnings and CONTRIBUTED not in conclusion(broken)


def test_months_on_either_side_of_a_gap_are_no_neighbours() -> None:
    rows = [Month(count, 20, at >= 12) for at, count in enumerate([30, 30, 10, 10] * 6)]
    whole = following(rows)
    apart = following(rows, [at * 3 for at in range(24)])
    assert apart == 0 and following([*rows[::2]]) == 0
    assert whole > 0 and whole == following(rows, range(5, 29))


def test_a_long_series_with_a_gap_has_no_neighbours_over_it() -> None:
    counts = [30, 30, 10, 10] * 12
    beside = interrupted(counts, [0] * 36 + [1] * 12)
    apart = interrupted(counts, [0] * 36 + [1] * 12, trend=[2 * at + 1 for at in range(48)], harmonics=0)
    assert abs(apart.correlation) < 1e-6 and abs(beside.correlation) < 0.3


def test_the_interval_of_one_goal_of_many_says_what_its_conclusion_says() -> None:
    level = [study({"insats": drawn(at, (48, 20)), "jämförelse": drawn(at + 99, (48, 20))}, 36) for at in range(11)]
    for seed in range(6):
        one = study({"insats": drawn(seed, (36, 20), (12, 13)), "jämförelse": drawn(seed + 50, (48, 20))}, 36)
        found, *_ = of_the_plan([one, *level])
        assert isinstance(found, Study) and found.among is not None and found.p_adjusted is not None
        assert found.headline is not None and found.among.low < found.headline.interval.low
        assert found.among.holds(1) is (found.p_adjusted > ALPHA)
        assert f"{span(found.among)} när 12 prövas" in estimate(found)
    alone, *_ = of_the_plan([level[0]])
    assert isinstance(alone, Study) and alone.among is None and "prövas" not in estimate(alone)


@pytest.mark.parametrize("areas", [{}, {"jämförelse": [40] * 24}, {"jämförelse": [1, 0, 0] * 8}])
def test_few_events_of_many_goals_have_an_exact_interval_at_the_same_level(areas: dict[str, list[int]]) -> None:
    few = study({"insats": [1, 0, 1] * 4 + [0] * 11 + [1]} | areas, 12)
    found, *_ = of_the_plan([few] * 3)
    assert isinstance(found, Study) and found.among is not None and found.headline is not None
    assert found.among.low <= found.headline.interval.low and found.headline.interval.high <= found.among.high


def test_an_area_chosen_for_being_low_rises_by_itself() -> None:
    low = {"insats": [20] * 24 + [10] * 12 + [20] * 12}
    for areas in (low, low | {"jämförelse": LEVEL}):
        found = study(areas, 36, direction="öka")
        assert "W_BOTTEN" in found.warnings and CONTRIBUTED not in conclusion(found) and LARGER not in conclusion(found)
        assert "W_BOTTEN" not in study(areas, 36).warnings
    short = study({"insats": [10] * 12 + [20] * 12, "jämförelse": [20] * 24}, 12, direction="öka")
    assert "från en svacka" in conclusion(short)
    steady = study({"insats": [10] * 36 + [20] * 12, "jämförelse": LEVEL}, 36, direction="öka")
    assert "W_BOTTEN" not in steady.warnings and CONTRIBUTED in conclusion(steady)


def _in_parts(rows: Sequence[tuple[int | bool, Levels]], field: str = "antal") -> Contrast:
    factors = (FUNCTION, WEEKDAY, Factor(QUARTER, "tid på året"))
    ((found,),) = parts_of([(passes(rows, *factors), [("samtal", Field.make(type=field))])])
    return next(one for one in found.contrasts if one.factor is FUNCTION)


@pytest.mark.parametrize("yes_no", [False, True])
def test_the_time_of_the_year_is_looked_at_however_many_go_more_together(yes_no: bool) -> None:
    """Police in the second quarter, on Fridays above all: the weekday goes most together, and the quarter is no less mixed."""

    def at(number: int) -> tuple[int | bool, Levels]:
        police = number % 2 == 0
        levels = {"funktion": "polis" if police else "fältare", "veckodag": "fre" if police == (number % 8 < 7) else "lör"}
        met = bool(police) if yes_no else 9 + number % 3 if police else 4 + number % 3
        return met, levels | {QUARTER: "2026-K2" if police == (number % 6 < 5) else "2026-K1"}

    found = _in_parts([at(number) for number in range(24)], "ja/nej" if yes_no else "antal")
    assert found.clear and found.beside is not None and found.beside.factor is not FUNCTION
    assert [factor.id for factor in found.untold] or "W_TECKENBYTE" in found.codes
    assert not leads(found)


def test_what_is_one_and_the_same_question_is_no_hypothesis_of_either() -> None:
    rows = [(9 + at % 3, {"funktion": "polis", "veckodag": "fre"}) for at in range(30)]
    rows += [(4 + at % 3, {"funktion": "fältare", "veckodag": "lör"}) for at in range(30)]
    found = _in_parts(rows)
    assert found.clear and found.untold == (WEEKDAY,) and found.held is None and not leads(found)
    apart = [(met, levels | {"veckodag": "fre" if at % 2 else "lör"}) for at, (met, levels) in enumerate(rows)]
    assert leads(_in_parts(apart))
