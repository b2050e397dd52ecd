"""The partial sums of a whole country and all its reports: made, summed both ways, and gathered on a cluster with equal sums.

    python bench/run.py --mal T15                 times `samla` over the partial sums against DuckDB over the reports
    python bench/national.py --i MAPP             makes both, and shows that DuckDB, `samla` and Dask agree on every sum
    python bench/national.py --rows 300000 --utan-dask        a quick look

Needs the extra `nationell`, and for Dask `skala`. The reports are made by DuckDB from a seed: the same arguments give the same
rows, and the partial sums are those of the very same rows.
"""

from __future__ import annotations

import argparse
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

HOME = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOME))

from bench.commands import PROGRAM, Asked  # noqa: E402 - found beside this file, however it is run
from bench.data import Data  # noqa: E402
from bench.peers import Peer  # noqa: E402
from bench.timing import Command, Missing  # noqa: E402
from uppfoljning.national.schema import FILE, TABLES, VERSION, SchemaTable, municipalities  # noqa: E402

ROWS, SETS = 30_000_000, 290
AS_OF = "2026-12-31"
YEARS = 10
COMMITMENTS = 20
FORMS = (
    "nattvandring",
    "krogtillsyn",
    "trafikkontroll",
    "fotpatrull",
    "kontrollköp",
    "föräldramöte",
    "fältarbete",
    "ordningsvakt",
)
PARTIES = ("kommunen", "polisen", "föreningen")
REASONS = ("resurser", "väder", "säkerhet", "prioritering")

_SAME = f"{VERSION}::SMALLINT AS version, DATE '{AS_OF}' AS vid, kommun, left(kommun, 2) AS lan"
_OWN = "plan, atagande, blankett, md5(blankett)[:8] AS blankettversion"
_SUMS = """count(*) AS rapporter,
        count(*) FILTER (lage = 'genomförd') AS tillfallen, 0::BIGINT AS ca, 0::BIGINT AS minst, 0::BIGINT AS saknas,
        0::BIGINT AS nollrapporter, count(*) FILTER (lage = 'genomförd' AND skal IS NULL) AS som_planerat,
        count(*) FILTER (lage = 'genomförd' AND skal IS NOT NULL) AS andrade,
        count(*) FILTER (lage = 'inställd') AS installda, count(*) FILTER (lage = 'flyttad') AS flyttade,
        count(*) AS plikter, count(*) AS besvarade, count(*) FILTER (i_tid) AS i_tid"""
_PARTIALS = {
    "manader": f"""SELECT {_SAME}, {_OWN}, '' AS utgava, part, strftime(datum, '%Y-%m') AS manad, {_SUMS}
        FROM reports GROUP BY ALL""",
    "rapportmanader": f"""SELECT {_SAME}, strftime(datum, '%Y-%m') AS manad, count(*) AS rapporter FROM reports GROUP BY ALL""",
    "siffror": f"""SELECT {_SAME}, {_OWN}, part, strftime(datum, '%Y-%m') AS manad, slag, namn, personer, namnare,
        sum(taljare)::BIGINT AS taljare, 0::BIGINT AS av, count(*) AS antal, 0::BIGINT AS ca, 0::BIGINT AS minst,
        0::BIGINT AS saknas FROM (
            SELECT *, 'uppgift' AS slag, 'samtal' AS namn, true AS personer, 1::BIGINT AS namnare, samtal AS taljare
                FROM reports WHERE samtal IS NOT NULL
            UNION ALL SELECT *, 'timmar', 'genomförande', false, 4, kvartar FROM reports WHERE kvartar IS NOT NULL
            UNION ALL SELECT *, 'skäl', skal, false, 1, 1 FROM reports WHERE skal IS NOT NULL) GROUP BY ALL""",
    "ataganden": f"""SELECT {_SAME}, {_OWN}, true AS inbyggd, 'åtgärdsplan' AS plantyp, 'kommunen+polisen' AS parter,
        make_date(year(datum), 1, 1) AS fran, make_date(year(datum), 12, 31) AS till, year(datum) < 2026 AS avslutad,
        true AS matbart, hash(atagande, plan, kommun) % 3 > 0 AS uppnatt,
        CASE WHEN hash(atagande, plan, kommun) % 3 > 0 THEN 'uppnått' ELSE 'delvis' END AS status, 1::BIGINT AS mal,
        count(*) AS lovade, count(*) AS vantade_taljare, 1::BIGINT AS vantade_namnare,
        count(*) FILTER (lage = 'genomförd') AS gjorda, {_SUMS}, max(strftime(datum, '%Y-%m')) AS senaste,
        '' AS genomforande, '' AS resultat FROM reports GROUP BY ALL""",
    "mal": f"""SELECT {_SAME}, {_OWN}, '' AS mal, 'minst' AS operator, 'tillfällen' AS raknar, '' AS falt, false AS personer,
        true AS laggs_ihop, true AS matbart, count(*) AS hela_taljare, 1::BIGINT AS hela_namnare, count(*) AS vantat_taljare,
        1::BIGINT AS vantat_namnare, count(*) FILTER (lage = 'genomförd') AS utfall_taljare, 1::BIGINT AS utfall_namnare,
        '' AS sakerhet, CASE WHEN hash(atagande, plan, kommun) % 3 > 0 THEN 'uppnått' ELSE 'delvis' END AS status
        FROM reports GROUP BY ALL""",
}
"""What the partial sums are of the reports, in SQL, with the columns of the scheme."""

_COUNTS = (
    "SELECT kommun, blankett, count(*), count(*) FILTER (lage = 'genomförd'), count(*) FILTER (lage = 'inställd'), "
    "count(*) FILTER (lage = 'flyttad'), count(*) FILTER (lage = 'genomförd' AND skal IS NOT NULL), count(*) FILTER (i_tid), "
    "max(datum) FROM read_parquet(?) GROUP BY ALL"
)
_MONTHS = "SELECT kommun, date_trunc('month', datum), count(*) FROM read_parquet(?) WHERE datum >= '2026-01-01' GROUP BY ALL"
_ANSWERS = (
    "SELECT kommun, blankett, sum(samtal), sum(kvartar) FROM read_parquet(?) GROUP BY ALL",
    "SELECT kommun, blankett, skal, count(*) FROM read_parquet(?) WHERE skal IS NOT NULL GROUP BY ALL",
)
_ASK = """
import sys, duckdb
for asked in sys.argv[2:]:
    print(len(duckdb.execute(asked, [sys.argv[1]]).fetchall()))
"""
COUNTS, EVERYTHING = (_COUNTS, _MONTHS), (_COUNTS, _MONTHS, *_ANSWERS)
"""The facts of `samla`, and of `samla --siffror`, that can be counted in the reports. How each commitment stands against its
target is not among them."""

ONE_SUM = ("SELECT kommun, blankett, count(*), sum(samtal) FROM read_parquet(?) GROUP BY ALL",)
"""The least that can be asked: one grouping, one count, one sum."""


def generate(folder: Path, rows: int, municipalities_wanted: int, seed: int = 1) -> Path:
    """Writes `rows` reports as one Parquet file, and the partial sums of each municipality; gives the file of the reports."""
    import duckdb

    codes = sorted(municipalities())[:municipalities_wanted]
    reports = folder / "rapporter.parquet"
    with duckdb.connect() as connection:
        connection.execute("SET threads = 2")
        # Every column is drawn by a hash of the row's number and the seed, so that no thread can change what is drawn.
        connection.execute(
            f"""CREATE TABLE reports AS SELECT kommun, 'plan-' || year(datum) AS plan, 'atagande-' || atagande AS atagande,
            blanketter[1 + atagande % {len(FORMS)}] AS blankett, parter[1 + atagande % {len(PARTIES)}] AS part, datum, lage,
            CASE WHEN lage <> 'genomförd' OR draw % 29 = 0 THEN skal[1 + (draw // 11 % {len(REASONS)})::INT] END AS skal,
            draw % 13 > 0 AS i_tid, CASE WHEN lage = 'genomförd' THEN (draw // 17 % 60)::BIGINT END AS samtal,
            CASE WHEN lage = 'genomförd' THEN (draw // 19 % 20)::BIGINT END AS kvartar
            FROM (SELECT draw, ?::VARCHAR[] AS blanketter, ?::VARCHAR[] AS parter, ?::VARCHAR[] AS skal,
                (?::VARCHAR[])[1 + i % {len(codes)}] AS kommun, (draw // 3 % {COMMITMENTS})::INT AS atagande,
                DATE '{AS_OF}' - (draw // 5 % {YEARS * 365})::INT AS datum,
                CASE WHEN draw % 15 = 0 THEN 'inställd' WHEN draw % 31 = 0 THEN 'flyttad' ELSE 'genomförd' END AS lage
                FROM (SELECT i, hash(i, {int(seed)}) AS draw FROM range({int(rows)}) AS numbers(i)))""",
            [list(FORMS), list(PARTIES), list(REASONS), codes],
        )
        connection.execute(f"COPY (FROM reports ORDER BY kommun, datum) TO '{reports}' (FORMAT parquet, COMPRESSION zstd)")
        for table in TABLES.values():
            _partials(connection, table, folder / "partiella")
    return reports


def _partials(connection: Any, table: SchemaTable, folder: Path) -> None:
    columns = ", ".join(column.name for column in table.columns)
    keys = ", ".join(column.name for column in table.keys)
    asked = f"SELECT {columns}, 'kommun-' || kommun AS kalla FROM ({_PARTIALS[table.name]}) ORDER BY kommun, {keys}"
    connection.execute(f"CREATE OR REPLACE TABLE partials AS {asked}")
    types = {column.name: column.type for column in table.columns}
    found = {name: kind for name, kind, *_ in connection.execute("DESCRIBE partials").fetchall() if name != "kalla"}
    assert found == types, (found, types)
    (folder / table.name).mkdir(parents=True)
    connection.execute("SET threads = 1")
    connection.execute(
        f"COPY partials TO '{folder / table.name}' (FORMAT parquet, COMPRESSION zstd, PARTITION_BY (kalla), OVERWRITE)"
    )
    connection.execute("SET threads = 2")
    for path in sorted((folder / table.name).rglob("*.parquet")):
        path.rename(path.with_name(FILE))


def sums(folder: Path) -> dict[str, Any]:
    """What `samla` says of the country, and what the reports themselves add up to."""
    import duckdb

    from uppfoljning.national.datasets import gather_sets, sets_in
    from uppfoljning.national.queries import NationalQuery

    found = gather_sets(sets_in(folder / "partiella", "")[0], NationalQuery(figures=True)).found
    assert found is not None
    asked = """SELECT count(*), count(*) FILTER (lage = 'genomförd'), count(*) FILTER (i_tid), sum(samtal), sum(kvartar)
        FROM read_parquet(?)"""
    counted = duckdb.execute(asked, [str(folder / "rapporter.parquet")]).fetchone()
    total = {
        name: sum(sum(one.values.values()) for one in found.figures if one.name == name) for name in ("samtal", "genomförande")
    }
    country = found.country.sums
    ours = (country["rapporter"], country["tillfallen"], country["i_tid"], total["samtal"], total["genomförande"] * 4)
    return {"samla": ours, "rapporterna": counted}


def by_cluster(folder: Path) -> int:
    """Runs the declaration on a cluster of two worker processes and in DuckDB; prints both, and whether every row is equal."""
    import resource
    import time

    from dask.distributed import Client, LocalCluster

    from uppfoljning.national.datasets import files_of, sets_in
    from uppfoljning.national.queries import NationalQuery, by_dask, by_duckdb, in_order

    files = files_of(sets_in(folder / "partiella", "")[0])
    cluster = LocalCluster(silence_logs=logging.ERROR, n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)
    with cluster, Client(cluster) as _:
        begun = time.perf_counter()
        dask = in_order(by_dask(files, NationalQuery(figures=True)))
        took = time.perf_counter() - begun
    begun = time.perf_counter()
    duckdb = in_order(by_duckdb(files, NationalQuery(figures=True)))
    alone = time.perf_counter() - begun
    of_workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "rader": sum(map(len, duckdb.values())),
        "lika": dask == duckdb,
        "dask_s": round(took, 2),
        "duckdb_s": round(alone, 2),
        "arbetare_cpu_s": round(of_workers.ru_utime + of_workers.ru_stime, 1),
        "arbetare_MiB": of_workers.ru_maxrss // 1024,
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0 if dask == duckdb else 1


def commands(data: Data, peers: Mapping[str, Peer]) -> list[Asked]:
    """`samla` over the partial sums, and DuckDB over the reports for the same facts, for more of them and for a single sum."""
    duckdb = peers["duckdb"]
    if duckdb.lacking:
        return [Missing(key, key, duckdb.lacking) for key in ("delsummor", "duckdb")]
    # A folder that is kept may hold partial sums of an earlier version of the format.
    folder = data.folder / f"nationellt-{VERSION}"
    reports = folder / "rapporter.parquet"
    if not reports.exists():
        # A process of its own: one that is started by a large process would seem as large itself.
        subprocess.run([sys.executable, __file__, "--i", str(folder), "--bara", "gor"], check=True)
    ours = (*PROGRAM, "samla", str(folder / "partiella"), "--vid", AS_OF)

    def asked(key: str, title: str, questions: tuple[str, ...]) -> Command:
        return Command(key, f"DuckDB över rapporterna, {title}", (*duckdb.words, "-c", _ASK, str(reports), *questions))

    return [
        asked("duckdb", "samma siffror", COUNTS),
        Command("delsummor", "samla", ours),
        asked("duckdb svar", "också svar och skäl", EVERYTHING),
        Command("delsummor svar", "samla --siffror", (*ours, "--siffror")),
        asked("duckdb summa", "en enda summa", ONE_SUM),
    ]


def _alone(wanted: argparse.Namespace) -> int:
    """One step by itself."""
    if wanted.bara == "gor":
        wanted.i.mkdir(parents=True, exist_ok=True)
        generate(wanted.i, wanted.rows, wanted.kommuner, wanted.seed)
        return 0
    if wanted.bara == "dask":
        return by_cluster(wanted.i)
    found = sums(wanted.i)
    equal = found["samla"] == found["rapporterna"]
    print(f"samma summor: {'ja' if equal else 'NEJ'} ({', '.join(map(str, found['samla']))})", flush=True)
    return 0 if equal else 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=ROWS, help="reports")
    parser.add_argument("--kommuner", type=int, default=SETS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--i", type=Path, help="a folder to keep the files in, and to find them in next time")
    parser.add_argument("--utan-dask", action="store_true")
    parser.add_argument("--bara", choices=("gor", "summor", "dask"), help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.bara:
        return _alone(wanted)
    with tempfile.TemporaryDirectory() as temporary:
        folder = wanted.i or Path(temporary)
        again = [sys.executable, __file__, "--i", str(folder), "--rows", str(wanted.rows), "--kommuner", str(wanted.kommuner)]
        steps = [] if (folder / "rapporter.parquet").exists() else ["gor"]
        steps += ["summor"] if wanted.utan_dask else ["summor", "dask"]
        done = [subprocess.run([*again, "--seed", str(wanted.seed), "--bara", step], check=False).returncode for step in steps]
    return max(done)


if __name__ == "__main__":
    sys.exit(main())
