"""Which entries of `ändringar` give the reason for what differs between two wordings of a plan."""

from __future__ import annotations

import pytest

from tests.projects import FORM, commitment, plan, read
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import changes_between, reasons_for

TWO = (commitment("{minst: 12}"), commitment("{minst: 3}", id="annat"))


def wording(text: str) -> Plan:
    return read({"plans/prov-2026.yaml": text, "plans/snabbrapporter/prov.yaml": FORM}).plans["prov-2026"]


def reasons(before: str, after: str) -> list[tuple[str, str]]:
    """What was changed, with the `varför` of the entries that explain it."""
    old, new = wording(before), wording(after)
    found = ((change.what, reasons_for(change, old, new)) for change in changes_between(old, new))
    return [(what, "; ".join(entry.why for entry in entries)) for what, entries in found]


def logged(*entries: str) -> tuple[str, ...]:
    return ("ändringar:", *(f"  - {{{entry}, skäl: annat}}" for entry in entries))


LAST = "datum: 2026-05-01, vad: mål, efter: minst 6, varför: sist"
SAME_DAY = "datum: 2026-05-01, vad: mål, efter: minst 6, varför: sist samma dag"
FIRST = "datum: 2026-03-01, vad: mål, efter: minst 9, varför: först"


@pytest.mark.parametrize(
    ("promised", "before", "after", "why"),
    [
        (12, (), (FIRST, LAST), "först; sist"),
        (12, (), (LAST, SAME_DAY), "sist; sist samma dag"),
        (9, (FIRST,), (FIRST, LAST), "sist"),
        (12, (), ("datum: 2026-05-01, vad: parter, varför: annat",), ""),
        (12, (), (), ""),
    ],
    ids=["by day", "of the same day as written", "what was there before is not new", "about something else", "none"],
)
def test_every_new_entry_about_it(promised: int, before: tuple[str, ...], after: tuple[str, ...], why: str) -> None:
    old, new = (
        plan(commitment(f"{{minst: {least}}}", *(logged(*entries) if entries else ())))
        for least, entries in ((promised, before), (6, after))
    )
    assert reasons(old, new) == [("mål", why)]


def test_a_dropped_commitment_is_explained_on_the_plan() -> None:
    entry = "ändringar:\n  - {datum: 2026-05-01, vad: åtagande.annat, skäl: annat, varför: slut}"
    assert reasons(plan(*TWO), plan(TWO[0], extra=entry)) == [("åtagande", "slut")]
    assert reasons(plan(*TWO), plan(TWO[0])) == [("åtagande", "")]


def test_a_new_commitment_is_explained_on_itself() -> None:
    added = commitment("{minst: 3}", *logged("datum: 2026-05-01, vad: åtagande, varför: nytt"), id="annat")
    assert reasons(plan(TWO[0]), plan(TWO[0], added)) == [("åtagande", "nytt")]
