"""Which reason belongs to which change: by what the entry says it went from and to, and by when it was written."""

from __future__ import annotations

from datetime import date

import pytest

from tests.domain.test_plan_changes import of
from tests.projects import commitment
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.plan_history import PlanHistory, Wording, history_of

DECIDED = "beslut: {datum: 2025-12-10}"


def entry(what: str, before: str = "", after: str = "", day: str = "2026-05-04") -> str:
    ends = "".join(f", {key}: {text}" for key, text in (("före", before), ("efter", after)) if text)
    return f"{{datum: {day}, vad: {what}{ends}, skäl: resurser}}"


def lov(target: str, *entries: str, more: str = "") -> Plan:
    lines = [more] if more else []
    lines += [f"ändringar: [{', '.join(entries)}]"] if entries else []
    return of(commitment(target, *lines), extra=DECIDED)


def history(*plans: Plan) -> PlanHistory:
    return history_of([Wording(plan, f"{at:040}", date(2026, 1, 1 + at), f"Steg {at}") for at, plan in enumerate(plans)])


def told(found: PlanHistory) -> list[tuple[str, str, bool, int | None]]:
    """Each change: what, its end, whether it has a reason, and the step that brought the reason."""
    steps = [event.logged.day.day - 1 if event.logged and event.logged.day else None for event in found.events]
    changes = [(event.change.what, event.change.after, event.amendment is not None) for event in found.events]
    return [(*change, step) for change, step in zip(changes, steps, strict=True)]


def without_reason(found: PlanHistory) -> list[str]:
    return [f"{event.change.before} → {event.change.after}" for event in found.unexplained]


def test_nothing_has_happened() -> None:
    found = history(lov("{minst: 24}"))
    assert (found.events, found.unseen, found.unexplained) == ((), (), [])
    assert found.original == found.decided.plan


def test_a_lowered_target_without_a_reason() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}"))
    assert told(found) == [("mål", "minst 18 tillfällen", False, None)]
    assert without_reason(found) == ["minst 24 tillfällen → minst 18 tillfällen"]


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (entry("mål", "minst 24", "minst 18"), True),
        (entry("mål", "", "minst 18"), True),
        (entry("mål"), True),
        (entry("mål", "minst 24"), True),
        (entry("mål", "minst 30", "minst 18"), False),
        (entry("mål", "minst 30"), False),
        (entry("period", "2026", "2026"), False),
        (entry("parter"), False),
    ],
)
def test_the_entry_must_be_about_this_change(said: str, counts: bool) -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}", said))
    assert [event.amendment is not None for event in found.events] == [counts]
    assert bool(found.unexplained) is not counts
    assert len(found.unseen) == (0 if counts else 1)


def test_a_reason_may_come_later() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}"), lov("{minst: 18}", entry("mål", "minst 24", "minst 18")))
    assert told(found) == [("mål", "minst 18 tillfällen", True, 2)]
    assert without_reason(found) == []


def test_without_a_reason_and_then_with_one() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}"), lov("{minst: 12}", entry("mål", "minst 18", "minst 12")))
    assert [one[2] for one in told(found)] == [False, True]
    assert without_reason(found) == ["minst 24 tillfällen → minst 18 tillfällen"]


def test_one_entry_for_the_whole_way() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}"), lov("{minst: 12}", entry("mål", "minst 24", "minst 12")))
    assert without_reason(found) == []
    assert len({id(event.amendment) for event in found.events}) == 1


def test_an_entry_without_ends_speaks_of_what_had_happened_by_then() -> None:
    log = entry("mål")
    found = history(lov("{minst: 24}"), lov("{minst: 18}", log), lov("{minst: 12}", log))
    assert [one[2] for one in told(found)] == [True, False]
    assert without_reason(found) == ["minst 18 tillfällen → minst 12 tillfällen"]


def test_two_changes_with_an_entry_each() -> None:
    first, second = entry("mål", "minst 24", "minst 18"), entry("mål", "minst 18", "minst 12", "2026-09-01")
    found = history(lov("{minst: 24}"), lov("{minst: 18}", first), lov("{minst: 12}", first, second))
    assert [event.amendment.day.month for event in found.events if event.amendment] == [5, 9]
    assert without_reason(found) == []


def test_what_was_changed_back_needs_no_reason() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}"), lov("{minst: 24}"))
    assert len(found.events) == 2
    assert without_reason(found) == []


def test_an_entry_as_old_as_the_decision_explains_nothing_later() -> None:
    log = entry("mål", "minst 30")
    found = history(lov("{minst: 24}", log), lov("{minst: 18}", log))
    assert without_reason(found) == ["minst 24 tillfällen → minst 18 tillfällen"]
    assert [(one.commitment, one.first) for one in found.unseen] == [("lov", 0)]


def test_a_reason_that_was_taken_away_is_none() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 18}", entry("mål")), lov("{minst: 18}"))
    assert without_reason(found) == ["minst 24 tillfällen → minst 18 tillfällen"]


def test_what_changes_no_promise_needs_no_reason() -> None:
    found = history(lov("{minst: 24}"), lov("{minst: 24}", more="syfte: Lugn"))
    assert told(found) == [("syfte", "Lugn", False, None)]
    assert without_reason(found) == []


STEP = "moment: [{id: brev, titel: Brev, senast: 2026-03-31}]"


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        (entry("moment.brev", "senast 2026-03-31", "senast 2026-05-31"), True),
        (entry("moment.brev", "i mars", "i maj"), True),
        (entry("moment.brev", "senast 2026-04-30", "senast 2026-05-31"), False),
        (entry("mål"), False),
    ],
)
def test_a_later_step(said: str, counts: bool) -> None:
    found = history(lov("{minst: 24}", more=STEP), lov("{minst: 24}", said, more=STEP.replace("2026-03", "2026-05")))
    assert bool(found.unexplained) is not counts


def test_a_dropped_step_and_a_dropped_target() -> None:
    two = "[{id: a, minst: 4}, {id: b, högst: 9}]"
    dropped = [entry("moment.brev", "", "utgår"), entry("mål.b", "högst 9", "utgår")]
    before = lov(two, more=STEP)
    assert without_reason(history(before, lov("[{id: a, minst: 4}]", *dropped))) == []
    assert len(history(before, lov("[{id: a, minst: 4}]")).unexplained) == 2


def test_a_single_target_is_called_so_whatever_its_id() -> None:
    one = "[{id: a, minst: 4}]"
    assert without_reason(history(lov(one), lov("[{id: a, minst: 3}]", entry("mål", "minst 4", "minst 3")))) == []


def annat(*entries: str, target: str = "{minst: 2}") -> str:
    return commitment(target, *([f"ändringar: [{', '.join(entries)}]"] if entries else []), id="annat")


def both(*entries: str, target: str = "{minst: 2}") -> Plan:
    return of(commitment("{minst: 24}"), annat(*entries, target=target), extra=DECIDED)


def test_an_added_commitment() -> None:
    assert without_reason(history(lov("{minst: 24}"), both())) == [" → Löftet: minst 2 tillfällen"]
    assert without_reason(history(lov("{minst: 24}"), both(entry("åtagande")))) == []


def test_what_was_promised_of_an_added_commitment_is_as_it_was_added() -> None:
    log = entry("åtagande", "", "nytt")
    found = history(lov("{minst: 24}"), both(log), both(log, target="{minst: 1}"))
    assert [one.targets[0].value for one in found.original.commitments] == [24, 2]
    assert without_reason(found) == ["minst 2 tillfällen → minst 1 tillfällen"]


def test_a_dropped_commitment_is_logged_on_the_plan() -> None:
    plan = lov("{minst: 24}")
    logged = of(commitment("{minst: 24}"), extra=f"{DECIDED}\nändringar: [{entry('åtagande.annat')}]")
    assert without_reason(history(both(), plan)) == ["Löftet: minst 2 tillfällen → "]
    assert without_reason(history(both(), logged)) == []
    lowered = both(entry("mål", "minst 2", "minst 1"), target="{minst: 1}")
    found = history(both(), lowered, logged)
    assert [event.amendment is not None for event in found.events] == [True, True]


def test_a_longer_plan_is_logged_once_for_all() -> None:
    longer = "{från: 2026-01-01, till: 2027-06-30}"
    silent = of(commitment("{minst: 24}"), period=longer, extra=DECIDED)
    logged = of(commitment("{minst: 24}"), period=longer, extra=f"{DECIDED}\nändringar: [{entry('period')}]")
    assert without_reason(history(lov("{minst: 24}"), silent)) == ["2026 → 2026-01-01–2027-06-30"]
    assert without_reason(history(lov("{minst: 24}"), logged)) == []
