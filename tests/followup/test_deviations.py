"""What did not go as planned: which occasions and steps, in what order, with what reason, what became of it, what is open."""

from __future__ import annotations

from datetime import date

import pytest

from tests.projects import commitment, line, make, plan, rows, table
from uppfoljning.domain.period import Period
from uppfoljning.followup.deviations import Departure, Deviations, departures_of, deviations_of, reasons_of
from uppfoljning.project.load import CheckedProject

COLUMNS = "datum;läge;flyttad_till;avvikelser.vad;avvikelser.skäl;inlämnad"
STEPS = (
    "moment:",
    "  - {id: kallelse, titel: Kalla, ansvarig: värd, senast: 2026-01-20}",
    "  - {id: samling, titel: Samlas, ansvarig: värd, varje: tillfälle}",
)
JOINT = "datum: 2026-05-07\nstart: 19:15\nplats: torget\n"
CHANGED = "avvikelser:\n  - vad: Kortare\n    skäl: väder\n"
AMENDED = (
    "ändringar:",
    "  - {datum: 2026-05-12, vad: mål, före: minst 30, efter: minst 24, skäl: resurser, varför: En bil, beslut: styrgruppen}",
)


def found(project: CheckedProject, day: str = "2026-12-31", period: str = "") -> Deviations:
    return deviations_of(table(project, day, period))


def listed(project: CheckedProject, day: str = "2026-12-31", period: str = "") -> list[tuple[str, str]]:
    return [(one.kind, one.when.first.isoformat()) for one in found(project, day, period).departures]


def the_one(project: CheckedProject, day: str = "2026-12-31") -> Departure:
    (departure,) = departures_of(line(project, day).matter)
    return departure


def sequel(project: CheckedProject, day: str = "2026-12-31") -> tuple[str, str] | None:
    first = departures_of(line(project, day).matter)[0].sequel
    return first and (first.fate, str(first.days and first.days.first))


# Occasions


def test_one_list_in_order_of_date_over_all_commitments() -> None:
    series = rows(
        """\
        2026-05-02;inställd;;Ingen;väder;
        2026-03-01;;;Kortare;resurser;
        2026-03-02;;;;;
        2026-04-01;flyttad;2026-04-20;Sjuk;resurser;
        2026-04-20;;;;;
        """,
        COLUMNS,
    )
    series += "prov-2026;annat;2026-04-10;inställd;;Ingen;samverkan;\n"
    project = make(plan(commitment("{minst: 6}"), commitment("{minst: 24}", *AMENDED, id="annat")), series)
    assert listed(project) == [
        ("ändrad", "2026-03-01"),
        ("flyttad", "2026-04-01"),
        ("inställd", "2026-04-10"),
        ("inställd", "2026-05-02"),
        ("plan", "2026-05-12"),
    ]
    both = found(project)
    assert [(one.commitment.id, counts[:4]) for one, counts in both.occasions] == [("lov", (2, 1, 1, 1)), ("annat", (0, 0, 1, 0))]
    assert both.total == (2, 1, 2, 1, (("resurser", 3), ("samverkan", 1), ("väder", 1)))
    assert (both.made_up, both.open, both.in_totals) == (1, 0, 0)
    assert [(one.file, one.row) for one in both.departures][:2] == [("reports/serie.csv", 3), ("reports/serie.csv", 5)]
    assert (both.departures[-1].file, both.departures[-1].row) == ("plans/prov-2026.yaml", None)
    assert (both.departures[-1].reason, both.departures[-1].why) == ("resurser", "En bil")


def test_each_deviation_of_a_report_has_a_row_but_the_occasion_counts_once() -> None:
    project = make(plan(commitment("{minst: 6}")), reports={"a": "datum: 2026-03-01\n" + CHANGED + "  - vad: Färre\n"})
    both = found(project)
    assert [one.deviation and one.deviation.what for one in both.departures] == ["Kortare", "Färre"]
    assert [one.row for one in both.departures] == [None, None]
    assert both.total[:4] == (0, 1, 0, 0)
    assert [(one.reason, one.number) for one in both.reasons] == [("väder", 1), ("", 1)]


def test_what_a_total_tells_is_in_the_list_and_other_totals_are_only_mentioned() -> None:
    reports = {
        "a": "period: 2026-01\nantal: 4\ninlämnad: 2026-02-03\n",
        "b": "period: 2026-02\nantal: 4\ninlämnad: 2026-03-03\n" + CHANGED,
    }
    project = make(plan(commitment("{minst: 6}")), reports=reports)
    assert (the_one(project).kind, the_one(project).when) == ("ändrad", Period(date(2026, 2, 1), date(2026, 2, 28)))
    assert found(project).in_totals == 1


def test_a_zero_report_is_a_departure_only_when_it_says_so() -> None:
    reports = {
        "a": "period: 2026-01\nläge: nollrapport\ninlämnad: 2026-02-03\n",
        "b": "period: 2026-02\nläge: nollrapport\ninlämnad: 2026-03-03\n" + CHANGED,
    }
    project = make(plan(commitment("{minst: 6}")), reports=reports)
    assert listed(project) == [("nollrapport", "2026-02-01")]
    assert found(project).total[:4] == (0, 0, 0, 0)


def test_a_corrected_report_never_appears() -> None:
    reports = {
        "a": "datum: 2026-03-01\ninlämnad: 2026-03-01\n" + CHANGED,
        "b": "datum: 2026-03-01\ninlämnad: 2026-03-09\nersätter: a\n",
    }
    project = make(plan(commitment("{minst: 6}")), reports=reports)
    assert [listed(project, day) for day in ("2026-03-08", "2026-03-09")] == [[("ändrad", "2026-03-01")], []]


def test_the_day_and_the_period_limit_the_list() -> None:
    series = rows("2026-03-01;;;Kortare;väder;2026-03-05\n2026-06-01;;;Kortare;väder;2026-06-02", COLUMNS)
    project = make(plan(commitment("{minst: 24}", *AMENDED)), series)
    assert listed(project, "2026-03-04") == []
    assert listed(project, "2026-03-05") == [("ändrad", "2026-03-01")]
    assert [kind for kind, _ in listed(project, "2026-05-11")] == ["ändrad"]
    assert [kind for kind, _ in listed(project, "2026-05-12")] == ["ändrad", "plan"]
    assert listed(project, period="2026-K1") == [("ändrad", "2026-03-01")]
    assert listed(project, period="2026-05") == [("plan", "2026-05-12")]
    assert found(project, period="2026-05").reasons[0].kinds == (("plan", 1),)


def test_a_plan_changed_before_the_commitment_begins_is_told() -> None:
    project = make(plan(commitment("{minst: 24}", "period: 2026-H2", *AMENDED)))
    assert listed(project) == [("plan", "2026-05-12")]


# Joint occasions


@pytest.mark.parametrize(
    ("first", "second", "file"),
    [(CHANGED, CHANGED, "a"), (CHANGED, "", "a"), ("", CHANGED, "b")],
    ids=["both", "the one that counts", "the other"],
)
def test_a_joint_occasion_appears_once_whoever_tells(first: str, second: str, file: str) -> None:
    reports = {
        "a": JOINT + "parter: [kommunen]\ninlämnad: 2026-05-08\n" + first,
        "b": JOINT + "parter: [klubben]\ninlämnad: 2026-05-10\n" + second,
    }
    project = make(plan(commitment("{minst: 6}", parties="[kommunen, klubben]")), reports=reports)
    assert the_one(project).file == f"reports/{file}.yaml"
    assert found(project).total[:4] == (0, 1, 0, 0)


@pytest.mark.parametrize(
    ("first", "second", "undone"),
    [("nej", "ja", ["a"]), ("ja", "nej", []), ("", "nej", ["b"]), ("nej", "nej", ["a"])],
)
def test_of_a_joint_occasion_the_first_answer_about_a_step_is_heard(first: str, second: str, undone: list[str]) -> None:
    def report(party: str, day: int, answer: str) -> str:
        said = f"moment: {{samling: {answer}}}\n" if answer else ""
        return f"{JOINT}parter: [{party}]\ninlämnad: 2026-05-{day:02}\n{said}"

    made = plan(commitment("{minst: 6}", STEPS[0], STEPS[2], parties="[kommunen, klubben]"))
    project = make(made, reports={"a": report("kommunen", 8, first), "b": report("klubben", 10, second)})
    assert [one.file for one in found(project).departures] == [f"reports/{name}.yaml" for name in undone]


# Steps


@pytest.mark.parametrize(
    ("answer", "deviation", "kinds"),
    [
        ("nej", "", ["moment"]),
        ("ja", "", []),
        ("ej aktuellt", "", []),
        ("nej", "avvikelser:\n  - {moment: samling, vad: Ingen samling}\n", ["ändrad"]),
        ("nej", "avvikelser:\n  - {vad: Kortare}\n", ["ändrad", "moment"]),
    ],
    ids=["undone", "done", "not applicable", "explained", "something else explained"],
)
def test_a_step_answered_no_without_a_deviation_of_its_own(answer: str, deviation: str, kinds: list[str]) -> None:
    report = f"datum: 2026-03-01\nmoment: {{samling: {answer}}}\n"
    called = "datum: 2026-01-20\nmoment: {kallelse: ja, samling: ja}\n"
    project = make(plan(commitment("{minst: 6}", *STEPS)), reports={"a": report + deviation, "b": called})
    assert [kind for kind, _ in listed(project)] == kinds


def test_an_undone_step_knows_its_step_and_has_no_reason() -> None:
    project = make(plan(commitment("{minst: 6}", STEPS[0], STEPS[2])), rows("2026-03-01;nej", "datum;moment.samling"))
    one = the_one(project)
    assert one.part is not None
    assert (one.part.id, one.reason, one.why, one.sequel, one.row) == ("samling", "", "", None, 2)


def test_a_cancelled_occasion_and_a_total_do_not_answer_for_steps() -> None:
    reports = {
        "a": "datum: 2026-03-01\nläge: inställd\nmoment: {samling: nej}\n" + CHANGED,
        "b": "period: 2026-05\nantal: 20\nmoment: {samling: 0}\ninlämnad: 2026-06-02\n",
    }
    project = make(plan(commitment("{minst: 6}", STEPS[0], STEPS[2])), reports=reports)
    assert listed(project) == [("inställd", "2026-03-01")]


def test_a_once_only_step_past_its_day() -> None:
    done = rows("2026-01-22;ja", "datum;moment.kallelse")
    late, never = make(plan(commitment("{minst: 6}", *STEPS)), done), make(plan(commitment("{minst: 6}", *STEPS)))
    assert listed(never, "2026-01-20") == []
    assert listed(never, "2026-01-21") == [("moment", "2026-01-20")]
    assert sequel(never) == ("ingen rapport", "None")
    assert sequel(late, "2026-01-21") == ("ingen rapport", "None")
    assert sequel(late) == ("gjort", "2026-01-22")
    assert listed(late, period="2026-02") == []
    assert listed(late, period="2026-01") == [("moment", "2026-01-20")]
    in_time = make(plan(commitment("{minst: 6}", *STEPS)), done.replace("01-22", "01-20"))
    assert listed(in_time) == []


def test_a_once_only_step_with_a_deviation_of_its_own_is_told_there_with_what_became_of_it() -> None:
    report = "datum: 2026-01-25\nmoment: {kallelse: ja}\navvikelser:\n  - {moment: kallelse, vad: Sent, skäl: resurser}\n"
    project = make(plan(commitment("{minst: 6}", *STEPS)), reports={"a": report})
    assert listed(project) == [("ändrad", "2026-01-25")]
    assert sequel(project) == ("gjort", "2026-01-25")
    part = the_one(project).part
    assert part is not None and part.id == "kallelse"


# Moved occasions


def moved(to: str, more: dict[str, str] | None = None) -> CheckedProject:
    reports = {"a": f"datum: 2026-03-01\nläge: flyttad\nflyttad_till: {to}\n{CHANGED}", **(more or {})}
    return make(plan(commitment("{minst: 6}")), reports=reports)


@pytest.mark.parametrize(
    ("to", "report", "day", "expected"),
    [
        ("2026-03-20", "", "2026-03-20", ("väntas", "2026-03-20")),
        ("2026-03-20", "", "2026-03-21", ("ingen rapport", "2026-03-20")),
        ("2026-03-20", "datum: 2026-03-20\n", "2026-03-20", ("genomförd", "2026-03-20")),
        ("2026-03-20", "datum: 2026-03-20\ninlämnad: 2026-03-25\n", "2026-03-24", ("ingen rapport", "2026-03-20")),
        ("2026-03-20", "datum: 2026-03-20\nläge: inställd\n" + CHANGED, "2026-04-01", ("inställd", "2026-03-20")),
        (
            "2026-03-20",
            "datum: 2026-03-20\nläge: flyttad\nflyttad_till: 2026-04-20\n" + CHANGED,
            "2026-04-01",
            ("flyttad", "2026-03-20"),
        ),
        ("2026-03-20", "period: 2026-03\nantal: 4\ninlämnad: 2026-04-01\n", "2026-04-01", ("framgår inte", "2026-03-20")),
        ("2026-04", "datum: 2026-04-20\n", "2026-04-30", ("framgår inte", "2026-04-01")),
        ("2026-04", "", "2026-04-30", ("väntas", "2026-04-01")),
        ("2026-04", "", "2026-05-01", ("ingen rapport", "2026-04-01")),
        ("HT2026", "", "2026-05-01", ("väntas", "2026-08-17")),
    ],
)
def test_what_became_of_a_moved_occasion(to: str, report: str, day: str, expected: tuple[str, str]) -> None:
    assert sequel(moved(to, {"b": report} if report else None), day) == expected


def test_a_move_to_a_term_that_no_plan_dates_is_left_open() -> None:
    project = moved("HT2026")
    matter = line(project, "2026-12-31").matter._replace(terms={})
    assert [one.sequel for one in departures_of(matter)] == [None]


def test_only_moves_that_were_made_up_for_count_as_such() -> None:
    assert found(moved("2026-03-20", {"b": "datum: 2026-03-20\n"})).made_up == 1
    assert found(moved("2026-03-20")).made_up == 0


# Reasons


def test_reasons_most_first_each_row_once_and_the_unstated_last_among_equals() -> None:
    reasons = ("väder", "", "annat", "", "resurser", "resurser", "resurser")
    series = rows("2026-03-09;inställd;;X;väder;", COLUMNS)
    series += "".join(f"prov-2026;lov;2026-03-{day:02};;;X;{reason};\n" for day, reason in enumerate(reasons, 1))
    both = found(make(plan(commitment("{minst: 6}")), series))
    assert both.reasons == tuple(reasons_of(list(both.departures)))
    assert [(one.reason, one.number, one.kinds) for one in both.reasons] == [
        ("resurser", 3, (("ändrad", 3),)),
        ("väder", 2, (("ändrad", 1), ("inställd", 1))),
        ("", 2, (("ändrad", 2),)),
        ("annat", 1, (("ändrad", 1),)),
    ]
    assert sum(one.number for one in both.reasons) == len(both.departures)
    assert both.occasions[0][1].reasons == (("resurser", 3), ("väder", 2), ("annat", 1))


# Observations


def test_open_observations_by_who_is_to_act() -> None:
    first = """\
        datum: 2026-03-01
        iakttagelser:
          - {text: Mörkt, ansvarig: handläggare}
          - {text: Skräp}
          - {text: Lagat, ansvarig: värd, klart: 2026-03-20}
        """
    second = "datum: 2026-02-01\niakttagelser: [{text: Rop, ansvarig: kommunen}, {text: Bråk, ansvarig: handläggare}]\n"
    project = make(plan(commitment("{minst: 6}")), reports={"a": first, "b": second})

    def seen(day: str, period: str = "") -> list[tuple[str, list[str]]]:
        return [(who, [one.observation.text for one in group]) for who, group in found(project, day, period).observations]

    late = [("handläggare", ["Bråk", "Mörkt"]), ("kommunen", ["Rop"]), ("", ["Skräp"])]
    assert seen("2026-03-20") == late
    assert seen("2026-03-19") == [("värd", ["Lagat"]), *late]
    assert seen("2026-12-31", "2026-03") == [("handläggare", ["Mörkt"]), ("", ["Skräp"])]
    assert found(project).open == 4
    (one, *_) = found(project).observations[0][1]
    assert (one.file, one.row) == ("reports/b.yaml", None)


def test_what_both_parties_of_a_joint_occasion_saw_is_told_once() -> None:
    reports = {
        "a": JOINT + "parter: [kommunen]\niakttagelser: [{text: Mörkt i tunneln}, {text: Skräp}]\ninlämnad: 2026-05-08\n",
        "b": JOINT + "parter: [klubben]\niakttagelser: [{text: mörkt  i tunneln}, {text: Bråk}]\ninlämnad: 2026-05-10\n",
        "c": "datum: 2026-05-09\niakttagelser: [{text: Mörkt i tunneln}]\n",
    }
    project = make(plan(commitment("{minst: 6}", parties="[kommunen, klubben]")), reports=reports)
    ((_, group),) = found(project).observations
    assert [one.observation.text for one in group] == ["Mörkt i tunneln", "Skräp", "Bråk", "Mörkt i tunneln"]
