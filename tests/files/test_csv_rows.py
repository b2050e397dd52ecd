"""CSV as rows of text, and every finding about it with its exact place."""

from __future__ import annotations

import csv
import gc
import io
import json
import string
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uppfoljning.domain.finding import Finding, Span
from uppfoljning.files.csv import MOST_OF_A_KIND, CsvTable, read_csv

SPECTRUM = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv-spectrum"
SPECTRUM_FILES = sorted(SPECTRUM.glob("csvs/*.csv"))


def places(findings: list[Finding]) -> list[tuple[str, str]]:
    return [(f.problem.code, "-" if f.place.span is None else f"{f.place.span.line}:{f.place.span.column}") for f in findings]


def read(text: str) -> tuple[CsvTable | None, list[tuple[str, str]]]:
    table, findings = read_csv("reports/x.csv", text.encode())
    assert all(f.place.file == "reports/x.csv" and f.problem.remedy for f in findings)
    return table, places(findings)


@pytest.mark.parametrize(
    ("text", "columns", "rows"),
    [
        pytest.param("a;b\n1;2\n", ("a", "b"), [(1, ["1", "2"])], id="semikolon"),
        pytest.param("a,b\n1,2\n", ("a", "b"), [(1, ["1", "2"])], id="komma"),
        pytest.param("a\tb\n1\t2,5\n", ("a", "b"), [(1, ["1", "2,5"])], id="tabb"),
        pytest.param("a\n1\n", ("a",), [(1, ["1"])], id="en kolumn"),
        pytest.param("a", ("a",), [], id="bara rubriken"),
        pytest.param("a,b;c\n1;2\n", ("a,b", "c"), [(1, ["1", "2"])], id="lika många, semikolon först"),
        pytest.param('"a";"b;c"\n1;2\n', ("a", "b;c"), [(1, ["1", "2"])], id="rubrik i citattecken"),
        pytest.param("\n;;\na;b\n\n1;2\n ; \n3;4\n\n", ("a", "b"), [(1, ["1", "2"]), (2, ["3", "4"])], id="tomma rader"),
        pytest.param(" a ; b\n 1 ;\n", ("a", "b"), [(1, ["1", None])], id="mellanslag och tomt"),
        pytest.param('a;b\n"x\ny";"q ""r"""\n', ("a", "b"), [(1, ["x\ny", 'q "r"'])], id="citattecken"),
        pytest.param('a, b\n1, "x, y"\n', ("a", "b"), [(1, ["1", "x, y"])], id="mellanslag före citattecken"),
        pytest.param('a;b\n12" rör;2\n', ("a", "b"), [(1, ['12" rör', "2"])], id="citattecken inne i text"),
        pytest.param("a;b\r\n1;2\r3;4", ("a", "b"), [(1, ["1", "2"]), (2, ["3", "4"])], id="radbrytningar"),
        pytest.param("a;o\u0308\n1;a\u030a\n", ("a", "ö"), [(1, ["1", "å"])], id="nfc"),
        pytest.param("\ufeffa;b\n1;2\n", ("a", "b"), [(1, ["1", "2"])], id="bom"),
        pytest.param("1;2\n3;4\n", ("1", "2"), [(1, ["3", "4"])], id="siffror som rubriker"),
        pytest.param("a\n1\u2028\n2\n", ("a",), [(1, ["1"]), (2, ["2"])], id="radskiljare i fält"),
    ],
)
def test_sound_tables(text: str, columns: tuple[str, ...], rows: list[tuple[int, list[str | None]]]) -> None:
    assert read(text) == (CsvTable(columns, rows), [])


@pytest.mark.parametrize(
    ("text", "columns", "rows", "expected"),
    [
        pytest.param("a;;b\n1;2;3", ("a", "b"), [(1, ["1", "3"])], [("C001", "1:3")], id="kolumn utan namn"),
        pytest.param("a;b;\n1;2;\n", ("a", "b"), [(1, ["1", "2"])], [("C001", "1:5")], id="skiljetecken sist"),
        pytest.param("a;b;a\n1;2;3", ("a", "b"), [(1, ["1", "2"])], [("C002", "1:5")], id="dubbel kolumn"),
        pytest.param("a;b\n1;2\n3\n4;5\n", ("a", "b"), [(1, ["1", "2"]), (3, ["4", "5"])], [("C003", "3:1")], id="kort rad"),
        pytest.param("a;b\n1;2;3;4\n5;6\n", ("a", "b"), [(2, ["5", "6"])], [("C004", "2:5")], id="lång rad"),
        pytest.param('a;b\n"x\ny";2;3\n5;6\n', ("a", "b"), [(2, ["5", "6"])], [("C004", "3:6")], id="lång rad över flera"),
        pytest.param('a;b\n1;"x\n3;4\n', ("a", "b"), [(2, ["3", "4"])], [("C005", "2:3")], id="öppet citattecken"),
        pytest.param(
            'a;b\n1;2\n"x"y;2\n3;4\n', ("a", "b"), [(1, ["1", "2"]), (3, ["3", "4"])], [("C006", "3:1")], id="text efter"
        ),
        pytest.param('a;b\n1;"x\n2;"y"\n', ("a", "b"), [(2, ["2", "y"])], [("C006", "2:3")], id="öppet som möter nästa"),
        pytest.param("a;b\n1;\x00\n", ("a", "b"), [(1, ["1", None])], [("F008", "2:3")], id="NUL"),
        pytest.param("a;;a\n1\n", ("a",), [], [("C001", "1:3"), ("C002", "1:4"), ("C003", "2:1")], id="flera fel"),
    ],
)
def test_faulty_tables(
    text: str, columns: tuple[str, ...], rows: list[tuple[int, list[str | None]]], expected: list[tuple[str, str]]
) -> None:
    assert read(text) == (CsvTable(columns, rows), expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [("F006", "-")], id="tom"),
        pytest.param("\n\n;;\n", [("F006", "-")], id="blank"),
        pytest.param('"a;b\n1;2\n', [("C005", "1:1")], id="öppet citattecken i rubriken"),
        pytest.param('a;"b"c\n1;2\n', [("C006", "1:3")], id="text efter i rubriken"),
        pytest.param("<<<<<<< HEAD\na;b\n", [("F012", "1:1")], id="sammanslagning"),
    ],
)
def test_without_a_header_there_is_no_table(text: str, expected: list[tuple[str, str]]) -> None:
    assert read(text) == (None, expected)


def test_a_double_column_names_both_places() -> None:
    _, (finding,) = read_csv("x.csv", b"a;b;a\n")
    assert finding.also is not None
    assert (finding.place.span, finding.also.span) == (Span(1, 5, 1, 6), Span(1, 1, 1, 2))


def test_the_messages_count_the_fields() -> None:
    _, findings = read_csv("x.csv", b"a,b\n1\n1,2,3\n")
    assert [f.problem.message for f in findings] == ["raden har 1 av 2 fält", "raden har 3 fält men rubrikraden 2"]
    assert "hör ett komma till texten" in findings[1].problem.remedy


def test_cp1252_is_read_with_a_notice() -> None:
    table, findings = read_csv("x.csv", "område;antal\nGärdet;3\n".encode("cp1252"))
    assert table == CsvTable(("område", "antal"), [(1, ["Gärdet", "3"])])
    assert places(findings) == [("F004", "-")]


def test_the_same_fault_on_many_rows_is_counted() -> None:
    table, findings = read_csv("x.csv", b"a;b\n" + b"1\n" * 250)
    assert table == CsvTable(("a", "b"), [])
    assert len(findings) == MOST_OF_A_KIND
    assert findings[-1].problem.note == "samma fel finns på 150 rader till"
    assert findings[0].problem.note == ""


def test_a_file_full_of_open_quotes_is_given_up() -> None:
    table, findings = read_csv("x.csv", b"a;b\n" + b'1;"x\n' * 501)
    assert table == CsvTable(("a", "b"), [])
    assert len(findings) == MOST_OF_A_KIND
    assert findings[-1].problem.note == "samma fel finns på 1 rader till"


def test_a_field_too_long_to_have_been_meant_is_an_open_quote() -> None:
    assert read('a;b\n1;"' + "x\n" * 100_000)[1][:1] == [("C005", "2:3")]


def test_the_collector_is_left_as_it_was() -> None:
    gc.disable()
    try:
        read_csv("x.csv", b"a\n1\n")
        assert not gc.isenabled()
    finally:
        gc.enable()
    read_csv("x.csv", b"a\n1\n")
    assert gc.isenabled()


def test_many_rows_are_read_quickly() -> None:
    data = b"a;b;c;d\n" + b"nattvandring;2026-03-06;12;lugn\n" * 200_000
    started = time.process_time()
    table, findings = read_csv("x.csv", data)
    assert time.process_time() - started < 1.5
    assert table is not None and len(table.rows) == 200_000 and findings == []


CELLS = st.text(alphabet=string.ascii_letters + 'åäö0123 ;,"\n\t', max_size=8)


@given(
    rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5),
    delimiter=st.sampled_from([";", ",", "\t"]),
    quote_all=st.booleans(),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_written_is_read_back(rows: list[list[str]], delimiter: str, quote_all: bool, ending: str) -> None:
    out = io.StringIO()
    csv.writer(
        out, delimiter=delimiter, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL, lineterminator=ending
    ).writerows([["en", "två", "tre"], *rows])
    stripped: list[list[str | None]] = [[cell.strip() or None for cell in row] for row in rows]
    kept = [row for row in stripped if any(row)]
    table, findings = read(out.getvalue())
    assert table == CsvTable(("en", "två", "tre"), list(enumerate(kept, 1)))
    # A text that looks as if it held rows is read all the same.
    assert {code for code, _ in findings} <= {"C007"}


@given(st.binary(max_size=120) | st.text(alphabet='a;,"\n\t 1', max_size=40).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    table, findings = read_csv("x.csv", data)
    assert table is not None or findings
    assert table is None or all(len(cells) == len(table.columns) for _, cells in table.rows)


@given(st.text(alphabet='a;"\n 1', max_size=40))
def test_findings_point_inside_the_text(text: str) -> None:
    lines = text.split("\n")
    for finding in read_csv("x.csv", text.encode())[1]:
        span = finding.place.span
        assert span is None or (
            1 <= span.column <= len(lines[span.line - 1]) + 1 and (span.line, span.column) <= (span.end_line, span.end_column)
        )


@pytest.mark.skipif(not SPECTRUM_FILES, reason="csv-spectrum ligger inte bredvid projektet")
@pytest.mark.parametrize("path", SPECTRUM_FILES, ids=lambda path: path.stem)
def test_csv_spectrum(path: Path) -> None:
    table, findings = read_csv(path.name, path.read_bytes())
    wanted = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text("utf-8"))
    assert table is not None and findings == []
    read_back = [{name: cell or "" for name, cell in zip(table.columns, cells, strict=True)} for _, cells in table.rows]
    records = wanted if isinstance(wanted, list) else [wanted]
    if path.stem == "location_coordinates":
        # The telephone number was changed in the one file and not in the other.
        for record in (*records, *read_back):
            del record["Contact Phone Number"]
    assert read_back == [{name: value.replace("\r\n", "\n").strip() for name, value in record.items()} for record in records]
