"""`effekt --format json`: a contract with a version. Ratios are as they are named in the literature; unknown is null."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf
from typing import Any

from uppfoljning.analysis import before_after
from uppfoljning.analysis.before_after import Window
from uppfoljning.analysis.effect.result import Counts, Study
from uppfoljning.analysis.estimate import Interval, Ratio
from uppfoljning.domain.period import period_name
from uppfoljning.followup.view import View
from uppfoljning.present.effect import words
from uppfoljning.present.effect.account import Account
from uppfoljning.present.escape import json_text
from uppfoljning.present.provenance import Provenance

VERSION = 1


def effect_json(accounts: Iterable[Account], foot: Provenance, view: View) -> str:
    """The estimates as JSON text."""
    return json_text(
        {
            "version": VERSION,
            "vid": view.as_of.isoformat(),
            "commit": foot.commit or None,
            **foot.json(),
            "åtaganden": [_account(account) for account in accounts],
        }
    )


def _account(account: Account) -> dict[str, Any]:
    found = account.outcome
    head = {
        "plan": account.plan.id,
        "id": account.commitment.id,
        "titel": account.commitment.title,
        "effektmål": account.goal.text,
        "indikator": account.series.indicator.id if account.series is not None else account.goal.indicator or None,
        "genomförande": {"andel": _number(account.dose.done), "fullständighet": _number(account.dose.received)},
    }
    if not isinstance(found, Study):
        return {**head, "vägrat": found, "skäl": words.refusal(found), "skattning": None}
    return {**head, "vägrat": None, "skattning": _study(found)}


def _study(found: Study) -> dict[str, Any]:
    exact, res = found.exact, found.exact_res
    return {
        "upplägg": found.design,
        "start": found.start.isoformat(),
        "varningar": list(found.warnings),
        "slutsats": words.conclusion(found),
        "insats": _counts(found.counts),
        "jämförelse": None if found.comparison_counts is None else _counts(found.comparison_counts),
        "rubrik": _ratio(found.headline),
        "före_efter": None
        if exact is None
        else {
            "rate_ratio": _finite(exact.ratio),
            **_interval(exact.interval),
            "p_central": exact.p_central,
            "p_minlike": exact.p_minlike,
            "p_etest": _e_test(found.counts),
        },
        "minst_före": found.fewest_before,
        "upptäckbar_kvot": found.detectable,
        "rirr": None if found.relative is None else {**(_ratio(found.relative) or {}), "res": 1 / found.relative.ratio},
        "res_exakt": None if res is None else {"res_conditional": _finite(res.res), **_interval(res.interval), "p_value": res.p},
        "väntat": None
        if found.expected is None
        else {"antal": found.expected.expected, "skillnad": found.expected.difference, **_interval(found.expected.interval)},
        "wdd": None
        if found.difference is None
        else {
            "wdd_local": found.difference.local,
            "se_local": found.difference.se_local,
            "wdd_disp": found.difference.buffer,
            "se_disp": found.difference.se_buffer,
            "wdd_total": found.difference.total,
            "se_total": found.difference.se_total,
            **_interval(found.difference.interval),
            "z": found.difference.z,
            "p_two_sided": found.difference.p,
        },
        "wdq": None
        if found.quotient is None
        else {"wdq": found.quotient.quotient, "tne": found.quotient.total_net, "gross_effect": found.quotient.gross},
        "förtrend": None
        if found.trend is None
        else {
            "slope_per_month": found.trend.slope.slope,
            "se_adjusted": found.trend.slope.se_adjusted,
            "p_value": found.trend.slope.p,
            "ensam_kvot": _finite(found.trend.unbroken),
            **_interval(found.trend.interval),
        },
        "block": None
        if found.events is None
        else {"f": found.events.f, "p_value": found.events.p, "block": [block._asdict() for block in found.events.blocks]},
        "placebo": None if found.placebo is None else {"p": found.placebo[0], "golv": found.placebo[1]},
        "serie": None
        if found.interrupted is None
        else {
            **(_ratio(found.interrupted.shown) or {}),
            "fel_från": found.interrupted.leading,
            "väntat_efter": sum(found.interrupted.expected[-found.counts.months_after :]),
            "r1": found.interrupted.correlation,
            "ljung_box_p": found.interrupted.p_correlation,
        },
        "falska_starter": [_ratio(one) for one in found.false_dates],
        "p_justerat": found.p_adjusted,
        "mått_prövade": found.family or None,
        "noteringar": list(found.notes),
        "massmånader": [period_name(month) for month in found.mass],
        "känslighet": {name: _ratio(one) for name, one in found.sensitivity},
        "dubbel_spridning": _ratio(found.doubled),
        "utan_massmånader": _ratio(found.without_mass),
    }


def _e_test(counts: Counts) -> float:
    before, after = Window(counts.before, counts.months_before), Window(counts.after, counts.months_after)
    return before_after.e_test(before, after)


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "före": counts.before,
        "efter": counts.after,
        "månader_före": counts.months_before,
        "månader_efter": counts.months_after,
    }


def _ratio(found: Ratio | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "kvot": _finite(found.ratio),
        **_interval(found.interval),
        "p_value": found.p,
        "se_log": found.se,
        "phi": found.phi,
        "df": _finite(found.df),
    }


def _interval(interval: Interval) -> dict[str, Any]:
    return {"ci_low": _finite(interval.low), "ci_high": _finite(interval.high)}


def _finite(value: float) -> float | str:
    return "inf" if isinf(value) else value


def _number(value: Any) -> float | None:
    return None if value is None else float(value)
