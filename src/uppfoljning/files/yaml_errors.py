"""Why a file is not YAML, in Swedish, at the place where the writer should look.

The parsers say what they had expected; here their message and the text around the place become what probably happened."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

import yaml
from yaml.error import MarkedYAMLError
from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, NodeEvent, ScalarEvent

from uppfoljning.domain.finding import Finding, Problem, Span
from uppfoljning.files.source import line_bounds, noted, stretch
from uppfoljning.files.yaml_parser import events, fuller_error, opened_before, quote_before

# What several steps of reading YAML have to say in the same words.


IN_QUOTES = "sätt hela texten inom citattecken"
EXAMPLE = "skriv nyckel, kolon, mellanslag och värde, till exempel plats: centrum"

GLUED_KEY = re.compile(r"[\w.-]+:\S")
"""A key and a value with no space between."""

GLUED = Problem("Y006", "mellanslag saknas efter kolonet", "skriv till exempel minst: 12", "läses som en enda text")
AFTER_VALUE = Problem(
    "Y008",
    "text efter värdets slut",
    "sätt hela värdet inom ett enda par citattecken; står det \" inuti, sätt det hela inom '",
    "värdet tog slut före detta",
)
NOT_A_CHARACTER = Problem(
    "Y010", "koden efter \\ är inget tecken", "skriv \\\\ för ett omvänt snedstreck, eller byt \" mot ' runt texten"
)
DIRECTIVE = Problem("Y013", "raden börjar med %", "ta bort raden; den behövs inte")
NO_KEY = Problem("Y027", "nyckeln saknas före kolonet", "skriv vad värdet heter, till exempel plats: centrum")

SIGNS = {
    "&": Problem("Y016", "värdet börjar med &", IN_QUOTES, "läses som ett namn på värdet, inte som text"),
    "*": Problem("Y017", "värdet börjar med *", IN_QUOTES, "läses som en hänvisning till ett annat värde"),
    "!": Problem("Y018", "värdet börjar med !", IN_QUOTES, "ordet efter läses som en typ, inte som text"),
}
"""Signs that the parser takes, so that the text after them would be lost."""


def text_beside(sign: str) -> Problem:
    """Text on the same line as the `|` or `>` that begins a text of several lines."""
    remedy = "skriv texten på nästa rad, indragen; är tecknet en del av texten, sätt den inom citattecken"
    return Problem("Y011", f"text på samma rad som {sign}", remedy)


_KEY_END = re.compile(r":(?:\s|$)")
_WORD_KEY = re.compile(r"[ -]*[\w.-]+$")
_CLOSING = {"[": "]", "{": "}"}


class _Stop(NamedTuple):
    """The text, where the parser's construct began in it, and where the parser gave up."""

    text: str
    began: int
    at: int


class _Said(NamedTuple):
    """The part of the text to look at, and the problem with it."""

    start: int
    end: int
    problem: Problem


_Reading: TypeAlias = Callable[[_Stop], _Said]


def explain(file: str, text: str, error: yaml.MarkedYAMLError) -> Finding:
    """The finding for a syntax error; `text` is what the parser read."""
    said = _said(text, fuller_error(text, error))
    return noted(file, stretch(text, said.start, min(said.end, len(text))), said.problem)


def tag_span(text: str, start: int) -> Span:
    """The span of the word that begins with `!`."""
    return stretch(text, start, _word_end(text, start))


def _said(text: str, error: yaml.MarkedYAMLError) -> _Said:
    at = error.problem_mark.index if error.problem_mark else 0
    began = error.context_mark.index if error.context_mark else at
    message = f"{error.context or ''}: {error.problem or ''}"
    for words, reading in _READINGS:
        if words in message:
            return reading(_Stop(text, min(began, len(text)), min(at, len(text))))
    return _Said(at, line_bounds(text, at)[1], Problem("Y001", "raden går inte att läsa som YAML", EXAMPLE))


def _colon(stop: _Stop) -> _Said:
    text, _, at = stop
    begin, _ = line_bounds(text, at)
    before = text[begin:at]
    previous = _line_above(text, begin)
    if previous is None or _KEY_END.search(before):
        return _prose(at)
    if not _KEY_END.search(text[previous : line_bounds(text, previous)[1]]):
        return _no_colon(_Stop(text, previous, at))
    return _indentation(stop) if _WORD_KEY.match(before) else _prose(at)


def _prose(at: int) -> _Said:
    return _Said(
        at, at + 1, Problem("Y002", "kolon inne i en text", IN_QUOTES, "kolon och mellanslag läses som att ett nytt värde börjar")
    )


def _no_colon(stop: _Stop) -> _Said:
    text, began, _ = stop
    content = text[began : line_bounds(text, began)[1]].rstrip()
    start = began + len(content) - len(content.lstrip(" -"))
    if GLUED_KEY.match(text, start):
        return _Said(start, began + len(content), GLUED)
    remedy = "skriv nyckel, kolon, mellanslag och värde; hör raden till texten ovanför, dra in den mer än nyckeln"
    return _Said(start, began + len(content), Problem("Y006", "kolon saknas", remedy, "en nyckel måste följas av kolon"))


def _glued(stop: _Stop) -> _Said:
    return _Said(stop.began, stop.at + 1, GLUED)


def _open_quote(stop: _Stop) -> _Said:
    problem = Problem("Y003", "citattecknet stängs aldrig", "avsluta texten med samma citattecken", "texten börjar här")
    return _Said(stop.began, stop.began + 1, problem)


def _open_bracket(text: str, began: int) -> _Said:
    problem = Problem("Y004", f"{text[began]} stängs aldrig", f"avsluta med {_CLOSING[text[began]]}", "börjar här")
    return _Said(began, began + 1, problem)


def _in_brackets(stop: _Stop) -> _Said:
    text, began, at = stop
    if _has_left(stop):
        return _open_bracket(text, began)
    sign, opening, closing = text[at], text[began], _CLOSING[text[began]]
    if sign in "]}":
        note = f"det som börjar med {opening} ska sluta med {closing}"
        problem = Problem("Y009", f"{sign} på fel plats", f"skriv {closing} här, eller stäng det inre först", note)
    elif sign == ":":
        problem = Problem(
            "Y009", "kolon på fel plats", "skilj delarna åt med komma, och sätt text som har kolon i sig inom citattecken"
        )
    else:
        problem = Problem("Y009", "komma saknas", f"skilj delarna inom {opening} {closing} åt med komma")
    return _Said(at, at + 1, problem)


def _nothing_in_brackets(stop: _Stop) -> _Said:
    text, _, at = stop
    opening = opened_before(text, at)
    if opening is not None and _has_left(_Stop(text, opening, at)):
        return _open_bracket(text, opening)
    remedy = "skriv ett värde här, eller ta bort tecknet; en text som börjar så sätts inom citattecken"
    return _Said(at, at + 1, Problem("Y009", "ett värde saknas", remedy))


def _has_left(stop: _Stop) -> bool:
    """Whether the place lies below and not further in than the line with the bracket, or is the end of the text."""
    text, began, at = stop
    if not text[at:].strip():
        return True
    bracket, line = line_bounds(text, began)[0], line_bounds(text, at)[0]
    return line > bracket and _indent(text, line) <= _indent(text, bracket)


def _unexpected(stop: _Stop) -> _Said:
    text, _, at = stop
    begin, end = line_bounds(text, at)
    if not text[begin:at].strip(" "):
        return _Said(at, at + 1, NO_KEY) if text.startswith(":", at) else _indentation(stop)
    quote = quote_before(text, at)
    if quote is not None:
        return _open_quote(_Stop(text, quote, at))
    return _Said(at, begin + len(text[begin:end].rstrip()), AFTER_VALUE)


_GLUED_DASH = re.compile(r" *(-)[^\s-][\w.-]*:(?:\s|$)")


def _glued_dash(text: str, begin: int, end: int) -> _Said | None:
    """A dash with no space after it, on this line or right above: it is read as a part of the key."""
    above = text.rfind("\n", 0, max(0, begin - 1)) + 1
    for first, last in ((begin, end), (above, begin)):
        if match := _GLUED_DASH.match(text, first, last):
            at = match.start(1)
            key = text[at + 1 : text.index(":", at)]
            return _Said(
                at, at + 1, Problem("Y006", "mellanslag saknas efter strecket", f"skriv - {key}:", "läses som en del av nyckeln")
            )
    return None


def _indentation(stop: _Stop) -> _Said:
    text, _, at = stop
    begin, end = line_bounds(text, at)
    start = begin + _indent(text, begin)
    if glued := _glued_dash(text, begin, end):
        return glued
    dash = text[start : start + 2] in ("-", "- ", "-\n")
    message = "listpunkten står inte i linje med raderna ovanför" if dash else "indraget stämmer inte med raderna ovanför"
    remedy = "låt rader på samma nivå börja i samma kolumn; hör raden till texten ovanför, sätt hela texten inom citattecken"
    return _Said(start, begin + len(text[begin:end].rstrip()), Problem("Y005", message, remedy))


def _outside(stop: _Stop) -> _Said:
    """What follows a whole document without a separator."""
    text, _, at = stop
    begin, _ = line_bounds(text, at)
    if text[begin:at].strip(" "):
        return _unexpected(stop)
    above = _line_above(text, begin)
    if above is not None and text.startswith("...", above):
        return _documents(stop)
    if above is not None and not _KEY_END.search(text[above : line_bounds(text, above)[1]]) and not _indent(text, 0):
        return _no_colon(_Stop(text, above, at))
    return _indentation(stop)


def _documents(stop: _Stop) -> _Said:
    problem = Problem(
        "Y021", "flera dokument i samma fil", "dela upp filen, eller ta bort raden med --- eller ...", "här börjar ett nytt"
    )
    return _Said(stop.at, line_bounds(stop.text, stop.at)[1], problem)


def _sign(stop: _Stop) -> _Said:
    sign = stop.text[stop.at : stop.at + 1]
    return _Said(
        stop.at, stop.at + 1, Problem("Y007", f"värdet börjar med {sign}", IN_QUOTES, f"{sign} har en egen betydelse i YAML")
    )


def _dash(stop: _Stop) -> _Said:
    remedy = "sätt varje punkt på en egen rad under nyckeln; är det ett tankstreck, sätt texten inom citattecken"
    problem = Problem("Y012", "listpunkt på fel plats", remedy, "strecket läses som en punkt i en lista")
    return _Said(stop.at, stop.at + 1, problem)


def _escape(stop: _Stop) -> _Said:
    start = stop.text.rfind("\\", stop.began, stop.at + 1)
    return _Said(start, start + 2, NOT_A_CHARACTER)


def _to_line_end(problem: Callable[[str], Problem]) -> _Reading:
    """The rest of the line where the construct began; `problem` is given its first sign."""
    return lambda stop: _Said(stop.began, line_bounds(stop.text, stop.began)[1], problem(stop.text[stop.began]))


def _tag(stop: _Stop) -> _Said:
    return _Said(stop.began, _word_end(stop.text, stop.began), SIGNS["!"])


_READINGS: tuple[tuple[str, _Reading], ...] = (
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("while scanning a quoted scalar", _open_quote),
    (" a tag", _tag),
    ("tag handle", _tag),
    ("escape", _escape),
    ("hexdecimal", _escape),
    ("while scanning a plain scalar", _glued),
    ("while parsing a flow sequence", _in_brackets),
    ("while parsing a flow mapping", _in_brackets),
    ("while parsing a flow node", _nothing_in_brackets),
    ("sequence entries are not allowed", _dash),
    ("mapping keys are not allowed", _sign),
    ("cannot start any token", _sign),
    ("while parsing a block node", _sign),
    ("while scanning a block scalar", _to_line_end(text_beside)),
    ("directive", _to_line_end(lambda _: DIRECTIVE)),
    ("while scanning an anchor", _to_line_end(SIGNS.__getitem__)),
    ("while scanning an alias", _to_line_end(SIGNS.__getitem__)),
    ("expected a single document", _documents),
    ("while parsing a block", _unexpected),
    ("<document start>", _outside),
)
"""Words of PyYAML's and libyaml's messages, most telling first, and how the text is then read."""


def _line_above(text: str, begin: int) -> int | None:
    """Where the nearest line above that is neither empty nor a comment begins."""
    while begin > 0:
        begin, end = line_bounds(text, begin - 1)
        if not re.match(r" *(?:#|$)", text[begin:end]):
            return begin
    return None


def _indent(text: str, begin: int) -> int:
    line = text[begin : line_bounds(text, begin)[1]]
    return len(line) - len(line.lstrip(" "))


def _word_end(text: str, start: int) -> int:
    return start + len(text[start : line_bounds(text, start)[1]].split(" ", 1)[0])


# What must be found before a document is composed: references, tags and nesting that could fill the memory.


DEEPEST = 32
"""The most levels of keys and lists within each other; a plan has six."""

_MOST_FINDINGS = 20
# Below these figures a document cannot be deeper than `DEEPEST`, since each level in block style takes a column.
_FEW_BRACKETS = 15
_WIDE = re.compile(r"^[ ?:-]{15}", re.MULTILINE)
_MARKED = re.compile(r"(?<![^\s\[{,:?-])[&*!]")
_UNCLEAR_TAG = re.compile(r"!\S*[^\s\w!-]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

_TOO_DEEP = Problem("Y014", f"fler än {DEEPEST} nivåer i varandra", "förenkla filen; ingen del av formatet går så djupt")
_REFUSED_DEPTH = "exceeded maximum nesting depth"
_HIDDEN = Problem("Y026", "styrtecken i texten", "ta bort koden med \\ som ger tecknet")


def needs_screening(text: str) -> bool:
    """Whether anything in the text could be a reference, a tag, a code for a control character or deep nesting."""
    return (
        (("&" in text or "*" in text or "!" in text) and _MARKED.search(text) is not None)
        or ("\\" in text and '"' in text)
        or text.count("[") + text.count("{") > _FEW_BRACKETS
        or ((" " * 10 in text or "- -" in text or "? " in text) and _WIDE.search(text) is not None)
    )


def screen(file: str, text: str) -> tuple[list[Finding], bool]:
    """The findings, and whether the document may be composed; YAMLError when the text is not YAML."""
    try:
        return _screened(file, text)
    except MarkedYAMLError as error:
        # libyaml itself refuses a thousand levels, before it tells of the first; looking closer would take minutes.
        if error.problem != _REFUSED_DEPTH or error.problem_mark is None:
            raise
        start = error.problem_mark.index
        return [noted(file, stretch(text, start, start + 1), _TOO_DEEP)], False


def _screened(file: str, text: str) -> tuple[list[Finding], bool]:
    findings: list[Finding] = []
    composable = True
    depth = 0
    event: Any
    for event in events(text):
        if isinstance(event, CollectionEndEvent):
            depth -= 1
        elif isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                return [_found(file, text, event, _TOO_DEEP)], False
        if not isinstance(event, NodeEvent):
            continue
        if event.anchor is not None:
            composable = False
            findings.append(_found(file, text, event, SIGNS["*" if isinstance(event, AliasEvent) else "&"]))
        elif getattr(event, "tag", None) is not None:
            start = _start(event)
            findings.append(noted(file, tag_span(text, start), SIGNS["!"]))
            # The parsers disagree on where such a tag ends, and so on all that follows.
            if _UNCLEAR_TAG.match(text, start):
                return findings, False
        elif isinstance(event, ScalarEvent) and event.style == '"' and _CONTROL.search(event.value):
            findings.append(_found(file, text, event, _HIDDEN))
        if len(findings) == _MOST_FINDINGS:
            return findings, False
    return findings, composable


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _found(file: str, text: str, event: Any, problem: Problem) -> Finding:
    start = _start(event)
    return noted(file, stretch(text, start, min(event.end_mark.index, line_bounds(text, start)[1])), problem)
