"""Checks of the logged changes of a plan: each says what was changed, and the last word on a thing is what the plan now says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from uppfoljning.domain.finding import Problem, TreePath
from uppfoljning.domain.number import Number, parse_number, written
from uppfoljning.domain.period import parse_period, period_name
from uppfoljning.domain.plan import Amendment, Commitment
from uppfoljning.domain.shape import suggestion
from uppfoljning.domain.target import Target
from uppfoljning.rules.collector import Collector

WHOLE = "åtagande"
"""What an amendment that adds the commitment itself is about."""

_NUMBER = re.compile(r"[-−]?[0-9][0-9 \u00a0\u202f]*(?:[.,][0-9]+)?")


def check_amendments(commitment: Commitment, at: TreePath, out: Collector) -> None:
    """Every logged change of a commitment whose log could be read whole."""
    amendments = commitment.amendments
    for position, amendment in enumerate(amendments):
        here = (*at, "ändringar", position)
        named = _named(commitment)
        if amendment.what not in named:
            message = f"ändringen gäller {amendment.what}, som inte finns i åtagandet"
            out.say((*here, "vad"), Problem("R318", message, suggestion(amendment.what, named)))
        elif position == _last(amendments, amendment.what) and amendment.after:
            now = _now(commitment, amendment)
            if now is not None:
                message = f"ändringen slutar i {amendment.after}, men planen säger {now}"
                remedy = "rätta planen, eller logga även den senare ändringen med skäl"
                out.say((*here, "efter"), Problem("P219", message, remedy))


def _named(commitment: Commitment) -> list[str]:
    """What an amendment can be about."""
    targets = ["mål"] if len(commitment.targets) == 1 else []
    targets += [f"mål.{target.id}" for target in commitment.targets if target.id is not None]
    steps = [f"moment.{step.id}" for step in commitment.steps]
    own = [name for name in Commitment.KEYS if name not in ("id", "mål", "moment", "ändringar")]
    return [*targets, *steps, WHOLE, *own]


def _last(amendments: Sequence[Amendment], what: str) -> int:
    return max((amendment.day, position) for position, amendment in enumerate(amendments) if amendment.what == what)[1]


def _now(commitment: Commitment, amendment: Amendment) -> str | None:
    """What the plan says, where that is something else than the amendment's last word; None where they agree or cannot differ."""
    what, after = amendment.what, amendment.after
    if what.partition(".")[0] == "mål":
        target = next(one for one in commitment.targets if what in ("mål", f"mål.{one.id}"))
        return None if _says(after, target) else _promise(target)
    if what == "period":
        return None if parse_period(after) == commitment.span or after == _ends(commitment) else period_name(commitment.span)
    if what == "parter":
        named = {word for word in re.split(r"[\s,]+", after.strip("[] ")) if word != "och"}
        return None if named == set(commitment.parties) else ", ".join(commitment.parties)
    return None


def _ends(commitment: Commitment) -> str:
    return f"{commitment.span.first}–{commitment.span.last}"


def _says(after: str, target: Target) -> bool:
    """Whether `minst 18` or `minst 18 tillsyner per år` is this target's operator and figure."""
    operator, _, rest = after.casefold().strip().partition(" ")
    rest = rest.strip()
    if operator != target.operator:
        return False
    if target.no_number:
        return rest.startswith(target.no_number)
    if target.due is not None:
        return rest.startswith(target.due.isoformat())
    figures = [_number(found) for found in _NUMBER.findall(rest)]
    wanted = [number for number in (target.value, target.ceiling) if number is not None]
    return figures[: len(wanted)] == [Fraction(number) * (100 if target.share else 1) for number in wanted]


def _number(text: str) -> Number | None:
    found = parse_number(text.strip())
    return None if isinstance(found, Problem) else found


def _promise(target: Target) -> str:
    if target.no_number or target.due is not None:
        return f"{target.operator} {target.no_number or target.due}"
    share = 100 if target.share else 1
    figures = " och ".join(written(number * share) for number in (target.value, target.ceiling) if number is not None)
    return f"{target.operator} {figures}{' %' if target.share else ''}"
