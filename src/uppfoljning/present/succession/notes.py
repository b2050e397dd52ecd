"""What a commitment leaves open, as comments for the one who writes the next plan. Text from reports is data: one line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from uppfoljning.domain.period import period_name
from uppfoljning.domain.plan import Plan
from uppfoljning.followup.carry_over import Carried, MovedOn
from uppfoljning.followup.deviations import OpenObservation
from uppfoljning.present.deviations import cells
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, days, figure, plural

MOST_OBSERVATIONS = 5
"""So many open observations are written out for a commitment; the rest are counted."""
LONGEST = 140
"""Signs of a report's text; the report itself has the rest."""


def notes_of(left: Carried, plan: Plan, as_of: str) -> tuple[str, ...]:
    """The comments of one commitment, under a heading that says where they come from; none when it leaves nothing open."""
    told = [f"- {line}" for line in _told(left, plan)]
    return (f"Från {plan.id}/{left.line.commitment.id}, per {as_of}:", *told) if told else ()


def _told(left: Carried, plan: Plan) -> Iterator[str]:
    yield from map(_moved, left.moved)
    for one in left.one_offs:
        which = f"mål {one.target.id} " if one.target.id else ""
        if one.done is None:
            yield f"{which}inte klart {days(plan.span, year=True)}"
        else:
            yield f"{which}klart {one.done}; ta bort {'målet' if which else 'åtagandet'} om det inte ska göras igen"
    for level in left.levels:
        if level.reached:
            which = f" för {level.target.id}" if level.target.id else ""
            yield f"nivån{which} är redan {figure(level.value)}, så målet är nått från början; skriv ett nytt mål"
    yield from _open(left.observations, plan)


def _moved(one: MovedOn) -> str:
    count = one.entry.report.count
    number = plural(int(count.value) if count is not None else 1, "tillfälle flyttat", "tillfällen flyttade")
    reasons = (": ".join(filter(None, (told.reason, told.why))) for told in one.entry.report.deviations)
    return f"{number} från {days(one.entry.span, year=True)} till {period_name(one.to)} ({_short(', '.join(reasons))})"


def _open(observations: Sequence[OpenObservation], plan: Plan) -> Iterator[str]:
    for one in observations[:MOST_OBSERVATIONS]:
        place = cells.place(one, plan)
        where = "" if place == UNKNOWN else f", {_short(place)}"
        who = _short(cells.who(one.observation.responsible, plan))
        yield f"öppet sedan {one.entry.span.first}{where}: {_short(one.observation.text)} ({who})"
    if (more := len(observations) - MOST_OBSERVATIONS) > 0:
        counted = plural(more, "öppen iakttagelse", "öppna iakttagelser")
        yield f"och {counted} till; alla visas av uppfoljning avvikelser --plan {plan.id}"


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()} …"
