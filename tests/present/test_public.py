"""What of a report may be published: no words of people's own, nothing that points at who reported, no small counts of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from tests.cli.running import HOME
from tests.present.papers import texts, whole, whole_of
from tests.projects import FORM, commitment, errors, plan, read, rows, table
from uppfoljning.files.source import Folder
from uppfoljning.followup.original import with_former
from uppfoljning.followup.table import OriginalPromise, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.document.council import council
from uppfoljning.present.document.model import Cell, Chart, Column, Document, Grid, Part, grids
from uppfoljning.present.document.public import NOT_TOLD, NOTE, public
from uppfoljning.present.document.report import report_of
from uppfoljning.present.renderers.csv import SWEDISH, csv_files
from uppfoljning.present.renderers.drawn import drawn
from uppfoljning.present.views.status_cells import FEW, HIDDEN
from uppfoljning.project.load import CheckedProject, load_project

DAY = "2026-12-31"
PEOPLE_FORM = FORM.replace("{typ: antal}", "{typ: antal, avser: personer}")
RUNNING = "{antal: löpande, räknar: samtal, enhet: samtal}"
SHARE = "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}"
CELLS = "datum;plats;uppgifter.samtal;uppgifter.nådda;uppgifter.kontaktade"


def people_project(targets: str, csv: str, columns: str = "datum;uppgifter.samtal", extra: str = "") -> CheckedProject:
    """One commitment that counts people, and one that does not."""
    files = {
        "plans/prov-2026.yaml": plan(commitment(targets, *([extra] if extra else [])), commitment("{minst: 2}", id="annat")),
        "plans/snabbrapporter/prov.yaml": PEOPLE_FORM,
        "reports/serie.csv": rows(csv, columns),
    }
    project = read(files)
    assert errors(project) == []
    return project


def cell(paper: Document, grid: str, name: str, row: int = 0) -> Cell:
    """A cell by its table and column."""
    found = next(one for one in grids(paper.parts) if one.id == grid)
    return next(one for column, one in zip(found.columns, found.rows[row], strict=True) if column.name == name)


def column(paper: Document, grid: str, at: int = 1) -> list[str]:
    found = next(one for one in grids(paper.parts) if one.id == grid)
    return [row[at].shown for row in found.rows]


def published(project: CheckedProject, day: str = DAY) -> Document:
    return public(report_of(whole(project, day)))


# Small counts


def test_a_small_count_is_hidden_wherever_it_stands() -> None:
    paper = published(people_project("{minst: 20, räknar: samtal, enhet: samtal}", "2026-03-05;3"))
    assert cell(paper, "uppföljning", "Hittills") == Cell(None, FEW)
    assert cell(paper, "uppföljning", "utfall") == Cell(None, FEW)
    for name in ("Mot planen", "andel procent", "takt procent"):
        assert cell(paper, "uppföljning", name) == Cell(None, HIDDEN)
    assert cell(paper, "uppföljning", "Hela målet").shown == "20"
    assert cell(paper, "uppföljning", "Status").shown == "▲ delvis"
    assert not any(one.id.startswith("utveckling lov") for one in grids(paper.parts))
    assert next(one for one in grids(paper.parts) if one.id == "uppföljning").note == NOTE


def test_none_at_all_and_five_are_shown() -> None:
    assert cell(published(people_project(RUNNING, "2026-03-05;0")), "uppföljning", "utfall").value == 0
    paper = published(people_project(RUNNING, "2026-03-05;2\n2026-03-06;3"))
    assert cell(paper, "uppföljning", "utfall").value == 5
    assert [one.note for one in grids(paper.parts) if one.note] == [NOTE]


def test_a_count_is_told_in_whole_fives_and_never_month_by_month() -> None:
    paper = published(people_project(RUNNING, "2026-01-05;7\n2026-02-05;2\n2026-03-05;9\n2026-04-05;4\n2026-04-06;6"))
    assert cell(paper, "uppföljning", "Hittills") == Cell(25, "25")
    assert cell(paper, "uppföljning", "utfall") == Cell(25, "25")
    assert not any(one.id.startswith("utveckling lov") for one in grids(paper.parts))


def test_all_that_is_told_of_a_count_is_reckoned_from_the_whole_fives() -> None:
    """No figure contradicts the one beside it: 14 of 40 is told as 10 of 40, which is 25 %."""
    paper = published(people_project("{minst: 40, räknar: samtal, enhet: samtal}", "2026-03-05;14"))
    assert [cell(paper, "uppföljning", name).shown for name in ("Hittills", "Mot planen", "Status")] == [
        "10 av 40",
        "25 %",
        "▲ delvis",
    ]
    assert cell(paper, "uppföljning", "andel procent").value == Fraction(1, 4)
    assert cell(paper, "uppföljning", "behövs i månaden") == Cell(None, "–")


@pytest.mark.parametrize(
    ("promised", "count", "told"),
    [
        (12, 14, HIDDEN),
        (12, 10, HIDDEN),
        (12, 15, "● uppnått"),
        (12, 9, "▲ delvis"),
        (10, 14, "● uppnått"),
        (15, 14, "▲ delvis"),
        (1, 0, "■ ej uppnått"),
    ],
)
def test_a_status_is_told_when_every_count_in_the_five_has_it(promised: int, count: int, told: str) -> None:
    found = people_project(f"{{minst: {promised}, räknar: samtal, enhet: samtal}}", f"2026-03-05;{count}")
    assert cell(published(found), "uppföljning", "Status").shown == told


def test_a_part_of_the_time_tells_no_count_of_people() -> None:
    found = people_project(RUNNING, "2026-01-05;7\n2026-02-05;12")
    told = {
        period: cell(public(report_of(whole(found, DAY, period))), "uppföljning", "utfall").shown
        for period in ("2026", "2026-01", "2026-T1", "2026-K1")
    }
    assert told == {"2026": "15", "2026-01": HIDDEN, "2026-T1": HIDDEN, "2026-K1": HIDDEN}


def test_of_a_whole_and_its_parts_the_first_in_the_plan_is_told() -> None:
    """Also none at all is not told of the others, for then what is not told would be at least one."""
    form = PEOPLE_FORM.replace("nådda: {typ: antal, avser: personer}", "nådda: {typ: antal, ingår_i: samtal}")
    targets = [f"{{id: {name}, antal: löpande, räknar: {name}}}" for name in ("samtal", "nådda", "kontaktade", "läge")]

    def told(order: Sequence[int]) -> list[str]:
        files = {
            "plans/prov-2026.yaml": plan(commitment(f"[{', '.join(targets[at] for at in order)}]")),
            "plans/snabbrapporter/prov.yaml": form.replace("läge: {typ: antal", "läge: {typ: antal, ingår_i: samtal"),
            "reports/serie.csv": rows("2026-03-05;;12;11;8;0", f"{CELLS};uppgifter.läge"),
        }
        project = read(files)
        assert errors(project) == []
        return [cell(published(project), "uppföljning", "utfall", at).shown for at in range(len(order))]

    assert told((0, 1, 2, 3)) == ["10", HIDDEN, "5", HIDDEN]
    assert told((1, 2, 3, 0)) == ["10", "5", "0", HIDDEN]


def test_weeks_that_reached_a_count_and_the_count_are_not_both_told() -> None:
    weeks = "{id: veckor, minst: 1, räknar: samtal, varje: vecka}"
    csv = "2026-01-05;1\n2026-01-12;1\n2026-01-19;1\n2026-01-26;1"
    first = published(people_project(f"[{weeks}, {{id: alla, {RUNNING[1:]}]", csv))
    assert [cell(first, "uppföljning", "utfall", at).shown for at in (0, 1)] == ["4", HIDDEN]
    second = published(people_project(f"[{{id: alla, {RUNNING[1:]}, {weeks}]", csv))
    assert [cell(second, "uppföljning", "utfall", at).shown for at in (0, 1)] == [FEW, HIDDEN]


def test_two_promises_of_the_same_sum_tell_the_same() -> None:
    targets = f"[{{id: alla, {RUNNING[1:]}, {{id: tak, högst: 90, räknar: samtal}}]"
    paper = published(people_project(targets, "2026-01-05;18"))
    assert [cell(paper, "uppföljning", "utfall", at).shown for at in (0, 1)] == ["15", "15"]


def test_one_target_that_is_a_part_of_another() -> None:
    targets = f"[{{id: alla, {RUNNING[1:]}, {{id: torget, {RUNNING[1:-1]}, villkor: {{platser: [torget]}}}}]"
    csv = "2026-01-05;torget;7\n2026-02-05;hamnen;2\n2026-03-05;torget;9"
    paper = published(people_project(targets, csv, "datum;plats;uppgifter.samtal"))
    assert cell(paper, "uppföljning", "utfall").value == 15
    assert cell(paper, "uppföljning", "utfall", 1) == Cell(None, HIDDEN)


@pytest.mark.parametrize(
    ("csv", "shown"),
    [
        ("2026-01-05;;;3;20", "0–20 %"),
        ("2026-01-05;;;18;20", "62–95 %"),
        ("2026-01-05;;;3;4", HIDDEN),
        ("2026-01-05;;;0;0", "–"),
        ("2026-01-05;;;20;20", "83–100 %"),
        ("2026-01-05;;;0;20", "0–20 %"),
        ("2026-01-05;;;750;1000", "74–76 %"),
    ],
)
def test_a_share_is_told_by_the_least_and_the_most_that_it_is(csv: str, shown: str) -> None:
    paper = published(people_project(SHARE, csv, CELLS))
    assert cell(paper, "uppföljning", "utfall").value is None
    assert cell(paper, "uppföljning", "Hittills").shown == shown
    assert cell(paper, "uppföljning", "Mot planen").shown == shown


@pytest.mark.parametrize(("csv", "shown"), [("2026-01-05;;;95;100", "● uppnått"), ("2026-01-05;;;76;100", HIDDEN)])
def test_the_status_of_a_share_is_told_where_both_ends_have_it(csv: str, shown: str) -> None:
    assert cell(published(people_project(SHARE, csv, CELLS)), "uppföljning", "Status").shown == shown


def test_a_small_level_is_hidden() -> None:
    target = "{minst: 8, räknar: läge, sätt: nivå, enhet: personer}"
    for csv, shown in (("2026-01-05;3", FEW), ("2026-01-05;3\n2026-03-05;9", "5")):
        assert cell(published(people_project(target, csv, "datum;uppgifter.läge")), "uppföljning", "utfall").shown == shown


@pytest.mark.parametrize("target", ["{minst: 1, räknar: samtal, varje: vecka}", "{alla: 3, räknar: {unika: samtal}}"])
def test_weeks_and_distinct_answers_are_no_people(target: str) -> None:
    paper = published(people_project(target, "2026-01-05;3\n2026-01-12;4"))
    assert cell(paper, "uppföljning", "utfall").value == 2


@pytest.mark.parametrize("target", ["{minst: 2, räknar: samtal, varje: vecka}", "{antal: 4, räknar: samtal, varje: vecka}"])
def test_weeks_that_some_small_counts_reach_and_others_do_not_are_not_told(target: str) -> None:
    paper = published(people_project(target, "2026-01-05;3\n2026-01-12;4"))
    assert cell(paper, "uppföljning", "utfall") == cell(paper, "uppföljning", "Status") == Cell(None, HIDDEN)


@pytest.mark.parametrize(
    ("target", "hides"),
    [
        ("{minst: 4, räknar: samtal, enhet: samtal}", True),
        ("{minst: 40, räknar: samtal, enhet: samtal}", False),
        ("{högst: 2, räknar: samtal, enhet: samtal}", True),
        ("{högst: 9, räknar: samtal, enhet: samtal}", False),
        ("{mellan: [2, 9], räknar: samtal, enhet: samtal}", True),
    ],
)
def test_a_status_that_would_tell_how_small_it_is_goes_too(target: str, hides: bool) -> None:
    found = people_project(target, "2026-03-05;4")
    paper, whole_paper = published(found), report_of(whole(found, DAY))
    shown = [cell(paper, "uppföljning", "Status"), cell(paper, "uppföljning", "status"), cell(paper, "bedömning", "Förslag")]
    part = next(one for one in paper.parts if one.id == "ataganden").parts[0]
    assert [one == Cell(None, HIDDEN) for one in shown] == [hides] * 3
    assert (paper.answer == NOT_TOLD) is hides
    assert (part.status == "") is hides
    assert any("Förslag till status" in said for said in part.sentences) is not hides
    assert cell(paper, "uppföljning", "Status", 1) == cell(whole_paper, "uppföljning", "Status", 1)


TARGETS = (
    RUNNING, SHARE, "{minst: 4, räknar: samtal}", "{minst: 20, räknar: samtal}", "{antal: 3, räknar: samtal}",
    "{högst: 3, räknar: samtal}", "{mellan: [2, 6], räknar: samtal}", "{minst: 3, räknar: läge, sätt: nivå}",
    "{minst: 3, räknar: läge, sätt: nivå, baslinje: {värde: 1, datum: 2025-12-31}}", "{minst: 3, räknar: samtal, per: kvartal}",
    "{antal: 12, räknar: samtal, fördelning: {kvartal: [1, 2, 4, 5]}}",
    "{minst: 2, räknar: samtal, villkor: {platser: [torget]}}",
)  # fmt: skip


@pytest.mark.parametrize("day", ["2026-04-10", "2026-09-15", DAY])
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_is_published_tells_one_small_count_from_another(target: str, day: str) -> None:
    """The whole paper is the same, letter for letter, whichever small count it was."""
    papers = set()
    for count in (1, 2, 3, 4):
        csv = f"2026-03-05;torget;{count};{count};20;{count}"
        found = people_project(target, csv, f"{CELLS};uppgifter.läge")
        earlier = table(found, "2026-03-31")
        now = whole_of(with_former(table(found, day), earlier, "sedan 2026-03-31"))
        papers.add("\n".join(texts(public(report_of(now)))))
    assert len(papers) == 1


def test_an_earlier_reading_and_what_was_decided_are_hidden_with_it() -> None:
    found = people_project(RUNNING, "2026-01-05;3\n2026-03-05;30")
    paper = public(report_of(whole_of(with_former(table(found, DAY), table(found, "2026-01-31"), "sedan 2026-01-31"))))
    assert cell(paper, "uppföljning", "Sedan 2026-01-31") == Cell(None, HIDDEN)
    assert cell(paper, "uppföljning", "utfall vid förra avläsningen") == Cell(None, FEW)
    assert cell(paper, "uppföljning", "utfall") == Cell(30, "30")
    found = people_project(RUNNING, "2026-01-05;13\n2026-03-05;23")
    paper = public(report_of(whole_of(with_former(table(found, DAY), table(found, "2026-01-31"), "sedan 2026-01-31"))))
    assert cell(paper, "uppföljning", "Sedan 2026-01-31") == Cell(None, "+25 från 10")
    assert cell(paper, "uppföljning", "utfall vid förra avläsningen") == Cell(10, "10")
    assert cell(paper, "uppföljning", "utfall") == Cell(35, "35")


def test_a_promise_that_is_gone_is_told_without_its_count_of_people() -> None:
    found = people_project(f"[{{id: a, {RUNNING[1:]}, {{id: b, antal: 5}}]", "2026-01-05;3")
    followed = table(found, DAY)
    line = followed.lines[0]
    gone = line._replace(promised=OriginalPromise({}, line.rows))
    paper = report_of(whole_of(followed._replace(lines=(gone, *followed.lines[1:]))))
    part = next(one for one in paper.parts if one.id == "ataganden").parts[0]
    told = [said for said in part.sentences if "borttaget" in said]
    assert told == [
        "Beslutat från början men borttaget: antal 5 tillfällen, hittills 1 av 5, 20 %, ▲ delvis.",
        "Beslutat från början men borttaget: samtal löpande.",
    ]


def random_project(seed: int) -> CheckedProject:
    """Targets that share fields and places, and reports with few people and many."""
    random = Random(seed)
    places = ("torget", "hamnen", "parken")
    targets = [
        f"{{id: alla, {RUNNING[1:]}",
        f"{{id: plats, minst: 9, räknar: samtal, villkor: {{platser: [{random.choice(places)}]}}}}",
        "{id: kontakter, antal: 30, räknar: kontaktade}",
        f"{{id: andel, {SHARE[1:]}",
        "{id: läge, minst: 3, räknar: läge, sätt: nivå}",
    ]
    some = random.sample(targets, random.randint(1, len(targets)))
    csv = []
    for _ in range(random.randint(1, 9)):
        day = date(2026, random.randint(1, 6), random.randint(1, 28))
        talks, reached = random.choice((0, 1, 2, 3, 4, 6, 12, 30)), random.choice((0, 1, 2, 5, 9))
        contacted = reached + random.choice((0, 0, 1, 3, 6, 11))
        csv.append(f"{day};{random.choice(places)};{talks};{reached};{contacted};{random.choice((1, 2, 4, 7, 9))}")
    return people_project(f"[{', '.join(some)}]", "\n".join(csv), f"{CELLS};uppgifter.läge")


def numbered(paper: Document) -> Iterator[Cell]:
    for grid in grids(paper.parts):
        for row in grid.rows:
            yield from row


def test_every_figure_of_a_field_about_people_has_another_for_anyone() -> None:
    for seed in range(30):
        for one in grids(report_of(whole(random_project(seed), "2026-08-31")).parts):
            of_people = one.id.startswith("utveckling lov") or one.id == "uppföljning"
            for row in one.rows if of_people else ():
                cells = {head.name: value for head, value in zip(one.columns, row, strict=True)}
                if one.id != "uppföljning" or cells["åtagande"].value == "lov":
                    told = [cells[name] for name in ("Hittills", "utfall", "nått") if name in cells]
                    assert all(value.public is not None for value in told if value.value is not None), (seed, one.id)


# Words, files and what is left


def example(day: str = "2026-08-31") -> Table:
    project = load_project(Folder(HOME))
    one = project.plans["exempelkoping-2026"]
    entries = project.entries[one.id]
    view = View(date.fromisoformat(day))
    return follow_up(one, view, forms=project.forms, entries=entries, judgements=project.judgements)


def test_the_example_has_no_free_text_and_no_way_to_a_report() -> None:
    followed = example()
    paper = report_of(whole_of(followed))
    said = "\n".join(texts(public(paper)))
    written = [text.partition(": ")[2] for part in _parts(paper.parts) for text in part.free]
    written += [
        text
        for line in followed.lines
        for entry in line.matter.entries
        for text in (
            entry.report.text, entry.file, entry.id,
            *(told for one in entry.report.deviations for told in (one.what, one.how, one.why)),
            *(told for one in entry.report.observations for told in (one.text, one.action)),
        )
        if len(text) > 12
    ]  # fmt: skip
    assert len(written) > 200
    assert [text for text in written if text in said] == []
    assert "reports/" not in said
    assert "plans/" not in said


def _parts(parts: Sequence[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield from _parts(part.parts)


def test_nothing_else_is_lost() -> None:
    paper = report_of(whole_of(example()))
    after = public(paper)
    assert after.answer == NOT_TOLD
    assert [part.id for part in after.parts] == [part.id for part in paper.parts if part.id != "iakttagelser"]
    kept = {grid.id for grid in grids(after.parts)}
    lost = {grid.id for grid in grids(paper.parts)} - kept
    of_people = {
        one.id for one in grids(paper.parts) if one.id.startswith("utveckling") and any(row[1].public for row in one.rows)
    }
    assert lost == {"underlag", "iakttagelser"} | of_people
    assert 0 < len(of_people) < len([one for one in kept if one.startswith("utveckling")])
    for before in grids(paper.parts):
        if before.id in kept:
            same = next(grid for grid in grids(after.parts) if grid.id == before.id)
            assert len(same.rows) == len(before.rows)
            gone = {one.name for one in before.columns} - {one.name for one in same.columns}
            assert gone <= {one.name for one in before.columns if one.kind == "fritext"} | {"Fil", "fil", "rad"}


def test_the_departures_are_told_by_their_fixed_words() -> None:
    paper = public(report_of(whole_of(example())))
    grid = next(one for one in grids(paper.parts) if one.id == "avvikelser")
    assert [one.name for one in grid.columns if one.read] == ["När", "Åtagande", "Läge", "Skäl"]
    assert [one.shown for one in grid.rows[0][:4]] == ["2026-01-10", "Nattvandring i centrum", "inställd", "väder"]


def test_no_single_count_is_left_in_the_model() -> None:
    paper = public(report_of(whole(random_project(3), "2026-08-31")))
    assert [one for one in numbered(paper) if one.public] == []
    assert [part for part in _parts(paper.parts) if part.untold or part.public or part.free] == []


def test_what_could_point_at_a_person_is_covered_in_every_text() -> None:
    number = "070-174 06 05"
    grid = Grid(f"a {number}", f"b {number}", (Column(f"c {number}"),), ((Cell(f"d {number}", f"e {number}"),),), f"f {number}")
    part = Part("id", f"g {number}", (f"h {number}",), (grid, Chart("staplar", f"i {number}", f"j {number}", grid)))
    paper = public(Document(f"k {number}", f"l {number}", f"m {number}", (part,), (f"n {number}",)))
    assert "174" not in repr(paper)
    assert [text[:1] for text in texts(paper)][:4] == ["k", "l", "m", "g"]


def test_a_published_paper_can_be_published_again() -> None:
    for seed in range(10):
        once = public(report_of(whole(random_project(seed), "2026-08-31")))
        assert public(once) == once


def _drawn(face: str, paper: Document) -> bytes:
    if face == "csv":
        return b"".join(csv_files(paper, SWEDISH).values())
    return drawn(face, council(paper)) + drawn(face, paper) if face in ("md", "docx") else drawn(face, paper)


@pytest.mark.parametrize("face", ["html", "md", "json", "xlsx", "docx", "csv"])
@pytest.mark.parametrize("target", [RUNNING, SHARE, "{minst: 4, räknar: samtal}", "{minst: 3, räknar: läge, sätt: nivå}"])
def test_no_face_tells_one_small_count_from_another(target: str, face: str) -> None:
    """Byte for byte: no attribute, tooltip, hidden sheet or property of a file says more than the page does."""
    files = set()
    for count in (1, 2, 3, 4):
        csv = f"2026-03-05;torget;{count};{count};20;{count}"
        files.add(_drawn(face, public(report_of(whole(people_project(target, csv, f"{CELLS};uppgifter.läge"), DAY)))))
    assert len(files) == 1


@pytest.mark.parametrize("face", ["html", "md", "json", "xlsx", "docx", "csv"])
def test_no_face_tells_a_small_month_from_another(face: str) -> None:
    """The total is the same; which of two months had how many of it is not to be seen."""
    files, unpublished = set(), set()
    for count in (1, 2, 3, 4):
        csv = f"2026-01-05;9\n2026-03-05;{count}\n2026-05-05;{20 - count}"
        paper = report_of(whole(people_project(RUNNING, csv), DAY))
        files.add(_drawn(face, public(paper)))
        unpublished.add(_drawn(face, paper))
    assert (len(files), len(unpublished)) == (1, 4)


def of_fourteen(target: str) -> list[Document]:
    """The same but for its counts, which are from ten to fourteen."""
    cells = f"{CELLS};uppgifter.läge"
    found = (people_project(target, f"2026-03-05;torget;{count};{count};20;{count}", cells) for count in range(10, 15))
    return [public(report_of(whole(one, "2026-09-15"))) for one in found]


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_that_is_published_tells_one_count_from_another_in_the_same_five(target: str) -> None:
    """The whole paper is the same, also the status, the pace and the percentages."""
    assert len(set(map(repr, of_fourteen(target)))) == 1


@pytest.mark.parametrize("face", ["html", "md", "json", "xlsx", "docx", "csv"])
def test_no_face_tells_one_count_from_another_in_the_same_five(face: str) -> None:
    assert len({_drawn(face, paper) for paper in of_fourteen("{minst: 12, räknar: samtal}")}) == 1
