"""The foot of every table: what it was made from."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.present.figures import plural

SHORT = 7


class Foot(NamedTuple):
    """What a table was made from: the commit, the files read, the files and rows left out."""

    commit: str
    files: int
    left_out: int
    rows_left_out: int

    def __str__(self) -> str:
        said = [f"{plural(self.files, 'fil läst', 'filer lästa')}, {plural(self.left_out, 'utelämnad', 'utelämnade')}"]
        if self.rows_left_out:
            said.append(plural(self.rows_left_out, "rad utelämnad", "rader utelämnade"))
        said.append(f"senaste commit {self.commit[:SHORT]}" if self.commit else "utanför git")
        return " · ".join(said)
