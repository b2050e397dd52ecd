"""The formats of `status --gruppera`, by name."""

from __future__ import annotations

from collections.abc import Callable

from uppfoljning.followup.grouping import Grouped
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

Writer = Callable[[Grouped, Provenance, View, Screen], None]


def _text(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.status.grouped.text import grouped_text

    screen.show(grouped_text(grouped, foot, screen.width))


def _json(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.status.grouped.json import grouped_json

    screen.write_data(grouped_json(grouped, foot, view))


def _csv(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.status.grouped.tables import grouped_csv

    screen.write_data(grouped_csv(grouped))


def _markdown(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.status.grouped.tables import grouped_markdown

    screen.write_data(grouped_markdown(grouped, foot))


def _paper(face: str) -> Writer:
    def write(grouped: Grouped, foot: Provenance, view: View, screen: Screen) -> None:
        from uppfoljning.present.renderers.drawn import drawn
        from uppfoljning.present.status.grouped.paper import grouped_paper

        screen.write_bytes(drawn(face, grouped_paper(grouped, foot, view)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
