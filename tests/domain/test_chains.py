"""What leads to what: groups and first names are those that following every way by itself gives."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.consolidation import first_reaching, rings
from uppfoljning.domain.indicator import first_overlapping, overlaps

NAMES = "abcdef"
WAYS = st.dictionaries(st.sampled_from(NAMES), st.lists(st.sampled_from(NAMES), max_size=3), max_size=6)
SOME = st.lists(st.sampled_from(NAMES), unique=True, max_size=4)


def reached(ways: dict[str, list[str]], name: str) -> set[str]:
    """All that a name leads to in at least one step."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = set(ways.get(waiting.pop(), ())) - found
        found |= new
        waiting += new
    return found


@given(WAYS, SOME)
def test_groups(ways: dict[str, list[str]], names: list[str]) -> None:
    groups = list(rings(names, lambda name: ways.get(name, ())))
    everything = {*names, *(other for name in names for other in reached(ways, name))}
    assert sorted(name for group in groups for name in group) == sorted(everything)
    place = {name: at for at, group in enumerate(groups) for name in group}
    for name in everything:
        for other in everything:
            together = name == other or (other in reached(ways, name) and name in reached(ways, other))
            assert (place[name] == place[other]) is together
            if other in reached(ways, name):
                assert place[other] <= place[name], "a group comes after all that it leads to"


@given(WAYS, SOME)
def test_the_first_that_leads_to_each(ways: dict[str, list[str]], names: list[str]) -> None:
    found = first_reaching(names, lambda name: ways.get(name, ()))
    for name in NAMES:
        assert found.get(name) == next((one for one in names if name in reached(ways, one)), None)


def one_in_the_other(ways: dict[str, list[str]], one: str, other: str) -> bool:
    return one == other or other in reached(ways, one) or one in reached(ways, other)


@given(WAYS, SOME, st.sampled_from(NAMES))
def test_areas_within_each_other(contains: dict[str, list[str]], areas: list[str], area: str) -> None:
    first = next((one for one in areas if one_in_the_other(contains, one, area)), None)
    assert first_overlapping(contains, areas)(area) == first
    pairs = [(one, other) for at, one in enumerate(areas) for other in areas[:at]]
    assert overlaps(contains, *areas) is any(one_in_the_other(contains, *pair) for pair in pairs)


def test_the_same_area_twice_overlaps() -> None:
    assert overlaps({}, "a", "b", "a") and not overlaps({"a": ("a",)}, "a", "b")
