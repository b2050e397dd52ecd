from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.entries import entry, period
from uppfoljning.domain.consolidation import Totals, ledger_at, occasion_key, part_of, resolve_totals
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.number import Quantity

LATE = date(2026, 12, 31)
IDS = [f"r{number}" for number in range(8)]


def ids(entries: Iterable[Entry]) -> list[str]:
    return [one.id for one in entries]


def totals_of(*entries: Entry) -> Totals:
    return resolve_totals(entries, lambda one: one.occasions)


def sum_of(totals: Totals) -> int:
    return sum(int(one.occasions.value) for one in totals.counted if one.occasions)


def clashes(totals: Totals) -> set[tuple[str, str, str]]:
    return {(conflict.kind, conflict.first.id, conflict.second.id) for conflict in totals.conflicts}


# What a day can see


@pytest.mark.parametrize(
    ("when", "submitted", "as_of", "seen"),
    [
        pytest.param("2026-03-06", None, "2026-03-05", False, id="the day before"),
        pytest.param("2026-03-06", None, "2026-03-06", True, id="on its day"),
        pytest.param("2026-03-06", "2026-03-09", "2026-03-08", False, id="dated but not handed in"),
        pytest.param("2026-03-06", "2026-03-09", "2026-03-09", True, id="handed in that day"),
        pytest.param("2026-03-06", "2026-03-01", "2026-03-05", False, id="handed in before its own day"),
        pytest.param("2026-T1", "2026-04-01", "2026-04-29", False, id="a period that is not over"),
        pytest.param("2026-T1", "2026-04-01", "2026-04-30", True, id="a period's last day"),
    ],
)
def test_what_a_day_can_see(when: str, submitted: str | None, as_of: str, seen: bool) -> None:
    ledger = ledger_at([entry("a", when, submitted=submitted)], date.fromisoformat(as_of))
    assert ids(ledger.entries) == (["a"] if seen else [])


def test_entries_come_in_order_of_date_then_as_they_were_handed_in() -> None:
    entries = [
        entry("d", "2026-03-07"),
        entry("c", "2026-03-06", submitted="2026-03-08"),
        entry("b", "2026-03-06", submitted="2026-03-07"),
        entry("a", "2026-03-06", submitted="2026-03-08"),
    ]
    assert ids(ledger_at(entries, LATE).entries) == ["b", "a", "c", "d"]


# Corrections


def test_a_correction_counts_instead_and_keeps_the_first_day() -> None:
    old = entry("old", "2026-03-06", submitted="2026-03-07")
    new = entry("new", "2026-03-06", submitted="2026-03-20", replaces=("old",))
    ledger = ledger_at([new, old], LATE)
    assert ids(ledger.entries) == ["new"]
    assert ledger.replaced == {"old": new}
    assert ids(ledger.replaced_entries) == ["old"]
    assert ledger.first_submitted == {"new": date(2026, 3, 7)}


def test_a_correction_is_not_seen_before_it_was_handed_in() -> None:
    old = entry("old", "2026-03-06", submitted="2026-03-07")
    new = entry("new", "2026-03-06", submitted="2026-03-20", replaces=("old",))
    before, after = ledger_at([old, new], date(2026, 3, 19)), ledger_at([old, new], date(2026, 3, 20))
    assert (ids(before.entries), before.replaced) == (["old"], {})
    assert ids(after.entries) == ["new"]


def test_a_correction_of_several_and_of_what_is_not_there() -> None:
    a, b = entry("a", "2026-03-06", submitted="2026-03-10"), entry("b", "2026-03-07", submitted="2026-03-09")
    both = entry("c", "2026-03-06", submitted="2026-03-20", replaces=("a", "b", "nowhere"))
    ledger = ledger_at([a, b, both], LATE)
    assert ids(ledger.entries) == ["c"]
    assert set(ledger.replaced) == {"a", "b"}
    assert ledger.first_submitted == {"c": date(2026, 3, 9)}


def test_an_entry_that_replaces_itself_stands() -> None:
    ledger = ledger_at([entry("a", "2026-03-06", replaces=("a",))], LATE)
    assert ids(ledger.entries) == ["a"]
    assert ledger.replaced == {}


def test_a_long_chain_ends_in_its_last_correction() -> None:
    chain = [entry(f"{n:04}", "2026-03-06", submitted="2026-03-07", replaces=(f"{n - 1:04}",)) for n in range(1, 3000)]
    first = entry("0000", "2026-03-06")
    ledger = ledger_at([*chain, first], LATE)
    assert ids(ledger.entries) == ["2999"]
    assert ledger.first_submitted == {"2999": date(2026, 3, 6)}
    assert len(ledger.replaced_entries) == 2999


def test_a_correction_of_a_circle_ends() -> None:
    circle = [entry("a", "2026-03-06", submitted="2026-03-08", replaces=("b",)), entry("b", "2026-03-06", replaces=("a",))]
    last = entry("c", "2026-03-06", submitted="2026-03-20", replaces=("a",))
    ledger = ledger_at([*circle, last], LATE)
    assert ids(ledger.entries) == ["c"]
    assert ledger.first_submitted == {"c": date(2026, 3, 6)}


@st.composite
def corrections(draw: st.DrawFn) -> list[Entry]:
    """Entries that correct each other in any way, chains and circles among them."""
    some = draw(st.integers(1, 6))
    return [
        entry(
            IDS[number],
            draw(st.sampled_from(["2026-03-06", "2026-03-07"])),
            submitted=draw(st.sampled_from([None, "2026-03-08", "2026-03-09"])),
            replaces=tuple(draw(st.lists(st.sampled_from(IDS), max_size=2, unique=True))),
        )
        for number in range(some)
    ]


@given(corrections(), st.integers(0, 5), st.randoms())
def test_corrections_of_any_kind(entries: list[Entry], days: int, random: Random) -> None:
    as_of = date(2026, 3, 5) + timedelta(days=days)
    ledger = ledger_at(entries, as_of)
    seen = {one.id for one in entries if one.span.last <= as_of and one.submitted <= as_of}
    assert {*ids(ledger.entries), *ids(ledger.replaced_entries)} == seen
    assert set(ids(ledger.entries)).isdisjoint(ids(ledger.replaced_entries))
    assert set(ids(ledger.replaced_entries)) == set(ledger.replaced)
    assert all(old in new.report.replaces and new.id in seen for old, new in ledger.replaced.items())
    assert set(ledger.first_submitted) == set(ids(ledger.entries))
    assert all(ledger.first_submitted[one.id] <= one.submitted for one in ledger.entries)
    assert ledger == ledger_at(shuffled(entries, random), as_of)


def shuffled(entries: Sequence[Entry], random: Random) -> list[Entry]:
    again = list(entries)
    random.shuffle(again)
    return again


# Joint occasions


def walk(id: str, party: str, **values: Any) -> Entry:
    stated: dict[str, Any] = {"places": ("centrum",), "start": 1230, **values}
    return entry(id, "2026-03-06", parties=(party,), **stated)


def test_an_occasion_reported_by_two_parties_is_one() -> None:
    first, second = walk("b", "polisen", submitted="2026-03-07"), walk("a", "kommunen", submitted="2026-03-08")
    ledger = ledger_at([second, first], LATE)
    assert ids(ledger.entries) == ["b", "a"]
    assert ledger.joined == {"a": first}


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(walk("b", "polisen"), id="from the same party"),
        pytest.param(walk("b", "kommunen", start=None), id="without a start"),
        pytest.param(walk("b", "kommunen", start=1231), id="another start"),
        pytest.param(walk("b", "kommunen", places=()), id="without a place"),
        pytest.param(walk("b", "kommunen", places=("norra",)), id="another place"),
        pytest.param(walk("b", "kommunen", places=("centrum", "norra")), id="one more place"),
        pytest.param(walk("b", "kommunen", state="inställd"), id="cancelled"),
        pytest.param(entry("b", "2026-03-07", parties=("kommunen",), places=("centrum",), start=1230), id="another day"),
        pytest.param(entry("b", "2026-03-06..2026-03-07", parties=("kommunen",), places=("centrum",), start=1230), id="a total"),
        pytest.param(entry("b", "2026-03-06", parties=(), places=("centrum",), start=1230), id="without a party"),
    ],
)
def test_what_is_not_the_same_occasion(other: Entry) -> None:
    assert ledger_at([walk("a", "polisen"), other], LATE).joined == {}


def test_the_order_of_places_does_not_matter() -> None:
    one, other = walk("a", "polisen", places=("centrum", "norra")), walk("b", "kommunen", places=("norra", "centrum"))
    assert occasion_key(one) == occasion_key(other) is not None
    assert ledger_at([one, other], LATE).joined == {"b": one}


def test_a_third_party_joins_too_but_a_second_report_of_a_party_does_not() -> None:
    entries = [walk("a", "polisen"), walk("b", "kommunen"), walk("c", "kommunen"), walk("d", "nattvandrarna")]
    joined = ledger_at(entries, LATE).joined
    assert {old: leader.id for old, leader in joined.items()} == {"b": "a", "d": "a"}


def test_a_second_pair_of_reports_is_a_second_occasion() -> None:
    entries = [walk("a", "polisen"), walk("b", "polisen"), walk("c", "kommunen"), walk("d", "kommunen")]
    joined = ledger_at(entries, LATE).joined
    assert {old: leader.id for old, leader in joined.items()} == {"c": "a", "d": "b"}


def test_a_correction_leads_by_when_it_was_first_handed_in() -> None:
    old = walk("old", "polisen", submitted="2026-03-07")
    new = walk("z", "polisen", submitted="2026-03-20", replaces=("old",))
    other = walk("a", "kommunen", submitted="2026-03-08")
    assert ledger_at([old, new, other], LATE).joined == {"a": new}


@given(
    st.lists(
        st.tuples(
            st.sets(st.sampled_from(["polisen", "kommunen", "bolaget"]), max_size=2),
            st.sampled_from([None, 1200, 1230]),
            st.sampled_from([None, "2026-03-07", "2026-03-08"]),
        ),
        max_size=6,
    ),
    st.randoms(),
)
def test_joint_occasions_of_any_kind(drawn: list[tuple[set[str], int | None, str | None]], random: Random) -> None:
    entries = [
        entry(IDS[at], "2026-03-06", parties=tuple(sorted(parties)), start=start, submitted=submitted, places=("centrum",))
        for at, (parties, start, submitted) in enumerate(drawn)
    ]
    ledger = ledger_at(entries, LATE)
    by_id = {one.id: one for one in ledger.entries}
    groups: dict[str, list[Entry]] = {}
    for joined, leader in ledger.joined.items():
        groups.setdefault(leader.id, [leader]).append(by_id[joined])
        assert leader.id not in ledger.joined
        assert (leader.submitted, leader.id) < (by_id[joined].submitted, joined)
        assert occasion_key(leader) == occasion_key(by_id[joined]) is not None
    for group in groups.values():
        parties = [party for one in group for party in one.report.parties]
        assert len(parties) == len(set(parties))
    assert ledger == ledger_at(shuffled(entries, random), LATE)


# Totals


def test_running_totals_never_add() -> None:
    totals = totals_of(entry("b", "2018-05-01..2018-12-31", count=21), entry("a", "2018-05-01..2018-07-31", count=10))
    assert ids(totals.counted) == ["b"]
    assert sum_of(totals) == 21
    assert {old: new.id for old, new in totals.stands_for.items()} == {"a": "b"}
    assert totals.conflicts == []


def test_periods_apart_add() -> None:
    totals = totals_of(entry("b", "2026-K2", count=5), entry("a", "2026-K1", count=4), entry("c", "2026-K4", count=3))
    assert ids(totals.counted) == ["a", "b", "c"]
    assert sum_of(totals) == 12
    assert (totals.stands_for, totals.conflicts) == ({}, [])


def test_a_running_total_beside_one_apart() -> None:
    totals = totals_of(entry("a", "2026-01", count=2), entry("b", "2026-K1", count=6), entry("c", "2026-K2", count=5))
    assert ids(totals.counted) == ["b", "c"]
    assert sum_of(totals) == 11


@pytest.mark.parametrize(
    ("before", "after", "falls", "counts"),
    [
        pytest.param(10, 9, True, "a", id="one less"),
        pytest.param(10, 10, False, "b", id="the same"),
        pytest.param(10, 11, False, "b", id="one more"),
        pytest.param(Quantity(10, "ca"), 9, False, "b", id="about before"),
        pytest.param(Quantity(10, "minst"), 9, True, "a", id="at least before"),
        pytest.param(10, Quantity(9, "ca"), False, "a", id="about after"),
        pytest.param(10, Quantity(9, "minst"), False, "a", id="at least after"),
    ],
)
def test_a_running_total_that_falls(before: int | Quantity, after: int | Quantity, falls: bool, counts: str) -> None:
    totals = totals_of(entry("a", "2026-01", count=before), entry("b", "2026-K1", count=after))
    assert ids(totals.counted) == [counts]
    assert clashes(totals) == ({("faller", "a", "b")} if falls else set())


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        pytest.param("2026-K1", "2026-K1", "samma", id="the same period twice"),
        pytest.param("2026-K1", "2026-02-15..2026-05-15", "överlapp", id="a partial overlap"),
        pytest.param("2026-K1", "2026-02", "överlapp", id="one inside the other"),
        pytest.param("2026-K1", "2026-03-31..2026-04-30", "överlapp", id="a day in common"),
    ],
)
@pytest.mark.parametrize("first_handed_in", ["a", "b"])
def test_totals_that_cannot_both_stand(first: str, second: str, kind: str, first_handed_in: str) -> None:
    days = {"a": "2026-06-01", "b": "2026-06-02"} if first_handed_in == "a" else {"a": "2026-06-02", "b": "2026-06-01"}
    for figures, counts in (((4, 6), "b"), ((6, 4), "a")):
        one, other = (
            entry(name, span, count=figure, submitted=days[name])
            for name, span, figure in zip("ab", (first, second), figures, strict=True)
        )
        totals = totals_of(one, other)
        assert {frozenset(clash) for clash in clashes(totals)} == {frozenset((kind, "a", "b"))}
        assert ids(totals.counted) == [counts]
        assert {old: new.id for old, new in totals.stands_for.items()} == {"ab".replace(counts, ""): counts}


def test_of_two_that_say_the_same_the_first_handed_in_counts() -> None:
    one, other = (entry(name, "2026-K1", count=4, submitted=day) for name, day in (("a", "2026-06-02"), ("b", "2026-06-01")))
    assert ids(totals_of(one, other).counted) == ["b"]


def test_what_was_told_in_pieces_is_not_lost_to_a_whole_that_says_less() -> None:
    quarter, month = entry("k1", "2026-K1", count=40), entry("apr", "2026-04", count=10)
    for half, counts in ((80, ["h1"]), (50, ["h1"]), (49, ["k1", "apr"])):
        totals = totals_of(quarter, month, entry("h1", "2026-H1", count=half))
        assert ids(totals.counted) == counts
        assert sum_of(totals) == max(half, 50)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param({"parties": ("polisen",)}, {"parties": ("kommunen",)}, id="two parties"),
        pytest.param({"places": ("centrum",)}, {"places": ("norra",)}, id="two places"),
        pytest.param({"places": ("centrum",)}, {}, id="a place and none"),
    ],
)
def test_totals_of_different_parties_or_places_do_not_clash(one: dict[str, Any], other: dict[str, Any]) -> None:
    totals = totals_of(entry("a", "2026-K1", count=4, **one), entry("b", "2026-K1", count=6, **other))
    assert ids(totals.counted) == ["a", "b"]
    assert totals.conflicts == []


def test_only_what_states_the_quantity_is_a_total_of_it() -> None:
    entries = [
        entry("a", "2026-K1", count=4),
        entry("b", "2026-H1", samtal=Quantity(30)),
        entry("c", "2026-02-01", samtal=Quantity(3)),
        entry("d", "2026-K2", state="nollrapport"),
    ]
    assert ids(totals_of(*entries).counted) == ["a"]
    assert ids(resolve_totals(entries, lambda one: one.figure("samtal")).counted) == ["b"]


MONTHS = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)


@st.composite
def stated(draw: st.DrawFn) -> list[Entry]:
    """Statements of totals for whole months, of one or two parties, in any conflict."""
    return [
        entry(
            IDS[at],
            f"2026-{first:02}-01..2026-{last:02}-28",
            count=draw(st.integers(1, 9)),
            parties=(draw(st.sampled_from(["polisen", "kommunen"])),),
            submitted=draw(st.sampled_from([None, "2026-12-29", "2026-12-30"])),
        )
        for at, (first, last) in enumerate(draw(st.lists(MONTHS, max_size=8)))
    ]


@given(stated(), st.randoms())
def test_totals_are_never_counted_twice(entries: list[Entry], random: Random) -> None:
    totals = totals_of(*entries)
    assert {*ids(totals.counted), *totals.stands_for} == set(ids(entries))
    assert set(ids(totals.counted)).isdisjoint(totals.stands_for)
    for at, one in enumerate(totals.counted):
        assert all(one.parties != other.parties or not one.span.overlaps(other.span) for other in totals.counted[:at])
    for old, new in totals.stands_for.items():
        one = next(e for e in entries if e.id == old)
        assert one.parties == new.parties
        assert one.span.overlaps(new.span)
    again = totals_of(*shuffled(entries, random))
    assert again.counted == totals.counted
    assert again.stands_for == totals.stands_for
    assert clashes(again) == clashes(totals)


@given(stated())
def test_no_statements_apart_from_each_other_say_more_than_what_counts(entries: list[Entry]) -> None:
    for party in ("polisen", "kommunen"):
        own = [one for one in entries if one.parties == (party,)]
        most = 0
        for bits in range(1 << len(own)):
            some = [one for at, one in enumerate(own) if bits >> at & 1]
            if not any(one.span.overlaps(other.span) for one, other in combinations(some, 2)):
                most = max(most, sum(int(one.occasions.value) for one in some if one.occasions))
        assert sum_of(totals_of(*own)) == most


@given(st.lists(st.integers(1, 50), min_size=1, max_size=12), st.randoms())
def test_a_running_total_is_worth_its_last_figure(steps: list[int], random: Random) -> None:
    entries = [
        entry(f"{month:02}", f"2026-01-01..2026-{month:02}-28", count=sum(steps[:month])) for month in range(1, len(steps) + 1)
    ]
    totals = totals_of(*shuffled(entries, random))
    assert sum_of(totals) == sum(steps)
    assert totals.conflicts == []


@given(st.lists(st.integers(0, 50), min_size=1, max_size=12), st.randoms())
def test_months_apart_are_worth_their_sum(figures: list[int], random: Random) -> None:
    entries = [entry(f"{at:02}", f"2026-{at:02}", count=figure) for at, figure in enumerate(figures, 1)]
    totals = totals_of(*shuffled(entries, random))
    assert sum_of(totals) == sum(figures)
    assert totals.conflicts == []


# Occasions inside a stated total


TOTAL = entry("t", "2026-K1", count=4, parties=("polisen", "kommunen"), places=("centrum", "norra"))


@pytest.mark.parametrize(
    ("occasion", "inside"),
    [
        pytest.param(entry("a", "2026-01-01", places=("centrum",)), True, id="its first day"),
        pytest.param(entry("a", "2026-03-31", places=("norra",)), True, id="its last day"),
        pytest.param(entry("a", "2026-03-31"), True, id="no place stated"),
        pytest.param(entry("a", "2026-03-31", parties=("kommunen", "bolaget")), True, id="one party in common"),
        pytest.param(entry("a", "2025-12-31"), False, id="the day before"),
        pytest.param(entry("a", "2026-04-01"), False, id="the day after"),
        pytest.param(entry("a", "2026-03-31", parties=("bolaget",)), False, id="another party"),
        pytest.param(entry("a", "2026-03-31", places=("södra",)), False, id="another place"),
    ],
)
def test_an_occasion_is_part_of_a_total(occasion: Entry, inside: bool) -> None:
    assert part_of(occasion, [TOTAL]) == (TOTAL if inside else None)


def test_an_occasion_is_part_of_the_first_total_that_fits() -> None:
    occasion, other = entry("a", "2026-03-31"), entry("u", "2026-03", count=2)
    assert part_of(occasion, [entry("v", "2026-K2", count=1), other, TOTAL]) == other
    assert part_of(occasion, [entry("v", "2026-K2", count=1)]) is None
    assert part_of(occasion, []) is None


def test_a_total_without_a_place_takes_any() -> None:
    total = entry("t", "2026-K1", count=4)
    assert part_of(entry("a", "2026-03-31", places=("södra",)), [total]) == total
    assert period("2026-K1").covers(total.span)
