"""What one party has carried out: worked examples, each with its reports."""

from __future__ import annotations

import pytest

from tests.projects import FORM, commitment, errors, plan, read, rows, table
from uppfoljning.domain.period import months
from uppfoljning.followup.party import Crew, Fallen, OccasionCount, Own, done_in, own_of
from uppfoljning.followup.row import row_at
from uppfoljning.followup.status import Status
from uppfoljning.followup.table import Table

JOINT = "[kommunen, polisen]"
TOGETHER = "datum;start;plats;parter;inlämnad"
CREWED = FORM + "minst_funktioner: {värd: 3, handläggare: 1}\n"


def followed(
    csv: str = "",
    columns: str = "datum",
    parties: str = "[klubben]",
    more: tuple[str, ...] = (),
    day: str = "2026-06-30",
    period: str = "",
) -> Table:
    files = {
        "plans/prov-2026.yaml": plan(commitment("{minst: 12}", *more, parties=parties)),
        "plans/snabbrapporter/prov.yaml": CREWED,
    }
    if csv:
        files["reports/serie.csv"] = rows(csv, columns)
    project = read(files)
    assert errors(project) == []
    return table(project, day, period)


def own(party: str, found: Table) -> Own:
    (one,) = own_of(found, party)
    return one


def test_an_occasion_of_two_parties_counts_once_for_each() -> None:
    found = followed(
        "2026-02-06;20:00;torget;kommunen;2026-02-07\n2026-02-06;20:00;torget;polisen;2026-02-08\n"
        "2026-03-06;20:00;torget;polisen;2026-03-07\n2026-04-03;20:00;torget;kommunen,polisen;2026-04-04",
        TOGETHER,
        JOINT,
    )
    assert own("kommunen", found).held == OccasionCount(2, "")
    assert own("polisen", found).held == OccasionCount(3, "")
    assert done_in(found.lines[0], months(2026, 1, 12)).held == OccasionCount(3, "")


def test_a_commitment_of_others_is_not_the_partys() -> None:
    assert own_of(followed("2026-02-06"), "polisen") == ()


def test_nothing_reported_is_not_nought() -> None:
    assert own("klubben", followed()).held == OccasionCount(None, "")
    assert own("klubben", followed("2026-01;nollrapport", "period;läge")).held == OccasionCount(0, "")


def test_totals_count_and_one_without_a_number_makes_it_a_lower_bound() -> None:
    assert own("klubben", followed("2026-01;ca 4\n2026-02;3", "period;antal")).held == OccasionCount(7, "ca")
    assert own("klubben", followed("2026-01;4;\n2026-02;;5", "period;antal;uppgifter.samtal")).held == OccasionCount(4, "minst")
    assert own("klubben", followed("2026-01;4;;\n;;2026-01-09;2", "period;antal;datum;uppgifter.samtal")).held == OccasionCount(
        4, ""
    )


def test_what_was_cancelled_and_moved_and_why() -> None:
    csv = "2026-02-06;inställd;;Snö;väder;\n2026-02-07;inställd;;Snö;väder;\n2026-02-13;inställd;;Sjuk;resurser;"
    columns = "datum;läge;flyttad_till;avvikelser.vad;avvikelser.skäl;antal"
    assert own("klubben", followed(csv, columns)).cancelled == Fallen(3, (("väder", 2), ("resurser", 1)))
    moved = followed("2026-03;flyttad;2026-05;Senare;samverkan;2", columns.replace("datum", "period"))
    assert own("klubben", moved).moved == Fallen(2, (("samverkan", 2),))


@pytest.mark.parametrize(
    ("csv", "met", "stated"),
    [
        ("2026-02-06;3\n2026-02-13;2\n2026-02-20;", 1, 2),
        ("2026-02-06;\n", 0, 0),
        ("2026-02-06;5\n2026-02-13;4", 2, 2),
    ],
)
def test_the_least_crew_of_its_own_functions(csv: str, met: int, stated: int) -> None:
    assert own("klubben", followed(csv, "datum;funktioner.värd")).crew == Crew((("värd", 3),), met, stated)


def test_a_party_whose_functions_no_form_asks_for_has_no_crew() -> None:
    assert own("polisen", followed("2026-02-06", parties="[polisen]")).crew is None


def test_a_crew_that_only_the_other_party_tells_of() -> None:
    found = followed(
        "2026-02-06;20:00;torget;polisen;2026-02-07;\n2026-02-06;20:00;torget;kommunen;2026-02-08;1",
        f"{TOGETHER};funktioner.handläggare",
        JOINT,
    )
    assert own("kommunen", found).crew == Crew((("handläggare", 1),), 1, 1)


def test_the_planned_days_until_the_day_and_after_it() -> None:
    rota = ("tillfällen: [2026-02-06, 2026-06-30, 2026-09-04]",)
    assert own("klubben", followed(more=rota))[1:3] == (2, 1)
    assert own("klubben", followed(more=rota, period="2026-H1"))[1:3] == (2, 0)
    assert own("klubben", followed())[1:3] == (None, None)


def test_the_hours_of_its_own_reports() -> None:
    found = followed(
        "2026-02-06;20:00;torget;kommunen;2026-02-07;2,5\n2026-03-06;20:00;torget;polisen;2026-03-08;4\n"
        "2026-04-03;20:00;torget;kommunen;2026-04-04;",
        f"{TOGETHER};timmar.genomförande",
        JOINT,
    )
    one = own("kommunen", found)
    assert (float(one.hours or 0), one.hours_stated) == (2.5, (1, 2))
    assert own("polisen", found).hours == 4


def test_only_who_reports_is_told_how_the_reports_came() -> None:
    reported = ("uppföljning: {rapporteras: månad, rapportör: värd}",)
    found = followed("2026-02-06", parties="[klubben, polisen]", more=reported)
    received = own("klubben", found).received
    assert received is not None
    assert received.answered == 1
    assert own("polisen", found).received is None
    assert own("polisen", followed("2026-02-06", parties="[polisen]")).received is not None


def test_the_occasions_of_a_month() -> None:
    found = followed("2026-02-06\n2026-03-06\n2026-03-13", more=("tillfällen: [2026-03-06, 2026-03-13, 2026-03-20]",))
    done = done_in(found.lines[0], months(2026, 3, 1))
    assert (done.held, done.planned) == (OccasionCount(2, ""), 3)
    assert done_in(found.lines[0], months(2026, 5, 1)).held == OccasionCount(None, "")


def test_a_row_with_another_outcome() -> None:
    line = followed("2026-02-06", day="2026-12-31").lines[0]
    (row,) = line.rows
    found = {row_at(line.matter, row, line.duties, line.received, value).status for value in (12, 20)}
    assert found == {Status.REACHED}
    same = row_at(line.matter, row, line.duties, line.received, 1)
    assert same._replace(outcome=row.outcome) == row
    assert same.outcome.value == row.outcome.value == 1
