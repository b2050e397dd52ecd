"""`analys` as a part of a report: a table for each outcome, with what can be said of it."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from uppfoljning.analysis.parts import Contrast, Found
from uppfoljning.present.document.model import Cell, Column, Grid, Part, data, number, reading, text
from uppfoljning.present.parts import words
from uppfoljning.present.parts.words import Account

NOTHING = "Inget att räkna på. Åtagandet behöver en blankett med minst ett antal eller en ja- och nejfråga, och rapporter."


def parts_part(accounts: Iterable[Account]) -> Part | None:
    """A section with a part for each commitment; None where there is none."""
    parts = tuple(map(_part, accounts))
    return Part("analys", "Vad som sammanföll med mer", (words.OUTPUT,), parts=parts) if parts else None


def _part(account: Account) -> Part:
    inner = tuple(_outcome(account, found, at) for at, found in enumerate(account.found))
    return Part(
        f"analys-{account.line.commitment.id}",
        account.line.commitment.title,
        (words.INDICATION, words.OWN_REPORTS) if inner else (NOTHING,),
        parts=inner,
    )


def _outcome(account: Account, found: Found, at: int) -> Part:
    id_ = f"analys-{account.line.commitment.id}-{at + 1}"
    said = [words.counted(account, found)]
    said += [f"{words.sentence(account, found, one)} {words.judged(account, found, one)}" for one in _told(found)]
    said += [words.hypothesis(account, one) for one in found.contrasts if words.leads(one)]
    said += [words.unvaried(account, one) for one in found.unvaried]
    return Part(id_, words.heading(account, found), tuple(said), (contrast_grid(account, found),))


def _told(found: Found) -> list[Contrast]:
    """What the plan expected, and what stood out."""
    tested = [one for one in found.contrasts if one.p is not None]
    return [one for one in tested if one.factor.declared] + [one for one in tested if one.clear and not one.factor.declared]


def contrast_grid(account: Account, found: Found) -> Grid:
    """A row for each level against the rest."""
    columns = (
        reading("Förhållande"), data("faktor"), data("nivå"), Column("Pass", "tal"), Column("Där", "tal"), reading("95 % KI"),
        Column("Övriga", "tal"), Column("Kvot", "tal"), reading("Kvotens 95 % KI"), data("kvot låg", "tal"),
        data("kvot hög", "tal"), Column("Justerad kvot", "tal"), data("p"), data("p justerat"),
        reading("Efter alla jämförelser"), Column("Hänger ihop med"),
    )  # fmt: skip
    rows = tuple(_row(account, found, one) for one in found.contrasts)
    return Grid(f"analys {account.line.commitment.id} {found.outcome}", words.heading(account, found), columns, rows)


def _row(account: Account, found: Found, one: Contrast) -> tuple[Cell, ...]:
    crude, adjusted = one.crude, one.held.ratio if one.held is not None else None
    inside, outside = (number(Fraction(side.rate), words.rate(found, side)) for side in (one.inside, one.outside))
    return (
        text(words.level(account, one)),
        text(one.factor.id),
        text(one.level),
        number(one.inside.passes),
        inside,
        text(words.interval(found, one.inside.interval)),
        outside,
        _ratio(crude.ratio if crude else None),
        text(words.interval(found, crude.interval) if crude else ""),
        _ratio(crude.interval.low if crude else None),
        _ratio(crude.interval.high if crude else None),
        _ratio(adjusted.ratio if adjusted else None),
        text("" if one.p is None else f"{one.p:.4f}"),
        text("" if one.p_adjusted is None else f"{one.p_adjusted:.4f}"),
        text(words.verdict(one)),
        text(one.beside.factor.name if one.beside is not None and one.codes else ""),
    )


def _ratio(value: float | None) -> Cell:
    return number(None, "") if value is None else number(Fraction(value))
