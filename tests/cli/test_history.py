"""`historik`, the decided target beside today's, and changes without a reason, over a scripted year in git."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import UNSET
from tests.cli.story import FILE, FIRST, SECOND, Story, plan, report
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli.main import main

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-12-31")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "förråd")


def run(capsys: Capture, root: Path, *argv: str, status: int = 0) -> str:
    capsys.readouterr()
    assert main(["-C", str(root), *argv]) == status
    return capsys.readouterr().out


def history(capsys: Capture, root: Path, *argv: str) -> dict[str, Any]:
    content = json.loads(run(capsys, root, "historik", *DAY, "--format", "json", *argv))
    (found,) = content["planer"]
    assert isinstance(found, dict)
    return {**found, "hinder": content["hinder"]}


def target(capsys: Capture, root: Path, *argv: str) -> dict[str, Any]:
    content = json.loads(run(capsys, root, "status", "gang", *DAY, "--format", "json", *argv))
    (found,) = content["åtaganden"][0]["mål"]
    return {**found, **content["planer"][0]}


def codes(capsys: Capture, root: Path, *argv: str, status: int = 0) -> list[tuple[str, int]]:
    found = json.loads(run(capsys, root, "validera", "--format", "json", *argv, status=status))["fynd"]
    return [(one["kod"], one["rad"]) for one in found if one["kod"].startswith("H")]


def test_the_whole_story(story: Story, capsys: Capture) -> None:
    found = history(capsys, story.folder)
    assert found["beslutad_i"] == {"commit": story.at["beslutad"], "dag": "2025-12-11"}
    first, second = found["ändringar"]
    assert first == {
        "åtagande": "gang",
        "vad": "mål",
        "före": "minst 24 vandringar",
        "efter": "minst 18 vandringar",
        "löfte": True,
        "datum": "2026-05-04",
        "skäl": "resurser",
        "varför": "Två ledare slutade",
        "beslut": "styrgruppen 2026-05-04",
        "ändrat_i": {"commit": story.at["sänkt"], "dag": "2026-05-05"},
        "skäl_i": {"commit": story.at["skäl"], "dag": "2026-05-08"},
    }
    assert (second["före"], second["efter"], second["skäl"], second["skäl_i"]) == (
        "minst 18 vandringar",
        "minst 12 vandringar",
        "efterfrågan",
        None,
    )


def test_as_text(story: Story, capsys: Capture) -> None:
    text = run(capsys, story.folder, "historik", *DAY)
    short = {name: commit[:7] for name, commit in story.at.items()}
    assert text == (
        "Provplan                                                                  per 2026-12-31\n"
        "2 ändringar av löften · alla med skäl\n"
        f"Beslutad 2025-12-10 (KS 1). Jämförs med planen som den stod i commit {short['beslutad']} den 2025-12-11.\n"
        "\n"
        "2026-05-04 · Gå tillsammans · mål\n"
        "  från minst 24 vandringar\n"
        "  till minst 18 vandringar\n"
        "  varför: resurser: Två ledare slutade (beslut: styrgruppen 2026-05-04)\n"
        f"  {short['sänkt']} 2026-05-05, skälet {short['skäl']} 2026-05-08\n"
        "\n"
        "2026-09-01 · Gå tillsammans · mål\n"
        "  från minst 18 vandringar\n"
        "  till minst 12 vandringar\n"
        "  varför: efterfrågan: Färre unga ute\n"
        f"  {short['sänkt igen']} 2026-09-02\n"
        "\n"
        f"per 2026-12-31 · 1 fil läst, 0 utelämnade · senaste commit {short['sen']}\n"
    )


@pytest.mark.parametrize(
    ("ref", "unexplained", "value", "was"),
    [("beslutad", 0, 24, None), ("sänkt", 1, 18, 24), ("skäl", 0, 18, 24), ("sänkt igen", 0, 12, 24), ("sen", 0, 12, 24)],
)
def test_at_every_step(story: Story, ref: str, unexplained: int, value: int, was: int | None, capsys: Capture) -> None:
    at = ("--ref", story.at[ref])
    found = target(capsys, story.folder, *at)
    assert (found["värde"], found["beslutat"] and found["beslutat"]["värde"]) == (value, was)
    assert (found["ändringar_utan_skäl"], found["beslutad_i"]) == (unexplained, story.at["beslutad"])
    assert sum(one["skäl"] is None for one in history(capsys, story.folder, *at)["ändringar"]) == unexplained
    assert codes(capsys, story.folder, *at, status=unexplained) == [("H801", 11)] * unexplained


def test_a_lowered_target_hides_no_miss(story: Story, capsys: Capture) -> None:
    for number in range(1, 9):
        story.repository.write({f"reports/m{number}.yaml": report(f"2026-03-{number:02}", "2026-03-31")})
    found = target(capsys, story.folder)
    assert (found["utfall"], found["status"], found["andel"]) == (12, "uppnått", 1)
    assert (found["beslutat"]["status"], found["beslutat"]["andel"]) == ("osäkert", 0.5)
    text = run(capsys, story.folder, "status", "--utforligt", *DAY)
    assert "1 löfte ändrat sedan beslutet" in text
    assert "beslutat från början: minst 24 vandringar, hittills minst 12 av 24, 50 %, ○ osäkert" in " ".join(text.split())
    detail = run(capsys, story.folder, "status", "gang", *DAY)
    assert "beslutat från början: minst 24 vandringar, hittills minst 12 av 24, 50 %" in " ".join(detail.split())
    markdown = run(capsys, story.folder, "status", *DAY, "--format", "md")
    assert "| Hela målet | Mot planen | Beslutat mål | Mot beslutat | Status |" in markdown
    assert "| 12 av 12 | 12 | 100 % | 24 | 50 % | ● uppnått |" in markdown
    rows = csv.DictReader(
        io.StringIO(run(capsys, story.folder, "status", *DAY, "--format", "csv").removeprefix("\ufeff")), delimiter=";"
    )
    row = next(rows)
    assert [row[f"beslutat {name}"] for name in ("löfte", "mål")] == ["minst 24 vandringar", "24"]
    assert (row["beslutad andel procent"], row["beslutad status"]) == ("50", "osäkert")


def test_without_a_reason_it_is_said_everywhere(story: Story, capsys: Capture) -> None:
    story.repository.write({FILE: plan(9)})
    text = run(capsys, story.folder, "status", *DAY)
    assert "3 ändrade löften utan skäl (uppfoljning historik visar vilka)" in text
    text = run(capsys, story.folder, "historik", *DAY)
    assert "3 ändringar av löften · 3 utan skäl" in text
    assert text.count("varför: ingen orsak angiven") == 3
    assert "inte sparat i git" in text
    assert codes(capsys, story.folder, status=1) == [("H801", 11)] * 3
    out = run(capsys, story.folder, "validera", status=1)
    assert "mål har ändrats efter beslutet utan skäl: från minst 12 vandringar till minst 9 vandringar" in " ".join(out.split())
    assert run(capsys, story.folder, "validera", "reports", "--format", "kort") == ""


def test_what_the_options_leave(story: Story, capsys: Capture) -> None:
    def days(*argv: str) -> list[str]:
        return [one["datum"] for one in history(capsys, story.folder, *argv)["ändringar"]]

    assert days() == ["2026-05-04", "2026-09-01"]
    assert days("--vid", "2026-08-31") == ["2026-05-04"]
    assert days("--period", "2026-T3") == ["2026-09-01"]
    assert days("gang") == days("prov-2026/gang") == days("--part", "kommunen") == days()
    assert days("tillsyn") == days("--part", "polisen") == []


def test_in_every_format_the_same(story: Story, capsys: Capture) -> None:
    markdown = run(capsys, story.folder, "historik", *DAY, "--format", "md")
    assert (
        "| 2026-05-04 | Gå tillsammans | mål | minst 24 vandringar | minst 18 vandringar | resurser: Två ledare slutade"
        in markdown
    )
    table = run(capsys, story.folder, "historik", *DAY, "--format", "csv").removeprefix("\ufeff")
    first = next(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert (first["plan"], first["när"], first["från"], first["till"]) == (
        "prov-2026",
        "2026-05-04",
        "minst 24 vandringar",
        "minst 18 vandringar",
    )


# What came and went


def test_commitments_and_targets_that_came_and_went(story: Story, capsys: Capture) -> None:
    text = plan(12, FIRST + SECOND).replace(
        "  - id: tillsyn\n    titel: Tillsyn av krogar\n", "  - id: annat\n    titel: Annat\n"
    )
    story.repository.save("Byte", {FILE: text.replace("{minst: 6, enhet: tillsyner}", "[{id: a, minst: 3}, {id: b, minst: 4}]")})
    out = run(capsys, story.folder, "status", *DAY)
    assert "tillagt efter beslutet (ingen orsak angiven)" in out
    assert "Utgått sedan beslutet: Tillsyn av krogar: minst 6 tillsyner (ingen orsak angiven)" in out
    content = json.loads(run(capsys, story.folder, "status", *DAY, "--format", "json"))
    assert (content["planer"][0]["utgångna"], [one["tillagt_efter_beslutet"] for one in content["åtaganden"]]) == (
        ["tillsyn"],
        [False, True],
    )
    assert "Utgått sedan beslutet" in run(capsys, story.folder, "status", *DAY, "--format", "md")
    out = run(capsys, story.folder, "historik", "tillsyn", *DAY)
    assert "Tillsyn av krogar · åtagandet borttaget" in out
    assert "Annat · åtagandet tillagt" in run(capsys, story.folder, "historik", *DAY)
    assert codes(capsys, story.folder, status=1) == [("H801", 7), ("H801", 27)]
    story.repository.save("Färre", {FILE: text.replace("{minst: 6, enhet: tillsyner}", "[{id: a, minst: 3}]")})
    out = run(capsys, story.folder, "status", "annat", *DAY)
    assert "Beslutat från början men borttaget: minst 4 tillfällen" in out
    content = json.loads(run(capsys, story.folder, "status", "annat", *DAY, "--format", "json"))
    assert [one["löfte"] for one in content["åtaganden"][0]["borttagna_mål"]] == ["minst 4 tillfällen"]


def test_a_view_without_a_day_of_what_was_decided(story: Story, capsys: Capture) -> None:
    later = plan(12, FIRST + SECOND).replace("period: 2026\n", "period: {från: 2026-01-01, till: 2027-06-30}\n")
    story.repository.write({FILE: later})
    content = json.loads(run(capsys, story.folder, "status", *DAY, "--period", "2027-03", "--format", "json"))
    assert [one["mål"][0]["beslutat"] for one in content["åtaganden"]] == [None, None]


# What the decision points at


POINTER = "beslut: {datum: 2025-12-10, referens: KS 1, version: beslutad}"


def pointing(story: Story, name: str = "beslutad") -> None:
    text = plan(18, FIRST).replace("beslut: {datum: 2025-12-10, referens: KS 1}", POINTER.replace(": beslutad}", f": {name}}}"))
    story.repository.save("Pekare", {FILE: text}, GIT_AUTHOR_DATE="2026-09-10T12:00:00+0100")


def test_the_version_that_was_decided(story: Story, capsys: Capture) -> None:
    story.repository.git("tag", "beslutad", story.at["rapporter"])
    pointing(story)
    found = history(capsys, story.folder)
    assert found["beslutad_i"]["commit"] == story.at["rapporter"]
    assert [(one["vad"], one["efter"]) for one in found["ändringar"]] == [
        ("beslut.version", "beslutad"),
        ("mål", "minst 18 vandringar"),
        ("mål", "minst 12 vandringar"),
        ("mål", "minst 18 vandringar"),
    ]
    assert codes(capsys, story.folder, status=1) == [("H801", 11)] * 2
    assert target(capsys, story.folder)["beslutat"]["värde"] == 24


def test_a_version_under_another_name(story: Story, capsys: Capture) -> None:
    story.repository.move("Flytt", FILE, "plans/gammal/prov-2026.yaml")
    story.repository.git("tag", "beslutad")
    story.repository.move("Tillbaka", "plans/gammal/prov-2026.yaml", FILE)
    pointing(story)
    assert target(capsys, story.folder)["beslutat"]["värde"] == 12


@pytest.mark.parametrize("name", ["finns-inte", "tom"])
def test_a_version_that_cannot_be_read(story: Story, name: str, capsys: Capture) -> None:
    empty = story.repository.git("commit-tree", "-m", "Tom", "4b825dc642cb6eb9a060e54bf8d69288fbee4904")
    story.repository.git("tag", "tom", empty)
    pointing(story, name)
    assert codes(capsys, story.folder, status=1) == [("H803", 5)]
    assert "Vad planen sade då går inte att läsa" in run(capsys, story.folder, "historik", *DAY)
    assert target(capsys, story.folder)["beslutad_i"] is None


# Where git cannot tell


def test_outside_git_it_is_said_and_the_log_is_told(tmp_path: Path, capsys: Capture) -> None:
    place = tmp_path / "utan" / FILE
    place.parent.mkdir(parents=True)
    place.write_text(plan(18, FIRST), "utf-8")
    root = tmp_path / "utan"
    text = run(capsys, root, "historik", *DAY)
    assert "Vad planen sade då går inte att läsa: mappen ligger inte i något git-förråd." in text
    assert "syns inte i git" in text and "från minst 24" in text
    assert codes(capsys, root) == [("H802", 5)]
    assert history(capsys, root)["beslutad_i"] is None


def test_a_shallow_clone(story: Story, tmp_path: Path, capsys: Capture) -> None:
    clone = story.repository.clone(tmp_path / "grund", "--depth", "3")
    assert codes(capsys, clone) == [("H802", 5)]
    text = run(capsys, clone, "historik", *DAY)
    assert text.startswith("Det går inte att se om något är ändrat sedan beslutet: klonen har bara en del av historiken.")
    assert "Det äldsta som går att läsa är commit" in text
    found = target(capsys, clone)
    assert (found["beslutad_i"], found["avkortad"], found["beslutat"]) == (None, True, None)
    unseen = "går inte att se om något är ändrat sedan beslutet: klonen har bara en del av historiken. Hämta resten med"
    assert unseen in " ".join(run(capsys, clone, "status", *DAY).split())
    assert unseen in run(capsys, clone, "status", *DAY, "--format", "md")
    pointing(story)
    clone = story.repository.clone(tmp_path / "grundare", "--depth", "1")
    assert codes(capsys, clone) == [("H802", 5)]


def test_a_repository_without_commits(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "nytt")
    repository.write({FILE: plan(24)})
    assert codes(capsys, repository.folder) == [("H802", 5)]
    assert "förrådet har inga commits än" in run(capsys, repository.folder, "historik", *DAY)
    repository.save("Annat", {"README.md": "hej\n", FILE: None})
    repository.write({FILE: plan(24)})
    assert codes(capsys, repository.folder) == []
    assert "Planen är inte sparad i git än" in run(capsys, repository.folder, "historik", *DAY)


def test_a_plan_that_is_not_decided(story: Story, capsys: Capture) -> None:
    story.repository.write({FILE: plan(12).replace("beslut: {datum: 2025-12-10, referens: KS 1}\n", "")})
    assert "men beslutet har tagits bort ur planen" in run(capsys, story.folder, "historik", *DAY)
    assert codes(capsys, story.folder, status=1) == [("H805", 1), ("H801", 10), ("H801", 10)]
    new = {FILE: plan(12).replace("beslut: {datum: 2025-12-10, referens: KS 1}\n", "")}
    never = Repository(story.folder.parent / "utkast")
    never.save("Utkast", new)
    assert "Planen har inget beslut" in run(capsys, never.folder, "historik", *DAY)
    assert codes(capsys, never.folder) == []


@pytest.mark.parametrize("way", ["merge", "rebase", "rename", "detached"])
def test_however_the_history_looks(story: Story, way: str, capsys: Capture) -> None:
    git = story.repository.git
    if way == "merge":
        git("checkout", "-q", "-b", "gren", story.at["skäl"])
        story.repository.save("Sänkt på gren", {"reports/annan.yaml": report("2026-03-03", "2026-03-04")})
        git("checkout", "-q", "main")
        git("merge", "-q", "--no-ff", "-m", "Sammanslagen", "gren")
    elif way == "rebase":
        git("rebase", "-q", "--root", "--force-rebase")
    elif way == "rename":
        story.repository.move("Flytt", FILE, "plans/flyttad/prov-2026.yaml")
    else:
        git("checkout", "-q", "--detach", "main")
    found = history(capsys, story.folder)
    assert found["beslutad_i"]["dag"] == "2025-12-11"
    assert [(one["efter"], one["skäl"]) for one in found["ändringar"]] == [
        ("minst 18 vandringar", "resurser"),
        ("minst 12 vandringar", "efterfrågan"),
    ]


def test_versions_that_cannot_be_read_or_are_another_plan(story: Story, capsys: Capture) -> None:
    story.repository.save("Trasig", {FILE: "plan: [prov\n"})
    story.repository.save("Hel", {FILE: plan(11)})
    assert "minst 11 vandringar" in [one["efter"] for one in history(capsys, story.folder)["ändringar"]]
    story.repository.save("Borta", {FILE: None})
    story.repository.save("Åter", {FILE: plan(10)}, GIT_AUTHOR_DATE="2026-10-01T12:00:00+0100")
    found = history(capsys, story.folder)
    assert found["beslutad_i"]["dag"] == "2025-12-11"
    assert [one["varför"] for one in found["oläsliga"]] == ["dagens program kan inte läsa den"]
    assert ("minst 11 vandringar", "minst 10 vandringar") in [(one["före"], one["efter"]) for one in found["ändringar"]]


def test_next_years_plan_made_of_this_years_begins_anew(story: Story, capsys: Capture) -> None:
    text = plan(20).replace("prov-2026", "prov-2027").replace("period: 2026", "period: 2027")
    story.repository.move("Nästa år", FILE, "plans/prov-2027.yaml", {"plans/prov-2027.yaml": text})
    for name in ("10", "20", "28", "rattad", "sen"):
        story.repository.write({f"reports/{name}.yaml": None})
    assert history(capsys, story.folder)["ändringar"] == []


# The first commit that holds a report


def test_a_report_that_was_there_before_it_was_handed_in(story: Story, capsys: Capture) -> None:
    story.repository.save("Ändrad", {"reports/28.yaml": report("2026-01-28", "2026-02-10")})
    assert codes(capsys, story.folder) == [("H804", 4)]
    out = run(capsys, story.folder, "validera")
    assert "rapporten fanns i git redan 2026-02-02, före inlämnad" in out
    story.repository.save("Ändrad", {"reports/28.yaml": report("2026-01-28", "2026-02-02")})
    assert codes(capsys, story.folder) == []


def test_rows_grow_and_are_not_held_against_their_file(story: Story, capsys: Capture) -> None:
    story.repository.save("Rader", {"reports/r.csv": "plan;åtagande;datum;inlämnad\nprov-2026;tillsyn;2026-03-01;2026-12-01\n"})
    assert codes(capsys, story.folder) == []


# What differs between two steps of the year


DIFFS = {
    ("beslutad", "rapporter"): {"utfall": (None, 3, {"nytt_arbete": 3}), "status": ("underlag saknas", "osäkert")},
    ("rapporter", "sänkt"): {"hela_målet": (24, 18, {"ändrad_plan": -6}), "orsaker": [[]]},
    ("sänkt", "skäl"): {"orsaker": [["resurser"]]},
    ("skäl", "sänkt igen"): {"hela_målet": (18, 12, {"ändrad_plan": -6}), "orsaker": [["efterfrågan"]]},
    ("sänkt igen", "rättad"): {"rättade": 1},
    ("rättad", "sen"): {"utfall": (3, 4, {"sena_rapporter": 1})},
    ("beslutad", "sen"): {
        "utfall": (None, 4, {"sena_rapporter": 2, "nytt_arbete": 2}),
        "hela_målet": (24, 12, {"ändrad_plan": -12}),
        "orsaker": [["resurser", "efterfrågan"]],
        "status": ("underlag saknas", "osäkert"),
    },
}


@pytest.mark.parametrize(("steps", "said"), DIFFS.items(), ids=" ".join)
def test_diff_tells_what_happened(story: Story, steps: tuple[str, str], said: dict[str, Any], capsys: Capture) -> None:
    one, other = (story.at[step] for step in steps)
    (found,) = json.loads(run(capsys, story.folder, "diff", f"{one}..{other}", *DAY, "--format", "json"))["planer"]
    told: dict[str, Any] = {}
    if found["ändringar"]:
        told["orsaker"] = [[entry["skäl"] for entry in change["orsaker"]] for change in found["ändringar"]]
    for commitment in found["åtaganden"]:
        if commitment["status"]["före"] != commitment["status"]["efter"]:
            told["status"] = tuple(commitment["status"].values())
        for goal in commitment["mål"]:
            for name in ("utfall", "hela_målet"):
                figure = goal.get(name)
                if figure is not None and figure["före"] != figure["efter"]:
                    told[name] = (figure["före"], figure["efter"], {key: part for key, part in figure["varav"].items() if part})
        if not told and commitment["rapporter"]["rättade"]:
            told["rättade"] = len(commitment["rapporter"]["rättade"])
    assert told == said


def test_nothing_differs_between_a_moment_and_itself(story: Story, capsys: Capture) -> None:
    assert run(capsys, story.folder, "diff", "HEAD..HEAD", *DAY) == ""


def test_two_clones_at_two_times_give_the_same_bytes(story: Story, tmp_path: Path, capsys: Capture) -> None:
    clone = story.repository.clone(tmp_path / "klon")
    for command in ("status", "historik"):
        for face in ("text", "json", "csv", "md"):
            argv = (command, *DAY, "--ref", story.at["sänkt igen"], "--format", face)
            assert run(capsys, story.folder, *argv) == run(capsys, clone, *argv) != ""


# Where a finding stands


STEPS = "    moment: [{id: a, titel: A, senast: 2026-03-31}, {id: b, titel: B, varje: tillfälle}]\n"
TWO = "[{id: x, minst: 3}, {id: y, minst: 4}]"


@pytest.mark.parametrize(
    ("before", "after", "places"),
    [
        (STEPS, STEPS.replace("03-31", "04-30"), [("12", "19")]),
        (STEPS, STEPS.replace("{id: a, titel: A, senast: 2026-03-31}, ", ""), [("12", "5")]),
        (STEPS, "", [("8", "5")] * 2),
    ],
)
def test_steps(tmp_path: Path, before: str, after: str, places: list[tuple[str, str]], capsys: Capture) -> None:
    repository = Repository(tmp_path / "moment")
    repository.save("Beslut", {FILE: plan(24).replace("    uppföljning:", f"{before}    uppföljning:", 1)})
    repository.save("Ändrat", {FILE: plan(24).replace("    uppföljning:", f"{after}    uppföljning:", 1)})
    lines = run(capsys, repository.folder, "validera", "--format", "kort", status=1).splitlines()
    assert [tuple(line.split(":")[1:3]) for line in lines if " H801 " in line] == places


@pytest.mark.parametrize(
    ("after", "place"),
    [
        ("[{id: x, minst: 3}, {id: y, minst: 5}]", "11:35"),
        ("[{id: x, minst: 3}, {id: z, minst: 4}, {id: y, minst: 4}]", "11:35"),
        ("[{id: x, minst: 3}, {id: z, minst: 9}]", "11:35"),
        ("[{id: x, minst: 3}]", "11:10"),
    ],
)
def test_targets(tmp_path: Path, after: str, place: str, capsys: Capture) -> None:
    repository = Repository(tmp_path / "mål")
    written = "{minst: 24, enhet: vandringar}"
    repository.save("Beslut", {FILE: plan(24).replace(written, TWO)})
    repository.save("Ändrat", {FILE: plan(24).replace(written, after)})
    lines = run(capsys, repository.folder, "validera", "--format", "kort", status=1).splitlines()
    assert place in [":".join(line.split(":")[1:3]) for line in lines if " H801 " in line]


def test_the_plans_own_period_and_parties(story: Story, capsys: Capture) -> None:
    text = plan(12, FIRST + SECOND).replace("period: 2026\n", "period: {från: 2026-01-01, till: 2027-06-30}\n")
    story.repository.save("Längre", {FILE: text.replace("parter: [kommunen]", "parter: [kommunen, polisen]")})
    assert codes(capsys, story.folder, status=1) == [("H801", 4), ("H801", 10)]


# An earlier reading beside


@pytest.mark.parametrize(("by", "status"), [("part", 0), ("månad", 2)])
def test_since_in_groups(story: Story, by: str, status: int, capsys: Capture) -> None:
    out = run(capsys, story.folder, "status", *DAY, "--sedan", "2026-01", "--gruppera", by, status=status)
    assert ("+1 från 3" in out) is (status == 0)


def test_since_a_day_and_since_a_period(story: Story, capsys: Capture) -> None:
    text = run(capsys, story.folder, "status", *DAY, "--sedan", "2026-01-31")
    assert "Sedan 2026-01-31" in text and "+1 från 3" in text
    content = json.loads(run(capsys, story.folder, "status", *DAY, "--sedan", "2026-01", "--format", "json"))
    assert [one["mål"][0]["förra"] for one in content["åtaganden"]] == [
        {"utfall": 3, "status": "i fas"},
        {"utfall": None, "status": "för tidigt"},
    ]
    text = run(capsys, story.folder, "status", *DAY, "--period", "2026-02", "--sedan", "2026-01")
    assert "Mot 2026-01" in text and "−2 från 3" in text
    text = run(capsys, story.folder, "status", "gang", *DAY, "--sedan", "2026-01")
    assert "sedan 2026-01: +1 från 3" in text
    assert "status förut: i fas" in text
    markdown = run(capsys, story.folder, "status", *DAY, "--sedan", "2026-01", "--format", "md")
    assert "| Sedan 2026-01 |" in markdown
    table = run(capsys, story.folder, "status", *DAY, "--sedan", "2026-01", "--format", "csv").removeprefix("\ufeff")
    row = next(csv.DictReader(io.StringIO(table), delimiter=";"))
    assert (row["utfall vid förra avläsningen"], row["status vid förra avläsningen"]) == ("3", "i fas")


def test_since_before_the_plan_began(story: Story, capsys: Capture) -> None:
    text = run(capsys, story.folder, "status", *DAY, "--period", "2026-T1", "--sedan", "2025-T3")
    assert "Mot 2025-T3" in text and "nytt" in text
    text = run(capsys, story.folder, "status", *DAY, "--sedan", "2025-12-31")
    assert "status förut: inte påbörjat" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-12-31", "2026-12-31 är inte före 2026-12-31. Välj en tidigare dag eller period."),
        ("2027", "2027-12-31 är inte före 2026-12-31. Välj en tidigare dag eller period."),
        ("igår", "flaggan --sedan: ”igår”"),
        ("VT2026", "flaggan --sedan: ”VT2026” går inte att datera"),
    ],
)
def test_since_something_that_cannot_be(story: Story, text: str, said: str, capsys: Capture) -> None:
    assert main(["-C", str(story.folder), "status", *DAY, "--sedan", text]) == 2
    assert said in capsys.readouterr().err


def test_a_version_that_lacks_what_a_plan_must_have(story: Story, capsys: Capture) -> None:
    story.repository.save("Utan titel", {FILE: plan(12).replace("titel: Provplan\n", "")})
    story.repository.save("Med titel", {FILE: plan(11)}, GIT_AUTHOR_DATE="2026-10-01T12:00:00+0200")
    assert history(capsys, story.folder)["ändringar"][-1]["före"] == "minst 12 vandringar"


def test_a_version_that_git_has_lost(story: Story, capsys: Capture) -> None:
    blob = story.repository.git("rev-parse", f"{story.at['beslutad']}:{FILE}")
    (story.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert history(capsys, story.folder)["beslutad_i"]["commit"] == story.at["sänkt"]
