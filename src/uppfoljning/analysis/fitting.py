"""The two models that are fitted, and how: arrays only, never a formula, and no word of the library's own reaches the user."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

SEPARATED = 10.0
"""A standard error on the log scale that only comes of what cannot be told apart."""

if TYPE_CHECKING:
    from numpy.typing import NDArray


def poisson(counts: NDArray[Any], columns: NDArray[Any], exposure: NDArray[Any] | None = None, **covariance: Any) -> Any:
    """A Poisson model of counts with log link; `exposure` is what they are set against."""
    import numpy as np
    from statsmodels.genmod.families import Poisson

    return _fit(counts, columns, Poisson(), None if exposure is None else np.log(exposure), covariance)


def binomial(pairs: NDArray[Any], columns: NDArray[Any], **covariance: Any) -> Any:
    """A binomial model of the first of each pair among both, with logit link."""
    from statsmodels.genmod.families import Binomial

    return _fit(pairs, columns, Binomial(), None, covariance)


def _fit(outcome: NDArray[Any], columns: NDArray[Any], family: Any, offset: NDArray[Any] | None, covariance: Any) -> Any:
    from statsmodels.genmod.generalized_linear_model import GLM

    with warnings.catch_warnings():
        # Months that are exactly alike are a perfect fit, which it warns of; what cannot be told apart has been gated before.
        warnings.simplefilter("ignore")
        fit = GLM(outcome, columns, family=family, offset=offset).fit(**covariance)
        # The library reckons these first when they are asked for, and would warn then.
        _ = fit.pearson_chi2, fit.bse
        return fit
