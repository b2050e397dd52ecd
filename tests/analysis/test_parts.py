"""Which parts went with more: every level of every factor, what else differed, and what could not be looked into."""

from __future__ import annotations

import numpy as np
import pytest

from tests.analysis.passes import EXPECTED, FUNCTION, PLACE, STEP, WEEKDAY, Levels, passes, told
from uppfoljning.analysis import adjusted_contrasts
from uppfoljning.analysis.adjusted_contrasts import Companion
from uppfoljning.analysis.occasions import Factor, Passes
from uppfoljning.analysis.parts import Contrast, OutcomeContrasts, parts_of
from uppfoljning.domain.form import Field

COUNT, YES_NO = Field.make(type="antal"), Field.make(type="ja/nej")


def look(found: Passes, field: Field = COUNT) -> OutcomeContrasts:
    ((one,),) = parts_of([(found, [("samtal", field)])])
    return one


def by_level(found: OutcomeContrasts) -> dict[tuple[str, str], Contrast]:
    return {(one.factor.id, one.level): one for one in found.contrasts}


def rows(*groups: tuple[int, int, Levels]) -> list[tuple[int, Levels]]:
    return [(events + at % 2, levels) for number, events, levels in groups for at in range(number)]


def test_every_level_against_the_rest() -> None:
    made = look(passes(rows((12, 9, {"plats": "a"}), (12, 4, {"plats": "b"}), (12, 4, {"plats": "c"})), PLACE))
    levels = by_level(made)
    assert list(levels) == [("plats", "a"), ("plats", "b"), ("plats", "c")] and made.family == 3
    first = levels["plats", "a"]
    assert first.crude is not None and first.crude.ratio == pytest.approx(9.5 / 4.5)
    assert first.clear and first.p_adjusted is not None and first.p is not None and first.p_adjusted >= first.p
    assert first.inside.passes == 12 and first.inside.rate == pytest.approx(9.5 / 2)
    assert made.by_hour and made.passes == 36 and made.without == 0


def test_two_levels_are_one_question() -> None:
    assert list(by_level(look(passes(rows((9, 5, {"plats": "a"}), (9, 5, {"plats": "b"})), PLACE)))) == [("plats", "a")]
    made = look(passes(rows((9, 5, {"moment samling": "nej"}), (9, 5, {"moment samling": "ja"})), STEP))
    assert list(by_level(made)) == [("moment samling", "ja")]


def test_sets_that_overlap_are_asked_one_by_one() -> None:
    made = look(passes(rows((9, 9, {"funktion": ("polis", "fältare")}), (9, 4, {"funktion": ("fältare",)})), FUNCTION))
    assert list(by_level(made)) == [("funktion", "polis")]
    assert [(one.factor.id, one.level) for one in made.unvaried] == [("funktion", "fältare")]


def test_a_factor_that_never_varied_cannot_be_looked_into() -> None:
    made = look(passes(rows((9, 5, {"veckodag": "fre"})), WEEKDAY))
    assert made.contrasts == () and [one.level for one in made.unvaried] == ["fre"]
    assert look(passes([(5, {"veckodag": "fre"})], WEEKDAY)).unvaried == ()


def test_too_little_has_a_rate_and_no_p() -> None:
    made = by_level(look(passes(rows((2, 7, {"plats": "a"}), (20, 3, {"plats": "b"})), PLACE)))["plats", "a"]
    assert made.codes == ("E_FOR_LITET_UNDERLAG",) and made.p is None and made.crude is None
    assert made.inside.interval is not None and not made.clear


def test_few_passes_are_shuffled_and_a_level_without_events_too() -> None:
    made = by_level(look(passes(rows((8, 9, {"plats": "a"}), (8, 4, {"plats": "b"})), PLACE)))["plats", "a"]
    assert made.crude is not None and made.p is not None and made.p != made.crude.p and made.within is None
    empty = [(0, {"plats": "a"})] * 8 + [(9, {"plats": "b"})] * 40
    none = by_level(look(passes(empty, PLACE)))["plats", "a"]
    assert none.crude is None and none.p is not None and none.p < 0.001


def test_the_weekdays_that_the_plan_expects_are_the_strata_of_other_shuffles() -> None:
    friday, saturday = {"väntad veckodag": "ja", "veckodag": "fre"}, {"väntad veckodag": "nej", "veckodag": "lör"}
    both: list[tuple[int, Levels]] = [(9, friday | {"plats": "a"}), (2, saturday | {"plats": "b"})] * 6
    both += [(9, friday | {"plats": "b"}), (2, saturday | {"plats": "a"})]
    made = by_level(look(passes(both, EXPECTED, WEEKDAY, PLACE)))
    place = made["plats", "a"]
    assert place.within == EXPECTED and place.p == 1 and place.crude is not None and place.crude.p < 0.02
    assert made["väntad veckodag", "ja"].within is None


def test_what_the_plan_expected_comes_first_and_is_not_asked_again() -> None:
    both = rows((15, 9, {"väntad veckodag": "ja", "veckodag": "fre"}), (15, 4, {"väntad veckodag": "nej", "veckodag": "lör"}))
    made = look(passes(both, EXPECTED, WEEKDAY))
    assert [(one.factor.id, one.factor.declared) for one in made.contrasts] == [("väntad veckodag", True)]
    assert (made.declared, made.family) == (1, 0)


def test_the_family_is_all_that_the_run_shows() -> None:
    one = passes(rows((15, 9, {"plats": "a"}), (15, 4, {"plats": "b"})), PLACE)
    ((alone,),) = parts_of([(one, [("samtal", COUNT)])])
    ((first,), (second,)) = parts_of([(one, [("samtal", COUNT)]), (one, [("samtal", COUNT)])])
    assert alone.family == 1 and first.family == second.family == 2
    assert first.contrasts[0].p_adjusted == alone.contrasts[0].p_adjusted
    assert parts_of([]) == []


def test_passes_without_hours_or_answer() -> None:
    without = passes(rows((9, 5, {"plats": "a"}), (9, 5, {"plats": "b"})), PLACE, hours=None)
    assert not look(without).by_hour and look(without).contrasts[0].inside.hours == 9
    some = passes([*rows((9, 5, {"plats": "a"}), (9, 5, {"plats": "b"})), (None, {"plats": "a"})], PLACE)
    assert (look(some).passes, look(some).without) == (18, 1)


def test_yes_or_no() -> None:
    answers: list[tuple[int | bool | None, Levels]] = [
        (at < wanted, {"plats": place}) for place, wanted in (("a", 14), ("b", 3)) for at in range(20)
    ]
    made = look(passes(answers, PLACE), YES_NO)
    (one,) = made.contrasts
    assert made.yes_no and not made.by_hour and one.crude is None and one.beside is None
    assert one.difference is not None and one.difference.holds(0.55) and one.clear
    few = look(passes(answers[:23], PLACE), YES_NO).contrasts[0]
    assert few.codes == ("E_FOR_LITET_UNDERLAG",) and few.p is None


def test_yes_or_no_within_strata_of_what_went_with_it() -> None:
    """Police mostly on Fridays, and a yes comes of the Friday: within weekdays nothing is left."""
    table = {("polis", "fre"): (27, 3), ("polis", "lör"): (2, 8), ("fältare", "fre"): (9, 1), ("fältare", "lör"): (6, 24)}
    answers: list[tuple[int | bool | None, Levels]] = [
        (answer, {"funktion": function, "veckodag": day})
        for (function, day), counts in table.items()
        for answer, number in zip((True, False), counts, strict=True)
        for _ in range(number)
    ]
    made = by_level(look(passes(answers, FUNCTION, WEEKDAY), YES_NO))["funktion", "fältare"]
    assert made.strata is not None and made.strata.ratio == pytest.approx(1) and made.strata.crude < 0.4
    assert made.codes == ("W_TECKENBYTE",)


def test_a_yes_that_no_stratum_can_tell_has_no_odds() -> None:
    sides = [told([(1, {"plats": "a"})] * 6), told([(0, {"plats": "b"})] * 6)]
    assert adjusted_contrasts.odds_within(sides, PLACE) is None
    mixed = [told([(1, {"plats": "a"})] * 6), told([(1, {"plats": "a"})] * 6)]
    assert adjusted_contrasts.odds_within(mixed, PLACE) is None


def confused() -> list[tuple[int, Levels]]:
    return rows(
        (18, 9, {"funktion": "polis", "veckodag": "fre"}), (4, 3, {"funktion": "polis", "veckodag": "lör"}),
        (4, 9, {"funktion": "fältare", "veckodag": "fre"}), (18, 3, {"funktion": "fältare", "veckodag": "lör"}),
    )  # fmt: skip


def test_what_went_together_is_held_alike() -> None:
    made = by_level(look(passes(confused(), FUNCTION, WEEKDAY)))["funktion", "fältare"]
    assert made.codes == ("W_SAMVARIATION", "W_TECKENBYTE")
    assert made.held is not None and made.held.factors == (WEEKDAY,) and made.held.ratio.ratio == pytest.approx(1, abs=0.05)
    assert made.inner == pytest.approx(1, abs=0.05) and made.beside is not None and made.beside.together > 0.5


def test_levels_that_never_meet_though_they_would_by_chance() -> None:
    kinds = [("a", "x"), ("a", "y"), ("a", "y"), ("b", "y"), ("b", "y"), ("b", "y")] * 6
    found = [(5, {"plats": one, "funktion": other}) for one, other in kinds]
    sides = [told([row for row in found if row[1]["plats"] == side]) for side in ("a", "b")]
    (companion,) = adjusted_contrasts.companions(sides, PLACE, (PLACE, FUNCTION))
    assert companion.never_meet and companion.together < 0.5 and companion.confuses
    rare = [told(found[:4]), told([(5, {"plats": "b", "funktion": "z"}), *found[4:]])]
    assert not any(one.never_meet for one in adjusted_contrasts.companions(rare, PLACE, (PLACE, FUNCTION)))


def test_two_ways_to_ask_the_same_are_not_beside_each_other() -> None:
    assert adjusted_contrasts.same_kind(EXPECTED, WEEKDAY) and adjusted_contrasts.same_kind(
        FUNCTION, Factor("väntad funktion polis", "x", True, True)
    )
    assert not adjusted_contrasts.same_kind(Factor("moment a", "a"), Factor("moment b", "b"))
    assert adjusted_contrasts.same_kind(PLACE, PLACE)


def test_the_declared_factors_are_held_too_as_far_as_passes_reach() -> None:
    chance = np.random.default_rng(1)

    def one() -> Levels:
        return {name: str(chance.choice(["ja", "nej"])) for name in ("funktion", "plats", "väntad veckodag")}

    many = passes([(5, one()) for _ in range(60)], EXPECTED, FUNCTION, PLACE)
    made = by_level(look(many))["plats", "ja"]
    assert made.held is not None and set(made.held.factors) >= {EXPECTED}
    few = passes([(5, one()) for _ in range(29)], EXPECTED, FUNCTION, PLACE)
    assert all(contrast.held is None for contrast in look(few).contrasts)


def test_nothing_else_is_known() -> None:
    made = look(passes(rows((15, 5, {"plats": "a"}), (15, 5, {"plats": "b"})), PLACE)).contrasts[0]
    assert made.beside is None and made.held is None and made.inner is None and made.codes == ()
    partly = passes([*rows((15, 5, {"plats": "a", "veckodag": "fre"}), (15, 5, {"plats": "b"}))], PLACE, WEEKDAY)
    assert look(partly).contrasts[0].beside is None


@pytest.mark.parametrize(("crude", "other", "another"), [(1.1, 0.9, True), (2, 1.6, True), (2, 1.8, False), (0, 2, False)])
def test_another_story(crude: float, other: float, another: bool) -> None:
    assert adjusted_contrasts.is_another(crude, other) is another


def test_a_companion_confuses_by_either() -> None:
    assert Companion(PLACE, 0.6, False).confuses and Companion(PLACE, 0.1, True).confuses
    assert not Companion(PLACE, 0.5, False).confuses


def test_passes_that_swing_are_seldom_flagged_though_nothing_differs() -> None:
    """Thirty passes, four places, a variance three times the mean: a plain Poisson test flags more than every third run."""
    chance = np.random.default_rng(3)
    alarms = 0
    for _ in range(40):
        counts = chance.negative_binomial(6, 1 / 3, 32)
        made = look(passes([(int(count), {"plats": "abcd"[at % 4]}) for at, count in enumerate(counts)], PLACE))
        alarms += any(one.clear for one in made.contrasts)
    assert alarms <= 6
