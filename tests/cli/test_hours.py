"""`timmar`: the same hours parted in three ways, nothing divided that is not known, and what is not stated is said."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import HOME, folder
from tests.projects import FORM, commitment, plan
from uppfoljning.cli.main import main

Capture = pytest.CaptureFixture[str]
PLAN = plan(commitment("{minst: 2}", parties="[kommunen, polisen]"), commitment("{minst: 2}", id="annat"))
HEAD = "plan: prov-2026\nåtagande: lov\n"
FILES = {
    "plans/prov-2026.yaml": PLAN,
    "plans/snabbrapporter/prov.yaml": FORM,
    "reports/a.yaml": f"{HEAD}datum: 2026-03-06\nparter: [kommunen]\ntimmar: {{planering: 1, genomförande: 4.25}}\n",
    "reports/b.yaml": f"{HEAD}datum: 2026-04-06\ntimmar: {{genomförande: 3}}\n",
    "reports/c.yaml": f"{HEAD}datum: 2026-04-07\nparter: [polisen]\n",
    "reports/d.yaml": f"{HEAD}period: 2026-K3\nparter: [kommunen]\nantal: 4\ntimmar: {{genomförande: 10}}\n",
    "reports/e.yaml": f"{HEAD}datum: 2026-03-08\nersätter: a\nparter: [kommunen]\ntimmar: {{planering: 2}}\n",
}
DAY = ["--vid", "2026-12-01"]


def by_json(capsys: Capture, *words: str) -> dict[str, Any]:
    assert main([*words, "--format", "json"]) == 0
    content: dict[str, Any] = json.loads(capsys.readouterr().out)
    return content


def test_the_three_ways_have_the_same_sum(tmp_path: Path, capsys: Capture) -> None:
    content = by_json(capsys, "-C", folder(tmp_path, FILES), "timmar", *DAY)
    (one,) = content["planer"]
    assert one["timmar"] == {"planering": 2, "genomförande": 13, "efterarbete": None, "tillsammans": 15}
    assert one["rapporter"] == {"med_timmar": 3, "alla": 4}
    assert {tuple(each["parter"]): each["timmar"]["tillsammans"] for each in one["parter"]} == {
        ("kommunen",): 12,
        ("kommunen", "polisen"): 3,
    }
    assert {each["period"]: each["timmar"]["tillsammans"] for each in one["månader"]} == {
        "2026-03": 2,
        "2026-04": 3,
        "2026-K3": 10,
    }
    assert [each["timmar"]["tillsammans"] for each in one["åtaganden"]] == [15, None]


@pytest.mark.parametrize("name", [path.stem for path in sorted((HOME / "plans").glob("*.yaml"))])
def test_on_every_plan_here_the_ways_agree(name: str, capsys: Capture) -> None:
    content = by_json(capsys, "-C", str(HOME), "timmar", "--plan", name, "--vid", "2026-08-31")
    (one,) = content["planer"]
    for way in ("åtaganden", "parter", "månader"):
        assert sum(each["timmar"]["tillsammans"] or 0 for each in one[way]) == (one["timmar"]["tillsammans"] or 0)


def test_text_says_what_is_not_seen_and_every_row_fits(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    where = folder(tmp_path, FILES)
    for columns in ("80", "40"):
        monkeypatch.setenv("COLUMNS", columns)
        assert main(["-C", where, "timmar", *DAY]) == 0
        shown = capsys.readouterr().out
        assert "15 timmar, angivna i 3 av 4 rapporter." in " ".join(shown.split())
        assert "Timmarna i de andra syns inte här." in " ".join(shown.split())
        for heading in ("Per åtagande", "Per månad"):
            assert heading in shown


def test_the_limits_and_the_tables(tmp_path: Path, capsys: Capture) -> None:
    where = folder(tmp_path, FILES)
    assert by_json(capsys, "-C", where, "timmar", *DAY, "--period", "2026-04")["planer"][0]["timmar"]["tillsammans"] == 3
    assert by_json(capsys, "-C", where, "timmar", "annat", *DAY)["planer"][0]["timmar"]["tillsammans"] is None
    assert main(["-C", where, "timmar", *DAY, "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")), delimiter=";"))
    assert [row["tillsammans"] for row in rows if row["slag"] == "månad"] == ["2", "3", "10"]
    assert main(["-C", where, "timmar", "annat", *DAY]) == 0
    assert "Inga rapporter än." in capsys.readouterr().out
    assert main(["-C", where, "timmar", "saknas-helt"]) == 2
    for face in ("md", "xlsx", "docx", "html"):
        assert main(["-C", where, "timmar", *DAY, "--ut", str(tmp_path / f"t.{face}")]) == 0
        assert (tmp_path / f"t.{face}").stat().st_size > 100
