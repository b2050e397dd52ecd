"""Telling what the machine cannot do just now from what is wrong with a file."""

from __future__ import annotations

import errno
import os

SHORT = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN))
"""Too many open files, too little memory, too many processes: no file is at fault."""
_NAMES = ("ENOSPC", "EDQUOT", "EFBIG", "EROFS", "EMFILE", "ENFILE", "EAGAIN", "ENOMEM", "EIO", "ESTALE", "ETIMEDOUT")
_IN_WORDS = {
    "can't start new thread": errno.EAGAIN,
    "failed to map segment": errno.ENOMEM,
    "Out of Memory": errno.ENOMEM,
    "without setting an exception": errno.ENOMEM,
    "without exception set": errno.ENOMEM,
}
"""How libraries tell what has no number of its own; the last two are of one that got no memory and did not say so."""


def number_of(error: BaseException) -> int:
    """The system's number for what was wrong (`errno`), 0 where it is not known.

    Python's imports, its threads, and DuckDB tell it in words; theirs are looked for, and never in the words of others.
    """
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError):
        return error.errno or 0
    if isinstance(error, (ImportError, RuntimeError, SystemError)) or type(error).__module__.endswith("duckdb"):
        said = str(error)
        words = {os.strerror(number): number for name in _NAMES if (number := getattr(errno, name, 0))} | _IN_WORDS
        number = next((number for word, number in words.items() if word in said), 0)
        # What could not be imported may have been looked for in another place as well, and that is what is told of.
        before = error.__context__ if isinstance(error, ImportError) else None
        return number or (0 if before is None else number_of(before))
    return 0


def raise_if_short(error: BaseException) -> None:
    """Raise the error again where no file is at fault: the same reading can go well a moment later, and nothing is to be
    concluded from it, nor kept."""
    if number_of(error) in SHORT:
        raise error
