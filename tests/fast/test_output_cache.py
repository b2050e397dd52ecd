"""An answer that is kept is the answer: byte for byte, and only as long as nothing that it depends on has changed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.running import HOME, SOUND, environment, folder, process, terminal
from uppfoljning.cli.app import COMMANDS
from uppfoljning.fast import output_cache

STATUS = ("status", "--vid", "2026-06-30")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose files are older than two seconds, and beside it the folder for what is kept."""
    top = tmp_path_factory.mktemp("svar")
    folder(top / "p", SOUND)
    time.sleep(2.1)
    return top


def run(top: Path, *argv: str, **more: str) -> tuple[int, bytes, bytes]:
    done = process("-C", str(top / "p"), *argv, **{"XDG_CACHE_HOME": str(top / "cache"), **more})
    return done.returncode, done.stdout, done.stderr


def pieces(top: Path) -> list[Path]:
    return sorted((top / "cache").glob("uppfoljning/*/svar-*"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "argv",
    [
        STATUS,
        ("validera",),
        (*STATUS, "--format", "json"),
        ("validera", "--format", "kort"),
        ("avvikelser",),
        ("saknas",),
        ("historik",),
        ("underlag", "gang"),
    ],
    ids=" ".join,
)
def test_the_second_answer_is_the_first_byte_for_byte(argv: tuple[str, ...], kept: Path) -> None:
    cold = run(kept, "--utan-cache", *argv)
    before = len(pieces(kept))
    first = run(kept, *argv)
    assert len(pieces(kept)) == before + 1
    assert run(kept, *argv) == first == cold
    assert len(pieces(kept)) == before + 1


def test_without_the_cache_nothing_is_written(tmp_path: Path, kept: Path) -> None:
    run(kept, "--utan-cache", *STATUS, XDG_CACHE_HOME=str(tmp_path))
    process("-C", str(kept / "p"), "--utan-cache", "avvikelser", XDG_CACHE_HOME=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_width_colour_and_encoding_are_part_of_the_question(kept: Path) -> None:
    run(kept, *STATUS)
    for more in ({"COLUMNS": "50"}, {"FORCE_COLOR": "1"}, {"encoding": "ascii"}):
        assert run(kept, *STATUS, **more) == run(kept, "--utan-cache", *STATUS, **more) != run(kept, *STATUS)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs a pseudo-terminal")
def test_a_terminal_has_its_own_answer(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept / "cache"))
    for columns in (60, 100):
        words = ("-C", str(kept / "p"), *STATUS)
        cold = terminal("--utan-cache", *words, columns=columns)
        assert terminal(*words, columns=columns) == terminal(*words, columns=columns) == cold


@pytest.mark.slow
def test_a_changed_file_has_another_answer(tmp_path: Path) -> None:
    folder(tmp_path / "p", SOUND)
    time.sleep(2.1)
    first = run(tmp_path, *STATUS)
    assert len(pieces(tmp_path)) == 1
    report = tmp_path / "p" / "reports" / "a.yaml"
    report.write_text(report.read_text("utf-8").replace("samtal: 3", "samtal: x"), "utf-8")
    os.utime(report, (1, 1))
    second = run(tmp_path, *STATUS)
    assert (first[0], second[0]) == (0, 1)
    assert b"1 utel" in second[1]
    assert pieces(tmp_path) == []


def test_a_damaged_answer_is_worked_out_again(kept: Path) -> None:
    first = run(kept, *STATUS)
    for piece in pieces(kept):
        data = piece.read_bytes()
        piece.write_bytes(data[:-1] + bytes([data[-1] ^ 1]))
    assert run(kept, *STATUS) == first == run(kept, *STATUS)


def test_where_nothing_can_be_kept_the_answer_is_the_same(kept: Path, tmp_path: Path) -> None:
    taken = tmp_path / "fil"
    taken.write_text("")
    assert run(kept, *STATUS, XDG_CACHE_HOME=str(taken)) == run(kept, *STATUS) == run(kept, *STATUS, XDG_CACHE_HOME="", HOME="")


@pytest.mark.slow
def test_runs_at_once_answer_alike_and_leave_whole_pieces(tmp_path: Path) -> None:
    many = {f"reports/{number}.yaml": SOUND["reports/a.yaml"] for number in range(300)}
    folder(tmp_path / "p", {**SOUND, **many})
    time.sleep(2.1)
    command = [sys.executable, "-m", "uppfoljning", "-C", str(tmp_path / "p"), *STATUS]
    env = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    at_once = [subprocess.Popen(command, cwd=HOME, env=env, stdout=subprocess.PIPE) for _ in range(4)]
    killed = subprocess.Popen(command, cwd=HOME, env=env, stdout=subprocess.PIPE)
    time.sleep(0.2)
    killed.kill()
    killed.communicate()
    found = {one.communicate()[0] for one in at_once}
    assert found == {run(tmp_path, *STATUS)[1]} == {run(tmp_path, "--utan-cache", *STATUS)[1]}


@pytest.mark.parametrize(
    "words",
    [
        ["diff"],
        ["exportera", "md"],
        ["status", "--ref", "HEAD"],
        ["status", "--ut", "x"],
        ["validera", "reports/a.yaml"],
        ["validera", "--sedan", "main"],
        ["--utan-cache", "status"],
        ["--felsok", "status"],
        ["-C"],
        [],
    ],
    ids=" ".join,
)
def test_what_depends_on_more_is_always_worked_out(words: list[str], kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept / "p")
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept / "cache"))
    assert output_cache.asked(words) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "words", [STATUS, ("validera",), ("avvikelser",), ("saknas",), ("historik",), ("underlag", "gang")], ids=" ".join
)
def test_what_is_made_ready_is_what_the_command_uses(words: tuple[str, ...], kept: Path) -> None:
    """The names are right, and nothing is imported that the command would do without."""
    script = (
        "import sys\n"
        "from uppfoljning.cli.preload import get_ready\n"
        "from uppfoljning.cli.main import main\n"
        "words = sys.argv[1:]\n"
        "if words.pop(0) == 'ready':\n"
        "    get_ready(words)\n"
        "    print(*(name for name in sys.modules if name.startswith('uppfoljning')))\n"
        "else:\n"
        "    sys.stdout = open('/dev/null', 'w')\n"
        "    main(words)\n"
        "    print(*sys.modules, file=sys.stderr)\n"
    )
    found = []
    for way in ("ready", "run"):
        command = [sys.executable, "-c", script, way, "-C", str(kept / "p"), *words]
        done = subprocess.run(command, cwd=HOME, env=environment(XDG_CACHE_HOME=""), capture_output=True, text=True, check=True)
        found.append({*(done.stdout + done.stderr).split()})
    ready, used = found
    assert {"uppfoljning.project.load", f"uppfoljning.cli.{COMMANDS[words[0]]}"} <= ready
    assert ready - used <= {"uppfoljning.cli.preload"}


def test_an_answer_about_today_is_another_tomorrow(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(output_cache, "_screens", list)
    monkeypatch.setattr(output_cache, "_has_bytes", lambda: True)
    monkeypatch.setenv("XDG_CACHE_HOME", str(kept / "cache"))
    names = []
    for day in (1, 2):
        monkeypatch.setattr("time.localtime", lambda day=day: time.struct_time((2026, 11, day, 0, 0, 0, 0, 0, 0)))
        for words in (["status"], list(STATUS), ["validera"]):
            question = output_cache.asked(["-C", str(kept / "p"), *words])
            assert question is not None
            names.append(question.name)
    assert names[0] != names[3]
    assert names[1:3] == names[4:6]


def test_a_folder_that_is_gone_is_left_to_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "x"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    monkeypatch.setattr(output_cache, "_has_bytes", lambda: True)
    assert output_cache.asked(["status"]) is None


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is full")
def test_a_full_disk_is_told_of_in_words_whether_the_answer_is_kept_or_not(kept: Path) -> None:
    run(kept, *STATUS)
    env = environment(XDG_CACHE_HOME=str(kept / "cache"), PYTHONIOENCODING="utf-8")
    said = []
    for more in ([], ["--utan-cache"]):
        with open("/dev/full", "wb") as full:
            command = [sys.executable, "-m", "uppfoljning", "-C", str(kept / "p"), *more, *STATUS]
            done = subprocess.run(command, cwd=HOME, env=env, stdout=full, stderr=subprocess.PIPE, check=False)
        said.append((done.returncode, done.stderr.decode()))
    assert said == [(1, "fel: disken är full. Frigör utrymme och kör igen.\n")] * 2


def test_a_stop_while_looking_at_the_files_is_said_as_ever(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from uppfoljning.cli import main

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(output_cache, "asked", stopped)
    monkeypatch.setattr("gc.disable", lambda: None)
    with pytest.raises(SystemExit) as ended:
        main.entry()
    assert (ended.value.code, capsys.readouterr().err) == (130, "Avbrutet.\n")
