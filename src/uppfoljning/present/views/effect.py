"""The faces of `effekt`, by name: of the estimates, and of what could be found ahead of a measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from math import inf, isfinite, isinf
from typing import Any, NamedTuple

from uppfoljning.analysis import before_after
from uppfoljning.analysis.before_after import CountWindow, Interval, Ratio
from uppfoljning.analysis.effect.result import BeforeAfterCounts, Study
from uppfoljning.domain.period import period_name
from uppfoljning.followup.view import View
from uppfoljning.present.document.model import Cell, Chart, Column, Grid, Part, data, for_readers, number, reading
from uppfoljning.present.document.model import text as model_text
from uppfoljning.present.escape import json_text, one_line
from uppfoljning.present.figures import figure
from uppfoljning.present.provenance import Provenance
from uppfoljning.present.renderers.markdown import escaped, markdown_table
from uppfoljning.present.terminal import BLANK, Screen, TextLine, folded, plain
from uppfoljning.present.views import effect_words as words
from uppfoljning.present.views.effect_beside import beside
from uppfoljning.present.views.effect_plan import EffectAccount, measured, series_grid, sparkline, where

# `effekt --format json`: a contract with a version. Ratios are as they are named in the literature; unknown is null.


VERSION = 1


def effect_json(accounts: Iterable[EffectAccount], foot: Provenance, view: View) -> str:
    """The estimates as JSON text."""
    return json_text(
        {
            "version": VERSION,
            "vid": view.as_of.isoformat(),
            "commit": foot.commit or None,
            **foot.json(),
            "åtaganden": [_json_account(account) for account in accounts],
        }
    )


def _json_account(account: EffectAccount) -> dict[str, Any]:
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
        "justerat_intervall": None if found.among is None else _interval(found.among),
        "mått_prövade": found.family or None,
        "noteringar": list(found.notes),
        "massmånader": [period_name(month) for month in found.mass],
        "känslighet": {name: _ratio(one) for name, one in found.sensitivity},
        "dubbel_spridning": _ratio(found.doubled),
        "utan_massmånader": _ratio(found.without_mass),
    }


def _e_test(counts: BeforeAfterCounts) -> float:
    before, after = CountWindow(counts.before, counts.months_before), CountWindow(counts.after, counts.months_after)
    return before_after.e_test(before, after)


def _counts(counts: BeforeAfterCounts) -> dict[str, int]:
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


# The figures of an estimate as a table, every measure with its interval and which way is favourable.


BELOW, ABOVE = "under 1", "över 1"


class _Figure(NamedTuple):
    """A measure, its value, its interval where it has one, what is favourable to a measure against crime, and its p-value."""

    name: str
    value: float
    interval: Interval | None = None
    favourable: str = ""
    p: float | None = None


def figures_grid(study: Study, name: str) -> Grid:
    """A row for every measure that the design and the data give."""
    columns = (
        Column("Mått"), Column("Värde", "tal"), reading("95 % KI"), data("KI låg", "tal"), data("KI hög", "tal"),
        Column("Talar för insatsen"), Column("p"),
    )  # fmt: skip
    return Grid(f"effektmått {name}", "Skattningens siffror", columns, tuple(map(_row, _figures(study))))


def _row(one: _Figure) -> tuple[Cell, ...]:
    low, high = one.interval if one.interval is not None else (None, None)
    reach = f"{_shown(one.interval.low)} till {_shown(one.interval.high)}" if one.interval is not None else ""
    p = "" if one.p is None else "<0,001" if one.p < 0.001 else figure(Fraction(one.p), decimals=3)
    return (
        model_text(one.name),
        _cell(one.value),
        model_text(reach),
        _cell(low),
        _cell(high),
        model_text(one.favourable),
        model_text(p),
    )


def _cell(value: float | None) -> Cell:
    if value is None:
        return number(None, "")
    return number(round(Fraction(value), 6), _shown(value)) if isfinite(value) else model_text(_shown(value))


def _shown(value: float) -> str:
    return "obegränsat" if value == inf else figure(Fraction(value))


def _figures(study: Study) -> Iterator[_Figure]:
    if study.exact is not None:
        exact = study.exact
        yield _Figure("Efter mot före, exakt", exact.ratio, exact.interval, BELOW, exact.p_central)
    if study.headline is not None:
        yield _of("Skattning", study.headline)
    if study.relative is not None:
        yield _of("RIRR", study.relative)
        res = study.relative.interval
        yield _Figure("RES", 1 / study.relative.ratio, Interval(1 / res.high, 1 / res.low), ABOVE, study.relative.p)
    if study.exact_res is not None:
        yield _Figure("RES, exakt betingad", study.exact_res.res, study.exact_res.interval, ABOVE, study.exact_res.p)
    if study.expected is not None:
        yield _Figure("Antal mot väntat", study.expected.difference, study.expected.interval, "under 0")
    if study.difference is not None:
        found = study.difference
        yield _Figure("WDD per månad", found.local, found.local_interval, "under 0", None if study.with_buffer else found.p)
        if study.with_buffer:
            yield _Figure("WDD per månad, med bufferten", found.total, found.interval, "under 0", found.p)
    if study.quotient is not None and study.quotient.quotient is not None:
        yield _Figure("WDQ", study.quotient.quotient, None, "över −1")
        yield _Figure("TNE", study.quotient.total_net, None, "över 0")
    if study.trend is not None:
        yield _Figure(
            "Skillnad i riktning före start, ensam", study.trend.unbroken, study.trend.interval, "", study.trend.slope.p
        )
    yield from _others(study)


def _others(study: Study) -> Iterator[_Figure]:
    """The same ratio in other ways, and for other starts."""
    if study.interrupted is not None:
        yield _of("Lång serie, modellens fel", study.interrupted.ratio)
        if study.interrupted.robust is not None:
            yield _of("Lång serie, HAC", study.interrupted.robust)
    for name, found in study.sensitivity:
        yield _of(f"Känslighet, {name}", found)
    if study.doubled is not None:
        yield _of("Med dubbelt så stora svängningar", study.doubled)
    if study.without_mass is not None:
        yield _of("Utan månader med massanmälan", study.without_mass)
    for at, found in enumerate(study.false_dates):
        yield _of(f"Påhittad start {at + 1}", found)


def _of(name: str, found: Ratio) -> _Figure:
    return _Figure(name, found.ratio, found.interval, BELOW, found.p)


# An estimate as a part of a report, for the web page, documents and Markdown.


def effect_part(accounts: Iterable[EffectAccount]) -> Part | None:
    """A section with a part for each commitment that has an outcome goal; None where there is none."""
    parts = tuple(map(_part, accounts))
    return Part("effekt", "Effekt", parts=parts) if parts else None


def _part(account: EffectAccount) -> Part:
    found, id_ = account.outcome, f"effekt-{account.commitment.id}"
    head = tuple(
        filter(None, (f"Mål: {account.goal.text}. {where(account)}.{words.since(account.goal.start)}", measured(account)))
    )
    if not isinstance(found, Study):
        return Part(id_, account.commitment.title, (*head, words.refusal(found)))
    first, rest = _reservations(account, found)
    sentences = (
        *head,
        words.conclusion(found),
        words.estimate(found),
        *first,
        *words.counted(found),
        words.design(found),
        words.detectable(found),
        *beside(found),
        *rest,
        *words.STANDING,
    )
    title = account.commitment.title
    chart = Chart("serie", title, f"{title}: {words.estimate(found)}", series_grid(found, account.commitment.id))
    return Part(id_, title, sentences, (chart, figures_grid(found, account.commitment.id)))


def _reservations(account: EffectAccount, found: Study) -> tuple[list[str], list[str]]:
    """Those that decide what is concluded, and the rest."""
    deciding = words.deciding(found)
    # How little was done says the same as its code, with figures.
    dose = list(words.dose(account.dose.done, account.dose.received))
    told: tuple[list[str], list[str]] = ([], [])
    for code in found.warnings:
        told[code not in deciding].extend(dose if dose and code == "W_DOS" else words.reservations(found, (code,)))
    return told


# `effekt` as text: the conclusion and its interval, the reservations that decide it, then what it rests on and the rest.


NOTHING = "Inget åtagande har ett effektmål. Skriv effektmål: i planen, helst innan arbetet börjar."


def effect_text(accounts: Iterable[EffectAccount], foot: Provenance, room: int | None) -> Iterator[TextLine]:
    """Each commitment with an outcome goal."""
    told = False
    for account in accounts:
        told = True
        yield from _text_account(account, room)
        yield BLANK
    if not told:
        yield from folded(NOTHING, room)
        yield BLANK
    yield from folded(str(foot), room, style="quiet")


def _text_account(account: EffectAccount, room: int | None) -> Iterator[TextLine]:
    yield from folded(account.commitment.title, room, style="title")
    yield from folded(f"Mål: {one_line(account.goal.text)}. {where(account)}.{words.since(account.goal.start)}", room)
    if said := measured(account):
        yield from folded(said, room, style="quiet")
    found = account.outcome
    if not isinstance(found, Study):
        yield from folded(words.refusal(found), room, 2)
        return
    first, rest = _reservations(account, found)
    yield from folded(f"Slutsats: {words.conclusion(found)}", room, 2, "code")
    yield from folded(words.estimate(found), room, 2)
    for text in first:
        yield from folded(f"- {text}", room, 2)
    yield plain(f"  {sparkline(found, room - 2) if room else sparkline(found)}")
    for text in (*words.counted(found), words.design(found), words.detectable(found), *beside(found)):
        yield from folded(text, room, 2)
    if rest:
        yield plain("  Att ha i minnet", "title")
        for text in rest:
            yield from folded(f"- {text}", room, 2)
    for text in words.STANDING:
        yield from folded(text, room, 2, "quiet")


Writer = Callable[[list[EffectAccount], Provenance, View, Screen], None]


def _text(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:

    screen.show(effect_text(accounts, foot, screen.width))


def _json(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:

    screen.write_data(effect_json(accounts, foot, view))


def _markdown(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:

    part = effect_part(accounts)
    lines = ["## Effekt\n"] if part is not None else [f"{NOTHING}\n"]
    for one in part.parts if part is not None else ():
        lines.append(f"### {escaped(one.heading)}\n")
        lines += [f"{escaped(sentence)}\n" for sentence in one.sentences]
        lines += [markdown_table(block.grid if isinstance(block, Chart) else block) for block in one.blocks]
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _ahead_text(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.views.effect_plan import planned

    if not accounts:
        screen.show(folded(NOTHING, screen.width))
    for account, sentences, grid in planned(accounts):
        screen.show(folded(account.commitment.title, screen.width, style="title"))
        for sentence in sentences:
            screen.show(folded(sentence, screen.width, 2))
        if grid is not None:
            screen.show([plain(f"  {grid.title}:", "title")])
            screen.show(_ahead_table(grid, screen.width))
        screen.show([BLANK])
    screen.show(folded(str(foot), screen.width, style="quiet"))


def _ahead_table(grid: Grid, room: int | None) -> Iterator[TextLine]:
    """The table, or where it does not fit a line for each length of time."""
    from uppfoljning.present.layout import GAP, LayoutColumn, laid, widths

    shown = for_readers(grid)
    columns = [LayoutColumn(column.name, folds=True) for column in shown.columns]
    body = [[cell.shown for cell in row] for row in shown.rows]
    sizes = widths(columns, body, room and room - 2)
    if sizes is not None:
        for row in ([column.name for column in columns], *body):
            yield from (plain("  " + GAP.join(cells)) for cells in laid(columns, row, sizes))
        return
    for row in body:
        told = "; ".join(f"{column.name.lower()} {cell}" for column, cell in zip(columns[1:], row[1:], strict=True))
        yield from folded(f"{row[0]} månader: {told}.", room, 2)


def _ahead_markdown(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.views.effect_plan import planned

    lines = ["## Vad som skulle synas\n"]
    for account, sentences, grid in planned(accounts):
        lines.append(f"### {escaped(account.commitment.title)}\n")
        lines += [f"{escaped(sentence)}\n" for sentence in sentences]
        lines += [f"{grid.title}:\n", markdown_table(grid)] if grid is not None else []
    screen.write_data("\n".join([*lines, f"{foot}\n"]))


def _ahead_json(accounts: list[EffectAccount], foot: Provenance, view: View, screen: Screen) -> None:
    from uppfoljning.present.views.effect_plan import planned

    told = [
        {
            "plan": account.plan.id,
            "id": account.commitment.id,
            "text": sentences,
            "rader": [] if grid is None else [[cell.shown for cell in row] for row in grid.rows],
        }
        for account, sentences, grid in planned(accounts)
    ]
    screen.write_data(json_text({"version": VERSION, "vid": view.as_of.isoformat(), "åtaganden": told}))


FORMATS: dict[str, Writer] = {"text": _text, "json": _json, "md": _markdown}
AHEAD: dict[str, Writer] = {"text": _ahead_text, "json": _ahead_json, "md": _ahead_markdown}
