"""What the README promises holds: its commands run, its examples are sound, its links lead somewhere, CI runs what it says."""

from __future__ import annotations

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from uppfoljning.cli.main import main
from uppfoljning.files.git import fault_of, is_shallow

HOME = Path(__file__).resolve().parents[1]
README = (HOME / "README.md").read_text("utf-8")
FENCES = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
SHELL_LINES = [line for language, text in FENCES if language in ("sh", "console") for line in text.splitlines()]
SHOWN = [line for line in SHELL_LINES if line.startswith("uppfoljning ")]
EXAMPLES = {text.splitlines()[0].removeprefix("# "): text for language, text in FENCES if language == "yaml"}
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q -e "
DOCUMENTS = [path for path in (HOME, HOME / "docs") for path in sorted(path.glob("*.md"))]


def ci_line(pattern: str) -> str:
    """The line of the README that `.ci/run` takes with a pattern of its own."""
    script = (HOME / ".ci" / "run").read_text("utf-8")
    reader = re.search(r"^readme_line\(\) \{\n(.*?)\n\}$", script, re.MULTILINE | re.DOTALL)
    assert reader
    assert f"$(readme_line '{pattern}')" in script
    command = reader.group(1).strip().replace("$1", pattern)
    return subprocess.run(["bash", "-c", command], cwd=HOME, capture_output=True, text=True, check=True).stdout.strip()


def test_one_line_shows_the_follow_up() -> None:
    lines = [line for line in SHELL_LINES if line.startswith("python3 ") and "uppfoljning status" in line]
    assert lines == [f"{INSTALL}. && .venv/bin/uppfoljning status"]
    assert ci_line("uppfoljning status") == lines[0]


def test_one_line_runs_the_tests() -> None:
    lines = [line for line in SHELL_LINES if line.startswith("python3 ") and "pytest" in line]
    assert lines == [f"{INSTALL}'.[test]' && .venv/bin/python -m pytest -q"]
    assert ci_line("python -m pytest") == lines[0]


@pytest.mark.parametrize("language", ["powershell", "bat"])
def test_windows_has_the_same_two(language: str) -> None:
    (text,) = (text for fence, text in FENCES if fence == language)
    show, test = text.splitlines()
    assert show.endswith(r".venv\Scripts\uppfoljning status")
    assert test.endswith(r".venv\Scripts\python -m pytest -q")
    assert ".[test]" in test


def test_the_readme_shows_every_command() -> None:
    assert {shlex.split(line)[1] for line in SHOWN} >= {"status", "underlag", "validera", "regel"}


@pytest.mark.parametrize("line", SHOWN)
def test_a_shown_command_runs(line: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(HOME)
    assert main(shlex.split(line, comments=True)[1:]) == 0
    assert capsys.readouterr().out.strip()


OWN = [line for language, text in FENCES if language == "shell" for line in text.splitlines()]


def test_ones_own_municipality_comes_before_those_of_others_and_can_be_walked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert README.index("## Din egen kommun") < README.index("Exempelköping")
    assert 5 <= len(OWN) <= 12
    assert OWN[0].startswith("uppfoljning init ")
    monkeypatch.chdir(tmp_path)
    for line in OWN:
        words = shlex.split(line)
        if words[0] == "cd":
            monkeypatch.chdir(words[1])
            continue
        assert main(words[1:]) == 0, line
        assert "".join(capsys.readouterr()).strip(), line
    assert (tmp_path / "min-kommun" / ".git").is_dir()


@pytest.mark.skipif(fault_of(HOME) is not None or is_shallow(HOME), reason="vad som beslutades läses ur hela historiken")
def test_the_sample_is_what_the_program_prints(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(HOME)
    monkeypatch.setenv("COLUMNS", "100")
    assert main(["status", "--plan", "exempelkoping-2026", "--vid", "2026-08-31"]) == 0
    (sample,) = re.findall(r"<!-- status -->.*?```text\n(.*?)```\n<!-- /status -->", README, re.DOTALL)
    shown, _, foot = capsys.readouterr().out.rstrip().rpartition("\n")
    assert sample.rstrip() == shown.rstrip()
    assert foot.startswith("per 2026-08-31 · ")


def test_the_examples_are_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert {path.split("/")[0] for path in EXAMPLES} == {"plans", "reports"}
    for path, text in EXAMPLES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert main(["-C", str(tmp_path), "validera", "--format", "kort"]) == 0
    assert "fel[" not in capsys.readouterr().out


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(HOME).as_posix())
def test_links_within_the_project_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(HOME).as_posix())
def test_a_document_is_whole(document: Path) -> None:
    text = document.read_text("utf-8")
    assert text.startswith("# ")
    assert text.count("\n```") % 2 == 0
    assert max(map(len, text.splitlines())) <= 150


def test_the_locked_versions_name_no_place() -> None:
    locked = (HOME / "krav" / "ci.txt").read_text("utf-8")
    lines = [line for line in locked.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if not re.match(r"[a-z0-9-]+==|    --hash=sha256:[0-9a-f]{64}", line)] == []
    assert "://" not in locked
