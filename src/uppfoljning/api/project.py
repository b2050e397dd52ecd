"""A project as an analyst has it: read once, and asked as often as one likes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from uppfoljning.api.columns import FrameColumn, clean, frame_of
from uppfoljning.api.follow_up import FollowUp
from uppfoljning.domain.clock import parse_date
from uppfoljning.domain.finding import Problem
from uppfoljning.domain.period import Period
from uppfoljning.domain.plan import Plan
from uppfoljning.domain.scalars import hint, refusal
from uppfoljning.files.git_absent import Absent, absent
from uppfoljning.files.git_head import head_commit
from uppfoljning.files.root import root_of
from uppfoljning.files.source import Folder, Source
from uppfoljning.followup.asking import (
    QuestionError,
    accounts_of,
    check_commitments,
    check_party,
    check_place,
    chosen_plans,
    decided_beside,
    followed,
    originals,
    past_of,
    period_in,
)
from uppfoljning.followup.table import Selection, Table, selected
from uppfoljning.followup.view import View
from uppfoljning.present.figures import not_fetched as not_in_folder
from uppfoljning.present.figures import words
from uppfoljning.present.provenance import Provenance
from uppfoljning.project.load import CheckedProject as Checked
from uppfoljning.project.load import load_project

if TYPE_CHECKING:
    import pandas as pd

    from uppfoljning.files.git import Commit
    from uppfoljning.project.plan_past import Past

VERSION = 1
"""The version of the frames: that of the JSON they follow."""


def load(path: str | os.PathLike[str] = ".", ref: str | None = None) -> Project:
    """Read and check the project in a folder, or as it was at a commit, branch or tag with `ref`.

    With `"."` the nearest folder upwards that holds `plans/` or `reports/`, as on the command line. What is wrong in a file is
    never an exception: the file is left out, and `Project.findings` tells of it.

    Raises FileNotFoundError where there is no project, and ValueError where git has no such `ref`.
    """
    start = os.fspath(path)
    root = root_of("" if Path(start) == Path() else start)
    if root is None:
        raise FileNotFoundError(f"det finns ingen mapp plans eller reports i {clean(os.path.abspath(start))}")
    folder = Path(root).resolve()
    with _files(folder, ref) as (source, commit):
        return Project(folder, load_project(source), commit)


@contextmanager
def _files(root: Path, ref: str | None) -> Iterator[tuple[Source, str]]:
    """Where the files are read: the folder, with an empty text, or a commit, with its hash."""
    if ref is None:
        yield Folder(root), ""
        return
    from uppfoljning.files.git import Commit, GitFault

    found: Commit | GitFault = Commit.at(root, ref)
    if isinstance(found, GitFault):
        raise QuestionError(f"ref: {found.message}. {found.remedy[0].upper()}{found.remedy[1:]}.")
    with found:
        yield found, found.commit


class Project:
    """A project that has been read: its sound part, and what was found in the rest. Made by `load`; it never changes.

    Every method with `as_of` takes a day as `2026-08-31` or a `datetime.date`; without one it is `last_day`. The clock is never
    asked, so the same files give the same figures every day. `plan` is the id of one plan, without it all of them; `period` is
    written as in the files: `2026-T2`, `2026-03`, `VT2026`.

    They raise ValueError, in Swedish and with the nearest known word, for a day or period that is none and for a name that no
    chosen plan has. All return frames with the same columns and dtypes whatever the project holds.
    """

    def __init__(self, root: Path, checked: Checked, ref: str = "") -> None:
        self._root = root
        self._checked = checked
        self._ref = ref

    @property
    def plans(self) -> list[str]:
        """The ids of the plans, in the order of their files."""
        return list(self._checked.plans)

    @property
    def left_out(self) -> list[str]:
        """The files that are left out because of an error; a file of rows is here only when none of them can be used."""
        return [clean(name) for name in self._checked.left_out]

    @property
    def errors(self) -> int:
        """How many errors there are in the files; 0 when everything has been followed up."""
        return self._checked.errors

    @property
    def commit(self) -> str:
        """The commit that was read, else the last one of the folder; empty outside git."""
        return self._ref or head_commit(self._root)

    @property
    def last_day(self) -> date:
        """The first day from which every report is seen: the newest day that one is dated or was handed in.

        Without reports the first day of the first plan, and without plans the first day there is.
        """
        entries = (one for by_id in self._checked.entries.values() for found in by_id.values() for one in found)
        days = [day for one in entries for day in (one.span.last, one.submitted)]
        return max(days, default=min((plan.span.first for plan in self._checked.plans.values()), default=date.min))

    def __repr__(self) -> str:
        errors = f", {self.errors} fel (se findings())" if self.errors else ""
        return f"<Projekt {clean(self._root.name)}: {', '.join(map(clean, self.plans)) or 'ingen plan'}{errors}>"

    def follow_up(
        self,
        *,
        as_of: str | date | None = None,
        period: str | None = None,
        plan: str | None = None,
        commitments: str | Iterable[str] = (),
        party: str | None = None,
        place: str | None = None,
    ) -> FollowUp:
        """The follow-up at a day: what `uppfoljning status` shows, the decided plan beside where git knows it.

        `commitments` are ids, as `krogtillsyn` or `exempelkoping-2026/krogtillsyn`; `party` keeps what binds it, `place` what has
        something there. A plan without a day in `period` has no rows.
        """
        view, selection, plans, tables = self._asked(as_of, period, plan, commitments, party, place)
        past = past_of(self._root, self._checked, plans, self._ref)
        beside = decided_beside(self._checked, past, lambda: self._checked)

        def follow(one: Plan, at: View) -> Table:
            return beside(followed(self._checked, [one], at)[0])

        return FollowUp(view, selection, map(beside, tables), follow, self._about(view, past, plans))

    def reports(self, *, as_of: str | date | None = None, plan: str | None = None) -> pd.DataFrame:
        """A row per report or stated total that the day sees, by plan and commitment and in order of date.

        After the columns that all have come those of the plans and forms: `funktioner.…` (how many), `moment.…` (the answer),
        `uppgifter.…` (the answer by its kind; hours for a length of time). Free text is not there. A corrected report has
        `rättad_av`, one that another party reported too `samma_tillfälle_som`: leave both out to count occasions.
        """
        from uppfoljning.api.reports import report_columns, reported

        view = View(self._day(as_of))
        plans = chosen_plans(self._checked, plan or "", ())
        rows = reported(plans, self._checked.entries, view.as_of)
        return frame_of(report_columns(plans, self._checked.forms), rows, self._about(view))

    def deviations(
        self,
        *,
        as_of: str | date | None = None,
        period: str | None = None,
        plan: str | None = None,
        commitments: str | Iterable[str] = (),
        party: str | None = None,
        place: str | None = None,
    ) -> pd.DataFrame:
        """A row per thing that did not go as planned, in order of date: what `uppfoljning avvikelser` lists."""
        from uppfoljning.api.lists import DEVIATIONS, deviation_rows
        from uppfoljning.followup.deviations import deviations_of
        from uppfoljning.present.views.deviations import deviations_json

        view, _, _, tables = self._asked(as_of, period, plan, commitments, party, place)
        text = deviations_json([deviations_of(table) for table in tables], self._foot(view), view)
        return self._frame(DEVIATIONS, deviation_rows(text), view)

    def outstanding(
        self,
        *,
        as_of: str | date | None = None,
        period: str | None = None,
        plan: str | None = None,
        party: str | None = None,
        function: str | None = None,
    ) -> pd.DataFrame:
        """A row per report or step that is missing, came late or soon falls due, by function: what `uppfoljning saknas` lists.

        `function` keeps what rests on it. A day after the last report tells more: `as_of` says which.
        """
        from uppfoljning.api.lists import OUTSTANDING, outstanding_rows
        from uppfoljning.followup.outstanding import outstanding, responsible
        from uppfoljning.present.views.outstanding import outstanding_json

        view, _, plans, _ = self._asked(as_of, period, plan, (), party, None)
        known = {who for one in plans for who in responsible(one)}
        if function and function not in known:
            raise QuestionError(f"funktionen ”{function}” finns inte i någon vald plan{hint(function, known)}")
        plans = [one for one in plans if not party or party in one.parties]
        plans = [one for one in plans if not function or function in responsible(one)]
        found = [outstanding(one, party=party or "", function=function or "") for one in followed(self._checked, plans, view)]
        return self._frame(OUTSTANDING, outstanding_rows(outstanding_json(found, self._foot(view), view)), view)

    def findings(self) -> pd.DataFrame:
        """A row per finding in the files, by file and line: what `uppfoljning validera` lists, what git knows included.

        Places are looked up now: in a folder, in the files as they are now.
        """
        from uppfoljning.api.lists import FINDINGS
        from uppfoljning.present.views.findings_located import located
        from uppfoljning.project.plan_past import check_past, not_fetched

        past = past_of(self._root, self._checked, self._checked.plans.values(), self._ref)
        found = [*self._checked.findings, *check_past(self._root, self._checked, past, self._ref)]
        found += () if self._ref else not_fetched(absent(self._root))
        with _files(self._root, self._ref or None) as (source, _):
            return frame_of(FINDINGS, located(found, source), self._about(None))

    def history(
        self,
        *,
        as_of: str | date | None = None,
        period: str | None = None,
        plan: str | None = None,
        commitments: str | Iterable[str] = (),
        party: str | None = None,
    ) -> pd.DataFrame:
        """A row per change of the plans since they were decided: what `uppfoljning historik` lists.

        Without `as_of` all that is known today. Where git can tell nothing, `attrs["hinder"]` says why, and only what the plans
        themselves tell is there.
        """
        from uppfoljning.api.lists import HISTORY, history_rows
        from uppfoljning.present.views.history import history_json

        words = _words(commitments)
        plans = chosen_plans(self._checked, plan or "", words)
        past = past_of(self._root, self._checked, plans, self._ref)
        check_commitments(words, originals(plans, past))
        check_party(party or "", plans)
        view = View(date.max if as_of is None else self._day(as_of), self._period(period, plans))
        selection = Selection(commitments=frozenset(words), party=party or "")
        accounts = accounts_of(plans, past, view, selection)
        frame = self._frame(HISTORY, history_rows(history_json(accounts, past.fault, self._foot(view), view)), view)
        frame.attrs |= self._about(view, past, plans) | {"hinder": past.fault.message if past.fault is not None else None}
        return frame

    def series(self, *, as_of: str | date | None = None) -> pd.DataFrame:
        """A row per month and area of the outcome series; with `as_of` only the months that had ended that day."""
        from uppfoljning.api.lists import SERIES, series_rows

        until = None if as_of is None else self._day(as_of)
        return frame_of(SERIES, series_rows(self._checked.series.values(), until), self._about(None))

    def _asked(
        self,
        as_of: str | date | None,
        period: str | None,
        plan: str | None,
        commitments: str | Iterable[str],
        party: str | None,
        place: str | None,
    ) -> tuple[View, Selection, list[Plan], list[Table]]:
        words = _words(commitments)
        day = self._day(as_of)
        plans = chosen_plans(self._checked, plan or "", words)
        check_commitments(words, plans)
        check_party(party or "", plans)
        check_place(place or "", plans)
        view = View(day, self._period(period, plans))
        selection = Selection(commitments=frozenset(words), party=party or "", place=place or "")
        return view, selection, plans, selected(followed(self._checked, plans, view), selection)

    def _day(self, as_of: str | date | None) -> date:
        if as_of is None:
            return self.last_day
        text = as_of if isinstance(as_of, str) else str(as_of)[: len("2026-08-31")]
        found = parse_date(text)
        if isinstance(found, Problem):
            raise QuestionError(refusal("as_of", clean(text), found, near=True))
        return found

    def _period(self, period: str | None, plans: list[Plan]) -> Period | None:
        return period_in(period, plans, "period", "plan", near=True) if period else None

    def _frame(self, columns: tuple[FrameColumn, ...], rows: list[Any], view: View) -> pd.DataFrame:
        return frame_of(columns, rows, self._about(view))

    def _foot(self, view: View) -> Provenance:
        checked = self._checked
        return Provenance(view.as_of, self.commit, checked.files, len(checked.left_out), checked.rows_left_out, bool(self._ref))

    def _unseen(self, past: Past | None, plans: Iterable[Plan]) -> list[str]:
        """What could not be seen of the files and of the plans' past, each in a few words."""
        left = Absent() if self._ref else absent(self._root)
        gaps = [gap for plan in plans for gap in past.gaps_of(plan)] if past is not None else []
        return [*not_in_folder(left.files, left.submodules), *words(gaps)]

    def _about(self, view: View | None, past: Past | None = None, plans: Iterable[Plan] = ()) -> dict[str, Any]:
        """What a frame was made from; "cannot see" must never read as "nothing to remark"."""
        checked = self._checked
        files = {"lästa": checked.files, "utelämnade": len(checked.left_out), "utelämnade_rader": checked.rows_left_out}
        about: dict[str, Any] = {"version": VERSION, "commit": self.commit or None, "filer": files, "fel": checked.errors}
        if unseen := self._unseen(past, plans):
            about["går_inte_att_se"] = unseen
        return about if view is None else {**about, "vid": view.as_of.isoformat()}


def _words(commitments: str | Iterable[str]) -> list[str]:
    return [commitments] if isinstance(commitments, str) else list(commitments)
