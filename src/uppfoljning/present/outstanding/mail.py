"""A short, kind letter to each function that something is missing from, ready to be sent to its mailbox; never to a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from uppfoljning.domain.plan import Commitment
from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Partly, Report
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.outstanding.words import NOTHING, listed, spoken, spoken_day
from uppfoljning.present.terminal import BLANK, TextLine, folded, plain

RULE = 72
"""How long the line between two letters is, where there is room."""


def letters(overviews: list[Overview], room: int | None) -> Iterator[TextLine]:
    """One letter for each function with something missing, a line between them."""
    to_write = [(overview, one) for overview in overviews for one in overview.functions if one.asked]
    if not overviews:
        yield from folded("Det finns ingen plan att följa upp, så det går inte att se om någon behöver påminnas.", room)
        return
    if not to_write:
        yield from folded(f"{NOTHING}, så det behövs ingen påminnelse.", room)
        return
    for number, (overview, one) in enumerate(to_write, 1):
        yield plain("=" * min(room or RULE, RULE), "quiet")
        yield from folded(f"Mejl {number} av {len(to_write)}", room, style="quiet")
        yield BLANK
        yield from _letter(overview, one, room)
        yield BLANK
    yield plain("=" * min(room or RULE, RULE), "quiet")


def _letter(overview: Overview, one: Outstanding, room: int | None) -> Iterator[TextLine]:
    title = one_line(overview.plan.title)
    party = "" if one.who.party == one.who.id else f", {one.who.party_title}"
    yield from folded(f"Till: funktionsbrevlådan för {one.who.title}{party}", room)
    yield from folded(f"Ämne: Påminnelse om {_subject(one)} – {title}", room, style="title")
    yield BLANK
    yield from folded(f"Hej {one.who.title}!", room)
    for lead, bullets in _parts(overview, one):
        yield BLANK
        yield from folded(lead, room)
        for text in bullets:
            yield from _bullet(text, room)
    yield BLANK
    for text in _how(one):
        yield from folded(text, room)
    yield BLANK
    yield from folded("Tack för hjälpen!", room)


def _subject(one: Outstanding) -> str:
    steps = len(one.undone) + len(one.unanswered)
    reports = [plural(len(one.missing), "snabbrapport", "snabbrapporter")] if one.missing else []
    return listed([*reports, plural(steps, "moment", "moment")] if steps else reports)


def _parts(overview: Overview, one: Outstanding) -> Iterator[tuple[str, list[str]]]:
    near = overview.view.as_of
    if one.missing:
        one_or_more = "en snabbrapport" if len(one.missing) == 1 else "de här snabbrapporterna"
        yield (
            f"Vi väntar på {one_or_more} från dig:",
            _gathered(one.missing, lambda item: spoken(item.duty.about, near) + ("" if item.days else " (senast i dag)")),
        )
    if one.undone:
        text = "Det här momentet ser ut att vara kvar:" if len(one.undone) == 1 else "De här momenten ser ut att vara kvar:"
        yield text, [f"{_step(item)}, planerat till {spoken_day(item.due, near)}" for item in one.undone]
    if one.unanswered:
        yield (
            "Vi ser inte i rapporterna om det här gjordes:",
            [f"{_step(item)}: {listed([spoken_day(day, near) for day in item.unanswered])}" for item in one.unanswered],
        )
    if one.soon:
        yield "Det här är på gång de närmaste två veckorna:", [_coming(overview, item) for item in one.soon]


def _gathered(items: Sequence[Report], say: Callable[[Report], str]) -> list[str]:
    """One bullet for each commitment, with all its days."""
    by_commitment: dict[str, tuple[Commitment, list[str]]] = {}
    for item in items:
        by_commitment.setdefault(item.commitment.id, (item.commitment, []))[1].append(say(item))
    return [f"{commitment.title}: {listed(said)}" for commitment, said in by_commitment.values()]


def _coming(overview: Overview, item: Report | Once) -> str:
    near = overview.view.as_of
    last = "senast i dag" if not item.days else f"senast {spoken_day(item.due, near)}"
    if isinstance(item, Report):
        return f"{item.commitment.title}: rapport för {spoken(item.duty.about, near)}, {last}"
    return f"{_step(item)}, {last}"


def _step(item: Once | Partly) -> str:
    return f"{item.step.title} ({item.commitment.title})"


def _how(one: Outstanding) -> Iterator[str]:
    if one.missing:
        yield "Så gör du: skicka snabbrapporten, eller en nollrapport om inget hände. Blev något inställt? Skriv det i rapporten."
    if one.undone or one.unanswered:
        yield "Är momentet redan gjort, eller blev det ändrat? Svara på det här mejlet, så fyller vi i det."
    if one.missing:
        yield "Har du redan skickat rapporten? Tack! Säg till, så letar vi rätt på den."


def _bullet(text: str, room: int | None) -> Iterator[TextLine]:
    for at, part in enumerate(fold(text, (room or ANY_WIDTH) - 2)):
        yield plain(("  " if at else "- ") + part)
