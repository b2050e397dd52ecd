"""What falls due as a calendar that other programs read: RFC 5545, one all-day event each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from uppfoljning.followup.outstanding import Once, Outstanding, Overview, Report
from uppfoljning.present.escape import one_line
from uppfoljning.present.outstanding.words import about, name

OCTETS = 75
"""The longest line that RFC 5545 allows (3.1), its line break not counted."""


def calendar(overviews: Iterable[Overview], as_of: date) -> str:
    """Every report and once-only step that falls due from the day on; empty when none does, as a calendar may not be."""
    events = {
        (item.due, uid): (overview, one, item)
        for overview in overviews
        for one in overview.functions
        for item in one.ahead
        for uid in [_uid(overview, item)]
    }
    if not events:
        return ""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//uppfoljning//saknas//SV", "CALSCALE:GREGORIAN"]
    for (due, uid), (overview, one, item) in sorted(events.items(), key=lambda event: event[0]):
        lines += ["BEGIN:VEVENT", f"UID:{_escaped(uid)}", f"DTSTAMP:{_compact(as_of)}T000000Z"]
        lines += [f"DTSTART;VALUE=DATE:{_compact(due)}", f"SUMMARY:{_escaped(one_line(_what(one, item)))}"]
        description = "\n".join(one_line(text) for text in _description(overview, one, item))
        lines += [f"DESCRIPTION:{_escaped(description)}", "TRANSP:TRANSPARENT", "END:VEVENT"]
    return "".join(f"{piece}\r\n" for line in (*lines, "END:VCALENDAR") for piece in _folded(line))


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
