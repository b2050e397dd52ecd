"""The questions of an occasion that took place: when it began and ended, where, who was there, and the steps of the work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from uppfoljning.collect.sheet import Choice, Sheet
from uppfoljning.collect.wizard.answers import as_clock, clock, entries_at, mapping_at, text_at
from uppfoljning.collect.wizard.session import (
    AnswerParser,
    Need,
    ParsedAnswer,
    Question,
    Talk,
    lettered,
    numbered,
    pick,
    read_several,
    read_text,
    read_word,
    read_yes,
)
from uppfoljning.domain.clock import MINUTES_A_DAY, parse_end, parse_start
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.number import parse_count
from uppfoljning.domain.report import NOT_APPLICABLE, parse_step_answer
from uppfoljning.domain.scalars import REASONS

# What did not go as planned: how it was changed and why. Each becomes an entry under `avvikelser`.


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


ALL_DONE = "alla"
_STEP_WORDS = {
    **dict.fromkeys(("j", "ja", "y", "yes"), "ja"),
    **dict.fromkeys(("n", "nej", "no"), "nej"),
    **dict.fromkeys(("e", "ej", NOT_APPLICABLE), NOT_APPLICABLE),
}


def ask_times(sheet: Sheet, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    """Ask when it began and ended. Past midnight is fine; an end is only asked for where there is a beginning."""
    example = "20:30" if sheet.expected_start is None else clock(sheet.expected_start)
    start: int | None = yield Question(
        "start",
        "Började",
        "När började ni?",
        _read_start,
        hints=(f"klockslag, som {example}",),
        default=text_at(old, "start"),
        help="Klockslaget då tillfället började. 2030 går lika bra som 20:30.",
    )
    if start is None:
        return {}
    end: int | None = yield Question(
        "slut",
        "Slutade",
        "När slutade ni?",
        _read_end(start),
        hints=("klockslag, får vara efter midnatt",),
        default=text_at(old, "slut"),
        help="Klockslaget då tillfället slutade. Efter midnatt hör det ändå till dagen då det började.",
    )
    return {"start": clock(start), **({"slut": clock(end)} if end is not None else {})}


def _read_start(text: str) -> ParsedAnswer | Problem:
    minutes = parse_start(as_clock(text))
    return minutes if isinstance(minutes, Problem) else ParsedAnswer(minutes, clock(minutes))


def _read_end(start: int) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        minutes = parse_end(as_clock(text))
        if isinstance(minutes, Problem):
            return minutes
        if minutes % MINUTES_A_DAY == start:
            return Problem("", "slutet är samma klockslag som början", "skriv när ni slutade, eller - om du inte vet")
        length = (minutes - start) % MINUTES_A_DAY
        hours = " ".join(
            part for part in (f"{length // 60} tim" if length >= 60 else "", f"{length % 60} min" if length % 60 else "") if part
        )
        return ParsedAnswer(minutes, f"{clock(minutes)}{' dagen efter' if minutes < start else ''} ({hours})")

    return read


def ask_places(sheet: Sheet, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    """Ask where, where the plan has places."""
    if not sheet.places:
        return {}
    places: list[Tree] | None = yield Question(
        "plats",
        "Plats",
        "Var?",
        read_several(sheet.places),
        numbered(sheet.places),
        ("nummer eller namn, flera med komma",),
        text_at(old, "plats"),
    )
    if places is None:
        return {}
    return {"plats": places[0] if len(places) == 1 else places}


def ask_crew(sheet: Sheet, crew: Sequence[Choice], old: Mapping[str, Tree]) -> Talk[tuple[dict[str, Tree], list[Tree]]]:
    """Ask how many of each function; fewer than the form demands must be explained. Gives the crew and the departures."""
    before = mapping_at(old, "funktioner")
    asked = [*crew, *(one for one in sheet.functions if one.id in before and one not in crew)]
    found: dict[str, Tree] = {}
    departures: list[Tree] = []
    for function in asked:
        least = sheet.least_crew.get(function.id, 0)
        count: int | None = yield Question(
            f"funktioner.{function.id}",
            function.title,
            f"{function.title}: hur många?",
            _read_count,
            hints=(f"minst {least}",) if least else (),
            default=text_at(before, function.id),
            help="Hur många som var med i den rollen.",
        )
        if count is None:
            continue
        found[function.id] = str(count)
        explained = str(count) == before.get(function.id) and entries_at(old, "avvikelser")
        if count < least and not explained:
            reason = yield from why(f"funktioner-{function.id}", f"Ni var färre än {least}. Varför?", {})
            departures.append(filled({"vad": f"{function.title}: {count}, och {least} behövs", **reason}))
    others = [one for one in sheet.functions if one not in asked]
    if others:
        more: dict[str, Tree] | None = yield Question(
            "funktioner",
            "Fler",
            "Var någon annan funktion med?",
            _read_crew(others),
            hints=("som 2 kommunpolis, eller Enter om inte",),
            help=f"Skriv antal och funktion, flera med komma. Det finns: {', '.join(one.title for one in others)}.",
        )
        found |= more or {}
    return found, departures


def _read_count(text: str) -> ParsedAnswer | Problem:
    count = parse_count(text)
    return count if isinstance(count, Problem) else ParsedAnswer(count, str(count))


def _read_crew(functions: Sequence[Choice]) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        found: dict[str, Tree] = {}
        shown = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            figure, _, name = part.partition(" ")
            count = parse_count(figure)
            if isinstance(count, Problem) or not name.strip():
                return Problem("S109", "skriv antal och funktion", "till exempel 2 kommunpolis; ? visar vilka som finns")
            function = pick(name.strip(), functions)
            if isinstance(function, Problem):
                return function
            found[function.id] = str(count)
            shown.append(f"{count} {function.title}")
        return (
            ParsedAnswer(found, ", ".join(shown))
            if found
            else Problem("S109", "skriv antal och funktion", "till exempel 2 kommunpolis")
        )

    return read


def ask_steps(sheet: Sheet, old: Mapping[str, Tree], *, total: bool) -> Talk[tuple[dict[str, Tree], list[Tree]]]:
    """Ask whether each step of the occasion was done; `a` says that all the rest were. Gives the answers and the departures."""
    before = mapping_at(old, "moment")
    explained = {str(one.get("moment", "")): one for one in entries_at(old, "avvikelser")}
    found: dict[str, Tree] = {}
    departures: list[Tree] = []
    for at, step in enumerate(sheet.steps):
        rest = sheet.steps[at:]
        answer: str | None = yield Question(
            f"moment.{step.id}",
            step.title,
            f"{step.title}: hur många gånger?" if total else f"{step.title}: gjordes det?",
            _read_step(rest, total),
            () if total else _step_choices(rest),
            default=text_at(before, step.id),
            help=f"Momentet: {step.title}.",
        )
        if answer == ALL_DONE:
            return found | {one.id: "ja" for one in rest}, departures
        if answer is None:
            continue
        found[step.id] = answer
        if answer == "nej":
            what = text_at(explained.get(step.id, {}), "vad") or f"{step.title}: gjordes inte"
            departures.append((yield from departure(step.id, what, "Varför?", explained.get(step.id, {}), step=step.id)))
    return found, departures


def _step_choices(rest: Sequence[Choice]) -> tuple[tuple[str, str], ...]:
    choices = (("j", "ja"), ("n", "nej"), ("e", NOT_APPLICABLE))
    if len(rest) < 2:
        return choices
    return (*choices, ("a", f"alla gjorda: {', '.join(step.title for step in rest)}"))


def _read_step(rest: Sequence[Choice], total: bool) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        word = text.casefold()
        if not total:
            if word in ("a", ALL_DONE) and len(rest) > 1:
                return ParsedAnswer(ALL_DONE, f"ja, liksom {', '.join(step.title for step in rest[1:])}")
            answer = _STEP_WORDS.get(word)
            if answer is None:
                return Problem("S117", "svaret ska vara ja, nej eller ej aktuellt", "skriv j, n eller e")
            return ParsedAnswer(answer, answer)
        count = parse_step_answer(_STEP_WORDS.get(word, word))
        return count if isinstance(count, Problem) else ParsedAnswer(str(count), str(count))

    return read


def ask_once(undone: Sequence[Choice], finishes: bool, old: Mapping[str, Tree]) -> Talk[tuple[dict[str, Tree], bool]]:
    """Ask whether steps that are done once were finished now, and whether the whole commitment was."""
    before = mapping_at(old, "moment")
    done: list[str] | None = None
    if undone:
        done = yield Question(
            "moment",
            "Klart",
            "Blev något av det här klart också?",
            read_several(undone),
            numbered(undone),
            ("nummer, flera med komma, eller Enter om inget",),
            ", ".join(one.id for one in undone if before.get(one.id) == "ja"),
        )
    steps: dict[str, Tree] = dict.fromkeys(done or (), "ja")
    if not finishes:
        return steps, False
    finished: bool | None = yield Question(
        "klart",
        "Hela åtagandet klart",
        "Är hela åtagandet klart nu?",
        _read_finished(undone, steps),
        (("j", "ja"), ("n", "nej")),
        default="j" if text_at(old, "klart") == "ja" else "n",
        need=Need.DEMANDED,
    )
    return steps, bool(finished)


def _read_finished(undone: Sequence[Choice], done: Mapping[str, Tree]) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        answer = read_yes(text)
        left = [step.title for step in undone if step.id not in done]
        if isinstance(answer, ParsedAnswer) and answer.value and left:
            return Problem(
                "M719", f"det här är inte gjort: {', '.join(left)}", "skriv nej, eller ångra och välj momenten som klara"
            )
        return answer

    return read
