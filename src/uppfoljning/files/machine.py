"""Telling what the machine cannot do just now from what is wrong with a file."""

from __future__ import annotations

import errno

SHORT = frozenset((errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN))
"""Too many open files, too little memory, too many processes."""


def raise_if_short(error: BaseException) -> None:
    """Raise the error again where no file is at fault: the same reading can go well a moment later, and nothing is to be
    concluded from it, nor kept."""
    if isinstance(error, OSError) and error.errno in SHORT:
        raise error
