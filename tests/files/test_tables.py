"""Tables of every kind become the same grid of text; what is no table says so."""

from __future__ import annotations

import io
import struct
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter

from uppfoljning.files import extent, tables
from uppfoljning.files.csv import CellGrid, Fault, Merge
from uppfoljning.files.tables import read_grid, written_cell

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


def grid(data: bytes | str, name: str = "fil.csv", sheet: str = "") -> CellGrid:
    found = read_grid(name, data.encode() if isinstance(data, str) else data, sheet)
    assert isinstance(found, CellGrid)
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


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """A workbook with another content in one of its parts."""
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.infolist():
            new.writestr(one.filename, content if one.filename == name else old.read(one))
    return found.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def sheet_of(rows: str, after: str = "") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><dimension ref="A1"/><sheetData>{rows}</sheetData>{after}</worksheet>'
    return changed(workbook({"Svar": [["A"]]}), SHEET, text.encode())


def open_document(rows: str) -> bytes:
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        new.writestr("content.xml", f'<x xmlns:table="t" xmlns:text="x" xmlns:office="o"><table:table>{rows}</table:table></x>')
    return found.getvalue()


ONE = "<c r='A1'><v>1</v></c>"
CELL = "<table:table-cell><text:p>x</text:p></table:table-cell>"
FAR = "bladet har celler för långt bort från varandra"


@pytest.fixture
def no_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library's reader must never be reached."""

    def reached(*_: object, **__: object) -> None:
        pytest.fail("arbetsboken nådde den läsare som kan stanna")

    monkeypatch.setattr("python_calamine.load_workbook", reached)
    monkeypatch.setattr("uppfoljning.files.tables.MOST_CELLS", 20)
    monkeypatch.setattr(extent, "MOST_CELLS", 20)


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{ONE}</row><row r="6"><c r="D6"><v>1</v></c></row>',
        f'<row r="1">{ONE}</row><row r="6"><c s="1" t="n" r = \'d6\'><v>1</v></c></row>',
        f"<!-- <c a=\" --><row>{ONE}</row><row><c r='D6'><v>1</v></c></row>",
        f'<x:row r="1">{ONE}</x:row><x:row r="6"><x:c r="D6"><v>1</v></x:c></x:row>',
        f"{'<row/>' * 5}<row>{'<c><v>1</v></c>' * 4}</row>",
        f'<row r="5"/><row>{"<c><v>1</v></c>" * 4}</row>',
    ],
    ids=["långt bort", "andra tecken", "i en kommentar", "med prefix", "utan nummer", "blandat"],
)
def test_a_sheet_that_reaches_too_far_never_comes_to_its_reader(rows: str) -> None:
    assert fault(sheet_of(rows), "fil.xlsx") == FAR


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize(
    "rows",
    [
        "<table:table-row><table:table-cell table:number-columns-repeated='21'>x</table:table-cell></table:table-row>",
        f"<table:table-row table:number-rows-repeated='21'>{CELL}</table:table-row>",
        f"<table:table-row table:number-rows-repeated='20'/><table:table-row>{CELL}</table:table-row>",
        f"<table:table-row><table:table-cell table:number-columns-repeated='20'/>{CELL}</table:table-row>",
        "<table:table-row><table:table-cell a='>' table:number-columns-repeated='21' office:value='3'/></table:table-row>",
    ],
    ids=["kolumner", "rader", "tomma rader före", "tomma kolumner före", "bara ett värde"],
)
def test_repeated_cells_count_as_often_as_they_are_repeated(rows: str) -> None:
    assert fault(open_document(rows), "fil.ods") == FAR


def test_the_empty_rest_of_a_sheet_is_not_counted() -> None:
    rest = "<table:table-cell table:number-columns-repeated='16384'/>"
    below = f"<table:table-row table:number-rows-repeated='1048575'>{rest}</table:table-row>"
    rows = f"<table:table-row>{CELL}{rest}</table:table-row>{below}"
    assert extent.largest_sheet(open_document(rows)) == 1
    data = sheet_of(f'<row r="1">{ONE}</row><row r="1048576"><c r="XFD1048576" s="0"/></row>')
    assert grid(data, "fil.xlsx").rows == [(1, ["1"])]


def test_a_size_that_is_only_said_refuses_nothing() -> None:
    data = workbook({"Svar": [["A"]]})
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        text = book.read(SHEET).replace(b'<dimension ref="A1"', b'<dimension ref="A1:XFD1048576"')
    assert grid(changed(data, SHEET, text), "fil.xlsx").rows == [(1, ["A"])]


@pytest.mark.usefixtures("no_reader")
def test_what_is_too_large_is_never_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({"Svar": [["A"]]})
    monkeypatch.setattr(extent, "_MOST_MERGES", 2)
    assert fault(sheet_of(ONE, '<mergeCell ref="A1:B1"/>' * 3), "fil.xlsx") == "bladet har för många hopslagna celler"
    monkeypatch.setattr(extent, "MOST_BYTES", 100)
    assert fault(data, "fil.xlsx") == "arbetsboken är för stor när den packas upp"
    monkeypatch.setattr(tables, "_WORKBOOK_LIMIT", 100)
    assert fault(data, "fil.xlsx") == "arbetsboken är större än 50 MB"
    monkeypatch.setattr(tables, "LARGEST", 3)
    assert fault(b"A;B\n", "fil.csv") == "filen är större än 200 MB"


@pytest.mark.usefixtures("no_reader")
def test_a_part_is_as_large_as_it_really_is(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytearray(sheet_of(f"<row>{ONE}</row>" + " " * 100_000))
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        said = next(one for one in book.infolist() if one.filename == SHEET).file_size
    # What the archive says of the size, at the part and in the list at its end.
    assert data.count(said.to_bytes(4, "little")) == 2
    smaller = bytes(data).replace(said.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    monkeypatch.setattr(extent, "MOST_BYTES", 50_000)
    assert fault(smaller, "fil.xlsx") == "arbetsboken är för stor när den packas upp"


@pytest.mark.usefixtures("no_reader")
def test_a_text_that_many_cells_share_is_counted_in_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extent, "MOST_BYTES", 50_000)
    monkeypatch.setattr(extent, "MOST_CELLS", 1_000)
    monkeypatch.setattr("uppfoljning.files.tables.MOST_CELLS", 1_000)
    cells = "".join(f"<row r='{row}'><c r='A{row}' t='s'><v>0</v></c></row>" for row in range(1, 101))
    texts = f"<sst><si><t>{'x' * 5_000}</t></si></sst>".encode()
    assert (
        fault(changed(sheet_of(cells), "xl/sharedStrings.xml", texts), "fil.xlsx") == "arbetsboken är för stor när den packas upp"
    )


def test_one_part_that_is_many_sheets_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = workbook({f"Blad {number}": [["A"], ["B"]] for number in range(11)})
    monkeypatch.setattr("uppfoljning.files.tables.MOST_CELLS", 4)
    assert fault(data, "fil.xlsx", "Blad 1") == "arbetsboken är för stor när den packas upp"


def old_workbook(*records: tuple[int, bytes], small: bool = False) -> bytes:
    """An OLE file with a stream of one sheet, of so many records; small ones lie in a stream of their own."""
    globals_ = [(0x0809, bytes(16)), (0x0085, struct.pack("<IBB", 20 + 10 + 4 + 4, 0, 0)), (0x000A, b"")]
    sheet = [(0x0809, bytes(16)), *records, (0x000A, b"")]
    stream = b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in [*globals_, *sheet])
    length = len(stream) if small else 4096
    stream = stream.ljust(4096, b"\0")
    none, end, mark = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    # Sector 0 is the table of sectors, 1 the folder, 2 the table of small sectors, and then the stream.
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(10) + struct.pack("<5I", 1, 1, 0, 4096, 2 if small else end) + struct.pack("<3I", int(small), end, 0)
    head = head.ljust(76, b"\0") + struct.pack("<109I", 0, *[none] * 108)
    following = [mark, end, end, *range(4, 11), end]
    table = struct.pack(f"<{len(following)}I", *following).ljust(512, b"\xff")

    def entry(name: str, kind: int, first: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        about = text.ljust(64, b"\0") + struct.pack("<HBB3I", len(text) + 2, kind, 1, none, none, 1 if kind == 5 else none)
        return about.ljust(116, b"\0") + struct.pack("<IQ", first, size)

    root = entry("Root Entry", 5, 3 if small else end, 4096 if small else 0)
    folder = (root + entry("Workbook", 2, 0 if small else 3, length)).ljust(512, b"\0")
    chain = struct.pack("<64I", *range(1, 64), end).ljust(512, b"\xff")
    return head + table + folder + chain + stream


@pytest.mark.usefixtures("no_reader")
@pytest.mark.parametrize("small", [False, True])
def test_an_old_workbook_that_reaches_too_far_never_comes_to_its_reader(small: bool) -> None:
    far = (0x0203, struct.pack("<3Hd", 4, 4, 0, 1.0))
    assert fault(old_workbook(far, small=small), "fil.xls") == FAR
    assert extent.reach_of_old(old_workbook((0x0203, struct.pack("<3Hd", 1, 2, 0, 1.0)), small=small)) == 6
    assert extent.reach_of_old(old_workbook((0x0201, struct.pack("<3H", 900, 200, 0)), small=small)) == 0


@pytest.mark.usefixtures("no_reader")
def test_a_binary_workbook_that_reaches_too_far_never_comes_to_its_reader() -> None:
    def record(kind: int, body: bytes) -> bytes:
        return bytes((kind, len(body))) + body

    sheet = b"\x91\x01\0" + record(0, struct.pack("<I", 5)) + record(5, struct.pack("<IId", 3, 0, 1.0))
    found = io.BytesIO()
    with zipfile.ZipFile(found, "w") as new:
        new.writestr("xl/_rels/workbook.bin.rels", '<Relationship Target="worksheets/sheet1.bin"/>')
        new.writestr("xl/worksheets/sheet1.bin", sheet)
    assert fault(found.getvalue(), "fil.xlsb") == FAR


def test_what_belongs_to_a_printer_or_a_picture_is_no_sheet() -> None:
    found = io.BytesIO(workbook({"Svar": [["A"]]}))
    with zipfile.ZipFile(found, "a") as more:
        more.writestr("xl/printerSettings/printerSettings1.bin", b"\x91\x01\0" + bytes(range(256)) * 9)
        more.writestr("xl/media/bild1.png", bytes(range(256)) * 9)
    assert grid(found.getvalue(), "fil.xlsx").rows == [(1, ["A"])]


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
        (1.333, "1,3330"),
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
