"""Whoever has every publication of a year cannot tell how many a few people were: another number would have given the same."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

import pytest

from tests.present.papers import whole_of
from tests.projects import FORM, commitment, errors, plan, read, rows, table
from uppfoljning.domain.period import Period
from uppfoljning.followup.original import with_former
from uppfoljning.followup.table import follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.document.council import council
from uppfoljning.present.document.letter import letter_of
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.plain_language import citizen_of
from uppfoljning.present.document.public import public
from uppfoljning.present.document.report import report_of
from uppfoljning.present.renderers.csv import STANDARD, SWEDISH, csv_files
from uppfoljning.present.renderers.drawn import drawn
from uppfoljning.present.views import status_cells as people
from uppfoljning.project.load import CheckedProject

PLANS = int(os.environ.get("UPPFOLJNING_ANGRIPNA_PLANER", "6"))
"""How many random plans are attacked; of the few that are tried every time, some numbers of each."""
COUNTS = 4 if PLANS < 10 else 1000
FIELDS = ("samtal", "pojkar", "flickor", "kontaktade", "nådda", "läge")
PEOPLE_FORM = FORM.replace(
    "  samtal: {typ: antal}\n",
    "  samtal: {typ: antal, avser: personer}\n  pojkar: {typ: antal, avser: personer, ingår_i: samtal}\n"
    "  flickor: {typ: antal, ingår_i: samtal}\n",
).replace("{typ: antal}", "{typ: antal, avser: personer}")
LASTS = [date(2026, month, 1) + timedelta(days=31) for month in range(1, 13)]
DAYS = [day - timedelta(days=day.day) for day in LASTS]
"""The last day of each month."""
WINDOWS = [Period(date(2026, 1, 1), date(2026, 4, 30)), Period(date(2026, 5, 1), date(2026, 8, 31))]


class Report(NamedTuple):
    """One report: when it was made and came in, where, and the people in it by field; `before` is the report it corrects."""

    day: date
    came: date
    place: str
    people: tuple[int, ...]
    before: int = -1


class Case(NamedTuple):
    """A plan's targets and its reports."""

    targets: str
    reports: tuple[Report, ...]

    def project(self) -> CheckedProject | None:
        """As the program reads it; None where it is no project that could be published."""
        columns = "datum;inlämnad;plats;id;ersätter;" + ";".join(f"uppgifter.{field}" for field in FIELDS)
        lines = [
            f"{one.day};{one.came};{one.place};k{at:07};{f'serie#k{one.before:07}' if one.before >= 0 else ''};"
            + ";".join(map(str, one.people))
            for at, one in enumerate(self.reports)
        ]
        files = {
            "plans/prov-2026.yaml": plan(commitment(self.targets), commitment("{minst: 2}", id="annat")),
            "plans/snabbrapporter/prov.yaml": PEOPLE_FORM,
            "reports/serie.csv": rows("\n".join(lines), columns),
        }
        project = read(files)
        return None if errors(project) else project

    def with_people(self, at: int, field: int, number: int) -> Case:
        """The same with another number of people in a report."""
        one = self.reports[at]
        figures = [*one.people[:field], number, *one.people[field + 1 :]]
        # No part is more than the whole.
        if field == 0:
            figures[1:3] = [min(part, number) for part in figures[1:3]]
        figures[0] = max(figures[:3])
        changed = one._replace(people=tuple(figures))
        return self._replace(reports=(*self.reports[:at], changed, *self.reports[at + 1 :]))


def random_case(seed: int) -> Case:
    random = Random(seed)
    number = random.choice((1, 3, 8, 12, 20, 33, 40))
    pool = [
        "{id: alla, antal: löpande, räknar: samtal}",
        f"{{id: många, minst: {number}, räknar: samtal}}",
        f"{{id: tak, högst: {number}, räknar: samtal}}",
        f"{{id: plats, antal: {number}, räknar: samtal, villkor: {{platser: [{random.choice(('torget', 'hamnen'))}]}}}}",
        "{id: pojkar, antal: löpande, räknar: pojkar}",
        "{id: flickor, minst: 9, räknar: flickor}",
        f"{{id: andel, minst: {random.choice((40, 75))} %, räknar: {{täljare: nådda, nämnare: kontaktade}}}}",
        "{id: kontakter, antal: 30, räknar: kontaktade}",
        f"{{id: läge, minst: {random.choice((3, 8))}, räknar: läge, sätt: nivå}}",
        f"{{id: månader, minst: {random.choice((1, 2, 5))}, räknar: samtal, varje: månad}}",
    ]
    reports: list[Report] = []
    for _ in range(random.randint(3, 9)):
        day = date(2026, 1, 1) + timedelta(days=random.randrange(330))
        came = day + timedelta(days=random.choice((0, 1, 5, 20, 45, 90)))
        boys, girls = random.choice((0, 1, 2, 3, 6)), random.choice((0, 1, 2, 4))
        reached = random.choice((0, 1, 2, 5, 9))
        figures = (boys + girls + random.choice((0, 1, 2, 3, 7)), boys, girls, reached + random.choice((0, 1, 3, 6)), reached)
        reports.append(Report(day, came, random.choice(("torget", "hamnen", "")), (*figures, random.choice((1, 2, 4, 7, 9)))))
    if random.random() < 0.4:
        at = random.randrange(len(reports))
        old = reports[at]
        corrected = tuple(one + random.choice((0, 1, 2)) for one in old.people)
        reports.append(
            old._replace(came=old.came + timedelta(days=30), people=(sum(corrected[1:3]) + 3, *corrected[1:]), before=at)
        )
    return Case(f"[{', '.join(random.sample(pool, random.randint(1, 5)))}]", tuple(sorted(reports, key=lambda one: one.before)))


def publications(project: CheckedProject) -> Iterator[Document]:
    """All that can be published of a plan at the end of each month, also of a part of the time and beside an earlier reading."""
    before = None
    (one,) = project.plans.values()
    for day in DAYS:
        now = table(project, str(day))
        views = [now if before is None else with_former(now, before, "sedan förra")]
        if day.month % 4 == 0:
            entries = project.entries[one.id]
            views += [follow_up(one, View(day, window), forms=project.forms, entries=entries) for window in WINDOWS]
        for view in views:
            yield public(report_of(whole_of(view)))
        yield citizen_of(whole_of(now))
        yield public(letter_of(whole_of(now), Period(day.replace(day=1), day)))
        before = now


def drawn_in_all(paper: Document) -> Iterator[bytes]:
    """A publication in every format."""
    for face in ("html", "md", "json", "xlsx", "docx"):
        yield drawn(face, paper)
    yield drawn("md", council(paper)) if any(part.id == "mal" for part in paper.parts) else b""
    for dialect in (SWEDISH, STANDARD):
        yield from csv_files(paper, dialect).values()


def seen(case: Case) -> list[str]:
    """What the attacker has: the papers as they were published, from which alone every format is drawn."""
    project = case.project()
    return [] if project is None else list(map(repr, publications(project)))


def looks_like(case: Case, published: list[str]) -> bool:
    """Whether a case gives the same publications."""
    project = case.project()
    if project is None:
        return False
    return all(repr(paper) == same for paper, same in zip(publications(project), published, strict=True))


def others(case: Case, at: int, field: int) -> Iterator[Case]:
    """The same with another number in one place, and perhaps another elsewhere to make up for it."""
    mine = case.reports[at]
    now = mine.people[field]
    near = sorted(enumerate(case.reports), key=lambda pair: (pair[1].place != mine.place, abs(pair[1].came - mine.came)))
    for change in (1, -1, 2, -2, 3, -3):
        if now + change < 0:
            continue
        other = case.with_people(at, field, now + change)
        yield other
        for at_too, one in near:
            if at_too != at and one.people[field] >= change:
                yield other.with_people(at_too, field, one.people[field] - change)


def small(case: Case) -> dict[str, int]:
    """Every number from one to four that nobody may tell: of a report, of those that came in a month, of all, of one place, and
    of those in a report who are not in a part."""
    found: dict[str, int] = {}
    for at, one in enumerate(case.reports):
        for field, number in enumerate(one.people):
            for name in (f"rapport {at}", f"månad {one.came:%Y-%m}", "alla", f"plats {one.place}"):
                found[f"{name} {FIELDS[field]}"] = found.get(f"{name} {FIELDS[field]}", 0) + number
        for field in (1, 2):
            found[f"rapport {at} utom {FIELDS[field]}"] = one.people[0] - one.people[field]
        found[f"rapport {at} inte nådda"] = one.people[3] - one.people[4]
    return {name: number for name, number in found.items() if 0 < number < people.FEWEST}


def told(case: Case, most: int = 1000) -> set[str]:
    """The small numbers that the attacker can tell, of some of them: no other number gives the same publications."""
    published, every = seen(case), small(case)
    left = set(Random(0).sample(sorted(every), min(most, len(every))))
    for at, one in enumerate(case.reports):
        for field in range(len(one.people)):
            for other in others(case, at, field):
                now = small(other)
                new = {name for name in left if now.get(name, 0) != every[name]}
                if new and looks_like(other, published):
                    left -= new
    return left


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(PLANS))
def test_no_small_count_can_be_told_from_every_publication_of_a_year(seed: int) -> None:
    case = random_case(seed)
    assert case.project() is not None
    assert told(case, COUNTS) == set()


def two_days(first: int, second: int) -> Case:
    """The same place twice, in April and in August."""
    days = (date(2026, 4, 9), date(2026, 8, 9))
    reports = (Report(day, day, "torget", (number, 0, 0, 0, 0, 0)) for day, number in zip(days, (first, second), strict=True))
    return Case("{minst: 12, räknar: samtal}", tuple(reports))


def test_twelve_in_april_and_fourteen_in_august_do_not_tell_two() -> None:
    case = two_days(12, 2)
    assert told(case) == set()
    assert seen(case) == seen(two_days(12, 1)) == seen(two_days(11, 3))


def test_two_years_that_differ_by_one_person_are_the_same_in_every_format() -> None:
    one, other = two_days(12, 1).project(), two_days(12, 2).project()
    assert one is not None and other is not None
    both = zip(publications(one), publications(other), strict=True)
    for paper, same in list(both)[10:16]:
        assert list(drawn_in_all(paper)) == list(drawn_in_all(same))


def test_the_attack_finds_what_exact_figures_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "fives", int)
    assert "rapport 1 samtal" in told(two_days(12, 2))
