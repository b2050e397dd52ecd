"""`effekt` and `analys` in words: every sentence can be said, and none says more than the figures carry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

import pytest

from tests.analysis.series import drawn, month, study
from tests.analysis.test_gates import FLAT
from uppfoljning.analysis.effect.result import Study
from uppfoljning.analysis.effect.study import besides, of_dose, of_the_plan
from uppfoljning.present.views import effect_words as words
from uppfoljning.present.views.effect_beside import beside

FORBIDDEN = re.compile(
    r"bevisar|visar att insatsen fungerade|orsakade|statistiskt säkerställd|\bingen effekt\b|\bbäst\b|\bfungerar\b", re.IGNORECASE
)
COMES_OF = re.compile(r"beror på", re.IGNORECASE)
OPEN = ("utan jämförelseområde går det inte att säga vad den beror på", "kan lika gärna bero på")
"""The only sentences in which it is said that something comes of something: that it cannot be known."""


def studies() -> Iterator[Study]:
    """Estimates of every design, with every reservation, up, down and level."""
    fall, level = drawn(11, (24, 30), (12, 15)), drawn(13, (36, 30))
    against = drawn(12, (36, 40))
    several = {f"jämförelse{at}": drawn(at, (36, 20)) for at in range(4)}
    yield study({"insats": fall, "jämförelse": against}, 24)
    yield study({"insats": fall[::-1], "jämförelse": against}, 12)
    yield study({"insats": fall, "jämförelse": against}, 24, direction="öka")
    yield study({"insats": fall[::-1], "jämförelse": against}, 12, direction="öka")
    yield study({"insats": level, "jämförelse": against}, 24, depends_on_police=True, concurrent="Ny buss")
    yield study({"insats": fall, "jämförelse": against}, 24, depends_on_police=True)
    yield study({"insats": [400] * 36, "jämförelse": [400] * 36}, 24)
    yield study({"insats": drawn(5, (36, 30), (12, 15))}, 36)
    yield study({"insats": drawn(5, (36, 15), (12, 30))}, 36)
    yield study({"insats": drawn(5, (36, 15), (12, 30))}, 36, direction="öka")
    yield study({"insats": [20 + 12 * (at // 5 % 2) for at in range(60)]}, 45)
    yield study({"insats": [10] * 60 + [5] * 6}, 60, preliminary_from=month(64))
    yield study({"insats": [20] * 60 + [40] * 12 + [20] * 6}, 72)
    yield study({"insats": [20] * 60 + [60] * 12 + [8] * 6}, 72)
    yield study({"insats": [*([9] * 12), 4]}, 12)
    yield study({"insats": [1, 0, 0, 1] * 3 + [0] * 12}, 12)
    yield study({"insats": [0, 0, 0, 1] * 3 + [0] * 12}, 12)
    yield study({"insats": [0] * 12 + [1] * 12}, 12)
    yield study({"insats": [*([5] * 30), 120, *([5] * 17)]}, 36)
    yield study({"insats": [1] * 12 + [0] * 11 + [1], "jämförelse": [2] * 24}, 12)
    yield study({"insats": [9] * 12 + [0] * 12, "jämförelse": [9] * 24}, 12)
    yield study({"insats": [3] * 24, "jämförelse": [0] * 12 + [2] * 12}, 12)
    yield study({"insats": [3] * 24, "jämförelse": [2] * 12 + [0] * 12}, 12)
    yield study({"insats": [0] * 12 + [3] * 12, "jämförelse": [0] * 12 + [3] * 12}, 12)
    yield study({"insats": [9] * 9, "jämförelse": [12] * 9}, 5)
    yield study({"insats": [round(40 * 0.97**at) for at in range(36)], "jämförelse": [40] * 36}, 24)
    yield study({"insats": [round(10 * 1.04**at) for at in range(36)], "jämförelse": [40] * 36}, 24)
    yield study({"insats": FLAT, "jämförelse": [4] * 48}, 36)
    yield study({"insats": [20] * 24 + [8] * 12} | several, 24)
    yield study({"insats": [20] * 24 + [12] * 12, "jämförelse1": [20] * 24 + [40] * 12, "jämförelse2": [20] * 36}, 24)
    yield study({"insats": [10] * 20 + [None] + [10] * 15 + [3] * 12, "jämförelse": FLAT}, 36)
    yield study({"insats": [None] * 5 + [10] * 43, "jämförelse": FLAT}, 36)
    yield study({"insats": [10] * 9 + [30] * 27 + [10] * 12, "jämförelse": [20] * 48}, 36)
    buffer = {"insats": [20] * 24 + [10] * 12, "jämförelse": [20] * 36}
    for other in ([10] * 24 + [14] * 12, [10] * 24 + [6] * 12, [10] * 24 + [30] * 12, [0] * 36):
        yield study(buffer | {"buffert": other}, 24)
    yield study(buffer | {"insats": [20] * 24 + [25] * 12, "buffert": [10] * 36}, 24)
    pair = [study({"insats": fall, "jämförelse": against}, 24), study({"insats": level, "jämförelse": against}, 24)]
    yield from (one for one in besides(pair) if isinstance(one, Study))
    weak = study({"insats": drawn(2, (24, 20), (12, 14)), "jämförelse": drawn(3, (36, 20))}, 24)
    yield from (
        one for one in besides([weak, *[study({"insats": level, "jämförelse": against}, 24)] * 6]) if isinstance(one, Study)
    )


def claims() -> Iterator[Study]:
    """Estimates that look better than they are."""
    rose = {"insats": drawn(3, (36, 20), (12, 21)), "jämförelse": drawn(4, (36, 20), (12, 33))}
    yield study(rose, 36)
    yield study({"insats": drawn(3, (36, 20), (12, 20)), "jämförelse": drawn(4, (36, 33), (12, 16))}, 36)
    yield study({"insats": drawn(5, (36, 20), (12, 12)), "jämförelse": drawn(6, (36, 20), (12, 33))}, 36)
    yield study({"insats": drawn(7, (12, 20), (12, 11)), "jämförelse": drawn(8, (24, 20))}, 12)
    yield study({"insats": drawn(9, (36, 20), (12, 11)), "jämförelse": drawn(8, (48, 20))}, 36, preliminary_from=month(42))
    yield study({"insats": drawn(9, (36, 20), (6, 11)), "jämförelse": drawn(8, (42, 20))}, 36, preliminary_from=month(36))
    yield study({"insats": drawn(9, (36, 20), (12, 11)), "jämförelse": drawn(8, (36, 400), (12, 520))}, 36)
    yield study({"insats": [9] * 36 + [1] * 12, "jämförelse": [0] * 36 + [20] * 12}, 36)
    yield study({"insats": [40] * 36 + [30] * 12, "jämförelse": [400] * 36 + [360] * 12}, 36)
    yield study({"insats": drawn(0, (12, 10), (12, 14), (12, 18), (12, 9)), "jämförelse": drawn(8, (48, 16))}, 36)
    for seed in range(8):
        yield study({"insats": drawn(seed, (36, 15), (12, 10)), "jämförelse": drawn(50 + seed, (48, 15))}, 36)
        yield study({"insats": drawn(seed, (60, 15), (18, 11))}, 60, preliminary_from=month(75) if seed % 2 else None)
    yield study({"insats": drawn(9, (36, 12), (12, 24)), "jämförelse": drawn(8, (48, 30))}, 36, direction="öka")
    yield study({"insats": drawn(9, (24, 24), (12, 10), (12, 24)), "jämförelse": drawn(8, (48, 30))}, 36, direction="öka")
    good = study({"insats": drawn(9, (36, 30), (12, 15)), "jämförelse": drawn(8, (48, 30))}, 36)
    level = study({"insats": drawn(2, (48, 20)), "jämförelse": drawn(3, (48, 20))}, 36)
    weak = study({"insats": drawn(2, (36, 20), (12, 15)), "jämförelse": drawn(3, (48, 20))}, 36)
    yield from (one for one in of_the_plan([good, weak, *[level] * 10]) if isinstance(one, Study))
    for seed in range(12):
        shaky = study({"insats": drawn(seed, (36, 20), (12, 15)), "jämförelse": drawn(70 + seed, (48, 20))}, 36)
        for many in (besides, of_the_plan):
            yield from (one for one in many([shaky, *[level] * 6])[:1] if isinstance(one, Study))
    yield from (one for one in (of_dose(good, Fraction(3, 10), None),) if isinstance(one, Study))


STUDIES = [*studies(), *claims()]


def told(one: Study) -> list[str]:
    """Everything that is said of an estimate."""
    return [
        words.detectable(one), *words.counted(one), words.estimate(one), words.design(one), *words.reservations(one),
        *beside(one), words.conclusion(one), *words.STANDING,
    ]  # fmt: skip


SAID = [sentence for one in STUDIES for sentence in told(one)]


@pytest.mark.parametrize("code", words.WARNINGS)
def test_every_reservation_is_said(code: str) -> None:
    assert any(sentence.startswith(words.WARNINGS[code]) for sentence in SAID)  # type: ignore[index]


@pytest.mark.parametrize(
    "beginning",
    [
        "Skillnaden kan inte skiljas från slumpen. Siffrorna är förenliga med allt från",
        "Ingen tydlig förändring; siffrorna talar emot en minskning större än",
        "Antalet minskade med",
        "Utvecklingen i insatsområdet var",
        "Minskningen kan lika gärna bero på",
        "Ökningen kan lika gärna bero på",
        "Antalet ökade mer än väntat. Det kan vara en oönskad effekt",
        "Antalet ökade mer än väntat utifrån jämförelseområdet",
        "Antalet ökade, ",
        "Antalet minskade mer än väntat, fast målet var en ökning.",
        "RES ",
        "Mot väntat antal",
        "Förflyttning (WDQ",
        "Av alla områden hade",
        "Med 6 händelser före",
        "Före är samma månader året före.",
        "Före är samma månader de 3 åren före.",
    ],
)
def test_every_conclusion_is_drawn(beginning: str) -> None:
    assert any(sentence.startswith(beginning) for sentence in SAID)


def test_nothing_is_proved() -> None:
    assert [sentence for sentence in SAID if FORBIDDEN.search(sentence)] == []
    wrong = [sentence for sentence in SAID if COMES_OF.search(sentence) and not any(one in sentence for one in OPEN)]
    assert wrong == []


def test_a_change_is_never_told_without_its_counts() -> None:
    for one in STUDIES:
        assert any("händelse" in sentence for sentence in words.counted(one))


def test_a_wide_interval_is_never_no_effect() -> None:
    for one in STUDIES:
        if (
            one.headline is not None
            and one.headline.interval.holds(1)
            and "slumpen" in words.conclusion(one)
            and not one.p_adjusted
        ):
            assert "Det betyder inte att insatsen saknade effekt" in words.conclusion(one)


@pytest.mark.parametrize("code", words.REFUSALS)
def test_every_refusal_says_what_to_do_or_why(code: str) -> None:
    text = words.refusal(code)  # type: ignore[arg-type]
    assert text.endswith(".") and len(text) > 40 and not FORBIDDEN.search(text)


@pytest.mark.parametrize(
    ("own", "other", "said", "moved"),
    [
        ((20, 21), (20, 31), "Skillnaden kommer av att jämförelsen ökade.", True),
        ((20, 18), (20, 31), "En del av skillnaden kommer av att jämförelsen ökade.", True),
        ((20, 20), (33, 16), "Skillnaden kommer av att jämförelsen minskade.", False),
        ((20, 22), (33, 16), "En del av skillnaden kommer av att jämförelsen minskade.", False),
    ],
)
def test_what_the_comparison_did_is_said_only_where_it_did_it(
    own: tuple[int, int], other: tuple[int, int], said: str, moved: bool
) -> None:
    both = {"insats": [own[0]] * 36 + [own[1]] * 12, "jämförelse": [other[0]] * 36 + [other[1]] * 12}
    text = " ".join(words.reservations(study(both, 36)))
    assert said in text and ("flyttat dit" in text) is moved


def test_a_comparison_that_stood_still_is_not_what_it_comes_of() -> None:
    still = study({"insats": [20] * 36 + [17] * 12, "jämförelse": [2000] * 48}, 36)
    beside = still._replace(warnings=("W_EGEN_NIVA",))
    assert "kommer av" not in " ".join(words.reservations(beside))


@pytest.mark.parametrize(
    ("done", "received", "said"),
    [
        (None, None, []),
        (1, 1, []),
        (0.8, 0.8, []),
        (0.5, 1, ["50 % av det planerade är gjort"]),
        (0.5, 0.25, ["50 % av det planerade är gjort och 25 % av rapporterna har kommit"]),
    ],
)
def test_the_dose(done: float | None, received: float | None, said: list[str]) -> None:
    from fractions import Fraction

    shares = [None if one is None else Fraction(one).limit_denominator(100) for one in (done, received)]
    assert [part in text for text, part in zip(words.dose(*shares), said, strict=True)] == [True] * len(said)
