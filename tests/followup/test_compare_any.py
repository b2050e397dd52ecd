"""Whatever happens to the plan and the reports, every difference is told, its parts add up, and each part has a cause."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.projects import FORM, commitment, plan, read
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.compare import OUTCOME, WHOLE_TARGET, CommitmentDiff, compare
from uppfoljning.followup.diff_snapshots import Side, side_of
from uppfoljning.followup.table import CommitmentFollowUp, Selection, follow_up
from uppfoljning.followup.view import View

NAMES = ("a", "b", "c", "d", "e", "f")
FIRST = date(2026, 2, 1)
DAYS = st.integers(0, 120).map(lambda days: FIRST + timedelta(days=days))
TARGETS = (
    "{minst: 12}",
    "{minst: 8}",
    "{minst: 1, varje: månad}",
    "{minst: 30, räknar: samtal}",
    "{antal: löpande}",
    "{klart: 2026-04-15}",
    "[{id: turer, minst: 4}, {id: folk, minst: 40, räknar: samtal}]",
    "[{id: folk, minst: 20, räknar: samtal}, {id: nivå, minst: 9, räknar: läge, sätt: nivå}]",
    "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}",
    "{minst: 6, villkor: {platser: [torget]}}",
)
MORE = ((), ("uppföljning: {rapporteras: månad, anstånd: 3}",), ("period: 2026-H1",))
OPERATIONS = ("behåll", "behåll", "byt namn", "ta bort", "redigera", "bryt")


class Report(NamedTuple):
    """What a report says, as text, and the file it stands in."""

    name: str
    text: str


@st.composite
def said(draw: st.DrawFn, other: tuple[str, ...]) -> str:
    """One report's text: an occasion, often one that others report too, or a total."""
    day = draw(DAYS)
    handed_in = day + timedelta(days=draw(st.integers(0, 60)))
    lines = [f"åtagande: {draw(st.sampled_from(('lov', 'lov', 'annat')))}"]
    match draw(st.sampled_from(("tillfälle", "gemensamt", "total", "inställd"))):
        case "total":
            month = draw(st.integers(2, 5))
            last = date(2026, month + 1, 1) - timedelta(days=1)
            handed_in = last + timedelta(days=draw(st.integers(0, 40)))
            lines += [f"period: 2026-{month:02}", f"antal: {draw(st.integers(1, 6))}"]
        case "gemensamt":
            party = draw(st.sampled_from(("kommunen", "polisen")))
            lines += ["datum: 2026-03-06", "start: 20:00", "plats: torget", f"parter: [{party}]"]
            handed_in = date(2026, 3, 6) + timedelta(days=draw(st.integers(0, 60)))
        case "inställd":
            lines += [f"datum: {day}", "läge: inställd", "avvikelser: [{vad: Ingen, skäl: väder}]"]
        case _:
            lines += [f"datum: {day}", f"plats: {draw(st.sampled_from(('torget', 'hamnen')))}"]
    if not any("läge" in line for line in lines):
        figures = [f"{name}: {draw(st.integers(0, 9))}" for name in ("samtal", "läge", "nådda") if draw(st.booleans())]
        lines.append(f"uppgifter: {{kontaktade: 9, {', '.join(figures)}}}" if figures else "uppgifter: {kontaktade: 9}")
        if draw(st.integers(0, 5)) == 0:
            lines.append("klart: ja")
    if other and draw(st.integers(0, 3)) == 0:
        lines.append(f"ersätter: {draw(st.sampled_from(other))}")
    lines.append(f"inlämnad: {handed_in}")
    return "".join(f"{line}\n" for line in ["plan: prov-2026", *lines])


@st.composite
def plans(draw: st.DrawFn) -> str:
    wordings = [
        commitment(draw(st.sampled_from(TARGETS)), *draw(st.sampled_from(MORE)), parties="[kommunen, polisen]", id=name)
        for name in ("lov", "annat")
    ]
    return plan(*(wordings if draw(st.integers(0, 5)) else wordings[:1]))


class History(NamedTuple):
    """Two versions of the same files, two days, and whether a file got another name."""

    before: dict[str, str]
    after: dict[str, str]
    days: tuple[date, date]
    renamed: bool

    def sides(self) -> tuple[Side, Side]:
        first, last = (side_of(read(files), View(day)) for files, day in zip(self[:2], self.days, strict=True))
        return first, last


@st.composite
def histories(draw: st.DrawFn) -> History:
    names = NAMES[: draw(st.integers(0, 4))]
    former = {name: draw(said(NAMES[:at])) for at, name in enumerate(names)}
    later: dict[str, str] = {}
    done = {name: draw(st.sampled_from(OPERATIONS)) for name in former}
    for name, text in former.items():
        match done[name]:
            case "behåll":
                later[name] = text
            case "byt namn":
                later[f"{name}2"] = text
            case "redigera":
                later[name] = draw(said(()))
            case "bryt":
                later[name] = "åtagande: [\n"
    for name in NAMES[4 : 4 + draw(st.integers(0, 2))]:
        later[name] = draw(said(tuple(later)))
    wording = draw(plans())
    wordings = (wording, draw(st.one_of(st.just(wording), plans())))
    day = draw(DAYS)
    days = (day, day + timedelta(days=draw(st.sampled_from((0, 0, 1, 45)))))
    before, after = (
        {"plans/prov-2026.yaml": one, "plans/snabbrapporter/prov.yaml": FORM}
        | {f"reports/{name}.yaml": text for name, text in reports.items()}
        for one, reports in zip(wordings, (former, later), strict=True)
    )
    return History(before, after, days, "byt namn" in done.values())


def lines(side: Side, wording: Plan) -> dict[str, CommitmentFollowUp]:
    table = follow_up(wording, side.view, forms=side.forms, entries=side.entries[wording.id], judgements=side.judgements)
    return {line.commitment.id: line for line in table.lines}


def told(line: CommitmentFollowUp | None) -> object:
    """All that is compared of a commitment."""
    if line is None:
        return None
    rows = [(row.target.id, row.outcome.value, row.outcome.certainty, row.whole, row.expected, row.status) for row in line.rows]
    return line.status, line.received.share, rows


def check_causes(one: CommitmentDiff, history: History) -> None:
    """A part that is not nothing has a cause that is told as well."""
    reports, same_plan = one.reports, history.before["plans/prov-2026.yaml"] == history.after["plans/prov-2026.yaml"]
    causes = (
        bool(reports.removed or reports.left_out),
        not same_plan,
        bool(reports.corrected) or history.renamed,
        bool(reports.late),
        bool(reports.new) or history.days[0] != history.days[1],
    )
    for target in one.targets:
        for figure in target.figures:
            for cause, part in zip(causes, figure.parts, strict=True):
                assert cause or not part


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_the_parts_add_up_and_nothing_is_lost(history: History) -> None:
    before, after = history.sides()
    old, new = (lines(side, side.plans["prov-2026"]) for side in (before, after))
    found = {
        one.line.commitment.id: one for diff in compare(before, after, ["prov-2026"], Selection()) for one in diff.commitments
    }
    assert {name for name in {**old, **new} if told(old.get(name)) != told(new.get(name))} <= set(found)
    for name, one in found.items():
        for ends, rows in ((0, old.get(name)), (-1, new.get(name))):
            values = {target.target.id: target.figure(OUTCOME).values[ends] for target in one.targets}
            wholes = {target.target.id: target.figure(WHOLE_TARGET).values[ends] for target in one.targets}
            for row in rows.rows if rows is not None else ():
                # A lone target is the same one whatever its id; it goes by the later.
                key = row.target.id if row.target.id in values else one.targets[0].target.id
                assert (values[key], wholes[key]) == (row.outcome.value, row.whole)
        for target in one.targets:
            for figure in target.figures:
                assert sum(figure.parts) == figure.change == (figure.after or 0) - (figure.before or 0)
        check_causes(one, history)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(histories())
def test_a_moment_never_differs_from_itself(history: History) -> None:
    before, after = history.sides()
    for side, files in ((before, history.before), (after, history.after)):
        assert compare(side, side, side.plans, Selection()) == []
        assert compare(side, side_of(read(files), side.view), side.plans, Selection()) == []
