"""The words of a plan's history, the same in every face."""

from __future__ import annotations

from collections.abc import Iterable

from uppfoljning.domain.plan_changes import WHOLE
from uppfoljning.files.git import SHORT, GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, plural
from uppfoljning.present.gaps import sentences
from uppfoljning.present.status.beside import NO_REASON

NOT_COMMITTED = "inte sparat i git"
NOT_SEEN = "syns inte i git"
_NONE_SEEN = "Ingen ändring syns, men allt går inte att se."


def answer(account: Account) -> str:
    """The answer in a sentence: how many promises were changed, how many without a reason, and what else."""
    others = len(account.changes) - account.promises
    if not account.changes:
        unchanged = account.decided is not None and not account.gaps
        return (
            "Inget är ändrat sedan beslutet."
            if unchanged
            else "Ingen ändring är loggad."
            if account.decided is None
            else _NONE_SEEN
        )
    said = [plural(account.promises, "löfte är ändrat", "ändringar av löften") if account.promises else "Inga löften är ändrade"]
    if account.promises:
        said.append(f"{account.unexplained} utan skäl" if account.unexplained else "alla med skäl")
    if others:
        said.append(plural(others, "annan ändring", "andra ändringar"))
    return " · ".join(said)


def decided(account: Account, fault: GitFault | None) -> str:
    """Which wording the changes are counted from, or why none is known."""
    plan, wording = account.plan, account.decided
    decision = plan.decision or (wording.plan.decision if wording is not None else None)
    if decision is None:
        return "Planen har inget beslut, så det finns inget att jämföra med. Skriv in det under beslut: när planen är beslutad."
    said = f"Beslutad {decision.day}" + (f" ({one_line(decision.reference)})" if decision.reference else "")
    said += ", men beslutet har tagits bort ur planen" if plan.decision is None else ""
    if wording is None:
        why = f": {fault.message}. {fault.remedy[0].upper()}{fault.remedy[1:]}" if fault is not None else ""
        return f"{said}. Vad planen sade då går inte att läsa{why}."
    if not wording.commit:
        return f"{said}. Planen är inte sparad i git än."
    stood = f"commit {wording.commit[:SHORT]}" + (f" den {wording.day}" if wording.day else "")
    if account.cut:
        return f"{said}. Det äldsta som går att läsa är {stood}."
    return f"{said}. Jämförs med planen som den stod i {stood}."


def out_of_sight(accounts: Iterable[Account]) -> list[str]:
    """What cannot be seen of the plans' past; it stands before everything else."""
    return list(sentences(gap for account in accounts for gap in account.gaps))


def when(one: Told) -> str:
    """The day of the decision to change, else that of the commit."""
    return str(one.day) if one.day is not None else UNKNOWN


def title(one: Told) -> str:
    """The commitment, or that it is the plan itself."""
    return one_line(one.commitment.title) if one.commitment is not None else "hela planen"


def what(one: Told) -> str:
    """Which part was changed."""
    if one.what == WHOLE and not one.before:
        return "åtagandet tillagt"
    return "åtagandet borttaget" if one.what == WHOLE and not one.after else one_line(one.what)


def before(one: Told) -> str:
    """What it said."""
    return one_line(one.before) or UNKNOWN


def after(one: Told) -> str:
    """What it says since."""
    return one_line(one.after) or UNKNOWN


def why(one: Told) -> str:
    """The reason's word, its text and the decision; for what asks for none, a dash."""
    if one.amendment is None:
        return NO_REASON if one.demanded else UNKNOWN
    text = ": ".join(part for part in (one.amendment.reason, one.amendment.why) if part)
    return one_line(text + (f" (beslut: {one.amendment.decision})" if one.amendment.decision else ""))


def commit(one: Told) -> str:
    """Where it can be seen in git: the commit of the change, and that of the reason where it came later."""
    if one.seen is None:
        return NOT_SEEN
    seen = _named(one.seen.commit, one.seen.day)
    return seen if one.logged is None else f"{seen}, skälet {_named(one.logged.commit, one.logged.day)}"


def _named(commit: str, day: object) -> str:
    return f"{commit[:SHORT]} {day}" if commit else NOT_COMMITTED
