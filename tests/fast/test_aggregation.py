"""Reports put together say the same in the follow-up table as the reports one by one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

import pytest

from tests.projects import FORM, HEAD, Texts
from uppfoljning.domain.entry import Entry
from uppfoljning.domain.period import Period
from uppfoljning.fast.aggregation import bundled, grain_of, manner
from uppfoljning.followup.table import Selection, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.views.status import status_text
from uppfoljning.project.load import CheckedProject, load_project

TARGETS = """\
      - {id: a, minst: 40, enhet: tillfällen, per: år}
      - {id: b, antal: löpande, enhet: samtal, räknar: samtal}
      - {id: c, högst: 300, enhet: km, räknar: km}
      - {id: d, minst: 5, enhet: butiker, räknar: {unika: butik}}
      - {id: e, minst: 60 %, enhet: andel, räknar: {täljare: nådda, nämnare: kontaktade}}
      - {id: f, minst: 2, enhet: tillfällen, varje: månad}
      - {id: g, minst: 5, enhet: tillfällen, villkor: {platser: [torget], veckodagar: [fre, lör], tid: "20:00-02:00"}}
      - {id: h, minst: 5, enhet: tillfällen, villkor: {funktioner: {värd: 3}, uppgifter: {sort: fast}}}
"""
COMMITMENT = """\
  - id: {id}
    titel: {id}
    parter: [kommunen, klubben]
    ansvarig: värd
    snabbrapport: prov
{more}    mål:
{targets}"""
REPORTING = "    uppföljning: {{rapporteras: {every}, anstånd: 7, rapportör: värd}}\n"
ROTA = "    tillfällen: [2026-02-06, 2026-02-13, 2026-03-06]\n"


def plan(reporting: str) -> str:
    """A plan whose first commitment counts in every way that adds up, and others that must be seen report by report."""
    return HEAD.format(period="2026", extra="avläsningar: [2026-03-31, 2026-06-30]") + "".join(
        COMMITMENT.format(id=own, more=more, targets=targets)
        for own, more, targets in (
            ("summor", REPORTING.format(every=reporting), TARGETS),
            ("dagar", ROTA, "      - {id: a, minst: 3, enhet: tillfällen}\n"),
            ("avläst", "", "      - {id: a, minst: 30, enhet: tillfällen}\n"),
            ("nivå", "", "      - {id: a, minst: 30, enhet: platser, räknar: läge, sätt: nivå}\n"),
            ("olika", "", "      - {id: a, minst: 5, enhet: platser, räknar: {unika: läge}}\n"),
            ("inom", "", "      - {id: a, minst: 50 %, enhet: andel, räknar: {inom: 48 timmar, av: [anmäld, åtgärdad]}}\n"),
        )
    )


def report(chance: Random, commitment: str, number: int, totals: bool) -> str:
    """A report with whatever a report may say, and without whatever it may leave out."""
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(180))
    lines = [f"åtagande: prov-2026/{commitment}"]
    state = chance.choices(["genomförd", "inställd", "flyttad", "nollrapport", "total"], [80, 10, 3, 3, int(totals)])[0]
    month = f"{day:%Y-%m}"
    lines.append(f"period: {month}" if state in ("nollrapport", "total") else f"datum: {day}")
    if state != "genomförd" and state != "total":
        lines.append(f"läge: {state}")
    if state == "flyttad":
        lines.append(f"flyttad_till: {chance.choice([day + timedelta(days=chance.randrange(1, 9)), month])}")
    if state in ("inställd", "flyttad") or (state == "genomförd" and chance.random() < 0.1):
        lines.append(f"avvikelser: [{{vad: Annat, skäl: {chance.choice(['väder', 'resurser'])}}}]")
    if state in ("genomförd", "total"):
        lines += _facts(chance, total=state == "total")
    if chance.random() < 0.7 and state != "total":
        lines.append(f"plats: {chance.choice(['torget', 'hamnen', '[torget, hamnen]'])}")
    if chance.random() < 0.5 and state == "genomförd":
        lines += [f"start: {chance.choice(['19:00', '21:30', '00:30'])}", f"parter: [{chance.choice(['kommunen', 'klubben'])}]"]
    if chance.random() < 0.6 and state == "genomförd":
        lines.append(f"funktioner: {{värd: {chance.randint(1, 5)}}}")
    if chance.random() < 0.9:
        lines.append(f"inlämnad: {day + timedelta(days=chance.randrange(31, 45))}")
    if number and chance.random() < 0.03:
        lines.append(f"ersätter: r{chance.randrange(number)}-{commitment}")
    return "\n".join(lines) + "\n"


def _facts(chance: Random, *, total: bool) -> list[str]:
    answers = {
        "samtal": str(chance.choice([chance.randrange(50), f"ca {chance.randrange(9)}", f"minst {chance.randrange(9)}"])),
        "km": chance.choice(["2,5", "7", "0,125"]),
        "butik": chance.choice(["Ica", "ICA ", "Coop", "Hemköp"]),
        "sort": chance.choice(["fast", "rörlig"]),
        "sedd": chance.choice(["ja", "nej"]),
        "nådda": str(chance.randrange(3)),
        "kontaktade": str(chance.randrange(3, 9)),
        "läge": str(chance.randrange(40)),
        "anmäld": "2026-03-01 10:00",
        "åtgärdad": chance.choice(["2026-03-01 20:00", "2026-03-09 20:00"]),
    }
    singles = ("butik", "sort", "sedd", "anmäld", "åtgärdad")
    kept = {name: one for name, one in answers.items() if chance.random() < 0.8 and not (total and name in singles)}
    return ["uppgifter:", *(f"  {name}: {one}" for name, one in kept.items())] if kept else []


def project(seed: int) -> CheckedProject:
    """A random project. Some of its reports may have a fault, and are left out as in any other."""
    chance = Random(seed)
    reporting = chance.choice(["månad", "vecka", "kvartal"])
    files = {"plans/prov-2026.yaml": plan(reporting), "plans/snabbrapporter/prov.yaml": FORM}
    for commitment in ("summor", "dagar", "avläst", "nivå", "olika", "inom"):
        totals = chance.random() < 0.2
        for number in range(chance.choice([5, 40, 120])):
            files[f"reports/r{number}-{commitment}.yaml"] = report(chance, commitment, number, totals)
    return load_project(Texts(files))


def together(found: CheckedProject) -> CheckedProject:
    """The same with its reports put together."""
    (one,) = found.plans.values()
    entries = found.entries[one.id]
    put = {commitment.id: _compact(found, commitment.id, entries.get(commitment.id, ())) for commitment in one.commitments}
    return found._replace(entries={one.id: put})


def _compact(found: CheckedProject, commitment: str, entries: Sequence[Entry]) -> tuple[Entry, ...]:
    (one,) = found.plans.values()
    home = next(home for home in one.commitments if home.id == commitment)
    moved = frozenset(to.first for entry in entries if isinstance(to := entry.report.moved_to, Period) and to.days == 1)
    return tuple(manner().compact(one, home, entries, moved))


def table(found: CheckedProject, day: date) -> list[str]:
    (one,) = found.plans.values()
    followed = follow_up(one, View(day), forms=found.forms, entries=found.entries[one.id])
    lines = status_text([followed], Provenance(day, "", 0, 0, 0, False), 120, Selection())
    return ["".join(text for text, _ in line) for line in lines]


@pytest.mark.parametrize("seed", range(60))
def test_the_table_is_the_same(seed: int) -> None:
    one_by_one = project(seed)
    put = together(one_by_one)
    for day in (date(2026, 8, 31), date(2027, 2, 1)):
        assert table(put, day) == table(one_by_one, day)


def test_alike_reports_are_one_with_the_sum_of_their_figures() -> None:
    texts = {
        f"reports/{number}.yaml": f"åtagande: summor\ndatum: 2026-03-0{number}\nuppgifter:\n  samtal: {number}\n  km: 0,5\n"
        f"plats: torget\ninlämnad: 2026-03-2{number}\n"
        for number in (1, 2, 3)
    }
    found = load_project(Texts({"plans/prov-2026.yaml": plan("månad"), "plans/snabbrapporter/prov.yaml": FORM, **texts}))
    (entry,) = _few_targets(found)
    assert (entry.times, entry.submitted, entry.facts["samtal"].value) == (3, date(2026, 3, 21), 6)
    assert str(entry.facts["km"].value) == "3/2"


def _few_targets(found: CheckedProject) -> list[Entry]:
    """Without the condition on weekdays, which tells the days apart."""
    (one,) = found.plans.values()
    home = next(home for home in one.commitments if home.id == "summor")
    grain = grain_of(one, home.but(targets=home.targets[:2]))
    assert grain is not None
    return bundled(grain, found.entries["prov-2026"]["summor"])


def test_many_are_put_together() -> None:
    found = [project(seed) for seed in range(8)]
    alone, put = (
        sum(len(one) for some in each for one in some.entries["prov-2026"].values()) for each in (found, map(together, found))
    )
    assert put < alone


def test_reports_with_totals_among_them_stay_as_they_are() -> None:
    texts = {
        "reports/1.yaml": "åtagande: avläst\ndatum: 2026-03-01\n",
        "reports/2.yaml": "åtagande: avläst\ndatum: 2026-03-02\n",
        "reports/3.yaml": "åtagande: avläst\nperiod: 2026-04\nantal: 7\n",
    }
    found = load_project(Texts({"plans/prov-2026.yaml": plan("månad"), "plans/snabbrapporter/prov.yaml": FORM, **texts}))
    assert [one.times for one in together(found).entries["prov-2026"]["avläst"]] == [1, 1, 1]


def test_a_figure_that_is_counted_by_difference_is_not_added_up() -> None:
    texts = {
        f"reports/{day}.yaml": f"åtagande: olika\ndatum: 2026-03-0{day}\nuppgifter: {{läge: {figure}}}\nplats: torget\n"
        for day, figure in ((1, 3), (2, 3), (3, 6), (4, 6))
    }
    found = load_project(Texts({"plans/prov-2026.yaml": plan("månad"), "plans/snabbrapporter/prov.yaml": FORM, **texts}))
    day = date(2026, 8, 31)
    assert any("olika" in line and "minst 2 av 3" in line for line in table(found, day))
    assert table(together(found), day) == table(found, day)
