"""The reference cases of `effekt` and `analys`: each is run through the function that answers it, within its tolerance.

They lie beside the checkout, not in the project, and are skipped where they are missing.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from math import inf, isinf, log
from pathlib import Path
from typing import Any

import pytest

from uppfoljning.analysis import before_after, contrasts, displacement, interrupted, months
from uppfoljning.analysis.before_after import CountWindow, Interval, Ratio
from uppfoljning.analysis.contrasts import Four, Pass
from uppfoljning.analysis.months import Month

SHARED = Path(__file__).resolve().parents[3] / "shared"
CASES = SHARED / "cases" / "effect.json"
FOUND = {case["id"]: case for case in json.loads(CASES.read_text("utf-8"))["cases"]} if CASES.is_file() else {}
Inputs = Mapping[str, Any]
Answer = dict[str, Any]


def rows(name: str) -> list[dict[str, str]]:
    with (SHARED / "data" / "effekt" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def simulated() -> list[Month]:
    """Wheeler's series of treated and comparison."""
    found: dict[int, dict[str, str]] = {}
    after: dict[int, bool] = {}
    for row in rows("monthly_sim_did.csv"):
        found.setdefault(int(row["Ord"]), {})[row["Exper"]] = row["Y"]
        after[int(row["Ord"])] = row["Post"] == "1"
    return [Month(int(one["1"]), int(one["0"]), after[at]) for at, one in sorted(found.items())]


def limits(interval: Interval) -> Answer:
    return {"ci_low": interval.low, "ci_high": interval.high}


def of_ratio(found: Ratio | None) -> Answer:
    assert found is not None
    plain = (found.se or 0) / max(1.0, found.phi) ** 0.5
    shown = {"ratio": found.ratio, "se_adjusted": found.se, "se_poisson": plain, "phi": found.phi, "df": found.df}
    return {**shown, "p_value": found.p, **limits(found.interval)}


def before_after_exact(given: Inputs) -> Answer:
    windows = [CountWindow(given[f"{word}_count"], given[f"{word}_exposure"]) for word in ("before", "after")]
    found = before_after.exact_ratio(windows[0], windows[1], given.get("conf_level", 0.95))
    if found is None:
        return {"estimable": False, "reason": "E_INGA_HANDELSER"}
    return {"rate_ratio": found.ratio, "p_central": found.p_central, "p_minlike": found.p_minlike, **limits(found.interval)}


def e_test(given: Inputs) -> Answer:
    return {"p_etest": before_after.e_test(*(CountWindow(given[f"count{at}"], given[f"exposure{at}"]) for at in (1, 2)))}


def rate(given: Inputs) -> Answer:
    window = CountWindow(given["count"], given["exposure"])
    return {"rate": window.events / window.length, **limits(before_after.rate_interval(window, given["conf_level"]))}


def four(given: Inputs) -> Four:
    return Four(*(given[f"{area}_{when}"] for area in ("treated", "comparison") for when in ("before", "after")))


def relative(given: Inputs) -> Answer:
    found = contrasts.relative_ratio(four(given), phi=given["phi"], level=given["conf_level"])
    assert found is not None and found.se is not None
    res = contrasts.turned(found.interval)
    return {
        "rirr": found.ratio, "log_rirr": log(found.ratio), "res": 1 / found.ratio, "se_log": found.se, "res_ci_low": res.low,
        "res_ci_high": res.high, "z": log(found.ratio) / found.se, "p_value": found.p, **limits(found.interval),
    }  # fmt: skip


def published(given: Inputs) -> Answer:
    pairs = zip(given["treated_pct_change"], given["comparison_pct_change"], strict=True)
    return {"res": [contrasts.res_of_percents(*pair) for pair in pairs]}


def conditional(given: Inputs) -> Answer:
    found = contrasts.exact_res(four(given), given["conf_level"])
    return {"res_conditional": found.res, "p_value": found.p, **limits(found.interval)}


def weighted(given: Inputs) -> Answer:
    pairs = [
        tuple(given.get(f"{area}_before_after", (0, 0))) for area in ("treated", "comparison", "buffer", "buffer_comparison")
    ]
    found = displacement.displacement(
        *pairs,
        lengths=tuple(given.get("time_weights_before_after", (1, 1))),
        areas=tuple(given.get("area_weights_comp_treat_bufcomp_buf", (1, 1, 1, 1))),
        level=given["conf_level"],
    )
    return {
        "wdd_local": found.local, "se_local": found.se_local, "wdd_disp": found.buffer, "se_disp": found.se_buffer,
        "wdd_total": found.total, "se_total": found.se_total, "z": found.z, "p_two_sided": found.p, **limits(found.interval),
    }  # fmt: skip


def bowers(given: Inputs) -> Answer:
    pairs = [(given[f"{area}_before"], given[f"{area}_after"]) for area in ("treated", "buffer", "comparison")]
    found = displacement.quotient(*pairs)
    if found.quotient is None:
        return {"success_measure": found.success, "wdq_reported": False, "reason": "E_WDQ_EJ_TOLKBAR"}
    return {
        "success_measure": found.success, "buffer_measure": found.moved, "wdq": found.quotient, "gross_effect": found.gross,
        "net_effect": found.net, "tne": found.total_net,
    }  # fmt: skip


def poisson_did(given: Inputs) -> Answer:
    if "cluster" in given:
        few = given["n_clusters"] < contrasts.FEWEST_CLUSTERS
        return {"refused": few, "reason": "E_FOR_FA_KLUSTER" if few else ""}
    import numpy as np

    series = simulated()
    after = np.array([month.after for month in series] * 2, float)
    treated = np.repeat([1.0, 0.0], len(series))
    counts = np.array([month.treated for month in series] + [month.comparison for month in series], float)
    fit, phi, _ = before_after.quasi_poisson(counts, np.column_stack([np.ones_like(after), after, treated, after * treated]))
    return {
        "b_post": fit.params[1], "b_treated": fit.params[2], "b_did": fit.params[3], "se_did": fit.bse[3], "phi_pearson": phi,
    }  # fmt: skip


def month_conditional(given: Inputs) -> Answer:
    found = months.month_ratio(simulated())
    assert found is not None and found.se is not None
    plain = found.se / max(1.0, found.phi) ** 0.5
    return {**of_ratio(found), "b_did": log(found.ratio), "rirr": found.ratio, "se_poisson": plain}


def drift(given: Inputs) -> Answer:
    found = months.pre_trend(simulated())
    assert found is not None
    return {
        "slope_per_month": found.slope, "se": found.se, "phi": found.phi, "df": found.df, "se_adjusted": found.se_adjusted,
        "p_value": found.p,
    }  # fmt: skip


def series(given: Inputs) -> Answer:
    if "data_file" in given:
        data = rows("sicily.csv")
        found = interrupted.interrupted(
            [int(row["aces"]) for row in data],
            [int(row["smokban"]) for row in data],
            exposure=[float(row["stdpop"]) for row in data],
            trend=[float(row["time"]) for row in data],
            harmonics=given["harmonics"],
        )
    else:
        begun, start = (int(given[name][:4]) * 12 + int(given[name][5:]) for name in ("first_month", "intervention"))
        steps = [int(begun + at >= start) for at in range(len(given["count"]))]
        found = interrupted.interrupted(given["count"], steps, harmonics=given["harmonics"])
    shown = found.plain if given["scale"] == "poisson" else found.ratio
    assert shown.se is not None
    from scipy.stats import norm, t

    df, b = found.ratio.df, log(shown.ratio)
    reach = {"z": norm.ppf(0.975) * shown.se, "t": t.ppf(0.975, df) * shown.se}
    from math import exp

    ends = {f"ci_{end}_{law}": exp(b + sign * reach[law]) for law in reach for end, sign in (("low", -1), ("high", 1))}
    warnings = ["W_AUTOKORRELATION"] if found.correlated else []
    return {"b": b, "se": shown.se, "rr": shown.ratio, "df": df, "phi": found.ratio.phi, "warnings_include": warnings, **ends}


def detectable(given: Inputs) -> Answer:
    counts = given["before_counts"]
    return {
        "mde_ratio": [
            before_after.smallest_found(count, given["length_ratio"], given["alpha"], given["power"]) for count in counts
        ]
    }


def power_of(given: Inputs) -> Answer:
    return {"power": [before_after.power_of(*pair) for pair in zip(given["before"], given["ratio"], strict=True)]}


def detectable_relative(given: Inputs) -> Answer:
    counts = given["treated_before"], given["comparison_before"]
    found = before_after.smallest_found_relative(
        *counts, given["length_ratio"], phi=given["phi"], alpha=given["alpha"], power=given["power"]
    )
    return {"mde_rirr": found}


def fewest(given: Inputs) -> Answer:
    return {"min_count": [before_after.fewest_before(ratio, 1, given["alpha"]) for ratio in given["length_before_over_after"]]}


def sums(given: Inputs) -> Answer:
    """That finer slices add nothing: twenty months say what their totals say."""
    before, after = sum(given["comparison"]), sum(given["treated"])
    found = before_after.monthly(given["comparison"], given["treated"]).ratio
    assert found is not None and found.se is not None
    plain = found.se / max(1.0, found.phi) ** 0.5
    assert plain == pytest.approx((1 / before + 1 / after) ** 0.5)
    return {"log_ratio": log(found.ratio), "se": plain, "total_comparison": before, "total_treated": after}


def monthly(given: Inputs) -> Answer:
    series = simulated()
    return of_ratio(
        before_after.monthly(*([month.treated for month in series if month.after is side] for side in (False, True))).ratio
    )


def same_months(given: Inputs) -> Answer:
    before, after = ({text[5:] for text in given[f"{when}_months"]} for when in ("before", "after"))
    return {"warnings_include": ["W_OLIKA_MANADER"] if before != after else []}


def factors(given: Inputs) -> Answer:
    """Wool and tension, a column for each level but the first, in one model with its dispersion."""
    import numpy as np
    from scipy.stats import t

    levels = [("wool", "B"), ("tension", "M"), ("tension", "H")]
    columns = [[float(one == level) for one in given[name]] for name, level in levels]
    fit, phi, df = before_after.quasi_poisson(
        np.array(given["breaks"], float), np.column_stack([np.ones(len(given["breaks"])), *columns])
    )
    passes = [Pass(events, 1.0) for events in given["breaks"]]
    whole = contrasts.adjusted(passes, [[int(one) for one in column] for column in columns])
    assert whole is not None and whole.phi == pytest.approx(phi) and whole.ratio == pytest.approx(float(np.exp(fit.params[1])))
    wide = fit.bse * phi**0.5
    return {
        "woolB": fit.params[1], "tensionM": fit.params[2], "tensionH": fit.params[3], "se_poisson_woolB": fit.bse[1],
        "se_quasi_woolB": wide[1], "se_quasi_tensionH": wide[3], "phi": phi,
        "p_t_woolB": 2 * t.sf(abs(fit.params[1] / wide[1]), df),
    }  # fmt: skip


def many(given: Inputs) -> Answer:
    p = contrasts.benjamini_hochberg(given["p"])
    return {"p_bh": p, "rejected": sum(one <= given["alpha"] for one in p)}


def parts(given: Inputs) -> Answer:
    return {"ci": [list(contrasts.wilson(*pair)) for pair in zip(given["x"], given["n"], strict=True)]}


def strata(given: Inputs) -> Answer:
    found = contrasts.mantel_haenszel(given["tables_admit_male_female"])
    turns = (found.ratio > 1) != (found.crude > 1)
    return {
        "or_mh": found.ratio, "crude_or": found.crude, "chi2_cc": found.chi2, **limits(found.interval),
        "warnings_include": ["W_TECKENBYTE"] if turns else [],
    }  # fmt: skip


def confounded(given: Inputs) -> Answer:
    passes = [Pass(*pair) for pair in zip(given["contacts"], given["hours"], strict=True)]
    police, weekend = given["police"], given["weekend"]
    sides = [[one for one, with_police in zip(passes, police, strict=True) if with_police == side] for side in (1, 0)]
    told = {}
    for name, found in (
        ("crude", contrasts.against_rest(*sides)),
        ("adjusted_for_weekend", contrasts.adjusted(passes, [police, weekend])),
    ):
        answer = of_ratio(found)
        told[name] = {**answer, "se_log": answer["se_adjusted"]}
    association = contrasts.cramers_v(police, weekend)
    return {
        **told, "cramers_v": association, "rate_ratio_mh": contrasts.rates_within(passes, police, weekend),
        "warnings_include": ["W_SAMVARIATION"] if association > contrasts.TOGETHER else [],
    }  # fmt: skip


def too_few(given: Inputs) -> Answer:
    sides = []
    for name in ("level", "rest"):
        passes, events = given[f"{name}_occasions"], given[f"{name}_events"]
        sides.append([Pass(events // passes + (at < events % passes), 1.0) for at in range(passes)])
    tested = contrasts.enough(*sides)
    return {"tested": tested, "reason": "" if tested else "E_FOR_LITET_UNDERLAG"}


METHODS: dict[str, Callable[[Inputs], Answer]] = {
    "before_after_exact": before_after_exact,
    "poisson_e_test": e_test,
    "poisson_rate_exact_ci": rate,
    "same_months": same_months,
    "res_rirr": relative,
    "res_from_percent_change": published,
    "res_exact_conditional": conditional,
    "wdd": weighted,
    "wdq_tne": bowers,
    "did_poisson": poisson_did,
    "did_month_conditional": month_conditional,
    "pre_trend": drift,
    "its_poisson": series,
    "its_quasipoisson": series,
    "mde_before_after_exact": detectable,
    "power_before_after_exact": power_of,
    "mde_res": detectable_relative,
    "min_before_count": fewest,
    "aggregation_invariance": sums,
    "factor_regression_quasipoisson": factors,
    "benjamini_hochberg": many,
    "wilson": parts,
    "stratified_odds_ratio": strata,
    "factor_confounding": confounded,
    "factor_level_vs_rest": too_few,
    "before_after_dispersion": monthly,
}
ELSEWHERE = {"BA05": "W_REGISTRERING sägs av kommandot och prövas där"}
"""What a case says of a warning that a command gives, not the function that reckons."""


@pytest.mark.skipif(not FOUND, reason="../shared/cases/effect.json saknas")
def test_every_case_is_run() -> None:
    assert len(FOUND) == 40
    assert {case["method"] for case in FOUND.values()} == METHODS.keys()


@pytest.mark.skipif(not FOUND, reason="../shared/cases/effect.json saknas")
@pytest.mark.parametrize("name", FOUND)
def test_case(name: str) -> None:
    case = FOUND[name]
    answer = METHODS[case["method"]](case["inputs"])
    expected = {key: value for key, value in case["expected"].items() if not (name in ELSEWHERE and key == "warnings_include")}
    assert_like(answer, expected, case["tolerance"])


def assert_like(found: Any, expected: Any, tolerance: Mapping[str, float]) -> None:
    if isinstance(expected, Mapping):
        for key, value in expected.items():
            assert_like(found[key], value, tolerance)
    elif isinstance(expected, Sequence) and not isinstance(expected, str):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_like(one, other, tolerance)
    elif expected == "inf":
        assert isinf(found) and found == inf
    elif isinstance(expected, (bool, str)):
        assert found == expected
    else:
        assert found == pytest.approx(expected, rel=tolerance.get("rel", 0), abs=tolerance.get("abs", 1e-12))
