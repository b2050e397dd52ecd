"""The foot of every table: what it was made from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from uppfoljning.present.figures import plural

SHORT = 7


class Foot(NamedTuple):
    """What a table was made from: the day it is seen at, the commit, the files read, the files and rows left out.

    `exact` says that the files are those of the commit itself, not those of a folder that may have been changed since.
    """

    as_of: date
    commit: str
    files: int
    left_out: int
    rows_left_out: int
    exact: bool = False
    command: str = ""
    """What gives the same table again, for the faces that have room for it."""

    def __str__(self) -> str:
        left_out = plural(self.left_out, "utelämnad", "utelämnade")
        if self.rows_left_out:
            left_out += f" och {plural(self.rows_left_out, 'rad utelämnad', 'rader utelämnade')}"
        if self.left_out or self.rows_left_out:
            command = f"validera --ref {self.commit[:SHORT]}" if self.exact else "validera"
            left_out += f" på grund av fel (uppfoljning {command} visar vilka)"
        said = [f"per {self.as_of}", f"{plural(self.files, 'fil läst', 'filer lästa')}, {left_out}"]
        commit = f"commit {self.commit[:SHORT]}"
        said.append(commit if self.exact else f"senaste {commit}" if self.commit else "utanför git")
        return " · ".join(said)
