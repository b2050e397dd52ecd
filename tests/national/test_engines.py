"""One declaration, two engines: DuckDB in this process, and Dask on a cluster of two worker processes, give equal rows."""

from __future__ import annotations

import warnings
from pathlib import Path

import duckdb
import pytest

from bench.national import generate, sums
from tests.national.pieces import EVERYTHING, exported, gathered_from, town
from uppfoljning.national.datasets import files_of, sets_in
from uppfoljning.national.queries import Files, NationalQuery, by_dask, by_duckdb, in_order, needed
from uppfoljning.national.schema import TABLES

QUESTIONS = (
    EVERYTHING,
    NationalQuery(),
    NationalQuery("2026-01", "2026-04", "prov", "2026-02", figures=True),
    NationalQuery("2020-01", "2020-12", recent="2020-01"),
    NationalQuery(form="okänd", figures=True),
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Files:
    folder = tmp_path_factory.mktemp("delsummor")
    reports = {"a": "datum: 2026-01-09\nuppgifter:\n  samtal: minst 3\n  km: 0,125\ninlämnad: 2026-01-10\n"}
    return files_of(exported(folder, {"0180": town(), "0181": town("0181", reports), "1480": town("1480")}))


def test_only_what_is_asked_for_is_read(files: Files) -> None:
    assert needed(NationalQuery()) == ["ataganden", "rapportmanader"]
    assert needed(EVERYTHING) == ["ataganden", "rapportmanader", "siffror"]
    assert needed(NationalQuery("2026-01", "2026-04")) == ["manader", "rapportmanader", "ataganden"]
    assert needed(NationalQuery(form="prov")) == ["ataganden", "manader"]
    assert in_order(by_duckdb({name: files[name] for name in needed(NationalQuery())}, NationalQuery())).keys() == {
        "blanketter",
        "manader",
        "ataganden",
        "uppfyllelse",
    }


def test_every_row_is_found_whatever_the_threads(files: Files) -> None:
    for question in QUESTIONS:
        assert in_order(by_duckdb(files, question, threads=1)) == in_order(by_duckdb(files, question, threads=4))


def test_a_sum_that_has_no_room_in_64_bits_is_still_exact(tmp_path: Path) -> None:
    sets = exported(tmp_path, {"0180": town(), "1480": town("1480")})
    large = 2**63 - 1
    for one in sets:
        file = one.files["ataganden"]
        duckdb.execute(f"CREATE OR REPLACE TABLE large AS FROM read_parquet('{file}', hive_partitioning = false)")
        duckdb.execute(f"COPY (SELECT * REPLACE ({large} AS lovade) FROM large) TO '{file}' (FORMAT parquet)")
    found = gathered_from(sets)
    assert found.promised["prov"].whole == 2 * large and found.country.sums["rapporter"] == 16


def test_who_stops_it_stops_the_reading_too(files: Files) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        by_duckdb(files, NationalQuery(), meanwhile=stop)


@pytest.mark.slow
def test_dask_gives_the_same_on_two_workers(files: Files) -> None:
    pytest.importorskip("dask.dataframe", reason="tillägget skala är inte installerat")
    distributed = pytest.importorskip("distributed", reason="tillägget skala är inte installerat")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a cluster says of its own ports and sockets is not of this program
        with (
            distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster,
            distributed.Client(cluster) as client,
        ):
            client.wait_for_workers(2)
            for question in QUESTIONS[::2]:
                assert in_order(by_dask(files, question)) == in_order(by_duckdb(files, question))


def test_what_is_measured_adds_up_and_is_always_the_same(tmp_path: Path) -> None:
    for name in ("ett", "två"):
        (tmp_path / name).mkdir()
        generate(tmp_path / name, rows=900, municipalities_wanted=3)
    found = sums(tmp_path / "ett")
    assert found["samla"] == found["rapporterna"] and found["samla"][0] == 900
    assert sums(tmp_path / "två") == found
    sets, refused = sets_in(tmp_path / "ett" / "partiella", "")
    assert len(sets) == 3 and not refused and set(sets[0].files) == set(TABLES)
