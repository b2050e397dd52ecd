"""`init` without `--fran`: a new repository that is sound and says something at once, or nothing at all."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

import jsonschema
import pytest
import yaml

from tests.cli.dialogue import INTERRUPT, dialogue
from tests.cli.running import HOME, folder
from tests.files.test_git import Repository
from tests.schemas import refused
from uppfoljning.cli.app import COMMANDS
from uppfoljning.cli.main import main
from uppfoljning.files.source import Folder
from uppfoljning.project.load import load_project
from uppfoljning.project.plans import BUILT_IN

Capture = pytest.CaptureFixture[str]
WORKFLOW = "uppfoljning.yml"
CI = {
    "github": {
        f".github/workflows/{WORKFLOW}": "vendor.github-workflows",
        ".github/ISSUE_TEMPLATE/rattelse.yml": "vendor.github-issue-forms",
    },
    "gitlab": {".gitlab-ci.yml": "vendor.gitlab-ci"},
    "forgejo": {f".forgejo/workflows/{WORKFLOW}": "vendor.github-workflows"},
    "ingen": {},
}
SCHEMAS = {f"schema/{kind}.schema.json" for kind in ("plan", "snabbrapport", "blankett", "bedomning", "indikator", "mappning")}
COMMON = SCHEMAS | {
    ".vscode/settings.json",
    "README.md",
    ".editorconfig",
    ".gitattributes",
    ".gitignore",
    ".vscode/extensions.json",
    "plans/prov-2027.yaml",
    "plans/snabbrapporter/README.md",
    "plans/snabbrapporter/dialogtraff.yaml",
    "reports/README.md",
}


def names(root: Path) -> set[str]:
    files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    return {name for name in files if not name.startswith(".git/")}


def made(root: Path, *words: str) -> Path:
    assert main(["init", str(root), "--id", "prov-2027", "--period", "2027", *words]) == 0
    return root


WHO = dict.fromkeys(("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME"), "Prov") | dict.fromkeys(
    ("GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"), "prov@example.org"
)
"""Who commits, to git."""


def of_git(root: Path, *words: str) -> str:
    return subprocess.run(["git", "-C", str(root), *words], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("somebody")
def test_it_is_a_repository_of_git_with_everything_committed(tmp_path: Path, capsys: Capture) -> None:
    root = made(tmp_path / "min-kommun")
    assert "Gjorde ett git-förråd och sparade filerna i det.\n" in capsys.readouterr().out
    assert set(of_git(root, "ls-tree", "-r", "--name-only", "HEAD").splitlines()) == COMMON | set(CI["github"])
    assert of_git(root, "status", "--porcelain") == ""
    assert of_git(root, "symbolic-ref", "--short", "HEAD") == "main\n"
    for words in (["validera", "--strikt"], ["status"], ["blankett", "nattvandring", "--ut", str(root / "blankett.html")]):
        assert main(["-C", str(root), *words]) == 0
    # What is written out of the plan is not offered to git.
    assert of_git(root, "status", "--porcelain") == ""


def test_where_git_does_not_know_who_one_is_nothing_is_lost(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in WHO:
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "git").write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "git"))
    root = made(tmp_path / "ny")
    assert "git sparade inget än. Säg först till git vem du är. Spara filerna i git, med: git add" in capsys.readouterr().out
    assert main(["-C", str(root), "validera", "--strikt"]) == 0


@pytest.mark.usefixtures("somebody")
def test_in_a_repository_that_is_there_nothing_is_committed(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path)
    before = repository.save("Ett", {".gitignore": "vårt\n", "annat.txt": "x"})
    made(tmp_path / "under")
    made(tmp_path)
    assert capsys.readouterr().out.count("Spara filerna i git, med: git add . och git commit\n") == 2
    assert repository.git("rev-parse", "HEAD") == before
    assert (tmp_path / ".gitignore").read_text("utf-8") == "vårt\n"
    assert not (tmp_path / "under" / ".git").exists()


def test_without_git_on_request_and_where_there_is_none(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not (made(tmp_path / "ett", "--utan-git") / ".git").exists()
    assert "git" not in capsys.readouterr().out.split("Börja")[0].replace(".git", "").replace("github", "")
    monkeypatch.setenv("PATH", str(tmp_path))
    made(tmp_path / "två")
    assert "Inget git-förråd blev gjort: git finns inte" in capsys.readouterr().out


def test_never_in_a_clone_of_the_program(tmp_path: Path, capsys: Capture) -> None:
    Repository(tmp_path).write({"pyproject.toml": '[project]\nname = "uppfoljning"\n'})
    assert main(["init", str(tmp_path / "plats")]) == 2
    assert "det här är programmets egen katalog, så inget är skrivet" in capsys.readouterr().err
    assert names(tmp_path) == {"pyproject.toml"}


@pytest.mark.parametrize("ci", CI)
def test_it_is_sound_and_says_something_at_once(ci: str, tmp_path: Path, capsys: Capture) -> None:
    root = made(tmp_path, "--ci", ci)
    assert names(root) == COMMON | set(CI[ci])
    capsys.readouterr()
    assert main(["-C", str(root), "validera", "--strikt", "--format", "json"]) == 0
    assert {one["nivå"] for one in json.loads(capsys.readouterr().out)["fynd"]} <= {"notis"}
    assert main(["-C", str(root), "status", "--vid", "2027-03-01"]) == 0
    shown = capsys.readouterr().out
    for title in ("Gemensam tillsyn på krogarna", "Nattvandring på fredagar", "Träffar med boende om trygghet"):
        assert title in shown
    for file, schema in CI[ci].items():
        assert refused(schema, root / file) == ""


def test_the_schemas_refuse_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / WORKFLOW).write_text("on: push\njobs: {a: {steps: []}}\n", "utf-8")
    assert refused("vendor.github-workflows", tmp_path / WORKFLOW)


def test_several_forges(tmp_path: Path) -> None:
    made(tmp_path, "--ci", "github", "--ci", "gitlab", "--ci", "forgejo")
    assert names(tmp_path) == COMMON | {file for files in CI.values() for file in files}
    readme = (tmp_path / "README.md").read_text("utf-8")
    assert readme.count("UPPFOLJNING_PAKET") == 3
    assert all(f"{name} kör `uppfoljning validera`" in readme for name in ("GitHub", "GitLab", "Forgejo"))


def test_as_it_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    year = date.today().year
    (plan,) = load_project(Folder(tmp_path)).plans.values()
    assert (plan.id, plan.title) == (f"atgardsplan-{year}", f"Åtgärdsplan för Lillköpings kommun {year}")
    assert (plan.span.first, plan.span.last) == (date(year, 1, 1), date(year, 12, 31))
    assert names(tmp_path) >= set(CI["github"])
    assert capsys.readouterr().out.endswith("Kör sedan: uppfoljning status\n")


@pytest.mark.parametrize("period", ["2027", "2027-H2", "2027-02", "2026-T1"])
def test_any_period_of_a_month_or_more(period: str, tmp_path: Path) -> None:
    assert main(["init", str(tmp_path), "--period", period, "--kommun", "Sala kommun"]) == 0
    assert main(["-C", str(tmp_path), "validera", "--strikt"]) == 0
    (plan,) = load_project(Folder(tmp_path)).plans.values()
    assert (plan.id, plan.title) == (f"atgardsplan-{period.lower()}", f"Åtgärdsplan för Sala kommun {period}")


@pytest.mark.parametrize(
    ("period", "after"), [("2027", "2028"), ("2027-H1", "2027-h2"), ("2027-T3", "2028-t1"), ("2027-12", "2028-01")]
)
def test_its_plan_can_be_carried_over(period: str, after: str, tmp_path: Path) -> None:
    assert main(["init", str(tmp_path), "--period", period]) == 0
    assert main(["-C", str(tmp_path), "init", "--fran", f"atgardsplan-{period.lower()}"]) == 0
    assert (tmp_path / "plans" / f"atgardsplan-{after}.yaml").exists()
    assert main(["-C", str(tmp_path), "validera", "--strikt"]) == 0


def test_the_examples_for_the_work_groups_are_sound(tmp_path: Path, capsys: Capture) -> None:
    text = (made(tmp_path) / "reports" / "README.md").read_text("utf-8")
    examples = re.findall(r"`(reports/[^`]+)`:\n\n```\w+\n(.*?)```", text, re.DOTALL)
    assert {Path(file).suffix for file, _ in examples} == {".yaml", ".csv"}
    folder(tmp_path, dict(examples))
    assert main(["-C", str(tmp_path), "validera", "--strikt"]) == 0
    capsys.readouterr()
    assert main(["-C", str(tmp_path), "status", "--vid", "2027-02-01", "--format", "json"]) == 0
    status = json.loads(capsys.readouterr().out)
    rows = {one["id"]: one for one in (status[0] if isinstance(status, list) else status)["åtaganden"]}
    assert [rows[name]["mål"][0]["utfall"] for name in ("krogtillsyn", "nattvandring")] == [2, 1]


def test_the_readme_shows_the_hook_there_is(tmp_path: Path) -> None:
    (text,) = re.findall(r"```yaml\n(.*?)```", (made(tmp_path) / "README.md").read_text("utf-8"), re.DOTALL)
    (hook,) = yaml.safe_load((HOME / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert yaml.safe_load(text)["repos"][0]["hooks"] == [{"id": hook["id"]}]
    assert yaml.safe_load(text)["repos"][0]["rev"] == f"v{version('uppfoljning')}"


def test_the_links_in_the_readme_lead_somewhere(tmp_path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", (made(tmp_path) / "README.md").read_text("utf-8"))
    assert [link for link in links if "://" not in link and not (tmp_path / link).exists()] == []


def test_in_a_repository_of_git(tmp_path: Path) -> None:
    repository = Repository(tmp_path)
    made(tmp_path)
    repository.save("Ny")
    assert set(repository.git("ls-files").splitlines()) == COMMON | set(CI["github"])
    assert main(["-C", str(tmp_path), "validera", "--strikt"]) == 0


def test_every_built_in_form_is_named(tmp_path: Path) -> None:
    text = (made(tmp_path) / "plans" / "snabbrapporter" / "README.md").read_text("utf-8")
    assert re.findall(r"^- `(.+)`: .", text, re.MULTILINE) == list(BUILT_IN)


@pytest.mark.parametrize("ci", ["github", "gitlab", "forgejo"])
def test_the_checks_run_commands_that_exist(ci: str, tmp_path: Path) -> None:
    made(tmp_path, "--ci", ci)
    told = "".join((tmp_path / file).read_text("utf-8") for file in CI[ci])
    run = re.findall(r"(?:run: |- |then )uppfoljning (\w+)", told)
    assert "validera" in run
    assert set(run) <= set(COMMANDS)
    assert "¤" not in told


@pytest.mark.parametrize("text", ['"citat" # x: [y]', "å: {ä} ¤{id} $HOME %s", "<b>*fet*</b> | `kod`", "- ja", "null", "\\n'"])
def test_what_the_user_writes_is_text(text: str, tmp_path: Path) -> None:
    made(tmp_path, "--titel", text, "--kommun", text)
    (plan,) = load_project(Folder(tmp_path)).plans.values()
    assert plan.title == plan.parties["kommunen"] == text
    heading = (tmp_path / "README.md").read_text("utf-8").splitlines()[0]
    # What would be a reference where the file is shown stands as code.
    assert not re.search(r"<|(?<!\\)[*`|]", heading.replace("`%s`", "%s"))


def test_an_id_with_swedish_letters(tmp_path: Path) -> None:
    assert main(["init", str(tmp_path), "--id", "åtgärder"]) == 0
    assert main(["-C", str(tmp_path), "validera", "--strikt"]) == 0
    assert (tmp_path / "plans" / "atgarder.yaml").exists()


def test_what_is_there_stays(tmp_path: Path, capsys: Capture) -> None:
    before = {"README.md": "Vårt.\n", ".github/workflows/uppfoljning.yml": "on: push\n", "anteckningar.txt": "x"}
    folder(tmp_path, before)
    assert main(["init", str(tmp_path)]) == 2
    assert "i vägen, så inget är skrivet: .github/workflows/uppfoljning.yml, README.md." in capsys.readouterr().err
    assert names(tmp_path) == set(before)


def test_a_second_time(tmp_path: Path, capsys: Capture) -> None:
    content = {file: (tmp_path / file).read_bytes() for file in names(made(tmp_path))}
    assert main(["init", str(tmp_path)]) == 2
    assert "uppfoljning init --fran PLAN" in capsys.readouterr().err
    assert {file: (tmp_path / file).read_bytes() for file in names(tmp_path)} == content


def test_a_folder_below_c(tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "init", "a/b"]) == 0
    assert (tmp_path / "a" / "b" / "plans").is_dir()
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b"]
    assert f"uppfoljning -C {tmp_path}/a/b status" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--vid", "2027-01-01"], "flaggan --vid hör ihop med --fran"),
        (["--ci", "ingen", "--ci", "github"], "flaggan --ci: ingen går inte ihop med github"),
        (["--ci", "github", "--ci", "ingen"], "flaggan --ci: ingen går inte ihop med github"),
        (["--ci", "svn"], "github, gitlab, forgejo"),
        (["--period", "VT2027"], "den nya planen säger inte när VT2027 är"),
        (["--period", "2027-W14"], "en plan gäller minst en månad"),
        (["--period", "i år"], "flaggan --period: ”i år” – värdet är ingen period"),
        (["--id", "Vår plan"], "flaggan --id: ”Vår plan” – namnet kan inte användas som id"),
        (["--id", "-"], "börjar med en bokstav eller siffra"),
        (["--id", "a" * 61], "högst 60 tecken"),
        (["--kommun", "0180"], "skriv kommunens namn"),
        (["--titel", "två\nrader"], "flaggan --titel: skriv en rad"),
        (["--titel", "\x1b[31mröd"], "flaggan --titel: skriv en rad"),
        (["--kommun", "x" * 121], "flaggan --kommun: skriv en rad"),
        (["--fran", "prov", "mapp"], "KATALOG går inte ihop med --fran"),
        (["--fran", "prov", "--titel", "x"], "--titel går inte ihop med --fran"),
        (["--fran", "prov", "--kommun", "x"], "--kommun går inte ihop med --fran"),
        (["--fran", "prov", "--ci", "ingen"], "--ci går inte ihop med --fran"),
    ],
)
def test_misuse(words: list[str], says: str, tmp_path: Path, capsys: Capture) -> None:
    assert main(["-C", str(tmp_path), "init", *words]) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["--titel", "Plan 811218-9876"], ["--kommun", "Plan 811218-9876"], ["--id", "811218-9876"]])
def test_a_personal_number_is_neither_written_nor_shown(words: list[str], tmp_path: Path, capsys: Capture) -> None:
    number = "811218-9876"
    assert main(["-C", str(tmp_path), "init", *words]) == 2
    said = capsys.readouterr()
    assert "inget är skrivet" in said.err
    assert number[-4:] not in said.out + said.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_where_the_folder_should_be(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "fil").write_text("x", "utf-8")
    assert main(["-C", str(tmp_path), "init", "fil"]) == 2
    assert "i vägen" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "fil").write_text("x", "utf-8")
    assert main(["-C", str(tmp_path), "init", "fil/ny"]) == 2
    assert "det går inte att skriva i mappen" in capsys.readouterr().err


def test_a_kill_while_writing_leaves_nothing_in_the_repository(tmp_path: Path) -> None:
    code = (
        "import os; from uppfoljning.cli.main import main; write = os.write\n"
        "def half(number, data):\n"
        "    write(number, bytes(data)[: len(data) // 2])\n"
        "    b'plan: ' in bytes(data) and os._exit(9)\n"
        "    return len(data) // 2\n"
        "os.write = half\n"
        f"main(['init', {str(tmp_path)!r}])"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 9
    # Where a file must have a name from the beginning, it is a hidden one that no other command reads.
    assert all(name.startswith(".") and name.endswith(".ny") for name in os.listdir(tmp_path))
    made(tmp_path)


def test_the_editor_is_shown_the_schemas(tmp_path: Path) -> None:
    first = (made(tmp_path) / "plans" / "prov-2027.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema/plan.schema.json"
    mapped = json.loads((tmp_path / ".vscode" / "settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {path.removeprefix("./") for path in mapped} == SCHEMAS
    for kind, file in (("plan", "plans/prov-2027.yaml"), ("blankett", "plans/snabbrapporter/dialogtraff.yaml")):
        schema = json.loads((tmp_path / "schema" / f"{kind}.schema.json").read_text("utf-8"))
        jsonschema.validate(yaml.load((tmp_path / file).read_text("utf-8"), yaml.BaseLoader), schema)


def test_the_schemas_are_those_that_the_readme_writes_anew(tmp_path: Path, capsys: Capture) -> None:
    (line,) = re.findall(r"`uppfoljning (schema .+?)`", (made(tmp_path) / "README.md").read_text("utf-8"))
    capsys.readouterr()
    assert main(["-C", str(tmp_path), *line.split()]) == 0
    assert "stämmer redan" in capsys.readouterr().out


def test_every_place_is_filled(tmp_path: Path) -> None:
    made(tmp_path, "--ci", "github", "--ci", "gitlab", "--ci", "forgejo")
    assert [name for name in names(tmp_path) if "¤" in (tmp_path / name).read_text("utf-8")] == []


@pytest.mark.slow
def test_at_a_terminal_it_asks_whose_plan_it_is_and_when(tmp_path: Path) -> None:
    status, said = dialogue(tmp_path, ["init", "ny"], ["Sala kommun", "i vår", "2027"], columns=80)
    assert status == 0
    assert said.index("Vad heter kommunen?") < said.index("Vilken period gäller planen?") < said.index("Värdet är ingen period")
    (plan,) = load_project(Folder(tmp_path / "ny")).plans.values()
    assert (plan.id, plan.title) == ("atgardsplan-2027", "Åtgärdsplan för Sala kommun 2027")


@pytest.mark.slow
def test_at_a_terminal_an_interruption_writes_nothing(tmp_path: Path) -> None:
    status, _ = dialogue(tmp_path, ["init", "ny"], ["Sala kommun", INTERRUPT])
    assert status == 130
    assert list(tmp_path.iterdir()) == []
