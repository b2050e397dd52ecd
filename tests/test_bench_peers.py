"""The peers are asked about the same facts as we are, and what a run tells comes out as it was."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from bench import journals, memory, peers
from bench.data import Change, Data, newest, spread
from bench.generate import PLAN, generate, occasions, promises
from bench.timing import NEW_DAY, Command, Missing, environment, measure
from bench.yardsticks.sums import ENGINES
from uppfoljning.cli.main import main

FILES, ROWS, COMMITMENTS = 120, 300, 4
SUMS = Path(__file__).resolve().parents[1] / "bench" / "yardsticks" / "sums.py"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bench") / "förråd"
    generate(folder, FILES, ROWS, COMMITMENTS)
    return folder


def facts(home: Path) -> list[journals.Fact]:
    return [*journals.of_files(occasions(FILES, COMMITMENTS, Random(1))), *journals.of_series(home)]


def journal_sums(path: Path) -> Counter[str]:
    """Every posting added up by a plain loop, the periodic ones left out."""
    summed: Counter[str] = Counter()
    for line in path.read_text("utf-8").partition("\n\n")[2].splitlines():
        if line.startswith("    ("):
            account, number = line.strip().split(")  ")
            summed[account.removeprefix("(")] += int(number.split()[0])
    return summed


def our_sums(home: Path, capsys: pytest.CaptureFixture[str]) -> Counter[str]:
    capsys.readouterr()
    assert main(["-C", str(home), "status", "--plan", PLAN, "--vid", "2026-12-31", "--format", "json"]) == 0
    found: Counter[str] = Counter()
    for commitment in json.loads(capsys.readouterr().out)["åtaganden"]:
        found |= {f"{commitment['id']}:{target['id']}": target["utfall"] for target in commitment["mål"]}
        found |= {f"{commitment['id']}:inställda:{why}": times for why, times in commitment["avvikelser"]["skäl"].items()}
    return found


@pytest.mark.parametrize("peer", ["hledger", "ledger"])
def test_a_journal_says_what_status_says(
    peer: journals.Peer, home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "journal"
    journals.write_journal(path, peer, promises(FILES, ROWS, COMMITMENTS), facts(home))
    summed = journal_sums(path)
    assert any(":inställda" in account for account in summed)
    assert summed == our_sums(home, capsys)


@pytest.mark.skipif(shutil.which("hledger") is None, reason="hledger är inte installerat")
def test_hledger_reads_the_journal_and_the_budget(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    journals.write_journal(path, "hledger", promises(FILES, ROWS, COMMITMENTS), facts(home))

    def ask(*words: str) -> str:
        return subprocess.run(
            ["hledger", "-f", str(path), *words], capture_output=True, encoding="utf-8", check=True, env=environment(None)
        ).stdout

    lines = [line.strip('"').split('","') for line in ask("bal", "--flat", "-N", "-O", "csv").splitlines()[1:]]
    assert {account: int(number.split()[0]) for account, number in lines} == journal_sums(path)
    assert f"of {FILES // COMMITMENTS} tillfällen]" in " ".join(ask("bal", "-M", "--budget").split())


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_sums_as_a_journal_of_the_rows(engine: str, home: Path, tmp_path: Path) -> None:
    pytest.importorskip(engine.removesuffix("-typat"))
    promised = promises(FILES, ROWS, COMMITMENTS)
    journals.write_promises(tmp_path / "mål.csv", promised)
    journals.write_journal(tmp_path / "journal", "hledger", promised, journals.of_series(home))
    summed: Counter[str] = Counter()
    for name, month, times, talks, least in ENGINES[engine](str(home), str(tmp_path / "mål.csv")):
        assert 1 <= month <= 11
        assert least == promised[name]
        summed[f"{name}:tillfällen"] += times
        summed[f"{name}:samtal"] += talks
    assert summed == journal_sums(tmp_path / "journal")


def test_the_sums_are_a_program_of_their_own(home: Path, tmp_path: Path) -> None:
    journals.write_promises(tmp_path / "mål.csv", promises(FILES, ROWS, COMMITMENTS))
    words = [sys.executable, str(SUMS), "csv", str(home), str(tmp_path / "mål.csv")]
    said = subprocess.run(words, capture_output=True, encoding="utf-8", check=True, timeout=60).stdout
    assert sum(int(line.split(";")[2]) for line in said.splitlines()) == ROWS


def test_the_files_are_made_once_and_git_knows_of_them_when_asked(tmp_path: Path) -> None:
    data = Data(tmp_path)
    home = data.repository(40, 40)
    made = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    assert (data.repository(40, 40, git=True) / ".git").is_dir()
    assert not (data.repository(40, 40) / ".git").exists()
    assert data.git_folder(home).is_dir()
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*") if path != home} == made
    looked = [sys.executable, str(SUMS.with_name("look.py")), str(data.repository(40, 40, git=True))]
    said = subprocess.run(looked, capture_output=True, text=True, check=True, timeout=60).stdout.split()
    assert int(said[0]) == sum(path.is_file() for path in made)
    assert int(said[1]) == sum(path.stat().st_size for path in made if path.is_file())
    package = json.loads(data.package(home).read_text("utf-8"))
    assert all((home / one["path"]).is_file() for one in package["resources"])
    assert data.journal(home, "ledger").read_text("utf-8").count("\n\n") == 80


def test_a_change_is_a_sound_other_report_and_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    generate(tmp_path, files=200, rows=0, commitments=4)
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    latest, anywhere = newest(tmp_path), spread(tmp_path)
    assert len(latest) == len(anywhere) == 2
    assert max(path.name for path in (tmp_path / "reports").rglob("*.yaml")) == latest[-1].name
    before = [path.read_bytes() for path in latest]
    change = Change(latest)
    change()
    assert [path.read_bytes() for path in latest] != before
    assert main(["-C", str(tmp_path), "validera", "--format", "kort"]) == 0
    assert "varning" not in capsys.readouterr().out
    change()
    assert [path.read_bytes() for path in latest] == before
    # Python itself looks now and then whether git has ended; a change waits until the files are sure to be told apart.
    assert [one for one in waited if one > 1] and min(one for one in waited if one > 1) > 2


def test_a_missing_peer_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    found = peers.prepare(tmp_path, ("hledger", "duckdb"), install=False)
    assert {name: peer.lacking for name, peer in found.items()} == {
        "hledger": "är inte installerat",
        "duckdb": "är inte installerat",
    }
    assert peers.prepare(tmp_path, ("hledger",))["hledger"].lacking == "kräver apt-get"


def test_every_command_runs_once_a_round_beside_the_others(tmp_path: Path) -> None:
    log = tmp_path / "log"

    def say(word: str) -> tuple[str, ...]:
        return (sys.executable, "-c", f"open({str(log)!r}, 'a').write({word!r} + '\\n')")

    commands = (
        Command("a", "A", say("a")),
        Command("b", "B", say(f"b {NEW_DAY}"), primings=0),
        Missing("c", "C", "finns inte"),
        Command("d", "D", (sys.executable, "-c", "import sys; sys.exit('nej ' * 2) if 0 else sys.exit(3)")),
    )
    found = measure(commands, rounds=2, limit=60)
    lines = log.read_text().splitlines()
    assert [line[0] for line in lines] == ["a", "a", "b", "a", "b"]
    assert len({line for line in lines if line[0] == "b"}) == 2
    assert [len(found[key].wall) for key in "abcd"] == [2, 2, 0, 0]
    assert found["c"].plain() == {"titel": "C", "saknas": "finns inte"}
    assert "slutade med 3" in found["d"].fault


def test_a_command_is_stopped_at_the_limit_and_not_run_again() -> None:
    slow = Command("slow", "S", (sys.executable, "-c", "import time; time.sleep(60)"))
    found = measure((slow,), rounds=3, limit=0.3)["slow"]
    assert found.stopped
    assert len(found.wall) == 1
    assert 0.3 <= found.wall[0] < 30


@pytest.mark.skipif(os.name != "posix", reason="mappen för det sparade följer XDG bara där")
def test_a_cold_run_has_an_empty_place_for_what_is_kept(tmp_path: Path) -> None:
    script = "import os, pathlib; p = pathlib.Path(os.environ['XDG_CACHE_HOME']); "
    script += f"open({str(tmp_path / 'log')!r}, 'a').write(f'{{len(list(p.iterdir()))}} '); (p / str(os.getpid())).touch()"
    words = (sys.executable, "-c", script)
    kept = tmp_path / "kept"
    kept.mkdir()
    measure((Command("cold", "K", words, cold=True),), rounds=2, limit=60)
    measure((Command("warm", "V", words, cache=kept, primings=2),), rounds=1, limit=60)
    assert (tmp_path / "log").read_text().split() == ["0", "0", "0", "0", "1", "2"]


@pytest.mark.skipif(not memory.tells(), reason="systemet säger inte hur mycket minne en process har")
@pytest.mark.parametrize("make", [lambda code: code, lambda code: f"import os; os.fork() or exec({code!r}); os.wait()"])
def test_memory_is_that_of_the_process_and_its_children(make: Callable[[str], str]) -> None:
    code = "b = bytearray(80 << 20); import time; time.sleep(0.5); import os; os._exit(0)"
    both = make(code).replace("; os.wait()", f"; exec({code!r})") if "fork" in make(code) else code
    found = measure((Command("m", "M", (sys.executable, "-c", both)),), rounds=1, limit=60)["m"]
    at_least = 160 if "fork" in both else 80
    assert at_least <= found.mib < at_least + 60
