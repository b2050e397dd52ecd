"""Putting sources together: the sets that can be read are added up, the others are told of, and none stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.files.machine import raise_if_short
from uppfoljning.followup.status import Status
from uppfoljning.national.datasets import Refused, Set, files_of, sorted_out, without_doubles
from uppfoljning.national.engines import Files, by_duckdb
from uppfoljning.national.queries import RESULTS, Answers, Question
from uppfoljning.national.schema import VERSION

if TYPE_CHECKING:
    from uppfoljning.national.gathered import Gathered

Engine = Callable[[Files, Question], Answers]


class Gathering(NamedTuple):
    """What came of it: None where no set could be read; what was left out, and why."""

    found: Gathered | None
    sets: tuple[Set, ...]
    refused: tuple[Refused, ...]


def gather_sets(sets: Sequence[Set], question: Question, engine: Engine = by_duckdb) -> Gathering:
    """Add up every set that can be read. Only where something is wrong with one is each of them looked into."""
    kept: list[Set] = list(sets)
    refused: list[Refused] = []
    try:
        kept, refused = without_doubles(kept)
        answers = engine(files_of(kept), question) if kept else None
        sound = answers is not None and _is_sound(answers, kept)
    except _broken() as error:
        raise_if_short(error)
        sound = False
    if not sound:
        readable, broken = sorted_out(list(sets))
        kept, doubles = without_doubles(readable)
        refused = broken + doubles
        answers = engine(files_of(kept), question) if kept else None
    from uppfoljning.national.gathered import gathered

    return Gathering(gathered(answers, question.form) if answers is not None else None, tuple(kept), tuple(refused))


def _broken() -> tuple[type[Exception], ...]:
    """What an engine raises where a file is not as it should be; only looked up when something has been raised."""
    import duckdb
    from narwhals.exceptions import NarwhalsError

    return duckdb.Error, NarwhalsError


def _is_sound(answers: Answers, sets: Sequence[Set]) -> bool:
    """Whether all is of this version and of the municipalities that the folders say, with known words and no sum lacking."""
    rows, keys = answers["ataganden"], RESULTS["ataganden"].keys
    said, versions, words = ({row[keys.index(name)] for row in rows} for name in ("kommun", "version", "status"))
    known = said == {one.municipality for one in sets} and versions == {VERSION} and words <= set(Status)
    return known and not any(None in row for rows in answers.values() for row in rows)
