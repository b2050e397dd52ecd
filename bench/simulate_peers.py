"""What other methods say of the same months: plain Poisson, negative binomial, and least squares with AR(1)."""

from __future__ import annotations

import warnings
from math import exp, log, sqrt
from typing import Any

import numpy as np
import statsmodels.api as sm
from statsmodels.discrete.discrete_model import NegativeBinomial

NAMES = ("Poisson", "NB", "GLS AR(1)")
REACH = 1.959963984540054


def fell(counts: Any, start: int) -> tuple[bool, bool, bool]:
    """Whether each says that the treated area fell: the interval of its ratio lies below 1."""
    known = ~np.isnan(counts).any(axis=0)
    after = (np.arange(counts.shape[1]) >= start)[known].astype(float)
    treated = counts[0, known]
    other = counts[1:, known].sum(axis=0) if len(counts) > 1 else None
    with warnings.catch_warnings():
        # They warn on their way; whether they came to an answer is asked below.
        warnings.simplefilter("ignore")
        return tuple(
            map(_below, (_poisson(treated, other, after), _negative(treated, other, after), _gls(treated, other, after)))
        )  # type: ignore[return-value]


Found = tuple[float, float] | None


def _below(found: Found) -> bool:
    return found is not None and exp(found[0] + REACH * found[1]) < 1


def _poisson(treated: Any, other: Any, after: Any) -> Found:
    cells = [line[after == side].sum() for line in (treated, other) if line is not None for side in (0, 1)]
    if not all(cells):
        return None
    lengths = (after == 0).sum(), (after == 1).sum()
    change = log(cells[1] / cells[0]) - (log(cells[3] / cells[2]) if other is not None else log(lengths[1] / lengths[0]))
    return change, sqrt(sum(1 / cell for cell in cells))


def _negative(treated: Any, other: Any, after: Any) -> Found:
    one = np.ones_like(after)
    if other is None:
        y, design, at = treated, np.column_stack([one, after]), 1
    else:
        y = np.concatenate([treated, other])
        both, area = np.tile(after, 2), np.repeat([1.0, 0.0], len(after))
        design, at = np.column_stack([np.ones_like(both), both, area, both * area]), 3
    try:
        fit = NegativeBinomial(y, design).fit(disp=0, maxiter=100)
    except (np.linalg.LinAlgError, ValueError):
        return None
    change, se = float(fit.params[at]), float(fit.bse[at])
    return (change, se) if np.isfinite(se) and se > 0 and abs(change) < 20 else None


def _gls(treated: Any, other: Any, after: Any) -> Found:
    y = np.log(treated + 0.5) - (np.log(other + 0.5) if other is not None else 0.0)
    fit = sm.GLSAR(y, np.column_stack([np.ones_like(after), after]), rho=1).iterative_fit(maxiter=10)
    change, se = float(fit.params[1]), float(fit.bse[1])
    return (change, se) if np.isfinite(se) and se > 0 and abs(change) < 20 else None
