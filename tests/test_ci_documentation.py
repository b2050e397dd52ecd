"""What the page on CI shows can be copied: every block is YAML, the workflows are sound, and what it names exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tests.schemas import refused
from uppfoljning.cli.main import main

HOME = Path(__file__).resolve().parents[1]
PAGE = (HOME / "docs" / "ci.md").read_text("utf-8")
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
WORKFLOWS = [text for text in BLOCKS if "jobs:" in text]
ACTION = yaml.safe_load((HOME / "action.yml").read_text("utf-8"))
(HOOK,) = yaml.safe_load((HOME / ".pre-commit-hooks.yaml").read_text("utf-8"))


@pytest.mark.parametrize("text", BLOCKS)
def test_every_block_is_yaml(text: str) -> None:
    assert isinstance(yaml.safe_load(text), dict)


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_is_sound(text: str, tmp_path: Path) -> None:
    (tmp_path / "uppfoljning.yml").write_text(text, "utf-8")
    assert refused("vendor.github-workflows", tmp_path / "uppfoljning.yml") == ""


@pytest.mark.parametrize("text", WORKFLOWS)
def test_a_workflow_has_the_whole_history_and_few_rights(text: str) -> None:
    workflow = yaml.safe_load(text)
    (job,) = workflow["jobs"].values()
    fetch, check = job["steps"]
    assert fetch["with"] == {"fetch-depth": 0, "persist-credentials": False}
    assert set(check.get("with", {})) <= set(ACTION["inputs"])
    rights = job.get("permissions", workflow["permissions"])
    comments = check.get("with", {}).get("kommentar") == "true"
    assert rights == {"contents": "read"} | ({"pull-requests": "write"} if comments else {})


def test_the_steps_lock_the_same_versions_as_the_templates() -> None:
    (used,) = set(re.findall(r"uses: (actions/.*)", PAGE))
    template = HOME / "src/uppfoljning/templates/repository/github/dot-github/workflows/uppfoljning.yml"
    assert f"uses: {used}\n" in template.read_text("utf-8")


def test_the_table_has_every_input() -> None:
    assert re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE) == list(ACTION["inputs"])


def test_the_hook_is_the_one_there_is() -> None:
    (config,) = (yaml.safe_load(text) for text in BLOCKS if text.startswith("repos:"))
    assert [hook["id"] for hook in config["repos"][0]["hooks"]] == [HOOK["id"]]


def test_the_command_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (line,) = re.findall(r"^uppfoljning .*", PAGE, re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    assert main(shlex.split(line)[1:]) == 0
    assert (tmp_path / "minkommun" / ".gitlab-ci.yml").exists()
