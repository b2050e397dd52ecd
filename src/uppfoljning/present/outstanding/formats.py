"""The faces of `saknas`, by name. Each says whether it wrote anything."""

from __future__ import annotations

from collections.abc import Callable

from uppfoljning.followup.outstanding import Overview
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

Writer = Callable[[list[Overview], Provenance, View, Screen], bool]


def _text(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.text import outstanding_text

    screen.show(outstanding_text(overviews, foot, screen.width))
    return True


def _json(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.json import outstanding_json

    screen.write_data(outstanding_json(overviews, foot, view))
    return True


def _csv(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.tables import outstanding_csv

    screen.write_data(outstanding_csv(overviews))
    return True


def _markdown(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.tables import outstanding_markdown

    screen.write_data(outstanding_markdown(overviews, foot))
    return True


def _letters(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.mail import letters

    screen.show(letters(overviews, screen.width))
    return True


def _calendar(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.outstanding.calendar import calendar

    text = calendar(overviews, view.as_of)
    screen.write_data(text)
    return bool(text)


def _paper(face: str) -> Writer:
    def write(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
        from uppfoljning.present.outstanding.paper import outstanding_paper
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, outstanding_paper(overviews, foot, view)))
        return True

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "paminnelse": _letters,
    "ics": _calendar,
    **{face: _paper(face) for face in PAPERS},
}
