"""What did not go as planned: how it was changed and why. Each becomes an entry under `avvikelser`."""

from __future__ import annotations

from collections.abc import Mapping

from uppfoljning.collect.wizard.previous import text_at
from uppfoljning.collect.wizard.question import Need, Question, Talk, lettered, read_text, read_word
from uppfoljning.domain.finding import Tree
from uppfoljning.domain.scalars import REASONS

KEY = "avvikelser"


def why(id: str, text: str, old: Mapping[str, Tree], *, demanded: bool = True) -> Talk[dict[str, Tree]]:
    """Ask for the reason, one of the closed words, and then for the words of one's own."""
    reason: str | None = yield Question(
        f"{KEY}.{id}.skäl",
        "  skäl",
        text,
        read_word(REASONS),
        lettered(REASONS),
        hints=("de första bokstäverna räcker",),
        default=text_at(old, "skäl"),
        need=Need.DEMANDED if demanded else Need.FREE,
        help="Välj det skäl som förklarar mest.",
    )
    words: str | None = yield Question(
        f"{KEY}.{id}.varför",
        "  varför",
        "Berätta kort varför.",
        read_text,
        default=text_at(old, "varför"),
        help="En mening räcker. Skriv funktioner och situationer, inga namn.",
    )
    return {"skäl": reason, "varför": words}


def departure(
    id: str, what: str, asked: str, old: Mapping[str, Tree], *, step: str = "", demanded: bool = True
) -> Talk[dict[str, Tree]]:
    """Ask how something was changed and why; what is not asked of an old entry stays as it was."""
    how: str | None = yield Question(
        f"{KEY}.{id}.hur",
        "  i stället",
        "Hur gjorde ni i stället?",
        read_text,
        default=text_at(old, "hur"),
        help="På vilket sätt det blev ändrat, till exempel: Ringde dagen efter.",
    )
    reason = yield from why(id, asked, old, demanded=demanded)
    return filled({"moment": step, "vad": what, "hur": how, **reason})


def other_departures(old: list[dict[str, Tree]]) -> Talk[list[Tree]]:
    """Ask for anything else that was changed, one at a time; Enter ends, where no old one is left."""
    found: list[Tree] = []
    at = 0
    while True:
        before = old[at] if at < len(old) else {}
        what: str | None = yield Question(
            f"{KEY}.{at}",
            "Ändrat",
            "Blev något annat ändrat mot planen?" if at else "Blev något ändrat mot planen?",
            read_text,
            hints=("skriv vad, eller Enter om inget",),
            default=text_at(before, "vad"),
            help="Sådant som inte blev som det var tänkt: kortare tid, annan plats, färre med.",
        )
        if what is not None:
            found.append(
                {**before, **(yield from departure(str(at), what, "Varför?", before, demanded=False))}
                if not before or what != before.get("vad")
                else before
            )
        elif at >= len(old):
            return found
        at += 1


def filled(entry: Mapping[str, Tree]) -> dict[str, Tree]:
    """An entry without what was left out."""
    return {key: value for key, value in entry.items() if value}
