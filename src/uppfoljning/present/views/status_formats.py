"""The formats of `status`, by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from uppfoljning.followup.status import WORST_FIRST
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

MISSING = "saknas"


class Looks(NamedTuple):
    """How much of the follow-up is shown as text, and in what order.

    `full` tells all of each row: parties, deviations, judgements. `ended` shows plans whose time is over whole, also beside one
    that is running. `only` are the words of the states that are shown, with `saknas` for those that lack reports; empty shows
    all. `by_state` puts the worst first.
    """

    full: bool = False
    ended: bool = False
    only: tuple[str, ...] = ()
    by_state: bool = False

    def of(self, table: Table) -> Table:
        """A table with the rows that are shown, in the order they are."""
        lines = [line for line in table.lines if not self.only or self._has(line)]
        if self.by_state:
            lines.sort(key=lambda line: WORST_FIRST.index(line.status))
        return table._replace(lines=tuple(lines))

    def _has(self, line: CommitmentFollowUp) -> bool:
        states = {row.status.value for row in line.rows}
        return not states.isdisjoint(self.only) or (MISSING in self.only and bool(line.missing))


WHOLE = Looks(full=True, ended=True)


Writer = Callable[[list[Table], Provenance, View, Selection, Screen], None]


def show_text(tables: list[Table], foot: Provenance, selection: Selection, screen: Screen, looks: Looks | None) -> None:
    """As text: one commitment asked for in detail, else a line for each target. Without `looks` all is told."""
    if len(selection.commitments) == 1 and len(tables) == 1 and len(tables[0].lines) == 1:
        from uppfoljning.present.views.status_detail import detail_text

        screen.show(detail_text(tables[0], tables[0].lines[0], foot, screen.width, selection))
    else:
        from uppfoljning.present.views.status import status_text

        screen.show(status_text(tables, foot, screen.width, selection, looks or WHOLE))


def _text(tables: list[Table], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    show_text(tables, foot, selection, screen, None)


def _json(tables: list[Table], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.views.status_document import status_json

    screen.write_data(status_json(tables, foot, view, selection))


def _csv(tables: list[Table], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.views.status_document import status_csv

    screen.write_data(status_csv(tables, selection))


def _markdown(tables: list[Table], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.views.status_document import status_markdown

    screen.write_data(status_markdown(tables, foot, selection))


def _paper(face: str) -> Writer:
    def write(tables: list[Table], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn
        from uppfoljning.present.views.status_document import status_paper

        screen.write_bytes(drawn(face, status_paper(tables, foot, view, selection)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
