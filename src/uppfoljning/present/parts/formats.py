"""The faces of `analys`, by name."""

from __future__ import annotations

from collections.abc import Callable
from math import isfinite
from typing import Any

from uppfoljning.analysis.adjusted_contrasts import Held
from uppfoljning.analysis.parts import Contrast, Found, Rate
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Grid, Part
from uppfoljning.present.escape import json_text
from uppfoljning.present.parts import words
from uppfoljning.present.parts.words import Account
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import Screen

VERSION = 1
Writer = Callable[[list[Account], Provenance, View, Screen], None]


def _text(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.parts.text import parts_text

    screen.show(parts_text(accounts, foot, screen.width))


def _markdown(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.parts.paper import NOTHING, parts_part

    part = parts_part(accounts)
    lines = _lines(part, 2) if part is not None else [f"{NOTHING}\n"]
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _lines(part: Part, level: int) -> list[str]:
    found = [f"{'#' * level} {escaped(part.heading)}\n", *(f"{escaped(sentence)}\n" for sentence in part.sentences)]
    found += [markdown_table(block) for block in part.blocks if isinstance(block, Grid)]
    return found + [line for inner in part.parts for line in _lines(inner, level + 1)]


def _json(accounts: list[Account], foot: Provenance, view: View, screen: Screen) -> None:
    content = {
        "version": VERSION,
        "vid": view.as_of.isoformat(),
        "commit": foot.commit or None,
        "åtaganden": [
            {
                "plan": account.plan.id,
                "id": account.line.commitment.id,
                "titel": account.line.commitment.title,
                "fullständighet": None if account.line.received.share is None else float(account.line.received.share),
                "utfall": [_found(account, found) for found in account.found],
            }
            for account in accounts
        ],
    }
    screen.write_data(json_text(content))


def _found(account: Account, found: Found) -> dict[str, Any]:
    return {
        "fält": found.outcome,
        "per": "del" if found.yes_no else "timme" if found.by_hour else "pass",
        "pass": found.passes,
        "utan": found.without,
        "jämförelser": found.family,
        "jämförelser_väntade": found.declared,
        "kontraster": [_contrast(account, one) for one in found.contrasts],
        "oprövbara": [{"faktor": one.factor.id, "nivå": one.level} for one in found.unvaried],
    }


def _contrast(account: Account, one: Contrast) -> dict[str, Any]:
    crude, held, strata = one.crude, one.held, one.strata
    return {
        "faktor": one.factor.id,
        "nivå": one.level,
        "namn": words.level(account, one),
        "väntad": one.factor.declared,
        "där": _rate(one.inside),
        "övriga": _rate(one.outside),
        "kvot": None if crude is None else crude.ratio,
        "ci_low": None if crude is None else crude.interval.low,
        "ci_high": None if crude is None else crude.interval.high,
        "phi": None if crude is None else crude.phi,
        "p_value": one.p,
        "p_bh": one.p_adjusted,
        "inom": None if one.within is None else one.within.id,
        "skillnad": None if one.difference is None else list(one.difference),
        "hänger_ihop_med": None if one.beside is None else one.beside.factor.id,
        "cramers_v": None if one.beside is None else one.beside.together,
        "möts_aldrig": None if one.beside is None else one.beside.never_meet,
        "justerad": None if held is None else _held(held),
        "kvot_inom": one.inner,
        "oddskvot": None
        if strata is None
        else {"rå": _finite(strata.crude), "or_mh": strata.ratio, "ci_low": strata.interval.low, "ci_high": strata.interval.high},
        "koder": list(one.codes),
    }


def _held(one: Held) -> dict[str, Any]:
    found = one.ratio
    return {
        "kvot": found.ratio,
        "ci_low": found.interval.low,
        "ci_high": found.interval.high,
        "p_value": found.p,
        "phi": found.phi,
        "för": [factor.id for factor in one.factors],
    }


def _finite(value: float) -> float | None:
    return value if isfinite(value) else None


def _rate(one: Rate) -> dict[str, Any]:
    ends = (None, None) if one.interval is None else one.interval
    return {"pass": one.passes, "antal": one.events, "per": one.rate, "timmar": one.hours, "ci_low": ends[0], "ci_high": ends[1]}


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
