"""Every face of a paper tells the same: each is read back and compared with the paper, cell by cell."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.present import pieces, read_back
from tests.present.papers import whole, whole_of
from tests.present.web_pages import tree
from tests.projects import commitment, make, plan
from uppfoljning.present.document.council import council
from uppfoljning.present.document.model import Cell, Chart, Column, Grid, Part, carried, data, number, reading, share, text
from uppfoljning.present.document.model import Document as Paper
from uppfoljning.present.document.report import report_of
from uppfoljning.present.document.tables import plain_names, tables_of
from uppfoljning.present.escape import one_line
from uppfoljning.present.renderers.csv import STANDARD, SWEDISH, cell_text, csv_files
from uppfoljning.present.renderers.docx import docx_bytes
from uppfoljning.present.renderers.drawn import drawn
from uppfoljning.present.renderers.html import html_text
from uppfoljning.present.renderers.json import json_tables
from uppfoljning.present.renderers.markdown import markdown_paper
from uppfoljning.present.renderers.shapes import TINTS
from uppfoljning.present.renderers.xlsx import LONGEST_TEXT, fitting, sheet_names, xlsx_bytes

LONG = "Grannsamverkansföreningsområdesutvidgning" * 8
NASTY = (
    "=1+1", "[/fel]", "<script>alert(1)</script>", "a | b", "@SUM(A1)", "+46", "-1", LONG, "pip\x07 och \x00",
    "[länk](http://a.se)", "http://exempel.se/?a=1&b=2", "'citat'", "_x0041_", "1. punkt",
    "# rubrik", "**fet** _kursiv_ ~bort~ `kod`", "&amp; \\", "0180",
    "1,5", "2026-01-01", "TRUE", "sista \ufffe\uffff", "sv-å-ä-ö 😀", "--- ", "=cmd|' /C calc'!A0", 'a"b;c,d',
)  # fmt: skip


@cache
def report() -> Paper:
    """The report of the small project that never changes."""
    return report_of(whole_of(pieces.table()))


def check(paper: Paper) -> None:
    """Reads every face back."""
    wanted = tables_of(paper)
    check_workbook(paper, wanted)
    check_csv(paper, wanted)
    check_json(paper, wanted)
    check_page(paper)
    for one in (paper, council(paper)):
        check_document(one)
        check_markdown(one)


def check_workbook(paper: Paper, wanted: list[Grid]) -> None:
    made = xlsx_bytes(paper)
    assert read_back.formulas_and_links(made) == []
    about, *sheets = read_back.workbook(made).values()
    said = [cell for row in about for cell in row]
    assert {one_line(paper.title), one_line(paper.answer), one_line(paper.when), *map(one_line, paper.foot)} <= set(said)
    assert len(sheets) == len(wanted)
    for sheet, grid in zip(sheets, wanted, strict=True):
        assert sheet[0] == [name[:1].upper() + name[1:] for name in plain_names(grid.columns)]
        for found, row in zip(sheet[1:], grid.rows, strict=True):
            assert read_back.close(found, [in_workbook(*pair) for pair in zip(grid.columns, row, strict=True)])


def in_workbook(column: Column, cell: Cell) -> Any:
    if cell.value is None:
        return "" if cell.shown in ("", "–") else one_line(cell.shown)
    if column.kind == "status":
        return one_line(cell.shown)
    return one_line(cell.value) if isinstance(cell.value, str) else cell.value


def check_csv(paper: Paper, wanted: list[Grid]) -> None:
    for dialect in (SWEDISH, STANDARD):
        for made, grid in zip(csv_files(paper, dialect).values(), wanted, strict=True):
            head, *body = read_back.rows_of(made, dialect.between, dialect.point)
            assert head == [column.name for column in grid.columns]
            for found, row in zip(body, grid.rows, strict=True):
                cells = [in_csv(column, cell, dialect is SWEDISH) for column, cell in zip(grid.columns, row, strict=True)]
                assert read_back.close(found, [as_read(cell, dialect.point) for cell in cells])


def in_csv(column: Column, cell: Cell, for_people: bool) -> Any:
    if cell.value is None:
        return cell_text(cell.shown) if for_people and cell.shown not in ("", "–") else ""
    return cell_text(cell.value) if isinstance(cell.value, str) else read_back.in_csv(column, cell.value)


def as_read(cell: Any, point: str) -> Any:
    """Text that looks like a number is read as one: a CSV file has no types."""
    return read_back.as_number(cell, point) if isinstance(cell, str) else cell


def check_json(paper: Paper, wanted: list[Grid]) -> None:
    found = read_back.tables_in(json_tables(paper))
    assert list(found) == [grid.id for grid in wanted]
    for grid in wanted:
        names = plain_names(grid.columns)
        for row, cells in zip(found[grid.id], grid.rows, strict=True):
            assert list(row) == names
            values = [one_line(cell.value) if isinstance(cell.value, str) else read_back.in_json(cell.value) for cell in cells]
            assert read_back.close(list(row.values()), values)


def check_page(paper: Paper) -> None:
    """The page's own tests look at it closer; here its tables are those of every other face."""
    root = tree(html_text(paper))
    tables = [[[cell.text.strip() for cell in row.all("th", "td")] for row in one.all("tr")] for one in root.all("table")]
    wanted = [[[one_line(cell) for cell in row] for row in table] for _, table in read_back.reader_tables(paper)]
    assert sorted(tables) == sorted(wanted)


def check_document(paper: Paper) -> None:
    paragraphs, tables = read_back.document(docx_bytes(paper))
    wanted = read_back.reader_tables(paper)
    assert tables == [[[one_line(cell) for cell in row] for row in table] for _, table in wanted]
    assert in_order([one_line(paper.title), one_line(paper.when), *map(one_line, read_back.sentences(paper))], paragraphs)


def check_markdown(paper: Paper) -> None:
    lines, tables = read_back.markdown(markdown_paper(paper))
    wanted = read_back.reader_tables(paper)
    assert tables == [[[one_line(cell) for cell in row] for row in table] for _, table in wanted]
    assert in_order([one_line(paper.title), *map(one_line, read_back.sentences(paper))], lines)


def in_order(wanted: list[str], found: list[str]) -> bool:
    """Whether all that is wanted is found, in that order."""
    rest = iter(found)
    return all(one in rest for one in wanted)


def test_the_small_project_in_every_face() -> None:
    check(report())


def part_of(at: int, nasty: str) -> Part:
    """A text wherever a text can stand."""
    columns = (Column("Titel"), Column("Antal", "tal"), Column("Andel", "andel"), Column("Läge", "status"), data("dag", "datum"))
    row = (text(nasty), number(3), share(Fraction(1, 3)), Cell("efter", "■ efter"), Cell(date(2026, 3, 6), "2026-03-06"))
    unknown = (Cell(None, ""), number(None), share(None), Cell(None, ""), Cell(None, "–"))
    grid = Grid(f"tabell-{at}", nasty, columns, (row, unknown), nasty, of=(("plan", nasty),))
    chart = Chart("staplar", nasty, nasty, grid._replace(id=f"bild {at}"))
    inner = Part(f"inre-{at}", nasty, (nasty,), (chart,), free=(nasty,), status="▲ delvis")
    return Part(f"del-{at}", nasty, (nasty,), (grid,), (inner,))


@pytest.mark.parametrize("nasty", ["=1+1", "[/fel]", "<script>x</script>", "pip\x07 |"])
def test_no_text_harms_a_face(nasty: str) -> None:
    parts = tuple(part_of(at, one) for at, one in enumerate(NASTY))
    check(Paper(nasty, nasty, nasty, parts, (nasty,), date(2026, 8, 31), nasty, (nasty,)))


TARGETS = (
    "{minst: 6, enhet: vandringar}", "{antal: 1, enhet: möte}", "{minst: 1, varje: vecka}", "{antal: vid behov}",
    "{högst: 4, enhet: klagomål, räknar: samtal}", "{mellan: [2, 5], enhet: pass}", "{klart: 2026-05-31}",
    "{antal: löpande, enhet: samtal, räknar: samtal}", "{alla: 3, enhet: butiker, räknar: {unika: butik}}",
    "{minst: 80 %, enhet: hushåll, räknar: {täljare: nådda, nämnare: kontaktade}}",
    "{minst: 10, enhet: områden, räknar: läge, sätt: nivå, baslinje: {värde: 7, datum: 2025-12-31}}",
)  # fmt: skip
COLUMNS = (
    "plan;åtagande;datum;läge;uppgifter.samtal;uppgifter.nådda;uppgifter.kontaktade;uppgifter.läge;uppgifter.butik;klart;"
    "avvikelser.vad;avvikelser.skäl"
)


@st.composite
def projects(draw: st.DrawFn) -> tuple[str, str]:
    """A plan and a series of reports."""
    number_of = draw(st.integers(1, 3))
    made, lines = [], []
    for at in range(number_of):
        target = draw(st.sampled_from(TARGETS))
        made.append(commitment(target, id=f"lov-{at}"))
        for day in sorted(draw(st.sets(st.integers(1, 240), max_size=6))):
            when = date(2026, 1, 1) + timedelta(days=day)
            if draw(st.integers(0, 4)):
                part = draw(st.integers(0, 9))
                facts = [draw(st.integers(0, 2000)), part, part + draw(st.integers(1, 9)), draw(st.integers(0, 12))]
                cells = ["", *facts, draw(st.sampled_from("abc")), "ja" if "klart" in target else "", "", ""]
            else:
                cells = ["inställd", *[""] * 6, "Ingen kom", "resurser"]
            lines.append(";".join(map(str, ["prov-2026", f"lov-{at}", when, *cells])))
    return plan(*made), "\n".join([COLUMNS, *lines]) + "\n"


@settings(max_examples=8)
@given(projects())
def test_any_small_project_in_every_face(files: tuple[str, str]) -> None:
    check(report_of(whole(make(*files), "2026-08-31")))


FACES = ("xlsx", "docx", "html", "md", "json")


def prints() -> str:
    """What tells the bytes of each face apart."""
    return "\n".join(hashlib.sha256(drawn(face, report())).hexdigest() for face in FACES)


def test_the_same_paper_is_the_same_bytes() -> None:
    """In another process too, where texts have other hashes and the clock shows another time."""
    code = "from tests.present.test_office_faces import prints; print(prints())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=120, text=True)
    assert other.stdout.split() == prints().split()


def test_the_day_of_a_file_is_that_of_its_figures() -> None:
    about = Document(BytesIO(docx_bytes(report()))).core_properties
    assert about.created is not None and about.created.date() == report().as_of
    assert (about.title, about.author, about.language) == (report().title, "", "sv-SE")
    with ZipFile(BytesIO(xlsx_bytes(report()))) as packed:
        assert "2026-08-31T00:00:00Z" in packed.read("docProps/core.xml").decode()


def test_a_word_document_can_be_read_aloud() -> None:
    read = Document(BytesIO(docx_bytes(council(report()))))
    styles = [one.style.name for one in read.paragraphs if one.style is not None]
    assert styles[0] == "Title"
    assert {"Heading 1", "Heading 2"} <= set(styles)
    assert all(table._tbl.tr_lst[0].xpath("./w:trPr/w:tblHeader") for table in read.tables)
    assert all(table._tbl.xpath("./w:tblPr/w:tblCaption/@w:val") for table in read.tables)
    assert {one.get(f"{{{one.nsmap['w']}}}val") for one in read.styles.element.xpath("//w:lang")} == {"sv-SE"}


def test_a_sheet_has_a_frozen_head_filters_bars_and_colours() -> None:
    with ZipFile(BytesIO(xlsx_bytes(report()))) as packed:
        sheets = [packed.read(name).decode() for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
        styles = packed.read("xl/styles.xml").decode()
    assert all('state="frozen"' in sheet and "<autoFilter" in sheet for sheet in sheets[1:])
    assert "<dataBar" in sheets[1]
    shapes = {cell.shown[0] for grid in tables_of(report()) for row in grid.rows for cell in row if cell.shown[:1] in TINTS}
    assert len(shapes) > 2 and all(f"FF{TINTS[shape]}" in styles for shape in shapes)


def test_names_of_sheets() -> None:
    wanted = ["uppföljning", "Uppföljning", "a/b:c*?[d]", "'x'", "", "History", "om", "n" * 40, "n" * 40 + "1"]
    assert sheet_names(wanted) == [
        "Uppföljning", "Uppföljning 2", "A b c d", "X", "Tabell", "History 2", "Om 2", "N" + "n" * 30, "N" + "n" * 28 + " 2",
    ]  # fmt: skip


def test_a_text_longer_than_a_cell() -> None:
    assert fitting("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT
    assert fitting("a" * 40_000) == "a" * (LONGEST_TEXT - 1) + "…"
    cut = fitting("😀" * 20_000)
    assert cut == "😀" * 16_383 + "…" and len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    grid = Grid("lång", "Lång", (Column("Text"),), ((text("b" * 40_000),),))
    made = read_back.workbook(xlsx_bytes(Paper("T", "nu", "svar", (Part("a", "A", blocks=(grid,)),), ())))
    assert made["Lång"][1] == ["b" * (LONGEST_TEXT - 1) + "…"]


def test_a_table_too_long_for_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("uppfoljning.present.renderers.xlsx.MOST_ROWS", 3)
    grid = Grid("rader", "Rader", (Column("Nr", "tal"),), tuple((number(at),) for at in range(7)))
    made = read_back.workbook(xlsx_bytes(Paper("T", "nu", "svar", (Part("a", "A", blocks=(grid,)),), ())))
    assert [made[name][1:] for name in ("Rader", "Rader 2", "Rader 3")] == [[[0], [1], [2]], [[3], [4], [5]], [[6]]]


def test_tables_of_a_kind_are_put_together() -> None:
    counts = Grid(
        "moment a", "Moment", (Column("Moment"), Column("Gjort", "tal")), ((text("Ring"), number(2)),), of=(("åtagande", "a"),)
    )
    shares = Grid(
        "moment b",
        "Moment",
        (Column("Gjort", "andel"), Column("Moment")),
        ((share(Fraction(1, 2)), text("Gå")),),
        of=(("åtagande", "b"),),
    )
    seen = Grid("bild", "Bild", (reading("Bara läsning"),), ((text("x"),),))
    inner = Grid("ord", "Ord", (Column("Ord"), carried("dolt")), ((text("a"), text("b")),))
    parts = (Part("a", "A", blocks=(counts, seen), parts=(Part("b", "B", blocks=(shares, inner)),)),)
    moment, words = tables_of(Paper("T", "nu", "svar", parts, ()))
    assert [column.name for column in moment.columns] == ["åtagande", "moment", "gjort", "gjort procent"]
    assert [[cell.value for cell in row] for row in moment.rows] == [["a", "Ring", 2, None], ["b", "Gå", None, Fraction(1, 2)]]
    assert plain_names(moment.columns) == ["åtagande", "moment", "gjort", "gjort procent"]
    assert [column.name for column in words.columns] == ["ord"]


def test_a_withheld_figure_is_said_to_people_and_nothing_to_programs() -> None:
    grid = Grid("tal", "Tal", (Column("Antal", "tal"),), ((Cell(None, "färre än 5"),), (Cell(None, "–"),)))
    paper = Paper("T", "nu", "svar", (Part("a", "A", blocks=(grid,)),), ())
    assert read_back.workbook(xlsx_bytes(paper))["Tal"][1:] == [["färre än 5"]]
    assert csv_files(paper)["tal.csv"].decode("utf-8-sig") == 'antal\r\nfärre än 5\r\n""\r\n'
    assert csv_files(paper, STANDARD)["tal.csv"].decode() == 'antal\r\n""\r\n""\r\n'
    assert read_back.tables_in(json_tables(paper)) == {"tal": [{"antal": None}, {"antal": None}]}
