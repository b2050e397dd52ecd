"""The terminal's encoding: no character may stop the program, and none that carries a figure may be lost."""

from __future__ import annotations

import codecs
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

HANDLER = "uppfoljning.plain"

_PLAIN = {
    "–": "-", "—": "-", "−": "-", "·": "-", "•": "*", "”": '"', "“": '"', "’": "'", "→": "->", "≥": ">=", "≤": "<=", "×": "x",
    "▓": "#", "█": "#", "░": ".", "●": "*", "○": "o", "▲": "^", "▼": "v", "■": "#", "□": "o", "◆": "*", "│": "|", "─": "-",
    "✓": "+",
}  # fmt: skip
_APART = {"<fraction": " ", "<super": "^"}
"""What keeps a figure from growing into the one before it: 1½ is 1 1/2, and 10² no 102."""


def plain(text: str) -> str:
    """Text in plain ASCII: å becomes a, a no-break space a space, a shape its nearest sign; what has no likeness becomes `?`."""
    import unicodedata

    signs = []
    for char in text:
        bare = "".join(part for part in unicodedata.normalize("NFKD", char).replace("⁄", "/") if part.isascii())
        kind = unicodedata.decomposition(char).partition(">")[0]
        signs.append(_PLAIN.get(char) or (bare and _APART.get(kind, "") + bare) or "?")
    return "".join(signs)


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def make_safe() -> None:
    """Lets standard output and standard error write any text, in whatever encoding they have.

    A stream that is closed has its number taken, so that no file that is opened gets it and is written to as if it were the
    stream; what is said on a closed standard error is said to nobody.
    """
    if None in (sys.stdin, sys.stdout, sys.stderr):
        _take_numbers()
    codecs.register_error(HANDLER, _replace)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors=HANDLER)


def _take_numbers() -> None:
    # The lowest free number is the one given out.
    while (number := os.open(os.devnull, os.O_RDWR)) < 2:
        pass
    if number > 2:
        os.close(number)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - open for as long as the program runs


def let_go(stream: TextIO) -> None:
    """Sends what is left in a broken stream to nowhere, so that the interpreter does not complain of it at its end."""
    try:
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
    except (AttributeError, OSError, ValueError):
        return
    os.dup2(nowhere, number)
    os.close(nowhere)
