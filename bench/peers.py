"""The other programs: found on the machine or installed, each in a place of its own, or the reason why not.

hledger and ledger come as Debian's packages, the rest by pip into a virtual environment outside the project.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

DEBIAN = ("hledger", "ledger")
PYTHON = ("duckdb", "polars", "pandas", "check-jsonschema", "yamllint", "frictionless")
PATIENCE = 600


class Peer(NamedTuple):
    """How a peer is called; without a way to call it `lacking` says why."""

    name: str
    words: tuple[str, ...] = ()
    version: str = ""
    lacking: str = ""


def prepare(tools: Path, wanted: Sequence[str], install: bool = True) -> dict[str, Peer]:
    """The peers of those names, installed where they are missing and it is allowed."""
    debian = [name for name in DEBIAN if name in wanted]
    python = [name for name in PYTHON if name in wanted]
    return {peer.name: peer for peer in (*_debian(debian, install), *_python(tools, python, install))}


def _debian(wanted: Sequence[str], install: bool) -> list[Peer]:
    missing = [name for name in wanted if shutil.which(name) is None]
    reason = ""
    if missing:
        reason = _apt(missing) if install else "är inte installerat"
    found = []
    for name in wanted:
        path = shutil.which(name)
        if path is None:
            found.append(Peer(name, lacking=reason or "finns inte fast det installerades"))
        else:
            said = _said([path, "--version"]).splitlines() or [""]
            found.append(Peer(name, (path,), _number(said[0])))
    return found


def _apt(names: Sequence[str]) -> str:
    """Installs Debian's packages; what went wrong, or nothing."""
    if shutil.which("apt-get") is None:
        return "kräver apt-get"
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return f"kräver: sudo apt-get install {' '.join(names)}"
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return _failed(["apt-get", "update", "-qq"], quiet) or _failed(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], quiet
    )


def _python(tools: Path, wanted: Sequence[str], install: bool) -> list[Peer]:
    if not wanted:
        return []
    python = tools / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    known = _versions(python)
    reason = "är inte installerat"
    if install and not set(wanted) <= known.keys():
        reason = "" if python.exists() else _failed([sys.executable, "-m", "venv", str(python.parents[1])])
        reason = reason or _failed([str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted])
        known = _versions(python)
    return [
        Peer(name, _called(python, name), known[name])
        if name in known
        else Peer(name, lacking=reason or "gick inte att installera")
        for name in wanted
    ]


def _called(python: Path, name: str) -> tuple[str, ...]:
    """The program's own start where it has one, otherwise the Python that can import it."""
    program = python.with_name(name)
    return (str(program),) if program.exists() else (str(python),)


def _versions(python: Path) -> dict[str, str]:
    if not python.exists():
        return {}
    ask = "from importlib.metadata import distributions as d; print(*{f'{x.name}={x.version}' for x in d()})"
    return dict(one.split("=", 1) for one in _said([str(python), "-c", ask]).split())


def _number(said: str) -> str:
    """The first word of a program's greeting that begins with a digit."""
    return next((word.strip(",") for word in said.split() if word[:1].isdigit()), "")


def _said(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    return done.stdout if done.returncode == 0 else ""


def _failed(command: Sequence[str], environment: dict[str, str] | None = None) -> str:
    """Nothing where it went well, otherwise which program failed; what that said may name a registry, so it is not kept."""
    print(f"installerar: {' '.join(map(str, command[-3:]))}", file=sys.stderr)
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE, env=environment)
    except (OSError, subprocess.TimeoutExpired):
        return f"{Path(command[0]).name} gick inte att köra klart"
    return f"{Path(command[0]).name} slutade med {done.returncode}" if done.returncode else ""
