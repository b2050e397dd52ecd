"""What is told of many municipalities, and which of its figures are kept back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from uppfoljning.domain.number import Certainty, Number
from uppfoljning.domain.period import Period
from uppfoljning.followup.status import Status
from uppfoljning.national.gathered import Area, Figure, Gathered, Standing
from uppfoljning.present.document.model import Cell, Count, number
from uppfoljning.present.document.suppression import Unit, Why, hidden
from uppfoljning.present.figures import UNKNOWN, figure
from uppfoljning.present.status.cells import FOLLOWS_PLAN
from uppfoljning.present.status.people import FEW, HIDDEN, is_small

TOO_FEW = "för få kommuner"
NOTE = (
    f"Antal personer från 1 till 4 visas som ”{FEW}”. Siffror som de skulle gå att räkna ut ur visas som ”{HIDDEN}”. "
    "Det är för att ingen ska gå att känna igen."
)


class Told(NamedTuple):
    """The follow-up, the day it is made, the months looked at, and how it was asked for.

    `months` are those in which reports are looked for; `period` is None where all time is added up. Figures behind which stand
    fewer than `fewest` municipalities are kept back. `repositories` and `exports` are how many of each it was made from.
    """

    found: Gathered
    as_of: date
    months: tuple[str, ...]
    period: Period | None
    form: str
    fewest: int
    repositories: int
    exports: int
    left_out: int
    command: str = ""


def is_good(standing: Standing) -> bool:
    """Whether a commitment follows its plan, or when the plan is over has been reached: as the answer of `status` counts it."""
    return standing.testable and (standing.reached if standing.ended else standing.status in FOLLOWS_PLAN)


def follows(area: Area) -> tuple[int, int]:
    """How many commitments follow the plan, of those with a number."""
    return (
        sum(number for standing, number in area.standings.items() if is_good(standing)),
        sum(number for standing, number in area.standings.items() if standing.testable),
    )


def others(area: Area) -> dict[Status, int]:
    """The other commitments with a number, by status, worst first."""
    found = {
        status: sum(n for one, n in area.standings.items() if one.status == status and one.testable and not is_good(one))
        for status in Status
    }
    return {status: many for status, many in found.items() if many}


def kept_back(behind: Sequence[int], fewest: int, *, of_a_total: bool) -> set[int]:
    """Which figures to keep back, by how many municipalities stand behind each.

    Where their total is shown a single one could be worked out from the rest: then the next smallest go with it, until those kept
    back are several and enough together.
    """
    hid = {at for at, number in enumerate(behind) if 0 < number < fewest}
    if not hid or not of_a_total:
        return hid
    rest = sorted((at for at, number in enumerate(behind) if number and at not in hid), key=lambda at: (behind[at], at))
    while rest and (len(hid) < 2 or sum(behind[at] for at in hid) < fewest):
        hid.add(rest.pop(0))
    return hid


def sum_cell(value: Number, certainty: Certainty = "", shown: str = "") -> Cell:
    """A sum with how sure it is."""
    return number(value, shown or figure(value, certainty))


def withheld(cell: Cell, why: str = TOO_FEW) -> Cell:
    """A figure that is not told, with words in its place; a name stays."""
    return Cell(None, why) if cell.is_figure or cell.shown == UNKNOWN else cell


class People:
    """The sums of people that may be shown: of the country and of each county, all figures settled together."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._units: dict[tuple[int, str], Unit] = {}
        counted = [one for one in figures if one.people]
        for one in counted:
            self._units[id(one), ""] = _unit(one, "")
        for one in counted:
            for county in sorted({code[:2] for code in one.values}):
                self._units[id(one), county] = _unit(one, county)
        small = any(is_small(sum(count.value for count in unit[0])) for unit in self._units.values())
        self._hid: Mapping[Unit, Why] = hidden(self._units.values()) if small else {}

    @property
    def hides(self) -> bool:
        """Whether anything is kept back."""
        return bool(self._hid)

    def cell(self, one: Figure, county: str, cell: Cell) -> Cell:
        """The cell of a figure in a county, or in the country, as it may be shown."""
        why = self._hid.get(self._units.get((id(one), county), ()))
        return cell if why is None else Cell(None, FEW if why == "liten" else HIDDEN)


def _unit(one: Figure, county: str) -> Unit:
    values = {code: value for code, value in one.values.items() if code.startswith(county)}
    return (frozenset(Count(f"{one.form}#{one.kind}#{one.name}#{code}", value) for code, value in values.items()),)
