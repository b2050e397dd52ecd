"""What many sets of partial sums are added up to: one declaration, run by whatever engine the frames belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from uppfoljning.national.schema import COMMITMENTS, FIGURES, MONTHS, REPORTING, Table

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

NUMBER = "ataganden"
"""No column of a file, but how many rows of it there are."""

LAST = "senaste"
"""No sum, but the last of all."""


def sources(question: Question) -> dict[str, str]:
    """The table that each result is made from: of those that say it, the one with the fewest rows."""
    found = {
        "blanketter": MONTHS.name if question.first else COMMITMENTS.name,
        "manader": MONTHS.name if question.form else REPORTING.name,
        "ataganden": COMMITMENTS.name,
        "uppfyllelse": COMMITMENTS.name,
    }
    return found | {"siffror": FIGURES.name} if question.figures else found


def needed(question: Question) -> list[str]:
    """The tables that a question needs."""
    return list(dict.fromkeys(sources(question).values()))


def seen(question: Question) -> dict[str, Asked]:
    """What the results see of the tables that nothing is left out of: rows alike in the keys may be added up on the way in."""
    found = {}
    for table in (COMMITMENTS.name, REPORTING.name):
        asked = [RESULTS[name] for name, source in sources(question).items() if source == table]
        keys = [key for one in asked for key in one.keys]
        limits = ["fran", "till"] if question.first and table == COMMITMENTS.name else []
        values = [value for one in asked for value in one.values]
        if asked:
            found[table] = Asked(tuple(dict.fromkeys([*keys, *limits])), tuple(dict.fromkeys(values)))
    return found


def one_by_one(commitments: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The commitments as they stand in the files, where none have been added up: each is one."""
    import narwhals as nw

    return commitments.with_columns(nw.lit(1).alias(NUMBER))


def declared(frames: Frames, question: Question) -> dict[str, nw.LazyFrame[Any]]:
    """Every result, not yet computed: keys, then sums. `frames` are the tables by name, the commitments with their number."""
    import narwhals as nw

    source = {name: frames[table] for name, table in sources(question).items()}
    forms = _of_form(source["blanketter"], question)
    months = _within(source["manader"], question)
    standing = _standing(frames[COMMITMENTS.name], question)
    # What is read in first is asked for first.
    asked = {
        "manader": months.filter(nw.col("rapporter") > 0, nw.col("manad") >= question.recent),
        "blanketter": _amounted(_within(forms, question)) if question.first else forms,
        "ataganden": standing,
        "uppfyllelse": standing,
    }
    if question.figures:
        asked["siffror"] = _within(source["siffror"], question)
    return {name: _summed(frame, RESULTS[name]) for name, frame in asked.items()}


def _amounted(months: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The months, with the month itself where there is a report; of all time the commitments say the same."""
    import narwhals as nw

    return months.with_columns(senaste=nw.when(nw.col("rapporter") > 0).then(nw.col("manad")).otherwise(nw.lit("")))


def _standing(frame: nw.LazyFrame[Any], question: Question) -> nw.LazyFrame[Any]:
    """The commitments, counted as nothing where they are not asked for."""
    import narwhals as nw

    asked = []
    if question.form:
        asked.append(nw.col("blankett") == question.form)
    if question.first:
        asked += [_month("till") >= question.first, _month("fran") <= question.last]
    if not asked:
        return frame
    counted = nw.when(nw.all_horizontal(*asked, ignore_nulls=False))
    return frame.with_columns(*(counted.then(nw.col(name)).otherwise(0).alias(name) for name in (NUMBER, *_PROMISED)))


def _summed(frame: nw.LazyFrame[Any], asked: Asked) -> nw.LazyFrame[Any]:
    """Keys, then sums."""
    import narwhals as nw

    sums = [nw.col(name).max() if name == LAST else nw.col(name).sum() for name in asked.values]
    return frame.group_by(*asked.keys).agg(*sums)


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
