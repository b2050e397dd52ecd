"""Sums the CSV files of a repository per commitment and month beside what is promised, with one of several engines.

    python bench/yardsticks/sums.py ENGINE REPOSITORY PROMISES.csv

Nothing is checked: that is why it is a yardstick. Prints commitment, month, occasions, conversations and what is promised.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

Line = tuple[Any, ...]
TYPED = {
    "åtagande": "VARCHAR", "plan": "VARCHAR", "datum": "DATE", "start": "VARCHAR", "slut": "VARCHAR", "plats": "VARCHAR",
    "funktioner.värd": "INTEGER", "uppgifter.samtal": "INTEGER", "uppgifter.väg": "VARCHAR", "moment.samling": "VARCHAR",
    "inlämnad": "DATE", "rapportör": "VARCHAR",
}  # fmt: skip


def files(repository: str) -> list[Path]:
    return sorted(Path(repository, "reports").rglob("*.csv"))


def by_duckdb(repository: str, promises: str, read: str = "$rader") -> Iterable[Line]:
    """DuckDB finds out delimiter and types by itself."""
    engine = import_module("duckdb")
    query = f"""
        SELECT r.åtagande, month(r.datum) AS månad, count(*), sum(r."uppgifter.samtal"), any_value(m.minst)
        FROM read_csv({read}) AS r JOIN read_csv($löften) AS m USING (åtagande)
        GROUP BY ALL
    """
    parameters = {"rader": str(Path(repository, "reports", "*", "*.csv")), "löften": promises}
    found: list[Line] = engine.execute(query, parameters).fetchall()
    return found


def by_duckdb_typed(repository: str, promises: str) -> Iterable[Line]:
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in TYPED.items())
    return by_duckdb(repository, promises, f"$rader, delim = ';', header = true, columns = {{{columns}}}")


def by_polars(repository: str, promises: str) -> Iterable[Line]:
    pl = import_module("polars")
    rows = pl.scan_csv(Path(repository, "reports", "*", "*.csv"), separator=";", try_parse_dates=True)
    told = rows.group_by("åtagande", pl.col("datum").dt.month().alias("månad")).agg(
        pl.len().alias("tillfällen"), pl.col("uppgifter.samtal").sum()
    )
    found: list[Line] = told.join(pl.scan_csv(promises, separator=";"), on="åtagande").collect().rows()
    return found


def by_pandas(repository: str, promises: str) -> Iterable[Line]:
    pd = import_module("pandas")
    rows = pd.concat([pd.read_csv(path, sep=";") for path in files(repository)], ignore_index=True)
    rows["månad"] = pd.to_datetime(rows["datum"]).dt.month
    told = rows.groupby(["åtagande", "månad"])["uppgifter.samtal"].agg(["size", "sum"]).reset_index()
    found: Iterable[Line] = told.merge(pd.read_csv(promises, sep=";"), on="åtagande").itertuples(index=False, name=None)
    return found


def by_csv(repository: str, promises: str) -> Iterable[Line]:
    """Python's own csv module and a dictionary."""
    import csv

    with open(promises, encoding="utf-8", newline="") as file:
        least = {name: int(number) for name, number in list(csv.reader(file, delimiter=";"))[1:]}
    held: dict[tuple[str, str], int] = defaultdict(int)
    talks: dict[tuple[str, str], int] = defaultdict(int)
    for path in files(repository):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, delimiter=";")
            header = next(rows)
            name, day, number = (header.index(column) for column in ("åtagande", "datum", "uppgifter.samtal"))
            for row in rows:
                key = row[name], row[day][5:7]
                held[key] += 1
                talks[key] += int(row[number])
    return [(name, int(month), held[name, month], talks[name, month], least[name]) for name, month in held]


ENGINES: dict[str, Callable[[str, str], Iterable[Line]]] = {
    "duckdb": by_duckdb,
    "duckdb-typat": by_duckdb_typed,
    "polars": by_polars,
    "pandas": by_pandas,
    "csv": by_csv,
}


if __name__ == "__main__":
    engine, repository, promises = sys.argv[1:]
    for line in sorted(ENGINES[engine](repository, promises)):
        print(*map(str, line), sep=";")
