"""How each parser of single texts looks to an editor: the words and the pattern it takes, and what an editor takes for a number.

What to write instead is not told here: the parser itself says it of a text that it refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from uppfoljning.domain import clock, indicator, mapping, number, period, report, scalars, target_reading
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.schema import WORDS, Parse, made_of
from uppfoljning.domain.target import NO_NUMBER


class Look(NamedTuple):
    """A kind of text: closed `words`, a `pattern` of the whole text, and `other`, a schema of what YAML reads as no text.

    A schema in `other` names its types; a text is right when it is one of the words or has the pattern.
    """

    words: tuple[str, ...] = ()
    pattern: str = ""
    other: Mapping[str, Any] | None = None


def _either_case(word: str) -> str:
    return "".join(f"[{sign.upper()}{sign}]" if sign.isalpha() else sign for sign in word)


_SPACE = "[ \u00a0\u202f\u2009]"
_BY_POINT = r"(?![-−]?[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?(?![0-9.,]))"
_WHOLE = f"(?:0|[1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+|[1-9][0-9]*)"
_NUMBER = f"{_BY_POINT}[-−]?{_WHOLE}(?:[.,][0-9]+)?"
_NOT_BELOW_ZERO = f"{_BY_POINT}(?:{_WHOLE}(?:[.,][0-9]+)?|[-−]0(?:[.,]0+)?)"
_COUNT = f"{_BY_POINT}(?:{_WHOLE}|[-−]0)(?:[.,]0+)?"
_CERTAIN = "(?:(?:" + "|".join(map(_either_case, ("ca", "c:a", "cirka", "minst"))) + r")\.?\s+)?"
_SHARE = f"{_NOT_BELOW_ZERO}{_SPACE}*%"

_YEAR = "(?!0000)[0-9]{4}"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?!0000)(?:[02468][048]|[13579][26])00)"
_DATE = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP_YEAR}-02-29)"
)
_PERIOD = f"(?:{_YEAR}(?:-(?:H[12]|T[1-3]|K[1-4]|W(?:0[1-9]|[1-4][0-9]|5[0-3])|0[1-9]|1[0-2]))?|(?:VT|HT)[0-9]{{4}}|{_DATE})"
_START = "(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9]"
_END = f"(?:{_START}|24[:.]00)"

_ID = "[a-z0-9åäö-]+"
_FIELD = "[a-z0-9åäö_-]+"
_YES = ("ja", "nej")
_YES_NO = "|".join(map(_either_case, (*_YES, "true", "false")))
_STEP_ANSWERS = (*_YES, report.NOT_APPLICABLE)
_WHOLE_NUMBER = {"type": ["integer"], "minimum": 0}
_ANY_NUMBER = {"type": ["number"]}

_LOOKS: dict[Callable[..., Any], Look] = {
    scalars.parse_text: Look(pattern=r"(?=[\s\S]*\S)[\s\S]*", other={"type": ["number", "boolean"]}),
    scalars.parse_id: Look(pattern=_ID, other={"type": ["integer"]}),
    scalars.parse_field_id: Look(pattern=_FIELD, other={"type": ["integer"]}),
    scalars.parse_yes: Look(_YES, _YES_NO, {"type": ["boolean"]}),
    scalars.parse_scb_code: Look(pattern="[0-9]{4}", other={"type": ["integer"], "minimum": 0, "maximum": 9999}),
    scalars.parse_address: Look(pattern=r"https?://\S+"),
    number.parse_number: Look(pattern=_NUMBER, other=_ANY_NUMBER),
    number.parse_count: Look(pattern=_COUNT, other=_WHOLE_NUMBER),
    number.parse_quantity: Look(pattern=_CERTAIN + _COUNT, other=_WHOLE_NUMBER),
    number.parse_share: Look(pattern=_SHARE),
    clock.parse_date: Look(pattern=_DATE),
    # 20.30 is a clock time to us and a number to an editor.
    clock.parse_start: Look(pattern=_START, other={"type": ["number"], "minimum": 0, "exclusiveMaximum": 24}),
    clock.parse_end: Look(pattern=_END, other={"type": ["number"], "minimum": 0, "maximum": 24}),
    clock.parse_window: Look(pattern=rf"{_START}\s*[–—-]\s*{_END}"),
    clock.parse_weekday: Look(clock.WEEKDAYS),
    clock.parse_within: Look(
        pattern=_NOT_BELOW_ZERO + r"\s*(?:minuter|minut|min|timmar|timme|tim|dygn|dagar|dag|veckor|vecka)\.?"
    ),
    period.parse_period: Look(pattern=_PERIOD, other={"type": ["integer"], "minimum": 1, "maximum": 9999}),
    indicator.parse_month: Look(pattern="[0-9]{4}-(?:0[1-9]|1[0-2])"),
    indicator.parse_exposure: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "exclusiveMinimum": 0}),
    report.parse_reference: Look(pattern=f"(?:{_ID}/)?{_ID}", other={"type": ["integer"]}),
    report.parse_receipt: Look(pattern="[0-9A-Za-zÅÄÖåäö._:/-]{1,120}", other={"type": ["integer"], "minimum": 0}),
    report.parse_step_answer: Look(_STEP_ANSWERS, f"{'|'.join(map(_either_case, _STEP_ANSWERS))}|{_COUNT}", _WHOLE_NUMBER),
    report.parse_hours: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "minimum": 0}),
    mapping.parse_heading: Look(pattern=r"(?=[\s\S]*[^\s?:*])[\s\S]*", other={"type": ["number", "boolean"]}),
    mapping.parse_cell: Look(pattern=r"[\s\S]*", other={"type": ["number", "boolean"]}),
    mapping.parse_target: Look(pattern=r"[a-zåäö_]+(?:\.[a-z0-9åäö_-]+)?"),
    mapping.parse_code_width: Look(pattern="[1-9]|1[0-9]|20", other={"type": ["integer"], "minimum": 1, "maximum": 20}),
    target_reading.parse_amount: Look(pattern=f"{_NUMBER}|{_SHARE}", other=_ANY_NUMBER),
    target_reading.parse_open_amount: Look(NO_NUMBER, _NUMBER, _ANY_NUMBER),
    target_reading.parse_portion: Look(pattern=_NOT_BELOW_ZERO, other={"type": ["number"], "minimum": 0}),
}


def look_of(parse: Parse) -> Look:
    """How a parser's texts look; KeyError for one that nothing is told of."""
    told = made_of(parse)
    if told is not None and told[0] == WORDS:
        return Look(told[1])
    return _LOOKS[parse]


@cache
def refusal(parse: Parse) -> tuple[str, str]:
    """What a parser says of a text that it cannot take, and what it tells to write instead."""
    told = made_of(parse)
    if told is not None and told[0] == WORDS:
        return "värdet är inget av de ord som kan stå här", "välj bland: " + ", ".join(told[1])
    if parse is mapping.parse_cell:
        return "här ska en enda text stå", 'skriv värdet som det står i tabellen, och "" för en tom cell'
    problem = next(problem for text in ("?", " ") if isinstance(problem := parse(text), Problem))
    return problem.message, f"{problem.remedy} ({problem.note})" if problem.note else problem.remedy
