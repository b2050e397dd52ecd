"""The reference cases beside the checkout: each folder is a small repository with what the commands must say of it."""

from __future__ import annotations

import json
import shutil
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from uppfoljning.cli.main import main

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases" / "status"
FOLDERS = sorted(CASES.iterdir()) if CASES.is_dir() else []

pytestmark = pytest.mark.skipif(not FOLDERS, reason="mappen ../shared/cases/status finns inte bredvid utcheckningen")

OF_FIRST_TARGET = {
    "operator": "operator",
    "value": "värde",
    "unit": "enhet",
    "utfall": "utfall",
    "andel": "andel",
    "förväntat": "förväntat",
    "takt": "takt",
    "villkor_ej_visat": "villkor_ej_visat",
    "status": "status",
}
OF_COMMITMENT = {"commitment_status": "status", "fullständighet": "fullständighet", "punktlighet": "punktlighet"}


@pytest.fixture
def case(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, Any]]:
    """A copy of the case outside any repository, and what is expected of it."""
    folder: Path = request.param
    target = tmp_path / folder.name
    shutil.copytree(folder, target, ignore=shutil.ignore_patterns("expected.json"))
    return target, json.loads((folder / "expected.json").read_text("utf-8"))


def run_json(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[dict[str, Any], int, str]:
    capsys.readouterr()
    status = main(list(argv))
    out = capsys.readouterr()
    return json.loads(out.out), status, out.out + out.err


def agrees(got: Any, wanted: Any) -> bool:
    """A list means any of them; figures agree within 5e-5 of their size."""
    if isinstance(wanted, list):
        return any(agrees(got, one) for one in wanted)
    if isinstance(wanted, dict):
        return agrees(got, wanted["exact"])
    if isinstance(wanted, str) and isinstance(got, int | float):
        wanted = float(Fraction(wanted))
    if isinstance(wanted, int | float) and isinstance(got, int | float):
        return abs(got - wanted) <= 5e-5 * max(abs(got), abs(wanted))
    return bool(got == wanted)


@pytest.mark.parametrize("case", FOLDERS, ids=lambda folder: folder.name, indirect=True)
def test_status(case: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, expected = case
    wrong = []
    for run in expected["runs"]:
        content, _, _ = run_json(capsys, "-C", str(folder), "status", "--format", "json", *run["args"])
        found = {one["id"]: one for one in content["åtaganden"]}
        for name, wanted in run["commitments"].items():
            commitment = found[name]
            first = commitment["mål"][0]
            checks = [(key, first[kind], wanted[key]) for key, kind in OF_FIRST_TARGET.items() if key in wanted]
            checks += [(key, commitment[kind], wanted[key]) for key, kind in OF_COMMITMENT.items() if key in wanted]
            targets = {one["id"]: one for one in commitment["mål"]}
            checks += [
                (f"{target}.{key}", targets[target][key], value)
                for target, keys in wanted.get("targets", {}).items()
                for key, value in keys.items()
            ]
            wrong += [(run["args"], name, key, got, value) for key, got, value in checks if not agrees(got, value)]
    assert wrong == []


@pytest.mark.parametrize("case", FOLDERS, ids=lambda folder: folder.name, indirect=True)
def test_validate(case: tuple[Path, dict[str, Any]], capsys: pytest.CaptureFixture[str]) -> None:
    folder, expected = case
    wanted = expected["validate"]
    content, status, output = run_json(capsys, "-C", str(folder), "validera", "--format", "json")
    findings = content["fynd"]
    errors = [one for one in findings if one["nivå"] == "fel"]
    if wanted.get("no_errors"):
        assert errors == []
    for one in wanted.get("findings", []):
        assert any(
            got["fil"] == one["file"]
            and got["nivå"] in one["level"]
            and (one["line"] is None or got["rad"] == one["line"])
            and ("column" not in one or got["kolumn"] == one["column"])
            for got in findings
        ), (one, findings)
    for one in wanted.get("any_of", []):
        assert any(got["fil"] in one["files"] and got["nivå"] in one["level"] for got in findings), (one, findings)
    assert [got for got in errors if got["fil"] in wanted.get("clean", [])] == []
    for text in wanted.get("not_echoed", []):
        assert text not in output
    if "exit" in wanted:
        assert status == wanted["exit"]


def test_every_kind_of_case_is_there() -> None:
    kinds = [folder.name.split("-")[0] for folder in FOLDERS]
    assert (kinds.count("dokument"), kinds.count("regel"), kinds.count("validera")) == (10, 27, 28)
