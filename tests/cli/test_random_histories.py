"""Random histories with random losses: a promise lowered without a reason is an error, or it is said that it cannot be seen.

`UPPFOLJNING_HISTORIER=1000 python -m pytest tests/cli/test_random_histories.py` tries more of them.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from random import Random

import pytest

from tests.cli.running import UNSET
from tests.cli.story import FILE, plan
from tests.files.test_git import Repository, own_settings
from uppfoljning.cli.main import main

__all__ = ["own_settings"]

Capture = pytest.CaptureFixture[str]
SEEDS = range(int(os.environ.get("UPPFOLJNING_HISTORIER", "30")))
DECISION = "beslut: {datum: 2025-12-10, referens: KS 1}\n"


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)


class Told:
    """A history made at random, and what was first decided in it."""

    def __init__(self, folder: Path, random: Random) -> None:
        self.repository = Repository(folder)
        self.random = random
        self.decided: int | None = None
        self.number = 0
        self.value = 40
        self.name = "prov-2026"
        self.draft = random.random() < 0.3
        self.start = self.save({"x.md": "början\n"})
        self.gone = False
        self.write()
        for _ in range(random.randint(1, 6)):
            random.choice((self.lower, self.lower, self.rise, self.drop, self.undecide, self.rename, self.pull, self.branch))()
        if self.gone:
            self.write()

    def save(self, files: dict[str, str | bytes | None]) -> str:
        self.number += 1
        return self.repository.save(f"Nummer {self.number}", files)

    @property
    def file(self) -> str:
        return f"plans/{self.name}.yaml"

    def text(self, *, decided: bool = True) -> str:
        text = plan(self.value).replace("plan: prov-2026", f"plan: {self.name}")
        return text if decided else text.replace(DECISION, "")

    def write(self, *, decided: bool | None = None) -> None:
        decided = not self.draft if decided is None else decided
        self.draft = False
        self.gone = False
        self.save({self.file: self.text(decided=decided)})
        if decided and self.decided is None:
            self.decided = self.value

    def lower(self) -> None:
        self.value -= self.random.randint(1, 3)
        self.write()

    def rise(self) -> None:
        self.value += 1
        self.write()

    def undecide(self) -> None:
        self.write(decided=False)

    def drop(self) -> None:
        if not self.gone:
            self.save({self.file: None})
            self.gone = True

    def rename(self) -> None:
        if not self.gone:
            old = self.file
            self.name = f"prov-{self.number}"
            self.value -= 1
            self.repository.git("mv", old, self.file)
            self.write()

    def pull(self) -> None:
        """What was made here is merged into a line that began before the plan."""
        tip = self.repository.git("rev-parse", "HEAD")
        self.repository.git("checkout", "-q", "--detach", self.start)
        self.save({f"eget{self.number}.md": "eget\n"})
        self.repository.git("merge", "-q", "--no-ff", "-m", "Hämtat", tip)

    def branch(self) -> None:
        """A change made beside comes back with a merge."""
        tip = self.repository.git("rev-parse", "HEAD")
        self.value -= 1
        self.write()
        mine = self.repository.git("rev-parse", "HEAD")
        self.repository.git("checkout", "-q", "--detach", tip)
        self.save({f"annat{self.number}.md": "annat\n"})
        self.repository.git("merge", "-q", "--no-ff", "-m", "Ihop", mine)

    def lose(self, to: Path) -> Path:
        """The repository with something lost: nothing, some of its older contents, or the beginning of its history."""
        way = self.random.choice(("nothing", "objects", "depth"))
        folder = self.repository.folder
        self.repository.git("checkout", "-q", "-B", "main")
        if way == "depth":
            return self.repository.clone(to, "--depth", str(self.random.randint(1, self.number)))
        if way == "objects":
            kept = self.repository.git("rev-parse", f"HEAD:{self.file}")
            listed = self.repository.git("rev-list", "--objects", "HEAD", "--", "plans").splitlines()
            blobs = [line.split()[0] for line in listed if line.endswith(".yaml") and not line.startswith(kept)]
            for blob in self.random.sample(blobs, self.random.randint(0, len(blobs))):
                (folder / ".git/objects" / blob[:2] / blob[2:]).unlink(missing_ok=True)
        return folder


@pytest.mark.parametrize("seed", SEEDS)
def test_a_lowering_without_a_reason_is_never_silent(seed: int, tmp_path: Path, capsys: Capture) -> None:
    told = Told(tmp_path / "förråd", Random(seed))
    folder = told.lose(tmp_path / "grund")
    main(["-C", str(folder), "validera", "--format", "json"])
    said = capsys.readouterr()
    codes = {one["kod"] for one in json.loads(said.out)["fynd"]}
    assert told.decided is None or told.value >= told.decided or codes & {"H801", "H802", "H805", "H809"}, codes
    assert "Traceback" not in said.err
    main(["-C", str(folder), "historik", "--vid", "2026-12-31"])
    out = capsys.readouterr().out
    if told.decided is not None and told.value < told.decided and "H809" not in codes:
        assert "Inget är ändrat sedan beslutet" not in out


@pytest.mark.parametrize("seed", SEEDS)
def test_where_nothing_is_lowered_and_nothing_lost_nothing_is_found(seed: int, tmp_path: Path, capsys: Capture) -> None:
    random = Random(seed)
    repository = Repository(tmp_path / "förråd")
    repository.save("Början", {"x.md": "början\n"})
    repository.save("Beslut", {FILE: plan(24)})
    for number in range(random.randint(1, 4)):
        tip = repository.git("rev-parse", "HEAD")
        repository.save("Syfte", {FILE: plan(24).replace("    mål:", f"    syfte: Lugnare {number}\n    mål:", 1)})
        if random.random() < 0.5:
            side = repository.git("rev-parse", "HEAD")
            repository.git("checkout", "-q", "--detach", tip)
            repository.save("Eget", {f"{number}.md": "eget\n"})
            repository.git("merge", "-q", "--no-ff", "-m", "Ihop", side)
    assert main(["-C", str(repository.folder), "validera", "--format", "json", "--strikt"]) == 0
    assert json.loads(capsys.readouterr().out)["fynd"] == []
    subprocess.run(["git", "-C", str(repository.folder), "fsck", "--no-dangling"], check=True, capture_output=True)
