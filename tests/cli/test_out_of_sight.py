"""What git cannot tell is said, and what it can is told, however the history came to be: one story a row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import UNSET
from tests.cli.story import FILE, FIRST, SECOND, Story, plan, report
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli.main import main
from uppfoljning.files import git

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-12-31")
DECISION = "beslut: {datum: 2025-12-10, referens: KS 1}"
UNSEEN = "går inte att se om något är ändrat sedan beslutet"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


def run(capsys: Capture, root: Path, *argv: str, status: int | None = None) -> str:
    capsys.readouterr()
    given = main(["-C", str(root), *argv])
    said = capsys.readouterr()
    assert status is None or given == status, said
    assert "Traceback" not in said.err
    return said.out


def found(capsys: Capture, root: Path, *argv: str) -> list[tuple[str, str]]:
    """The codes and levels of what `validera` finds with the help of git."""
    content = json.loads(run(capsys, root, "validera", "--format", "json", *argv))
    return [(one["kod"], one["nivå"]) for one in content["fynd"] if one["kod"].startswith("H")]


def account(capsys: Capture, root: Path) -> dict[str, Any]:
    (one,) = json.loads(run(capsys, root, "historik", *DAY, "--format", "json"))["planer"]
    assert isinstance(one, dict)
    return one


def lowered(folder: Path) -> Repository:
    """A plan decided with 24, and lowered to 18 without a reason in a later commit."""
    repository = Repository(folder)
    repository.save("Beslut", {FILE: plan(24)})
    repository.save("Sänkt", {FILE: plan(18)})
    return repository


def lose(repository: Repository, name: str) -> None:
    """Takes an object out of the repository."""
    blob = repository.git("rev-parse", name)
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()


def everywhere(capsys: Capture, root: Path, tmp_path: Path) -> None:
    """That it is said that something cannot be seen, by all that would otherwise seem to say that nothing is changed."""
    text = run(capsys, root, "historik", *DAY)
    assert UNSEEN in text.splitlines()[0] + text.splitlines()[1]
    assert "Inget är ändrat" not in text
    for face in ("text", "md", "json", "html"):
        assert UNSEEN in " ".join(run(capsys, root, "status", *DAY, "--format", face).split()), face
    for face in ("md", "json", "html", "medborgare"):
        out = tmp_path / f"{face}.{'html' if face == 'medborgare' else face}"
        run(capsys, root, "exportera", face, *DAY, "--plan", "prov-2026", "--ut", str(out), status=0)
        assert UNSEEN in out.read_text("utf-8"), face


# Wordings that cannot be read


def test_a_clone_without_contents_and_without_its_origin(tmp_path: Path, capsys: Capture) -> None:
    repository = lowered(tmp_path / "förråd")
    assert found(capsys, repository.folder) == [("H801", "fel")]
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = repository.clone(tmp_path / "kopia", "--filter=blob:none")
    subprocess.run(["git", "-C", str(clone), "remote", "set-url", "origin", "file:///finns/inte"], check=True)
    assert found(capsys, clone) == [("H802", "varning")]
    everywhere(capsys, clone, tmp_path)
    content = json.loads(run(capsys, clone, "historik", *DAY, "--format", "json"))
    assert content["hinder"] and content["planer"][0]["avkortad"]


@pytest.mark.parametrize("argv", [("--strikt",), ("--sedan", "HEAD~1"), ("CI",)])
def test_where_the_check_decides_it_is_an_error(
    argv: tuple[str, ...], tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = lowered(tmp_path / "förråd")
    repository.save("Annat", {"x.md": "hej\n"})
    lose(repository, f"HEAD~2:{FILE}")
    assert run(capsys, repository.folder, "validera", status=0)
    if argv == ("CI",):
        monkeypatch.setenv("CI", "true")
        argv = ()
    out = run(capsys, repository.folder, "validera", "--format", "kort", *argv, status=1)
    assert "fel H802" in out and "git kan inte läsa den" in out


def test_a_wording_in_between_is_named_and_hides_nothing(tmp_path: Path, capsys: Capture) -> None:
    repository = lowered(tmp_path / "förråd")
    repository.save("Lägre", {FILE: plan(12)})
    lose(repository, f"HEAD~1:{FILE}")
    assert found(capsys, repository.folder) == [("H802", "varning"), ("H801", "fel")]
    assert "En tidigare lydelse går inte att läsa, lydelsen i commit" in " ".join(
        run(capsys, repository.folder, "historik").split()
    )
    assert "1 tidigare lydelse går inte att läsa" in run(capsys, repository.folder, "status", *DAY)


def test_a_broken_object_ends_git_and_not_the_reading_of_the_others(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    for number in (30, 28, 26, 24):
        repository.save(str(number), {FILE: plan(number)})
    blob = repository.git("rev-parse", f"HEAD~2:{FILE}")
    place = repository.folder / ".git/objects" / blob[:2] / blob[2:]
    place.chmod(0o600)
    place.write_bytes(b"inget som git kan packa upp")
    one = account(capsys, repository.folder)
    assert [change["efter"] for change in one["ändringar"]] == ["minst 26 vandringar", "minst 24 vandringar"]
    assert len(one["oläsliga"]) == 1


def test_a_text_that_the_reader_refuses(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Trasig", {FILE: plan(24).replace("titel: Provplan\n", "")})
    repository.save("Hel", {FILE: plan(18)})
    assert found(capsys, repository.folder) == [("H802", "varning")]
    everywhere(capsys, repository.folder, tmp_path)


def test_a_draft_that_nobody_can_have_decided_hides_nothing(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Utkast", {FILE: "plan: [prov\n"})
    repository.save("Beslut", {FILE: plan(24)})
    assert found(capsys, repository.folder) == []


def test_following_the_remedy_helps(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Trasig", {FILE: plan(24).replace("titel: Provplan\n", "")})
    decided = repository.save("Hel", {FILE: plan(18)})
    pointing = plan(18).replace("KS 1}", f"KS 1, version: {decided[:9]}}}")
    repository.save("Pekare", {FILE: pointing})
    assert found(capsys, repository.folder) == [("H806", "fel")]
    reason = "ändringar:\n  - {datum: 2026-02-01, vad: beslut.version, skäl: underlag, varför: Den första gick inte att läsa}\n"
    repository.save("Skäl", {FILE: pointing + reason})
    assert run(capsys, repository.folder, "validera", "--strikt", status=0) is not None
    assert account(capsys, repository.folder)["ändringar"][0]["vad"] == "beslut.version"


# A clone, a folder or an owner that hides


@pytest.mark.parametrize("depth", ["1", "3"])
def test_a_shallow_clone(depth: str, tmp_path: Path, capsys: Capture) -> None:
    story = Story(tmp_path / "förråd")
    clone = story.repository.clone(tmp_path / "grund", "--depth", depth)
    assert found(capsys, clone) == [("H802", "varning")]
    everywhere(capsys, clone, tmp_path)
    run(capsys, clone, "validera", "--strikt", status=1)


def test_a_repository_that_git_refuses_to_read(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = lowered(tmp_path / "förråd")
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    assert found(capsys, repository.folder) == [("H802", "varning")]
    everywhere(capsys, repository.folder, tmp_path)
    monkeypatch.setenv("CI", "true")
    out = run(capsys, repository.folder, "validera", "--format", "kort", status=1)
    assert "git vägrar läsa förrådet" in out
    # What is seen once git is allowed to look is not what was kept before.
    monkeypatch.delenv("GIT_TEST_ASSUME_DIFFERENT_OWNER")
    assert found(capsys, repository.folder) == [("H801", "fel")]


def test_a_sparse_checkout(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    story = Story(tmp_path / "förråd")
    subprocess.run(["git", "-C", str(story.folder), "sparse-checkout", "set", "--no-cone", "/*", "!reports"], check=True)
    assert found(capsys, story.folder) == [("H808", "varning")]
    for command in ("status", "avvikelser", "saknas", "historik"):
        assert "5 filer i git finns inte i mappen" in " ".join(run(capsys, story.folder, command, *DAY).split()), command
    content = json.loads(run(capsys, story.folder, "status", *DAY, "--format", "json"))
    assert content["går_inte_att_se"] == ["5 filer i git finns inte i mappen (git sparse-checkout)"]
    difference = run(capsys, story.folder, "diff", *DAY, "--mot", "2027-01-01", "--format", "md")
    assert not difference or "5 filer i git finns inte" in difference
    monkeypatch.setenv("CI", "1")
    run(capsys, story.folder, "validera", status=1)
    assert found(capsys, story.folder, "--ref", "HEAD") == []
    subprocess.run(["git", "-C", str(story.folder), "sparse-checkout", "disable"], check=True)
    assert found(capsys, story.folder) == []


def test_a_submodule_that_is_not_fetched(tmp_path: Path, capsys: Capture) -> None:
    inner = Repository(tmp_path / "inre")
    inner.save("Rapport", {"a.yaml": report("2026-03-03", "2026-03-04")})
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    repository.git("submodule", "--quiet", "add", f"file://{inner.folder}", "reports/inre")
    repository.save("Undermodul")
    clone = repository.clone(tmp_path / "kopia")
    assert ("H808", "varning") in found(capsys, clone)
    assert "undermodulen reports/inre är inte hämtad" in " ".join(run(capsys, clone, "status", *DAY).split())
    run(capsys, clone, "validera", "--strikt", status=1)


def test_a_removed_file_that_git_has_lost(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24), "plans/annan.yaml": "plan: annan\n"})
    blob = repository.git("rev-parse", "HEAD:plans/annan.yaml")
    repository.save("Borta", {"plans/annan.yaml": None})
    (repository.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert found(capsys, repository.folder) == [("H802", "varning")]


def test_the_comment_of_a_pull_request_says_it_too(tmp_path: Path, capsys: Capture) -> None:
    story = Story(tmp_path / "förråd")
    clone = story.repository.clone(tmp_path / "grund", "--depth", "4")
    out = run(capsys, clone, "diff", "HEAD~3..HEAD", *DAY, "--format", "md")
    assert UNSEEN in " ".join(out.split())


# The decided text


def test_a_pull_with_a_local_commit(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    start = repository.save("Början", {"x.md": "hej\n"})
    repository.save("Beslut", {FILE: plan(24)})
    repository.save("Sänkt", {FILE: plan(18)})
    repository.git("checkout", "-q", "-b", "lokal", start)
    repository.save("Eget", {"y.md": "hej\n"})
    repository.git("merge", "-q", "--no-ff", "-m", "Hämtat", "main")
    assert found(capsys, repository.folder) == [("H801", "fel")]
    assert [one["efter"] for one in account(capsys, repository.folder)["ändringar"]] == ["minst 18 vandringar"]
    repository.save("Skäl", {FILE: plan(18, FIRST)})
    assert found(capsys, repository.folder) == []


def test_an_octopus(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    start = repository.save("Början", {"x.md": "hej\n"})
    for name in ("a", "b"):
        repository.git("checkout", "-q", "-b", name, start)
        repository.save(name, {f"{name}.md": "hej\n"})
    repository.git("checkout", "-q", "-b", "c", start)
    repository.save("Beslut", {FILE: plan(24)})
    repository.save("Sänkt", {FILE: plan(18)})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "Alla", "a", "b", "c")
    assert found(capsys, repository.folder) == [("H801", "fel")]


@pytest.mark.parametrize("ours", [True, False])
def test_two_lines_that_say_that_different_texts_were_decided(ours: bool, tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    start = repository.save("Början", {"x.md": "hej\n"})
    repository.save("Beslut", {FILE: plan(24)})
    repository.git("checkout", "-q", "-b", "annan", start)
    repository.save("Eget beslut", {FILE: plan(12)})
    if not ours:
        repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "-X", "ours" if ours else "theirs", "-m", "Ihop", "main" if ours else "annan")
    assert ("H802", "varning") in found(capsys, repository.folder)
    assert "flera beslutade lydelser" in run(capsys, repository.folder, "validera", "--format", "kort")
    everywhere(capsys, repository.folder, tmp_path)
    run(capsys, repository.folder, "validera", "--strikt", status=1)


def test_an_ordinary_pull_request_changes_nothing(tmp_path: Path, capsys: Capture) -> None:
    story = Story(tmp_path / "förråd")
    repository = story.repository
    repository.git("checkout", "-q", "-b", "gren", story.at["skäl"])
    repository.save("Trasig på vägen", {FILE: "plan: [prov\n"})
    repository.save("Hel", {FILE: plan(18, FIRST)})
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-X", "ours", "-m", "Ihop", "gren")
    assert found(capsys, repository.folder) == []


def test_a_decision_that_is_taken_away(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    repository.save("Utan", {FILE: plan(18).replace(f"{DECISION}\n", "")})
    assert found(capsys, repository.folder) == [("H805", "fel"), ("H801", "fel")]
    repository.save("Åter", {FILE: plan(18)})
    assert found(capsys, repository.folder) == [("H801", "fel")]


def test_a_plan_that_is_removed_and_put_back(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24), "x.md": "hej\n"})
    repository.save("Borta", {FILE: None})
    assert found(capsys, repository.folder, "--ref", "HEAD~1") == []
    repository.save("Åter", {FILE: plan(18)})
    assert found(capsys, repository.folder) == [("H801", "fel")]


def test_a_plan_that_is_removed(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    repository.save("Ny", {FILE: None, "plans/annan.yaml": "plan: annan\ntitel: Annan\nperiod: 2030\nparter: {a: A}\n"})
    assert found(capsys, repository.folder) == [("H809", "varning")]
    command = run(capsys, repository.folder, "validera", "--format", "kort", "--strikt", status=1)
    assert FILE in command
    back = json.loads(run(capsys, repository.folder, "validera", "--format", "json"))["fynd"][-1]["hjälp"]
    subprocess.run([*back.split(": ", 1)[1].split(";")[0].split()], cwd=repository.folder, check=True)
    assert found(capsys, repository.folder) == []


@pytest.mark.parametrize("apart", [False, True])
def test_a_plan_whose_id_changes_as_it_is_lowered(apart: bool, tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    new = "plans/ny-2026.yaml"
    text = plan(18).replace("plan: prov-2026", "plan: ny-2026")
    if apart:
        repository.save("Borta", {FILE: None, "x.md": "hej\n"})
        repository.save("Ny", {new: text})
        assert found(capsys, repository.folder) == [("H809", "varning")]
    else:
        repository.move("Nytt id", FILE, new, {new: text})
        assert found(capsys, repository.folder) == [("H801", "fel")]
        assert [one["vad"] for one in account(capsys, repository.folder)["ändringar"]] == ["mål"]


def test_a_decision_long_before_the_file(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    late = {"GIT_AUTHOR_DATE": "2026-06-01T12:00:00+0200", "GIT_COMMITTER_DATE": "2026-06-01T12:00:00+0200"}
    repository.save("Sent", {FILE: plan(24)}, **late)
    assert found(capsys, repository.folder) == [("H807", "notis")]
    assert "2026-06-01" in run(capsys, repository.folder, "historik", *DAY)
    repository.save("Källa", {FILE: plan(24) + "källor: [https://example.org/plan]\n"})
    assert found(capsys, repository.folder) == []


# What the decision points at


@pytest.mark.parametrize("name", ["main", "HEAD", "HEAD~1", ":/Beslut", "beslutad^", "refs/tags/beslutad", "--all", "be*", ""])
def test_only_a_hash_or_a_tag_stays_where_it_was_put(name: str, tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {FILE: plan(24)})
    repository.git("tag", "beslutad")
    repository.save("Pekare", {FILE: plan(24).replace("KS 1}", f'KS 1, version: "{name}"}}')})
    assert [code for code, _ in found(capsys, repository.folder)] == ([] if not name else ["H803"])


@pytest.mark.parametrize("way", ["tag", "annotated", "hash", "short", "upper"])
def test_a_tag_or_a_hash_of_either_length(way: str, tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    decided = repository.save("Beslut", {FILE: plan(24)})
    if way == "annotated":
        repository.git("tag", "-a", "-m", "Beslut", "beslutad")
    else:
        repository.git("tag", "beslutad")
    name = {"hash": decided, "short": decided[:7], "upper": decided[:9].upper()}.get(way, "beslutad")
    repository.save("Pekare", {FILE: plan(18).replace("KS 1}", f'KS 1, version: "{name}"}}')})
    assert found(capsys, repository.folder) == [("H801", "fel")]


def test_a_tag_that_looks_like_a_hash_of_something_else(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    decided = repository.save("Beslut", {FILE: plan(24)})
    repository.save("Sänkt", {FILE: plan(18)})
    repository.git("tag", decided[:7])
    repository.save("Pekare", {FILE: plan(18).replace("KS 1}", f'KS 1, version: "{decided[:7]}"}}')})
    assert [code for code, _ in found(capsys, repository.folder)] == ["H803"]


def test_a_version_on_another_line_is_not_what_was_decided_here(tmp_path: Path, capsys: Capture) -> None:
    repository = Repository(tmp_path / "förråd")
    start = repository.save("Beslut", {FILE: plan(24)})
    other = repository.save("Sänkt", {FILE: plan(18)})
    repository.git("checkout", "-q", "-B", "main", start)
    repository.save("Pekare", {FILE: plan(18).replace("KS 1}", f"KS 1, version: {other[:8]}}}")})
    assert [code for code, _ in found(capsys, repository.folder)] == ["H803"]
    assert UNSEEN in " ".join(run(capsys, repository.folder, "status", *DAY).split())


def test_a_pointer_that_is_moved_past_a_lowering(tmp_path: Path, capsys: Capture) -> None:
    repository = lowered(tmp_path / "förråd")
    repository.git("tag", "sankt")
    pointing = plan(18).replace("KS 1}", "KS 1, version: sankt}")
    repository.save("Pekare", {FILE: pointing})
    assert found(capsys, repository.folder) == [("H806", "fel")]
    assert account(capsys, repository.folder)["ändringar"][0]["vad"] == "beslut.version"
    with_reason = pointing.replace("    uppföljning:", f"    ändringar:\n{FIRST}    uppföljning:", 1)
    repository.save("Skäl", {FILE: with_reason})
    assert [code for code, _ in found(capsys, repository.folder)] == ["H806"]


# How git is asked


def hook(repository: Repository, root: Path, **variables: str) -> Callable[..., subprocess.CompletedProcess[str]]:
    def asked(*argv: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        command = [sys.executable, "-m", "uppfoljning", "-C", str(root), *argv]
        return subprocess.run(
            command, check=False, env=kept | variables, capture_output=True, text=True, cwd=repository.folder, timeout=60
        )

    return asked


@pytest.mark.parametrize("linked", [False, True])
def test_variables_of_a_hook_do_not_lead_astray(linked: bool, tmp_path: Path) -> None:
    repository = Repository(tmp_path / "förråd")
    repository.save("Beslut", {f"trygghet/{FILE}": plan(24)})
    repository.save("Sänkt", {f"trygghet/{FILE}": plan(18)})
    top, own = repository.folder, repository.folder / ".git"
    if linked:
        top = tmp_path / "träd"
        repository.git("worktree", "add", "-q", str(top), "-b", "gren")
        own = repository.folder / ".git/worktrees/träd"
    run_it = hook(
        repository, top / "trygghet", GIT_DIR=str(own), GIT_INDEX_FILE=str(own / "index"), GIT_PREFIX="", GIT_ICASE_PATHSPECS="1"
    )
    done = run_it("validera", "--format", "kort")
    assert (done.returncode, done.stdout.count("H801")) == (1, 1), done
    assert "minst 18" in run_it("historik", *DAY).stdout
    assert "1 ändrat löfte" in run_it("status", *DAY).stdout


def test_a_bare_repository_and_a_work_tree_that_only_variables_tell_of(tmp_path: Path) -> None:
    repository = lowered(tmp_path / "förråd")
    bare = repository.clone(tmp_path / "naken.git", "--bare")
    tree = tmp_path / "träd"
    tree.mkdir()
    subprocess.run(["git", f"--git-dir={bare}", f"--work-tree={tree}", "checkout", "-q", "-f"], check=True)
    told = hook(repository, tree, GIT_DIR=str(bare), GIT_WORK_TREE=str(tree))
    assert "H801" in told("validera", "--format", "kort").stdout
    assert "senaste commit" in told("status", *DAY).stdout and "minst 18" in told("historik", *DAY).stdout
    # Without them, and where they tell of another work tree, there is no git.
    for variables in ({}, {"GIT_DIR": str(bare)}, {"GIT_DIR": str(bare), "GIT_WORK_TREE": str(repository.folder)}):
        assert "utanför git" in hook(repository, tree, **variables)("status", *DAY).stdout


def test_git_that_does_not_answer_is_not_waited_for(tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    repository = lowered(tmp_path / "förråd")
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(git, "PATIENCE", 0.2)
    assert found(capsys, repository.folder) == [("H802", "varning")]
    assert "git svarade inte" in run(capsys, repository.folder, "historik", *DAY)


def test_nothing_is_fetched_and_no_helper_is_run(tmp_path: Path, capsys: Capture) -> None:
    repository = lowered(tmp_path / "förråd")
    repository.git("config", "uploadpack.allowFilter", "true")
    clone = repository.clone(tmp_path / "kopia", "--filter=blob:none")
    trace = tmp_path / "spår"
    os.environ["GIT_TRACE"] = str(trace)
    try:
        assert [code for code, _ in found(capsys, clone)] == ["H802"]
    finally:
        del os.environ["GIT_TRACE"]
    assert "upload-pack" not in trace.read_text("utf-8")


def test_reports_still_count_as_they_did(tmp_path: Path, capsys: Capture) -> None:
    story = Story(tmp_path / "förråd")
    story.step("ny", "2026-10-05", {FILE: plan(12, FIRST + SECOND), "reports/ny.yaml": report("2026-03-03", "2026-03-04")})
    assert found(capsys, story.folder) == []
