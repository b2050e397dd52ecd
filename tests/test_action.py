"""The action for GitHub: sound by its schema, nothing a user writes becomes code, and one comment that is kept up to date."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.running import PLAN
from tests.files.test_git import Repository
from tests.schemas import refused
from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[1]
ACTION = HOME / "action.yml"
TEMPLATES = HOME / "src" / "uppfoljning" / "templates" / "repository"
WORKFLOWS = [*TEMPLATES.rglob("workflows/*.yml")]
SCRIPTS = ["validate", "summary", "comment"]
MARK = "<!-- uppfoljning:diff -->"
FILE = "plans/prov-2026.yaml"

needs_bash = pytest.mark.skipif(os.name == "nt" or not shutil.which("bash"), reason="stegen körs av bash")


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def steps(path: Path) -> Iterator[dict[str, Any]]:
    content = loaded(path)
    for part in [content["runs"]] if "runs" in content else content["jobs"].values():
        yield from part["steps"]


def test_the_action_is_sound() -> None:
    assert refused("vendor.github-actions", ACTION) == ""
    assert list(loaded(ACTION)["inputs"]) == ["katalog", "strikt", "sedan", "kommentar"]


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.relative_to(HOME).as_posix())
def test_nothing_from_outside_is_put_into_a_script(path: Path) -> None:
    assert [step["run"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", [ACTION, *WORKFLOWS], ids=lambda path: path.relative_to(HOME).as_posix())
def test_the_actions_of_others_are_locked_to_a_commit(path: Path) -> None:
    used = re.findall(r"uses: (.*)", path.read_text("utf-8"))
    assert used
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one)] == []


def test_only_the_comment_gets_the_token() -> None:
    assert [step["name"] for step in steps(ACTION) if "token" in str(step.get("env"))] == ["Kommentera"]


def test_every_script_is_there_and_used() -> None:
    run = " ".join(step.get("run", "") for step in steps(ACTION))
    assert re.findall(r"/action/(\w+)\.sh", run) == SCRIPTS
    assert sorted(path.stem for path in (HOME / "action").iterdir()) == sorted(SCRIPTS)


class Runner:
    """A machine for the steps, with a folder of its own; `gh` and the program write down what they were asked."""

    def __init__(self, home: Path) -> None:
        self.temp = home / "temp"
        self.bin = home / "bin"
        self.summary = home / "summary.md"
        self.asked = home / "asked.txt"
        self.found = self.temp / "uppfoljning-diff.md"
        self.program = self.temp / "uppfoljning" / "bin" / "uppfoljning"
        self.program.parent.mkdir(parents=True)
        self.bin.mkdir()
        self.summary.touch()
        self.asked.touch()

    def script(self, path: Path, text: str) -> None:
        path.write_text(f"#!{shutil.which('bash')}\n{text}", "utf-8")
        path.chmod(0o755)

    def run(self, name: str, environment: Mapping[str, str], cwd: Path = HOME) -> subprocess.CompletedProcess[str]:
        return self.run_file(HOME / "action" / f"{name}.sh", environment, cwd)

    def run_file(self, script: Path, environment: Mapping[str, str], cwd: Path) -> subprocess.CompletedProcess[str]:
        steered = {
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "RUNNER_TEMP": str(self.temp),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "GITHUB_REPOSITORY": "kommun/plan",
            "ASKED": str(self.asked),
            "PYTHONIOENCODING": "utf-8",
        }
        command = ["bash", str(script)]
        return subprocess.run(
            command,
            env={**steered, **environment},
            cwd=cwd,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path / "runner")


@needs_bash
@pytest.mark.parametrize(
    ("steered", "asked"),
    [
        ({}, ["-C", ".", "validera", "--format", "github"]),
        ({"STRIKT": "true"}, ["-C", ".", "validera", "--format", "github", "--strikt"]),
        ({"STRIKT": "$(touch x)"}, ["-C", ".", "validera", "--format", "github"]),
        ({"SEDAN": "--ref=x; rm *"}, ["-C", ".", "validera", "--format", "github", "--sedan=--ref=x; rm *"]),
        ({"KATALOG": "en mapp"}, ["-C", "en mapp", "validera", "--format", "github"]),
    ],
)
def test_the_check(steered: dict[str, str], asked: list[str], runner: Runner) -> None:
    runner.script(runner.program, 'printf "%s\\n" "$@" >"$ASKED"; exit 1\n')
    done = runner.run("validate", {"KATALOG": ".", "STRIKT": "false", "SEDAN": "", **steered})
    assert (done.returncode, done.stderr) == (1, "")
    assert runner.asked.read_text("utf-8").splitlines() == asked


@pytest.fixture
def change(tmp_path: Path, runner: Runner) -> Repository:
    """A repository with two commits, where the second lowers a promise, and the real program on the machine."""
    repository = Repository(tmp_path / "plan")
    repository.save("Planen", {FILE: PLAN})
    repository.save("Färre", {FILE: PLAN.replace("minst: 12", "minst: 8")})
    runner.script(runner.program, f'exec "{sys.executable}" -m uppfoljning "$@"\n')
    return repository


@needs_bash
def test_the_check_says_what_is_new(change: Repository, runner: Runner) -> None:
    change.save("Fel", {FILE: PLAN.replace("minst: 12", "minst: tolv")})
    asked = {"KATALOG": ".", "STRIKT": "false", "GITHUB_WORKSPACE": str(change.folder)}
    done = runner.run("validate", {**asked, "SEDAN": "HEAD~1"}, change.folder)
    assert done.returncode == 1
    assert f"::error file={FILE}," in done.stdout
    assert FILE in runner.summary.read_text("utf-8")
    assert runner.run("validate", {**asked, "SEDAN": "HEAD"}, change.folder).returncode == 0


@needs_bash
@pytest.mark.parametrize("sound", [True, False])
@pytest.mark.parametrize("forge", ["github", "forgejo", "gitlab"])
def test_the_checks_of_a_new_repository_run(forge: str, sound: bool, runner: Runner, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "plan")
    assert main(["init", str(repository.folder), "--ci", forge, "--id", "prov-2027", "--period", "2027"]) == 0
    base = repository.save("Ny")
    plan = (repository.folder / "plans" / "prov-2027.yaml").read_text("utf-8")
    repository.save("Färre", {"plans/prov-2027.yaml": plan.replace("minst: 6", "minst: 4" if sound else "minst: fyra")})
    if forge == "gitlab":
        lines = loaded(repository.folder / ".gitlab-ci.yml")["uppfoljning"]["script"]
    else:
        (workflow,) = repository.folder.glob(".*/workflows/*.yml")
        lines = [step["run"] for step in steps(workflow) if "run" in step]
    runner.script(runner.bin / "uppfoljning", f'exec "{sys.executable}" -m uppfoljning "$@"\n')
    runner.script(runner.bin / "python", 'printf "%s\\n" "$*" >"$ASKED"\n')
    package = {"UPPFOLJNING_PAKET": "git+x@v1", "PAKET": "git+x@v1"}
    script = runner.temp / "steg.sh"
    script.write_text("\n".join(["set -eo pipefail", *lines]), "utf-8")
    done = runner.run_file(script, {**package, "BAS": base, "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}, repository.folder)
    assert (done.returncode == 0) is sound, done.stdout + done.stderr
    assert runner.asked.read_text("utf-8") == "-m pip install --quiet git+x@v1\n"
    if forge == "gitlab":
        report = json.loads((repository.folder / "gl-code-quality-report.json").read_text("utf-8"))
        assert any(one["severity"] in ("critical", "major", "blocker") for one in report) is not sound
    elif forge == "github" and sound:
        assert MARK in runner.summary.read_text("utf-8")
    missing = runner.run_file(script, {"UPPFOLJNING_PAKET": "", "PAKET": ""}, repository.folder)
    assert missing.returncode == 1
    assert "UPPFOLJNING_PAKET saknas" in missing.stdout


@needs_bash
def test_the_summary_says_what_the_change_does(change: Repository, runner: Runner) -> None:
    base = change.git("rev-parse", "HEAD~1")
    done = runner.run("summary", {"KATALOG": ".", "BAS": base}, change.folder)
    assert (done.returncode, done.stdout) == (0, "")
    text = runner.summary.read_text("utf-8")
    assert text.startswith(MARK)
    assert "Gå tillsammans" in text
    assert runner.found.read_text("utf-8") == text


@needs_bash
def test_the_summary_of_nothing(change: Repository, runner: Runner) -> None:
    head = change.git("rev-parse", "HEAD")
    assert runner.run("summary", {"KATALOG": ".", "BAS": head}, change.folder).returncode == 0
    assert runner.summary.read_text("utf-8") == "Ändringen påverkar inte uppföljningen.\n"
    assert runner.found.read_text("utf-8") == ""


@needs_bash
def test_the_summary_and_the_check_where_there_is_nothing_to_read(runner: Runner, tmp_path: Path) -> None:
    empty = Repository(tmp_path / "tomt")
    head = empty.save("Inget", {"plans/README.md": "x"})
    runner.script(runner.program, f'exec "{sys.executable}" -m uppfoljning "$@"\n')
    assert runner.run("summary", {"KATALOG": ".", "BAS": head, "CI": "true"}, empty.folder).returncode == 0
    assert runner.summary.read_text("utf-8").startswith("Det går inte att se vad ändringen gör med uppföljningen")
    steered = {"KATALOG": ".", "STRIKT": "false", "SEDAN": "", "GITHUB_ACTIONS": "true"}
    checked = runner.run("validate", steered, empty.folder)
    assert checked.returncode == 1
    assert "::error file=plans,title=F022::" in checked.stdout


@needs_bash
def test_outside_pull_requests_there_is_no_summary(change: Repository, runner: Runner) -> None:
    runner.found.write_text("gammal", "utf-8")
    assert runner.run("summary", {"KATALOG": ".", "BAS": ""}, change.folder).returncode == 0
    assert runner.summary.read_text("utf-8") == ""
    assert not runner.found.exists()


@needs_bash
def test_a_history_that_is_cut_is_told(change: Repository, runner: Runner) -> None:
    done = runner.run("summary", {"KATALOG": ".", "BAS": "0" * 40}, change.folder)
    assert done.returncode == 0
    assert done.stdout.startswith("::warning::")
    assert "fetch-depth: 0" in done.stdout
    assert list(runner.temp.glob("*.md*")) == []


GH = """\
words=("$@")
for word; do
    case $word in
        body=@*) cp "${word#body=@}" "$ASKED.body" ;;
    esac
done
printf '%s\\n' "$*" >>"$ASKED"
if [[ " $* " == *" --paginate "* ]]; then
    [ -f "$ASKED.list" ] || exit 1
    exec jq -r "${words[-1]}" "$ASKED.list"
fi
exit "${GH_STATUS:-0}"
"""
needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="det låtsade gh väljer kommentarer med jq")
OURS = {"id": 7, "user": {"type": "Bot"}, "body": f"{MARK}\nförra"}
OTHERS = [
    {"id": 1, "user": {"type": "User"}, "body": f"{MARK}\nden som låtsas"},
    {"id": 2, "user": {"type": "Bot"}, "body": f"en annan bot som nämner {MARK}"},
    {"id": 3, "user": {"type": "Bot"}, "body": None},
]
PULL = {"NUMMER": "5", "FRAN": "kommun/plan", "GH_TOKEN": "x"}


def comment(
    runner: Runner, found: str | None, comments: list[Any] | None, **steered: str
) -> tuple[subprocess.CompletedProcess[str], list[str], str]:
    """What the step says, the calls that write, and the text they carry."""
    runner.script(runner.bin / "gh", GH)
    if found is not None:
        runner.found.write_text(found, "utf-8")
    if comments is not None:
        Path(f"{runner.asked}.list").write_text(json.dumps(comments), "utf-8")
    done = runner.run("comment", {**PULL, **steered})
    assert (done.returncode, done.stderr) == (0, "")
    calls = [line for line in runner.asked.read_text("utf-8").splitlines() if "--method" in line]
    body = Path(f"{runner.asked}.body")
    return done, [call.split(" --field")[0] for call in calls], body.read_text("utf-8") if body.exists() else ""


NEW = "api --silent --method POST repos/kommun/plan/issues/5/comments"
AGAIN = "api --silent --method PATCH repos/kommun/plan/issues/comments/7"
TEXT = f"{MARK}\n`$(rm)` ändrat\n"
EMPTY = f"{MARK}\nÄndringen påverkar inte uppföljningen.\n"


@needs_bash
@needs_jq
@pytest.mark.parametrize(
    ("found", "comments", "calls", "body"),
    [
        (TEXT, [], [NEW], TEXT),
        (TEXT, OTHERS, [NEW], TEXT),
        (TEXT, [*OTHERS, OURS], [AGAIN], TEXT),
        (TEXT, [OURS, OURS | {"id": 9}], [AGAIN], TEXT),
        ("", [OURS], [AGAIN], EMPTY),
        ("", OTHERS, [], ""),
    ],
)
def test_one_comment(found: str, comments: list[Any], calls: list[str], body: str, runner: Runner) -> None:
    done, made, text = comment(runner, found, comments)
    assert (done.stdout, made, text) == ("", calls, body)


@needs_bash
@pytest.mark.parametrize(
    ("found", "comments", "steered", "says"),
    [
        (TEXT, [], {"FRAN": "någon/plan"}, "kommer från en fork"),
        (TEXT, [], {"FRAN": ""}, "kommer från en fork"),
        (TEXT, [], {"NUMMER": ""}, "ingen pull request"),
        (None, [], {}, "gick inte att räkna ut"),
        (TEXT, None, {}, "pull-requests: write"),
        pytest.param(TEXT, [], {"GH_STATUS": "1"}, "pull-requests: write", marks=needs_jq),
        pytest.param(TEXT, [OURS], {"GH_STATUS": "1"}, "pull-requests: write", marks=needs_jq),
    ],
)
def test_what_cannot_be_written_is_told_and_fails_nothing(
    found: str | None, comments: list[Any] | None, steered: dict[str, str], says: str, runner: Runner
) -> None:
    done, _, _ = comment(runner, found, comments, **steered)
    assert done.stdout.startswith("::notice::Ingen kommentar: ")
    assert says in done.stdout


@needs_bash
def test_a_machine_without_gh(runner: Runner) -> None:
    runner.found.write_text(TEXT, "utf-8")
    bash = shutil.which("bash")
    assert bash
    (runner.bin / "bash").symlink_to(bash)
    done = runner.run("comment", {**PULL, "PATH": str(runner.bin)})
    assert done.returncode == 0
    assert "programmet gh finns inte" in done.stdout
