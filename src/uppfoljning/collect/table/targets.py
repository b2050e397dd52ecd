"""What a column can give: every key of a quick report of one commitment, what it is called, and how its cells are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from uppfoljning.collect.sheet import Sheet
from uppfoljning.collect.table import values
from uppfoljning.collect.table.datetimes import Unreadable, read_clock, read_moment
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Field
from uppfoljning.domain.period import parse_period
from uppfoljning.domain.report import HOURS, STATES
from uppfoljning.domain.schema import NOTHING
from uppfoljning.files.yaml_write import tidy

Value: TypeAlias = "str | list[str] | dict[str, str]"
"""What a cell becomes; a mapping is a period by its first and last day."""
NO_PERIOD = Unreadable("det går inte att läsa som en period; skriv till exempel 2026-03 eller 2026-T1")
_FROM_TO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ?(?:till|-|–|—) ?([0-9]{4}-[0-9]{2}-[0-9]{2})")

DAY, CLOCK, END, MOMENT, PERIOD = "datum", "start", "slut", "tidpunkt", "period"
COUNT, NUMBER, SHARE, LENGTH, HOUR = "antal", "tal", "andel", "längd", "timmar"
YES, STEP, NAME, NAMES, WORD, TEXT = "ja/nej", "moment", "namn", "flera namn", "val", "text"


class Target(NamedTuple):
    """A key of a report. `kind` says how its cells are read; `names` are what may stand in them, by what is written.

    `title` is what a heading of the column would be, `what` is what one of the names is called.
    """

    key: str
    kind: str
    title: str
    names: Mapping[str, str] = NOTHING
    what: str = ""
    required: bool = False


def targets_of(sheet: Sheet) -> dict[str, Target]:
    """Every target of a commitment by its key, in the order that its columns stand."""
    return {target.key: target for target in _targets(sheet)}


def _targets(sheet: Sheet) -> Iterator[Target]:
    functions = values.by_fold(sheet.functions)
    both = values.by_fold([*sheet.functions, *sheet.parties])
    yield Target("datum", DAY, "Datum", required=True)
    yield Target("period", PERIOD, "Period (för totaler)")
    yield Target("antal", COUNT, "Antal tillfällen (för totaler)")
    yield Target("start", CLOCK, "Starttid")
    yield Target("slut", END, "Sluttid")
    yield Target("läge", WORD, "Läge", _words(STATES), "läget")
    yield Target("plats", NAMES, "Plats", values.by_fold(sheet.places), "platsen")
    yield Target("parter", NAMES, "Parter", values.by_fold(sheet.parties), "parten")
    for name, title in sheet.functions:
        yield Target(f"funktioner.{name}", COUNT, f"Antal: {title}")
    for name, field in sheet.fields.items():
        yield _of_field(name, field)
    for step in (*sheet.steps, *sheet.once):
        yield Target(f"moment.{step.id}", STEP, step.title)
    steps = values.by_fold([*sheet.steps, *sheet.once])
    yield Target("avvikelser.moment", NAME, "Avvikelse: moment", steps, "momentet")
    yield Target("avvikelser.vad", TEXT, "Avvikelse: vad")
    yield Target("avvikelser.hur", TEXT, "Avvikelse: hur ni gjorde i stället")
    yield Target("avvikelser.skäl", WORD, "Avvikelse: skäl", _words(sheet.reasons), "skälet")
    yield Target("avvikelser.varför", TEXT, "Avvikelse: varför")
    yield Target("flyttad_till", PERIOD, "Flyttad till")
    yield Target("iakttagelser.text", TEXT, "Iakttagelse")
    yield Target("iakttagelser.rapporterad_till_polisen", YES, "Iakttagelse: rapporterad till polisen")
    yield Target("iakttagelser.åtgärd", TEXT, "Iakttagelse: åtgärd")
    yield Target("iakttagelser.ansvarig", NAME, "Iakttagelse: ansvarig", both, "funktionen")
    yield Target("iakttagelser.klart", DAY, "Iakttagelse: klart")
    for name in HOURS:
        yield Target(f"timmar.{name}", HOUR, f"Timmar: {name}")
    yield Target("text", TEXT, "Övrigt")
    yield Target("klart", YES, "Klart")
    yield Target("inlämnad", DAY, "Inlämnad")
    yield Target("rapportör", NAME, "Rapportör", functions, "funktionen")


def _of_field(name: str, field: Field) -> Target:
    """A field of the form; one of a type that is not known is text."""
    title = field.question or name.replace("_", " ").capitalize()
    key = f"uppgifter.{name}"
    kinds = {"antal": COUNT, "tal": NUMBER, "andel": SHARE, "ja/nej": YES, "datum": DAY, "tid": END, "tidpunkt": MOMENT}
    if field.type == "val":
        return Target(key, WORD, title, _words(field.choices), "svaret", field.required)
    kind = LENGTH if field.type == "längd" else kinds.get(field.type, TEXT)
    return Target(key, kind, title, required=field.required)


def _words(words: tuple[str, ...]) -> dict[str, str]:
    return values.by_fold((word, word) for word in words)


def read_cell(target: Target, text: str, order: str = "", *, total: bool = False) -> Value | Unreadable:
    """The value of a cell as a report would have it. `total` says that the row tells of a period."""
    if target.kind == YES and total and target.key.startswith("uppgifter."):
        return values.read_count(text)
    if target.kind == STEP and total and text.strip().isdigit():
        return values.read_count(text)
    return _READERS[target.kind](target, text, order)


def start_in(text: str, order: str) -> str:
    """The clock time that stands with the day in a cell; empty when there is none, or only midnight, which every bare day has."""
    moment = read_moment(text, order)
    return "" if isinstance(moment, Unreadable) or not moment.minutes else _clock(moment.minutes)


def _read_day(target: Target, text: str, order: str) -> Value | Unreadable:
    moment = read_moment(text, order)
    return moment if isinstance(moment, Unreadable) else moment.day.isoformat()


def _read_moment(target: Target, text: str, order: str) -> Value | Unreadable:
    moment = read_moment(text, order)
    if isinstance(moment, Unreadable):
        return moment
    if moment.minutes is None:
        return Unreadable("klockslaget saknas; skriv dag och klockslag, till exempel 2026-03-06 21:30")
    return f"{moment.day.isoformat()} {_clock(moment.minutes)}"


def _read_clock(target: Target, text: str, order: str) -> Value | Unreadable:
    minutes = read_clock(text, end=target.kind == END)
    return minutes if isinstance(minutes, Unreadable) else _clock(minutes)


def _read_period(target: Target, text: str, order: str) -> Value | Unreadable:
    """A period in the grammar of the format, two days with `till` or a dash between, or a day in any shape."""
    plain = " ".join(text.split())
    if ends := _FROM_TO.fullmatch(plain):
        return {"från": ends[1], "till": ends[2]}
    for written in (plain, plain.upper()):
        if not isinstance(parse_period(written), Problem):
            return written
    day = _read_day(target, text, order)
    return NO_PERIOD if isinstance(day, Unreadable) else day


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


_Reader: TypeAlias = Callable[[Target, str, str], "Value | Unreadable"]
_READERS: dict[str, _Reader] = {
    DAY: _read_day,
    MOMENT: _read_moment,
    CLOCK: _read_clock,
    END: _read_clock,
    PERIOD: _read_period,
    COUNT: lambda target, text, order: values.read_count(text),
    NUMBER: lambda target, text, order: values.read_number(text),
    SHARE: lambda target, text, order: values.read_share(text),
    LENGTH: lambda target, text, order: values.read_length(text),
    HOUR: lambda target, text, order: values.read_hours(text),
    YES: lambda target, text, order: values.read_yes(text),
    STEP: lambda target, text, order: values.read_step(text),
    NAME: lambda target, text, order: values.read_name(text, target.names, target.what),
    NAMES: lambda target, text, order: values.read_names(text, target.names, target.what),
    WORD: lambda target, text, order: values.read_word(text, target.names, target.what),
    TEXT: lambda target, text, order: tidy(text),
}
