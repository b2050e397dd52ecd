"""The formats of `validera`: one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from uppfoljning.present.escape import json_text
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fitting, fold, width
from uppfoljning.present.renderers.markdown import Page, cell
from uppfoljning.present.terminal import BLANK, Screen, TextLine, plain
from uppfoljning.present.views.findings_located import LEVELS, Located, worst_first
from uppfoljning.rules.rule import Level

# How much was found, in words.


_MANY = {"fel": "fel", "varning": "varningar", "notis": "notiser"}


def counted(findings: Sequence[Located]) -> str:
    """The number of each level there is any of, also of those left out: `2 fel, 1 varning`; empty when nothing was found."""
    numbers = {level: sum(1 + found.more for found in findings if found.level == level) for level in LEVELS}
    return ", ".join(plural(number, level, _MANY[level]) for level, number in numbers.items() if number)


def tally(findings: Sequence[Located], files: int, old: int = 0) -> str:
    """How much was found, for the last line on standard error; `old` is how much was left out because it is not new."""
    found, read = counted(findings), plural(files, "fil", "filer")
    said = f"{found} i {read}." if found else f"Inget {'nytt ' if old else ''}att anmärka på i {read}."
    return f"{said} {plural(old, 'äldre fynd', 'äldre fynd')} visas inte." if old else said


# Findings as workflow commands, which GitHub shows as annotations on the changed lines.


MOST = 10
"""GitHub shows this many of each kind in a step."""

_COMMANDS: dict[Level, str] = {"fel": "error", "varning": "warning", "notis": "notice"}


def github(findings: list[Located]) -> str:
    """The worst findings first, ten of each level, and a line that counts the rest."""
    by_level = [[one for one in findings if one.level == level] for level in LEVELS]
    lines = [_command(one) for group in by_level for one in group[:MOST]]
    beyond = [one for group in by_level for one in group[MOST:]]
    left_out = [one._replace(more=one.more - 1) for group in by_level for one in group[:MOST] if one.more]
    if rest := counted([*beyond, *left_out]):
        lines.append(f"Dessutom {rest} som GitHub inte visar. Hela listan: uppfoljning validera --format text")
    return "".join(f"{line}\n" for line in lines)


def _command(one: Located) -> str:
    properties = ",".join(f"{name}={_property(value)}" for name, value in _properties(one))
    remedy = f"\nhjälp: {one.remedy}" if one.remedy else ""
    also = f"\nse även {one.also}" if one.also else ""
    return f"::{_COMMANDS[one.level]} {properties}::{_data(one.headline + also + remedy)}"


def _properties(one: Located) -> Iterator[tuple[str, str]]:
    yield "file", one.file
    if one.span is not None:
        yield "line", str(one.span.line)
        # GitHub has columns only within one line.
        if one.span.line == one.span.end_line:
            yield "col", str(one.span.column)
        yield "endLine", str(one.span.end_line)
        if one.span.line == one.span.end_line:
            yield "endColumn", str(one.span.end_column)
    yield "title", one.code


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# Findings as Markdown, for the comment of a change and the summary of a step.


COMMENT = 60_000
"""Bytes: a comment may have 65 536 signs."""

_CLOSING = 200
_HEAD = "| Nivå | Kod | Plats | Vad | Gör så här |\n|---|---|---|---|---|\n"


def markdown(findings: list[Located], limit: int) -> str:
    """The answer and a table, worst first, in at most `limit` bytes; what does not fit is counted."""
    page = Page(limit - _CLOSING)
    page.add(f"## Kontroll av planer och rapporter\n\n{counted(findings) or 'Inget att anmärka på'}.\n")
    page.block(f"\n{_HEAD}", [_row(one) for one in worst_first(findings)])
    if not page.lost:
        return page.text()
    return f"{page.text()}\n{plural(page.lost, 'rad', 'rader')} fick inte plats. Hela listan: `uppfoljning validera`.\n"


def _row(one: Located) -> str:
    what = f"{one.headline} (se även {one.also})" if one.also else one.headline
    return f"| {' | '.join(map(cell, (one.level, one.code, str(one.spot), what, one.remedy)))} |\n"


VERSION = 1
LONGEST_EXCERPT = 110
NARROWEST = 10
_COLOURS = {"fel": "bad", "varning": "warn", "notis": "open"}

Writer = Callable[[list[Located], Screen], None]


def _text(findings: list[Located], screen: Screen) -> None:
    for one in _together(findings):
        screen.show(_notice(one) if one.level == "notis" else _full(one, screen.width or ANY_WIDTH))


_ALIKE = 3
_LINES_NAMED = 12


def _together(findings: list[Located]) -> Iterator[Located]:
    """The findings, where what says the same of several places of a file is said once, with the lines. Errors stand alone."""
    alike: dict[tuple[str, ...], list[Located]] = {}
    for one in findings:
        key = (one.file, one.code, one.message, one.note, one.remedy)
        alike.setdefault(key if one.level != "fel" and one.span and not one.also else (*key, str(id(one))), []).append(one)
    for first, *others in alike.values():
        if len(others) + 1 < _ALIKE:
            yield from (first, *others)
            continue
        lines = [str(one.span.line) for one in (first, *others) if one.span]
        named = ", ".join(lines[:_LINES_NAMED]) + (" …" if len(lines) > _LINES_NAMED else "")
        message = f"{first.message} ({plural(len(lines), 'ställe', 'ställen')}: rad {named})"
        yield first._replace(message=message, more=others[-1].more)


def _notice(one: Located) -> Iterator[TextLine]:
    """A notice asks for nothing, so it takes one line."""
    yield (
        (f"{one.level}[{one.code}]", _COLOURS[one.level]),
        (f": {one.message}  {one.spot}", ""),
        (f"  {one.rest}".rstrip(), "quiet"),
    )


def _full(one: Located, room: int) -> Iterator[TextLine]:
    mark = f"{one.level}[{one.code}]"
    first, *rest = _hung(f"{mark}: ", one.message, room)
    yield ((mark, _COLOURS[one.level]), (first.removeprefix(mark), "title"))
    yield from (plain(text, "title") for text in rest)
    yield plain(f"  {one.spot}", "quiet")
    if one.span is not None and one.excerpt.strip():
        number = str(one.span.line)
        excerpt, before, carets = _marked(one, room - len(number) - 5)
        yield plain(f"  {number} │ {excerpt}")
        margin = f"  {' ' * len(number)} │ "
        if width(margin + before + carets) + 1 + width(one.remark) <= room:
            yield ((margin + before, ""), (f"{carets} {one.remark}".rstrip(), _COLOURS[one.level]))
        else:
            yield ((margin + before, ""), (carets, _COLOURS[one.level]))
            yield from (plain(f"{margin}{text}", _COLOURS[one.level]) for text in fold(one.remark, room - width(margin)))
    elif one.remark:
        yield from (plain(text) for text in _hung("  ", one.remark, room))
    if one.also:
        yield plain(f"  se även {one.also}", "quiet")
    if one.remedy:
        yield from (plain(text) for text in _hung("  hjälp: ", one.remedy, room))
    yield BLANK


def _hung(lead: str, text: str, room: int) -> list[str]:
    """A text after its lead; what does not fit on the line goes on below, under the text."""
    first, *rest = fold(text, max(room - width(lead), NARROWEST))
    return [lead + first, *(" " * width(lead) + line for line in rest)]


def _marked(one: Located, room: int) -> tuple[str, str, str]:
    """The excerpt, cut to fit where the line is long, the space before the carets, and the carets."""
    assert one.span is not None
    start = one.span.column - 1 - one.cut
    end = one.span.end_column - 1 - one.cut if one.span.end_line == one.span.line else len(one.excerpt)
    text = one.excerpt
    if width(text) > (most := max(NARROWEST, min(LONGEST_EXCERPT, room - 2))):
        cut = max(0, start - most // 3)
        stop = cut + fitting(text[cut:], most)
        text = ("…" if cut else "") + text[cut:stop] + ("…" if stop < len(text) else "")
        start, end = start - cut + bool(cut), end - cut + bool(cut)
    end = min(max(end, start + 1), max(len(text), start + 1))
    return text, " " * width(text[:start]), "^" * max(1, width(text[start:end]))


def _short(findings: list[Located], screen: Screen) -> None:
    for one in findings:
        note = f" ({one.remark})" if one.remark else ""
        screen.stream.write(f"{one.spot}: {one.level} {one.code} {one.message}{note}\n")


def _json(findings: list[Located], screen: Screen) -> None:
    content: dict[str, Any] = {"version": VERSION, "fynd": [_item(one) for one in findings]}
    if left := [_left_out(one) for one in findings if one.more]:
        content["utelämnade"] = left
    screen.write_data(json_text(content))


def _item(one: Located) -> dict[str, str | int | None]:
    span = one.span
    return {
        "kod": one.code,
        "nivå": one.level,
        "fil": one.file,
        "rad": span.line if span else None,
        "kolumn": span.column if span else None,
        "slutrad": span.end_line if span else None,
        "slutkolumn": span.end_column if span else None,
        "meddelande": one.headline,
        "hjälp": one.remedy or None,
    }


def _left_out(one: Located) -> dict[str, str | int]:
    return {"kod": one.code, "nivå": one.level, "fil": one.file, "antal": one.more}


def _github(findings: list[Located], screen: Screen) -> None:

    screen.write_data(github(findings))


def _gitlab(findings: list[Located], screen: Screen) -> None:
    from uppfoljning.present.views.findings_data import gitlab

    screen.write_data(gitlab(findings))


def _sarif(findings: list[Located], screen: Screen) -> None:
    from uppfoljning.present.views.findings_data import sarif

    screen.write_data(sarif(findings))


def _markdown(findings: list[Located], screen: Screen) -> None:

    screen.write_data(markdown(findings, COMMENT))


FORMATS: dict[str, Writer] = {
    "text": _text,
    "kort": _short,
    "json": _json,
    "github": _github,
    "gitlab": _gitlab,
    "sarif": _sarif,
    "markdown": _markdown,
}
FROM_THE_TOP = frozenset({"github", "gitlab", "sarif", "markdown"})
"""What is read by a service that knows the repository: files are named from its top, not from the project's folder."""
