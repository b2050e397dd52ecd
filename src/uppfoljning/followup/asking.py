"""What may be asked of a project: the plans, commitments, parties and places it has. The command line and the API ask here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from uppfoljning.domain.finding import Problem
from uppfoljning.domain.period import Period, parse_period
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.scalars import hint, refusal
from uppfoljning.followup.table import Selection, Table, follow_up
from uppfoljning.followup.view import View
from uppfoljning.project.load import CheckedProject

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

    from uppfoljning.followup.history import PlanChangeLog
    from uppfoljning.project.plan_past import Past


class QuestionError(ValueError):
    """What was asked cannot be answered; the message is Swedish, and names the nearest that can."""


def chosen_plans(project: CheckedProject, plan: str, commitments: Sequence[str], beside: str = "") -> list[Plan]:
    """The plans asked for: one, those of the named commitments, or all, running ones first. `QuestionError` where there is none.

    `beside` tells more of a plan that is left out because of an error in its file.
    """
    if plan:
        if plan not in project.plans:
            left_out = beside if f"plans/{plan}.yaml" in project.left_out else ""
            raise QuestionError(f"planen ”{plan}” finns inte{left_out}{hint(plan, project.plans)}")
        return [project.plans[plan]]
    named = {word.rpartition("/")[0] for word in commitments if "/" in word}
    plans = [
        one for one in project.plans.values() if not named or one.id in named or any("/" not in word for word in commitments)
    ]
    return sorted(plans, key=lambda one: (one.span.last, one.span.first, one.id), reverse=True)


def period_in(text: str, plans: Iterable[Plan], said_in: str, choose: str, *, near: bool = False) -> Period:
    """The days of a period, a term by the plan that dates it; `choose` is how one plan is chosen. `QuestionError` where none."""
    plans = list(plans)
    period = parse_period(text)
    if isinstance(period, Problem):
        raise QuestionError(refusal(said_in, text, period, near=near))
    if isinstance(period, Period):
        return period
    found = {plan.terms[period] for plan in plans if period in plan.terms}
    if len(found) == 1:
        return found.pop()
    if found:
        raise QuestionError(f"{said_in}: planerna daterar terminen olika. Välj en plan med {choose}.")
    names = {name for plan in plans for name in plan.terms}
    raise QuestionError(f"{said_in}: ”{text}” går inte att datera; ingen plan säger när terminen är{hint(text, names)}")


def check_commitments(words: Iterable[str], plans: Iterable[Plan]) -> None:
    """Every named commitment must exist, and a name that several plans have must say which."""
    names = [(plan.id, one.id) for plan in plans for one in plan.commitments]
    known, short = {f"{plan}/{one}" for plan, one in names}, {one for _, one in names}
    for word in words:
        if "/" in word:
            if word not in known:
                raise QuestionError(f"åtagandet ”{word}” finns inte{hint(word, known)}")
        elif word not in short:
            raise QuestionError(f"åtagandet ”{word}” finns inte{hint(word, short)}")
        elif len(found := sorted(name for name in known if name.endswith(f"/{word}"))) > 1:
            raise QuestionError(f"åtagandet ”{word}” finns i flera planer. Skriv {' eller '.join(found)}")


def check_party(word: str, plans: Iterable[Plan]) -> None:
    """A party to limit a table to must be one of the plans'."""
    known = {party for plan in plans for party in plan.parties}
    if word and word not in known:
        raise QuestionError(f"parten ”{word}” finns inte i någon vald plan{hint(word, known)}")


def check_place(word: str, plans: Iterable[Plan]) -> None:
    """A place to limit a table to must be one of the plans'."""
    known = {place for plan in plans for place in plan.places}
    if word and word not in known:
        raise QuestionError(f"platsen ”{word}” finns inte i någon vald plan{hint(word, known)}")


def followed(project: CheckedProject, plans: Iterable[Plan], view: View) -> list[Table]:
    """The follow-up of each plan."""
    return [
        follow_up(one, view, forms=project.forms, entries=project.entries.get(one.id, {}), judgements=project.judgements)
        for one in plans
    ]


def past_of(root: Path, project: CheckedProject, plans: Iterable[Plan], commit: str = "") -> Past:
    """What git tells of how some plans came to say what they say, up to a commit, or where none is given up to what the folder
    holds. Outside git no program is started.
    """
    from uppfoljning.files.git import NO_REPOSITORY
    from uppfoljning.files.root import git_folder
    from uppfoljning.project.plan_past import Past, read_past

    return Past({}, NO_REPOSITORY) if git_folder(str(root)) is None else read_past(root, project, plans, commit)


def originals(plans: Iterable[Plan], past: Past) -> list[Plan]:
    """The plans as they were decided, where git tells it: also what has been dropped since can be asked about."""
    return [past.histories[one.id].original if one.id in past.histories else one for one in plans]


def accounts_of(plans: Iterable[Plan], past: Past, view: View, selection: Selection) -> list[PlanChangeLog]:
    """How each plan came to say what it says, as far as git and its own log tell, for the selected commitments."""
    from uppfoljning.domain.plan_history import Wording, history_of
    from uppfoljning.followup.history import account_of

    return [
        account_of(
            one,
            past.histories.get(one.id) or history_of([Wording(one)]),
            view,
            selection,
            known=one.id in past.histories,
            gaps=past.gaps_of(one),
        )
        for one in plans
    ]


def decided_beside(project: CheckedProject, past: Past, one_by_one: Callable[[], CheckedProject]) -> Callable[[Table], Table]:
    """What puts the decided plan beside a table, where git tells it, and otherwise that it cannot be seen."""
    from uppfoljning.followup.original import with_decided

    def beside(table: Table) -> Table:
        history, gaps = past.histories.get(table.plan.id), past.gaps_of(table.plan)
        table = table._replace(gaps=gaps)
        if history is None or table.cut:
            return table
        return with_decided(table, history, forms=project.forms, reports=lambda: one_by_one().entries.get(table.plan.id, {}))

    return beside
