"""The formats of `avvikelser`, by name."""

from __future__ import annotations

from collections.abc import Callable

from uppfoljning.followup.deviations import Deviations
from uppfoljning.followup.selection import Selection
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

Writer = Callable[[list[Deviations], Provenance, View, Selection, Screen], None]


def _text(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.deviations.text import deviations_text

    screen.show(deviations_text(found, foot, screen.width, selection))


def _json(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.deviations.json import deviations_json

    screen.write_data(deviations_json(found, foot, view))


def _csv(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.deviations.tables import deviations_csv

    screen.write_data(deviations_csv(found))


def _markdown(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
    from uppfoljning.present.deviations.tables import deviations_markdown

    screen.write_data(deviations_markdown(found, foot, selection))


def _paper(face: str) -> Writer:
    def write(found: list[Deviations], foot: Provenance, view: View, selection: Selection, screen: Screen) -> None:
        from uppfoljning.present.deviations.paper import deviations_paper
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, deviations_paper(found, foot, view, selection)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
