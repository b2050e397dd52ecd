"""What of a report may be published: no words of people's own, nothing that points at who reported, no small counts of people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from tests.cli.running import HOME
from tests.present.papers import Solver, texts, whole, whole_of
from tests.projects import FORM, commitment, errors, plan, read, rows, table
from uppfoljning.files.source import Folder
from uppfoljning.followup.since import with_former
from uppfoljning.followup.table import Promised, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.present.faces.csv import SWEDISH, csv_files
from uppfoljning.present.faces.drawn import drawn
from uppfoljning.present.paper.council import council
from uppfoljning.present.paper.model import Cell, Chart, Column, Grid, Paper, Part, grids
from uppfoljning.present.paper.public import FEW, HIDDEN, NOT_TOLD, NOTE, public
from uppfoljning.present.paper.report import report_of
from uppfoljning.rules.project import Project, load_project

DAY = "2026-12-31"
PEOPLE_FORM = FORM.replace("{typ: antal}", "{typ: antal, avser: personer}")
RUNNING = "{antal: löpande, räknar: samtal, enhet: samtal}"
SHARE = "{minst: 75 %, räknar: {täljare: nådda, nämnare: kontaktade}}"
CELLS = "datum;plats;uppgifter.samtal;uppgifter.nådda;uppgifter.kontaktade"


def people_project(targets: str, csv: str, columns: str = "datum;uppgifter.samtal", extra: str = "") -> Project:
    """One commitment that counts people, and one that does not."""
    files = {
        "plans/prov-2026.yaml": plan(commitment(targets, *([extra] if extra else [])), commitment("{minst: 2}", id="annat")),
        "plans/snabbrapporter/prov.yaml": PEOPLE_FORM,
        "reports/serie.csv": rows(csv, columns),
    }
    project = read(files)
    assert errors(project) == []
    return project


def cell(paper: Paper, grid: str, name: str, row: int = 0) -> Cell:
    """A cell by its table and column."""
    found = next(one for one in grids(paper.parts) if one.id == grid)
    return next(one for column, one in zip(found.columns, found.rows[row], strict=True) if column.name == name)


def column(paper: Paper, grid: str, at: int = 1) -> list[str]:
    found = next(one for one in grids(paper.parts) if one.id == grid)
    return [row[at].shown for row in found.rows]


def published(project: Project, day: str = DAY) -> Paper:
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
    assert all(one.note == "" for one in grids(paper.parts))


def test_a_small_month_is_not_to_be_found_between_two_others() -> None:
    paper = published(people_project(RUNNING, "2026-01-05;7\n2026-02-05;2\n2026-03-05;9\n2026-04-05;4\n2026-04-06;6"))
    assert column(paper, "utveckling lov")[:5] == ["7", HIDDEN, "18", "28", "28"]
    chart = next(
        block
        for part in paper.parts
        for inner in part.parts
        for block in inner.blocks
        if isinstance(block, Chart) and block.grid.id == "utveckling lov"
    )
    assert chart.alt == "Löftet, månad för månad. Månader med små antal personer visas inte."
    assert chart.grid.note == NOTE


def test_one_target_that_is_a_part_of_another() -> None:
    targets = f"[{{id: alla, {RUNNING[1:]}, {{id: torget, {RUNNING[1:-1]}, villkor: {{platser: [torget]}}}}]"
    csv = "2026-01-05;torget;7\n2026-02-05;hamnen;2\n2026-03-05;torget;9"
    paper = published(people_project(targets, csv, "datum;plats;uppgifter.samtal"))
    assert cell(paper, "uppföljning", "utfall").value == 18
    assert cell(paper, "uppföljning", "utfall", 1) == Cell(None, HIDDEN)


@pytest.mark.parametrize(
    ("csv", "shown"),
    [
        ("2026-01-05;;;3;20", HIDDEN),
        ("2026-01-05;;;18;20", HIDDEN),
        ("2026-01-05;;;3;4", HIDDEN),
        ("2026-01-05;;;20;20", "100 %"),
        ("2026-01-05;;;0;20", "0 %"),
        ("2026-01-05;;;10;20", "50 %"),
    ],
)
def test_a_share_is_hidden_when_few_are_in_it_or_outside(csv: str, shown: str) -> None:
    paper = published(people_project(SHARE, csv, CELLS))
    assert cell(paper, "uppföljning", "utfall").value == (None if shown == HIDDEN else cell(paper, "uppföljning", "utfall").value)
    assert cell(paper, "uppföljning", "Hittills").shown == shown


def test_a_small_level_is_hidden_month_by_month() -> None:
    target = "{minst: 8, räknar: läge, sätt: nivå, enhet: personer}"
    paper = published(people_project(target, "2026-01-05;3\n2026-03-05;9", "datum;uppgifter.läge"))
    assert column(paper, "utveckling lov")[:4] == [FEW, FEW, "9", "9"]


@pytest.mark.parametrize("target", ["{minst: 3, räknar: samtal, varje: vecka}", "{alla: 3, räknar: {unika: samtal}}"])
def test_weeks_and_distinct_answers_are_no_people(target: str) -> None:
    paper = published(people_project(target, "2026-01-05;3\n2026-01-12;4"))
    assert cell(paper, "uppföljning", "utfall").value == 2


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
    assert cell(paper, "uppföljning", "utfall") == Cell(33, "33")


def test_a_promise_that_is_gone_is_told_without_its_count_of_people() -> None:
    found = people_project(f"[{{id: a, {RUNNING[1:]}, {{id: b, antal: 5}}]", "2026-01-05;3")
    followed = table(found, DAY)
    line = followed.lines[0]
    gone = line._replace(promised=Promised({}, line.rows))
    paper = report_of(whole_of(followed._replace(lines=(gone, *followed.lines[1:]))))
    part = next(one for one in paper.parts if one.id == "ataganden").parts[0]
    told = [said for said in part.sentences if "borttaget" in said]
    assert told == [
        "Beslutat från början men borttaget: antal 5 tillfällen, hittills 1 av 5, 20 %, ▲ delvis.",
        "Beslutat från början men borttaget: samtal löpande.",
    ]


# A solver of the test's own, on whole papers


def random_project(seed: int) -> Project:
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


Numbered = tuple[tuple[str, str, int], Column, Cell]


def numbered(paper: Paper) -> Iterator[Numbered]:
    for grid in grids(paper.parts):
        for at, row in enumerate(grid.rows):
            for head, one in zip(grid.columns, row, strict=True):
                yield (grid.id, f"{head.name} {head.read}", at), head, one


def known_sums(before: Paper, after: Paper) -> tuple[list[str], list[list[Fraction | int]], list[Cell]]:
    """The single counts, what each published cell says of them, and the cells of small counts that are hidden."""
    there = {key: one for key, _, one in numbered(after)}
    cells = [(key, head, one) for key, head, one in numbered(before) if one.people and head.kind in ("tal", "andel")]
    values = {count.id: Fraction(count.value) for _, _, one in cells for counts in one.people for count in counts}
    names = sorted(values)
    equations: list[list[Fraction | int]] = [[int(one == name) for one in names] for name in names if not values[name]]
    small = []
    for key, _, one in cells:
        sums = [[int(name in {count.id for count in counts}) for name in names] for counts in one.people]
        shown = there.get(key)
        total = sum((count.value for count in one.people[0]), Fraction(0))
        if len(one.people) == 1 and one.value is not None and 0 < total < 5 and key[0] != "underlag":
            assert shown is None or shown.value is None
            small.append(one)
        if shown is None or not isinstance(shown.value, (int, Fraction)):
            continue
        if len(sums) == 1:
            equations.append([*sums[0]])
        else:
            equations.append([part - Fraction(shown.value) * whole for part, whole in zip(sums[0], sums[1], strict=True)])
    return names, equations, small


def test_no_hidden_count_can_be_computed_from_a_published_paper() -> None:
    tried = 0
    for seed in range(70):
        paper = report_of(whole(random_project(seed), "2026-08-31"))
        names, equations, small = known_sums(paper, public(paper))
        solver = Solver(equations)
        values = {count.id: count.value for _, _, one in numbered(paper) for counts in one.people for count in counts}
        for one in small:
            members = {count.id for count in one.people[0]}
            assert not solver.settles([int(name in members) for name in names]), seed
        for name in names:
            if 0 < values[name] < 5:
                assert not solver.settles([int(name == other) for other in names]), (seed, name)
                tried += 1
    assert tried > 300


def test_every_figure_of_people_is_the_sum_of_its_single_counts() -> None:
    """What is hidden rests on this: were a cell another sum than it says, its small counts could slip through."""
    checked = 0
    for seed in range(60):
        for key, head, one in numbered(report_of(whole(random_project(seed), "2026-08-31"))):
            exact = key[1].split(" ")[0] in ("Hittills", "utfall", "värde", "nått") or key[0] == "underlag"
            if one.people and exact and one.value is not None:
                sums = [sum((Fraction(count.value) for count in counts), Fraction(0)) for counts in one.people]
                assert one.value == (sums[0] if len(sums) == 1 else sums[0] / sums[1]), (seed, key)
                assert len(sums) == 1 or sums[0] + sums[2] == sums[1] or head.kind == "tal"
                checked += 1
    assert checked > 1000


def test_every_figure_of_a_field_about_people_says_so() -> None:
    for seed in range(30):
        for key, head, one in numbered(report_of(whole(random_project(seed), "2026-08-31"))):
            if key[0].startswith("utveckling lov") and head.name == "Hittills" and one.value is not None:
                assert one.people, (seed, key)


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
    assert after.answer == paper.answer
    assert [part.id for part in after.parts] == [part.id for part in paper.parts if part.id != "iakttagelser"]
    kept = {grid.id for grid in grids(after.parts)}
    assert {grid.id for grid in grids(paper.parts)} - kept == {"underlag", "iakttagelser"}
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
    assert [one for _, _, one in numbered(paper) if one.people] == []
    assert [part for part in _parts(paper.parts) if part.telling or part.free] == []


def test_what_could_point_at_a_person_is_covered_in_every_text() -> None:
    number = "070-174 06 05"
    grid = Grid(f"a {number}", f"b {number}", (Column(f"c {number}"),), ((Cell(f"d {number}", f"e {number}"),),), f"f {number}")
    part = Part("id", f"g {number}", (f"h {number}",), (grid, Chart("staplar", f"i {number}", f"j {number}", grid)))
    paper = public(Paper(f"k {number}", f"l {number}", f"m {number}", (part,), (f"n {number}",)))
    assert "174" not in repr(paper)
    assert [text[:1] for text in texts(paper)][:4] == ["k", "l", "m", "g"]


def test_a_published_paper_can_be_published_again() -> None:
    for seed in range(10):
        once = public(report_of(whole(random_project(seed), "2026-08-31")))
        assert public(once) == once


def _drawn(face: str, paper: Paper) -> bytes:
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
