"""Claims that were not safe: what looks like the work of a measure, and is a peak, another area, or many tries."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.analysis.series import drawn, goal_of, month, series_of, study
from uppfoljning.analysis.before_after import CountWindow, e_test
from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import of_dose, of_the_plan, study_of
from uppfoljning.present.views.effect_words import conclusion, reservations

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
        ("nivå", "länge legat högt"),
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
