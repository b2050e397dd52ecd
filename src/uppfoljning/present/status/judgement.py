"""The judgement file to fill in: every commitment with the suggested status beside an empty verdict."""

from __future__ import annotations

import json
from collections.abc import Iterator

from uppfoljning.domain.judgement import CARRIED_OUT_WORDS, RESULT_WORDS
from uppfoljning.domain.period import Period, period_name
from uppfoljning.followup.table import Line, Table
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import percent
from uppfoljning.present.status import cells


def judgement_file(table: Table, period: Period, by: str) -> str:
    """The text of the file. An empty verdict is no verdict, so that it can be filled in little by little."""
    return "".join(f"{line}\n" for line in _lines(table, period, by))


def _lines(table: Table, period: Period, by: str) -> Iterator[str]:
    yield f"# Bedömning av {one_line(table.plan.title)}. Fyll i efter kolonen; det som lämnas tomt är inte bedömt."
    yield f"# genomförande: {' | '.join(CARRIED_OUT_WORDS)}"
    yield f"# resultat: {' | '.join(RESULT_WORDS)}"
    yield f"bedömning: {period_name(period)}"
    yield f"plan: {table.plan.id}"
    yield f"datum: {table.view.as_of}"
    yield f"av: {json.dumps(one_line(by), ensure_ascii=False)}"
    yield "åtaganden:"
    for line in table.lines:
        yield f"  {line.commitment.id}:"
        yield f"    # {one_line(line.commitment.title)}"
        for text in _suggestions(line):
            yield f"    # {text}"
        yield "    genomförande:"
        yield "    resultat:"
        yield "    motivering:"


def _suggestions(line: Line) -> Iterator[str]:
    for row in line.rows:
        name = f"{row.target.id}: " if len(line.rows) > 1 else ""
        share = cells.against_plan(row)
        against = f", mot planen {percent(share)}" if share is not None else ""
        yield one_line(f"{name}förslag: {row.status}; hittills {cells.so_far(row)}, hela målet {cells.whole(row)}{against}")
    for text in (cells.departures(line.departures), cells.missing(line.missing, line.commitment.reporter)):
        if text:
            yield one_line(text)
