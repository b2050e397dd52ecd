"""What the two ends of a logged change say, held against a commitment."""

from __future__ import annotations

import re
from fractions import Fraction

from uppfoljning.domain.clock import Length, parse_unit_length
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.number import Number, parse_number
from uppfoljning.domain.period import parse_period, period_name
from uppfoljning.domain.plan import Commitment
from uppfoljning.domain.target import Target, promise

GONE = "utgår"
"""What `efter` says of a target or a step that is no longer in the plan."""

_NUMBER = re.compile(r"[-−]?[0-9][0-9 \u00a0\u202f]*(?:[.,][0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def says(text: str, what: str, commitment: Commitment | None) -> bool:
    """Whether a text, the `före` or `efter` of an entry about `what`, is what the commitment says.

    Of targets the operator and the figure are compared, of a step its day. What is told in free words cannot disagree.
    """
    if commitment is None or not text:
        return True
    head, _, name = what.partition(".")
    if head == "mål":
        targets = [target for target in commitment.targets if name in ("", target.id)]
        return any(_says(text, target) for target in targets) if targets else text == GONE
    if head == "moment":
        days = _DAY.findall(text)
        step = commitment.step(name)
        if step is None or text == GONE:
            return step is None and text == GONE
        return not days or step.due is None or step.due.isoformat() in days
    if what == "period":
        return parse_period(text) == commitment.span or text == _ends(commitment)
    if what == "parter":
        return {word for word in re.split(r"[\s,]+", text.strip("[] ")) if word != "och"} == set(commitment.parties)
    return True


def stated(what: str, commitment: Commitment) -> str:
    """What the commitment says of `what`, in the words an entry can use."""
    head, _, name = what.partition(".")
    if head == "mål":
        return "; ".join(promise(target) for target in commitment.targets if name in ("", target.id))
    if head == "moment":
        step = commitment.step(name)
        return f"senast {step.due}" if step is not None and step.due else ""
    return period_name(commitment.span) if what == "period" else ", ".join(commitment.parties)


def _ends(commitment: Commitment) -> str:
    return f"{commitment.span.first}–{commitment.span.last}"


def _says(text: str, target: Target) -> bool:
    """Whether `minst 18` or `minst 18 tillsyner per år` is this target's operator and figure."""
    operator, _, rest = text.casefold().strip().partition(" ")
    rest = rest.strip()
    if operator != target.operator:
        return False
    if target.no_number:
        return rest.startswith(target.no_number)
    if target.due is not None:
        return rest.startswith(target.due.isoformat())
    if target.counts.an_hour and isinstance(length := parse_unit_length(rest), Length):
        return Fraction(length.hours) * target.counts.an_hour == target.value
    figures = [_number(found) for found in _NUMBER.findall(rest)]
    wanted = [number for number in (target.value, target.ceiling) if number is not None]
    return figures[: len(wanted)] == [Fraction(number) * (100 if target.share else 1) for number in wanted]


def _number(text: str) -> Number | None:
    found = parse_number(text.strip())
    return None if isinstance(found, Problem) else found
