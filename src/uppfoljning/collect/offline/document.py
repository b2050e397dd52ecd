"""The offline form of a commitment as one self-contained HTML file."""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from uppfoljning.collect.offline.paper import paper
from uppfoljning.collect.offline.template import embedded, filled, policy, script, text_of
from uppfoljning.collect.sheet import Sheet, as_plain, edition_of

FORGES = ("github", "gitlab", "forgejo")
"""The services whose page for a new file can be opened with the report in it."""


class Ways(NamedTuple):
    """What a form offers besides the file: an address to mail to, and a repository's page for a new file.

    `forge` is the repository's address, empty where that is not wished for, and `kind` one of `FORGES`.
    """

    mail: str = ""
    forge: str = ""
    kind: str = ""


def form_document(sheet: Sheet, ways: Ways | None = None) -> str:
    """The whole file. The same sheet and ways give the same bytes."""
    chosen = ways or Ways()
    style, edition = text_of("page.css"), edition_of(sheet)
    forge = {"base": chosen.forge, "kind": chosen.kind} if chosen.forge else None
    return filled(
        "page.html",
        {
            "policy": policy(style, script()),
            "title": escape(sheet.title),
            "plan_title": escape(sheet.plan_title),
            "style": style,
            "edition": edition,
            "paper": paper(sheet, edition),
            "sheet": embedded(as_plain(sheet) | {"edition": edition}),
            "options": embedded({"mail": chosen.mail, "forge": forge}),
            "script": script(),
        },
    )
