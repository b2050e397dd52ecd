"""`effekt` as text: what could have been seen comes first, then the counts, the estimate, its reservations and the conclusion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.analysis.effect.result import Study
from uppfoljning.present.effect import words
from uppfoljning.present.effect.account import Account, measured, where
from uppfoljning.present.effect.beside import beside
from uppfoljning.present.effect.spark import sparkline
from uppfoljning.present.escape import one_line
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

NOTHING = "Inget åtagande har ett effektmål. Skriv effektmål: i planen, helst innan arbetet börjar."


def effect_text(accounts: Iterable[Account], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Each commitment with an outcome goal."""
    told = False
    for account in accounts:
        told = True
        yield from _account(account, room)
        yield BLANK
    if not told:
        yield from folded(NOTHING, room)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _account(account: Account, room: int | None) -> Iterator[TextLine]:
    yield from folded(account.commitment.title, room, style="title")
    yield from folded(f"Mål: {one_line(account.goal.text)}. {where(account)}.{words.since(account.goal.start)}", room)
    if said := measured(account):
        yield from folded(said, room, style="quiet")
    found = account.outcome
    if not isinstance(found, Study):
        yield from folded(words.refusal(found), room, 2)
        return
    yield from folded(words.detectable(found), room, 2)
    yield plain(f"  {sparkline(found, room - 2) if room else sparkline(found)}")
    for text in (*words.counted(found), words.estimate(found), words.design(found), *beside(found)):
        yield from folded(text, room, 2)
    if reservations := [*words.reservations(found), *words.dose(account.dose.done, account.dose.received)]:
        yield plain("  Att ha i minnet", "title")
        for text in reservations:
            yield from folded(f"- {text}", room, 2)
    yield from folded(f"Slutsats: {words.conclusion(found)}", room, 2, "code")
    for text in words.STANDING:
        yield from folded(text, room, 2, "quiet")
