"""`analys` as text: what stands out first, then what was tested, then what could not be looked into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from uppfoljning.analysis.parts import Contrast, Found
from uppfoljning.present.parts import words
from uppfoljning.present.parts.paper import NOTHING
from uppfoljning.present.parts.words import Account
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain


def parts_text(accounts: Iterable[Account], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Each commitment, outcome by outcome."""
    for account in accounts:
        yield from folded(account.line.commitment.title, room, style="title")
        if not account.found:
            yield from folded(NOTHING, room, 2)
        for found in account.found:
            yield from _outcome(account, found, room)
        yield BLANK
    for text in (words.OUTPUT, words.INDICATION, words.OWN_REPORTS):
        yield from folded(text, room, style="quiet")
    yield from folded(str(foot), room, style="quiet")


def _outcome(account: Account, found: Found, room: int | None) -> Iterator[TextLine]:
    yield BLANK
    title = words.heading(account, found)
    yield plain(f"{title[0].upper()}{title[1:]}", "title")
    yield from folded(words.counted(account, found), room, 2)
    tested = [one for one in found.contrasts if one.p is not None]
    declared = [one for one in tested if one.factor.declared]
    if declared:
        yield plain("  Det planen väntade sig", "title")
        yield from _told(account, found, declared, room)
    clear = [one for one in tested if one.clear and not one.factor.declared]
    if clear:
        yield plain("  Det som stack ut", "title")
        yield from _told(account, found, clear, room)
    rest = [one for one in tested if not one.clear and not one.factor.declared]
    if rest:
        names = "; ".join(words.level(account, one) for one in rest)
        yield from folded(f"Kan inte skiljas från slumpen: {names}.", room, 2)
    if few := [one for one in found.contrasts if one.p is None]:
        names = "; ".join(f"{words.level(account, one)} ({one.inside.passes} pass)" for one in few)
        yield from folded(f"För litet underlag: {names}.", room, 2)
    for one in found.contrasts:
        if words.leads(one):
            yield from folded(words.hypothesis(account, one), room, 2, "code")
    for unvaried in found.unvaried:
        yield from folded(words.unvaried(account, unvaried), room, 2)


def _told(account: Account, found: Found, contrasts: Iterable[Contrast], room: int | None) -> Iterator[TextLine]:
    for one in contrasts:
        yield from folded(f"{words.sentence(account, found, one)} {words.judged(account, found, one)}", room, 4)
