"""What the page on scale shows can be copied: its commands run, its SQL and its program give what `samla` gives."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from uppfoljning.cli.main import main
from uppfoljning.national.schema import TABLES

HOME = Path(__file__).resolve().parents[1]
PAGE = (HOME / "docs" / "skala.md").read_text("utf-8")
FENCES = re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", PAGE)
COMMANDS = [line for language, text in FENCES if language == "console" for line in text.splitlines()]
EXPORT, *GATHER = COMMANDS
DAY = ["--vid", "2026-11-25"]


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A municipality that has run the first command of the page."""
    folder = tmp_path_factory.mktemp("kommun")
    (folder / "plans").mkdir()
    plan = (HOME / "plans" / "exempelkoping-2026.yaml").read_text("utf-8")
    (folder / "plans" / "exempelkoping-2026.yaml").write_text(plan.replace("\ntitel:", '\nkommun: "0180"\ntitel:', 1), "utf-8")
    shutil.copytree(HOME / "plans" / "snabbrapporter", folder / "plans" / "snabbrapporter")
    for path in (HOME / "reports").rglob("*"):
        if path.is_file() and "exempelkoping-2026" in path.read_text("utf-8"):
            (folder / path.relative_to(HOME)).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder / path.relative_to(HOME))
    assert main(["-C", str(folder), *shlex.split(EXPORT)[1:], *DAY]) == 0
    return folder


@pytest.mark.parametrize("line", GATHER)
def test_a_command_runs(line: str, here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(here)
    assert main([*shlex.split(line)[1:], *DAY]) == 0
    assert capsys.readouterr().out.strip()


def test_the_page_begins_with_the_export_and_every_block_is_tried_but_that_of_spark() -> None:
    assert EXPORT == "uppfoljning exportera partiella" and len(GATHER) >= 4
    assert [language for language, _ in FENCES] == ["console", "console", "sql", "python", "text", "sql"]


def test_every_table_has_a_heading() -> None:
    assert re.findall(r"(?m)^### (\w+)$", PAGE) == list(TABLES)


def samla(here: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, list[dict[str, object]]]:
    capsys.readouterr()
    assert main(["samla", str(here / "uppfoljning-partiella"), *DAY, "--format", "json", *more]) == 0
    found: dict[str, list[dict[str, object]]] = json.loads(capsys.readouterr().out)["tabeller"]
    return found


def test_the_sql_gives_what_samla_gives(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(here)
    asked, together = (text for language, text in FENCES if language == "sql")
    duckdb.execute(together)
    count = "SELECT count(*), sum(rapporter) FROM read_parquet(?, hive_partitioning = false)"
    apart = str(here / "uppfoljning-partiella/manader/*/*.parquet")
    assert duckdb.execute(count, ["manader.parquet"]).fetchone() == duckdb.execute(count, [apart]).fetchone()
    rows = duckdb.execute(asked).fetchall()
    of_samla = samla(here, capsys, "--period", "2026-T1")["blanketter"]
    assert {form: number for _, form, number, _ in rows if form} == {one["blankett"]: one["tillfällen"] for one in of_samla}
    assert rows and {kommun for kommun, *_ in rows} == {"0180"}


@pytest.mark.slow
def test_the_program_gives_what_samla_gives(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("dask.dataframe", reason="tillägget skala är inte installerat")
    pytest.importorskip("distributed", reason="tillägget skala är inte installerat")
    (program,) = (text for language, text in FENCES if language == "python")
    (here / "land.py").write_text(program, "utf-8")
    done = subprocess.run([sys.executable, "land.py"], cwd=here, capture_output=True, text=True, check=True)
    assert done.stdout == f"{samla(here, capsys)['län'][0]['tillfällen']} tillfällen\n"
