"""How the tests run the program: in this process, as a process of its own, and in a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
EXAMPLE = ("status", "--plan", "exempelkoping-2026", "--vid", "2026-08-31")
UNSET = ("CI", "COLUMNS", "NO_COLOR", "FORCE_COLOR", "UPPFOLJNING_FELSOK", "PYTHONIOENCODING", "PYTHONHASHSEED", "TERM")

PLAN = """\
plan: prov-2026
titel: Provplan
typ: åtgärdsplan
period: 2026
parter: {kommunen: Kommunen, polisen: Polisen}
platser: {torget: Torget, hamnen: Hamnen}
terminer: {VT2026: [2026-01-08, 2026-06-12]}
åtaganden:
  - id: gang
    titel: Gå tillsammans
    parter: [kommunen]
    mål: {minst: 12, enhet: vandringar}
    snabbrapport: nattvandring
  - id: tillsyn
    titel: Tillsyn av krogar
    parter: [kommunen, polisen]
    mål: {minst: 6, enhet: tillsyner}
    snabbrapport: krogtillsyn
"""
OTHER = PLAN.replace("prov-2026", "annan-2026").replace("Provplan", "Annan plan").replace("id: gang", "id: annat")
REPORT = "plan: prov-2026\nåtagande: gang\ndatum: 2026-03-06\nplats: torget\nuppgifter: {samtal: 3}\ninlämnad: 2026-03-07\n"
CSV = """\
plan;åtagande;datum;uppgifter.samtal;inlämnad
prov-2026;gang;2026-04-01;4;2026-04-02
prov-2026;gang;2026-04-08;5;2026-04-09
"""

Files = Mapping[str, str | bytes]
SOUND: Files = {"plans/prov-2026.yaml": PLAN, "reports/a.yaml": REPORT, "reports/rader.csv": CSV}


def folder(path: Path, files: Files) -> str:
    """A project on disk; gives its folder as the program is told it."""
    for name, content in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def environment(**more: str) -> dict[str, str]:
    """This environment without what steers a terminal."""
    return {name: value for name, value in os.environ.items() if name not in UNSET} | {"PYTHONUTF8": "0"} | more


def process(*argv: str, encoding: str = "utf-8", **more: str) -> subprocess.CompletedProcess[bytes]:
    """The real program, its output in a pipe."""
    command = [sys.executable, "-m", "uppfoljning", *argv]
    steered = environment(PYTHONIOENCODING=encoding, **more)
    return subprocess.run(command, env=steered, cwd=HOME, capture_output=True, check=False, timeout=60)


def terminal(*argv: str, columns: int = 80, more: Mapping[str, str] | None = None) -> tuple[int, str]:
    """The real program in a terminal of so many columns: its exit status and all that it wrote there."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-m", "uppfoljning", *argv]
    steered = environment(**{"PYTHONIOENCODING": "utf-8", "TERM": "xterm-256color", **(more or {})})
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=steered, cwd=HOME) as running:
        os.close(theirs)
        pieces = []
        while piece := _read(ours):
            pieces.append(piece)
        status = running.wait(60)
    os.close(ours)
    return status, b"".join(pieces).decode().replace("\r\n", "\n")


def _read(number: int) -> bytes:
    """What there is to read; nothing when the other side has closed, which Linux tells as an error."""
    try:
        return os.read(number, 65536)
    except OSError:
        return b""


def words(value: object) -> str | None:
    """The name of a test's arguments: the words of a command line, else pytest's own."""
    return " ".join(value) if isinstance(value, (list, tuple)) else None
