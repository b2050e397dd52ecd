"""The words of a plan's history, the same in every face."""

from __future__ import annotations

from uppfoljning.domain.plan_changes import WHOLE
from uppfoljning.files.git import GitFault
from uppfoljning.followup.history import Account, Told
from uppfoljning.present.figures import UNKNOWN, plural
from uppfoljning.present.foot import SHORT
from uppfoljning.present.safe import one_line
from uppfoljning.present.status.beside import NO_REASON

NOT_COMMITTED = "inte sparat i git"
NOT_SEEN = "syns inte i git"


def answer(account: Account) -> str:
    """The answer in a sentence: how many promises were changed, how many without a reason, and what else."""
    others = len(account.changes) - account.promises
    if not account.changes:
        return "Inget är ändrat sedan beslutet." if account.decided is not None else "Ingen ändring är loggad."
    said = [plural(account.promises, "löfte är ändrat", "ändringar av löften") if account.promises else "Inga löften är ändrade"]
    if account.promises:
        said.append(f"{account.unexplained} utan skäl" if account.unexplained else "alla med skäl")
    if others:
        said.append(plural(others, "annan ändring", "andra ändringar"))
    return " · ".join(said)


def decided(account: Account, fault: GitFault | None) -> str:
    """Which wording the changes are counted from, or why none is known."""
    plan, wording = account.plan, account.decided
    if plan.decision is None:
        return "Planen har inget beslut, så det finns inget att jämföra med. Skriv in det under beslut: när planen är beslutad."
    said = f"Beslutad {plan.decision.day}" + (f" ({one_line(plan.decision.reference)})" if plan.decision.reference else "")
    if wording is None:
        why = f": {fault.message}. {fault.remedy[0].upper()}{fault.remedy[1:]}" if fault is not None else ""
        return f"{said}. Vad planen sade då går inte att läsa{why}."
    if not wording.commit:
        return f"{said}. Planen är inte sparad i git än."
    stood = f"commit {wording.commit[:SHORT]}" + (f" den {wording.day}" if wording.day else "")
    if account.cut:
        return f"{said}. Klonen har bara historik från {stood}; hämta resten med: git fetch --unshallow"
    return f"{said}. Jämförs med planen som den stod i {stood}."


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
