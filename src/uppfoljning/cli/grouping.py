"""`--gruppera`: how the option is written, what it goes with, and the grouped follow-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from uppfoljning.cli.misuse import Misuse, nearest, shown

if TYPE_CHECKING:
    from uppfoljning.cli.output import Out
    from uppfoljning.cli.reading import FollowUpRequest, Opened
    from uppfoljning.domain.plan import Plan
    from uppfoljning.followup.grouping import By
    from uppfoljning.followup.table import Table
    from uppfoljning.followup.view import View
    from uppfoljning.present.provenance import Provenance

GROUPINGS: tuple[By, ...] = ("part", "plats", "ansvarig", "månad", "kvartal", "tertial", "halvår", "termin", "år")
_SPELLINGS = {"manad": "månad", "halvar": "halvår", "ar": "år"}
"""For a keyboard or terminal without å."""


def parse_grouping(text: str) -> str:
    """One of the words that a follow-up can be grouped by."""
    word = unicodedata.normalize("NFC", text)
    word = _SPELLINGS.get(word, word)
    if word not in GROUPINGS:
        raise typer.BadParameter(
            f"”{shown(text)}” finns inte att välja{nearest(text, GROUPINGS)} Välj bland {', '.join(GROUPINGS)}."
        )
    return word


GroupingOption = Annotated[
    str | None,
    typer.Option(
        "--gruppera",
        metavar="EFTER",
        parser=parse_grouping,
        help="Gruppera efter part, plats, ansvarig eller tid: månad, kvartal, tertial, halvår, termin, år.",
    ),
]


def settled(word: str | None, party: str, place: str, since: str) -> By | None:
    """What to group by, or None.

    What is limited to one party or place has only that group, so the two do not go together; nor do sub-periods with an earlier
    reading, since each of them already stands beside the others.
    """
    by = next((one for one in GROUPINGS if one == word), None)
    for one, option, limit in (("part", "--part", party), ("plats", "--plats", place)):
        if by == one and limit:
            raise Misuse(f"flaggan --gruppera {by} går inte ihop med {option}: det blir bara en grupp. Ta bort en av dem.")
    if since and by not in (None, "part", "plats", "ansvarig"):
        raise Misuse(f"flaggan --gruppera {by} går inte ihop med --sedan. Ta bort en av dem.")
    return by


def show_groups(
    opened: Opened, asked: FollowUpRequest, beside: Callable[[Table], Table], by: By, target: Out, foot: Provenance
) -> None:
    """Write what was asked for, in groups; `beside` puts the decided plan beside a table."""
    from uppfoljning.cli.reading import followed
    from uppfoljning.followup.grouping import grouped
    from uppfoljning.present.views.groups import FORMATS

    def follow(plan: Plan, view: View) -> Table:
        return beside(followed(opened.project, [plan], view)[0])

    found = grouped(asked.tables, asked.selection, by, follow)
    FORMATS[target.format](found, foot, asked.view, target.screen)
