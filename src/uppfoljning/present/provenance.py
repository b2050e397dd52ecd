"""The foot of every table: what it was made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.plan_history import Gap
from uppfoljning.files.git import SHORT
from uppfoljning.present.figures import plural, words


class Provenance(NamedTuple):
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
    unseen: tuple[str, ...] = ()
    """What could not be seen, each in a few words."""

    def seeing(self, gaps: Iterable[Gap]) -> Provenance:
        """The foot with what cannot be seen of the past of its plans."""
        return self._replace(unseen=(*self.unseen, *words(gaps)))

    def json(self) -> dict[str, list[str]]:
        """What could not be seen, as a key of its own where there is something."""
        return {"går_inte_att_se": list(self.unseen)} if self.unseen else {}

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
        return " · ".join([*said, *self.unseen])
