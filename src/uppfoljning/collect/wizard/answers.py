"""The form's own questions, each read by its field's type and held against the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from uppfoljning.collect.sheet import Choice
from uppfoljning.collect.wizard.days import as_clock, parse_day
from uppfoljning.collect.wizard.previous import text_at
from uppfoljning.collect.wizard.question import YES, YES_NO, Need, Question, Read, Reading, Talk, numbered, pick, read_yes
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.form import Field, figure_of, parse_answer
from uppfoljning.domain.number import written

KEY = "uppgifter"
_HINTS = {
    "antal": "antal, som 12 eller ca 12",
    "tal": "tal, som 4,5",
    "andel": "procent, som 75 %",
    "datum": "dag, som igår eller 5/3",
    "tid": "klockslag, som 21:30",
    "tidpunkt": "dag och klockslag, som igår 21:30",
    "längd": "tid, som 45 min eller 2:30",
}


def ask_fields(fields: Mapping[str, Field], old: Mapping[str, Tree], today: date, *, total: bool) -> Talk[dict[str, Tree]]:
    """Ask every question of a form; gives the answers as they stand in a file."""
    given: dict[str, Tree] = {}
    for name, field in fields.items():
        answer: str | None = yield Question(
            f"{KEY}.{name}",
            _named(name),
            question_of(name, field),
            _reader(fields, name, given, today, total),
            _choices(field, total),
            tuple(_hints(fields, name, given, total)),
            text_at(old, KEY, name),
            Need.WANTED if field.required and not total else Need.FREE,
        )
        if answer is not None:
            given[name] = answer
    return given


def question_of(name: str, field: Field) -> str:
    """The question of a field; one without is asked by its name."""
    return field.question or f"{_named(name)}?"


def _named(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _choices(field: Field, total: bool) -> tuple[tuple[str, str], ...]:
    if field.type == "val":
        return numbered(_as_choices(field))
    return YES_NO if field.type == "ja/nej" and not total else ()


def _as_choices(field: Field) -> list[Choice]:
    return [Choice(word, word) for word in field.choices]


def _hints(fields: Mapping[str, Field], name: str, given: Mapping[str, Tree], total: bool) -> Iterator[str]:
    field = fields[name]
    if field.type == "ja/nej" and total:
        yield "antal som svarade ja"
    elif hint := _HINTS.get(field.type):
        yield hint
    unit = " %" if field.type == "andel" else ""
    if field.at_least is not None:
        yield f"minst {written(field.at_least)}{unit}"
    if field.at_most is not None:
        yield f"högst {written(field.at_most)}{unit}"
    if (whole := text_at(given, field.part_of)) if field.part_of else "":
        yield f"av {whole} i frågan ovan" if list(fields).index(name) - 1 == list(fields).index(field.part_of) else f"av {whole}"


def _reader(fields: Mapping[str, Field], name: str, given: Mapping[str, Tree], today: date, total: bool) -> Read:
    field = fields[name]
    before = dict(given)

    def read(text: str) -> Reading | Problem:
        raw = as_written(field, text, today, total=total)
        if isinstance(raw, Problem):
            return raw
        answer = parse_answer(field, raw, total=total)
        if isinstance(answer, Problem):
            return answer
        return _beyond_its_whole(fields, {**before, name: raw}, name, total) or Reading(raw, raw)

    return read


def as_written(field: Field, text: str, today: date, *, total: bool) -> str | Problem:
    """An answer as it stands in a file, from the shorter ways that a person may write it."""
    match field.type:
        case "val":
            choice = pick(text, _as_choices(field))
            return choice if isinstance(choice, Problem) else choice.id
        case "ja/nej" if not total:
            answer = read_yes(text)
            return answer if isinstance(answer, Problem) else ("ja" if text.casefold() in YES else "nej")
        case "andel" if text[-1:].isdigit():
            return f"{text} %"
        case "datum":
            day = parse_day(text, today)
            return day if isinstance(day, Problem) else day.isoformat()
        case "tid":
            return as_clock(text)
        case "tidpunkt":
            return _moment(text, today)
    return text


def _moment(text: str, today: date) -> str | Problem:
    """A day as it is said and a clock time; a moment as it stands in a file is left as it is."""
    said, _, clock = text.replace("T", " ", 1).rpartition(" ")
    day = parse_day(said.removesuffix(" kl"), today) if said else Problem("S111", "dagen saknas", "skriv dag och klockslag")
    return day if isinstance(day, Problem) else f"{day.isoformat()} {as_clock(clock)}"


def _beyond_its_whole(fields: Mapping[str, Field], given: Mapping[str, Any], name: str, total: bool) -> Problem | None:
    """A part that is larger than what it is a part of, whichever of the two is asked last."""
    for part, field in fields.items():
        if name in (part, field.part_of) and part in given and field.part_of in given:
            small, large = (figure_of(parse_answer(fields[one], given[one], total=total)) for one in (part, field.part_of))
            if small and large and not large.certainty and small.value > large.value:
                if part == name:
                    return Problem(
                        "T502", f"det är fler än {written(large.value)}", f"siffran ingår i: {_of(fields, field.part_of)}"
                    )
                return Problem("T502", f"det är färre än {written(small.value)}", f"som ingår här enligt: {_of(fields, part)}")
    return None


def _of(fields: Mapping[str, Field], name: str) -> str:
    return question_of(name, fields[name])
