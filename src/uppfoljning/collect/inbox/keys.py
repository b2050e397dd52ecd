"""The keys of a report as the inbox needs them: which hold what, in which order they stand, and which names each may have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from uppfoljning.collect.sheet import Sheet, edition_of, sheet_of
from uppfoljning.domain.plan import Commitment, Plan
from uppfoljning.domain.report import HOURS, Deviation, Observation
from uppfoljning.project.load import Project

THINGS = {"avvikelser": Deviation.KEYS, "iakttagelser": Observation.KEYS}
"""The lists of things, with the keys of each thing."""
SPANS = ("period", "flyttad_till")
TABLES = ("funktioner", "uppgifter", "moment", "timmar", *SPANS)
"""What holds names with values; a span may also be one word."""
LISTS = ("parter", "plats", "ersätter")
FREE_TEXT = frozenset({"text", "vad", "hur", "varför", "åtgärd"})
ORDER = (
    "åtagande", "plan", "datum", "period", "läge", "antal", "start", "slut", "parter", "plats", "funktioner", "uppgifter",
    "moment", "avvikelser", "iakttagelser", "timmar", "klart", "text", "flyttad_till", "ersätter", "inlämnad", "rapportör",
    "kvitto", "utgåva",
)  # fmt: skip
"""The keys in the order of the offline form."""

Names = Mapping[str, tuple[str, ...]]
"""The names that each table may have, in the order of the form."""

WITHOUT_PLAN: Names = {"timmar": HOURS, **dict.fromkeys(SPANS, ("från", "till"))}
"""The names that are the same in every report."""


class Home(NamedTuple):
    """The commitment that a report is about, and what its form asks."""

    plan: Plan
    commitment: Commitment
    sheet: Sheet

    @property
    def names(self) -> Names:
        """The names of its tables."""
        return {
            **WITHOUT_PLAN,
            "funktioner": tuple(one.id for one in self.sheet.functions),
            "uppgifter": tuple(self.sheet.fields),
            "moment": tuple(step.id for step in self.commitment.steps),
        }

    @property
    def edition(self) -> str:
        """The edition that a form made now would have."""
        return edition_of(self.sheet)


class Homes:
    """The commitments of a project by name."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._found: dict[tuple[str, str], Home] = {}

    def of(self, commitment: object, plan: object) -> Home | None:
        """What `åtagande` and `plan` of a report name; None when that is nothing, or more than one."""
        if not isinstance(commitment, str):
            return None
        lead, slash, name = commitment.rpartition("/")
        wanted = {lead} if slash else set()
        wanted |= {plan} if isinstance(plan, str) and plan else set()
        known = self._project.plans
        if len(wanted) > 1:
            return None
        plans = [known[one] for one in wanted if one in known] if wanted else list(known.values())
        fitting = [(one, there) for one in plans for there in one.commitments if there.id == name]
        return self._home(*fitting[0]) if len(fitting) == 1 else None

    def _home(self, plan: Plan, commitment: Commitment) -> Home:
        at = plan.id, commitment.id
        if at not in self._found:
            sheet = sheet_of(plan, commitment, self._project.forms.get(commitment.form))
            self._found[at] = Home(plan, commitment, sheet)
        return self._found[at]
