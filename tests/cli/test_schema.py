"""`schema`: lists the kinds, shows one, writes them all; and costs the other commands nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import EXAMPLE, HOME, process
from uppfoljning.cli.main import main
from uppfoljning.present.views.schema import KINDS, editor_settings, file_name, schema_text

Capture = pytest.CaptureFixture[str]


def test_the_kinds_and_how_to_use_them(capsys: Capture) -> None:
    assert main(["schema"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n{name} " in f"\n{out}" for name in KINDS)
    assert "uppfoljning schema --skriv schema" in out
    assert "# yaml-language-server: $schema=../schema/plan.schema.json" in out
    assert json.loads(out[out.index("{") :]) == {"yaml.schemas": editor_settings()}


@pytest.mark.parametrize("name", [*KINDS, "bedömning", "Plan"])
def test_one_schema(name: str, capsys: Capture) -> None:
    assert main(["schema", name]) == 0
    out = capsys.readouterr().out
    assert json.loads(out)["title"] in {kind.title for kind in KINDS.values()}
    assert "ä" in out and out == schema_text({"bedömning": "bedomning", "Plan": "plan"}.get(name, name))


@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_a_pipe_gets_json_in_any_encoding(encoding: str) -> None:
    done = process("schema", "bedomning", encoding=encoding)
    assert done.returncode == 0 and json.loads(done.stdout.decode(encoding))["properties"]


def test_all_are_written_and_again_only_what_differs(tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "schema", "--skriv", "a/schema"]) == 0
    assert {path.name for path in (tmp_path / "a/schema").iterdir()} == set(map(file_name, KINDS))
    assert all(file_name(name) in capsys.readouterr().out for name in ["plan"])
    (tmp_path / "a/schema/plan.schema.json").write_text("{}", "utf-8")
    assert main(["-C", str(tmp_path), "schema", "--skriv", "a/schema"]) == 0
    assert capsys.readouterr().out == "Skrev i a/schema: plan.schema.json.\n"
    assert (tmp_path / "a/schema/plan.schema.json").read_text("utf-8") == schema_text("plan")
    assert main(["-C", str(tmp_path), "schema", "--skriv", "a/schema"]) == 0
    assert capsys.readouterr().out == "Alla scheman i a/schema stämmer redan.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["plam"], "schemat ”plam” finns inte. Menade du plan?"),
        (["plan", "--skriv", "schema"], "flaggan --skriv skriver alla scheman. Ta bort slaget."),
        (["--skriv", "fil"], "flaggan --skriv: det går inte att skriva i fil. Välj en annan katalog."),
        (["--skriv", "fil/schema"], "flaggan --skriv: det går inte att skriva i fil/schema. Välj en annan katalog."),
    ],
)
def test_wrong_use(words: list[str], said: str, tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "fil").write_text("", "utf-8")
    assert main(["-C", str(tmp_path), "schema", *words]) == 2
    out = capsys.readouterr()
    assert said in out.err and out.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


def test_status_knows_nothing_of_schemas() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "uppfoljning", "--utan-cache", *EXAMPLE]
    done = subprocess.run(command, cwd=HOME, env={**os.environ, "PYTHONUTF8": "1"}, capture_output=True, check=True, timeout=60)
    imported = done.stderr.decode()
    assert "uppfoljning.domain.schema" in imported
    assert "uppfoljning.present.schema" not in imported and "jsonschema" not in imported
