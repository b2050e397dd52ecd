"""The outcome series of a project: what describes them, and their months, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from uppfoljning.domain.finding import Finding, Place, Problem, Tree
from uppfoljning.domain.indicator import Indicator, MonthlyCount, Observed, Series
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.schema import FieldProblem, Refused, missing_key, read, sparing, suggestion, unknown_key
from uppfoljning.project.document import ParsedFile, check_id_is_name
from uppfoljning.rules.finding_sink import FindingSink

if TYPE_CHECKING:
    from uppfoljning.files.csv import CsvTable

SERIES = "reports/indikatorer/"


class Indicators:
    """Indicators by id, the ids of those that could not be read, and the series that have been read."""

    def __init__(self) -> None:
        self.indicators: dict[str, Indicator] = {}
        self.lost: set[str] = set()
        self.files: dict[str, str] = {}
        self.series: dict[str, Series] = {}

    @sparing
    def describe(self, document: ParsedFile) -> None:
        """Read what a series is; problems are added to the document."""
        assert document.tree is not None
        found: list[FieldProblem] = []
        indicator = read(Indicator, document.tree, (), found)
        out = FindingSink(document.file)
        out.take(found)
        if isinstance(indicator, Refused):
            given = document.tree.get("indikator")
            self.lost |= {_stem(document.file), str(given)}
        else:
            document.findings += check_id_is_name(document, "indikator", indicator.id)
            first = self.files.setdefault(indicator.id, document.file)
            if first != document.file:
                problem = Problem("R322", f"serien {indicator.id} är redan beskriven", "ge den ett eget id")
                out.say(("indikator",), problem, also=Place(first, ("indikator",)))
            self.indicators.setdefault(indicator.id, indicator)
        document.findings += out.findings

    @sparing
    def read(self, document: ParsedFile) -> None:
        """Read the months of a series; rows with a fault are left out of it, and problems are added to the document."""
        name = _stem(document.file)
        table = document.table
        if table is None:
            return
        header = FindingSink(document.file, 0)
        if not _check_columns(table, header):
            document.findings += header.findings
            return
        indicator = self.indicators.get(name)
        if indicator is None:
            if name not in self.lost:
                document.findings.append(Finding(Place(document.file), _undescribed(name, self.indicators)))
            return
        areas = _areas(document, table)
        self.series[name] = Series(indicator, document.file, areas)


def _stem(file: str) -> str:
    return file.rpartition("/")[2].rpartition(".")[0]


def _undescribed(name: str, known: Mapping[str, Indicator]) -> Problem:
    near = f"{suggestion(name, known)} " if known else ""
    return Problem("R320", "serien saknar beskrivning", f"{near}skriv plans/indikatorer/{name}.yaml med indikator: och titel:")


def _check_columns(table: CsvTable, header: FindingSink) -> bool:
    keys = MonthlyCount.KEYS
    for column in table.columns:
        if column not in keys:
            header.say((column,), unknown_key(column, keys), on_key=True)
    for name in MonthlyCount.REQUIRED:
        if name not in table.columns and not header.findings:
            header.say((), missing_key(name)._replace(message=f"kolumnen {name} saknas", remedy=f"lägg till kolumnen {name}"))
    return not header.findings


def _areas(document: ParsedFile, table: CsvTable) -> dict[str, dict[Period, Observed]]:
    areas: dict[str, dict[Period, Observed]] = {}
    seen: dict[tuple[str, Period], int] = {}
    for record, cells in table.rows:
        out = FindingSink(document.file, record)
        tree: dict[str, Tree] = {name: cell for name, cell in zip(table.columns, cells, strict=True) if cell is not None}
        found: list[FieldProblem] = []
        row = read(MonthlyCount, tree, (), found)
        out.take(found)
        if not isinstance(row, Refused):
            first = seen.setdefault((row.area, row.month), record)
            if first != record:
                problem = Problem("T507", f"{period_name(row.month)} finns redan för {row.area}", "ta bort den ena raden")
                out.say(("månad",), problem, also=Place(document.file, (first, "månad")))
            elif not found:
                areas.setdefault(row.area, {})[row.month] = Observed(row.count, row.exposure)
        document.findings += out.findings
    return areas
