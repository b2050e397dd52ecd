"""Whatever is reported: what is gathered is what a plain loop over the reports adds up to, in any order and split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.followup.test_compare_any import plans, said
from tests.national.pieces import DAY, exported, gathered_from
from tests.projects import FORM, read
from uppfoljning.domain.form import SUMMABLE
from uppfoljning.domain.target import WITHOUT_NUMBER, Counts
from uppfoljning.followup.documentation import hours_of
from uppfoljning.followup.outcome import outcome_of
from uppfoljning.followup.table import CommitmentFollowUp, follow_up
from uppfoljning.followup.view import View
from uppfoljning.national.gathered import CommitmentStanding, NationalFollowUp
from uppfoljning.present.renderers.json import json_tables
from uppfoljning.present.views.national import NationalSummary, gathered_paper
from uppfoljning.project.load import CheckedProject

CODES = ("0180", "0181", "1480")
HEAD = "parter: {"


@st.composite
def towns(draw: st.DrawFn) -> dict[str, CheckedProject]:
    """Some municipalities, each with a plan and reports, sound or not: what is wrong is left out of the follow-up."""
    found = {}
    for code in CODES[: draw(st.integers(1, 3))]:
        text = draw(plans()).replace(HEAD, f'kommun: "{code}"\n{HEAD}', 1)
        files = {"plans/prov-2026.yaml": text, "plans/snabbrapporter/prov.yaml": FORM}
        for at in range(draw(st.integers(0, 7))):
            files[f"reports/{at}.yaml"] = draw(said(tuple(map(str, range(at)))))
            if draw(st.booleans()) and "läge" not in files[f"reports/{at}.yaml"].split("uppgifter")[0]:
                files[f"reports/{at}.yaml"] += f"timmar:\n  planering: {draw(st.integers(0, 9))},{draw(st.integers(0, 99))}\n"
        found[code] = read(files)
    return found


def lines(project: CheckedProject) -> Iterable[CommitmentFollowUp]:
    for plan in project.plans.values():
        entries = project.entries.get(plan.id, {})
        yield from follow_up(plan, View(DAY), forms=project.forms, entries=entries, judgements=project.judgements).lines


def summed(
    projects: Iterable[CheckedProject],
) -> tuple[Counter[str], Counter[CommitmentStanding], dict[tuple[str, str], Fraction]]:
    """The sums by the follow-up's own figures of each commitment, never by month."""
    sums: Counter[str] = Counter()
    standings: Counter[CommitmentStanding] = Counter()
    figures: dict[tuple[str, str], Fraction] = {}
    for project in projects:
        for line in lines(project):
            matter, fates, received = line.matter, line.departures, line.received
            outcome = outcome_of(matter, WITHOUT_NUMBER, [])
            sums.update(rapporter=len(matter.entries), tillfallen=int(outcome.value or 0))
            sums.update(som_planerat=fates.as_planned, andrade=fates.changed, installda=fates.cancelled, flyttade=fates.moved)
            sums.update(plikter=received.due, besvarade=received.answered, i_tid=received.in_time)
            ended = any(plan.span.last < DAY for plan in project.plans.values())
            standings[CommitmentStanding(line.status, line.testable, line.reached, ended)] += 1
            answers = {("skäl", reason): number for reason, number in fates.reasons} | {
                ("timmar", kind): number for kind, number in hours_of(matter).kinds.items()
            }
            levels = {target.counts.field for target in line.commitment.targets if target.stock}
            for name, field in matter.form.fields.items() if matter.form is not None else ():
                if field.type in SUMMABLE and name not in levels:
                    value = outcome_of(matter, WITHOUT_NUMBER._replace(counts=Counts("fält", name)), []).value
                    answers |= {("uppgift", name): value} if value is not None else {}
            for key, value in answers.items():
                figures[key] = figures.get(key, Fraction(0)) + value
    return sums, standings, figures


def told(found: NationalFollowUp) -> str:
    """Everything that is shown, as one text."""
    months = tuple(f"2026-{month:02}" for month in range(1, 13))
    return json_tables(gathered_paper(NationalSummary(found, DAY, months, None, "", 1, 0, 0, 0), programs=True))


@pytest.mark.slow
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(towns(), st.randoms(use_true_random=False))
def test_gathered_is_what_the_reports_add_up_to(projects: dict[str, CheckedProject], chance: object) -> None:
    with TemporaryDirectory() as folder:
        together = exported(Path(folder) / "en", projects)
        apart = [
            one for at, code in enumerate(reversed(projects)) for one in exported(Path(folder) / str(at), {code: projects[code]})
        ]
        found = gathered_from(together)
        again = gathered_from(apart)
    sums, standings, figures = summed(projects.values())
    assert {name: found.country.sums[name] for name in sums} == dict(sums)
    assert found.country.standings == standings
    shown = {(one.kind, one.name): sum(one.values.values()) for one in found.figures}
    assert {key: value for key, value in shown.items() if key[0] != "moment" and (value or key in figures)} == figures
    for area in found.municipalities:
        own, _, _ = summed([projects[area.code]])
        assert {name: area.sums[name] for name in own} == dict(own)
    assert sum((area.sums for area in found.counties), Counter()) == +found.country.sums
    assert told(again) == told(found)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(towns())
def test_the_certainty_of_a_sum_is_never_lost(projects: dict[str, CheckedProject]) -> None:
    with TemporaryDirectory() as folder:
        found = gathered_from(exported(Path(folder), projects))
    for area in found.municipalities:
        words = [outcome_of(line.matter, WITHOUT_NUMBER, []).certainty for line in lines(projects[area.code])]
        assert area.certainty == ("minst" if "minst" in words else "ca" if "ca" in words else "")
