"""Several outcomes of one measure: only the plan's own was chosen beforehand, so the others are adjusted for being many."""

from __future__ import annotations

from collections.abc import Sequence

from uppfoljning.analysis.contrasts import benjamini_hochberg
from uppfoljning.analysis.effect.result import Refusal, Study


def besides(found: Sequence[Study | Refusal]) -> list[Study | Refusal]:
    """Estimates of other outcomes than the plan's, flagged, with p-values adjusted over them all."""
    tested = [at for at, one in enumerate(found) if isinstance(one, Study) and one.headline is not None]
    raw = [one.headline.p for at in tested if isinstance(one := found[at], Study) and one.headline is not None]
    adjusted = dict(zip(tested, benjamini_hochberg(raw), strict=True))
    return [
        one._replace(warnings=(*one.warnings, "W_FLERA_UTFALL"), p_adjusted=adjusted.get(at), family=len(tested))
        if isinstance(one, Study)
        else one
        for at, one in enumerate(found)
    ]
