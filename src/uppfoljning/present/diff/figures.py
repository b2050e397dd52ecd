"""A figure in two moments as text: before, after, the difference and its parts, rounded so that the parts add up as printed."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from uppfoljning.domain.number import Number, half_up
from uppfoljning.followup.differences import EXPECTED, OUTCOME, FigureDiff, ReportsDiff, TargetDiff
from uppfoljning.followup.row import Row
from uppfoljning.followup.variance_bridge import STEPS
from uppfoljning.present.escape import one_line
from uppfoljning.present.figures import UNKNOWN, figure, signed, whole_percent

NOT_KNOWN = "okänt"
_TIME = "tiden som gått"
_DONE = {0: "påbörjat", 1: "klart"}


class Shown:
    """One figure of a target, ready to be written. What is printed is rounded state by state, so that the parts add up."""

    def __init__(self, of: TargetDiff, diff: FigureDiff, reports: ReportsDiff) -> None:
        self.diff = diff
        self._of = of
        self._reports = reports
        self._share = of.target.share
        self._values = self._rounded(fine=False)
        self._fine = len(set(self._values)) == 1 and len(set(diff.values)) > 1
        if self._fine:
            self._values = self._rounded(fine=True)

    @property
    def before(self) -> str:
        """What the earlier moment says; with its unit where the later figure, which else has it, is not known."""
        text = self._text(self._of.before, 0)
        return f"{text} {self._unit}".rstrip() if self.diff.after is None and self.diff.before is not None else text

    @property
    def after(self) -> str:
        """What the later moment says, with its unit."""
        text = self._text(self._of.after, -1)
        return text if self.diff.after is None else f"{text} {self._unit}".rstrip()

    @property
    def _unit(self) -> str:
        counted = self.diff.name == OUTCOME and not self._share and self._of.target.operator != "klart"
        return one_line(self._of.target.unit) if counted else ""

    @property
    def comparable(self) -> bool:
        """Whether a difference can be told: not between a share and a count, and not of what is only done or not."""
        rows = (self._of.before, self._of.after)
        kinds = {(row.target.share, row.target.operator == "klart") for row in rows if row is not None}
        return len(kinds) == 1 and kinds != {(False, True)}

    @property
    def difference(self) -> str:
        """The whole difference, with its sign; nothing where the two cannot be compared."""
        if not self.comparable:
            return ""
        text = signed(self._values[-1] - self._values[0])
        if not self._share:
            return text
        return f"{text} {'procentenhet' if text[1:] == '1' else 'procentenheter'}"

    @property
    def parts(self) -> list[str]:
        """What the difference comes from: `rättelser −1`; where it has no size only what it comes from."""
        found = []
        for at, (earlier, later) in enumerate(pairwise(self._values)):
            if change := later - earlier:
                found.append(f"{self._step(at)} {signed(change)}" if self.comparable else self._step(at))
        return found

    def sentence(self) -> str:
        """All of it: `13 → 19 tillsyner (+6): rättelser −1, nytt arbete +7`."""
        name = "" if self.diff.name == OUTCOME else f"{self.diff.name} "
        text = f"{name}{self.before} → {self.after}"
        if self.difference:
            text += f" ({self.difference})"
        return f"{text}: {', '.join(self.parts)}" if self.parts else text

    def _step(self, at: int) -> str:
        if at == 0 and self._reports.left_out:
            return "borttagna och utelämnade rapporter" if self._reports.removed else "utelämnade rapporter"
        if at == len(STEPS) - 1 and (self.diff.name == EXPECTED or not self._reports.new):
            return _TIME
        return STEPS[at]

    def _rounded(self, *, fine: bool) -> list[Number]:
        return [0 if value is None else self._round(value, fine=fine) for value in self.diff.values]

    def _round(self, value: Number, *, fine: bool) -> Number:
        if self._share:
            return Fraction(half_up(Fraction(value) * 10_000), 100) if fine else whole_percent(Fraction(value))
        if self.diff.name == EXPECTED and not fine:
            return value.numerator // value.denominator
        return Fraction(half_up(Fraction(value) * 100), 100)

    def _text(self, row: Row | None, at: int) -> str:
        value = self.diff.values[at]
        if value is None:
            return NOT_KNOWN if self.diff.name == OUTCOME and row is not None else UNKNOWN
        assert row is not None
        if self.diff.name == OUTCOME and row.target.operator == "klart":
            return _DONE[int(value)]
        if row.target.share != self._share:
            return f"{whole_percent(Fraction(value))} %" if row.target.share else figure(value)
        certainty = self.diff.certainty[at] if self.diff.name == OUTCOME else ""
        return figure(self._values[at], certainty) + (" %" if self._share else "")
