"""Every command × a fault of the machine: what is said, with which status, and that nothing is left half done.

A fault is either not felt at all, and then all is as without it, or it is told with the remedy for just that fault.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest

from tests.cli.running import SOUND, UNSET, environment, folder
from uppfoljning.cli import submit
from uppfoljning.cli.main import main
from uppfoljning.fast import read_files as rules_reading

resource = pytest.importorskip("resource")
Capture = pytest.CaptureFixture[str]
DAY = ("--vid", "2026-05-12")
WRITING = {
    **{f"exportera {face}": ("exportera", face, *DAY, "--ut", f"ny/u.{face}") for face in ("html", "xlsx", "docx", "md", "json")},
    "exportera csv": ("exportera", "csv", *DAY, "--ut", "ny/tabeller"),
    "exportera brev": ("exportera", "brev", *DAY, "--ut", "ny/brev.docx"),
    "exportera medborgare": ("exportera", "medborgare", *DAY, "--ut", "ny/sida.html"),
    "exportera partiella": ("exportera", "partiella", *DAY, "--kommun", "0180", "--ut", "ny/delsummor"),
    "samla": ("samla", "ut", *DAY, "--ut", "ny/samlat.html"),
    "status": ("status", *DAY, "--ut", "ny/status.xlsx"),
    "avvikelser": ("avvikelser", *DAY, "--ut", "ny/avvikelser.csv"),
    "saknas": ("saknas", *DAY, "--ut", "ny/saknas.md"),
    "intyg": ("intyg", "--part", "polisen", *DAY, "--ut", "ny/intyg.docx"),
    "ark": ("ark", "gang", "--ut", "ny/ark.xlsx"),
    "blankett": ("blankett", "gang", "--ut", "ny/blankett.html"),
    "blankett --alla": ("blankett", "--alla", "--ut", "ny/blanketter"),
    "schema": ("schema", "--skriv", "ny/scheman"),
    "init": ("init", "ny/projekt"),
    "init --fran": ("init", "--fran", "prov-2026", *DAY),
    "bedom": ("bedom", "--period", "2026-T1", *DAY),
    "rapportera": ("rapportera", "--fran-fil", "inlamnad.yaml"),
    "ratta": ("ratta", "--skriv", "a"),
    "importera mapp": ("importera", "inkorg"),
    "importera tabell": ("importera", "ark.csv"),
    "importera --skapa-mappning": ("importera", "svar.csv", "--skapa-mappning", "--atagande", "gang"),
}
READING = {
    **{name: (name, *DAY) for name in ("status", "avvikelser", "saknas", "historik")},
    "validera": ("validera",),
    "status gang": ("status", "gang", *DAY),
    "underlag": ("underlag", "gang", *DAY),
    "samla": ("samla", "ut", *DAY),
    "schema": ("schema", "plan"),
    "ark": ("ark", "gang"),
    "intyg": ("intyg", "--part", "polisen", *DAY),
}
HANDED = "plan: prov-2026\nåtagande: gang\ndatum: 2026-04-{:02}\nplats: torget\nuppgifter: {{samtal: 3}}\nkvitto: bcdf-{:04}\n"
SAID = {
    "disken": "disken är full. Frigör utrymme",
    "skrivskyddad": "disken går bara att läsa. Gör den skrivbar",
    "filstorlek": "filen blir större än den får vara. Höj gränsen",
    "öppna filer": "programmet får inte ha fler filer öppna. Höj gränsen, med ulimit -n 1024",
    "minne": "minnet räcker inte. Avsluta andra program",
    "rätt": "du saknar rätt till filen eller mappen. Ge dig den rätten",
    "processer": "datorn tillåter inte fler processer. Avsluta andra program",
}


@pytest.fixture(autouse=True)
def calm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same receipts every time, and nothing kept outside the test's own folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "sparat"))
    for name in UNSET:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(submit, "new_receipt", lambda: "bcdf-2345")
    monkeypatch.setattr("secrets.randbits", lambda _: 1)


def project(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with all that the commands take in, as the folder that one stands in."""
    folder(home, SOUND)
    folder(home, {"inlamnad.yaml": HANDED.format(20, 2220), "svar.csv": "Datum;Samtal\n2026-04-21;3\n2026-04-22;4\n"})
    folder(home, {f"inkorg/{day}.yaml": HANDED.format(day, 2200 + day) for day in range(10, 16)})
    monkeypatch.chdir(home)
    assert main(["exportera", "partiella", *DAY, "--kommun", "0180", "--ut", "ut"]) == 0
    assert main(["ark", "gang", "--tomma", "1", "--ut", "ark.csv"]) == 0
    *rows, last = (home / "ark.csv").read_text("utf-8-sig").splitlines()
    filled = last.replace(";;;;;;;", ";2026-04-25;;;;Torget;3;", 1)
    (home / "ark.csv").write_text("\n".join([*rows, filled, ""]), "utf-8")
    return home


def tree(home: Path) -> dict[str, bytes | None]:
    return {path.relative_to(home).as_posix(): path.read_bytes() if path.is_file() else None for path in sorted(home.rglob("*"))}


def run(words: tuple[str, ...], capsys: Capture) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(list(words))
    out, err = capsys.readouterr()
    return status, out, err


def started(words: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, capture_output=True, text=True, env=environment(), check=False, timeout=60)


@contextmanager
def limited(kind: int, most: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(kind, (soft, hard))


def told(fault: str, status: int, err: str) -> None:
    """One line of words with the remedy for this fault."""
    last = err.splitlines()[-1]
    assert status == 1
    assert last.startswith("fel: ")
    assert SAID[fault] in last
    assert "Traceback" not in err


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of its own in memory that is easily filled, and made unwritable."""
    place = tmp_path_factory.mktemp("disk")
    made = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if not made or made.returncode:
        pytest.skip("här får ingen disk anslutas; gränsen för filers storlek prövas i stället")
    try:
        yield place
    finally:
        with contextlib.chdir("/"):
            subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def disk(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    home = small_disk / "projekt"
    home.mkdir()
    yield project(home, monkeypatch)
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    monkeypatch.undo()
    shutil.rmtree(home)


@pytest.mark.parametrize("command", WRITING)
def test_a_disk_that_is_full_or_cannot_be_written(command: str, small_disk: Path, disk: Path, capsys: Capture) -> None:
    filler = disk / "fyllnad"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)
    before = tree(disk)
    status, _, err = run(WRITING[command], capsys)
    told("disken", status, err)
    assert tree(disk) == before
    filler.unlink()
    del before["fyllnad"]
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    status, _, err = run(WRITING[command], capsys)
    told("skrivskyddad", status, err)
    assert tree(disk) == before
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    assert run(WRITING[command], capsys)[0] == 0
    assert tree(disk) != before


@pytest.mark.parametrize("command", WRITING)
def test_a_file_that_may_not_be_so_large(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    home = project(tmp_path / "projekt", monkeypatch)
    before = tree(home)
    with limited(resource.RLIMIT_FSIZE, 10):
        status, _, err = run(WRITING[command], capsys)
    told("filstorlek", status, err)
    assert tree(home) == before


def unused() -> list[int]:
    """The numbers that no open file has."""
    found = []
    for number in range(512):
        try:
            os.fstat(number)
        except OSError:
            found.append(number)
    return found


def as_written(found: dict[str, bytes | None]) -> dict[str, bytes | None]:
    """Without what git writes for itself, which has moments in it."""
    return {name: what for name, what in found.items() if ".git" not in Path(name).parts}


@pytest.mark.slow
@pytest.mark.parametrize("command", [*WRITING, *(f"läs {name}" for name in READING)])
def test_few_files_may_be_open(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
    words = READING[command.removeprefix("läs ")] if command.startswith("läs ") else WRITING[command]
    home = project(tmp_path / "projekt", monkeypatch)
    before = tree(home)
    sound = run(words, capsys)
    after = tree(home)
    stopped = 0
    for free in range(6):
        for name in sorted(set(after) - set(before), reverse=True):
            path = home / name
            if path.is_dir():
                path.rmdir()
            elif path.exists():
                path.unlink()
        assert tree(home) == before
        most = unused()[free]
        with limited(resource.RLIMIT_NOFILE, most):
            found = run(words, capsys)
        if found == sound:
            assert as_written(tree(home)) == as_written(after)
        elif found[0] == 0:
            # The project is written, whole; what is left is git's part, and that is said with the reason.
            assert command == "init"
            assert f"Git sparade inget: {SAID['öppna filer']}" in found[1]
            assert as_written(tree(home)) == as_written(after)
            stopped += 1
        else:
            stopped += 1
            told("öppna filer", found[0], found[2])
            assert tree(home) == before
    assert stopped or command in ("läs schema", "läs ark")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["status", "validera", "exportera docx", "blankett --alla"])
def test_little_memory(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = WRITING[command] if command in WRITING else READING[command]
    home = project(tmp_path / "projekt", monkeypatch)
    before = tree(home)
    code = (
        "import resource, sys; from uppfoljning.cli.main import entry;"
        "held = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize() + int(sys.argv.pop(1)) * 2**20;"
        "resource.setrlimit(resource.RLIMIT_AS, (held, held)); entry()"
    )
    for megabytes in (1, 2, 4):
        done = started([sys.executable, "-c", code, str(megabytes), "--utan-cache", *words])
        if done.returncode:
            told("minne", done.returncode, done.stderr)
            assert tree(home) == before


def bare(uid: int, *more: str) -> list[str]:
    """What a command line begins with to have none of the privileges that root has."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv saknas, och root får allt")
    return ["setpriv", f"--reuid={uid}", "--clear-groups", *more]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["exportera csv", "exportera html", "init", "importera mapp", "rapportera", "bedom"])
def test_no_right_to_write(command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project(tmp_path / "projekt", monkeypatch)
    before = tree(home)
    locked = [home, *(path for path in home.rglob("*") if path.is_dir())]
    for path in locked:
        path.chmod(0o555)
    words = [*bare(0, "--inh-caps=-all", "--bounding-set=-all"), sys.executable, "-m", "uppfoljning", *WRITING[command]]
    done = started(words)
    for path in locked:
        path.chmod(0o755)
    told("rätt", done.returncode, done.stderr)
    assert tree(home) == before


@pytest.mark.skipif(sys.platform != "linux", reason="gränsen för processer gäller här bara i Linux")
def test_no_more_processes_may_be_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project(tmp_path / "projekt", monkeypatch)
    for words in ("init -q", "add .", "-c user.name=x -c user.email=x commit -qmx"):
        subprocess.run(["git", *words.split()], cwd=home, check=True)
    caps = ("--inh-caps=+dac_override", "--ambient-caps=+dac_override", "--bounding-set=-sys_resource,-sys_admin")
    start = [*bare(54321, *caps), "prlimit", "--nproc=1", sys.executable, "-m", "uppfoljning", "--utan-cache"]
    done = started([*start, "status", *DAY, "--ref", "HEAD"])
    told("processer", done.returncode, done.stderr)
    # Outside git no program is started, and the work of two processes is done by one.
    shutil.rmtree(home / ".git")
    alone = started([*start, "status", *DAY])
    assert (alone.returncode, alone.stderr) == (0, "")


def only_ours(name: str) -> Callable[..., Any]:
    """What the system does, but not for the second process of the program."""
    original = getattr(os, name)

    def refuse() -> Any:
        if sys._getframe(1).f_globals["__name__"].startswith("uppfoljning.files"):
            raise OSError(errno.EAGAIN, "nej")
        return original()

    return refuse


def no_thread(*_: object) -> NoReturn:
    raise RuntimeError("can't start new thread")


@pytest.mark.parametrize("name", ["fork", "pipe"])
def test_the_work_is_done_alone_where_no_second_process_can_be_had(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    project(tmp_path / "projekt", monkeypatch)
    monkeypatch.setattr(rules_reading, "MANY", 1)
    monkeypatch.setattr("uppfoljning.fast.file_index._LARGE", 0)
    sound = run(("--utan-cache", "validera"), capsys)
    monkeypatch.setattr(os, name, only_ours(name))
    assert run(("--utan-cache", "validera"), capsys) == sound


def test_the_work_is_done_alone_where_no_thread_can_be_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    project(tmp_path / "projekt", monkeypatch)
    sound = run(READING["samla"], capsys)
    monkeypatch.setattr(Thread, "start", no_thread)
    assert run(READING["samla"], capsys) == sound


CLOSED: Mapping[str, tuple[str, int, str]] = {
    "importera - <&-": ("importera -", 1, "fel: det finns inget att läsa, för standard in är stängd."),
    "rapportera --fran-fil - <&-": ("rapportera --fran-fil -", 1, "fel: det finns inget att läsa, för standard in är stängd."),
    "rapportera gang <&-": ("rapportera gang", 2, "fel: det finns ingen terminal att fråga i."),
    "status <&-": ("status", 0, ""),
    "status >&-": ("status", 1, "fel: svaret har ingenstans att ta vägen, för standard ut är stängd."),
    "exportera json --ut x.json >&-": ("exportera json --ut x.json", 1, "fel: svaret har ingenstans att ta vägen"),
    "validera 2>&-": ("validera", 0, ""),
}


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs a shell that can close a stream")
@pytest.mark.parametrize("line", CLOSED)
def test_a_closed_stream(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = project(tmp_path / "projekt", monkeypatch)
    before = tree(home)
    _, status, said = CLOSED[line]
    done = started(["sh", "-c", f'"$0" -m uppfoljning {line}', sys.executable])
    assert (done.returncode, done.stderr[: len(said)]) == (status, said)
    assert "filer" not in done.stdout or "2>&-" not in line, "what belongs to standard error is not an answer"
    assert tree(home) == before


@pytest.mark.parametrize("module", ["uppfoljning.cli.streams", "uppfoljning.files.machine"])
def test_an_interruption_while_that_which_tells_of_it_is_imported(module: str) -> None:
    code = f"""
import sys
class Stop:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from uppfoljning.cli.main import entry
"""
    done = started([sys.executable, "-c", code])
    assert (done.returncode, done.stderr) == (130, "Avbrutet.\n")


@pytest.mark.parametrize("module", ["uppfoljning.fast.output_cache", "typer", "uppfoljning.cli.app", "uppfoljning.project.load"])
@pytest.mark.parametrize(
    ("raised", "status", "said"),
    [
        ("KeyboardInterrupt", 130, "Avbrutet."),
        ("MemoryError", 1, SAID["minne"]),
        ("OSError(24, 'x')", 1, SAID["öppna filer"]),
        ("ImportError('x.so: failed to map segment from shared object')", 1, SAID["minne"]),
        ("SyntaxError('x')", 3, "fel i programmet: SyntaxError"),
    ],
)
def test_a_stop_while_the_program_is_imported(
    module: str, raised: str, status: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder(tmp_path, SOUND)
    monkeypatch.chdir(tmp_path)
    code = f"""
import sys
class Stop:
    def find_spec(self, name, *_):
        if name == {module!r}:
            raise {raised}
sys.meta_path.insert(0, Stop())
from uppfoljning.cli.main import entry
sys.argv[1:] = ["--utan-cache", "validera"]
entry()
"""
    done = started([sys.executable, "-c", code])
    assert done.returncode == status
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_the_machine_could_not_is_not_kept_as_the_answer(tmp_path: Path) -> None:
    home = folder(tmp_path / "projekt", SOUND)
    code = """
import sys
from uppfoljning.cli.main import entry
def broken(*_, **more):
    raise MemoryError
if sys.argv.pop() == "trasig":
    from uppfoljning.cli import reading
    from uppfoljning.fast import loading
    reading.load_project = loading.load_project = broken
entry()
"""
    for path in Path(home).rglob("*.*"):
        os.utime(path, (0, 0))
    said = []
    for how in ("trasig", "hel", "hel"):
        words = [sys.executable, "-c", code, "-C", home, "avvikelser", *DAY, how]
        done = started(words)
        said.append((done.returncode, "minnet räcker inte" in done.stderr))
    assert said == [(1, True), (0, False), (0, False)]


def test_nothing_that_reckons_is_imported_where_nothing_is_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path / "projekt", monkeypatch)
    code = f"""
import sys
from uppfoljning.cli.main import main
for words in {[*READING.values(), *WRITING.values()]!r}:
    status = main([*words])
    heavy = sorted({{"numpy", "pandas", "scipy", "pyarrow"}} & sys.modules.keys())
    if heavy:
        print(words, heavy, file=sys.stderr)
"""
    done = started([sys.executable, "-c", code])
    assert [line for line in done.stderr.splitlines() if line.startswith("(")] == []
