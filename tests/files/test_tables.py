"""Tables of every kind become the same grid of text; what is no table says so."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter

from uppfoljning.files import tables
from uppfoljning.files.grid import Fault, Grid, Merge
from uppfoljning.files.tables import read_grid
from uppfoljning.files.workbook import written_cell

Sheets = dict[str, Any]


def workbook(sheets: Sheets, hidden: str = "", merge: str = "", formats: dict[int, str] | None = None) -> bytes:
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            if name == hidden:
                page.hide()
            for number, row in enumerate(rows):
                for at, value in enumerate(row):
                    form = book.add_format({"num_format": (formats or {}).get(at, "General")})
                    page.write(number, at, value, form) if value is not None else None
            if merge:
                page.merge_range(merge, rows[0][0])
    return data.getvalue()


def grid(data: bytes | str, name: str = "fil.csv", sheet: str = "") -> Grid:
    found = read_grid(name, data.encode() if isinstance(data, str) else data, sheet)
    assert isinstance(found, Grid)
    return found


def fault(data: bytes, name: str = "fil.csv", sheet: str = "") -> str:
    found = read_grid(name, data, sheet)
    assert isinstance(found, Fault)
    assert found.remedy
    return found.message


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("A;B\n1;2\n", [["A", "B"], ["1", "2"]]),
        ("A,B\n1,2\n", [["A", "B"], ["1", "2"]]),
        ("A\tB\n1\t2\n", [["A", "B"], ["1", "2"]]),
        ("Hur många?,Var gick ni; och när?\n1,2\n", [["Hur många?", "Var gick ni; och när?"], ["1", "2"]]),
        ("Pris;Mått\n1,5;2,5\n1,5;3,5\n", [["Pris", "Mått"], ["1,5", "2,5"], ["1,5", "3,5"]]),
        ("sep=,\nA,B\n1,2\n", [["A", "B"], ["1", "2"]]),
        ("bara\nett\n", [["bara"], ["ett"]]),
        ("\ufeffA;B\r\n1;2\r\n", [["A", "B"], ["1", "2"]]),
    ],
    ids=["semikolon", "komma", "tabb", "frågor", "decimalkomma", "sep", "en kolumn", "BOM"],
)
def test_the_delimiter_is_found(text: str, rows: list[list[str]]) -> None:
    assert [cells for _, cells in grid(text).rows] == rows


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    found = grid('A;B\n1;"två\nrader"\n\n3;4\n')
    assert [number for number, _ in found.rows] == [1, 2, 4]


def test_a_row_that_cannot_be_read_is_told_and_the_next_is_read() -> None:
    found = grid('A;B\n1;"öppen\n')
    assert found.unread == ((2, "ett citattecken stängs aldrig, eller följs av mer text"),)
    assert grid('A;B\n1;"x"y\n3;4\n').rows[-1] == (3, ["3", "4"])


def test_windows_1252_is_told() -> None:
    found = grid("Område;Antal\nÅparken;1\n".encode("cp1252"))
    assert found.rows[1] == (2, ["Åparken", "1"])
    assert found.notices == ("filen är läst som Windows-1252",)


@pytest.mark.parametrize(
    ("data", "name", "sheet", "said"),
    [
        (b"", "fil.csv", "", "filen är tom"),
        (b" \n", "fil.csv", "", "filen är tom"),
        ("A;B\n1;2\n".encode("utf-16"), "fil.csv", "", "filen är sparad som UTF-16 eller UTF-32"),
        (b"hej", "fil.xlsx", "", "filen är ingen arbetsbok, fast namnet slutar som en"),
        (b"<html><table>", "fil.xls", "", "filen är ingen arbetsbok, fast namnet slutar som en"),
        (b"PK\x03\x04" + b"0" * 99, "fil.xlsx", "", "arbetsboken går inte att läsa"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 999, "fil.xls", "", "arbetsboken går inte att läsa"),
        (
            b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le") + b"0" * 999,
            *("fil.xlsx", "", "arbetsboken är låst med lösenord"),
        ),
        (b"A;B\n", "fil.csv", "Svar", "flaggan --blad gäller arbetsböcker, och det här är en CSV-fil"),
    ],
)
def test_what_is_no_table_says_so(data: bytes, name: str, sheet: str, said: str) -> None:
    assert fault(data, name, sheet) == said


def test_a_broken_workbook_inside_a_sound_archive() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("xl/workbook.xml", "<oj")
    assert fault(data.getvalue(), "fil.xlsx") == "arbetsboken går inte att läsa"


def test_what_is_too_large_is_never_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    far = workbook({"Svar": [["A"]]})
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(far)) as old, zipfile.ZipFile(changed, "w") as new:
        for one in old.infolist():
            new.writestr(one, old.read(one).replace(b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"'))
    assert fault(changed.getvalue(), "fil.xlsx") == "bladet har celler för långt bort från varandra"
    monkeypatch.setattr("uppfoljning.files.workbook._MOST_BYTES", 100)
    assert fault(far, "fil.xlsx") == "arbetsboken är för stor när den packas upp"
    monkeypatch.setattr(tables, "_WORKBOOK_LIMIT", 100)
    assert fault(far, "fil.xlsx") == "arbetsboken är större än 50 MB"
    monkeypatch.setattr(tables, "_LIMIT", 3)
    assert fault(b"A;B\n", "fil.csv") == "filen är större än 200 MB"


def test_a_workbook_is_known_by_its_content() -> None:
    assert grid(workbook({"Svar": [["A", "B"], [1, 2]]}), "fil.csv").rows == [(1, ["A", "B"]), (2, ["1", "2"])]


def test_the_only_sheet_in_sight_with_rows_is_read() -> None:
    sheets: Sheets = {"Svar": [["A"], [1]], "Tomt": [], "Listor": [["x"]]}
    data = workbook(sheets, hidden="Listor")
    found = grid(data, "fil.xlsx")
    assert (found.sheet, found.rows) == ("Svar", [(1, ["A"]), (2, ["1"])])
    assert grid(data, "fil.xlsx", "LISTOR").rows == [(1, ["x"])]


def test_several_sheets_must_be_chosen_among() -> None:
    data = workbook({"Vår": [["A"]], "Höst": [["B"]]})
    assert read_grid("fil.xlsx", data) == Fault("arbetsboken har flera blad med rader", "välj med --blad: Vår, Höst")
    assert read_grid("fil.xlsx", data, "Sommar") == Fault("bladet ”Sommar” finns inte", "välj bland: Vår, Höst")
    assert fault(workbook({"Tomt": []}), "fil.xlsx") == "arbetsboken har inget blad med rader"


def test_merged_cells_are_told_by_their_places() -> None:
    found = grid(workbook({"Svar": [["A", None, "B"], [1, 2, 3]]}, merge="A1:B1"), "fil.xlsx")
    assert found.merges == (Merge(1, 1, 0, 1),)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" text\n", "text"),
        (True, "ja"),
        (False, "nej"),
        (12, "12"),
        (12.0, "12"),
        (1.333, "1,333"),
        (0.1 + 0.2, "0,30000000000000004"),
        (1e-7, "0,0000001"),
        (datetime(2026, 3, 6), "2026-03-06"),
        (datetime(2026, 3, 6, 21, 30), "2026-03-06 21:30"),
        (datetime(2026, 3, 6, 21, 29, 59, 999_600), "2026-03-06 21:30"),
        (datetime(2026, 3, 6, 21, 30, 5), "2026-03-06 21:30:05"),
        (date(2026, 3, 6), "2026-03-06"),
        (time(21, 30), "21:30"),
        (time(0, 0), "00:00"),
        (timedelta(hours=30, minutes=5), "30:05"),
        (timedelta(minutes=5, seconds=7), "0:05:07"),
        (None, ""),
        ("", ""),
        (b"x", "b'x'"),
    ],
    ids=repr,
)
def test_a_typed_cell_is_written_out(value: object, text: str) -> None:
    assert written_cell(value) == text


def test_typed_cells_of_a_real_workbook() -> None:
    rows = [["ID", "Dag", "Tid", "Andel"], [1.0, datetime(2026, 3, 6), time(21, 30), 0.75]]
    found = grid(workbook({"Svar": rows}, formats={1: "yyyy-mm-dd", 2: "hh:mm", 3: "0 %"}), "fil.xlsx")
    assert found.rows[1] == (2, ["1", "2026-03-06", "21:30", "0,75"])
