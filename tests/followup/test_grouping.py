"""A follow-up in groups: what each group holds, and why the groups need not add up to the whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.projects import commitment, make, plan, rows, table
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import Number, Quantity
from uppfoljning.domain.period import parse_period
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.group_caveats import Apart, apart
from uppfoljning.followup.grouping import By, Grouped, across, grouped, of_plan
from uppfoljning.followup.table import Selection, Table, follow_up, selected
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject

JOINT = "datum: 2026-05-07\nstart: 19:15\nplats: torget\n"
TOGETHER = "[kommunen, klubben]"
ALL = Selection()


def groups(project: CheckedProject, day: str, by: By, period: str = "", selection: Selection = ALL) -> Grouped:
    def follow(one: Plan, view: View) -> Table:
        return follow_up(one, view, forms=project.forms, entries=project.entries[one.id])

    return grouped(selected([table(project, day, period)], selection), selection, by, follow)


def held(found: Grouped) -> dict[str, list[str]]:
    """The commitments of each group."""
    return {group.name: [line.commitment.id for one in group.tables for line in one.lines] for group in found.groups}


def outcomes(found: Grouped) -> dict[str, Number | None]:
    """The outcome of the first target of the first commitment in each group."""
    return {group.name: group.tables[0].lines[0].rows[0].outcome.value for group in found.groups}


def standing(one: Table) -> list[object]:
    """All that the first row of a table says, and the reports due and received."""
    (row, *_), received = one.lines[0].rows, one.lines[0].received
    return [row.outcome.value, row.outcome.certainty, row.expected, row.fulfilment, row.pace, row.status, row.forecast, received]


# By party and place


def test_a_joint_commitment_is_whole_under_each_party_and_a_joint_occasion_counts_once_for_each() -> None:
    reports = {
        "a": JOINT + "parter: [kommunen]\n",
        "b": JOINT + "parter: [klubben]\n",
        "c": "datum: 2026-05-08\nparter: [klubben]\n",
    }
    project = make(plan(commitment("{minst: 6}", parties=TOGETHER), commitment("{minst: 1}", id="eget")), reports=reports)
    found = groups(project, "2026-06-30", "part")
    assert held(found) == {"kommunen": ["lov", "eget"], "klubben": ["lov"]}
    assert outcomes(found) == {"kommunen": 2, "klubben": 2}
    shares = {
        group.name: group.selection.share_of(group.tables[0].lines[0], group.tables[0].lines[0].rows[0]) for group in found.groups
    }
    assert shares == {"kommunen": 1, "klubben": 2}
    assert apart(found) == Apart(shared=True)


def test_commitments_of_their_own_are_not_shared() -> None:
    project = make(plan(commitment("{minst: 6}"), commitment("{minst: 1}", id="eget", parties="[polisen]")))
    found = groups(project, "2026-06-30", "part")
    assert held(found) == {"kommunen": ["lov"], "polisen": ["eget"]}
    assert apart(found) == Apart()


def test_one_commitment_is_grouped_alone() -> None:
    project = make(plan(commitment("{minst: 6}", parties=TOGETHER), commitment("{minst: 1}", id="eget")))
    selection = Selection(commitments=frozenset(["lov"]))
    assert held(groups(project, "2026-06-30", "part", selection=selection)) == {"kommunen": ["lov"], "klubben": ["lov"]}
    assert groups(project, "2026-06-30", "part", selection=selection).tables[0].lines[0].commitment.id == "lov"


def test_what_belongs_to_no_place_does_not_vanish() -> None:
    promised = commitment("{minst: 4, villkor: {platser: [hamnen]}}", id="vid")
    project = make(
        plan(commitment("{minst: 6}"), promised, commitment("{minst: 1}", id="utan")),
        rows("2026-03-01;torget\n2026-03-02;hamnen\n2026-03-03;", "datum;plats") + "prov-2026;utan;2026-03-04;\n",
    )
    found = groups(project, "2026-06-30", "plats")
    assert held(found) == {"torget": ["lov"], "hamnen": ["lov", "vid"], "": ["utan"]}
    assert found.groups[-1].selection == ALL
    assert apart(found) == Apart(shared=True, placeless=Quantity(2))


def test_occasions_without_a_place_are_counted_as_occasions() -> None:
    """A running total stands for the one before, an occasion inside it is part of it, and a joint one has a place."""
    reports = {
        "a": "period: 2026-01\nantal: 4\ninlämnad: 2026-02-01\n",
        "b": "period: {från: 2026-01-01, till: 2026-02-28}\nantal: ca 9\ninlämnad: 2026-03-01\n",
        "c": "datum: 2026-02-03\n",
        "d": "datum: 2026-04-03\n",
        "e": "datum: 2026-04-04\nläge: inställd\navvikelser:\n  - {vad: Nej, skäl: väder}\n",
        "f": JOINT + "parter: [kommunen]\n",
        "g": JOINT + "parter: [klubben]\n",
        "h": "datum: 2026-04-05\nplats: [torget, hamnen]\nparter: [klubben]\n",
    }
    project = make(plan(commitment("{minst: 6}", parties=TOGETHER)), reports=reports)
    found = groups(project, "2026-06-30", "plats")
    assert held(found) == {"torget": ["lov"], "hamnen": ["lov"]}
    assert apart(found).placeless == Quantity(9 + 1, "ca")


def test_a_total_that_leaves_out_how_many_makes_it_a_lower_bound() -> None:
    reports = {"a": "period: 2026-01\nuppgifter: {samtal: 4}\ninlämnad: 2026-02-01\n", "b": "datum: 2026-04-03\n"}
    project = make(plan(commitment("{minst: 6}")), reports=reports)
    assert apart(groups(project, "2026-06-30", "plats")).placeless == Quantity(1, "minst")


def test_a_party_has_its_own_occasions_without_a_place() -> None:
    reports = {"a": "datum: 2026-04-03\nparter: [klubben]\n", "b": "datum: 2026-04-04\nparter: [kommunen]\nplats: torget\n"}
    project = make(plan(commitment("{minst: 6}", parties=TOGETHER)), reports=reports)
    found = [groups(project, "2026-06-30", "plats", selection=Selection(party=party)) for party in ("klubben", "kommunen")]
    assert [apart(one).placeless for one in found] == [Quantity(1), Quantity(0)]
    assert [group.selection for group in found[0].groups] == [Selection(party="klubben", place="torget")]


def test_nothing_selected_is_no_groups() -> None:
    project = make(plan(commitment("{minst: 6}")))
    for by in ("part", "plats", "månad"):
        found = groups(project, "2026-06-30", by, selection=Selection(party="polisen"))
        assert (found.tables, found.groups) == ((), ())
    no_days = groups(project, "2026-06-30", "månad", period="2025")
    assert (len(no_days.tables), no_days.groups) == (1, ())


# By time


def test_the_sub_periods_that_have_begun() -> None:
    project = make(plan(commitment("{minst: 6}")))
    by: list[tuple[By, list[str]]] = [
        ("månad", ["2026-01", "2026-02", "2026-03", "2026-04", "2026-05"]),
        ("kvartal", ["2026-K1", "2026-K2"]),
        ("tertial", ["2026-T1", "2026-T2"]),
    ]
    for kind, names in by:
        assert [group.name for group in groups(project, "2026-05-01", kind).groups] == names
        assert [group.name for group in groups(project, "2026-04-30", kind).groups] == (
            names[:-1] if kind != "kvartal" else names
        )
    assert groups(project, "2025-12-31", "månad").groups == ()


def test_a_period_looked_at_cuts_the_sub_periods() -> None:
    project = make(plan(commitment("{minst: 6}")), rows("2026-03-29\n2026-03-30\n2026-04-05\n2026-04-06"))
    found = groups(project, "2026-12-31", "månad", period="2026-W14")
    assert outcomes(found) == {"2026-03-30–2026-03-31": 1, "2026-04-01–2026-04-05": 1}


def test_only_the_days_of_the_commitments_shown() -> None:
    early, late = commitment("{minst: 1}", "period: 2026-01", id="a"), commitment("{minst: 1}", "period: 2026-K2", id="b")
    found = groups(make(plan(early, late)), "2026-12-31", "månad")
    assert held(found) == {"2026-01": ["a"], "2026-04": ["b"], "2026-05": ["b"], "2026-06": ["b"]}
    (whole,) = found.tables
    assert [group.name for group, _ in of_plan(found, whole)] == ["2026-01", "2026-04", "2026-05", "2026-06"]
    cells = [(line.commitment.id, [part is not None for part in parts]) for line, _, parts in across(found, whole)]
    assert cells == [("a", [True, False, False, False]), ("b", [False, True, True, True])]


def test_a_place_chooses_the_commitments_once_for_all_sub_periods() -> None:
    project = make(plan(commitment("{minst: 6}")), rows("2026-01-05;torget\n2026-05-05;", "datum;plats"))
    found = groups(project, "2026-08-31", "tertial", selection=Selection(place="torget"))
    assert outcomes(found) == {"2026-T1": 1, "2026-T2": 1}


def test_a_sub_period_is_what_status_shows_for_it() -> None:
    project = make(
        plan(commitment("{minst: 24, fördelning: {tertial: [8, 6, 10]}}", "uppföljning: {rapporteras: månad}")),
        rows("2026-01-05\n2026-05-05\n2026-05-06"),
    )
    found = groups(project, "2026-08-31", "tertial")
    for group in found.groups:
        assert standing(group.tables[0]) == standing(table(project, "2026-08-31", group.name))
    assert [group.tables[0].lines[0].rows[0].expected for group in found.groups] == [8, 6]


def test_a_running_total_over_several_sub_periods_is_in_none_of_them() -> None:
    """5 in January, 9 in January and February, of which 1 single in February: 5 and 1 beside the whole's 9."""
    reports = {
        "a": "period: 2026-01\nantal: 5\ninlämnad: 2026-02-01\n",
        "b": "period: {från: 2026-01-01, till: 2026-02-28}\nantal: 9\ninlämnad: 2026-03-01\n",
    }
    project = make(plan(commitment("{minst: 6}")), rows("2026-02-02"), reports)
    found = groups(project, "2026-04-30", "månad")
    assert outcomes(found) == {"2026-01": 5, "2026-02": 1, "2026-03": None, "2026-04": None}
    assert found.tables[0].lines[0].rows[0].outcome.value == 9
    assert [one.id for one in apart(found).crossing] == ["b"]
    assert apart(groups(project, "2026-04-30", "tertial")) == Apart()


def test_a_week_belongs_to_the_month_in_which_it_ends() -> None:
    """Week 14 of 2026 ends in April: what took place on 30 March counts there, so that the months sum to the whole."""
    project = make(plan(commitment("{minst: 1, varje: vecka}")), rows("2026-03-23\n2026-03-30\n2026-04-06"))
    found = groups(project, "2026-05-31", "månad")
    assert outcomes(found) == {"2026-01": None, "2026-02": None, "2026-03": 1, "2026-04": 2, "2026-05": None}
    assert found.tables[0].lines[0].rows[0].outcome.value == 3
    assert apart(found) == Apart(every=("vecka",))


@pytest.mark.parametrize(
    ("target", "recounted"),
    [
        ("{minst: 2, räknar: läge, sätt: nivå}", True),
        ("{alla: 9, räknar: {unika: butik}}", True),
        ("{minst: 90 %, räknar: {täljare: nådda, nämnare: kontaktade}}", True),
        ("{minst: 1, varje: månad}", False),
        ("{minst: 3}", False),
        ("{klart: 2026-03-31}", False),
    ],
)
def test_what_never_adds_is_recounted(target: str, recounted: bool) -> None:
    cells = "datum;uppgifter.läge;uppgifter.butik;uppgifter.nådda;uppgifter.kontaktade"
    project = make(plan(commitment(target)), rows("2026-01-05;3;a;1;2\n2026-05-05;4;a;2;2", cells))
    assert apart(groups(project, "2026-08-31", "tertial")) == Apart(recounted=recounted)
    assert apart(groups(project, "2026-01-31", "tertial")) == Apart()


DAYS = st.lists(st.integers(0, 364).map(lambda day: date(2026, 1, 1) + timedelta(days=day)), max_size=12)
SIMPLE = st.sampled_from(
    [
        "{minst: 8}",
        "{antal: 2, per: år}",
        "{högst: 3}",
        "{antal: löpande}",
        "{minst: 30, räknar: samtal}",
        "{minst: 1, varje: [fre]}",
    ]
)
PERIODS: st.SearchStrategy[By] = st.sampled_from(["månad", "kvartal", "tertial"])


@settings(max_examples=60, deadline=None)
@given(DAYS, SIMPLE, PERIODS, st.sampled_from(["2026-01-01", "2026-03-31", "2026-08-14", "2027-01-31"]))
def test_simple_counts_add_up(days: list[date], target: str, by: By, day: str) -> None:
    """Single occasions, joint or not, are in exactly one sub-period each."""
    text = "\n".join(
        f"{one};{(at * 7) % 5};{one.toordinal() % 24:02}:00;torget;{('kommunen', 'klubben')[at % 2]}"
        for at, one in enumerate(days)
    )
    made = plan(commitment(target, parties=TOGETHER))
    project = make(made, rows(text, "datum;uppgifter.samtal;start;plats;parter") if days else "")
    found = groups(project, day, by)
    (whole,) = found.tables
    for _, row, parts in across(found, whole):
        known = [part.outcome.value for part in parts if part is not None and part.outcome.value is not None]
        assert sum(known) == (row.outcome.value or 0)
        assert bool(known) == (row.outcome.value is not None)
    assert apart(found) == Apart()


@settings(max_examples=30, deadline=None)
@given(DAYS, PERIODS, st.sampled_from(["", "2026-H1", "2026-W14", "2026-05"]))
def test_every_group_is_the_follow_up_of_its_days(days: list[date], by: By, period: str) -> None:
    project = make(plan(commitment("{minst: 9}")), rows("\n".join(map(str, days))) if days else "")
    found = groups(project, "2026-11-25", by, period)
    for group in found.groups:
        assert group.period is not None
        if not isinstance(parse_period(group.name), Problem):
            assert standing(group.tables[0]) == standing(table(project, "2026-11-25", group.name))
        assert {one.span.first in group.period for one in group.tables[0].lines[0].matter.entries} <= {True}
    assert sum(len(group.tables[0].lines[0].matter.entries) for group in found.groups) == len(
        table(project, "2026-11-25", period).lines[0].matter.entries
    )
