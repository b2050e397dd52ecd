"""A personal number that has got into a project is never shown again, wherever it stood and whatever is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.running import CSV, PLAN, REPORT, SOUND, folder, words
from uppfoljning.cli.main import main

NUMBERS = ["640823-3234", "6408233234", "19640823-3234", "196408233234", "640823 3234", "640823+3234", "701063-2391"]
"""A made-up number in the ways people write it, and a made-up coordination number."""

COMMANDS = [
    ["status"], ["status", "--format", "json"], ["status", "--format", "csv"], ["status", "--format", "md"], ["status", "gang"],
    ["status", "--plan", "x"], ["status", "--part", "x"], ["status", "--plats", "x"], ["status", "x"], ["underlag", "gang"],
    ["underlag", "x"], ["validera"], ["validera", "--format", "kort"], ["validera", "--format", "json"], ["validera", "x.yaml"],
    ["validera", "--format", "github"], ["validera", "--format", "gitlab"], ["validera", "--format", "sarif"],
    ["validera", "--format", "markdown"],
    ["status", "--period", "HT2030"], ["saknas"], ["saknas", "--paminnelse"], ["saknas", "--ics"], ["saknas", "--format", "json"],
    ["saknas", "--format", "csv"], ["saknas", "--format", "md"], ["saknas", "--funktion", "x"], ["avvikelser"],
    ["avvikelser", "--format", "json"], ["avvikelser", "--format", "csv"], ["avvikelser", "--format", "md"], ["avvikelser", "x"],
    ["timmar"], ["timmar", "--format", "json"], ["timmar", "--format", "csv"], ["timmar", "--format", "md"], ["timmar", "x"],
]  # fmt: skip
PLACES = {
    "title": ("plans/prov-2026.yaml", PLAN.replace("Gå tillsammans", "Gå med {}")),
    "plan title": ("plans/prov-2026.yaml", PLAN.replace("Provplan", "Plan {}")),
    "id": ("plans/prov-2026.yaml", PLAN.replace("id: gang", "id: gang-{}")),
    "plan id": ("plans/prov-2026.yaml", PLAN.replace("plan: prov-2026", "plan: {}")),
    "party": ("plans/prov-2026.yaml", PLAN.replace("polisen: Polisen", "'{}': Polisen")),
    "unknown key of a plan": ("plans/prov-2026.yaml", PLAN + "    '{}': x\n"),
    "comment": ("reports/a.yaml", REPORT + "# ring {}\n"),
    "text": ("reports/a.yaml", REPORT + "text: Pratade med {}\n"),
    "unknown key": ("reports/a.yaml", REPORT + "'{}': ja\n"),
    "figure": ("reports/a.yaml", REPORT.replace("samtal: 3", "samtal: '{}'")),
    "day": ("reports/a.yaml", REPORT.replace("2026-03-06", "'{}'")),
    "commitment": ("reports/a.yaml", REPORT.replace("gang", "'{}'")),
    "broken YAML": ("reports/a.yaml", REPORT + "text: [{}\n"),
    "cell": ("reports/rader.csv", CSV.replace("2026-04-01", "{}")),
    "unknown column": ("reports/rader.csv", CSV.replace("inlämnad", "{}")),
    "long row": ("reports/rader.csv", CSV + "prov-2026;gang;2026-04-01;4;2026-04-02;{}\n"),
    "file name": ("reports/{}.yaml", REPORT),
    "folder name": ("reports/{}/a.yaml", REPORT),
    "plan file": ("plans/{}.yaml", PLAN),
}


def digits(text: str) -> str:
    """The text with everything taken out that can stand within a number."""
    return re.sub(r"[\s+·–-]", "", text)


MEETINGS = [
    (place, number)
    for at, place in enumerate(PLACES)
    for turn, number in enumerate(NUMBERS)
    if (at + turn) % len(NUMBERS) in (0, 3)
]
"""Every place with two of the numbers, every number in some five places."""


@pytest.mark.parametrize(("place", "number"), MEETINGS)
def test_never_shown(
    place: str, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file, text = PLACES[place]
    monkeypatch.chdir(folder(tmp_path, {**SOUND, file.format(number): text.replace("{}", number)}))
    monkeypatch.setenv("COLUMNS", "30" if NUMBERS.index(number) % 2 else "")
    for argv in COMMANDS:
        status = main(argv)
        out, err = capsys.readouterr()
        assert status in (0, 1, 2)
        assert digits(number)[-10:] not in digits(out + err), (argv, out + err)
        assert number not in out + err
    assert main(["validera", "--format", "kort"]) == 1
    assert " I101 " in capsys.readouterr().out


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize(
    "argv",
    [
        ["status"], ["status", "--plan"], ["status", "--part"], ["status", "--plats"], ["status", "--vid"],
        ["status", "--period"], ["status", "--format"], ["underlag"], ["validera"], ["regel"], ["-C"], [],
    ],
    ids=words,
)  # fmt: skip
def test_one_in_the_command_line_is_not_said_back(
    argv: list[str], number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder(tmp_path, SOUND))
    assert main([*argv, number]) == 2
    assert digits(number)[-10:] not in digits(capsys.readouterr().err)
