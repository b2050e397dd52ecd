"""What did not go as planned, what is outstanding, the history, the findings and the series: a row for each thing told.

The first three are the commands' JSON, version 1, laid out in rows: what it shows and how it covers personal numbers is decided
there and nowhere else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple, get_args

from uppfoljning.api.columns import FrameColumn, at, day_at, period_columns, text_of_list
from uppfoljning.domain.indicator import Observed, Series
from uppfoljning.domain.period import Period
from uppfoljning.domain.scalars import REASONS
from uppfoljning.followup.deviations import KINDS, Fate
from uppfoljning.present.views.findings_located import LEVELS

DEVIATIONS: tuple[FrameColumn, ...] = (
    FrameColumn("plan", "text", "Planens id", at("plan")),
    FrameColumn("åtagande", "text", "Åtagandets id", at("åtagande")),
    FrameColumn("titel", "text", "Åtagandets titel", at("titel")),
    FrameColumn("slag", KINDS, "Vad som avvek", at("slag")),
    *period_columns("när", "Dagen eller perioden", "när"),
    FrameColumn("platser", "text", "Platserna, med komma emellan", text_of_list("platser")),
    FrameColumn("moment", "text", "Momentet det gäller", at("moment")),
    FrameColumn("vad", "text", "Vad som inte blev som planerat", at("vad")),
    FrameColumn("hur", "text", "På vilket sätt det ändrades", at("hur")),
    FrameColumn("före", "text", "Planens ord före ändringen", at("före")),
    FrameColumn("efter", "text", "Planens ord efter den", at("efter")),
    FrameColumn("skäl", REASONS, "Skälet, ett av de fasta orden", at("skäl")),
    FrameColumn("varför", "text", "Skälet i ord", at("varför")),
    FrameColumn("beslut", "text", "Beslutet om en ändring av planen", at("beslut")),
    *period_columns("flyttad_till", "Dagen eller perioden det flyttades till", "flyttad_till", own=True),
    FrameColumn("vad_det_blev", get_args(Fate), "Vad det blev av det flyttade", at("vad_det_blev", "läge")),
    *period_columns("vad_det_blev_när", "När det blev av", "vad_det_blev", "när", own=True),
    FrameColumn("ansvarig", "text", "Momentets ansvariga", at("ansvarig")),
    FrameColumn("fil", "text", "Filen det står i", at("fil")),
    FrameColumn("rad", "whole", "Raden i en CSV-fil", at("rad")),
)

OUTSTANDING_STATES = {
    "saknade": "saknad rapport",
    "sena": "sen rapport",
    "moment_kvar": "moment kvar",
    "moment_delvis": "moment delvis",
    "snart": "snart",
}
"""What a row of outstanding things is, by the name of its list in JSON."""

OUTSTANDING: tuple[FrameColumn, ...] = (
    FrameColumn("plan", "text", "Planens id", at("plan")),
    FrameColumn("funktion", "text", "Funktionen eller parten det vilar på", at("id")),
    FrameColumn("funktion_titel", "text", "Vad den heter", at("titel")),
    FrameColumn("part", "text", "Parten den hör till", at("part")),
    FrameColumn("part_titel", "text", "Vad parten heter", at("part_titel")),
    FrameColumn("läge", tuple(OUTSTANDING_STATES.values()), "Vad det är", at("läge")),
    FrameColumn("slag", ("rapport", "moment"), "En rapport eller ett moment", at("sak", "slag")),
    FrameColumn("åtagande", "text", "Åtagandets id", at("sak", "åtagande")),
    FrameColumn("titel", "text", "Åtagandets titel", at("sak", "titel")),
    FrameColumn("moment", "text", "Momentets id", at("sak", "moment")),
    FrameColumn("moment_titel", "text", "Momentets titel", at("sak", "moment_titel")),
    *period_columns("avser", "Dagen eller perioden som rapporten gäller", "sak", "avser"),
    FrameColumn("förfaller", "day", "Sista dagen i tid", day_at("sak", "förfaller")),
    FrameColumn("inkom", "day", "Dagen då en sen rapport kom", day_at("sak", "inkom")),
    FrameColumn("dagar_sedan", "whole", "Dagar sedan det förföll", at("sak", "dagar_sedan")),
    FrameColumn("dagar_sent", "whole", "Dagar som en rapport var sen", at("sak", "dagar_sent")),
    FrameColumn("dagar_kvar", "whole", "Dagar tills det förfaller", at("sak", "dagar_kvar")),
    FrameColumn("gjort", "figure", "Tillfällen då momentet gjordes", at("sak", "gjort")),
    FrameColumn("tillfällen", "figure", "Tillfällen då det skulle göras", at("sak", "tillfällen")),
    FrameColumn("inte_gjort", "text", "Dagar då det inte gjordes, med komma emellan", text_of_list("sak", "inte_gjort")),
    FrameColumn("inget_svar", "text", "Dagar då rapporten inget säger", text_of_list("sak", "inget_svar")),
)

HISTORY: tuple[FrameColumn, ...] = (
    FrameColumn("plan", "text", "Planens id", at("plan")),
    FrameColumn("åtagande", "text", "Åtagandets id; saknas för det som står på planen själv", at("åtagande")),
    FrameColumn("vad", "text", "Vad som ändrats", at("vad")),
    FrameColumn("före", "text", "Planens ord före", at("före")),
    FrameColumn("efter", "text", "Planens ord efter", at("efter")),
    FrameColumn("löfte", "yes", "Ett löfte ändrades, och det kräver ett skäl", at("löfte")),
    FrameColumn("datum", "day", "Dagen för beslutet, annars för incheckningen", day_at("datum")),
    FrameColumn("skäl", REASONS, "Skälet, ett av de fasta orden", at("skäl")),
    FrameColumn("varför", "text", "Skälet i ord", at("varför")),
    FrameColumn("beslut", "text", "Beslutet", at("beslut")),
    FrameColumn("ändrat_i", "text", "Incheckningen som ändrade", at("ändrat_i", "commit")),
    FrameColumn("ändrat_dag", "day", "Dagen för den", day_at("ändrat_i", "dag")),
    FrameColumn("skäl_i", "text", "Incheckningen med skälet, när den kom senare", at("skäl_i", "commit")),
    FrameColumn("skäl_dag", "day", "Dagen för den", day_at("skäl_i", "dag")),
)

FINDINGS: tuple[FrameColumn, ...] = (
    FrameColumn("kod", "text", "Regelns kod; `uppfoljning regel KOD` förklarar den", lambda one: one.code),
    FrameColumn("nivå", LEVELS, "Hur allvarligt det är", lambda one: one.level),
    FrameColumn("fil", "text", "Filen", lambda one: one.file),
    FrameColumn("rad", "whole", "Raden, när fyndet har en", lambda one: one.span and one.span.line),
    FrameColumn("kolumn", "whole", "Kolumnen", lambda one: one.span and one.span.column),
    FrameColumn("slutrad", "whole", "Raden där det slutar", lambda one: one.span and one.span.end_line),
    FrameColumn("slutkolumn", "whole", "Kolumnen efter det", lambda one: one.span and one.span.end_column),
    FrameColumn("meddelande", "text", "Vad som är fel", lambda one: one.headline),
    FrameColumn("hjälp", "text", "Vad du gör åt det", lambda one: one.remedy or None),
)


class SeriesMonth(NamedTuple):
    """What a row of a series is made of."""

    series: Series
    area: str
    month: Period
    observed: Observed


def _preliminary(one: SeriesMonth) -> bool:
    first = one.series.indicator.preliminary_from
    return first is not None and one.month >= first


SERIES: tuple[FrameColumn, ...] = (
    FrameColumn("indikator", "text", "Seriens id", lambda one: one.series.indicator.id),
    FrameColumn("titel", "text", "Vad den räknar", lambda one: one.series.indicator.title),
    FrameColumn("område", "text", "Området", lambda one: one.area),
    FrameColumn("månad", "month", "Månaden; en som saknas är okänd och inte 0", lambda one: one.month.first),
    FrameColumn("från", "day", "Månadens första dag", lambda one: one.month.first),
    FrameColumn("till", "day", "Månadens sista dag", lambda one: one.month.last),
    FrameColumn("antal", "figure", "Hur många händelser", lambda one: one.observed.events),
    FrameColumn("exponering", "figure", "Vad antalet ställs mot, till exempel invånare", lambda one: one.observed.exposure),
    FrameColumn("preliminär", "yes", "Siffran kan komma att ändras", _preliminary),
)


def deviation_rows(text: str) -> list[Mapping[str, Any]]:
    """The deviations of the JSON of `avvikelser`."""
    return [{**one, "plan": plan["id"]} for plan in json.loads(text)["planer"] for one in plan["avvikelser"]]


def outstanding_rows(text: str) -> list[Mapping[str, Any]]:
    """What is told in the JSON of `saknas`, one function after the other."""
    return list(_outstanding(json.loads(text)["funktioner"]))


def _outstanding(functions: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for function in functions:
        for listed, state in OUTSTANDING_STATES.items():
            for one in function[listed]:
                yield {**function, "läge": state, "sak": one}


def history_rows(text: str) -> list[Mapping[str, Any]]:
    """The changes in the JSON of `historik`."""
    return [{**one, "plan": plan["id"]} for plan in json.loads(text)["planer"] for one in plan["ändringar"]]


def series_rows(series: Iterable[Series], until: date | None) -> list[SeriesMonth]:
    """The months of some series that a day can know, by series and area and in order of time."""
    known = series if until is None else [one.until(until) for one in series]
    return [
        SeriesMonth(one, area, month, observed)
        for one in known
        for area, months in one.areas.items()
        for month, observed in sorted(months.items())
    ]
