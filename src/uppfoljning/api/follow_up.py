"""The follow-up of a project at a day as a table: a row per target, and the same by party, place or sub-period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from uppfoljning.api.columns import ColumnKind, FrameColumn, clean, frame_of, joined
from uppfoljning.domain.judgement import CARRIED_OUT_WORDS, RESULT_WORDS
from uppfoljning.domain.number import Certainty
from uppfoljning.domain.period import Period, period_name
from uppfoljning.domain.report import HOURS
from uppfoljning.domain.scalars import hint
from uppfoljning.domain.target import OPERATORS, promise
from uppfoljning.followup.asking import QuestionError
from uppfoljning.followup.documentation import Hours, documentation, hours_of
from uppfoljning.followup.grouping import By, Follow, grouped
from uppfoljning.followup.row import Row
from uppfoljning.followup.status import WORST_FIRST
from uppfoljning.followup.table import CommitmentFollowUp, Selection, Table
from uppfoljning.followup.view import View
from uppfoljning.present.figures import days
from uppfoljning.present.views.status_cells import decided_row

if TYPE_CHECKING:
    import pandas as pd

STATUSES = tuple(status.value for status in WORST_FIRST)
CERTAINTIES = tuple(word for word in get_args(Certainty) if word)
GROUPINGS: tuple[By, ...] = get_args(By)
KINDS: dict[str, ColumnKind] = {"månad": "month", "kvartal": "quarter"}
"""What a sub-period is in a frame where it is not a label: those that pandas means the same by."""


class TargetRow(NamedTuple):
    """What a row is made of: a target followed up, in its line and table, within a selection and a group."""

    table: Table
    line: CommitmentFollowUp
    row: Row
    hours: Hours
    selection: Selection
    group: str = ""
    group_period: Period | None = None

    @property
    def was(self) -> Row | None:
        """The promise as it was decided, where it is another."""
        return decided_row(self.line, self.row)


def _certainty(one: TargetRow) -> str | None:
    return one.row.outcome.certainty or None


def _of_row(name: str) -> Callable[[TargetRow], Any]:
    return lambda one: getattr(one.row, name)


def _of_was(get: Callable[[Row], Any]) -> Callable[[TargetRow], Any]:
    return lambda one: None if (was := one.was) is None else get(was)


def _of_verdict(name: str) -> Callable[[TargetRow], Any]:
    return lambda one: None if one.line.verdict is None else getattr(one.line.verdict, name) or None


def _hours(kind: str) -> Callable[[TargetRow], Any]:
    return lambda one: one.hours.kinds.get(kind)


def _documented(link: str) -> Callable[[TargetRow], bool]:
    return lambda one: documentation(one.line.commitment)[link]


def _day(one: TargetRow, get: Callable[[Period], date]) -> date | None:
    return None if one.table.view.period is None else get(one.table.view.period)


TARGETS: tuple[FrameColumn, ...] = (
    FrameColumn("plan", "text", "Planens id", lambda one: one.table.plan.id),
    FrameColumn("åtagande", "text", "Åtagandets id", lambda one: one.line.commitment.id),
    FrameColumn("mål", "text", "Målets id; saknas när åtagandet har ett enda", lambda one: one.row.target.id),
    FrameColumn("titel", "text", "Åtagandets titel", lambda one: one.line.commitment.title),
    FrameColumn("parter", "text", "Parterna som har lovat, med komma emellan", lambda one: joined(one.line.commitment.parties)),
    FrameColumn("vid", "day", "Dagen det ses från", lambda one: one.table.view.as_of),
    FrameColumn(
        "period",
        "text",
        "Delen av tiden, när en sådan är vald",
        lambda one: period_name(one.table.view.period) if one.table.view.period else None,
    ),
    FrameColumn("från", "day", "Första dagen i `period`", lambda one: _day(one, lambda period: period.first)),
    FrameColumn("till", "day", "Sista dagen i `period`", lambda one: _day(one, lambda period: period.last)),
    FrameColumn("åtagandet_från", "day", "Åtagandets första dag", lambda one: one.line.commitment.span.first),
    FrameColumn("åtagandet_till", "day", "Åtagandets sista dag", lambda one: one.line.commitment.span.last),
    FrameColumn("operator", OPERATORS, "Vad talet betyder", lambda one: one.row.target.operator),
    FrameColumn(
        "värde",
        "figure",
        "Hela målet; en andel som 0,9. För `mellan` det lägsta",
        lambda one: one.row.target.value if one.row.target.operator == "mellan" else one.row.whole,
    ),
    FrameColumn(
        "värde_högst",
        "figure",
        "För `mellan` det högsta",
        lambda one: one.row.target.ceiling if one.row.target.operator == "mellan" else None,
    ),
    FrameColumn("enhet", "text", "Vad siffran räknar", lambda one: one.row.target.unit),
    FrameColumn("förväntat", "figure", "Vad som väntas hittills", _of_row("expected")),
    FrameColumn("utfall", "figure", "Vad som är gjort; saknas när det är okänt, aldrig 0", lambda one: one.row.outcome.value),
    FrameColumn("säkerhet", CERTAINTIES, "Hur säkert utfallet är: tomt när det är som det står", _certainty),
    FrameColumn("andel", "figure", "Utfallet av hela målet: 1 är allt", _of_row("fulfilment")),
    FrameColumn("takt", "figure", "Utfallet av det som väntas hittills: 1 är i takt", _of_row("pace")),
    FrameColumn("status", STATUSES, "Föreslagen status, sämst först", lambda one: one.row.status.value),
    FrameColumn("prognos", "figure", "Utfallet när tiden är ute, om takten håller", _of_row("forecast")),
    FrameColumn(
        "ej_redovisat",
        "text",
        "Dagar som summorna inte täcker",
        lambda one: joined(days(part, year=True) for part in one.row.unreported),
    ),
    FrameColumn(
        "villkor_ej_visat", "whole", "Rapporter som räknas fast villkoret inte visas", lambda one: one.row.outcome.unshown
    ),
    FrameColumn("varav", "figure", "Vad vald part eller plats stod för", lambda one: one.selection.share_of(one.line, one.row)),
    FrameColumn(
        "beslutat_löfte", "text", "Löftet som det beslutades, när det är ett annat", _of_was(lambda was: promise(was.target))
    ),
    FrameColumn("beslutat_värde", "figure", "Hela målet som det beslutades", _of_was(lambda was: was.whole)),
    FrameColumn("beslutat_förväntat", "figure", "Vad som väntats hittills av det", _of_was(lambda was: was.expected)),
    FrameColumn("beslutat_utfall", "figure", "Utfallet räknat på det", _of_was(lambda was: was.outcome.value)),
    FrameColumn("beslutat_andel", "figure", "Utfallet av det beslutade målet", _of_was(lambda was: was.fulfilment)),
    FrameColumn("beslutat_status", STATUSES, "Föreslagen status mot det", _of_was(lambda was: was.status.value)),
    FrameColumn("åtagandets_status", STATUSES, "Status för det sämsta av åtagandets mål", lambda one: one.line.status.value),
    FrameColumn(
        "bedömning_period",
        "text",
        "Perioden som styrgruppen senast bedömde",
        lambda one: None if one.line.verdict is None else one.line.verdict_period,
    ),
    FrameColumn("bedömning_genomförande", CARRIED_OUT_WORDS, "Styrgruppens ord om genomförandet", _of_verdict("carried_out")),
    FrameColumn("bedömning_resultat", RESULT_WORDS, "Styrgruppens ord om resultatet", _of_verdict("result")),
    FrameColumn("fullständighet", "figure", "Andel av förfallna rapporter som kommit", lambda one: one.line.received.share),
    FrameColumn("punktlighet", "figure", "Andel som kommit i tid", lambda one: one.line.received.timeliness),
    FrameColumn("innehåll", "figure", "Andel med svar på allt som krävs", lambda one: one.line.content),
    FrameColumn("saknade", "whole", "Rapporter som förfallit och inte kommit", lambda one: len(one.line.missing)),
    FrameColumn("som_planerat", "whole", "Tillfällen som blev som planerat", lambda one: one.line.departures.as_planned),
    FrameColumn("ändrade", "whole", "Tillfällen som genomfördes annorlunda", lambda one: one.line.departures.changed),
    FrameColumn("inställda", "figure", "Tillfällen som ställdes in", lambda one: one.line.departures.cancelled),
    FrameColumn("flyttade", "figure", "Tillfällen som flyttades", lambda one: one.line.departures.moved),
    FrameColumn(
        "tillagt_efter_beslutet",
        "yes",
        "Åtagandet kom till efter beslutet",
        lambda one: one.line.promised is not None and one.line.promised.added is not None,
    ),
    *(FrameColumn(f"timmar_{kind}", "figure", f"Timmar, {kind}", _hours(kind)) for kind in HOURS),
    FrameColumn("timmar_summa", "figure", "Alla timmar", lambda one: one.hours.total),
    FrameColumn("rapporter_med_timmar", "whole", "Rapporter som anger timmar", lambda one: one.hours.stated),
    FrameColumn("rapporter", "whole", "Genomförda rapporter, för timmarna", lambda one: one.hours.reports),
    *(
        FrameColumn(f"dokumenterat_{link}", "yes", f"Planen säger {link}", _documented(link))
        for link in ("orsaker", "val", "syfte", "arbetssätt", "mål", "uppföljning")
    ),
)
"""The columns of `FollowUp.frame()`. What belongs to the commitment stands on the row of each of its targets."""


class FollowUp:
    """A follow-up at a day: what `uppfoljning status` shows. Made by `Project.follow_up`; it never changes.

    `as_of` is the day, `period` the part of the time as it is written, or None for all of it.
    """

    def __init__(
        self,
        view: View,
        selection: Selection,
        tables: Iterable[Table],
        follow: Follow,
        about: Mapping[str, Any],
    ) -> None:
        self._view = view
        self._selection = selection
        self._tables = list(tables)
        self._follow = follow
        self._about = about

    @property
    def as_of(self) -> date:
        """The day it is seen from."""
        return self._view.as_of

    @property
    def period(self) -> str | None:
        """The part of the time it is limited to."""
        return None if self._view.period is None else period_name(self._view.period)

    @property
    def plans(self) -> list[str]:
        """The ids of the plans in it, running ones first."""
        return [table.plan.id for table in self._tables]

    def __repr__(self) -> str:
        period = f", {self.period}" if self.period else ""
        return f"<Uppföljning per {self.as_of}{period}: {', '.join(map(clean, self.plans)) or 'ingen plan'}>"

    def frame(self) -> pd.DataFrame:
        """A row per target, in the order of the plans. The columns are those of `docs/python.md`, and always all of them.

        Figures are floats with the exact figure beside (`utfall`, `utfall_exakt`), shares of one, hours in hours. What is unknown
        is missing and never 0. `attrs` say what it was made from: the day, the commit, how many files were read and left out.
        """
        return frame_of(TARGETS, self._rows(self._tables, self._selection), self._about)

    def by(self, grouping: str) -> pd.DataFrame:
        """The same for each `part`, `plats`, `ansvarig`, `månad` … `år`: one column more, first, with the name of that word.

        A month or quarter is a `pandas.Period`; a tertial, half-year, term or year is a label as `2026-T2`; parties, places and
        functions are ids, missing for the commitments that have none. The days of a sub-period are `från` and `till`. An
        occasion that several parties or places had stands in each of their groups: sums over `varav`, never over `utfall`.

        Raises ValueError, with the nearest word, for any other grouping, and for one that the follow-up is limited to already.
        """
        by = next((one for one in GROUPINGS if one == grouping), None)
        if by is None:
            raise QuestionError(f"”{clean(str(grouping))}” finns inte att gruppera efter{hint(str(grouping), GROUPINGS)}")
        for word, name, limit in (("part", "party", self._selection.party), ("plats", "place", self._selection.place)):
            if by == word and limit:
                raise QuestionError(f"uppföljningen gäller redan en {word}: det blir bara en grupp. Gör den utan {name}.")
        found = grouped(self._tables, self._selection, by, self._follow)
        rows = [
            one._replace(group=group.name, group_period=group.period)
            for group in found.groups
            for one in self._rows(group.tables, group.selection)
        ]
        return frame_of((group_column(by), *TARGETS), rows, self._about)

    def _rows(self, tables: Iterable[Table], selection: Selection) -> list[TargetRow]:
        return [
            TargetRow(table, line, row, hours, selection)
            for table in tables
            for line in table.lines
            for hours in [hours_of(line.matter)]
            for row in line.rows
        ]


@cache
def group_column(by: By) -> FrameColumn:
    """The column that `by` puts first."""
    kind = KINDS.get(by, "text")
    if kind == "text":
        return FrameColumn(by, kind, "Gruppen", lambda one: one.group or None)
    return FrameColumn(by, kind, "Gruppen", lambda one: one.group_period and one.group_period.first)
