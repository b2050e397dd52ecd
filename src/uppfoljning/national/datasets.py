"""Sets of partial sums on disk: which there are under a folder, and which of them can be read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.scalars import parse_scb_code
from uppfoljning.files.gate import is_own_file
from uppfoljning.files.machine import raise_if_short
from uppfoljning.files.sql import quoted
from uppfoljning.followup.status import Status
from uppfoljning.national.queries import RESULTS, Answers, Files, NationalQuery, by_duckdb
from uppfoljning.national.schema import COMMITMENTS, FILE, REPORTING, SAME, TABLES, VERSION, SchemaTable, folder_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from uppfoljning.national.gathered import NationalFollowUp


class Set(NamedTuple):
    """The partial sums of one municipality from one source: the file of each table by the table's name."""

    source: str
    municipality: str
    files: Mapping[str, str]


class RefusedSource(NamedTuple):
    """A source, or a part of one, that is left out; why, and what to do, in Swedish."""

    source: str
    why: str


_FOLDER = folder_of("")
_AGAIN = "exportera om med: uppfoljning exportera partiella"


def is_data_set(folder: Path) -> bool:
    """Whether a folder holds exported partial sums: any of their tables."""
    return any((folder / name).is_dir() for name in TABLES)


def sets_in(folder: Path, source: str) -> tuple[list[Set], list[RefusedSource]]:
    """The sets of an exported folder; one that lacks a table, and a file that nobody knows, are refused."""
    found: dict[str, dict[str, str]] = {}
    refused = []
    for name in TABLES:
        place = os.path.join(folder, name)
        for own in sorted(os.listdir(place)) if os.path.isdir(place) and not os.path.islink(place) else ():
            municipality, path = own.removeprefix(_FOLDER), os.path.join(place, own, FILE)
            if own == folder_of(municipality) and _is_code(municipality) and is_own_file(str(folder), path):
                found.setdefault(municipality, {})[name] = path
            else:
                refused.append(RefusedSource(source, f"{name}/{own} hör inte till delsummorna och räknas inte. Ta bort den"))
    sets = []
    for municipality, files in sorted(found.items()):
        missing = [name for name in TABLES if name not in files]
        if missing == [REPORTING.name]:
            # So was version 1 of the format.
            why = f"kommun {municipality} är exporterad med en äldre version. Uppdatera uppfoljning där och {_AGAIN}"
            refused.append(RefusedSource(source, why))
        elif missing:
            why = f"kommun {municipality} saknar {', '.join(missing)}. {_AGAIN.capitalize()}"
            refused.append(RefusedSource(source, why))
        else:
            sets.append(Set(source, municipality, files))
    return sets, refused


@cache
def _is_code(municipality: str) -> bool:
    """Whether it could be a municipality's code; each is met once for every table."""
    return not isinstance(parse_scb_code(municipality), Problem)


def files_of(sets: Iterable[Set]) -> dict[str, list[str]]:
    """The files of some sets by their tables."""
    every = list(sets)
    return {name: [one.files[name] for one in every] for name in TABLES}


def without_doubles(sets: Sequence[Set]) -> tuple[list[Set], list[RefusedSource]]:
    """The sets where no plan of a municipality comes twice: the first source that has it counts. Their files must be sound."""
    by_municipality: dict[str, list[Set]] = {}
    for one in sets:
        by_municipality.setdefault(one.municipality, []).append(one)
    seen: dict[tuple[str, str], str] = {}
    refused = []
    for one in (one for group in by_municipality.values() if len(group) > 1 for one in group):
        plans = [(one.municipality, plan) for plan in _plans(one)]
        double = next((key for key in plans if key in seen), None)
        if double is None:
            seen |= dict.fromkeys(plans, one.source)
        else:
            why = f"planen {double[1]} i kommun {double[0]} finns redan i {seen[double]} och räknas bara därifrån"
            refused.append((one, RefusedSource(one.source, why)))
    left = [id(one) for one, _ in refused]
    return [one for one in sets if id(one) not in left], [why for _, why in refused]


def _plans(one: Set) -> list[str]:
    import duckdb

    with duckdb.connect() as connection:
        asked = f"SELECT DISTINCT plan FROM {_read(one.files[COMMITMENTS.name])} ORDER BY plan"  # noqa: S608
        return [str(plan) for (plan,) in connection.execute(asked).fetchall()]


def _read(file: str) -> str:
    """In SQL, the rows of a file. Its name is written out: to be given parameters DuckDB before 2 imports pandas."""
    return f"read_parquet({quoted(file)}, hive_partitioning = false)"


def sorted_out(sets: Sequence[Set]) -> tuple[list[Set], list[RefusedSource]]:
    """Reads every file of every set to its end; those that are broken or of another format are refused, the rest kept."""
    import duckdb

    kept, refused = [], []
    with duckdb.connect() as connection:
        for one in sets:
            why = next(filter(None, (_fault(connection, table, one) for table in TABLES.values())), "")
            if why:
                refused.append(RefusedSource(one.source, f"kommun {one.municipality}: {why}"))
            else:
                kept.append(one)
    return kept, refused


def _unheard_of(table: SchemaTable) -> str:
    """In SQL, whether a row has a status that does not exist, or nothing where something must be."""
    words = ", ".join(f"'{status.value}'" for status in Status)
    needed = [*table.keys, *(column for column in table.values if table.sums or column.type != "BIGINT")]
    lacking = " OR ".join(f"{column.name} IS NULL" for column in needed)
    known = any(column.name == "status" for column in table.values)
    return f"({lacking}) OR status NOT IN ({words})" if known else lacking


def _fault(connection: DuckDBPyConnection, table: SchemaTable, one: Set) -> str:
    """Why a file cannot be used, or nothing."""
    import duckdb

    def ask(what: str, where: str = "true") -> list[tuple[object, ...]]:
        # What is asked for is made of names and words of our own.
        asked = f"SELECT {what} FROM {_read(one.files[table.name])} WHERE {where}"  # noqa: S608
        found: list[tuple[object, ...]] = connection.execute(asked).fetchall()
        return found

    again = _AGAIN.capitalize()
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {_read(one.files[table.name])}")  # noqa: S608 - as above
        types = {str(name): str(kind) for name, kind, *_ in described.fetchall()}
        version = ask("max(version)")[0][0] if types.get(SAME[0].name) == SAME[0].type else 0
        if version not in (VERSION, None):
            said = "en annan version av formatet" if version else "ett annat format"
            return f"{table.name} har {said}. Uppdatera uppfoljning på båda hållen och exportera om"
        if types != {column.name: column.type for column in table.columns}:
            return f"{table.name} har andra kolumner än den ska. {again}"
        ask(", ".join(f"max({column.name})" for column in table.columns))
        if ask("1", _unheard_of(table)):
            return f"{table.name} har värden som inte kan stå där. {again}"
        # The code is four digits: the folder would not be a set otherwise.
        return f"{table.name} hör till en annan kommun. {again}" if ask("1", f"kommun <> '{one.municipality}'") else ""
    except duckdb.Error as error:
        raise_if_short(error)
        return f"{table.name} går inte att läsa, filen är trasig. {again}"


# Putting sources together: the sets that can be read are added up, the others are told of, and none stops the rest.


Engine = Callable[[Files, NationalQuery], Answers]


class CollectedSets(NamedTuple):
    """What came of it: None where no set could be read; what was left out, and why."""

    found: NationalFollowUp | None
    sets: tuple[Set, ...]
    refused: tuple[RefusedSource, ...]


def gather_sets(sets: Sequence[Set], question: NationalQuery, engine: Engine = by_duckdb) -> CollectedSets:
    """Add up every set that can be read. Only where something is wrong with one is each of them looked into."""
    kept: list[Set] = list(sets)
    refused: list[RefusedSource] = []
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

    return CollectedSets(gathered(answers, question.form) if answers is not None else None, tuple(kept), tuple(refused))


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
