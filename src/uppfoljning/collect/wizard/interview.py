"""The conversation of a quick report, from the first question to what is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from uppfoljning.collect.sheet import Sheet, edition_of
from uppfoljning.collect.wizard.answers import WizardContext, ask_fields, entries_at, mapping_at, text_at
from uppfoljning.collect.wizard.occasion import (
    ask_crew,
    ask_once,
    ask_places,
    ask_steps,
    ask_times,
    filled,
    other_departures,
    why,
)
from uppfoljning.collect.wizard.session import (
    YES_NO,
    AnswerParser,
    Conversation,
    Need,
    ParsedAnswer,
    Question,
    Result,
    Talk,
    read_text,
    read_yes,
)
from uppfoljning.collect.wizard.step_when import (
    WhenAnswer,
    first_way,
    old_way,
    period_said,
    read_period,
    written_period,
    written_when,
)
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.number import parse_quantity
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, HOURS, MOVED, NOTHING_HAPPENED, QuickReport, parse_hours
from uppfoljning.domain.schema import NOTHING

_FIRST = ("åtagande", "plan", "datum", "period", "läge", "flyttad_till", "antal")
"""The keys that are written before the others: what it is about comes first."""
_WHAT = {CANCELLED: "Tillfället ställdes in", MOVED: "Tillfället flyttades"}


def report_of(sheet: Sheet, around: WizardContext, old: Mapping[str, Tree] | None = None) -> Conversation:
    """The conversation about a new report, or with `old` about one that is corrected."""
    return lambda: _talk(sheet, around, old)


def completed(tree: Mapping[str, Tree], sheet: Sheet, today: date, receipt: str) -> dict[str, Tree]:
    """A report with what the program knows by itself, where it is not stated, in the order of the format."""
    known: dict[str, Tree] = {
        "åtagande": sheet.commitment,
        "plan": sheet.plan,
        "inlämnad": today.isoformat(),
        "rapportör": sheet.reporter,
        "kvitto": receipt,
        "utgåva": edition_of(sheet),
    }
    whole = {**known, **{key: value for key, value in tree.items() if value}}
    if "/" in str(whole["åtagande"]):
        whole["åtagande"] = sheet.commitment
    order = (*_FIRST, *QuickReport.KEYS, *whole)
    return {key: whole[key] for key in dict.fromkeys(order) if key in whole}


def _talk(sheet: Sheet, around: WizardContext, old: Mapping[str, Tree] | None) -> Talk[Result]:
    before = NOTHING if old is None else old
    way = yield from (first_way(sheet, around) if old is None else old_way(sheet, around, old))
    tree: dict[str, Tree] = {**_head(way)}
    if way.state == NOTHING_HAPPENED:
        if not way.at_once:
            tree |= yield from _free_text(before)
        return Result(_kept(tree, before, ("text", "parter")), way.at_once)
    if way.state != CARRIED_OUT:
        return Result((yield from _did_not_happen(tree, way, around.today, before)), way.at_once)
    if way.total:
        return Result((yield from _totals(sheet, tree, around, before)))
    return Result((yield from _occasion(sheet, tree, around, before)))


def _head(way: WhenAnswer) -> dict[str, Tree]:
    assert way.when is not None
    head = written_when(way.when)
    return head if way.state == CARRIED_OUT else {**head, "läge": way.state}


def _kept(tree: dict[str, Tree], old: Mapping[str, Tree], keys: tuple[str, ...]) -> dict[str, Tree]:
    """What was asked, with the keys that are not asked as they stood."""
    return {**{key: old[key] for key in keys if old.get(key)}, **tree}


def _did_not_happen(tree: dict[str, Tree], way: WhenAnswer, today: date, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    """Ask why an occasion was cancelled or moved, and to when."""
    before, *others = entries_at(old, "avvikelser") or [{}]
    what = text_at(before, "vad") if text_at(old, "läge") == way.state else ""
    entry: dict[str, Tree] = {"vad": what or _WHAT[way.state], "skäl": way.reason}
    if way.at_once:
        return {**tree, "avvikelser": [entry]}
    if way.state == MOVED:
        tree["flyttad_till"] = yield Question(
            "flyttad_till",
            "Flyttat till",
            "Till när flyttades det?",
            _read_moved(today),
            hints=("en dag eller period, som 2026-03-13 eller 2026-04",),
            default=_old_moved(old),
            need=Need.DEMANDED,
            help="Skriv den nya dagen. Är ingen ny dag bestämd, ångra och svara i för inställt.",
        )
    if way.total:
        tree |= yield from _count("Hur många tillfällen gällde det?", old)
    entry |= yield from why("0", "Varför ställdes det in?" if way.state == CANCELLED else "Varför flyttades det?", before)
    tree["avvikelser"] = [filled({**before, **entry}), *others]
    tree |= yield from _free_text(old)
    return _kept(tree, old, ("parter", "plats"))


def _read_moved(today: date) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        found = read_period(text, today)
        if isinstance(found, Problem):
            return found
        return ParsedAnswer(written_period(found), period_said(found) if isinstance(found, Period) else period_name(found))

    return read


def _old_moved(old: Mapping[str, Tree]) -> str:
    value = old.get("flyttad_till")
    return f"{text_at(value, 'från')}–{text_at(value, 'till')}" if isinstance(value, dict) else text_at(old, "flyttad_till")


def _totals(sheet: Sheet, tree: dict[str, Tree], around: WizardContext, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    """Ask for the figures of a period."""
    tree |= yield from _count("Hur många tillfällen var det i perioden?", old)
    tree |= yield from ask_places(sheet, old)
    tree["uppgifter"] = yield from ask_fields(sheet.fields, old, around.today, total=True)
    steps, _ = yield from ask_steps(sheet, old, total=True)
    tree["moment"] = {**_other_steps(sheet, old), **steps}
    return (yield from _end(tree, around, old, [], ("parter", "start", "slut", "funktioner", "klart")))


def _occasion(sheet: Sheet, tree: dict[str, Tree], around: WizardContext, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    """Ask about one occasion that took place."""
    tree |= yield from ask_times(sheet, old)
    tree |= yield from ask_places(sheet, old)
    crew, fewer = yield from ask_crew(sheet, around.crew, old)
    tree["funktioner"] = crew
    tree["uppgifter"] = yield from ask_fields(sheet.fields, old, around.today, total=False)
    steps, undone = yield from ask_steps(sheet, old, total=False)
    once, finished = yield from ask_once(around.undone, around.finishes, old)
    asked = {step.id for step in around.undone}
    tree["moment"] = {**{step: one for step, one in _other_steps(sheet, old).items() if step not in asked}, **steps, **once}
    if finished:
        tree["klart"] = "ja"
    kept = ("parter",) if around.finishes else ("parter", "klart")
    return (yield from _end(tree, around, old, [*fewer, *undone], kept))


def _other_steps(sheet: Sheet, old: Mapping[str, Tree]) -> dict[str, Tree]:
    """The answers of steps that are not asked for at each occasion."""
    asked = {step.id for step in sheet.steps}
    return {step: one for step, one in mapping_at(old, "moment").items() if step not in asked}


def _end(
    tree: dict[str, Tree], around: WizardContext, old: Mapping[str, Tree], departures: list[Tree], kept: tuple[str, ...]
) -> Talk[dict[str, Tree]]:
    """The last questions, which do not depend on the form."""
    steps = {str(one["moment"]) for one in departures if isinstance(one, dict) and "moment" in one}
    answered = mapping_at(tree, "moment")
    before = [one for one in entries_at(old, "avvikelser") if not _is_settled(str(one.get("moment") or ""), steps, answered)]
    tree["avvikelser"] = [*departures, *(yield from other_departures(before))]
    tree["iakttagelser"] = yield from _observations(entries_at(old, "iakttagelser"))
    if around.hours or mapping_at(old, "timmar"):
        tree["timmar"] = yield from _hours(old)
    tree |= yield from _free_text(old)
    return _kept(tree, old, kept)


def _is_settled(step: str, asked: set[str], answered: Mapping[str, Tree]) -> bool:
    """Whether an old departure has been asked about with its step, or its step is done after all."""
    return bool(step) and (step in asked or answered.get(step) == "ja")


def _observations(old: list[dict[str, Tree]]) -> Talk[list[Tree]]:
    found: list[Tree] = []
    at = 0
    while True:
        before = old[at] if at < len(old) else {}
        text: str | None = yield Question(
            f"iakttagelser.{at}",
            "Såg",
            "Såg ni något mer?" if at else "Såg ni något som behöver åtgärdas?",
            read_text,
            hints=("skriv vad och var, eller Enter om inget",),
            default=text_at(before, "text"),
            help="Till exempel trasig belysning eller ett ställe där det ofta blir bråk. Inga namn.",
        )
        if text is not None:
            told: bool | None = yield Question(
                f"iakttagelser.{at}.rapporterad_till_polisen",
                "  rapporterat till polisen",
                "Rapporterades det till polisen?",
                read_yes,
                YES_NO,
                default=text_at(before, "rapporterad_till_polisen"),
            )
            police: dict[str, Tree] = {} if told is None else {"rapporterad_till_polisen": "ja" if told else "nej"}
            rest = {key: value for key, value in before.items() if key not in ("text", "rapporterad_till_polisen")}
            found.append({"text": text, **police, **rest})
        elif at >= len(old):
            return found
        at += 1


def _hours(old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    found: dict[str, Tree] = {}
    for kind in HOURS:
        hours: str | None = yield Question(
            f"timmar.{kind}",
            f"Timmar, {kind}",
            f"Hur många timmar gick åt till {kind}?",
            _figure(parse_hours),
            hints=("timmar, som 4,25",),
            default=text_at(old, "timmar", kind),
        )
        if hours is not None:
            found[kind] = hours
    return found


def _figure(parse: Any) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        value = parse(text)
        return value if isinstance(value, Problem) else ParsedAnswer(text, text)

    return read


def _count(text: str, old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    count: str | None = yield Question(
        "antal",
        "Antal tillfällen",
        text,
        _figure(parse_quantity),
        hints=("antal, som 4 eller ca 4",),
        default=text_at(old, "antal"),
    )
    return {} if count is None else {"antal": count}


def _free_text(old: Mapping[str, Tree]) -> Talk[dict[str, Tree]]:
    text: str | None = yield Question(
        "text",
        "Text",
        "Något mer att berätta?",
        read_text,
        hints=("inga namn, personnummer eller telefonnummer; Enter om inget",),
        default=text_at(old, "text"),
        help="Fritt om tillfället, en eller två meningar.",
    )
    return {"text": text or ""}
