"""What many sets of partial sums are added up to: one declaration, run by whatever engine the frames belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.national.scheme import COMMITMENTS, FIGURES, MONTHS, TARGETS, Table

if TYPE_CHECKING:
    import narwhals as nw

    Frames = Mapping[str, nw.LazyFrame[Any]]

Answers = Mapping[str, list[tuple[object, ...]]]
"""The rows of each result by its name, in the order of the keys."""


class Question(NamedTuple):
    """What is asked: the months from `first` to `last` (none given: all), one form or all, and since when reports are recent."""

    first: str = ""
    last: str = ""
    form: str = ""
    recent: str = ""


class Asked(NamedTuple):
    """One result: the keys that its rows are grouped by, and its sums."""

    keys: tuple[str, ...]
    values: tuple[str, ...]


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.values)


RESULTS: Mapping[str, Asked] = {
    "blanketter": Asked(("kommun", "blankett", "blankettversion"), (*_names(MONTHS), "senaste")),
    "manader": Asked(("kommun", "manad"), ("rapporter",)),
    "siffror": Asked(("kommun", "blankett", "slag", "namn", "personer", "namnare"), _names(FIGURES)),
    "ataganden": Asked(("kommun", "blankett", "status", "matbart", "uppnatt", "avslutad"), ("ataganden",)),
    "mal": Asked(("blankett", "vantat_namnare"), ("hela_taljare", "vantat_taljare", "utfall_taljare", "mal")),
    "kallor": Asked(("kommun", "vid", "version"), ("ataganden",)),
}
"""The results by name."""


def declared(frames: Frames, question: Question) -> dict[str, nw.LazyFrame[Any]]:
    """Every result, not yet computed: keys, then sums. `frames` are the tables of partial sums by name."""
    import narwhals as nw

    months = _within(frames[MONTHS.name], question)
    figures = _within(frames[FIGURES.name], question)
    every = frames[COMMITMENTS.name]
    commitments, targets = _of_form(every, question), _of_form(frames[TARGETS.name], question)
    if question.first:
        commitments = commitments.filter(_month("till") >= question.first, _month("fran") <= question.last)
    told = nw.col("laggs_ihop") & (nw.col("raknar") == "tillfällen")
    known = ~nw.col("utfall_taljare").is_null() & ~nw.col("vantat_taljare").is_null()
    reporting = months.filter(nw.col("rapporter") > 0)
    asked = {
        "blanketter": months.with_columns(senaste=nw.when(nw.col("rapporter") > 0).then(nw.col("manad")).otherwise(nw.lit(""))),
        "manader": reporting.filter(nw.col("manad") >= question.recent) if question.recent else reporting,
        "siffror": figures,
        "ataganden": commitments.with_columns(ataganden=nw.lit(1)),
        "mal": targets.filter(told & known).with_columns(mal=nw.lit(1)),
        "kallor": every.with_columns(ataganden=nw.lit(1)),
    }
    return {name: _summed(frame, RESULTS[name]) for name, frame in asked.items()}


def _summed(frame: nw.LazyFrame[Any], asked: Asked) -> nw.LazyFrame[Any]:
    import narwhals as nw

    sums = [nw.col(name).max() if name == "senaste" else nw.col(name).sum() for name in asked.values]
    return frame.group_by(*asked.keys).agg(*sums).select(*asked.keys, *asked.values)


def _within(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    import narwhals as nw

    frame = _of_form(frame, question)
    if not question.first:
        return frame
    return frame.filter(nw.col("manad") >= question.first, nw.col("manad") <= question.last)


def _of_form(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    import narwhals as nw

    return frame.filter(nw.col("blankett") == question.form) if question.form else frame


def _month(name: str) -> nw.Expr:
    """The month of a day, as text."""
    import narwhals as nw

    return nw.col(name).cast(nw.String).str.slice(0, 7)
