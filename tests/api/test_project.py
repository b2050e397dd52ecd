"""What a project tells besides the follow-up: its reports, deviations, what is outstanding, findings, history and series."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import uppfoljning as uf
from tests.api.test_follow_up import by_json, holds_its_types, plain, told, written
from tests.files.test_git import Repository
from tests.projects import FORM, commitment, plan
from uppfoljning.api import lists
from uppfoljning.api.columns import FrameColumn, names_of
from uppfoljning.api.follow_up import TARGETS, group_column
from uppfoljning.api.reports import REPORTS
from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[2]
LISTS: tuple[tuple[str, tuple[FrameColumn, ...]], ...] = (
    ("reports", REPORTS),
    ("deviations", lists.DEVIATIONS),
    ("outstanding", lists.OUTSTANDING),
    ("findings", lists.FINDINGS),
    ("history", lists.HISTORY),
    ("series", lists.SERIES),
)
SOUND = {
    "plans/prov-2026.yaml": plan(commitment("{minst: 3, räknar: samtal}", parties="[kommunen, polisen]")),
    "plans/snabbrapporter/prov.yaml": FORM,
    "reports/a.yaml": (
        "plan: prov-2026\nåtagande: lov\ndatum: 2026-03-06\nstart: 21:30\nslut: 02:15\nplats: [torget, hamnen]\n"
        "parter: [kommunen]\nfunktioner: {värd: 2}\nuppgifter: {samtal: ca 190, sedd: ja, butik: Kiosk}\n"
        "timmar:\n  planering: 1,25\ninlämnad: 2026-03-07\nrapportör: värd\ntext: Ring 070-123 45 67\n"
    ),
}


@pytest.mark.parametrize(("name", "columns"), LISTS)
def test_an_empty_project_has_every_list_with_its_columns_and_types(
    name: str, columns: tuple[FrameColumn, ...], tmp_path: Path
) -> None:
    project = uf.load(written(tmp_path, {}))
    frame = getattr(project, name)()
    assert len(frame) == 0
    holds_its_types(frame, columns)
    assert project.plans == project.left_out == []
    assert (project.errors, project.last_day) == (0, date.min)


@pytest.mark.parametrize(("name", "columns"), LISTS)
def test_every_list_has_its_types_and_survives_parquet(name: str, columns: tuple[FrameColumn, ...]) -> None:
    pytest.importorskip("pyarrow")
    import pandas as pd

    frame = getattr(uf.load(HOME), name)()
    assert len(frame) > 0
    holds_its_types(frame[names_of(columns)], columns)
    kept = io.BytesIO()
    frame.to_parquet(kept)
    pd.testing.assert_frame_equal(pd.read_parquet(kept), frame)


@pytest.mark.parametrize("columns", [TARGETS, (group_column("månad"), *TARGETS), *(columns for _, columns in LISTS)])
def test_no_two_columns_have_the_same_name(columns: tuple[FrameColumn, ...]) -> None:
    assert len(set(names_of(columns))) == len(names_of(columns))


def test_deviations_are_those_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    content = by_json(capsys, HOME, "avvikelser", "--vid", "2026-08-31")
    frame = uf.load(HOME).deviations(as_of="2026-08-31")
    stated = [{**one, "plan": plan["id"]} for plan in content["planer"] for one in plan["avvikelser"]]
    same = ["plan", "åtagande", "slag", "när", "vad", "hur", "före", "efter", "skäl", "varför", "flyttad_till", "fil", "rad"]
    assert told(frame, same) == [{name: one[name] for name in same} for one in stated]
    days = frame[frame["när"].str.fullmatch(r"\d{4}-\d{2}-\d{2}")]
    assert (days["från"].dt.strftime("%Y-%m-%d") == days["när"]).all()
    assert [plain(one) for one in frame["vad_det_blev"]] == [(one["vad_det_blev"] or {}).get("läge") for one in stated]


def test_what_is_outstanding_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    content = by_json(capsys, HOME, "saknas", "--vid", "2026-08-31")
    frame = uf.load(HOME).outstanding(as_of="2026-08-31")
    for listed, state in lists.OUTSTANDING_STATES.items():
        stated = [(one["id"], item["åtagande"]) for one in content["funktioner"] for item in one[listed]]
        found = frame[frame["läge"] == state]
        assert list(zip(found["funktion"], found["åtagande"], strict=True)) == stated
    assert (frame["läge"] == "saknad rapport").sum() == content["antal"]["saknade"] > 0


def test_what_is_outstanding_can_be_limited(capsys: pytest.CaptureFixture[str]) -> None:
    project = uf.load(HOME)
    frame = project.outstanding(as_of="2026-08-31", plan="exempelkoping-2026", party="polisen")
    assert set(frame["part"]) == {"polisen"}
    frame = project.outstanding(as_of="2026-08-31", function="kvällsansvarig")
    assert set(frame["funktion"]) == {"kvällsansvarig"}
    with pytest.raises(ValueError, match="kvällsansvarig"):
        project.outstanding(as_of="2026-08-31", function="kvallsansvarig")


def test_the_history_is_that_of_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    content = by_json(capsys, HOME, "historik", "--vid", "2026-12-31")
    frame = uf.load(HOME).history(as_of="2026-12-31")
    stated = [{**one, "plan": plan["id"]} for plan in content["planer"] for one in plan["ändringar"]]
    same = ["plan", "åtagande", "vad", "före", "efter", "löfte", "skäl", "varför", "beslut"]
    assert told(frame, same) == [{name: one[name] for name in same} for one in stated]
    assert frame.attrs["hinder"] == content["hinder"]


def test_the_history_says_when_git_can_tell_none(tmp_path: Path) -> None:
    decided = SOUND["plans/prov-2026.yaml"].replace("period: 2026\n", "period: 2026\nbeslut: {datum: 2025-12-10}\n", 1)
    project = uf.load(written(tmp_path, SOUND | {"plans/prov-2026.yaml": decided}))
    assert project.history().attrs["hinder"]
    assert project.commit == ""


@pytest.mark.parametrize("broken", [False, True])
def test_the_findings_are_those_of_the_command(broken: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = SOUND | ({"reports/b.yaml": "åtagande: [", "reports/c.yaml": "datum: 2026-13-01\n"} if broken else {})
    content = by_json(capsys, written(tmp_path, files), "validera", status=int(broken))
    frame = uf.load(tmp_path).findings()
    assert told(frame, [column.name for column in lists.FINDINGS]) == content["fynd"]
    assert len(frame) > 0


def test_a_project_with_broken_files_gives_the_sound_part_with_the_findings_beside(tmp_path: Path) -> None:
    broken = {
        "plans/b.yaml": "plan: [",
        "reports/b.yaml": b"\xff\xfe\x00".decode("latin-1"),
        "reports/c.csv": "plan;åtagande;datum\nprov-2026;lov;2026-03-07\nprov-2026;lov;2026-99-99\n",
        "reports/bedomningar/x.yaml": "bedömning: 2026-T1\n",
    }
    project = uf.load(written(tmp_path, SOUND | broken))
    frame = project.follow_up(as_of="2026-12-31").frame()
    assert list(frame["utfall_exakt"]) == ["190"]
    assert list(project.reports()["fil"]) == ["reports/a.yaml", "reports/c.csv"]
    assert project.left_out == ["plans/b.yaml", "reports/b.yaml", "reports/bedomningar/x.yaml"]
    assert frame.attrs["filer"] == {"lästa": 7, "utelämnade": 3, "utelämnade_rader": 1}
    assert frame.attrs["fel"] == project.errors == (project.findings()["nivå"] == "fel").sum() > 0
    assert f"{project.errors} fel" in repr(project)
    for name, columns in LISTS:
        holds_its_types(getattr(project, name)()[names_of(columns)], columns)


def test_a_plan_whose_file_is_broken_is_unknown_and_its_reports_are_kept_out(tmp_path: Path) -> None:
    project = uf.load(written(tmp_path, SOUND | {"plans/prov-2026.yaml": "plan: prov-2026\nperiod: [\n"}))
    assert len(project.follow_up().frame()) == len(project.reports()) == 0
    with pytest.raises(ValueError, match="prov-2026"):
        project.follow_up(plan="prov-2026")


def test_a_report_has_its_fields_as_columns(tmp_path: Path) -> None:
    frame = uf.load(written(tmp_path, SOUND)).reports()
    row = {name: plain(value) for name, value in frame.iloc[0].items()}
    assert row["plats"] == "torget, hamnen"
    assert (row["start"], row["slut"], row["veckodag"], row["läge"]) == ("21:30", "02:15", "fre", "genomförd")
    assert (row["uppgifter.samtal"], row["uppgifter.samtal.exakt"], row["uppgifter.samtal.säkerhet"]) == (190.0, "190", "ca")
    assert (row["uppgifter.sedd"], row["uppgifter.butik"], row["funktioner.värd"]) == (1.0, "Kiosk", 2.0)
    assert (row["timmar.planering"], row["timmar.planering.exakt"]) == (1.25, "5/4")
    assert row["uppgifter.km"] is None
    assert not [name for name, value in row.items() if isinstance(value, str) and "070" in value], "fritext följer inte med"


def test_a_corrected_report_and_one_of_the_same_occasion_say_so(tmp_path: Path) -> None:
    joint = "plan: prov-2026\nåtagande: lov\ndatum: 2026-04-01\nstart: 20:00\nplats: torget\nuppgifter: {samtal: 5}\n"
    more = {
        "reports/b.yaml": SOUND["reports/a.yaml"].replace("ca 190", "191") + "ersätter: a\n",
        "reports/c.yaml": joint + "parter: [kommunen]\ninlämnad: 2026-04-01\n",
        "reports/d.yaml": joint + "parter: [polisen]\ninlämnad: 2026-04-02\n",
    }
    project = uf.load(written(tmp_path, SOUND | more))
    frame = project.reports()
    ids = list(frame["id"])
    assert [plain(one) for one in frame["rättad_av"]] == [ids[1], None, None, None]
    assert [plain(one) for one in frame["samma_tillfälle_som"]] == [None, None, None, ids[2]]
    counted = frame[frame["rättad_av"].isna() & frame["samma_tillfälle_som"].isna()]
    assert counted["uppgifter.samtal"].sum() == project.follow_up().frame().loc[0, "utfall"] == 196
    assert list(project.reports(as_of="2026-03-31")["id"]) == ids[:2]
    assert project.last_day == date(2026, 4, 2)


def test_a_field_that_two_forms_have_as_different_kinds_is_text(tmp_path: Path) -> None:
    two = commitment("{minst: 3}") + commitment("{minst: 3}", id="annat").replace("prov", "andra")
    one = "plan: prov-2026\nåtagande: {}\ndatum: 2026-03-06\nuppgifter: {{samtal: {}}}\n"
    files = {
        "plans/prov-2026.yaml": plan(two),
        "plans/snabbrapporter/prov.yaml": FORM,
        "plans/snabbrapporter/andra.yaml": "snabbrapport: andra\ntitel: A\nfält:\n  samtal: {typ: ja/nej}\n  tider: {typ: tid}\n",
        "reports/a.yaml": one.format("lov", "ca 12"),
        "reports/b.yaml": one.format("annat", "ja"),
    }
    frame = uf.load(written(tmp_path, files)).reports()
    assert list(frame["uppgifter.samtal"]) == [12.0, 1.0], "båda är tal, och ett ja är 1"
    files["plans/snabbrapporter/andra.yaml"] = files["plans/snabbrapporter/andra.yaml"].replace("ja/nej", "tid")
    files["reports/b.yaml"] = one.format("annat", "21:30")
    frame = uf.load(written(tmp_path, files)).reports()
    assert list(frame["uppgifter.samtal"]) == ["ca 12", "21:30"]
    assert str(frame["uppgifter.samtal"].dtype) == "string"


def test_no_answer_can_take_the_place_of_an_exact_figure(tmp_path: Path) -> None:
    form = "snabbrapport: prov\ntitel: P\nfält:\n  samtal: {typ: antal}\n  samtal_exakt: {typ: text}\n"
    form += "  samtal_säkerhet: {typ: text}\n"
    report = "plan: prov-2026\nåtagande: lov\ndatum: 2026-03-06\nuppgifter: {samtal: 3, samtal_exakt: nja, samtal_säkerhet: jo}\n"
    files = {**SOUND, "plans/snabbrapporter/prov.yaml": form, "reports/a.yaml": report}
    frame = uf.load(written(tmp_path, files)).reports()
    assert len(set(frame.columns)) == len(frame.columns)
    assert (frame.loc[0, "uppgifter.samtal.exakt"], frame.loc[0, "uppgifter.samtal_exakt"]) == ("3", "nja")


def test_personal_numbers_are_covered_as_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    number = "811218-9876"
    named = plan(commitment("{minst: 3}").replace("Löftet", f"Löftet till {number}"))
    report = SOUND["reports/a.yaml"].replace("Kiosk", number) + f"avvikelser:\n  - vad: Ropade {number}\n"
    written(tmp_path, SOUND | {"plans/prov-2026.yaml": named, "reports/a.yaml": report})
    project = uf.load(tmp_path)
    follow_up = project.follow_up(as_of="2026-12-31")
    frames = [follow_up.frame(), follow_up.by("part"), *(getattr(project, name)() for name, _ in LISTS)]
    assert not [frame for frame in frames if number in frame.to_csv() or "9876" in frame.to_csv()]
    content = by_json(capsys, tmp_path, "status", "--vid", "2026-12-31", status=int(project.errors > 0))
    assert list(frames[0]["titel"]) == [one["titel"] for one in content["åtaganden"]]


def test_a_name_that_no_encoding_can_write_does_no_harm(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    written(tmp_path, SOUND)
    (tmp_path / "reports" / "b\udcff.yaml").write_text("åtagande: [", "utf-8")
    frame = uf.load(tmp_path).findings()
    frame.to_parquet(io.BytesIO())
    assert (frame["nivå"] == "fel").sum() >= 1


@pytest.mark.parametrize("start", [Path(), Path("plans")])
def test_the_nearest_project_upwards_is_found_from_where_one_stands(start: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(written(tmp_path, SOUND) / start)
    assert uf.load(".").plans == uf.load().plans == ["prov-2026"]
    assert uf.load(str(tmp_path)).plans == ["prov-2026"]


def test_what_was_read_stays_although_the_notebook_moves(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(written(tmp_path / "projekt", SOUND))
    project = uf.load()
    monkeypatch.chdir(tmp_path)
    assert len(project.findings()) == len(uf.load(tmp_path / "projekt").findings()) > 0


def test_a_folder_without_a_project_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="plans eller reports"):
        uf.load(tmp_path)


def test_a_ref_is_read_as_it_was_and_an_unknown_one_is_told(tmp_path: Path) -> None:
    repository = Repository(tmp_path / "förråd")
    written(repository.folder, SOUND)
    repository.git("add", "-A")
    repository.git("commit", "-q", "-m", "Planen")
    (repository.folder / "reports" / "a.yaml").write_text("åtagande: [", "utf-8")
    project = uf.load(repository.folder, ref="HEAD")
    assert (len(project.reports()), project.errors) == (1, 0)
    assert uf.load(repository.folder).errors == 1
    with pytest.raises(ValueError, match="HAED"):
        uf.load(repository.folder, ref="HAED")


def test_only_asking_for_the_api_reads_it_in() -> None:
    script = (
        "import sys, uppfoljning as uf\n"
        "before = set(sys.modules)\n"
        "print([name for name in before if name.startswith('uppfoljning.') or name in ('pandas', 'numpy', 'typing')])\n"
        "uf.load\n"
        "print('pandas' in sys.modules, 'uppfoljning.api.project' in sys.modules)\n"
        "project = uf.load(sys.argv[1]); project.follow_up(as_of='2026-08-31')\n"
        "print('pandas' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-S", "-c", NO_SITE + script, str(HOME)], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["[]", "False True", "False"], done.stderr


NO_SITE = f"import sys; sys.path[:0] = {[str(HOME / 'src'), *(path for path in sys.path if 'site-packages' in path)]!r}\n"


def test_the_front_door_names_what_it_has() -> None:
    assert set(uf.__all__) <= set(dir(uf))
    with pytest.raises(AttributeError, match="lod"):
        getattr(uf, "lod")  # noqa: B009


@pytest.mark.parametrize(
    "shown", [lambda project: project, lambda project: project.follow_up(as_of="2026-08-31", period="2026-T1")]
)
def test_a_value_says_in_swedish_what_it_is(shown: Callable[[Any], Any]) -> None:
    text = repr(shown(uf.load(HOME)))
    assert text.startswith(("<Projekt ", "<Uppföljning per 2026-08-31, 2026-T1: "))
    assert "exempelkoping-2026" in text


def test_the_json_that_the_lists_are_laid_out_from_is_version_1(capsys: pytest.CaptureFixture[str]) -> None:
    from uppfoljning.api.project import VERSION

    for command in ("status", "avvikelser", "saknas", "historik", "validera"):
        main(["-C", str(HOME), command, "--format", "json"])
        assert json.loads(capsys.readouterr().out)["version"] == VERSION
