"""Did it move? The weighted displacement difference, and the weighted displacement quotient with the total net effect."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from uppfoljning.analysis.before_after import LEVEL, Interval

Pair = tuple[float, float]
"""A count before and after."""


class Displacement(NamedTuple):
    """WDD (Wheeler & Ratcliffe 2018): the change in the treated area beyond its comparison, in the buffer, and together.

    Negative is favourable. `p` is two-sided.
    """

    local: float
    se_local: float
    buffer: float
    se_buffer: float
    total: float
    se_total: float
    interval: Interval
    local_interval: Interval
    z: float
    p: float


def displacement(
    treated: Pair,
    comparison: Pair,
    buffer: Pair = (0, 0),
    buffer_comparison: Pair = (0, 0),
    *,
    lengths: Pair = (1, 1),
    areas: tuple[float, float, float, float] = (1, 1, 1, 1),
    phi: float = 1.0,
    level: float = LEVEL,
) -> Displacement:
    """The difference in numbers. `areas` weigh comparison, treated, the buffer's comparison and buffer.

    `lengths` are those of the windows. Without a comparison of its own the buffer is taken to be unchanged
    otherwise. The variance is widened by `phi` when above 1.
    """
    from scipy.stats import norm

    wide = sqrt(max(1.0, phi))
    changes = [
        _change(pair, lengths, weight)
        for pair, weight in zip((comparison, treated, buffer_comparison, buffer), areas, strict=True)
    ]
    (of_comparison, v_c), (of_treated, v_t), (of_both, v_bc), (of_buffer, v_b) = changes
    local, aside = of_treated - of_comparison, of_buffer - of_both
    se_local, se_buffer = sqrt(v_t + v_c) * wide, sqrt(v_b + v_bc) * wide
    total, se_total = local + aside, sqrt(se_local**2 + se_buffer**2)
    normal = float(norm.ppf((1 + level) / 2))
    reach, near = normal * se_total, normal * se_local
    z = total / se_total if se_total else 0.0
    return Displacement(
        local, se_local, aside, se_buffer, total, se_total, Interval(total - reach, total + reach),
        Interval(local - near, local + near), z, float(2 * norm.sf(abs(z))),
    )  # fmt: skip


def _change(pair: Pair, lengths: Pair, area: float) -> tuple[float, float]:
    """The weighted change and its variance."""
    before, after = (length * area for length in lengths)
    return pair[1] / after - pair[0] / before, pair[1] / after**2 + pair[0] / before**2


class Quotient(NamedTuple):
    """WDQ and TNE (Bowers & Johnson 2003), without standard errors. `quotient` is None where there is nothing to divide by.

    Above 0 the gain spread, from −1 to 0 some of it moved, below −1 more moved than was gained.
    """

    success: float
    moved: float
    quotient: float | None
    gross: float
    net: float
    total_net: float


def quotient(treated: Pair, buffer: Pair, comparison: Pair) -> Quotient:
    """The quotient; only where the treated area gained against its comparison (E_WDQ_EJ_TOLKBAR otherwise). No count is zero."""
    (r0, r1), (b0, b1), (c0, c1) = treated, buffer, comparison
    success, moved = r1 / c1 - r0 / c0, b1 / c1 - b0 / c0
    total = r0 * c1 / c0 - r1 + b0 * c1 / c0 - b1
    return Quotient(success, moved, moved / success if success < 0 else None, r0 - r1, -success, total)
