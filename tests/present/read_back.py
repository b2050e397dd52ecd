"""Reading a paper back from each of its faces, without a word of the code that wrote it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Any
from zipfile import ZipFile

from docx import Document
from python_calamine import CalamineWorkbook

from uppfoljning.present.document.model import Chart, Column, Grid, Part, grids
from uppfoljning.present.document.model import Document as Paper

Table = list[list[Any]]


def reader_tables(paper: Paper) -> list[tuple[Grid, Table]]:
    """What readers are to see of every table: headings, then the cells."""
    found = []
    for grid in grids(paper.parts):
        kept = [at for at, column in enumerate(grid.columns) if column.read]
        if kept:
            head = [grid.columns[at].name for at in kept]
            found.append((grid, [head, *([row[at].shown for at in kept] for row in grid.rows)]))
    return found


def sentences(paper: Paper) -> list[str]:
    """Every heading, sentence and caption that readers are to see, in order."""
    return [said for part in paper.parts for said in _said(part)]


def _said(part: Part) -> Iterator[str]:
    yield part.heading + (f" – {part.status}" if part.status else "")
    yield from (*part.sentences, *part.free)
    for block in part.blocks:
        if isinstance(block, Chart):
            yield block.alt
    for inner in part.parts:
        yield from _said(inner)


def workbook(data: bytes) -> dict[str, Table]:
    """The sheets of a workbook with their values."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def formulas_and_links(data: bytes) -> list[str]:
    """What in a workbook would be reckoned or followed."""
    with ZipFile(io.BytesIO(data)) as packed:
        texts = [packed.read(name).decode() for name in packed.namelist() if name.endswith((".xml", ".rels"))]
    return [found for text in texts for found in re.findall(r"<f[ >]|<hyperlink|TargetMode=\"External\"|DDE", text)]


def document(data: bytes) -> tuple[list[str], list[Table]]:
    """The paragraphs and the tables of a Word document."""
    read = Document(io.BytesIO(data))
    return [one.text for one in read.paragraphs], [
        [[cell.text for cell in row.cells] for row in table.rows] for table in read.tables
    ]


def markdown(text: str) -> tuple[list[str], list[Table]]:
    """The lines and the tables of a Markdown page, as they are shown."""
    lines, tables, rows = [], [], []
    for line in [*text.split("\n"), ""]:
        if line.startswith("| "):
            rows.append([shown(cell) for cell in re.split(r" (?<!\\)\| ", line.removeprefix("| ").removesuffix(" |"))])
        elif line.startswith("|"):
            continue
        else:
            if rows:
                tables.append(rows)
                rows = []
            lines.append(shown(re.sub(r"^(#+|>) ", "", line)))
    return lines, tables


def shown(text: str) -> str:
    """Escaped Markdown as it is shown, code as what it holds."""

    def read(found: re.Match[str]) -> str:
        if found["code"] is not None:
            return html.escape(found["code"], quote=False)
        return found["sign"]

    text = re.sub(r"\\(?P<sign>[!-/:-@\[-`{-~])|`(?P<code>[^`]*)`", read, text)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rows_of(data: bytes, between: str, point: str) -> Table:
    """A CSV file's cells, numbers as they would be read by a program that knows the dialect."""
    text = data.decode("utf-8-sig" if between == ";" else "utf-8")
    return [[as_number(cell, point) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=between)]


def as_number(cell: str, point: str) -> Any:
    """A cell as a program reads it."""
    return Fraction(cell.replace(point, ".")) if re.fullmatch(rf"-?\d+(?:\{point}\d+)?", cell) else cell


def in_csv(column: Column, value: int | Fraction | date) -> Any:
    """A value as a CSV cell is to be read: a share in percent, four decimals, a day as text."""
    match value:
        case int() | Fraction():
            exact = Fraction(value) * (100 if column.kind == "andel" else 1)
            scaled = abs(exact) * 10_000
            rounded = Fraction(int(scaled + Fraction(1, 2)), 10_000)
            return rounded if exact >= 0 else -rounded
        case _:
            return value.isoformat()


def in_json(value: Any) -> Any:
    """A value as JSON has it."""
    match value:
        case Fraction():
            return float(value)
        case date():
            return value.isoformat()
        case _:
            return value


def close(found: Sequence[Any], wanted: Sequence[Any]) -> bool:
    """The same cells, fractions as near as a machine's numbers come."""
    return len(found) == len(wanted) and all(_close(one, other) for one, other in zip(found, wanted, strict=True))


def _close(one: Any, other: Any) -> bool:
    numbers = (int, float, Fraction)
    if isinstance(one, numbers) and isinstance(other, numbers):
        return abs(float(one) - float(other)) <= 1e-9 * max(1.0, abs(float(other)))
    return bool(one == other)


def tables_in(text: str) -> dict[str, list[dict[str, Any]]]:
    """The tables of a JSON document."""
    found: dict[str, list[dict[str, Any]]] = json.loads(text)["tabeller"]
    return found
