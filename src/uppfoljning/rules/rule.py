"""A rule: what a finding with its code means, why it matters, and what wrong and right look like."""

from __future__ import annotations

from typing import Literal, NamedTuple

Level = Literal["fel", "varning", "notis"]
"""`fel` keeps a file out of the follow-up, `varning` deserves a look, `notis` only informs."""

Where = Literal["rapport", "plan", "åtagande", "blankett", "bedömning", "mappning", "csv", "projekt"]
"""What the examples of a rule are part of. `rapport`, `plan`, `åtagande`, `blankett`, `bedömning`, `mappning`: lines that
take the place of the same keys in a sound file of that kind. `csv`: a whole file. `projekt`: cannot be shown in one piece
of text."""


class Rule(NamedTuple):
    """One entry of the catalogue; every text is Swedish and meant for the person who got the finding.

    `name` is a short headline in lower case, `why` says in one or two sentences why the tool insists, `wrong` and `right` are
    pieces of a file (see `Where`) that the tests run: `wrong` must give the rule's code, `right` must not.
    """

    code: str
    level: Level
    name: str
    why: str
    wrong: str
    right: str
    where: Where = "rapport"
    unseen: bool = False
    """That something cannot be seen. Where a check decides, a warning of it is an error: it is not green unless it has looked."""
