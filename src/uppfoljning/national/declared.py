"""What many sets of partial sums are added up to: one declaration, run by whatever engine the frames belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.national.scheme import COMMITMENTS, FIGURES, MONTHS, Table

if TYPE_CHECKING:
    import narwhals as nw

    Frames = Mapping[str, nw.LazyFrame[Any]]

Answers = Mapping[str, list[tuple[object, ...]]]
"""The rows of each result by its name, in the order of the keys."""


class Question(NamedTuple):
    """What is asked: the months from `first` to `last` (none given: all), one form or all, since when reports
    are recent, and whether the sums of answers, hours, steps and reasons are wanted too."""

    first: str = ""
    last: str = ""
    form: str = ""
    recent: str = ""
    figures: bool = False


class Asked(NamedTuple):
    """One result: the keys that its rows are grouped by, and its sums."""

    keys: tuple[str, ...]
    values: tuple[str, ...]


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.values)


_STANDS = ("status", "matbart", "uppnatt", "avslutad")
_PROMISED = ("mal", "lovade", "vantade_taljare", "gjorda")

RESULTS: Mapping[str, Asked] = {
    "blanketter": Asked(("kommun", "blankett", "blankettversion"), (*_names(MONTHS), "senaste")),
    "manader": Asked(("kommun", "manad"), ("rapporter",)),
    "ataganden": Asked(("kommun", "vid", "version", *_STANDS), ("ataganden",)),
    "uppfyllelse": Asked(("blankett", "blankettversion", "inbyggd", *_STANDS, "vantade_namnare"), ("ataganden", *_PROMISED)),
    "siffror": Asked(("kommun", "blankett", "slag", "namn", "personer", "namnare"), _names(FIGURES)),
}
"""The results by name. Those of `ataganden` that are not asked for are nought, so that every municipality is heard of."""

NEEDED = {
    "blanketter": MONTHS.name,
    "manader": MONTHS.name,
    "ataganden": COMMITMENTS.name,
    "uppfyllelse": COMMITMENTS.name,
    "siffror": FIGURES.name,
}
"""The table that each result is made from."""


def needed(question: Question) -> list[str]:
    """The tables that a question needs."""
    return list(dict.fromkeys(table for name, table in NEEDED.items() if name != "siffror" or question.figures))


def declared(frames: Frames, question: Question) -> dict[str, nw.LazyFrame[Any]]:
    """Every result, not yet computed: keys, then sums. `frames` are the tables of partial sums by name."""
    import narwhals as nw

    months = _within(frames[MONTHS.name], question)
    reporting = nw.col("rapporter") > 0
    standing = _standing(frames[COMMITMENTS.name], question)
    asked = {
        "blanketter": _amounted(months) if question.first else _of_form(frames[COMMITMENTS.name], question),
        "manader": months.filter(reporting, nw.col("manad") >= question.recent),
        "ataganden": standing,
        "uppfyllelse": standing,
    }
    if question.figures:
        asked["siffror"] = _within(frames[FIGURES.name], question)
    every = not (question.form or question.first)
    return {name: _summed(frame, RESULTS[name], every=every) for name, frame in asked.items()}


def _amounted(months: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The months, with the month itself where there is a report; of all time the commitments say the same in fewer rows."""
    import narwhals as nw

    return months.with_columns(senaste=nw.when(nw.col("rapporter") > 0).then(nw.col("manad")).otherwise(nw.lit("")))


def _standing(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    """The commitments, each counted once, or as nothing where it is not asked for."""
    import narwhals as nw

    asked = []
    if question.form:
        asked.append(nw.col("blankett") == question.form)
    if question.first:
        asked += [_month("till") >= question.first, _month("fran") <= question.last]
    if not asked:
        return frame
    counted = nw.when(nw.all_horizontal(*asked, ignore_nulls=False))
    one = counted.then(nw.lit(1)).otherwise(0).alias("ataganden")
    return frame.with_columns(one, *(counted.then(nw.col(name)).otherwise(0).alias(name) for name in _PROMISED))


def _summed(frame: nw.LazyFrame[Any], asked: Asked, *, every: bool) -> nw.LazyFrame[Any]:
    """Keys, then sums; where every commitment is asked for their number is that of the rows."""
    import narwhals as nw

    def total(name: str) -> nw.Expr:
        if name == "senaste":
            return nw.col(name).max()
        return nw.len().alias(name) if name == "ataganden" and every else nw.col(name).sum()

    return frame.group_by(*asked.keys).agg(*map(total, asked.values))


def _of_form(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    """The rows of the form asked for."""
    import narwhals as nw

    return frame.filter(nw.col("blankett") == question.form) if question.form else frame


def _within(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    """The rows of the form and the months asked for."""
    import narwhals as nw

    frame = _of_form(frame, question)
    if not question.first:
        return frame
    return frame.filter(nw.col("manad") >= question.first, nw.col("manad") <= question.last)


def _month(name: str) -> nw.Expr:
    """The month of a day, as text."""
    import narwhals as nw

    return nw.col(name).cast(nw.String).str.slice(0, 7)
