"""Which row has the headings, and what the columns are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.files.test_tables import grid, workbook
from uppfoljning.collect.table.headings import ImportedTable, table_of
from uppfoljning.files.csv import CellGrid, Fault
from uppfoljning.files.tables import read_grid

MESSY = Path(__file__).resolve().parents[4] / "shared" / "data" / "stokig"
here = pytest.mark.skipif(not MESSY.is_dir(), reason="mappen ../shared/data finns inte bredvid utcheckningen")


def table(text: str, header: int | None = None) -> ImportedTable:
    found = table_of(grid(text), header)
    assert isinstance(found, ImportedTable)
    return found


@pytest.mark.parametrize(
    ("text", "headings", "rows"),
    [
        ("Datum;Antal\n2026-01-01;3\n", ("Datum", "Antal"), [["2026-01-01", "3"]]),
        ("Rapport 2026;;\n\nDatum;Antal;Var\n2026-01-01;3;Torget\n", ("Datum", "Antal", "Var"), [["2026-01-01", "3", "Torget"]]),
        (";Antal;;\nDatum;Pojkar;Flickor;Var\n1;2;3;4\n", ("Datum", "Pojkar", "Flickor", "Var"), [["1", "2", "3", "4"]]),
        (
            "Datum;Antal;;Var\n;Pojkar;Flickor;\n2026-01-01;3;4;Torget\n",
            ("Datum", "Antal Pojkar", "Antal Flickor", "Var"),
            [["2026-01-01", "3", "4", "Torget"]],
        ),
        ("Datum;Antal;\n2026-01-01;3;4\n", ("Datum", "Antal", "Antal (2)"), [["2026-01-01", "3", "4"]]),
        (";;Flickor\nDatum;Antal;\n2026-01-01;3;4\n", ("Datum", "Antal", "Flickor"), [["2026-01-01", "3", "4"]]),
        ("Datum;Antal;;\n2026-01-01;3;;\n", ("Datum", "Antal"), [["2026-01-01", "3"]]),
        (";Antal;Var\n2026-01-01;3;Torget\n", ("Kolumn A", "Antal", "Var"), [["2026-01-01", "3", "Torget"]]),
        ("A;B\n", ("A", "B"), []),
        ("Svar?;SVAR:;B\n1;2;3\n", ("Svar", "SVAR (2)", "B"), [["1", "2", "3"]]),
    ],
    ids=[
        "enkel",
        "titel",
        "grupper ovanför",
        "två rader",
        "tom från vänster",
        "tom från ovan",
        "tomma",
        "utan",
        "bara",
        "dubbla",
    ],
)
def test_headings(text: str, headings: tuple[str, ...], rows: list[list[str]]) -> None:
    found = table(text)
    assert found.headings == headings
    assert [list(row.cells) for row in found.rows] == rows


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Datum;Antal;\n2026-01-01;3;4\n", "kolumn C har sin rubrik från cellen till vänster: Antal"),
        ("Datum;Antal;\n2026-01-01;3;4\n", "rubriken Antal finns 2 gånger; de senare heter Antal (2) …"),
        (";;Flickor\nDatum;Antal;\n2026-01-01;3;4\n", "kolumn C har sin rubrik från raden ovanför: Flickor"),
        ("Datum;Antal;;Var\n;Pojkar;Flickor;\n1;3;4;x\n", "rubrikerna står på flera rader, rad 1–2, och är hopsatta"),
        (";Antal;Var\n2026-01-01;3;Torget\n", "kolumn A saknar rubrik och kallas Kolumn A"),
    ],
)
def test_what_was_done_to_the_headings_is_told(text: str, told: str) -> None:
    assert told in table(text).notices


def test_rows_of_another_width_are_no_rows() -> None:
    found = table("A;B\n1;2\n3\n4;5;6\nA;B\n")
    assert [row.number for row in found.rows] == [2]
    assert found.unread == (
        (3, "raden har 1 fält men rubrikraden 2"),
        (4, "raden har 3 fält men rubrikraden 2"),
        (5, "raden är rubrikraden en gång till"),
    )


def test_the_row_with_headings_can_be_pointed_out() -> None:
    assert table("A;B;C\nDatum;Antal;3\n2026;1;2\n", 2).headings == ("Datum", "Antal", "3")
    assert table_of(grid("A;B\n1;2\n"), 9) == Fault("rad 9 är tom eller finns inte", "peka ut raden med rubriker med --rubrikrad")


def test_a_table_of_figures_has_no_headings() -> None:
    found = table_of(grid("1;2\n3;4\n"))
    assert isinstance(found, Fault)
    assert found.message == "det finns ingen rad med rubriker"
    assert isinstance(table_of(CellGrid([])), Fault)


def test_a_column_is_found_by_its_heading() -> None:
    found = table("Hur många?;B\n1;2\n3;\n")
    assert (found.at("HUR MÅNGA"), found.at("C")) == (0, None)
    assert found.column(1) == ["2"]


def test_merged_headings_of_a_workbook() -> None:
    data = workbook({"Svar": [["Antal", None, "Var"], ["Pojkar", "Flickor", None], [1, 2, "Torget"]]}, merge="A1:B1")
    found = table_of(grid(data, "fil.xlsx"))
    assert isinstance(found, ImportedTable)
    assert found.headings == ("Antal Pojkar", "Antal Flickor", "Var")


def messy(name: str) -> ImportedTable | Fault:
    found = read_grid(name, (MESSY / name).read_bytes())
    assert isinstance(found, CellGrid)
    return table_of(found)


@here
def test_a_real_workbook_with_headings_over_five_rows() -> None:
    found = messy("frictionless_multiline-headers.xlsx")
    assert isinstance(found, ImportedTable)
    lead = "Cumulative impact of changes on cost of food basket from"
    assert found.headings == ("Region", "Caloric contribution (%)", f"{lead} previous quarter", f"{lead} baseline (%)")
    assert [(row.number, list(row.cells)) for row in found.rows] == [(6, ["A", "B", "C", "D"])]


@here
def test_a_real_workbook_with_a_title_over_its_headings() -> None:
    found = messy("frictionless_skip-rows.xlsx")
    assert isinstance(found, ImportedTable)
    assert found.headings == ("A", "B")
    assert [(row.number, list(row.cells)) for row in found.rows] == [(3, ["8", "9"]), (4, ["", "TOTAL"])]


@here
def test_a_real_workbook_of_nothing_but_one_merged_cell() -> None:
    assert messy("frictionless_merged-cells.xls") == ImportedTable(("data",), [])


@here
@pytest.mark.parametrize(
    ("name", "headings", "rows"),
    [
        ("accent_fransk_semikolon.csv", 17, 2),
        ("kommun_skolverksamhet_latin1_semikolon_tappad_nolla.csv", 6, 7594),
        ("kommuner_utf8bom_semikolon.csv", 2, 290),
    ],
)
def test_real_csv(name: str, headings: int, rows: int) -> None:
    found = messy(name)
    assert isinstance(found, ImportedTable)
    assert (len(found.headings), len(found.rows), found.unread) == (headings, rows, ())
