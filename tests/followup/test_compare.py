"""Two moments compared: what is the same report, what a difference comes from, and that its parts add up to it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.projects import FORM, commitment, make, plan, read, rows
from uppfoljning.domain.number import Number
from uppfoljning.domain.period import Period
from uppfoljning.followup.compare import OUTCOME, WHOLE_TARGET, CommitmentDiff, PlanDiff, TargetDiff, compare
from uppfoljning.followup.diff_snapshots import side_of
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Selection
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject

DAY = "2026-06-30"
LOV = commitment("{minst: 12, enhet: turer}")
PLAN = plan(LOV)
BASE = {
    "a": "datum: 2026-03-01\ninlämnad: 2026-03-02\n",
    "b": "datum: 2026-03-08\ninlämnad: 2026-03-09\n",
    "c": "datum: 2026-03-15\ninlämnad: 2026-03-16\n",
}
NEW = "datum: 2026-05-01\ninlämnad: 2026-05-02\n"
REMOVED, PLANNED, CORRECTED, LATE, WORK = range(5)


def differing(
    before: CheckedProject,
    after: CheckedProject,
    day: str = DAY,
    later: str = "",
    selection: Selection | None = None,
    period: Period | None = None,
) -> list[PlanDiff]:
    first, last = (View(date.fromisoformat(text), period) for text in (day, later or day))
    names = dict.fromkeys([*after.plans, *before.plans])
    return compare(side_of(before, first), side_of(after, last), names, selection or Selection())


def lov(before: CheckedProject, after: CheckedProject, day: str = DAY, later: str = "") -> CommitmentDiff:
    (found,) = differing(before, after, day, later)
    return next(one for one in found.commitments if one.line.commitment.id == "lov")


def outcome(one: CommitmentDiff) -> tuple[Number | None, Number | None, tuple[Number, ...]]:
    """Before, after and the five parts of the first target's outcome."""
    figure = one.targets[0].figure(OUTCOME)
    assert sum(figure.parts) == figure.change
    return figure.before, figure.after, figure.parts


def ids(one: CommitmentDiff) -> dict[str, list[str]]:
    """The reports that are not as they were, by kind."""
    return {kind: [entry.id for entry in entries] for kind, entries in one.reports._asdict().items() if entries}


# What is the same


def test_the_same_moment_does_not_differ() -> None:
    project = make(PLAN, reports=BASE)
    assert differing(project, project) == []
    assert differing(project, make(PLAN, reports=BASE)) == []


def test_a_report_is_the_same_whatever_its_place() -> None:
    renamed = {f"2026/mars/{name}": text for name, text in BASE.items()}
    assert differing(make(PLAN, reports=BASE), make(PLAN, reports=renamed)) == []
    as_rows = rows("2026-03-15;2026-03-16\n2026-03-01;2026-03-02\n2026-03-08;2026-03-09", "datum;inlämnad")
    assert differing(make(PLAN, reports=BASE), make(PLAN, as_rows)) == []
    named = {name: f"{text}åtagande: prov-2026/lov\n" for name, text in BASE.items()}
    assert differing(make(PLAN, reports=BASE), make(PLAN, reports=named)) == []


def test_a_row_put_in_first_moves_the_others_and_is_alone_new() -> None:
    old, new = (rows(text, "datum;inlämnad") for text in ("2026-03-01;\n2026-03-08;", "2026-02-01;\n2026-03-01;\n2026-03-08;"))
    one = lov(make(PLAN, old), make(PLAN, new))
    assert (ids(one), outcome(one)) == ({"new": ["serie#1"]}, (2, 3, (0, 0, 0, 0, 1)))


def test_a_row_taken_away_first_is_alone_removed() -> None:
    old, new = (rows(text, "datum;inlämnad") for text in ("2026-03-01;\n2026-03-08;\n2026-03-15;", "2026-03-08;\n2026-03-15;"))
    one = lov(make(PLAN, old), make(PLAN, new))
    assert (ids(one), outcome(one)) == ({"removed": ["serie#1"]}, (3, 2, (-1, 0, 0, 0, 0)))


def test_equal_reports_are_paired_one_by_one() -> None:
    old = rows("2026-03-01\n2026-03-01\n2026-03-01")
    one = lov(make(PLAN, old), make(PLAN, rows("2026-03-01\n2026-03-01")))
    assert (ids(one), outcome(one)) == ({"removed": ["serie#3"]}, (3, 2, (-1, 0, 0, 0, 0)))


# What a difference comes from


def test_every_kind_at_once() -> None:
    """13 walks become 19: one is removed, the plan asks less, one is corrected away, two come late, six are new."""
    old = {f"r{at:02}": f"datum: 2026-03-{at:02}\ninlämnad: 2026-03-{at:02}\n" for at in range(1, 14)}
    new = dict(old)
    del new["r01"]
    new["r02"] = old["r02"] + "läge: inställd\navvikelser: [{vad: Ingen, skäl: väder}]\n"
    new |= {f"s{at}": f"datum: 2026-04-0{at}\ninlämnad: 2026-05-10\n" for at in (1, 2)}
    new |= {f"n{at}": f"datum: 2026-05-0{at}\ninlämnad: 2026-05-09\n" for at in range(3, 9)}
    lowered = plan(commitment("{minst: 8, enhet: turer}"))
    one = lov(make(PLAN, reports=old), make(lowered, reports=new), "2026-04-30", "2026-06-30")
    assert outcome(one) == (13, 19, (-1, 0, -1, 2, 6))
    whole = one.targets[0].figure(WHOLE_TARGET)
    assert (whole.before, whole.after, whole.parts) == (12, 8, (0, -4, 0, 0, 0))
    assert {kind: len(found) for kind, found in ids(one).items()} == {"removed": 1, "corrected": 1, "late": 2, "new": 6}
    expected = one.targets[0].figures[2]
    assert expected.parts == (0, Fraction(-4 * 120, 365), 0, 0, Fraction(8 * 61, 365))
    assert expected.change == Fraction(8 * 181, 365) - Fraction(12 * 120, 365)


@pytest.mark.parametrize(("handed_in", "kind"), [("2026-05-08", "new"), ("2026-05-09", "late")])
def test_on_one_day_late_is_after_the_days_of_grace(handed_in: str, kind: str) -> None:
    one = lov(make(PLAN, reports=BASE), make(PLAN, reports={**BASE, "d": f"datum: 2026-05-01\ninlämnad: {handed_in}\n"}))
    assert ids(one) == {kind: ["d"]}
    assert outcome(one)[2] == ((0, 0, 0, 0, 1) if kind == "new" else (0, 0, 0, 1, 0))


@pytest.mark.parametrize(("day", "kind"), [("2026-04-30", "late"), ("2026-05-01", "new")])
def test_between_two_days_late_is_about_days_that_had_been(day: str, kind: str) -> None:
    project = make(PLAN, reports={**BASE, "d": f"datum: {day}\ninlämnad: 2026-05-02\n"})
    one = lov(project, project, "2026-04-30", "2026-06-30")
    assert ids(one) == {kind: ["d"]}
    assert outcome(one)[2] == ((0, 0, 0, 1, 0) if kind == "late" else (0, 0, 0, 0, 1))


def test_what_neither_day_sees_is_not_told() -> None:
    later = {"d": "datum: 2026-07-01\ninlämnad: 2026-07-02\n"}
    assert differing(make(PLAN, reports=BASE), make(PLAN, reports={**BASE, **later})) == []


def test_a_correction_that_comes_afterwards() -> None:
    reports = {"a": "period: 2026-03\nantal: 5\ninlämnad: 2026-04-02\n"}
    fixed = {**reports, "b": "period: 2026-03\nantal: 3\ninlämnad: 2026-05-20\nersätter: a\n"}
    once_more = {**fixed, "c": "period: 2026-03\nantal: 4\ninlämnad: 2026-05-21\nersätter: b\n"}
    one = lov(make(PLAN, reports=reports), make(PLAN, reports=fixed), "2026-04-30", "2026-06-30")
    assert (ids(one), outcome(one)) == ({"corrected": ["b"]}, (5, 3, (0, 0, -2, 0, 0)))
    one = lov(make(PLAN, reports=reports), make(PLAN, reports=once_more), "2026-04-30", "2026-06-30")
    assert (ids(one), outcome(one)) == ({"corrected": ["b", "c"]}, (5, 4, (0, 0, -1, 0, 0)))


def test_a_correction_of_what_is_new_itself_is_new() -> None:
    after = {**BASE, "d": NEW, "e": "datum: 2026-05-02\ninlämnad: 2026-05-03\nersätter: d\n"}
    one = lov(make(PLAN, reports=BASE), make(PLAN, reports=after))
    assert (ids(one), outcome(one)) == ({"new": ["d", "e"]}, (3, 4, (0, 0, 0, 0, 1)))


def test_a_correction_to_a_later_day_takes_away_here_and_gives_there() -> None:
    """A report of March was about May; at the end of April the work had not been done."""
    wrong = {**BASE, "d": "datum: 2026-03-20\ninlämnad: 2026-03-21\nersätter: c\n"}
    after = {**wrong, "e": "datum: 2026-05-20\ninlämnad: 2026-05-21\nersätter: d\n"}
    one = lov(make(PLAN, reports=wrong), make(PLAN, reports=after), "2026-04-30", "2026-06-30")
    assert (ids(one), outcome(one)) == ({"corrected": ["e"]}, (3, 3, (0, 0, -1, 0, 1)))
    assert one.targets[0].differs


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("period: 2026-03\nantal: 7\ninlämnad: 2026-04-01\n", (5, 7, (0, 0, 2, 0, 0))),
        ("period: 2026-03\nantal: 7\ninlämnad: 2026-05-15\n", (5, 7, (0, 0, 2, 0, 0))),
        ("period: 2026-03\nantal: 7\ninlämnad: 2026-07-15\n", (5, None, (0, 0, -5, 0, 0))),
        ("period: 2026-05\nantal: 7\ninlämnad: 2026-06-01\n", (5, 7, (0, 0, -5, 0, 7))),
    ],
    ids=["figure", "handed in between", "handed in later", "other days"],
)
def test_an_edited_file_is_a_correction(now: str, expected: object) -> None:
    before = make(PLAN, reports={"a": "period: 2026-03\nantal: 5\ninlämnad: 2026-04-01\n"})
    one = lov(before, make(PLAN, reports={"a": now}), "2026-04-30", "2026-06-30")
    assert (ids(one), outcome(one)) == ({"corrected": ["a"]}, expected)


def test_an_edited_row_is_a_correction() -> None:
    old, new = (rows(f"2026-03-01;{first}\n2026-03-08;2", "datum;uppgifter.samtal") for first in (4, 9))
    target = plan(commitment("{minst: 12, räknar: samtal}"))
    one = lov(make(target, old), make(target, new))
    assert (ids(one), outcome(one)) == ({"corrected": ["serie#1"]}, (6, 11, (0, 0, 5, 0, 0)))


def test_a_report_edited_to_another_commitment_is_told_at_both() -> None:
    two = plan(LOV, commitment("{minst: 3}", id="annat"))
    moved = {**BASE, "a": BASE["a"] + "åtagande: annat\n"}
    (found,) = differing(make(two, reports=BASE), make(two, reports=moved))
    here, there = found.commitments
    assert (ids(here), outcome(here)) == ({"corrected": ["a"]}, (3, 2, (0, 0, -1, 0, 0)))
    assert (ids(there), outcome(there)) == ({"corrected": ["a"]}, (None, 1, (0, 0, 1, 0, 0)))


def test_the_other_report_of_a_joint_occasion_changes_no_figure_but_is_told() -> None:
    joint = "datum: 2026-05-07\nstart: 19:15\nplats: torget\nparter: [{}]\n"
    both = plan(commitment("{minst: 12}", parties="[kommunen, polisen]"))
    one_report = {"a": joint.format("kommunen")}
    one = lov(make(both, reports=one_report), make(both, reports={**one_report, "b": joint.format("polisen")}))
    assert (ids(one), outcome(one)) == ({"new": ["b"]}, (1, 1, (0, 0, 0, 0, 0)))
    assert not one.targets[0].differs
    assert one.differs


def test_unknown_counts_as_nothing_but_stays_unknown() -> None:
    one = lov(make(PLAN), make(PLAN, reports={"d": NEW}))
    assert outcome(one) == (None, 1, (0, 0, 0, 0, 1))
    zero = make(PLAN, reports={"d": "period: 2026-05\nläge: nollrapport\ninlämnad: 2026-06-02\n"})
    assert outcome(lov(make(PLAN), zero)) == (None, 0, (0, 0, 0, 0, 0))


def test_a_figure_that_is_no_longer_sure_differs() -> None:
    reports = [{"a": f"period: 2026-03\nantal: {said}\ninlämnad: 2026-04-01\n"} for said in ("5", "ca 5")]
    one = lov(make(PLAN, reports=reports[0]), make(PLAN, reports=reports[1]))
    assert (one.targets[0].figure(OUTCOME).differs, one.targets[0].figure(OUTCOME).certainty) == (True, ("", "ca"))


def test_what_outweighs_is_told() -> None:
    after = {"a": BASE["a"], "b": BASE["b"], "d": NEW}
    one = lov(make(PLAN, reports=BASE), make(PLAN, reports=after))
    assert (ids(one), outcome(one)) == ({"removed": ["c"], "new": ["d"]}, (3, 3, (-1, 0, 0, 0, 1)))


def test_time_alone_changes_what_is_expected() -> None:
    project = make(PLAN, reports=BASE)
    one = lov(project, project, "2026-04-30", "2026-06-30")
    assert (ids(one), outcome(one)) == ({}, (3, 3, (0, 0, 0, 0, 0)))
    assert one.targets[0].figures[2].parts == (0, 0, 0, 0, Fraction(12 * 61, 365))


# The plan


def changed(before: str, after: str, **reports: str) -> CommitmentDiff:
    kept = reports or BASE
    return lov(make(before, reports=kept), make(after, reports=kept))


AMENDED = (
    "ändringar:",
    "  - {datum: 2026-04-01, vad: mål, före: minst 12, efter: minst 9, skäl: samverkan}",
    "  - {datum: 2026-05-01, vad: mål, före: minst 9, efter: minst 6, skäl: resurser}",
)


def test_the_entries_that_the_earlier_plan_lacks_give_the_reason() -> None:
    once = plan(commitment("{minst: 9, enhet: turer}", *AMENDED[:2]))
    twice = plan(commitment("{minst: 6, enhet: turer}", *AMENDED))
    both = ["samverkan", "resurser"]
    for before, after, reasons in ((PLAN, once, both[:1]), (once, twice, both[1:]), (PLAN, twice, both)):
        (change,) = changed(before, after).changes
        assert ([entry.reason for entry in change.amendments], change.unexplained) == (reasons, False)


def test_a_reason_that_comes_later_is_told_by_itself() -> None:
    silent = plan(commitment("{minst: 9, enhet: turer}"))
    (change,) = changed(silent, plan(commitment("{minst: 9, enhet: turer}", *AMENDED[:2]))).changes
    assert (change.change.what, change.change.after, change.unexplained) == ("ändringar", "mål: minst 12 → minst 9", False)
    assert [entry.reason for entry in change.amendments] == ["samverkan"]


def test_a_change_without_an_entry_is_unexplained() -> None:
    (change,) = changed(PLAN, plan(commitment("{minst: 6, enhet: turer}"))).changes
    assert (change.change.what, change.amendments, change.unexplained) == ("mål", (), True)
    (change,) = changed(PLAN, PLAN.replace("Löftet", "Löftet igen")).changes
    assert (change.change.what, change.unexplained) == ("titel", False)


def test_targets_are_paired_by_id() -> None:
    two = plan(commitment("[{id: turer, minst: 4}, {id: folk, minst: 40, räknar: samtal}]"))
    other = plan(commitment("[{id: folk, minst: 30, räknar: samtal}, {id: kvällar, minst: 2}]"))
    targets = {one.target.id: one for one in changed(two, other).targets}
    assert list(targets) == ["folk", "kvällar", "turer"]
    assert [bool(one.before) and bool(one.after) for one in targets.values()] == [True, False, False]
    assert targets["kvällar"].figure(OUTCOME).parts == (0, 3, 0, 0, 0)
    assert targets["turer"].figure(OUTCOME).parts == (0, -3, 0, 0, 0)
    assert targets["turer"].differs


def test_a_dropped_commitment_whose_reports_are_removed_too() -> None:
    two = plan(LOV, commitment("{minst: 3}", id="annat"))
    reports = {**BASE, "x": "datum: 2026-03-01\nåtagande: annat\n"}
    (found,) = differing(make(two, reports=reports), make(PLAN, reports=BASE))
    (one,) = found.commitments
    assert (one.dropped, one.after, one.line.commitment.id, found.total) == (True, None, "annat", 2)
    assert (ids(one), outcome(one)) == ({"removed": ["x"]}, (1, None, (-1, 0, 0, 0, 0)))


def test_a_dropped_commitment_takes_its_reports_with_it() -> None:
    """The reports are still there, but speak of a promise that is not: it is the plan that took them out."""
    two = plan(LOV, commitment("{minst: 3}", id="annat"))
    reports = {**BASE, "x": "datum: 2026-03-01\nåtagande: annat\n"}
    before = make(two, reports=reports)
    files = {f"reports/{name}.yaml": f"plan: prov-2026\n{text}" for name, text in {"x": reports["x"]}.items()}
    kept = {f"reports/{name}.yaml": f"plan: prov-2026\nåtagande: lov\n{text}" for name, text in BASE.items()}
    after = read({"plans/prov-2026.yaml": PLAN, "plans/snabbrapporter/prov.yaml": FORM, **files, **kept})
    (found,) = differing(before, after)
    (one,) = found.commitments
    assert (ids(one), outcome(one)) == ({"left_out": ["x"]}, (1, None, (0, -1, 0, 0, 0)))


def test_a_new_commitment() -> None:
    (found,) = differing(make(PLAN, reports=BASE), make(plan(LOV, commitment("{minst: 3}", id="annat")), reports=BASE))
    (one,) = found.commitments
    whole = one.targets[0].figure(WHOLE_TARGET)
    assert (one.before, one.dropped, whole.before, whole.parts) == (None, False, None, (0, 3, 0, 0, 0))


def test_a_changed_form_reads_the_reports_anew() -> None:
    target = plan(commitment("{minst: 12, räknar: samtal}"))
    report = {"reports/a.yaml": "plan: prov-2026\nåtagande: lov\ndatum: 2026-03-01\nuppgifter: {samtal: 4}\n"}
    edited = {"reports/a.yaml": report["reports/a.yaml"].replace("4", "6")}
    asked = {"plans/prov-2026.yaml": target, "plans/snabbrapporter/prov.yaml": FORM}
    more = asked | {"plans/snabbrapporter/prov.yaml": FORM.replace("km: {typ: tal}", "km: {typ: antal}")}
    assert differing(read(asked | report), read(more | report)) == []
    told = {
        "plans/prov-2026.yaml": plan(commitment("{minst: 12}")),
        "plans/snabbrapporter/prov.yaml": FORM.replace("samtal: {typ: antal}", "samtal: {typ: text}"),
    }
    one = lov(read(asked | report), read(told | edited))
    assert (one.form_changed, outcome(one)) == (True, (4, 1, (0, -3, 0, 0, 0)))


def test_a_changed_term_moves_the_days_of_a_total() -> None:
    reports = {"a": "period: VT2026\nantal: 4\ninlämnad: 2026-06-20\n"}
    later = PLAN.replace("2026-06-12", "2026-06-18")
    (found,) = differing(make(PLAN, reports=reports), make(later, reports=reports), "2026-06-20")
    assert [one.change.what for one in found.changes] == ["terminer"]
    (one,) = found.commitments
    assert outcome(one) == (4, 4, (0, 0, 0, 0, 0))


def test_a_shorter_promise_takes_out_the_reports_of_other_days() -> None:
    files = {f"reports/{name}.yaml": f"plan: prov-2026\nåtagande: lov\n{text}" for name, text in {**BASE, "d": NEW}.items()}
    shorter = plan(commitment("{minst: 12, enhet: turer}", "period: 2026-T1"))
    form = {"plans/snabbrapporter/prov.yaml": FORM}
    one = lov(read({"plans/prov-2026.yaml": PLAN, **form, **files}), read({"plans/prov-2026.yaml": shorter, **form, **files}))
    assert (ids(one), outcome(one)) == ({"left_out": ["d"]}, (4, 3, (0, -1, 0, 0, 0)))


# What cannot be read


def with_files(**files: str) -> CheckedProject:
    return read(
        {"plans/prov-2026.yaml": PLAN, "plans/snabbrapporter/prov.yaml": FORM} | {f"reports/{n}": t for n, t in files.items()}
    )


REPORT = "plan: prov-2026\nåtagande: lov\ndatum: 2026-03-01\n"
SERIES = "plan;åtagande;datum\nprov-2026;lov;2026-03-08\nprov-2026;lov;2026-03-15\n"


def test_a_file_that_breaks_is_left_out_and_not_removed() -> None:
    before, after = with_files(**{"a.yaml": REPORT}), with_files(**{"a.yaml": REPORT.replace("2026-03-01", "[2026")})
    one = lov(before, after)
    assert (ids(one), outcome(one)) == ({"left_out": ["a"]}, (1, None, (-1, 0, 0, 0, 0)))
    one = lov(after, before)
    assert (ids(one), outcome(one)) == ({"corrected": ["a"]}, (None, 1, (0, 0, 1, 0, 0)))


@pytest.mark.parametrize("broken", ["prov-2026;lov;2026-02-30\n", "prov-2026;lov\n"], ids=["no such day", "short row"])
def test_a_row_that_breaks_is_left_out_and_not_removed(broken: str) -> None:
    before = with_files(**{"r.csv": SERIES})
    after = with_files(**{"r.csv": SERIES.replace("prov-2026;lov;2026-03-15\n", broken)})
    one = lov(before, after)
    assert (ids(one), outcome(one)) == ({"left_out": ["r#2"]}, (2, 1, (-1, 0, 0, 0, 0)))
    assert ids(lov(after, before)) == {"corrected": ["r#2"]}


def test_a_row_in_a_clash_is_not_left_out() -> None:
    """Both totals stand although they clash; another report in the place of one of them is a new one."""
    head = "plan;åtagande;period;antal;inlämnad\n"
    clash = ["prov-2026;lov;2026-02;3;2026-03-02\n", "prov-2026;lov;2026-02;4;2026-03-03\n"]
    before = with_files(**{"r.csv": head + "".join(clash)})
    assert before.errors
    after = with_files(**{"r.csv": head + clash[0] + "prov-2026;lov;2026-04;5;2026-05-02\n", "b.csv": head + clash[1]})
    assert ids(lov(before, after)) == {"new": ["r#2"]}


# Plans on one side, and what is chosen


def test_a_plan_that_only_one_side_has() -> None:
    one, none = make(PLAN), read({"plans/snabbrapporter/prov.yaml": FORM})
    (added,) = differing(none, one)
    assert (added.before, added.plan.id, added.total, added.commitments, added.unreadable) == (None, "prov-2026", 1, (), False)
    (removed,) = differing(one, none)
    assert (removed.after, removed.plan.id, removed.total) == (None, "prov-2026", 1)
    assert differing(none, one, selection=Selection(party="polisen")) == []


def test_a_plan_that_one_side_cannot_read() -> None:
    broken = read({"plans/prov-2026.yaml": PLAN.replace("period: 2026", "period: [2026"), "plans/snabbrapporter/prov.yaml": FORM})
    assert [one.unreadable for one in (*differing(make(PLAN), broken), *differing(broken, make(PLAN)))] == [True, True]


def test_only_what_is_chosen() -> None:
    two = plan(LOV, commitment("{minst: 3}", id="annat", parties="[polisen]"))
    reports = {**BASE, "x": "datum: 2026-03-01\nåtagande: annat\n"}
    before, after = make(two), make(two.replace("titel: Prov\n", "titel: Provet\n"), reports=reports)
    (found,) = differing(before, after)
    assert ([one.line.commitment.id for one in found.commitments], len(found.changes), found.total) == (["lov", "annat"], 1, 2)
    (found,) = differing(before, after, selection=Selection(party="polisen"))
    assert ([one.line.commitment.id for one in found.commitments], len(found.changes), found.total) == (["annat"], 0, 1)


def test_a_part_of_the_time() -> None:
    spring = Period(date(2026, 1, 1), date(2026, 4, 30))
    (found,) = differing(make(PLAN), make(PLAN, reports={**BASE, "d": NEW}), period=spring)
    (one,) = found.commitments
    assert (ids(one), outcome(one)) == ({"new": ["a", "b", "c"]}, (None, 3, (0, 0, 0, 0, 3)))
    assert differing(make(PLAN, reports=BASE), make(PLAN, reports={**BASE, "d": NEW}), period=spring) == []
    autumn = plan(LOV, commitment("{minst: 3}", "period: 2026-K4", id="höst"))
    assert differing(make(PLAN), make(autumn), period=spring) == []


def test_a_promise_moved_out_of_the_time_looked_at() -> None:
    spring = Period(date(2026, 1, 1), date(2026, 4, 30))
    both = "[{id: turer, minst: 12}, {id: folk, minst: 40, räknar: samtal}]"
    before, after = plan(commitment("[{id: turer, minst: 12}]")), plan(commitment(both, "period: 2026-K4"))
    (found,) = differing(make(before), make(after), period=spring)
    (one,) = found.commitments
    assert (one.after, one.dropped, len(one.targets)) == (None, False, 1)
    assert one.targets[0].figure(WHOLE_TARGET).parts == (0, -12, 0, 0, 0)


def test_a_judgement_differs() -> None:
    told = "bedömning: 2026-T1\nplan: prov-2026\ndatum: 2026-05-12\nåtaganden:\n  lov: {genomförande: delvis}\n"
    one = lov(make(PLAN), with_files(**{"bedomningar/prov-2026-2026-T1.yaml": told}))
    assert (one.targets[0].differs, str(one.after and one.after.verdict)) == (False, "delvis")
    empty = told.replace(" {genomförande: delvis}", "\n    genomförande:")
    assert differing(make(PLAN), with_files(**{"bedomningar/prov-2026-2026-T1.yaml": empty})) == []


def test_the_status_differs() -> None:
    more = {f"d{at}": f"datum: 2026-06-{at:02}\n" for at in range(1, 11)}
    target: TargetDiff = lov(make(PLAN, reports=BASE), make(PLAN, reports={**BASE, **more})).targets[0]
    assert target.before is not None
    assert target.after is not None
    assert (target.before.status, target.after.status) == (Status.BEHIND, Status.REACHED)
