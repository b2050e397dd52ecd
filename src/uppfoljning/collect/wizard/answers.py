"""The form's own questions, each read by its field's type and held against the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from uppfoljning.collect.sheet import Choice
from uppfoljning.collect.wizard.session import (
    YES,
    YES_NO,
    AnswerParser,
    Need,
    ParsedAnswer,
    Question,
    Talk,
    numbered,
    pick,
    read_yes,
)
from uppfoljning.domain.clock import WEEKDAYS, parse_date
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.form import Field, Form, figure_of, parse_answer
from uppfoljning.domain.number import written
from uppfoljning.domain.period import Period, sub_periods
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.schema import NOTHING
from uppfoljning.followup.documentation import steps_of
from uppfoljning.followup.duties import Duty
from uppfoljning.followup.table import CommitmentFollowUp

# Days and clock times as people say them: `igår`, `fre`, `5/3`, `5 mars`, `2030`.


WEEKDAY_NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
_NEAR = {"idag": 0, "igår": -1, "förrgår": -2, "iförrgår": -2, "imorgon": 1}
_DAY_MONTH = re.compile(r"([0-9]{1,2})\s*(?:/|\s)\s*([0-9]{1,2}|[a-zåäö]{3,9})\.?(?:[\s/-]+([0-9]{4}))?")
_CLOCK = re.compile(r"(?:kl\.?\s*)?([0-9]{1,2})(?:[:.]?([0-9]{2}))?")
_HELP = "skriv till exempel igår, fre, 5/3 eller 2026-03-06"


def said(day: date) -> str:
    """A day in words: `fredag 6 mars 2026`."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def parse_day(text: str, today: date) -> date | Problem:
    """A day as it is said on `today`. A weekday or a day without year is the latest that has been, today included."""
    word = text.casefold().strip()
    if (days := _NEAR.get(word.replace(" ", ""))) is not None:
        return _moved(today, days)
    if (weekday := _weekday(word)) is not None:
        return _moved(today, -((today.weekday() - weekday) % 7))
    if match := _DAY_MONTH.fullmatch(word):
        return _of_month(match, today)
    found = parse_date(word)
    return found._replace(remedy=_HELP) if isinstance(found, Problem) and not found.note else found


def as_clock(text: str) -> str:
    """A clock time as `parse_start` reads it: `2030`, `20` and `kl 20.30` become 20:30, 20:00 and 20:30."""
    match = _CLOCK.fullmatch(text.casefold().strip())
    return f"{int(match[1])}:{match[2] or '00'}".rjust(5, "0") if match else text


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock time."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _moved(day: date, days: int) -> date | Problem:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return Problem("S105", "datumet finns inte", _HELP)


def _weekday(word: str) -> int | None:
    """The weekday of `fre`, `fredag`, `fredags` and `i fredags`."""
    bare = word.removeprefix("i ").removesuffix("s") if word not in WEEKDAYS else word
    return next((at for at, name in enumerate(WEEKDAY_NAMES) if len(bare) >= 3 and name.startswith(bare)), None)


def _of_month(match: re.Match[str], today: date) -> date | Problem:
    named = match[2]
    if named.isdigit():
        month = int(named)
    else:
        month = next((at for at, name in enumerate(MONTHS, 1) if name.startswith(named)), 0)
    if match[3]:
        return parse_date(f"{match[3]}-{month:02}-{int(match[1]):02}")
    found = parse_date(f"{today.year:04}-{month:02}-{int(match[1]):02}")
    if isinstance(found, date) and found <= today:
        return found
    # 29 February is the latest there was; other days that do not exist this year do not exist last year either.
    earlier = (parse_date(f"{today.year - back:04}-{month:02}-{int(match[1]):02}") for back in range(1, 9) if today.year > back)
    return next((day for day in earlier if isinstance(day, date)), found)


# A report that is corrected, as the answers it gave: what stands in it is what Enter takes.


def text_at(old: Mapping[str, Tree], *path: str) -> str:
    """The text at a way into a report; a list is joined with commas, and what is not there is empty."""
    value: Any = old
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    if isinstance(value, list):
        return ", ".join(one for one in value if isinstance(one, str))
    return value if isinstance(value, str) else ""


def mapping_at(old: Mapping[str, Tree], key: str) -> Mapping[str, Tree]:
    """A mapping of a report, or an empty one."""
    value = old.get(key)
    return value if isinstance(value, dict) else NOTHING


def entries_at(old: Mapping[str, Tree], key: str) -> list[dict[str, Tree]]:
    """The mappings of a list in a report."""
    value = old.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def period_text(old: Mapping[str, Tree]) -> str:
    """The period of a report as one text: `2026-03`, or `2026-03-02–2026-03-05` where its ends are written apart."""
    value = old.get("period")
    return f"{text_at(value, 'från')}–{text_at(value, 'till')}" if isinstance(value, dict) else text_at(old, "period")


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
            _answers_named(name),
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
    return field.question or f"{_answers_named(name)}?"


def _answers_named(name: str) -> str:
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


def _reader(fields: Mapping[str, Field], name: str, given: Mapping[str, Tree], today: date, total: bool) -> AnswerParser:
    field = fields[name]
    before = dict(given)

    def read(text: str) -> ParsedAnswer | Problem:
        raw = as_written(field, text, today, total=total)
        if isinstance(raw, Problem):
            return raw
        answer = parse_answer(field, raw, total=total)
        if isinstance(answer, Problem):
            return answer
        return _beyond_its_whole(fields, {**before, name: raw}, name, total) or ParsedAnswer(raw, raw)

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


# What the questions of one commitment are asked around: the day, the period that is due, who was likely there.


_RECENT = timedelta(days=14)


class WizardContext(NamedTuple):
    """`day` is the one that is shown first and `due` the period that a zero report would be for, None when there is none.

    `crew` are the functions asked for one by one, `undone` the once-only steps that are left, and `finishes` says that the
    commitment itself is done once. `hours` asks for hours of work too.
    """

    today: date
    day: date
    due: Period | None
    crew: tuple[Choice, ...]
    undone: tuple[Choice, ...] = ()
    finishes: bool = False
    hours: bool = False


def around(
    plan: Plan, line: CommitmentFollowUp, form: Form | None, today: date, *, after_noon: bool, hours: bool = False
) -> WizardContext:
    """What is known of a commitment beforehand, from its follow-up as of `today`."""
    commitment = line.commitment
    day = _day(line, today, after_noon)
    return WizardContext(
        today,
        day,
        _due(plan, line, day),
        _crew(plan, commitment, form),
        tuple(
            Choice(one.step.id, one.step.title) for one in steps_of(line.matter) if not one.step.each_occasion and not one.done_on
        ),
        any(target.operator == "klart" for target in commitment.targets),
        hours,
    )


def _day(line: CommitmentFollowUp, today: date, after_noon: bool) -> date:
    """Today, before noon yesterday; where there is a rota of other days, the latest of them that has no report."""
    span = line.commitment.span
    day = today if after_noon or today == date.min else today - timedelta(days=1)
    if (rota := line.commitment.rota) and day not in rota:
        reported = {duty.about for duty in line.duties if duty.received}
        recent = [one for one in rota if one <= today and today - one < _RECENT and Period(one, one) not in reported]
        day = max(recent, default=day)
    return min(max(day, span.first), span.last)


def _due(plan: Plan, line: CommitmentFollowUp, day: date) -> Period | None:
    """The earliest period that lacks its report, else the one that the day lies in, unless something is reported in it."""
    if line.missing:
        return min(duty.about for duty in line.missing)
    period = _period_of(plan, line.commitment, line.duties, day)
    entries = line.matter.ledger.entries
    return None if period is None or any(entry.span.overlaps(period) for entry in entries) else period


def _period_of(plan: Plan, commitment: Commitment, duties: Sequence[Duty], day: date) -> Period | None:
    every = commitment.reporting.every if commitment.reporting else ""
    if every:
        return next((one.inside for one in sub_periods(every, commitment.span, plan.terms) if day in one.inside), None)
    if commitment.rota:
        return Period(day, day) if day in commitment.rota else None
    return next((duty.about for duty in duties if day in duty.about), commitment.span)


def _crew(plan: Plan, commitment: Commitment, form: Form | None) -> tuple[Choice, ...]:
    """The functions that the form demands or the commitment names; where it names none of its own parties, all of theirs."""
    named = [*(form.least_crew if form else ()), *_context_named(commitment)]
    own = [name for name, function in plan.functions.items() if function.party in commitment.parties]
    asked = [name for name in dict.fromkeys(named) if name in plan.functions]
    if not any(name in own for name in asked):
        asked += [name for name in own if name not in asked]
    return tuple(Choice(name, plan.functions[name].title) for name in asked)


def _context_named(commitment: Commitment) -> Iterable[str]:
    yield commitment.reporter
    yield commitment.responsible
    yield from (step.responsible for step in commitment.steps if step.each_occasion)
    yield from commitment.expectation.functions if commitment.expectation else ()
