"""What is said when the machine cannot do what is asked of it: what is wrong, and what to do about it.

Imports next to nothing: it must be at hand when no file can be opened and no memory is left.
"""

from __future__ import annotations

import errno
import sys
from collections import namedtuple

from uppfoljning.cli.streams import let_go
from uppfoljning.files.machine import number_of

CANNOT, FAULT, INTERRUPTED = 1, 3, 130
"""Exit statuses: the machine could not, the program is at fault, and somebody stopped it."""


class Why(namedtuple("Why", "text remedy elsewhere", defaults=("", False))):  # noqa: PYI024
    """What is wrong and a remedy, in Swedish and without a full stop; `elsewhere` where it may go well in another place."""

    __slots__ = ()
    text: str
    remedy: str
    elsewhere: bool


class Cannot(Exception):  # noqa: N818 - what happened is no error of the program
    """The machine could not do what was asked; the message is Swedish and shown as it stands. Exit status 1."""


_NO_PLACE = Why("det finns ingen mapp för tillfälliga filer att skriva i", "Frigör utrymme, eller peka ut en med TMPDIR,")
_RIGHT = Why("du saknar rätt till filen eller mappen", "Ge dig den rätten", elsewhere=True)
_NETWORK = Why("disken i nätet svarar inte", "Se till att den är ansluten")
_BY_NAME = {
    "ENOSPC": Why("disken är full", "Frigör utrymme", elsewhere=True),
    "EDQUOT": Why("ditt utrymme på disken är slut", "Frigör utrymme", elsewhere=True),
    "EFBIG": Why("filen blir större än den får vara", "Höj gränsen, med ulimit -f unlimited,", elsewhere=True),
    "EROFS": Why("disken går bara att läsa", "Gör den skrivbar", elsewhere=True),
    "EACCES": _RIGHT,
    "EPERM": _RIGHT,
    "EMFILE": Why("programmet får inte ha fler filer öppna", "Höj gränsen, med ulimit -n 1024,"),
    "ENFILE": Why("datorn har för många filer öppna", "Avsluta andra program"),
    "EAGAIN": Why("datorn tillåter inte fler processer", "Avsluta andra program, eller höj gränsen med ulimit -u,"),
    "ENOMEM": Why("minnet räcker inte", "Avsluta andra program, eller höj gränsen med ulimit -v unlimited,"),
    "EIO": Why("disken svarade med ett fel", "Kontrollera disken", elsewhere=True),
    "EBADF": Why("det går inte att skriva dit svaret ska", "Skicka det till en fil, med > FIL,"),
    "ESTALE": _NETWORK,
    "ETIMEDOUT": _NETWORK,
    "ENOTCONN": _NETWORK,
    "EHOSTDOWN": _NETWORK,
}
_WHY = {number: why for name, why in _BY_NAME.items() if (number := getattr(errno, name, 0))}
reserve = bytearray(2 << 20)
"""Room that nothing is written to, so that it costs nothing: to be cleared before it is said what stopped the program."""
_met: list[int] = []


def why(error: BaseException) -> Why | None:
    """What the machine could not; None where the fault is another."""
    number = number_of(error)
    if number == errno.ENOENT and isinstance(error, OSError) and "temporary directory" in str(error.strerror):
        return _NO_PLACE
    return _WHY.get(number)


def sentence(found: Why, otherwise: str = "") -> str:
    """What is wrong and what to do; `otherwise` is what helps where another place would, as a sentence."""
    again = f"{found.remedy} och kör igen"
    if otherwise and found.elsewhere:
        again += f", eller {otherwise[0].lower()}{otherwise[1:].rstrip('.')}"
    return f"{found.text}. {again}."


def say(text: str) -> None:
    """Write a line on standard error; where that cannot be done either, the exit status alone tells."""
    _met.append(1)
    try:
        print(text, file=sys.stderr, flush=True)
    except (OSError, ValueError, MemoryError):
        let_go(sys.stderr)


def told(error: BaseException) -> int | None:
    """Say what stopped the program, where that was the machine or somebody at it; the exit status, or None for other faults."""
    if isinstance(error, KeyboardInterrupt):
        return interrupted()
    if isinstance(error, Cannot):
        say(f"fel: {error}")
        return CANNOT
    found = why(error)
    if found is None:
        return None
    if isinstance(error, OSError):
        let_go(sys.stdout)
    say(f"fel: {sentence(found)}")
    return CANNOT


def fault(error: BaseException) -> int:
    """Say that the program itself is at fault, where there is no door yet to say so; the exit status."""
    say(f"fel i programmet: {type(error).__name__}. Kör igen med --felsok för att se mer, och anmäl felet.")
    return FAULT


def interrupted() -> int:
    """Say that somebody stopped it; the exit status."""
    say("Avbrutet.")
    return INTERRUPTED


def deaf() -> None:
    """From here on nothing stops the program: it has said what it had to, and is ending."""
    # Python's own core of `signal`: the rest takes longer to import than a kept answer leaves time for.
    from _signal import SIG_IGN, SIGINT, signal  # type: ignore[import-not-found]

    signal(SIGINT, SIG_IGN)


def met() -> bool:
    """Whether anything of the kind has been said in this run: then the answer is not that of the question."""
    return bool(_met)


# What is said when a command cannot write what it was asked for.
