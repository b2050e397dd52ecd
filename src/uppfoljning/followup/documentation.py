"""The documentation chain of a commitment: without it one cannot say what in the work gave the result."""

from __future__ import annotations

from uppfoljning.domain.plan import Commitment
from uppfoljning.domain.target import WITHOUT_NUMBER


def documentation(commitment: Commitment) -> dict[str, bool]:
    """Each link from causes to follow-up, in order, and whether the plan has it.

    A target is there when one is written, with a number or not; the follow-up when it is said how it is reported, or there is a
    rota of planned days.
    """
    return {
        "orsaker": bool(commitment.causes),
        "val": bool(commitment.choice),
        "syfte": bool(commitment.purpose),
        "arbetssätt": bool(commitment.method),
        "mål": commitment.targets[0] is not WITHOUT_NUMBER,
        "uppföljning": commitment.reporting is not None or bool(commitment.rota),
    }
