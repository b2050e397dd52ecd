"""The formats of `status`, by name."""

from __future__ import annotations

from collections.abc import Callable

from uppfoljning.followup.table import WHOLE, Looks, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

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
