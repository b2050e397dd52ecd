"""Checks of the logged changes of a plan: each says what was changed, and the last word on a thing is what the plan now says."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.domain.amendment import GONE, says, stated
from uppfoljning.domain.finding import Problem, TreePath
from uppfoljning.domain.period import Period, parse_period, period_name
from uppfoljning.domain.plan import Amendment, Commitment, Plan
from uppfoljning.domain.plan_changes import POINTER, WHOLE
from uppfoljning.domain.schema import suggestion
from uppfoljning.rules.finding_sink import FindingSink

_PARTS = ("mål", "moment")
"""What a commitment has several of, so that one of them can be gone from the plan and still be named in the log."""


def check_amendments(commitment: Commitment, at: TreePath, out: FindingSink) -> None:
    """Every logged change of a commitment whose log could be read whole."""
    amendments = commitment.amendments
    known = dict.fromkeys(_named(commitment))
    last = _last(amendments)
    for position, amendment in enumerate(amendments):
        here = (*at, "ändringar", position)
        if amendment.what not in known:
            if amendment.after != GONE or amendment.what.partition(".")[0] not in _PARTS:
                message = f"ändringen gäller {amendment.what}, som inte finns i åtagandet"
                out.say((*here, "vad"), Problem("R318", message, suggestion(amendment.what, known)))
        elif position == last[amendment.what] and not says(amendment.after, amendment.what, commitment):
            out.say((*here, "efter"), _other(amendment, stated(amendment.what, commitment)))


def check_plan_amendments(plan: Plan, out: FindingSink) -> None:
    """Every change logged on the plan itself: of its own keys, and of commitments that are no longer there."""
    kept = {one.id for one in plan.commitments}
    known = [*(name for name in Plan.KEYS if name not in ("plan", "åtaganden", "ändringar")), POINTER]
    last = _last(plan.amendments)
    for position, amendment in enumerate(plan.amendments):
        here: TreePath = ("ändringar", position)
        head, dot, name = amendment.what.partition(".")
        if head == WHOLE and dot:
            if name in kept:
                message = f"åtagandet {name} finns kvar i planen"
                remedy = "logga ändringen på åtagandet, eller ta bort det ur planen"
                out.say((*here, "vad"), Problem("R318", message, remedy))
        elif amendment.what not in known:
            message = f"ändringen gäller {amendment.what}, som inte står på planen"
            remedy = suggestion(amendment.what, [*known, f"{WHOLE}.<id>"])
            out.say((*here, "vad"), Problem("R318", message, remedy))
        elif amendment.what == "period" and position == last["period"] and _differs(amendment.after, plan.span):
            out.say((*here, "efter"), _other(amendment, period_name(plan.span)))


def _differs(after: str, span: Period) -> bool:
    return bool(after) and parse_period(after) != span


def _other(amendment: Amendment, now: str) -> Problem:
    message = f"ändringen slutar i {amendment.after}, men planen säger {now}"
    return Problem("P219", message, "rätta planen, eller logga även den senare ändringen med skäl")


def _named(commitment: Commitment) -> list[str]:
    """What an amendment can be about."""
    targets = ["mål"] if len(commitment.targets) == 1 else []
    targets += [f"mål.{target.id}" for target in commitment.targets if target.id is not None]
    steps = [f"moment.{step.id}" for step in commitment.steps]
    own = [name for name in Commitment.KEYS if name not in ("id", "mål", "moment", "ändringar")]
    return [*targets, *steps, WHOLE, *own]


def _last(amendments: Sequence[Amendment]) -> dict[str, int]:
    """The position of the latest entry about each thing."""
    by_day = sorted(range(len(amendments)), key=lambda position: amendments[position].day)
    return {amendments[position].what: position for position in by_day}
