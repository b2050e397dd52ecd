"""The faces of `saknas`, by name. Each says whether it wrote anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Commitment
from uppfoljning.followup.outstanding import SOON, Once, Outstanding, Overview, Partly, Report, runs
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Document
from uppfoljning.present.document.tables import plan_part, small_paper
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import plural
from uppfoljning.present.layout import ANY_WIDTH, fold
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.drawn import PAPERS
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain
from uppfoljning.present.views.outstanding_cells import (
    NOTHING,
    about,
    about_run,
    counted,
    lacking,
    listed,
    name,
    outstanding_grid,
    since,
    since_first,
    spoken,
    spoken_day,
    summary,
    until,
)
from uppfoljning.present.views.status import head

# What falls due as a calendar that other programs read: RFC 5545, all-day events.


OCTETS = 75
"""The longest line that RFC 5545 allows (3.1), its line break not counted."""


def calendar(overviews: Iterable[Overview], as_of: date) -> str:
    """What falls due from the day on, one event a week and function; empty when nothing does, as a calendar may not be."""
    weeks: dict[tuple[str, str, int, int], dict[str, Report | Once]] = {}
    whose: dict[tuple[str, str], tuple[Overview, Outstanding]] = {}
    for overview in overviews:
        for one in overview.functions:
            whose[overview.plan.id, one.who.id] = overview, one
            for item in one.ahead:
                year, week, _ = item.due.isocalendar()
                weeks.setdefault((overview.plan.id, one.who.id, year, week), {})[_uid(overview, item)] = item
    if not weeks:
        return ""
    events = sorted(_event(*whose[key[:2]], key, items) for key, items in weeks.items())
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uppfoljning//saknas//SV", "CALSCALE:GREGORIAN"]
    for due, uid, title, description in events:
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(uid)}", f"DTSTAMP:{_compact(as_of)}T000000Z"]
        lines += [f"DTSTART;VALUE=DATE:{_compact(due)}", f"SUMMARY:{_escaped(one_line(title))}"]
        lines += [f"DESCRIPTION:{_escaped(description)}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{piece}\r\n" for line in (*lines, "END:VCALENDAR") for piece in _folded(line))


def _event(
    overview: Overview, one: Outstanding, week: tuple[str, str, int, int], items: Mapping[str, Report | Once]
) -> tuple[date, str, str, str]:
    """The day, identity, title and text of what falls due for a function in a week; a thing that is alone has its own."""
    (uid, item), *others = sorted(items.items(), key=lambda each: (each[1].due, each[0]))
    if not others:
        return item.due, uid, _what(one, item), "\n".join(one_line(text) for text in _description(overview, one, item))
    plan, who, year, number = week
    reports = [each for each in items.values() if isinstance(each, Report)]
    title = f"Senast i vecka {number}: {lacking(len(reports), len(items) - len(reports))} ({one.who.title})"
    what = [f"{each.due}: {_what(one, each)}" for _, each in ((uid, item), *others)]
    told = [*what, f"Ansvarig: {name(one.who)}", f"Plan: {overview.plan.title}"]
    if reports:
        told.append("Skicka snabbrapporten, eller en nollrapport om inget hände.")
    return item.due, one_line(f"{plan}/{who}/{year}-W{number:02}@uppfoljning"), title, "\n".join(map(one_line, told))


def _uid(overview: Overview, item: Report | Once) -> str:
    """The same for the same promise however its due day is moved, so that a calendar moves the event instead of doubling it."""
    what = f"{item.duty.about.first}--{item.duty.about.last}" if isinstance(item, Report) else f"moment/{item.step.id}"
    return one_line(f"{overview.plan.id}/{item.commitment.id}/{what}@uppfoljning")


def _what(one: Outstanding, item: Report | Once) -> str:
    if isinstance(item, Report):
        return f"Rapport: {item.commitment.title}, {about(item)} ({one.who.title})"
    return f"Moment: {item.step.title}, {item.commitment.title} ({one.who.title})"


def _description(overview: Overview, one: Outstanding, item: Report | Once) -> Iterator[str]:
    yield "Sista dagen att lämna rapporten i tid." if isinstance(item, Report) else "Sista dagen för momentet."
    yield f"Ansvarig: {name(one.who)}"
    yield f"Plan: {overview.plan.title}"
    if isinstance(item, Report):
        yield "Skicka snabbrapporten, eller en nollrapport om inget hände."


def _compact(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """A value of type TEXT (3.3.11)."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """A content line in pieces of at most 75 octets, all but the first after a space; no letter is split."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    yield piece


# `saknas --format json`: a contract with a version. Numbers are numbers, what is unknown is null.


VERSION = 1


def outstanding_json(overviews: list[Overview], foot: Provenance, view: View) -> str:
    """What is outstanding as JSON text; `snart` reaches `snart_dagar` days ahead."""
    functions = [one for overview in overviews for one in overview.functions]
    content = {
        "version": VERSION,
        "plan": overviews[0].plan.id if len(overviews) == 1 else None,
        "vid": view.as_of.isoformat(),
        "period": period_name(view.period) if view.period else None,
        "commit": foot.commit or None,
        **foot.json(),
        "filer": {"lästa": foot.files, "utelämnade": foot.left_out, "utelämnade_rader": foot.rows_left_out},
        "snart_dagar": SOON,
        "antal": {
            "saknade": sum(len(one.missing) for one in functions),
            "moment_kvar": sum(len(one.undone) for one in functions),
            "funktioner": sum(one.lacking > 0 for one in functions),
            "sena": sum(len(one.late) for one in functions),
            "moment_delvis": sum(len(one.partly) for one in functions),
        },
        "funktioner": [_json_function(overview.plan.id, one) for overview in overviews for one in overview.told],
    }
    return json_text(content)


def _json_function(plan: str, one: Outstanding) -> dict[str, Any]:
    return {
        "plan": plan,
        "id": one.who.id,
        "titel": one.who.title,
        "part": one.who.party,
        "part_titel": one.who.party_title,
        "saknade": [_json_report(report) | {"dagar_sedan": report.days} for report in one.missing],
        "sena": [_json_late(report) for report in one.late],
        "moment_kvar": [_once(step) | {"dagar_sedan": step.days} for step in one.undone],
        "moment_delvis": [_json_partly(step) for step in one.partly],
        "snart": [(_json_report(one) if isinstance(one, Report) else _once(one)) | {"dagar_kvar": one.days} for one in one.soon],
    }


def _json_report(report: Report) -> dict[str, Any]:
    commitment, duty = report.commitment, report.duty
    return {
        "slag": "rapport",
        "åtagande": commitment.id,
        "titel": commitment.title,
        "avser": period_name(duty.about),
        "förfaller": duty.due.isoformat(),
    }


def _json_late(report: Report) -> dict[str, Any]:
    answered = report.duty.answered
    return _json_report(report) | {"inkom": answered.isoformat() if answered else None, "dagar_sent": report.days}


def _once(item: Once) -> dict[str, Any]:
    return _json_step(item) | {"förfaller": item.due.isoformat()}


def _json_partly(item: Partly) -> dict[str, Any]:
    return _json_step(item) | {
        "gjort": item.done,
        "tillfällen": item.occasions,
        "inte_gjort": [day.isoformat() for day in item.undone],
        "inget_svar": [day.isoformat() for day in item.unanswered],
    }


def _json_step(item: Once | Partly) -> dict[str, Any]:
    commitment, step = item.commitment, item.step
    return {"slag": "moment", "åtagande": commitment.id, "titel": commitment.title, "moment": step.id, "moment_titel": step.title}


# A short, kind letter to each function that something is missing from, ready to be sent to its mailbox; never to a person.


RULE = 72
"""How long the line between two letters is, where there is room."""


def letters(overviews: list[Overview], room: int | None) -> Iterator[TextLine]:
    """One letter for each function with something missing, a line between them."""
    to_write = [(overview, one) for overview in overviews for one in overview.functions if one.asked]
    if not overviews:
        yield from folded("Det finns ingen plan att följa upp, så det går inte att se om någon behöver påminnas.", room)
        return
    if not to_write:
        yield from folded(f"{NOTHING}, så det behövs ingen påminnelse.", room)
        return
    for number, (overview, one) in enumerate(to_write, 1):
        yield plain("=" * min(room or RULE, RULE), "quiet")
        yield from folded(f"Mejl {number} av {len(to_write)}", room, style="quiet")
        yield BLANK
        yield from _letter(overview, one, room)
        yield BLANK
    yield plain("=" * min(room or RULE, RULE), "quiet")


def _letter(overview: Overview, one: Outstanding, room: int | None) -> Iterator[TextLine]:
    title = one_line(overview.plan.title)
    party = "" if one.who.party == one.who.id else f", {one.who.party_title}"
    yield from folded(f"Till: funktionsbrevlådan för {one.who.title}{party}", room)
    yield from folded(f"Ämne: Påminnelse om {_subject(one)} – {title}", room, style="title")
    yield BLANK
    yield from folded(f"Hej {one.who.title}!", room)
    for lead, bullets in _parts(overview, one):
        yield BLANK
        yield from folded(lead, room)
        for text in bullets:
            yield from _bullet(text, room)
    yield BLANK
    for text in _how(one):
        yield from folded(text, room)
    yield BLANK
    yield from folded("Tack för hjälpen!", room)


def _subject(one: Outstanding) -> str:
    steps = len(one.undone) + len(one.unanswered)
    reports = [plural(len(one.missing), "snabbrapport", "snabbrapporter")] if one.missing else []
    return listed([*reports, plural(steps, "moment", "moment")] if steps else reports)


def _parts(overview: Overview, one: Outstanding) -> Iterator[tuple[str, list[str]]]:
    near = overview.view.as_of
    if one.missing:
        one_or_more = "en snabbrapport" if len(one.missing) == 1 else "de här snabbrapporterna"
        yield (
            f"Vi väntar på {one_or_more} från dig:",
            _gathered(one.missing, lambda item: spoken(item.duty.about, near) + ("" if item.days else " (senast i dag)")),
        )
    if one.undone:
        text = "Det här momentet ser ut att vara kvar:" if len(one.undone) == 1 else "De här momenten ser ut att vara kvar:"
        yield text, [f"{_mail_step(item)}, planerat till {spoken_day(item.due, near)}" for item in one.undone]
    if one.unanswered:
        yield (
            "Vi ser inte i rapporterna om det här gjordes:",
            [f"{_mail_step(item)}: {listed([spoken_day(day, near) for day in item.unanswered])}" for item in one.unanswered],
        )
    if one.soon:
        yield "Det här är på gång de närmaste två veckorna:", [_coming(overview, item) for item in one.soon]


def _gathered(items: Sequence[Report], say: Callable[[Report], str]) -> list[str]:
    """One bullet for each commitment, with all its days."""
    by_commitment: dict[str, tuple[Commitment, list[str]]] = {}
    for run in runs(items):
        first, last = run[0], run[-1]
        said = say(first) if first is last else f"{say(first)} till {say(last)} ({len(run)} dagar)"
        by_commitment.setdefault(first.commitment.id, (first.commitment, []))[1].append(said)
    return [f"{commitment.title}: {listed(said)}" for commitment, said in by_commitment.values()]


def _coming(overview: Overview, item: Report | Once) -> str:
    near = overview.view.as_of
    last = "senast i dag" if not item.days else f"senast {spoken_day(item.due, near)}"
    if isinstance(item, Report):
        return f"{item.commitment.title}: rapport för {spoken(item.duty.about, near)}, {last}"
    return f"{_mail_step(item)}, {last}"


def _mail_step(item: Once | Partly) -> str:
    return f"{item.step.title} ({item.commitment.title})"


def _how(one: Outstanding) -> Iterator[str]:
    if one.missing:
        yield "Så gör du: skicka snabbrapporten, eller en nollrapport om inget hände. Blev något inställt? Skriv det i rapporten."
    if one.undone or one.unanswered:
        yield "Är momentet redan gjort, eller blev det ändrat? Svara på det här mejlet, så fyller vi i det."
    if one.missing:
        yield "Har du redan skickat rapporten? Tack! Säg till, så letar vi rätt på den."


def _bullet(text: str, room: int | None) -> Iterator[TextLine]:
    for at, part in enumerate(fold(text, (room or ANY_WIDTH) - 2)):
        yield plain(("  " if at else "- ") + part)


# `saknas` as a small paper.


def outstanding_paper(overviews: list[Overview], foot: Provenance, view: View) -> Document:
    """The answer and the table of each plan."""
    parts = [plan_part(one.plan, (summary([one]),), outstanding_grid([one])) for one in overviews]
    return small_paper("Det som saknas", view, foot, parts)


# `saknas` as text: the answer first, then each function with what rests on it. Each row can stand alone when read aloud.


SHOWN = 12
"""How many days or late reports a row names before it only counts the rest."""


def outstanding_text(overviews: list[Overview], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """What is outstanding in each plan, then one foot for all."""
    if not overviews:
        yield plain("Inga planer.")
        yield BLANK
    for overview in overviews:
        yield from head(overview.plan.title, overview.view, room)
        yield from folded(summary([overview]), room)
        for one in overview.told:
            yield BLANK
            yield from _text_function(one, room)
        yield BLANK
    asked = sum(one.asked for overview in overviews for one in overview.functions)
    if asked:
        to_do = f"Att göra nu: påminn {plural(asked, 'funktion', 'funktioner')} (uppfoljning saknas --paminnelse skriver mejlen)"
        yield from folded(to_do, room)
    yield from folded(str(foot), room, style="quiet")


def _text_function(one: Outstanding, room: int | None) -> Iterator[TextLine]:
    yield from folded(f"{one_line(name(one.who))}: {counted(one)}", room, style="title")
    for run in runs(one.missing):
        said = f"{run[0].commitment.title}, rapport för {about_run(run)}, {since_first(run)}"
        yield from _row(f"○ saknas: {said}", room, "open")
    for step in one.undone:
        yield from _row(f"■ inte gjort: {_text_step(step)}, {since(step)}", room, "bad")
    for text in _text_late(one.late):
        yield from _row(f"▲ kom sent: {text}", room, "warn")
    for partly in one.partly:
        yield from _row(f"▲ inte varje gång: {_text_partly(partly)}", room, "warn")
    for item in one.soon:
        yield from _row(
            f"· förfaller snart: {_text_report(item) if isinstance(item, Report) else _text_step(item)}, {until(item)}", room
        )


def _row(text: str, room: int | None, style: str = "") -> Iterator[TextLine]:
    """What goes on below stands further in, so that a row is told from the next."""
    for at, part in enumerate(fold(text, (room or ANY_WIDTH) - 4)):
        yield plain((" " * 4 if at else " " * 2) + part, style)


def _text_report(report: Report) -> str:
    return f"{report.commitment.title}, rapport för {about(report)}"


def _text_step(item: Once | Partly) -> str:
    return f"{item.commitment.title}, moment {item.step.title}"


def _text_late(late: Sequence[Report]) -> Iterator[str]:
    """One row for each commitment: when the reports came matters less than what is still missing."""
    for commitment in dict.fromkeys(report.commitment.id for report in late):
        reports = [report for report in late if report.commitment.id == commitment]
        told = [f"{about(report)} ({plural(report.days, 'dag', 'dagar')})" for report in reports]
        yield f"{reports[0].commitment.title}, rapport för {_some(told)}"


def _text_partly(partly: Partly) -> str:
    said = [
        f"{_text_step(partly)}, redovisat som gjort vid {partly.done} av {plural(partly.occasions, 'tillfälle', 'tillfällen')}"
    ]
    for word, dates in (("inte gjort", partly.undone), ("inget svar i rapporten för", partly.unanswered)):
        if dates:
            said.append(f"{word} {_some(_days(dates))}")
    return " · ".join(said)


def _days(dates: Sequence[date]) -> list[str]:
    return [str(one) for one in dates]


def _some(words: list[str]) -> str:
    if len(words) <= SHOWN:
        return listed(words)
    return f"{', '.join(words[:SHOWN])} och {len(words) - SHOWN} till"


Writer = Callable[[list[Overview], Provenance, View, Screen], bool]


def _text(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:

    screen.show(outstanding_text(overviews, foot, screen.width))
    return True


def _json(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:

    screen.write_data(outstanding_json(overviews, foot, view))
    return True


def _csv(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.views.outstanding_cells import outstanding_csv

    screen.write_data(outstanding_csv(overviews))
    return True


def _markdown(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
    from uppfoljning.present.views.outstanding_cells import outstanding_markdown

    screen.write_data(outstanding_markdown(overviews, foot))
    return True


def _letters(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:

    screen.show(letters(overviews, screen.width))
    return True


def _calendar(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:

    text = calendar(overviews, view.as_of)
    screen.write_data(text)
    return bool(text)


def _paper(face: str) -> Writer:
    def write(overviews: list[Overview], foot: Provenance, view: View, screen: Screen) -> bool:
        from uppfoljning.present.renderers.drawn import drawn

        screen.write_bytes(drawn(face, outstanding_paper(overviews, foot, view)))
        return True

    return write


FORMATS: dict[str, Writer] = {
    "text": _text,
    "json": _json,
    "csv": _csv,
    "md": _markdown,
    "paminnelse": _letters,
    "ics": _calendar,
    **{face: _paper(face) for face in PAPERS},
}
