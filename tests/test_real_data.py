"""Real material beside the checkout: the YAML test suite, the CSV spectrum, and 2 428 police reports."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.projects import Texts
from uppfoljning.cli.main import main
from uppfoljning.present.views.findings_located import located
from uppfoljning.project.load import load_project

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
POLICE = DATA / "snabbrapporter" / "snabbrapporter_nykterhetskontroll.csv"
GROUND = Path(__file__).parent / "exempel" / "grund"

here = pytest.mark.skipif(not DATA.is_dir(), reason="mappen ../shared/data finns inte bredvid utcheckningen")


def foreign() -> Iterator[Path]:
    yield from sorted((DATA / "yaml-test-suite").rglob("*.yaml"))
    yield from sorted((DATA / "csv-spectrum" / "csvs").glob("*.csv"))


def ground() -> dict[str, bytes]:
    return {path.relative_to(GROUND).as_posix(): path.read_bytes() for path in GROUND.rglob("*") if path.is_file()}


@here
def test_the_suites_are_whole() -> None:
    kinds = [path.suffix for path in foreign()]
    assert (kinds.count(".yaml"), kinds.count(".csv")) == (402, 12)


@pytest.mark.slow
@here
@pytest.mark.parametrize("folder", ["plans", "plans/snabbrapporter", "reports", "reports/bedomningar"])
def test_any_file_in_any_folder_gives_findings_and_never_stops_the_rest(folder: str) -> None:
    sound = ground()
    alone = load_project(Texts(sound))
    for path in foreign():
        if path.suffix == ".csv" and folder != "reports":
            continue
        name = f"{folder}/frammande{path.suffix}"
        source = Texts({**sound, name: path.read_bytes()})
        project = load_project(source)
        shown = located(project.findings, source)
        about = [one for one in shown if one.file == name]
        assert any(one.level == "fel" for one in about) or not path.read_bytes().strip() or path.suffix == ".csv", path
        assert all((one.message and one.span is None) or one.span for one in about)
        assert set(alone.plans) == set(project.plans)


def slug(name: str) -> str:
    return re.sub(r"[^a-zåäö0-9]+", "-", name.lower()).strip("-") or "okand-kommun"


@here
def test_police_reports_are_taken_in_and_summed_by_municipality(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with POLICE.open(encoding="utf-8-sig", newline="") as file:
        reports = [row for row in csv.DictReader(file, delimiter=";") if not row["dubblett"]]
    sums: dict[str, int] = defaultdict(int)
    about: set[str] = set()
    series = io.StringIO()
    writer = csv.writer(series, delimiter=";")
    writer.writerow(["id", "plan", "åtagande", "datum", "start", "uppgifter.kontrollerade", "text"])
    for number, row in enumerate(reports):
        where = slug(row["kommun"])
        sums[where] += int(row["antal_kontrollerade"])
        if row["ungefärligt"]:
            about.add(where)
        count = f"{row['ungefärligt']} {row['antal_kontrollerade']}".strip()
        writer.writerow([f"r{number}", "nykterhet", where, row["datum"], row["tid"], count, row["text"]])
    project = tmp_path / "polisen"
    (project / "plans" / "snabbrapporter").mkdir(parents=True)
    (project / "reports").mkdir()
    (project / "reports" / "kontroller.csv").write_bytes(series.getvalue().encode("utf-8-sig"))
    (project / "plans" / "snabbrapporter" / "nykterhet.yaml").write_text(
        "snabbrapport: nykterhet\ntitel: Nykterhetskontroll\nfält:\n  kontrollerade: {typ: antal, krävs: ja}\n", "utf-8"
    )
    lines = [
        "plan: nykterhet",
        "titel: Nykterhetskontroller",
        "period: {från: 2023-01-01, till: 2026-12-31}",
        "parter: {polisen: Polisen}",
        "åtaganden:",
    ]
    for where in sorted(sums):
        lines += [
            f"  - id: {where}",
            f"    titel: Kontroller i {where}",
            "    parter: [polisen]",
            "    mål: {antal: löpande, enhet: förare, räknar: kontrollerade}",
            "    snabbrapport: nykterhet",
        ]
    (project / "plans" / "nykterhet.yaml").write_text("\n".join(lines) + "\n", "utf-8")

    assert main(["-C", str(project), "validera", "--format", "kort"]) == 0
    capsys.readouterr()
    assert main(["-C", str(project), "status", "--vid", "2026-09-30", "--format", "csv"]) == 0
    shown = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff")), delimiter=";"))
    assert {row["åtagande"]: int(row["utfall"]) for row in shown} == sums
    assert {row["åtagande"] for row in shown if row["säkerhet"] == "ca"} == about
    assert len(reports) == 2422 and len(sums) == 59
