"""No small count of people can be worked out from what is shown: a solver of the test's own tries, and tries all figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.present.papers import Solver
from uppfoljning.present.document.model import PeopleCount, Sum
from uppfoljning.present.document.suppression import Unit, Why, hidden

Values = dict[str, int]


def sums(values: Values, *names: str) -> list[Unit]:
    """One unit for each word, whose letters name the single counts it sums; `ab+c` tells of two sums at once."""
    return [tuple(frozenset(PeopleCount(one, values[one]) for one in part) for part in name.split("+")) for name in names]


def told(values: Values, *names: str) -> dict[str, str]:
    """What becomes of each: its figure, `färre`, or `dold`."""
    units = sums(values, *names)
    hid = hidden(units)
    words = {"liten": "färre", "dold": "dold"}
    return {
        name: words[hid[unit]] if unit in hid else "+".join(str(weight(counts)) for counts in unit)
        for name, unit in zip(names, units, strict=True)
    }


def weight(counts: Sum) -> int:
    return sum(int(one.value) for one in counts)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param({"a": 3}, {"a": "färre"}, id="a small count"),
        pytest.param({"a": 0}, {"a": "0"}, id="none at all stays"),
        pytest.param({"a": 5}, {"a": "5"}, id="five stays"),
        pytest.param({"a": 4, "b": 9}, {"ab": "13", "a": "färre", "b": "dold"}, id="the other part would give it away"),
        pytest.param({"a": 4, "b": 9}, {"a": "färre", "b": "9", "ab": "dold"}, id="the total, where it comes last"),
        pytest.param({"a": 3, "b": 2}, {"ab": "5", "a": "färre", "b": "färre"}, id="two small ones may have their sum"),
        pytest.param({"a": 4, "b": 4}, {"ab": "8", "a": "dold", "b": "färre"}, id="two below five that are eight are both four"),
        pytest.param({"a": 1, "b": 1, "c": 9}, {"a": "färre", "b": "färre", "abc": "11"}, id="both small, others in the sum"),
        pytest.param({"a": 6, "b": 2, "c": 7}, {"abc": "15", "a": "6", "ab": "dold"}, id="a small month in a running total"),
        pytest.param({"a": 6, "b": 2, "c": 2}, {"abc": "10", "a": "dold", "ab": "dold"}, id="two small months at the end"),
        pytest.param({"a": 6, "b": 0, "c": 7}, {"abc": "13", "a": "6", "ab": "6"}, id="a month with none"),
        pytest.param({"a": 7, "b": 8, "c": 3}, {"abc": "18", "ab": "dold", "a": "7"}, id="one place has few"),
        pytest.param({"a": 3, "b": 8, "c": 3}, {"a+abc+bc": "dold", "abc": "14"}, id="a share with a small part"),
        pytest.param({"a": 9, "b": 8, "c": 3}, {"ab+abc+c": "dold", "abc": "20"}, id="a share that few are outside"),
        pytest.param({"a": 9, "b": 8, "c": 8}, {"ab+abc+c": "17+25+8"}, id="a share of many"),
        pytest.param(
            {"a": 7, "b": 3, "c": 2, "d": 9},
            {"ab": "10", "cd": "11", "ac": "9", "bd": "12", "a": "dold", "b": "färre"},
            id="rows and columns",
        ),
    ],
)  # fmt: skip
def test_what_is_hidden(values: Values, expected: dict[str, str]) -> None:
    assert told(values, *expected) == expected


def test_the_same_sum_twice_is_hidden_twice() -> None:
    values = {"a": 2, "b": 9}
    assert told(values, "ab", "a", "b", "ab", "a") == {"ab": "11", "a": "färre", "b": "dold"}


def test_the_answer_is_the_same_every_time() -> None:
    tables = [table(Random(seed)) for seed in range(50)]
    assert [dict(hidden(units)) for _, units in tables] == [dict(hidden(units)) for _, units in tables]


def table(random: Random, most: int = 9) -> tuple[Values, list[Unit]]:
    """Running totals of one or two targets that count the same people, some of them a part of the others; shares; places."""
    size = random.randint(1, most)
    letters = "abcdefghijklm"[:size]
    values = {one: random.choice((0, 0, 1, 2, 3, 4, 5, 6, 8, 12)) for one in letters}
    names = [letters[:at] for at in range(1, size + 1)]
    part = "".join(one for one in letters if random.random() < 0.6)
    names += [part[:at] for at in range(1, len(part) + 1) if random.random() < 0.7]
    for _ in range(random.randint(0, 3)):
        some = "".join(one for one in letters if random.random() < 0.5)
        rest = "".join(one for one in letters if one not in some)
        if some:
            names.append(f"{some}+{letters}+{rest}" if rest and random.random() < 0.4 else some)
    random.shuffle(names)
    return values, sums(values, *names)


def attack(values: Values, units: Iterable[Unit], hid: Mapping[Unit, Why]) -> Iterator[str]:
    """Every sum from one to four that can be computed from what is shown, when it is known who are none at all."""
    letters = sorted(values)
    known = [[int(one == name) for one in letters] for name in letters if not values[name]]
    shown = [
        [int(one in {count.id for count in counts}) for one in letters] for unit in units if unit not in hid for counts in unit
    ]
    solver = Solver(known + shown)
    some = [name for name in letters if values[name]]
    for number in range(1, 5):
        for names in combinations(some, number):
            if sum(values[name] for name in names) < 5 and solver.settles([int(one in names) for one in letters]):
                yield "".join(names)


@pytest.mark.parametrize("start", range(0, 3000, 500))
def test_no_small_sum_can_be_computed(start: int) -> None:
    for seed in range(start, start + 500):
        values, units = table(Random(seed))
        assert list(attack(values, units, hidden(units))) == [], seed


@given(st.randoms(use_true_random=False))
def test_no_small_sum_can_be_computed_from_any_table(random: Random) -> None:
    values, units = table(random, most=13)
    assert list(attack(values, units, hidden(units))) == []


def test_the_attack_finds_what_is_shown_without_care() -> None:
    values = {"a": 6, "b": 2, "c": 7}
    assert list(attack(values, sums(values, "abc", "a", "ab"), {})) == ["b"]


@pytest.mark.parametrize("start", range(0, 300, 100))
def test_every_hidden_figure_could_be_another(start: int) -> None:
    """By trying all whole numbers: what is shown, and that some are said to be below five, leaves at least two for each."""
    for seed in range(start, start + 100):
        values, units = table(Random(seed), most=4)
        check_all_could_be_another(values, units, seed)


def test_more_is_hidden_where_only_one_figure_would_be_left() -> None:
    """Sums that overlap so much that no count can change by the little that it is, without another falling below nothing."""
    values = {"a": 2, "b": 1, "c": 2, "d": 1, "e": 2, "f": 6}
    units = sums(values, "acdf", "adef", "cef", "aef", "bef", "bf", "abce")
    check_all_could_be_another(values, units, 0)
    assert len(hidden(units)) == 3
    assert list(attack(values, units, hidden(units))) == []


def check_all_could_be_another(values: Values, units: list[Unit], seed: int) -> None:
    hid = hidden(units)
    letters = sorted(values)
    found: dict[Sum, set[int]] = {}
    for tried in product(*(range(values[one] + 5) if values[one] else (0,) for one in letters)):
        guess = dict(zip(letters, tried, strict=True))
        if all(_fits(unit, guess, hid) for unit in units):
            for unit in hid:
                for counts in unit:
                    found.setdefault(counts, set()).add(sum(guess[one.id] for one in counts))
    for unit in hid:
        small = [counts for counts in unit if 0 < weight(counts) < 5]
        assert all(len(found[counts]) > 1 for counts in small), (seed, unit)
        assert small or any(len(found[counts]) > 1 for counts in unit), (seed, unit)


def _fits(unit: Unit, guess: Values, hid: Mapping[Unit, Why]) -> bool:
    guessed = [sum(guess[one.id] for one in counts) for counts in unit]
    if unit not in hid:
        return guessed == [weight(counts) for counts in unit]
    return hid[unit] != "liten" or 0 < guessed[0] < 5


def test_nothing_is_hidden_without_need() -> None:
    """What is hidden for another's sake would give away a small sum, were it shown together with all that is."""
    spent = 0
    for seed in range(300):
        values, units = table(Random(seed))
        hid = hidden(units)
        for unit in hid:
            if not any(0 < weight(counts) < 5 for counts in unit):
                others = {other: why for other, why in hid.items() if other != unit}
                spent += not list(attack(values, units, others))
    assert spent == 0


def test_no_small_sum_can_be_computed_where_many_sums_overlap() -> None:
    for seed in range(400):
        random = Random(seed)
        letters = "abcdefgh"[: random.randint(4, 8)]
        values = {one: random.choice((1, 1, 2, 3, 5, 6, 9)) for one in letters}
        names = ["".join(one for one in letters if random.random() < 0.6) for _ in range(random.randint(3, 8))]
        units = sums(values, *filter(None, names))
        assert list(attack(values, units, hidden(units))) == [], seed
