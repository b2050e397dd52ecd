"""The two moments that are compared, as the foot of every face says them."""

from __future__ import annotations

from typing import NamedTuple

from uppfoljning.domain.period import Period
from uppfoljning.files.git import SHORT
from uppfoljning.present.figures import plural
from uppfoljning.present.provenance import Provenance


class Moments(NamedTuple):
    """What each side was made from, and the part of the time that both are limited to."""

    before: Provenance
    after: Provenance
    period: Period | None = None

    @property
    def heading(self) -> str:
        """The two in as few words as tell them apart: days, commits, or both."""
        days = self.before.as_of != self.after.as_of
        files = _files(self.before) != _files(self.after)
        sides = [
            " ".join(word for word in (_files(one) if files else "", str(one.as_of) if days else "") if word)
            for one in (self.before, self.after)
        ]
        return " → ".join(sides) + ("" if days else f", per {self.after.as_of}")

    def foot(self) -> list[str]:
        """A line for each side."""
        return [f"Från: {_said(self.before)}", f"Till: {_said(self.after)}"]


def _files(one: Provenance) -> str:
    return one.commit[:SHORT] if one.exact else "mappen"


def _said(one: Provenance) -> str:
    commit = f"commit {one.commit[:SHORT]}"
    where = commit if one.exact else f"mappen, senaste {commit}" if one.commit else "mappen, utanför git"
    left_out = plural(one.left_out, "utelämnad", "utelämnade")
    if one.rows_left_out:
        left_out += f" och {plural(one.rows_left_out, 'rad utelämnad', 'rader utelämnade')}"
    because = " på grund av fel" if one.left_out or one.rows_left_out else ""
    read = f"{plural(one.files, 'fil läst', 'filer lästa')}, {left_out}{because}"
    return " · ".join((f"per {one.as_of}", where, read, *one.unseen))
