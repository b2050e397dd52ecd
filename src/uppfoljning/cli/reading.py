"""What every reading command does first: find the project, read it, settle the plan, the period and the day."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from uppfoljning.cli.ci import is_ci
from uppfoljning.cli.dates import day_of
from uppfoljning.cli.misuse import Misuse, shown
from uppfoljning.cli.options import is_anew
from uppfoljning.cli.progress import watched
from uppfoljning.cli.project_dir import files_of, project_root
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Plan
from uppfoljning.fast.doors import load
from uppfoljning.fast.loading import LoadRequest
from uppfoljning.files.git_absent import Absent, absent
from uppfoljning.files.git_head import head_commit
from uppfoljning.files.source import FOLDERS, Folder
from uppfoljning.followup import asking
from uppfoljning.followup.table import Selection, Table, selected
from uppfoljning.followup.view import View
from uppfoljning.present.figures import not_fetched, plural
from uppfoljning.present.provenance import Provenance
from uppfoljning.project.load import CheckedProject, load_project

if TYPE_CHECKING:
    from uppfoljning.project.plan_past import Past


class Opened(NamedTuple):
    """A project that has been read, and the last commit of its folder, or with `exact` the commit that it was read at.

    `anew` is so when nothing was to be taken from earlier runs; `absent` is what git has and the folder lacks.
    """

    root: Path
    project: CheckedProject
    commit: str
    exact: bool = False
    anew: bool = False
    absent: Absent = Absent()

    def one_by_one(self) -> CheckedProject:
        """The project with its reports one by one."""
        if self.project.settled is None:
            return self.project
        source = Folder(self.root)
        return load(self.root, LoadRequest(source, anew=self.anew)) or load_project(source)

    def foot(self, as_of: date) -> Provenance:
        """The foot of every table made from it."""
        project = self.project
        unseen = not_fetched(self.absent.files, self.absent.submodules)
        left_out = len(project.left_out)
        return Provenance(as_of, self.commit, project.files, left_out, project.rows_left_out, self.exact, unseen=unseen)


def open_project(
    ctx: typer.Context, ref: str | None = None, said_in: str = "flaggan --ref", folders: Sequence[str] = FOLDERS
) -> Opened:
    """Read the project of the folder given with -C, else of the nearest folder upwards that has one; with `ref` at a commit.

    With `folders` only what lies in them.
    """
    root = project_root(ctx)
    whole = ref is None and folders == FOLDERS
    with files_of(root, ref, said_in, folders) as (source, commit):
        with watched(source) as watched_source:
            project = load(root, LoadRequest(watched_source, anew=is_anew(ctx))) if whole else None
            project = project or load_project(watched_source)
        left = Absent() if commit else absent(root)
        return Opened(root, project, commit or head_commit(root), bool(commit), is_anew(ctx), left)


def open_summed(ctx: typer.Context, day: str) -> Opened | None:
    """The project with its reports put together, for the follow-up table of a day; None where it must be read one by one."""
    root, anew = project_root(ctx), is_anew(ctx)
    with watched(Folder(root)) as source:
        project = load(root, LoadRequest(source, view_of(day, "", ()).as_of, anew=anew))
    return None if project is None else Opened(root, project, head_commit(root), anew=anew, absent=absent(root))


def view_of(day: str, period: str, plans: Iterable[Plan], option: str = "--vid") -> View:
    """The view that the options ask for; `option` is the one that says the day."""
    return View(day_of(day, option), period_of(period, plans))


def period_of(text: str, plans: Iterable[Plan]) -> Period | None:
    """The part of the time that `--period` asks for, or None when it is not given."""
    return _period(text, list(plans)) if text else None


def _period(text: str, plans: list[Plan], option: str = "--period") -> Period:
    with misused():
        return asking.period_in(text, plans, f"flaggan {option}", "--plan")


@contextmanager
def misused() -> Iterator[None]:
    """What cannot be answered was asked for on the command line: wrong use of it."""
    try:
        yield
    except asking.QuestionError as error:
        raise Misuse(str(error)) from None


def chosen_plans(project: CheckedProject, plan: str, commitments: list[str]) -> list[Plan]:
    """The plans asked for: one, those of the named commitments, or all, running ones first."""
    with misused():
        return asking.chosen_plans(project, plan, commitments, " (filen är utelämnad, kör uppfoljning validera)")


followed = asking.followed


class FollowUpRequest(NamedTuple):
    """What a command was asked for: the view, what it is limited to, and the follow-up of every plan with something in it."""

    view: View
    selection: Selection
    tables: list[Table]


def asked_for(
    project: CheckedProject, *, words: list[str], plan: str, period: str, day: str, party: str = "", place: str = ""
) -> FollowUpRequest:
    """Check the names given, settle the view, and follow up; what the limits leave out is left out."""
    plans = chosen_plans(project, plan, words)
    check_commitments(words, plans)
    check_party(party, plans)
    check_place(place, plans)
    view = view_of(day, period, plans)
    selection = Selection(commitments=frozenset(words), party=party, place=place)
    return FollowUpRequest(view, selection, selected(followed(project, plans, view), selection))


def past_of(opened: Opened, plans: Iterable[Plan]) -> Past:
    """What git tells of how some plans came to say what they say."""
    past = asking.past_of(opened.root, opened.project, plans, opened.commit if opened.exact else "")
    mark_unsure(past)
    return past


def mark_unsure(past: Past) -> None:
    """Has the answer not kept, where more may be seen the next time although no file has changed."""
    if not past.sure and not past.none_kept:
        from uppfoljning.fast.output_cache import do_not_keep

        do_not_keep()


def decided_beside(opened: Opened, past: Past) -> Callable[[Table], Table]:
    """What puts the decided plan beside a table, where git tells it, and otherwise that it cannot be seen."""
    return asking.decided_beside(opened.project, past, opened.one_by_one)


def beside_former(opened: Opened, tables: list[Table], text: str) -> list[Table]:
    """The tables with an earlier reading beside: that of a day, or of a period.

    With --period a period stands beside a period, both as they are known today; otherwise a period means its last day.
    """
    from uppfoljning.followup.original import with_former

    if not text:
        return tables
    found = []
    for table in tables:
        view, asked = table.view, _period(text, [table.plan], "--sedan")
        if asked.days > 1 and view.period is not None:
            earlier, said = View(view.as_of, asked), f"mot {text}"
        else:
            earlier, said = View(asked.last, view.period), f"sedan {text}"
            if asked.last >= view.as_of:
                raise Misuse(f"flaggan --sedan: {asked.last} är inte före {view.as_of}. Välj en tidigare dag eller period.")
        (former,) = followed(opened.project, [table.plan], earlier)
        found.append(with_former(table, former, said))
    return found


def check_commitments(words: list[str], plans: list[Plan]) -> None:
    """Every named commitment must exist, and a name that several plans have must say which."""
    with misused():
        asking.check_commitments(words, plans)


def check_party(word: str, plans: list[Plan]) -> None:
    """A party to limit a table to must be one of the plans'."""
    with misused():
        asking.check_party(word, plans)


def check_place(word: str, plans: list[Plan]) -> None:
    """A place to limit a table to must be one of the plans'."""
    with misused():
        asking.check_place(word, plans)


def finish(project: CheckedProject, ref: str | None = None) -> int:
    """Say what was left out, on standard error; the exit status: 1 when there is an error. `ref`: as the user wrote it.

    That there is no plan at all is said too, so that it does not look as if all were well; it is an error where nobody looks.
    """
    if not (project.plans or project.left_out):
        where = "här" if ref is None else f"i {shown(ref)}"
        remedy = "Gå till er mapp eller peka ut den med -C KATALOG, eller gör en plan med uppfoljning init."
        print(f"Det finns ingen plan {where}, så inget är uppföljt. {remedy}", file=sys.stderr)
        return int(is_ci())
    return said_left_out(project, ref)


def said_left_out(project: CheckedProject, ref: str | None = None) -> int:
    """The same of a project that need not have a plan."""
    if not (project.left_out or project.rows_left_out or project.errors):
        return 0
    parts = []
    if project.left_out:
        parts.append(plural(len(project.left_out), "fil", "filer"))
    if project.rows_left_out:
        parts.append(plural(project.rows_left_out, "rad", "rader"))
    if parts:
        alone = len(project.left_out) + project.rows_left_out == 1
        text = f"{' och '.join(parts)} {'utelämnad' if alone else 'utelämnade'} på grund av fel"
    else:
        text = f"{project.errors} fel som rör flera rapporter tillsammans"
    where = "" if ref is None else f" --ref {shown(ref)}"
    print(f"{text}. Se vilka med: uppfoljning validera{where}", file=sys.stderr)
    return 1
