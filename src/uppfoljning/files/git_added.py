"""When files first came into the repository."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from uppfoljning.files.git import BROKEN, GitFault, ask, fields, stand_of

_LOG = ("log", "-z", "--first-parent", "--no-renames", "--diff-filter=A", "--name-only", "--relative", "--no-show-signature")
_FORMAT = ("--no-color", "--format=%x01%at %as")
_SUMMER = timezone(timedelta(hours=2))
"""The latest that a clock in Sweden can be."""


def days_added(root: Path, folder: str, ref: str = "HEAD") -> dict[str, date] | GitFault:
    """The day of the first commit that holds each file of a folder, by its name from the project.

    It is the author's day, or the day it then was in Sweden where that is later: what a server commits just before midnight is
    of the next day here. What came with a merge came on the day of the merge, and where a shallow clone begins everything
    comes at once, so a day may be later than the true one, never earlier.
    """
    stand = stand_of(root, ref)
    if isinstance(stand, GitFault):
        return stand
    said = ask(root, *_LOG, *_FORMAT, stand.commit, "--", folder)
    if said is None:
        return BROKEN
    days: dict[str, date] = {}
    day = date.min
    for word in fields(said):
        if word.startswith("\x01"):
            day = _day(word[1:])
        elif name := word.lstrip("\n"):
            days[name] = day
    return days


def _day(text: str) -> date:
    seconds, _, own = text.partition(" ")
    try:
        return max(date.fromisoformat(own), datetime.fromtimestamp(int(seconds), _SUMMER).date())
    except (ValueError, OverflowError, OSError):
        return date.max
