"""Reading a target: exactly one operator, and beside it only what goes with that operator."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from uppfoljning.domain.clock import (
    UNITS_OF_LENGTH,
    WEEKDAYS,
    Length,
    Window,
    parse_date,
    parse_unit_length,
    parse_weekday,
    parse_window,
    parse_within,
)
from uppfoljning.domain.finding import Problem, Tree, TreePath
from uppfoljning.domain.number import Number, exact, parse_count, parse_number, parse_share
from uppfoljning.domain.period import SUB_PERIODS, parse_period
from uppfoljning.domain.scalars import one_of, parse_field_id, parse_id, parse_text
from uppfoljning.domain.schema import (
    NOTHING,
    REFUSED,
    FieldProblem,
    Record,
    Refused,
    as_list,
    field,
    listing,
    nearest,
    nested,
    one_or_more,
    read,
    suggestion,
    table,
    things,
    wants_mapping,
    written_as,
)
from uppfoljning.domain.target import NO_NUMBER, OPERATORS, RATIO, UNSAID, Baseline, Condition, Counts, Phasing, Target
from uppfoljning.domain.target_fit import misfits

_PER = SUB_PERIODS
PHASED_BY = ("månad", "kvartal", "tertial", "halvår", "termin", "år")
"""What a list of shares may stand for; days and weeks are given by period, since a year has no fixed number of weeks."""


class _Share(NamedTuple):
    ratio: Fraction


def parse_amount(text: str) -> Number | Length | _Share | Problem:
    """A number, a length of time, or a share in percent."""
    if not text.endswith("%"):
        value = parse_number(text)
        length = parse_unit_length(text) if isinstance(value, Problem) else None
        return length if isinstance(length, Length) or (isinstance(length, Problem) and ":" in text) else value
    ratio = parse_share(text)
    return ratio if isinstance(ratio, Problem) else _Share(ratio)


def parse_open_amount(text: str) -> Number | Length | str | Problem:
    """A number, a length of time, or one of the words for a target without one."""
    if text in NO_NUMBER:
        return text
    value = parse_amount(text) if not text.endswith("%") else parse_number(text)
    assert not isinstance(value, _Share)
    if isinstance(value, Problem) and not any(sign.isdigit() for sign in text):
        return Problem("S107", "värdet är varken ett tal eller ett av orden för mål utan tal", suggestion(text, NO_NUMBER))
    return value


class WrittenCounts(Record):
    """`räknar` as it is written when it is more than a field."""

    unique: str = field("unika", parse_field_id, "Räkna hur många olika värden fältet har", default="")
    numerator: str = field("täljare", parse_field_id, "Fältet som är delen av en andel", default="")
    denominator: str = field("nämnare", parse_field_id, "Fältet som är helheten av en andel", default="")
    within: int = field("inom", parse_within, "Högsta tid mellan två tidpunkter", default=0)
    of: tuple[str, ...] = nested("av", listing(parse_field_id), "De två tidpunkterna: från och till", default=())


@written_as(parse_field_id, WrittenCounts)
def _read_counts(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Counts | Refused:
    if isinstance(tree, str):
        name = parse_field_id(tree)
        if isinstance(name, Problem):
            out.append((at, False, name))
            return REFUSED
        return Counts("fält", name)
    written = read(WrittenCounts, tree, at, out)
    if isinstance(written, Refused):
        return REFUSED
    assert isinstance(tree, dict)
    if written.unique and not (written.numerator or written.denominator or written.within or written.of):
        return Counts("unika", written.unique)
    if written.numerator and written.denominator and not (written.unique or written.within or written.of):
        return Counts("andel", written.numerator, written.denominator)
    if written.within and len(written.of) == 2 and not (written.unique or written.numerator or written.denominator):
        return Counts("inom", written.of[0], written.of[1], written.within)
    if len(out) == 0 or out[-1][0][: len(at)] != at:
        remedy = "skriv ett fält, {unika: fält}, {täljare: fält, nämnare: fält} eller {inom: 24 timmar, av: [fält, fält]}"
        out.append((at, False, Problem("P201", "det går inte att se vad som ska räknas", remedy)))
    return REFUSED


def parse_portion(text: str) -> Number | Problem:
    """A part of a phased target, not negative."""
    share = parse_number(text)
    if isinstance(share, Problem) or share >= 0:
        return share
    return Problem("S109", "en del av målet kan inte vara under noll", "skriv 0 där inget väntas")


_PORTIONS = listing(parse_portion)


@written_as(table(one_of(PHASED_BY), _PORTIONS, nested=True), table(parse_period, parse_portion))
def _read_phasing(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Phasing | Refused:
    if not isinstance(tree, dict):
        out.append((at, False, wants_mapping()))
        return REFUSED
    kind = next((name for name in tree if name in PHASED_BY), None)
    if kind is not None and len(tree) == 1:
        shares = _PORTIONS(tree[kind], (*at, kind), out)
        return REFUSED if shares is REFUSED else Phasing(kind, shares)
    by_period: list[tuple[Any, Number]] = []
    for name, raw in tree.items():
        period = parse_period(name)
        share = parse_portion(raw) if isinstance(raw, str) else Problem("S107", "värdet är inget tal", "skriv ett tal")
        if isinstance(period, Problem):
            remedy = "skriv en period som 2026-T1, eller ett ord med en lista: " + ", ".join(PHASED_BY)
            out.append(((*at, name), True, Problem(period.code, period.message, remedy, period.note)))
        elif isinstance(share, Problem):
            out.append(((*at, name), False, share))
        else:
            by_period.append((period, share))
    return Phasing(by_period=tuple(by_period)) if len(by_period) == len(tree) else REFUSED


class WrittenCondition(Record):
    """`villkor` as it is written."""

    places: tuple[str, ...] = nested("platser", one_or_more(parse_id), "Platser som räknas", default=())
    weekdays: tuple[int, ...] = nested("veckodagar", listing(parse_weekday), "Veckodagar som räknas", default=())
    window: Window | None = field("tid", parse_window, "Tid på dygnet då ett tillfälle ska börja")
    functions: dict[str, int] = nested(
        "funktioner", table(parse_id, parse_count), "Minsta antal av varje funktion", default=NOTHING
    )
    facts: dict[str, Any] = nested(
        "uppgifter",
        table(parse_field_id, one_or_more(parse_text), nested=True),
        "Värden som fält ska ha",
        default=NOTHING,
    )


@written_as(WrittenCondition)
def _read_condition(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Condition | Refused:
    written = read(WrittenCondition, tree, at, out)
    if isinstance(written, Refused):
        return REFUSED
    return Condition(written.places, written.weekdays, written.window, written.functions, written.facts)


class WrittenBaseline(Record):
    """`baslinje` as it is written."""

    value: Any = field("värde", parse_amount, "Läget när arbetet började", required=True)
    day: date | None = field("datum", parse_date, "Dagen då läget mättes")


@written_as(WrittenBaseline)
def _read_baseline(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Baseline | Refused:
    written = read(WrittenBaseline, tree, at, out)
    return REFUSED if isinstance(written, Refused) else Baseline(written.value, written.day)


_DAYS_OF_WEEK = listing(parse_weekday)
_EACH = "skriv vecka, månad eller en annan delperiod, eller veckodagar som [fre, lör]"


@written_as(one_of(_PER), parse_weekday, _DAYS_OF_WEEK)
def _read_every(tree: Tree, at: TreePath, out: list[FieldProblem]) -> str | tuple[int, ...] | Refused:
    if isinstance(tree, list) and tree:
        return _DAYS_OF_WEEK(tree, at, out)  # type: ignore[no-any-return]
    if isinstance(tree, str) and tree in (*_PER, "tillfälle"):
        if tree in _PER:
            return tree
        out.append((at, False, Problem("S120", "tillfälle hör till moment, inte till mål", "välj bland: " + ", ".join(_PER))))
        return REFUSED
    if isinstance(tree, str) and tree in WEEKDAYS:
        return (WEEKDAYS.index(tree),)
    best = nearest(tree, _PER) if isinstance(tree, str) else None
    listed = as_list(tree, parse_weekday)
    remedy = f"skriv {listed}" if listed.startswith("[") else f"menade du {best}?" if best else _EACH
    out.append((at, False, Problem("S120", "här ska en delperiod eller veckodagar stå", remedy)))
    return REFUSED


class WrittenTarget(Record):
    """`mål` as it is written: every key of every kind of target."""

    id: str | None = field("id", parse_id, "Målets id, när åtagandet har flera mål")
    at_least: Any = field("minst", parse_amount, "Minst så många, så lång tid eller så många procent")
    count: Any = field("antal", parse_open_amount, "Så många; eller löpande, vid behov, utan måltal")
    at_most: Any = field("högst", parse_amount, "Högst så många, så lång tid eller så många procent")
    between: tuple[Any, ...] | None = nested("mellan", listing(parse_amount), "Minst och högst, som [4, 6]")
    all_of: Any = field("alla", parse_count, "Hela den kända mängden, så många")
    done_by: date | None = field("klart", parse_date, "Engångsåtgärd: dagen då den ska vara klar")
    unit: str = field("enhet", parse_text, "Vad siffran kallas", default=UNSAID)
    counts: Counts = nested("räknar", _read_counts, "Vad som räknas; utan nyckeln räknas tillfällen", default=Counts())
    per: str = field("per", one_of(_PER), "Siffran gäller per delperiod, som summa över hela perioden", default="")
    every: Any = nested("varje", _read_every, "Siffran ska nås i varje delperiod eller på varje veckodag", default="")
    way: str = field("sätt", one_of(("nivå", "summa")), "nivå: den senaste siffran gäller", default="summa")
    phasing: Phasing | None = nested("fördelning", _read_phasing, "Hur målet fördelas över perioden")
    condition: Condition | None = nested("villkor", _read_condition, "Bara tillfällen som uppfyller detta räknas")
    baseline: Baseline | None = nested("baslinje", _read_baseline, "Läget när arbetet började, för nivå")


@written_as(WrittenTarget)
def read_target(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Target | Refused:
    """One target. Every fault in it is noted; a target with a fault is refused whole."""
    before = len(out)
    if not isinstance(tree, dict):
        out.append((at, False, wants_mapping(_as_target(tree))))
        return REFUSED
    written = read(WrittenTarget, tree, at, out)
    if isinstance(written, Refused):
        return REFUSED
    assert isinstance(tree, dict)
    operators = [name for name in tree if name in OPERATORS]
    if not operators and len(out) == before:
        out.append((at, False, no_promise()))
    elif operators and tree[operators[0]] is None:
        out.append(((*at, operators[0]), True, no_promise()))
    out.extend(((*at, extra), True, second_promise(operators[0], extra)) for extra in operators[1:])
    if len(out) > before:
        return REFUSED
    operator = operators[0]
    if (where := _of_two_kinds(written)) is not None:
        remedy = "skriv båda som tal, båda som tider eller båda i procent"
        out.append(((*at, where), True, Problem("P206", "siffrorna i målet är inte av samma slag", remedy)))
        return REFUSED
    target = _target(written, operator)
    faults = misfits(target, tree)
    out.extend(
        ((*at, where) if where else at, where in ("per", "varje", "fördelning", "baslinje"), fault) for where, fault in faults
    )
    return REFUSED if faults else target


_IN_WORDS = re.compile(
    r"(?P<how>minst|högst|max|min|ca|cirka)?\s*(?P<figure>[0-9][0-9 ]*(?:%| procent)?)\s*(?P<unit>[a-zåäö-]+(?: [a-zåäö-]+)*?)??"
    r"(?:\s*(?:per|/|varje|i|om)\s*(?P<per>[a-zåäö]+))?",
    re.IGNORECASE,
)
_HOW = {"högst": "högst", "max": "högst"}


def _as_target(tree: Tree) -> str:
    """How a promise in words is written as a target."""
    shown = "skriv till exempel {minst: 24, enhet: tillsyner, per: år}, {klart: 2026-06-30} eller {antal: vid behov}"
    if isinstance(tree, list):
        return "skriv ett streck före varje mål, och en nyckel med värde i vart och ett: - {id: …, minst: 24}"
    text = tree.strip() if isinstance(tree, str) else ""
    if (word := nearest(text, NO_NUMBER)) is not None:
        return f"skriv {{antal: {word}}}"
    if isinstance(parse_date(text), date):
        return f"skriv {{klart: {text}}}"
    said = _IN_WORDS.fullmatch(text) if len(text) < _LONGEST_PROMISE else None
    if said is None:
        return shown
    per = nearest(said["per"], SUB_PERIODS) if said["per"] else ""
    if per is None:
        return shown
    figure = re.sub(r"\s*(?:%|procent)", " %", said["figure"], flags=re.IGNORECASE).strip()
    parts = [f"{_HOW.get((said['how'] or '').casefold(), 'minst')}: {figure}"]
    if said["unit"] and not figure.endswith("%"):
        parts.append(f"enhet: {said['unit']}")
    if per:
        parts.append(f"per: {per}")
    return "skriv {" + ", ".join(parts) + "}"


_LONGEST_PROMISE = 80


def no_promise() -> Problem:
    """A target without an operator, or with an empty one."""
    return Problem("P202", "målet säger inte hur mycket som lovats", "skriv till exempel minst: 8, eller antal: utan måltal")


def second_promise(operator: str, extra: str) -> Problem:
    """An operator beside the one that the target already has."""
    return Problem("P203", f"målet har redan {operator}", f"välj {operator} eller {extra}, eller skriv två mål")


def _amounts(written: WrittenTarget) -> list[Any]:
    return [one for one in (written.at_least, written.count, written.at_most, *(written.between or ())) if one is not None]


def _kind(amount: Any) -> type:
    return type(amount) if isinstance(amount, Length | _Share) else int


def _of_two_kinds(written: WrittenTarget) -> str | None:
    """The key whose figure is of another kind than the target's first; a range in percent is none that can be shown."""
    kinds = [_kind(one) for one in _amounts(written)]
    if written.between is not None and (len(set(kinds)) > 1 or _Share in kinds):
        return "mellan"
    other = written.baseline is not None and kinds and _kind(written.baseline.value) is not kinds[0]
    return "baslinje" if other else None


def _plain(amount: Any, an_hour: int) -> Any:
    """A figure in the target's unit; a share as a ratio."""
    if isinstance(amount, Length):
        return exact(Fraction(amount.hours) * an_hour)
    return amount.ratio if isinstance(amount, _Share) else amount


def _unit(written: WrittenTarget, an_hour: int, share: bool) -> str:
    if written.unit != UNSAID:
        return written.unit
    if an_hour:
        return UNITS_OF_LENGTH[an_hour]
    return RATIO if share and written.way == "nivå" else UNSAID


def _target(written: WrittenTarget, operator: str) -> Target:
    amount: Any = {
        "minst": written.at_least,
        "antal": written.count,
        "högst": written.at_most,
        "alla": written.all_of,
    }.get(operator)
    value: Number | None = None
    ceiling: Number | None = None
    an_hour = max((one.an_hour for one in _amounts(written) if isinstance(one, Length)), default=0)
    if amount is not None and not isinstance(amount, str):
        value = _plain(amount, an_hour)
    elif written.between is not None and len(written.between) == 2:
        value, ceiling = (_plain(one, an_hour) for one in written.between)
    baseline = written.baseline
    return Target(
        id=written.id,
        operator=operator,
        value=value,
        ceiling=ceiling,
        due=written.done_by,
        no_number=amount if isinstance(amount, str) else "",
        share=isinstance(amount, _Share),
        unit=_unit(written, an_hour, isinstance(amount, _Share)),
        counts=written.counts._replace(an_hour=an_hour),
        per=written.per,
        every=written.every if isinstance(written.every, str) else "",
        weekdays=written.every if isinstance(written.every, tuple) else (),
        stock=written.way == "nivå",
        phasing=written.phasing,
        condition=written.condition,
        baseline=baseline and baseline._replace(value=_plain(baseline.value, an_hour)),
    )


@written_as(WrittenTarget, things(WrittenTarget))
def read_targets(tree: Tree, at: TreePath, out: list[FieldProblem]) -> Any:
    """`mål`: one mapping, or a list of mappings that each have an id."""
    if not isinstance(tree, list):
        target = read_target(tree, at, out)
        return REFUSED if isinstance(target, Refused) else (target,)
    if not tree:
        out.append((at, False, no_promise()))
    targets: list[Target] = []
    seen: set[str] = set()
    for position, item in enumerate(tree):
        target = read_target(item, (*at, position), out)
        if isinstance(target, Refused):
            continue
        if target.id is None and len(tree) > 1:
            out.append(((*at, position), False, Problem("P212", "ett av flera mål saknar id", "lägg till id: med ett kort namn")))
        elif target.id in seen:
            out.append(((*at, position, "id"), False, Problem("P213", f"id {target.id} finns redan", "ge varje mål ett eget id")))
        else:
            targets.append(target)
            seen.add(target.id or "")
    return tuple(targets) if targets else REFUSED
