"""The formats of `status`, by name; and what part of the follow-up is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from uppfoljning.followup.table import Line, Table
from uppfoljning.followup.view import View
from uppfoljning.present.foot import Foot
from uppfoljning.present.terminal import Screen


@dataclass(frozen=True, slots=True)
class Selection:
    """The party and place that a table is limited to, and whether one commitment is shown in detail.

    A joint promise is not split: its figures stay whole, and what the party or place had of them is said beside.
    """

    party: str = ""
    place: str = ""
    detail: bool = False

    def concerns(self, line: Line) -> bool:
        """Whether a commitment binds the party, and promises or has something at the place."""
        if self.party and self.party not in line.commitment.parties:
            return False
        if not self.place:
            return True
        conditions = (row.target.condition for row in line.rows)
        promised = any(self.place in condition.places for condition in conditions if condition is not None)
        return promised or any(self.place in entry.report.places for entry in line.matter.entries)


Writer = Callable[[list[Table], Foot, str, View, Selection, Screen], None]


def _text(tables: list[Table], foot: Foot, plan: str, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.detail_text import detail_text
    from uppfoljning.present.status_text import status_text

    if selection.detail and len(tables) == 1 and len(tables[0].lines) == 1:
        screen.show(detail_text(tables[0], tables[0].lines[0], foot, screen.width))
    else:
        screen.show(status_text(tables, foot, screen.width, selection.party, selection.place))


def _json(tables: list[Table], foot: Foot, plan: str, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.status_json import status_json

    screen.stream.write(status_json(tables, foot, plan, view))


def _csv(tables: list[Table], foot: Foot, plan: str, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.status_tables import status_csv

    screen.stream.write(status_csv(tables))


def _markdown(tables: list[Table], foot: Foot, plan: str, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.status_tables import status_markdown

    screen.stream.write(status_markdown(tables, foot))


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "csv": _csv, "md": _markdown}
