"""What each column of a table gives, settled from a mapping and the headings that are really there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from uppfoljning.collect.sheet import Sheet
from uppfoljning.collect.table import values
from uppfoljning.collect.table.headings import ImportedTable
from uppfoljning.collect.table.programs import (
    OWN_TABLE,
    PROGRAMS,
    FormProgram,
    is_hand_in,
    may_name_a_person,
    names_a_person,
    program_of,
)
from uppfoljning.collect.table.values import Unreadable, folded, read_clock, read_moment
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.form import Field
from uppfoljning.domain.mapping import COMMA, DAY_FIRST, MONTH_FIRST, POINT, TableMapping, same_heading
from uppfoljning.domain.period import parse_period
from uppfoljning.domain.report import HOURS, STATES
from uppfoljning.domain.schema import NOTHING, nearest
from uppfoljning.files.csv import Fault
from uppfoljning.files.yaml_write import tidy
from uppfoljning.rules.privacy import check_privacy
from uppfoljning.rules.privacy_look import may_be_personal

# Columns about persons, which never come in: known by their headings, or by what most of their cells look like.


_PERSON = re.compile(
    r"(?:(?:ditt|ert|your|full|fullständigt|respondentens) )?(?:för-? ?(?:och|&|/) ?efter)?(?:namn|name)"
    r"|(?:för|efter)namn|(?:first|last|full) ?name|namn på (?:uppgiftslämnare|rapportör|ansvarig).*"
    r"|kontaktperson.*|uppgiftslämnare|(?:din |your )?e-?(?:post|mail)s?(?: ?adress| ?address)?|mejl(?:adress)?"
    r"|användarnamn|user ?name|_?submitted_by|(?:din |ditt )?(?:mobil|telefon|mobiltelefon)(?:nummer)?|phone(?: ?number)?"
    r"|tfn|tel|personn(?:umme)?r|ip-?(?:adress| address)?|deviceid|subscriberid|simserial|phonenumber"
)
_CELLS_LOOKED_AT = 200


def is_about_a_person(heading: str) -> bool:
    """Whether a heading asks who somebody is, how to reach them or where they were, in any spelling."""
    return _PERSON.fullmatch(same_heading(heading)) is not None or names_a_person(heading)


def is_of_the_form(heading: str) -> bool:
    """Whether a column is one that some form's program adds by itself."""
    return any(one.adds(heading) and same_heading(heading) not in OWN_TABLE.row_id for one in PROGRAMS)


def looks_personal(table: ImportedTable, at: int, least: int = 1) -> bool:
    """Whether most cells of a column hold an address, a number or the like; with fewer cells than `least` nothing is known."""
    cells = table.column(at)[:_CELLS_LOOKED_AT]
    return len(cells) >= least and 2 * sum(is_personal(cell) != "" for cell in cells) > len(cells)


def is_personal(text: str) -> str:
    """What points at a person in a text, in words that do not repeat it; empty when nothing does."""
    if not may_be_personal(text.encode("utf-8", "surrogatepass")):
        return ""
    # As a row of CSV: what is handed in cannot excuse itself by a comment.
    found = check_privacy("rad.csv", text)
    return found[0].problem.message if found else ""


class MappedColumn(NamedTuple):
    """A column that gives something: its place in the table, its heading and the key of the report."""

    at: int
    heading: str
    target: str


class Columns(NamedTuple):
    """How the rows of a table are read.

    `commitment` is empty when a column gives it. `row_id` are the places of the columns that tell rows apart. `words` are what
    cells mean, by target and folded cell. `certainty` are the places of columns that say how sure a figure is. `only` are the
    values that a column must have, folded, by its place. `is_sheet`: a sheet of the program's own, whose rows name reports.
    `program` is the one that made the table. `zones`, `orders` and `signs` are what moments, days and figures of a column are
    written in, by its place, where the program or the column itself shows it. `months`: days in the column of periods are months.
    `kept_out` are the values, folded, by place, that say that the source has refused a row. `told_apart` are the columns, with
    their headings, that a row without an id is known by, `edited` those that say that the source has corrected a row.
    """

    plan: str
    commitment: str
    origin: str
    given: tuple[MappedColumn, ...]
    row_id: tuple[int, ...] = ()
    fixed: Mapping[str, str] = NOTHING
    words: Mapping[str, Mapping[str, str]] = NOTHING
    widths: Mapping[str, int] = NOTHING
    order: str = ""
    decimals: str = ""
    certainty: Mapping[str, int] = NOTHING
    only: Mapping[int, frozenset[str]] = MappingProxyType({})
    is_sheet: bool = False
    notices: tuple[str, ...] = ()
    program: FormProgram = OWN_TABLE
    zones: Mapping[int, str] = MappingProxyType({})
    orders: Mapping[int, str] = MappingProxyType({})
    signs: Mapping[int, str] = MappingProxyType({})
    months: bool = False
    kept_out: Mapping[int, frozenset[str]] = MappingProxyType({})
    told_apart: tuple[tuple[int, str], ...] = ()
    edited: tuple[int, ...] = ()

    @property
    def targets(self) -> frozenset[str]:
        """Every key that a row says something about, also by an empty cell."""
        return frozenset((*(column.target for column in self.given), *self.fixed))

    def heading(self, target: str) -> str:
        """The heading of the column that gives a key; the key itself where no column does."""
        return next((column.heading for column in self.given if column.target == target), target)


def columns_of(mapping: TableMapping, table: ImportedTable) -> Columns | Fault:
    """The columns of a table as a mapping says; a heading that is not there is a fault, for its answers would be lost."""
    wanted = [*mapping.columns, *mapping.only, *mapping.certainty.values(), *mapping.row_id]
    for heading in wanted:
        if table.at(heading) is None:
            best = nearest(heading, table.headings)
            lead = f"har {heading} bytt namn till {best}? " if best else ""
            remedy = f"{lead}Ändra rubriken i mappningen så som den står i tabellen".lstrip()
            return Fault(f"kolumnen {heading} finns inte i tabellen", remedy[0].lower() + remedy[1:])
    row_id = tuple(_place(table, heading) for heading in mapping.row_id)
    for own in row_id:
        if looks_personal(table, own, _FEWEST):
            told = f"kolumnen {table.headings[own]} ser ut att peka ut personer"
            return Fault(told, "välj en annan kolumn som rad_id i mappningen")
    program = program_of(table.headings)
    given, notices = [], []
    for heading, target in mapping.columns.items():
        at = table.at(heading)
        assert at is not None
        if looks_personal(table, at, _FEWEST) or (_is_free(target) and is_of_persons(table, at, program)):
            notices.append(f"kolumnen {heading} ser ut att peka ut personer och tas inte med")
        else:
            given.append(MappedColumn(at, heading, target))
    months = _months(table, given, mapping.date_order)
    return Columns(
        plan=mapping.plan,
        commitment=mapping.commitment,
        origin=mapping.receipts_begin,
        given=tuple(given),
        row_id=row_id,
        fixed=mapping.fixed,
        words={key: {folded(cell): value for cell, value in words.items()} for key, words in mapping.words.items()},
        widths=mapping.widths,
        order=mapping.date_order,
        decimals=mapping.decimals,
        certainty={key: _place(table, one) for key, one in mapping.certainty.items()},
        only={_place(table, one): frozenset(map(folded, values)) for one, values in mapping.only.items()},
        notices=(*notices, *_left_out(mapping, table), *months.notices, *([] if row_id else [_NO_ID])),
        program=program,
        zones={one.at: zone for one in given if (zone := program.zone_of(one.heading))},
        orders={one.at: order for one in given if (order := _order_of(one, mapping, table, program))},
        signs={one.at: sign for one in given if (sign := sign_shown(table.column(one.at)))},
        months=months.read,
        kept_out=kept_out(program, table),
        edited=tuple(at for name in program.edited if (at := table.at(name)) is not None),
        told_apart=() if row_id else tuple(_told_apart(mapping, table, program)),
    )


def _told_apart(mapping: TableMapping, table: ImportedTable, program: FormProgram) -> Iterator[tuple[int, str]]:
    """The columns that say what a row is: not those of persons, of handing in, or of the program that made the table."""
    handed_in = {same_heading(one) for one, target in mapping.columns.items() if target == "inlämnad"}
    for at, heading in enumerate(table.headings):
        plain = same_heading(heading)
        added = plain in handed_in or is_hand_in(heading) or program.adds(heading)
        if not added and not is_of_persons(table, at, program) and not looks_personal(table, at, _FEWEST):
            yield at, plain


def _order_of(column: MappedColumn, mapping: TableMapping, table: ImportedTable, program: FormProgram) -> str:
    """The order of day and month of a column: what it shows, else what its program writes where the mapping says nothing."""
    by_program = program.order if not mapping.date_order and column.target == "inlämnad" and program.adds(column.heading) else ""
    return order_shown(table.column(column.at)) or by_program


class _Months(NamedTuple):
    read: bool
    notices: tuple[str, ...] = ()


def _months(table: ImportedTable, given: Iterable[MappedColumn], order: str) -> _Months:
    """Whether the days in the column of periods stand for their months: so when each of them is the first of one."""
    days = [
        moment.day
        for one in given
        if one.target == "period"
        for cell in table.column(one.at)
        if _PLAIN_DAY.fullmatch(cell) and not isinstance(moment := read_moment(cell, order), Unreadable)
    ]
    if days and all(day.day == 1 for day in days):
        return _Months(True, ("dagarna i kolumnen med perioder är alla den första i en månad, och läses som månader",))
    return _Months(False)


_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d(?: 00:00(?::00)?)?|[2-7]\d{4}")
_EITHER_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/]\d{4}\b.*", re.DOTALL)
_SURE_POINT = re.compile(r"0\.\d+|\d+\.(?:\d{1,2}|\d{4,})|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_SURE_COMMA = re.compile(r"0,\d+|\d+,(?:\d{1,2}|\d{4,})|\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:\.\d{3}){2,}")


def order_shown(cells: Iterable[str]) -> str:
    """The order of day and month that the cells of a column show by a number above twelve, where none shows the other."""
    found = list(filter(None, map(_EITHER_FIRST.fullmatch, cells)))
    first, second = any(int(one[1]) > 12 for one in found), any(int(one[2]) > 12 for one in found)
    return "" if first == second else DAY_FIRST if first else MONTH_FIRST


def sign_shown(cells: Iterable[str]) -> str:
    """The sign before decimals that the cells of a column show, where none shows the other."""
    point = comma = False
    for cell in cells:
        point |= _SURE_POINT.fullmatch(cell) is not None
        comma |= _SURE_COMMA.fullmatch(cell) is not None
    return "" if point == comma else POINT if point else COMMA


def kept_out(program: FormProgram, table: ImportedTable) -> dict[int, frozenset[str]]:
    """What says that the source has refused a row or never got it whole, by the place of its column."""
    found = {at: frozenset(map(folded, words)) for name, words in program.rejected if (at := table.at(name)) is not None}
    for name in program.unfinished:
        if (at := table.at(name)) is not None:
            found[at] = _NOT_FINISHED
    return found


_NOT_FINISHED = frozenset(("", "n/a", "false", "0", "falskt", "nej", "no"))


def _is_free(target: str) -> bool:
    """Whether a column gives text that is kept as it stands, or may do so."""
    return target.partition(".")[0] in ("uppgifter", "text", "avvikelser", "iakttagelser") and not target.endswith(".ansvarig")


def is_of_persons(table: ImportedTable, at: int, program: FormProgram, known: Iterable[str] = ()) -> bool:
    """Whether a column is about persons: by its heading, or by a heading that asks who, with cells that are neither figures, yes
    or no, nor any of the `known` names, folded.
    """
    heading = table.headings[at]
    if is_about_a_person(heading) or same_heading(heading) in program.persons:
        return True
    if not may_name_a_person(heading):
        return False
    cells = table.column(at)[:_CELLS_LOOKED_AT]
    return 2 * sum(map(_is_free_text, cells)) > len(cells) and not set(known).issuperset(map(folded, cells))


def _is_free_text(cell: str) -> bool:
    return isinstance(values.read_number(cell), Unreadable) and isinstance(values.read_yes(cell), Unreadable)


_FEWEST = 3
"""With fewer cells a column is not judged as a whole; each row is, by what it says."""
_NO_ID = "mappningen har inget rad_id, så raderna känns igen på sitt innehåll: en rad som ändras i tabellen blir en ny rapport"


def _place(table: ImportedTable, heading: str) -> int:
    at = table.at(heading)
    assert at is not None
    return at


def _left_out(mapping: TableMapping, table: ImportedTable) -> list[str]:
    """What is told of the columns that the mapping does not name."""
    named = (*mapping.columns, *mapping.skipped, *mapping.only, *mapping.certainty.values(), *mapping.row_id)
    known = set(map(same_heading, named))
    left = [heading for heading in table.headings if same_heading(heading) not in known]
    program = program_of(table.headings)
    persons = [one for one in left if is_of_persons(table, _place(table, one), program)]
    others = [one for one in left if one not in persons]
    told = []
    if persons:
        told.append(f"tas aldrig med, för de pekar ut personer: {', '.join(persons)}")
    if others:
        told.append(f"står inte i mappningen och tas inte med: {', '.join(others)}")
    return told


# What a column can give: every key of a quick report of one commitment, what it is called, and how its cells are read.


Value: TypeAlias = "str | list[str] | dict[str, str]"
"""What a cell becomes; a mapping is a period by its first and last day."""
NO_PERIOD = Unreadable("det går inte att läsa som en period; skriv till exempel 2026-03 eller 2026-T1")
_FROM_TO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) ?(?:till|-|–|—) ?([0-9]{4}-[0-9]{2}-[0-9]{2})")

DAY, CLOCK, END, MOMENT, PERIOD = "datum", "start", "slut", "tidpunkt", "period"
COUNT, NUMBER, SHARE, LENGTH, HOUR = "antal", "tal", "andel", "längd", "timmar"
YES, STEP, NAME, NAMES, WORD, TEXT = "ja/nej", "moment", "namn", "flera namn", "val", "text"


class ReportKey(NamedTuple):
    """A key of a report. `kind` says how its cells are read; `names` are what may stand in them, by what is written.

    `title` is what a heading of the column would be, `what` is what one of the names is called.
    """

    key: str
    kind: str
    title: str
    names: Mapping[str, str] = NOTHING
    what: str = ""
    required: bool = False


def targets_of(sheet: Sheet) -> dict[str, ReportKey]:
    """Every target of a commitment by its key, in the order that its columns stand."""
    return {target.key: target for target in _targets(sheet)}


def _targets(sheet: Sheet) -> Iterator[ReportKey]:
    functions = values.by_fold(sheet.functions)
    both = values.by_fold([*sheet.functions, *sheet.parties])
    yield ReportKey("datum", DAY, "Datum", required=True)
    yield ReportKey("period", PERIOD, "Period (för totaler)")
    yield ReportKey("antal", COUNT, "Antal tillfällen (för totaler)")
    yield ReportKey("start", CLOCK, "Starttid")
    yield ReportKey("slut", END, "Sluttid")
    yield ReportKey("läge", WORD, "Läge", _words(STATES), "läget")
    yield ReportKey("plats", NAMES, "Plats", values.by_fold(sheet.places), "platsen")
    yield ReportKey("parter", NAMES, "Parter", values.by_fold(sheet.parties), "parten")
    for name, title in sheet.functions:
        yield ReportKey(f"funktioner.{name}", COUNT, f"Antal: {title}")
    for name, field in sheet.fields.items():
        yield _of_field(name, field)
    for step in (*sheet.steps, *sheet.once):
        yield ReportKey(f"moment.{step.id}", STEP, step.title)
    steps = values.by_fold([*sheet.steps, *sheet.once])
    yield ReportKey("avvikelser.moment", NAME, "Avvikelse: moment", steps, "momentet")
    yield ReportKey("avvikelser.vad", TEXT, "Avvikelse: vad")
    yield ReportKey("avvikelser.hur", TEXT, "Avvikelse: hur ni gjorde i stället")
    yield ReportKey("avvikelser.skäl", WORD, "Avvikelse: skäl", _words(sheet.reasons), "skälet")
    yield ReportKey("avvikelser.varför", TEXT, "Avvikelse: varför")
    yield ReportKey("flyttad_till", PERIOD, "Flyttad till")
    yield ReportKey("iakttagelser.text", TEXT, "Iakttagelse")
    yield ReportKey("iakttagelser.rapporterad_till_polisen", YES, "Iakttagelse: rapporterad till polisen")
    yield ReportKey("iakttagelser.åtgärd", TEXT, "Iakttagelse: åtgärd")
    yield ReportKey("iakttagelser.ansvarig", NAME, "Iakttagelse: ansvarig", both, "funktionen")
    yield ReportKey("iakttagelser.klart", DAY, "Iakttagelse: klart")
    for name in HOURS:
        yield ReportKey(f"timmar.{name}", HOUR, f"Timmar: {name}")
    yield ReportKey("text", TEXT, "Övrigt")
    yield ReportKey("klart", YES, "Klart")
    yield ReportKey("inlämnad", DAY, "Inlämnad")
    yield ReportKey("rapportör", NAME, "Rapportör", functions, "funktionen")


def _of_field(name: str, field: Field) -> ReportKey:
    """A field of the form; one of a type that is not known is text."""
    title = field.question or name.replace("_", " ").capitalize()
    key = f"uppgifter.{name}"
    kinds = {"antal": COUNT, "tal": NUMBER, "andel": SHARE, "ja/nej": YES, "datum": DAY, "tid": END, "tidpunkt": MOMENT}
    if field.type == "val":
        return ReportKey(key, WORD, title, _words(field.choices), "svaret", field.required)
    kind = LENGTH if field.type == "längd" else kinds.get(field.type, TEXT)
    return ReportKey(key, kind, title, required=field.required)


def _words(words: tuple[str, ...]) -> dict[str, str]:
    return values.by_fold((word, word) for word in words)


def read_cell(
    target: ReportKey, text: str, order: str = "", *, total: bool = False, zone: str = "", months: bool = False
) -> Value | Unreadable:
    """The value of a cell as a report would have it.

    `total` says that the row tells of a period, `zone` what clock times without a zone are in, `months` that a day in a column
    of periods stands for its month.
    """
    if target.kind == YES and total and target.key.startswith("uppgifter."):
        return values.read_count(text)
    if target.kind == STEP and total and text.strip().isdigit():
        return values.read_count(text)
    if target.kind in (DAY, MOMENT, CLOCK, END):
        return _TIMED[target.kind](target, text, order, zone)
    value = _READERS[target.kind](target, text, order)
    if target.key == "period" and isinstance(value, str) and _A_DAY.fullmatch(value):
        return value[:7] if months else ONE_DAY
    return value


ONE_DAY = Unreadable(
    "en dag i en kolumn med perioder: är det månaden, skriv 2026-03; är det en enda dag, låt kolumnen ge datum i mappningen"
)


_MIDNIGHT = re.compile(r"[T ]00[:.]00(?:[:.]00(?:[.,]0+)?)?(?:\s?(?:Z|UTC|GMT|[+-]\d\d:?\d\d))?$")
"""A day that a program keeps as a moment begins at midnight, in whatever zone."""
_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def start_in(text: str, order: str, zone: str = "") -> str:
    """The clock time that stands with the day in a cell; empty when there is none, or only midnight, which every bare day has."""
    moment = read_moment(text, order, zone)
    if _MIDNIGHT.search(text):
        return ""
    return "" if isinstance(moment, Unreadable) or not moment.minutes else _clock(moment.minutes)


def _read_day(target: ReportKey, text: str, order: str, zone: str = "") -> Value | Unreadable:
    moment = read_moment(text, order, zone)
    return moment if isinstance(moment, Unreadable) else moment.day.isoformat()


def _read_moment(target: ReportKey, text: str, order: str, zone: str) -> Value | Unreadable:
    moment = read_moment(text, order, zone)
    if isinstance(moment, Unreadable):
        return moment
    if moment.minutes is None:
        return Unreadable("klockslaget saknas; skriv dag och klockslag, till exempel 2026-03-06 21:30")
    return f"{moment.day.isoformat()} {_clock(moment.minutes)}"


def _read_clock(target: ReportKey, text: str, order: str, zone: str) -> Value | Unreadable:
    minutes = read_clock(text, end=target.kind == END, order=order, zone=zone)
    return minutes if isinstance(minutes, Unreadable) else _clock(minutes)


def _read_period(target: ReportKey, text: str, order: str) -> Value | Unreadable:
    """A period in the grammar of the format, two days with `till` or a dash between, or a day in any shape."""
    plain = " ".join(text.split())
    if ends := _FROM_TO.fullmatch(plain):
        return {"från": ends[1], "till": ends[2]}
    for written in (plain, plain.upper()):
        if not isinstance(parse_period(written), Problem):
            return written
    if found := values.read_period(plain):
        return NO_PERIOD if isinstance(parse_period(found), Problem) else found
    day = _read_day(target, text, order)
    return NO_PERIOD if isinstance(day, Unreadable) else day


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


_Reader: TypeAlias = Callable[[ReportKey, str, str], "Value | Unreadable"]
_TIMED: dict[str, Callable[[ReportKey, str, str, str], Value | Unreadable]] = {
    DAY: _read_day,
    MOMENT: _read_moment,
    CLOCK: _read_clock,
    END: _read_clock,
}
_READERS: dict[str, _Reader] = {
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
