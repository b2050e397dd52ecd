"""The formats of `validera`: one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from uppfoljning.present.escape import json_text
from uppfoljning.present.findings.located import Located
from uppfoljning.present.layout import ANY_WIDTH, fitting, fold, width
from uppfoljning.present.terminal import BLANK, Screen, TextLine, plain

VERSION = 1
LONGEST_EXCERPT = 110
NARROWEST = 10
_COLOURS = {"fel": "bad", "varning": "warn", "notis": "open"}

Writer = Callable[[list[Located], Screen], None]


def _text(findings: list[Located], screen: Screen) -> None:
    for one in findings:
        screen.show(_notice(one) if one.level == "notis" else _full(one, screen.width or ANY_WIDTH))


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
    from uppfoljning.present.findings.github import github

    screen.write_data(github(findings))


def _gitlab(findings: list[Located], screen: Screen) -> None:
    from uppfoljning.present.findings.gitlab import gitlab

    screen.write_data(gitlab(findings))


def _sarif(findings: list[Located], screen: Screen) -> None:
    from uppfoljning.present.findings.sarif import sarif

    screen.write_data(sarif(findings))


def _markdown(findings: list[Located], screen: Screen) -> None:
    from uppfoljning.present.findings.markdown import COMMENT, markdown

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
