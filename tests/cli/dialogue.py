"""A dialogue with the real program in a terminal: what is typed, sign by sign, and what it says."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.cli.running import environment

PROMPT = b"> "
INTERRUPT, END = b"\x03", b"\x04"
_LONGEST = 30


def dialogue(folder: Path, argv: Sequence[str], typed: Sequence[str | bytes], *, columns: int = 60) -> tuple[int, str]:
    """Run the program, type each piece at a prompt, text with Enter and bytes as they are; the exit status and all it said."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    command = [sys.executable, "-c", _OWN_TERMINAL, *argv]
    steered = environment(PYTHONIOENCODING="utf-8", TERM="xterm-256color", NO_COLOR="1", LC_ALL="C.UTF-8")
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=steered, cwd=folder) as running:
        os.close(theirs)
        said = b""
        try:
            for piece in typed:
                said += _until_prompt(ours)
                if piece in (INTERRUPT, END):
                    time.sleep(0.2)  # the prompt is shown a moment before the line editor listens to signs like these
                os.write(ours, piece if isinstance(piece, bytes) else f"{piece}\r".encode())
            said += _rest(ours)
            return running.wait(_LONGEST), said.decode().replace("\r\n", "\n")
        finally:
            running.kill()
            os.close(ours)


_OWN_TERMINAL = """\
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.default_int_handler)
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from uppfoljning.cli.main import entry
entry()
"""
"""Only the terminal that a process has as its own sends it an interruption; what a shell runs in the background ignores it."""


def _until_prompt(number: int) -> bytes:
    said = b""
    while not said.endswith(PROMPT):
        piece = _read(number)
        assert piece, f"the program asked for nothing more: {said.decode(errors='replace')}"
        said += piece
    return said


def _rest(number: int) -> bytes:
    pieces = []
    while piece := _read(number):
        pieces.append(piece)
        assert not piece.endswith(PROMPT), f"the program asks for more: {b''.join(pieces).decode(errors='replace')}"
    return b"".join(pieces)


def _read(number: int) -> bytes:
    """What there is to read; nothing when the other side has closed."""
    assert select.select([number], [], [], _LONGEST)[0], "the program says nothing"
    try:
        return os.read(number, 65536)
    except OSError:
        return b""
