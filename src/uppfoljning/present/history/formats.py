"""The formats of `historik`, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account
from uppfoljning.followup.view import View
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import Screen

Writer = Callable[[Sequence[Account], GitFault | None, Provenance, View, Screen], None]


def _text(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.history.text import history_text

    screen.show(history_text(accounts, fault, foot, view, screen.width))


def _json(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.history.json import history_json

    screen.write_data(history_json(accounts, fault, foot, view))


def _csv(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.history.tables import history_csv

    screen.write_data(history_csv(accounts))


def _markdown(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.history.tables import history_markdown

    screen.write_data(history_markdown(accounts, fault, foot))


def _paper(face: str) -> Writer:
    def write(accounts: Sequence[Account], fault: GitFault | None, foot: Provenance, view: View, screen: Screen) -> None:
        from uppfoljning.present.history.paper import history_paper
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, history_paper(accounts, fault, foot, view)))

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    **{face: _paper(face) for face in PAPERS},
}
