"""A plan followed up as a whole: what is visible when, what counts once, departures, judgements, steps, selections."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.projects import FORM, commitment, line, make, plan, read, rows, table
from uppfoljning.domain.period import Period
from uppfoljning.followup.documentation import steps_of
from uppfoljning.followup.periods import by_period, explain
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Selection, selected

JOINT = "datum: 2026-05-07\nstart: 19:15\nplats: torget\n"


def test_what_is_dated_or_handed_in_later_is_not_seen() -> None:
    project = make(
        plan(commitment("{minst: 3}")), rows("2026-03-01;2026-03-05\n2026-03-02;\n2026-03-06;2026-03-06", "datum;inlämnad")
    )
    assert [line(project, day).rows[0].outcome.value for day in ("2026-03-01", "2026-03-04", "2026-03-05", "2026-03-06")] == [
        None,
        1,
        2,
        3,
    ]


def test_a_total_reaching_ahead_is_not_seen() -> None:
    reports = {"a": "period: 2026-H1\nläge: nollrapport\ninlämnad: 2026-06-01\n"}
    project = make(plan(commitment("{minst: 3}")), reports=reports)
    assert [line(project, day).rows[0].outcome.value for day in ("2026-06-29", "2026-06-30")] == [None, 0]


def test_a_joint_occasion_counts_once_and_the_first_handed_in_counts() -> None:
    reports = {
        "a": JOINT + "parter: [kommunen]\nuppgifter: {samtal: 14}\ninlämnad: 2026-05-10\n",
        "b": JOINT + "parter: [klubben]\nuppgifter: {samtal: 12}\ninlämnad: 2026-05-08\n",
    }
    target = "[{id: gang, minst: 6}, {id: folk, minst: 40, räknar: samtal}]"
    project = make(plan(commitment(target, parties="[kommunen, klubben]")), reports=reports)
    found = line(project, "2026-06-30")
    assert [row.outcome.value for row in found.rows] == [1, 12]
    assert [one.why for one in found.rows[0].outcome.left_out] == ["samma tillfälle som b"]
    shares = [Selection(party=party).share_of(found, found.rows[0]) for party in ("kommunen", "klubben", "polisen")]
    assert shares == [1, 1, 0]


@pytest.mark.parametrize(
    "other",
    [
        "parter: [kommunen]\nstart: 19:15\nplats: torget\n",
        "parter: [klubben]\nstart: 20:15\nplats: torget\n",
        "parter: [klubben]\nplats: torget\n",
        "parter: [klubben]\nstart: 19:15\n",
        "start: 19:15\nplats: torget\n",
    ],
    ids=["same party", "other start", "no start", "no place", "no parties"],
)
def test_what_is_not_stated_alike_is_two_occasions(other: str) -> None:
    reports = {"a": JOINT + "parter: [kommunen]\n", "b": "datum: 2026-05-07\n" + other}
    project = make(plan(commitment("{minst: 6}", parties="[kommunen, klubben]")), reports=reports)
    assert line(project, "2026-06-30").rows[0].outcome.value == 2


def test_totals_singles_and_places() -> None:
    reports = {
        "a": "period: {från: 2026-05-01, till: 2026-06-30}\nantal: 4\nplats: torget\ninlämnad: 2026-07-03\n",
        "b": "period: {från: 2026-05-01, till: 2026-08-31}\nantal: 9\nplats: torget\ninlämnad: 2026-09-02\n",
        "c": "period: {från: 2026-05-01, till: 2026-06-30}\nantal: 3\nplats: hamnen\ninlämnad: 2026-07-05\n",
        "d": "period: 2026-10\ntext: Det har gått bra\ninlämnad: 2026-11-02\n",
    }
    csv = rows("2026-06-02;torget\n2026-06-02;parken\n2026-11-05;", "datum;plats")
    row = line(make(plan(commitment("{minst: 30}")), csv, reports), "2026-12-31").rows[0]
    assert row.outcome.value == 9 + 3 + 1 + 1
    assert sorted(one.why for one in row.outcome.left_out) == [
        "berättar utan siffror",
        "ersatt av summan i b",
        "ingår i summan i b",
    ]
    assert row.outcome.reported is None


def test_a_total_without_the_counted_field() -> None:
    reports = {
        "a": "period: 2026-01\nantal: 4\ninlämnad: 2026-02-03\n",
        "b": "period: 2026-02\nuppgifter: {samtal: 9}\ninlämnad: 2026-03-03\n",
    }
    target = "[{id: gang, minst: 6}, {id: folk, minst: 40, räknar: samtal}]"
    found = line(make(plan(commitment(target)), reports=reports), "2026-06-30")
    assert [(row.outcome.value, row.outcome.certainty) for row in found.rows] == [(4, "minst"), (9, "minst")]


def test_a_figure_stated_in_another_total_of_the_same_days_is_not_missing() -> None:
    reports = {
        "a": "period: 2026-01\nantal: 4\ninlämnad: 2026-02-03\n",
        "b": "period: {från: 2026-01-01, till: 2026-02-28}\nuppgifter: {samtal: 9}\nantal: 6\ninlämnad: 2026-03-03\n",
    }
    found = line(make(plan(commitment("{minst: 40, räknar: samtal}")), reports=reports), "2026-06-30")
    assert (found.rows[0].outcome.value, found.rows[0].outcome.certainty) == (9, "")


def test_departures_and_content() -> None:
    reports = {
        "a": "datum: 2026-03-01\navvikelser:\n  - vad: Färre ställen\n    skäl: resurser\n",
        "b": "datum: 2026-03-02\nläge: inställd\navvikelser:\n  - vad: Ingen\n    skäl: väder\n",
        "c": "datum: 2026-03-03\n",
    }
    found = line(make(plan(commitment("{minst: 6}")), reports=reports), "2026-06-30")
    assert found.departures == (1, 1, 1, 0, (("resurser", 1), ("väder", 1)))
    assert found.content == 1
    assert line(make(plan(commitment("{minst: 6}"))), "2026-06-30").content is None


def test_the_latest_judgement_that_the_view_can_see() -> None:
    def judgement(period: str, day: str, word: str) -> str:
        return (
            f"bedömning: {period}\nplan: prov-2026\ndatum: {day}\nåtaganden:\n  lov: {{genomförande: {word}, resultat: visst}}\n"
        )

    project = read(
        {
            "plans/prov-2026.yaml": plan(commitment("{minst: 6}")),
            "plans/snabbrapporter/prov.yaml": FORM,
            "reports/bedomningar/prov-2026-T1.yaml": judgement("2026-T1", "2026-05-12", "delvis"),
            "reports/bedomningar/prov-HT2026.yaml": judgement("HT2026", "2026-12-22", "genomfört"),
        }
    )
    assert [str(line(project, day).verdict) for day in ("2026-05-11", "2026-05-12", "2026-12-31")] == [
        "None",
        "delvis, resultat: visst",
        "genomfört, resultat: visst",
    ]
    assert line(project, "2026-12-31").verdict_period == "HT2026"
    assert line(project, "2026-12-31", "2026-T1").verdict_period == "2026-T1"
    assert line(project, "2026-12-31", "2026-05").verdict is None


def test_what_is_reached() -> None:
    first = commitment("{minst: 1}")
    second = commitment("{antal: löpande}", id="annat")
    found = table(make(plan(first, second), rows("2026-03-01") + "prov-2026;annat;2026-03-02\n"), "2026-06-30")
    assert [one.status for one in found.lines] == [Status.REACHED, Status.REPORTED]
    assert [len(one.missing) for one in found.lines] == [0, 0]
    assert [one.reached for one in found.lines] == [True, False]
    assert [one.testable for one in found.lines] == [True, False]


def test_a_commitment_outside_the_period_looked_at_is_not_shown() -> None:
    project = make(plan(commitment("{minst: 1}", "period: 2026-H1"), commitment("{minst: 1}", id="annat")))
    assert [one.commitment.id for one in table(project, "2026-12-31", "2026-K4").lines] == ["annat"]


def test_a_part_of_the_time_is_judged_by_its_pace_and_never_as_a_whole() -> None:
    project = make(
        plan(commitment("{minst: 24, fördelning: {tertial: [8, 6, 10]}}")),
        rows("\n".join(f"2026-10-{day:02}" for day in range(1, 10))),
    )
    (row,) = line(project, "2027-01-31", "2026-T3").rows
    assert (row.outcome.value, row.expected, row.status, row.whole) == (9, Fraction(10), Status.NEARLY_ON_PACE, 24)
    assert (row.forecast, row.needed_a_month) == (None, None)


def test_steps_once_and_at_every_occasion() -> None:
    steps = [
        "moment:",
        "  - {id: kallelse, titel: Kalla, senast: 2026-01-20}",
        "  - {id: utskick, titel: Skicka}",
        "  - {id: samling, titel: Samlas, varje: tillfälle}",
    ]
    text = "2026-01-22;ja;ja\n2026-02-01;;nej\n2026-02-02;;ej aktuellt\n2026-02-03;;"
    reports = {"t": "period: 2026-05\nantal: 20\nmoment: {samling: 18}\ninlämnad: 2026-06-02\n"}
    project = make(plan(commitment("{minst: 6}", *steps)), rows(text, "datum;moment.kallelse;moment.samling"), reports)
    once, never, each = steps_of(line(project, "2026-06-30").matter)
    assert (once.done, str(once.done_on), once.late) == (1, "2026-01-22", False)
    assert (never.done, str(never.due), never.late) == (0, "2026-12-31", False)
    assert (each.done, each.occasions) == (1 + 18, 3 + 20)
    assert steps_of(line(project, "2026-01-21").matter)[0].late
    assert not steps_of(line(project, "2026-01-20").matter)[0].late


def test_a_once_only_step_in_a_total_is_done_by_a_count() -> None:
    reports = {"t": "period: 2026-05\nantal: 20\nmoment: {kallelse: 1}\ninlämnad: 2026-06-02\n"}
    project = make(plan(commitment("{minst: 6}", "moment: [{id: kallelse, titel: Kalla}]")), reports=reports)
    assert steps_of(line(project, "2026-06-30").matter)[0].done == 1


@pytest.mark.parametrize(
    ("target", "more", "period", "names"),
    [
        ("{minst: 24, fördelning: {tertial: [8, 6, 10]}}", (), "2026", 2),
        ("{minst: 24}", ("uppföljning: {rapporteras: kvartal}",), "2026", 3),
        ("{minst: 24}", (), "2026", 8),
        ("{minst: 2}", (), "{från: 2026-08-01, till: 2026-08-31}", 6),
        ("{minst: 24}", (), "{från: 2024-01-01, till: 2026-12-31}", 11),
        ("{minst: 24}", (), "{från: 2020-01-01, till: 2026-12-31}", 7),
    ],
    ids=["phasing", "reporting", "months", "weeks", "quarters", "years"],
)
def test_period_by_period(target: str, more: tuple[str, ...], period: str, names: int) -> None:
    project = make(plan(commitment(target, *more), period=period), rows("2026-08-02"))
    found = line(project, "2026-08-31")
    parts = by_period(found.matter, found.rows[0].target)
    assert len(parts) == names
    assert sum(part.outcome.value or 0 for part in parts) == 1
    if parts[-1].expected is not None and target == "{minst: 24}":
        assert sum((part.expected for part in parts if part.expected is not None), Fraction(0)) == found.rows[0].expected


def test_days_between_terms_are_named() -> None:
    found = line(make(plan(commitment("{minst: 1, varje: termin}"))), "2026-12-31")
    between = explain(found.matter, found.rows[0]).between_terms
    assert [(str(part.first), str(part.last)) for part in between] == [
        ("2026-01-01", "2026-01-07"),
        ("2026-06-13", "2026-08-16"),
        ("2026-12-21", "2026-12-31"),
    ]
    other = line(make(plan(commitment("{minst: 1, per: år}"))), "2026-12-31")
    assert explain(other.matter, other.rows[0]).between_terms == []


def test_selections() -> None:
    first = commitment("{minst: 4, villkor: {platser: [hamnen]}}", parties="[kommunen, polisen]")
    second = commitment("{minst: 1, räknar: läge, sätt: nivå}", id="annat", parties="[klubben]")
    project = make(plan(first, second), rows("2026-03-01;torget\n2026-03-02;hamnen\n2026-03-03;", "datum;plats"))
    found = table(project, "2026-06-30")

    def ids(selection: Selection) -> list[str]:
        return [one.commitment.id for one in selected([found], selection)[0].lines] if selected([found], selection) else []

    assert ids(Selection()) == ["lov", "annat"]
    assert ids(Selection(party="polisen")) == ["lov"]
    assert ids(Selection(party="klubben")) == ["annat"]
    assert ids(Selection(place="hamnen")) == ids(Selection(place="torget")) == ["lov"]
    assert ids(Selection(place="parken")) == []
    assert ids(Selection(commitments=frozenset(["prov-2026/annat"]))) == ["annat"]
    assert ids(Selection(commitments=frozenset(["lov"]), party="klubben")) == []
    row = found.lines[0].rows[0]
    assert Selection().share_of(found.lines[0], row) is None
    assert Selection(place="hamnen").share_of(found.lines[0], row) == 1
    assert Selection(place="hamnen").share_of(found.lines[1], found.lines[1].rows[0]) is None


def test_a_share_of_distinct_values_is_not_split() -> None:
    project = make(plan(commitment("{alla: 3, räknar: {unika: butik}}")), rows("2026-03-01;a", "datum;uppgifter.butik"))
    found = line(project, "2026-06-30")
    assert Selection(party="kommunen").share_of(found, found.rows[0]) is None


def test_an_unstarted_plan_expects_nothing() -> None:
    (row,) = line(make(plan(commitment("{minst: 1, varje: vecka}"), period="2026-H2")), "2026-01-01").rows
    assert (row.expected, row.status) == (Fraction(0), Status.NOT_STARTED)
    (plain,) = line(make(plan(commitment("{minst: 4}"), period="2026-H2")), "2026-01-01").rows
    assert (plain.expected, plain.pace) == (Fraction(0), None)


def test_a_wholly_paused_commitment_expects_nothing_until_its_end() -> None:
    made = plan(commitment("{minst: 4}", "pauser: [{från: 2026-01-01, till: 2026-01-31}]"), period="2026-01")
    assert [line(make(made), day).rows[0].expected for day in ("2026-01-30", "2026-01-31")] == [0, 4]


def test_a_period_covering_the_commitment_is_the_whole() -> None:
    found = line(make(plan(commitment("{minst: 4}", "period: 2026-K1"))), "2026-02-01", "2026")
    assert found.matter.whole and found.matter.scope == Period(found.commitment.span.first, found.commitment.span.last)


def test_a_missing_report_is_named() -> None:
    found = line(make(plan(commitment("{minst: 6}", "uppföljning: {rapporteras: månad}"))), "2026-02-28")
    assert [duty.about.first.month for duty in found.missing] == [1]


def test_a_form_that_cannot_be_read_whole_leaves_its_lost_answers_out() -> None:
    broken = FORM.replace("  anmäld: {typ: tidpunkt}\n", "  anmäld: {typ: tidpnkt}\n")
    target = "{minst: 60 %, räknar: {inom: 48 timmar, av: [anmäld, åtgärdad]}}"
    series = rows("2026-05-12;2026-05-12 09:30;2026-05-12 10:00", "datum;uppgifter.anmäld;uppgifter.åtgärdad")
    project = read(
        {"plans/prov-2026.yaml": plan(commitment(target)), "plans/snabbrapporter/prov.yaml": broken, "reports/serie.csv": series}
    )
    assert project.left_out == ("plans/snabbrapporter/prov.yaml",)
    assert line(project, "2026-06-30").rows[0].outcome.value is None


def test_a_part_of_the_time_in_which_no_sub_period_ends_asks_for_nothing_yet() -> None:
    made = plan(commitment("{minst: 1, varje: termin}", "uppföljning: {rapporteras: månad}"))
    (row,) = line(make(made, rows("2026-03-01")), "2026-06-30", "2026-T1").rows
    assert (row.outcome.value, row.status) == (None, Status.TOO_EARLY)
    (later,) = line(make(made, rows("2026-03-01")), "2026-09-30", "2026-T2").rows
    assert later.whole == 2
