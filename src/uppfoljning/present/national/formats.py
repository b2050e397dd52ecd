"""The formats of `samla`, by name."""

from __future__ import annotations

from collections.abc import Callable

from uppfoljning.present.national.summary import Told
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

Writer = Callable[[Told, Screen], None]


def _text(told: Told, screen: Screen) -> None:
    from uppfoljning.present.national.paper import gathered_paper
    from uppfoljning.present.renderers.text import paper_text

    screen.show(paper_text(gathered_paper(told), screen.width))


def _csv(told: Told, screen: Screen) -> None:
    from uppfoljning.present.national import tables
    from uppfoljning.present.renderers.csv import csv_text

    screen.write_data(csv_text(tables.municipalities(told) if told.fewest <= 1 else tables.counties(told)))


def _data(face: str) -> Writer:
    def write(told: Told, screen: Screen) -> None:
        from uppfoljning.present.national.paper import gathered_paper
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_data(drawn(face, gathered_paper(told, programs=face == "json")).decode())

    return write


def _paper(face: str) -> Writer:
    def write(told: Told, screen: Screen) -> None:
        from uppfoljning.present.national.paper import gathered_paper
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, gathered_paper(told, programs=face == "xlsx")))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _data("json"),
    "csv": _csv,
    "md": _data("md"),
    **{face: _paper(face) for face in PAPERS},
}
