"""The one gate to the files that others have written: none is opened that lies somewhere else than it seems to.

A link is followed only where its real path lies in the same folder, and not among what is hidden there; nothing but an ordinary
file is read, and no pipe or device is waited for. Imports little: the census needs it.
"""

from __future__ import annotations

import errno
import os
import stat

OUTSIDE, LINKED_FOLDER = errno.EXDEV, errno.EMLINK
"""What the errors say of a link that leads out, and of one that leads to a folder."""
NOFOLLOW: int = getattr(os, "O_NOFOLLOW", 0)
# Without waiting for whoever is to write to a pipe.
_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | NOFOLLOW


def opened(root: str, name: str) -> tuple[int, int]:
    """A number to read a file of a folder by, and its size in bytes. OSError where it cannot or may not be read.

    Folders on the way are taken for the folder's own: whoever lists them follows no link.
    """
    path = os.path.join(root, name)
    if NOFOLLOW:
        try:
            number = os.open(path, _READING)
        except OSError:
            if not os.path.islink(path):
                raise
            number = os.open(real_path(root, path), _READING)
    else:
        number = os.open(real_path(root, path) if os.path.islink(path) else path, _READING)
    try:
        status = os.fstat(number)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL, "not a regular file")
    except BaseException:
        os.close(number)
        raise
    return number, status.st_size


def real_path(root: str, path: str) -> str:
    """Where a link in a folder leads; OSError where that is outside of it, hidden, a folder, or nowhere.

    Of what lies outside not even that it exists is told.
    """
    home, real = os.path.realpath(root), os.path.realpath(path)
    if not _lies_in(home, real):
        raise OSError(OUTSIDE, "a link out of the folder")
    real = os.path.realpath(path, strict=True)
    if not _lies_in(home, real):
        raise OSError(OUTSIDE, "a link out of the folder")
    if os.path.isdir(real):
        raise OSError(LINKED_FOLDER, "a link to a folder")
    return real


def given(path: str, project: str = "") -> tuple[int, int]:
    """As `opened`, of a file that is named by someone: every folder on the way to it is looked at.

    A path into a project must stay there. Elsewhere it is enough that the file itself does not lead out of its own folder.
    """
    home = _project_of(path, project) or os.path.dirname(os.path.abspath(path))
    real = os.path.realpath(path)
    if real != os.path.join(os.path.realpath(home), os.path.relpath(os.path.abspath(path), home)):
        real = real_path(home, path)
    return opened(os.path.dirname(real), os.path.basename(real))


def read_given(path: str, most: int, project: str = "") -> bytes:
    """The content of such a file, cut just past `most` bytes. OSError where it cannot or may not be read."""
    number, _ = given(path, project)
    with os.fdopen(number, "rb") as file:
        return file.read(most + 1)


def is_own_file(root: str, path: str) -> bool:
    """Whether a path in a folder is that of an ordinary file, with no link out of the folder on the way to it."""
    return _lies_in(os.path.realpath(root), os.path.realpath(path)) and os.path.isfile(path)


def leads_out(path: str, project: str) -> bool:
    """Whether a path into a project does not stay there, because of a link."""
    home = _project_of(path, project)
    return bool(home) and not _is_below(os.path.realpath(home), os.path.realpath(path))


def _project_of(path: str, project: str) -> str:
    """The project's folder where a path leads into it as it is written; empty where it does not."""
    whole = os.path.abspath(path)
    homes = (os.path.abspath(project), os.path.realpath(project)) if project else ()
    return next((home for home in homes if whole != home and _is_below(home, whole)), "")


def _lies_in(home: str, real: str) -> bool:
    if not _is_below(home, real):
        return False
    inside = os.path.relpath(real, home)
    return inside == os.curdir or not any(part.startswith(".") for part in inside.split(os.sep))


def _is_below(home: str, path: str) -> bool:
    try:
        return os.path.commonpath([home, path]) == home
    except ValueError:
        # Another drive.
        return False
