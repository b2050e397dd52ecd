"""The first questions: whether it took place, and when. For most nights one answer is enough."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from uppfoljning.collect.sheet import Sheet, SheetPause
from uppfoljning.collect.wizard.answers import MONTHS, WizardContext, parse_day, period_text, said, text_at
from uppfoljning.collect.wizard.session import (
    BACK,
    YES_NO,
    AnswerParser,
    Need,
    ParsedAnswer,
    Question,
    Talk,
    letters,
    read_yes,
    word_of,
)
from uppfoljning.domain.finding import Problem, Tree
from uppfoljning.domain.period import Period, TermName, parse_period, period_name
from uppfoljning.domain.report import CANCELLED, CARRIED_OUT, MOVED, NOTHING_HAPPENED, STATES

_SIGNS = {"j": CARRIED_OUT, "i": CANCELLED, "f": MOVED, "0": NOTHING_HAPPENED}
_WORDS = {"j": "ja", "i": "inställt", "f": "flyttat", "0": "inget att rapportera"}
_SAID = {
    **dict.fromkeys(("j", "ja", "y", "yes", CARRIED_OUT, "genomfört"), CARRIED_OUT),
    **dict.fromkeys(("i", CANCELLED, "inställt"), CANCELLED),
    **dict.fromkeys(("f", MOVED, "flyttat"), MOVED),
    **dict.fromkeys(("0", NOTHING_HAPPENED, "inget", "noll"), NOTHING_HAPPENED),
}
_RANGE = re.compile(r"(\S+)\s*–\s*(\S+)")
WAY = "läge"


class WhenAnswer(NamedTuple):
    """How it went and when: a day, or a period for a report of totals. `at_once` is a quick way, with `reason` if cancelled."""

    state: str
    when: date | Period | TermName | None
    reason: str = ""
    at_once: bool = False

    @property
    def total(self) -> bool:
        """Whether it is about a period, and not about one occasion."""
        return not isinstance(self.when, date)


def first_way(sheet: Sheet, around: WizardContext) -> Talk[WhenAnswer]:
    """Ask about the day that is shown, which another day typed takes the place of."""
    day, at = around.day, 0
    while True:
        answer: WhenAnswer | date = yield _first(sheet, around, day, at)
        if isinstance(answer, WhenAnswer):
            break
        day, at = answer, at + 1
    pause = next((pause for pause in sheet.pauses if pause.first <= day <= pause.last), None)
    if pause and answer.state != NOTHING_HAPPENED:
        yield _in_a_pause(pause, day, answer.state)
    return answer


def _first(sheet: Sheet, around: WizardContext, day: date, at: int) -> Question:
    shown = dict(_WORDS)
    if around.due is None:
        del shown["0"]
    else:
        shown["0"] += f" för {period_said(around.due)}"
    reasons = " ".join(f"i{start}={word}" for word, start in letters(sheet.reasons).items())
    return Question(
        f"{WAY}.{at}" if at else WAY,
        "Blev det av",
        f"Blev det av {said(day)}?",
        _read_first(sheet, around, day),
        tuple(shown.items()),
        (f"inställt med skäl: {reasons}", "annan dag: skriv den, som fre, igår eller 5/3"),
        need=Need.DEMANDED,
        help="Svara för dagen som visas, eller skriv en annan dag. Med 0, eller i och skälet, skrivs rapporten direkt.",
    )


def period_said(period: Period) -> str:
    """A period in a question: a day, month or week in words, else as it is written."""
    name = period_name(period)
    if period.days == 1:
        return said(period.first)
    if "-W" in name:
        return f"vecka {int(name[6:])} {name[:4]} ({period.first.day}/{period.first.month}–{period.last.day}/{period.last.month})"
    return f"{MONTHS[period.first.month - 1]} {name[:4]}" if name[5:].isdigit() and len(name) == 7 else name


def _read_first(sheet: Sheet, around: WizardContext, day: date) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        word = text.casefold()
        if word in ("n", "nej", "no"):
            return Problem("", "nej räcker inte", "skriv i om det ställdes in, f om det flyttades, 0 om inget skulle hända")
        if (state := _SAID.get(word)) is not None:
            return _by_state(state)
        other = parse_day(word, around.today)
        if isinstance(other, date):
            return _outside(sheet, other) or ParsedAnswer(other, "")
        if (
            word.startswith("i")
            and (reason := word[1:].strip())
            and not isinstance(found := word_of(reason, sheet.reasons), Problem)
        ):
            return ParsedAnswer(WhenAnswer(CANCELLED, day, found, at_once=True), f"inställt {said(day)}, {found}")
        if any(sign.isdigit() for sign in word) and other.note:
            return other
        return Problem("", "det svaret finns inte", "skriv j, i, f eller 0, eller en dag som fre eller 5/3")

    def _by_state(state: str) -> ParsedAnswer | Problem:
        if state == NOTHING_HAPPENED:
            if around.due is None:
                return Problem("", "det finns ingen period att lämna nollrapport för", "perioden är redan rapporterad")
            return ParsedAnswer(
                WhenAnswer(state, around.due, at_once=True), f"inget att rapportera för {period_said(around.due)}"
            )
        if state == CARRIED_OUT and day > around.today:
            return Problem("", "den dagen har inte varit än", "skriv dagen då det hände")
        return ParsedAnswer(WhenAnswer(state, day), f"{'ja' if state == CARRIED_OUT else state}, {said(day)}")

    return read


def _outside(sheet: Sheet, day: date) -> Problem | None:
    if sheet.first <= day <= sheet.last:
        return None
    return Problem("D406", "dagen ligger inte i åtagandets period", f"åtagandet gäller {sheet.first}–{sheet.last}")


def _in_a_pause(pause: SheetPause, day: date, state: str) -> Question:
    reason = f" ({pause.reason})" if pause.reason else ""
    what = "Genomfördes det ändå" if state == CARRIED_OUT else "Ska det rapporteras ändå"

    def read(text: str) -> ParsedAnswer | Problem:
        answer = read_yes(text)
        return ParsedAnswer(BACK, "") if isinstance(answer, ParsedAnswer) and not answer.value else answer

    return Question(
        "paus",
        "",
        f"{said(day).capitalize()} ligger i en paus, {pause.first}–{pause.last}{reason}. {what}?",
        read,
        YES_NO,
        need=Need.DEMANDED,
        help="I en paus väntas ingen rapport. Svara nej för att välja en annan dag.",
    )


def old_way(sheet: Sheet, around: WizardContext, old: Mapping[str, Tree]) -> Talk[WhenAnswer]:
    """Ask how it went and when for a report that is corrected."""
    before = text_at(old, "läge") or CARRIED_OUT
    state: str = yield Question(
        WAY,
        "Blev det av",
        "Blev det av?",
        _read_state,
        tuple(_WORDS.items()),
        default=next(sign for sign, state in _SIGNS.items() if state == before),
        need=Need.DEMANDED,
    )
    when: date | Period | TermName = yield Question(
        "datum",
        "När",
        "Vilken period?" if state == NOTHING_HAPPENED else "Vilken dag? (en period om rapporten gäller flera tillfällen)",
        _read_when(sheet, around, state),
        hints=("som fre, 5/3, 2026-03-06 eller 2026-03",),
        default=text_at(old, "datum") or period_text(old),
        need=Need.DEMANDED,
    )
    return WhenAnswer(state, when)


def _read_state(text: str) -> ParsedAnswer | Problem:
    state = _SAID.get(text.casefold())
    if state is None:
        return Problem("", "det svaret finns inte", f"skriv ett av: {', '.join(_WORDS)}")
    return ParsedAnswer(state, _WORDS[next(sign for sign, one in _SIGNS.items() if one == state)])


assert set(_SIGNS.values()) == set(STATES)


def _read_when(sheet: Sheet, around: WizardContext, state: str) -> AnswerParser:
    def read(text: str) -> ParsedAnswer | Problem:
        day = parse_day(text, around.today)
        if isinstance(day, date) and state != NOTHING_HAPPENED:
            if state == CARRIED_OUT and day > around.today:
                return Problem("", "den dagen har inte varit än", "skriv dagen då det hände")
            return _outside(sheet, day) or ParsedAnswer(day, said(day))
        found = read_period(text, around.today)
        if isinstance(found, Period) and not (sheet.first <= found.first and found.last <= sheet.last):
            return Problem("D407", "perioden ligger inte i åtagandets", f"åtagandet gäller {sheet.first}–{sheet.last}")
        return found if isinstance(found, Problem) else ParsedAnswer(found, period_name(found))

    return read


def read_period(text: str, today: date) -> Period | TermName | Problem:
    """A period in the grammar of the format, a day as it is said, or two days with a dash between."""
    if match := _RANGE.fullmatch(text):
        first, last = parse_day(match[1], today), parse_day(match[2], today)
        if isinstance(first, date) and isinstance(last, date) and first <= last:
            return Period(first, last)
    day = parse_day(text, today)
    return Period(day, day) if isinstance(day, date) else parse_period(text.upper() if text[:1].isascii() else text)


def written_when(when: date | Period | TermName) -> dict[str, Tree]:
    """The keys of a report that say when."""
    if isinstance(when, date):
        return {"datum": when.isoformat()}
    return {"period": written_period(when)}


def written_period(period: Period | TermName) -> Tree:
    """A period as it stands in a file; days that have no name of their own by their first and last."""
    name = period_name(period)
    if isinstance(period, str) or isinstance(parse_period(name), Period):
        return name
    return {"från": period.first.isoformat(), "till": period.last.isoformat()}
